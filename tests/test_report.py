import shlex
from dataclasses import replace

import pytest

from intake import BLANK, grown, imported, planned, read, rules, understood, written
from pathtrack.intake import report
from pathtrack.intake.columns import Preset
from pathtrack.intake.plan import plan
from pathtrack.intake.rules import Rules
from pathtrack.intake.table import Table
from pathtrack.record.crosswalk import Scheme
from pathtrack.record.status import Status


def test_what_is_read_of_gaos_export_is_reported() -> None:
    found, read_by, made = imported("gao.csv", Scheme.GAO, Preset.GAO)
    assert understood(found, read_by) == [
        "t.csv: 60 rows, UTF-8, separated by commas",
        "above the header, not read: lines 1-3",
        (
            "columns: title from 'Recommendation', area from 'Publication Name', "
            "ref from 'Publication Number', actor from 'Agency', status from 'Status', "
            "note from 'Comments', report from 'Publication Name'"
        ),
        (
            "statuses: 'Open' is not-assessed, 'Open--Partially Addressed' is partial, "
            "'Closed--Implemented' is implemented, 'Closed--Not Implemented' is not-implemented"
        ),
        "date of the updates, where a row gives none: 2025-06-01",
    ]
    others = "'Date Publication Issued', 'Director Name', 'Director Phone', 'Priority'"
    told = f"kept in source, which tracker.json publishes: {others}"
    assert [*report.kept(found, read_by, made)] == [told]
    assert report.counted(made) == (
        "52 recommendations and 46 updates from 60 rows: 60 imported, 0 unchanged, 0 not imported, 0 empty"
    )


STATUS_MISSING = "no column gives a status; if one does, name it with --column status=COLUMN"


@pytest.mark.parametrize(
    ("header", "expected"), [("Title,Stato,Settore", [STATUS_MISSING]), ("Title,Status,Settore", [])]
)
def test_what_no_column_gives_is_reported(header: str, expected: list[str]) -> None:
    found = read(f"{header}\nOne,partial,energy\n".encode())
    lines = understood(found, replace(rules(found), area=None))
    assert [line for line in lines if line.startswith("no column")] == expected


def test_reasons_are_reported_once_with_their_lines() -> None:
    made = planned(
        ["Title", "Status"],
        *([f"Title {number}", "what" if number < 4 or number == 6 else "partial"] for number in range(8)),
    )
    assert next(report.listed(made)) == "lines 2-5, 8: a cell was left out: 'what' is not a status word"
    assert next(report.listed(planned(["Title"], ["One", "what"]))).startswith("line 2 was not imported:")
    twice = planned(["Title", "Ongoing", "Due"], ["One", "", "soon"], ["Two", "", "soon"])
    assert [*report.listed(twice)] == [
        "lines 2-3: a cell was left out: 'soon' is not a date such as 2024-12-31 or 31 December 2024"
    ]


def lately() -> tuple[Table, Rules]:
    """Return a table with a column of statuses, and how it is read."""
    found = read(written(["Title", "Status"]))
    return found, rules(found)


def test_of_many_reasons_and_lines_a_handful_is_named() -> None:
    rows = [["", f"Title {number}", f"in {number} years" if number % 2 else ""] for number in range(40)]
    made = planned(["Id", "Title", "Due"], *rows, ["1", "One", ""], ["1", "Two", ""])
    assert [*report.listed(made, whole=False)] == [
        "line 43 was not imported: line 42 has the same id and another title",
        *(
            f"line {number + 2}: a cell was left out: 'in {number} years' is not a date such as 2024-12-31 "
            "or 31 December 2024"
            for number in (1, 3, 5)
        ),
        "17 more lines: a cell was left out, for reasons of that kind",
        "--dry-run names all of them and changes nothing",
    ]
    assert len([*report.listed(made)]) == 21
    repeated = planned(["Title", "Due"], *([f"T{number}", "x" if number % 2 else ""] for number in range(40)))
    assert next(report.listed(repeated, whole=False)).startswith(
        "lines 3, 5, 7, 9, 11, 13 and 14 more: a cell"
    )


def test_of_many_columns_a_handful_is_named() -> None:
    found = read(written(["Title", *(f"Extra {number}" for number in range(40))], ["One"]))
    made = plan(found, rules(found), BLANK)
    named = ", ".join(f"'Extra {number}'" for number in range(5))
    assert [*report.kept(found, rules(found), made, whole=False)] == [
        f"kept in source, which tracker.json publishes: {named} and 35 more columns (all with --dry-run)"
    ]
    again = plan(found, rules(found), grown(BLANK, made))
    assert next(report.kept(found, rules(found), again)).startswith("not read: 'Extra 0', 'Extra 1'")


def test_addresses_behind_words_are_named_where_they_are_not_read() -> None:
    table = read(written(["Title", "Minutes"], ["One", "May"]))
    found = replace(table, grid=table.grid._replace(links={(2, 0): "https://a.example"}))
    lines = [*report.kept(found, rules(found), plan(found, rules(found), BLANK))]
    assert lines[-1].startswith("addresses behind the cells, not read: 'Title'; to keep them")


def test_a_table_of_gao_read_without_its_preset_names_it() -> None:
    header = ["Publication Number", "Agency", "No", "Recommendation"]
    rows = [["G-1", "DOE", "1", "One"], ["G-2", "DOE", "1", "Two"]]
    found = read(written(header, *rows))
    made = plan(found, rules(found), BLANK)
    assert report.advice(found, rules(found), made)[0] == "read it as GAO's export with --preset gao"


def test_the_first_things_to_do_are_named_and_no_more_than_three() -> None:
    header = ["Title", "Status", "Date", "Due"]
    made = planned(header, ["One", "Amber", "03/04/2025", "soon"], ["", "", "", ""], ["", "Red", "", ""])
    found = read(written(header))
    assert report.advice(found, rules(found), made) == [
        "if these colours mean no more than that, add --map 'Amber=in-progress'",
        "say how dates are to be read with --date-format dmy or mdy",
        "correct 1 row that was not imported, as listed above",
    ]
    titles = read(written(["Title", "What"]))
    none = report.advice(titles, rules(titles), planned(["Title", "What"], ["One", ""]))
    assert none == []
    name_one = "name the column that gives statuses with --column status=COLUMN"
    for columns, step in {("Title", "Lage"): name_one, ("Title",): ""}.items():
        found = read(written(columns, ["One"]))
        steps = report.advice(found, rules(found), planned(columns, ["One"]))
        assert " ".join(steps).startswith(step)
        assert len(steps) == bool(step)


def test_unknown_status_words_are_reported_once_as_options_to_copy() -> None:
    made = planned(
        ["Id", "Title", "Status", "Date"],
        ["", "One", "Concluded", "2025-01-24"],
        ["", "Two", "It's $(done)", "soon"],
        ["", "Three", "CONCLUDED", "2025-01-24"],
        ["", "", "No title", "2025-01-24"],
        ["", "Four", f"It is {'very ' * 15} late", "2025-01-24"],
    )
    refused = [*report.listed(made)]
    shown, *_ = report.advice(*lately(), made)
    assert shown == (
        r"map them with --map 'Concluded=STATUS' --map 'It'\''s $(done)=STATUS' or --scheme; "
        f"STATUS is one of {', '.join(Status)}"
    )
    assert refused[0] == "line 5 was not imported: no title, no text and no id"
    assert refused[1] == "line 2: a cell was left out: 'Concluded' is not a status word"
    options = shlex.split(shown.removeprefix("map them with ").partition(" or ")[0])
    assert options == ["--map", "Concluded=STATUS", "--map", "It's $(done)=STATUS"]


def test_words_that_are_too_long_to_type_are_no_options() -> None:
    shown, *_ = report.advice(*lately(), planned(["Title", "Status"], ["One", "late " * 20]))
    assert shown.startswith("map them with --map 'WORD=STATUS' or --scheme; STATUS is one of not-assessed,")


def test_where_no_status_word_is_unknown_none_is_to_be_mapped() -> None:
    made = planned(["Title", "Status", "Date"], ["One", "partial", "soon"], ["", "what", ""])
    assert report.advice(*lately(), made) == [
        "correct 1 row that was not imported, as listed above",
        "correct the cells that were left out in 1 row, or do without them",
    ]


def test_differences_of_one_kind_are_one_line() -> None:
    rows = [["Id", "Title", "Area"], *([f"R{n}", "One", "water"] for n in range(1, 5))]
    tracker = grown(BLANK, planned(*rows))
    moved = [[*row[:2], "energy"] for row in rows[1:]]
    made = planned(rows[0], *moved, tracker=tracker)
    assert [*report.listed(made)] == ["lines 2-5: the area differs from the tracker's, which is kept"]


def test_what_is_said_of_a_large_bad_table_is_short() -> None:
    """Of 20,000 rows it was megabytes."""
    words = [[f"Title {number}", f"word {number} of many", f"answer {number}"] for number in range(400)]
    total = ["total", "1", ""]
    rows = [["Title", "Status", "Response"], *(row for each in words for row in (each, total))]
    found = read(written(*rows))
    taken = rules(found)
    made = plan(found, taken, BLANK)
    lines = [
        *report.understood(found, taken, whole=False),
        *report.listed(made, whole=False),
        *report.advice(found, taken, made),
    ]
    assert sum(map(len, lines)) < 5_000
    assert "lines 3, 5, 7, 9, 11, 13 and 394 more: a total" in lines
    assert " and so on or --scheme;" in " ".join(lines)
