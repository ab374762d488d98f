"""A binary workbook (.xlsb), as the tests write it, record by record."""

import io
import struct
import zipfile
from collections.abc import Sequence

_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>'
)
_ONE = '<Relationship Id="%s" Type="x" Target="%s"%s/>'


def record(kind: int, content: bytes = b"") -> bytes:
    """Return a record: its kind, its size, its content."""
    return _number(kind) + _number(len(content)) + content


def wide(text: str) -> bytes:
    """Return a text with its length."""
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def row(number: int, *, hidden: bool = False) -> bytes:
    """Return the beginning of a row, from 0."""
    return record(0, struct.pack("<IIHBB", number, 0, 300, 0, 0x10 * hidden) + b"\0" + struct.pack("<I", 0))


def real(column: int, value: float, style: int = 0) -> bytes:
    """Return a cell with a number."""
    return record(5, struct.pack("<IId", column, style, value))


def words(column: int, text: str) -> bytes:
    """Return a cell with a text."""
    return record(6, struct.pack("<II", column, 0) + wide(text))


def linked(place: int, text: str, formula: bytes) -> bytes:
    """Return a cell with a formula that gives a text."""
    more = struct.pack("<HI", 0, len(formula)) + formula + bytes(4)
    return record(8, struct.pack("<II", place, 0) + wide(text) + more)


def column(first: int, last: int, *, hidden: bool) -> bytes:
    """Return how some columns look."""
    return record(60, struct.pack("<IIIIH", first, last, 2560, 0, hidden))


def area(kind: int, first: int, last: int, left: int, right: int, more: bytes = b"") -> bytes:
    """Return a record about some cells, such as those that are merged."""
    return record(kind, struct.pack("<IIII", first, last, left, right) + more)


def sheet(cells: bytes, before: bytes = b"", after: bytes = b"") -> bytes:
    """Return the records of a sheet."""
    size = struct.pack("<IIII", 0, 20, 0, 20)
    return b"".join(
        (record(129), record(148, size), before, record(145), cells, record(146), after, record(130))
    )


def xlsb(
    sheets: Sequence[tuple[str, int, bytes]],
    formats: Sequence[tuple[int, str]] = (),
    link: str = "",
    comments: bytes = b"",
) -> bytes:
    """Return a workbook of sheets, each with its name, its state (0 to 2 for veryHidden) and its records.

    `formats` are those of the styles from 1 on, with their numbers, `link` the address of relation rId9, and
    `comments` the records of those of all sheets.
    """
    bundle, inside, parts = b"", "", {}
    for at, (name, state, records) in enumerate(sheets, start=1):
        bundle += record(156, struct.pack("<II", state, at) + wide(f"rId{at}") + wide(name))
        inside += _ONE % (f"rId{at}", f"worksheets/sheet{at}.bin", "")
        parts[f"xl/worksheets/sheet{at}.bin"] = records
        more = _ONE % ("rId9", link, ' TargetMode="External"') + _ONE % ("rId8", "../comments1.bin", "")
        parts[f"xl/worksheets/_rels/sheet{at}.bin.rels"] = (_RELATIONS % more).encode()
    parts["xl/comments1.bin"] = comments
    own = b"".join(record(44, struct.pack("<H", number) + wide(code)) for number, code in formats)
    styles = b"".join(
        record(47, struct.pack("<HH", 0, number) + bytes(12))
        for number in [0, *(each[0] for each in formats)]
    )
    numbers = (struct.pack("<I", len(formats) + more) for more in (0, 1))
    parts["xl/styles.bin"] = (
        record(615, next(numbers)) + own + record(616) + record(617, next(numbers)) + styles + record(618)
    )
    parts["xl/workbook.bin"] = record(131) + record(143) + bundle + record(144) + record(132)
    parts["xl/_rels/workbook.bin.rels"] = (_RELATIONS % inside).encode()
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def _number(value: int) -> bytes:
    """Return a number, seven bits a byte, each but the last with the eighth."""
    found = bytearray()
    while value > 0x7F:
        found.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*found, value])
