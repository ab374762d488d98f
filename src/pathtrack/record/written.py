"""Dates as people write them."""

import datetime as dt
import re

from pathtrack.errors import UsageError
from pathtrack.record import periods
from pathtrack.record.dates import partial
from pathtrack.text import day as in_words
from pathtrack.text import quoted

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_FORMS = (
    r"(?P<year>\d{4})[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})",
    r"(?P<year>\d{4})(?:-(?P<month>\d{2}))?",
    r"(?P<day>\d{1,2}) (?P<name>[a-z]{3,9})\.? (?P<year>\d{4})",
    r"(?P<name>[a-z]{3,9})\.? (?P<day>\d{1,2}),? (?P<year>\d{4})",
    r"(?P<name>[a-z]{3,9})\.?,? (?P<year>\d{4})",
)
_NUMBERS = r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})"
_TIME = r"(\d{1,4}) ?(day|week|month|year|d|w|m|y)s?"
_AGO = rf"{_TIME} ago"
_EXAMPLES = "give one such as 2025-01-24, 2025-01, 3 Nov 2025, yesterday, 3 weeks ago"


def parse(text: str, *, today: dt.date) -> dt.date:
    """Return the day, month or year that a text names, or a day counted from today; UsageError otherwise.

    The forms are ISO 8601's, those that the program prints, those with a month's name, quarters and half
    years; numbers alone only where they can mean only one day.
    """
    words = " ".join(text.lower().split())
    if periods.is_fiscal(words):
        what = f"{quoted(text)} is of a fiscal year, which begins in another month for each body"
        raise UsageError(what, todo="give a month such as 2027-06")
    try:
        if words in {"today", "yesterday"}:
            return today - dt.timedelta(days=words == "yesterday")
        if ago := re.fullmatch(_AGO, words, re.ASCII):
            return _ago(int(ago[1]), ago[2], today=today)
        if numbers := re.fullmatch(_NUMBERS, words, re.ASCII):
            return _only(*map(int, numbers.groups()), text=text)
        bare, is_end = periods.stripped(words)
        if month := periods.last_month(bare):
            return month
        for form in _FORMS:
            found = re.fullmatch(form, bare, re.ASCII)
            if found and not (is_end and found.groupdict().get("day")):
                return _date(found.groupdict())
    except (ValueError, OverflowError) as error:
        raise UsageError(f"{quoted(text)} is not a day in the calendar", todo=_EXAMPLES) from error
    raise UsageError(f"{quoted(text)} is not a date", todo=_EXAMPLES)


def toml(text: str) -> str:
    """Return a written date as TOML wants it, a month or a year in quotes; nothing for another text."""
    try:
        date = parse(text, today=dt.date.max)
    except UsageError:
        return ""
    # 3 weeks ago depends on when it was written.
    iso = date.isoformat() if re.search(r"\d{4}", text) else ""
    return iso if len(iso) in {0, len("2025-01-24")} else f'"{iso}"'


def days(text: str, *, today: dt.date) -> int:
    """Return how many days up to today a time such as 90 days, 3 months or 3m is; UsageError otherwise."""
    words = " ".join(text.lower().split()).removesuffix(" ago")
    try:
        if found := re.fullmatch(_TIME, words, re.ASCII):
            return (today - _ago(int(found[1]), found[2], today=today)).days
    except (ValueError, OverflowError):  # before the first year
        pass
    raise UsageError(f"{quoted(text)} is not a number of days", todo='give one such as 90 or "3 months"')


def _date(parts: dict[str, str | None]) -> dt.date:
    year, month, day = parts["year"], parts.get("month"), parts.get("day")
    if name := parts.get("name"):
        (number,) = (
            at for at, each in enumerate(_MONTHS, start=1) if each.startswith(name.removesuffix("t"))
        )
        month = f"{number:02}"
    if day:
        return dt.date(int(year or 0), int(month or 0), int(day))
    return partial(f"{year}-{month}" if month else str(year))


def _only(first: int, second: int, year: int, *, text: str) -> dt.date:
    """Return the only date that two numbers and a year can mean."""
    readings = set()
    for day, month in ((first, second), (second, first)):
        if month <= len(_MONTHS):
            readings.add(dt.date(year, month, day))
    if len(readings) > 1:
        todo = " or ".join(f"{each} for {in_words(each)}" for each in sorted(readings))
        raise UsageError(f"{quoted(text)} can be read in two ways", todo=f"write {todo}")
    return readings.pop() if readings else dt.date(year, first, second)


def _ago(number: int, unit: str, *, today: dt.date) -> dt.date:
    if unit[0] in "dw":
        return today - dt.timedelta(days=number * (7 if unit[0] == "w" else 1))
    months = number * (12 if unit[0] == "y" else 1)
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    last = partial(f"{year:04}-{month + 1:02}").day
    return dt.date(year, month + 1, min(today.day, last))
