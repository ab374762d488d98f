"""An option that does not apply to what is imported is refused, rather than ignored."""

from pathlib import Path

import pytest

from conftest import Run

TABLE = "Title,Area\nOne,harbor\n"


@pytest.fixture
def table() -> Path:
    path = Path("t.csv")
    path.write_text(TABLE, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("options", "what"),
    [
        (
            ["--reason", "x"],
            "--reason means nothing for this table: only our own table of updates has corrections",
        ),
        (["--map", "a=stalled"], "--map means nothing for a table without a column for status or response"),
        (["--scheme", "gao"], "--scheme means nothing for a table without a column for status"),
        (
            ["--date-format", "dmy"],
            "--date-format means nothing for a table without a column for date or due",
        ),
    ],
)
def test_options_about_columns_that_a_table_lacks(
    table: Path, run: Run, options: list[str], what: str
) -> None:
    assert run("import", table, *options).refused(2) == f"{what} (t.csv); leave it out"


@pytest.mark.parametrize("options", [["--scheme", "gao"], ["--save-profile", "ours"]])
def test_options_for_others_with_a_table_of_ours(here: Path, run: Run, options: list[str]) -> None:
    assert run("export", "own.csv", "--file", here).code == 0
    said = run("import", "own.csv", *options).refused(2)
    assert said == f"{options[0]} means nothing for a table of our own (own.csv); leave it out"


@pytest.mark.parametrize(
    "options",
    [["--column", "title=No."], ["--scheme", "gao"], ["--sheet", "Form"], ["--by", "Ana"], ["--title", "T"]],
)
def test_options_for_tables_with_a_form(parts: Path, run: Run, options: list[str]) -> None:
    assert run("ask", "Ministry of Rivers", "-o", "ask.xlsx", "--file", parts).code == 0
    said = run("import", "ask.xlsx", *options).refused(2)
    assert said == f"{options[0]} means nothing for a filled form (ask.xlsx); leave it out"


def test_a_form_has_answers_and_no_statuses(parts: Path, run: Run) -> None:
    assert run("ask", "Ministry of Rivers", "-o", "ask.xlsx", "--file", parts).code == 0
    assert (
        run("import", "ask.xlsx", "--map", "Yes=stalled").refused(2).startswith("'stalled' is not an answer")
    )


def test_the_encoding_of_a_workbook(here: Path, run: Run) -> None:
    assert run("export", "own.xlsx", "--file", here).code == 0
    said = run("import", "own.xlsx", "--encoding", "cp949").refused(2)
    assert said == "--encoding means nothing for a workbook (own.xlsx); leave it out"
