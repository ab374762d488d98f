"""Workbooks to import, as the tests write them."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence

import openpyxl

SHEET = "xl/worksheets/sheet1.xml"
_CELLS = b"<sheetData>%s</sheetData>"
_SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%s</worksheet>'
_CELL = b'<row r="%d"><c r="%s%d" t="str"><v>x</v></c></row>'
_ODS = {
    "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
    "META-INF/manifest.xml": b'<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
}
_CONTENT = (
    b'<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    b'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    b'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    b'<table:table table:name="S">%s</table:table></office:spreadsheet></office:body>'
    b"</office:document-content>"
)


def saved(book: openpyxl.Workbook) -> bytes:
    """Return a workbook as an .xlsx file."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def xlsx(
    *rows: Sequence[object], merged: Sequence[str] = (), formats: Mapping[str, str] | None = None
) -> bytes:
    """Return a workbook with one sheet of these rows."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append([*row])
    for each in merged:
        sheet.merge_cells(each)
    for place, code in (formats or {}).items():
        sheet[place].number_format = code
    return saved(book)


def changed(data: bytes, parts: Mapping[str, Callable[[bytes], bytes]]) -> bytes:
    """Return a ZIP file with some of its parts changed, or added."""
    old, new = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in {**dict.fromkeys(old.namelist()), **parts}:
            before = old.read(name) if name in old.namelist() else b""
            archive.writestr(name, parts[name](before) if name in parts else before)
    return new.getvalue()


def with_cells(*places: tuple[bytes, int]) -> bytes:
    """Return a workbook with one word in each of these cells."""
    rows = b"".join(_CELL % (row, column, row) for column, row in places)
    return changed(xlsx(["x"]), {SHEET: lambda _: _SHEET % (_CELLS % rows)})


def ods(rows: bytes) -> bytes:
    """Return an OpenDocument workbook whose only table has these rows, in XML."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**_ODS, "content.xml": _CONTENT % rows}.items():
            archive.writestr(name, data)
    return file.getvalue()
