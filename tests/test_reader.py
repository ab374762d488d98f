"""Workbooks as sheets of cells, and what is refused."""

import datetime as dt
import os
import time
from collections.abc import Callable

import openpyxl
import pytest
from openpyxl.worksheet.hyperlink import Hyperlink

from intake import read
from pathtrack.errors import FileError
from pathtrack.intake.reader import workbook
from statements import for_each
from workbooks import SHEET, changed, ods, saved, with_cells, xlsx


def cells(data: bytes) -> dict[int, tuple[str, ...]]:
    return {row.line: row.cells for row in workbook.sheets(data, name="t.xlsx")[0].rows}


def test_cells_stand_where_they_stood_and_empty_ones_at_the_end_are_left_out() -> None:
    found = cells(xlsx([], ["", "id", "title", ""], [], ["", "D1"]))
    assert found == {2: ("", "id", "title"), 4: ("", "D1")}


def test_a_value_is_a_text() -> None:
    table = [
        ("1.10", "1.10"),
        (7, "7"),
        (7.0, "7"),
        (1.1, "1.1"),
        (0.1 + 0.2, "0.3"),
        (10**15, "1e+15"),
        (True, "TRUE"),
        (dt.date(2026, 3, 4), "2026-03-04"),
        (dt.datetime(2026, 3, 4, 10, 30), "2026-03-04 10:30:00"),  # noqa: DTZ001 workbooks have none
    ]
    assert cells(xlsx([value for value, _ in table]))[1] == tuple(text for _, text in table)


def test_a_merged_cell_is_filled_down_and_not_across() -> None:
    rows = [["Area", "Title"], ["North", "One"], ["", "Two"], ["", "Three"], ["", ""], ["Total", ""]]
    found = cells(xlsx(*rows, merged=["A2:A5", "A6:B6"]))
    assert found == {
        1: ("Area", "Title"),
        2: ("North", "One"),
        3: ("North", "Two"),
        4: ("North", "Three"),
        6: ("Total",),
    }


def test_sheets_come_in_their_order_with_their_names() -> None:
    book = openpyxl.Workbook()
    book.create_sheet("Überblick 한국")
    assert [(each.name, each.rows) for each in workbook.sheets(saved(book), name="t")] == [
        ("Sheet", ()),
        ("Überblick 한국", ()),
    ]


_ENTITY = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
_CELL = (
    b'<table:table-cell office:value-type="string" table:number-columns-repeated="%d">'
    b"<text:p>x</text:p></table:table-cell>"
)
_ROWS = b'<table:table-row table:number-rows-repeated="%d">%s</table:table-row>'
_LARGE = "a workbook of more than 64 MB when unpacked (t.xlsx); save the sheet as CSV (UTF-8)"
_REPEATED = "a workbook with millions of equal cells (t.xlsx); leave out the rows that only repeat others"
_BAD = (
    "damaged, too large when unpacked, or not a workbook (t.xlsx); open it in a spreadsheet, and save it as "
    ".xlsx or CSV (UTF-8)"
)


def _bomb() -> bytes:
    return changed(xlsx(["x"]), {SHEET: lambda _: b" " * (65 * 1024**2)})


def _lying_bomb() -> bytes:
    """Return a bomb whose sizes in the directory of the ZIP file are small."""
    return _bomb().replace((65 * 1024**2).to_bytes(4, "little"), (100).to_bytes(4, "little"))


def _long() -> bytes:
    return changed(xlsx(["x"], ["", "QQQ"]), {SHEET: lambda old: old.replace(b"QQQ", b"x" * 1_000_001)})


@for_each(
    "made, message",
    [
        (_lying_bomb, _LARGE),
        (_long, "B2 has more than 1,000,000 characters (t.xlsx); shorten it"),
        (lambda: with_cells((b"A", 1), (b"XFD", 1_048_576)), _BAD),
        (lambda: with_cells((b"ZZZZZZZ", 4_294_967_295)), _BAD),
        (
            lambda: changed(
                with_cells((b"A", 1)), {SHEET: lambda old: _ENTITY + old.replace(b"x</v>", b"&e;</v>")}
            ),
            _BAD,
        ),
        (lambda: ods(_ROWS % (1_048_576, _CELL % 16_384)), _REPEATED),
        (lambda: ods(_ROWS % (4_294_967_295, _CELL % 4_294_967_295)), _REPEATED),
        (lambda: xlsx(["x"])[:3000], _BAD),
        (lambda: b"PK\x03\x04" + b"?" * 5000, _BAD),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + os.urandom(6000), _BAD),
    ],
)
def test_a_hostile_workbook_is_refused_at_once(made: Callable[[], bytes], message: str) -> None:
    data = made()
    start = time.perf_counter()
    with pytest.raises(FileError) as caught:
        workbook.sheets(data, name="t.xlsx")
    assert str(caught.value) == message
    assert time.perf_counter() - start < 10  # 0.3 s on an idle machine


def test_an_ordinary_ods_is_read() -> None:
    assert cells(ods(_ROWS % (1, _CELL % 2) + _ROWS % (2, _CELL % 1))) == {
        1: ("x", "x"),
        2: ("x",),
        3: ("x",),
    }


def test_a_number_or_a_date_is_as_it_is_shown() -> None:
    table = [
        (1.1, "0.00", "1.10"),
        (7, "000", "007"),
        (3, '"R-"00', "R-03"),
        (0.5, "0%", "50%"),
        (0.125, "0.0%", "12.5%"),
        (1234.5, "#,##0.00", "1234.5"),
        (7, "General", "7"),
        (dt.date(2026, 3, 1), "mmm yyyy", "2026-03"),
        (dt.date(2026, 3, 1), "mmm-yy", "2026-03"),
        (dt.date(2026, 12, 31), "yyyy", "2026"),
        (dt.date(2026, 3, 4), 'dd "of" mmmm yyyy', "2026-03-04"),
        ("1.1", "0.00", "1.1"),
    ]
    formats = {f"A{line}": code for line, (_, code, _) in enumerate(table, start=1)}
    found = cells(xlsx(*([value] for value, _, _ in table), formats=formats))
    assert [*found.values()] == [(text,) for _, _, text in table]


def test_addresses_behind_cells_are_found() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["B2"], sheet["B3"] = "Minutes", '=HYPERLINK("https://example.org/b", "More")'
    sheet["B2"].hyperlink = "https://example.org/a"
    (found,) = workbook.sheets(saved(book), name="t.xlsx")
    assert found.links == {(2, 1): "https://example.org/a", (3, 1): "https://example.org/b"}


def test_addresses_behind_the_cells_of_a_column_are_its_links() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (
        ["Title", "Link", "Note"],
        ["One", "Minutes", "a"],
        ["Two"],
        ["Three", "https://example.org/c"],
    ):
        sheet.append(row)
    sheet["B2"].hyperlink = Hyperlink("B2", target="https://example.org/a", location="p2")
    sheet["B3"] = '=HYPERLINK("https://example.org/b", "More")'
    sheet["B4"].hyperlink = "https://example.org/c"
    found = read(saved(book)).with_links("Link")
    assert found.values("Link") == [
        "[Minutes](https://example.org/a#p2)",
        "[More](https://example.org/b)",
        "https://example.org/c",
    ]
    plain = read(saved(book)).with_links(None)
    assert plain.values("Link") == ["Minutes", "More", "https://example.org/c"]
    assert plain.linked == ["Link"]
    assert found.linked == []


def test_a_busy_machine_is_not_taken_for_a_large_workbook(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "_SECONDS", 0.001)
    with pytest.raises(
        FileError, match=r"not read within a minute \(busy\.xlsx\); try again, or save the sheet"
    ):
        workbook.sheets(xlsx(["busy"]), name="busy.xlsx")
