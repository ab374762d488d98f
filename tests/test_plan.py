import codecs
import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from intake import (
    BLANK,
    NOW,
    SMALL_TRACKER,
    imported,
    outcomes,
    planned,
    read,
    rules,
    understood,
    written,
)
from pathtrack.errors import PathtrackError
from pathtrack.file.document import Document
from pathtrack.intake import report
from pathtrack.intake.columns import Preset
from pathtrack.intake.heads import Role
from pathtrack.intake.plan import plan
from pathtrack.record.crosswalk import Scheme
from pathtrack.record.status import Status
from samples import SMALL, TODAY, TRICKY, day, recommendation, source, update
from statements import for_each

HEAD = ["Id", "Area", "Title", "Agency", "Status", "Note", "Link", "Date", "Due", "Ongoing", "Extra"]


FULL = ["A1", "water", "Dredge", "Port; City", "Stalled", "No money.", "https://a.example", "2025-01-24"]


def test_a_row_makes_a_recommendation_and_an_update() -> None:
    made = planned(HEAD, [*FULL, "31 Dec 2027", "yes", "kept "])
    assert made.recommendations == (
        recommendation(
            "A1",
            area="water",
            title="Dredge",
            actors=["Port", "City"],
            due=day("2027-12-31"),
            ongoing=True,
            source={
                **dict(zip(HEAD, [*FULL, "31 Dec 2027", "yes", "kept "], strict=True)),
                "taken for stalled": "Stalled",
            },
        ),
    )
    assert made.updates == (
        update(
            "2025-01-24",
            "A1",
            recorded=NOW,
            status="stalled",
            note="No money.",
            evidence=[source("https://a.example")],
        ),
    )
    assert (made.imported, made.refused, made.remarks) == ((2,), (), ())


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("Id", "?", "'?' cannot be an id"),
        ("Note", "n" * 100_001, "'note' is longer than 100000 characters; shorten it"),
        ("Agency", "a" * 2001, "is longer than 2000 characters; shorten it"),
    ],
)
def test_a_row_that_cannot_be_imported_is_reported_and_the_others_are_imported(
    column: str, cell: str, reason: str
) -> None:
    row = [*FULL, "", "", ""]
    row[HEAD.index(column)] = cell
    made = planned(HEAD, row, ["B1", *FULL[1:]])
    assert [each.id for each in made.recommendations] == ["B1"]
    assert made.imported == (3,)
    assert [each.line for each in made.refused] == [2]
    assert reason in made.refused[0].reason


@for_each(
    "column, cell, reason",
    [
        ("Status", "Stuck", "'Stuck' is not a status word"),
        ("Status", "Green", "'Green' is not a status word"),
        ("Date", "soon", "'soon' is not a date such as"),
        ("Due", "soon", "'soon' is not a date such as"),
        ("Date", "03/04/2025", "could mean two dates; give --date-format dmy or mdy"),
        ("Ongoing", "perhaps", "'perhaps' is neither yes nor no"),
        ("Link", "javascript:x", "'javascript:x' is not a safe web address"),
        ("Link", "t" * 2001, "'title' is longer than 2000 characters; shorten it"),
    ],
)
def test_a_cell_that_cannot_be_read_is_left_out_and_told(column: str, cell: str, reason: str) -> None:
    row = [*FULL, "", "", ""]
    row[HEAD.index(column)] = cell
    made = planned(HEAD, row, ["B1", *FULL[1:]])
    assert [each.id for each in made.recommendations] == ["A1", "B1"]
    assert (made.imported, made.refused) == ((2, 3), ())
    assert [each.line for each in made.unread] == [2]
    assert reason in made.unread[0].reason
    assert made.recommendations[0].source[column] == cell
    # On another day than the row says nothing is claimed.
    assert len(made.updates) == (1 if column == "Date" else 2)


def test_everything_wrong_with_a_table_is_reported_at_once() -> None:
    found = read(
        b"Id,Title,Area,Status,Date,Due,Ongoing,Link\n"
        b"A,One,,what,soon,later,perhaps,ftp://a.example\n"
        b"B,,,what,2025-01-01,,,\n"
        b"?,Three,air,partial,,,,\n"
        b"W1,,,what,,,,\n"
        b"C,Four,air,,03/04/2025,,,\n"
        b"D,Five,,partial,,,,\n"
        b"W2,Six,water,,,,,\n"
        b"W2,,,what,,,,\n"
    )
    tracker = replace(SMALL_TRACKER, report=replace(SMALL_TRACKER.report, areas=("water", "energy")))
    made = plan(found, replace(rules(found), area=None), tracker)
    refused, unread = (
        [(each.line, each.reason.split(";")[0].split(" such as")[0]) for each in said]
        for said in (made.refused, made.unread)
    )
    assert refused == [
        (2, "a new recommendation needs an area"),
        (3, "no title, and the tracker has no recommendation B"),
        (4, "'?' cannot be an id"),
        (6, "'air' is not one of the report's areas"),
        (7, "a new recommendation needs an area"),
    ]
    assert unread == [
        (2, "'soon' is not a date"),
        (2, "'what' is not a status word"),
        (2, "'ftp://a.example' is not a safe web address"),
        (2, "'perhaps' is neither yes nor no"),
        (2, "'later' is not a date"),
        (3, "'what' is not a status word"),
        (5, "'what' is not a status word"),
        (6, "'03/04/2025' could mean two dates"),
        (9, "'what' is not a status word"),
    ]
    assert (made.imported, made.unchanged, made.not_imported) == ((8, 9), (5,), 5)
    assert report.counted(made) == (
        "1 recommendation and 0 updates from 8 rows: 2 imported, 1 unchanged, 5 not imported, 0 empty"
    )


def test_each_row_has_one_outcome() -> None:
    made = planned(
        ["Id", "Title", "Status"],
        ["A", "One", "partial"],
        ["", "", ""],
        ["A", "One", "partial"],
        ["a", "Another", "partial"],
        ["B", "", "partial"],
        ["C", "Three", "what"],
        ["", "", "partial"],
        ["D", "Four", "", "too many"],
    )
    assert (made.imported, made.empty, made.unchanged) == ((2, 7), (3,), ())
    assert [(each.line, each.reason.split(";")[0]) for each in made.refused] == [
        (4, "a repeat of line 2"),
        (5, "line 2 has the same id and another title"),
        (6, "no title"),
        (8, "no title, no text and no id"),
        (9, "4 cells, but the header has 3 columns"),
    ]
    assert outcomes(made) == list(range(2, 10))


@given(st.binary(max_size=200))
@example(codecs.BOM_UTF16_LE + b"\x00\xd8")
@example(b'"')
@example(b"\x00")
def test_any_bytes_are_a_table_or_refused_in_words(data: bytes) -> None:
    try:
        found = read(data)
        made = plan(found, rules(found), BLANK)
    except PathtrackError:
        return
    assert outcomes(made) == [row.line for row in found.rows]


CELLS = st.sampled_from(
    [
        *TRICKY,
        *Status,
        *("Open", "Closed–Implemented", "Title", "2025-01-01", "31/12/2024", "A1", "a1", "R1", "yes"),
        *("https://a.example", "javascript:x", "A book https://b.example", '"', ",", ";", "\n", "\r\n", ""),
    ]
) | st.text(st.characters(exclude_categories=["Cs"]), max_size=6)


HEADERS = st.lists(st.sampled_from(["Title", *Role, "Agency", "Other", "", "Title"]), min_size=1, max_size=7)


ROWS = st.lists(st.lists(CELLS, max_size=8), max_size=8)


@given(HEADERS, ROWS, st.sampled_from([",", ";", "\t"]), st.sampled_from([None, TODAY]))
@example(["title"], [["One"], ["One "], ["one"]], ",", TODAY)
@example(["area"], [["One", "1"], ["One"], ["1", "2"]], ",", TODAY)
@example(["title", "note"], [["One", "\u2028\x85\x1c"]], ",", None)
def test_any_table_is_imported_or_listed_and_the_tracker_stays_byte_for_byte(
    header: list[str], rows: list[list[str]], delimiter: str, date: dt.date | None
) -> None:
    found = read(written(["Title", "Id", *header], *rows, delimiter=delimiter))
    chosen = replace(rules(found), date=date, area="water")
    made = plan(found, chosen, SMALL_TRACKER)
    assert outcomes(made) == [row.line for row in found.rows]
    old = Document.read(SMALL, name="t")
    new = old.with_more(recommendations=made.recommendations, updates=made.updates)
    end = SMALL.index(b"\n# ---- the record ----")
    catalogue, record = new.data.removeprefix(SMALL[:end]).split(SMALL[end:], 1)
    assert new.data.startswith(SMALL[:end])
    assert catalogue + record == new.difference.encode()
    tracker = new.tracker
    assert tracker.recommendations[len(SMALL_TRACKER.recommendations) :] == tuple(made.recommendations)
    again = plan(found, chosen, tracker)
    assert (again.recommendations, again.updates) == ((), ())
    assert [*understood(found, chosen), *report.listed(made), report.counted(made)]


def test_gaos_export_is_imported_whole() -> None:
    found, _, made = imported("gao.csv", Scheme.GAO, Preset.GAO)
    assert (len(found.rows), len(made.recommendations), len(made.updates)) == (60, 52, 46)
    assert (len(made.imported), made.refused, made.unread) == (60, (), ())
    # Where GAO asks several agencies, its rows are one recommendation.
    assert len(made.recommendations) + len({each.line for each in made.remarks}) == 60
    by_id = {each.id: each for each in made.recommendations}
    assert by_id["GAO-25-104001-3"].actors == (
        "Department of Commerce: National Tide Service",
        "Department of Homeland Security: Harbor Patrol",
    )
    assert {"GAO-25-104001-M1", "GAO-19-300-3", "GAO-24-109411-13"} <= by_id.keys()
    escaped = by_id["GAO-24-107777-4"]
    assert "map & its corrections" in escaped.title
    assert "map &amp; its corrections" in escaped.source["Recommendation"]
    assert by_id["GAO-25-105150-1"].area == "Medicare & Rural Clinics: Payment Rules Leave Gaps"


def test_a_table_of_another_body_is_imported_whole() -> None:
    found, _, made = imported("plan.csv", Scheme.OGP, None)
    assert found.grid.form == "Windows-1252, separated by semicolons"
    assert (len(made.recommendations), len(made.updates), made.refused) == (18, 18, ())
    assert made.recommendations[2].actors == ("Ministry of Ports", "Environment Agency")
    assert made.updates[0].date == day("2024-12-31")
    assert made.updates[1].evidence == (
        source("https://registry.example/fees"),
        source("https://gazette.example/2024/88", title="Gazette 88"),
    )
    assert made.updates[2].note == "A test version is in use in Brügge–Süd."
    assert [each.status for each in made.updates[:4]] == [
        "implemented",
        "partial",
        "in-progress",
        "not-started",
    ]
