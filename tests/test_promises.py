"""Target dates as officials write them."""

import pytest

from pathtrack.intake import promises
from pathtrack.intake.columns import DateOrder
from statements import for_each


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
    assert promises.read(text).isoformat() == date


@for_each(
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
        promises.read(text)


def test_the_order_of_day_and_month_can_be_given() -> None:
    assert promises.read("6/7/2027", DateOrder.DMY).isoformat() == "2027-07-06"
