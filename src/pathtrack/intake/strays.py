"""What stands in a form's file where nothing is read: beside the table, above it, on other sheets."""

from collections.abc import Callable, Iterator
from itertools import islice

from pathtrack.intake import layout
from pathtrack.intake.filled import Filled, Returned, cells
from pathtrack.intake.outcome import Remark
from pathtrack.intake.reader import hidden
from pathtrack.intake.reader.grid import Row, Sheet
from pathtrack.intake.reader.hidden import letters
from pathtrack.record.model import Report
from pathtrack.sheet import form, guide
from pathtrack.text import count, quoted

_MOST = 50
"""How many cells of a sheet are named one by one."""


def found(back: Returned, report: Report) -> Iterator[Remark]:
    """Yield which cells are not taken, with what they say."""
    actors = {each.form.actor for each in back.forms}
    ours = frozenset(text for actor in actors for text in guide.texts(report, actor))

    def is_ours(text: str) -> bool:
        return guide.is_among(ours, text) or form.read(text) is not None

    for each in back.forms:
        yield from _few(_around(each, is_ours), each.sheet.name)
    for sheet in back.others:
        lines = (
            Remark(row.line, f"{_sheet(sheet)}, {_named(row, at, text)}: it is not the form")
            for row, at, text in cells(sheet.rows)
            if not is_ours(text)
        )
        yield from _few(lines, sheet.name)


def headers(back: Returned) -> Iterator[str]:
    """Yield which columns have another name than they had, and which are gone."""
    for each in back.forms:
        header, where = each.header, each.layout
        read = [
            f"{quoted(now)} ({each.at(header, where.places[column])}) as '{column}'"
            for column, now in where.renamed.items()
            if header
        ]
        if read:
            yield f"read by where they stand: {', '.join(read)}"
        if header is None:
            yield "the header is gone; the columns are read by where they stand"
        for column in where.missing:
            yield f"the column '{column}' is gone, so nothing is taken from it"


def _around(filled: Filled, is_ours: Callable[[str], bool]) -> Iterator[Remark]:
    """Yield the cells of a form's sheet that belong to none of its columns, and the comments at any."""
    for line, said in hidden.comments(filled.sheet):
        yield Remark(line, f"{filled.prefix and f'{filled.sheet.name}: '}{said}")
    for row, at, text in cells(filled.above):
        if not is_ours(text):
            yield Remark(row.line, f"{filled.prefix}{_named(row, at, text)}: it stands above the form")
    places = {*filled.layout.places.values()}
    for row, at, text in cells(each.row for each in filled.replies):
        is_hidden = at == filled.layout.hidden and layout.is_mark(text)
        if at not in places and not is_hidden:
            head = filled.header.cells[at] if filled.header and at < len(filled.header.cells) else ""
            is_named = head.strip() and not form.read(head)
            where = f"{quoted(head)} is not a column of the form" if is_named else "it stands beside the form"
            yield Remark(row.line, f"{filled.prefix}{_named(row, at, text)}: {where}")


def _named(row: Row, at: int, text: str) -> str:
    return f"{letters(at)}{row.line} {quoted(' '.join(text.split()))} is not taken"


def _sheet(sheet: Sheet) -> str:
    return f"{'hidden ' if sheet.hidden.is_whole else ''}sheet {quoted(sheet.name)}"


def _few(remarks: Iterator[Remark], name: str) -> Iterator[Remark]:
    """Yield remarks, and of very many the first and how many there are."""
    yield from islice(remarks, _MOST)
    if rest := [each.line for each in remarks]:
        more = f"and {count(len(rest), 'more cell')} of sheet {quoted(name)}, down to row {rest[-1]}"
        yield Remark(rest[-1], more)
