"""The commands that follow the record over time: timeline and changes."""

import datetime as dt
from typing import Annotated

import typer

from pathtrack.cli import choosing, options, typed
from pathtrack.cli.screen import Screen
from pathtrack.cli.tracker import load, seen
from pathtrack.cli.typed import Color
from pathtrack.errors import UsageError
from pathtrack.record.filters import Filters
from pathtrack.text import day

app = typer.Typer(rich_markup_mode=None)

Since = Annotated[
    dt.date | None, typer.Option("--since", metavar="DATE", parser=typed.first_day, help="From this day on.")
]
Until = Annotated[
    dt.date | None, typer.Option("--until", metavar="DATE", parser=typed.last_day, help="Up to this day.")
]
RecordedSince = Annotated[
    dt.date | None,
    typer.Option(
        "--recorded-since",
        metavar="DATE",
        parser=typed.first_day,
        help="From DATE on, by the day it was typed in.",
    ),
]


@app.command()
def timeline(
    *,
    since: Since = None,
    until: Until = None,
    area: choosing.Areas = None,
    as_of: options.AsOf = None,
    known_by: options.KnownBy = None,
    by: options.By = None,
    file: options.File = None,
    json: options.Json = False,
    color: options.ColorChoice = Color.AUTO,
) -> None:
    """Show what happened, in chronological order.

    Example: pathtrack timeline --since 2025-01-01 --area defense
    """
    path, tracker = load(file)
    areas = typed.choose(area, tracker.areas, "area")
    view = seen(tracker, as_of=as_of, known_by=known_by, by=by, only=Filters(areas=areas).concern)
    require_order(since, until)
    updates = view.between(since, until)
    Screen(color, json=json).show(
        lambda form: form.timeline(view, updates), "timeline", file=path, as_of=view.as_of
    )


@app.command()
def changes(
    *,
    since: Since = None,
    recorded_since: RecordedSince = None,
    until: Until = None,
    as_of: options.AsOf = None,
    known_by: options.KnownBy = None,
    by: options.By = None,
    file: options.File = None,
    json: options.Json = False,
    color: options.ColorChoice = Color.AUTO,
) -> None:
    """Show what changed in a period, and what was corrected.

    It says from which status to which, why, and on what evidence. In a pipe it prints text for an email.

    Example: pathtrack changes --since "3 months ago"
    """
    if bool(since) == bool(recorded_since):
        raise UsageError("one date is needed", todo="give --since DATE or --recorded-since DATE")
    path, tracker = load(file)
    view = seen(tracker, as_of=as_of, known_by=known_by, by=by)
    start = since or recorded_since or view.as_of
    require_order(start, until, as_of=view.as_of)
    found = view.changes(since=start, until=until, recorded=bool(recorded_since))
    Screen(color, json=json).show(lambda form: form.changes(found), "changes", file=path, as_of=view.as_of)


def require_order(since: dt.date | None, until: dt.date | None, *, as_of: dt.date = dt.date.max) -> None:
    """Raise UsageError where a period ends before it begins."""
    end, name = min((until or dt.date.max, "--until"), (as_of, "the day of the report"))
    if since and since > end:
        raise UsageError(f"{day(since)} is after {day(end)}, {name}", todo="begin with an earlier date")
