"""The tracker's file: find it, read it, lock it, replace it whole."""

import errno
import os
import re
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

from pathtrack import document
from pathtrack.errors import FileError, UsageError
from pathtrack.model import Tracker, Update

if sys.platform != "win32":
    import fcntl

FILE_NAME = "recommendations.toml"
PATIENCE = 10.0
"""How long to wait for another writer, in seconds."""


class Change(NamedTuple):
    """A tracker before and after an update."""

    before: Tracker
    after: Tracker


def find(given: Path | None) -> Path | None:
    """Return the tracker meant: the given one, $PATHTRACK_FILE, or the one here or in the nearest parent."""
    if given or os.environ.get("PATHTRACK_FILE"):
        return given or Path(os.environ["PATHTRACK_FILE"])
    with _refusing(Path(FILE_NAME), "cannot look for the file", todo="give its path with --file"):
        here = Path.cwd()
        return next(
            (path for folder in (here, *here.parents) if (path := folder / FILE_NAME).is_file()), None
        )


def shipped() -> Path:
    """Return the tracker that comes with the program, packaged or in a checkout."""
    packaged = Path(__file__).with_name(FILE_NAME)
    return packaged if packaged.exists() else packaged.parents[2] / FILE_NAME


def read(path: Path) -> bytes:
    """Return the bytes of a regular file no larger than the limit."""
    with _refusing(path, "cannot read the file", todo="check the path and your rights"):
        if not path.exists():
            raise FileError("no such file", where=str(path), todo="check the path, or run 'pathtrack init'")
        if not path.is_file():
            raise FileError("not a regular file", where=str(path), todo="give the path of a tracker")
        with path.open("rb") as file:
            return file.read(document.LIMIT + 1)


def load(path: Path) -> Tracker:
    """Read a tracker from its file."""
    return document.parse(read(path), name=str(path))


def append(path: Path, make: Callable[[Tracker], Update], *, waiting: Callable[[], None]) -> Change:
    """Add the update that `make` makes of the tracker; return only when it is safely on the disk."""
    changes: list[Change] = []

    def grown(data: bytes) -> bytes:
        before = document.parse(data, name=str(path))
        after = document.append(data, before, make(before), name=str(path))
        changes.append(Change(before, after.tracker))
        return after.data

    path = _real(path)
    rewrite(path, grown, waiting=waiting)
    return changes[-1]


def rewrite(path: Path, change: Callable[[bytes], bytes], *, waiting: Callable[[], None]) -> None:
    """Replace a file by what `change` makes of its bytes; return only when that is safely on the disk.

    `waiting` is called when another writer is at work. What an editor saves meanwhile is read again.
    """
    path = _real(path)
    read(path)  # what cannot be read is refused before a lock is made beside it
    with locked(path, waiting=waiting):
        while True:
            data = read(path)
            with _replacing(path, change(data)) as commit:
                if read(path) == data:
                    commit()
                    return


def create(path: Path, data: bytes, *, waiting: Callable[[], None]) -> None:
    """Write a new tracker where no file stands yet."""
    refuse_existing(path)
    path = _real(path)
    with locked(path, waiting=waiting), _replacing(path, data) as commit:
        refuse_existing(path)
        commit()


def refuse_existing(path: Path) -> None:
    """Refuse a path where something stands already."""
    if os.path.lexists(path):
        raise FileError("the file exists already", where=str(path), todo="give another path with --file")


def replace_report(path: Path, text: str, *, tracker: Path | None = None) -> None:
    """Write a report, whole or not at all; never over the tracker, any TOML file, or anything but a file."""
    path = _real(path)
    if os.path.lexists(path) and not path.is_file():
        raise UsageError("not a regular file", where=str(path), todo="give a path for the report")
    if path.suffix.lower() == ".toml" or (tracker and path == _real(tracker)):
        raise UsageError("a report never replaces a tracker", where=str(path), todo="give another name")
    with _replacing(path, text.encode()) as commit:
        commit()


def make_folder(path: Path) -> None:
    """Make a folder for reports, where there is none yet."""
    with _refusing(path, "cannot make the folder"):
        path.mkdir(parents=True, exist_ok=True)


@contextmanager
def locked(path: Path, *, waiting: Callable[[], None]) -> Iterator[None]:
    """Keep other writers of a tracker away."""
    from filelock import FileLock, Timeout  # noqa: PLC0415 only writers need it

    _require_writable(path)
    lock = FileLock(lock_path(path))
    with _refusing(lock_path(path), "cannot lock the file"):
        try:
            lock.acquire(timeout=0)
        except Timeout:
            with _draft(path):  # filelock takes a folder where no file can be made for a busy one
                waiting()
            try:
                lock.acquire(timeout=PATIENCE)
            except Timeout as error:
                todo = "try again when the other pathtrack is done"
                raise FileError("another program is writing the file", where=str(path), todo=todo) from error
    try:
        yield
    finally:
        with suppress(OSError):  # the system does it at the end in any case
            lock.release()


def lock_path(path: Path) -> Path:
    """Return the lock file that stands beside a tracker."""
    return (real := _real(path)).with_name(f".{real.name}.lock")


def _real(path: Path) -> Path:
    with _refusing(path, "cannot find the file"):
        return Path(os.path.realpath(path))


def _require_writable(path: Path) -> None:
    """Refuse a missing folder and a read-only file: neither filelock nor a replacement minds."""
    with _refusing(path, "cannot write the file"):
        if not path.parent.is_dir():
            raise FileError("no such folder", where=str(path.parent), todo="make it, or give another path")
        if path.exists() and not (path.stat().st_mode & 0o222 and os.access(path, os.W_OK)):
            raise FileError("the file is read-only", where=str(path), todo="make it writable and try again")


@contextmanager
def _replacing(path: Path, data: bytes) -> Iterator[Callable[[], None]]:
    """Put the bytes on the disk beside the file; the yielded call moves them into its place."""
    _require_writable(path)
    with _refusing(path, "cannot write the file"):
        _remove_leftovers(path)
        with _draft(path) as (draft, file):
            _keep_owner_and_mode(path, file.fileno())
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            yield lambda: _move(draft, file, path)


@contextmanager
def _draft(path: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """Make an empty file beside another; what is not moved away by the end is removed."""
    draft, file = _new_draft(path)
    try:
        yield draft, file
    finally:
        for tidy in (file.close, draft.unlink):
            with suppress(OSError):  # the next writer removes it
                tidy()


def _new_draft(path: Path) -> tuple[Path, BinaryIO]:
    """Make a file of a name that nobody knows; its lock says that its writer lives."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    while True:
        draft = path.with_name(f".{path.name}.{os.urandom(8).hex()}.new")
        file = os.fdopen(os.open(draft, flags, 0o600 if path.exists() else 0o666), "wb")
        if _claimed(file) and draft.exists():
            return draft, file
        file.close()  # another writer took it for a leftover, and removes it


def _remove_leftovers(path: Path) -> None:
    """Remove the drafts of killed writers; those of living ones are claimed."""
    draft = re.compile(rf"\.{re.escape(path.name)}\.[0-9a-f]{{16}}\.new")
    for each in path.parent.iterdir():
        if draft.fullmatch(each.name):
            with suppress(OSError), each.open("rb+") as file:
                if _claimed(file):
                    _let_go(file)
                    each.unlink()


@contextmanager
def _refusing(path: Path, what: str, *, todo: str = "nothing was changed") -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FileError(f"{what}: {error.strerror or error}", where=str(path), todo=todo) from error


def _move(draft: Path, file: BinaryIO, path: Path) -> None:
    _let_go(file)
    draft.replace(path)
    try:
        _sync_folder(path.parent)
    except OSError as error:
        if error.errno != errno.EINVAL:  # that is a file system which syncs no folders
            what = f"the file is written, but the disk did not confirm it: {error.strerror}"
            raise FileError(what, where=str(path), todo="look at it before you try again") from error


def _claimed(file: BinaryIO) -> bool:
    if sys.platform != "win32":
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            return not isinstance(error, BlockingIOError)
    return True


def _let_go(file: BinaryIO) -> None:
    if sys.platform == "win32":  # where an open file can neither be moved nor removed
        file.close()


def _keep_owner_and_mode(path: Path, descriptor: int) -> None:
    if sys.platform != "win32" and path.exists():
        old = path.stat()
        with suppress(PermissionError):  # the group may be allowed where the owner is not
            os.fchown(descriptor, -1, old.st_gid)
            os.fchown(descriptor, old.st_uid, -1)
        os.fchmod(descriptor, stat.S_IMODE(old.st_mode))


def _sync_folder(folder: Path) -> None:
    if sys.platform != "win32":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
