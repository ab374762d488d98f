"""What the status of an update wants, and whether it or a later one brings it."""

from collections.abc import Callable
from typing import NamedTuple

from pathtrack.record.corrections import Ledger
from pathtrack.record.model import Tracker, Update
from pathtrack.record.status import DEFINITIONS, PROOF_OF_IMPLEMENTATION, Status


class Brought(NamedTuple):
    """Which of the things a status can want are there."""

    evidence: bool = False
    proof: bool = False
    note: bool = False
    searched: bool = False

    def with_(self, other: "Brought") -> "Brought":
        """Return what either brings."""
        return Brought(*(mine or theirs for mine, theirs in zip(self, other, strict=True)))


def brought(update: Update) -> Brought:
    """Return what an update brings itself."""
    proof = any(each.kind in PROOF_OF_IMPLEMENTATION for each in update.evidence)
    return Brought(bool(update.evidence), proof, bool(update.note), bool(update.searched))


def missing(update: Update, there: Brought | None = None) -> str:
    """Return what the status of an update wants and does not have, or nothing.

    `there` is what there is, by default what the update brings itself.
    """
    there = there or brought(update)
    if update.status is None or _SATISFIED[update.status](there):
        return ""
    wants = DEFINITIONS[update.status].wants
    if update.status is Status.PARTIAL and (there.evidence or there.note):
        wants = "a note on what is missing, too" if there.evidence else "evidence, too"
    return f"{update.status} wants {wants}"


class Later:
    """What the updates of a tracker gain from later ones about all of the same recommendations.

    The updates about one set of recommendations are read once, from the last to the first, so that thousands
    of updates about one recommendation take a single pass:

        D1 partial, evidence        lacks a note, which the third brings
        D1 stalled, note            judges differently: brings nothing to the first
        D1, D2  note                brings its note to both
    """

    def __init__(self, tracker: Tracker, ledger: Ledger) -> None:
        self._updates = tracker.updates
        self._about = [tracker.keys_of(each) for each in tracker.updates]
        self._places: dict[str, list[int]] = {}
        for rank, place in enumerate(ledger.order):
            for name in self._about[place]:
                self._places.setdefault(name, []).append(rank)
        self._order = ledger.order
        self._known: dict[frozenset[str], dict[int, dict[Status | None, Brought]]] = {}

    def brings(self, place: int) -> Brought:
        """Return what the update at a place brings, or later ones that agree with it."""
        update, later = self._updates[place], self._after(place)
        found = brought(update)
        # A later update without a status agrees with any.
        for status in (None, update.status):
            found = found.with_(later.get(status, Brought()))
        return found

    def exists(self, place: int) -> bool:
        """Return whether there is any later update about the same."""
        return bool(self._after(place))

    def _after(self, place: int) -> dict[Status | None, Brought]:
        names = self._about[place]
        if names not in self._known:
            self._known[names] = self._gathered(names)
        return self._known[names].get(place, {})

    def _gathered(self, names: frozenset[str]) -> dict[int, dict[Status | None, Brought]]:
        """Return for each update about exactly these names what comes after it, by the status judged."""
        # The example above for D1, from the last to the first:
        #     D1, D2  note                  later: a note with no status
        #     D1      stalled, note         found: that; later: also a note with stalled
        #     D1      partial, evidence     found: both, of which `brings` takes the one with no status
        found: dict[int, dict[Status | None, Brought]] = {}
        later: dict[Status | None, Brought] = {}
        # An update about all of the names is among those about each: the shortest list will do.
        for rank in reversed(min((self._places[each] for each in names), key=len, default=[])):
            place = self._order[rank]
            if self._about[place] == names:
                # A copy from before its own is added: nothing brings itself what it lacks.
                found[place] = dict(later)
            # What is about more recommendations is about these, too; not what is about fewer.
            if self._about[place] >= names:
                status = self._updates[place].status
                later[status] = later.get(status, Brought()).with_(brought(self._updates[place]))
        return found


def _evidence_or_note(there: Brought) -> bool:
    return there.evidence or there.note


_SATISFIED: dict[Status, Callable[[Brought], bool]] = {
    Status.NOT_ASSESSED: lambda _: True,
    Status.NOT_STARTED: lambda there: there.searched or there.note,
    Status.IN_PROGRESS: lambda there: there.evidence,
    Status.PARTIAL: lambda there: there.evidence and there.note,
    Status.IMPLEMENTED: lambda there: there.proof,
    Status.STALLED: _evidence_or_note,
    Status.NOT_IMPLEMENTED: _evidence_or_note,
    Status.REVERSED: lambda there: there.evidence,
}
