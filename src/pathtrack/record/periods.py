"""Quarters, half years and the ends of years and months, as people write them."""

import re
from functools import lru_cache

from pathtrack.record.dates import PartialDate, partial

_ORDINALS = {"first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th"}
_NTH = r"(?:st|nd|rd|th|er|e|[eè]me|\.)?"
_QUARTER = re.compile(
    rf"\b([1-4]){_NTH} ?(?:quarter|quartal|trimestre|분기|q\b|q(?=\d{{4}}\b))|\bt([1-4])\b", re.ASCII
)
_HALF = re.compile(rf"\b([12]){_NTH} ?(?:half|halbjahr|semestre|h\b|h(?=\d{{4}}\b))|\bs([12])\b", re.ASCII)
_KOREAN = {"상반기": "h1", "하반기": "h2", "년": " "}
_GAP = r"[ ,/.-]*(?:of |de |du |del )?"
_PERIOD = re.compile(rf"([qh])([1-4]){_GAP}(\d{{4}})|(\d{{4}})[ ,/.-]*([qh])([1-4])", re.ASCII)
_MANY = 4096
"""How many dates are remembered: those of a table recur."""
_MONTHS = {"q": 3, "h": 6}
# FY27, fiscal year 2027, 2026/27, but not 2026/12, which is a month.
_FISCAL = re.compile(
    r"\bfy\W{0,2}\d|\bfiscal\b|\bfinancial year\b|\b\d{4}/(?:\d{4}|1[3-9]|[2-9]\d)\b", re.ASCII
)
_BY = re.compile(r"(?:by|until|till|bis|no later than|d['’]ici|avant|para|hasta) +(?:zum )?", re.IGNORECASE)
_END = re.compile(
    r"(?:the )?(?:end(?: of)?|ende|(?:la )?fin(?: de)?|finales de) (?:the )?(?:year )?", re.IGNORECASE
)
_KOREAN_END, _KOREAN_BY = re.compile(r" ?(?:연말|말)$"), re.compile(r" ?까지$")


@lru_cache(_MANY)
def stripped(text: str) -> tuple[str, bool]:
    """Return a date without what says that something is due by it, and whether its end is meant.

    By the end of 2027 is 2027, bis Ende 2027 too, and 2027년 말까지.
    """
    words = _KOREAN_BY.sub("", _BY.sub("", " ".join(text.split()), count=1))
    bare = _KOREAN_END.sub("", words[end.end() :] if (end := _END.match(words)) else words)
    return bare, bare != words


@lru_cache(_MANY)
def last_month(text: str) -> PartialDate | None:
    """Return the last month of a quarter or a half year, if a text is one: of Q3 2027, that is 2027-09."""
    words = " ".join(_ORDINALS.get(each, each) for each in text.lower().split())
    for korean, ours in _KOREAN.items():
        words = words.replace(korean, ours)
    words = _HALF.sub(r"h\1\2", _QUARTER.sub(r"q\1\2", " ".join(words.split())))
    if not (found := _PERIOD.fullmatch(words)):
        return None
    kind, number, year = (found[1], found[2], found[3]) if found[1] else (found[5], found[6], found[4])
    month = _MONTHS[kind] * int(number)
    return partial(f"{year}-{month:02}") if month <= 12 else None  # noqa: PLR2004 months of a year


def is_fiscal(text: str) -> bool:
    """Return whether a text names a fiscal year, which begins in another month for each body."""
    return _FISCAL.search(text.lower()) is not None
