"""The options and arguments that commands share."""

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from pathtrack import completion, values
from pathtrack.export import Rows
from pathtrack.status import Status
from pathtrack.values import Color

Ids = Annotated[
    list[str],
    typer.Argument(
        metavar="ID",
        help="Ids of recommendations, such as D2.",
        show_default=False,
        autocompletion=completion.ids,
    ),
]
File = Annotated[
    Path | None,
    typer.Option(
        "--file", "-f", metavar="PATH", help="The tracker, instead of recommendations.toml here or above."
    ),
]
AsOf = Annotated[
    dt.date | None,
    typer.Option(
        "--as-of", metavar="DATE", parser=values.day, help="Show the state of that day, today if not given."
    ),
]
By = Annotated[
    str | None,
    typer.Option(
        "--by",
        metavar="NAME",
        help="Heed the judgements of one assessor only.",
        autocompletion=completion.assessors,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
ColorChoice = Annotated[
    Color,
    typer.Option(
        "--color",
        metavar="WHEN",
        parser=values.color,
        help="Use colour: auto, always or never.",
        show_default=False,
    ),
]
Areas = Annotated[
    list[str] | None,
    typer.Option(
        "--area", metavar="AREA", help="Only that area; repeat for several.", autocompletion=completion.areas
    ),
]
Statuses = Annotated[
    list[Status] | None,
    typer.Option(
        "--status",
        metavar="STATUS",
        parser=values.status,
        help="Only that status; repeat for several.",
        autocompletion=completion.statuses,
    ),
]
Actors = Annotated[
    list[str] | None,
    typer.Option(
        "--actor",
        metavar="NAME",
        help="Only what that actor is asked to do; repeatable.",
        autocompletion=completion.actors,
    ),
]
Words = Annotated[
    list[str] | None,
    typer.Option(
        "--search", metavar="TEXT", help="Only where titles, notes or sources hold the text; repeatable."
    ),
]
Stale = Annotated[
    int | None,
    typer.Option(
        "--stale", metavar="DAYS", parser=values.days, help="Only without an update in so many days."
    ),
]
Overdue = Annotated[bool, typer.Option("--overdue", help="Only what is due and has not ended.")]
StaleCheck = Annotated[
    int | None,
    typer.Option(
        "--stale", metavar="DAYS", parser=values.days, help="Also warn where no update came for so many days."
    ),
]
Links = Annotated[
    bool, typer.Option("--links", help="Also try every public address on the network, and warn of dead ones.")
]
Strict = Annotated[bool, typer.Option("--strict", help="Count warnings as errors.")]

NewStatus = Annotated[
    Status | None,
    typer.Option(
        "--status",
        metavar="STATUS",
        parser=values.status,
        help="The status as judged on that date.",
        autocompletion=completion.statuses,
    ),
]
Note = Annotated[
    str | None, typer.Option("--note", metavar="TEXT", help="What happened; - reads it from stdin.")
]
Sources = Annotated[
    list[str] | None,
    typer.Option("--evidence", metavar="URL", help="A source's address, or its title; repeatable."),
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
Searched = Annotated[
    list[str] | None,
    typer.Option("--searched", metavar="PLACE", help="A place looked at in vain; repeatable."),
]
When = Annotated[
    dt.date | None,
    typer.Option(
        "--date",
        metavar="DATE",
        parser=values.day,
        help="When it happened or was judged; today if not given.",
    ),
]
Author = Annotated[
    str | None,
    typer.Option(
        "--by", metavar="NAME", help="Who judges: else $PATHTRACK_AUTHOR, git's user.name, the login name."
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Print what would change; write nothing.")]

Paths = Annotated[
    list[Path] | None,
    typer.Argument(metavar="PATH", help="Trackers; all in conflict if none given.", show_default=False),
]
GitRef = Annotated[
    str | None,
    typer.Option("--since", metavar="REF", help="Also check that no update of that git commit was changed."),
]

SomeIds = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="ID",
        help="All that are assessed, if none.",
        show_default=False,
        autocompletion=completion.ids,
    ),
]
OneId = Annotated[
    str | None,
    typer.Argument(
        metavar="ID", help="One recommendation.", show_default=False, autocompletion=completion.ids
    ),
]
AnId = Annotated[
    str,
    typer.Argument(
        metavar="ID",
        help="Id of a recommendation, such as D2.",
        show_default=False,
        autocompletion=completion.ids,
    ),
]
Number = Annotated[
    int | None,
    typer.Argument(
        metavar="N", parser=values.number, help="Its number in 'pathtrack show'.", show_default=False
    ),
]

Target = Annotated[
    Path | None,
    typer.Argument(
        metavar="PATH", help="A file, or a folder for all formats; stdout if not given.", show_default=False
    ),
]
FormatChoice = Annotated[
    str | None,
    typer.Option("--format", metavar="LIST", help="markdown, html, json or csv; a folder takes several."),
]
ChangedSince = Annotated[
    dt.date | None,
    typer.Option("--since", metavar="DATE", parser=values.day, help="Tell what changed after that day."),
]
RowsChoice = Annotated[
    Rows,
    typer.Option("--rows", metavar="WHAT", parser=values.rows, help="CSV rows: recommendations or updates."),
]
Bom = Annotated[bool, typer.Option("--bom", help="Begin CSV with a byte order mark, for old Excel.")]
ExportSchema = Annotated[bool, typer.Option("--export", help="The schema of JSON exports, not of the file.")]
Since = Annotated[
    dt.date | None, typer.Option("--since", metavar="DATE", parser=values.day, help="From that day on.")
]
Until = Annotated[
    dt.date | None, typer.Option("--until", metavar="DATE", parser=values.day, help="Up to that day.")
]
RecordedSince = Annotated[
    dt.date | None,
    typer.Option(
        "--recorded-since", metavar="DATE", parser=values.day, help="Go by when updates were typed in."
    ),
]
