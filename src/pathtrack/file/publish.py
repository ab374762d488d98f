"""Reports written to files or folders, and never over a tracker."""

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from pathtrack.errors import FileError, UsageError
from pathtrack.file import disk, store
from pathtrack.file.document import Document


def write(path: Path, data: bytes, *, tracker: Path | None = None) -> None:
    """Write a report, whole or not at all; never over the tracker, any TOML file, or anything but a file."""
    _refuse_tracker(path, tracker)
    store.replace(path, data)


def write_all(folder: Path, files: Mapping[str, Callable[[], bytes]], *, tracker: Path | None) -> None:
    """Write the files of a folder, each as `write` does; all are refused if one of them is.

    A file that is as it should be is left alone, so that whoever copies the folder sees what changed.
    """
    names: dict[Path, set[str]] = {folder: set()}
    make_folder(folder)
    for path in (folder / name for name in files):
        _refuse_tracker(path, tracker)
        names.setdefault(path.parent, set()).add(path.name)
    for parent, inside in names.items():
        make_folder(parent)
        # Once for all: a look at the whole folder for each file in it would be quadratic.
        with disk.refusing(parent, "cannot write to the folder"):
            disk.remove_leftovers(parent, inside)
    for name, make in files.items():
        path, data = folder / name, make()
        if not (path.is_file() and store.read(path) == data):
            with disk.replacing(disk.real(path), data, alone=False) as commit:
                commit()


def make_folder(path: Path) -> None:
    """Make a folder for reports, where there is none yet."""
    _refuse_links(path)
    with disk.refusing(path, "cannot make the folder"):
        path.mkdir(parents=True, exist_ok=True)


def _refuse_tracker(path: Path, tracker: Path | None) -> None:
    """Refuse the path of a report where there is a tracker, or anything but a file."""
    given, path = path, disk.real(path)
    if os.path.lexists(path) and not path.is_file():
        raise UsageError("not a regular file", where=str(path), todo="give a path for the report")
    if path.suffix.lower() == ".toml" or (tracker and path == disk.real(tracker)) or _is_tracker(path):
        raise UsageError("a report never replaces a tracker", where=str(path), todo="give another name")
    _refuse_links(given)


def _is_tracker(path: Path) -> bool:
    """Return whether a file is a tracker, whatever it is called."""
    with suppress(FileError, OSError):
        if path.is_file() and b"[report]" in (data := store.read(path)):
            return bool(Document.read(data, name=str(path)))
    return False


def _refuse_links(path: Path) -> None:
    """Refuse the path of a report that leads elsewhere by a link which may have come with a clone."""
    with disk.refusing(path, "cannot find the path"):
        path, here = Path(os.path.abspath(path)), Path.cwd()  # noqa: PTH100 it must not follow links
        for each in (path, *path.parents):
            # A link of the user's own, outside of any clone, is where they want it to lead.
            cloned = each.is_relative_to(here) or any((above / ".git").exists() for above in each.parents)
            if cloned and each.is_symlink():
                todo = "give the path it leads to if you mean that"
                raise UsageError("a report is not written through a link", where=str(each), todo=todo)
