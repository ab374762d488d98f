"""The date by which an official says that something will be done."""

import datetime as dt
import re

from pathtrack.intake import cells
from pathtrack.intake.columns import DateOrder
from pathtrack.record.dates import PartialDate, partial
from pathtrack.text import quoted

_SOONEST, _LATEST = 2000, 2100
_EPOCH = dt.date(1899, 12, 30)
"""The day with the number 0 in a spreadsheet."""
# The end of 2027, bis Ende 2027, fin 2027, 2027년 말까지: a year and a month count as their last day.
_BY = re.compile(r"(?:by|until|till|bis|no later than|d'ici|avant|para|hasta)\s+", re.IGNORECASE)
_END = re.compile(
    r"(?:the\s+)?(?:end(?:\s+of)?|ende|(?:la\s+)?fin(?:\s+de)?|finales\s+de)\s+(?:the\s+)?(?:year\s+)?",
    re.IGNORECASE,
)
_KOREAN_END = re.compile(r"\s*(?:말|연말)?\s*(?:까지)?$")


def read(text: str, order: DateOrder | None = None) -> dt.date:
    """Return a target date; ValueError if it is none."""
    words = _BY.sub("", text.strip(), count=1)
    if (end := _END.match(words)) or (words != _KOREAN_END.sub("", words)):
        words = _KOREAN_END.sub("", words[end.end() :] if end else words)
        found = cells.date(words, order)
        if end and not isinstance(found, PartialDate):
            raise ValueError(f"{quoted(text)} is not a date such as 2027-06-30")
        return found
    if (found := _stored(words) or cells.date(words, order)).year < _SOONEST:
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
