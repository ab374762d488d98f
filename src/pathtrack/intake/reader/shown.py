"""How a workbook shows its cells, what it hides, and where its cells lead: what the reader leaves out."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from pathtrack.intake.reader.grid import Hidden, Span

Place = tuple[int, int]
HYPERLINK = re.compile(r'HYPERLINK\(\s*"([^"]+)"\s*(?:\)|[,;](?:\s*"((?:[^"]|"")*)"\s*\))?)', re.IGNORECASE)
"""The formula that leads from a cell to an address, and what it shows there; it states all of the address."""
# The same where formulas are compiled: a text, a text or a cell as the label, a call of function 0x167.
_TEXT, _CALL = b"\x17", re.compile(rb"[\x22\x42\x62].\x67\x01", re.DOTALL)
_REFERENCE = re.compile(rb"[\x24\x44\x64](?:.{4}|.{6})", re.DOTALL)
_BUILT_IN = {1: "0", 2: "0.00", 9: "0%", 10: "0.00%", 17: "mmm-yy"}
# 000, 0.00, 0%, "R-"000: leading zeros, decimals, a share, and words around them.
_NUMBER = re.compile(r'((?:"[^"]*"|\\.|-)*)(0+)(?:\.(0+))?(%?)((?:"[^"]*")*)')
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')


@dataclass
class Shown:
    """What a file says of a sheet beside its values, as it is read; cells by row and column, from 0.

    `formats` are those of cells that are not shown as their value, `texts` what cells show where the file
    says it, `merged` the first and the last cell of those that are one, where the reader does not know;
    `rows` and `columns` are hidden, `uncalculated` the names of cells with a formula and no value.
    """

    formats: dict[Place, str] = field(default_factory=dict)
    texts: dict[Place, str] = field(default_factory=dict)
    links: dict[Place, str] = field(default_factory=dict)
    comments: dict[Place, str] = field(default_factory=dict)
    merged: list[tuple[Place, Place]] = field(default_factory=list)
    rows: list[Span] = field(default_factory=list)
    columns: list[Span] = field(default_factory=list)
    is_filtered: bool = False
    has_pictures: bool = False
    uncalculated: dict[str, None] = field(default_factory=dict)

    @property
    def hidden(self) -> Hidden:
        """What nobody sees; whether the whole sheet is hidden, the reader knows."""
        rows, columns = _joined(self.rows), tuple(self.columns)
        empty = tuple(self.uncalculated)
        return Hidden(
            rows,
            columns,
            is_filtered=self.is_filtered,
            has_pictures=self.has_pictures,
            uncalculated=empty,
        )


def linked(formula: bytes, read: Callable[[bytes, int], tuple[str, int]]) -> str:
    """Return the address that a compiled formula states and leads to, or nothing.

    `read` returns the text at a place and where it ends. HYPERLINK("a", "b") is 17 a 17 b 42 02 67 01; of an
    address with a part in another cell, that part comes before the label.
    """
    if not (formula.startswith(_TEXT) and _CALL.fullmatch(formula[-4:])):
        return ""
    address, end = read(formula, 1)
    label = formula[end:-4]
    is_text = label.startswith(_TEXT) and read(label, 1)[1] == len(label)
    return address if not label or is_text or _REFERENCE.fullmatch(label) else ""


def format_code(number: int, own: Mapping[int, str]) -> str:
    """Return the format with a number, empty if it shows a value as it is."""
    code = own.get(number, _BUILT_IN.get(number, ""))
    return code if _NUMBER.fullmatch(code) or "y" in code.lower() else ""


def text(value: float | dt.date, code: str) -> str | None:
    """Return a value as a format shows it: 1.10, 007, 50%, 2026-03 for Mar 2026; None if as it is."""
    if isinstance(value, dt.date):
        letters = _LITERAL.sub("", code).lower()
        if "y" not in letters or "d" in letters:
            return None
        return f"{value:%Y-%m}" if "m" in letters else f"{value:%Y}"
    if not (found := _NUMBER.fullmatch(code)):
        return None
    before, whole, decimals, share, after = found.groups()
    places = len(decimals or "")
    width = len(whole) + (places + 1 if places else 0)
    exact = value * 100 if share else value
    number = f"{exact:0{width}.{places}f}"
    if "%" in f"{share}{after}":
        number = percentage(number, exact)
    return f"{_words(before)}{number}{share}{_words(after)}"


def percentage(number: str, exact: float) -> str:
    """Return a percentage as it is shown, or exactly where that is nothing or all: 99.6 is shown as 100."""
    return f"{exact:.15g}" if float(number) in {0, 100} else number


def _joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans in their order, as few as possible: 6-7, 3-3 and 5-5 are 3-3 and 5-7."""
    found: list[Span] = []
    for first, last in sorted(spans):
        if found and found[-1][1] >= first - 1:
            found[-1] = found[-1][0], max(last, found[-1][1])
        else:
            found.append((first, last))
    return tuple(found)


def _words(literal: str) -> str:
    return literal.replace('"', "").replace("\\", "")
