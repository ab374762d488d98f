"""The tracker's file: find it, read it, lock it, change it."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pathtrack.errors import FileError
from pathtrack.file import disk, links, rights, toml
from pathtrack.record.model import Tracker

if TYPE_CHECKING:
    from pathtrack.file.document import Document

FILE_NAME = "recommendations.toml"
PATIENCE = 10.0
"""How long to wait for another writer, in seconds."""


class Written(NamedTuple):
    """A tracker's file before and after a change."""

    before: "Document"
    after: "Document"


def find(given: Path | None) -> Path | None:
    """Return the tracker meant: the given one, $PATHTRACK_FILE, or the one here or in the nearest parent."""
    if given or os.environ.get("PATHTRACK_FILE"):
        return given or Path(os.environ["PATHTRACK_FILE"])
    with disk.refusing(Path(FILE_NAME), "cannot look for the file", todo="give its path with --file"):
        folders = (Path(), *Path.cwd().parents)
        found = next((path for folder in folders if _is_taken(path := folder / FILE_NAME)), None)
        if found:
            links.refuse_out(found)
        return found


def shipped() -> Path:
    """Return the tracker that comes with the program, packaged or in a checkout."""
    packaged = Path(__file__).parents[1] / FILE_NAME
    return packaged if packaged.exists() else packaged.parents[2] / FILE_NAME


def read(path: Path) -> bytes:
    """Return the bytes of a regular file no larger than the limit."""
    elsewhere = ", and close it in other programs" if sys.platform == "win32" else ""
    with disk.refusing(path, "cannot read the file", todo=f"check the path and its permissions{elsewhere}"):
        if path.is_symlink() and not path.exists():
            raise FileError("the link leads nowhere", where=str(path), todo="repair or delete the link")
        if not path.exists():
            raise FileError("no such file", where=str(path), todo="check the path, or run 'pathtrack init'")
        if not path.is_file():
            raise FileError("not a regular file", where=str(path), todo="give the path of a file")
        with path.open("rb") as file:
            if sys.platform != "win32":
                os.set_blocking(
                    file.fileno(), False
                )  # the system has files that never end, such as /proc/kmsg
            # One byte too many is enough to refuse it.
            data: bytes | None = file.read(toml.LIMIT + 1)
        if data is None:
            raise FileError("not a regular file", where=str(path), todo="give the path of a file")
        return data


def stdin() -> bytes:
    """Return the bytes on stdin, with one byte too many of what has no end."""
    # The bytes, since the text of sys.stdin depends on the system.
    return sys.stdin.buffer.read(toml.LIMIT + 1)


def open_(path: Path) -> "Document":
    """Return the document in a tracker's file."""
    return _document(read(path), path)


def load(path: Path | str) -> Tracker:
    """Return the tracker in a file."""
    data = read(Path(path))
    return toml.parse(toml.decode(data, name=str(path)), name=str(path))


def change(
    path: Path,
    make: "Callable[[Document], Document]",
    *,
    waiting: Callable[[], None],
    opened: "Document | None" = None,
) -> Written:
    """Replace a tracker with what `make` makes of it; return only when that is safely on the disk.

    `waiting` is called when another writer is at work. What an editor saves in the meantime is read
    again; what was already `opened` is not, if nobody changed it.
    """
    with _held(path, waiting=waiting) as real:
        while True:
            data = read(real)
            before = opened if opened and opened.data == data else _document(data, path)
            after = make(before)
            # Editors know nothing of the lock: what one has saved since is the new start.
            if _replace_if_unchanged(real, data, after.data):
                return Written(before, after)


def exchange(path: Path, old: bytes, new: bytes, *, waiting: Callable[[], None]) -> None:
    """Replace a file's old bytes with new ones, unless somebody saved others in the meantime."""
    with _held(path, waiting=waiting) as real:
        if read(real) != old or not _replace_if_unchanged(real, old, new):
            raise FileError("the file was changed in the meantime", where=str(path), todo="try again")


def create(path: Path, data: bytes, *, waiting: Callable[[], None]) -> None:
    """Write a new tracker where there is no file yet."""
    refuse_existing(path)
    path = disk.real(path)
    # Refused before, so that no lock is left there; and again where nobody can come in between.
    with locked(path, waiting=waiting), disk.replacing(path, data) as commit:
        refuse_existing(path)
        commit()


def refuse_existing(path: Path, *, option: str = "--file") -> None:
    """Refuse a path where something already exists; `option` gives another."""
    # A link that leads nowhere is something, too: writing would go through it.
    if os.path.lexists(path):
        raise FileError("the file already exists", where=str(path), todo=f"give another path with {option}")


def replace(path: Path, data: bytes) -> None:
    """Write a file, whole or not at all."""
    with disk.replacing(disk.real(path), data) as commit:
        commit()


@contextmanager
def locked(path: Path, *, waiting: Callable[[], None]) -> Iterator[None]:
    """Lock a tracker against other writers."""
    from filelock import FileLock, Timeout  # noqa: PLC0415 only writers need it

    disk.require_writable(path)
    disk.require_ours(path)
    shown = lock_path(path)
    lock = FileLock(shown, mode=rights.lock_mode(path))
    todo = "delete it if no other pathtrack is at work, or ask its owner to"
    with disk.refusing(shown, "cannot lock the file", todo=todo):
        _make_lock(shown, path)
        try:
            # First without waiting, since a user who has to wait is told.
            lock.acquire(timeout=0)
        except Timeout:
            with disk.draft(path):  # filelock takes a folder that cannot be written to for a busy one
                waiting()
            try:
                lock.acquire(timeout=PATIENCE)
            except Timeout as error:
                todo = "try again when the other pathtrack is done"
                raise FileError("another program is writing the file", where=str(path), todo=todo) from error
    try:
        with disk.refusing(shown, "cannot share the lock"):
            disk.remove_other_names(shown)
            rights.share_lock(shown, path)
        yield
    finally:
        with suppress(OSError):  # the system releases it at exit in any case
            lock.release()


def _make_lock(lock: Path, path: Path) -> None:
    """Make the lock on a file with its rights, so that no kill can leave one that others cannot open."""
    if sys.platform != "win32" and not os.path.lexists(lock):
        with disk.draft(lock) as (new, _):
            rights.share_lock(new, path)
            # Where a file has but one name, or another writer was faster, it is shared once we have it.
            with suppress(OSError):
                os.link(new, lock)


def lock_path(path: Path) -> Path:
    """Return the lock file beside a tracker."""
    # Beside the file itself: whoever comes by a link must meet the same lock.
    return (real := disk.real(path)).with_name(disk.lock_name(real))


def _document(data: bytes, path: Path) -> "Document":
    from pathtrack.file.document import Document  # noqa: PLC0415 whoever only reads needs none

    return Document.read(data, name=str(path))


@contextmanager
def _held(path: Path, *, waiting: Callable[[], None]) -> Iterator[Path]:
    """Lock a file against other writers; yield its path behind links."""
    real = disk.real(path)
    read(path)  # what cannot be read is refused before a lock is made beside it
    with locked(real, waiting=waiting):
        yield real


def _replace_if_unchanged(path: Path, old: bytes, new: bytes) -> bool:
    """Replace a file's old bytes with new ones, or return False if somebody saved others."""
    with disk.replacing(path, new) as commit:
        # The new bytes are on the disk by now, so the move follows this look at once.
        if read(path) != old:
            return False
        commit()
        return True


def _is_taken(path: Path) -> bool:
    """Return whether anything is there; what cannot be a tracker is refused when it is read."""
    try:
        path.lstat()
    except FileNotFoundError:
        return False
    return True
