"""Two trackers that grew from a common one become one again. Pure."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, fields
from itertools import takewhile
from operator import eq
from typing import TypeVar

from pydantic import TypeAdapter

from pathtrack.errors import FileError
from pathtrack.record.model import Recommendation, Report, Tracker, Update, key

_T = TypeVar("_T", bound=Hashable)
_V = TypeVar("_V", Report, Recommendation)


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
    them, and the new ones of both sides stand where they stood among those, equal ones once. New ones in
    one place are ordered by the time they were typed in, then by date, then by `text`. The result is the
    same whichever side is ours, but for conflicts. FileError where an id stands twice.
    """
    for side in filter(None, (base, ours, theirs)):
        if len({key(each.id) for each in side.recommendations}) < len(side.recommendations):
            raise FileError(
                "an id stands twice in one of the versions", todo="give each recommendation its own id"
            )
    conflicts: list[Conflict] = []
    report = _merge_value("", base.report if base else None, ours.report, theirs.report, conflicts)
    recommendations = _merge_recommendations(base, ours, theirs, conflicts)
    updates = _merge_updates(base.updates if base else None, ours.updates, theirs.updates, text)
    return Merged(Tracker(report=report, recommendations=recommendations, updates=updates), tuple(conflicts))


def missing(old: Iterable[Update], new: Iterable[Update]) -> list[Update]:
    """Return the old updates that are not among the new ones as they were."""
    return list((Counter(old) - Counter(new)).elements())


def _merge_updates(
    base: tuple[Update, ...] | None,
    ours: tuple[Update, ...],
    theirs: tuple[Update, ...],
    text: Callable[[Update], str],
) -> tuple[Update, ...]:
    if base is None:  # both began a file: what it began with, such as the shipped record, stays in order
        base = tuple(mine for mine, _ in takewhile(lambda pair: eq(*pair), zip(ours, theirs, strict=False)))
    before, mine, other = Counter(base), Counter(ours), Counter(theirs)
    wanted = Counter({each: _count(before[each], mine[each], other[each]) for each in before | mine | other})
    return _arrange(base, ours, theirs, wanted, lambda each: (_typed_in(each), str(each.date), text(each)))


def _count(base: int, ours: int, theirs: int) -> int:
    """Say how often an update is wanted: as often as the side that added or else removed most wants it."""
    return base + max(ours - base, theirs - base, key=lambda change: (change > 0, abs(change)))


def _typed_in(update: Update) -> str:
    return update.recorded.astimezone(dt.UTC).isoformat() if update.recorded else ""


def _merge_recommendations(
    base: Tracker | None, ours: Tracker, theirs: Tracker, conflicts: list[Conflict]
) -> tuple[Recommendation, ...]:
    trackers = (base, ours, theirs)
    sides = [{key(each.id): each for each in side.recommendations} if side else {} for side in trackers]
    merged = {}
    for identifier in dict.fromkeys(name for side in sides for name in side):
        before, mine, other = (side.get(identifier) for side in sides)
        if result := _merge_one(before, mine, other, conflicts):
            merged[identifier] = result
    first, second, third = map(tuple, sides)
    order = _arrange(first, second, third, Counter(list(merged)), lambda identifier: (identifier,))
    return tuple(merged[identifier] for identifier in order)


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
        return mine
    return _merge_value(mine.id, before, mine, other, conflicts)


def _merge_value(identifier: str, before: _V | None, mine: _V, other: _V, conflicts: list[Conflict]) -> _V:
    merged, both = {}, []
    for name in (each.name for each in fields(mine)):
        old, our, new = (getattr(side, name, None) for side in (before, mine, other))
        merged[name] = new if our == old else our
        if old not in (our, new) and our != new:
            both.append(name)
    if both:
        conflicts.append(Conflict(identifier, tuple(both)))
    return TypeAdapter(type(mine)).validate_python(merged)


def _arrange(
    base: tuple[_T, ...],
    ours: tuple[_T, ...],
    theirs: tuple[_T, ...],
    wanted: Counter[_T],
    rank: Callable[[_T], tuple[str, ...]],
) -> tuple[_T, ...]:
    """Put what is wanted in order: what stays of the base, and between that the new, by rank in one place.

    What stays has the order of the side that changed it, or that of the base when both did.
    """
    for side, other in ((ours, theirs), (theirs, ours)):
        if other in (base, side) and Counter(side) == wanted:
            return side
    stays = wanted & Counter(base) & Counter(ours) & Counter(theirs)
    (before, _), (mine, added), (other, added_too) = (_split(side, stays) for side in (base, ours, theirs))
    kept = mine if other in (before, mine) else other if mine == before else before
    found = [(gap, True, each) for gap, each in enumerate(kept)]
    for copy in {**added, **added_too}:
        each, number = copy
        if stays[each] + number < wanted[each]:
            found.append((max(added.get(copy, 0), added_too.get(copy, 0)), False, each))
    found.sort(key=lambda place: (place[0], place[1], () if place[1] else rank(place[2])))
    return tuple(each for _, _, each in found)


def _split(side: Iterable[_T], stays: Counter[_T]) -> tuple[tuple[_T, ...], dict[tuple[_T, int], int]]:
    """Return what stays of a side, and its other copies, each with how much of that stands before it."""
    left, copies = stays.copy(), Counter[_T]()
    kept: list[_T] = []
    new: dict[tuple[_T, int], int] = {}
    for each in side:
        if left[each]:
            left[each] -= 1
            kept.append(each)
        else:
            new[each, copies[each]] = len(kept)
            copies[each] += 1
    return tuple(kept), new
