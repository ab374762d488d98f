"""Which updates count, now that some were corrected, and the ids that corrections know them by."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from pydantic import TypeAdapter

from pathtrack.record.model import Update

LENGTH = 12
"""How many hexadecimal digits an id has."""
_UPDATE = TypeAdapter(Update)


def update_id(update: Update) -> str:
    """Return the id of an update: the beginning of the SHA-256 of its content.

    That is its keys and values as JSON, without those that are absent, keys sorted, no white space, UTF-8,
    `recorded` in UTC: comments, spacing, the order of keys and the style of newlines do not matter.
    """
    content = _UPDATE.dump_python(update, mode="json", exclude_defaults=True)
    if update.recorded:
        content["recorded"] = update.recorded.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:LENGTH]


def day_known(update: Update) -> dt.date:
    """Return the day on which an update was typed in, where it was; by its date if it does not say."""
    return update.recorded.date() if update.recorded else update.date


def known_by(updates: Iterable[Update], day: dt.date) -> tuple[Update, ...]:
    """Return the updates that were in the file on a day."""
    return tuple(each for each in updates if day_known(each) <= day)


class Corrected(NamedTuple):
    """An update that counts no more, and the one that replaced or withdrew it."""

    record: Update
    correction: Update


@dataclass(frozen=True)
class Ledger:
    """The updates of a file, and what became of them by correction.

    Whatever is corrected counts nowhere, on no date, also if its correction was corrected in turn. What
    replaces it stands in its place: of updates of one day the later in the file counts, and a corrected
    word must not make one the later. With A, B and then C, which replaces A:

        counting   C, B        corrected   A, by C
    """

    updates: tuple[Update, ...]

    @cached_property
    def order(self) -> Sequence[int]:
        """The places in the file of the updates that count, those that replace another in its place."""
        if not self._corrections:
            return range(len(self.updates))
        places = [
            (self._root(index), index)
            for index, each in enumerate(self.updates)
            if each.says_something and self._ids[index] not in self._corrections
        ]
        return [index for _, index in sorted(places)]

    @cached_property
    def counting(self) -> tuple[Update, ...]:
        """The updates that count, in that order."""
        return tuple(self.updates[index] for index in self.order) if self._corrections else self.updates

    @cached_property
    def corrected(self) -> tuple[Corrected, ...]:
        """What was corrected, in the order of the corrections."""
        return tuple(
            Corrected(self.updates[place], each)
            for each in self.updates
            if each.corrects and (place := self._first.get(each.corrects)) is not None
        )

    def first_known(self, update: Update) -> dt.date:
        """Return the day on which something was typed in first, however often it was corrected since."""
        if not update.corrects:
            return day_known(update)
        return day_known(self.updates[self._root(self._first[update_id(update)])])

    def id(self, index: int) -> str:
        """Return the id of the update at a place in the file."""
        return self._ids[index]

    @cached_property
    def _corrections(self) -> Mapping[str, Update]:
        return {each.corrects: each for each in self.updates if each.corrects}

    @cached_property
    def _ids(self) -> list[str]:
        return [update_id(each) for each in self.updates]

    @cached_property
    def _first(self) -> dict[str, int]:
        """Where the first update with each id stands; without corrections nobody asks."""
        return {each: index for index, each in reversed([*enumerate(self._ids)])} if self._corrections else {}

    def _root(self, index: int) -> int:
        """Return the place of what an update replaces, or of what that replaced; else its own."""
        while (corrects := self.updates[index].corrects) and corrects in self._first:
            index = self._first[corrects]
        return index
