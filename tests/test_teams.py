"""The commands for a team, with a real git."""

import datetime as dt
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Run
from pathtrack import document, git, store
from pathtrack.model import Tracker, Update
from samples import SMALL, update

NAME = "recommendations.toml"
BOM = b"\xef\xbb\xbf"
TEXT = SMALL.decode()


@pytest.fixture(autouse=True)
def _settings(_isolated: None) -> None:
    (Path.home() / ".gitconfig").write_text(
        "[user]\nname = Ana\nemail = ana@example.org\n[init]\ndefaultBranch = main\n[advice]\n"
        "mergeConflict = false\n[core]\nautocrlf = false\n",
        encoding="utf-8",
    )


@pytest.fixture
def here() -> Path:
    """A repository with the small tracker, committed, in the present folder."""
    return repository(Path.cwd())


@pytest.fixture
def team(here: Path) -> Path:
    """That repository, with the merge driver."""
    git.install(here)
    commit(here, "Install")
    return here


def repository(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    ask("init", "--quiet", folder=folder)
    (folder / NAME).write_bytes(SMALL)
    commit(folder, "Base")
    return folder


def ask(*arguments: str, folder: Path | None = None, code: int = 0) -> str:
    """Run git, which must end with the given code, and return what it says."""
    done = subprocess.run(
        ["git", *arguments],
        cwd=folder,
        capture_output=True,
        check=False,
        timeout=60,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == code, (arguments, done)
    return (done.stdout + done.stderr).decode()


def commit(folder: Path, message: str) -> str:
    ask("add", "--all", folder=folder)
    ask("commit", "--quiet", "-m", message, folder=folder)
    return ask("rev-parse", "HEAD", folder=folder).strip()


def minute(number: int) -> Update:
    """Return an update that was typed in at some minute; the number is its note too."""
    return update(
        "2025-12-31", recorded=dt.datetime(2026, 1, 1, 12, number, tzinfo=dt.UTC), note=f"n{number}"
    )


def record(path: Path, *numbers: int) -> str:
    """Add updates to a tracker and commit each of them; return the last commit."""
    path = path / NAME if path.is_dir() else path
    for number in numbers:
        store.append(path, lambda _, number=number: minute(number), waiting=lambda: None)  # type: ignore
        last = commit(path.parent, f"Record {number}")
    return last


def notes(path: Path) -> list[str]:
    """Return the notes of the updates that a test has added, in file order."""
    updates = store.load(path / NAME if path.is_dir() else path).updates
    return [each.note for each in updates if each.note and re.fullmatch(r"n\d+", each.note)]


def change(path: Path, old: str, new: str) -> None:
    path = path / NAME if path.is_dir() else path
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def branch(folder: Path, *numbers: int, name: str = "side") -> None:
    """Record updates on a branch of the present commit, and go back to main."""
    ask("switch", "--quiet", "--create", name, folder=folder)
    record(folder, *numbers)
    ask("switch", "--quiet", "main", folder=folder)


def states(folder: Path) -> str:
    return ask("status", "--porcelain", "--untracked-files=all", folder=folder)
