"""No row lands on another recommendation than the one that it is about, and none is lost without a word."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake import BLANK, grown, planned, read, reasons, rules, written
from pathtrack.intake import report
from pathtrack.intake.identity import is_spoilt
from pathtrack.intake.outcome import Plan
from pathtrack.intake.plan import plan
from pathtrack.record.status import Status
from pathtrack.sheet import Shape
from samples import recommendation, tracked
from statements import for_each

HEAD = ["Id", "Title", "Area", "Status"]
NURSES, CLINICS = ["1.10", "Train more nurses", "health"], ["007", "Pay for evenings", "health"]


def changes(made: Plan) -> tuple[list[str], list[str]]:
    """Return the ids of what is added, and of what updates are about."""
    return [each.id for each in made.recommendations], [each.recommendations[0] for each in made.updates]


def test_another_bodys_ids_are_not_those_of_the_tracker() -> None:
    tracker = grown(BLANK, planned(HEAD, ["1", "Train more nurses", "health", "partial"]))
    other = [["1", "Rebuild the road", "roads", "implemented"], ["2", "Close the bridge", "roads", "stalled"]]
    made = planned(HEAD, *other, tracker=tracker)
    assert changes(made) == (["2"], ["2"])
    assert [each.line for each in made.refused] == [2]
    assert "the tracker's 1 is 'Train more nurses', which is another title" in made.refused[0].reason
    found = read(written(HEAD, *other))
    how = rules(found)
    without_ids = replace(how, columns={role: name for role, name in how.columns.items() if role != "id"})
    assert changes(plan(found, without_ids, tracker)) == (["R1", "R2"], ["R1", "R2"])


@pytest.mark.parametrize("title", ["Train more nurses.", "train  MORE nurses", "Train more nurses…"])
def test_a_title_may_differ_in_case_spaces_and_its_end(title: str) -> None:
    tracker = grown(BLANK, planned(HEAD, ["1", "Train more nurses", "health", "partial"]))
    made = planned(HEAD, ["1", title, "health", "implemented"], tracker=tracker)
    assert (changes(made), made.refused) == (([], ["1"]), ())


def test_a_title_in_our_own_words_is_that_of_the_table_it_came_from() -> None:
    tracker = grown(BLANK, planned(HEAD, ["1", "Train more nurses", "health", ""]))
    (one,) = tracker.recommendations
    ours = tracked(replace(one, title="Nurses"))
    assert planned(HEAD, ["1", "Train more nurses", "health", "partial"], tracker=ours).imported == (2,)


KOREAN = [["가-1", "Widen the car park", "north", "implemented"], ["나-1", "Widen it", "south", "stalled"]]


def test_different_ids_never_become_one() -> None:
    made = planned(HEAD, *KOREAN)
    assert changes(made) == (["N1", "S1"], ["N1", "S1"])
    assert {each.line for each in made.remarks} == {2, 3}
    again = planned(HEAD, *reversed(KOREAN), tracker=grown(BLANK, made))
    assert (changes(again), again.unchanged) == (([], []), (2, 3))


def test_an_id_without_its_letters_is_one_if_no_other_has_it() -> None:
    first = planned(HEAD, KOREAN[0])
    assert changes(first) == (["1"], ["1"])
    tracker = grown(BLANK, first)
    second = planned(HEAD, KOREAN[1], tracker=tracker)
    assert changes(second) == (["S1"], ["S1"])
    assert planned(HEAD, *KOREAN, tracker=grown(tracker, second)).unchanged == (2, 3)
    assert planned(HEAD, ["1", "Another", "north", ""], tracker=tracker).recommendations == ()


@for_each(
    "seen, original, expected",
    [
        ("1.1", "1.10", True),
        ("7", "007", True),
        ("1,1", "1.10", True),
        ("1.0", "1", True),
        ("1.23457E+12", "1234567890123", True),
        ("4-Mar", "3-4", True),
        ("4-Mar", "4-3", True),
        ("Mar-04", "3/4", True),
        ("2026-03-04", "3-4", True),
        ("2026/3/4", "3-4", True),
        ("04.03.2026", "3.4", True),
        ("03월 04일", "3-4", True),
        ("4. Mrz", "3-4", False),
        ("04. Mär", "3.4", True),
        ("1.1", "1.1", False),
        ("1.2", "1.10", False),
        ("5-Mar", "3-4", False),
        ("D1", "D10", False),
        ("nan", "NaN", False),
    ],
)
def test_what_a_spreadsheet_makes_of_an_id(seen: str, original: str, expected: bool) -> None:  # noqa: FBT001
    assert is_spoilt(seen, original) is expected


@pytest.mark.parametrize("rows", [[0, 1], [1, 0]])
def test_an_id_that_a_spreadsheet_changed_is_known_by_the_title(rows: Sequence[int]) -> None:
    tracker = grown(BLANK, planned(HEAD[:3], NURSES, CLINICS))
    changed = [["1.1", NURSES[1], "health", "partial"], ["7", CLINICS[1], "health", ""]]
    made = planned(HEAD, *(changed[each] for each in rows), tracker=tracker)
    assert changes(made) == ([], ["1.10"])
    told = "the tracker has no recommendation 1.1; 'Train more nurses' is 1.10: a spreadsheet may have"
    assert f"{told} changed the id" in [each.reason for each in made.remarks]
    assert [each.line for each in made.remarks] == [2, 3]


def test_a_changed_id_that_is_another_recommendations_lands_where_its_title_is() -> None:
    tracker = grown(BLANK, planned(HEAD[:3], NURSES, ["1.1", "Build a ward", "health"]))
    rows = [["1.1", NURSES[1], "health", "partial"], ["1.1", "Build a ward", "health", "stalled"]]
    made = planned(HEAD, *rows, tracker=tracker)
    assert {(each.recommendations, each.status) for each in made.updates} == {
        (("1.10",), "partial"),
        (("1.1",), "stalled"),
    }
    assert [each.line for each in made.remarks] == [2]


def test_our_own_rows_never_add_what_the_tracker_has_under_another_id() -> None:
    tracker = tracked(recommendation("A1", title="One"), recommendation("A2", title="Two"))
    found = read(
        written(["id", "title", "area", "status"], ["B7", "One", "x", "partial"], ["A1", "Two", "x", ""])
    )
    made = plan(found, replace(rules(found), shape=Shape.RECOMMENDATIONS), tracker)
    assert changes(made) == ([], [])
    assert [each.line for each in made.refused] == [2, 3]


@pytest.mark.parametrize("given", ["7", "4-Mar"])
def test_our_own_row_with_a_changed_id_and_another_title_adds_nothing(given: str) -> None:
    tracker = tracked(recommendation("007", title="Évenings"), recommendation("3-4", title="Nights"))
    found = read(written(["id", "title", "area", "status"], [given, "Ã‰venings", "x", "partial"]))
    made = plan(found, replace(rules(found), shape=Shape.RECOMMENDATIONS), tracker)
    assert changes(made) == ([], [])
    assert "a spreadsheet may have changed the id; put its id back" in made.refused[0].reason


def test_a_new_recommendation_with_a_known_title_is_told() -> None:
    tracker = tracked(recommendation("A1", title="One"))
    made = planned(["Id", "Title"], ["B7", "One"], ["", "One"], tracker=tracker)
    assert changes(made)[0] == ["B7", "R1"]
    told = "a new recommendation, though A1 has the same title"
    assert reasons(made.remarks) == [(2, told), (3, told)]


def test_a_row_without_an_id_among_others_that_have_one_is_named() -> None:
    made = planned(["Id", "Title"], ["1", "One"], ["2", "Two"], ["", "(see also 1)"])
    assert reasons(made.remarks) == [(4, "no id, so it is the new R1, '(see also 1)'")]
    assert reasons(planned(["Id", "Title"], ["1", "One"], ["", "Two"], ["", "Three"]).remarks) == []


def test_a_later_table_without_ids_may_move_a_date_but_not_ask_somebody_else() -> None:
    head = ["Title", "Agency", "Due", "Status"]
    tracker = grown(BLANK, planned(head, ["One", "Port", "2026", ""]))
    moved = planned(head, ["One", "Port", "2027", "partial"], tracker=tracker)
    assert changes(moved) == ([], ["R1"])
    assert reasons(moved.remarks) == [(2, "the due differs from the tracker's, which is kept")]
    assert changes(planned(head, ["One", "City", "2026", "partial"], tracker=tracker)) == (["R2"], ["R2"])
    both = planned(head, ["One", "Port", "2026", ""], ["One", "Port", "2027", ""], tracker=tracker)
    assert changes(both)[0] == ["R2"]


def test_a_word_that_has_a_meaning_later_adds_a_status_and_not_the_note_again() -> None:
    rows = (["Id", "Title", "Status", "Note", "Date"], ["A", "One", "Parked", "No money.", "2025-01-01"])
    tracker = grown(BLANK, planned(*rows))
    assert [(each.status, each.note) for each in tracker.updates] == [(None, "No money.")]
    found = read(written(*rows))
    words = replace(rules(found).vocabulary, remembered={"Parked": Status.STALLED})
    known = replace(rules(found), vocabulary=words)
    made = plan(found, known, tracker)
    assert [(each.status, each.note) for each in made.updates] == [("stalled", None)]
    assert plan(found, known, grown(tracker, made)).updates == ()


CELLS = st.sampled_from(
    ["", "1", "1.0", "1.10", "1.1", "가-1", "나-1", "4-Mar", "One", "Two", "Total", "partial"]
)
ROWS = st.lists(st.lists(CELLS, min_size=4, max_size=4), min_size=1, max_size=8)


@given(ROWS)
def test_every_row_is_a_recommendation_or_named(rows: list[list[str]]) -> None:
    found = read(written(["Id", "Title", "Agency", "Status"], *rows))
    made = plan(found, rules(found), BLANK)
    filled = {row.line for row in found.rows if row.cells}
    named = {each.line for each in (*made.refused, *made.remarks)}
    told = "\n".join(report.listed(made))
    assert all(each.reason in told for each in (*made.refused, *made.remarks))
    assert len(made.recommendations) + len(named) >= len(filled)
    assert {*made.imported, *(each.line for each in made.refused)} == filled
    joined = {each.line for each in made.remarks if each.reason.startswith("about the same")}
    assert len(made.recommendations) == len(filled) - len({each.line for each in made.refused} | joined)


@given(ROWS, ROWS)
def test_a_second_table_changes_no_title_and_takes_no_id(
    first: list[list[str]], second: list[list[str]]
) -> None:
    head = ["Id", "Title", "Agency", "Status"]
    tracker = grown(BLANK, planned(head, *first))
    titles = {each.id: each.title for each in tracker.recommendations}
    found = read(written(head, *second))
    made = plan(found, rules(found), tracker)
    by_line = {row.line: row.cells for row in found.rows}
    after = grown(tracker, made)
    assert {each.id: each.title for each in after.recommendations}.items() >= titles.items()
    for update in made.updates:
        if (title := titles.get(update.recommendations[0])) is not None:
            assert any(len(row) < 2 or row[1] in ("", title) for row in by_line.values())
