"""A promise: pandoc shows the same text as every other format, whichever Markdown it reads, and in Word."""

import datetime as dt
import random
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from pathtrack import export
from pathtrack.export import Format, word
from pathtrack.record.model import Tracker
from pathtrack.record.view import View
from pathtrack.record.view import view as view_of
from rendered import Shown
from samples import value_of
from test_same_text import BREAKS, PIECES, collapsed, joined, noted

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# What pandoc reads as lists, definitions, captions, mathematics, citations and attributes.
MORE = [
    *("(1) a", "b) c", ": d", "(@) x", "i. y", "A. z", "#. q", "(a) z", "| line", "~~~", "```", "Table: x"),
    *("::: x", "$a$", "\\alpha", "^a^", "~a~", "@cite", "[@a]", "{#id}", "--- ", "-- ", "term\n: def"),
    *("=====", "-----", "* * *", "x^2^", "H~2~O", "[a]: b", "+---+", "|---|", "    code", "<!--", "a #"),
]
NUMBER = 250


def drawn(source: random.Random, most: int) -> str:
    pieces = [*PIECES, *MORE, *[" "] * 12, *["word "] * 6]
    return "".join(source.choice(pieces) for _ in range(source.randint(1, most)))


def texts(seed: int) -> list[tuple[str, str]]:
    """Return titles and notes made of what may act."""
    source = random.Random(seed)  # noqa: S311 nothing secret
    made = list[tuple[str, str]]()
    while len(made) < NUMBER:
        title = drawn(source, 10).replace("\n", " ")[:300]
        note = "".join(source.choice([drawn(source, 6), source.choice(BREAKS)]) for _ in range(5))
        if title.strip() and note.strip():
            made.append((title, note))
    return made


def tracked(made: list[tuple[str, str]]) -> View:
    given = {
        "report": {"title": "T"},
        "recommendations": [
            {"id": f"D{number}", "area": "a", "title": title} for number, (title, _) in enumerate(made)
        ],
        "updates": [
            {
                "date": dt.date(2025, 1, 24),
                "by": "x",
                "recommendations": [f"D{number}"],
                "status": "in-progress",
                "note": note,
            }
            for number, (_, note) in enumerate(made)
        ],
    }
    return view_of(value_of(Tracker, given), on=dt.date(2026, 1, 31))


def assert_shown(made: list[tuple[str, str]], blocks: list[str]) -> None:
    whole = joined(blocks)
    for number, (title, note) in enumerate(made):
        assert f"D{number}: {collapsed(title)}" in blocks
        assert noted(note) in whole


@pytest.mark.parametrize("reader", ["markdown-smart", "commonmark+footnotes+pipe_tables"])
def test_pandoc_shows_titles_and_notes_and_makes_nothing_of_them(reader: str) -> None:
    program = word.program()
    assert program
    made = texts(7)
    text = export.render(tracked(made), Format.MARKDOWN)
    command = [program, "--sandbox", f"--from={reader}", "--to=html5", "--wrap=none"]
    done = subprocess.run(command, input=text.encode(), capture_output=True, check=True, timeout=60)
    shown = Shown(done.stdout.decode())
    assert_shown(made, shown.blocks)
    assert shown.tags <= {
        *(
            "h1",
            "h2",
            "h3",
            "p",
            "strong",
            "em",
            "ul",
            "ol",
            "li",
            "blockquote",
            "section",
            "sup",
            "a",
            "code",
        ),
        *("table", "thead", "tbody", "tr", "th", "td", "col", "colgroup"),
    }


def test_a_word_document_shows_titles_and_notes(tmp_path: Path) -> None:
    made, path = texts(8), tmp_path / "a.docx"
    path.write_bytes(export.document(tracked(made), Format.DOCX))
    with zipfile.ZipFile(path) as file:
        body = ET.fromstring(file.read("word/document.xml"))  # noqa: S314 our own document
    found = ("".join(each.text or "" for each in one.iter(f"{W}t")) for one in body.iter(f"{W}p"))
    assert_shown(made, [" ".join(each.split()) for each in found])
