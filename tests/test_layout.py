"""Where the columns of a form are, whatever an official did to its header."""

from collections.abc import Callable

import pytest

from forms import ASKED, COLUMNS, FIRST, Grid, grid, plan, sheet, taken, told
from pathtrack.errors import UsageError
from pathtrack.intake import filled, layout, strays
from pathtrack.sheet.form import Column
from statements import for_each

SAID = {"F1": {Column.ANSWER: "Rejected", Column.DONE: "One."}, "O2": {Column.DONE: "Two."}}
ALL = {"F1": ("rejected", "One."), "O2": ("", "Two.")}
KOREAN = [*"번호 권고 현황 이유 기한 답변 회신 조치 출처 목표일 사유 연락처".split()]  # noqa: SIM905 reads better
HEADER = FIRST - 2
"""The place of the header among the rows."""


def put(line: int, place: int, text: str) -> Callable[[Grid], None]:
    """Return a change of one cell: of the row with a number from 1, in a column from 0."""

    def change(rows: Grid) -> None:
        row = rows[line - 1]
        row += [""] * (place + 1 - len(row))
        row[place] = text

    return change


def moved(rows: Grid, old: int, new: int) -> Grid:
    for row in rows[HEADER:]:
        row.insert(new, row.pop(old))
    return rows


def without(rows: Grid, place: int) -> Grid:
    for row in rows[HEADER:]:
        del row[place]
    return rows


def inserted(rows: Grid, place: int, head: str) -> Grid:
    for row in rows[HEADER:]:
        row.insert(place, head if row is rows[HEADER] else "")
    return rows


def renamed(rows: Grid, names: list[str]) -> Grid:
    rows[HEADER][: len(names)] = names
    return rows


@for_each(
    "change",
    [
        put(5, 6, "Antwort"),
        put(5, 6, ""),
        put(5, 7, "What we did"),
        lambda rows: renamed(rows, KOREAN),
        lambda rows: (without(rows, 12), renamed(rows, [*COLUMNS[:6], *KOREAN[6:]])),
        lambda rows: (without(rows, 12), put(5, 6, "Antwort")(rows)),
        lambda rows: moved(rows, 6, 0),
        lambda rows: moved(rows, 7, 11),
        lambda rows: (moved(rows, 6, 8), put(5, 10, "Grund")(rows)),
        lambda rows: inserted(rows, 0, "Internal"),
        lambda rows: inserted(rows, 7, "Remarks"),
        lambda rows: without(rows, 1),
        lambda rows: without(rows, 0),
        lambda rows: rows.insert(0, ["From the desk of the minister"]),
        lambda rows: rows.insert(HEADER, ["Please return by Friday"]),
        lambda rows: rows.insert(FIRST, []),
        lambda rows: rows.__delitem__(HEADER),
        lambda rows: rows.__delitem__(slice(HEADER)),
        lambda rows: rows.append([*rows[HEADER]]),
    ],
)
def test_answers_are_found_whatever_became_of_the_header(change: Callable[[Grid], object]) -> None:
    rows = grid(SAID)
    change(rows)
    assert taken(rows) == ALL


def test_what_columns_are_read_as_is_said() -> None:
    rows = grid(SAID)
    renamed(rows, [*COLUMNS[:6], "Antwort", *COLUMNS[7:]])
    without(rows, 8)
    assert [*strays.headers(filled.read([sheet(rows)]))] == [
        "read by where they stand: 'Antwort' (G5) as 'Your answer'",
        "the column 'Web address that shows it' is gone, so nothing is taken from it",
    ]
    assert [*strays.headers(filled.read([sheet(grid(SAID)[:HEADER] + grid(SAID)[HEADER + 1 :])]))] == [
        "the header is gone; the columns are read by where they stand"
    ]
    assert [*strays.headers(filled.read([sheet(grid(SAID))]))] == []


def test_the_lines_above_a_form_without_a_header_are_known() -> None:
    rows = grid(SAID)
    del rows[HEADER]
    assert not any("not taken" in each for each in told(plan(sheet(rows))))


def test_of_two_columns_with_one_name_the_first_counts_and_the_other_is_named() -> None:
    rows = grid(SAID)
    inserted(rows, 8, Column.DONE)
    put(FIRST, 8, "Otherwise.")(rows)
    assert taken(rows) == ALL
    assert "I6 'Otherwise.' is not taken: 'What was done' is not a column of the form" in told(
        plan(sheet(rows))
    )


def test_a_strange_column_where_more_than_one_is_gone_is_not_guessed() -> None:
    rows = grid(SAID)
    without(rows, 6)
    renamed(rows, [*COLUMNS[:6], "Answer or action"])
    assert taken(rows) == {}
    assert told(plan(sheet(rows))) == [
        "G6 'One.' is not taken: 'Answer or action' is not a column of the form",
        "G10 'Two.' is not taken: 'Answer or action' is not a column of the form",
    ]


@pytest.mark.parametrize("header", [["id", "title", "status"], [*COLUMNS[:3]], [*KOREAN]])
def test_another_table_is_no_form(header: list[str]) -> None:
    assert layout.find(sheet([header, ["F1", "One", "done"]]).rows) is None


def test_a_form_without_names_and_hidden_column_is_no_form() -> None:
    rows = grid(SAID)
    without(rows, 12)
    renamed(rows, KOREAN)
    assert layout.find(sheet(rows).rows) is None
    with pytest.raises(UsageError, match="a form of 'pathtrack ask' whose columns are not found"):
        filled.read([sheet(rows)])
    assert layout.is_mark("F1 0123456789ab")
    assert not layout.is_mark(ASKED.text)
