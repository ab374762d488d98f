"""Sheets of cells, and where they stand."""

from collections.abc import Mapping
from typing import NamedTuple

RECORD = "record"
"""What a row of a list in JSON is called in messages."""
MOST_COLUMNS = 16_384
"""How many columns a table may have; a spreadsheet has no more."""


class Row(NamedTuple):
    """One row: where it stands, its cells without the empty ones at the end, and its `width` with them.

    `line` is the line of a text file on which it begins, or the number of the row in a workbook, from 1;
    the place of a cell in `cells` is that of its column, from 0. Every cell is text, as it is shown.
    """

    line: int
    cells: tuple[str, ...]
    width: int


Span = tuple[int, int]
"""The first and the last of several rows or columns, from 0."""


class Hidden(NamedTuple):
    """What of a sheet nobody sees: some of its rows, by a filter or not, some columns, or all of it.

    `is_known` is false where the file was not asked: then its numbers are as stored, and it has no links.
    `has_pictures` is whether there is anything over its cells that is none; `uncalculated` are the
    names of cells with a formula and no value.
    """

    rows: tuple[Span, ...] = ()
    columns: tuple[Span, ...] = ()
    is_filtered: bool = False
    is_whole: bool = False
    is_known: bool = True
    has_pictures: bool = False
    uncalculated: tuple[str, ...] = ()


VISIBLE = Hidden()
"""Nothing."""


class Sheet(NamedTuple):
    """A sheet of a workbook, or a whole text file; rows without anything in them may be missing.

    `links` are the addresses behind cells and `comments` the notes at them, by the line of their row and the
    place of their column.
    """

    name: str
    rows: tuple[Row, ...]
    links: Mapping[tuple[int, int], str] = {}
    hidden: Hidden = VISIBLE
    comments: Mapping[tuple[int, int], str] = {}


class Grid(NamedTuple):
    """The rows of a table, what each is called in messages, and in what form the file is.

    `unclosed` is the line of a row with a quotation mark that is never closed: everything after it is in its
    last cell. `links` are those of the sheet, and `notes` what there is to say of what it hides;
    `sheets` are its name and those of others in the same workbook.
    """

    rows: tuple[Row, ...]
    unit: str
    form: str
    unclosed: int | None = None
    links: Mapping[tuple[int, int], str] = {}
    notes: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
