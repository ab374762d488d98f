"""The options and arguments that commands share, and how their values are read."""

import datetime as dt
import os
import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from pathtrack import completion
from pathtrack.errors import UsageError
from pathtrack.export import Format, Rows
from pathtrack.status import Kind, Status
from pathtrack.text import did_you_mean, is_address, is_safe_address, parse_date, quoted, safe_line


class Color(StrEnum):
    """When to use colour; `always` also draws tables into a pipe."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


_Word = TypeVar("_Word", Status, Kind, Color, Format, Rows)


def today() -> dt.date:
    """Return the day to call today: $PATHTRACK_TODAY, or the clock's."""
    given = os.environ.get("PATHTRACK_TODAY")
    if not given:
        return dt.date.today()  # noqa: DTZ011 the reader's own calendar day is meant
    try:
        return dt.date.fromisoformat(given)
    except ValueError as error:
        raise UsageError(
            f"PATHTRACK_TODAY is {quoted(given)}", todo="give a date such as 2026-01-31"
        ) from error


def _day(text: str) -> dt.date:
    try:
        return parse_date(text, today=today())
    except ValueError as error:
        todo = "give one such as 2025-01-24, today, yesterday, 3 weeks ago"
        raise UsageError(safe_line(str(error)), todo=todo) from error


def _word(text: str, words: type[_Word], noun: str) -> _Word:
    try:
        return words(text.lower())
    except ValueError as error:
        raise UsageError(f"{quoted(text)} is no {noun}", todo=did_you_mean(text, words)) from error


def _status(text: str) -> Status:
    return _word(text, Status, "status")


def _days(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,6}", text):
        raise UsageError(f"{quoted(text)} is no number of days", todo="give one such as 90")
    return int(text)


def _color(text: str) -> Color:
    return _word(text, Color, "value of --color")


def _rows(text: str) -> Rows:
    return _word(text, Rows, "kind of row")


def formats(text: str | None) -> tuple[Format, ...]:
    """Read formats joined by commas."""
    return tuple(_word(word.strip(), Format, "format") for word in (text or "").split(",") if word.strip())


def choose(words: Iterable[str] | None, known: Iterable[str], noun: str) -> tuple[str, ...]:
    """Return each word as it is spelled among the known ones; case does not matter."""
    exact = {name: name for name in known}
    spelled = {name.lower(): name for name in exact} | exact
    chosen = [spelled.get(word) or spelled.get(word.lower()) for word in words or ()]
    for word, name in zip(words or (), chosen, strict=True):
        if name is None:
            raise UsageError(f"{quoted(word)} is no {noun}", todo=did_you_mean(word, exact))
    return tuple(filter(None, chosen))


Ids = Annotated[
    list[str],
    typer.Argument(
        metavar="ID...",
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
        "--as-of", metavar="DATE", parser=_day, help="Show the state of that day, today if not given."
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
        parser=_color,
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
        parser=_status,
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
    typer.Option("--stale", metavar="DAYS", parser=_days, help="Only without an update in so many days."),
]
StaleCheck = Annotated[
    int | None,
    typer.Option(
        "--stale", metavar="DAYS", parser=_days, help="Also warn where no update came for so many days."
    ),
]
Strict = Annotated[bool, typer.Option("--strict", help="Count warnings as errors.")]

NewStatus = Annotated[
    Status | None,
    typer.Option(
        "--status",
        metavar="STATUS",
        parser=_status,
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
        "--date", metavar="DATE", parser=_day, help="When it happened or was judged; today if not given."
    ),
]
Author = Annotated[
    str | None,
    typer.Option(
        "--by", metavar="NAME", help="Who judges: else $PATHTRACK_AUTHOR, git's user.name, the login name."
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Print what would be added; write nothing.")]

Blank = Annotated[bool, typer.Option("--blank", help="A new report instead of the shipped tracker.")]
ReportTitle = Annotated[
    str | None, typer.Option("--title", metavar="TEXT", help="The report's title, with --blank.")
]
ReportPublisher = Annotated[
    str | None, typer.Option("--publisher", metavar="TEXT", help="Who published the report.")
]
ReportUrl = Annotated[str | None, typer.Option("--url", metavar="URL", help="Where the report can be read.")]
ReportAreas = Annotated[
    list[str] | None, typer.Option("--area", metavar="AREA", help="An area; repeatable, in order.")
]

Paths = Annotated[
    list[Path] | None,
    typer.Argument(metavar="[PATH...]", help="Trackers; all in conflict if none given.", show_default=False),
]
GitRef = Annotated[
    str | None,
    typer.Option("--since", metavar="REF", help="Also check that no update of that git commit was changed."),
]

SomeIds = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[ID...]",
        help="All that are assessed, if none.",
        show_default=False,
        autocompletion=completion.ids,
    ),
]
NewId = Annotated[str, typer.Argument(metavar="ID", help="Its id, such as D2.", show_default=False)]
OneId = Annotated[
    str | None,
    typer.Argument(
        metavar="[ID]", help="One recommendation.", show_default=False, autocompletion=completion.ids
    ),
]
NewArea = Annotated[
    str,
    typer.Option(
        "--area", metavar="AREA", help="Its area.", show_default=False, autocompletion=completion.areas
    ),
]
NewTitle = Annotated[
    str,
    typer.Option(
        "--title",
        metavar="TEXT",
        help="What it asks for, in your own words.",
        show_default=False,
    ),
]
Summary = Annotated[
    str | None, typer.Option("--summary", metavar="TEXT", help="The same in one or two sentences.")
]
Ref = Annotated[str | None, typer.Option("--ref", metavar="TEXT", help="Where the report says it.")]
NewActors = Annotated[
    list[str] | None,
    typer.Option(
        "--actor", metavar="NAME", help="Who is asked; repeatable.", autocompletion=completion.actors
    ),
]
Ongoing = Annotated[bool, typer.Option("--ongoing", help="It is a standing duty, never simply finished.")]
DoneWhen = Annotated[
    str | None, typer.Option("--done-when", metavar="TEXT", help="The test for implemented.")
]
Due = Annotated[dt.date | None, typer.Option("--due", metavar="DATE", parser=_day, help="When it is due.")]

Target = Annotated[
    Path | None,
    typer.Argument(
        metavar="[PATH]", help="A file, or a folder for all formats; stdout if not given.", show_default=False
    ),
]
FormatChoice = Annotated[
    str | None,
    typer.Option("--format", metavar="LIST", help="markdown, html, json or csv; a folder takes several."),
]
ChangedSince = Annotated[
    dt.date | None,
    typer.Option("--since", metavar="DATE", parser=_day, help="Tell what changed after that day."),
]
RowsChoice = Annotated[
    Rows,
    typer.Option("--rows", metavar="WHAT", parser=_rows, help="CSV rows: recommendations or updates."),
]
Bom = Annotated[bool, typer.Option("--bom", help="Begin CSV with a byte order mark, for old Excel.")]
ExportSchema = Annotated[bool, typer.Option("--export", help="The schema of JSON exports, not of the file.")]
Since = Annotated[
    dt.date | None, typer.Option("--since", metavar="DATE", parser=_day, help="From that day on.")
]
Until = Annotated[
    dt.date | None, typer.Option("--until", metavar="DATE", parser=_day, help="Up to that day.")
]
RecordedSince = Annotated[
    dt.date | None,
    typer.Option("--recorded-since", metavar="DATE", parser=_day, help="Go by when updates were typed in."),
]


def sources(
    addresses: Sequence[str] | None,
    titles: Sequence[str] | None,
    publishers: Sequence[str] | None,
    published: Sequence[str] | None,
    kinds: Sequence[str] | None,
    archives: Sequence[str] | None,
) -> tuple[dict[str, object], ...]:
    """Join the options of each source by their order; an empty string means none."""
    number = len(addresses or ())
    columns = {
        "--title": titles,
        "--publisher": publishers,
        "--published": published,
        "--kind": kinds,
        "--archive": archives,
    }
    for option, given in columns.items():
        if given and len(given) != number:
            todo = f'give {option} once for each --evidence, "" where there is none'
            raise UsageError(f"{number} --evidence but {len(given)} {option}", todo=todo)
    rows = zip(addresses or (), *(given or [""] * number for given in columns.values()), strict=True)
    return tuple(_source(*row) for row in rows)


def _source(
    address: str, title: str, publisher: str, published: str, kind: str, archive: str
) -> dict[str, object]:
    if not is_address(address) and title:
        raise UsageError(
            f"{quoted(address)} is no address", todo="begin it with https://, or leave --title out"
        )
    for each in filter(None, (address if is_address(address) else None, archive)):
        if not is_safe_address(each):
            todo = "give a plain http:// or https:// address without a user name"
            raise UsageError(f"{quoted(each)} is no address to send readers to", todo=todo)
    return {
        "title": title or (None if is_address(address) else address),
        "publisher": publisher or None,
        "url": address if is_address(address) else None,
        "date": _day(published) if published else None,
        "kind": _word(kind, Kind, "kind of evidence") if kind else None,
        "archive": archive or None,
    }
