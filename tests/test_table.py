import codecs
import json
import time

import pytest

from intake import BLANK, planned, read, rules, written
from pathtrack.errors import FileError, UsageError
from pathtrack.intake import columns, dates
from pathtrack.intake.plan import plan
from pathtrack.intake.reader import records, text
from samples import day
from statements import for_each
from workbooks import xlsx

TEXT = "Title,Status\nÉtude – 한국,Open\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "UTF-8"),
        (TEXT.encode("utf-8-sig"), "UTF-8"),
        (TEXT.encode("utf-16"), "UTF-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "UTF-16"),
        (TEXT.replace("한국", "€").encode("cp1252"), "Windows-1252"),
    ],
    ids=["UTF-8", "byte order mark", "UTF-16 LE", "UTF-16 BE", "cp1252"],
)
def test_the_encoding_is_found_and_said(data: bytes, encoding: str) -> None:
    found = read(data)
    assert found.grid.form == f"{encoding}, separated by commas"
    assert found.columns == ("Title", "Status")
    assert found.rows[0].cells in [("Étude – 한국", "Open"), ("Étude – €", "Open")]


NO_TABLE = "and not a table in CSV, JSON or a workbook (t.csv)"
SAVED = "open it in a spreadsheet, and save it as .xlsx or CSV (UTF-8)"
NOT_UTF_16 = "byte 0x61 in line 1 is not UTF-16 (t.csv); correct that line, or give another --encoding"
NO_TEXT = "not a text file (t.csv); save the table as CSV (UTF-8) or as .xlsx"
OURS = "an export of pathtrack (t.csv); import its CSV or its workbook"
NO_RECORDS = "JSON, but not a list of records (t.csv); give a list such as"


@for_each(
    "data, message",
    [
        (codecs.BOM_UTF16_LE + b"a", NOT_UTF_16),
        (b" " * (text.LIMIT + 1), "larger than 64 MB (t.csv); split the table in two"),
        (b"<html><table><tr><td>Title</td></tr>", f"a web page, whatever its name, {NO_TABLE}; {SAVED}"),
        (b"<?xml version='1.0'?><Workbook></Workbook>", f"XML, {NO_TABLE}; {SAVED}"),
        (b"- title: One\n  status: open\n", f"YAML, {NO_TABLE}; save it as CSV (UTF-8) or JSON"),
        (
            b'{"schema": "pathtrack.export/1"}',
            "an export of pathtrack (t.csv); import its CSV or its workbook",
        ),
        (b"[1, 2]", f'{NO_RECORDS} [{{"title": "…", "status": "…"}}]'),
        (
            b"\x89PNG\r\n\x00\x00\x00\rIHDR\xff\xfe",
            "not a text file (t.csv); save the table as CSV (UTF-8) or as .xlsx",
        ),
    ],
)
def test_what_is_no_table_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(FileError) as caught:
        read(data)
    assert str(caught.value) == message


@pytest.mark.parametrize("data", [b"", b"\n\n", b",,\n , \n", codecs.BOM_UTF8])
def test_an_empty_table_is_refused(data: bytes) -> None:
    with pytest.raises(UsageError, match="the table is empty"):
        read(data)


@pytest.mark.parametrize(
    ("delimiter", "name"), [(",", "commas"), (";", "semicolons"), ("\t", "tabs"), ("|", "bars")]
)
def test_the_separator_is_found_and_said(delimiter: str, name: str) -> None:
    rows = [["Title", "Status"], ["One, two; three", "Open"], ["Four, five, six", "Open"]]
    found = read(written(*rows, delimiter=delimiter))
    assert found.grid.form == f"UTF-8, separated by {name}"
    assert [list(row.cells) for row in found.rows] == rows[1:]


def test_known_column_names_outweigh_a_row_full_of_commas() -> None:
    found = read(b"Title;Id;Status\nOne, two, three, four, five, six;1;Open\n")
    assert (found.columns, found.grid.form) == (("Title", "Id", "Status"), "UTF-8, separated by semicolons")


def test_a_table_of_one_column_has_commas() -> None:
    assert [row.cells for row in read(b"Title\nOne\nTwo\n").rows] == [("One",), ("Two",)]


def test_quoted_newlines_stay_and_lines_are_those_of_the_file() -> None:
    found = read(b'Title,Note\r\n"One\r\nand more","a ""b"""\r\n\r\nTwo,\rThree,c\n')
    assert [(row.line, row.cells) for row in found.rows] == [
        (2, ("One\nand more", 'a "b"')),
        (4, ()),
        (5, ("Two",)),
        (6, ("Three", "c")),
    ]


@pytest.mark.parametrize("end", ["", "\n", "\n\n"])
def test_a_quotation_mark_that_nothing_closes_is_reported(end: str) -> None:
    found = read(f'Title,Note\nOne,a\nTwo,"b\nThree,c\nFour,d{end}'.encode())
    assert found.grid.unclosed == 3
    assert [row.line for row in found.rows] == [2, 3]
    made = plan(found, rules(found), BLANK)
    assert made.imported == (2,)
    assert [each.line for each in made.refused] == [3]
    assert "never closed" in made.refused[0].reason


def test_a_cell_may_be_longer_than_the_csv_module_likes() -> None:
    assert len(read(b"Title,Note\nOne," + b"n" * 200_000).rows[0].cells[1]) == 200_000


LONG = b"x\n" * 50_001
CELL, OPEN = b'Title,Note\nOne,"' + LONG + b'"\n', b'Title,Note\nOne,a\n"Two","' + LONG
KEYS = json.dumps([{str(number): 1} for number in range(1000)]).encode()
JSON = b'[{"title": "' + LONG.replace(b"\n", b".") + b'"}]'


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (CELL, "column 2 has more than 100,000 characters (t.csv:2)"),
        (OPEN, "column 2 has more than 100,000 characters (t.csv:3)"),
        (b"Title,Note\n" + b"x," * 200_001, "a row of more than 400,000 characters (t.csv:2)"),
        (b"Title\n" * 83_500, "the first 83,335 lines have more than 250,000 cells (t.csv)"),
        (JSON, "'title' of record 1 has more than 100,000 characters (t.csv)"),
        (KEYS, "1,000 records with 1,000 different keys (t.csv)"),
        (b"[" + b"{}," * 50_000 + b"{}]", "JSON of more than 50,000 records or 400,000 values (t.csv)"),
    ],
    ids=["cell", "never closed", "row", "rows", "JSON", "keys", "records"],
)
def test_what_would_take_all_memory_is_refused_by_its_place(
    data: bytes, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (text, records):
        for name in ("LONGEST_CELL", "_LONGEST_ROW", "_MOST_CELLS", "_MOST_LISTS", "_MOST_VALUES"):
            if hasattr(module, name):
                monkeypatch.setattr(module, name, getattr(module, name) // 10)
    with pytest.raises(FileError) as caught:
        read(data)
    assert str(caught.value).startswith(f"{message}; ")


GAO_ABOVE = b'"Title: Results",,\r\n"Source: GAO, status as of Sep 28, 2025 at 7:05 PM EST" ,,\r\n,,\r\n'


def test_what_stands_above_the_header_is_kept_apart() -> None:
    found = read(GAO_ABOVE + b"Agency,Recommendation,Status\nA,B,Open\n")
    assert found.columns == ("Agency", "Recommendation", "Status")
    assert [row.line for row in found.above] == [1, 2]
    assert [row.line for row in found.rows] == [5]
    assert dates.of_export(cell for row in found.above for cell in row.cells) == day("2025-09-28")


def test_a_first_row_of_unknown_names_is_the_header() -> None:
    found = read(b"What,Who\nStatus,x\n")
    assert found.columns == ("What", "Who")
    assert found.above == ()


def test_columns_are_distinguished_and_named() -> None:
    found = read(b"Title,Note,, Note \nOne,a,b,c,\nTwo,,,,d\n")
    assert found.columns == ("Title", "Note", "column 3", "Note (2)")
    assert found.fields(found.rows[0]) == {"Title": "One", "Note": "a", "column 3": "b", "Note (2)": "c"}
    made = plan(found, rules(found), BLANK)
    assert [each.reason for each in made.refused] == ["5 cells, but the header has 4 columns"]


def test_a_byte_order_mark_within_a_name_is_no_part_of_it() -> None:
    found = read("Title,\ufeffPrincipali evidenze,\ufeffNote\nOne,a,b\n".encode())
    assert found.columns == ("Title", "Principali evidenze", "Note")
    assert columns.is_name("\ufeffPrincipali evidenze", ["Principali evidenze"])
    assert planned(["\ufeffTitle"], ["One"]).recommendations[0].source == {"Title": "One"}


def test_thousands_of_equal_names_are_distinguished_at_once() -> None:
    start = time.process_time()
    found = read(b"Title" + b",a" * 16_000 + b"\nOne\n")
    assert found.columns[1:4] == ("a", "a (2)", "a (3)")
    assert found.columns[-1] == "a (16000)"
    assert time.process_time() - start < 10  # a minute where each name is looked for from the first


@pytest.mark.parametrize(
    ("names", "columns"),
    [
        (["a", "a", "a (2)", "a"], ("a", "a (2)", "a (2) (2)", "a (3)")),
        (["a (2)", "a", "a"], ("a (2)", "a", "a (3)")),
        (["column 2", "", "", "x"], ("column 2", "column 2 (2)", "column 3", "x")),
    ],
)
def test_no_two_columns_have_one_name(names: list[str], columns: tuple[str, ...]) -> None:
    assert read(written(names, ["One"])).columns == columns


def test_a_short_row_has_no_cells_where_it_ends_and_an_empty_cell_is_kept() -> None:
    found = read(b"Title,Note,Status\nOne\nTwo,\nThree,,\nFour,,,,\n")
    assert [found.fields(row) for row in found.rows] == [
        {"Title": "One"},
        {"Title": "Two", "Note": ""},
        {"Title": "Three", "Note": "", "Status": ""},
        {"Title": "Four", "Note": "", "Status": ""},
    ]
    assert [row.cells for row in found.rows] == [("One",), ("Two",), ("Three",), ("Four",)]


def test_short_rows_of_a_wide_table_stay_small() -> None:
    columns = [f"c{number}" for number in range(5_000)]
    found = read(written(["Title", *columns], *([f"T{number}", "x"] for number in range(1_000))))
    made = plan(found, rules(found), BLANK)
    assert len(made.imported) == 1_000
    assert {tuple(each.source) for each in made.recommendations} == {("Title", "c0")}


def test_a_table_wider_than_a_spreadsheet_is_refused_in_a_line() -> None:
    data = f"title{',c' * 16_384}\nOne\n".encode()
    with pytest.raises(FileError, match="line 1 has 16,385 cells, and a spreadsheet has at most 16,384"):
        read(data)


@pytest.mark.parametrize("numbers", [["1", "2", "3"], ["(1)", "(2)", "(3)"], ["[1]", "[2]", "[3]"]])
def test_the_numbers_of_the_columns_are_no_row(numbers: list[str]) -> None:
    found = read(written(["No", "Title", "Status"], numbers, ["1", "One", "3"], ["1", "2", "3"]))
    assert [row.line for row in found.rows] == [3, 4]
    assert found.left_out == {"the numbers of the columns": [2]}


@pytest.mark.parametrize(
    ("data", "columns"),
    [
        (written(["Title", "Status", ""], ["One", "", "more"]), ("Title", "Status", "column 3")),
        (xlsx(["Title", "Status"], ["One", "", "", "more"]), ("Title", "Status", "column 3", "column 4")),
        (xlsx(["Title", "Status"], ["One", *[""] * 40, "more"]), ("Title", "Status")),
    ],
)
def test_a_column_without_a_name_is_one(data: bytes, columns: tuple[str, ...]) -> None:
    assert read(data).columns == columns
