"""Our own tables and forms, opened and saved by LibreOffice under the settings of two countries."""

import datetime as dt
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.worksheet.filters import FilterColumn, Filters
from openpyxl.worksheet.worksheet import Worksheet

from conftest import DATA, Run
from pathtrack import load
from pathtrack.record.model import Update

CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"
READING = "--infilter=Text - txt - csv (StarCalc):44,34,76,1"
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>%s</value></prop></item></oor:items>
"""


@pytest.fixture(scope="module", params=["ko-KR", "de-DE"])
def profile(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the settings of a country for LibreOffice."""
    folder = tmp_path_factory.mktemp("office") / "user"
    folder.mkdir()
    settings = folder / "registrymodifications.xcu"
    settings.write_text(_SETTINGS % request.param, encoding="utf-8")
    return folder.parent


def saved(profile: Path, path: Path, form: str) -> Path:
    """Return the file that LibreOffice saves in another form."""
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless"]
    command += [READING] if path.suffix == ".csv" else []
    command += ["--convert-to", CSV if form == "csv" else form, "--outdir", "saved", str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return Path("saved") / f"{path.stem}.{form}"


@pytest.fixture
def tracker(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copy(DATA / str(request.param), tmp_path / "recommendations.toml"))


@pytest.mark.parametrize(
    ("name", "tracker"),
    [("tracker.xlsx", "record.toml"), ("tracker.csv", "parts.toml")],
    indirect=["tracker"],
)
def test_our_tables_come_back_and_add_nothing(name: str, profile: Path, tracker: Path, run: Run) -> None:
    before = tracker.read_bytes()
    assert run("export", name).code == 0
    for form in ("xlsx", "ods", "csv"):
        outcome = run("import", saved(profile, Path(name), form), "--strict")
        assert outcome.out.startswith("imported 0 recommendations and 0 updates from "), (form, outcome.err)
        assert " 0 imported, " in outcome.out
    assert tracker.read_bytes() == before


def perfect(page: Worksheet) -> None:
    page["G6"], page["H6"] = "Accepted in part", "게이지를 주문했다.\n\nMore next year."
    page["I6"] = "Order 12 https://rivers.example/order\nhttps://rivers.example/plan"
    page["J6"], page["K6"], page["L6"] = dt.datetime(2027, 6, 30), "The maker failed.", "Kim"  # noqa: DTZ001


def partly(page: Worksheet) -> None:
    page["H6"], page["G8"], page["L9"] = "Begun.", "Noted", "Lee"
    page["G6"].comment = Comment("Call me.", "Lee")


def sorted_and_renamed(page: Worksheet) -> None:
    page["H6"], page["G10"] = "One.", "Rejected"
    rows = [[cell.value for cell in row] for row in page["A6:M10"]]
    for cells, values in zip(page["A6:M10"], reversed(rows), strict=True):
        for cell, value in zip(cells, values, strict=True):
            cell.value = value
    page["I6"] = "see here"
    page["I6"].hyperlink = "https://rivers.example/no"
    page.title, page["G5"], page["N5"], page["N6"] = "Antworten", "Antwort", "Bemerkung", "Bitte anrufen"


def in_korean(page: Worksheet) -> None:
    page["G8"], page["H8"], page["J8"] = "일부 수용", "신축을 금지했다.", "2027년 말까지"
    page.row_dimensions[9].hidden = page.column_dimensions["B"].hidden = True
    shown = Filters(filter=["F1", "F1.a", "F2", "O2"])
    page.auto_filter.filterColumn.append(FilterColumn(colId=0, filters=shown))


def in_free_words(page: Worksheet) -> None:
    page["G9"], page["H9"], page["J9"], page["C8"] = "Yes, but later", "Talks.", "Q3 2027", "implemented"
    page["G6"] = "Noted"
    page.merge_cells("G6:G7")
    page["A12"] = "General remark: we need money."


OFFICIALS = (perfect, partly, sorted_and_renamed, in_korean, in_free_words)


@pytest.mark.parametrize("tracker", ["parts.toml"], indirect=True)
@pytest.mark.parametrize("form", ["xlsx", "ods", "xls"])
def test_five_filled_forms_come_back_the_same(form: str, profile: Path, tracker: Path, run: Run) -> None:
    before = tracker.read_bytes()
    assert run("ask", "Ministry of Rivers").code == 0

    def taken(path: Path) -> tuple[list[str], list[Update]]:
        tracker.write_bytes(before)
        outcome = run("import", path)
        old = len(load(DATA / "parts.toml").updates)
        new = [replace(each, recorded=None) for each in load(tracker).updates[old:]]
        lines = outcome.err.replace(f"{path}: ", "").splitlines()
        # What an old workbook says in comments is not read.
        return [line.replace(" 'Call me.'", "") for line in lines], new

    for official in OFFICIALS:
        book = openpyxl.load_workbook("ask.xlsx")
        official(book["Form"])
        path = Path(f"{official.__name__}.xlsx")
        book.save(path)
        lines, new = taken(path)
        assert new
        assert taken(saved(profile, path, form)) == (lines, new), official


@pytest.mark.parametrize("tracker", ["parts.toml"], indirect=True)
def test_a_form_saved_as_csv_comes_back_the_same(profile: Path, tracker: Path, run: Run) -> None:
    assert run("ask", "Ministry of Rivers").code == 0
    book = openpyxl.load_workbook("ask.xlsx")
    book["Form"]["G6"], book["Form"]["H6"] = "Accepted in part", "게이지를 주문했다.\nMore next year."
    book.save("ask.xlsx")
    outcome = run("import", saved(profile, Path("ask.xlsx"), "csv"))
    assert outcome.out.startswith("recorded 1 answer in "), outcome.err
    assert "not taken" not in outcome.err
    made = load(tracker).updates[-1]
    assert (made.response, made.note) == ("accepted-in-part", "게이지를 주문했다.\nMore next year.")
