"""A report as a Word document, which pandoc makes of its Markdown."""

import datetime as dt
import io
import os
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from pathtrack.errors import FileError
from pathtrack.text import count, quoted

Look = Mapping[str, Sequence[tuple[str, str]]]
"""What is replaced by what in which of the files that a document consists of."""

_SECONDS = 300
_INPUT = "commonmark+footnotes+pipe_tables"
"""What our Markdown is held to by tests; pandoc's own reads more into a text."""
_PAGE = (
    '<w:pgSz w:w="11906" w:h="16838" />'
    '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134"'
    ' w:header="567" w:footer="567" w:gutter="0" />'
)
_DOCUMENT, _CORE, _FOOTER = "word/document.xml", "docProps/core.xml", "word/footer1.xml"
_FOOT = "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer"
_NUMBER = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<w:ftr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:p><w:pPr><w:jc w:val="center" /></w:pPr>'
    '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p></w:ftr>'
)
"""The number of the page, in the middle below it."""
_BOLD = "</w:pPr><w:r><w:rPr><w:b ?/><w:bCs ?/></w:rPr><w:t[^>]*>[^<]*</w:t></w:r></w:p>"
_LOOK = {
    _DOCUMENT: [
        # LibreOffice would count the footnotes anew below each heading.
        (r"<w:footnotePr>.*?</w:footnotePr>(?=\s*</w:sectPr>)", f"<w:footnotePr></w:footnotePr>{_PAGE}"),
        (r"<w:sectPr ?/>", f"<w:sectPr>{_PAGE}</w:sectPr>"),
        (r"<w:sectPr>", '<w:sectPr><w:footerReference w:type="default" r:id="number" />'),
        (
            rf'(<w:pStyle w:val="(?:BodyText|FirstParagraph)" ?/>)({_BOLD})',
            r"\1<w:keepNext />\2",
        ),
    ],
    "word/styles.xml": [
        (r'<w:sz(Cs)? w:val="24" ?/>', r'<w:sz\1 w:val="21" />'),
        (r'w:after="180" w:before="180"', 'w:after="100" w:before="100"'),
        (
            r'(w:styleId="FootnoteText".*?)(</w:style>)',
            r'\1<w:pPr><w:spacing w:after="30" /></w:pPr><w:rPr><w:sz w:val="18" /></w:rPr>\2',
        ),
    ],
    "[Content_Types].xml": [
        ("(?=</Types>)", f'<Override PartName="/{_FOOTER}" ContentType="{_FOOT}" />'),
    ],
    "word/_rels/document.xml.rels": [
        ("(?=</Relationships>)", f'<Relationship Id="number" Type="{_RELATION}" Target="footer1.xml" />'),
    ],
    "word/theme/theme1.xml": [(r'(<a:latin typeface=")[^"]+', r"\1Calibri")],
}
"""Numbered pages of A4, smaller and usual letters, and bold lines on the page of what is below them."""
_ROOM = 11906 - 2 * 1134
"""Between the margins, in twentieths of a point."""
_SIZES = (18, 16)
"""Of the letters of a table, in half points: the smaller where words would not fit."""
_GAP = 240
"""What is beside a cell's text."""
_TABLE = re.compile(r"<w:tbl>.*?</w:tbl>", re.DOTALL)
_ROW = re.compile(r"<w:tr>.*?</w:tr>", re.DOTALL)
_CELL = re.compile(r"<w:tc>\s*<w:tcPr />(.*?)</w:tc>", re.DOTALL)
_TEXT = re.compile(r"<w:t[ >][^<]*")
_BEGINNING = "1970-01-01T00:00:00Z"
_FIXED = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip file can have; that of the writing would differ each time."""


def render(markdown: str, *, language: str | None, as_of: dt.date, reference: Path | None = None) -> bytes:
    """Return the document; a reference document gives its styles, its page and its headers."""
    if reference and not reference.is_file():
        raise FileError("no such reference document", where=str(reference), todo="give a .docx file")
    made = _converted(markdown, language=language or "en", reference=reference)
    return _finished(made, on=as_of, look={} if reference else _LOOK)


def program() -> str | None:
    """Return the path of pandoc: the one on the PATH, or that of pypandoc_binary."""
    package = None if (found := shutil.which("pandoc")) else find_spec("pypandoc")
    if found or not (package and package.origin):
        return found
    return shutil.which("pandoc", path=str(Path(package.origin).parent / "files"))


def _converted(markdown: str, *, language: str, reference: Path | None) -> bytes:
    pandoc = program()
    if pandoc is None:
        todo = "install pandoc, or 'pip install pypandoc_binary'; --format html needs neither"
        raise FileError("a Word document needs pandoc, which is not here", todo=todo)
    options = [f"--from={_INPUT}", "--to=docx", "--shift-heading-level-by=-1", f"--metadata=lang:{language}"]
    options += [f"--reference-doc={reference.absolute()}"] if reference else []
    done = _run([pandoc, "--sandbox", *options], markdown)
    if done.returncode and b"Could not find data file" in done.stderr:
        # Debian's finds its own parts only outside of the sandbox; our Markdown names no file to read.
        done = _run([pandoc, *options], markdown)
    if done.returncode:
        said = next(iter(done.stderr.decode(errors="replace").splitlines()), f"exit code {done.returncode}")
        todo = "pandoc 2.15 or later is needed"
        raise FileError(f"pandoc refused: {quoted(said)}", where=pandoc, todo=todo)
    return done.stdout


def _run(command: Sequence[str], markdown: str) -> subprocess.CompletedProcess[bytes]:
    # In an empty folder, so that no file of the user's or the current one's is taken for a template.
    with tempfile.TemporaryDirectory() as empty:
        try:
            return subprocess.run(  # noqa: S603 a fixed program, the text on its standard input
                [*command, f"--data-dir={empty}", "--output=-"],
                input=markdown.encode(),
                capture_output=True,
                timeout=_SECONDS,
                cwd=empty,
                env={**os.environ, "SOURCE_DATE_EPOCH": "0"},
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            todo = "export fewer recommendations, or --format html"
            raise FileError(f"pandoc took longer than {count(_SECONDS, 'second')}", todo=todo) from error
        except OSError as error:
            raise FileError(f"pandoc does not start: {error.strerror}", where=command[0]) from error


def _finished(made: bytes, *, on: dt.date, look: Look) -> bytes:
    """Return the document with a look, tables as wide as their words, and no time but the report's."""
    finished = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(finished, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name in {*look, _DOCUMENT, _CORE}:
                data = _changed(name, data.decode(), on=on, look=look).encode()
            new.writestr(zipfile.ZipInfo(name, _FIXED), data, zipfile.ZIP_DEFLATED)
        if look:
            new.writestr(zipfile.ZipInfo(_FOOTER, _FIXED), _NUMBER, zipfile.ZIP_DEFLATED)
    return finished.getvalue()


def _changed(name: str, text: str, *, on: dt.date, look: Look) -> str:
    for pattern, replacement in look.get(name, ()):
        text = re.sub(pattern, replacement, text, flags=re.DOTALL)
    if name == _CORE:
        return text.replace(_BEGINNING, f"{on.isoformat()}T00:00:00Z")
    return _TABLE.sub(lambda table: _fitted(table[0]), text) if name == _DOCUMENT else text


def _fitted(table: str) -> str:
    """Return a table whose columns are as wide as their longest words; what is left is shared by length."""
    rows = [[_words(cell[1]) for cell in _CELL.finditer(row[0])] for row in _ROW.finditer(table)]
    columns = list(zip(*rows, strict=True))
    longest = [max(len(word) for cell in column for word in (*cell, "")) for column in columns]
    whole = [max(len(" ".join(cell)) for cell in column) for column in columns]
    for size in _SIZES:
        # A letter is about half as wide as it is high.
        least = [each * size * 5 + _GAP for each in longest]
        if sum(least) <= _ROOM:
            break
    wanted = [(all_ - word) * size * 5 for all_, word in zip(whole, longest, strict=True)]
    share = min(1.0, max(_ROOM - sum(least), 0) / max(sum(wanted), 1))
    scale = min(1.0, _ROOM / max(sum(least), 1))
    widths = [int((low + more * share) * scale) for low, more in zip(least, wanted, strict=True)]
    grid = "".join(f'<w:gridCol w:w="{width}" />' for width in widths)
    table = re.sub(r"<w:tblGrid>.*?</w:tblGrid>", f"<w:tblGrid>{grid}</w:tblGrid>", table, flags=re.DOTALL)
    table = re.sub(r"<w:tblW [^>]*>", f'<w:tblW w:type="dxa" w:w="{sum(widths)}" />', table)
    table = re.sub(r"<w:r>(<w:rPr>)?", rf'<w:r><w:rPr><w:sz w:val="{size}" />', table)
    table = re.sub(r'(<w:sz w:val="\d+" />)(?=<w:t[ >])', r"\1</w:rPr>", table)
    return _ROW.sub(lambda row: _with_widths(row[0], widths), table)


def _with_widths(row: str, widths: list[int]) -> str:
    place = iter(widths)
    return _CELL.sub(
        lambda cell: f'<w:tc><w:tcPr><w:tcW w:w="{next(place)}" w:type="dxa" /></w:tcPr>{cell[1]}</w:tc>', row
    )


def _words(cell: str) -> list[str]:
    return " ".join(text[0].partition(">")[2] for text in _TEXT.finditer(cell)).replace("-", "- ").split()
