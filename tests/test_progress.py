"""Counts at the end of each year, compared with views as of its last day."""

import datetime as dt

import pytest
from hypothesis import given

from conftest import Run
from histories import ASKED, Node, histories
from pathtrack.record.model import Tracker
from pathtrack.record.progress import Year
from pathtrack.record.view import view
from samples import TODAY, recommendation, tracked, update


def recounted(tracker: Tracker) -> list[Year]:
    years = dict.fromkeys(each.date.year for each in view(tracker, on=TODAY).updates)
    found = []
    for year in years:
        then = view(tracker, on=min(dt.date(year, 12, 31), TODAY))
        number = sum(each.date.year == year for each in then.updates)
        counted = then.progress
        found.append(Year(year, number, counted.assessed, counted.with_evidence, counted.by_status))
    return found


def test_a_year_counts_as_it_stood_at_its_end() -> None:
    made = tracked(
        recommendation("A"),
        recommendation("B"),
        update("2021-02-01", "A", status="in-progress"),
        update("2021-03-01", "A", status="partial"),
        update("2024-01-01", "A", "B", status="implemented"),
        update("2025-01-01", "A", status="reversed"),
    )
    assert list(view(made, on=TODAY).years) == recounted(made)
    assert [each.year for each in view(made, on=TODAY).years] == [2021, 2024, 2025]


@given(histories())
def test_every_history_counts_like_views_of_its_years(nodes: list[Node]) -> None:
    made = tracked(*ASKED, *(each for each, _ in nodes))
    assert list(view(made, on=TODAY).years) == recounted(made)


@pytest.mark.usefixtures("here")
def test_years_are_drawn_and_printed(run: Run) -> None:
    rows = [line.split("\t") for line in run("progress", "--by-year").out.splitlines()]
    assert [row[0] for row in rows] == ["2024", "2025"]
    assert all(int(row[2]) == 6 == sum(map(int, row[5:])) for row in rows)
    assert "2025 (" in run("progress", "--by-year", "--color", "always").out
    assert "cannot be combined" in run("progress", "--by-year", "--by-response").err
