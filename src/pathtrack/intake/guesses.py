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

_OWN = {
    **{role: name for role in Role if (name := role.value.replace("-", "_")) in sheet.RECOMMENDATION},
    Role.ACTOR: "actors",
    Role.TAG: "tags",
    Role.DUE: "first_due",
    Role.LINK: "sources",
}
"""What columns of our own table give; its newest target date is of an update, and no day is a judgement's."""
_OF_UPDATES = {Role.STATUS: "status", Role.DATE: "date", Role.DUE: "due"}
_OF_A_SOURCE = (Role.QUOTE, Role.LOCATOR, Role.LANG)


def chosen(
    table: Table, given: Mapping[Role, str], preset: Preset | None, shape: Shape | None
) -> dict[Role, str]:
    """Return which column of a table gives what; in our own, nothing is guessed."""
    if shape:
        own = _OF_UPDATES if shape is Shape.UPDATES else {**_OWN, **given}
        return {role: name for role, name in own.items() if name in table.columns}

    def shows(column: str, role: Role) -> bool:
        return looks.show(table.values(column), role, len(table.rows))

    def look_like(column: str, role: Role) -> bool:
        cells, is_vague = table.values(column), parts.is_vague(column, role)
        return looks.look_like(cells, role, is_vague=is_vague, is_share=parts.is_share(column))

    found = columns.choose(table.columns, given, preset, looks=look_like, shows=shows)
    return found if preset else _settled(found, table, given)


def _settled(found: Mapping[Role, str], table: Table, given: Mapping[Role, str]) -> dict[Role, str]:
    """Return a choice with what its columns say together of those that the user has not given."""
    settled = {**found}
    title, summary = settled.get(Role.TITLE, ""), settled.get(Role.SUMMARY, "")
    # Of a text and another, whatever the names, the title is the shorter one.
    is_text = Role.SUMMARY in parts.hints_of(title) and given.keys().isdisjoint({Role.TITLE, Role.SUMMARY})
    if summary and is_text and _length(table, summary) < _length(table, title):
        settled |= {Role.TITLE: summary, Role.SUMMARY: title}
    if summary and Role.ID not in {**given, **settled} and Role.TITLE not in given and _has_ids(table, title):
        settled = {**settled, Role.ID: title, Role.TITLE: summary}
        del settled[Role.SUMMARY]
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
    return next((each for each in candidates if _has_ids(table, each)), "")


def _has_ids(table: Table, column: str) -> bool:
    return looks.are_ids(table.values(column), len(table.rows))


def _length(table: Table, column: str) -> float:
    """Return how long the texts of a column are; infinite if rows have none."""
    texts = table.values(column)
    is_whole = column in table.columns and all(
        " ".join(row.cells[place : place + 1]).strip()
        for place in [table.columns.index(column)]
        for row in table.rows
        if row.cells
    )
    return median(map(len, texts)) if texts and is_whole else inf
