"""Dates as people type them, and dates of which only the month or the year is known."""

import copy
import datetime as dt
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathtrack.cli import typed
from pathtrack.errors import UsageError
from pathtrack.record import written
from pathtrack.record.dates import partial
from samples import TODAY
from statements import for_each

MONTHS = st.dates().map(lambda day: f"{day:%Y-%m}".rjust(7, "0"))


@for_each(
    "words, iso",
    [
        ("2025-01-24", "2025-01-24"),
        (" 2025-01-24 ", "2025-01-24"),
        ("2025/1/4", "2025-01-04"),
        ("2025-1-4", "2025-01-04"),
        ("2025/11/03", "2025-11-03"),
        ("2025-01", "2025-01"),
        ("2025", "2025"),
        ("3 Nov 2026", "2026-11-03"),
        ("3 november 2026", "2026-11-03"),
        ("Nov 3, 2026", "2026-11-03"),
        ("Sept. 5, 2025", "2025-09-05"),
        ("Nov 2026", "2026-11"),
        ("May 2026", "2026-05"),
        ("31/12/2026", "2026-12-31"),
        ("12.31.2026", "2026-12-31"),
        ("5/5/2026", "2026-05-05"),
        ("today", "2026-01-31"),
        ("YESTERDAY", "2026-01-30"),
        ("0 days ago", "2026-01-31"),
        ("1 day ago", "2026-01-30"),
        ("3  weeks ago", "2026-01-10"),
        ("2 months ago", "2025-11-30"),
        ("1 year ago", "2025-01-31"),
    ],
)
def test_dates_are_read_as_people_type_them(words: str, iso: str) -> None:
    assert written.parse(words, today=TODAY).isoformat() == iso


@for_each(
    "words",
    [
        *("", "soon", "tomorrow", "20250124", "2025-W04-5", "2025-01-24T00:00", "2025-02-30"),
        *("0000-01-01", "0000", "2025-13", "-1 days ago", "a week ago", "99999 days ago", "13 foo 2026"),
        *("32/1/2026", "13/13/2026", "3 Nov 26", "Ju 2026", "9999 months ago 1", "9999 years ago"),
        "9999 days ago from 1",
    ],
)
def test_anything_else_is_refused_with_an_example(words: str) -> None:
    with pytest.raises(UsageError, match=r"is not a .*; give one such as 2025-01-24, 2025-01, 3 Nov 2025"):
        written.parse(words, today=TODAY)


def test_what_can_be_read_in_two_ways_is_refused_with_both() -> None:
    with pytest.raises(UsageError) as caught:
        written.parse("11/3/2026", today=TODAY)
    assert str(caught.value) == (
        "'11/3/2026' can be read in two ways; write 2026-03-11 for 11 Mar 2026 or 2026-11-03 for 3 Nov 2026"
    )


def test_a_day_before_the_calendar_begins_is_refused() -> None:
    for words in ("9999 days ago", "yesterday", "1 month ago"):
        with pytest.raises(UsageError, match="not a day in the calendar"):
            written.parse(words, today=dt.date(1, 1, 1))


@given(st.dates(min_value=dt.date(1000, 1, 1)), st.integers(0, 9999))
def test_months_ago_keeps_the_day_or_takes_the_last_one(today: dt.date, months: int) -> None:
    try:
        found = written.parse(f"{months} months ago", today=today)
    except UsageError:
        assert months >= (today.year - 1) * 12
        return
    assert (today.year - found.year) * 12 + today.month - found.month == months
    assert found.day == today.day or (found + dt.timedelta(days=1)).day == 1


def test_a_month_begins_with_its_first_day_and_ends_with_its_last() -> None:
    assert typed.first_day("2024-02") == dt.date(2024, 2, 1)
    assert typed.last_day("2024-02") == dt.date(2024, 2, 29)
    assert (typed.first_day("2024"), typed.last_day("2024")) == (dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    assert typed.first_day("2024-02-07") == typed.last_day("2024-02-07") == dt.date(2024, 2, 7)


@given(MONTHS)
def test_a_month_counts_as_its_last_day_and_is_never_that_day(iso: str) -> None:
    month = partial(iso)
    day = dt.date(month.year, month.month, month.day)
    assert (str(month), f"{month}") == (iso, iso)
    assert day <= month <= day
    assert month != day
    assert day != month
    assert month == partial(iso)
    assert len({month, day, partial(iso)}) == 2
    assert (day - month, month.last) == (dt.timedelta(0), day)
    if day.month < 12:
        assert (day + dt.timedelta(days=1)).month == month.month + 1
    assert month - dt.timedelta(days=0) == day


@pytest.mark.parametrize("iso", ["2025", "2025-01"])
def test_it_survives_a_copy(iso: str) -> None:
    assert copy.deepcopy(partial(iso)) == pickle.loads(pickle.dumps(partial(iso))) == partial(iso)  # noqa: S301 our own


@for_each("text", ["", "25", "2025-00", "2025-13", "0000", "2025-1", "2025-01-01"])
def test_anything_else_is_no_month_and_no_year(text: str) -> None:
    with pytest.raises(ValueError, match="not"):
        partial(text)
