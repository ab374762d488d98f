"""A filled form as it came back: whom it asked, what its cells say, and what else is in its file."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from pathtrack.errors import UsageError
from pathtrack.intake import layout
from pathtrack.intake.layout import Layout
from pathtrack.intake.reader import hidden
from pathtrack.intake.reader.grid import Row, Sheet
from pathtrack.intake.reader.hidden import letters
from pathtrack.record import same
from pathtrack.record.model import key
from pathtrack.sheet import form, guide
from pathtrack.sheet.form import FILLED, Column, Form
from pathtrack.text import is_safe_address, quoted, safe

_LOOKED_AT = 50
_NOTHING = re.compile(r"[\s\-–—.…/_]*")


@dataclass(frozen=True)
class Filled:
    """A form as it came back: whom it asks, where its columns are, and the rows above and below its header.

    `prefix` comes before the names of cells where several sheets have a form.
    """

    form: Form
    sheet: Sheet
    layout: Layout
    prefix: str = ""

    @property
    def header(self) -> Row | None:
        """The row with the names of the columns, if it is still there."""
        return None if self.layout.header is None else self.sheet.rows[self.layout.header]

    @property
    def above(self) -> tuple[Row, ...]:
        """The rows above the header, or above the form's own rows."""
        end = self.layout.below if self.layout.header is None else self.layout.header
        return self.sheet.rows[:end]

    @cached_property
    def replies(self) -> tuple["Reply", ...]:
        """The rows below it that have anything in them, but for the header again."""
        below = self.sheet.rows[self.layout.below :]
        again = self.header and self.header.cells
        return tuple(
            Reply(self, row) for row in below if any(map(str.strip, row.cells)) and row.cells != again
        )

    @cached_property
    def marks(self) -> Mapping[str, str]:
        """The fingerprints that the rows hide, by the key of the id."""
        found = (each.hidden.split() for each in self.replies)
        return {key(mark[0]): mark[1] for mark in found if len(mark) == 2}  # noqa: PLR2004 id and fingerprint

    def at(self, row: Row, place: int) -> str:
        """Return the name of a cell as a spreadsheet has it: H7."""
        return f"{self.prefix}{letters(place)}{row.line}"


class Reply(NamedTuple):
    """A row of a form that came back."""

    filled: Filled
    row: Row

    def cell(self, column: Column) -> str:
        """Return the text of a cell."""
        return self._text(self.filled.layout.places.get(column))

    def said(self, column: Column) -> str:
        """Return what a cell says; nothing for a dash."""
        text = self.cell(column).strip()
        return "" if _NOTHING.fullmatch(text) else text

    def link(self, column: Column) -> str:
        """Return the web address behind a cell, if there is one."""
        place = self.filled.layout.places.get(column, -1)
        address = self.filled.sheet.links.get((self.row.line, place), "")
        return address if is_safe_address(address) else ""

    def named(self, column: Column) -> str:
        """Return where a cell is, or its row where the column is gone."""
        place = self.filled.layout.places.get(column)
        return (
            f"{self.filled.prefix}row {self.row.line}" if place is None else self.filled.at(self.row, place)
        )

    @property
    def name(self) -> str:
        """The number in its first cell."""
        return self.cell(Column.ID).strip()

    @property
    def place(self) -> str:
        """Where that number is."""
        return self.named(Column.ID)

    @property
    def hidden(self) -> str:
        """What it hides."""
        return self._text(self.filled.layout.hidden)

    @property
    def mark(self) -> str:
        """The id that it hides."""
        return self.hidden.split(" ")[0] if layout.is_mark(self.hidden) else ""

    @property
    def words(self) -> tuple[str, ...]:
        """What makes rows the same that say the same."""
        return tuple(same.word(self.cell(column)) for column in FILLED)

    @property
    def is_filled(self) -> bool:
        """Whether somebody has filled anything in."""
        return any(self.said(column) or self.link(column) for column in FILLED)

    @property
    def shown(self) -> str:
        """What it says, cell by cell."""
        said = {column: self.said(column) for column in FILLED}
        return ", ".join(f"{self.named(column)} {quoted(text)}" for column, text in said.items() if text)

    @property
    def whole(self) -> str:
        """All that is in its columns, cell by cell."""
        places = {*self.filled.layout.places.values()}
        each = ((at, " ".join(text.split())) for _, at, text in cells([self.row]) if at in places)
        return ", ".join(f"{self.filled.at(self.row, at)} {quoted(text)}" for at, text in each)

    def _text(self, place: int | None) -> str:
        return self.row.cells[place] if place is not None and place < len(self.row.cells) else ""


class Returned(NamedTuple):
    """What came back in a file: its forms, its other sheets, and what there is to say about those."""

    forms: tuple[Filled, ...]
    others: tuple[Sheet, ...]
    notes: tuple[str, ...] = ()


def read(sheets: Sequence[Sheet]) -> Returned:
    """Return the forms in a workbook: none if it is another one; of those nobody sees, only if all are."""
    found = [(sheet, layout.find(sheet.rows)) for sheet in sheets]
    of_forms = [sheet for sheet, where in found if where]
    if not of_forms and any(map(_is_remains, sheets)):
        todo = "give them the names that they had, or copy the answers into the form that was sent"
        raise UsageError("a form of 'pathtrack ask' whose columns are not found", todo=todo)
    # A hidden copy may be what somebody meant to throw away.
    seen = [sheet for sheet in of_forms if not sheet.hidden.is_whole] or of_forms
    forms = [_form(each, where, several=len(seen) > 1) for each, where in found if where and each in seen]
    said = [f"sheet {quoted(each.name)} is hidden, and not taken" for each in of_forms if each not in seen]
    for form_ in forms:
        place = form_.layout.hidden
        said += hidden.notes(form_.sheet, () if place is None else (place,))
    return Returned(tuple(forms), tuple(sheet for sheet, where in found if not where), tuple(said))


def cells(rows: Iterable[Row]) -> Iterator[tuple[Row, int, str]]:
    """Yield the cells of rows that say anything, each with its row and its place."""
    for row in rows:
        yield from ((row, at, cell) for at, cell in enumerate(row.cells) if not _NOTHING.fullmatch(cell))


def _is_remains(sheet: Sheet) -> bool:
    """Return whether a sheet says that it is a form, though it has none of the columns."""
    cells_ = (cell for row in sheet.rows[:_LOOKED_AT] for cell in row.cells)
    return any(same.word(cell) == same.word(guide.QUESTION) or form.KIND in cell for cell in cells_)


def _form(sheet: Sheet, where: Layout, *, several: bool) -> Filled:
    addressed = _addressed(sheet.rows[: where.below])
    if not (where.form or addressed):
        todo = f"put '{form.ADDRESSED}NAME' above its header, or fill in the form that was sent"
        raise UsageError("the form does not say who was asked", todo=todo)
    said = where.form or Form("", next(iter(addressed.values())), "")
    found = Filled(said, sheet, where, f"{sheet.name}!" if several else "")
    for (line, at), name in addressed.items():
        if same.word(name) != same.word(safe(said.actor)):
            place = f"{found.prefix}{letters(at)}{line}"
            what = f"{place} says that {quoted(name)} was asked, not {quoted(said.actor)}"
            raise UsageError(what, todo="fill in the form that was sent")
    return found


def _addressed(above: Sequence[Row]) -> dict[tuple[int, int], str]:
    """Return who is asked, from the cells above the header that say it, by line and place."""
    start = form.ADDRESSED.strip()
    cells_ = ((row.line, at, cell) for row in above for at, cell in enumerate(row.cells))
    return {
        (line, at): cell.removeprefix(start).strip() for line, at, cell in cells_ if cell.startswith(start)
    }
