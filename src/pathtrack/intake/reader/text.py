"""A text file as one sheet of cells: CSV with any usual separator."""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from typing import NamedTuple

from pathtrack.errors import FileError
from pathtrack.intake.reader.grid import Row, Sheet

LIMIT = 64 * 1024 * 1024
"""How large a file may be, in bytes."""
LONGEST_CELL, _LONGEST_ROW = 1_000_000, 4_000_000
"""How many characters a cell and a row may have; a cell of a workbook has at most 32,767."""
_MOST_CELLS, _ROW = 2_500_000, 2
"""How many cells a table may have; a row takes as much memory as two."""
_SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_LOOKED_AT = 30
_SAMPLE = 65_536
_END = "\x00the end\n"
_PAGE = re.compile(r"\s*<(?:!doctype html|html|head|body|meta|style|table)\b", re.IGNORECASE)
_XML = re.compile(r"\s*<\?xml\b")
_YAML = re.compile(r"(?:%YAML|---\s*\n|- ?[\w\"' -]+:\s)")
_TODO = "open it in a spreadsheet, and save it as .xlsx or CSV (UTF-8)"


class Found(NamedTuple):
    """A sheet, what separates its cells, and the line of a quotation mark that is never closed, if any."""

    sheet: Sheet
    separator: str
    unclosed: int | None = None


def sheet(text: str, is_name: Callable[[str], bool], *, name: str) -> Found:
    """Return the rows of a text file; FileError if it is of another kind."""
    for pattern, kind in ((_PAGE, "a web page, whatever its name"), (_XML, "XML"), (_YAML, "YAML")):
        if pattern.match(text):
            todo = "save it as CSV (UTF-8) or JSON" if kind == "YAML" else _TODO
            raise FileError(f"{kind}, and not a table in CSV, JSON or a workbook", where=name, todo=todo)
    separator = _separator(text, is_name)
    rows, unclosed = _rows(text, separator, name=name)
    return Found(Sheet("", tuple(rows)), _SEPARATORS[separator], unclosed)


def _separator(text: str, is_name: Callable[[str], bool]) -> str:
    """Return the separator that gives the most column names, or the most cells in rows of one width."""

    def score(separator: str) -> tuple[int, int]:
        sample = csv.reader(io.StringIO(text[:_SAMPLE], newline=""), delimiter=separator)
        rows = list(islice(sample, 100))
        names = (sum(map(is_name, row)) for row in rows[:_LOOKED_AT])
        widths = Counter(map(len, rows))
        cells = ((width - 1) * number for width, number in widths.items())
        return max(names, default=0), max(cells, default=0)

    csv.field_size_limit(LONGEST_CELL)
    return max(_SEPARATORS, key=score)


class _Lines:
    """The lines of a text, one after the other without a copy of all; a row that is too long ends them."""

    def __init__(self, text: str) -> None:
        self.text, self.place, self.begun, self.is_over = text, 0, 0, False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.place >= len(self.text):
            if self.is_over:
                raise StopIteration
            self.is_over = True
            return _END
        end = self.text.find("\n", self.place) + 1 or len(self.text)
        if end - self.begun > _LONGEST_ROW:
            raise csv.Error
        line, self.place = self.text[self.place : end], end
        return line if line.endswith("\n") else f"{line}\n"


def _rows(text: str, separator: str, *, name: str) -> tuple[list[Row], int | None]:
    """Return all rows, and the line of the last one if a quotation mark in it stays open."""
    # A quotation mark that is never closed also swallows the row that is added here: the lines a,b and
    # 1,"x and 2,y make two rows, and the last cell of the second ends with the added one.
    found = list(_numbered(_Lines(text), separator, name=name))
    last = found.pop()
    if last.cells == (_END.strip("\n"),):
        return found, None
    cells = (*last.cells[:-1], last.cells[-1].removesuffix(_END))
    return [*found, Row(last.line, cells, last.width)], last.line


def _numbered(lines: _Lines, separator: str, *, name: str) -> Iterator[Row]:
    reader, line, left = csv.reader(lines, delimiter=separator), 1, _MOST_CELLS
    while left > 0:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise _too_long(lines.text, lines.begun, line, separator, name=name) from error
        if cells is None:
            return
        width = len(cells)
        while cells and not cells[-1].strip():
            cells.pop()
        left -= len(cells) + _ROW
        yield Row(line, tuple(cells), width)
        # A row can have line breaks in its cells.
        line, lines.begun = reader.line_num + 1, lines.place
    what = f"the first {line:,} lines have more than {_MOST_CELLS:,} cells"
    raise FileError(what, where=name, todo="split the table in two")


def _too_long(text: str, begun: int, line: int, separator: str, *, name: str) -> FileError:
    """Return why a row is refused that begins at a place in a text: a cell is too long, or all of it."""
    todo = "a quotation mark may never be closed; shorten it, or split the table"
    # "a ""b"" c",d: a cell in quotation marks ends at the first one that is not doubled.
    cell = re.compile(rf'(?:"(?:[^"]|"")*+"?)?[^{re.escape(separator)}\n]*+')
    place, column = begun, 1
    while place - begun <= _LONGEST_ROW and (found := cell.match(text, place)):
        if found.end() - place > LONGEST_CELL:
            what = f"column {column} has more than {LONGEST_CELL:,} characters"
            return FileError(what, where=f"{name}:{line}", todo=todo)
        if text[found.end() : found.end() + 1] != separator:
            break
        place, column = found.end() + 1, column + 1
    what = f"a row of more than {_LONGEST_ROW:,} characters"
    return FileError(what, where=f"{name}:{line}", todo=todo)
