"""Word documents with a pandoc that is made here; tests/system opens those of the real one."""

import io
import json
import re
import sys
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from conftest import Run
from pathtrack.export import word

pytestmark = pytest.mark.usefixtures("here")

TABLE = (
    '<w:tbl><w:tblPr><w:tblW w:type="auto" w:w="0" /></w:tblPr>'
    '<w:tblGrid><w:gridCol w:w="1" /><w:gridCol w:w="1" /></w:tblGrid>'
    "<w:tr><w:trPr><w:tblHeader /></w:trPr>{head}</w:tr><w:tr>{row}</w:tr></w:tbl>"
)


def cells(*texts: str) -> str:
    return "".join(f"<w:tc><w:tcPr /><w:p><w:r><w:t>{each}</w:t></w:r></w:p></w:tc>" for each in texts)


def archive(**parts: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name, text in parts.items():
            file.writestr(name.replace("__", "/") + ".xml", text)
    return made.getvalue()


DOCUMENT = archive(
    docProps__core="<created>1970-01-01T00:00:00Z</created>",
    word__document=TABLE.format(head=cells("area", "implemented"), row=cells("a", "not-started " * 40))
    + "<w:sectPr><w:footnotePr></w:footnotePr></w:sectPr>",
    word__styles='<w:sz w:val="24" />',
)


@pytest.fixture
def pandoc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a program called pandoc on the PATH; it writes what it was called with beside itself."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "made").write_bytes(DOCUMENT)
    program = folder / "pandoc"
    program.write_text(
        f"#!{sys.executable}\n"
        "import json, os, pathlib, sys\n"
        "here = pathlib.Path(__file__).parent\n"
        "given = [sys.argv[1:], sys.stdin.buffer.read().decode(), os.environ['SOURCE_DATE_EPOCH']]\n"
        "(here / 'given').write_text(json.dumps(given))\n"
        "sys.stdout.buffer.write((here / 'made').read_bytes())\n",
        encoding="utf-8",
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))
    return program


def parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert {each.date_time for each in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        return {name: file.read(name).decode() for name in file.namelist()}


def test_pandoc_is_given_the_markdown_and_may_touch_nothing(run: Run, pandoc: Path) -> None:
    assert run("export", "status.docx") == (0, "", "wrote status.docx\n")
    options, text, epoch = json.loads((pandoc.parent / "given").read_text(encoding="utf-8"))
    assert text == run("export").out
    assert epoch == "0"
    assert {"--sandbox", "--to=docx", "--metadata=lang:en", "--output=-"} <= set(options)


def test_the_document_is_the_same_each_time(run: Run, pandoc: Path) -> None:
    run("export", "a.docx")
    run("export", "b.docx")
    assert pandoc.is_file()
    assert Path("a.docx").read_bytes() == Path("b.docx").read_bytes()
    assert (
        "<created>2026-01-31T00:00:00Z</created>" in parts(Path("a.docx").read_bytes())["docProps/core.xml"]
    )


@pytest.mark.usefixtures("pandoc")
def test_a_page_is_a4_and_columns_are_as_wide_as_their_words(run: Run) -> None:
    run("export", "a.docx")
    made = parts(Path("a.docx").read_bytes())
    document = made["word/document.xml"]
    assert '<w:pgSz w:w="11906" w:h="16838" />' in document
    assert made["word/styles.xml"] == '<w:sz w:val="21" />'
    narrow, wide = (int(each) for each in re.findall(r'<w:gridCol w:w="(\d+)"', document))
    assert narrow < 700
    assert 8000 < narrow + wide <= 11906 - 2 * 1134
    assert document.count(f'<w:tcW w:w="{narrow}" w:type="dxa" />') == 2
    assert document.count('<w:r><w:rPr><w:sz w:val="18" /></w:rPr><w:t>') == 4


def test_a_reference_document_decides_about_the_look(run: Run, pandoc: Path) -> None:
    Path("house.docx").write_bytes(DOCUMENT)
    assert run("export", "a.docx", "--reference-doc", "house.docx").code == 0
    options = json.loads((pandoc.parent / "given").read_text(encoding="utf-8"))[0]
    assert f"--reference-doc={Path('house.docx').absolute()}" in options
    made = parts(Path("a.docx").read_bytes())
    assert "pgSz" not in made["word/document.xml"]
    assert made["word/styles.xml"] == '<w:sz w:val="24" />'
    code, _, err = run("export", "a.docx", "--reference-doc", "none.docx")
    assert (code, err) == (3, "error: no such reference document (none.docx); give a .docx file\n")


def test_without_pandoc_one_line_says_how_to_get_it(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word, "program", lambda: None)
    code, out, err = run("export", "a.docx")
    assert (code, out, err.count("\n")) == (3, "", 1)
    assert "'pip install pypandoc_binary'" in err
    assert not Path("a.docx").exists()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("echo 'Unknown option --sandbox.' >&2; exit 6", "'Unknown option --sandbox.'"),
        ("exit 6", "exit code 6"),
    ],
)
def test_what_pandoc_refuses_is_said_in_one_line(run: Run, pandoc: Path, line: str, said: str) -> None:
    pandoc.write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
    code, _, err = run("export", "a.docx")
    assert (code, err.count("\n")) == (3, 1)
    assert said in err
    pandoc.write_text("no program", encoding="utf-8")
    assert run("export", "a.docx").code == 3


def test_a_pandoc_that_finds_its_parts_only_outside_of_the_sandbox_is_asked_again(
    run: Run, pandoc: Path
) -> None:
    text = pandoc.read_text(encoding="utf-8")
    refusing = "if '--sandbox' in sys.argv: sys.exit('Could not find data file data/docx/x.xml')\n"
    pandoc.write_text(text.replace("here = ", f"{refusing}here = "), encoding="utf-8")
    assert run("export", "status.docx").code == 0
    assert "--sandbox" not in json.loads((pandoc.parent / "given").read_text(encoding="utf-8"))[0]


def test_a_pandoc_that_hangs_is_stopped(run: Run, pandoc: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word, "_SECONDS", 0.1)
    pandoc.write_text("#!/bin/sh\nexec /bin/sleep 60\n", encoding="utf-8")
    code, _, err = run("export", "a.docx")
    assert (code, err.count("\n")) == (3, 1)
    assert "took longer" in err


def test_a_document_is_not_printed_to_a_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "pathtrack.cli.reportfiles.sys", SimpleNamespace(stdout=SimpleNamespace(isatty=lambda: True))
    )
    code, out, err = run("export", "--format", "docx")
    assert (code, out) == (2, "")
    assert err == "error: docx is not for a terminal; give a path such as status.docx\n"
    assert "takes --reference-doc" in run("export", "a.md", "--reference-doc", "x.docx").err


@pytest.mark.parametrize("arguments", [["a.pdf"], ["a", "--format", "PDF"], ["--format", "html,pdf"]])
def test_instead_of_a_pdf_one_line_says_how_the_page_prints(run: Run, arguments: list[str]) -> None:
    code, _, err = run("export", *arguments)
    assert (code, err.count("\n")) == (2, 1)
    assert "no export to PDF" in err
    assert "Save as PDF" in err


@pytest.mark.usefixtures("pandoc")
def test_a_folder_has_a_document_if_it_is_asked_for(run: Run) -> None:
    assert "status.docx" not in run("export", "site/").err
    assert run("export", "site/", "--format", "docx,json").err == "wrote status.docx, tracker.json in site\n"
