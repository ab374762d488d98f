"""What an import reports, as lines of text."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pathtrack import sheet
from pathtrack.intake import answers
from pathtrack.intake.columns import DateOrder
from pathtrack.intake.heads import Role
from pathtrack.intake.meanings import Vocabulary
from pathtrack.intake.plan import Plan
from pathtrack.intake.rows import Remark
from pathtrack.intake.rules import Rules
from pathtrack.intake.table import Table
from pathtrack.record.crosswalk import plain
from pathtrack.record.status import Response, Status
from pathtrack.sheet import Shape
from pathtrack.text import count, quoted

_ORDERS = {DateOrder.DMY: "day-month-year", DateOrder.MDY: "month-day-year"}
_LONGEST = 80
_APOSTROPHE = r"'\''"
"""An apostrophe within a shell's quotes: close them, escape it, open them again."""


def understood(table: Table, rules: Rules, words: Sequence[str]) -> Iterator[str]:
    """Yield how a table is read, before anything is made of it; `words` are its status words."""
    yield f"{table.name}: {count(len(table.rows), 'row')}, {table.form}"
    yield from table.notes
    if table.above:
        yield f"above the header, not read: {_lines((row.line for row in table.above), table.unit)}"
    for reason, lines in table.left_out.items():
        yield f"{_lines(lines, table.unit)}: {reason}"
    if rules.shape:
        yield f"a table of {rules.shape.name.lower()} exported by pathtrack: only changed cells are imported"
    if rules.shape is Shape.UPDATES:
        return
    yield from _columns(table, rules)
    if meanings := rules.vocabulary.meanings(words):
        yield f"statuses: {_meanings(meanings)}"
    if found := answers.meanings(table.values(rules.columns.get(Role.RESPONSE)), rules.answers):
        yield f"answers: {_meanings(found)}"
    for role, (order, example) in rules.orders.items() if not rules.shape else ():
        yield f"dates: {quoted(rules.columns[role])} is {_ORDERS[order]}, as in {example}"
    if rules.area and Role.AREA not in rules.columns:
        yield f"area of the recommendations: {rules.area}"
    if rules.date:
        yield f"date of the updates, where a row gives none: {rules.date}"


def _columns(table: Table, rules: Rules) -> Iterator[str]:
    """Yield which column gives what, of those that are not our own."""
    own = {*sheet.RECOMMENDATION} if rules.shape else set()
    if found := {role: column for role, column in rules.columns.items() if column not in own}:
        yield f"columns: {', '.join(f'{role} from {quoted(column)}' for role, column in found.items())}"
    if Role.STATUS not in rules.columns:
        yield "no column gives a status; if one does, name it with --column status=COLUMN"
    used = {*rules.columns.values(), *own}
    if kept := [quoted(column) for column in table.columns if column not in used]:
        yield f"kept in source only: {', '.join(kept)}"


def recalled(words: Sequence[str], before: Vocabulary, after: Vocabulary) -> Iterator[str]:
    """Yield which words now have a meaning that they did not have before."""
    known = before.meanings(words)
    if meanings := {
        word: status for word, status in after.meanings(words).items() if known.get(word) != status
    }:
        yield f"statuses: {_meanings(meanings)}, as before"


def listed(plan: Plan, unit: str = "line") -> Iterator[str]:
    """Yield which rows are not imported, and what else there is to say, each reason once with its lines."""
    for reason, lines in _grouped(plan.refused):
        yield f"{_lines(lines, unit)} {'was' if len(lines) == 1 else 'were'} not imported: {reason}"
    for reason, lines in _grouped(plan.unread):
        yield f"{_lines(lines, unit)}: a cell was left out: {reason}"
    if words := [each.word for each in (*plan.refused, *plan.unread) if each.word]:
        options = " ".join(_options(words)) or "--map 'WORD=STATUS'"
        yield f"map them with {options} or --scheme; STATUS is one of {', '.join(Status)}"
    yield from (f"{_lines(lines, unit)}: {reason}" for reason, lines in _grouped(plan.remarks))


def counted(plan: Plan) -> str:
    """Return what is added, and how many rows had which outcome."""
    outcomes = {
        "imported": len(plan.imported),
        "unchanged": len(plan.unchanged),
        "not imported": plan.not_imported,
        "empty": len(plan.empty),
    }
    added = f"{count(len(plan.recommendations), 'recommendation')} and {count(len(plan.updates), 'update')}"
    numbers = ", ".join(f"{number} {outcome}" for outcome, number in outcomes.items())
    return f"{added} from {count(sum(outcomes.values()), 'row')}: {numbers}"


def missing(table: Table, plan: Plan) -> str:
    """Return how many rows are not imported, not counting repeats; empty if none."""
    filled = [row.cells for row in table.rows if row.cells]
    number = plan.not_imported - (len(filled) - len({*filled}))
    return f"{number} of {count(len(table.rows), 'row')}" if number else ""


def _meanings(meanings: Mapping[str, Status] | Mapping[str, Response]) -> str:
    return ", ".join(f"{quoted(word)} is {status}" for word, status in meanings.items())


def _options(words: Iterable[str]) -> Iterator[str]:
    """Yield an option for each word short enough to type, quoted for a shell."""
    spelled: dict[str, str] = {}
    for word in words:
        spelled.setdefault(plain(word), word)
    for word in spelled.values():
        if len(word) <= _LONGEST:
            yield f"""--map '{word.replace("'", _APOSTROPHE)}=STATUS'"""


def _grouped(remarks: Iterable[Remark]) -> Iterable[tuple[str, set[int]]]:
    lines: dict[str, set[int]] = {}
    for each in remarks:
        lines.setdefault(each.reason, set()).add(each.line)
    return lines.items()


def _lines(numbers: Iterable[int], unit: str) -> str:
    """Return the numbers of lines, rows or records, with runs as ranges: lines 3, 5-9."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][-1] == number - 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    shown = ", ".join("-".join(map(str, run)) for run in runs)
    return f"{unit} {shown}" if shown.isdecimal() else f"{unit}s {shown}"
