"""Workbooks (.xlsx, .xls, .xlsb, .ods) as sheets of cells, read by a process of its own."""

import json
import subprocess
import sys
from functools import lru_cache

from pathtrack.errors import FileError
from pathtrack.intake.reader import unpacking
from pathtrack.intake.reader.grid import Hidden, Row, Sheet, Span
from pathtrack.intake.reader.text import LONGEST_CELL

_MARKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How .xlsx, .xlsb and .ods begin, which are ZIP files, and the older .xls."""
_SECONDS = 60
"""How long to wait for 10 s of processor time, after which the program ends by itself."""
_REASONS = {
    "password": ("a workbook with a password", "remove it in a spreadsheet, and save it again"),
    "word": ("a Word document", "copy its table into a spreadsheet, and save it as .xlsx"),
    "slow": ("not read within a minute", "try again, or save the sheet as CSV (UTF-8)"),
    "repeated": ("a workbook with millions of equal cells", "leave out the rows that only repeat others"),
    "large": ("a workbook of more than 64 MB when unpacked", "save the sheet as CSV (UTF-8)"),
}
_Row = tuple[int, list[str]]
_Text = tuple[int, int, str]
_Spans = list[Span]
_Hidden = tuple[_Spans, _Spans, bool, bool, bool, bool, list[str]]
_DAMAGED = (
    "damaged, too large when unpacked, or not a workbook",
    "open it in a spreadsheet, and save it as .xlsx or CSV (UTF-8)",
)


def is_workbook(data: bytes) -> bool:
    """Return whether a file is a workbook, as far as its first bytes tell."""
    return data.startswith(_MARKS)


@lru_cache(maxsize=1)  # it is looked at for a form, and then for a table
def sheets(data: bytes, *, name: str) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook in its order; FileError for what cannot be read, or is too large.

    Dates are ISO dates, numbers are as they are shown, and all rows of a merged cell have its text.
    """
    # The reader is machine code that can be made to end its process, or to ask for all memory.
    command = [sys.executable, "-P", "-m", unpacking.__name__]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603 our own module
    except subprocess.TimeoutExpired as error:
        raise _refusal("slow", name) from error
    if done.returncode:
        raise _refusal(done.stderr.decode(errors="replace").strip(), name)
    found = json.loads(done.stdout)
    return tuple(_sheet(*each) for each in found)


def _sheet(name: str, rows: list[_Row], links: list[_Text], hidden: _Hidden, comments: list[_Text]) -> Sheet:
    """Return a sheet as it came through a pipe, where every sequence is a list."""
    hidden_rows, hidden_columns, is_filtered, is_whole, is_known, has_pictures, uncalculated = hidden
    spans = _spans(hidden_rows), _spans(hidden_columns)
    return Sheet(
        name,
        tuple(Row(line, tuple(cells), len(cells)) for line, cells in rows),
        {(line, column): to for line, column, to in links},
        Hidden(*spans, is_filtered, is_whole, is_known, has_pictures, tuple(uncalculated)),
        {(line, column): said for line, column, said in comments},
    )


def _spans(given: _Spans) -> tuple[Span, ...]:
    return tuple((first, last) for first, last in given)


def _refusal(reason: str, name: str) -> FileError:
    if reason.startswith("long "):
        what = f"{reason.removeprefix('long ')} has more than {LONGEST_CELL:,} characters"
        return FileError(what, where=name, todo="shorten it")
    what, todo = _REASONS.get(reason, _DAMAGED)
    return FileError(what, where=name, todo=todo)
