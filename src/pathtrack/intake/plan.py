"""What a table adds to a tracker's file, and the outcome of each of its rows."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, TypeVar

from pathtrack.errors import UsageError
from pathtrack.file import toml
from pathtrack.file.document import Document
from pathtrack.intake import comparison, rows
from pathtrack.intake.heads import Role
from pathtrack.intake.outcome import Plan, Remark, objection, together
from pathtrack.intake.reader.grid import Row
from pathtrack.intake.rows import Entry
from pathtrack.intake.rules import Rules, recalling
from pathtrack.intake.settling import Settler
from pathtrack.intake.table import Table
from pathtrack.intake.updates import UpdateRows
from pathtrack.record import objections, same
from pathtrack.record.model import Recommendation, Report, Tracker
from pathtrack.sheet import Shape
from pathtrack.text import count

_GAO = "U.S. Government Accountability Office"
_T = TypeVar("_T")


class _Group(NamedTuple):
    """The rows about one recommendation, which the tracker may have."""

    existing: Recommendation | None
    entries: list[Entry]
    remarks: list[Remark]


class Import(NamedTuple):
    """A tracker's file, how a table is read for it, and what the table adds to it."""

    document: Document
    rules: Rules
    plan: Plan

    def written(self, *, advance: Callable[[], None] = lambda: None) -> Document:
        """Return the file with what is added; `advance` is called as each addition is written."""
        new, updates = self.plan.recommendations, self.plan.updates
        return self.document.with_more(recommendations=new, updates=updates, advance=advance)


def begun(table: Table, rules: Rules, title: str | None, publisher: str | None) -> bytes:
    """Return a new tracker, its report named by the user, the whole table or the table's file."""
    names = table.values(rules.columns.get(Role.REPORT))
    # A title such as "t" would be all that a reader of the page learns.
    file = "" if table.name == "-" else f"Recommendations from {Path(table.name).name}"
    above = "" if rules.preset else table.title
    found = title or (names[0] if len(names) == 1 else above or file)
    if not found:
        raise UsageError("a new tracker needs the title of its report", todo="give --title TEXT")
    body = publisher or (_GAO if rules.preset else None)
    block = toml.block(objections.build(Report, {"title": found, "publisher": body}))
    return f"{toml.SCHEMA_LINE}\n{block}".encode()


def planned(
    document: Document, table: Table, rules: Rules, *, advance: Callable[[], None] = lambda: None
) -> Import:
    """Return what a table adds to a tracker's file, which remembers status words of earlier imports."""
    remembering = recalling(rules, document.tracker)
    return Import(document, remembering, plan(table, remembering, document.tracker, advance=advance))


def plan(table: Table, rules: Rules, tracker: Tracker, *, advance: Callable[[], None] = lambda: None) -> Plan:
    """Return what a table adds to a tracker; `advance` is called as each recommendation is done."""
    read = _updates if rules.shape is Shape.UPDATES else _recommendations
    found = together(read(table, rules, tracker, advance))
    refused = tuple(sorted(found.refused, key=lambda each: each.line))
    return replace(found, refused=refused, empty=tuple(row.line for row in table.rows if not row.cells))


def _updates(table: Table, rules: Rules, tracker: Tracker, advance: Callable[[], None]) -> Iterator[Plan]:
    """Yield what the rows of our own table of updates have that the tracker lacks."""
    fields = {row.line: comparison.fields(table, row) for row in table.rows}
    known = UpdateRows(tracker, rules, table.columns, [*fields.values()])

    def read(row: Row) -> Plan:
        advance()
        update, told = known.read(fields[row.line])
        remarks = tuple(Remark(row.line, each) for each in told)
        if update:
            return Plan(updates=(update,), imported=(row.line,), remarks=remarks)
        return Plan(unchanged=(row.line,), remarks=remarks)

    found, refused = _each(table, read)
    yield from (*found, refused)


def _recommendations(
    table: Table, rules: Rules, tracker: Tracker, advance: Callable[[], None]
) -> Iterator[Plan]:
    """Yield what the rows about each recommendation add, and why other rows are not imported."""
    entries, refused = _entries(table, rules)
    settler = Settler(rules, tracker, entries)
    groups, others = _groups(entries, settler, table.grid.unit)
    yield from (refused, Plan(refused=others, unread=tuple(each for one in entries for each in one.unread)))
    for group in groups:
        try:
            found = settler.addition(group.existing, group.entries)
            yield replace(found, remarks=(*group.remarks, *found.remarks))
        except (ValueError, UsageError) as error:
            yield Plan(refused=tuple(objection(each.line, error) for each in group.entries))
        advance()


def _groups(entries: Iterable[Entry], settler: Settler, unit: str) -> tuple[list[_Group], tuple[Remark, ...]]:
    """Return the rows about each recommendation, and why other rows are about none."""
    found: dict[tuple[str, ...], _Group] = {}
    refused = []
    for each in entries:
        try:
            existing, remark = settler.match(each)
        except ValueError as error:
            refused.append(objection(each.line, error))
            continue
        name = ("known", existing.id) if existing else each.subject
        group = found.setdefault(name, _Group(existing, [], []))
        first = group.entries[0] if group.entries else each
        if existing or _is_alike(each, first):
            group.entries.append(each)
            group.remarks.extend([Remark(each.line, remark)] if remark else [])
        else:
            refused.append(Remark(each.line, f"{unit} {first.line} has the same id and another title"))
    return [*found.values()], tuple(refused)


def _entries(table: Table, rules: Rules) -> tuple[list[Entry], Plan]:
    """Return the rows that can be read, and why the others cannot."""
    first = {row.cells: row.line for row in reversed(table.rows)}

    def read(row: Row) -> Entry:
        if first[row.cells] != row.line:
            raise ValueError(f"a repeat of {table.grid.unit} {first[row.cells]}")
        return rows.read(row.line, (comparison.fields if rules.shape else Table.fields)(table, row), rules)

    return _each(table, read)


def _each(table: Table, read: Callable[[Row], _T]) -> tuple[list[_T], Plan]:
    """Return what `read` makes of each row that is not empty, and why it refuses others."""
    found, refused = [], []
    for row in filter(lambda row: row.cells, table.rows):
        try:
            _require_whole(row, table)
            found.append(read(row))
        except (ValueError, UsageError) as error:
            refused.append(objection(row.line, error))
    return found, Plan(refused=tuple(refused))


def _require_whole(row: Row, table: Table) -> None:
    if row.line == table.grid.unclosed:
        raise ValueError("a quotation mark is never closed, so everything after it is in this row")
    if len(row.cells) > len(table.columns):
        header = f"the header has {count(len(table.columns), 'column')}"
        raise ValueError(f"{len(row.cells)} cells, but {header}")


def _is_alike(each: Entry, first: Entry) -> bool:
    return not (each.text and first.text) or same.word(each.text) == same.word(first.text)
