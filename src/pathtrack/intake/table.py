"""The bytes of a CSV file as a header and numbered rows."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from pathtrack.errors import FileError, UsageError

LIMIT = 64 * 1024 * 1024
"""The largest table that is read, in bytes."""
_MARKS = {
    codecs.BOM_UTF8: ("utf-8-sig", "UTF-8"),
    codecs.BOM_UTF16_LE: ("utf-16", "UTF-16"),
    codecs.BOM_UTF16_BE: ("utf-16", "UTF-16"),
}
# How .xlsx and .ods begin, which are ZIP files, and the older .xls.
_SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs"}
_LOOKED_AT = 30
_END = "\x00the end\n"


@dataclass(frozen=True)
class Row:
    """One row: its first line, its cells without the empty ones at the end, and its `width` with them."""

    line: int
    cells: tuple[str, ...]
    width: int


@dataclass(frozen=True)
class Table:
    """A table as it was found.

    `above` are the rows above the header; `unclosed` is the line of a row with a quotation mark that
    is never closed: everything after it is in its last cell.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    above: tuple[Row, ...]
    unclosed: int | None
    encoding: str
    separator: str

    def fields(self, row: Row) -> dict[str, str]:
        """Return the cells of a row by their columns, verbatim; a short row has no cells in the last ones."""
        # Thousands of columns times thousands of short rows would make a huge tracker from a small table.
        empty = [""] * (row.width - len(row.cells))
        return dict(zip(self.columns, (*row.cells, *empty), strict=False))

    def values(self, column: str | None) -> list[str]:
        """Return the different values of a column, each on one line; none for no column."""
        if column is None:
            return []
        place = self.columns.index(column)
        cells = (row.cells[place] for row in self.rows if len(row.cells) > place)
        return list(dict.fromkeys(filter(None, (" ".join(cell.split()) for cell in cells))))


def read(data: bytes, is_name: Callable[[str], bool], *, name: str) -> Table:
    """Return a table whose header is the row with the most cells that are names of columns."""
    text, encoding = _decode(data, name=name)
    delimiter = _delimiter(text, is_name)
    rows, unclosed = _rows(text, delimiter)
    filled = [number for number, row in enumerate(rows) if row.cells]
    if not filled:
        raise UsageError("the table is empty", where=name, todo="give one with a header and rows")
    header = _header(rows, filled, is_name)
    columns = _made_unique(" ".join(cell.replace("\ufeff", "").split()) for cell in rows[header].cells)
    return Table(
        name,
        columns,
        tuple(rows[header + 1 :]),
        tuple(row for row in rows[:header] if row.cells),
        unclosed,
        encoding,
        _DELIMITERS[delimiter],
    )


def _decode(data: bytes, *, name: str) -> tuple[str, str]:
    if len(data) > LIMIT:
        raise FileError(f"larger than {LIMIT // 1024**2} MB", where=name, todo="split the table in two")
    if data.startswith(_SPREADSHEETS):
        raise FileError("a spreadsheet, not CSV", where=name, todo="save it as CSV (UTF-8) first")
    marked = next((each for mark, each in _MARKS.items() if data.startswith(mark)), None)
    # UTF-8 first: other text is hardly ever valid UTF-8, but nearly all bytes are Windows-1252.
    for codec, encoding in [marked] if marked else [("utf-8", "UTF-8"), ("cp1252", "Windows-1252")]:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        return text.replace("\r\n", "\n").replace("\r", "\n"), encoding
    raise FileError("neither UTF-8 nor Windows-1252 text", where=name, todo="save it as CSV (UTF-8)")


def _delimiter(text: str, is_name: Callable[[str], bool]) -> str:
    """Return the delimiter that gives the most column names, or the most cells in rows of one width."""

    def score(delimiter: str) -> tuple[int, int]:
        sample = csv.reader(io.StringIO(text[:65536], newline=""), delimiter=delimiter)
        rows = list(islice(sample, 100))
        names = (sum(map(is_name, row)) for row in rows[:_LOOKED_AT])
        widths = Counter(map(len, rows))
        cells = ((width - 1) * number for width, number in widths.items())
        return max(names, default=0), max(cells, default=0)

    csv.field_size_limit(LIMIT)  # a cell may be as long as the table; how long a note may be is the model's
    return max(_DELIMITERS, key=score)


def _rows(text: str, delimiter: str) -> tuple[list[Row], int | None]:
    """Return all rows, and the line of the last one if a quotation mark in it stays open."""
    # A quotation mark that is never closed also swallows the row that is added here: the lines a,b and
    # 1,"x and 2,y make two rows, and the last cell of the second ends with the added one.
    joint = "" if text.endswith("\n") or not text else "\n"
    found = list(_numbered(text + joint + _END, delimiter))
    last = found.pop()
    if last.cells == (_END.strip("\n"),):
        return found, None
    cells = (*last.cells[:-1], last.cells[-1].removesuffix(_END))
    return [*found, Row(last.line, cells, last.width)], last.line


def _numbered(text: str, delimiter: str) -> Iterator[Row]:
    reader, line = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1
    for cells in reader:
        width = len(cells)
        while cells and not cells[-1].strip():
            cells.pop()
        yield Row(line, tuple(cells), width)
        # A row can have line breaks in its cells.
        line = reader.line_num + 1


def _header(rows: Sequence[Row], filled: Sequence[int], is_name: Callable[[str], bool]) -> int:
    """Return the place of the header: below the first filled row only if it has two names of columns."""

    def score(number: int) -> int:
        return sum(map(is_name, rows[number].cells))

    best = max(filled[:_LOOKED_AT], key=score)
    return best if score(best) > 1 else filled[0]


def _made_unique(names: Iterable[str]) -> tuple[str, ...]:
    """Return names that are all different: of equal ones, the second is followed by (2)."""
    found: dict[str, None] = {}
    # A name's number only grows, so that thousands of equal names take no time.
    times: Counter[str] = Counter()
    for number, given in enumerate(names, start=1):
        base = name = given or f"column {number}"
        while name in found:
            times[base] += 1
            name = f"{base} ({times[base] + 1})"
        found[name] = None
    return tuple(found)
