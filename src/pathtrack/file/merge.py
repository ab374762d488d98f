"""Two trackers that grew from a common one, merged into one. Pure."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Hashable, Iterable, Iterator
from dataclasses import dataclass, fields, replace
from itertools import takewhile
from operator import eq
from typing import Generic, NamedTuple, TypeVar

from pydantic import TypeAdapter, ValidationError

from pathtrack.errors import FileError
from pathtrack.file import toml
from pathtrack.record import checks
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
    """A side's order: what stays, and each other value with how many of those come before it.

    Of equal values the first has the number 0, the next 1.
    """

    stays: tuple[_T, ...]
    gaps: dict[tuple[_T, int], int]


def merge(base: Tracker | None, ours: Tracker, theirs: Tracker) -> Merged:
    """Merge two trackers with the one they grew from, if there is one.

    Updates are a multiset keyed by their whole content: those of the base stay unless a side removed
    them, and the new ones of both sides stay where they were among those, equal ones once. New ones in
    one place are ordered by the time they were typed in, then by date, then by text. The result is the
    same whichever side is ours, except for conflicts. FileError if an id occurs twice.

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
    if needed := frozenset(_needed(merged, ours, theirs)):
        recommendations, conflicts = _merge_recommendations(base, ours, theirs, needed)
        merged = replace(merged, recommendations=recommendations)
    conflicts = (report.conflict, *conflicts) if report.conflict else conflicts
    if not conflicts:
        _require_no_new_error(merged, ours, theirs)
    return Merged(merged, conflicts)


def _merge_updates(
    base: tuple[Update, ...] | None, ours: tuple[Update, ...], theirs: tuple[Update, ...]
) -> tuple[Update, ...]:
    if (
        base is None
    ):  # both created the file: what both begin with, such as the shipped record, stays in order
        base = tuple(mine for mine, _ in takewhile(lambda pair: eq(*pair), zip(ours, theirs, strict=False)))
    before, mine, other = Counter(base), Counter(ours), Counter(theirs)
    wanted = Counter({each: _count(before[each], mine[each], other[each]) for each in before | mine | other})
    return _arrange(base, ours, theirs, wanted, _rank)


def _count(base: int, ours: int, theirs: int) -> int:
    """Return how often an update is wanted: what no side removed of the base, and the new ones once."""
    # Base 1, ours 2, theirs 0: 1, the one added. Base 0, ours 1, theirs 1: 1, the same on both sides.
    return min(base, ours, theirs) + max(ours - base, theirs - base, 0)


def _rank(update: Update) -> tuple[str, ...]:
    """Return what orders new updates in one place."""
    # In UTC, since typists have different offsets; the text makes the order complete.
    typed_in = update.recorded.astimezone(dt.UTC).isoformat() if update.recorded else ""
    return typed_in, str(update.date), toml.block(update)


def _merge_recommendations(
    base: Tracker | None, ours: Tracker, theirs: Tracker, needed: Container[str] = ()
) -> tuple[tuple[Recommendation, ...], tuple[Conflict, ...]]:
    trackers = (base, ours, theirs)
    sides = [{key(each.id): each for each in side.recommendations} if side else {} for side in trackers]
    chosen = {
        identifier: _merge_one(*(side.get(identifier) for side in sides), is_needed=identifier in needed)
        for identifier in dict.fromkeys(name for side in sides for name in side)
    }
    merged = {identifier: each.value for identifier, each in chosen.items() if each.value}
    first, second, third = map(tuple, sides)
    order = _arrange(first, second, third, Counter(list(merged)), lambda identifier: (identifier,))
    conflicts = tuple(each.conflict for each in chosen.values() if each.conflict)
    return tuple(merged[identifier] for identifier in order), conflicts


def _merge_one(
    before: Recommendation | None,
    mine: Recommendation | None,
    other: Recommendation | None,
    *,
    is_needed: bool,
) -> _Chosen[Recommendation | None]:
    is_undecided = is_needed and (mine is None) != (other is None)
    if other in (mine, before) and not is_undecided:
        return _Chosen(mine)
    if mine == before and not is_undecided:
        return _Chosen(other)
    if mine and other:
        return _merge_values(mine.id, before, mine, other)
    survivor = mine or other
    assert survivor is not None
    return _Chosen(mine, Conflict(survivor.id, ()))


def _needed(merged: Tracker, ours: Tracker, theirs: Tracker) -> Iterator[str]:
    """Yield what one side removed and the other refers to anew: the keys of recommendations."""
    referring: list[Update | Recommendation] = [*merged.updates, *merged.recommendations]
    unknown = {name for each in referring for name in _references(each)} - merged.names.keys()
    for side, other in ((ours, theirs), (theirs, ours)) if unknown else ():
        known = {each.id: each for each in side.recommendations}
        parts = (each for each in other.recommendations if known.get(each.id) != each)
        new: list[Update | Recommendation] = [*({*other.updates} - {*side.updates}), *parts]
        names = unknown & {name for each in new for name in _references(each)}
        for each in other.recommendations:
            if names & {key(name) for name in (each.id, *each.formerly)}:
                yield key(each.id)


def _references(value: Update | Recommendation) -> list[str]:
    """Return the keys of the recommendations that an update is about, or that one is a part of."""
    if isinstance(value, Update):
        return [key(each) for each in value.recommendations]
    return [key(value.part_of)] if value.part_of else []


def _require_no_new_error(merged: Tracker, ours: Tracker, theirs: Tracker) -> None:
    """Refuse a result with an error that neither side has, such as the correction of a removed update."""
    found = checks.errors(merged)
    if new := found and found - checks.errors(ours) - checks.errors(theirs):
        raise FileError(f"each side is valid, but not both together: {min(new)}", todo="merge them by hand")


def _merge_values(identifier: str, before: _V | None, mine: _V, other: _V) -> _Chosen[_V]:
    """Return each field from the side that changed it, and from ours where both did in different ways."""
    merged, both = {}, []
    for name in (each.name for each in fields(mine)):
        our, new = getattr(mine, name), getattr(other, name)
        # What both sides added had no value before, not even an empty list.
        old = getattr(before, name) if before else our and new and None
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
    """Return what is wanted in order: what stays of the base and, between it, the new by rank."""
    # Where one side did nothing of its own, even an order made by hand is kept.
    for side, unlike in ((ours, theirs), (theirs, ours)):
        if unlike in (base, side) and Counter(side) == wanted:
            return side
    stays = wanted & Counter(base) & Counter(ours) & Counter(theirs)
    before, mine, other = (_split(side, stays) for side in (base, ours, theirs))
    new: defaultdict[int, list[_T]] = defaultdict(list)
    for copy in {**mine.gaps, **other.gaps}:
        value, number = copy
        # Of equal ones, those that stay count first. One that both put in different places is in the later:
        # base A B, ours X A B, theirs A X B give A X B.
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
    """Return a side's values that stay, and its others, each with how many of those come before it."""
    # A X B A, of which A and B stay: kept are A and B, and the gaps are X: 1 and the second A: 2.
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
