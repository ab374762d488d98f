"""The application: commands loaded when called, every error in one line."""

import os
import sys
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Annotated

import typer
from typer.core import TyperGroup
from typer.main import get_group

from pathtrack import __version__
from pathtrack.cli import intended, output
from pathtrack.errors import PathtrackError
from pathtrack.interrupts import ending
from pathtrack.text import safe_line

if TYPE_CHECKING:
    from pathlib import Path

    from typer._click import Command, Context, HelpFormatter

MODULES = {
    "listing": {"list": "List recommendations and where each stands."},
    "reading": {
        "show": "Show everything about one or more recommendations.",
        "open": "Open a source in the browser.",
        "progress": "Count the recommendations by area and status.",
        "compare": "Compare the judgements of several assessors.",
        "statuses": "Explain the eight statuses.",
    },
    "checking": {"check": "Check ids, areas, addresses and evidence."},
    "reports": {
        "timeline": "Show what happened, in chronological order.",
        "changes": "Show what changed in a period, and what was corrected.",
    },
    "publishing": {
        "export": "Write a status report, or a folder of them.",
        "schema": "Print the JSON Schema of the file.",
        "guide": "Print what a program needs to know to use this one.",
    },
    "ask": {"ask": "Write a form that asks an actor what it has done about its recommendations."},
    "writing": {"init": "Start a tracker here.", "update": "Record what happened to recommendations."},
    "citing": {"cite": "Print what a page declares about itself, as a source to paste."},
    "archive": {"archive": "Find archived copies of sources at the Internet Archive."},
    "correcting": {
        "correct": "Replace an update with a corrected one.",
        "withdraw": "Withdraw an update that should not be there.",
    },
    "catalogue": {
        "add": "Add a recommendation after the last one.",
        "rename": "Give a recommendation another id.",
    },
    "editing": {
        "edit": "Edit the catalogue in your editor, or one recommendation by options.",
        "undo": "Remove the newest update.",
    },
    "importing": {"import": "Import recommendations and updates from a table: a workbook, CSV or JSON."},
    "git": {"git": "Let several people keep one record with git."},
}
"""The commands in the order of the help, by the module that holds them, with the first line of their help."""
_MODULE_OF = {command: module for module, commands in MODULES.items() for command in commands}
_UNKNOWN = "no such command"
_NO_OPTION = "no such option: "
_INTERRUPTED = 130
_WRITING = {"writing", "correcting", "catalogue", "editing", "importing"}
"""The modules of the commands that change a tracker."""


class App(TyperGroup):
    """A group that loads a command when it is called, and prints every refusal in one line on stderr."""

    def parse_args(self, ctx: "Context", args: list[str]) -> list[str]:
        """Read a command line, which may begin with `help`, `version` or an id."""
        return super().parse_args(ctx, intended.as_meant(args))

    def invoke(self, ctx: "Context") -> object:
        """Run a command; whoever has read enough of it closes the pipe, which is no failure."""
        try:
            return super().invoke(ctx)
        except ValueError as error:
            if "KeyboardInterrupt" in str(error):  # pydantic makes one of its own of it while it serializes
                raise KeyboardInterrupt from error
            raise
        except OSError as error:
            if not output.is_closed(error):
                raise
            output.stop()
            return 0

    def list_commands(self, ctx: object) -> list[str]:  # noqa: ARG002 the parent's signature
        """Return the names of the commands, those that only read first."""
        return list(_MODULE_OF)

    def get_command(self, ctx: object, cmd_name: str) -> "Command | None":  # noqa: ARG002 likewise
        """Return a command from the module that holds it."""
        return _command(cmd_name) if cmd_name in _MODULE_OF else None

    def format_commands(self, ctx: object, formatter: "HelpFormatter") -> None:  # noqa: ARG002 likewise
        """Write the commands and what each does, without loading any of them."""
        with formatter.section("Commands"):
            formatter.write_dl([pair for commands in MODULES.values() for pair in commands.items()])

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,  # noqa: FBT001, FBT002 the parent's signature
        windows_expand_args: bool = True,  # noqa: ARG002, FBT001, FBT002
        **extra: object,
    ) -> object:
        """Run a command line and exit."""
        before = len(_replaced())
        code: int | None = 0
        try:
            # A note stays as it was typed: Windows' arguments are not expanded.
            code = super().main(args, prog_name, complete_var, False, False, **extra)  # noqa: FBT003
            if code == _INTERRUPTED:
                _say_what_is_written(sys.argv[1:] if args is None else args, before)
            # Here, where a closed pipe can still be caught; at the exit Python would complain.
            sys.stdout.flush()
        except PathtrackError as error:
            code = _report(error, str(error), error.exit_code)
        except typer.TyperException as error:
            words = sys.argv[1:] if args is None else args
            command = next((each for each in words[:1] if each in _MODULE_OF), "")
            code = _report(error, _usage(error, prog_name or "pathtrack", command), 2)
        except typer.Abort as error:
            code = _report(error, "aborted", 1)
        except OSError as error:
            code = _ended(error, code)
        if not standalone_mode:
            return code
        sys.exit(code)


app = typer.Typer(
    cls=App,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    invoke_without_command=True,
)


def _version(wanted: bool) -> None:  # noqa: FBT001 typer's signature of a callback
    if wanted:
        typer.echo(f"pathtrack {__version__}")
        raise typer.Exit


@app.callback()
def root(
    context: typer.Context,
    *,
    version: Annotated[  # noqa: ARG001 its callback acts
        bool,
        typer.Option(
            "--version", "-v", "-V", callback=_version, is_eager=True, help="Show the version and exit."
        ),
    ] = False,
) -> None:
    """Keep the recommendations of a policy report honest.

    Without a command, it shows an overview of the nearest tracker.
    """
    if context.invoked_subcommand is None:
        from pathtrack.cli import reading  # noqa: PLC0415 --version needs none of it
        from pathtrack.file import store  # noqa: PLC0415

        if tracker := store.find(None):
            reading.overview(tracker)
        else:
            typer.echo(context.get_help())
            typer.echo(f"\nThere is no {store.FILE_NAME} here or above: 'pathtrack init' creates one.")


def _report(error: Exception, message: str, code: int) -> int:
    if os.environ.get("PATHTRACK_DEBUG"):
        raise error
    typer.echo(f"error: {safe_line(message)}", err=True)
    return code


def _ended(error: OSError, code: int | None) -> int | None:
    """Return the exit code for what the system refuses; a command that was done keeps its own."""
    if output.is_closed(error):
        output.stop()
        return code or 0
    return _report(error, output.refused(error), 3)


def _replaced() -> "list[Path]":
    disk = sys.modules.get("pathtrack.file.disk")
    return getattr(disk, "replaced", [])


def _say_what_is_written(words: Sequence[str], before: int) -> None:
    """Print whether an interrupted command had changed anything, which nobody else would know."""
    if next((_MODULE_OF.get(each) for each in words[:1]), None) in _WRITING:
        written = ", ".join(dict.fromkeys(safe_line(path.name) for path in _replaced()[before:]))
        outcome = f"it is in {written}" if written else "nothing was changed"
        typer.echo(f"interrupted; {outcome}", err=True)


@cache  # its options are read from types, which takes longer than most commands
def _command(name: str) -> "Command":
    """Return a command from the module that holds it."""
    with ending():
        module = import_module(f"pathtrack.cli.{_MODULE_OF[name]}")
    # A group even of one command, which typer would otherwise make the program itself.
    return get_group(module.app).commands[name]


def _usage(error: typer.TyperException, program: str, word: str) -> str:
    """Return a refusal by the parser in our words, with what to do about it."""
    message = _in_our_words(error.format_message())
    context = getattr(error, "ctx", None)
    if message.startswith(_UNKNOWN) and getattr(context, "parent", None) is None:
        unknown = message.removeprefix(_UNKNOWN).strip(" '")
        return f"{message}; {intended.instead(unknown, _MODULE_OF, program)}"
    if message.startswith(_NO_OPTION):
        tried = message.removeprefix(_NO_OPTION).split()[0]
        if word and intended.OPTIONS.get(tried) in [each.opts[0] for each in _command(word).params]:
            return f"{_NO_OPTION}{tried}; did you mean {intended.OPTIONS[tried]}?"
    if message.endswith("?"):  # it names the nearest itself
        return message
    command = getattr(context, "command_path", f"{program} {word}".rstrip())
    todo = f"see '{command} --help'"
    if "requires an argument" in message and word:
        option = message.split("'")[1]
        values = (each.metavar for each in _command(word).params if option in each.opts)
        todo = f"give one as in '{option} {next(values, None) or 'VALUE'}', or {todo}"
    if "unexpected extra argument" in message:
        todo = f"put words that belong together in quotes, or {todo}"
    return f"{message}; {todo}"


def _in_our_words(message: str) -> str:
    """Return a sentence as part of one."""
    message = message.rstrip(".").replace("\n", " ").replace(". Did you mean", "; did you mean")
    return f"{message[:1].lower()}{message[1:]}"
