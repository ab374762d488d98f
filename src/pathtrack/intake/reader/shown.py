"""How an .xlsx workbook shows its numbers and dates, and where its cells lead: what the reader leaves out."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Mapping
from typing import NamedTuple
from xml.parsers import expat

Place = tuple[int, int]
_Handler = Callable[[str, dict[str, str]], None]
_BUILT_IN = {1: "0", 2: "0.00", 9: "0%", 10: "0.00%", 17: "mmm-yy"}
# 000, 0.00, 0%, "R-"000: leading zeros, decimals, a share, and words around them.
_NUMBER = re.compile(r'((?:"[^"]*"|\\.|-)*)(0+)(?:\.(0+))?(%?)((?:"[^"]*")*)')
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_HYPERLINK = re.compile(r'HYPERLINK\(\s*"([^"]+)"', re.IGNORECASE)
_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")


class Shown(NamedTuple):
    """Of a sheet, the formats of cells that are not shown as their value, and the addresses behind cells."""

    formats: Mapping[Place, str]
    links: Mapping[Place, str]


def read(data: bytes) -> dict[str, Shown]:
    """Return what there is to say about the sheets of a workbook by their names; nothing for other files."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if "xl/workbook.xml" not in archive.namelist():
            return {}
        formats = _formats(archive)
        targets = _targets(archive, "xl/_rels/workbook.xml.rels")
        sheets: dict[str, str] = {}

        def sheet(tag: str, given: dict[str, str]) -> None:
            if tag == "sheet":
                sheets[given.get("name", "")] = targets.get(_id(given), "")

        _parse(archive, "xl/workbook.xml", sheet)
        return {name: _sheet(archive, path, formats) for name, path in sheets.items() if path}


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
    if "%" in f"{share}{after}" and float(number) in {0, 100} != {exact}:
        number = f"{exact:.15g}"  # 99.6 % is shown as 100 %, and is not all
    return f"{_words(before)}{number}{share}{_words(after)}"


def _words(literal: str) -> str:
    return literal.replace('"', "").replace("\\", "")


def _formats(archive: zipfile.ZipFile) -> list[str]:
    """Return the format of each style, empty where it shows a value as it is."""
    own: dict[str, str] = {}
    found: list[str] = []
    inside = [False]

    def style(tag: str, given: dict[str, str]) -> None:
        if tag == "numFmt":
            own[given.get("numFmtId", "")] = given.get("formatCode", "")
        elif tag in {"cellXfs", "cellStyles", "cellStyleXfs"}:
            inside[0] = tag == "cellXfs"
        elif tag == "xf" and inside[0]:
            number = given.get("numFmtId", "")
            found.append(own.get(number, _BUILT_IN.get(int(number or 0), "")))

    _parse(archive, "xl/styles.xml", style)
    return [code if _NUMBER.fullmatch(code) or "y" in code.lower() else "" for code in found]


def _sheet(archive: zipfile.ZipFile, path: str, formats: list[str]) -> Shown:
    folder, _, name = path.rpartition("/")
    targets = _targets(archive, f"{folder}/_rels/{name}.rels")
    codes, links = dict[Place, str](), dict[Place, str]()
    last = [""]

    def cell(tag: str, given: dict[str, str]) -> None:
        if tag == "c":
            last[0] = given.get("r", "")
            style = given.get("s", "0")
            if given.get("t", "n") == "n" and style != "0" and (code := formats[int(style)]):
                codes[_place(last[0])] = code
        elif tag == "hyperlink" and (address := targets.get(_id(given), "")):
            links[_place(given.get("ref", "").partition(":")[0])] = address

    def formula(words: str) -> None:
        if found := _HYPERLINK.match(words):
            links[_place(last[0])] = found[1]

    _parse(archive, path, cell, formula)
    return Shown(codes, links)


def _targets(archive: zipfile.ZipFile, path: str) -> dict[str, str]:
    """Return where the parts of a workbook are that another part names, and the addresses in it."""
    found: dict[str, str] = {}

    def relation(tag: str, given: dict[str, str]) -> None:
        if tag == "Relationship":
            target = given.get("Target", "")
            is_outside = given.get("TargetMode") == "External"
            inside = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
            found[given.get("Id", "")] = target if is_outside else inside

    _parse(archive, path, relation)
    return found


def _parse(
    archive: zipfile.ZipFile, path: str, element: _Handler, formula: Callable[[str], None] = lambda _: None
) -> None:
    """Read a part of a workbook, if it is there, its tags and attributes without their namespaces."""
    if path not in archive.namelist():
        return
    parser = expat.ParserCreate()
    parser.buffer_text = True
    words: list[str] = []
    tags = [""]

    def start(name: str, given: dict[str, str]) -> None:
        tags[0] = name.rpartition(":")[2]
        words.clear()
        element(tags[0], given)

    def end(name: str) -> None:
        if name.rpartition(":")[2] == "f":
            formula("".join(words))
        tags[0] = ""

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = lambda data: words.append(data) if tags[0] == "f" else None
    parser.Parse(archive.read(path), True)  # noqa: FBT003 it is the last part


def _id(given: Mapping[str, str]) -> str:
    return next((value for name, value in given.items() if name.endswith(":id")), "")


def _place(reference: str) -> Place:
    """Return the row and the column of a cell, from 0: (1, 2) for C2."""
    found = _CELL.fullmatch(reference)
    if not found:
        return (-1, -1)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1
