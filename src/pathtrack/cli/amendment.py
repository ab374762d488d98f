"""An update with part of it changed, and what that was."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from itertools import takewhile

from pathtrack import git
from pathtrack.cli import pasted, recording, typed
from pathtrack.cli.naming import spelled
from pathtrack.cli.sources import keys, source
from pathtrack.errors import UsageError
from pathtrack.record import objections, same
from pathtrack.record.corrections import Ledger, by_date, update_id
from pathtrack.record.differences import judgement
from pathtrack.record.model import Evidence, Tracker, Update, key
from pathtrack.record.status import Status
from pathtrack.show.corrections import changes
from pathtrack.show.words import summary
from pathtrack.text import day, is_address

_EMPTY: dict[str, object] = {
    **dict.fromkeys(("actors", "searched", "evidence"), ()),
    **dict.fromkeys(("status", "confidence", "response", "due", "note")),
}
NEW = 0
"""The number of a source that is added."""


def replacing(
    tracker: Tracker, old: Update, given: Mapping[str, object], without: Iterable[str] | None, *, reason: str
) -> Update:
    """Return the replacement of an update: it, but for what is given; UsageError if that changes nothing.

    A judgement is of whoever makes it: who changes it judges, unless `by` is given.
    """
    author = git.author()
    new = {name: value for name, value in given.items() if value is not None}
    new |= typed.cleared(without, _EMPTY, given)
    if "by" not in new and judgement(objections.rebuilt(old, new)) not in {None, judgement(old)}:
        new["by"] = author
    if objections.rebuilt(old, new) == old:
        raise UsageError("nothing would be corrected", todo="give what is right, such as --note TEXT")
    is_author = same.word(author) == same.word(str(new.get("by", old.by)))
    new |= {"recorded": recording.moment(tracker), "corrects": update_id(old), "reason": reason}
    return objections.rebuilt(old, {**new, "typed_by": None if is_author else author})


def require_a_status(tracker: Tracker, old: Update, which: str, status: Status) -> None:
    """Raise UsageError where the newest update about a recommendation would get the status of another."""
    if old.status or (name := tracker.names.get(key(which))) is None:
        return
    about = (each for each in Ledger(tracker.updates).counting if name in tracker.keys_of(each))
    judgements = [each for each in by_date(about) if each.judges_whole]
    if judgements:
        judged = judgements[-1]
        (about_it,) = spelled(tracker, [which])
        what = f"the newest update about {about_it}, of {day(old.date)} by {old.by}, gives no status"
        command = f"pathtrack correct {update_id(judged)} --status {status} --reason …"
        is_of = f"the status is of {day(judged.date)} by {judged.by}"
        raise UsageError(what, todo=f"{is_of}: correct it with '{command}'")


def sources(
    tracker: Tracker, old: Update, which: str, number: int | None, found: Mapping[str, Sequence[str]]
) -> tuple[object, ...] | None:
    """Return the sources of an update with one of them changed, added or removed; None if none is given.

    `which` is how a person named the update, and `number` that of a source in `show`.
    """
    if not found:
        return None
    if many := next((name for name, values in found.items() if len(values) > 1), None):
        raise UsageError(f"--{many} is given twice", todo="correct one source at a time, with --source N")
    place = _place(old, number, _first(tracker, old, which))
    texts = {name: values[0] for name, values in found.items()}
    changed = _changed(old.evidence[place] if place < len(old.evidence) else None, texts)
    return (*old.evidence[:place], *changed, *old.evidence[place + 1 :])


def _first(tracker: Tracker, old: Update, which: str) -> int:
    """Return the number of an update's first source in `show`."""
    named = [name for each in (which, *old.recommendations) if (name := tracker.names.get(key(each)))]
    about = (each for each in Ledger(tracker.updates).counting if {*named[:1]} <= tracker.keys_of(each))
    before = takewhile(lambda each: each != old, by_date(about))
    return 1 + sum(len(each.evidence) for each in before)


def _place(old: Update, number: int | None, first: int) -> int:
    have = len(old.evidence)
    numbers = range(first, first + have)
    which = f"--source {numbers[0]} to {numbers[-1]}" if have > 1 else f"--source {first}"
    if number == NEW:
        return have
    if number is None and have > 1:
        raise UsageError(f"the update has {have} sources", todo=f"give {which}, or --source new to add one")
    if number is not None and number not in numbers:
        todo = f"give {which}, or --source new to add one" if have else "add one with --source new"
        raise UsageError(f"the update has no source {number}", todo=todo)
    return numbers.index(number) if number else 0


def _changed(old: Evidence | None, texts: dict[str, str]) -> list[dict[str, object]]:
    """Return a source with other keys; nothing where it is removed."""
    address = texts.pop("evidence", None)
    if address == "":
        return []
    if old is None:
        if address is None:
            raise UsageError("a new source has no address or title", todo="give one with --evidence")
        return [source(address, texts)]
    kept: dict[str, object] = {each.name: getattr(old, each.name) for each in fields(old)}
    if address is not None:
        address = pasted.address(address)
        texts["url" if is_address(address) else "title"] = address
    return [kept | keys({name: text or None for name, text in texts.items()})]


def differences(tracker: Tracker, *, dry_run: bool) -> Iterator[str]:
    """Yield what an update said and what it says now, or would say, a line for each key that changed."""
    new = tracker.updates[-1]
    found = next(each for each in Ledger(tracker.updates).corrected if each.correction == new)
    old = found.update
    about = f"the update of {day(old.date)} about {', '.join(old.recommendations)} by {old.by}"
    done = ("would correct", "would withdraw") if dry_run else ("corrected", "withdrew")
    yield f"{done[0]} {about}:" if new.says_something else f"{done[1]} {about}: {summary(old)}"
    yield from (f"  {each}" for each in changes(found))
