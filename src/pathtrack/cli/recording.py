"""What the commands that record an update share: writing it, and reporting what it changed."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from pathtrack.cli import changed, completion, mistakes, typed
from pathtrack.cli.changed import Change
from pathtrack.cli.naming import spelled
from pathtrack.cli.screen import hint, say, say_aside
from pathtrack.errors import UsageError
from pathtrack.file import store, toml
from pathtrack.file.document import Document
from pathtrack.record import same
from pathtrack.record.corrections import Ledger
from pathtrack.record.dates import ends
from pathtrack.record.model import Tracker, Update, key
from pathtrack.record.standings import Standing, standings
from pathtrack.record.status import Confidence, Response, Status
from pathtrack.text import count, day, safe_line

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


class Judgement(NamedTuple):
    """What happened, or how things stand."""

    status: Annotated[
        Status | None,
        typer.Option(
            "--status",
            metavar="STATUS",
            parser=typed.status,
            help="The status, as judged on that date.",
            autocompletion=completion.statuses,
        ),
    ] = None
    confidence: Annotated[
        Confidence | None,
        typer.Option(
            "--confidence",
            metavar="WORD",
            parser=typed.word(Confidence, "confidence"),
            help="How sure the status is: high, medium or low.",
        ),
    ] = None
    response: Annotated[
        Response | None,
        typer.Option(
            "--response",
            metavar="WORD",
            parser=typed.response,
            help=f"What the addressee answered: {', '.join(Response)}.",
            autocompletion=completion.responses,
        ),
    ] = None
    actors: Annotated[
        list[str] | None,
        typer.Option(
            "--actor",
            metavar="NAME",
            help="The update is about this actor, not the whole recommendation; repeatable.",
            autocompletion=completion.actors,
        ),
    ] = None
    due: Annotated[
        dt.date | None,
        typer.Option("--due", metavar="DATE", parser=typed.day, help="The target date was moved to DATE."),
    ] = None
    note: Annotated[
        str | None, typer.Option("--note", metavar="TEXT", help="What happened; - reads it from stdin.")
    ] = None


def moment(tracker: Tracker) -> dt.datetime:
    """Return the current time in whole seconds, with the typist's own offset.

    Where the last update has this second or a later one of the same minute, it is the second after that:
    their order then survives a merge.
    """
    now = dt.datetime.now().astimezone().replace(microsecond=0)
    last = tracker.updates[-1].recorded if tracker.updates else None
    second, minute = dt.timedelta(seconds=1), dt.timedelta(minutes=1)
    return (last + second).astimezone(now.tzinfo) if last and now <= last < now + minute else now


def actors(tracker: Tracker, given: Sequence[str] | None) -> tuple[str, ...]:
    """Return actors as the tracker spells them, and unknown ones as they are given, each once."""
    named = same.spellings(given or ())
    known = same.spellings(tracker.actors) if named else {}
    return tuple(known.get(word, each) for word, each in named.items())


def note(given: str | None) -> str | None:
    """Return the text of a note; `-` reads it from stdin."""
    if given != "-":
        return given
    try:
        return store.stdin().decode("utf-8-sig").strip()  # PowerShell may put a mark before it
    except UnicodeDecodeError as error:
        raise UsageError("the note is not UTF-8 text", where="stdin", todo="convert it first") from error


def write(
    path: Path,
    make: Callable[[Tracker], Update],
    change: Change,
    *,
    command: str,
    details: Callable[[Tracker], Iterable[str]] = lambda _: (),
) -> None:
    """Add the update that `make` returns, and print what the `command` changed; a dry run prints its text.

    `details` returns further lines about the tracker that was written.
    """
    today = typed.today()

    def grown(document: Document) -> Document:
        return document.with_more(updates=[make(document.tracker)])

    before, after = change.make(path, grown)
    warnings = [*mistakes.likely(before.tracker, after.tracker, today)]
    if change.json:
        changed.show(command, before, after, written=not change.dry_run, warnings=warnings)
        return
    lines = [*details(after.tracker), confirmation(before.tracker, after.tracker, path, today)]
    if change.dry_run:
        lines[-1] = f"would be: {lines[-1]}"
        typer.echo(toml.block(after.tracker.updates[-1]), nl=False)
    for line in lines:
        (say_aside if change.dry_run else say)(line)
    for warning in warnings:
        say_aside(f"warning: {warning}")
    for whole, since in _judged_before(before.tracker, after.tracker.updates[-1]):
        when = f"the whole stays {whole.status}, judged on {day(since.date)}; if that has changed"
        hint(f"update {whole.recommendation.id} --status STATUS", file=change.file, when=when)
    if not change.dry_run:
        hint(f"show {after.tracker.updates[-1].recommendations[0]}", file=change.file)


def _judged_before(tracker: Tracker, new: Update) -> Iterator[tuple[Standing, Update]]:
    """Yield how the wholes stand whose part was just judged, each with what judged it before."""
    about = tracker.keys_of(new) if new.judges_whole else ()
    parts = (each for each in tracker.recommendations if key(each.id) in about)
    wholes = {key(tracker.name_of_whole(each)) for each in parts}.difference(about)
    for each in standings(tracker, on=new.date, only=lambda one: key(one.id) in wholes) if wholes else ():
        if key(each.recommendation.id) in wholes and each.history and each.judgement:
            yield each, each.judgement


def confirmation(before: Tracker, after: Tracker, path: Path, today: dt.date) -> str:
    """Return what the newest update changed, in one line."""
    new = after.updates[-1]
    # A correction can be about another recommendation than before: then both have changed.
    was = next((each.update for each in Ledger(after.updates).corrected if each.correction == new), new)
    ids = [each for each in (*was.recommendations, *new.recommendations) if key(each) in after.names]
    about = spelled(after, ids)

    def stand(tracker: Tracker, on: dt.date) -> dict[str, Standing]:
        found = standings(tracker, on=on, only=lambda each: each.id in about)
        return {each.recommendation.id: each for each in found}

    old, now, then = stand(before, today), stand(after, today), stand(after, max(today, new.date))
    known = stand(after, dt.date.max)
    moves = (
        _move(old[each], now[each], new)
        + _later(now[each], then[each], new)
        + _until(then[each], known[each], new)
        for each in about
    )
    also = "".join(f"; {each}" for each in _also(new))
    return safe_line(f"{', '.join(moves)}{also}; recorded for {day(new.date)} by {new.by} in {path}")


def _also(new: Update) -> Iterator[str]:
    """Yield what an update says beside a status."""
    if new.response:
        yield f"{' and '.join(new.actors) or 'the addressee'} answered {new.response}"
    if new.due:
        yield f"target date {day(new.due)}"
    if new.evidence:
        yield count(len(new.evidence), "source")


def _later(now: Standing, then: Standing, new: Update) -> str:
    """Return what an update changes that is yet to take effect: and is partial from 30 Nov 2026 on."""
    if then.as_of > now.as_of and new.status and then.since == new.date:
        return f", and is {then.status} from {day(ends(new.date))} on"
    return ""


def _until(then: Standing, known: Standing, new: Update) -> str:
    """Return what a judgement gives way to that is on record for a later day: but partial from 30 Nov on."""
    later = (each for each in known.history if each.date > then.as_of and each.status is not then.status)
    if new.judges_whole and (next_ := next(later, None)):
        return f", but {next_.status} from {day(ends(next_.date))} on"
    return ""


def _move(before: Standing, after: Standing, new: Update) -> str:
    identifier = after.recommendation.id
    if new.actors and new.status:
        whole = f"stays {after.status}" if before.status is after.status else f"becomes {after.status}"
        return f"{identifier} {new.status} for {' and '.join(new.actors)} (the whole {whole})"
    if before.status is after.status:
        judged = max((each.date for each in after.updates if each.judges_whole), default=new.date)
        newer = f", judged on {day(judged)}" if new.status and judged > new.date else ""
        return f"{identifier} stays {after.status}{newer}"
    return f"{identifier} {before.status} → {after.status}"
