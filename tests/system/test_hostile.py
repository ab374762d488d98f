"""A tracker whose every string attacks its reader, shown by every command on a terminal and in a pipe."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from screens import on_a_terminal

ATTACK = (
    "\x1b[31m\x1b]0;owned\x07\x9b2J\x90q\x9c\x85\x7f\u2028\u202ereverse\u2066 \t[bold]m[/bold] [/x] :smile: "
    "</script><script>alert(1)</script> <img src=x onerror=alert(1)> *b* `c` "
    "![i](javascript:alert(1)) | =1+1 @u &amp;"
)
RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
OURS = re.compile(r"\x1b\[[\d;]*m|\x1b\]8;(?:id=\d+;https?://[^\x1b]*|;)\x1b\\|\r\n")
"""What our own tables say to a terminal: colours, links to safe addresses, ends of lines."""

COLOURED = {"NO_COLOR": "", "BROWSER": "true"}
COMMANDS = [
    *(
        "",
        "list",
        "show D1",
        "progress",
        "timeline",
        "changes --since 2020-01-01",
        "compare",
        "check",
        "statuses",
    ),
    *(
        "list --json",
        "show D1 --json",
        "timeline --json",
        "check --json",
        "compare --json",
        "changes --since 2020-01-01 --json",
    ),
    *("export --format markdown", "export --format html", "export --format json", "export --format csv"),
    *("export --format csv --rows updates", "export --scheme ogp", "undo --dry-run", "open D1", "open D1 1"),
    *(
        "list --area zzz",
        "list --by zzz",
        "show D9",
        "update D1 --note n --dry-run",
        "update D1 --status partial",
    ),
]


def tracker() -> str:
    attack = json.dumps(f"=cmd {ATTACK}").replace("\x7f", "\\u007f")
    address = json.dumps(f"javascript:alert(1)//{ATTACK}").replace("\x7f", "\\u007f")
    return f"""
[report]
title = {attack}
publisher = {attack}
url = {address}
areas = [{attack}]
[[recommendation]]
id = "D1"
area = {attack}
title = {attack}
ref = {attack}
summary = {attack}
actors = [{attack}]
done_when = {attack}
[recommendation.source]
{attack} = {attack}
[[update]]
date = 2025-01-24
by = {attack}
recommendations = ["D1", {attack}]
status = "reversed"
note = {attack}
searched = [{attack}]
[[update.evidence]]
title = {attack}
publisher = {attack}
url = {address}
archive = {address}
kind = "law"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATHTRACK_AUTHOR", "Ana")
    (tmp_path / "recommendations.toml").write_text(tracker(), encoding="utf-8")
    return tmp_path


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_raw_comes_through_a_pipe(command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pathtrack", *command.split()], capture_output=True, check=False
    )
    said = (done.stdout + done.stderr).decode()
    assert "Traceback" not in said
    assert not RAW.findall(said.replace("\r\n", "\n") if "csv" in command else said)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    "command", [each for each in COMMANDS if "json" not in each and "export" not in each]
)
def test_nothing_but_colours_and_safe_links_reaches_a_terminal(command: str) -> None:
    said = on_a_terminal(*command.split(), width=80, **COLOURED)
    assert "Traceback" not in said
    assert not RAW.findall(OURS.sub("", said))


@pytest.mark.parametrize(
    "words",
    [
        *(
            ["list", "--search", ATTACK],
            ["show", ATTACK],
            ["list", "--area", ATTACK],
            [ATTACK],
            [f"--{ATTACK}"],
        ),
        *(["list", "--file", f"{ATTACK[:40]}.toml"], ["update", "D1", "--by", ATTACK, "--note", "n"]),
        ["init", "--file", "a\x1b[31m.toml"],
    ],
    ids=range(8),
)
@pytest.mark.usefixtures("folder")
def test_nothing_raw_comes_back_from_an_argument(words: list[str]) -> None:
    assert not RAW.findall(OURS.sub("", on_a_terminal(*words, width=80, **COLOURED)))
