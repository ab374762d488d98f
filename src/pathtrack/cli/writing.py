"""The commands that write."""

import datetime as dt
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from pathtrack import git
from pathtrack.cli import completion, options, typed
from pathtrack.cli.screen import hint, say_that_it_waits
from pathtrack.cli.screen import note as say_aside
from pathtrack.cli.tracker import begin, spelled, writable
from pathtrack.cli.typed import Color
from pathtrack.errors import UsageError
from pathtrack.file import store, toml
from pathtrack.record import model, objections, wants
from pathtrack.record import standings as state
from pathtrack.record.status import Status
from pathtrack.text import count, day, is_safe_address, quoted, safe, safe_line

app = typer.Typer(rich_markup_mode=None)

NewStatus = Annotated[
    Status | None,
    typer.Option(
        "--status",
        metavar="STATUS",
        parser=typed.status,
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
    typer.Option("--searched", metavar="PLACE", help="A place searched without result; repeatable."),
]
When = Annotated[
    dt.date | None,
    typer.Option(
        "--date",
        metavar="DATE",
        parser=typed.day,
        help="When it happened or was judged; today if not given.",
    ),
]
Author = Annotated[
    str | None,
    typer.Option(
        "--by", metavar="NAME", help="Who judges: else $PATHTRACK_AUTHOR, git's user.name, the login name."
    ),
]

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


@app.command()
def update(
    ids: options.Ids,
    *,
    status: NewStatus = None,
    note: Note = None,
    evidence: Sources = None,
    title: Titles = None,
    publisher: Publishers = None,
    published: Published = None,
    kind: Kinds = None,
    archive: Archives = None,
    searched: Searched = None,
    date: When = None,
    by: Author = None,
    dry_run: options.DryRun = False,
    file: options.File = None,
    _color: options.ColorChoice = Color.AUTO,
) -> None:
    """Record what happened to recommendations.

    The update is added at the end of the file; nothing that stands there is changed.

    Example: pathtrack update D2 --status in-progress --evidence https://example.org/talks
    """
    path, today = writable(file), typed.today()
    new: dict[str, object] = {
        "date": date or today,
        "by": by or git.author(),
        "status": status,
        "note": _stdin() if note == "-" else note,
        "searched": searched or (),
        "evidence": typed.sources(evidence, title, publisher, published, kind, archive),
    }
    if dry_run:
        typer.echo(toml.block(_update(store.load(path), ids, new)), nl=False)
        return
    before, after = store.change(
        path, lambda old: old.with_more(updates=[_update(old.tracker, ids, new)]), waiting=say_that_it_waits
    )
    typer.echo(_confirmation(before.tracker, after.tracker, path, today))
    for warning in _warnings(after.tracker.updates, today):
        say_aside(f"warning: {warning}")
    hint(f"show {after.tracker.updates[-1].recommendations[0]}", file=file)


@app.command()
def init(
    *,
    blank: Blank = False,
    title: ReportTitle = None,
    publisher: ReportPublisher = None,
    url: ReportUrl = None,
    area: ReportAreas = None,
    dry_run: options.DryRun = False,
    file: options.File = None,
    _color: options.ColorChoice = Color.AUTO,
) -> None:
    """Make a tracker here.

    A copy of the shipped one, or a blank one.

    Example: pathtrack init --blank --title "Our report" --publisher "Our institute" --area health
    """
    if blank and title is None:
        raise UsageError("a new report needs a title", todo='give one with --title "…"')
    if url and not is_safe_address(url):
        raise UsageError(f"{quoted(url)} is not a plain web address", todo="begin it with https://")
    given: dict[str, object] = {"title": title, "publisher": publisher, "url": url, "areas": area or ()}
    data = toml.blank(objections.build(model.Report, given)).encode() if blank else _shipped(given)
    if dry_run:
        typer.echo(safe(data.decode()), nl=False)
        return
    path = file or Path(os.environ.get("PATHTRACK_FILE") or store.FILE_NAME)
    begin(path, data)
    number = count(len(store.load(path).recommendations), "recommendation")
    typer.echo(safe_line(f"made {path} with {number}"))
    if any("," in each for each in area or ()):
        say_aside("note: an area has a comma in its name; --area is repeated for several")
    hint('add ID --area AREA --title "What is asked"' if blank else "list", "edit", file=file)


def _update(tracker: model.Tracker, ids: list[str], new: dict[str, object]) -> model.Update:
    named = {"recorded": _moment(tracker), "recommendations": spelled(tracker, ids)}
    return objections.build(model.Update, {**new, **named})


def _moment(tracker: model.Tracker) -> dt.datetime:
    """Return now in whole seconds, or the second after the last update's: their order survives a merge."""
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    last = tracker.updates[-1].recorded if tracker.updates else None
    second, minute = dt.timedelta(seconds=1), dt.timedelta(minutes=1)
    return last + second if last and now <= last < now + minute else now


def _warnings(updates: "tuple[model.Update, ...]", today: dt.date) -> Iterator[str]:
    """Yield what may be a slip in the newest update."""
    *old, new = updates
    for each in new.evidence:
        if each.url is None and each.title and is_safe_address(f"https://{each.title}") and "." in each.title:
            yield f"{quoted(each.title)} was taken for a title; an address begins with https://"
    if new.date > today:
        yield f"{day(new.date)} is in the future; it takes effect on that date"
    about = set(map(model.key, new.recommendations))
    last = next(
        (each for each in reversed(old) if about.intersection(map(model.key, each.recommendations))), None
    )
    if last and replace(last, recorded=new.recorded) == new:
        yield "this repeats an earlier update; 'pathtrack undo' removes it"
    if missing := wants.wanting(new):
        yield f"{missing}; add it with another update"


def _confirmation(before: model.Tracker, after: model.Tracker, path: Path, today: dt.date) -> str:
    new = after.updates[-1]
    on = max(today, new.date)
    about = set(new.recommendations)
    old, now = (
        {
            each.recommendation.id: each
            for each in state.standings(tracker, on=on, only=lambda each: each.id in about)
        }
        for tracker in (before, after)
    )
    moves = ", ".join(_move(old[each], now[each], new) for each in new.recommendations)
    sources = f"; {count(len(new.evidence), 'source')}" if new.evidence else ""
    return safe_line(f"{moves}{sources}; recorded for {day(new.date)} by {new.by} in {path}")


def _move(before: state.Standing, after: state.Standing, new: model.Update) -> str:
    identifier = after.recommendation.id
    if before.status is after.status:
        judged = max((each.date for each in after.records if each.status), default=new.date)
        newer = f", judged on {day(judged)}" if new.status and judged > new.date else ""
        return f"{identifier} stays {after.status}{newer}"
    return f"{identifier} {before.status} → {after.status}"


def _shipped(given: dict[str, object]) -> bytes:
    if any(given.values()):
        raise UsageError("a title, publisher, address or area is for a new report", todo="add --blank")
    return store.read(store.shipped())


def _stdin() -> str:
    try:
        return sys.stdin.buffer.read().decode().strip()
    except UnicodeDecodeError as error:
        raise UsageError("the note is not UTF-8 text", where="stdin", todo="convert it first") from error
