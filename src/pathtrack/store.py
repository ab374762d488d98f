"""The tracker's file: find it, read it, lock it, replace it whole."""

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from pathtrack import document
from pathtrack.errors import FileError, UsageError
from pathtrack.model import Tracker, Update

FILE_NAME = "recommendations.toml"
PATIENCE = 10.0
"""How long to wait for another writer, in seconds."""

_PACKAGE = Path(__file__).parent


class Change(NamedTuple):
    """A tracker before and after an update."""

    before: Tracker
    after: Tracker


def find(given: Path | None) -> Path | None:
    """Return the tracker meant: the given one, $PATHTRACK_FILE, or the one here or in the nearest parent."""
    if given or os.environ.get("PATHTRACK_FILE"):
        return given or Path(os.environ["PATHTRACK_FILE"])
    here = Path.cwd()
    return next((path for folder in (here, *here.parents) if (path := folder / FILE_NAME).is_file()), None)


def shipped() -> Path:
    """Return the tracker that comes with the program, packaged or in a checkout."""
    packaged = _PACKAGE / FILE_NAME
    return packaged if packaged.exists() else _PACKAGE.parents[1] / FILE_NAME


def read(path: Path) -> bytes:
    """Return the bytes of a regular file no larger than the limit."""
    with _refusing(path, "cannot read the file"):
        _require_file(path)
        with path.open("rb") as file:
            return file.read(document.LIMIT + 1)


def load(path: Path) -> Tracker:
    """Read a tracker from its file."""
    return document.parse(read(path), name=str(path))


def append(path: Path, make: Callable[[Tracker], Update], *, waiting: Callable[[], None]) -> Change:
    """Add the update that `make` makes of the tracker; return only when it is safely on the disk.

    `waiting` is called when another writer is at work. A file that an editor saves meanwhile is
    read again, not overwritten.
    """
    path = path.resolve()
    _require_file(path)
    with locked(path, waiting=waiting):
        while True:
            data = read(path)
            before = document.parse(data, name=str(path))
            update = make(before)
            grown = document.append(data, before, update, name=str(path))
            with _replacing(path, grown.data) as commit:
                if read(path) == data:
                    commit()
                    return Change(before, grown.tracker)


def create(path: Path, data: bytes, *, waiting: Callable[[], None]) -> None:
    """Write a new tracker where no file stands yet."""
    refuse_existing(path)
    with locked(path, waiting=waiting):
        refuse_existing(path)
        with _replacing(path, data) as commit:
            commit()


def refuse_existing(path: Path) -> None:
    """Refuse a path where something stands already."""
    if os.path.lexists(path):
        raise FileError("the file exists already", where=str(path), todo="give another path with --file")


def replace_report(path: Path, text: str) -> None:
    """Write a report, whole or not at all; never over a tracker or anything but a file."""
    path = path.resolve()
    if path.exists() and not path.is_file():
        raise UsageError("not a regular file", where=str(path), todo="give a path for the report")
    if path.suffix == ".toml":
        raise UsageError(
            "a report never replaces a tracker", where=str(path), todo="give the report another name"
        )
    with _replacing(path, text.encode()) as commit:
        commit()


@contextmanager
def locked(path: Path, *, waiting: Callable[[], None]) -> Iterator[None]:
    """Keep other writers of a tracker away."""
    from filelock import FileLock, Timeout  # noqa: PLC0415 only writers need it

    lock = FileLock(lock_path(path))
    with _refusing(path, "cannot lock the file"):
        try:
            lock.acquire(timeout=0)
        except Timeout:
            waiting()
            try:
                lock.acquire(timeout=PATIENCE)
            except Timeout as error:
                todo = "try again when the other pathtrack is done"
                raise FileError("another program is writing the file", where=str(path), todo=todo) from error
    try:
        yield
    finally:
        lock.release()


def lock_path(path: Path) -> Path:
    """Return the lock file that stands beside a tracker."""
    resolved = path.resolve()
    return resolved.with_name(f".{resolved.name}.lock")


def _require_file(path: Path) -> None:
    if not path.exists():
        raise FileError("no such file", where=str(path), todo="check the path, or run 'pathtrack init'")
    if not path.is_file():
        raise FileError("not a regular file", where=str(path), todo="give the path of a tracker")


@contextmanager
def _replacing(path: Path, data: bytes) -> Iterator[Callable[[], None]]:
    """Put the bytes on the disk beside the file; the yielded call moves them into its place."""
    draft = path.with_name(f".{path.name}.new")
    with _refusing(path, "cannot write the file"):
        if path.exists() and not path.stat().st_mode & 0o222:
            raise FileError("the file is read-only", where=str(path), todo="make it writable and try again")
        draft.unlink(missing_ok=True)  # a killed writer's
        try:
            with draft.open("xb") as file:
                file.write(data)
                _keep_owner_and_mode(path, file.fileno())
                file.flush()
                os.fsync(file.fileno())
            yield lambda: _move(draft, path)
        finally:
            draft.unlink(missing_ok=True)


def _move(draft: Path, path: Path) -> None:
    draft.replace(path)
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _keep_owner_and_mode(path: Path, descriptor: int) -> None:
    """POSIX only: give the new file the old one's owner, as far as allowed, and its mode."""
    if os.name != "posix" or not path.exists():
        return
    old = path.stat()
    with suppress(PermissionError):
        os.fchown(descriptor, old.st_uid, old.st_gid)
    os.fchmod(descriptor, stat.S_IMODE(old.st_mode))


@contextmanager
def _refusing(path: Path, what: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FileError(
            f"{what}: {error.strerror or error}", where=str(path), todo="nothing was changed"
        ) from error
