"""Reports written to files or folders, and never over a tracker."""

import os
from collections.abc import Callable, Collection, Mapping
from pathlib import Path, PurePosixPath

from pathtrack.errors import FileError, UsageError
from pathtrack.file import disk, links, store
from pathtrack.text.headers import begins_like_toml

_HOMEPAGE = "index.html"
_GENERATOR = b'<meta name="generator" content="pathtrack'
_HEAD = 1000
"""How many bytes of a page may come before what made it."""


def write(path: Path, data: bytes, *, tracker: Path | None = None) -> None:
    """Write a report, whole or not at all; never over the tracker, any TOML file, or anything but a file."""
    _refuse_tracker(path, tracker)
    store.replace(path, data)


def write_beside(path: Path, data: bytes) -> None:
    """Write a file that the program itself names, beside the tracker; never through a link."""
    links.require_none(path)
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
        _refuse_homepage(path)
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


def left_behind(folder: Path, files: Collection[str]) -> list[str]:
    """Return what an earlier export left in a folder that a new one has not written again.

    That is pages and feeds beside a page of this export, and the folder of a report below a front page.
    """
    tops = [PurePosixPath(each).parent for each in files if PurePosixPath(each).name == _HOMEPAGE]
    patterns = [str(top / each) for top in tops for each in ("r/*.html", "feeds/*.xml")]
    patterns += [f"*/{_HOMEPAGE}"] if len(tops) > 1 else []
    found = sorted({each for pattern in patterns for each in folder.glob(pattern)})
    left = [each.relative_to(folder).as_posix() for each in found]
    ours = (each for each in left if each not in files and (each.endswith(".xml") or _is_ours(folder / each)))
    return [each.removesuffix(_HOMEPAGE) for each in ours]


def make_folder(path: Path) -> None:
    """Make a folder for reports, where there is none yet."""
    links.refuse(path, "a report")
    with disk.refusing(path, "cannot make the folder"):
        path.mkdir(parents=True, exist_ok=True)


def _refuse_tracker(path: Path, tracker: Path | None) -> None:
    """Refuse the path of a report where there is a tracker, or anything but a file."""
    given, path = path, disk.real(path)
    if os.path.lexists(path) and not path.is_file():
        raise UsageError("not a regular file", where=str(path), todo="give a path for the report")
    if path.suffix.lower() == ".toml" or (tracker and path == disk.real(tracker)) or _is_tracker(path):
        raise UsageError("a report never replaces a tracker", where=str(path), todo="give another name")
    links.refuse(given, "a report")


def _refuse_homepage(path: Path) -> None:
    """Refuse the first page of a folder where somebody else made the one that is there."""
    if path.name == _HOMEPAGE and path.is_file() and not _is_ours(path):
        todo = "give another folder, or move the page away"
        raise FileError("pathtrack did not make this page", where=str(path), todo=todo)


def _is_ours(page: Path) -> bool:
    return _GENERATOR in store.read(page)[:_HEAD]


def _is_tracker(path: Path) -> bool:
    """Return whether a file is a tracker or may be one, whatever it is called and whether it can be read.

    Every spelling of a header counts, and conflict markers: no report begins like any TOML file.
    """
    try:
        return path.is_file() and begins_like_toml(store.read(path))
    except FileError:
        return True
    except OSError:  # whatever writes there says why
        return False
