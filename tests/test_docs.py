"""Every example in the documents does what the documents show."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import DATA, Run
from pathtrack.file.document import Document
from pathtrack.record.checks import check
from samples import TODAY

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)


NOW = re.compile(r"(?<=recorded = )\S+|(?<=, recorded )\d+ \w+ \d+")
"""The moment of typing, which no document foresees."""


def sections(name: str) -> dict[str, list[tuple[str, str]]]:
    """Return the commands in each section of a document that has any, each with what it prints."""
    text = (ROOT / name).read_text(encoding="utf-8")
    found = {}
    for part in text.split("\n## ")[1:]:
        lines = "".join(BLOCK.findall(part))
        if steps := re.findall(r"^\$ pathtrack ?(.*)\n((?:(?!\$ ).*\n)*)", lines, re.MULTILINE):
            found[part.partition("\n")[0]] = steps
    return found


@pytest.mark.parametrize("section", sections("README.md"))
def test_the_readme_shows_what_happens(section: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATHTRACK_AUTHOR", "Kim Analyst")
    monkeypatch.setenv("PATHTRACK_TODAY", "2026-12-01")
    steps = sections("README.md")[section]
    if not steps[0][0].startswith("init"):
        Path("recommendations.toml").write_bytes((DATA / "record.toml").read_bytes())
    for command, wanted in steps:
        outcome = run(*shlex.split(command))
        assert outcome.code == 0, outcome.err
        assert NOW.sub("NOW", outcome.out + outcome.err) == NOW.sub("NOW", wanted)


def test_the_example_of_the_file_format_is_a_tracker_without_errors() -> None:
    text = (ROOT / "docs" / "file-format.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^```toml\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    tracker = Document.read(example.encode(), name="example").tracker
    assert check(tracker, {}, on=TODAY) == []


def test_every_finding_is_documented() -> None:
    documented = set(
        re.findall(r"^\| `([\w-]+)`", (ROOT / "docs" / "checks.md").read_text(encoding="utf-8"), re.MULTILINE)
    )
    source = "".join(
        (ROOT / "src" / "pathtrack" / name).read_text("utf-8")
        for name in ("record/checks.py", "web/links.py")
    )
    coded = set(re.findall(r"(?:Severity\.\w+,\s*|_Fate\()f?\"([\w-]+)\"", source)) | {"thin-STATUS"}
    assert coded == documented


def test_the_reference_is_that_of_the_help() -> None:
    command = [
        sys.executable,
        "-m",
        "typer",
        "docs/app.py",
        "utils",
        "docs",
        "--name=pathtrack",
        "--title=Commands",
    ]
    made = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, encoding="utf-8").stdout
    written = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert made.rstrip() == written.rstrip(), f"run {' '.join(['python', *command[1:]])} > docs/commands.md"
