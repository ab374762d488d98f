"""How an .xlsx workbook shows its cells, what it hides, and where its cells lead."""

import posixpath
import re
import zipfile
from collections.abc import Callable, Mapping
from xml.parsers import expat

from pathtrack.intake.reader import shown
from pathtrack.intake.reader.shown import HYPERLINK, Place, Shown

_Handler = Callable[[str, dict[str, str]], None]
_TEXTS = {"f", "t", "v"}
"""Elements with text: formulas, texts, and values."""
_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")


def read(archive: zipfile.ZipFile) -> dict[str, Shown]:
    """Return what there is to say about the sheets of a workbook by their names."""
    styles = _styles(archive)
    inside = targets(archive, "xl/_rels/workbook.xml.rels")
    sheets: dict[str, str] = {}

    def sheet(tag: str, given: dict[str, str]) -> None:
        if tag == "sheet":
            sheets[given.get("name", "")] = inside.get(_id(given), "")

    _parse(archive, "xl/workbook.xml", sheet)
    return {name: _sheet(archive, path, styles) for name, path in sheets.items() if path}


def _styles(archive: zipfile.ZipFile) -> list[str]:
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


class _Sheet(Shown):
    """What one sheet says, as its elements come."""

    def __init__(self, styles: list[str], inside: Mapping[str, str]) -> None:
        super().__init__()
        self.styles, self.inside = styles, inside
        self.row, self.cell, self.is_text = 0, "", False

    def element(self, tag: str, given: dict[str, str]) -> None:
        """Note what an element says."""
        if tag == "c":
            self.cell = given.get("r", "")
            style = given.get("s", "0")
            self.is_text = given.get("t", "n") != "n"
            if not self.is_text and style != "0" and (code := self.styles[int(style)]):
                self.formats[_place(self.cell)] = code
        elif tag == "row":
            self.row = int(given.get("r", self.row + 1))
            if _is_hidden(given, "ht"):
                self.rows.append((self.row - 1, self.row - 1))
        elif tag == "col" and _is_hidden(given, "width"):
            self.columns.append((int(given.get("min", 1)) - 1, int(given.get("max", 1)) - 1))
        elif tag == "filterColumn":
            self.is_filtered = True
        elif tag == "comment":
            self.cell = given.get("ref", "")
            self.comments[_place(self.cell)] = ""
        elif tag == "hyperlink" and (address := self.inside.get(_id(given), "")):
            where = given.get("location", "")
            self.links[_place(given.get("ref", "").partition(":")[0])] = f"{address}{where and f'#{where}'}"

    def text(self, tag: str, words: str) -> None:
        """Note the text of an element: a formula, or a part of a comment."""
        if tag == "f" and (found := HYPERLINK.match(words)):
            self.links[_place(self.cell)] = found[1]
            # A program that writes a formula does not calculate it.
            self.texts[_place(self.cell)] = (found[2] or "").replace('""', '"')
        elif tag == "f" and not self.is_text:
            self.uncalculated[self.cell] = None
        elif tag == "v" and words:
            self.uncalculated.pop(self.cell, None)
        elif tag == "t" and (place := _place(self.cell)) in self.comments:
            self.comments[place] += words


def _sheet(archive: zipfile.ZipFile, path: str, styles: list[str]) -> Shown:
    inside = targets(archive, relations(path))
    found = _Sheet(styles, inside)
    _parse(archive, path, found.element, found.text)
    # A table within the sheet has a filter of its own; its words are not of cells.
    for part in sorted(each for each in inside.values() if "/tables/" in each or "/comments" in each):
        _parse(archive, part, found.element, found.text)
    found.has_pictures = has_pictures(archive, inside)
    return found


def relations(path: str) -> str:
    """Return where a part of a workbook says what else belongs to it."""
    folder, _, name = path.rpartition("/")
    return f"{folder}/_rels/{name}.rels"


def has_pictures(archive: zipfile.ZipFile, inside: Mapping[str, str]) -> bool:
    """Return whether a sheet with these parts has pictures or text boxes."""
    # Programs also write drawings with nothing in them.
    found: set[str] = set()
    for part in (each for each in inside.values() if "/drawings/drawing" in each):
        _parse(archive, part, lambda tag, _: found.add(tag))
    return not found.isdisjoint({"pic", "sp", "graphicFrame"})


def _is_hidden(given: Mapping[str, str], size: str) -> bool:
    return given.get("hidden") in {"1", "true"} or given.get(size) == "0"


def targets(archive: zipfile.ZipFile, path: str) -> dict[str, str]:
    """Return where the parts of a workbook are that another part names, and the addresses in it."""
    found: dict[str, str] = {}
    # xl/worksheets/_rels/sheet1.xml.rels speaks of files beside xl/worksheets/sheet1.xml.
    folder = path.rpartition("/_rels/")[0]

    def relation(tag: str, given: dict[str, str]) -> None:
        if tag == "Relationship":
            target = given.get("Target", "")
            is_outside = given.get("TargetMode") == "External"
            inside = posixpath.normpath(posixpath.join("/", folder, target)).removeprefix("/")
            found[given.get("Id", "")] = target if is_outside else inside

    _parse(archive, path, relation)
    return found


def _parse(
    archive: zipfile.ZipFile,
    path: str,
    element: _Handler,
    text: Callable[[str, str], None] = lambda _tag, _words: None,
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
        if (tag := name.rpartition(":")[2]) in _TEXTS:
            text(tag, "".join(words))
        tags[0] = ""

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = lambda data: words.append(data) if tags[0] in _TEXTS else None
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
