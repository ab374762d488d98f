"""Why a file is not a tracker, with the line."""

import re
from collections.abc import Iterable

from pydantic_core import ErrorDetails

from pathtrack.errors import FileError
from pathtrack.file import slips
from pathtrack.file.blocks import locate, without_strings
from pathtrack.record import objections
from pathtrack.record.finding import Place, line_of
from pathtrack.text import count, for_shell, safe_line

_MARKER = re.compile(r"^(<<<<<<<|>>>>>>>)( |$)", re.MULTILINE)
_TABLES = {".csv": "CSV", ".tsv": "TSV"}
_BEGINNING = 500
"""How many characters show what a file is."""
_POSITION = re.compile(r" at line (\d+) column \d+$")
_UTF8 = "save it as UTF-8 text: in Notepad, choose that encoding in 'Save as'"
_PLAIN = "save it as plain text in UTF-8; a word processor or TextEdit has that under 'Save as' or 'Format'"
_IMPORT = "import it with 'pathtrack import {}'"
_KINDS = (
    (rb"\{\\rtf", "this is rich text", _PLAIN),
    (rb"PK\x03\x04(?=.*word/)|\xd0\xcf\x11\xe0", "this is a document of an office program", _PLAIN),
    (rb"PK\x03\x04(?=.*xl/)", "this is a workbook", _IMPORT),
    (rb"PK\x03\x04", "this is a ZIP file", "unpack it first"),
    (rb"%PDF-", "this is a PDF file", "give the tracker that it was made from"),
    (rb"\xff\xfe|\xfe\xff|.?\0", "this is UTF-16 text, not UTF-8", _UTF8),
    (rb"\s*\{", "this is a JSON file", _IMPORT),
    (rb"\s*<(?:!|\?xml|html)", "this is a web page", "give the tracker that it was made from"),
)
"""How files of other kinds begin, what they are, and what to do with them."""
_LATIN = re.compile(rb"[\xc0-\xff](?![\x80-\xff])")


def undecodable(error: UnicodeDecodeError, *, name: str) -> FileError:
    """Return why bytes are not UTF-8 text, with the letter that the first wrong one probably stands for."""
    data, at = error.object, error.start
    if other := _of_another_kind(data, name=name):
        return other
    letter = _LATIN.match(data, at)
    hint = f": a letter such as {letter[0].decode('latin-1')} is in the encoding of Windows" if letter else ""
    line = data.count(b"\n", 0, at) + 1
    return FileError(f"not UTF-8 text{hint}", where=f"{name}:{line}", todo=_UTF8)


def unreadable(text: str, reason: str, *, name: str) -> FileError:
    """Return why a text is not TOML; `reason` is the message of the TOML reader."""
    # Without strings: a note may quote a marker.
    if marker := _MARKER.search(without_strings(text)):
        line = marker.string.count("\n", 0, marker.start()) + 1
        todo = "run 'pathtrack git resolve', or keep one side of each and delete the marker lines"
        return FileError("conflict markers of a merge", where=f"{name}:{line}", todo=todo)
    if table := _TABLES.get(name.lower()[-4:]):
        todo = _IMPORT.format(for_shell(name))
        return FileError(f"this is a {table} file, not a tracker", where=name, todo=todo)
    if other := _of_another_kind(text[:_BEGINNING].encode(errors="replace"), name=name):
        return other
    position = _POSITION.search(reason)
    number = int(position[1]) if position else 0
    if slip := slips.find(text, number, reason):
        return FileError(safe_line(slip.what), where=f"{name}:{slip.line}", todo=safe_line(slip.todo))
    cause = safe_line(_POSITION.sub("", reason)).removeprefix("ValueError: ")
    where = f"{name}:{number}" if number else name
    return FileError(f"not valid TOML: {cause}", where=where, todo="correct that line")


def invalid(faults: Iterable[ErrorDetails], text: str, *, name: str, is_all: bool) -> FileError:
    """Return the first thing in a text that does not belong in a tracker, of these faults or all."""
    if not text.strip():
        todo = "fill it, or delete it and run 'pathtrack init'"
        return FileError("the file is empty", where=name, todo=todo)
    faults = [*faults]
    lines = locate(text, {_table(each["loc"]) for each in faults})
    # A key that is misspelled is also missing: the former comes first.
    first, *others = sorted(
        faults,
        key=lambda each: (each["type"] == "missing", line_of(each["loc"], lines) or 0),
    )
    what, todo = objections.explain(first)
    least = "" if is_all else "more than "
    more = f" ({least}{count(len(others), 'more problem')} in the file)" if others or not is_all else ""
    line = line_of(first["loc"], lines)
    return FileError(what, where=f"{name}:{line}" if line else name, todo=f"{todo}{more}")


def _of_another_kind(data: bytes, *, name: str) -> FileError | None:
    kinds = ((what, todo) for begin, what, todo in _KINDS if re.match(begin, data, re.DOTALL))
    what, todo = next(kinds, ("", ""))
    return FileError(what, where=name, todo=todo.format(for_shell(name))) if what else None


def _table(place: Place) -> Place:
    """Return the place of the table at the top that a place is in."""
    return place[:2] if isinstance((*place, "", "")[1], int) else place[:1]
