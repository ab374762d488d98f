"""The links on the way to a file, and which of them may have come with a clone."""

import errno
import os
from collections.abc import Iterator
from pathlib import Path

from pathtrack.errors import FileError, UsageError
from pathtrack.file import disk

_MOST = 40
"""How many links a path may lead over, as for Linux."""


def refuse(path: Path, what: str) -> None:
    """Refuse a path that leads elsewhere by a link which may have come with a clone."""
    with disk.refusing(path, "cannot find the path"):
        here = Path.cwd()
        for each in _followed(here / path):
            # A link of the user's own, outside of any clone, is where they want it to lead.
            if each.is_relative_to(here) or any((above / ".git").exists() for above in each.parents):
                todo = "give the path it leads to if you mean that"
                raise UsageError(f"{what} is not written through a link", where=str(each), todo=todo)


def require_none(path: Path) -> None:
    """Refuse a link under a name that is ours, not the user's: it may have come with a clone."""
    if path.is_symlink():
        todo = "replace it with what it leads to if you mean that"
        raise FileError("a link, which is not followed", where=str(path), todo=todo)


def refuse_out(path: Path) -> None:
    """Refuse a link that nobody has named, if it leads out of its repository or, without one, its folder."""
    if path.is_symlink():
        beside = disk.real(path.parent)
        above = next((each for each in (beside, *beside.parents) if (each / ".git").exists()), None)
        if not disk.real(path).is_relative_to(above or beside):
            what = f"a link that leads out of the {'repository' if above else 'folder'}"
            todo = "if you mean what it leads to, name that with --file"
            raise FileError(what, where=str(path), todo=todo)


def _followed(path: Path) -> Iterator[Path]:
    """Yield the links on the way of a path, in the order in which the system follows them.

    With docs -> /home/me/deep/er, docs/../status.md leads to /home/me/deep/status.md.
    """
    at, left, followed = Path(path.anchor), [*reversed(path.parts[1:])], 0
    while left:
        at = at.parent if (part := left.pop()) == ".." else at / part
        if at.is_symlink():
            yield at
            followed += 1
            if followed > _MOST:
                raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
            path = at.parent / at.readlink()
            at, left = Path(path.anchor), [*left, *reversed(path.parts[1:])]
