"""The cells of our own tables without what we and spreadsheets did to them, and when two say the same."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress

from pathtrack import sheet
from pathtrack.intake import cells, dates
from pathtrack.intake.dates import DateOrder
from pathtrack.intake.reader.grid import Row
from pathtrack.intake.table import Table
from pathtrack.record.dates import PartialDate, begins
from pathtrack.record.model import Tracker, Update, key
from pathtrack.text import quoted, safe

Texts = Mapping[str, str]
"""A row: the texts of its cells by their columns."""
SAYING = tuple(name for name in sheet.UPDATE if name not in {"id", "recorded", "corrects", "reason"})
"""The columns of what an update says."""
_NAMES = ("recommendations", "actors", "searched")


def fields(table: Table, row: Row) -> dict[str, str]:
    """Return the cells of a row by their columns, without the marks that keep them from being formulas."""
    found = {column: uncut(sheet.bare(cell)) for column, cell in table.fields(row).items()}
    return {**found, **{name: _month(found[name]) for name in sheet.DATES if name in found}}


def is_ours(table: Table, tracker: Tracker) -> bool:
    """Return whether most rows are about recommendations of a tracker that came from no such table."""
    known = {key(each.id): each for each in tracker.recommendations}

    def is_shown(row: dict[str, str]) -> bool:
        found = known.get(key(row.get("id", "").strip()))
        return (
            found is not None
            and plain(found.title) == plain(row.get("title", ""))
            and "title" not in found.source
        )

    rows = [fields(table, row) for row in table.rows if row.cells]
    return sum(map(is_shown, rows)) > len(rows) / 2


def uncut(text: str) -> str:
    """Return the text of a cell; nothing for one that was cut, which cannot show a change."""
    return "" if text.endswith(sheet.CUT) else text


def plain(text: str) -> str:
    """Return what a text and its exported form share."""
    return cells.line(sheet.bare(safe(text)))


def noted(text: str) -> str:
    """Return what a note and its exported form share, where the line breaks may have been moved."""
    return plain(sheet.prose(text))


def change(name: str, was: str, now: str) -> str:
    """Return what has become of a cell, as messages show it: note 'old' → 'new'."""
    return f"{name} {' → '.join(quoted(text) if text else 'none' for text in (was, now))}"


class Comparison:
    """Compares cells with what was exported into them, dates as a table writes them."""

    def __init__(self, order: DateOrder | None) -> None:
        self._order = order

    def is_same(self, name: str, was: str, now: str) -> bool:
        """Return whether a cell says what was exported into it."""
        if self.said(name, was) == self.said(name, now):
            return True
        if not now:
            return sheet.fitting(was) != was  # a cell that was cut is read as an empty one
        return name in sheet.DATES and self._began(was) == self._day(now)

    def said(self, name: str, text: str) -> str:
        """Return what the cells of a column share that say the same."""
        if name in _NAMES:
            found = "; ".join(cells.names(plain(text)))
            return key(found) if name == "recommendations" else found
        if name == "note":
            return noted(text)
        if name == "sources":
            return "\n".join(sorted({*map(plain, text.split("\n"))}))
        if not name.startswith("evidence_"):
            return self._day(text) if name in sheet.DATES else plain(text)
        lines = [self._day(each) if name in sheet.DATES else plain(each) for each in text.split("\n")]
        return "\n".join("" if each == sheet.NONE else each for each in lines)

    def _began(self, text: str) -> str:
        """Return the first day of a month or a year, which a spreadsheet may have made of it."""
        with suppress(ValueError):
            found = dates.read(text)
            return str(begins(found)) if isinstance(found, PartialDate) else ""
        return ""

    def _day(self, text: str) -> str:
        """Return a date as we write it, since spreadsheets write it differently."""
        try:
            return str(dates.read(text, self._order))
        except ValueError:
            return cells.line(text)


class UpdateComparison(Comparison):
    """Compares rows of our table of updates in the columns that it has left."""

    def __init__(self, columns: Iterable[str], order: DateOrder | None) -> None:
        super().__init__(order)
        present = {*columns}
        self.columns = [name for name in SAYING if name in present]
        self._known_by = [*self.columns, *(["corrects"] if "corrects" in present else [])]

    def says(self, row: Texts) -> tuple[str, ...]:
        """Return what rows share that say the same."""
        return tuple(self.said(name, row.get(name, "")) for name in self._known_by)

    def exported(self, update: Update) -> Iterator[tuple[str, ...]]:
        """Yield what the row of an update says, whole and, if a workbook cuts it, without what is cut."""
        row = texts(update)
        yield self.says(row)
        if any(sheet.fitting(text) != text for text in row.values()):
            yield self.says({name: uncut(sheet.fitting(text)) for name, text in row.items()})

    def differing(self, row: Texts, update: Update) -> list[str]:
        """Return the columns in which a row differs from that of an update."""
        old = texts(update)
        return [name for name in self.columns if not self.is_same(name, old[name], row.get(name, ""))]


def texts(update: Update) -> dict[str, str]:
    """Return the row of an update as texts."""
    return {name: sheet.text_of(value) for name, value in sheet.update(update).items()}


def _month(text: str) -> str:
    """Return a date, of which Excel makes Jan-25 where we wrote 2025-01."""
    with suppress(ValueError):
        return f"{dt.datetime.strptime(text.strip(), '%b-%y'):%Y-%m}"  # noqa: DTZ007 a month has no time zone
    return text
