"""The options and arguments that commands share, one by one or in groups."""

import datetime as dt
import inspect
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Annotated, NamedTuple, ParamSpec

import typer

from pathtrack.cli import completion, typed
from pathtrack.cli.typed import Color
from pathtrack.errors import UsageError

_Options = ParamSpec("_Options")


def grouped(command: Callable[_Options, None]) -> Callable[_Options, None]:
    """Return a command that typer gives the options of each group one by one.

    A group is a NamedTuple whose fields are options: `look: Look` stands for --as-of, --known-by and --by.
    """
    own = inspect.signature(command)
    groups = {each.name: each.annotation for each in own.parameters.values() if _is_group(each)}

    @wraps(command)
    def ungrouped(*arguments: _Options.args, **given: _Options.kwargs) -> None:
        for name, group in groups.items():
            given[name] = group(*(given.pop(field) for field in group._fields))
        command(*arguments, **given)

    options = [option for each in own.parameters.values() for option in _options(each)]
    setattr(ungrouped, "__signature__", own.replace(parameters=options))  # noqa: B010 what typer reads
    return ungrouped


def _is_group(parameter: inspect.Parameter) -> bool:
    return hasattr(parameter.annotation, "_fields")


def _options(parameter: inspect.Parameter) -> list[inspect.Parameter]:
    if not _is_group(parameter):
        return [parameter]
    fields = inspect.signature(parameter.annotation).parameters.values()
    return [each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in fields]


def named(name: str | None) -> str | None:
    """Return a name; UsageError where it is empty, as from an unset variable, which must not mean another."""
    if name is not None and not name.strip():
        raise UsageError("--by names nobody", todo="give a name, or leave --by out")
    return name


def _some(file: Path | None) -> Path | None:
    """Return a path; UsageError where it is empty, which would mean the present folder."""
    if file == Path():
        raise UsageError("--file names no file", todo="give the path of a tracker, or leave --file out")
    return file


def id_argument(text: str) -> object:
    """Return an argument for ids, which the shell completes, with its line of help."""
    return typer.Argument(metavar="ID", help=text, show_default=False, autocompletion=completion.ids)


Ids = Annotated[list[str], id_argument("Ids such as D2, D1,D3 or D1-D3; the name of an area; 'all'.")]
Files = Annotated[
    list[Path] | None,
    typer.Argument(metavar="FILE", help="Several trackers (.toml), or their folders.", show_default=False),
]
File = Annotated[
    Path | None,
    typer.Option(
        "--file",
        "-f",
        metavar="PATH",
        callback=_some,
        help="The tracker (default: recommendations.toml here or in a folder above).",
    ),
]
AsOf = Annotated[
    dt.date | None,
    typer.Option(
        "--as-of", metavar="DATE", parser=typed.last_day, help="Show the state as of DATE (default: today)."
    ),
]
KnownBy = Annotated[
    dt.date | None,
    typer.Option(
        "--known-by", metavar="DATE", parser=typed.last_day, help="Leave out updates recorded after DATE."
    ),
]
Shipped = Annotated[bool, typer.Option("--shipped", help="Use the tracker that comes with the program.")]


class Look(NamedTuple):
    """As of when a tracker is looked at, and by whose judgements."""

    as_of: AsOf = None
    known_by: KnownBy = None
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            metavar="NAME",
            callback=named,
            help="Count only this assessor's judgements.",
            autocompletion=completion.assessors,
        ),
    ] = None


Header = Annotated[bool, typer.Option("--header", help="In a pipe, print the names of the columns first.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
ColorChoice = Annotated[
    Color,
    typer.Option(
        "--color",
        metavar="WHEN",
        parser=typed.word(Color, "value of --color"),
        help="Use colour: auto, always or never.",
        show_default=False,
    ),
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do it without asking.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Print what would change; write nothing.")]
Author = Annotated[
    str | None,
    typer.Option(
        "--by",
        metavar="NAME",
        callback=named,
        help="Who judges (default: $PATHTRACK_AUTHOR, git's user.name or the login name).",
    ),
]
