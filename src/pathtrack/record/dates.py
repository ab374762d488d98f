"""Dates as people know them: a day, a month or a year."""

import calendar
import datetime as dt
import re
from typing import Self

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2}))?", re.ASCII)
_OLDEST = 75
_YEAR, _MONTH, _DAY = 4, 7, 10
"""How many characters of an ISO date are known."""


class PartialDate(dt.date):
    """A month or a year, which counts and sorts as its last day and is printed as it was given.

    It is never equal to that day: "2025-01" claims less than 31 January 2025.
    """

    _known: int

    def __new__(cls, year: int, month: int, day: int, known: int = _DAY) -> Self:
        """Return a date; arithmetic also calls this, and gets whole days."""
        made = super().__new__(cls, year, month, day)
        made._known = known
        return made

    def isoformat(self) -> str:
        """Return what is known, in ISO 8601: `2025-01` or `2025`."""
        return super().isoformat()[: self._known]

    __str__ = isoformat

    @property
    def first(self) -> dt.date:
        """The first day that it can be."""
        return dt.date(self.year, self.month if self._known > _YEAR else 1, 1)

    @property
    def last(self) -> dt.date:
        """The last day that it can be."""
        return dt.date(self.year, self.month, self.day)

    def __eq__(self, other: object) -> bool:
        # Python asks the subclass first, so `date(2025, 1, 31) == month` comes here, too.
        return isinstance(other, dt.date) and self.isoformat() == other.isoformat()

    def __ne__(self, other: object) -> bool:  # date has one of its own
        return not self == other

    def __hash__(self) -> int:
        # A whole day equals a plain date, so it must have the same hash.
        return super().__hash__() if self._known == _DAY else hash(self.isoformat())

    def __reduce__(self) -> tuple[type[Self], tuple[int, int, int, int]]:
        # A date is copied from its bytes, which do not say how much of it is known.
        return type(self), (self.year, self.month, self.day, self._known)


def is_long_ago(date: dt.date, today: dt.date) -> bool:
    """Return whether a date is so old that it is more likely a typing error."""
    return today.year - date.year > _OLDEST


def begins(date: dt.date) -> dt.date:
    """Return the first day that a date can be: that of its month or year, if no more is known."""
    return date.first if isinstance(date, PartialDate) else date


def ends(date: dt.date) -> dt.date:
    """Return the last day that a date can be, as which it counts."""
    return date.last if isinstance(date, PartialDate) else date


def partial(text: str) -> PartialDate:
    """Return the month, such as `2025-01`, or the year that a text names; ValueError otherwise."""
    found = _PARTIAL.fullmatch(text)
    if not found:
        raise ValueError("not a month or a year")
    year, month = int(found[1]), int(found[2] or 12)
    if not (year >= dt.MINYEAR and 1 <= month <= 12):  # noqa: PLR2004 months of a year
        raise ValueError("not in the calendar")
    return PartialDate(year, month, calendar.monthrange(year, month)[1], _MONTH if found[2] else _YEAR)
