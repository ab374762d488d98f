"""Which updates count after corrections, and the ids by which corrections refer to them."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from operator import attrgetter
from typing import NamedTuple

from pydantic import TypeAdapter

from pathtrack.record import same
from pathtrack.record.model import Update, key
from pathtrack.record.sources import Sources

LENGTH = 12
"""How many hexadecimal digits an id has."""
_UPDATE = TypeAdapter(Update).serializer


def update_id(update: Update) -> str:
    """Return the id of an update: the beginning of the SHA-256 of its content.

    The content is its keys and values as JSON, without absent ones, keys sorted, no white space, UTF-8,
    `recorded` in UTC: comments, spacing, the order of keys and the style of newlines do not matter.
    """
    content = _UPDATE.to_python(update, mode="json", exclude_defaults=True)
    if update.recorded:
        content["recorded"] = update.recorded.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
    return _canonical()(content)


@cache
def _canonical() -> Callable[[object], str]:
    """Return what makes ids of content; most commands need none, and load none of this."""
    import hashlib  # noqa: PLC0415
    import json  # noqa: PLC0415

    encoder = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return lambda content: hashlib.sha256(encoder.encode(content).encode()).hexdigest()[:LENGTH]


def day_known(update: Update) -> dt.date:
    """Return the typist's day on which an update was typed in, or its date if it does not say."""
    return update.recorded.date() if update.recorded else update.date


def known_by(updates: Sequence[Update], day: dt.date) -> tuple[Update, ...]:
    """Return the updates that were in the file on a day."""
    return tuple(updates[place] for place in places_known_by(updates, day))


def places_known_by(updates: Sequence[Update], day: dt.date) -> list[int]:
    """Return the places of the updates that were in the file on a day."""
    days = Ledger(tuple(updates)).days_known
    return [place for place, known in enumerate(days) if known <= day]


def _up_to(updates: Iterable[Update], on: dt.date, by: str | None) -> Iterator[Update]:
    """Yield the updates up to a date, by one assessor if one is named."""
    judge = by and same.word(by)
    return (each for each in updates if each.date <= on and (not judge or same.word(each.by) == judge))


def by_date(updates: Iterable[Update]) -> tuple[Update, ...]:
    """Return updates in the order of their dates, those of one day in the given order."""
    # Sorting keeps the order of equal dates, of which the last one decides.
    return tuple(sorted(updates, key=attrgetter("date")))


class Corrected(NamedTuple):
    """An update that no longer counts, and the one that replaced or withdrew it."""

    update: Update
    correction: Update

    def concerns(self, *, on: dt.date, by: str | None) -> bool:
        """Return whether either is dated up to a day, and by one assessor if one is named.

        A withdrawal alone is not: its date says nothing about the update.
        """
        told = (self.update, self.correction) if self.correction.says_something else (self.update,)
        return any(_up_to(told, on, by))


@dataclass(frozen=True)
class Ledger:
    """The updates of a file, and what became of them by correction.

    A corrected update never counts again, on any date, even if its correction is corrected in turn. The
    replacement takes its place in the order: of updates of one day the last in the file decides, and a
    corrected word must not make an update the last. With A, B and then C, which replaces A:

        counting   C, B        corrected   A, by C
    """

    updates: tuple[Update, ...]

    @cached_property
    def order(self) -> Sequence[int]:
        """The places in the file of the updates that count, each replacement where the replaced one was."""
        if not self._corrections:
            return range(len(self.updates))
        # Two corrections of one update have one root; then their own places decide.
        found = (index for index, each in enumerate(self.updates) if each.says_something)
        return sorted(
            (each for each in found if each not in self.gone), key=lambda each: (self.root(each), each)
        )

    @cached_property
    def gone(self) -> frozenset[int]:
        """The places in the file of the updates that were corrected."""
        return frozenset(place for places in self._places.values() for place in places)

    @cached_property
    def counting(self) -> tuple[Update, ...]:
        """The updates that count, in that order."""
        return tuple(self.updates[index] for index in self.order) if self._corrections else self.updates

    @cached_property
    def placed(self) -> Sequence[tuple[int, Update]]:
        """The updates that count with their places, in the order of the file."""
        return [(place, self.updates[place]) for place in sorted(self.order)]

    @cached_property
    def dated(self) -> Sequence[tuple[int, Update]]:
        """The updates that count with their places, in the order of their dates, as in a standing."""
        return sorted(zip(self.order, self.counting, strict=True), key=lambda each: each[1].date)

    def up_to(self, day: dt.date, *, by: str | None) -> Iterator[Update]:
        """Yield the updates that count up to a day, ordered by date; by one assessor if one is named."""
        return _up_to((update for _, update in self.dated), day, by)

    @cached_property
    def sources(self) -> Sources:
        """The distinct sources of the updates that count, each completed by its later citations."""
        return Sources(each for _, update in self.dated for each in update.evidence)

    @cached_property
    def corrected(self) -> tuple[Corrected, ...]:
        """What was corrected, in the order of the corrections."""
        return tuple(
            Corrected(self.updates[place], each)
            for each in self._corrections
            if (place := self.target(each)) is not None
        )

    def first_known(self, update: Update) -> dt.date:
        """Return the day on which something was first typed in, however often it has been corrected since."""
        place = self.target(update)
        return day_known(update) if place is None else self.days_known[self.root(place)]

    @cached_property
    def days_known(self) -> Sequence[dt.date]:
        """The day by which each update was in the file, by its place."""
        # What is corrected was there to be corrected, even if its date, such as a month's, ends later.
        days = [*map(day_known, self.updates)]
        pending = [place for place, each in enumerate(self.updates) if each.corrects]
        while pending:
            place = pending.pop()
            for target in self._places.get(self.updates[place].corrects or "", ()):
                if days[place] < days[target]:
                    days[target] = days[place]
                    pending.append(target)
        return days

    def target(self, correction: Update) -> int | None:
        """Return the place in the file of what an update corrects, if it corrects anything."""
        # Equal updates share an id: all of them are gone, and the first one stands for them.
        return next(iter(self._places.get(correction.corrects, ())), None) if correction.corrects else None

    def root(self, index: int) -> int:
        """Return the place of what an update replaces, or of what that replaced, and so on; else its own."""
        passed = []
        while index not in self._roots and (place := self.target(self.updates[index])) is not None:
            passed.append(index)
            index = place
        found = self._roots.get(index, index)
        self._roots.update(dict.fromkeys(passed, found))  # a long chain is followed once
        return found

    @cached_property
    def _roots(self) -> dict[int, int]:
        return {}

    @cached_property
    def _corrections(self) -> tuple[Update, ...]:
        return tuple(each for each in self.updates if each.corrects)

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """The places of corrected updates by their ids; equal updates share one.

        The ids of ten thousand updates would take as long as everything else. A correction nearly always
        names a recommendation that the corrected update names too, so the others are hashed only if some
        correction finds nothing among these.
        """
        wanted = {each.corrects for each in self._corrections if each.corrects}
        names = {key(name) for each in self._corrections for name in each.recommendations}
        near: list[int] = []
        far: list[int] = []
        for index, each in enumerate(self.updates):
            (far if names.isdisjoint(map(key, each.recommendations)) else near).append(index)
        found: dict[str, list[int]] = {}
        for places in (near, far):
            if found.keys() != wanted:
                for index in places:
                    if (name := update_id(self.updates[index])) in wanted:
                        found.setdefault(name, []).append(index)
        return found
