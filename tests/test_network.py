"""Nothing leaves the machine but by the commands that say so."""

import shlex
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Run
from pathtrack.cli.app import MODULES

COMMANDS = """
list; list --json; list --stale 90; show W1; progress; compare; statuses; check; check --since HEAD
timeline; changes --since 2020-01-01; export; export page.html; export site --format html,json,csv; schema
guide; init --file new.toml; add X1 --area water --title T; rename X1 X2; undo; import table.csv
update W1 --note N --evidence https://example.org/a; correct W1 --note M --reason R; withdraw W1 --reason R
edit W1; open W1; git status; git install; check --unarchived; archive --list todo.csv; ask "Port Authority"
"""
ASKING = {"cite"}
"""What only asks the network, as do `archive` without --list, `check --links` and `update --fetch`."""


def commands() -> list[list[str]]:
    return [shlex.split(each) for each in COMMANDS.replace("\n", ";").split(";") if each.strip()]


@pytest.fixture
def _unplugged(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*given: object, **_: object) -> None:
        raise AssertionError(f"the network is asked: {given}")

    for name in ("getaddrinfo", "gethostbyname", "create_connection"):
        monkeypatch.setattr(socket, name, refuse)
    for name in ("__init__", "connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr("webbrowser.open", lambda *_, **__: True)


@pytest.mark.usefixtures("_unplugged")
def test_no_other_command_makes_a_socket(here: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "true")
    Path("table.csv").write_text("id,title,area,link\nT1,A,water,https://example.org/t\n", encoding="utf-8")
    for command in commands():
        assert run(*command).code in {0, 1, 3}, command
    assert here.is_file()


def test_every_command_is_tried() -> None:
    known = {name for names in MODULES.values() for name in names}
    assert {command[0] for command in commands()} == known - ASKING


def test_a_door_is_noticed(here: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def look_up(*given: object, **_: object) -> list[object]:
        asked.append(given)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    assert run("check", "--links").code == 0
    assert asked
    assert here.is_file()


def test_what_the_network_needs_is_not_even_loaded(here: Path) -> None:
    program = (
        "import sys\nfrom pathtrack.cli import app\n"
        "app(['list'], standalone_mode=False)\n"
        "print(sorted({'httpx', 'httpcore', 'ssl'} & {*sys.modules}), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=here.parent
    )
    assert done.stderr == "[]\n"
