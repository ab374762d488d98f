"""The date by which an official says that something will be done."""

import datetime as dt
import re

from pathtrack.intake import cells
from pathtrack.intake.columns import DateOrder
from pathtrack.record.dates import partial
from pathtrack.text import quoted

_SOONEST, _LATEST = 2000, 2100
_EPOCH = dt.date(1899, 12, 30)
"""The day with the number 0 in a spreadsheet."""


def read(text: str, order: DateOrder | None = None) -> dt.date:
    """Return a target date; ValueError if it is none."""
    found = _stored(text.strip()) or cells.date(text, order)
    if found.year < _SOONEST:
        raise ValueError(f"{quoted(text)} is long ago")
    return found


def _stored(words: str) -> dt.date | None:
    """Return the date that a spreadsheet has made a number of, or of whose year it has made a day.

    46568 is 30 June 2027, and 1905-07-19 is the day with the number 2027.
    """
    if (
        re.fullmatch(r"\d{5}", words)
        and _SOONEST <= (day := _EPOCH + dt.timedelta(int(words))).year < _LATEST
    ):
        return day
    if re.fullmatch(r"190\d-\d\d-\d\d", words):
        year = (dt.date.fromisoformat(words) - _EPOCH).days
        return partial(str(year)) if _SOONEST <= year < _LATEST else None
    return None
