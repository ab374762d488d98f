"""The judgements of several assessors, side by side."""

import json

import pytest

from conftest import Run

pytestmark = pytest.mark.usefixtures("here")


def test_the_newest_judgement_of_each_assessor_is_compared(run: Run) -> None:
    answer = json.loads(run("compare", "e_10", "--json").out)
    assert answer["recommendations"] == [
        {
            "id": "E_10",
            "judgements": [
                {"by": "Ana Lee", "status": "implemented", "date": "2025-03-10"},
                {"by": "Second Reader", "status": "partial", "date": "2025-03-10"},
            ],
        }
    ]


def test_all_that_are_assessed_are_compared_unless_some_are_named(run: Run) -> None:
    rows = [line.split("\t") for line in run("compare").out.splitlines()]
    assert rows == [
        ["E1", "Ana Lee", "stalled", "2025-07-01"],
        ["E_10", "Ana Lee", "implemented", "2025-03-10"],
        ["E_10", "Second Reader", "partial", "2025-03-10"],
        ["W1", "Ana Lee", "reversed", "2025-11-20"],
        ["w-2.b", "김하늘", "implemented", "2024-09-30"],
    ]
    assert run("compare", "2049").out == ""


def test_a_day_and_an_assessor_can_be_chosen(run: Run) -> None:
    assert run("compare", "W1", "--as-of", "2025-03-01").out == "W1\tAna Lee\tpartial\t2025-02-01\n"
    assert run("compare", "--by", "second reader").out == "E_10\tSecond Reader\tpartial\t2025-03-10\n"


def test_a_drawn_comparison_has_a_column_for_each_assessor(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    drawn = run("compare", "--color", "always").out
    for expected in ("Ana Lee", "Second Reader", "김하늘", "◕ partial", "10 Mar 2025"):
        assert expected in drawn
