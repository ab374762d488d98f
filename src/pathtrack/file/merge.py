"""Two trackers that grew from a common one become one again. Pure."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, fields
from itertools import takewhile
from operator import eq
from typing import Generic, NamedTuple, TypeVar

from pydantic import TypeAdapter, ValidationError

from pathtrack.errors import FileError
from pathtrack.file import toml
from pathtrack.record.model import Recommendation, Report, Tracker, Update, key

_T = TypeVar("_T", bound=Hashable)
_V = TypeVar("_V", Report, Recommendation)
_W_co = TypeVar("_W_co", covariant=True)


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


class _Chosen(NamedTuple, Generic[_W_co]):
    """What a merge makes of one thing in the catalogue."""

    value: _W_co
    conflict: Conflict | None = None


class _Side(NamedTuple, Generic[_T]):
    """A side's order: what stays, and each other value with how many of those stand before it.

    Of equal values the first has the number 0, the next 1.
    """

    stays: tuple[_T, ...]
    gaps: dict[tuple[_T, int], int]


def merge(base: Tracker | None, ours: Tracker, theirs: Tracker) -> Merged:
    """Merge two trackers with the one they grew from, if there is one.

    Updates are a multiset keyed by their whole content: those of the base stay unless a side removed
    them, and the new ones of both sides stand where they stood among those, equal ones once. New ones in
    one place are ordered by the time they were typed in, then by date, then by text. The result is the
    same whichever side is ours, but for conflicts. FileError where an id stands twice.

    Two people add an update to one file, and one of them corrects an old note by hand:

        base    A B
        ours    A B D       D was typed in at 12:04
        theirs  A b C       C was typed in at 12:03
        merged  A b C D     B went and b came in its place; what follows is in the order of the typing
    """
    for side in filter(None, (base, ours, theirs)):
        if len({key(each.id) for each in side.recommendations}) < len(side.recommendations):
            todo = "give each recommendation its own id"
            raise FileError("one version contains a duplicate id", todo=todo)
    report = _merge_values("", base.report if base else None, ours.report, theirs.report)
    recommendations, conflicts = _merge_recommendations(base, ours, theirs)
    updates = _merge_updates(base.updates if base else None, ours.updates, theirs.updates)
    merged = Tracker(report=report.value, recommendations=recommendations, updates=updates)
    return Merged(merged, (report.conflict, *conflicts) if report.conflict else conflicts)


def missing(old: Iterable[Update], new: Iterable[Update]) -> list[Update]:
    """Return the old updates that are not among the new ones as they were."""
    return list((Counter(old) - Counter(new)).elements())


def _merge_updates(
    base: tuple[Update, ...] | None, ours: tuple[Update, ...], theirs: tuple[Update, ...]
) -> tuple[Update, ...]:
    if base is None:  # both began a file: what it began with, such as the shipped record, stays in order
        base = tuple(mine for mine, _ in takewhile(lambda pair: eq(*pair), zip(ours, theirs, strict=False)))
    before, mine, other = Counter(base), Counter(ours), Counter(theirs)
    wanted = Counter({each: _count(before[each], mine[each], other[each]) for each in before | mine | other})
    return _arrange(base, ours, theirs, wanted, _rank)


def _count(base: int, ours: int, theirs: int) -> int:
    """Return how often an update is wanted: as often as the side that added or else removed most wants it."""
    return base + max(ours - base, theirs - base, key=lambda change: (change > 0, abs(change)))


def _rank(update: Update) -> tuple[str, ...]:
    """Return what orders new updates in one place."""
    typed_in = update.recorded.astimezone(dt.UTC).isoformat() if update.recorded else ""
    return typed_in, str(update.date), toml.block(update)


def _merge_recommendations(
    base: Tracker | None, ours: Tracker, theirs: Tracker
) -> tuple[tuple[Recommendation, ...], tuple[Conflict, ...]]:
    trackers = (base, ours, theirs)
    sides = [{key(each.id): each for each in side.recommendations} if side else {} for side in trackers]
    chosen = {
        identifier: _merge_one(*(side.get(identifier) for side in sides))
        for identifier in dict.fromkeys(name for side in sides for name in side)
    }
    merged = {identifier: each.value for identifier, each in chosen.items() if each.value}
    first, second, third = map(tuple, sides)
    order = _arrange(first, second, third, Counter(list(merged)), lambda identifier: (identifier,))
    conflicts = tuple(each.conflict for each in chosen.values() if each.conflict)
    return tuple(merged[identifier] for identifier in order), conflicts


def _merge_one(
    before: Recommendation | None, mine: Recommendation | None, other: Recommendation | None
) -> _Chosen[Recommendation | None]:
    if other in (mine, before):
        return _Chosen(mine)
    if mine == before:
        return _Chosen(other)
    if mine is None or other is None:
        survivor = mine or other
        assert survivor is not None
        return _Chosen(mine, Conflict(survivor.id, ()))
    return _merge_values(mine.id, before, mine, other)


def _merge_values(identifier: str, before: _V | None, mine: _V, other: _V) -> _Chosen[_V]:
    """Take each field from the side that changed it, and from ours where both did in different ways."""
    merged, both = {}, []
    for name in (each.name for each in fields(mine)):
        old, our, new = (getattr(side, name, None) for side in (before, mine, other))
        merged[name] = new if our == old else our
        if old not in (our, new) and our != new:
            both.append(name)
    conflict = Conflict(identifier, tuple(both)) if both else None
    try:
        return _Chosen(TypeAdapter(type(mine)).validate_python(merged), conflict)
    except ValidationError:  # such as an area that one side removed, and the other what it is a part of
        changed = [name for name in merged if getattr(mine, name) != getattr(other, name)]
        return _Chosen(mine, Conflict(identifier, tuple(changed)))


def _arrange(
    base: tuple[_T, ...],
    ours: tuple[_T, ...],
    theirs: tuple[_T, ...],
    wanted: Counter[_T],
    rank: Callable[[_T], tuple[str, ...]],
) -> tuple[_T, ...]:
    """Put what is wanted in order: what stays of the base, and between that the new, by rank in one place."""
    for side, unlike in ((ours, theirs), (theirs, ours)):
        if unlike in (base, side) and Counter(side) == wanted:
            return side
    stays = wanted & Counter(base) & Counter(ours) & Counter(theirs)
    before, mine, other = (_split(side, stays) for side in (base, ours, theirs))
    new: defaultdict[int, list[_T]] = defaultdict(list)
    for copy in {**mine.gaps, **other.gaps}:
        value, number = copy
        if stays[value] + number < wanted[value]:
            new[max(mine.gaps.get(copy, 0), other.gaps.get(copy, 0))].append(value)
    arranged = sorted(new[0], key=rank)
    for gap, value in enumerate(_changed(before.stays, mine.stays, other.stays), start=1):
        arranged += [value, *sorted(new[gap], key=rank)]
    return tuple(arranged)


def _changed(before: tuple[_T, ...], mine: tuple[_T, ...], other: tuple[_T, ...]) -> tuple[_T, ...]:
    """Return the order of the side that changed it, or that of the base when both did."""
    if mine == before:
        return other
    return mine if other in (before, mine) else before


def _split(side: Iterable[_T], stays: Counter[_T]) -> _Side[_T]:
    """Part a side into what stays and its other values, each with how much of that stands before it."""
    left, copies = stays.copy(), Counter[_T]()
    kept: list[_T] = []
    gaps: dict[tuple[_T, int], int] = {}
    for each in side:
        if left[each]:
            left[each] -= 1
            kept.append(each)
        else:
            gaps[each, copies[each]] = len(kept)
            copies[each] += 1
    return _Side(tuple(kept), gaps)
