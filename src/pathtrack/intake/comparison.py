"""When two rows of our table of updates say the same, whatever a spreadsheet made of their cells."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress

from pathtrack import sheet
from pathtrack.intake import cells
from pathtrack.intake.bare import noted, plain, uncut
from pathtrack.intake.columns import DateOrder
from pathtrack.record.dates import PartialDate, begins
from pathtrack.record.model import Update, key

Cells = Mapping[str, str]
"""A row: the texts of its cells by their columns."""
SAYING = tuple(name for name in sheet.UPDATE if name not in {"id", "recorded", "corrects", "reason"})
"""The columns of what an update says."""
_NAMES = ("recommendations", "actors", "searched")
_DAYS = ("date", "due", "evidence_date")


class Comparison:
    """Compares rows in the columns that a table has left."""

    def __init__(self, columns: Iterable[str], order: DateOrder | None) -> None:
        present = {*columns}
        self._order = order
        self.columns = [name for name in SAYING if name in present]
        self._known_by = [*self.columns, *(["corrects"] if "corrects" in present else [])]

    def says(self, row: Cells) -> tuple[str, ...]:
        """Return what rows share that say the same."""
        return tuple(self._said(name, row.get(name, "")) for name in self._known_by)

    def exported(self, update: Update) -> Iterator[tuple[str, ...]]:
        """Yield what the row of an update says, whole and, if a workbook cuts it, without what is cut."""
        row = texts(update)
        yield self.says(row)
        if any(sheet.fitting(text) != text for text in row.values()):
            yield self.says({name: uncut(sheet.fitting(text)) for name, text in row.items()})

    def differing(self, row: Cells, update: Update) -> list[str]:
        """Return the columns in which a row differs from that of an update."""
        old = texts(update)
        return [name for name in self.columns if not self.is_same(name, old[name], row.get(name, ""))]

    def is_same(self, name: str, was: str, now: str) -> bool:
        """Return whether a cell says what was exported into it."""
        if self._said(name, was) == self._said(name, now):
            return True
        if not now:
            return sheet.fitting(was) != was  # a cell that was cut is read as an empty one
        return name in _DAYS and self._began(was) == self._said(name, now)

    def _began(self, text: str) -> str:
        """Return the first day of a month or a year, which a spreadsheet may have made of it."""
        with suppress(ValueError):
            found = cells.date(text)
            return str(begins(found)) if isinstance(found, PartialDate) else ""
        return ""

    def _said(self, name: str, text: str) -> str:
        if name in _NAMES:
            found = "; ".join(cells.names(plain(text)))
            return key(found) if name == "recommendations" else found
        if name == "note":
            return noted(text)
        if not name.startswith("evidence_"):
            return self._day(text) if name in _DAYS else plain(text)
        shown = [self._day(each) if name in _DAYS else plain(each) for each in text.split("\n")]
        return "\n".join("" if each == sheet.NONE else each for each in shown)

    def _day(self, text: str) -> str:
        """Return a date as we write it, since spreadsheets write it differently."""
        try:
            return str(cells.date(text, self._order))
        except ValueError:
            return cells.line(text)


def texts(update: Update) -> dict[str, str]:
    """Return the row of an update as texts."""
    return {name: sheet.text_of(value) for name, value in sheet.update(update).items()}
