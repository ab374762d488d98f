"""What a table adds to a tracker, and what becomes of each of its rows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from pathtrack.errors import UsageError
from pathtrack.intake import entry
from pathtrack.intake.cells import same
from pathtrack.intake.entry import Entry, Rules
from pathtrack.intake.settling import Settled, Settler
from pathtrack.intake.table import Row, Table
from pathtrack.model import Recommendation, Tracker, Update


class Told(NamedTuple):
    """Something to say about a row."""

    line: int
    reason: str


@dataclass
class Plan:
    """What is added, and the lines of the rows: each is in one of `taken`, `unchanged`, `empty`, `refused`.

    `remarks` are about rows that are taken, or unchanged.
    """

    recommendations: list[Recommendation] = field(default_factory=list)
    updates: list[Update] = field(default_factory=list)
    taken: list[int] = field(default_factory=list)
    unchanged: list[int] = field(default_factory=list)
    empty: list[int] = field(default_factory=list)
    refused: list[Told] = field(default_factory=list)
    remarks: list[Told] = field(default_factory=list)


def plan(table: Table, rules: Rules, tracker: Tracker, *, advance: Callable[[], None] = lambda: None) -> Plan:
    """Say what a table adds to a tracker; `advance` is called as each recommendation is done."""
    made = Plan()
    groups: dict[tuple[str, ...], list[Entry]] = {}
    for found in _entries(table, rules, made):
        groups.setdefault(found.identity, []).append(found)
    settler = Settler(rules, tracker, [first.id for first, *_ in groups.values() if first.id])
    for group in groups.values():
        alike = [each for each in group if _is_about(each, group[0], made)]
        try:
            _add(settler.settle(alike), made)
        except (ValueError, UsageError) as error:
            made.refused += [Told(each.line, str(error)) for each in alike]
        advance()
    made.refused.sort()
    return made


def _add(settled: Settled, made: Plan) -> None:
    made.recommendations += [settled.new] if settled.new else []
    made.updates += settled.updates
    made.taken += settled.taken
    made.unchanged += settled.unchanged
    made.remarks += [Told(line, reason) for line, reason in settled.remarks]


def _entries(table: Table, rules: Rules, made: Plan) -> Iterator[Entry]:
    """Yield the rows that can be read, and tell of the others."""
    seen: dict[tuple[str, ...], int] = {}
    for row in table.rows:
        if not row.cells:
            made.empty.append(row.line)
            continue
        try:
            _require_whole(row, table)
            _require_new(row, seen)
            found = entry.read(row.line, table.fields(row), rules)
        except (ValueError, UsageError) as error:
            made.refused.append(Told(row.line, str(error)))
        else:
            yield found


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
