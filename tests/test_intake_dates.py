"""Dates as tables write them, and target dates as officials do."""

import pytest

from pathtrack.intake import dates
from pathtrack.intake.dates import DateOrder
from pathtrack.record.dates import partial
from samples import day
from statements import for_each


@for_each(
    "text, order, iso",
    [
        ("2024-12-31", None, "2024-12-31"),
        ("2024-1-2T09:30:00Z", None, "2024-01-02"),
        ("2024-12-31 00:00:00", None, "2024-12-31"),
        ("31 December 2024", None, "2024-12-31"),
        ("31st Dec. 2024", None, "2024-12-31"),
        ("22-Feb-2024", None, "2024-02-22"),
        ("Sep 28, 2026", None, "2026-09-28"),
        ("Sep 28, 2026", "dmy", "2026-09-28"),
        ("28 Sep 2026", "mdy", "2026-09-28"),
        ("2026-09-08", "dmy", "2026-09-08"),
        ("31. 12. 2024", None, "2024-12-31"),
        ("2024/12/31", None, "2024-12-31"),
        ("31/12/2024 00:00:00", None, "2024-12-31"),
        ("September\n28 2026", None, "2026-09-28"),
        ("31/12/2024", "dmy", "2024-12-31"),
        ("31.12.2024", "dmy", "2024-12-31"),
        ("31/12/2024", None, "2024-12-31"),
        ("12/31/2024", None, "2024-12-31"),
        ("15.11.2026", None, "2026-11-15"),
        ("05-05-2026", None, "2026-05-05"),
        ("03/04/2024", "dmy", "2024-04-03"),
        ("03/04/2024", "mdy", "2024-03-04"),
        ("31 décembre 2024", None, "2024-12-31"),
        ("mardi 31 décembre 2024", None, "2024-12-31"),
        ("1 mai 2024", None, "2024-05-01"),
        ("31. Dezember 2024", None, "2024-12-31"),
        ("Dienstag, 31. Dezember 2024", None, "2024-12-31"),
        ("31 de diciembre de 2024", None, "2024-12-31"),
        ("15 juillet 2024", None, "2024-07-15"),
        ("15 juin 2024", None, "2024-06-15"),
        ("2024년 12월 31일", None, "2024-12-31"),
        ("2024. 12. 31.", None, "2024-12-31"),
        ("Tuesday, 31 December 2024", None, "2024-12-31"),
        ("03.04.2024", None, "2024-04-03"),
        ("3. 4. 2024", "mdy", "2024-04-03"),
        ("04.25.2024", None, "2024-04-25"),
        ("03/04/24", "dmy", "2024-04-03"),
        ("Feb 22, 98", "mdy", "1998-02-22"),
    ],
)
def test_dates_are_read(text: str, order: str | None, iso: str) -> None:
    assert dates.read(text, DateOrder(order) if order else None) == day(iso)


@for_each(
    "text, iso",
    [
        *(("2024", "2024"), ("2024-05", "2024-05"), ("May 2024", "2024-05"), ("sept. 2024", "2024-09")),
        *(("May-2024", "2024-05"), ("05/2024", "2024-05"), ("2024. 5.", "2024-05"), ("2024/5", "2024-05")),
        *(
            ("mai 2024", "2024-05"),
            ("août 2024", "2024-08"),
            ("März 2024", "2024-03"),
            ("enero de 2024", "2024-01"),
        ),
        *(("2024년 5월", "2024-05"), ("2024년", "2024")),
    ],
)
def test_a_month_or_a_year_is_a_date(text: str, iso: str) -> None:
    assert dates.read(text) == partial(iso)


@for_each(
    "text, order, words",
    [
        ("03/04/2024", None, "'03/04/2024' could mean two dates; give --date-format dmy or mdy"),
        ("31/13/2024", None, "'31/13/2024' is not a date such as"),
        ("30.02.2024", None, "'30.02.2024' is not a date such as"),
        ("31/12/2024", "mdy", "'31/12/2024' is not a date such as"),
        ("2024-02-30", None, "'2024-02-30' is not a date such as 2024-12-31 or 31 December 2024"),
        ("22-Feb-24", None, "two-digit year; write all four digits, or give --date-format dmy or mdy"),
        ("Feb 22, 24", None, "has a two-digit year"),
        ("1905-07-16", None, "is what a cell of dates makes of 2024; write a whole date"),
        ("03/04/24", None, "has a two-digit year"),
        ("04.25.2024", "dmy", "is not a date"),
        ("2024-13-24", None, "is not a date"),
        ("2024-13", None, "is not a date"),
        ("0000", None, "is not a date"),
        ("Floreal 2024", None, "is not a date"),
        ("30 Floreal 2024", None, "is not a date"),
        ("\u0662\u0660\u0662\u0664-01-01", None, "is not a date"),
        ("0000-01-01", None, "is not a date"),
    ],
)
def test_other_dates_are_refused(text: str, order: str | None, words: str) -> None:
    with pytest.raises(ValueError, match=r"is not a date|could mean two|two-digit|makes of") as caught:
        dates.read(text, DateOrder(order) if order else None)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["12/06/2026", "12.06.2026", "31.05.2026"], ("dmy", "12.06.2026")),
        (["05/30/2026", "n/a", "6/12/2026"], ("mdy", "05/30/2026")),
        (["12/06/2026", " 30-05-2026\n", "12/31/2026x", "soon"], ("dmy", "30-05-2026")),
        (["12/06/2026", "30.05.2026", "05/30/2026"], None),
        (["12/06/2026", "05/05/2026", "2026-05-30", "30 May 2026", "31.13.2026", "30.05.26"], None),
        (["12.06.2026", "30.05.2026"], None),
        ([], None),
    ],
)
def test_dates_show_the_order_of_those_that_may_be_one_of_two(
    texts: list[str], order: tuple[str, str] | None
) -> None:
    assert dates.shown_order(texts) == order


@pytest.mark.parametrize(
    "above", ["", "status as of today", "status as of Foo 12, 2025", "status as of Feb 30, 2025"]
)
def test_a_day_that_is_not_stated_is_none(above: str) -> None:
    assert dates.of_export([above]) is None


@for_each(
    "text, date",
    [
        ("2027-06-30", "2027-06-30"),
        ("30 June 2027", "2027-06-30"),
        ("by 30 June 2027", "2027-06-30"),
        ("30.06.2027", "2027-06-30"),
        ("June 2027", "2027-06"),
        ("2027", "2027"),
        ("end of 2027", "2027"),
        ("by the end of 2027", "2027"),
        ("End of June 2027", "2027-06"),
        ("bis Ende 2027", "2027"),
        ("fin 2027", "2027"),
        ("2027년 말", "2027"),
        ("2027년 6월까지", "2027-06"),
        ("2027년 6월 30일", "2027-06-30"),
        ("46568", "2027-06-30"),
        ("1905-07-19", "2027"),
    ],
)
def test_a_target_date_is_read(text: str, date: str) -> None:
    assert dates.target(text).isoformat() == date


@pytest.mark.parametrize(
    "text",
    [
        "FY27 Q3",
        "soon",
        "mid 2027",
        "end of 30 June 2027",
        "before 2027",
        "12",
        "99999",
        "1905-01-01",
        "6/7/2027",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a date|is long ago|could mean two|is of a fiscal year"):
        dates.target(text)


def test_the_order_of_day_and_month_can_be_given() -> None:
    assert dates.target("6/7/2027", DateOrder.DMY).isoformat() == "2027-07-06"
