"""The form that asks an actor, and what comes back of it."""

import csv
import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from conftest import Outcome, Run
from pathtrack import load
from pathtrack.file import store
from pathtrack.file.document import Document
from pathtrack.file.store import Written
from pathtrack.record.model import Update
from pathtrack.sheet import form
from pathtrack.sheet.form import FILLED, SHOWN, Column
from samples import DATA, TODAY, day, source
from statements import for_each

pytestmark = pytest.mark.usefixtures("unpacked_here")

Change = Callable[[Worksheet], object]
Cell = str | dt.datetime
FORM = Path("ask.xlsx")
RIVERS = "Ministry of Rivers"
FIRST = 6
ROWS = {"F1": 6, "F1.a": 7, "F2": 8, "F3": 9, "O2": 10}
PLACES = {column: "ABCDEFGHIJKL"[place] for place, column in enumerate((*SHOWN, *FILLED))}
PERFECT: Mapping[Column, Cell] = {
    Column.ANSWER: "Accepted in part",
    Column.DONE: "The gauges are ordered.\n\nTelephones follow.",
    Column.EVIDENCE: "Order 12 https://rivers.example/order\nhttps://rivers.example/plan",
    Column.TARGET: dt.datetime(2027, 6, 30),  # noqa: DTZ001 as openpyxl has dates
    Column.REASON: "The maker failed.",
    Column.CONTACT: "Kim, 02-123",
}


@pytest.fixture
def asked(here: Path, run: Run) -> Path:
    """Return a tracker that asks somebody, with the form for one of them beside it."""
    here.write_bytes((DATA / "parts.toml").read_bytes())
    assert run("ask", "ministry", "-o", FORM).err.endswith(
        f"\nsend it to Ministry of Rivers, and when it is filled in: pathtrack import {FORM}\n"
    )
    return here


def fill(rows: Mapping[str, Mapping[Column, Cell]], change: Change = lambda _: None) -> None:
    """Fill in rows of the form as an official does, and change it otherwise."""
    book = openpyxl.load_workbook(FORM)
    page = book["Form"]
    for identifier, cells in rows.items():
        for column, value in cells.items():
            page[f"{PLACES[column]}{ROWS[identifier]}"] = value
    change(page)
    book.save(FORM)


def sort(page: Worksheet, width: int = 13) -> None:
    """Turn the rows of the form around, in the first columns only if they are named."""
    last = FIRST + len(ROWS) - 1
    rows = [[page.cell(row, column).value for column in range(1, width + 1)] for row in ROWS.values()]
    for place, cells in enumerate(rows):
        for column, value in enumerate(cells, start=1):
            page.cell(last - place, column).value = value


def added(path: Path) -> list[Update]:
    return [*load(path).updates[len(load(DATA / "parts.toml").updates) :]]


def taken(run: Run, path: Path = FORM, *options: str) -> Outcome:
    return run("import", path, *options)


# ---- the form ----


@pytest.mark.usefixtures("asked")
def test_the_form_asks_what_the_actor_was_asked() -> None:
    page = openpyxl.load_workbook(FORM)["Form"]
    assert [page.cell(row, 1).value for row in range(FIRST, page.max_row + 1)] == [*ROWS]
    assert [page.cell(FIRST - 1, n).value for n in range(1, 13)] == [*SHOWN, *FILLED]
    first = {column: page[f"{place}{FIRST}"].value for column, place in PLACES.items()}
    assert first[Column.ASKED] == "Warn both banks of every flood"
    assert first[Column.STATUS] == "partial since 1 Feb 2025"
    assert (first[Column.DUE], first[Column.ANSWERED]) == ("Dec 2026", "Accepted")
    assert {first[column] for column in FILLED} == {None}


@pytest.mark.usefixtures("asked")
def test_what_is_ours_is_locked_without_a_password() -> None:
    page = openpyxl.load_workbook(FORM)["Form"]
    assert page.protection.sheet
    assert page.protection.password is None
    locked = {column: page[f"{place}{FIRST}"].protection.locked for column, place in PLACES.items()}
    assert locked == {**dict.fromkeys(SHOWN, True), **dict.fromkeys(FILLED, False)}
    assert page.column_dimensions["M"].hidden
    answers, _ = page.data_validations.dataValidation
    assert (str(answers.sqref), answers.type) == ("G6:G10", "list")
    assert answers.formula1 == '"Accepted,Accepted in part,Noted,Rejected,Under consideration"'


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        ((), [*ROWS]),
        (("--awaiting",), ["F1.a", "O2"]),
        (("--overdue",), []),
        (("--area", "data"), ["O2"]),
        (("--status", "not-assessed"), ["F3", "O2"]),
        (("--tag", "priority", "--status", "partial"), ["F1"]),
    ],
)
def test_the_filters_choose_what_is_asked(
    options: tuple[str, ...], ids: list[str], asked: Path, run: Run
) -> None:
    outcome = run("ask", RIVERS, "-o", "other.xlsx", *options)
    if not ids:
        assert outcome.refused(2).startswith("nothing to ask of 'Ministry of Rivers'")
        return
    page = openpyxl.load_workbook("other.xlsx")["Form"]
    assert [page.cell(row, 1).value for row in range(FIRST, page.max_row + 1)] == ids
    assert f"wrote other.xlsx: {len(ids)} recommendation" in outcome.err
    assert asked.read_bytes() == (DATA / "parts.toml").read_bytes()


def test_the_same_record_makes_the_same_form(asked: Path, run: Run) -> None:
    run("ask", RIVERS, "-o", "again.xlsx", "--file", asked)
    assert Path("again.xlsx").read_bytes() == FORM.read_bytes()


@pytest.mark.usefixtures("asked")
def test_no_form_that_may_be_filled_is_replaced(run: Run) -> None:
    before = FORM.read_bytes()
    exists = "the file already exists (ask.xlsx); give another path with -o"
    assert run("ask", RIVERS, "-o", FORM).refused(3) == exists
    named = "a form is a workbook (ask.ods); give -o a path that ends with .xlsx"
    assert run("ask", RIVERS, "-o", "ask.ods").refused(2) == named
    assert FORM.read_bytes() == before


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize(
    ("actor", "message"),
    [
        (["Minsitry"], "'Minsitry' is not an actor; did you mean Ministry of Rivers?"),
        (["Zzz"], "'Zzz' is not an actor; expected one of Ministry of Rivers, Coast Agency"),
        ([], "ACTOR is missing; expected one of Ministry of Rivers, Coast Agency"),
    ],
)
def test_who_can_be_asked_is_said(actor: list[str], message: str, run: Run) -> None:
    assert run("ask", *actor, "-o", "n.xlsx").refused(2) == message


def test_where_nobody_is_asked_yet_the_way_out_is_said(asked: Path, run: Run) -> None:
    lines = asked.read_text(encoding="utf-8").splitlines(keepends=True)
    bare = [line for line in lines if not line.startswith("actors")]
    asked.write_text("".join(bare), encoding="utf-8", newline="")
    message = "no recommendation says who is asked to act; add actors = ['Army'] in 'pathtrack edit F1'"
    assert run("ask", "Army", "-o", "n.xlsx").refused(2) == message
    asked.write_text('[report]\ntitle = "R"\n', encoding="utf-8", newline="")
    assert run("ask", "Army").refused(2).endswith("; add one with 'pathtrack add'")


def test_of_very_many_who_can_be_asked_some_are_named(asked: Path, run: Run) -> None:
    names = ", ".join(f'"Body {number}"' for number in range(40))
    text = asked.read_text(encoding="utf-8")
    asked.write_text(text.replace('["Coast Agency"]', f"[{names}]", 1), encoding="utf-8", newline="")
    assert run("ask", "Zzz").refused(2).endswith("Body 8, Body 9 and 30 more")


# ---- five officials ----


def test_a_perfect_form_is_taken_cell_by_cell(asked: Path, run: Run) -> None:
    fill({"F1": PERFECT})
    before = asked.read_bytes()
    dry = taken(run, FORM, "--dry-run")
    assert asked.read_bytes() == before
    assert dry.err.splitlines()[:8] == [
        "ask.xlsx: a form that asks 'Ministry of Rivers', of 2026-01-31: 1 row filled in",
        "F1: ask 'Kim, 02-123', which is not recorded",
        "F1, 'Your answer' (G6): accepted → accepted-in-part",
        "F1, 'New target date' (J6): 2026-12 → 2027-06-30",
        "F1, 'What was done' (H6): none → 'The gauges are ordered.\\n\\nTelephones follow.'",
        "F1, 'Reason for the new date' (K6): none → 'The maker failed.'",
        "F1, 'Web address that shows it' (I6): none → 'https://rivers.example/order'",
        "F1, 'Web address that shows it' (I6): none → 'https://rivers.example/plan'",
    ]
    assert dry.err.endswith("rows: 1 with news, 0 unchanged, 0 not imported, 4 not filled in\n")
    assert 'response = "accepted-in-part"' in dry.out
    assert taken(run).out.startswith("recorded 1 answer in recommendations.toml; rows: 1 with news, 0 unch")
    assert asked.read_bytes().startswith(before)
    (made,) = added(asked)
    assert (made.date, made.by, made.actors, made.recommendations) == (TODAY, RIVERS, (RIVERS,), ("F1",))
    assert (made.status, made.response, made.due) == (None, "accepted-in-part", day("2027-06-30"))
    assert made.note == (
        "The gauges are ordered.\n\nTelephones follow.\n\nReason for the new target date: The maker failed."
    )
    assert made.evidence == (
        source("https://rivers.example/order", title="Order 12"),
        source("https://rivers.example/plan"),
    )
    assert "Kim" not in asked.read_text(encoding="utf-8")[len(before) :]
    assert taken(run).out.startswith("recorded 0 answers in recommendations.toml; rows: 0 with news, 1 unch")


def test_a_form_filled_in_part_says_what_it_says(asked: Path, run: Run) -> None:
    fill(
        {
            "F1": {Column.DONE: "Begun."},
            "F2": {Column.ANSWER: "Noted", Column.TARGET: dt.datetime(1905, 7, 19)},  # noqa: DTZ001
            "O2": {Column.TARGET: "June 2027", Column.EVIDENCE: "javascript:alert(1)\nhttps://ok.example"},
        }
    )
    outcome = taken(run)
    assert "F2, 'New target date' (J8): none → 2027\n" in outcome.err
    assert "O2, 'Web address that shows it' (I10) is not taken: 'javascript:alert(1)'" in outcome.err
    assert "O2: the new target date has no reason\n" in outcome.err
    assert "2 not filled in" in outcome.out
    said = {
        each.recommendations: (each.response, each.due and str(each.due), each.note) for each in added(asked)
    }
    assert said == {
        ("F1",): (None, None, "Begun."),
        ("F2",): ("noted", "2027", None),
        ("O2",): (None, "2027-06", None),
    }


@pytest.mark.parametrize("width", [13, 12])
def test_a_sorted_and_renamed_form_is_the_same(width: int, asked: Path, run: Run) -> None:
    def change(page: Worksheet) -> None:
        sort(page, width)
        page.title = "Antworten"
        page.sheet_properties.tabColor = "FF0000"

    fill({"F1": {Column.DONE: "One."}, "O2": {Column.ANSWER: "Rejected"}}, change)
    FORM.rename("Kopie von ask (2).xlsx")
    outcome = taken(run, Path("Kopie von ask (2).xlsx"))
    assert "changed" not in outcome.err
    assert {(each.recommendations, each.response, each.note) for each in added(asked)} == {
        (("F1",), None, "One."),
        (("O2",), "rejected", None),
    }


def test_a_form_may_be_filled_in_korean(asked: Path, run: Run) -> None:
    fill(
        {
            "F2": {
                Column.ANSWER: "일부 수용",
                Column.DONE: "하천 구역의 신축을 금지했다.",
                Column.CONTACT: "김 사무관",
            }
        }
    )
    assert "F2, 'Your answer' (G8): noted → accepted-in-part" in taken(run).err
    (made,) = added(asked)
    assert (made.response, made.note) == ("accepted-in-part", "하천 구역의 신축을 금지했다.")


def test_free_words_for_an_answer_are_kept_and_told(asked: Path, run: Run) -> None:
    fill({"F3": {Column.ANSWER: "Yes, but later", Column.DONE: "Talks."}})
    outcome = taken(run)
    assert (
        "F3, 'Your answer' (G9) is not taken: 'Yes, but later' is none of Accepted, Accepted in"
        in outcome.err
    )
    assert outcome.err.splitlines()[-1].startswith("F3, 'Your answer' (G9)")
    (made,) = added(asked)
    assert (made.response, made.note) == (None, "Talks.\n\nAnswer: Yes, but later")
    assert taken(run, FORM, "--map", "Yes, but later=accepted-in-part").out.startswith("recorded 1 answer")
    assert added(asked)[-1].response == "accepted-in-part"


def test_a_form_saved_as_csv_is_the_same(asked: Path, run: Run) -> None:
    fill({"F1": {Column.DONE: "One;\nand two."}, "O2": {Column.ANSWER: "Noted"}})
    with Path("ask.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=";").writerows(
            openpyxl.load_workbook(FORM)["Form"].iter_rows(values_only=True)
        )
    assert "changed" not in taken(run, Path("ask.csv")).err
    said = [(each.recommendations, each.response, each.note) for each in added(asked)]
    assert said == [(("F1",), None, "One;\nand two."), (("O2",), "noted", None)]


def test_a_form_may_come_from_a_pipe_and_in_another_encoding(asked: Path, run: Run) -> None:
    fill({"F2": {Column.DONE: "건물 없음"}})
    rows = [*openpyxl.load_workbook(FORM)["Form"].iter_rows(values_only=True)]
    lines = ("\t".join(" ".join(str(cell or "").split()) for cell in row) for row in rows)
    assert run("import", "-", input="\r\n".join(lines).encode("utf-16")).code == 0
    assert [(each.by, each.note) for each in added(asked)] == [(RIVERS, "건물 없음")]


def test_a_form_that_somebody_else_has_changed_the_file_for_is_planned_again(
    asked: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill({"F1": {Column.DONE: "One."}})
    change = store.change

    def late(path: Path, make: Callable[[Document], Document], *, waiting: Callable[[], None]) -> Written:
        monkeypatch.setattr(store, "change", change)
        path.write_bytes(path.read_bytes() + b"# a remark\n")
        return change(path, make, waiting=waiting)

    monkeypatch.setattr(store, "change", late)
    assert taken(run).code == 0
    assert b"# a remark\n" in asked.read_bytes()
    assert [each.note for each in added(asked)] == ["One."]


# ---- damage ----


def test_a_row_that_moved_meanwhile_is_told_and_taken(asked: Path, run: Run) -> None:
    fill({"F1": {Column.DONE: "One."}, "F2": {Column.DONE: "Two."}})
    run("update", "F1", "--status", "stalled", "--note", "Stopped.", "--date", "2026-01-30")
    outcome = taken(run)
    was = "'partial since 1 Feb 2025' → 'stalled since 30 Jan 2026'"
    assert f"F1, 'Where it stands, as we see it' (C6) has changed since: {was}\n" in outcome.err
    assert "F2, 'Where" not in outcome.err
    assert [each.note for each in added(asked)] == ["Stopped.", "One.", "Two."]


def test_a_locked_cell_that_was_changed_is_not_read(asked: Path, run: Run) -> None:
    fill({"F1": {Column.DONE: "One."}}, lambda page: page.__setitem__("C6", "implemented"))
    told = (
        "F1, 'Where it stands, as we see it' (C6) is not taken: 'implemented' stands where we have 'partial"
    )
    assert told in taken(run).err
    assert [each.note for each in added(asked)] == ["One."]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda page: page.__setitem__("A6", "X9"), None),
        (lambda page: page.__setitem__("A6", None), None),
        (lambda page: page.delete_cols(13), None),
        (lambda page: page.insert_cols(2), None),
        (lambda page: page.delete_rows(1, 3), None),
        (lambda page: page.insert_rows(1, 2), None),
        (lambda page: page.delete_cols(1), None),
        (
            lambda page: (page.delete_cols(13), page.__setitem__("A6", "F2")),
            "A6: 'F2' is not the number of what B6 asks",
        ),
        (lambda page: (page.delete_cols(13), page.__setitem__("A6", "X9")), None),
        (
            lambda page: (
                page.delete_cols(13),
                page.__setitem__("A6", "X9"),
                page.__setitem__("B6", "Warn both banks"),
            ),
            "A6: the tracker has no recommendation 'X9'",
        ),
    ],
)
def test_a_damaged_form_is_understood_or_refused_by_cell(
    change: Change, reason: str | None, asked: Path, run: Run
) -> None:
    fill({"F1": {Column.DONE: "One."}, "F3": {Column.DONE: "Three."}}, change)
    outcome = taken(run)
    assert outcome.code == 0
    said = [(each.by, each.recommendations, each.note) for each in added(asked)]
    assert said == [(RIVERS, ("F1",), "One.")] * (not reason) + [(RIVERS, ("F3",), "Three.")]
    assert reason is None or f"not imported: {reason}; not taken: A6 '" in outcome.err


def test_rows_that_answer_differently_are_both_refused(asked: Path, run: Run) -> None:
    def double(page: Worksheet) -> None:
        for column in range(1, 14):
            page.cell(11, column).value = page.cell(6, column).value
            page.cell(12, column).value = page.cell(9, column).value
        page["H12"] = "Otherwise."

    fill({"F1": {Column.DONE: "One."}, "F3": {Column.DONE: "Three."}}, double)
    outcome = taken(run)
    assert "not imported: A9 and A12 answer for F3 differently: H9 'Three.'\n" in outcome.err
    assert [each.note for each in added(asked)] == ["One."]
    assert "error: 2 rows cannot be imported" in taken(run, FORM, "--strict").err


def bare(page: Worksheet) -> None:
    """Take the hidden column and all that stands above the header."""
    page.delete_cols(13)
    page.delete_rows(1, 4)


def test_a_form_without_its_hidden_column_and_name_is_refused(asked: Path, run: Run) -> None:
    fill({"F1": {Column.DONE: "One."}}, bare)
    assert taken(run).refused(2).startswith("the form does not say who was asked")
    assert added(asked) == []


@pytest.mark.usefixtures("asked")
def test_a_form_with_nothing_in_it_is_refused(run: Run) -> None:
    assert taken(run).refused(2).startswith("nothing is filled in")


def test_the_form_of_another_tracker_or_actor_is_refused(asked: Path, run: Run) -> None:
    fill({"F1": {Column.DONE: "One."}})
    text = asked.read_text(encoding="utf-8")
    asked.write_text(text.replace("One River", "Two Rivers"), encoding="utf-8", newline="")
    assert taken(run).refused(2).startswith("the form is about 'One River, Two Banks', not 'Two Rivers, Two")
    asked.write_text(text.replace(RIVERS, "Office of Lakes"), encoding="utf-8", newline="")
    assert taken(run).refused(2).startswith("the form asks 'Ministry of Rivers', but the tracker asks noth")


@for_each(
    "text",
    [
        "",
        "pathtrack ask/1",
        '{"form": "pathtrack ask/1"}',
        '{"form": "other", "report": "R", "actor": "A", "date": "2026"}',
        '"pathtrack ask/1' + "[" * 5_000,
        "[" * 19_000 + "pathtrack ask/1",
        '{"form": "pathtrack ask/1", "report": "' + "x" * 20_000 + '", "actor": "A", "date": "D"}',
    ],
)
def test_what_is_no_header_of_a_form_is_none(text: str) -> None:
    assert form.read(text) is None


@given(st.text(), st.text(), st.dates())
def test_a_form_comes_back_from_its_header(report: str, actor: str, date: dt.date) -> None:
    made = form.Form(report, actor, date.isoformat())
    assert form.read(made.text) == made
    assert made.text.isascii()


def test_of_very_many_rows_that_are_not_taken_the_first_are_named(asked: Path, run: Run) -> None:
    def add(page: Worksheet) -> None:
        for row in range(11, 311):
            page.cell(row, 1).value, page.cell(row, 8).value = f"X{row}", "Words."

    fill({"F1": {Column.DONE: "One."}}, add)
    dry, said = taken(run, FORM, "--dry-run").err, taken(run).err
    assert (dry.count("not imported: "), said.count("not imported: ")) == (300, 100)
    assert "and 200 more rows not taken; --dry-run names all of them\n" in said
    assert [each.note for each in added(asked)] == ["One."]
