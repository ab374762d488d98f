"""A promise: what somebody wrote in a note is shown whole, once, and in its own form, in every format."""

from pathlib import Path

import pytest

from conftest import Run
from pathtrack import export
from pathtrack.export import Format
from pathtrack.record.view import view
from rendered import RENDERERS, Shown, github
from samples import TODAY, recommendation, source, tracked, update
from test_prose import WRAPPED

LISTED = (
    "It has two parts:\n- a hall\n  of glass\n- two rooms\n  1. one above\n  2. one below\n\nBoth are open."
)
ADDRESS = "https://harbor.example/annual_report?year=2025&lang=en"


def exported(form: Format, *notes: str, status: str | None = "partial", **asked: str) -> str:
    judged = {"status": status} if status else {}
    updates = [
        update(f"2025-01-{day:02}", note=note, evidence=[source()], **judged)
        for day, note in enumerate(notes, 10)
    ]
    return export.render(view(tracked(recommendation("D1", **asked), *updates), on=TODAY), form)


def write(path: Path, note: str) -> None:
    path.write_text(
        '[report]\ntitle = "T"\n[[recommendation]]\nid = "R1"\narea = "a"\ntitle = "T"\n[[update]]\n'
        f"date = 2026-01-05\nby = \"A\"\nrecommendations = [\"R1\"]\nnote = '''\n{note}'''\n",
        encoding="utf-8",
    )


def test_wrapped_lines_are_one_paragraph_in_every_format(run: Run, tmp_path: Path) -> None:
    whole = WRAPPED.replace("\n", " ")
    for renderer in RENDERERS:
        assert f"10 Jan 2025: {whole}" in renderer(exported(Format.MARKDOWN, WRAPPED, status=None)).blocks
    assert f"<p>{whole}</p>" in exported(Format.HTML, WRAPPED)
    assert f"<p>{whole.partition('. ')[2]}</p>" in exported(Format.HTML, WRAPPED, status=None)
    write(tmp_path / "t.toml", WRAPPED)
    assert f"      {whole}\n" in run("show", "R1", "--file", tmp_path / "t.toml").out


def test_a_list_is_a_list_in_every_format(run: Run, tmp_path: Path) -> None:
    items = ["a hall of glass", "two rooms", "one above", "one below", "Both are open."]
    for status, lead in (("partial", "Where it stands. 10 Jan 2025 (partial):"), (None, "10 Jan 2025:")):
        for renderer in RENDERERS:
            blocks = renderer(exported(Format.MARKDOWN, LISTED, status=status)).blocks
            start = blocks.index(f"{lead} It has two parts:")
            assert blocks[start + 1 : start + 6] == items
    page = exported(Format.HTML, LISTED)
    assert (
        "<ul>\n<li>a hall of glass</li>\n<li>two rooms<ol>\n<li>one above</li>\n<li>one below</li>\n</ol>"
        in page
    )
    write(tmp_path / "t.toml", LISTED)
    shown = run("show", "R1", "--file", tmp_path / "t.toml").out
    assert (
        "      It has two parts:\n      - a hall of glass\n      - two rooms\n"
        "        1. one above\n        2. one below\n\n      Both are open.\n"
    ) in shown


def test_a_note_that_is_a_list_is_one_in_a_text_on_changes(run: Run, tmp_path: Path) -> None:
    write(tmp_path / "t.toml", "- one\n- two\n  - three")
    found = run("changes", "--since", "2026-01-01", "--file", tmp_path / "t.toml").out
    assert "  5 Jan 2026:\n    - one\n    - two\n      - three\n" in found


def test_a_note_of_blanks_alone_is_no_failure(run: Run, tmp_path: Path) -> None:
    write(tmp_path / "t.toml", " ")
    for command in (["changes", "--since", "2026-01-01"], ["show", "R1"], ["timeline"], ["export"]):
        assert run(*command, "--file", tmp_path / "t.toml").code == 0


def test_a_list_and_its_sources_stay_apart() -> None:
    text = exported(Format.MARKDOWN, "- one\n- two\n\n1. three\n\n1. four")
    for renderer in RENDERERS:
        shown = renderer(text)
        start = shown.blocks.index("Where it stands. 10 Jan 2025 (partial):")
        assert shown.blocks[start + 1 : start + 5] == ["one", "two", "three", "four"]
    assert github(text).html.count("<ol>\n<li>four</li>\n</ol>") == 1


@pytest.mark.parametrize("field", ["title", "summary", "done_when", "ref"])
def test_an_address_is_a_link_wherever_it_stands(field: str) -> None:
    shown = github(exported(Format.MARKDOWN, "A note.", **{field: f"Put it at {ADDRESS}."}))
    assert (ADDRESS, ADDRESS) in shown.links


def test_an_address_is_a_link_in_notes_places_and_publishers() -> None:
    made = tracked(
        recommendation(),
        update(note=f"It is at {ADDRESS} now."),
        update(searched=[f"{ADDRESS}#a"], status="not-started"),
        update(evidence=[source("https://example.org", publisher=f"A ({ADDRESS}#b)")]),
        publisher=f"{ADDRESS}#c",
    )
    shown: Shown = github(export.render(view(made, on=TODAY), Format.MARKDOWN))
    wanted = {f"{ADDRESS}{each}" for each in ("", "#a", "#b", "#c")} | {"https://example.org"}
    assert {target for target, _ in shown.links} == wanted
    assert all(target == words for target, words in shown.links)


@pytest.mark.parametrize("note", ["It is open.", "It is open. It has two rooms.", "It is\n\nopen."])
def test_the_newest_judgement_is_told_once(note: str) -> None:
    text = exported(Format.MARKDOWN, "Before.", note)
    assert text.count(note.partition(".")[0].partition("\n")[0]) == 1
    assert "**Where it stands.** 11 Jan 2025 *(partial)*: It is" in text
    assert text.index("- 10 Jan 2025 *(partial)*: Before.[^1]") < text.index("**Where it stands.**")


def test_the_only_judgement_is_no_list_of_one() -> None:
    assert "What was recorded" not in exported(Format.MARKDOWN, "It is open.")
