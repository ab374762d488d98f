"""Titles, headings, totals and repeated headers, which are no rows of a table."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from intake import BLANK, read, rules, understood, written
from pathtrack.intake import sections
from pathtrack.intake.outcome import Plan
from pathtrack.intake.plan import plan
from pathtrack.intake.table import Table
from workbooks import xlsx


def taken(data: bytes) -> tuple[Table, Plan]:
    """Return a table without its headings, and what it adds."""
    found = read(data)
    how = rules(found)
    found, columns = sections.taken(found, how.columns)
    return found, plan(found, replace(how, columns=columns), BLANK)


def areas(made: Plan) -> list[tuple[str, str]]:
    return [(each.area, each.title) for each in made.recommendations]


HEAD = ["No", "Recommendation", "Status"]
TABLE = [
    ["Recommendations of the inquiry, 2024"],
    [],
    HEAD,
    ["A. Attack terrorists"],
    ["1", "Find sanctuaries", "partial"],
    ["2", "Help a neighbour", "implemented"],
    ["Total", "2"],
    [],
    ["B. Protect", "", ""],
    HEAD,
    ["3", "Screen travellers", "stalled"],
    ["Grand total:", "3", "100%"],
]


@pytest.mark.parametrize("data", [written(*TABLE), xlsx(*TABLE, merged=["A4:C4"])], ids=["CSV", "workbook"])
def test_headings_are_areas_and_what_is_no_row_is_named(data: bytes) -> None:
    found, made = taken(data)
    assert found.title == "Recommendations of the inquiry, 2024"
    assert areas(made) == [
        ("A. Attack terrorists", "Find sanctuaries"),
        ("A. Attack terrorists", "Help a neighbour"),
        ("B. Protect", "Screen travellers"),
    ]
    assert made.recommendations[0].source["section"] == "A. Attack terrorists"
    assert found.left_out == {
        "a total": [7, 12],
        "the header again": [10],
        "a heading, and the area of the rows below it": [4, 9],
    }
    said = "\n".join(understood(found, rules(found)))
    assert f"{found.grid.unit}s 4, 9: a heading, and the area of the rows below it" in said
    assert f"{found.grid.unit}s 7, 12: a total" in said


def test_a_title_that_lacks_all_that_others_have_is_a_heading() -> None:
    head = ["Recommendation", "Description", "Status"]
    rows = [["Fish"], ["Count", "Count them", "partial"], ["Ships"], ["Stop", "Stop them", "stalled"]]
    found, made = taken(written(head, *rows))
    assert areas(made) == [("Fish", "Count"), ("Ships", "Stop")]
    assert found.left_out == {"a heading, and the area of the rows below it": [2, 4]}


@pytest.mark.parametrize(
    "rows",
    [
        [["Title", "Status"], ["One", ""], ["Two", "partial"], ["Three", ""]],
        [["Title"], ["1. One"], ["2. Two"]],
        [["Title", "Status"], ["1. One", ""], ["2. Two", "partial"], ["3. Three", "partial"]],
        [["Title", "Text"], ["One", "a"], ["Two", ""], ["Three", "c"]],
        [["No", "Title"], ["1", "One"], ["", "Two"], ["3", "Three"]],
        [["No", "Title", "Area"], ["1", "One", "x"], ["", "2. TWO", ""], ["3", "Three", "x"]],
    ],
)
def test_a_recommendation_of_which_little_is_known_is_no_heading(rows: Sequence[Sequence[str]]) -> None:
    found, made = taken(written(*rows))
    assert found.sections == {}
    assert len(made.recommendations) == len(rows) - 1


def test_a_heading_in_the_column_of_titles_is_numbered_or_in_capitals() -> None:
    rows = [
        ["Title", "Status"],
        ["Chapter 1: Ports", ""],
        ["One", "partial"],
        ["FERRIES", ""],
        ["Two", "stalled"],
    ]
    assert areas(taken(written(*rows))[1]) == [("Chapter 1: Ports", "One"), ("FERRIES", "Two")]


def test_a_remark_below_the_last_row_is_no_heading_and_named() -> None:
    found, made = taken(written(HEAD, ["1", "One", "partial"], ["Source: the ministry"]))
    assert found.sections == {}
    assert [(each.line, each.reason) for each in made.refused] == [(3, "no title")]


def test_headings_that_repeat_the_areas_are_no_rows() -> None:
    head = ["No", "Recommendation", "Theme", "Status"]
    rows = [
        ["Safe staffing"],
        ["1", "One", "Safe staffing", ""],
        ["Money"],
        ["2", "Two", "Money", ""],
        ["Pay"],
    ]
    found, made = taken(written(head, *rows))
    assert found.left_out == {"a heading, which the column of areas has too": [2, 4]}
    assert areas(made) == [("Safe staffing", "One"), ("Money", "Two")]
    assert [each.line for each in made.refused] == [6]


@pytest.mark.parametrize(
    "cells", [["14 recommendations", "4 R / 5 A / 3 G"], ["", "36 %"], ["2,000", "3 of"]]
)
def test_a_total_may_say_of_what(cells: list[str]) -> None:
    found, made = taken(written(HEAD, ["1", "One", "partial"], ["Total", *cells]))
    assert (found.left_out, len(made.recommendations)) == ({"a total": [3]}, 1)


def test_a_row_called_total_that_says_something_is_a_row() -> None:
    _, made = taken(written(HEAD, ["1", "Total", "partial"], ["Total", "ban on fishing", "partial"]))
    assert [each.title for each in made.recommendations] == ["Total", "ban on fishing"]
