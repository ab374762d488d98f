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
"""How long a text or a cell may be: as long as the largest file that is read."""
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
    rows, unclosed = _rows(text, separator)
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

    csv.field_size_limit(LIMIT)  # a cell may be as long as the table; how long a note may be is the model's
    return max(_SEPARATORS, key=score)


def _rows(text: str, separator: str) -> tuple[list[Row], int | None]:
    """Return all rows, and the line of the last one if a quotation mark in it stays open."""
    # A quotation mark that is never closed also swallows the row that is added here: the lines a,b and
    # 1,"x and 2,y make two rows, and the last cell of the second ends with the added one.
    joint = "" if text.endswith("\n") or not text else "\n"
    found = list(_numbered(text + joint + _END, separator))
    last = found.pop()
    if last.cells == (_END.strip("\n"),):
        return found, None
    cells = (*last.cells[:-1], last.cells[-1].removesuffix(_END))
    return [*found, Row(last.line, cells, last.width)], last.line


def _numbered(text: str, separator: str) -> Iterator[Row]:
    reader, line = csv.reader(io.StringIO(text, newline=""), delimiter=separator), 1
    for cells in reader:
        width = len(cells)
        while cells and not cells[-1].strip():
            cells.pop()
        yield Row(line, tuple(cells), width)
        # A row can have line breaks in its cells.
        line = reader.line_num + 1
