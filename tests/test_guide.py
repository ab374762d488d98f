"""The page for programs says what the program does: its commands, keys, words, exit codes and examples."""

import json
import re
import shlex
from pathlib import Path

import pytest
from typer import Context
from typer.main import get_group

from conftest import Run
from folders import folder, made
from pathtrack import export
from pathtrack.cli import app
from pathtrack.errors import FileError, UnknownRecommendationError, UsageError
from pathtrack.record.status import DEFINITIONS, Confidence, Kind, Response
from test_blank import commands
from test_json_shapes import CHANGE, EVIDENCE, LISTED, SHAPES, UPDATE

TEXT = export.guide()
PROSE = "".join(re.findall(r"^Beside a status.*?^## Input", TEXT, re.MULTILINE | re.DOTALL))
ROWS = dict(re.findall(r"^\| (.+?) \| (.*?) ?\|$", TEXT, re.MULTILINE))
BLOCKS = "".join(re.findall(r"^```sh\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL))
EXAMPLES = re.findall(r"^pathtrack (.*)$", BLOCKS, re.MULTILINE)


def test_the_command_prints_the_page_and_a_folder_holds_it(run: Run) -> None:
    assert run("guide") == (0, TEXT, "")
    assert folder(made())["llms.txt"] == TEXT
    assert TEXT.count("\n") <= 130


def test_every_command_is_named_and_every_named_one_exists() -> None:
    known = {name.split()[0] for name, _ in commands(get_group(app))}
    prose = re.sub(r"^```.*?^```", "", TEXT, flags=re.MULTILINE | re.DOTALL)
    named = {*re.findall(r"`([a-z]+)(?: [^`]*)?`", prose), *(each.split()[0] for each in EXAMPLES)}
    assert known - named == {"guide"}
    others = {
        "evidence",
        "parts",
        "pathtrack",
        "null",
        "false",
        "file",
        "warnings",
        "recommendations",
        "updates",
        "id",
        "reports",
    }
    assert named - known - others == set()


def test_every_option_exists() -> None:
    group = get_group(app)
    found = (group.get_command(Context(group), name.split()[0]) for name, _ in commands(group))
    known = {option for each in found if each for parameter in each.params for option in parameter.opts}
    assert {*re.findall(r"(?<![\w-])--[a-z][a-z-]+", TEXT)} - {*known, "--help"} == set()


def test_the_keys_are_those_of_the_json() -> None:
    def keys(row: str) -> list[str]:
        return re.findall(r"[a-z_]+", re.sub(r"as in `list`|the same", "", row))

    search = SHAPES["list --search the"]["recommendations"].split()
    assert keys(ROWS["`list`"])[1:] == search
    assert {*LISTED.split(), *keys(ROWS["`show`"])[1:]} == {*SHAPES["show W1 E1"]["recommendations"].split()}
    assert keys(ROWS["`progress`"]) == SHAPES["progress"][""].split()
    assert keys(ROWS["`timeline`"])[1:] == UPDATE.split()
    for name in ("changes --since 2024-01-01", "compare", "check", "statuses"):
        wanted = {word for words in SHAPES[name].values() for word in words.split()}
        assert {*keys(ROWS[f"`{name.split()[0]}`"])} == wanted, name
    assert keys(next(row for name, row in ROWS.items() if name.startswith("`update`"))) == CHANGE.split()


def test_the_words_are_those_of_the_program() -> None:
    for word in (*Confidence, *Response, *Kind, *EVIDENCE.split()):
        assert re.search(rf"\b{word}\b", PROSE), word


def test_the_statuses_want_what_the_program_wants() -> None:
    assert {name: ROWS[name] for name in DEFINITIONS} == {
        name: definition.wants for name, definition in DEFINITIONS.items()
    }


def test_the_exit_codes_are_those_of_the_program() -> None:
    assert [each for each in ROWS if each.isdigit()] == ["0", "1", "2", "3", "4", "130"]
    for error, words in (
        (UsageError, "impossible"),
        (FileError, "unreadable"),
        (UnknownRecommendationError, "no such"),
    ):
        assert words in ROWS[str(error.exit_code)]


@pytest.mark.usefixtures("record")
def test_every_example_runs(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATHTRACK_TODAY", "2026-12-01")
    Path("table.csv").write_text("Number,Status,Note\nD2,Behind schedule,Why\n", encoding="utf-8")
    assert len(EXAMPLES) >= 10
    for example in EXAMPLES:
        before = Path("recommendations.toml").read_bytes()
        outcome = run(*shlex.split(example))
        assert outcome.code == 0, (example, outcome.err)
        if example.startswith("export "):
            assert Path(example.split()[1]).exists()
            continue
        found = json.loads(outcome.out)
        assert found["schema"] == f"pathtrack.{example.split()[0]}/1"
        changed = Path("recommendations.toml").read_bytes() != before
        assert changed is found.get("written", False), example
        assert found.get("warnings") in (None, [], 0), example
