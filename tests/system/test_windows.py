"""Every command without what only POSIX has, in a process that stands in for Windows."""

import subprocess
import sys
from pathlib import Path

import pytest

from conftest import POSIX
from pathtrack.file import store

pytestmark = POSIX
COMMANDS = """\
list
update W1 --note n
export a.xlsx
undo
import a.xlsx
export site/
edit
check
"""


def test_every_command_does_without_what_only_posix_has(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    editor = Path("Program Files/editor.exe").absolute()
    editor.parent.mkdir()
    editor.write_text('#!/bin/sh\nsed -i s/Dredge/Dig/ "$1"\n')
    editor.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(editor))
    script = Path(__file__).parents[1] / "standin_windows.py"
    done = subprocess.run(
        [sys.executable, script], input=COMMANDS.encode(), capture_output=True, check=False, timeout=60
    )
    ended = [line for line in done.stdout.decode().splitlines() if line.startswith("exit ")]
    assert ended == [f"exit 0 {line.split()[0]}" for line in COMMANDS.splitlines()], done.stderr.decode()
    updates = [each.note for each in store.load(here).updates]
    assert updates[-1] == "n"
    assert b"Dig the northern" in here.read_bytes()
    assert len([*Path("site/r").iterdir()]) == 6
