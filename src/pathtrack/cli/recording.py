"""What the commands that record an update share: writing it, and reporting what it changed."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import replace
from pathlib import Path

import typer

from pathtrack import git
from pathtrack.cli import changed, typed
from pathtrack.cli.naming import begun, spelled
from pathtrack.cli.screen import hint, say, say_aside, say_waiting
from pathtrack.errors import UsageError
from pathtrack.file import store, toml
from pathtrack.file.document import Document
from pathtrack.record import same, wants
from pathtrack.record.checks import turns
from pathtrack.record.corrections import Ledger
from pathtrack.record.dates import begins, ends, is_long_ago
from pathtrack.record.finding import Finding
from pathtrack.record.model import Tracker, Update, key
from pathtrack.record.standings import Standing, standings
from pathtrack.text import count, day, did_you_mean, is_address, is_safe_address, quoted, safe_line


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
    """Return actors as the tracker spells them, and unknown ones as they are given."""
    known = same.spellings(tracker.actors) if given else {}
    return tuple(known.get(same.word(each), each) for each in given or ())


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
    *,
    command: str,
    dry_run: bool,
    json: bool,
    file: Path | None,
    details: Callable[[Tracker], Iterable[str]] = lambda _: (),
) -> None:
    """Add the update that `make` returns, and print what it changed; a dry run prints its text instead.

    With `json`, what the `command` changed is one object.

    `details` returns further lines about the tracker that was written.
    """
    today = typed.today()

    def grown(document: Document) -> Document:
        return document.with_more(updates=[make(document.tracker)])

    if dry_run:
        before = store.open_(path)
        after = grown(before)
    else:
        before, after = store.change(path, grown, waiting=say_waiting)
    if json:
        warnings = _warnings(before.tracker, after.tracker)
        changed.show(command, before, after, written=not dry_run, warnings=warnings)
        return
    told = confirmation(before.tracker, after.tracker, path, today)
    if dry_run:
        typer.echo(toml.block(after.tracker.updates[-1]), nl=False)
        for line in (*details(after.tracker), f"would be: {told}"):
            say_aside(line)
        _warn(before.tracker, after.tracker)
        return
    for line in (*details(after.tracker), told):
        say(line)
    _warn(before.tracker, after.tracker)
    hint(f"show {after.tracker.updates[-1].recommendations[0]}", file=file)


def _warn(before: Tracker, after: Tracker) -> None:
    for warning in _warnings(before, after):
        say_aside(f"warning: {warning}")


def _warnings(before: Tracker, after: Tracker) -> Iterable[str]:
    """Return what may be a mistake in the newest update."""
    return (*slips(after, typed.today()), *_replaced(after), *_nameless(before, after.updates[-1]))


def _replaced(tracker: Tracker) -> Iterator[str]:
    """Yield that a correction replaces the only source of an update, where another may have been meant."""
    new = tracker.updates[-1]
    corrected = Ledger(tracker.updates).corrected if new.corrects else ()
    old = next((each.update.evidence for each in corrected if each.correction == new), ())
    if len(old) == len(new.evidence) == 1 and old[0].url != new.evidence[0].url:
        yield "this replaces the only source; give --source new to keep both"


def _nameless(before: Tracker, new: Update) -> Iterator[str]:
    """Yield how to set a name, the first time that a login name stands for one."""
    if new.by not in before.assessors and git.is_login(new.by):
        how = "set yours with 'git config --global user.name \"Your Name\"', or in $PATHTRACK_AUTHOR"
        yield f"it is recorded as judged by {quoted(new.by)}, your login name; {how}"


def slips(tracker: Tracker, today: dt.date) -> Iterator[str]:
    """Yield what may be a mistake in the newest update of a tracker."""
    *old, new = tracker.updates
    if not new.says_something:
        return
    yield from _new_names(replace(tracker, updates=tuple(old)), new)
    about = tracker.keys_of(new)
    dues = [each.due for each in tracker.recommendations if key(each.id) in about]
    earlier = [each for each in old if about & tracker.keys_of(each)]
    yield from _looks_odd(new, today, promised=any((*dues, *(each.due for each in earlier))))
    if earlier and replace(earlier[-1], recorded=new.recorded) == new:
        yield "this repeats an earlier update; 'pathtrack undo' removes it"
    if missing := wants.missing(new):
        yield f"{missing}; add it with another update"
    if found := [each.message for each in _turns(tracker, about)]:
        known = {each.message for each in _turns(replace(tracker, updates=tuple(old)), about)}
        yield from (each for each in found if each not in known)


def _new_names(before: Tracker, new: Update) -> Iterator[str]:
    """Yield names that may be others misspelled, or known by a longer one."""
    meant = begun(new.by, before.assessors)
    if meant and same.word(new.by) not in map(same.word, before.assessors):
        yield f"{quoted(new.by)} has not judged before; did you mean {' or '.join(meant)}?"
    known = {same.word(each) for each in before.actors}
    for each in (each for each in new.actors if same.word(each) not in known):
        meant = begun(each, before.actors)
        hint = f"did you mean {' or '.join(meant)}?" if meant else did_you_mean(each, before.actors)
        if hint.startswith("did"):
            yield f"{quoted(each)} is a new actor; {hint} 'pathtrack undo' removes the update"


def _turns(tracker: Tracker, about: Set[str]) -> Iterator[Finding]:
    return turns.turns(tracker, Ledger(tracker.updates), about)


def _looks_odd(new: Update, today: dt.date, *, promised: bool) -> Iterator[str]:
    for each in new.evidence:
        if each.url is None and each.title and _may_be_an_address(each.title):
            yield f"{quoted(each.title)} was taken as a title; an address begins with https://"
        if each.date and begins(each.date) > today:
            yield f"a source was published on {day(each.date)}, which is in the future"
        if each.date and is_long_ago(each.date, today):
            yield f"a source was published in {each.date.year}; is the year right?"
    if new.date > today:
        last = ends(new.date)
        what = "is in the future" if last == new.date else "counts as its last day"
        yield f"{day(new.date)} {what}; it takes effect on {day(last)}"
    if is_long_ago(new.date, today):
        yield f"{day(new.date)} is {today.year - new.date.year} years ago; is the year right?"
    if new.due and not new.note and promised:
        yield "a moved target date wants a note saying why; add it with another update"


def _may_be_an_address(title: str) -> bool:
    return is_address(title) or ("." in title and is_safe_address(f"https://{title}"))


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
    moves = (_move(old[each], now[each], new) + _later(now[each], then[each], new) for each in about)
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


def _move(before: Standing, after: Standing, new: Update) -> str:
    identifier = after.recommendation.id
    if new.actors and new.status:
        return f"{identifier} {new.status} for {' and '.join(new.actors)}"
    if before.status is after.status:
        judged = max((each.date for each in after.updates if each.judges_whole), default=new.date)
        newer = f", judged on {day(judged)}" if new.status and judged > new.date else ""
        return f"{identifier} stays {after.status}{newer}"
    return f"{identifier} {before.status} → {after.status}"
