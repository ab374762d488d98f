"""What a table adds to a tracker, and what becomes of each of its rows."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from pathtrack.errors import UsageError
from pathtrack.intake import own
from pathtrack.intake import rows as entry
from pathtrack.intake.cells import same
from pathtrack.intake.own import Records, Shape
from pathtrack.intake.rows import Entry, Rules
from pathtrack.intake.settling import Plan, Settler, Told
from pathtrack.intake.table import Row, Table
from pathtrack.record.model import Tracker

_Read = TypeVar("_Read")


def plan(table: Table, rules: Rules, tracker: Tracker, *, advance: Callable[[], None] = lambda: None) -> Plan:
    """Say what a table adds to a tracker; `advance` is called as each recommendation is done."""
    made = Plan()
    shape = own.shape(table.columns, rules)
    if shape is Shape.UPDATES:
        _take_updates(table, Records(tracker, rules, table.columns), made, advance)
        return made
    groups: dict[tuple[str, ...], list[Entry]] = {}
    faulty: list[Entry] = []
    for found in _entries(table, rules, shape, made):
        if found.problems:
            faulty.append(found)
        else:
            groups.setdefault(found.identity, []).append(found)
    settler = Settler(rules, tracker, [first.id for first, *_ in groups.values() if first.id], shape)
    for group in groups.values():
        alike = [each for each in group if _is_about(each, group[0], made)]
        try:
            settler.settle(alike, made)
        except (ValueError, UsageError) as error:
            made.refused += [Told(each.line, str(error)) for each in alike]
        advance()
    for each in faulty:
        objection = "" if each.identity in groups else settler.objection([each])
        made.refused += [Told(each.line, reason) for reason in (*each.problems, objection) if reason]
        made.unknown += each.unknown
    made.refused.sort(key=lambda each: each.line)
    return made


def _take_updates(table: Table, records: Records, made: Plan, advance: Callable[[], None]) -> None:
    """Plan what our own table of updates has that the tracker has not."""
    for line, update in _each(table, made, lambda row: records.new(own.fields(table, row))):
        made.updates += [update] if update else []
        (made.taken if update else made.unchanged).append(line)
        advance()
    made.unknown += records.unknown


def _entries(table: Table, rules: Rules, shape: Shape | None, made: Plan) -> Iterator[Entry]:
    """Yield the rows that can be read, and tell of the others."""
    seen: dict[tuple[str, ...], int] = {}

    def read(row: Row) -> Entry:
        _require_new(row, seen)
        return entry.read(row.line, own.fields(table, row) if shape else table.fields(row), rules)

    for _, found in _each(table, made, read):
        yield found


def _each(table: Table, made: Plan, read: Callable[[Row], _Read]) -> Iterator[tuple[int, _Read]]:
    """Yield the rows that can be read with their lines, and tell of the others."""
    for row in table.rows:
        if not row.cells:
            made.empty.append(row.line)
            continue
        try:
            _require_whole(row, table)
            found = read(row)
        except (ValueError, UsageError) as error:
            made.refused.append(Told(row.line, str(error)))
        else:
            yield row.line, found


def _require_new(row: Row, seen: dict[tuple[str, ...], int]) -> None:
    if (first := seen.setdefault(row.cells, row.line)) != row.line:
        raise ValueError(f"the same as line {first}")


def _require_whole(row: Row, table: Table) -> None:
    if row.line == table.unclosed:
        raise ValueError("a quotation mark is opened and never closed: all that follows is in this row")
    if len(row.cells) > len(table.columns):
        raise ValueError(f"{len(row.cells)} cells, but the header names {len(table.columns)} columns")


def _is_about(each: Entry, first: Entry, made: Plan) -> bool:
    """Tell whether two rows of one identity are about one recommendation; refuse the row otherwise."""
    if not (each.wording and first.wording) or same(each.wording) == same(first.wording):
        return True
    made.refused.append(Told(each.line, f"the id is that of line {first.line}, which has another title"))
    return False
