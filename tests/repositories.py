"""Git repositories with a tracker, for tests of what git does with it."""

import datetime as dt
import re
import subprocess
from pathlib import Path

from pathtrack.file import store
from pathtrack.file.document import Document
from pathtrack.record.model import Update
from samples import SMALL, update

NAME = "recommendations.toml"
DREDGE = "Dredge the northern channel"
"""The title of a recommendation of the small tracker."""


def be_known() -> None:
    """Give git a name of the user."""
    settings = "[user]\nname = Ana\nemail = ana@example.org\n[init]\ndefaultBranch = main\n"
    (Path.home() / ".gitconfig").write_text(settings, encoding="utf-8")


def repository(folder: Path) -> Path:
    """Make a repository with the small tracker."""
    folder.mkdir(parents=True, exist_ok=True)
    ask("init", "--quiet", folder=folder)
    (folder / NAME).write_bytes(SMALL)
    commit(folder, "Base")
    return folder


def ask(*arguments: str | Path, folder: Path | None = None, code: int = 0) -> str:
    """Run git, which must end with the given code, and return what it says."""
    command = ["git", *map(str, arguments)]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, check=False, timeout=60, stdin=subprocess.DEVNULL
    )
    assert done.returncode == code, (command, done)
    return (done.stdout + done.stderr).decode()


def commit(folder: Path, message: str) -> str:
    """Commit everything, and return the commit."""
    ask("add", "--all", folder=folder)
    ask("commit", "--quiet", "-m", message, folder=folder)
    return ask("rev-parse", "HEAD", folder=folder).strip()


def minute(number: int) -> Update:
    """Return an update that was typed in at some minute; the number is in its note too."""
    moment = dt.datetime(2026, 1, 1, 12, number, tzinfo=dt.UTC)
    return update("2025-12-31", "W1", recorded=moment, note=f"n{number}")


def grown(data: bytes, *numbers: int) -> bytes:
    """Return a file with more updates."""
    for number in numbers:
        data = Document.read(data, name=NAME).with_more(updates=[minute(number)]).data
    return data


def record(folder: Path, *numbers: int, name: str = NAME) -> str:
    """Add updates and commit each of them; return the last commit."""
    last = ""
    for number in numbers:
        (folder / name).write_bytes(grown((folder / name).read_bytes(), number))
        last = commit(folder, f"Record {number}")
    return last


def branch(folder: Path, *numbers: int, name: str = "side") -> str:
    """Record updates on a branch of the present commit, and come back; return the branch's last commit."""
    ask("switch", "--quiet", "--create", name, folder=folder)
    last = record(folder, *numbers)
    ask("switch", "--quiet", "-", folder=folder)
    return last


def notes(folder: Path, name: str = NAME) -> list[int]:
    """Return the numbers of the recorded updates, in the order of the file."""
    updates = store.load(folder / name).updates
    return [int(each.note[1:]) for each in updates if each.note and re.fullmatch(r"n\d+", each.note)]


def change(folder: Path, old: str, new: str) -> str:
    """Change the tracker's text, and commit that."""
    text = (folder / NAME).read_text(encoding="utf-8")
    assert old in text
    (folder / NAME).write_text(text.replace(old, new), encoding="utf-8", newline="\n")
    return commit(folder, new)


def changed_on_both_sides(folder: Path, old: str, ours: str, theirs: str) -> None:
    """Change one piece of text in different ways on main and on a branch, which record 1 and 2 too."""
    ask("switch", "--quiet", "--create", "side", folder=folder)
    change(folder, old, theirs)
    record(folder, 2)
    ask("switch", "--quiet", "main", folder=folder)
    change(folder, old, ours)
    record(folder, 1)


def text(folder: Path) -> str:
    return (folder / NAME).read_text(encoding="utf-8")


def states(folder: Path) -> str:
    return ask("status", "--porcelain", "--untracked-files=all", folder=folder)
