"""Every example in the documents does what the documents show."""

import ast
import datetime as dt
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import DATA, Run
from pathtrack.cli import recording
from pathtrack.file.document import Document
from pathtrack.record.checks import check
from samples import TODAY

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)

NOW = dt.datetime(2026, 12, 1, 9, 30, tzinfo=dt.UTC)


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
    monkeypatch.setenv("PATHTRACK_TODAY", NOW.date().isoformat())
    monkeypatch.setattr(recording, "moment", lambda _: NOW)
    steps = sections("README.md")[section]
    if not steps[0][0].startswith("init"):
        Path("recommendations.toml").write_bytes((DATA / "record.toml").read_bytes())
    for command, wanted in steps:
        outcome = run(*shlex.split(command))
        assert outcome.code == 0, outcome.err
        assert outcome.out + outcome.err == wanted


EXAMPLES = re.findall(
    r"^Example: pathtrack (.*)$", (ROOT / "docs" / "commands.md").read_text(encoding="utf-8"), re.MULTILINE
)
ELSEWHERE = ("init", "open", "edit", "import", "git", "cite", "archive")
"""Commands whose examples need an empty folder, a browser, an editor, a table, git or the network."""


@pytest.mark.parametrize("example", [each for each in EXAMPLES if not each.startswith(ELSEWHERE)])
def test_the_example_of_each_help_works_in_a_copy_of_the_record(
    example: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATHTRACK_TODAY", NOW.date().isoformat())
    Path("recommendations.toml").write_bytes((DATA / "record.toml").read_bytes())
    outcome = run(*shlex.split(example))
    assert outcome.code == 0, outcome.err


def test_the_example_of_the_file_format_is_a_tracker_without_errors() -> None:
    text = (ROOT / "docs" / "file-format.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^```toml\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    tracker = Document.read(example.encode(), name="example").tracker
    assert check(tracker, on=TODAY) == []


def test_every_finding_is_documented() -> None:
    documented = set(
        re.findall(r"^\| `([\w-]+)`", (ROOT / "docs" / "checks.md").read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert codes() - {""} == documented  # what is fine has none


def codes() -> set[str]:
    """Return the codes that the source gives to findings; of one made of a word, `thin-STATUS`."""
    folder = ROOT / "src" / "pathtrack"
    found = set()
    for file in (
        *(folder / "record" / "checks").glob("*.py"),
        folder / "web" / "links.py",
        folder / "file" / "captures.py",
    ):
        for each in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(each, ast.Call) and isinstance(each.func, ast.Name):
                place = {"Finding": 1, "_Outcome": 0}.get(each.func.id)
                given = each.args[place] if place is not None and len(each.args) > place else None
                if isinstance(given, ast.Constant):
                    found.add(str(given.value))
                elif isinstance(given, ast.JoinedStr):
                    found.add("thin-STATUS")
                elif isinstance(given, ast.IfExp):
                    found |= {str(ast.literal_eval(side)) for side in (given.body, given.orelse)}
    return found


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


def test_every_promise_of_security_names_a_test_that_is_there() -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (?!promise|---).*\|$", text, re.MULTILINE)
    named = [re.findall(r"`(tests/[^`]*)`", row.rpartition(" | ")[2]) for row in rows]
    assert len(rows) > 10
    assert all(named)
    assert [name for names in named for name in names if not (ROOT / name).is_file()] == []
