"""The program that reads a workbook on stdin and writes its cells on stdout, within limits."""

import datetime as dt
import io
import json
import struct
import sys
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Never
from xml.parsers import expat

import python_calamine

from pathtrack.intake.reader import ods, shown, xls, xlsb, xlsx
from pathtrack.intake.reader.grid import Hidden
from pathtrack.intake.reader.hidden import letters
from pathtrack.intake.reader.shown import Shown
from pathtrack.intake.reader.text import LONGEST_CELL

LIMIT = 64 * 1024 * 1024
"""How large a workbook may be when unpacked, and how much text its cells may hold, in bytes."""
_MEMORY = 448 * 1024 * 1024
_SECONDS = 10
_STEP = 1024 * 1024
_EXACT = 1e15
"""Above it, not every whole number is one that a spreadsheet can hold."""
_Texts = list[tuple[int, int, str]]
_Sheet = tuple[str, list[tuple[int, list[str]]], _Texts, Hidden, _Texts]
_Value = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta


def main() -> None:
    """Print the sheets of the workbook on stdin as JSON, or the reason why not on stderr."""
    _limit()
    data = sys.stdin.buffer.read()
    if data.startswith(b"PK"):
        _require_small(data)
    try:
        found = [*_sheets(data)]
    except ods.LargeError:
        _refuse("repeated")
    except (python_calamine.CalamineError, expat.ExpatError, LookupError, ValueError) as error:
        _refuse("password" if _is_locked(data) else type(error).__name__)
    sys.stdout.write(json.dumps(found))


def _is_locked(data: bytes) -> bool:
    if not data.startswith(b"PK"):
        return xls.is_locked(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return ods.is_locked(archive)


def _limit() -> None:
    """Limit memory and time, where the system can; the reader gives up by ending the process."""
    try:
        import resource  # noqa: PLC0415 Windows has none
    except ImportError:
        return
    for what, limit in [
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, _SECONDS),
        (resource.RLIMIT_AS, _MEMORY),
    ]:
        with suppress(ValueError, OSError):  # macOS does not limit memory
            resource.setrlimit(what, (limit, limit))


def _require_small(data: bytes) -> None:
    """Unpack a workbook once without keeping it, since the sizes that it states may be wrong."""
    left = LIMIT
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for each in archive.infolist():
                each.file_size = 2 * LIMIT  # or it would read no further than the stated size
                with archive.open(each) as member:
                    while part := member.read(_STEP):
                        left -= len(part)
                        if left < 0:
                            _refuse("large")
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        _refuse(type(error).__name__)


def _sheets(data: bytes) -> Iterator[_Sheet]:
    known = _shown(data)  # before the reader, which repeats a cell as often as it says
    book, left = python_calamine.load_workbook(io.BytesIO(data)), LIMIT
    for each in book.sheets_metadata:
        if each.typ is not python_calamine.SheetTypeEnum.WorkSheet:
            continue
        rows = []
        of_it = known.get(each.name) or Shown()
        for row in _filled(book.get_sheet_by_name(each.name), of_it):
            lengths = [*map(len, row[1])]
            if max(lengths) > LONGEST_CELL:
                _refuse(f"long {letters(lengths.index(max(lengths)))}{row[0]}")
            left -= sum(lengths)
            if left < 0:
                _refuse("large")
            rows.append(row)
        is_hidden = each.visible is not python_calamine.SheetVisibleEnum.Visible
        hidden = of_it.hidden._replace(is_whole=is_hidden, is_known=each.name in known)
        yield each.name, rows, _placed(of_it.links), hidden, _placed(of_it.comments)


def _placed(texts: Mapping[shown.Place, str]) -> _Texts:
    return [(row + 1, column, text) for (row, column), text in texts.items()]


def _shown(data: bytes) -> Mapping[str, Shown]:
    """Return how the cells of each sheet are shown, as far as the file can be read for that."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {*archive.namelist()}
            if "word/document.xml" in names:
                _refuse("word")
            if "xl/workbook.xml" in names:
                return xlsx.read(archive)
            if "content.xml" in names:
                return ods.read(archive)
            with suppress(struct.error, LookupError, ValueError):
                return xlsb.read(archive)
    with suppress(struct.error, LookupError, ValueError):
        return xls.read(data)
    return {}


def _filled(sheet: python_calamine.CalamineSheet, known: Shown) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that have anything in them, each with its number from 1, merged cells filled down."""
    merged = defaultdict(list)
    for (first, column), (last, _) in sheet.merged_cell_ranges or known.merged:
        merged[first].append((column, last))
    open_: dict[int, tuple[int, str]] = {}
    for number, cells in _rows(sheet, known):
        for column, (last, text) in [*open_.items()]:
            if number > last:
                del open_[column]
            elif column < len(cells) and not cells[column]:
                cells[column] = text
        for column, last in merged.get(number, ()):
            if last > number and column < len(cells):
                open_[column] = last, cells[column]
        while not cells[-1].strip():
            cells.pop()
        yield number + 1, cells


def _rows(sheet: python_calamine.CalamineSheet, known: Shown) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that have anything in them, each with its number from 0, and its cells from column A."""
    first = sheet.start[1] if sheet.start else 0
    left = [""] * first
    for number, values in enumerate(sheet.iter_rows()):
        cells = list(left)
        for column, value in enumerate(values, start=first):
            cells.append(
                known.texts.get((number, column)) or _text(value, known.formats.get((number, column), ""))
            )
        if any(map(str.strip, cells)):
            yield number, cells


def _text(value: _Value, code: str) -> str:
    if code and isinstance(value, int | float | dt.date) and (text := shown.text(value, code)):
        return text
    if isinstance(value, dt.datetime):
        return str(value if value.time() != dt.time() else value.date())
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return f"{value:.15g}" if abs(value) >= _EXACT or value % 1 else str(int(value))
    return str(value)


def _refuse(reason: str) -> Never:
    sys.stderr.write(reason)
    sys.exit(1)


if __name__ == "__main__":
    main()
