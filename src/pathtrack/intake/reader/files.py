"""A file of any kind as the rows of one table."""

from collections.abc import Callable, Sequence

from pathtrack.errors import FileError, UsageError
from pathtrack.intake.reader import encodings, hidden, records, text, workbook
from pathtrack.intake.reader.grid import RECORD, Grid, Row, Sheet
from pathtrack.record import same
from pathtrack.text import did_you_mean, quoted

_LOOKED_AT = 30
_COMMENTS = 10
"""How many comments of a sheet are shown."""


def read(
    data: bytes,
    is_name: Callable[[str], bool],
    *,
    name: str,
    sheet: str | None = None,
    encoding: str | None = None,
) -> Grid:
    """Return the rows of a file; `is_name` returns whether a cell may be the name of a column.

    Of a workbook, that is the sheet with that name or number, or the first with a row of known names.
    """
    if len(data) > text.LIMIT:
        limit = f"larger than {text.LIMIT // 1024**2} MB"
        raise FileError(limit, where=name, todo="split the table in two")
    if workbook.is_workbook(data):
        return _of_workbook(workbook.sheets(data, name=name), is_name, name=name, sheet=sheet)
    found = encodings.decoded(data, name=name, encoding=encoding)
    if lists := records.sheets(found.text, name=name):
        return _of_lists(lists, is_name, name=name, sheet=sheet, encoding=found.encoding)
    if sheet:
        raise UsageError("not a workbook, so it has no sheets", where=name, todo="leave --sheet out")
    table = text.sheet(found.text, is_name, name=name)
    form = f"{found.encoding}, separated by {table.separator}"
    return Grid(table.sheet.rows, "line", form, table.unclosed)


def count_names(row: Row, is_name: Callable[[str], bool]) -> int:
    """Return how many cells of a row may be names of columns."""
    return sum(map(is_name, row.cells))


def _of_lists(
    lists: Sequence[Sheet], is_name: Callable[[str], bool], *, name: str, sheet: str | None, encoding: str
) -> Grid:
    """Return the list with that name or number in a JSON file, or that with the most keys that are known."""
    chosen = (
        _named(lists, sheet, name=name)
        if sheet
        else max(lists, key=lambda each: count_names(each.rows[0], is_name))
    )
    others = [quoted(each.name) for each in lists if each is not chosen]
    which = f", list {quoted(chosen.name)}; --sheet reads {' or '.join(others)}" if others else ""
    return Grid(chosen.rows, RECORD, f"{encoding}, JSON{which}")


def _of_workbook(
    sheets: Sequence[Sheet], is_name: Callable[[str], bool], *, name: str, sheet: str | None
) -> Grid:
    chosen = _named(sheets, sheet, name=name) if sheet else _first(sheets, is_name)
    others = [_title(each) for each in sheets if each is not chosen and each.rows]
    form = f"sheet {quoted(chosen.name)}" if chosen else "no sheet"
    rest = f"; --sheet reads {' or '.join(others)}" if others else ""
    if not chosen:
        return Grid((), "row", form)
    comments = [said for _, said in hidden.comments(chosen)]
    more = [f"and {len(comments) - _COMMENTS} more comments"] if len(comments) > _COMMENTS else []
    notes = (*hidden.notes(chosen), *comments[:_COMMENTS], *more)
    filled = tuple(dict.fromkeys(each.name for each in (chosen, *sheets) if each.rows))
    return Grid(chosen.rows, "row", f"{form}{rest}", links=chosen.links, notes=notes, sheets=filled)


def _title(sheet: Sheet) -> str:
    return f"{quoted(sheet.name)}{' (hidden)' if sheet.hidden.is_whole else ''}"


def _named(sheets: Sequence[Sheet], given: str, *, name: str) -> Sheet:
    """Return the sheet with a name, whatever its case, or with a number from 1."""
    for each in sheets:
        if same.word(each.name) == same.word(given):
            return each
    if given.isdecimal() and 0 < int(given) <= len(sheets):
        return sheets[int(given) - 1]
    known = [each.name for each in sheets]
    raise UsageError(f"there is no sheet {quoted(given)}", where=name, todo=did_you_mean(given, known))


def _first(sheets: Sequence[Sheet], is_name: Callable[[str], bool]) -> Sheet | None:
    # A sheet that nobody sees may be an older state of the one that they do.
    filled = sorted((each for each in sheets if each.rows), key=lambda each: each.hidden.is_whole)
    known = (each for each in filled if any(count_names(row, is_name) > 1 for row in each.rows[:_LOOKED_AT]))
    return next(known, filled[0] if filled else None)
