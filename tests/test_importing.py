import csv
import datetime as dt
import io
import json
import re
import shlex
import shutil
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from conftest import Run
from pathtrack.cli import app, screen
from pathtrack.export.csv import GAO_COLUMNS
from pathtrack.file import store
from pathtrack.record.status import Status
from samples import DATA, SMALL, day
from workbooks import saved

TABLES = DATA / "import"
PLAN = ["--scheme", "ogp", "--date-format", "dmy"]
TABLE = 'Title,Area,Status,Note\nMeasure the tide,water,partial,Half.\n"Pay, at last",energy,,\n'
TRACKER = Path("recommendations.toml")


@pytest.fixture
def table() -> Path:
    """A small table in the present folder."""
    path = Path("table.csv")
    path.write_text(TABLE, encoding="utf-8")
    return path


# ---- a new tracker ----


def test_a_new_tracker_is_made_of_a_table(table: Path, run: Run) -> None:
    outcome = run("import", table, "--date", "yesterday", "--title", "Tides", "--publisher", "Port Institute")
    counts = "2 recommendations and 1 update from 2 rows: 2 imported, 0 unchanged, 0 not imported, 0 empty"
    assert (outcome.code, outcome.out) == (0, f"imported {counts}; into recommendations.toml\n")
    assert outcome.err.splitlines() == [
        "table.csv: 2 rows, UTF-8, separated by commas",
        "columns: title from 'Title', area from 'Area', status from 'Status', note from 'Note'",
        "statuses: 'partial' is partial",
        "date of the updates, where a row gives none: 2026-01-30",
        "warning: the update lacks what its status wants; 'pathtrack check' names what",
        "next: pathtrack check or pathtrack list",
    ]
    written = re.sub(r"recorded = \S+Z", "recorded = NOW", TRACKER.read_text(encoding="utf-8"))
    assert written == (
        '#:schema ./pathtrack.schema.json\n\n[report]\ntitle = "Tides"\npublisher = "Port Institute"\n'
        '\n[[recommendation]]\nid = "W1"\narea = "water"\ntitle = "Measure the tide"\n'
        '[recommendation.source]\nTitle = "Measure the tide"\nArea = "water"\nStatus = "partial"\n'
        'Note = "Half."\n"taken for partial" = "partial"\n'
        '\n[[recommendation]]\nid = "E1"\narea = "energy"\ntitle = "Pay, at last"\n'
        '[recommendation.source]\nTitle = "Pay, at last"\nArea = "energy"\nStatus = ""\nNote = ""\n'
        '\n[[update]]\ndate = 2026-01-30\nrecorded = NOW\nby = "Test Author"\nrecommendations = ["W1"]\n'
        'status = "partial"\nnote = "Half."\n'
    )
    assert run("check", "--strict").code == 1  # half of it lacks its evidence: the import does not hide that


def test_updates_that_lack_what_their_status_wants_are_counted(table: Path, run: Run) -> None:
    """What check warns of after the import is told by it, of its own updates and of no others."""
    rows = (
        "Title,Status,Note,Evidence\nOne,partial,Half,https://a.example\nTwo,partial,,\nThree,implemented,,\n"
    )
    table.write_text(rows, encoding="utf-8")
    looked, outcome = (run("import", table, "--title", "T", *more) for more in (["--dry-run"], []))
    for each in (looked, outcome):
        assert "\nwarning: 2 of 3 updates lack what their status wants; " in each.err
    assert run("check").out.count("thin-") == 2
    table.write_text(rows + "Four,stalled,Why,\n", encoding="utf-8")
    again = run("import", table, "--default-area", "general", "--json")
    assert json.loads(again.out)["warnings"] == []
    table.write_text(rows + "Four,stalled,Why,\nFive,reversed,,\nSix,stalled,Why,\n", encoding="utf-8")
    again = run("import", table, "--default-area", "general", "--json")
    told = "1 of 2 updates lacks what its status wants; 'pathtrack check' names what"
    assert json.loads(again.out)["warnings"] == [told]


def test_a_table_is_read_from_stdin(run: Run) -> None:
    outcome = run("import", "-", "--title", "T", input="﻿" + TABLE)
    assert outcome.code == 0
    assert outcome.err.startswith("-: 2 rows, UTF-8, separated by commas\n")
    assert len(store.load(TRACKER).recommendations) == 2


def test_a_table_from_stdin_has_no_title(run: Run) -> None:
    outcome = run("import", "-", input=TABLE)
    assert outcome.code == 2
    assert outcome.err.endswith("error: a new tracker needs the title of its report; give --title TEXT\n")
    assert not TRACKER.exists()


@pytest.mark.parametrize(
    ("column", "title"),
    [
        ("Publication Name", "Ports: A Plan"),
        ("Whatever", "Recommendations from table.csv"),
        ("Report", "Ports: A Plan"),
    ],
)
def test_the_title_is_that_of_the_table_or_of_its_file(
    column: str, title: str, table: Path, run: Run
) -> None:
    table.write_text(f'Title,{column}\nOne,Ports: A Plan\nTwo,"Ports:\nA Plan"\n', encoding="utf-8")
    assert run("import", table, "--default-area", "a").code == 0
    assert store.load(TRACKER).report.title == title


def test_several_reports_in_a_table_give_no_title(table: Path, run: Run) -> None:
    table.write_text("Title,Report\nOne,A\nTwo,B\n", encoding="utf-8")
    assert run("import", table, "--default-area", "a", "--file", "new.toml").code == 0
    assert store.load(Path("new.toml")).report.title == "Recommendations from table.csv"


# ---- an existing one ----


def test_an_existing_tracker_keeps_every_byte(here: Path, table: Path, run: Run) -> None:
    outcome = run("import", table, "--date", "2025-12-01", "--by", "Ana Lee")
    assert outcome.code == 0
    after, end = here.read_bytes(), SMALL.index(b"\n# ---- the record ----")
    assert after.startswith(SMALL[:end] + b'\n[[recommendation]]\nid = "W2"\n')
    assert SMALL[end:] + b"\n[[update]]\ndate = 2025-12-01\n" in after
    tracker = store.load(here)
    assert [each.id for each in tracker.recommendations[6:]] == ["W2", "E2"]
    assert tracker.updates[-1].by == "Ana Lee"


def test_importing_again_adds_nothing_and_touches_nothing(here: Path, table: Path, run: Run) -> None:
    run("import", table, "--date", "2025-12-01")
    before, stamp = here.read_bytes(), here.stat().st_mtime_ns
    outcome = run("import", table, "--date", "2026-01-01")
    assert outcome.code == 0
    assert outcome.out.startswith(
        "imported 0 recommendations and 0 updates from 2 rows: 0 imported, 2 unchanged,"
    )
    assert (here.read_bytes(), here.stat().st_mtime_ns) == (before, stamp)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("option", ["--title", "--publisher"])
def test_an_existing_tracker_has_its_report(option: str, table: Path, run: Run) -> None:
    outcome = run("import", table, option, "T")
    assert outcome.code == 2
    message = f"the tracker already has a report ({TRACKER}); leave --title and --publisher out"
    assert message in outcome.err
    assert TRACKER.read_bytes() == SMALL


def test_what_another_saved_meanwhile_is_kept(
    here: Path, table: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    locked = store.locked

    def busy(path: Path, *, waiting: Callable[[], None]) -> object:
        here.write_bytes(SMALL + b"# saved meanwhile\n")
        return locked(path, waiting=waiting)

    monkeypatch.setattr(store, "locked", busy)
    assert run("import", table).code == 0
    assert b"# saved meanwhile\n" in here.read_bytes()
    assert len(store.load(here).recommendations) == 8


def test_what_another_imported_meanwhile_is_not_imported_again(
    here: Path, table: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    table.write_text(TABLE + "Third,nowhere,,\n", encoding="utf-8")
    locked = store.locked

    def busy(path: Path, *, waiting: Callable[[], None]) -> object:
        monkeypatch.setattr(store, "locked", locked)
        run("import", table)
        return locked(path, waiting=waiting)

    monkeypatch.setattr(store, "locked", busy)
    outcome = run("import", table)
    assert outcome.out.startswith(
        "imported 0 recommendations and 0 updates from 3 rows: 0 imported, 2 unchanged,"
    )
    assert outcome.err.count("line 4 was not imported: 'nowhere' is not one of the report's areas") == 1
    assert [each.id for each in store.load(here).recommendations[6:]] == ["W2", "E2"]


def test_what_another_saved_meanwhile_may_refuse_every_row(
    table: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    locked = store.locked
    TRACKER.write_text('[report]\ntitle = "R"\n', encoding="utf-8")
    saved = '[report]\ntitle = "R"\nareas = ["land"]\n'

    def busy(path: Path, *, waiting: Callable[[], None]) -> object:
        TRACKER.write_text(saved, encoding="utf-8")
        return locked(path, waiting=waiting)

    monkeypatch.setattr(store, "locked", busy)
    outcome = run("import", table)
    assert (outcome.code, outcome.out) == (2, "")
    assert "error: no rows could be imported; nothing was written" in outcome.err
    assert TRACKER.read_text(encoding="utf-8") == saved


# ---- looking first ----


@pytest.mark.parametrize("there", [True, False], ids=["existing", "new"])
def test_a_dry_run_prints_the_very_text_and_writes_nothing(there: bool, table: Path, run: Run) -> None:  # noqa: FBT001 a parameter
    if there:
        shutil.copyfile(DATA / "tracker.toml", TRACKER)
    arguments = ["import", str(table), "--date", "2025-12-01"]
    outcome = run(*arguments, "--dry-run")
    assert outcome.code == 0
    assert TRACKER.read_bytes() == SMALL if there else not TRACKER.exists()
    assert "would import 2 recommendations and 1 update from 2 rows" in outcome.err.splitlines()[-1]
    assert run(*arguments).code == 0
    end = SMALL.index(b"\n# ---- the record ----")
    after = TRACKER.read_bytes()
    if there:
        catalogue, record = after.removeprefix(SMALL[:end]).split(SMALL[end:])
        after = catalogue + record
    assert timeless(outcome.out) == timeless(after.decode())


def timeless(text: str) -> str:
    return re.sub(r"recorded = \S+Z", "recorded = NOW", text)


# ---- what is not taken ----

TROUBLED = (
    "Title,Status,Link\nOne,partial,\nTwo,what,\n,,\nThree,,ftp://a.example\nFour,what,\nOne,partial,\n"
)


BEGIN_AGAIN = "to start over, delete it and import a corrected table, or use the options above"


def test_rows_that_cannot_be_taken_are_listed_and_the_others_taken(run: Run) -> None:
    outcome = run("import", "-", "--title", "T", "--default-area", "a", "--date", "today", input=TROUBLED)
    assert outcome.code == 0
    assert outcome.err.splitlines()[-9:-1] == [
        "line 7 was not imported: a repeat of line 2",
        "lines 3, 6: a cell was left out: 'what' is not a status word",
        "line 5: a cell was left out: 'ftp://a.example' is not a safe web address",
        "warning: the update lacks what its status wants; 'pathtrack check' names what",
        "to do, and then import again:",
        f"1. map them with --map 'what=STATUS' or --scheme; STATUS is one of {', '.join(Status)}",
        "2. correct 1 row that was not imported, as listed above",
        "3. correct the cells that were left out in 1 row, or do without them",
    ]
    assert outcome.out == (
        "imported 4 recommendations and 1 update from 6 rows: "
        "4 imported, 0 unchanged, 1 not imported, 1 empty; into recommendations.toml\n"
    )


@pytest.mark.parametrize(
    ("text", "there", "options", "number"),
    [
        ("One,partial\n,what\n", False, [], "1 of 2 rows"),
        ("One,partial\n,what\n,what\n", False, [], "1 of 3 rows"),
        ("One,partial\nOne,partial\n,\n", False, [], None),
        ("One,partial\n,what\n", True, [], None),
        ("One,partial\n,what\n", False, ["--dry-run"], None),
    ],
    ids=["refused", "refused twice", "taken once", "existing", "dry run"],
)
def test_a_new_tracker_that_lacks_rows_is_warned_of(
    text: str,
    there: bool,  # noqa: FBT001 a parameter
    options: list[str],
    number: str | None,
    run: Run,
) -> None:
    if there:
        shutil.copyfile(DATA / "tracker.toml", TRACKER)
    title = [] if there else ["--title", "T"]
    table = f"Title,Status\n{text}"
    outcome = run("import", "-", *title, "--default-area", "water", *options, input=table)
    assert outcome.code == 0
    warned = re.findall(r"(?m)^warning: the new recommendations.toml lacks (.*);", outcome.err)
    assert warned == ([number] if number else [])
    assert outcome.err.splitlines()[-1].startswith("next:") is not bool(options)


def test_all_or_nothing_is_written_where_that_is_asked_for(run: Run) -> None:
    outcome = run("import", "-", "--title", "T", "--default-area", "a", "--strict", input=TROUBLED)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.splitlines()[-1] == (
        "error: 4 rows cannot be imported whole; nothing was written; "
        "correct them, or leave --strict out to import the others"
    )
    assert not TRACKER.exists()


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("text", "todo"),
    [
        ("Title,Status\n,what\n", "see the reasons above"),
        ("Title,Status\n", "give a table with rows"),
        ("Title,Status\n,\n", "give a table with rows"),
    ],
)
@pytest.mark.parametrize("dry_run", [[], ["--dry-run"]], ids=["write", "dry run"])
def test_where_no_row_can_be_taken_nothing_is_written(
    text: str, todo: str, dry_run: list[str], run: Run
) -> None:
    outcome = run("import", "-", "--default-area", "water", *dry_run, input=text)
    assert (outcome.code, outcome.out) == (2, "")
    last = outcome.err.splitlines()[-1]
    assert last == f"error: no rows could be imported; nothing was written; {todo}"
    assert TRACKER.read_bytes() == SMALL


def test_words_are_mapped(table: Path, run: Run) -> None:
    table.write_text("Title,Status\nOne,Behind   SCHEDULE\nTwo,a=b\nThree,n/a\n", encoding="utf-8")
    mapped = ["--map", "behind-schedule=Stalled", "--map", "a=b=partial", "--map", "n/a=not-started"]
    outcome = run("import", table, *mapped, "--default-area", "a", "--date", "today", "--title", "T")
    assert "statuses: 'Behind SCHEDULE' is stalled, 'a=b' is partial, 'n/a' is not-started\n" in outcome.err
    assert [each.status for each in store.load(TRACKER).updates] == ["stalled", "partial", "not-started"]


def test_words_are_read_as_before_and_that_is_reported_once(table: Path, run: Run) -> None:
    arguments = ["import", str(table), "--default-area", "a", "--date"]
    table.write_text("Title,Status\nOne,Behind plan\nTwo,Done\n", encoding="utf-8")
    assert run(*arguments, "yesterday", "--map", "behind plan=stalled", "--map", "Done=partial").code == 0
    table.write_text(
        "Title,Status\nOne,DONE\nTwo,Behind  Plan\nThree,partial\nFour,amber\n", encoding="utf-8"
    )
    looked = run(*arguments, "today", "--dry-run")
    outcome = run(*arguments, "today", "--map", "done=implemented")
    lines = outcome.err.splitlines()
    assert [line for line in lines if line.startswith("statuses")] == [
        "statuses: 'DONE' is implemented, 'partial' is partial",
        "statuses: 'Behind Plan' is stalled, as before",
    ]
    assert "\nstatuses: 'DONE' is partial, 'Behind Plan' is stalled, as before\n" in looked.err
    assert lines[-2] == "1. if these colours mean no more than that, add --map 'amber=in-progress'"
    statuses = [each.status for each in store.load(TRACKER).updates]
    assert statuses == ["stalled", "partial", "implemented", "stalled", "partial"]


def test_columns_are_named(table: Path, run: Run) -> None:
    table.write_text("Title,Was,Wer\nlong text,kurz,Amt\n", encoding="utf-8")
    named = ["--column", "title=Was", "--column", "actor=wer", "--column", "summary=Title"]
    assert run("import", table, *named, "--default-area", "a").code == 0
    (made,) = store.load(TRACKER).recommendations
    assert (made.title, made.summary, made.actors) == ("kurz", "long text", ("Amt",))


LINKS = ("https://a.example", "Gazette https://b.example", "A letter")
DATES = ("2025-01-01", "03/04/2025", "soon")


@pytest.mark.parametrize(
    ("name", "cells", "role"),
    [
        *((name, LINKS, "link") for name in ("Source", "Sources")),
        *((name, DATES, "date") for name in ("Last reviewed", "Reviewed", "Updated", "As of")),
        *((name, ("Annual report", "https://a.example"), None) for name in ("Source", "Sources")),
        *((name, ("yes", "no", "2025-01-01"), None) for name in ("Reviewed", "Updated")),
        ("Sources", ("", ""), None),
    ],
)
def test_a_column_with_a_vague_name_is_taken_for_what_its_cells_are(
    name: str, cells: tuple[str, ...], role: str | None, run: Run
) -> None:
    text = f"Title,{name}\n" + "".join(f"T{number},{each}\n" for number, each in enumerate(cells))
    outcome = run("import", "-", "--title", "T", "--default-area", "a", "--dry-run", input=text)
    shown = [f"columns: title from 'Title'{f', {role} from {name!r}' if role else ''}"]
    shown += [] if role else [f"kept in source, which tracker.json publishes: {name!r}"]
    assert [line for line in outcome.err.splitlines() if line.startswith(("columns", "kept"))] == shown


DATED = (
    "Title,Last updated,Due,Status\nOne,12-06-2025,,partial\nTwo,30-05-2025,02/03/2027,partial\n"
    "Three,2025-04-01,12/31/2027,partial\n"
)


def test_dates_are_read_in_the_order_that_their_column_shows(run: Run) -> None:
    outcome = run("import", "-", "--title", "T", "--default-area", "a", "--strict", input=DATED)
    assert [line for line in outcome.err.splitlines() if line.startswith("dates")] == [
        "dates: 'Last updated' is day-month-year, as in 30-05-2025",
        "dates: 'Due' is month-day-year, as in 12/31/2027",
    ]
    tracker = store.load(TRACKER)
    assert [str(each.date) for each in tracker.updates] == ["2025-06-12", "2025-05-30", "2025-04-01"]
    assert [str(each.due) for each in tracker.recommendations] == ["None", "2027-02-03", "2027-12-31"]


@pytest.mark.parametrize(
    ("added", "options", "refused"),
    [
        ("Four,05/30/2025,,\n", [], "line 2: a cell was left out: '12-06-2025' could mean two dates; give"),
        ("", ["--date-format", "mdy"], "line 3: a cell was left out: '30-05-2025' is not a date"),
    ],
    ids=["contradiction", "option"],
)
def test_no_order_is_guessed_where_dates_contradict_or_it_is_given(
    added: str, options: list[str], refused: str, run: Run
) -> None:
    outcome = run("import", "-", "--title", "T", "--default-area", "a", *options, input=DATED + added)
    assert "dates: 'Last updated'" not in outcome.err
    assert f"\n{refused}" in outcome.err


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["missing.csv"], 3, "no such file (missing.csv); give the path of a table, or - for stdin"),
        (["folder.csv"], 3, "not a regular file (folder.csv)"),
        (["table.csv", "--preset", "goa"], 2, "'goa' is not a preset; did you mean gao?"),
        (["table.csv", "--preset", "gao"], 2, "the table has no column 'Recommendation'; expected one of"),
        (["table.csv", "--scheme", "goa"], 2, "'goa' is not a scheme; did you mean gao?"),
        (["table.csv", "--date-format", "dym"], 2, "'dym' is not a date order; did you mean dmy"),
        (["table.csv", "--date", "soon"], 2, "'soon' is not a date; give one such as 2025-01-24, 2025-01"),
        (
            ["table.csv", "--map", "x"],
            2,
            "'x' does not map a word; use WORD=STATUS, such as \"Behind schedule=stalled\"",
        ),
        (["table.csv", "--map", "x=patial"], 2, "'patial' is not a status; did you mean partial?"),
        (["table.csv", "--column", "x"], 2, "'x' is not WHAT=COLUMN; give one such as note=Comments"),
        (["table.csv", "--title", ""], 0, ""),
        (["table.csv", "--title", "a\nb"], 2, "'title' must be on one line"),
    ],
)
@pytest.mark.usefixtures("table")
def test_wrong_usage_is_said(arguments: list[str], code: int, message: str, run: Run) -> None:
    Path("folder.csv").mkdir()
    outcome = run("import", *arguments)
    assert outcome.code == code
    assert TRACKER.exists() == (code == 0)
    if message:
        last = outcome.err.splitlines()[-1]
        assert last.startswith(f"error: {message}")


def test_a_broken_tracker_is_left_alone(table: Path, run: Run) -> None:
    TRACKER.write_text("broken", encoding="utf-8")
    outcome = run("import", table)
    assert outcome.code == 3
    assert TRACKER.read_text(encoding="utf-8") == "broken"


def test_no_hostile_character_is_shown(run: Run) -> None:
    text = "Title,Status,\x1b[31mNote\u202e\nOne,\x1b[32m\u2028,x\n"
    outcome = run("import", "-", "--title", "T", "--default-area", "a", input=text)
    assert "is not a status word" in outcome.err
    assert not {"\x1b", "\u202e", "\u2028"} & {*outcome.err}


# ---- whole reports ----


def gao_rows(text: str) -> list[list[str]]:
    """Return the rows below GAO's header, their first ten cells."""
    rows = [row[: len(GAO_COLUMNS)] for row in csv.reader(io.StringIO(text, newline="")) if any(row)]
    header = next(
        n for n, row in enumerate(rows) if [" ".join(each.split()) for each in row] == [*GAO_COLUMNS]
    )
    return rows[header + 1 :]


def test_gaos_columns_come_out_as_they_went_in(run: Run) -> None:
    assert run("import", TABLES / "gao.csv", "--preset", "gao", "--by", "GAO").code == 0
    source = gao_rows((TABLES / "gao.csv").read_text(encoding="utf-8"))
    printed = {row[6]: row for row in gao_rows(run("export", "--format", "csv", "--scheme", "gao").out)}
    assert len(printed) == 52
    several = 0
    for text, row in printed.items():
        rows = [each for each in source if each[6] == text]
        several += len(rows) > 1
        for column, cells in enumerate(zip(*rows, strict=True)):
            joint = "\n\n" if GAO_COLUMNS[column] == "Comments" else "; "
            assert row[column] == joint.join(dict.fromkeys(cells))
    assert several == 7


def test_gaos_export_is_imported_checked_updated_and_exported(run: Run) -> None:
    outcome = run("import", TABLES / "gao.csv", "--preset", "gao", "--by", "GAO")
    assert "above the header, not read: lines 1-3\n" in outcome.err
    assert "date of the updates, where a row gives none: 2026-01-15\n" in outcome.err
    tracker = store.load(TRACKER)
    assert (tracker.report.title, tracker.report.publisher) == (
        "Recommendations from gao.csv",
        "U.S. Government Accountability Office",
    )
    assert {each.date for each in tracker.updates} == {day("2026-01-15")}
    assert run("check").code == 0
    done = run("update", "gao-24-107777-3", "--status", "implemented", "--evidence", "https://a.example")
    assert done.code == 0
    rows = {row[6]: row[7] for row in gao_rows(run("export", "--format", "csv", "--scheme", "gao").out)}
    changed = next(status for text, status in rows.items() if "was last reported" in text)
    assert changed == "Closed–Implemented"
    assert run("import", TABLES / "gao.csv", "--preset", "gao", "--by", "GAO").out.startswith(
        "imported 0 recommendations and 0 updates"
    )


def test_a_report_of_another_body_is_imported_checked_and_exported(run: Run) -> None:
    outcome = run("import", TABLES / "plan.csv", *PLAN, "--by", "Observatory", "--title", "Plan", "--strict")
    assert outcome.code == 0
    assert "plan.csv: 18 rows, Windows-1252, separated by semicolons\n" in outcome.err
    assert run("check").code == 0
    shown = run("list", "--status", "implemented").out.splitlines()
    assert [line.split("\t")[0] for line in shown] == ["1.1", "2.2", "3.2", "3.4", "5.1"]
    assert "**in-progress** (OGP: Limited)" in run("export", "--scheme", "ogp").out


def test_our_own_export_comes_back_as_it_was(here: Path, run: Run) -> None:
    run("export", "own.csv")
    here.unlink()
    mapped = ["--title", "T", "--strict", "--date", "today"]
    assert run("import", "own.csv", *mapped).code == 0
    old = run("list", "--file", DATA / "tracker.toml").out.splitlines()
    new = run("list").out.splitlines()
    kept = [0, 1, 6]  # id, area, title
    assert [[line.split("\t")[n] for n in kept] for line in new] == [
        [line.split("\t")[n] for n in kept] for line in old
    ]
    assert [line.split("\t")[2] for line in new] == [line.split("\t")[2] for line in old]


# ---- while it takes long ----


class Terminal(io.StringIO):
    """A stderr that is a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_bar_is_drawn_on_a_terminal_when_it_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal, timer = Terminal(), threading.Timer
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(threading, "Timer", lambda _, start: timer(0, start))
    with screen.slow_progress("reading", 2) as advance:
        advance()
        time.sleep(0.2)
    assert "reading" in terminal.getvalue()


def test_no_bar_is_drawn_where_it_is_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with screen.slow_progress("reading", 2) as advance:
        advance()
    assert "reading" not in terminal.getvalue()


# ---- workbooks ----


def test_the_sheet_with_a_known_header_is_read_and_others_are_named(run: Run) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Read me"])
    for name, title in [("Recommendations", "One"), ("Archive", "Two")]:
        sheet = book.create_sheet(name)
        for row in (["Recommendations of the inquiry"], ["Id", "Title", "Area", "Status", "Date"]):
            sheet.append(row)
        sheet.append(["1.10", title, "a", "Completed", dt.date(2026, 3, 4)])
    Path("t.xlsx").write_bytes(saved(book))
    outcome = run("import", "t.xlsx")
    assert outcome.err.startswith(
        "t.xlsx: 1 row, sheet 'Recommendations'; --sheet reads 'Sheet' or 'Archive'\n"
        "above the header, not read: row 1\n"
        "but a new tracker takes its title from there, without --title: 'Recommendations of the inquiry'\n"
    )
    tracker = store.load(TRACKER)
    assert tracker.report.title == "Recommendations of the inquiry"
    assert [(each.id, each.title) for each in tracker.recommendations] == [("1.10", "One")]
    assert [(each.status, str(each.date)) for each in tracker.updates] == [("implemented", "2026-03-04")]
    for sheet_option in ("archive", "arch\u00adive", "3"):
        other = run("import", "t.xlsx", "--sheet", sheet_option, "--file", f"{sheet_option}.toml")
        assert "sheet 'Archive'" in other.err
    wrong = run("import", "t.xlsx", "--sheet", "Archiv")
    assert (wrong.code, wrong.err) == (
        2,
        "error: there is no sheet 'Archiv' (t.xlsx); did you mean Archive?\n",
    )


def test_the_row_of_the_header_may_be_given(run: Run) -> None:
    Path("t.csv").write_text("Title,Status\nWas,Lage\nOne,partial\n", encoding="utf-8")
    given = ["--column", "title=Was", "--column", "status=Lage", "--default-area", "a", "--date", "2026"]
    outcome = run("import", "t.csv", "--header-row", "2", *given)
    assert outcome.out.startswith("imported 1 recommendation and 1 update from 1 row:")
    assert "error: line 9 is empty" in run("import", "t.csv", "--header-row", "9").err


def test_a_list_of_records_in_json_is_a_table(run: Run) -> None:
    records = [
        {"id": 7, "title": "One", "area": "a", "tags": ["x", "y"], "more": {"k": 1}},
        {"id": "7b", "title": "Two", "area": "b", "done": True},
        {"title": None},
    ]
    Path("t.json").write_text(json.dumps({"items": records}), encoding="utf-8")
    outcome = run("import", "t.json")
    assert outcome.err.startswith("t.json: 3 rows, UTF-8, JSON\n")
    first, second = store.load(TRACKER).recommendations
    assert (first.id, first.tags, first.source["more.k"]) == ("7", ("x", "y"), "1")
    assert (second.id, second.source["done"]) == ("7b", "true")
    assert outcome.out.endswith(
        "2 imported, 0 unchanged, 0 not imported, 1 empty; into recommendations.toml\n"
    )


def test_a_file_of_another_encoding_is_read_as_that(run: Run) -> None:
    Path("t.csv").write_bytes("id,title,area\n1,отчёт,область\n".encode("koi8-r"))
    refused = run("import", "t.csv")
    assert (refused.code, "--encoding" in refused.err) == (3, True)
    assert run("import", "t.csv", "--encoding", "koi8-r").code == 0
    assert store.load(TRACKER).recommendations[0].title == "отчёт"


# ---- the first try, without options ----


def test_a_table_without_areas_or_dates_has_a_general_area_and_is_of_today(run: Run) -> None:
    Path("t.csv").write_text("promise_id,promiseText,status\nP1,Fix the road,Completed\n", encoding="utf-8")
    outcome = run("import", "t.csv")
    assert "area of the recommendations: general\n" in outcome.err
    assert "date of the updates, where a row gives none: 2026-01-31; for another, give --date" in outcome.err
    tracker = store.load(TRACKER)
    assert [(each.id, each.area, each.title) for each in tracker.recommendations] == [
        ("P1", "general", "Fix the road")
    ]
    assert [(each.status, str(each.date)) for each in tracker.updates] == [("implemented", "2026-01-31")]
    assert "0 recommendations and 0 updates" in run("import", "t.csv").out


def test_a_column_of_sentences_gives_the_titles_where_no_name_says_so(run: Run) -> None:
    Path("t.csv").write_text(
        "Wann,Was\n2025,Den Hafen endlich ausbauen\n2026,Die Fähre bezahlen\n", encoding="utf-8"
    )
    outcome = run("import", "t.csv")
    assert "columns: title from 'Was'" in outcome.err
    assert [each.title for each in store.load(TRACKER).recommendations] == [
        "Den Hafen endlich ausbauen",
        "Die Fähre bezahlen",
    ]


def test_dates_that_a_column_lacks_are_not_those_of_today(run: Run) -> None:
    Path("t.csv").write_text("Title,Status,Date\nOne,Completed,\n", encoding="utf-8")
    assert "without a date, a status, comment or link makes no update" in run("import", "t.csv").err
    assert store.load(TRACKER).updates == ()


@pytest.mark.parametrize(
    "text",
    ["Title" + ",a" * 16_000 + "\nOne\n", "Title" + ",a b" * 5000 + "\n" + "One,x\n" * 1000],
    ids=["equal names", "short rows"],
)
def test_a_table_of_thousands_of_columns_takes_no_time(text: str, run: Run) -> None:
    Path("t.csv").write_text(text, encoding="utf-8")
    start = time.process_time()
    assert run("import", "t.csv").code == 0
    assert time.process_time() - start < 8  # 0.3 s on an idle machine, 13 s where each name is looked for


# ---- what people must know ----


RAG = "No,Recommendation,RAG,Date\n1,Build it,Green,2025-03-01\n2,Dredge it,R,2025-03-01\n3,Light it,G,\n"


def test_colours_are_mapped_by_lines_to_copy_and_remembered(table: Path, run: Run) -> None:
    table.write_text(RAG, encoding="utf-8")
    asked = run("import", table, "--file", "new.toml", "--dry-run").err.splitlines()
    (line,) = (each for each in asked if "--map" in each)
    start, _, options = line.partition(" --map ")
    assert start == "1. if these colours mean no more than that, add"
    assert run("import", table, "--file", "new.toml", *shlex.split(f"--map {options}")).code == 0
    made = store.load(Path("new.toml"))
    assert [each.status for each in made.updates] == ["in-progress", "stalled"]
    # A row without a date made no update, and its word is remembered all the same.
    table.write_text(RAG.replace("2025-03", "2025-04").replace(",G,", ",Green,2025-05-01"), encoding="utf-8")
    again = run("import", table, "--file", "new.toml")
    assert "statuses: 'Green' is in-progress, 'R' is stalled, as before\n" in again.err
    assert "--map" not in again.err
    assert len(store.load(Path("new.toml")).updates) == 5


def test_what_there_is_to_know_comes_after_the_text_of_a_dry_run(table: Path) -> None:
    done = CliRunner().invoke(app, ["import", str(table), "--dry-run", "--date", "today"])
    text, _, notes = done.output.partition("table.csv: 2 rows")
    assert text == done.stdout
    assert text.endswith('note = "Half."\n')
    assert notes.splitlines()[-1].startswith("would import 2 recommendations and 1 update")


def test_of_a_strict_dry_run_that_is_refused_no_text_is_printed(table: Path, run: Run) -> None:
    table.write_text("Title,Status\nOne,Blue\n", encoding="utf-8")
    outcome = run("import", table, "--dry-run", "--strict")
    assert (outcome.code, outcome.out) == (2, "")
    assert "line 2: a cell was left out: 'Blue' is not a status word\n" in outcome.err


def test_a_status_of_a_day_to_come_is_named_with_its_row(table: Path, run: Run) -> None:
    table.write_text(
        "Title,Status,Date\nOne,done,2026-02-01\nTwo,done,2026-01-31\nThree,done,Jan 2026\n", encoding="utf-8"
    )
    told = run("import", table).err
    assert "line 2: 2026-02-01 is in the future, and the update counts from then on\n" in told
    assert told.count("in the future") == 1


def test_what_claims_nothing_lacks_no_date(table: Path, run: Run) -> None:
    table.write_text("Title,Status,Date\nOne,N/A,\nTwo,done,\n", encoding="utf-8")
    told = run("import", table, "--dry-run").err
    assert "statuses: 'N/A' is not-assessed, 'done' is implemented\n" in told
    assert "line 3: without a date, a status, comment or link makes no update; give --date DATE\n" in told
    assert "line 2: " not in told
