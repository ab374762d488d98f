"""What the status of an update wants, and whether it or a later one brings it."""

from typing import Literal

from pathtrack.record.corrections import Ledger
from pathtrack.record.model import Tracker, Update
from pathtrack.record.status import DEFINITIONS, PROOF_OF_IMPLEMENTATION, Status

_Thing = Literal["evidence", "proof", "note", "searched"]
_Things = frozenset[_Thing]
_NOTHING: _Things = frozenset()


def brought(update: Update) -> _Things:
    """Return which of the things that a status can want an update brings itself."""
    there: dict[_Thing, object] = {
        "evidence": update.evidence,
        "proof": any(each.kind in PROOF_OF_IMPLEMENTATION for each in update.evidence),
        "note": update.note,
        "searched": update.searched,
    }
    return frozenset(name for name, given in there.items() if given)


def missing(update: Update, there: _Things | None = None) -> str:
    """Return what the status of an update wants and does not have, or nothing.

    `there` is what there is, by default what the update brings itself.
    """
    there = brought(update) if there is None else there
    if update.status is None or any(each <= there for each in _ENOUGH[update.status]):
        return ""
    wants = DEFINITIONS[update.status].wants
    if update.status is Status.PARTIAL and there & {"evidence", "note"}:
        wants = "a note on what is missing, too" if "evidence" in there else "evidence, too"
    return f"{update.status} wants {wants}"


def lacking(tracker: Tracker, newest: int) -> int:
    """Return how many of the newest updates have a status, and neither they nor later ones what it wants."""
    if not any(map(missing, tracker.updates[len(tracker.updates) - newest :])):
        return 0  # which spares a file of ten thousand the look at what came later
    ledger = Ledger(tracker.updates)
    later, first = Later(tracker, ledger), len(tracker.updates) - newest
    return sum(
        place >= first and bool(missing(update, later.brings(place))) for place, update in ledger.placed
    )


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
        self._known: dict[frozenset[str], dict[int, dict[Status | None, _Things]]] = {}

    def brings(self, place: int) -> _Things:
        """Return what the update at a place brings, or later ones that agree with it."""
        update, later = self._updates[place], self._after(place)
        # A later update without a status agrees with any.
        return brought(update) | later.get(None, _NOTHING) | later.get(update.status, _NOTHING)

    def exists(self, place: int) -> bool:
        """Return whether there is any later update about the same."""
        return bool(self._after(place))

    def _after(self, place: int) -> dict[Status | None, _Things]:
        names = self._about[place]
        if names not in self._known:
            self._known[names] = self._gathered(names)
        return self._known[names].get(place, {})

    def _gathered(self, names: frozenset[str]) -> dict[int, dict[Status | None, _Things]]:
        """Return for each update about exactly these names what comes after it, by the status judged."""
        # The example above for D1, from the last to the first:
        #     D1, D2  note                  later: a note with no status
        #     D1      stalled, note         found: that; later: also a note with stalled
        #     D1      partial, evidence     found: both, of which `brings` takes the one with no status
        found: dict[int, dict[Status | None, _Things]] = {}
        later: dict[Status | None, _Things] = {}
        # An update about all of the names is among those about each: the shortest list will do.
        for rank in reversed(min((self._places[each] for each in names), key=len, default=[])):
            place = self._order[rank]
            if self._about[place] == names:
                # A copy from before its own is added: nothing brings itself what it lacks.
                found[place] = dict(later)
            # What is about more recommendations is about these, too; not what is about fewer.
            if self._about[place] >= names:
                status = self._updates[place].status
                later[status] = later.get(status, _NOTHING) | brought(self._updates[place])
        return found


_EITHER: tuple[_Things, ...] = frozenset({"evidence"}), frozenset({"note"})
_ENOUGH: dict[Status, tuple[_Things, ...]] = {
    Status.NOT_ASSESSED: (_NOTHING,),
    Status.NOT_STARTED: (frozenset({"searched"}), frozenset({"note"})),
    Status.IN_PROGRESS: (frozenset({"evidence"}),),
    Status.PARTIAL: (frozenset({"evidence", "note"}),),
    Status.IMPLEMENTED: (frozenset({"proof"}),),
    Status.STALLED: _EITHER,
    Status.NOT_IMPLEMENTED: _EITHER,
    Status.REVERSED: (frozenset({"evidence"}),),
}
"""The things that are enough for each status, any of these sets."""
