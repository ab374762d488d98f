"""How an .ods workbook shows its cells, what it hides, and where its cells lead."""

import datetime as dt
import re
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from xml.parsers import expat

from pathtrack.intake.reader.shown import HYPERLINK, Shown, percentage

_ROOM = {"table:number-rows-repeated": 1 << 24, "table:number-columns-repeated": 1 << 14}
"""How many rows and columns a sheet of LibreOffice has at most."""
_DIGITS_OF_MOST, _MOST_CELLS = 10, 2_500_000
_MOST = 1000
"""How often a cell that is repeated is looked at."""
_PICTURES = {"frame", "custom-shape", "line", "rect"}
_NUMBERS = {"float", "percentage", "currency"}
# R-03; 1,10; 50 %: letters before digits, which may have decimals, and a percent sign behind.
_NUMBER = re.compile(r"([^\W\d_]*[ .#/-]?)(\d+)(?:[.,](\d+))?(\s?%)?")
_DIGITS = re.compile(r"\d+")
_LETTERS = re.compile(r"[^\W\d_]{3}|[월月]")


def read(archive: zipfile.ZipFile) -> dict[str, Shown]:
    """Return what there is to say about the sheets of a workbook by their names."""
    found = _Content()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, given: found.start(name.rpartition(":")[2], given)
    parser.EndElementHandler = lambda name: found.end(name.rpartition(":")[2])
    parser.CharacterDataHandler = found.text
    parser.Parse(archive.read("content.xml"), True)  # noqa: FBT003 it is the last part
    return found.sheets


def is_locked(archive: zipfile.ZipFile) -> bool:
    """Return whether a workbook has a password."""
    listed = "META-INF/manifest.xml"
    return listed in archive.namelist() and b"encryption-data" in archive.read(listed)


def as_shown(value: str, kind: str, text: str) -> str:
    """Return a number or a date as its text shows it, in any language: 1.10, 007, 50%, 2026-03.

    Empty if it is as it is, or if the text shows something else.
    """
    if kind == "date":
        with suppress(ValueError):
            return _month(dt.date.fromisoformat(value[:10]), text)
        return ""
    found = _NUMBER.fullmatch(text.strip())
    with suppress(ValueError):
        if found and kind in _NUMBERS:
            before, whole, decimals, share = found.groups(default="")
            number = f"{whole}.{decimals}" if decimals else whole
            exact = float(value) * (100 if share else 1)
            if round(exact, len(decimals)) == float(number):
                number = percentage(number, exact) if share else number
                return f"{before}{number}{share.strip()}"
    return ""


def _month(date: dt.date, text: str) -> str:
    """Return a date of which only the month or the year is shown, empty if the day is."""
    numbers = _DIGITS.findall(text)
    years = [each for each in numbers if each in {f"{date.year}", f"{date.year % 100:02}"}]
    if not years or len(text) > len("15 September 2026"):
        return ""
    numbers.remove(max(years, key=len))
    if not numbers:
        return f"{date:%Y-%m}" if _LETTERS.search(text) else f"{date:%Y}"
    return f"{date:%Y-%m}" if len(numbers) == 1 and int(numbers[0]) == date.month else ""


class LargeError(ValueError):
    """A workbook says that a cell is repeated more often than a sheet has room for."""


class _Content:
    """What the content of a workbook says, as its elements come."""

    def __init__(self) -> None:
        self.sheets: dict[str, Shown] = {}
        self.sheet = Shown()
        self.row, self.column, self.repeated = 0, 0, 1
        self.filled = 0
        self.given: Mapping[str, str] = {}
        self.words: list[str] = []
        self.paragraphs, self.notes = 0, 0
        self.said: list[str] = []

    def start(self, tag: str, given: dict[str, str]) -> None:
        """Note what the start of an element says."""
        if tag == "table":
            self.sheet = self.sheets[given.get("table:name", "")] = Shown()
            self.row = self.column = 0
        elif tag == "table-column":
            self._column(given)
        elif tag == "table-row":
            self._row(given)
        elif tag in {"table-cell", "covered-table-cell"}:
            self.given, self.words, self.paragraphs = given, [], 0
        elif tag == "annotation":
            self.notes, self.said = self.notes + 1, []
        elif tag == "p" and self.notes:
            self.said.append("\n" if self.said else "")
        elif tag == "p":
            self.paragraphs += 1
        elif tag in _PICTURES and not self.notes:
            self.sheet.has_pictures = True
        elif tag == "a" and not self.notes and not given.get("xlink:href", "#").startswith("#"):
            self.sheet.links.setdefault((self.row, self.column), given["xlink:href"])

    def end(self, tag: str) -> None:
        """Note what ends with an element."""
        if tag == "table-row":
            self.row += self.repeated
        elif tag == "annotation":
            self.notes -= 1
            self.sheet.comments[self.row, self.column] = "".join(self.said)
        elif tag in {"table-cell", "covered-table-cell"}:
            self._cell()

    def text(self, words: str) -> None:
        """Note the text of a cell or a comment; one of several lines is no number."""
        if self.said and self.notes:
            self.said.append(words)
        elif self.paragraphs == 1 and not self.notes:
            self.words.append(words)

    def _column(self, given: Mapping[str, str]) -> None:
        number = _number(given, "table:number-columns-repeated")
        if given.get("table:visibility", "visible") != "visible":
            self.sheet.columns.append((self.column, self.column + number - 1))
        self.column += number

    def _row(self, given: Mapping[str, str]) -> None:
        self.repeated, self.column = _number(given, "table:number-rows-repeated"), 0
        how = given.get("table:visibility", "visible")
        if how != "visible":
            self.sheet.rows.append((self.row, self.row + self.repeated - 1))
            self.sheet.is_filtered |= how == "filter"

    def _cell(self) -> None:
        across = _number(self.given, "table:number-columns-repeated")
        down, wide = (_number(self.given, f"table:number-{each}-spanned") for each in ("rows", "columns"))
        if down > 1:
            last = self.row + down - 1, self.column + wide - 1
            self.sheet.merged.append(((self.row, self.column), last))
        if linked := HYPERLINK.search(self.given.get("table:formula", "")):
            self.sheet.links[self.row, self.column] = linked[1]
        kind = self.given.get("office:value-type", "")
        self.filled += across * self.repeated if kind or self.paragraphs else 0
        if self.filled > _MOST_CELLS:
            raise LargeError
        value = self.given.get("office:date-value" if kind == "date" else "office:value", "")
        if value and (text := as_shown(value, kind, "".join(self.words))):
            for row in range(self.row, self.row + min(self.repeated, _MOST)):
                for column in range(self.column, self.column + min(across, _MOST)):
                    self.sheet.texts[row, column] = text
        self.column += across


def _number(given: Mapping[str, str], name: str) -> int:
    text = given.get(name, "1")
    number = int(text[:_DIGITS_OF_MOST]) if text.isdecimal() else 1
    if number > _ROOM.get(name, number):
        raise LargeError
    return number
