"""What a table adds to a tracker's file, and the outcome of each of its rows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypeVar

from pathtrack.errors import UsageError
from pathtrack.file import toml
from pathtrack.file.document import Document
from pathtrack.intake import own, rows
from pathtrack.intake.columns import Role
from pathtrack.intake.rows import Entry, Remark, objection
from pathtrack.intake.rules import Rules, recalling
from pathtrack.intake.settling import Addition, Settler
from pathtrack.intake.table import Row, Table
from pathtrack.intake.updates import UpdateRows
from pathtrack.record import objections, same
from pathtrack.record.model import Recommendation, Report, Tracker, Update
from pathtrack.sheet import Shape
from pathtrack.text import count

_GAO = "U.S. Government Accountability Office"
_T = TypeVar("_T")
_Result = tuple[list[Addition], list[Remark]]


@dataclass(frozen=True)
class Plan:
    """What is added, and the lines of the rows by their outcome: each row has one.

    A row may be refused for several reasons. `remarks` are about rows that are imported, or unchanged.
    """

    recommendations: tuple[Recommendation, ...]
    updates: tuple[Update, ...]
    imported: tuple[int, ...]
    unchanged: tuple[int, ...]
    empty: tuple[int, ...]
    refused: tuple[Remark, ...]
    remarks: tuple[Remark, ...]

    @property
    def not_imported(self) -> int:
        """The number of rows that are refused."""
        return len({each.line for each in self.refused})

    def require(self, *, strict: bool) -> None:
        """Raise UsageError if nothing can be imported or, if strict, not everything."""
        if strict and self.refused:
            what = f"{count(self.not_imported, 'row')} cannot be imported; nothing was written"
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
    found = title or (names[0] if len(names) == 1 else stem)
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
    added, refused = read(table, rules, tracker, advance)
    return Plan(
        recommendations=tuple(each.recommendation for each in added if each.recommendation),
        updates=tuple(update for each in added for update in each.updates),
        imported=tuple(line for each in added for line in each.imported),
        unchanged=tuple(line for each in added for line in each.unchanged),
        empty=tuple(row.line for row in table.rows if not row.cells),
        refused=tuple(sorted(refused, key=lambda each: each.line)),
        remarks=tuple(remark for each in added for remark in each.remarks),
    )


def _updates(table: Table, rules: Rules, tracker: Tracker, advance: Callable[[], None]) -> _Result:
    """Return what our own table of updates has that the tracker lacks."""
    known = UpdateRows(tracker, rules, table.columns)

    def read(row: Row) -> Addition:
        advance()
        if update := known.add(own.fields(table, row)):
            return Addition(updates=(update,), imported=(row.line,))
        return Addition(unchanged=(row.line,))

    return _each(table, read)


def _recommendations(table: Table, rules: Rules, tracker: Tracker, advance: Callable[[], None]) -> _Result:
    """Return what a table of recommendations adds, and why other rows are not imported."""
    entries, refused = _entries(table, rules)
    groups: dict[tuple[str, ...], list[Entry]] = {}
    for each in entries:
        if not each.problems:
            groups.setdefault(each.subject, []).append(each)
    # Ids that a later row has are taken before any is made up for an earlier one.
    settler = Settler(rules, tracker, _ids(groups.values()))
    added = []
    for group in groups.values():
        alike = [each for each in group if _is_alike(each, group[0])]
        same_id = f"line {group[0].line} has the same id and another title"
        refused += [Remark(each.line, same_id) for each in group if not _is_alike(each, group[0])]
        try:
            added.append(settler.addition(alike))
        except (ValueError, UsageError) as error:
            refused += [objection(each.line, error) for each in alike]
        advance()
    for each in entries:
        refused += [objection(each.line, error) for error in each.problems]
        if each.problems and each.subject not in groups and (reason := settler.objection([each])):
            refused.append(Remark(each.line, reason))
    return added, refused


def _ids(groups: Iterable[list[Entry]]) -> dict[str, str]:
    """Return the ids in a table, each with that of which it is a part."""
    return {first.id: str(first.fields.get("part_of", "")) for first, *_ in groups if first.id}


def _entries(table: Table, rules: Rules) -> tuple[list[Entry], list[Remark]]:
    """Return the rows that can be read, and why the others cannot."""
    first = {row.cells: row.line for row in reversed(table.rows)}

    def read(row: Row) -> Entry:
        if first[row.cells] != row.line:
            raise ValueError(f"a repeat of line {first[row.cells]}")
        return rows.read(row.line, (own.fields if rules.shape else Table.fields)(table, row), rules)

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
