"""The commands that follow the record over time: timeline and changes."""

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from pathtrack.cli import choosing, naming, options, typed
from pathtrack.cli.screen import Screen
from pathtrack.cli.tracker import load, seen
from pathtrack.cli.typed import Writing
from pathtrack.errors import UsageError
from pathtrack.record.filters import Filters
from pathtrack.record.view import Changes
from pathtrack.text import day

if TYPE_CHECKING:
    from collections.abc import Iterable

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


SomeIds = Annotated[list[str] | None, options.id_argument("Ids of recommendations (default: all).")]
WritingChoice = Annotated[
    Writing | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        parser=typed.word(Writing, "format of changes"),
        help="A text to paste: text for an email, or md.",
    ),
]


@app.command()
@options.grouped
def timeline(
    ids: SomeIds = None,
    *,
    since: Since = None,
    until: Until = None,
    area: choosing.Areas = None,
    header: options.Header = False,
    look: options.Look,
    file: options.File = None,
    screen: Screen,
) -> None:
    """Show what happened, in chronological order.

    Example: pathtrack timeline D1 D2 --since 2025-01-01
    """
    path, tracker = load(file)
    areas = naming.choose(area, tracker.areas, "area")
    view = seen(tracker, look, only=Filters(areas=areas).concern)
    require_order(since, until)
    view = naming.pick(view, ids) if ids else view
    updates = view.between(since, until)
    screen.show(
        lambda form: form.timeline(view, updates), "timeline", file=path, as_of=view.as_of, header=header
    )


@app.command()
@options.grouped
def changes(
    *,
    since: Since = None,
    recorded_since: RecordedSince = None,
    until: Until = None,
    format_: WritingChoice = None,
    look: options.Look,
    file: options.File = None,
    screen: Screen,
) -> None:
    """Show what changed in a period, and what was corrected.

    It says from which status to which, why, and on what evidence. In a pipe it prints text for an email, as
    with --format text.

    Example: pathtrack changes --since "3 months ago"
    """
    if bool(since) == bool(recorded_since):
        raise UsageError("one date is needed", todo="give --since DATE or --recorded-since DATE")
    if screen.json and format_:
        raise UsageError("--json and --format cannot be combined", todo="give one of them")
    path, tracker = load(file)
    view = seen(tracker, look)
    start = since or recorded_since or view.as_of
    require_order(start, until, as_of=view.as_of)
    found = view.changes(since=start, until=until, recorded=bool(recorded_since))
    if format_:
        _write(found, format_)
    else:
        screen.show(lambda form: form.changes(found), "changes", file=path, as_of=view.as_of)


def _write(found: Changes, format_: Writing) -> None:
    """Print a text to paste elsewhere, also on a terminal."""
    if format_ is Writing.TEXT:
        from pathtrack.show import plain  # noqa: PLC0415 only one of the two is needed

        lines: Iterable[str] = plain.changes(found)
    else:
        from pathtrack.export import marks  # noqa: PLC0415

        lines = marks.changed(found)
    typer.echo("".join(f"{line}\n" for line in lines).encode(), nl=False)


def require_order(since: dt.date | None, until: dt.date | None, *, as_of: dt.date = dt.date.max) -> None:
    """Raise UsageError where a period ends before it begins."""
    end, name = min((until or dt.date.max, "--until"), (as_of, "the day of the report"))
    if since and since > end:
        raise UsageError(f"{day(since)} is after {day(end)}, {name}", todo="begin with an earlier date")
