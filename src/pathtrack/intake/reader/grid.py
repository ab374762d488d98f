"""Sheets of cells, and where they stand."""

from collections.abc import Mapping
from typing import NamedTuple

LONGEST = 2_000
"""How long the name of a column may be, in characters."""


class Row(NamedTuple):
    """One row: where it stands, its cells without the empty ones at the end, and its `width` with them.

    `line` is the line of a text file on which it begins, or the number of the row in a workbook, from 1;
    the place of a cell in `cells` is that of its column, from 0. Every cell is text, as it is shown.
    """

    line: int
    cells: tuple[str, ...]
    width: int


class Sheet(NamedTuple):
    """A sheet of a workbook, or a whole text file; rows without anything in them may be missing.

    `links` are the addresses behind cells, by the line of their row and the place of their column.
    """

    name: str
    rows: tuple[Row, ...]
    links: Mapping[tuple[int, int], str] = {}


class Grid(NamedTuple):
    """The rows of a table, what each is called in messages, and in what form the file is.

    `unclosed` is the line of a row with a quotation mark that is never closed: everything after it is in its
    last cell. `links` are those of the sheet.
    """

    rows: tuple[Row, ...]
    unit: str
    form: str
    unclosed: int | None = None
    links: Mapping[tuple[int, int], str] = {}
