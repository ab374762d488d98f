"""What the status of an update wants, and whether it or a later one brings it."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace

from pathtrack.record.model import Tracker, Update, key
from pathtrack.record.status import DEFINITIONS, PROOF_OF_IMPLEMENTATION, Status


def wanting(update: Update) -> str:
    """Say what the status of an update wants and the update lacks, or nothing."""
    if update.status is None or _SATISFIED[update.status](update):
        return ""
    wants = DEFINITIONS[update.status].wants
    if update.status is Status.PARTIAL and (update.evidence or update.note):
        wants = "a note on what is missing, too" if update.evidence else "evidence, too"
    return f"{update.status} wants {wants}"


def completed(update: Update, later: Iterable[Update]) -> Update:
    """Return an update with what later ones bring that judge the same, or do not judge."""
    told = [update, *(each for each in later if each.status in {None, update.status})]
    return replace(
        update,
        note=next((each.note for each in told if each.note), None),
        evidence=tuple(source for each in told for source in each.evidence),
        searched=tuple(place for each in told for place in each.searched),
    )


def later_updates(tracker: Tracker) -> Callable[[int], list[Update]]:
    """Return what finds the updates behind one in the file that are about all that it is about."""
    about: defaultdict[str, list[int]] = defaultdict(list)
    for index, update in enumerate(tracker.updates):
        for identifier in map(key, update.recommendations):
            about[identifier].append(index)

    def behind(index: int) -> list[Update]:
        first, *others = (about[key(each)] for each in tracker.updates[index].recommendations)
        found = set(first[bisect_right(first, index) :]).intersection(*others)
        return [tracker.updates[each] for each in sorted(found)]

    return behind


def _has_evidence_or_note(update: Update) -> bool:
    return bool(update.evidence or update.note)


_SATISFIED: dict[Status, Callable[[Update], bool]] = {
    Status.NOT_ASSESSED: lambda _: True,
    Status.NOT_STARTED: lambda update: bool(update.searched or update.note),
    Status.IN_PROGRESS: lambda update: bool(update.evidence),
    Status.PARTIAL: lambda update: bool(update.evidence and update.note),
    Status.IMPLEMENTED: lambda update: any(each.kind in PROOF_OF_IMPLEMENTATION for each in update.evidence),
    Status.STALLED: _has_evidence_or_note,
    Status.NOT_IMPLEMENTED: _has_evidence_or_note,
    Status.REVERSED: lambda update: bool(update.evidence),
}
