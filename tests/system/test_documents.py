"""Word documents as pandoc makes them and LibreOffice opens them."""

import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from conftest import DATA, Run
from pathtrack.export import word

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def elements(path: Path, part: str) -> ET.Element:
    with zipfile.ZipFile(path) as file:
        return ET.fromstring(file.read(part))  # noqa: S314 our own document


def text_of(element: ET.Element) -> str:
    return "".join(each.text or "" for each in element.iter(f"{W}t"))


@pytest.fixture(params=["tracker.toml", "parts.toml", "record.toml"])
def document(request: pytest.FixtureRequest, run: Run, tmp_path: Path) -> Path:
    tracker = shutil.copy(DATA / str(request.param), tmp_path / "recommendations.toml")
    path = tmp_path / "status.docx"
    code, _, err = run("export", str(path), "--file", str(tracker))
    assert (code, err) == (0, f"wrote {path}\n")
    return path


def test_a_document_has_a_title_headings_and_a_language(document: Path) -> None:
    body = elements(document, "word/document.xml")
    styles = [each.get(f"{W}val") for each in body.iter(f"{W}pStyle")]
    assert styles[0] == "Title"
    assert styles.count("Title") == 1
    assert {"Heading1", "Heading2"} <= set(styles)
    core = elements(document, "docProps/core.xml")
    title = core.findtext("{http://purl.org/dc/elements/1.1/}title")
    assert title
    assert title.endswith(": status report")
    lang = elements(document, "word/styles.xml").find(f".//{W}docDefaults//{W}lang")
    assert lang is not None
    assert lang.get(f"{W}val") == "en"


def test_a_document_has_real_footnotes_and_no_empty_paragraph(document: Path) -> None:
    body = elements(document, "word/document.xml")
    notes = {each.get(f"{W}id"): text_of(each) for each in elements(document, "word/footnotes.xml")}
    cited = [each.get(f"{W}id") for each in body.iter(f"{W}footnoteReference")]
    assert cited
    assert all(notes[each] for each in cited)
    assert all(text_of(each) for each in body.iter(f"{W}p"))


def test_the_header_of_each_table_is_repeated(document: Path) -> None:
    tables = [*elements(document, "word/document.xml").iter(f"{W}tbl")]
    assert len(tables) == 2
    for table in tables:
        rows = table.findall(f"{W}tr")
        assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True] + [False] * (
            len(rows) - 1
        )


def test_a_document_shows_the_words_of_the_markdown(document: Path, run: Run) -> None:
    markdown = run("export", "--file", str(document.with_name("recommendations.toml"))).out
    shown = {
        " ".join(text_of(each).split()) for each in elements(document, "word/document.xml").iter(f"{W}p")
    }
    for heading in re.findall(r"^##+ (.*)$", markdown, re.MULTILINE):
        assert " ".join(re.sub(r"\\(.)", r"\1", heading).split()) in shown


def test_the_same_bytes_twice(document: Path, run: Run) -> None:
    again = document.with_name("again.docx")
    run("export", str(again), "--file", str(document.with_name("recommendations.toml")))
    assert again.read_bytes() == document.read_bytes()


def test_a_document_opens_and_prints(document: Path) -> None:
    command = [
        "soffice",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(document.parent),
        str(document),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    printed = subprocess.run(
        ["pdftotext", "-layout", document.with_suffix(".pdf"), "-"], capture_output=True, check=True
    ).stdout.decode()
    assert "Standing by area" in printed
    assert "not-started" in printed
    pages = printed.split("\f")[:-1]
    assert [page.split()[-1] for page in pages] == [str(number) for number in range(1, len(pages) + 1)]


def test_a_house_gives_its_styles(document: Path, run: Run, tmp_path: Path) -> None:
    program = word.program()
    assert program
    house = tmp_path / "house.docx"
    house.write_bytes(
        subprocess.run(
            [program, "--print-default-data-file=reference.docx"], capture_output=True, check=True
        ).stdout
    )
    path = tmp_path / "housed.docx"
    tracker = str(document.with_name("recommendations.toml"))
    assert run("export", str(path), "--file", tracker, "--reference-doc", str(house)).code == 0
    with zipfile.ZipFile(path) as file:
        assert b"w:footnotes" in file.read("word/footnotes.xml")
        assert b'w:w="11906"' not in file.read("word/document.xml")


@pytest.mark.parametrize("suffix", ["docx", "html"])
def test_a_brief_of_a_long_record_has_two_pages(run: Run, tmp_path: Path, suffix: str) -> None:
    tracker, path = tmp_path / "long.toml", tmp_path / f"brief.{suffix}"
    lines = ['[report]\ntitle = "A long report on rivers and those who live between their banks"\n']
    text = "the agency agreed with both towns to build the plant before the season of floods begins again"
    for number in range(120):
        said = text[number % 9 :].strip()
        lines.append(
            f'[[recommendation]]\nid = "R{number}"\narea = "a"\ntitle = "{said}"\ndue = "202{number % 10}"\n'
            f'[[update]]\ndate = 2025-03-01\nby = "Ana Lee"\nrecommendations = ["R{number}"]\n'
            f'status = "{("stalled", "reversed", "partial")[number % 3]}"\nnote = "{said}, {said}."\n'
            f'[[update.evidence]]\ntitle = "{said}, {number}"\nurl = "https://example.org/{number}"\n'
        )
    tracker.write_text("".join(lines), encoding="utf-8")
    assert run("export", str(path), "--file", str(tracker), "--brief", "--since", "2025-01-01").code == 0
    printed = path.with_suffix(".pdf")
    if suffix == "docx":
        command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    else:
        command = ["chromium", "--headless", "--no-sandbox", "--no-pdf-header-footer"]
        command += [f"--print-to-pdf={printed}", path.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    told = subprocess.run(["pdfinfo", printed], check=True, capture_output=True).stdout.decode()
    assert "Pages:           2" in told
    assert "A4" in told
