"""What an import reports, as lines of text."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from pathtrack import sheet
from pathtrack.intake import answers
from pathtrack.intake.dates import DateOrder
from pathtrack.intake.heads import Role
from pathtrack.intake.meanings import suggested
from pathtrack.intake.outcome import Plan, Remark
from pathtrack.intake.rules import Rules
from pathtrack.intake.table import Table
from pathtrack.record.crosswalk import plain
from pathtrack.record.status import Response, Status
from pathtrack.sheet import Shape
from pathtrack.text import count, quoted

_ORDERS = {DateOrder.DMY: "day-month-year", DateOrder.MDY: "month-day-year"}
_LONGEST = 80
_HANDFUL = 5
_RUNS = 8
_MAPPED = 20
"""How many options are spelled out for words without a meaning."""
_MAP = "--map 'WORD=STATUS'"
_OWN = re.compile(r"'(?:[^']|(?<=\w)'(?=\w))*'|\S*\d\S*")
"""What differs between two reasons of one kind: what is quoted, and ids."""
_APOSTROPHE = r"'\''"
"""An apostrophe within a shell's quotes: close them, escape it, open them again."""


def understood(table: Table, rules: Rules, *, whole: bool = True) -> Iterator[str]:
    """Yield how a table is read; unless it is told as a `whole`, only a handful of its words are named."""
    yield f"{table.name}: {count(len(table.rows), 'row')}, {table.grid.form}"
    yield from table.grid.notes
    yield from _above(table, rules, whole=whole)
    for reason, lines in table.left_out.items():
        yield f"{_lines(lines, table.grid.unit, whole=whole)}: {reason}"
    if rules.shape:
        yield f"a table of {rules.shape.name.lower()} exported by pathtrack: only changed cells are imported"
    if rules.shape is Shape.UPDATES:
        return
    yield from _columns(rules)
    yield from _statuses(table, rules, whole=whole)
    if found := answers.meanings(table.values(rules.columns.get(Role.RESPONSE)), rules.answers):
        yield f"answers: {_meanings(found, whole=whole)}"
    for role, (order, example) in rules.orders.items() if not rules.shape else ():
        yield f"dates: {quoted(rules.columns[role])} is {_ORDERS[order]}, as in {example}"
    if rules.area and Role.AREA not in rules.columns:
        yield f"area of the recommendations: {rules.area}"
    if rules.date:
        other = "" if rules.is_dated else "; for another, give --date DATE"
        other += "" if rules.is_dated or Role.DATE in rules.columns else " or --column date=COLUMN"
        yield f"date of the updates, where a row gives none: {rules.date}{other}"


def _above(table: Table, rules: Rules, *, whole: bool) -> Iterator[str]:
    """Yield which rows stand above the header, and what may be taken from there."""
    if table.above:
        above = _lines((row.line for row in table.above), table.grid.unit, whole=whole)
        yield f"above the header, not read: {above}"
    if table.title and not (rules.preset or rules.shape):
        yield f"but a new tracker takes its title from there, without --title: {quoted(table.title)}"


def _columns(rules: Rules) -> Iterator[str]:
    """Yield which column gives what, of those that are not our own."""
    own = {*sheet.RECOMMENDATION} if rules.shape else set()
    if found := {role: column for role, column in rules.columns.items() if column not in own}:
        yield f"columns: {', '.join(f'{role} from {quoted(column)}' for role, column in found.items())}"
    if Role.STATUS not in rules.columns:
        yield "no column gives a status; if one does, name it with --column status=COLUMN"


def _statuses(table: Table, rules: Rules, *, whole: bool) -> Iterator[str]:
    """Yield what its status words mean, those apart that mean what they did in an earlier import."""
    words = table.values(rules.columns.get(Role.STATUS))
    alone, found = replace(rules.vocabulary, remembered={}).meanings(words), rules.vocabulary.meanings(words)
    recalled = {word: status for word, status in found.items() if alone.get(word) is not status}
    if known := {word: status for word, status in found.items() if word not in recalled}:
        yield f"statuses: {_meanings(known, whole=whole)}"
    if recalled:
        yield f"statuses: {_meanings(recalled, whole=whole)}, as before"


def kept(table: Table, rules: Rules, plan: Plan, *, whole: bool = True) -> Iterator[str]:
    """Yield which columns give nothing, and whether anything of them is kept."""
    used = {*rules.columns.values(), *(rules.shape.columns if rules.shape else ())}
    if others := [quoted(column) for column in table.columns if column not in used]:
        number = len(plan.recommendations)
        where = "kept in source, which tracker.json publishes" if number else "not read"
        where += f", of {count(number, 'new recommendation')}" if number and rules.shape else ""
        yield f"{where}: {_handful(others, 'column', whole=whole)}"
    if behind := [quoted(column) for column in table.linked if column != rules.columns.get(Role.LINK)]:
        todo = "to keep them, put them into a column of their own"
        yield f"addresses behind the cells, not read: {_handful(behind, 'column', whole=whole)}; {todo}"


def listed(plan: Plan, unit: str = "line", *, whole: bool = True) -> Iterator[str]:
    """Yield which rows are not imported, and what else there is to say, each reason once with its lines.

    Unless it is told as a `whole`, only a handful of the reasons of one kind, and of their lines.
    """
    kinds: list[tuple[Iterable[Remark], str, str]] = [
        (plan.refused, " was not imported", " were not imported"),
        (plan.unread, ": a cell was left out", ": a cell was left out"),
        (plan.remarks, "", ""),
    ]
    is_cut = False
    for remarks, of_one, of_several in kinds:
        for alike in _alike(remarks):
            shown = alike if whole or len(alike) <= _HANDFUL else alike[: _HANDFUL - 2]
            for reason, lines in shown:
                what = of_one if len(lines) == 1 else of_several
                yield f"{_lines(lines, unit, whole=whole)}{what}: {reason}"
                is_cut |= not whole and _runs(lines) > _RUNS
            if rest := alike[len(shown) :]:
                number = len(set().union(*(lines for _, lines in rest)))
                what = of_one if number == 1 else of_several
                yield f"{count(number, f'more {unit}')}{what}, for reasons of that kind"
                is_cut = True
    if is_cut:
        yield "--dry-run names all of them and changes nothing"


def advice(table: Table, rules: Rules, plan: Plan) -> list[str]:
    """Return what the user can do next about what is not imported, at most three things."""
    words = [each.word for each in (*plan.refused, *plan.unread) if each.word]
    dates = {each.line for each in plan.unread if "--date-format" in each.reason}
    cells = {each.line for each in plan.unread if not each.word and "--date-format" not in each.reason}
    colours = suggested(words)
    others = {word: "STATUS" for word in words if word not in colours}
    scheme = "" if rules.shape else " or --scheme"
    is_gaos = not rules.preset and {"Publication Number", "Recommendation", "Agency"} <= {*table.columns}
    found = {
        "read it as GAO's export with --preset gao": plan.not_imported if is_gaos else 0,
        f"if these colours mean no more than that, add {_options(colours)}": len(colours),
        f"map them with {_options(others)}{scheme}; STATUS is one of {', '.join(Status)}": len(others),
        "say how dates are to be read with --date-format dmy or mdy": len(dates),
        "name the column that gives statuses with --column status=COLUMN": 0
        if Role.STATUS in rules.columns or rules.shape or {*table.columns} <= {*rules.columns.values()}
        else len(table.rows),
        f"correct {count(plan.not_imported, 'row')} that {_was(plan.not_imported)} not imported, as listed "
        "above": plan.not_imported,
        f"correct the cells that were left out in {count(len(cells), 'row')}, or do without them": len(cells),
    }
    return [step for step, number in found.items() if number][:3]


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


def _meanings(meanings: Mapping[str, Status] | Mapping[str, Response], *, whole: bool = True) -> str:
    return _handful([f"{quoted(word)} is {status}" for word, status in meanings.items()], "word", whole=whole)


def _handful(texts: Sequence[str], what: str, *, whole: bool) -> str:
    """Return texts as a list; only the first ones, and how many more, unless all are wanted or nearly are."""
    if whole or len(texts) <= 2 * _HANDFUL:
        return ", ".join(texts)
    return f"{', '.join(texts[:_HANDFUL])} and {len(texts) - _HANDFUL} more {what}s (all with --dry-run)"


def _options(meanings: Mapping[str, str] | Mapping[str, Status]) -> str:
    """Return an option for each word short enough to type, quoted for a shell."""
    spelled: dict[str, tuple[str, str]] = {}
    for word, meaning in meanings.items():
        spelled.setdefault(plain(word), (word, meaning))
    options = [
        f"""--map '{word.replace("'", _APOSTROPHE)}={meaning}'"""
        for word, meaning in spelled.values()
        if len(word) <= _LONGEST
    ]
    more = " and so on" if options[_MAPPED:] else ""
    return f"{' '.join(options[:_MAPPED]) or _MAP}{more}"


def _alike(remarks: Iterable[Remark]) -> Iterable[list[tuple[str, set[int]]]]:
    """Return the reasons of one kind together, each with its lines: those that differ in what they quote."""
    lines: dict[str, set[int]] = {}
    for each in remarks:
        lines.setdefault(each.reason, set()).add(each.line)
    kinds: dict[str, list[tuple[str, set[int]]]] = {}
    for reason, found in lines.items():
        kinds.setdefault(_OWN.sub("", reason), []).append((reason, found))
    return kinds.values()


def _runs(numbers: Iterable[int]) -> int:
    found = {*numbers}
    return sum(number - 1 not in found for number in found)


def _was(number: int) -> str:
    return "was" if number == 1 else "were"


def _lines(numbers: Iterable[int], unit: str, *, whole: bool = True) -> str:
    """Return the numbers of lines, rows or records, with runs as ranges: lines 3, 5-9."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    told = runs if whole or len(runs) <= _RUNS else runs[: _RUNS - 2]
    shown = ", ".join("-".join(map(str, dict.fromkeys((run[0], run[-1])))) for run in told)
    rest = sum(map(len, runs[len(told) :]))
    plural = unit if shown.isdecimal() and not rest else f"{unit}s"
    return f"{plural} {shown}{f' and {rest} more' if rest else ''}"
