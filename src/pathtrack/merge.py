"""Two trackers that grew from a common one become one again. Pure."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from pathtrack.errors import FileError
from pathtrack.model import Recommendation, Tracker, Update, Value, key

_V = TypeVar("_V", bound=Value)


@dataclass(frozen=True)
class Conflict:
    """What both sides changed in different ways: fields of `[report]` (no id) or of a recommendation.

    No fields means that one side removed the recommendation and the other changed it.
    """

    identifier: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Merged:
    """The merged tracker; where there is a conflict it holds our side."""

    tracker: Tracker
    conflicts: tuple[Conflict, ...]


def merge(base: Tracker | None, ours: Tracker, theirs: Tracker, *, text: Callable[[Update], str]) -> Merged:
    """Merge two trackers with the one they grew from, if there is one.

    Updates are a multiset keyed by their whole content: those of the base stay unless a side removed
    them, and the new ones of both sides follow, equal ones once, by the time they were typed in, then
    by date, then by `text`. The result is the same whichever side is ours, but for conflicts.
    FileError where an id stands twice.
    """
    for side in filter(None, (base, ours, theirs)):
        if len({key(each.id) for each in side.recommendations}) < len(side.recommendations):
            raise FileError(
                "an id stands twice in one of the versions", todo="give each recommendation its own id"
            )
    conflicts: list[Conflict] = []
    report = _merge_value("", base.report if base else None, ours.report, theirs.report, conflicts)
    recommendations = _merge_recommendations(base, ours, theirs, conflicts)
    updates = _merge_updates(base.updates if base else (), ours.updates, theirs.updates, text)
    return Merged(Tracker(report=report, recommendations=recommendations, updates=updates), tuple(conflicts))


def missing(old: Iterable[Update], new: Iterable[Update]) -> list[Update]:
    """Return the old updates that are not among the new ones as they were."""
    return list((Counter(old) - Counter(new)).elements())


def _merge_updates(
    base: tuple[Update, ...],
    ours: tuple[Update, ...],
    theirs: tuple[Update, ...],
    text: Callable[[Update], str],
) -> tuple[Update, ...]:
    before, mine, other = Counter(base), Counter(ours), Counter(theirs)
    wanted = {each: _count(before[each], mine[each], other[each]) for each in before | mine | other}
    kept = []
    for update in base:
        if wanted[update] > 0:
            wanted[update] -= 1
            kept.append(update)
    new = [update for update, number in wanted.items() for _ in range(number)]
    return (*kept, *sorted(new, key=lambda each: (_typed_in(each), each.date, text(each))))


def _count(base: int, ours: int, theirs: int) -> int:
    """Say how often an update is wanted: what both sides did, done once; what one did, done too."""
    mine, other = ours - base, theirs - base
    if mine * other > 0:
        return base + (max(mine, other) if mine > 0 else min(mine, other))
    return max(base + mine + other, 0)


def _typed_in(update: Update) -> str:
    return update.recorded.isoformat() if update.recorded else ""


def _merge_recommendations(
    base: Tracker | None, ours: Tracker, theirs: Tracker, conflicts: list[Conflict]
) -> tuple[Recommendation, ...]:
    trackers = (base, ours, theirs)
    sides = [{key(each.id): each for each in side.recommendations} if side else {} for side in trackers]
    merged = {}
    for identifier in _order(*sides):
        before, mine, other = (side.get(identifier) for side in sides)
        if result := _merge_one(before, mine, other, conflicts):
            merged[identifier] = result
    return tuple(merged.values())


def _merge_one(
    before: Recommendation | None,
    mine: Recommendation | None,
    other: Recommendation | None,
    conflicts: list[Conflict],
) -> Recommendation | None:
    if other in (mine, before):
        return mine
    if mine == before:
        return other
    if mine is None or other is None:
        survivor = mine or other
        assert survivor is not None
        conflicts.append(Conflict(survivor.id, ()))
        return survivor
    return _merge_value(mine.id, before, mine, other, conflicts)


def _merge_value(identifier: str, before: _V | None, mine: _V, other: _V, conflicts: list[Conflict]) -> _V:
    fields, both = dict(mine), []
    for name, value in dict(other).items():
        old = getattr(before, name, None)
        if fields[name] != value and value != old:
            if fields[name] != old:
                both.append(name)
            else:
                fields[name] = value
    if both:
        conflicts.append(Conflict(identifier, tuple(both)))
    return mine.model_copy(update=fields)


def _order(*sides: Mapping[str, Recommendation]) -> Iterator[str]:
    """Keep the order of the side that changed it; when both did, the base's, then new ones by id."""
    base, ours, theirs = (list(side) for side in sides)
    if theirs == base:
        yield from dict.fromkeys((*ours, *base))
    elif ours == base:
        yield from dict.fromkeys((*theirs, *base))
    else:
        yield from base
        yield from sorted({*ours, *theirs} - set(base))
