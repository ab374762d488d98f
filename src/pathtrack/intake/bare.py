"""The cells of our own tables, without what we and spreadsheets did to them."""

import datetime as dt
from contextlib import suppress

from pathtrack import sheet
from pathtrack.intake import cells
from pathtrack.intake.reader.grid import Row
from pathtrack.intake.table import Table
from pathtrack.record.model import Tracker, key
from pathtrack.text import safe


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


def _month(text: str) -> str:
    """Return a date, of which Excel makes Jan-25 where we wrote 2025-01."""
    with suppress(ValueError):
        return f"{dt.datetime.strptime(text.strip(), '%b-%y'):%Y-%m}"  # noqa: DTZ007 a month has no time zone
    return text
