"""What a table adds to a tracker's file, and the outcome of each of its rows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypeVar

from pathtrack.errors import UsageError
from pathtrack.file import toml
from pathtrack.file.document import Document
from pathtrack.intake import bare, rows
from pathtrack.intake.heads import Role
from pathtrack.intake.reader.grid import Row
from pathtrack.intake.rows import Entry, Remark, objection
from pathtrack.intake.rules import Rules, recalling
from pathtrack.intake.settling import Addition, Settler
from pathtrack.intake.table import Table
from pathtrack.intake.updates import UpdateRows
from pathtrack.record import objections, same
from pathtrack.record.model import Recommendation, Report, Tracker, Update
from pathtrack.sheet import Shape
from pathtrack.text import count

_GAO = "U.S. Government Accountability Office"
_T = TypeVar("_T")


class _Outcome(NamedTuple):
    """What rows add, which are refused, and which of their cells cannot be read."""

    added: list[Addition]
    refused: list[Remark]
    unread: list[Remark]


class _Group(NamedTuple):
    """The rows about one recommendation, which the tracker may have."""

    existing: Recommendation | None
    entries: list[Entry]
    remarks: list[Remark]


@dataclass(frozen=True)
class Plan:
    """What is added, and the lines of the rows by their outcome: each row has one.

    A row may be refused for several reasons. `remarks` are about rows that are imported, or unchanged, and
    `unread` about cells that are left out.
    """

    recommendations: tuple[Recommendation, ...]
    updates: tuple[Update, ...]
    imported: tuple[int, ...]
    unchanged: tuple[int, ...]
    empty: tuple[int, ...]
    refused: tuple[Remark, ...]
    remarks: tuple[Remark, ...]
    unread: tuple[Remark, ...]

    @property
    def not_imported(self) -> int:
        """The number of rows that are refused."""
        return len({each.line for each in self.refused})

    def require(self, *, strict: bool) -> None:
        """Raise UsageError if nothing can be imported or, if strict, not everything."""
        if strict and (self.refused or self.unread):
            rows = {each.line for each in (*self.refused, *self.unread)}
            what = f"{count(len(rows), 'row')} cannot be imported whole; nothing was written"
            raise UsageError(what, todo="correct them, or leave --strict out to import the others")
        if not (self.imported or self.unchanged):
            todo = "see the reasons above" if self.refused else "give a table with rows"
            raise UsageError("no rows could be imported; nothing was written", todo=todo)


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
    stem = "" if table.name == "-" else Path(table.name).stem
    above = "" if rules.preset else table.title
    found = title or (names[0] if len(names) == 1 else above or stem)
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
    added, refused, unread = read(table, rules, tracker, advance)
    return Plan(
        recommendations=tuple(each.recommendation for each in added if each.recommendation),
        updates=tuple(update for each in added for update in each.updates),
        imported=tuple(line for each in added for line in each.imported),
        unchanged=tuple(line for each in added for line in each.unchanged),
        empty=tuple(row.line for row in table.rows if not row.cells),
        refused=tuple(sorted(refused, key=lambda each: each.line)),
        remarks=tuple(remark for each in added for remark in each.remarks),
        unread=tuple(unread),
    )


def _updates(table: Table, rules: Rules, tracker: Tracker, advance: Callable[[], None]) -> _Outcome:
    """Return what our own table of updates has that the tracker lacks."""
    fields = {row.line: bare.fields(table, row) for row in table.rows}
    known = UpdateRows(tracker, rules, table.columns, [*fields.values()])

    def read(row: Row) -> Addition:
        advance()
        update, told = known.read(fields[row.line])
        remarks = tuple(Remark(row.line, each) for each in told)
        if update:
            return Addition(updates=(update,), imported=(row.line,), remarks=remarks)
        return Addition(unchanged=(row.line,), remarks=remarks)

    return _Outcome(*_each(table, read), [])


def _recommendations(table: Table, rules: Rules, tracker: Tracker, advance: Callable[[], None]) -> _Outcome:
    """Return what a table of recommendations adds, and why other rows are not imported."""
    entries, refused = _entries(table, rules)
    settler = Settler(rules, tracker, entries)
    groups, others = _groups(entries, settler, table.unit)
    refused += others
    added = []
    for group in groups:
        try:
            addition = settler.addition(group.existing, group.entries)
            added.append(addition._replace(remarks=(*group.remarks, *addition.remarks)))
        except (ValueError, UsageError) as error:
            refused += [objection(each.line, error) for each in group.entries]
        advance()
    unread = [remark for each in entries for remark in each.unread]
    unread += [remark for each in added for remark in each.unread]
    return _Outcome(added, refused, unread)


def _groups(entries: Iterable[Entry], settler: Settler, unit: str) -> tuple[list[_Group], list[Remark]]:
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
    return [*found.values()], refused


def _entries(table: Table, rules: Rules) -> tuple[list[Entry], list[Remark]]:
    """Return the rows that can be read, and why the others cannot."""
    first = {row.cells: row.line for row in reversed(table.rows)}

    def read(row: Row) -> Entry:
        if first[row.cells] != row.line:
            raise ValueError(f"a repeat of {table.unit} {first[row.cells]}")
        return rows.read(row.line, (bare.fields if rules.shape else Table.fields)(table, row), rules)

    return _each(table, read)


def _each(table: Table, read: Callable[[Row], _T]) -> tuple[list[_T], list[Remark]]:
    """Return what `read` makes of each row that is not empty, and why it refuses others."""
    found, refused = [], []
    for row in filter(lambda row: row.cells, table.rows):
        try:
            _require_whole(row, table)
            found.append(read(row))
        except (ValueError, UsageError) as error:
            refused.append(objection(row.line, error))
    return found, refused


def _require_whole(row: Row, table: Table) -> None:
    if row.line == table.unclosed:
        raise ValueError("a quotation mark is never closed, so everything after it is in this row")
    if len(row.cells) > len(table.columns):
        header = f"the header has {count(len(table.columns), 'column')}"
        raise ValueError(f"{len(row.cells)} cells, but {header}")


def _is_alike(each: Entry, first: Entry) -> bool:
    return not (each.text and first.text) or same.word(each.text) == same.word(first.text)
