"""The options and arguments that commands share."""

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from pathtrack.cli import completion, pasted, typed
from pathtrack.cli.screen import say_aside
from pathtrack.cli.typed import Color
from pathtrack.errors import UsageError
from pathtrack.record.status import Confidence, Response, Status
from pathtrack.text import quoted


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


Ids = Annotated[
    list[str],
    typer.Argument(
        metavar="ID",
        help="Ids such as D2, D1,D3 or D1-D3; the name of an area; 'all'.",
        show_default=False,
        autocompletion=completion.ids,
    ),
]
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
        "--as-of",
        metavar="DATE",
        parser=typed.last_day,
        help="Show the state as of DATE (default: today).",
    ),
]
KnownBy = Annotated[
    dt.date | None,
    typer.Option(
        "--known-by", metavar="DATE", parser=typed.last_day, help="Leave out what was recorded after DATE."
    ),
]
Shipped = Annotated[bool, typer.Option("--shipped", help="Use the tracker that comes with the program.")]
By = Annotated[
    str | None,
    typer.Option(
        "--by",
        metavar="NAME",
        callback=named,
        help="Count only this assessor's judgements.",
        autocompletion=completion.assessors,
    ),
]
Header = Annotated[bool, typer.Option("--header", help="In a pipe, print the names of the columns first.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
ColorChoice = Annotated[
    Color,
    typer.Option(
        "--color",
        metavar="WHEN",
        parser=typed.color,
        help="Use colour: auto, always or never.",
        show_default=False,
    ),
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do it without asking.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Print what would change; write nothing.")]
NewStatus = Annotated[
    Status | None,
    typer.Option(
        "--status",
        metavar="STATUS",
        parser=typed.status,
        help="The status, as judged on that date.",
        autocompletion=completion.statuses,
    ),
]
NewConfidence = Annotated[
    Confidence | None,
    typer.Option(
        "--confidence",
        metavar="WORD",
        parser=typed.confidence,
        help="How sure the status is: high, medium or low.",
    ),
]
NewResponse = Annotated[
    Response | None,
    typer.Option(
        "--response",
        metavar="WORD",
        parser=typed.response,
        help=f"What the addressee answered: {', '.join(Response)}.",
        autocompletion=completion.responses,
    ),
]
NewActors = Annotated[
    list[str] | None,
    typer.Option(
        "--actor",
        metavar="NAME",
        help="The update is about this actor, not the whole recommendation; repeatable.",
        autocompletion=completion.actors,
    ),
]
NewDue = Annotated[
    dt.date | None,
    typer.Option("--due", metavar="DATE", parser=typed.day, help="The target date was moved to DATE."),
]
Note = Annotated[
    str | None, typer.Option("--note", metavar="TEXT", help="What happened; - reads it from stdin.")
]


def _read(sources: list[str] | None) -> list[str] | None:
    """Return addresses without what was pasted with them, and print what they were read as."""
    for each in sources or ():
        if (address := pasted.address(each)) != each.strip():
            say_aside(f"note: {quoted(each)} was read as {quoted(address)}")
    return sources and [*map(pasted.address, sources)]


Sources = Annotated[
    list[str] | None,
    typer.Option(
        "--evidence", metavar="URL", callback=_read, help="A source's address, or its title; repeatable."
    ),
]
Titles = Annotated[list[str] | None, typer.Option("--title", metavar="TEXT", help="The source's title.")]
Publishers = Annotated[
    list[str] | None, typer.Option("--publisher", metavar="TEXT", help="Who published it.")
]
Published = Annotated[
    list[str] | None, typer.Option("--published", metavar="DATE", help="Its publication date.")
]
Kinds = Annotated[
    list[str] | None,
    typer.Option(
        "--kind",
        metavar="KIND",
        help="law, agreement, statement, budget, operation, report, news or opinion.",
        autocompletion=completion.kinds,
    ),
]
Archives = Annotated[
    list[str] | None, typer.Option("--archive", metavar="URL", help="An archived copy's address.")
]
Quotes = Annotated[
    list[str] | None, typer.Option("--quote", metavar="TEXT", help="The passage of the source that shows it.")
]
Locators = Annotated[
    list[str] | None, typer.Option("--locator", metavar="PLACE", help="Its page, paragraph or time.")
]
Languages = Annotated[
    list[str] | None, typer.Option("--lang", metavar="CODE", help="Its language, such as ko.")
]
Vias = Annotated[
    list[str] | None,
    typer.Option("--via", metavar="NAME", help="Where you read it, if not at the publisher."),
]
Fetch = Annotated[
    bool,
    typer.Option(
        "--fetch", help="Fill in the title, publisher, date and language that each source's page declares."
    ),
]
Searched = Annotated[
    list[str] | None,
    typer.Option("--searched", metavar="PLACE", help="A place searched without result; repeatable."),
]
When = Annotated[
    dt.date | None,
    typer.Option(
        "--date",
        metavar="DATE",
        parser=typed.day,
        help="When it happened or was judged (default: today; in a correction, as before).",
    ),
]
Author = Annotated[
    str | None,
    typer.Option(
        "--by",
        metavar="NAME",
        callback=named,
        help="Who judges (default: $PATHTRACK_AUTHOR, git's user.name or the login name).",
    ),
]
NewAuthor = Annotated[
    str | None, typer.Option("--by", metavar="NAME", callback=named, help="Whose judgement it is.")
]
