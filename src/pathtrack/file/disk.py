"""Files replaced whole, or not at all."""

import errno
import os
import re
import signal
import stat
import sys
import time
from collections.abc import Callable, Container, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from pathtrack.errors import FileError
from pathtrack.file import rights

if sys.platform != "win32":
    import fcntl

_UNKNOWN = {errno.EINVAL, errno.ENOTSUP, errno.EBADF}
"""The errors of a file system that cannot sync folders."""
replaced: list[Path] = []
"""The files that this process has replaced, for whoever interrupts it."""
_DRAFT = re.compile(r"\.(.+)\.[0-9a-f]{16}\.new", re.DOTALL)


@contextmanager
def refusing(path: Path, what: str, *, todo: str = "nothing was changed") -> Iterator[None]:
    """Raise what the system refuses as one line for the user."""
    try:
        yield
    except OSError as error:
        raise FileError(f"{what}: {error.strerror or error}", where=str(path), todo=todo) from error


def real(path: Path) -> Path:
    """Return a path without links."""
    with refusing(path, "cannot find the file"):
        return Path(os.path.realpath(path))


def lock_name(path: Path) -> str:
    """Return the name of the lock beside a file."""
    return f".{path.name}.lock"


def require_writable(path: Path) -> None:
    """Refuse a missing folder and a read-only file, which neither a lock nor a replacement notices."""
    with refusing(path, "cannot write the file"):
        if not path.parent.is_dir():
            raise FileError("no such folder", where=str(path.parent), todo="make it, or give another path")
        # Root may write whatever the mode says, so access alone does not show that a file is read-only.
        if path.exists() and not (path.stat().st_mode & 0o222 and os.access(path, os.W_OK)):
            raise FileError("the file is read-only", where=str(path), todo="make it writable and try again")


def require_ours(path: Path) -> None:
    """Refuse a file of somebody else that cannot be replaced, before a lock of ours is left beside it."""
    if rights.is_of_another(path):
        with refusing(path, "cannot write the file"), draft(path) as (_, file):
            rights.keep(path, file.fileno())


@contextmanager
def replacing(path: Path, data: bytes, *, alone: bool = True) -> Iterator[Callable[[], None]]:
    """Write the bytes to the disk beside the file; the yielded call moves them into its place.

    Without that call, or after an error, the old file is there unchanged. One error comes too late for
    that and says so: the folder's, after the move. A file that is not `alone` is one of many that can be
    made again: the system writes it to the disk in its own time, and the caller removes leftovers.
    """
    require_writable(path)
    with refusing(path, "cannot write the file"):
        if alone:
            remove_leftovers(path.parent, {path.name, lock_name(path)})
        with draft(path) as (new, file):
            # Before the bytes, since it may refuse; until then only we can read the draft.
            if path.exists():
                rights.keep(path, file.fileno())
            file.write(data)
            file.flush()
            if alone:
                _sync(file.fileno())
            yield lambda: _move(new, file, path, sync=alone)


@contextmanager
def draft(path: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """Create an empty file beside another; it is removed at the end unless it was moved."""
    with _uninterrupted():
        new, file = _new_draft(path)
        try:
            yield new, file
        finally:
            for tidy in (file.close, new.unlink):
                with suppress(OSError):  # the next writer removes it
                    tidy()


def _new_draft(path: Path) -> tuple[Path, BinaryIO]:
    """Create a file with a random name; its lock shows that its writer is alive."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    while True:
        new = path.with_name(f".{path.name}.{os.urandom(8).hex()}.new")
        # A new file is as open as the umask lets it be.
        file = os.fdopen(os.open(new, flags, 0o600 if path.exists() else 0o666), "wb")
        if _claimed(file) and new.exists():
            return new, file
        file.close()  # another writer took it for a leftover, and removes it


def remove_leftovers(folder: Path, names: Container[str]) -> None:
    """Remove our own drafts of files whose writers were killed; living writers claim theirs."""
    for each in folder.iterdir():
        draft = _DRAFT.fullmatch(each.name)
        if draft and draft[1] in names and _is_ours(each):
            with suppress(OSError), each.open("rb+") as file:
                if _claimed(file):
                    _let_go(file)
                    each.unlink()


def remove_other_names(path: Path) -> None:
    """Remove the draft that became a file by a second name, where its writer was killed in between."""
    if path.lstat().st_nlink > 1:
        for each in path.parent.iterdir():
            draft = _DRAFT.fullmatch(each.name)
            with suppress(FileNotFoundError):  # its writer is alive and has removed it
                if draft and draft[1] == path.name and os.path.samestat(each.lstat(), path.lstat()):
                    each.unlink()


def _move(new: Path, file: BinaryIO, path: Path, *, sync: bool) -> None:
    _let_go(file)
    _replace(new, path)
    replaced.append(path)
    if not sync:
        return
    try:
        # A file's new name is in its folder, which syncing the file does not write.
        _sync_folder(path.parent)
    except OSError as error:
        if error.errno not in _UNKNOWN:
            what = f"the file is written, but the disk did not confirm it: {error.strerror}"
            raise FileError(what, where=str(path), todo="check it before you try again") from error


# What differs between systems


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let a Ctrl-C wait until a file is whole: it could come between making a draft and knowing its name."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _is_ours(path: Path) -> bool:
    """Return whether a path is a file, rather than a link or a pipe, and our own."""
    with suppress(OSError):
        found = path.lstat()
        return stat.S_ISREG(found.st_mode) and (sys.platform == "win32" or found.st_uid == os.geteuid())
    return False


def _claimed(file: BinaryIO) -> bool:
    """Return whether no other process has claimed the file; always True without file locks."""
    if sys.platform != "win32":
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            # Any other error means that this file system has no locks.
            return not isinstance(error, BlockingIOError)
    return True


def _sync(descriptor: int) -> None:
    """Wait until what was written is on the disk itself."""
    if sys.platform == "darwin":
        # On a Mac, fsync leaves the data in the drive's own cache.
        with suppress(OSError):  # not on every file system
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
    os.fsync(descriptor)


def _replace(new: Path, path: Path) -> None:
    """Move a file into the place of another; Windows refuses while a scanner is reading it."""
    patience = 20 if sys.platform == "win32" else 0
    while True:
        try:
            new.replace(path)
        except PermissionError:
            if sys.platform == "win32" and not patience:
                todo = "close it there, as in Excel, and try again; nothing was changed"
                raise FileError("another program has the file open", where=str(path), todo=todo) from None
            if not patience:
                raise
            patience -= 1
            time.sleep(0.05)
        else:
            return


def _let_go(file: BinaryIO) -> None:
    if sys.platform == "win32":  # where an open file can neither be moved nor removed
        file.close()


def _sync_folder(folder: Path) -> None:
    if sys.platform != "win32":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
