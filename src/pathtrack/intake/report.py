"""What there is to tell about an import, as lines of text."""

from collections.abc import Iterable, Iterator, Mapping

from pathtrack.intake import own
from pathtrack.intake.columns import DateOrder, Role
from pathtrack.intake.own import Shape
from pathtrack.intake.rows import Rules
from pathtrack.intake.settling import Plan, Told
from pathtrack.intake.table import Table
from pathtrack.record.crosswalk import plain
from pathtrack.record.status import Status
from pathtrack.text import count, quoted

_ORDERS = {DateOrder.DMY: "day-month-year", DateOrder.MDY: "month-day-year"}
_LONGEST = 80
_APOSTROPHE = r"'\''"
"""An apostrophe within a shell's quotes: they end, it stands escaped, they begin again."""


def understood(table: Table, rules: Rules, *, name: str) -> Iterator[str]:
    """Tell how a table is read, before anything is made of it."""
    yield f"{name}: {count(len(table.rows), 'row')}, {table.encoding}, separated by {table.separator}"
    if table.above:
        yield f"above the header, not read: {_lines(row.line for row in table.above)}"
    shape = own.shape(table.columns, rules)
    if shape:
        yield f"a table of {shape.name.lower()} as pathtrack exports it: only what was changed in it is new"
    if shape is Shape.UPDATES:
        return
    yield f"columns: {', '.join(f'{role} from {quoted(column)}' for role, column in rules.columns.items())}"
    yield from _missing(rules)
    if kept := [quoted(column) for column in table.columns if column not in rules.columns.values()]:
        yield f"kept in source only: {', '.join(kept)}"
    if words := _meanings(table, rules):
        yield f"statuses: {_taken_for(words)}"
    for role, (order, example) in rules.orders.items():
        yield f"dates: {quoted(rules.columns[role])} is {_ORDERS[order]}, as in {example}"
    if rules.date:
        yield f"date of the updates, where a row gives none: {rules.date}"


def recalled(table: Table, rules: Rules, recalling: Rules) -> Iterator[str]:
    """Tell which words the second rules can read and the first cannot."""
    known = _meanings(table, rules)
    words = {word: status for word, status in _meanings(table, recalling).items() if word not in known}
    if words:
        yield f"statuses: {_taken_for(words)}, as before"


def listed(made: Plan) -> Iterator[str]:
    """Tell which rows are not taken, and what else there is to say, each reason once with its lines."""
    yield from (f"{_lines(lines)}: not taken: {reason}" for reason, lines in _grouped(made.refused))
    if made.unknown:
        options = " ".join(_options(made.unknown)) or "--map 'WORD=STATUS'"
        yield f"map them with {options} or --scheme; STATUS is one of {', '.join(Status)}"
    yield from (f"{_lines(lines)}: {reason}" for reason, lines in _grouped(made.remarks))


def counted(made: Plan) -> str:
    """Tell what is added, and what became of the rows."""
    rows = {
        "taken": len(made.taken),
        "unchanged": len(made.unchanged),
        "not taken": made.not_taken,
        "empty": len(made.empty),
    }
    added = f"{count(len(made.recommendations), 'recommendation')} and {count(len(made.updates), 'update')}"
    return f"{added} from {count(sum(rows.values()), 'row')}: " + ", ".join(
        f"{number} {fate}" for fate, number in rows.items()
    )


def lacking(table: Table, made: Plan) -> str:
    """Tell how many rows are not taken; nothing if those are only there twice."""
    filled = [row.cells for row in table.rows if row.cells]
    number = made.not_taken - (len(filled) - len({*filled}))
    return f"{number} of {count(len(table.rows), 'row')}" if number else ""


def _missing(rules: Rules) -> Iterator[str]:
    """Tell what no column gives, where something is lost by that; rows that lack an area are told as such."""
    if Role.STATUS not in rules.columns:
        yield "no column gives a status; if one does, name it with --column status=COLUMN"


def _taken_for(words: Mapping[str, Status]) -> str:
    return ", ".join(f"{quoted(word)} is {status}" for word, status in words.items())


def _meanings(table: Table, rules: Rules) -> dict[str, Status]:
    """Return the status words of a table that can be read, each with what it is taken for."""
    found: dict[str, Status] = {}
    for word in table.words(rules.columns.get(Role.STATUS)):
        try:
            status = rules.words.read(word)
        except ValueError:  # the row is listed with it
            continue
        if status:
            found[word] = status
    return found


def _options(words: Iterable[str]) -> Iterator[str]:
    """Yield an option for each word of a length that people write, as a shell reads it."""
    found: dict[str, str] = {}
    for word in words:
        found.setdefault(plain(word), word)
    for word in found.values():
        if len(word) <= _LONGEST:
            yield f"""--map '{word.replace("'", _APOSTROPHE)}=STATUS'"""


def _grouped(told: Iterable[Told]) -> Iterable[tuple[str, list[int]]]:
    reasons: dict[str, list[int]] = {}
    for each in told:
        reasons.setdefault(each.reason, []).append(each.line)
    return reasons.items()


def _lines(numbers: Iterable[int]) -> str:
    """Name lines, runs of them by their ends: lines 3, 5-9."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][-1] == number - 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    told = ", ".join("-".join(map(str, run)) for run in runs)
    return f"line {told}" if told.isdecimal() else f"lines {told}"
