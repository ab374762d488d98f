"""Where output goes: one of three forms on stdout, everything else on stderr."""

import datetime as dt
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typer

from pathtrack.cli import options
from pathtrack.cli.typed import Color
from pathtrack.errors import FileError, UsageError
from pathtrack.text import for_shell, quoted, safe, safe_line

if TYPE_CHECKING:
    from rich.console import RenderableType

    from pathtrack.show.form import Ask

_ANSWERS = ("", "y", "yes", "n", "no")


class Screen(NamedTuple):
    """Standard output, in the form and the colour that the user wants."""

    json: options.Json = False
    color: options.ColorChoice = Color.AUTO

    def show(
        self, ask: "Ask", command: str, *, file: Path | None, as_of: dt.date, header: bool = False
    ) -> None:
        """Print what one of the three forms shows; JSON says which command, tracker and day it is about."""
        # Only what is printed is loaded: rich in a pipe would take longer than the command.
        if self.json:
            from pathtrack.show import json  # noqa: PLC0415

            found = json.envelope(command, file=file, as_of=as_of, content=ask(json))
            typer.echo(json.text(found).encode())
        elif self._is_forced or sys.stdout.isatty():
            from pathtrack.show import terminal  # noqa: PLC0415

            self._draw(ask(terminal))
        else:
            from pathtrack.show import plain  # noqa: PLC0415

            lines = ask(plain)
            sys.stdout.writelines(f"{line}\n" for line in (lines.headed() if header else lines))

    @property
    def _is_forced(self) -> bool:
        """Whether tables are drawn in colour anyway; $FORCE_COLOR decides where that was left open."""
        forced = self.color is Color.AUTO and os.environ.get("FORCE_COLOR")
        return bool(forced) or self.color is Color.ALWAYS

    def _draw(self, drawing: "RenderableType") -> None:
        from rich.console import Console  # noqa: PLC0415 only terminals need rich

        from pathtrack.show import styles  # noqa: PLC0415

        forced = self._is_forced
        console = Console(
            markup=False,
            highlight=False,
            emoji=False,
            force_terminal=True if forced else None,
            color_system="256" if forced else None if self.color is Color.NEVER else "auto",
            no_color=False if forced else None,
        )
        console.push_theme(styles.theme(console.color_system))
        try:
            console.print(drawing)
        except SystemExit as closed:  # so rich ends the program where a pipe was closed
            raise BrokenPipeError from closed


def has_somebody() -> bool:
    """Return whether somebody is there to answer questions: both sides are a terminal."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def agreed(question: str, *, default: bool) -> bool:
    """Return whether the answer to a question is yes; an empty one is the default."""
    choices = "[Y/n]" if default else "[y/N]"
    while (answer := input(f"{safe(question)} {choices} ").strip().lower()) not in _ANSWERS:
        say(f"  {quoted(answer)} is neither y nor n")
    return default if answer == "" else answer.startswith("y")


def require_agreement(what: str, question: str, *, yes: bool) -> None:
    """Ask on a terminal before something that is rarely meant; elsewhere refuse it unless --yes is given."""
    if yes:
        return
    if not has_somebody():
        raise UsageError(what, todo="add --yes if that is meant")
    say_aside(what)
    try:
        answer = agreed(question, default=False)
    except EOFError:
        answer = False
    if not answer:
        raise typer.Abort


def say_waiting() -> None:
    """Print that another writer is at work."""
    say_aside("another program is writing the file; waiting")


def say(text: str) -> None:
    """Print one line of the result, on stdout."""
    typer.echo(safe_line(text))


def say_aside(text: str) -> None:
    """Print one line beside the result, on stderr."""
    typer.echo(safe_line(text), err=True)


def hint(*commands: str, file: Path | None, when: str = "next") -> None:
    """Print on stderr which commands are useful next, or later, with the tracker's path if one was given."""
    where = f" --file {for_shell(str(file))}" if file else ""
    say_aside(f"{when}: {' or '.join(f'pathtrack {each}{where}' for each in commands)}")


@contextmanager
def network(what: str) -> Iterator[None]:
    """Load what only the network needs; FileError, with how to install it, where that is missing."""
    try:
        yield
    except ModuleNotFoundError as error:
        # httpx brings along all that is needed, whichever of it was looked for first.
        todo = "install it with 'pip install httpx', or 'pipx inject pathtrack httpx'"
        raise FileError(f"{what} needs the package httpx", todo=todo) from error


@contextmanager
def resumable() -> Iterator[None]:
    """Print, when the work is interrupted, that it can be resumed."""
    try:
        yield
    except KeyboardInterrupt:
        say_aside("interrupted; run the command again to go on from here")
        raise


@contextmanager
def slow_progress(doing: str, total: int) -> Iterator[Callable[[], None]]:
    """Draw a bar on a terminal's stderr once the work has taken a second; the yielded call is one step."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    import threading  # noqa: PLC0415 only terminals need them

    from rich.console import Console  # noqa: PLC0415
    from rich.progress import Progress  # noqa: PLC0415

    bar = Progress(console=Console(stderr=True), transient=True)
    task = bar.add_task(doing, total=total)
    timer = threading.Timer(1.0, bar.start)
    timer.start()
    try:
        yield lambda: bar.advance(task)
    finally:
        timer.cancel()
        # If it is just going off, it would start the bar after this has stopped it.
        timer.join()
        bar.stop()
