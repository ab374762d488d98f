"""Where output goes: tables on a terminal, plain rows into a pipe, JSON for programs."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from pathtrack.text import escaped, safe_line
from pathtrack.values import Color

if TYPE_CHECKING:
    from rich.console import RenderableType

    from pathtrack.payload import Object
    from pathtrack.views import Row


class Screen:
    """The standard output, told how to use colour."""

    def __init__(self, color: Color, *, json: bool = False) -> None:
        """Take the user's choices; FORCE_COLOR chooses for those who left the colour open."""
        self._json = json
        forced = color is Color.AUTO and os.environ.get("FORCE_COLOR")
        self._color = Color.ALWAYS if forced else color

    @property
    def _draws(self) -> bool:
        """Whether tables are drawn: on a terminal, or when colour is asked for in any case."""
        return self._color is Color.ALWAYS or sys.stdout.isatty()

    def emit(
        self,
        *,
        payload: Callable[[], "Object"],
        plain: Callable[[], Iterable[str]],
        drawn: Callable[[int], "RenderableType"],
    ) -> None:
        """Print one of three forms; `drawn` is told the width of the terminal."""
        if self._json:
            import json  # noqa: PLC0415 not every command prints it

            typer.echo(escaped(json.dumps(payload(), ensure_ascii=False, indent=2)).encode())
        elif self._draws:
            self._draw(drawn)
        else:
            sys.stdout.writelines(f"{line}\n" for line in plain())

    def _draw(self, drawn: Callable[[int], "RenderableType"]) -> None:
        from rich.console import Console  # noqa: PLC0415 only terminals need rich

        from pathtrack.tables import styles  # noqa: PLC0415

        always = self._color is Color.ALWAYS
        console = Console(
            markup=False,
            highlight=False,
            emoji=False,
            force_terminal=True if always else None,
            color_system={Color.ALWAYS: "256", Color.AUTO: "auto", Color.NEVER: None}[self._color],
            no_color=False if always else None,
        )
        drawing = drawn(console.width)
        console.push_theme(styles.theme(console.color_system))
        console.print(drawing)


def tabbed(rows: Iterable["Row"]) -> Iterable[str]:
    """Join the cells of each row by tabs."""
    return ("\t".join(map(safe_line, row)) for row in rows)


def say_that_it_waits() -> None:
    """Tell that another writer is at work."""
    note("another program is writing the file; waiting")


def note(text: str) -> None:
    """Tell something beside the product, on stderr."""
    typer.echo(safe_line(text), err=True)


def hint(*commands: str, file: Path | None) -> None:
    """Tell which command is useful next, on stderr; with the tracker's path if one was given."""
    import shlex  # noqa: PLC0415 few commands need it

    where = f" --file {shlex.quote(str(file))}" if file else ""
    note(f"next: {' or '.join(f'pathtrack {each}{where}' for each in commands)}")


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
        timer.join()
        bar.stop()
