"""A table: its header, and the rows below it."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from statistics import median

from pathtrack import sheet as sheets
from pathtrack.errors import FileError, UsageError
from pathtrack.intake.reader import files
from pathtrack.intake.reader.grid import MOST_COLUMNS, RECORD, Grid, Row
from pathtrack.record import same

_LOOKED_AT, _TITLE, _BESIDE = 30, 300, 20
SECTION = "section"
"""The name of the column that headings between the rows make."""
_COLUMN_NUMBER = re.compile(r"[\[(]?(\d{1,2})[\])]?")
_NUMBER_OF = re.compile(r"\d[\d.,]*(?:\s*%|\s*[^\W\d_]+)?")
_TOTAL = {
    *("total", "totals", "grand total", "sum", "subtotal", "insgesamt", "summe", "gesamt", "total général"),
    *("total general", "suma", "합계", "총계", "소계", "계"),
}


@dataclass(frozen=True)
class Table:
    """A table as it was found.

    `grid` is that of its file. `above` are the rows above the header, `left_out` the lines below it that are
    no rows, by the reason. `sections` are the headings under which rows stand, by their lines.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    grid: Grid
    above: tuple[Row, ...] = ()
    left_out: Mapping[str, Sequence[int]] = field(default_factory=dict)
    sections: Mapping[int, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """What stands alone above the header, if it may be the title of a report."""
        alone = (" ".join(row.cells[-1].split()) for row in self.above if _cells(row) == 1)
        return next((each for each in alone if " " in each and len(each) <= _TITLE), "")

    def fields(self, row: Row) -> dict[str, str]:
        """Return the cells of a row by their columns, verbatim; a short row has no cells in the last ones."""
        # Thousands of columns times thousands of short rows would make a huge tracker from a small table;
        # and so would thousands of records, each with a key of its own.
        empty = [""] * (row.width - len(row.cells))
        filled = zip(self.columns, (*row.cells, *empty), strict=False)
        found = {column: cell for column, cell in filled if cell or self.grid.unit != RECORD}
        return {**found, SECTION: self.sections[row.line]} if row.line in self.sections else found

    def with_links(self, column: str | None) -> "Table":
        """Return the table with the addresses behind the cells of a column in them."""
        place = self.columns.index(column) if column in self.columns else -1
        behind = {line: to for (line, at), to in self.grid.links.items() if at == place}
        rows = (_leading(row, place, behind[row.line]) if row.line in behind else row for row in self.rows)
        return replace(self, rows=tuple(rows)) if behind else self

    @property
    def linked(self) -> list[str]:
        """The columns whose cells lead to addresses that they do not show."""
        cells = {row.line: dict(enumerate(row.cells)) for row in self.rows} if self.grid.links else {}
        behind = ((at, to, cells.get(line, {}).get(at, to)) for (line, at), to in self.grid.links.items())
        found = {at for at, to, cell in behind if to.removeprefix("mailto:") not in cell}
        return [column for at, column in enumerate(self.columns) if at in found]

    def values(self, column: str | None) -> list[str]:
        """Return the different values of a column, each on one line; none for no column."""
        if column is None:
            return []
        if column not in self.columns:
            return list(dict.fromkeys(self.sections.values()))
        return self._values[column]

    @cached_property
    def _values(self) -> dict[str, list[str]]:
        # All columns at once: thousands of columns with thousands of short rows have few cells.
        found: dict[str, dict[str, None]] = {column: {} for column in self.columns}
        for row in self.rows:
            for column, cell in zip(self.columns, row.cells, strict=False):
                if line := " ".join(cell.split()):
                    found[column][line] = None
        return {column: [*lines] for column, lines in found.items()}


def read(
    data: bytes,
    is_name: Callable[[str], bool],
    *,
    name: str,
    sheet: str | None = None,
    header_row: int | None = None,
    encoding: str | None = None,
) -> Table:
    """Return a table whose header is the row with the most cells that are names of columns, or that row."""
    grid = files.read(data, is_name, name=name, sheet=sheet, encoding=encoding)
    filled = [number for number, row in enumerate(grid.rows) if row.cells]
    if not filled:
        raise UsageError("the table is empty", where=name, todo="give one with a header and rows")
    _require_width(grid, filled, name=name)
    header = (
        _header(grid.rows, filled, is_name) if header_row is None else _given(grid, header_row, name=name)
    )
    columns = sheets.respelled(_made_unique(_names(grid, header)))
    rows, left_out = _body(map(_with_plain_newlines, grid.rows[header + 1 :]), grid.rows[header])
    above = tuple(row for row in grid.rows[:header] if row.cells)
    return Table(name, columns, rows, grid, above, left_out)


def _names(grid: Grid, header: int) -> list[str]:
    """Return the names of the columns, empty ones for those beside them that only the rows below fill."""
    head = grid.rows[header]
    names = [" ".join(cell.replace("\ufeff", "").split()) for cell in head.cells]
    beside = max((len(row.cells) for row in grid.rows[header + 1 :]), default=0) - len(names)
    # In text, a separator that belongs to a cell may have made two of it, unless the header has as many.
    room = _BESIDE if grid.unit == "row" else head.width - len(names)
    return [*names, *[""] * beside] if beside <= room else names


def _with_plain_newlines(row: Row) -> Row:
    """Return a row with the newlines that a tracker has: cells of workbooks and JSON may have others."""
    if not any("\r" in cell for cell in row.cells):
        return row
    cells = tuple(cell.replace("\r\n", "\n").replace("\r", "\n") for cell in row.cells)
    return row._replace(cells=cells)


def _leading(row: Row, place: int, address: str) -> Row:
    cells = [*row.cells, *[""] * (place + 1 - len(row.cells))]
    words = cells[place].strip()
    if address not in words:
        # The words of a formula that was never calculated are empty.
        cells[place] = f"[{words.replace('[', '(').replace(']', ')')}]({address})" if words else address
    return Row(row.line, tuple(cells), max(row.width, len(cells)))


def _require_width(grid: Grid, filled: Iterable[int], *, name: str) -> None:
    """Refuse a table that is wider than a spreadsheet: each name is compared with many."""
    near = (grid.rows[place] for place in filled)
    if wide := next((row for row in near if len(row.cells) > MOST_COLUMNS), None):
        most = f"and a spreadsheet has at most {MOST_COLUMNS:,}"
        what = f"{grid.unit} {wide.line} has {len(wide.cells):,} cells, {most}"
        raise FileError(what, where=name, todo="leave out the columns that nobody needs")


def _given(grid: Grid, line: int, *, name: str) -> int:
    """Return the place of the row that the user names as the header."""
    found = next((place for place, row in enumerate(grid.rows) if row.line == line and row.cells), None)
    if found is None:
        raise UsageError(
            f"{grid.unit} {line} is empty", where=name, todo="give --header-row the header's number"
        )
    return found


def _header(rows: Sequence[Row], filled: Sequence[int], is_name: Callable[[str], bool]) -> int:
    """Return the place of the header: the row with the most names, or else the first that is not a title."""
    near = filled[:_LOOKED_AT]
    best = max(near, key=lambda place: files.count_names(rows[place], is_name))
    if files.count_names(rows[best], is_name) > 1:
        return best
    if is_name(rows[near[0]].cells[0]):
        return near[0]
    # A title and remarks above a header have fewer cells than the rows have.
    usual = median(_cells(rows[place]) for place in near)
    return next(place for place in near if _cells(rows[place]) >= usual)


def _cells(row: Row) -> int:
    return sum(1 for cell in row.cells if cell.strip())


def _body(rows: Iterable[Row], header: Row) -> tuple[tuple[Row, ...], dict[str, list[int]]]:
    """Return the rows below a header, and those that are none of a table."""
    found, left_out = list[Row](), dict[str, list[int]]()
    words = tuple(map(same.word, header.cells))
    for row in rows:
        if len(words) > 1 and tuple(map(same.word, row.cells)) == words:
            left_out.setdefault("the header again", []).append(row.line)
        elif not found and _are_numbers(row):
            left_out.setdefault("the numbers of the columns", []).append(row.line)
        elif _is_total(row):
            left_out.setdefault("a total", []).append(row.line)
        else:
            found.append(row)
    return tuple(found), left_out


def _is_total(row: Row) -> bool:
    first, *others = [cell for cell in row.cells if cell.strip()] or [""]
    word, _, number = same.word(first).partition(":")
    return word in _TOTAL and bool(others or number) and all(map(_counts, others))


def _counts(cell: str) -> bool:
    """Return whether a cell is nothing but numbers of things: 14 recommendations, 4 red / 5 green, 36 %."""
    return bool(re.search(r"\d", cell)) and not _NUMBER_OF.sub("", cell).strip(" /;,|+")


def _are_numbers(row: Row) -> bool:
    """Return whether a row below a header counts its columns: (1) (2) (3)."""
    numbers = [_COLUMN_NUMBER.fullmatch(cell.strip()) for cell in row.cells]
    return len(numbers) > len("12") and [*map(str, range(1, len(numbers) + 1))] == [
        each and each[1] for each in numbers
    ]


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
