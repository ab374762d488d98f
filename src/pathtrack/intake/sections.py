"""Headings between the rows of a table, as the areas of the rows below them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pathtrack.intake.heads import Role
from pathtrack.intake.reader.grid import Row
from pathtrack.intake.table import SECTION, Table
from pathtrack.record import same

_NUMBERED = re.compile(
    r"(?:[A-Z]|[IVXLC]+|\d+(?:\.\d+)*)[.):–-]\s+\S|제\s*\d+\s*[장절부편]|[가-하]\.\s|[\u2160-\u216b■□▶○●]"
    r"|(?:part|chapter|section|pillar|theme|goal|objective|priority|area|axis|axe|volet|chapitre|partie|kapitel"
    r"|teil|ziel|handlungsfeld|capítulo|eje|objetivo|parte)\b.{0,3}[\dIVX]",
    re.IGNORECASE,
)


def taken(table: Table, columns: Mapping[Role, str]) -> tuple[Table, dict[Role, str]]:
    """Return a table with its headings taken from its rows, and the columns with the one that they make."""
    if SECTION in table.columns:
        return table, {**columns}
    if Role.AREA in columns:
        return _without_repeated(table, table.columns.index(columns[Role.AREA])), {**columns}
    headings = {row.line for row in _headings(table, columns)}
    sections, rows, current = dict[int, str](), [], ""
    for row in table.rows:
        if row.line in headings:
            current = " ".join(" ".join(row.cells).split())
            continue
        rows.append(row)
        if current and row.cells:
            sections[row.line] = current
    if not sections:
        return table, {**columns}
    left_out = {**table.left_out, "a heading, and the area of the rows below it": sorted(headings)}
    found = replace(table, rows=tuple(rows), sections=sections, left_out=left_out)
    return found, {**columns, Role.AREA: SECTION}


def _without_repeated(table: Table, place: int) -> Table:
    """Return a table without the headings that say what the column of areas says too."""
    areas = {
        same.word(row.cells[place]) for row in table.rows if len(_places(row)) > 1 and place < len(row.cells)
    }
    headings = {
        row.line
        for row in table.rows
        if len(found := _places(row)) == 1 and found != [place] and same.word(row.cells[found[0]]) in areas
    }
    if not headings:
        return table
    left_out = {**table.left_out, "a heading, which the column of areas has too": sorted(headings)}
    return replace(
        table, rows=tuple(row for row in table.rows if row.line not in headings), left_out=left_out
    )


def _headings(table: Table, columns: Mapping[Role, str]) -> list[Row]:
    """Return the rows of one cell that cannot be a recommendation, or are numbered as headings are."""
    titles = [table.columns.index(columns[role]) for role in (Role.TITLE, Role.SUMMARY) if role in columns]
    filled = [row for row in table.rows if row.cells]
    full = [row for row in filled if len(_places(row)) > 1]
    texts = [row.cells[place] for row in full for place in titles if place < len(row.cells)]
    is_numbered = any(map(_NUMBERED.match, texts))
    # A title that lacks all that the others have is none, if they have an id or a text, and more.
    always = {*range(len(table.columns))}.intersection(*map(_places, full)) if len(full) > 1 else set()
    whole = {table.columns.index(columns[role]) for role in (Role.ID, Role.SUMMARY) if role in columns}
    found = []
    for number, row in enumerate(filled):
        (place, *others) = _places(row)
        if others or not _has_rows(filled[number + 1 :]) or not re.search(r"[^\W\d_]{2}", row.cells[place]):
            continue
        text = row.cells[place].strip()
        is_heading = (
            text.isupper()
            or (_NUMBERED.match(text) and not is_numbered)
            or ((whole & always) - {place} and len(always - {place}) > 1)
        )
        if titles and place <= max(titles) and (is_heading or place not in titles):
            found.append(row)
    return found


def _has_rows(below: Sequence[Row]) -> bool:
    return any(len(_places(row)) > 1 for row in below[:3])


def _places(row: Row) -> list[int]:
    return [place for place, cell in enumerate(row.cells) if cell.strip()]
