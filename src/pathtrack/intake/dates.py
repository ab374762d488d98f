"""Dates as tables and forms have them."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from enum import StrEnum
from functools import lru_cache

from pathtrack.intake.cells import line
from pathtrack.record import periods
from pathtrack.record.dates import partial
from pathtrack.text import quoted

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905 reads better
_YEAR = r"(\d{4})"
# A number such as 3 or 3rd, or a month by its first three letters.
_PART = r"(?:(\d{1,2})(?:st|nd|rd|th)?|([a-z]{3})[a-z]{0,6})"
_GAP = r"[.,]{0,2}[ ./-]"
_DATE = re.compile(
    rf"(?:{_YEAR}{_GAP}{_PART}{_GAP}{_PART}|{_PART}{_GAP}{_PART}{_GAP}{_YEAR})(?:[T ]\d{{1,2}}:\d{{2}}.*)?",
    re.ASCII | re.IGNORECASE,
)
_MONTH = re.compile(r"([a-z]{3})[a-z]{0,6}\.?,?[ -](\d{4})", re.ASCII | re.IGNORECASE)
_NUMBERED_MONTH = re.compile(r"(\d{4})(?:[./-] ?|-)(\d{1,2})\.?|(\d{1,2})[./-](\d{4})", re.ASCII)
_WEEKDAY = re.compile(
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche"
    r"|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|lunes|martes|miercoles|jueves|viernes|sabado|domingo"
    r"|[월화수목금토일]요일),? ?",
    re.IGNORECASE,
)
_SMALL = re.compile(r"\b(?:de|del|of|le|den|el|the)\b ?", re.IGNORECASE)
# What months begin with in French, German and Spanish, without accents; the longer ones first.
_MONTH_NAMES = {
    "janv": "jan",
    "ene": "jan",
    "fev": "feb",
    "mrz": "mar",
    "avr": "apr",
    "abr": "apr",
    "mai": "may",
    "juin": "jun",
    "juil": "jul",
    "aou": "aug",
    "ago": "aug",
    "okt": "oct",
    "dez": "dec",
    "dic": "dec",
}
_WORD = re.compile(r"[^\W\d_]{3,10}")
_SHORT_YEAR = re.compile(r"((?:(?:[a-z]{3,9}|\d{1,2})\W+){2})(\d{2})", re.ASCII | re.IGNORECASE)
_DOTTED = re.compile(r"\d{1,2}\. ?(?:0?\d|1[0-2])\. ?\d{4}")
"""The day and the month are never the other way round, unless 04.25.2024 has no other reading."""
_OLD = 70
"""A two-digit year from which on it is one of the last century."""
_NO_DATE = "is not a date such as 2024-12-31 or 31 December 2024"
_FISCAL = "is of a fiscal year, which begins in another month for each body; give a month such as 2027-06"
_AS_OF = re.compile(r"status as of ([a-z]{3,9}\.? \d{1,2}, \d{4})", re.ASCII | re.IGNORECASE)
_SOONEST, _LATEST = 2000, 2100
_EPOCH = dt.date(1899, 12, 30)
"""The day with the number 0 in a spreadsheet."""


class DateOrder(StrEnum):
    """Whether 03/04/2024 is in April or in March."""

    DMY = "dmy"
    MDY = "mdy"


def read(text: str, order: DateOrder | None = None) -> dt.date:
    """Return a date; ValueError if there is none, or two are possible.

    31/12/2024 is only one date, whatever the order, and so is 03.04.2024, which is 3 April.
    """
    words, is_end = periods.stripped(line(text))
    if known := periods.last_month(words) or _month_or_year(words):
        return known
    if is_end or periods.is_fiscal(words):
        raise ValueError(f"{quoted(line(text))} {_FISCAL if periods.is_fiscal(words) else _NO_DATE}")
    if short := _SHORT_YEAR.fullmatch(words):
        if not order:
            todo = "write all four digits, or give --date-format dmy or mdy"
            raise ValueError(f"{quoted(words)} has a two-digit year; {todo}")
        words = f"{short[1]}{19 if int(short[2]) >= _OLD else 20}{short[2]}"
    # 03/04/2024 is two dates; 31/12/2024 and 05/05/2024 are one, whichever way they are read.
    found = {each for each in (_date(words, one) for one in ([order] if order else DateOrder)) if each}
    if len(found) > 1:
        raise ValueError(f"{quoted(words)} could mean two dates; give --date-format dmy or mdy")
    if not found:
        raise ValueError(f"{quoted(words)} {_NO_DATE}")
    (day,) = found
    if year := _typed_year(day):
        raise ValueError(f"{quoted(words)} is what a cell of dates makes of {year}; write a whole date")
    return day


def target(text: str, order: DateOrder | None = None) -> dt.date:
    """Return the date by which an official says that something will be done; ValueError if it is none."""
    found = _stored(text.strip()) or read(text, order)
    if found.year < _SOONEST:
        raise ValueError(f"{quoted(text)} is long ago")
    return found


def is_date(text: str) -> bool:
    """Return whether a text is a date, in whatever order, or a month, a year or a part of one."""
    words, _ = periods.stripped(line(text))
    is_day = any(_date(words, order) for order in DateOrder) or _SHORT_YEAR.fullmatch(words)
    return bool(is_day or periods.last_month(words) or _month_or_year(words))


def shown_order(texts: Iterable[str]) -> tuple[DateOrder, str] | None:
    """Return the order of ambiguous dates, and an example that fits only that order.

    None if no date is ambiguous, or if the other dates show neither order, or both.
    """
    shown: dict[DateOrder, str] = {}
    is_open = False
    for words in map(line, texts):
        # 03/04/2024 leaves it open, 31/12/2024 can only be dmy: so the former is 3 April.
        orders = [DateOrder.DMY] if _DOTTED.match(words) else [*DateOrder]
        read = {order: found for order in orders if (found := _date(words, order))}
        is_open |= len({*read.values()}) > 1
        if len(read) == 1:
            shown.setdefault(next(iter(read)), words)
    return shown.popitem() if is_open and len(shown) == 1 else None


@lru_cache(4096)  # the dates of a table recur
def _plain(words: str) -> str:
    """Return a date without its weekday, with the months of several languages as English ones."""
    if words.isascii() and not _WORD.search(words):
        return words.removesuffix(".")
    korean = re.sub(r" ?[년월] ?", "-", re.sub(r"(?<=\d) ?일\b", "", _WEEKDAY.sub("", words))).strip("-")
    bare = "".join(each for each in unicodedata.normalize("NFKD", korean) if not unicodedata.combining(each))
    named = _WORD.sub(_english, _SMALL.sub("", _WEEKDAY.sub("", bare)))
    return line(named).removesuffix(".")


def _english(found: re.Match[str]) -> str:
    word = found[0].lower()
    return next((month for name, month in _MONTH_NAMES.items() if word.startswith(name)), found[0])


def _date(given: str, order: DateOrder) -> dt.date | None:
    words = _plain(given)
    if not (found := _DATE.fullmatch(words)):
        return None
    first, second, third = filter(None, found.groups())
    if len(first) == len("2024"):
        year, month, day = first, second, third
    elif first.isalpha() or (second.isdigit() and order is DateOrder.MDY and not _DOTTED.match(words)):
        month, day, year = first, second, third
    else:
        day, month, year = first, second, third
    try:
        number = _MONTHS.index(month.lower()) + 1 if month.isalpha() else int(month)
        return dt.date(int(year), number, int(day))
    except ValueError:
        return None


def _month_or_year(given: str) -> dt.date | None:
    """Return a date of which no day is given: 2024-12, 12/2024, December 2024, 2024."""
    words = _plain(given)
    with suppress(ValueError):
        if found := _MONTH.fullmatch(words):
            return partial(f"{found[2]}-{_MONTHS.index(found[1].lower()) + 1:02}")
        if found := _NUMBERED_MONTH.fullmatch(words):
            year, month = found[1] or found[4], found[2] or found[3]
            return partial(f"{year}-{int(month):02}")
        return partial(words.removesuffix("년").strip("-"))
    return None


def of_export(texts: Iterable[str]) -> dt.date | None:
    """Return the day on which an export was made, as it says above its header."""
    found = _AS_OF.search("\n".join(texts))
    try:
        return read(found[1]) if found else None
    except ValueError:
        return None


def _stored(words: str) -> dt.date | None:
    """Return the date that a spreadsheet has made a number of, or of whose year it has made a day.

    46568 is 30 June 2027, and 1905-07-19 is the day with the number 2027.
    """
    if (
        re.fullmatch(r"\d{5}", words)
        and _SOONEST <= (day := _EPOCH + dt.timedelta(int(words))).year < _LATEST
    ):
        return day
    year = _typed_year(dt.date.fromisoformat(words)) if re.fullmatch(r"190\d-\d\d-\d\d", words) else None
    return partial(str(year)) if year else None


def _typed_year(day: dt.date) -> int | None:
    """Return the year that somebody typed into a cell of dates, which made a day of it."""
    number = (day - _EPOCH).days
    return number if _SOONEST <= number < _LATEST else None
