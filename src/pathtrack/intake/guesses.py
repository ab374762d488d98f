"""Which column of a table gives what, as its name and its cells suggest."""

from collections.abc import Mapping
from math import inf
from statistics import median

from pathtrack import sheet
from pathtrack.intake import columns, heads, looks, parts
from pathtrack.intake.columns import Preset
from pathtrack.intake.heads import Role
from pathtrack.intake.table import Table
from pathtrack.sheet import Shape

_DERIVED = frozenset({*sheet.DATES, "updates", "corrected", "evidence", "moved", "overdue"}) - {
    *("first_due", "date", "evidence_date")
}
"""Columns of our own exports that give nothing, whatever they are called."""
_OF_A_SOURCE = (Role.QUOTE, Role.LOCATOR, Role.LANG)


def chosen(
    table: Table, given: Mapping[Role, str], preset: Preset | None, shape: Shape | None
) -> dict[Role, str]:
    """Return which column of a table gives what.

    In our own export, the newest target date is that of an update, and no day is that of a judgement.
    """

    def shows(column: str, role: Role) -> bool:
        return looks.show(table.values(column), role, len(table.rows))

    def look_like(column: str, role: Role) -> bool:
        cells, is_vague = table.values(column), parts.is_vague(column, role)
        if shape and not is_vague:
            return True  # our own names are sure, whatever the cells
        return looks.look_like(cells, role, is_vague=is_vague, is_share=parts.is_share(column))

    if shape is Shape.UPDATES:
        own = {Role.STATUS: "status", Role.DATE: "date", Role.DUE: "due"}
        return {role: name for role, name in own.items() if name in table.columns}
    if shape:
        own = {Role.DUE: "first_due", Role.LINK: "sources", Role.DATE: "date"}
        given = {**{role: name if name in table.columns else "" for role, name in own.items()}, **given}
    free = [each for each in table.columns if not (shape and each in _DERIVED) or each in given.values()]
    found = columns.choose(tuple(free), given, preset, looks=look_like, shows=shows)
    return found if preset or shape else _settled(found, table, given)


def _settled(found: Mapping[Role, str], table: Table, given: Mapping[Role, str]) -> dict[Role, str]:
    """Return a choice with what its columns say together of those that the user has not given."""
    settled = {**found}
    title, summary = settled.get(Role.TITLE), settled.get(Role.SUMMARY)
    # The title is the shorter one, whatever the names.
    is_free = title and summary and given.keys().isdisjoint({Role.TITLE, Role.SUMMARY})
    if is_free and _length(table, summary) < _length(table, title):
        settled |= {Role.TITLE: summary or "", Role.SUMMARY: title or ""}
    if Role.ID not in {**given, **settled} and (column := _id(settled, table, given)):
        settled = {role: name for role, name in settled.items() if name != column} | {Role.ID: column}
    if Role.LINK not in settled:
        # They are those of a source in the same row.
        settled = {role: name for role, name in settled.items() if role not in _OF_A_SOURCE or role in given}
    return {role: settled[role] for role in Role if role in settled}


def _id(settled: Mapping[Role, str], table: Table, given: Mapping[Role, str]) -> str:
    """Return a column that has an id in each row, and is called as references or recommendations are.

    A page is no id, even where each recommendation has one of its own.
    """
    used = {*given.values(), *(name for role, name in settled.items() if role is not Role.REF)}
    ref = settled.get(Role.REF, "")
    named = [each for each in table.columns if parts.spelled(each) in heads.NAMES[Role.TITLE]]
    candidates = (
        each for each in (ref, *named) if each and each not in used and parts.spelled(each) != "page"
    )
    return next((each for each in candidates if looks.are_ids(table.values(each), len(table.rows))), "")


def _length(table: Table, column: str | None) -> float:
    """Return how long the texts of a column are; infinite if rows have none."""
    texts = table.values(column)
    is_whole = column in table.columns and all(
        " ".join(row.cells[place : place + 1]).strip()
        for place in [table.columns.index(column)]
        for row in table.rows
        if row.cells
    )
    return median(map(len, texts)) if texts and is_whole else inf
