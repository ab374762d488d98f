"""A form that comes back again: what is recorded already is not recorded twice."""

from collections.abc import Mapping
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from forms import TRACKER, grid, grown, plan, sheet, told
from pathtrack.intake.said import Note
from pathtrack.record.corrections import update_id
from pathtrack.record.model import Tracker, Update
from pathtrack.record.status import Response
from pathtrack.sheet.form import Column
from samples import TODAY
from statements import for_each

FIRST: Mapping[Column, str] = {
    Column.ANSWER: "Rejected",
    Column.DONE: "Gauges ordered.\n\nMore later.",
    Column.EVIDENCE: "https://rivers.example/a",
    Column.TARGET: "2027-06-30",
    Column.REASON: "The maker failed.",
}
Kept = tuple[str, str, list[str], str]


def kept(update: Update) -> Kept:
    urls = [each.url or each.title or "" for each in update.evidence]
    return str(update.response or ""), str(update.due or ""), urls, update.note or ""


def again(tracker: Tracker, said: Mapping[Column, str]) -> list[Kept]:
    # The form is the old one: it shows what was on record when it was made.
    return [kept(each) for each in plan(sheet(grid({"F1": said})), tracker=tracker).updates]


def recorded(said: Mapping[Column, str] = FIRST, tracker: Tracker = TRACKER) -> Tracker:
    return grown(tracker, plan(sheet(grid({"F1": said})), tracker=tracker))


@for_each(
    "change, new",
    [
        ({}, None),
        ({Column.DONE: "  Gauges ordered.\nMore later."}, None),
        ({Column.EVIDENCE: "http://www.rivers.example/a/"}, None),
        ({Column.ANSWER: "Noted"}, ("noted", "", [], "")),
        ({Column.DONE: "Gauges built."}, ("", "", [], "Gauges built.")),
        ({Column.DONE: "Gauges ordered."}, ("", "", [], "Gauges ordered.")),
        (
            {Column.EVIDENCE: "https://rivers.example/a\nhttps://rivers.example/b"},
            ("", "", ["https://rivers.example/b"], ""),
        ),
        (
            {Column.TARGET: "2028"},
            ("", "2028", [], "Reason for the new target date: The maker failed."),
        ),
        ({Column.REASON: "It rained."}, ("", "", [], "Reason for the new target date: It rained.")),
        ({Column.ANSWER: "Yes, but later"}, ("", "", [], "Answer: Yes, but later")),
        (
            {Column.TARGET: "mid-2027"},
            ("", "", [], "New target date: mid-2027\n\nReason for the new target date: The maker failed."),
        ),
    ],
)
def test_only_what_changed_is_recorded_when_a_form_comes_again(
    change: Mapping[Column, str], new: Kept | None
) -> None:
    tracker = recorded()
    said = {**FIRST, **change}
    assert again(tracker, said) == ([new] if new else [])
    assert again(recorded(said, tracker), said) == []


def test_what_is_recorded_already_is_said_beside_what_is_new() -> None:
    made = plan(sheet(grid({"F1": {**FIRST, Column.ANSWER: "Noted"}})), tracker=recorded())
    assert "F1, 'Your answer' (G6): rejected → noted" in told(made)
    cells = ("'What was done' (H6)", "'Web address that shows it' (I6)", "'New target date' (J6)")
    assert told(made)[-1].startswith("recorded already: F1, ")
    assert all(each in told(made)[-1] for each in (*cells, "'Reason for the new date' (K6)"))


def test_a_reason_without_a_date_is_a_plain_note_and_that_is_said() -> None:
    said = {Column.ANSWER: "Rejected", Column.REASON: "No time."}
    made = plan(sheet(grid({"F1": said})))
    assert [kept(each) for each in made.updates] == [("rejected", "", [], "Reason: No time.")]
    assert "F1: a reason without a new target date is kept as a note" in told(made)
    tracker = grown(TRACKER, made)
    assert again(tracker, said) == []
    dated = {**said, Column.TARGET: "2028"}
    assert again(tracker, dated) == [("", "2028", [], "Reason for the new target date: No time.")]


def test_a_new_target_date_that_has_passed_is_asked_about() -> None:
    def asides(date: str) -> list[str]:
        made = plan(sheet(grid({"F1": {Column.TARGET: date, Column.REASON: "So."}})))
        return [each for each in told(made) if "has passed" in each]

    assert asides("2026-01-30") == ["F1: the new target date, 2026-01-30, has passed; was it done then?"]
    assert asides("2026-01-31") == asides("2026") == []


def test_a_changed_mind_that_changes_back_is_recorded_each_time() -> None:
    tracker = recorded({Column.ANSWER: "Noted"}, recorded({Column.ANSWER: "Rejected"}))
    assert again(tracker, {Column.ANSWER: "Noted"}) == []
    assert again(tracker, {Column.ANSWER: "Rejected"}) == [("rejected", "", [], "")]


def test_what_was_corrected_since_does_not_come_back() -> None:
    tracker = recorded()
    mistaken = tracker.updates[-1]
    correction = replace(
        mistaken, response=Response.NOTED, corrects=update_id(mistaken), reason="A slip.", typed_by="Ana"
    )
    assert again(replace(tracker, updates=(*tracker.updates, correction)), FIRST) == []


def test_the_answer_on_record_may_be_given_again_on_a_new_day() -> None:
    made = plan(sheet(grid({"F1": {Column.ANSWER: "Accepted"}})))
    assert told(made) == ["F1, 'Your answer' (G6): accepted, as before"]
    assert [each.date for each in made.updates] == [TODAY]


def test_nothing_done_is_something_said_and_no_reason_is_none() -> None:
    nothing = {Column.DONE: "None", Column.EVIDENCE: "n/a", Column.TARGET: "-", Column.REASON: "none"}
    assert again(TRACKER, nothing) == [("", "", [], "None")]


def test_every_cell_is_shown_as_old_and_new() -> None:
    tracker = recorded()
    new = {
        Column.ANSWER: "Noted",
        Column.DONE: "Built.",
        Column.TARGET: "2028",
        Column.REASON: "It rained.",
        Column.EVIDENCE: "https://rivers.example/b",
    }
    assert told(plan(sheet(grid({"F1": new})), tracker=tracker))[-5:] == [
        "F1, 'Your answer' (G6): rejected → noted",
        "F1, 'New target date' (J6): 2027-06-30 → 2028",
        "F1, 'What was done' (H6): 'Gauges ordered. More later.' → 'Built.'",
        "F1, 'Reason for the new date' (K6): 'The maker failed.' → 'It rained.'",
        "F1, 'Web address that shows it' (I6): none → 'https://rivers.example/b'",
    ]


PARTS = st.text("ab \n", max_size=9).map(str.strip)


@given(PARTS, PARTS, PARTS, PARTS, PARTS)
def test_a_note_comes_back_in_its_parts(done: str, answer: str, why: str, target: str, reason: str) -> None:
    parts = (done, answer, why, target, reason)
    assert Note.read(Note(*parts).text) == tuple(" ".join(each.split()) for each in parts)
