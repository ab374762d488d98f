from dataclasses import replace

import pytest

from intake import planned
from pathtrack.intake.meanings import Vocabulary
from pathtrack.record import crosswalk
from pathtrack.record.status import Status
from statements import for_each


@for_each(
    "sources, meanings",
    [
        ([{"Status": "On hold", "taken for stalled": "On hold"}], {"on hold": "stalled"}),
        ([{"taken for stalled": "On-Hold "}, {"taken for stalled": "on hold"}], {"on hold": "stalled"}),
        ([{"taken for stalled": "On hold"}, {"taken for partial": "On hold"}], {}),
        ([{"taken for stalled": "On hold"}, {"taken for not-assessed": "on hold"}], {"on hold": "stalled"}),
        ([{"taken for not-assessed": "On hold"}], {}),
        ([{"Status": "partial; Open", "taken for partial": "Open"}], {}),
        ([{"Status": "Late; Slow", "taken for stalled": "Late; Slow"}], {"late slow": "stalled"}),
        ([{"Status": "On hold", "taken for stalled": ""}, {}], {}),
    ],
)
def test_a_word_that_was_taken_for_one_status_is_remembered(
    sources: list[dict[str, str]], meanings: dict[str, str]
) -> None:
    assert crosswalk.remembered(sources) == meanings


@pytest.mark.parametrize(
    ("word", "status"),
    [("late", "stalled"), ("Done", "implemented"), ("Partial", "partial"), ("n/a", "stalled")],
)
def test_what_is_remembered_gives_way_to_what_is_said(word: str, status: str) -> None:
    said = Vocabulary({**crosswalk.known(), "DONE": Status.IMPLEMENTED})
    remembered = dict.fromkeys(("late", "done", "partial", "n a"), Status.STALLED)
    assert replace(said, remembered=remembered).read(word) == status


def test_a_word_that_one_of_several_rows_gave_is_not_remembered() -> None:
    rows = [["A", "One", "2025-01-01", "partial"], ["A", "One", "2025-06-01", "Open"]]
    (one,) = planned(["Id", "Title", "Date", "Status"], *rows).recommendations
    assert one.source["taken for partial"] == "Open"
    assert crosswalk.remembered([one.source]) == {}
