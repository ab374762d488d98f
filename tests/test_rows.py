from dataclasses import replace

import pytest

from intake import BLANK, grown, planned, read, reasons, rules, written
from pathtrack.intake import columns
from pathtrack.intake.columns import Preset
from pathtrack.intake.heads import Role
from pathtrack.intake.plan import plan
from pathtrack.record.dates import partial
from pathtrack.record.status import Confidence
from samples import day, source, tracked
from statements import for_each


def test_a_text_that_is_no_title_is_kept_whole_as_the_summary() -> None:
    text = "Publish every contract that is signed. " + "Do it soon, and for all berths. " * 6
    (made,) = planned(["Recommendation"], [text]).recommendations
    assert made.title == "Publish every contract that is signed."
    assert made.summary == text.strip()
    assert made.source == {"Recommendation": text}


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "ftp://a.example", "https://user@a.example", "A law (file:///etc/passwd"]
)
def test_an_unsafe_address_is_left_out(text: str) -> None:
    made = planned(["Title", "Link"], ["One", "https://a.example"], ["Two", text])
    assert made.imported == (2, 3)
    assert [each.recommendations for each in made.updates] == [("R1",)]
    assert [(each.line, "is not a safe web address" in each.reason) for each in made.unread] == [(3, True)]


@pytest.mark.parametrize(
    ("topic", "default", "area"),
    [("Health", "Other", "Health"), ("", "Other", "Other"), ("", None, "Care & Cure")],
)
def test_a_row_of_gao_without_a_topic_has_the_default_or_its_publication_for_an_area(
    topic: str, default: str | None, area: str
) -> None:
    header = ["Publication Name", "Publication Number", "Agency", "Recommendation", "Status", "Topics"]
    found = read(written(header, ["Care &amp; Cure", "GAO-25-1", "NIH", "Do it.", "Open", topic]))
    made = plan(found, replace(rules(found, Preset.GAO), area=default), BLANK)
    assert [each.area for each in made.recommendations] == [area]


ASKED_OF_SEVERAL = written(
    ["Recommendation", "Agency", "Status", "Comments"],
    ["Share the data.", "Port", "Open", "Agreed."],
    ["Pay.", "City", "Open", ""],
    ["Share  the DATA.", "City", "Open", "Asked for time."],
    ["Share the data.", "Bank", "Open", "Agreed."],
)


def test_rows_of_gao_with_one_text_are_one_recommendation_of_several_actors() -> None:
    found = read(ASKED_OF_SEVERAL)
    made = plan(found, rules(found, Preset.GAO), BLANK)
    first, second = made.recommendations
    assert (first.id, first.actors, second.actors) == ("R1", ("Port", "City", "Bank"), ("City",))
    assert first.source == {
        "Recommendation": "Share the data.",
        "Agency": "Port; City; Bank",
        "Status": "Open",
        "Comments": "Agreed.\n\nAsked for time.",
        "taken for not-assessed": "Open",
    }
    assert [each.note for each in made.updates] == ["Agreed.\n\nAsked for time."]
    assert made.imported == (2, 4, 5, 3)
    joined = "about the same recommendation as a row above, so taken together"
    assert reasons(made.remarks) == [(4, joined), (5, joined)]


@pytest.mark.parametrize("column", ["Agency", "Due", "Summary", "Area", "Ref"])
def test_rows_without_ids_that_differ_in_what_is_asked_are_different_recommendations(column: str) -> None:
    cells = {"Agency": ("Port", "City"), "Due": ("2026", "2027")}.get(column, ("this", "that"))
    rows = (["Title", column, "Status"], *(["Do it", each, "partial"] for each in cells))
    made = planned(*rows)
    assert (len(made.recommendations), len(made.updates), made.remarks) == (2, 2, ())
    again = planned(rows[0], rows[2], rows[1], tracker=grown(BLANK, made))
    assert (again.recommendations, again.updates, again.unchanged) == ((), (), (2, 3))


def test_rows_taken_together_are_named_with_what_does_not_count() -> None:
    made = planned(
        ["Id", "Title", "Area", "Due", "Date"],
        ["A", "One", "x", "2026", "2025-01-01"],
        ["A", "One", "y", "2027", "2025-02-01"],
    )
    (one,) = made.recommendations
    assert (one.area, one.due) == ("x", partial("2026"))
    assert [(each.line, each.reason.partition(",")[0]) for each in made.remarks] == [
        (3, "about the same recommendation as a row above"),
        (3, "another area than in that row"),
        (3, "another due than in that row"),
    ]


@for_each(
    "rows, kept",
    [
        ([("2025-01-01", "Closed--Implemented ")], {"taken for implemented": "Closed--Implemented "}),
        ([("2025-01-01", "Open")], {"taken for not-assessed": "Open"}),
        ([("", "Stalled")], {"taken for not-assessed": "Stalled"}),
        ([("2025-01-01", "")], {}),
        ([("2026-01-01", "partial"), ("2025-01-01", "stalled")], {"taken for partial": "partial"}),
        ([("2025-01-01", "partial"), ("2026-01-01", "")], {"taken for partial": "partial"}),
        (
            [("2025-01-01", "partial"), ("2025-01-01", "stalled")],
            {"taken for not-assessed": "partial; stalled"},
        ),
        ([("2025-01-01", "Open"), ("2025-01-01", "open")], {"taken for not-assessed": "Open"}),
    ],
)
def test_the_newest_word_is_kept_beside_what_it_was_taken_for(
    rows: list[tuple[str, str]], kept: dict[str, str]
) -> None:
    table = [["A", "One", *each, str(number)] for number, each in enumerate(rows)]
    found = read(written(["Id", "Title", "Date", "Stato", "Other"], *table))
    chosen = replace(rules(found), date=None, columns=columns.choose(found.columns, {Role.STATUS: "Stato"}))
    (one,) = plan(found, chosen, BLANK).recommendations
    assert {name: text for name, text in one.source.items() if name.startswith("taken for")} == kept


def test_what_one_row_leaves_open_another_says() -> None:
    made = planned(
        ["Id", "Title", "Area", "Ref", "Due"],
        ["A", "One", "", "", ""],
        ["A", "", "water", "p. 3", "2027-12-31"],
        ["A", "One", "energy", "p. 4", ""],
    )
    (one,) = made.recommendations
    assert (one.title, one.area, one.ref, one.due) == ("One", "water", "p. 3", day("2027-12-31"))
    assert made.imported == (2, 3, 4)


ASKED = {
    "Id": "A",
    "Title": "One",
    "Summary": "All of it.",
    "Area": "water",
    "Ref": "p. 3",
    "Agency": "Port; City",
    "Ongoing": "yes",
    "Done when": "It is in force.",
    "Due": "2027-12-31",
}


@for_each(
    "column, cell, role",
    [
        ("Summary", "Half of it.", "summary"),
        ("Area", "energy", "area"),
        ("Ref", "p. 4", "ref"),
        ("Agency", "Port; Bank", "actor"),
        ("Agency", "Port", "actor"),
        ("Ongoing", "no", "ongoing"),
        ("Done when", "It is law.", "done-when"),
        ("Due", "31 Dec 2028", "due"),
        ("Title", "ONE ", None),
        ("Agency", "City; Port", None),
        ("Due", "31 December 2027", None),
        ("Due", "", None),
    ],
)
def test_what_a_later_table_asks_for_otherwise_is_reported(column: str, cell: str, role: str | None) -> None:
    tracker = grown(BLANK, planned([*ASKED], [*ASKED.values()]))
    made = planned([*ASKED], [*{**ASKED, column: cell}.values()], tracker=tracker)
    assert (made.recommendations, made.updates, made.unchanged) == ((), (), (2,))
    shown = [(2, f"the {role} differs from the tracker's, which is kept")] if role else []
    assert reasons(made.remarks) == shown


def test_our_own_words_in_the_tracker_are_no_difference() -> None:
    tracker = grown(BLANK, planned([*ASKED], [*ASKED.values()]))
    (one,) = tracker.recommendations
    ours = replace(one, title="In our words", summary="Ours.", area="sea", actors=("We",), due=None)
    edited = tracked(ours)
    assert planned([*ASKED], [*ASKED.values()], tracker=edited).remarks == ()


def test_several_rows_in_another_order_are_no_difference() -> None:
    rows = [["Id", "Title", "Area", "Agency"], ["A", "One", "x", "Port"], ["A", "One", "y", "City"]]
    tracker = grown(BLANK, planned(*rows))
    assert planned(rows[0], rows[2], rows[1], tracker=tracker).remarks == ()


def test_rows_of_which_the_first_is_short_keep_what_the_others_have() -> None:
    found = read(b"Id,Title,Note,Extra\nA,One\nA,,b\nA,,,c\n")
    (one,) = plan(found, rules(found), BLANK).recommendations
    assert one.source == {"Id": "A", "Title": "One", "Note": "b", "Extra": "c"}


def test_a_text_that_gave_the_title_is_a_title() -> None:
    rows = [["Id", "Description"], ["A", "Publish it."], ["A", "Publish all of it."]]
    tracker = grown(BLANK, planned(*rows[:2]))
    made = planned(rows[0], rows[2], tracker=tracker)
    assert "the tracker's A is 'Publish it.', which is another title" in made.refused[0].reason


def test_a_row_fills_the_quotation_of_its_source_and_its_tags() -> None:
    found = planned(
        ["Title", "Link", "Quote", "Locator", "Lang", "Tags", "Status", "Confidence"],
        [
            "One",
            "A law https://a.example",
            "권고를\n수용한다.",
            "3쪽",
            "ko",
            "a b, 수질; x",
            "partial",
            "Low",
        ],
    )
    assert found.recommendations[0].tags == ("a b", "수질", "x")
    (update,) = found.updates
    assert update.confidence is Confidence.LOW
    assert update.evidence == (
        source("https://a.example", title="A law", quote="권고를\n수용한다.", locator="3쪽", lang="ko"),
    )


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        (["", "words", "", ""], "a quotation or its place needs one source in the row, not 0"),
        (["https://a.example;https://b.example", "", "p. 1", ""], "needs one source in the row, not 2"),
        (["https://a.example", "", "", "not a language"], "'lang' must"),
        (["https://a.example", "x" * 501, "", ""], "'quote' is longer than 500 characters"),
    ],
)
def test_a_quotation_that_belongs_to_no_single_source_is_left_out(cells: list[str], reason: str) -> None:
    made = planned(["Title", "Link", "Quote", "Locator", "Lang"], ["One", *cells])
    assert (made.imported, made.refused) == ((2,), ())
    assert reason in made.unread[0].reason


def test_a_language_is_that_of_each_source_and_of_none_without_one() -> None:
    header = ["Title", "Link", "Lang"]
    made = planned(header, ["One", "https://a.example;https://b.example", "ko"], ["Two", "", "ko"])
    assert made.refused == ()
    assert [[each.lang for each in update.evidence] for update in made.updates] == [["ko", "ko"]]


def test_a_confidence_without_a_status_is_of_nothing() -> None:
    rows = [["One", "n", "high"], ["Two", "n", "low"], ["Three", "", "low"]]
    made = planned(["Title", "Note", "Confidence"], *rows)
    assert [each.confidence for each in made.updates] == [None, None]
    found = read(b"Title,Confidence\nOne,high\nTwo,low\nThree,sure\n")
    assert "'sure' is not a confidence" in plan(found, rules(found), BLANK).unread[0].reason
