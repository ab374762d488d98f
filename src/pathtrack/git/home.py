"""The repository that holds a folder, and whether its .git is its own."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from pathtrack.errors import FileError
from pathtrack.git import door


class Home(NamedTuple):
    """A repository that may be written to: its top folder, and the file of what only this clone ignores."""

    top: Path
    exclude: Path


def find(folder: Path) -> Path | None:
    """Return the top folder of the repository, as git says; None outside of one."""
    return _asked("--show-toplevel", folder=folder)


def top(folder: Path) -> Path:
    """Return what `find` does; FileError outside of a repository."""
    if found := find(folder):
        return found
    todo = "go to one, or run 'git rev-parse --show-toplevel' to see why git does not recognise it"
    raise FileError("not inside a git repository", where=str(folder), todo=todo)


def own(folder: Path) -> Home:
    """Return the repository that holds a folder; FileError if its .git was made for another one.

    Whoever sends a folder with its `.git` could otherwise have us write where they cannot.
    """
    above = top(folder)
    private, common = (
        _asked(name, folder=folder) or Path() for name in ("--absolute-git-dir", "--git-common-dir")
    )
    if not folder.resolve().is_relative_to(above.resolve()) or not _is_of(above, private, common):
        todo = "make a clone of it; 'git worktree repair' helps where it was moved"
        raise FileError("the .git here is that of another folder", where=str(above), todo=todo)
    for each in _written(private, common):
        if each.is_symlink():
            raise FileError("a link, which is not written through", where=str(each), todo="replace it")
    return Home(above, common / "info" / "exclude")


def _is_of(above: Path, private: Path, common: Path) -> bool:
    """Return whether a folder's .git is in it, or names the folder as git does.

    `git worktree add` writes the way back into the .git of the worktree, which is in `worktrees` of that of
    all; a submodule has it in its settings. So only who may write in a repository can lead us to it.
    """
    here = above / ".git"
    if here.is_symlink() or here.is_dir():
        return not here.is_symlink() and private == common == here.resolve()
    if private == common:
        back = door.text("config", "core.worktree", folder=above)
        return bool(back) and (private / back).resolve() == above.resolve()
    with suppress(OSError, ValueError):
        back = (private / "gitdir").read_text(encoding="utf-8", errors="surrogateescape").rstrip("\n")
        return private.parent == common / "worktrees" and (private / back).resolve() == here.resolve()
    return False


def _written(private: Path, common: Path) -> Iterator[Path]:
    """Yield what is written to in a .git, by us or by git."""
    yield from (private / "index", common / "config", common / "objects")
    yield from (common / "objects").iterdir()
    yield from (common / "info", common / "info" / "exclude")


def _asked(name: str, *, folder: Path) -> Path | None:
    """Return a path that git gives of a repository, without links but for the top folder's."""
    answer = door.run("rev-parse", "--path-format=absolute", name, folder=folder)
    found = Path(os.fsdecode(answer.removesuffix(b"\n"))) if answer else None
    return found if found is None or name == "--show-toplevel" else found.resolve()
