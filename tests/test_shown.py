"""What a workbook of any kind shows, what it hides, and where its cells lead."""

import datetime as dt
import io
import struct
import zipfile
from collections.abc import Callable
from contextlib import suppress

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.worksheet.filters import FilterColumn, Filters

from binary import area, column, linked, real, record, row, sheet, wide, words, xlsb
from pathtrack.errors import FileError
from pathtrack.intake.reader import hidden, ods, workbook, xls
from pathtrack.intake.reader.grid import Hidden, Row, Sheet
from samples import DATA
from statements import for_each
from workbooks import changed, saved, xlsx
from workbooks import ods as made_ods

pytestmark = pytest.mark.usefixtures("unpacked_here")

LINK = "https://example.org/a"
XLS = (DATA / "import" / "shown.xls").read_bytes()


def _xlsx() -> bytes:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = "Data"
    for cells in (["No.", "Link", "Due", "Internal"], [1.1, "Minutes", dt.date(2026, 3, 1), "x"], [7]):
        page.append(cells)
    page["D3"] = "y"
    page["A2"].number_format, page["A3"].number_format, page["C2"].number_format = "0.00", "000", "mmm yyyy"
    page["B2"].hyperlink = LINK
    page["A2"].comment = Comment("Which?", "Ana")
    page.column_dimensions["D"].hidden = page.row_dimensions[3].hidden = True
    page.auto_filter.ref = "A1:D3"
    page.auto_filter.filterColumn.append(FilterColumn(colId=1, filters=Filters(filter=["Minutes"])))
    old = book.create_sheet("Old")
    old.append(["No."])
    old.sheet_state = "veryHidden"
    return saved(book)


def _xlsb() -> bytes:
    cells = (
        *(row(0), words(0, "No."), words(1, "Link"), words(2, "Due"), words(3, "Internal")),
        *(row(1), real(0, 1.1, 1), words(1, "Minutes"), real(2, 46082, 3), words(3, "x")),
        *(row(2, hidden=True), real(0, 7, 2), words(3, "y")),
    )
    before = record(390) + column(3, 3, hidden=True) + record(391)
    after = record(161) + record(163) + record(162) + area(494, 1, 1, 1, 1, wide("rId9") + 3 * wide(""))
    data = sheet(b"".join(cells), before, after)
    formats = [(164, "0.00"), (165, "000"), (166, "mmm yyyy")]
    comments = record(635, struct.pack("<IIIII", 0, 1, 1, 0, 0)) + record(637, b"\0" + wide("Which?"))
    sheets = [("Data", 0, data), ("Old", 2, sheet(row(0) + words(0, "No.")))]
    return xlsb(sheets, formats, LINK, comments)


_ROW = b"<table:table-row><table:table-cell/></table:table-row>"
_CELL = '<table:table-cell office:value-type="%s" %s><text:p>%s</text:p></table:table-cell>'


def _ods() -> bytes:
    def row(*cells: tuple[str, str, str], more: str = "") -> str:
        return f"<table:table-row {more}>{''.join(_CELL % each for each in cells)}</table:table-row>"

    def words(*texts: str) -> list[tuple[str, str, str]]:
        return [("string", "", each) for each in texts]

    comment = "</text:p><office:annotation><text:p>Which?</text:p></office:annotation><text:p>"
    link = f'<text:a xlink:href="{LINK}">Minutes</text:a>'
    columns = '<table:table-column table:number-columns-repeated="3"/>'
    columns += '<table:table-column table:visibility="collapse"/>'
    rows = (
        row(*words("No.", "Link", "Due", "Internal")),
        row(
            ("float", 'office:value="1.1"', f"1,10{comment}"),
            ("string", "", link),
            ("date", 'office:date-value="2026-03-01"', "2026년 3월"),
            *words("x"),
        ),
        row(("float", 'office:value="7"', "007"), *words("", "", "y"), more='table:visibility="filter"'),
    )
    return made_ods((columns + "".join(rows)).encode())


@pytest.mark.parametrize("made", [_xlsx, _xlsb, _ods])
def test_a_workbook_shows_and_hides_the_same_in_every_format(made: Callable[[], bytes]) -> None:
    first, *others = workbook.sheets(made(), name="t")
    assert [each.cells for each in first.rows] == [
        ("No.", "Link", "Due", "Internal"),
        ("1.10", "Minutes", "2026-03", "x"),
        ("007", "", "", "y"),
    ]
    assert first.links == {(2, 1): LINK}
    assert [*hidden.comments(first)] == [(2, "the comment at A2 'Which?' is not read")]
    assert first.hidden == Hidden(((2, 2),), ((3, 3),), is_filtered=True)
    assert [each.hidden.is_whole for each in others] == [True] * len(others)
    assert [*hidden.notes(first)] == [
        "row 3 is hidden by a filter, and read like the others",
        "column D is hidden, and read like the others",
    ]


FORMULAS = (
    ('HYPERLINK("https://example.org/a","A")', "https://example.org/a"),
    ('HYPERLINK("https://example.org/"&A2,"A")', None),
    ('HYPERLINK("https://example.org/é",A2)', "https://example.org/é"),
    ('HYPERLINK("https://example.org/d")', "https://example.org/d"),
)
"""What makes links, and the address of each if it states all of it."""


def _formulas_of_xlsx() -> bytes:
    return xlsx(["No.", "Link"], *([number, f"={each}"] for number, (each, _) in enumerate(FORMULAS)))


def _formulas_of_ods() -> bytes:
    header, number = _CELL % ("string", "", "No."), _CELL % ("string", "", "1")
    cell = '<table:table-cell office:value-type="string" table:formula="of:=%s"/>'
    formulas = [each.replace(",", ";").replace("&", "&amp;").replace('"', "&quot;") for each, _ in FORMULAS]
    rows = (header, *(number + cell % each for each in formulas))
    return made_ods("".join(f"<table:table-row>{each}</table:table-row>" for each in rows).encode())


def _formulas_of_xlsb() -> bytes:
    def text(words: str) -> bytes:
        return b"\x17" + struct.pack("<H", len(words)) + words.encode("utf-16-le")

    def call(number: int) -> bytes:
        return bytes([0x42, number, 0x67, 0x01])

    place, joined = b"\x44" + struct.pack("<IH", 1, 0xC000), b"\x08"
    compiled = (
        text("https://example.org/a") + text("A") + call(2),
        text("https://example.org/") + place + joined + text("A") + call(2),
        text("https://example.org/é") + place + call(2),
        text("https://example.org/d") + call(1),
    )
    rows = (row(at) + words(0, "1") + linked(1, "A", each) for at, each in enumerate(compiled, start=1))
    return xlsb([("Data", 0, sheet(row(0) + words(0, "No.") + b"".join(rows)))])


@pytest.mark.parametrize(
    "made",
    [
        _formulas_of_xlsx,
        _formulas_of_ods,
        _formulas_of_xlsb,
        (DATA / "import" / "linked.xls").read_bytes,
    ],
)
def test_a_formula_leads_to_an_address_that_it_states_whole(made: Callable[[], bytes]) -> None:
    (only,) = workbook.sheets(made(), name="t")
    assert [only.links.get((line, 1)) for line in range(2, 6)] == [address for _, address in FORMULAS]


def test_an_old_workbook_shows_and_hides_the_same() -> None:
    first, *others = workbook.sheets(XLS, name="t.xls")
    assert [each.cells[:4] for each in first.rows] == [
        ("No.", "Title", "Due", "Share"),
        ("1.10", "One", "2026-03", "50%"),
        ("007", "Two", "2026-03-04", "99.6%"),
        ("R-03", "Three", "2026", "100%"),
        ("1.10", "Four", "", "12.5%"),
    ]
    # The second link is a formula's.
    assert first.links == {(2, 4): LINK, (4, 4): "https://example.org/b"}
    assert first.hidden == Hidden(((2, 2),), ((5, 5),), is_filtered=True)
    assert [each.hidden.is_whole for each in others] == [True, True]


@for_each(
    "value, kind, text, shown",
    [
        ("1.1", "float", "1.10", "1.10"),
        ("1.1", "float", "1,10", "1.10"),
        ("7", "float", "007", "007"),
        ("3", "float", "R-03", "R-03"),
        ("0.5", "percentage", "50 %", "50%"),
        ("0.996", "percentage", "100%", "99.6%"),
        ("1234", "float", "1.234", ""),
        ("1234.5", "float", "1,234.50", ""),
        ("7", "float", "seven", ""),
        ("7", "float", "8", ""),
        ("2026-03-01", "date", "Mar 2026", "2026-03"),
        ("2026-03-01", "date", "März 26", "2026-03"),
        ("2026-03-01", "date", "03/2026", "2026-03"),
        ("2026-03-01", "date", "2026. 3.", "2026-03"),
        ("2026-12-31T00:00:00", "date", "2026", "2026"),
        ("2026-03-01", "date", "01.03.26", ""),
        ("2026-03-04", "date", "2026. 3. 4.", ""),
        ("2026-03-04", "date", "4 Mar", ""),
        ("x", "date", "2026", ""),
        ("x", "float", "2026", ""),
    ],
)
def test_a_cell_of_ods_is_what_its_text_shows_if_it_is_its_value(
    value: str, kind: str, text: str, shown: str
) -> None:
    assert ods.as_shown(value, kind, text) == shown


def test_the_rows_of_a_merged_cell_of_ods_have_its_text() -> None:
    merged = (
        '<table:table-cell office:value-type="string" table:number-rows-spanned="2"><text:p>North</text:p>'
    )
    cells = "</table:table-cell>" + _CELL % ("string", "", "x")
    rows = f"<table:table-row>{merged}{cells}</table:table-row>"
    rows += f"<table:table-row><table:covered-table-cell/>{_CELL % ('string', '', 'y')}</table:table-row>"
    assert [each.cells for each in workbook.sheets(made_ods(rows.encode()), name="t")[0].rows] == [
        ("North", "x"),
        ("North", "y"),
    ]


def test_what_is_hidden_is_said_by_runs_and_only_where_anything_is() -> None:
    rows = tuple(Row(line, ("a", "", "b"), 3) for line in (1, 2, 3, 5, 9, 12))
    spans = Hidden(((1, 3), (4, 6), (8, 8), (10, 10)), ((0, 1), (2, 5)))
    page = Sheet("S", rows, {}, spans)
    assert [*hidden.notes(page)] == [
        "rows 2-3, 5, 9 are hidden, and read like the others",
        "columns A, C are hidden, and read like the others",
    ]
    assert [*hidden.notes(page, known=(0,))][1] == "column C is hidden, and read like the others"
    assert [*hidden.notes(Sheet("S", rows, {}, Hidden(is_whole=True, is_known=False)))] == [
        "sheet 'S' is hidden, and is read",
        "numbers and dates are read as stored; links and what is hidden are not known",
    ]


def test_of_very_many_hidden_rows_some_are_named() -> None:
    rows = tuple(Row(line, ("a",), 1) for line in range(1, 100, 2))
    (line,) = hidden.notes(Sheet("S", rows, {}, Hidden(((0, 200),))))
    assert line.startswith("rows 1, 3, 5, 7, 9, 11, 13, 15, 17, 19 and 40 more are hidden")


@given(
    st.lists(st.tuples(st.integers(0, len(XLS) - 1) | st.integers(0, 600), st.integers(0, 255)), max_size=40)
)
def test_a_damaged_workbook_is_read_or_refused(changes: list[tuple[int, int]]) -> None:
    data = bytearray(XLS)
    for place, byte in changes:
        data[place] = byte
    with suppress(ValueError, LookupError, struct.error):
        xls.read(bytes(data))


_DRAWN = b'<Relationships><Relationship Id="rId1" Target="../drawings/drawing1.xml"/></Relationships>'
_PICTURE = "<table:shapes><draw:frame/></table:shapes>"


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (lambda: _drawn(b"<d:wsDr><d:pic/></d:wsDr>"), ["pictures and text boxes are not read"]),
        (lambda: _drawn(b"<d:wsDr></d:wsDr>"), []),
        (lambda: made_ods(_PICTURE.encode() + _ROW), ["pictures and text boxes are not read"]),
        (lambda: made_ods(_ROW), []),
    ],
)
def test_pictures_are_named_as_not_read(made: Callable[[], bytes], said: list[str]) -> None:
    assert [*hidden.notes(workbook.sheets(made(), name="t")[0])] == said


def _drawn(drawing: bytes) -> bytes:
    relations, part = "xl/worksheets/_rels/sheet1.xml.rels", "xl/drawings/drawing1.xml"
    return changed(xlsx(["x"]), {relations: lambda _: _DRAWN, part: lambda _: drawing})


def test_a_word_document_is_no_workbook() -> None:
    with pytest.raises(FileError, match=r"a Word document .*; copy its table into a spreadsheet"):
        workbook.sheets(changed(xlsx(["x"]), {"word/document.xml": lambda _: b"<x/>"}), name="t.docx")


def test_a_locked_workbook_says_so() -> None:
    locked = XLS.replace("Workbook".encode("utf-16-le"), "Xorkbook".encode("utf-16-le"))
    packed = locked + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(FileError, match="a workbook with a password"):
        workbook.sheets(packed, name="t.xls")
    with pytest.raises(FileError, match="damaged"):
        workbook.sheets(locked, name="t.xls")


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        ('table:number-rows-repeated="4000000000"', ""),
        ('table:number-rows-repeated="9000000"', 'office:value-type="string"'),
        ("", f'table:number-columns-repeated="{"9" * 5_000}"'),
    ],
)
def test_an_ods_that_repeats_cells_for_ever_is_refused_before_they_are_unfolded(row: str, cell: str) -> None:
    rows = f"<table:table-row {row}><table:table-cell {cell}/></table:table-row>"
    data = made_ods(rows.encode())
    with zipfile.ZipFile(io.BytesIO(data)) as archive, pytest.raises(ods.LargeError):
        ods.read(archive)


def test_what_an_ods_repeats_is_told() -> None:
    data = made_ods(b'<table:table-row table:number-rows-repeated="4000000000"/>')
    with pytest.raises(FileError, match="a workbook with millions of equal cells"):
        workbook.sheets(data, name="t.ods")


def test_formulas_that_were_never_calculated_are_named() -> None:
    (found,) = workbook.sheets(xlsx(["Title", "=B2&C2", "x"], ["=1+1"]), name="t.xlsx")
    (line,) = hidden.notes(found)
    assert line.startswith("formulas that were never calculated are read as empty: B1, A2; open the workbook")
    of_many = found._replace(hidden=Hidden(uncalculated=tuple("ABCDEFGHIJKL")))
    assert "I, J and 2 more; " in next(hidden.notes(of_many))
