"""What a file is that is not a tracker, by how it begins, and what to do with it."""

import re

from pathtrack.errors import FileError
from pathtrack.text import for_shell

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
_LATIN = re.compile(rb"[\xc0-\xff](?![\x80-\xff])")


def refuse(data: bytes, *, name: str) -> None:
    """Raise FileError for a file of another format."""
    for begin, what, todo in _KINDS:
        if re.match(begin, data, re.DOTALL):
            raise FileError(what, where=name, todo=todo.format(for_shell(name)))


def undecodable(data: bytes, at: int, *, name: str) -> FileError:
    """Return why the byte at a place is not UTF-8 text, with the letter that it probably stands for."""
    line = data.count(b"\n", 0, at) + 1
    letter = _LATIN.match(data, at)
    hint = f": a letter such as {letter[0].decode('latin-1')} is in the encoding of Windows" if letter else ""
    what = f"not UTF-8 text{hint}"
    return FileError(what, where=f"{name}:{line}", todo=_UTF8)
