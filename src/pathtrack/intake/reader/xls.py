"""How an .xls workbook shows its cells, what it hides, and where its cells lead."""

import struct
from collections.abc import Iterator
from contextlib import suppress

from pathtrack.intake.reader import compound, shown
from pathtrack.intake.reader.shown import Shown

# The numbers of the records, as the specification of the format ([MS-XLS]) has them.
_FORMULA, _END, _PASSWORD, _COLUMN, _SHEET, _FILTER = 0x06, 0x0A, 0x2F, 0x7D, 0x85, 0x9B
_COMMENT, _MULTIPLE, _XF = 0x1C, 0xBD, 0xE0
_LINK, _NUMBER, _ROW, _RK, _FORMAT, _BEGIN = 0x1B8, 0x203, 0x208, 0x27E, 0x41E, 0x809
_HIDDEN_ROW, _HIDDEN_COLUMN = 0x20, 0x01
_BIFF8 = 0x600
_ADDRESS = bytes.fromhex("e0c9ea79f9bace118c8200aa004ba90b")
"""What stands before the web address of a link."""


def read(data: bytes) -> dict[str, Shown]:
    """Return what there is to say about the sheets of a workbook by their names."""
    book = compound.stream(data, "Workbook", "Book")
    own: dict[int, str] = {}
    numbers: list[int] = []
    sheets: dict[str, int] = {}
    is_new = struct.unpack_from("<H", book, 4)[0] == _BIFF8
    for kind, given in _records(book, 0):
        if kind == _FORMAT:
            code = _text(given, 4, int.from_bytes(given[2:4], "little")) if is_new else _old_text(given, 2)
            own[int.from_bytes(given[:2], "little")] = code
        elif kind == _XF:
            numbers.append(int.from_bytes(given[2:4], "little"))
        elif kind == _SHEET:
            name = _text(given, 7, given[6]) if is_new else _old_text(given, 6)
            sheets[name] = int.from_bytes(given[:4], "little")
    styles = [shown.format_code(number, own) for number in numbers]
    return {name: _sheet(book, place, styles) for name, place in sheets.items()}


def is_locked(data: bytes) -> bool:
    """Return whether a workbook, of this form or packed into one of .xlsx or .xlsb, has a password."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return True
    with suppress(struct.error, LookupError, ValueError):
        return any(kind == _PASSWORD for kind, _ in _records(compound.stream(data, "Workbook", "Book"), 0))
    return False


def _sheet(book: bytes, place: int, styles: list[str]) -> Shown:
    found = Shown()
    for kind, given in _records(book, place):
        if kind in {_FORMULA, _NUMBER, _RK, _MULTIPLE}:
            row, column, *numbers = _styles(kind, given)
            codes = ((column + at, styles[number]) for at, number in enumerate(numbers))
            found.formats |= {(row, at): code for at, code in codes if code}
            if kind == _FORMULA and (address := shown.linked(_formula(given), _short_text)):
                found.links[row, column] = address
        elif kind == _ROW and given[12] & _HIDDEN_ROW:
            row = int.from_bytes(given[:2], "little")
            found.rows.append((row, row))
        elif kind == _COLUMN and given[8] & _HIDDEN_COLUMN:
            found.columns.append(struct.unpack_from("<HH", given))
        elif kind == _FILTER:
            found.is_filtered = True
        elif kind == _COMMENT:
            found.comments[struct.unpack_from("<HH", given)] = ""
        elif kind == _LINK and (address := _address(given)):
            first, _, left, _ = struct.unpack_from("<HHHH", given)
            found.links[first, left] = address
    return found


def _styles(kind: int, given: bytes) -> tuple[int, ...]:
    """Return the row and the first column of numbers, and the style of each."""
    row, column, style = struct.unpack_from("<HHH", given)
    if kind != _MULTIPLE:
        return row, column, style
    return row, column, *(struct.unpack_from("<H", given, at)[0] for at in range(4, len(given) - 2, 6))


def _records(book: bytes, place: int) -> Iterator[tuple[int, bytes]]:
    """Yield the kind and the content of each record up to the end of the part that begins at a place."""
    depth = 0
    while place + 4 <= len(book):
        kind, size = struct.unpack_from("<HH", book, place)
        depth += (kind == _BEGIN) - (kind == _END)
        if depth == 1 and kind != _BEGIN:
            yield kind, book[place + 4 : place + 4 + size]
        if not depth:
            return
        place += 4 + size


def _text(given: bytes, place: int, length: int) -> str:
    """Return a text behind a byte that says whether a character has two."""
    if given[place] & 1:
        return given[place + 1 : place + 1 + 2 * length].decode("utf-16-le")
    return given[place + 1 : place + 1 + length].decode("latin-1")


def _formula(given: bytes) -> bytes:
    (size,) = struct.unpack_from("<H", given, 20)
    return given[22 : 22 + size]


def _short_text(given: bytes, place: int) -> tuple[str, int]:
    """Return a text in a formula, behind a byte with its length, and where it ends."""
    length, is_wide = given[place], given[place + 1] & 1
    return _text(given, place + 1, length), place + 2 + length * (1 + is_wide)


def _old_text(given: bytes, place: int) -> str:
    """Return a text behind a byte with its length, as workbooks before 1997 have it."""
    return given[place + 1 : place + 1 + given[place]].decode("cp1252", "replace")


def _address(given: bytes) -> str:
    _, found, rest = given.partition(_ADDRESS)
    if not found:
        return ""
    (size,) = struct.unpack_from("<I", rest)
    return rest[4 : 4 + size].decode("utf-16-le").partition("\0")[0]
