"""The tracker's file: find it, read it, lock it, change it."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from pathtrack.errors import FileError, UsageError
from pathtrack.file import disk, document, pieces
from pathtrack.record.model import Tracker, Update

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
    with disk.refusing(Path(FILE_NAME), "cannot look for the file", todo="give its path with --file"):
        if (here := Path(FILE_NAME)).is_file():
            return here
        return next((path for folder in Path.cwd().parents if (path := folder / FILE_NAME).is_file()), None)


def shipped() -> Path:
    """Return the tracker that comes with the program, packaged or in a checkout."""
    packaged = Path(__file__).parents[1] / FILE_NAME
    return packaged if packaged.exists() else packaged.parents[2] / FILE_NAME


def read(path: Path) -> bytes:
    """Return the bytes of a regular file no larger than the limit."""
    with disk.refusing(path, "cannot read the file", todo="check the path and your rights"):
        if not path.exists():
            raise FileError("no such file", where=str(path), todo="check the path, or run 'pathtrack init'")
        if not path.is_file():
            raise FileError("not a regular file", where=str(path), todo="give the path of a file")
        with path.open("rb") as file:
            return file.read(document.LIMIT + 1)


def load(path: Path | str) -> Tracker:
    """Read a tracker from its file."""
    return document.parse(read(Path(path)), name=str(path))


def append(path: Path, make: Callable[[Tracker], Update], *, waiting: Callable[[], None]) -> Change:
    """Add the update that `make` makes of the tracker; return only when it is safely on the disk."""
    changes: list[Change] = []

    def grown(data: bytes) -> bytes:
        known: pieces.Known = {}
        before = document.parse(data, name=str(path), known=known)
        after = document.append(data, before, make(before), name=str(path), known=known)
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
            with disk.replacing(path, change(data)) as commit:
                if read(path) == data:
                    commit()
                    return


def exchange(path: Path, old: bytes, new: bytes, *, waiting: Callable[[], None]) -> None:
    """Replace a file's old bytes by new ones, unless somebody saved others meanwhile."""

    def unless_changed(now: bytes) -> bytes:
        if now != old:
            raise FileError("the file was changed meanwhile", where=str(path), todo="try again")
        return new

    rewrite(path, unless_changed, waiting=waiting)


def create(path: Path, data: bytes, *, waiting: Callable[[], None]) -> None:
    """Write a new tracker where no file stands yet."""
    refuse_existing(path)
    path = _real(path)
    with locked(path, waiting=waiting), disk.replacing(path, data) as commit:
        refuse_existing(path)
        commit()


def refuse_existing(path: Path) -> None:
    """Refuse a path where something stands already."""
    if os.path.lexists(path):
        raise FileError("the file exists already", where=str(path), todo="give another path with --file")


def replace_report(path: Path, text: str, *, tracker: Path | None = None) -> None:
    """Write a report, whole or not at all; never over the tracker, any TOML file, or anything but a file."""
    path = _real(path)
    refuse_tracker(path, tracker)
    with disk.replacing(path, text.encode()) as commit:
        commit()


def refuse_tracker(path: Path, tracker: Path | None) -> None:
    """Refuse the path of a report where a tracker stands, or anything but a file."""
    path = _real(path)
    if os.path.lexists(path) and not path.is_file():
        raise UsageError("not a regular file", where=str(path), todo="give a path for the report")
    if path.suffix.lower() == ".toml" or (tracker and path == _real(tracker)):
        raise UsageError("a report never replaces a tracker", where=str(path), todo="give another name")


def make_folder(path: Path) -> None:
    """Make a folder for reports, where there is none yet."""
    with disk.refusing(path, "cannot make the folder"):
        path.mkdir(parents=True, exist_ok=True)


@contextmanager
def locked(path: Path, *, waiting: Callable[[], None]) -> Iterator[None]:
    """Keep other writers of a tracker away."""
    from filelock import FileLock, Timeout  # noqa: PLC0415 only writers need it

    disk.require_writable(path)
    lock = FileLock(lock_path(path))
    with disk.refusing(lock_path(path), "cannot lock the file"):
        try:
            lock.acquire(timeout=0)
        except Timeout:
            with disk.draft(path):  # filelock takes a folder where no file can be made for a busy one
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
    with disk.refusing(path, "cannot find the file"):
        return Path(os.path.realpath(path))
