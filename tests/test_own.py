"""What `pathtrack export` writes as CSV, imported back."""

import csv
import datetime as dt
import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Run
from histories import ASKED, DAYS, Node, histories
from pathtrack import export, load, sheet
from pathtrack.export import Format, Rows
from pathtrack.intake import columns, guesses, table
from pathtrack.intake import rules as rules_of
from pathtrack.intake.heads import Role
from pathtrack.intake.meanings import Vocabulary
from pathtrack.intake.outcome import Plan
from pathtrack.intake.past import Past, Shown
from pathtrack.intake.plan import plan
from pathtrack.intake.rules import Rules
from pathtrack.record import crosswalk
from pathtrack.record.corrections import update_id
from pathtrack.record.dates import partial
from pathtrack.record.model import Tracker, Update
from pathtrack.record.status import Response, Status
from pathtrack.record.view import view as view_of
from pathtrack.sheet import Shape
from samples import (
    DATA,
    TODAY,
    day,
    lines,
    prose,
    recommendation,
    source,
    tracked,
    update,
    updates,
    value_of,
)
from statements import for_each

NOTHING = "imported 0 recommendations and 0 updates from "
NOW = dt.datetime(2026, 1, 31, 12, tzinfo=dt.UTC)
CSV = Path("own.csv")
EXPORTS = [
    [],
    ["--rows", "updates"],
    ["--scheme", "csc"],
    ["--scheme", "ogp"],
    ["--bom"],
    ["--as-of", "2025-06-01"],
]


def rules(text: bytes, by: str = "Ben", date: dt.date | None = None) -> tuple[table.Table, Rules]:
    found = table.read(text, columns.is_name, name="own.csv")
    vocabulary, shape = Vocabulary(crosswalk.known()), sheet.shape(found.columns)
    chosen = guesses.chosen(found, {}, None, shape)
    orders = rules_of.orders(found, chosen, shape)
    return found, Rules(chosen, vocabulary, by, NOW, date=date, orders=orders, shape=shape)


def back(tracker: Tracker, text: bytes, date: dt.date | None = None) -> Plan:
    """Return what a CSV text adds to a tracker."""
    return plan(*rules(text, date=date), tracker)


def exported(
    tracker: Tracker, rows: Rows = Rows.RECOMMENDATIONS, *, by: str | None = None, on: dt.date = TODAY
) -> bytes:
    return export.render(view_of(tracker, on=on, by=by), Format.CSV, rows=rows).encode()


def edited(text: bytes, change: Callable[[dict[str, str]], object]) -> bytes:
    """Return a CSV text after a change of each row that is a mapping of names to cells."""
    reader = csv.DictReader(io.StringIO(text.decode(), newline=""))
    rows = [*reader]
    for row in rows:
        change(row)
    written = io.StringIO()
    writer = csv.DictWriter(written, reader.fieldnames or [])
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue().encode()


def cell(number: str, **cells: str) -> Callable[[dict[str, str]], None]:
    """Return the change of cells of one recommendation."""

    def change(row: dict[str, str]) -> None:
        if number in {row.get("id"), row.get("recommendations")}:
            row.update(cells)

    return change


# ---- nothing changed ----


@pytest.mark.parametrize("options", EXPORTS, ids=" ".join)
@pytest.mark.parametrize("name", ["here", "record"])
def test_an_export_that_comes_back_adds_nothing(
    name: str, options: list[str], request: pytest.FixtureRequest, run: Run
) -> None:
    path: Path = request.getfixturevalue(name)
    before = path.read_bytes()
    assert run("export", CSV, *options).code == 0
    outcome = run("import", CSV, "--date", "today", "--strict")
    assert outcome.out.startswith(NOTHING)
    assert " 0 imported, " in outcome.out
    assert " 0 not imported, 0 empty" in outcome.out
    assert path.read_bytes() == before


@pytest.mark.usefixtures("record")
def test_a_sites_table_comes_back_and_adds_nothing(run: Run) -> None:
    assert run("export", "site").code == 0
    outcome = run("import", "site/recommendations.csv", "--date", "today")
    assert outcome.out.startswith(NOTHING + "48 rows: 0 imported, 48 unchanged,")
    assert "a table of recommendations exported by pathtrack: only changed cells are imported" in outcome.err


def moved(given: Update, ids: Sequence[str]) -> Update:
    return replace(given, recommendations=tuple(ids))


trackers = st.builds(
    lambda titles, notes, records: tracked(
        *(
            recommendation(f"A{number}", title=title, source={"Comments": note})
            for number, (title, note) in enumerate(zip(titles, notes, strict=True))
        ),
        *(moved(each, [f"A{number}" for number in about]) for each, about in records),
    ),
    st.tuples(lines, lines),
    st.tuples(st.text(max_size=3), prose),
    st.lists(st.tuples(updates, st.sampled_from([[0], [1], [0, 1]])), max_size=4),
)


@pytest.mark.filterwarnings("ignore:Do not use the `random` module")  # none here does; seen now and then
@given(trackers, st.sampled_from(Rows), st.booleans(), st.dates())
def test_any_export_comes_back_and_adds_nothing(
    tracker: Tracker,
    rows: Rows,
    by_one: bool,  # noqa: FBT001 a parameter
    on: dt.date,
) -> None:
    by = tracker.updates[0].by if by_one and tracker.updates else None
    made = back(tracker, exported(tracker, rows, by=by, on=on), date=TODAY)
    assert (made.recommendations, made.updates, made.imported, made.refused) == ((), (), (), ())


RECORD = tracked(
    recommendation("A"),
    recommendation("B", title="-another"),
    update("2025-01-01", "A", status="in-progress", note="Begun.\n\nSlowly.", by="Ana"),
    update("2025-02-01", "A", evidence=[source("https://a.example", title="=1")], by="Kim"),
    update("2025-03-01", "A", "B", status="partial", note="@home", searched=["gov.example"], by="Kim"),
)


TWO = tracked(
    recommendation("A"),
    update("2025-01-01", "A", status="in-progress", by="Ana"),
    update("2025-03-01", "A", status="partial", by="Kim"),
)


def test_an_export_that_the_tracker_has_left_behind_adds_nothing() -> None:
    text = exported(RECORD)
    later = [update(date, "A", status="stalled", note="No.") for date in ("2025-03-01", "2025-05-01")]
    earlier = update("2024-12-01", "A", note="Background.", by="Kim")
    for added in (later, [earlier], [*later, earlier]):
        grown = replace(RECORD, updates=(*RECORD.updates, *added))
        assert back(grown, text, TODAY).updates == ()


@pytest.mark.parametrize("change", [str.upper, str.title, lambda name: name.capitalize().replace("_", " ")])
def test_columns_in_other_letters_are_ours(change: Callable[[str], str]) -> None:
    header, _, rest = exported(RECORD).decode().partition("\n")
    found = back(RECORD, f"{','.join(map(change, header.split(',')))}\n{rest}".encode())
    assert (found.updates, found.recommendations, found.refused) == ((), (), ())


def test_dates_that_a_spreadsheet_has_written_otherwise_are_no_change() -> None:
    def spoil(row: dict[str, str]) -> None:
        row.update(
            {
                name: f"{row[name]} 00:00:00"
                for name in ("date", "last_update", "since", "as_of")
                if row.get(name)
            }
        )

    for rows in Rows:
        made = back(RECORD, edited(exported(RECORD, rows), spoil), TODAY)
        assert (made.updates, made.refused) == ((), ())


def without(*names: str) -> Callable[[dict[str, str]], None]:
    """Return the change that empties cells."""
    return lambda row: row.update(dict.fromkeys(names, ""))


def test_a_row_without_its_day_and_assessor_shows_what_stands_now() -> None:
    text = edited(exported(RECORD), without("as_of", "by", "updates"))
    assert back(RECORD, text, TODAY).updates == ()


def test_an_export_without_its_day_may_leave_out_what_happened_later_but_was_typed_earlier() -> None:
    dates = ("2024-12-01", "2025-06-01", "2024-12-01", "2024-12-01")
    early = [update(date, "A", note=f"Note {number}.") for number, date in enumerate(dates)]
    tracker = tracked(recommendation("A"), *early, update("2024-12-01", "A", response="accepted"))
    text = exported(tracker, on=day("2025-01-31"))
    assert back(tracker, text, TODAY).unchanged == (2,)
    refused = back(tracker, edited(text, without("as_of")), TODAY).refused
    assert "whether it was changed cannot be told" in refused[0].reason
    (made,) = back(tracker, edited(text, cell("A", as_of="", response="rejected")), TODAY).updates
    assert (made.response, made.note) == (Response.REJECTED, None)


def test_an_export_of_one_assessor_is_compared_with_that_ones_judgements() -> None:
    for by in ("Ana", "Kim"):
        assert back(RECORD, exported(RECORD, by=by), TODAY).updates == ()
    text = edited(exported(RECORD, by="Kim"), without("by"))
    assert back(RECORD, text, TODAY).updates == ()


def test_the_order_of_the_file_is_not_that_of_the_days() -> None:
    late = replace(RECORD, updates=RECORD.updates[::-1])
    for on in (TODAY, day("2025-01-31")):
        assert back(late, exported(late, on=on), TODAY).updates == ()


def test_an_assessor_is_found_by_the_name_that_is_shown() -> None:
    named = tracked(recommendation("A"), *(replace(each, by=f"={each.by}\u202e  L") for each in TWO.updates))
    for each in named.updates:
        assert back(named, exported(named, by=each.by), TODAY).updates == ()


def test_a_day_with_two_readings_refuses_the_row() -> None:
    text = edited(exported(RECORD), lambda row: row.update(as_of="03/04/2026"))
    made = back(RECORD, text, TODAY)
    assert (made.imported, made.unchanged) == ((), ())
    assert {each.reason.partition(";")[0] for each in made.refused} == {"'03/04/2026' could mean two dates"}


def test_the_day_of_an_export_dates_no_update() -> None:
    assert Role.DATE not in rules(exported(RECORD))[1].columns
    found = table.read(b"id,title,as_of\nA,One,2025-01-01\n", columns.is_name, name="other.csv")
    assert guesses.chosen(found, {}, None, None)[Role.DATE] == "as_of"


# ---- something corrected since ----


@given(
    nodes=histories(),
    data=st.data(),
    rows=st.sampled_from(Rows),
    by=st.sampled_from([None, "ANA ", "Bo"]),
    on=DAYS | st.just(TODAY),
)
def test_what_was_exported_before_corrections_adds_nothing_after_them(
    nodes: list[Node], data: st.DataObject, rows: Rows, by: str | None, on: dt.date
) -> None:
    made = [each for each, _ in nodes]
    then, now = tracked(*ASKED, *made[: data.draw(st.integers(0, len(made)))]), tracked(*ASKED, *made)
    found = back(now, exported(then, rows, by=by, on=on), TODAY)
    assert (found.recommendations, found.updates, found.refused, found.remarks) == ((), (), (), ())


WRONG = update("2025-01-01", "A", status="implemented", note="Done.", evidence=[source()])
RIGHT = replace(WRONG, status=Status.PARTIAL, note="Half.", corrects=update_id(WRONG), reason="A slip.")
AS_TYPED, AS_CORRECTED = tracked(recommendation("A"), WRONG), tracked(recommendation("A"), WRONG, RIGHT)


def test_only_the_changed_cells_of_an_export_from_before_a_correction_are_imported() -> None:
    text = edited(exported(AS_TYPED), cell("A", due="2027"))
    (added,) = back(AS_CORRECTED, text, TODAY).updates
    assert (added.status, added.note, added.evidence, added.due) == (None, None, (), partial("2027"))


def test_nobody_can_be_sure_of_a_status_that_was_corrected_since() -> None:
    made = back(AS_CORRECTED, edited(exported(AS_TYPED), cell("A", confidence="high")), TODAY)
    assert (made.updates, [each.line for each in made.unread]) == ((), [2])
    made = back(AS_CORRECTED, edited(exported(AS_CORRECTED), cell("A", confidence="high")), TODAY)
    assert [(each.status, each.confidence) for each in made.updates] == [("partial", "high")]


def test_a_wrong_status_can_be_given_again_by_changing_a_newer_export() -> None:
    text = edited(exported(AS_CORRECTED), cell("A", status="implemented"))
    assert [each.status for each in back(AS_CORRECTED, text, TODAY).updates] == ["implemented"]


@pytest.mark.parametrize("columns", [["corrected"], ["updates", "corrected"], ["updates", "as_of", "by"]])
def test_a_row_that_does_not_say_how_far_the_file_was_brings_nothing_back(columns: list[str]) -> None:
    text = edited(exported(AS_TYPED), without(*columns))
    assert back(AS_CORRECTED, text, TODAY).updates == ()


def test_numbers_that_fit_no_time_may_mean_any() -> None:
    both = tracked(recommendation("A"), WRONG, update("2025-02-01", "A", note="B."), RIGHT)

    def stood(updates: int, corrected: int) -> list[list[str | None]]:
        row = Shown(TODAY, "", None, updates, corrected)
        found = Past(both).standings(both.recommendations[0], row)
        return [[each.note for each in one.standing.updates] for one in found]

    assert stood(1, 0) == [["Done."]]
    assert stood(2, 0) == [["Done.", "B."]]
    assert stood(2, 1) == [["Half.", "B."]]
    for numbers in ((1, 1), (3, 1), (0, 2)):
        assert stood(*numbers) == [["Half.", "B."], ["Done.", "B."], ["Done."], []]


def test_what_a_merge_has_put_before_it_is_no_reason_to_bring_it_back() -> None:
    early = [update(f"2025-02-0{number}", "A", note="Talks.", by="Kim") for number in (1, 2)]
    merged = tracked(recommendation("A"), early[0], WRONG, early[1], RIGHT)
    for then in (AS_TYPED, tracked(recommendation("A"), WRONG, early[1])):
        assert {each.status for each in back(merged, exported(then), TODAY).updates} == set()


# ---- something changed ----


@pytest.mark.parametrize(("by", "on"), [("Ana", TODAY), (None, day("2025-01-31"))])
def test_a_change_to_what_another_has_judged_is_a_change(by: str | None, on: dt.date) -> None:
    text = edited(exported(TWO, by=by, on=on), cell("A", status="partial"))
    (added,) = back(TWO, text, day("2025-12-01")).updates
    assert (added.by, added.status) == ("Ben", "partial")


def test_a_changed_status_is_an_update_without_the_old_note() -> None:
    text = edited(exported(RECORD), cell("A", status="implemented"))
    made = back(RECORD, text, day("2025-12-01"))
    (added,) = made.updates
    assert (added.date, added.by, added.recommendations) == (day("2025-12-01"), "Ben", ("A",))
    assert (added.status, added.note, added.evidence) == ("implemented", None, ())
    assert (len(made.imported), len(made.unchanged)) == (1, 1)
    assert [each.reason for each in made.remarks] == ["A: status partial → implemented"]
    grown = replace(RECORD, updates=(*RECORD.updates, added))
    assert back(grown, text, TODAY).updates == ()


def test_a_changed_comment_is_an_update_without_the_old_status() -> None:
    made = back(RECORD, edited(exported(RECORD), cell("B", note="-Half")), TODAY)
    assert [(each.recommendations, each.status, each.note) for each in made.updates] == [
        (("B",), None, "-Half")
    ]


def test_a_status_that_is_changed_back_is_a_change() -> None:
    made = back(RECORD, edited(exported(RECORD), cell("A", status="in-progress")), TODAY)
    assert [each.status for each in made.updates] == ["in-progress"]


def test_a_change_without_a_date_is_reported() -> None:
    made = back(RECORD, edited(exported(RECORD), cell("A", status="implemented")))
    assert made.updates == ()
    assert [each.reason for each in made.remarks] == [
        "A: status partial → implemented",
        "without a date, a status, comment or link makes no update; give --date DATE",
    ]


def test_a_changed_cell_is_dated_today_and_shown_old_and_new(here: Path, run: Run) -> None:
    run("export", CSV)
    CSV.write_bytes(edited(CSV.read_bytes(), cell("E1", status="implemented", due="2030")))
    outcome = run("import", CSV, "--by", "Ben")
    assert outcome.out.startswith("imported 0 recommendations and 1 update from 6 rows: 1 imported, 5 unchan")
    assert "line 2: E1: status stalled → implemented\n" in outcome.err
    assert "line 2: E1: due 2027-12-31 → 2030\n" in outcome.err
    added = load(here).updates[-1]
    assert (added.date, added.by, added.status, str(added.due)) == (TODAY, "Ben", "implemented", "2030")
    again = here.read_bytes()
    assert run("import", CSV, "--by", "Ben").out.startswith(NOTHING)
    assert here.read_bytes() == again


SOURCED = tracked(
    recommendation("A"),
    update(
        "2025-01-01", "A", evidence=[source("https://a.example/;=1", title="One"), source(None, title="=2")]
    ),
    update("2025-02-01", "A", evidence=[source("javascript:alert(1)"), source("http://www.a.example/;=1")]),
)


def test_sources_are_addresses_a_line_each() -> None:
    (row,) = csv.DictReader(io.StringIO(exported(SOURCED).decode(), newline=""))
    assert row["sources"].split("\n") == ["http://www.a.example/;'=1", "'=2", "javascript:alert(1)"]
    assert back(SOURCED, exported(SOURCED), TODAY).updates == ()


@pytest.mark.parametrize("joint", ["\n", "; "])
def test_an_address_more_is_a_source_more(joint: str) -> None:
    def change(row: dict[str, str]) -> None:
        row["sources"] = joint.join([*row["sources"].split("\n"), "A law https://b.example"])

    (added,) = back(RECORD, edited(exported(RECORD), cell("A")), TODAY).updates or (None,)
    assert added is None
    text = edited(exported(RECORD), change)
    assert {each.evidence for each in back(RECORD, text, TODAY).updates} == {
        (source("https://b.example", title="A law"),)
    }


def test_months_that_excel_has_made_dates_of_are_no_change() -> None:
    made = tracked(
        recommendation("A", due=partial("2025-01")), update("2025-03-01", "A", due=partial("2026-12"))
    )
    for due, first in [("Dec-26", "Jan-25"), ("2026-12-01", "Jan-25"), ("01/12/2026", "01/01/2025")]:
        spoil = cell("A", due=due, first_due=first, as_of="31/01/2026", last_update="01/03/2025")
        again = back(made, edited(exported(made), spoil), TODAY)
        assert (again.updates, again.refused) == ((), ())


def test_the_days_of_our_table_show_one_order() -> None:
    made = tracked(
        recommendation("A", due=day("2025-04-03")), update("2025-03-05", "A", due=day("2025-06-07"))
    )
    spoil = cell("A", due="07/06/2025", first_due="03/04/2025", as_of="31/01/2026", last_update="05/03/2025")
    again = back(made, edited(exported(made), spoil), TODAY)
    assert (again.updates, again.refused, again.remarks) == ((), (), ())


def test_a_new_row_of_our_table_keeps_its_answer_and_its_sources() -> None:
    new = {"id": "C", "area": "defense", "title": "New", "status": "partial", "response": "noted"}
    text = exported(RECORD) + plain_row(**new, sources="https://c.example", due="2027", first_due="2027")
    made = back(RECORD, text, TODAY)
    assert [each.id for each in made.recommendations] == ["C"]
    (added,) = made.updates
    assert (added.status, added.response, added.evidence) == (
        "partial",
        "noted",
        (source("https://c.example"),),
    )


def plain_row(**cells: str) -> bytes:
    """Return a row of our table of recommendations."""
    text = io.StringIO()
    csv.DictWriter(text, sheet.RECOMMENDATION).writerow(cells)
    return text.getvalue().encode()


# ---- actors, answers, target dates ----


@pytest.mark.parametrize("rows", Rows)
@pytest.mark.parametrize("on", [TODAY, day("2025-01-31")])
def test_an_untouched_export_of_actors_parts_and_answers_adds_nothing(rows: Rows, on: dt.date) -> None:
    tracker = load(DATA / "parts.toml")
    made = back(tracker, exported(tracker, rows, on=on), TODAY)
    assert (made.recommendations, made.updates, made.refused, made.remarks) == ((), (), (), ())


def test_an_untouched_export_of_what_was_renamed_adds_nothing() -> None:
    asked = recommendation("Q1", formerly=["R1"])
    tracker = tracked(asked, update("2025-01-24", "r1", status="partial", note="Half.", evidence=[source()]))
    for rows in Rows:
        made = back(tracker, exported(tracker, rows), TODAY)
        assert (made.updates, made.refused, made.remarks) == ((), (), ())


@for_each(
    "cells, wanted",
    [
        ({"response": "under-consideration"}, {"response": "under-consideration"}),
        ({"response": "accepted in principle"}, {"response": "accepted-in-part"}),
        ({"response": ""}, None),
        ({"due": "2027"}, {"due": partial("2027")}),
        ({"due": "Mar 2027"}, {"due": partial("2027-03")}),
        ({"due": "Dec 2026"}, None),
        ({"due": "2026-12-31"}, {"due": day("2026-12-31")}),
        ({"confidence": "high"}, {"status": "partial", "confidence": "high"}),
        ({"confidence": ""}, None),
        ({"status": "stalled"}, {"status": "stalled"}),
        ({"status": "stalled", "confidence": "low"}, {"status": "stalled", "confidence": "low"}),
    ],
)
def test_a_changed_cell_of_an_answer_or_a_date_is_news(
    cells: dict[str, str], wanted: dict[str, object] | None
) -> None:
    tracker = load(DATA / "parts.toml")
    made = back(tracker, edited(exported(tracker), cell("F1", **cells)), TODAY)
    assert made.refused == ()
    fixed = {"date": TODAY, "by": "Ben", "recommendations": ["F1"], "recorded": NOW}
    assert made.updates == ((value_of(Update, {**fixed, **wanted}),) if wanted else ())
    if wanted:
        grown = replace(tracker, updates=(*tracker.updates, *made.updates))
        assert back(grown, edited(exported(tracker), cell("F1", **cells)), TODAY).updates == ()


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"response": "Ministry of Rivers: noted"}, "is what several answered; give one word of all"),
        ({"response": "maybe"}, "'maybe' is not an answer that is known; map it with --map WORD=ANSWER"),
        ({"due": "soon"}, "'soon' is not a date"),
        ({"confidence": "sure"}, "'sure' is not a confidence"),
    ],
)
def test_a_changed_cell_that_says_nothing_is_told(cells: dict[str, str], reason: str) -> None:
    tracker = load(DATA / "parts.toml")
    made = back(tracker, edited(exported(tracker), cell("F1", **cells)), TODAY)
    assert made.updates == ()
    assert [reason in each.reason for each in (*made.refused, *made.unread)] == [True]


def test_a_changed_promise_or_part_differs_from_the_catalogue() -> None:
    tracker = load(DATA / "parts.toml")
    text = edited(exported(tracker), cell("F1.a", first_due="2025", part_of="W1", tags="new"))
    made = back(tracker, text, TODAY)
    assert made.updates == ()
    way = "is left alone; change it with 'pathtrack edit F1.a'"
    assert [each.reason for each in made.remarks] == [
        f"F1.a: part_of 'F1' → 'W1' {way}",
        f"F1.a: tags none → 'new' {way}",
        f"F1.a: first_due '2024-06' → '2025' {way}",
    ]


# ---- what is told is done, and what is not done is named ----


def said(made: Plan) -> list[str]:
    """Return all that is said of rows."""
    return [each.reason for each in (*made.refused, *made.unread, *made.remarks)]


@for_each(
    "cells, told",
    [
        (
            {"status": "not-assessed"},
            "A: status 'partial' → 'not-assessed' is left alone: it is not",
        ),
        ({"status": ""}, "A: status 'partial' → none is left alone: to take back what was recorded, use"),
        ({"note": ""}, "A: note '@home' → none is left alone"),
        ({"sources": ""}, "A: sources: 'https://a.example' stays; to take back what was recorded, use"),
        (
            {"since": "2024-01-01"},
            "A: since '2025-03-01' → '2024-01-01' is left alone, since",
        ),
        ({"last_update": ""}, "A: last_update '2025-03-01' → none is left alone"),
        ({"updates": "2"}, "A: updates '3' → '2' is left alone"),
        ({"corrected": "1"}, "A: corrected '0' → '1' is left alone"),
        ({"evidence": "7"}, "A: evidence '1' → '7' is left alone"),
        ({"overdue": "yes"}, "A: overdue 'no' → 'yes' is left alone"),
        ({"as_of": ""}, "A: as_of '2026-01-31' → none: left alone"),
        ({"as_of": "2024-01-01"}, "A: as_of '2026-01-31' → '2024-01-01': left alone"),
        ({"by": "Kim"}, "A: by none → 'Kim': left alone"),
        ({"summary": "S"}, "A: summary none → 'S' is left alone; change it with 'pathtrack edit A'"),
        ({"ongoing": "yes"}, "A: ongoing 'no' → 'yes' is left alone"),
        ({"title": ""}, "A: title 'A title' → none is left alone"),
        ({"id": ""}, "without its id, known as A by its title"),
        ({"confidence": "high", "status": ""}, "A: status 'partial' → none is left alone"),
    ],
)
def test_a_cell_that_is_not_imported_is_named(cells: dict[str, str], told: str) -> None:
    three = replace(RECORD, recommendations=(*RECORD.recommendations, recommendation("C", title="Third")))
    made = back(three, edited(exported(three), cell("A", **cells)), TODAY)
    assert made.updates == ()
    assert any(each.startswith(told) for each in said(made)), said(made)


def test_a_confidence_is_not_that_of_a_newer_status() -> None:
    text = edited(exported(RECORD), cell("A", confidence="high"))
    grown = replace(RECORD, updates=(*RECORD.updates, update("2025-05-01", "A", status="stalled", by="Kim")))
    made = back(grown, text, TODAY)
    assert made.updates == ()
    assert "since this export, the status has become stalled; export it again" in said(made)[0]


def test_what_was_imported_before_is_told_once() -> None:
    text = edited(exported(RECORD), cell("A", status="stalled", note="No."))
    made = back(RECORD, text, TODAY)
    assert said(made) == ["A: status partial → stalled", "A: note '@home' → 'No.'"]
    again = back(replace(RECORD, updates=(*RECORD.updates, *made.updates)), text, TODAY)
    assert (again.updates, said(again)) == ((), [])


def test_a_status_can_be_changed_back_to_what_the_same_person_said_before() -> None:
    text = edited(exported(TWO), cell("A", status="in-progress"))
    found, how = rules(text, by="Ana", date=TODAY)
    (added,) = plan(found, how, TWO).updates
    assert (added.by, added.status) == ("Ana", "in-progress")


def test_two_rows_about_one_recommendation_are_refused() -> None:
    made = back(RECORD, edited(exported(RECORD), cell("B", id="A", title="A title")), TODAY)
    assert (made.updates, [each.line for each in made.refused]) == ((), [2, 3])
    assert "another row about A says something else" in made.refused[0].reason


# ---- columns that are gone ----


def cut(text: bytes, *kept: str, gone: Sequence[str] = ()) -> bytes:
    """Return a table with some columns only."""
    rows = [*csv.DictReader(io.StringIO(text.decode(), newline=""))]
    written = io.StringIO()
    names = [each for each in rows[0] if (each in kept or not kept) and each not in gone]
    writer = csv.DictWriter(written, names, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue().encode()


@for_each("gone", sheet.RECOMMENDATION)
def test_our_table_without_a_column_is_ours_and_adds_nothing(gone: str) -> None:
    tracker = load(DATA / "parts.toml")
    text = cut(exported(tracker), gone=[gone])
    assert sheet.shape(text.decode().splitlines()[0].split(",")) is Shape.RECOMMENDATIONS
    made = back(tracker, text, TODAY)
    assert (made.recommendations, made.updates, said(made)) == ((), (), [])


@pytest.mark.parametrize("gone", [["updates", "as_of"], ["as_of", "updates", "since", "corrected", "by"]])
def test_an_older_table_without_its_day_is_not_taken_for_changes(gone: list[str]) -> None:
    text = cut(exported(RECORD, on=day("2025-01-31")), gone=[*gone, "last_update", "last_judged", "evidence"])
    made = back(RECORD, text, TODAY)
    assert made.updates == ()
    assert "it is as on an earlier day" in made.refused[0].reason
    changed = back(RECORD, edited(text, cell("A", status="implemented")), TODAY)
    assert [each.status for each in changed.updates] == ["implemented"]


def test_one_persons_judgements_are_not_taken_for_changes_without_the_name() -> None:
    made = back(TWO, cut(exported(TWO, by="Kim"), gone=["by"]), TODAY)
    assert made.updates == ()
    assert "as one assessor judged; without by" in made.refused[0].reason


def test_a_table_without_ids_is_known_by_its_titles_and_adds_no_others() -> None:
    text = edited(cut(exported(RECORD), gone=["id"]), lambda row: row.update(status="stalled"))
    made = back(RECORD, text.replace(b"A title", b"An edited title"), TODAY)
    assert [(each.recommendations, each.status) for each in made.updates] == [(("B",), "stalled")]
    assert "without ids, a new recommendation cannot be told from a changed title" in said(made)


def test_an_id_without_a_title_is_not_taken_for_another() -> None:
    two = tracked(*(recommendation(each, title=f"T {each}") for each in ("1.1", "1.10")))
    text = edited(cut(exported(two), gone=["title"]), lambda row: row.update(id="1.1", status="partial"))
    made = back(two, text, TODAY)
    assert made.updates == ()
    assert "a spreadsheet may have made its id of 1.10; give its title, too" in said(made)


@pytest.mark.usefixtures("here")
def test_some_columns_of_our_table_are_known_by_the_tracker(here: Path, run: Run) -> None:
    run("export", CSV)
    CSV.write_bytes(cut(CSV.read_bytes(), "id", "title", "status", "note"))
    before = here.read_bytes()
    outcome = run("import", CSV, "--by", "Ben")
    assert outcome.out.startswith(NOTHING)
    assert "exported by pathtrack: only changed cells are imported" in outcome.err
    assert here.read_bytes() == before
    outcome = run("import", CSV, "--column", "note=note", "--by", "Ben")
    assert "exported by pathtrack" not in outcome.err


# ---- what is said ----


def test_an_area_that_the_report_lacks_is_added_by_an_option(record: Path, run: Run) -> None:
    run("export", CSV)
    new = {
        "id": "X1",
        "area": "sea power",
        "title": "Chart the sea",
        "status": "not-started",
        "note": "None.",
    }
    CSV.write_bytes(CSV.read_bytes() + plain_row(**new))
    before = record.read_bytes()
    outcome = run("import", CSV)
    assert "is not one of the report's areas" in outcome.err
    assert "--add-area 'sea power' adds it to them" in outcome.err
    assert record.read_bytes() == before
    assert '"sea power"' in run("import", CSV, "--add-area", "sea power", "--dry-run").out
    outcome = run("import", CSV, "--add-area", "sea power")
    assert "X1: a new recommendation" in outcome.err
    assert load(record).report.areas[-1] == "sea power"
    assert run("check").code == 0


def test_a_column_of_ones_own_is_kept_only_where_a_recommendation_is_new(here: Path, run: Run) -> None:
    run("export", CSV)
    CSV.write_bytes(CSV.read_bytes().replace(b"as_of,by", b"as_of,by,Mine", 1))
    before = here.read_bytes()
    outcome = run("import", CSV)
    assert "not read: 'Mine'" in outcome.err
    assert "kept in source" not in outcome.err
    assert here.read_bytes() == before
    new = {"id": "X1", "area": "water", "title": "Chart the sea"}
    CSV.write_bytes(CSV.read_bytes() + plain_row(**new))
    assert (
        "kept in source, which tracker.json publishes, of 1 new recommendation: 'Mine'"
        in run("import", CSV).err
    )


def test_every_changed_cell_is_named(record: Path, run: Run) -> None:
    run("export", CSV)
    CSV.write_bytes(edited(CSV.read_bytes(), lambda row: row.update(summary=f"Of {row['id']}.")))
    before = record.read_bytes()
    lines = [each for each in run("import", CSV).err.splitlines() if ": summary " in each]
    assert len(lines) == len(load(record).recommendations)
    assert record.read_bytes() == before


def test_a_status_changed_back_to_what_it_once_was_is_news() -> None:
    dates = {"2025-01-01": "stalled", "2025-02-01": "partial"}
    tracker = tracked(recommendation("A"), *(update(date, "A", status=each) for date, each in dates.items()))
    made = back(tracker, edited(exported(tracker), cell("A", status="stalled")), TODAY)
    assert [each.status for each in made.updates] == [Status.STALLED]
