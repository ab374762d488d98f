"""The schema beside a tracker, as the TOML readers of two editors take it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

BIN = Path(sys.executable).parent
LINTERS = {"taplo": ["lint"], "tombi": ["lint", "--offline"]}


@pytest.fixture(params=LINTERS)
def lint(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Path, list[str]]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f"{BIN}:{os.environ['PATH']}")
    subprocess.run([sys.executable, "-m", "pathtrack", "init"], check=True, capture_output=True)
    return tmp_path / "recommendations.toml", [str(request.param), *LINTERS[request.param]]


def test_an_editor_takes_the_shipped_tracker_as_it_is(lint: tuple[Path, list[str]]) -> None:
    path, command = lint
    assert subprocess.run([*command, path.name], capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('area = "', 'aera = "'),
        ('status = "stalled"', 'status = "stalld"'),
        ("ongoing = true", 'ongoing = "yes"'),
    ],
)
def test_an_editor_sees_what_pathtrack_would_refuse(old: str, new: str, lint: tuple[Path, list[str]]) -> None:
    path, command = lint
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    done = subprocess.run([*command, path.name], capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert f"{path.name}:" in done.stdout + done.stderr
