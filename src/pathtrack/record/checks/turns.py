"""Findings about judgements that contradict the one before."""

from collections.abc import Iterator, Set
from functools import cache

from pathtrack.record import same
from pathtrack.record.corrections import Ledger
from pathtrack.record.finding import Finding
from pathtrack.record.model import Tracker, Update, key
from pathtrack.record.status import Status
from pathtrack.record.wants import Later
from pathtrack.text import day

_BEGUN = {Status.IN_PROGRESS, Status.PARTIAL, Status.IMPLEMENTED, Status.STALLED, Status.REVERSED}


def turns(tracker: Tracker, ledger: Ledger, about: Set[str] = frozenset()) -> Iterator[Finding]:
    """Yield what contradicts the judgement before it, of all or of some recommendations by their keys.

    By date, as in a standing:
        1 May   Ana   in-progress
        1 June  Ben   not-started              what has begun is no longer not started
        1 July  Ana   implemented
        1 Aug   Ana   partial, without a note  nobody says why
        1 Aug   Ben   stalled                  the same day, and nobody has judged since
    """
    later = cache(lambda: Later(tracker, ledger))
    disputed: dict[str, Finding] = {}
    for index, identifier, before in _judged_again(tracker, ledger, about):
        update, place = tracker.updates[index], ("update", index, "status")
        what = f"{identifier}: {update.status} on {day(update.date)}"
        if before.date < update.date:
            disputed.pop(identifier, None)
        if _is_disputed(before, update):
            what = f"{identifier}: on {day(update.date)} both {before.status} by {before.by}"
            message = f"{what} and {update.status} by {update.by}; the later in the file counts"
            disputed[identifier] = Finding(place, "assessors-disagree", message)
        elif update.status is Status.NOT_STARTED and before.status in _BEGUN:
            message = f"{what}, although {before.status} on {day(before.date)}"
            advice = "what has begun is stalled, reversed or not-implemented"
            yield Finding(place, "begun-before", f"{message}; {advice}")
        elif _is_back(before, update) and "note" not in later().brings(index):
            message = f"{what}, although {before.status} on {day(before.date)}"
            yield Finding(place, "unexplained-return", f"{message}; going back wants a note saying why")
    yield from disputed.values()


def _judged_again(tracker: Tracker, ledger: Ledger, about: Set[str]) -> Iterator[tuple[int, str, Update]]:
    """Yield each later judgement of a whole: its place, the id, and the judgement before it."""
    spelled = {key(each.id): each.id for each in tracker.recommendations}
    last: dict[str, Update] = {}
    for index, update in ledger.dated:
        names = tracker.keys_of(update) & spelled.keys() if update.judges_whole else set()
        for name in sorted(names & about if about else names):
            if before := last.get(name):
                yield index, spelled[name], before
            last[name] = update


def _is_disputed(before: Update, update: Update) -> bool:
    """Return whether two people judge the same day differently."""
    differ = before.status is not update.status and same.word(before.by) != same.word(update.by)
    return differ and before.date == update.date


def _is_back(before: Update, update: Update) -> bool:
    """Return whether something is no longer implemented; `reversed` says that itself."""
    kept = {Status.IMPLEMENTED, Status.REVERSED}
    return before.status is Status.IMPLEMENTED and update.status not in kept
