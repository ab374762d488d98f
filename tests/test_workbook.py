"""A tracker as a workbook, and back."""

import datetime as dt
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from conftest import Run
from pathtrack import load, sheet
from pathtrack.export import workbook
from pathtrack.export.csv import GAO_COLUMNS
from pathtrack.record.crosswalk import Scheme
from pathtrack.record.dates import partial
from pathtrack.record.model import Tracker
from pathtrack.text import safe
from samples import DATA, HOSTILE, TODAY, prose, recommendation, seen, source, tracked, update
from statements import for_each

pytestmark = pytest.mark.usefixtures("unpacked_here")

SHEETS = ["Recommendations", "Updates", "Sources", "Read me"]
PARTS = load(DATA / "parts.toml")


def opened(tracker: Tracker, scheme: Scheme | None = None) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(workbook.render(seen(tracker, TODAY), scheme)))


def rows(page: Worksheet) -> list[dict[object, object]]:
    header, *others = page.iter_rows(values_only=True)
    return [dict(zip(header, each, strict=True)) for each in others]


def test_a_workbook_has_a_sheet_for_each_kind_of_thing() -> None:
    book = opened(PARTS)
    assert book.sheetnames == SHEETS
    columns = [[cell.value for cell in book[name][1]] for name in SHEETS[:3]]
    assert columns[:2] == [[*sheet.RECOMMENDATION], [*sheet.UPDATE]]
    assert [len(rows(book[name])) for name in SHEETS[:2]] == [12, len(seen(PARTS, TODAY).updates)]
    for name in SHEETS[:3]:
        page = book[name]
        assert page.freeze_panes == "B2"
        assert page.auto_filter.ref == page.dimensions
        assert page.print_title_rows == "$1:$1"


def test_days_are_dates_and_months_are_text() -> None:
    made = tracked(
        recommendation(due=partial("2027-06")),
        update("2025-01-24", due=dt.date(2027, 12, 31)),
        update("2025-02-01", due=partial("2028")),
        update("1899-12-31"),
    )
    book = opened(made)
    (row,) = rows(book["Recommendations"])
    assert (row["last_update"], row["first_due"], row["due"]) == (dt.datetime(2025, 2, 1), "2027-06", "2028")  # noqa: DTZ001
    assert (row["updates"], row["moved"]) == (3, 2)
    assert [each["date"] for each in rows(book["Updates"])] == [
        "1899-12-31",
        *(dt.datetime(2025, month, date) for month, date in [(1, 24), (2, 1)]),  # noqa: DTZ001
    ]
    assert book["Recommendations"]["H2"].number_format == "yyyy-mm-dd"


@settings(max_examples=5)
@given(st.lists(prose, min_size=5, max_size=20))
def test_no_text_is_a_formula_and_all_of_it_is_there(notes: list[str]) -> None:
    asked = [recommendation(f"A{number}") for number in range(len(notes))]
    noted = [update("2025-01-24", f"A{number}", note=f"={note}") for number, note in enumerate(notes)]
    made = tracked(*asked, *noted)
    book = opened(made)
    assert not any(cell.data_type == "f" for page in book for line in page.iter_rows() for cell in line)
    shown = [row["note"] for row in rows(book["Recommendations"])]
    assert shown == [safe(sheet.prose(each.note or "")) for each in made.updates]


@for_each("text", ["=1+1", "{=1}", "@x", "'=1", "007", "1.10", "TRUE", "#N/A", "_x000D_", HOSTILE])
def test_text_that_looks_like_something_else_stays_text(text: str) -> None:
    book = opened(tracked(recommendation(title=text), update(note=text)))
    cell = book["Recommendations"]["D2"]
    assert (cell.value, cell.data_type, cell.number_format) == (safe(text), "s", "@")


def test_only_safe_addresses_are_links() -> None:
    addresses = ["https://a.example/x?y=1#z", "javascript:alert(1)", "https://user@b.example", "file:///etc"]
    addresses += ["https://long.example/" + "x" * 1900, "mailto:a@b.example"]
    made = tracked(recommendation(), *(update(evidence=[source(each, title=each)]) for each in addresses))
    page = opened(made)["Sources"]
    links = {
        cell.value: cell.hyperlink.target for line in page.iter_rows() for cell in line if cell.hyperlink
    }
    assert links == {addresses[0]: addresses[0].split("#")[0], addresses[4]: addresses[4]}
    assert {each["url"] for each in rows(page)} == {*addresses}


def test_a_source_has_the_recommendations_it_is_about() -> None:
    made = tracked(
        *map(recommendation, ("A", "B")),
        update("2025-01-24", "A", evidence=[source(title="One")]),
        update("2025-02-24", "B", "A", evidence=[source("http://www.example.org/a", kind="law")]),
    )
    (row,) = rows(opened(made)["Sources"])
    assert (row["recommendations"], row["title"], row["kind"]) == ("A; B", "One", "law")


def test_a_text_that_no_cell_holds_is_cut_and_says_so() -> None:
    note = "가" * 40_000
    (row,) = rows(opened(tracked(recommendation(), update(note=note)))["Recommendations"])
    shown = str(row["note"])
    assert len(shown) == 32_767
    assert shown.endswith(sheet.CUT)


def test_gaos_table_is_one_sheet_and_nothing_else() -> None:
    book = opened(PARTS, Scheme.GAO)
    assert book.sheetnames == ["Recommendations"]
    assert [cell.value for cell in book["Recommendations"][1]] == [*GAO_COLUMNS]
    columns = [cell.value for cell in opened(PARTS, Scheme.OGP)["Recommendations"][1]]
    assert columns == [*sheet.RECOMMENDATION, "ogp"]


def test_the_same_record_makes_the_same_bytes() -> None:
    made = workbook.render(seen(PARTS, TODAY))
    assert made == workbook.render(seen(PARTS, TODAY))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not any("macro" in name.lower() or "external" in name for name in archive.namelist())
    properties = openpyxl.load_workbook(io.BytesIO(made)).properties
    assert (properties.title, properties.created) == ("One River, Two Banks", dt.datetime(2026, 1, 31))  # noqa: DTZ001


def test_the_last_sheet_explains_the_others() -> None:
    text = [
        str(cell) for line in opened(PARTS)["Read me"].iter_rows(values_only=True) for cell in line if cell
    ]
    assert {"One River, Two Banks", "Sheets", "Columns", "Statuses", "Method"} <= {*text}
    assert any("one row for each update" in each for each in text)


# ---- and back ----


@pytest.mark.parametrize("sheet_", ["Recommendations", "Updates"])
@pytest.mark.parametrize("name", ["parts", "here"])
def test_an_untouched_workbook_adds_nothing(
    name: str, sheet_: str, request: pytest.FixtureRequest, run: Run
) -> None:
    path: Path = request.getfixturevalue(name)
    before = path.read_bytes()
    assert run("export", "tracker.xlsx").code == 0
    outcome = run("import", "tracker.xlsx", "--sheet", sheet_, "--strict")
    assert outcome.out.startswith("imported 0 recommendations and 0 updates from "), outcome.err
    assert " 0 imported, " in outcome.out
    assert path.read_bytes() == before


@pytest.mark.usefixtures("here")
def test_a_hostile_tracker_comes_back_from_a_workbook_and_adds_nothing(here: Path, run: Run) -> None:
    long = "가" * 40_000
    for number, text in enumerate(
        ["=1+1", "'=1", "x;=1+41;y", "TRUE", "2025-01", "_x0041_", "- a\n- SUM(A1)", long]
    ):
        name = {"title": f"T {text[:30]}".splitlines()[0], "note": text}
        run("add", f"1.{number}0", "--area", "water", "--title", name["title"])
        run(
            "update",
            f"1.{number}0",
            "--status",
            "partial",
            "--note",
            name["note"],
            "--evidence",
            name["title"],
        )
    before = here.read_bytes()
    run("export", "tracker.xlsx")
    for sheet_ in ("Recommendations", "Updates"):
        outcome = run("import", "tracker.xlsx", "--sheet", sheet_, "--strict")
        assert outcome.out.startswith("imported 0 recommendations and 0 updates from "), outcome.err
    assert here.read_bytes() == before


def test_an_edited_cell_is_an_update_and_shown_old_and_new(here: Path, run: Run) -> None:
    run("export", "tracker.xlsx")
    book = openpyxl.load_workbook("tracker.xlsx")
    page = book["Recommendations"]
    columns = [cell.value for cell in page[1]]
    page.cell(2, columns.index("status") + 1).value = "implemented"
    page.cell(2, columns.index("due") + 1).value = dt.datetime(2030, 1, 2)  # noqa: DTZ001 as openpyxl has dates
    book.save("tracker.xlsx")
    outcome = run("import", "tracker.xlsx", "--by", "Ben")
    assert "row 2: E1: status stalled → implemented\n" in outcome.err
    assert "row 2: E1: due 2027-12-31 → 2030-01-02\n" in outcome.err
    added = load(here).updates[-1]
    assert (added.by, added.date, added.status, added.due) == (
        "Ben",
        TODAY,
        "implemented",
        dt.date(2030, 1, 2),
    )


def test_messages_name_the_sheet_and_other_sheets_that_were_changed(here: Path, run: Run) -> None:
    run("export", "tracker.xlsx")
    book = openpyxl.load_workbook("tracker.xlsx")
    page = book["Updates"]
    columns = [cell.value for cell in page[1]]
    page.cell(3, columns.index("note") + 1).value = "Another note."
    page.append([None, dt.datetime(2026, 1, 2), None, "Kim", "E1", None, "stalled"])  # noqa: DTZ001 likewise
    book.save("tracker.xlsx")
    before = here.read_bytes()
    outcome = run("import", "tracker.xlsx")
    assert "warning: sheet 'Updates' was changed, too; import it with --sheet Updates\n" in outcome.err
    assert "sheet 'Sources' is not read: sources follow from the updates\n" in outcome.err
    assert here.read_bytes() == before
    outcome = run("import", "tracker.xlsx", "--sheet", "Updates")
    assert "sheet 'Updates', row 3 was not imported: note " in outcome.err
    assert "sheet 'Updates', row 14: a new update about E1\n" in outcome.err
    assert load(here).updates[-1].by == "Kim"
    assert "sources follow from the updates" in run("import", "tracker.xlsx", "--sheet", "Sources").refused(2)
