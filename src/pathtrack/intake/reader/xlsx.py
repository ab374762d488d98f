"""How an .xlsx workbook shows its cells, what it hides, and where its cells lead."""

import re
import zipfile
from collections.abc import Callable, Mapping
from xml.parsers import expat

from pathtrack.intake.reader import shown
from pathtrack.intake.reader.grid import Hidden, Span
from pathtrack.intake.reader.shown import HYPERLINK, Place, Shown

_Handler = Callable[[str, dict[str, str]], None]
_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")


def read(archive: zipfile.ZipFile) -> dict[str, Shown]:
    """Return what there is to say about the sheets of a workbook by their names."""
    formats = _formats(archive)
    inside = targets(archive, "xl/_rels/workbook.xml.rels")
    sheets: dict[str, str] = {}

    def sheet(tag: str, given: dict[str, str]) -> None:
        if tag == "sheet":
            sheets[given.get("name", "")] = inside.get(_id(given), "")

    _parse(archive, "xl/workbook.xml", sheet)
    return {name: _sheet(archive, path, formats) for name, path in sheets.items() if path}


def _formats(archive: zipfile.ZipFile) -> list[str]:
    """Return the format of each style, empty where it shows a value as it is."""
    own: dict[int, str] = {}
    found: list[str] = []
    inside = [False]

    def style(tag: str, given: dict[str, str]) -> None:
        if tag == "numFmt":
            own[int(given.get("numFmtId", -1))] = given.get("formatCode", "")
        elif tag in {"cellXfs", "cellStyles", "cellStyleXfs"}:
            inside[0] = tag == "cellXfs"
        elif tag == "xf" and inside[0]:
            found.append(shown.format_code(int(given.get("numFmtId", 0)), own))

    _parse(archive, "xl/styles.xml", style)
    return found


class _Sheet:
    """What one sheet says, as its elements come."""

    def __init__(self, formats: list[str], targets: Mapping[str, str]) -> None:
        self.formats, self.targets = formats, targets
        self.codes, self.links = dict[Place, str](), dict[Place, str]()
        self.rows, self.columns = list[int](), list[Span]()
        self.row, self.cell, self.is_filtered = 0, "", False

    def element(self, tag: str, given: dict[str, str]) -> None:
        """Take an element."""
        if tag == "c":
            self.cell = given.get("r", "")
            style = given.get("s", "0")
            if given.get("t", "n") == "n" and style != "0" and (code := self.formats[int(style)]):
                self.codes[_place(self.cell)] = code
        elif tag == "row":
            self.row = int(given.get("r", self.row + 1))
            if _is_hidden(given, "ht"):
                self.rows.append(self.row - 1)
        elif tag == "col" and _is_hidden(given, "width"):
            self.columns.append((int(given.get("min", 1)) - 1, int(given.get("max", 1)) - 1))
        elif tag == "filterColumn":
            self.is_filtered = True
        elif tag == "hyperlink" and (address := self.targets.get(_id(given), "")):
            self.links[_place(given.get("ref", "").partition(":")[0])] = address

    def formula(self, words: str) -> None:
        """Take a formula."""
        if found := HYPERLINK.match(words):
            self.links[_place(self.cell)] = found[1]


def _sheet(archive: zipfile.ZipFile, path: str, formats: list[str]) -> Shown:
    folder, _, name = path.rpartition("/")
    inside = targets(archive, f"{folder}/_rels/{name}.rels")
    found = _Sheet(formats, inside)
    _parse(archive, path, found.element, found.formula)
    # A table within the sheet has a filter of its own.
    for part in (f"xl/tables/{each.rpartition('/')[2]}" for each in inside.values() if "/tables/" in each):
        _parse(archive, part, found.element)
    hidden = Hidden(shown.spans(found.rows), tuple(found.columns), is_filtered=found.is_filtered)
    return Shown(found.codes, {}, found.links, hidden)


def _is_hidden(given: Mapping[str, str], size: str) -> bool:
    return given.get("hidden") in {"1", "true"} or given.get(size) == "0"


def targets(archive: zipfile.ZipFile, path: str) -> dict[str, str]:
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
