"""How an .xlsb workbook shows its cells, what it hides, and where its cells lead."""

import struct
import zipfile
from collections.abc import Iterator, Mapping

from pathtrack.intake.reader import shown, xlsx
from pathtrack.intake.reader.shown import Shown

# The numbers of the records, as the specification of the format ([MS-XLSB]) has them.
_ROW, _RK, _REAL, _FORMULA_TEXT, _FORMULA_NUMBER, _FORMAT, _XF, _COLUMN = 0, 2, 5, 8, 9, 44, 47, 60
_BUNDLE_SHEET, _FILTER_COLUMN, _MERGED, _LINK = 156, 163, 176, 494
_BEGIN_XFS, _END_XFS, _COMMENT, _COMMENT_TEXT = 617, 618, 635, 637
_HIDDEN_ROW, _HIDDEN_COLUMN = 0x10, 0x01


def read(archive: zipfile.ZipFile) -> dict[str, Shown]:
    """Return what there is to say about the sheets of a workbook by their names."""
    styles = _styles(archive)
    inside = xlsx.targets(archive, "xl/_rels/workbook.bin.rels")
    found = {}
    for kind, data in _records(archive.read("xl/workbook.bin")):
        if kind == _BUNDLE_SHEET:
            part, end = _string(data, 8)
            name, _ = _string(data, end)
            if path := inside.get(part):
                found[name] = _sheet(archive, path, styles)
    return found


def _styles(archive: zipfile.ZipFile) -> list[str]:
    """Return the format of each style."""
    own: dict[int, str] = {}
    numbers: list[int] = []
    is_inside = False
    for kind, data in _records(archive.read("xl/styles.bin")):
        if kind == _FORMAT:
            own[int.from_bytes(data[:2], "little")], _ = _string(data, 2)
        elif kind in {_BEGIN_XFS, _END_XFS}:
            is_inside = kind == _BEGIN_XFS
        elif kind == _XF and is_inside:
            numbers.append(int.from_bytes(data[2:4], "little"))
    return [shown.format_code(number, own) for number in numbers]


def _sheet(archive: zipfile.ZipFile, path: str, styles: list[str]) -> Shown:
    inside = xlsx.targets(archive, xlsx.relations(path))
    found = _Sheet(styles, inside)
    for part in (path, *(each for each in inside.values() if "/comments" in each)):
        for kind, data in _records(archive.read(part)):
            found.record(kind, data)
    found.has_pictures = xlsx.has_pictures(archive, inside)
    return found


class _Sheet(Shown):
    """What one sheet says, as its records come."""

    def __init__(self, styles: list[str], inside: Mapping[str, str]) -> None:
        super().__init__()
        self.styles, self.inside = styles, inside
        self.row, self.commented = 0, (0, 0)

    def record(self, kind: int, data: bytes) -> None:
        """Note what a record says."""
        if kind == _ROW:
            (self.row,) = struct.unpack_from("<I", data)
            self.rows += [(self.row, self.row)] if data[11] & _HIDDEN_ROW else []
        elif kind in {_RK, _REAL, _FORMULA_NUMBER}:
            column, style = struct.unpack_from("<II", data)
            if code := self.styles[style & 0xFFFFFF]:
                self.formats[self.row, column] = code
        elif kind == _FORMULA_TEXT:
            _, end = _string(data, 8)
            (size,) = struct.unpack_from("<I", data, end + 2)
            if address := shown.linked(data[end + 6 : end + 6 + size], _short_string):
                (column,) = struct.unpack_from("<I", data)
                self.links[self.row, column] = address
        elif kind == _COLUMN:
            self.columns += [struct.unpack_from("<II", data)] if data[16] & _HIDDEN_COLUMN else []
        elif kind == _FILTER_COLUMN:
            self.is_filtered = True
        elif kind == _COMMENT_TEXT:
            self.comments[self.commented], _ = _string(data, 1)
        elif kind in {_COMMENT, _MERGED, _LINK}:
            self._area(kind, data)

    def _area(self, kind: int, data: bytes) -> None:
        """Note what a record says of some cells."""
        first, last, left, right = struct.unpack_from("<IIII", data, 4 * (kind == _COMMENT))
        if kind == _COMMENT:
            self.commented = first, left
            self.comments[first, left] = ""
        elif kind == _MERGED:
            self.merged.append(((first, left), (last, right)))
        elif address := self.inside.get(_string(data, 16)[0]):
            self.links[first, left] = address


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the kind and the content of each record."""
    place = 0
    while place < len(data):
        kind, place = _variable(data, place, 2)
        size, place = _variable(data, place, 4)
        yield kind, data[place : place + size]
        place += size


def _variable(data: bytes, place: int, most: int) -> tuple[int, int]:
    """Return a number of several bytes, seven bits each, and where it ends; the last has no eighth bit.

    A kind keeps the eighth bit of its first byte off: 0xAC 0x01 is 44 + 128, as a size and as a kind alike.
    """
    found = 0
    for number in range(most):
        byte = data[place + number]
        found |= (byte & 0x7F) << 7 * number
        if not byte & 0x80:
            return found, place + number + 1
    return found, place + most


def _string(data: bytes, place: int) -> tuple[str, int]:
    """Return a text that begins at a place, and where it ends; one that is not there is empty."""
    (size,) = struct.unpack_from("<I", data, place)
    if size == 0xFFFFFFFF:  # noqa: PLR2004 as the format has it
        return "", place + 4
    end = place + 4 + 2 * size
    return data[place + 4 : end].decode("utf-16-le"), end


def _short_string(data: bytes, place: int) -> tuple[str, int]:
    """Return a text in a formula, and where it ends."""
    (size,) = struct.unpack_from("<H", data, place)
    end = place + 2 + 2 * size
    return data[place + 2 : end].decode("utf-16-le"), end
