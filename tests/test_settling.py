from dataclasses import replace

import pytest

from intake import BLANK, NOW, SMALL_TRACKER, grown, planned, read, reasons, rules, understood, written
from pathtrack.intake import report
from pathtrack.intake.columns import Preset
from pathtrack.intake.outcome import Plan
from pathtrack.intake.plan import plan
from pathtrack.record.checks import check
from pathtrack.record.corrections import update_id
from pathtrack.record.status import Status
from samples import TODAY, day, recommendation, tracked, update


def test_a_row_without_an_area_is_refused_where_none_is_given() -> None:
    found = read(b"Title,Area\nOne,\nTwo,water\n")
    made = plan(found, replace(rules(found), area=None), BLANK)
    assert made.imported == (3,)
    reason = "a new recommendation needs an area; give --default-area AREA or --column area=COLUMN"
    assert reasons(made.refused) == [(2, reason)]


def test_rows_about_known_recommendations_need_no_area() -> None:
    found = read(b"Id,Status\nW1,partial\n")
    chosen = replace(rules(found), area=None)
    made = plan(found, chosen, SMALL_TRACKER)
    assert (made.imported, made.refused) == ((2,), ())
    assert "area" not in " ".join([*understood(found, chosen), *report.listed(made)])


def test_a_row_without_a_title_must_be_about_a_recommendation_of_the_tracker() -> None:
    made = planned(["Id", "Note"], ["w1", "a"], ["B", "b"], tracker=SMALL_TRACKER)
    assert made.imported == (2,)
    assert reasons(made.refused) == [(3, "no title, and the tracker has no recommendation B")]


def test_an_area_outside_the_reports_areas_is_refused_and_another_case_is_not_another_area() -> None:
    made = planned(
        ["Title", "Area"], ["One", "WATER"], ["Two", "watr"], ["Three", "energy"], tracker=SMALL_TRACKER
    )
    assert [each.area for each in made.recommendations] == ["water", "energy"]
    hint = "did you mean water?; --add-area watr adds it to them"
    assert reasons(made.refused) == [(3, f"'watr' is not one of the report's areas; {hint}")]


def test_without_a_date_there_is_no_update_and_that_is_said() -> None:
    found = read(b"Title,Status,Date\nOne,partial,\nTwo,,\nThree,partial,2025-01-24\n")
    made = plan(found, replace(rules(found), date=None), BLANK)
    assert len(made.recommendations) == 3
    assert [each.recommendations for each in made.updates] == [("R3",)]
    assert [each.line for each in made.remarks] == [2]
    assert "without a date" in made.remarks[0].reason


def test_open_is_no_status() -> None:
    made = planned(["Title", "Status", "Note"], ["One", "Open", "Agreed."], ["Two", "Open", ""])
    assert made.updates == (update("2025-06-01", "R1", recorded=NOW, note="Agreed."),)
    assert made.recommendations[1].source["Status"] == "Open"


def test_rows_that_differ_in_status_give_none_and_that_is_said() -> None:
    made = planned(
        ["Recommendation", "Other", "Status", "Comments"],
        ["Share.", "Port", "partial", "Begun."],
        ["Share.", "City", "implemented", ""],
        ["Pay.", "Port", "partial", ""],
        ["Pay.", "City", "", ""],
    )
    assert [(each.status, each.note) for each in made.updates] == [(None, "Begun."), (Status.PARTIAL, None)]
    assert [each.line for each in made.remarks] == [2, 3, 3, 5]
    assert ["differ in status" in each.reason for each in made.remarks] == [True, True, False, False]


def test_rows_of_several_days_are_several_updates() -> None:
    made = planned(
        ["Id", "Title", "Date", "Status"],
        ["A", "One", "2024-01-01", "in-progress"],
        ["A", "One", "2025-01-01", "in-progress"],
        ["A", "", "2026-01-01", "partial"],
    )
    assert len(made.recommendations) == 1
    assert [(str(each.date), each.status) for each in made.updates] == [
        ("2024-01-01", "in-progress"),
        ("2025-01-01", "in-progress"),
        ("2026-01-01", "partial"),
    ]


def test_one_text_in_two_areas_is_two_recommendations() -> None:
    made = planned(["Title", "Area"], ["Train the staff", "ports"], ["Train the staff", "ferries"])
    assert [each.id for each in made.recommendations] == ["P1", "F1"]


AGAIN = [
    ["Title", "Agency", "Status", "Note"],
    ["One", "Port", "partial", "Half."],
    ["Two", "City", "Open", ""],
]


def test_the_same_rows_add_nothing_whatever_their_order_and_day() -> None:
    tracker = grown(BLANK, planned(*AGAIN))
    found = read(written(AGAIN[0], AGAIN[2], AGAIN[1]))
    made = plan(found, replace(rules(found), date=day("2025-12-24")), tracker)
    assert (made.recommendations, made.updates, made.imported) == ((), (), ())
    assert made.unchanged == (2, 3)


def test_a_row_that_says_something_new_adds_an_update() -> None:
    tracker = grown(BLANK, planned(*AGAIN))
    found = read(written(AGAIN[0], ["One", "Port", "implemented", "All."], AGAIN[2]))
    made = plan(found, replace(rules(found), date=day("2025-12-24")), tracker)
    assert made.recommendations == ()
    assert [(each.recommendations, each.status, each.note) for each in made.updates] == [
        (("R1",), "implemented", "All.")
    ]
    assert (made.imported, made.unchanged) == ((2,), (3,))
    back = plan(read(written(*AGAIN)), replace(rules(found), date=day("2025-12-31")), grown(tracker, made))
    assert (back.updates, back.unchanged) == ((), (2, 3))
    assert "so it is left alone" in back.remarks[0].reason  # it may be an old copy


def test_a_row_without_an_id_is_not_taken_for_one_with_the_same_text() -> None:
    rows = [["Id", "Title", "Note"], ["A", "One", "a"], ["", "One", "b"]]
    tracker = grown(BLANK, planned(*rows))
    assert [each.id for each in tracker.recommendations] == ["A", "R1"]
    assert planned(*rows, tracker=tracker).unchanged == (2, 3)


def test_another_assessor_is_no_reason_to_be_silent() -> None:
    tracker = grown(BLANK, planned(*AGAIN))
    found = read(written(*AGAIN))
    assert len(plan(found, replace(rules(found), by="Ben"), tracker).updates) == 1


def test_an_older_table_is_compared_with_what_was_said_before_its_day() -> None:
    tracker = tracked(recommendation("A", source={"Id": "A"}), update("2025-09-01", "A", note="Later."))
    made = planned(["Id", "Note"], ["a", "Later."], tracker=tracker)
    assert [str(each.date) for each in made.updates] == ["2025-06-01"]


def test_a_row_with_its_own_day_is_said_again_on_another_day() -> None:
    rows = [["Id", "Title", "Date", "Status"], ["A", "One", "2025-01-01", "partial"]]
    tracker = grown(BLANK, planned(*rows))
    assert planned(*rows, tracker=tracker).updates == ()
    confirmed = planned(rows[0], ["A", "One", "2025-02-01", "partial"], tracker=tracker)
    assert len(confirmed.updates) == 1


def test_a_row_with_a_known_id_and_another_title_is_refused() -> None:
    made = planned(
        ["Id", "Title", "Status"],
        ["w1", "Something else", "partial"],
        ["E1", "", "stalled"],
        tracker=SMALL_TRACKER,
    )
    assert made.recommendations == ()
    assert [each.recommendations for each in made.updates] == [("E1",)]
    (known,) = [each for each in SMALL_TRACKER.recommendations if each.id == "W1"]
    way_out = "if it is another recommendation, leave the ids out with --column id=, else the titles"
    reason = f"the tracker's W1 is '{known.title}', which is another title; {way_out}"
    assert reasons(made.refused) == [(2, reason)]


def test_short_rows_are_known_again_by_their_text() -> None:
    text = b"Title,Area,Ref,Note\nOne\nTwo,water\nThree,,p. 3,a\n"
    found = read(text)
    tracker = grown(BLANK, plan(found, rules(found), BLANK))
    assert [len(each.source) for each in tracker.recommendations] == [1, 2, 4]
    again = plan(found, rules(found), tracker)
    assert (again.recommendations, again.updates, again.unchanged) == ((), (), (2, 3, 4))


@pytest.mark.parametrize(
    ("header", "preset", "identifier"),
    [
        (["Recommendation", "Page", "Agency", "Status"], None, "R1"),
        (["Recommendation", "Publication Number", "Agency", "Status"], Preset.GAO, "GAO-25-1-1"),
    ],
)
def test_only_gaos_publications_number_its_recommendations(
    header: list[str], preset: Preset | None, identifier: str
) -> None:
    found = read(written(header, ["Do it.", "GAO-25-1", "Port", "Open"]))
    made = plan(found, rules(found, preset), BLANK)
    assert [(each.id, each.ref) for each in made.recommendations] == [(identifier, "GAO-25-1")]


def test_a_row_without_a_date_does_not_say_again_what_was_said_before() -> None:
    later, earlier = update("2025-05-01", "A", note="Later."), update("2025-01-01", "A", note="Earlier.")
    tracker = tracked(recommendation("A"), later, earlier)
    for note in ("Later.", "Earlier."):
        assert planned(["Id", "Note"], ["A", note], tracker=tracker).unchanged == (2,)
    assert planned(["Id", "Note"], ["A", "New."], tracker=tracker).imported == (2,)


def test_a_part_has_its_wholes_area_and_a_whole_that_is_known() -> None:
    found = read(
        b"Id,Title,Area,Part of\n"
        b"P1,One,,W1\nN1,Two,energy,\nP2,Three,,n1\nP3,Four,energy,N1\n"
        b"P4,Five,,X9\nP5,Six,,P2\nP6,Seven,fish,N1\n"
    )
    made = plan(found, replace(rules(found), area="open data"), SMALL_TRACKER)
    assert [(each.id, each.area, each.part_of) for each in made.recommendations] == [
        ("P1", "", "W1"),
        ("N1", "energy", None),
        ("P2", "", "n1"),
        ("P3", "energy", "N1"),
    ]
    areas = "expected one of water, energy, open data"
    refused = [
        (6, "neither the tracker nor the table has 'X9', of which it is a part"),
        (7, "'P2', of which it is a part, is itself one"),
        (8, f"'fish' is not one of the report's areas; {areas}; --add-area fish adds it to them"),
    ]
    assert reasons(made.refused) == refused
    after = grown(SMALL_TRACKER, made)
    assert not [each for each in check(after, on=TODAY) if each.code == "unknown-whole"]


def test_what_was_corrected_since_is_not_imported_again() -> None:
    rows = (["Id", "Title", "Status", "Date"], ["A", "One", "implemented", "2025-01-01"])
    made = planned(*rows)
    after = grown(BLANK, made)
    withdrawal = update("2025-02-01", "A", corrects=update_id(made.updates[0]), reason="Another one.")
    assert planned(*rows, tracker=replace(after, updates=(*after.updates, withdrawal))).updates == ()


def test_a_row_under_a_former_id_is_about_what_was_renamed() -> None:
    rows = (["Id", "Title", "Status", "Date"], ["A", "One", "implemented", "2025-01-01"])
    after = grown(BLANK, planned(*rows))
    renamed = replace(after.recommendations[0], id="Q1", formerly=("A",))
    made = planned(*rows, tracker=replace(after, recommendations=(renamed,)))
    assert (made.recommendations, made.updates, made.refused) == ((), (), ())


def test_one_assessor_in_two_spellings_says_it_once() -> None:
    rows = (["Id", "Title", "Status", "Date"], ["A", "One", "implemented", "2025-01-01"])
    after = grown(BLANK, planned(*rows))
    other = tuple(replace(each, by=each.by.upper()) for each in after.updates)
    assert planned(*rows, tracker=replace(after, updates=other)).updates == ()


def test_an_answer_that_was_recorded_is_not_recorded_again() -> None:
    rows = (["Id", "Title", "Response", "Date"], ["A", "One", "Noted", "2025-01-01"])
    made = planned(*rows)
    assert planned(*rows, tracker=grown(BLANK, made)).updates == ()
    other = (rows[0], ["A", "One", "Agree", "2025-01-01"])
    assert len(planned(*other, tracker=grown(BLANK, made)).updates) == 1


def test_a_table_without_dates_brings_nothing_back_that_was_corrected() -> None:
    table = written(["Id", "Status", "Note"], ["W1", "implemented", "Done."])
    found = read(table)
    made = plan(found, rules(found), SMALL_TRACKER)
    (wrong,) = made.updates
    right = replace(wrong, status=Status.PARTIAL, corrects=update_id(wrong), reason="A slip.")
    corrected = replace(grown(SMALL_TRACKER, made), updates=(*SMALL_TRACKER.updates, wrong, right))
    for on in ("2025-06-01", "2025-09-01"):
        again = plan(found, replace(rules(found), date=day(on)), corrected)
        assert (again.updates, again.unchanged) == ((), (2,))


def test_a_table_that_nobody_touched_does_not_undo_what_was_recorded_since() -> None:
    head, kept = ["Id", "Title", "Status", "Note"], ["A", "One", "stalled", "Late."]
    since = [update("2025-06-02", name, status="partial") for name in "AB"]
    tracker = grown(grown(BLANK, planned(head, kept, ["B", "Two", *kept[2:]])), Plan(updates=(*since,)))
    found = read(written(head, kept, ["B", "Two", "stalled", "Late again."]))
    made = plan(found, replace(rules(found), date=day("2025-12-01")), tracker)
    assert [(each.recommendations, each.note) for each in made.updates] == [(("B",), "Late again.")]
    assert (made.imported, made.unchanged) == ((3,), (2,))
    told = "A: it says what was recorded for 1 Jun 2025, before partial for 2 Jun 2025, so it is left alone; "
    assert reasons(made.remarks) == [(2, f"{told}if it is so again: pathtrack update A --status stalled")]


def test_a_table_that_nobody_touched_says_nothing_new_after_an_answer() -> None:
    rows = [["Id", "Title", "Status", "Note"], ["A", "One", "stalled", "Late."], ["B", "Two", "", "Asked."]]
    since = (update("2025-06-02", "A", response="accepted"), update("2025-06-02", "B", note="Asked again."))
    found, tracker = read(written(*rows)), grown(grown(BLANK, planned(*rows)), Plan(updates=since))
    made = plan(found, replace(rules(found), date=day("2025-12-01")), tracker)
    assert (made.updates, made.unchanged, made.remarks) == ((), (2, 3), ())
