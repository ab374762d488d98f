"""What of a sheet nobody sees, or is no cell, in words."""

from collections.abc import Collection, Iterable, Iterator

from pathtrack.intake.reader.grid import Sheet, Span
from pathtrack.text import quoted

_MOST = 10
"""How many runs of rows or columns are named."""


def notes(sheet: Sheet, known: Collection[int] = ()) -> Iterator[str]:
    """Yield which rows and columns with anything in them are hidden; those that are `known` are not told."""
    hidden = sheet.hidden
    if hidden.is_whole:
        yield f"sheet {quoted(sheet.name)} is hidden, and is read"
    filled = [row.line - 1 for row in sheet.rows if any(map(str.strip, row.cells))]
    if rows := [*_within(hidden.rows, filled)]:
        how = "hidden by a filter" if hidden.is_filtered else "hidden"
        yield f"{_named('row', [str(each + 1) for each in rows], rows)} {how}, and read like the others"
    used = {at for row in sheet.rows for at, cell in enumerate(row.cells) if cell.strip()}
    if columns := [*_within(hidden.columns, sorted(used - {*known}))]:
        yield f"{_named('column', [*map(letters, columns)], columns)} hidden, and read like the others"
    if not hidden.is_known:
        yield "numbers and dates are read as stored; links and what is hidden are not known"
    if hidden.uncalculated:
        cells = hidden.uncalculated
        more = f" and {len(cells) - _MOST} more" if len(cells) > _MOST else ""
        todo = "open the workbook in a spreadsheet, and save it"
        named = f"{', '.join(cells[:_MOST])}{more}"
        yield f"formulas that were never calculated are read as empty: {named}; {todo}"
    if hidden.has_pictures:
        yield "pictures and text boxes are not read"


def comments(sheet: Sheet) -> Iterator[tuple[int, str]]:
    """Yield the comments at cells, which are not read, each with the line of its row."""
    for (line, place), text in sheet.comments.items():
        # What a newer program says to an older one stands before the words.
        words = text.rpartition("Comment:")[2] if text.startswith("[Threaded comment]") else text
        said = f" {quoted(' '.join(words.split()))}" if words.strip() else ""
        yield line, f"the comment at {letters(place)}{line}{said} is not read"


def letters(place: int) -> str:
    """Return the letters of a column: A, B, …, Z, AA."""
    rest, last = divmod(place, 26)
    return (letters(rest - 1) if rest else "") + chr(ord("A") + last)


def _within(spans: Iterable[Span], places: Iterable[int]) -> Iterator[int]:
    """Yield those of ascending places that are in ascending spans."""
    left = iter(sorted(spans))
    span = next(left, None)
    for place in places:
        while span and span[1] < place:
            span = next(left, None)
        if span and span[0] <= place:
            yield place


def _named(noun: str, names: list[str], places: list[int]) -> str:
    """Return names with runs as ranges: rows 3, 5-9 are."""
    runs: list[list[str]] = []
    for name, place, before in zip(names, places, [None, *places], strict=False):
        if before == place - 1 and runs:
            runs[-1][1:] = [name]
        else:
            runs.append([name])
    listed = ", ".join("-".join(run) for run in runs[:_MOST])
    more = f" and {len(runs) - _MOST} more" if len(runs) > _MOST else ""
    return f"{noun} {listed} is" if len(names) == 1 else f"{noun}s {listed}{more} are"
