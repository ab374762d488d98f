"""A filled form as it came back: whom it asked, where its columns are, and its rows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pathtrack.errors import UsageError
from pathtrack.intake import cells
from pathtrack.intake.reader.grid import Row, Sheet
from pathtrack.record import same
from pathtrack.record.model import key
from pathtrack.sheet import form
from pathtrack.sheet.form import FILLED, Column, Form

_LOOKED_AT = 50
_ENOUGH = 4
"""How many of the columns make a header one of ours."""


@dataclass(frozen=True)
class Filled:
    """A form as it came back: what it hides, where its columns are, and the rows below its header.

    `marks` are the fingerprints of what the rows showed, by the key of each id.
    """

    form: Form
    places: Mapping[Column, int]
    hidden: int | None
    rows: tuple[Row, ...]
    marks: Mapping[str, str]

    def cell(self, row: Row, column: Column) -> str:
        """Return the text of a cell."""
        return _cell(row, self.places.get(column))

    def named(self, row: Row, column: Column) -> str:
        """Return where a cell is, as a spreadsheet names it: H7."""
        return f"{_letters(self.places[column])}{row.line}" if column in self.places else f"row {row.line}"

    def mark(self, row: Row) -> str:
        """Return the id that a row hides."""
        return _cell(row, self.hidden).split(" ")[0]

    def is_filled(self, row: Row) -> bool:
        """Return whether somebody has filled anything in."""
        return any(cells.content(self.cell(row, column)) for column in FILLED)


def read(sheets: Iterable[Sheet]) -> tuple[Filled, ...]:
    """Return the forms in a workbook: none if it is another one."""
    return tuple(filled for sheet in sheets if (filled := _form(sheet.rows)))


def _form(rows: Sequence[Row]) -> Filled | None:
    names = {same.word(column): column for column in Column}
    for place, row in enumerate(rows[:_LOOKED_AT]):
        found = {names[word]: at for at, cell in enumerate(row.cells) if (word := same.word(cell)) in names}
        if len(found) >= _ENOUGH and not found.keys().isdisjoint(FILLED):
            hidden = next((at for at, cell in enumerate(row.cells) if form.read(cell)), None)
            said = form.read(_cell(row, hidden)) or Form("", _addressed(rows[:place]), "")
            below = tuple(each for each in rows[place + 1 :] if any(map(str.strip, each.cells)))
            return Filled(said, found, hidden, below, dict(_marks(below, hidden)))
    return None


def _addressed(above: Iterable[Row]) -> str:
    """Return who is asked, from the line above the header that says it."""
    for cell in (cell for row in above for cell in row.cells):
        if cell.startswith(form.ADDRESSED.strip()):
            return cell.removeprefix(form.ADDRESSED.strip()).strip()
    todo = f"put '{form.ADDRESSED}NAME' above its header, or fill in the form that was sent"
    raise UsageError("the form does not say who was asked", todo=todo)


def _marks(rows: Iterable[Row], hidden: int | None) -> Iterator[tuple[str, str]]:
    for mark in (_cell(row, hidden).split() for row in rows):
        if len(mark) == 2:  # noqa: PLR2004 an id and a fingerprint
            yield key(mark[0]), mark[1]


def _cell(row: Row, place: int | None) -> str:
    return row.cells[place] if place is not None and place < len(row.cells) else ""


def _letters(place: int) -> str:
    """Return the letters of a column: A, B, …, Z, AA."""
    rest, last = divmod(place, 26)
    return (_letters(rest - 1) if rest else "") + chr(ord("A") + last)
