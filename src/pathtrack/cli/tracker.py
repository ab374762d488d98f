"""Which tracker a command is about, and as of when."""

import datetime as dt
import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pathtrack.cli import naming, typed
from pathtrack.cli.options import Look
from pathtrack.cli.screen import say_aside, say_waiting
from pathtrack.errors import FileError
from pathtrack.file import store, toml
from pathtrack.record import corrections
from pathtrack.record.model import Recommendation, Tracker
from pathtrack.record.view import View, view

if TYPE_CHECKING:
    from pathtrack.cli.together import Trackers


def find(file: Path | None) -> Path | None:
    """Return the tracker's path; None means the shipped one, which is pointed out on stderr."""
    path = store.find(file)
    if path is None:
        say_aside(
            "note: no recommendations.toml here; this is the shipped tracker, 'pathtrack init' copies it here"
        )
    return path


def writable(file: Path | None) -> Path:
    """Return the path of the tracker to write or publish; FileError where only the shipped one is left."""
    path = store.find(file)
    if path is None:
        todo = "make one with 'pathtrack init', or name one with --file"
        raise FileError("no recommendations.toml here or above", todo=todo)
    return path


def begin(path: Path, data: bytes) -> None:
    """Create a new tracker, and first the schema beside it, which its first line names to editors."""
    from pathtrack import git  # noqa: PLC0415 few commands need it
    from pathtrack.export.data import file_schema  # noqa: PLC0415 likewise

    store.refuse_existing(path)
    if not os.path.lexists(schema := path.with_name(toml.SCHEMA_NAME)):
        store.replace(schema, file_schema().encode())
    store.create(path, data, waiting=say_waiting)
    git.ignore(store.lock_path(path))


def load(file: Path | None) -> tuple[Path | None, Tracker]:
    """Return the tracker's path, as `find` does, and the tracker."""
    path = find(file)
    return path, store.load(path or store.shipped())


def given(files: Sequence[Path] | None, file: Path | None) -> "tuple[Path | None, Tracker, Trackers | None]":
    """Return the path and the tracker, as `load` does, or several and what is known in any of them."""
    if not files:
        return *load(file), None
    from pathtrack.cli import together  # noqa: PLC0415 seldom are there several

    if len(paths := together.paths(files, file)) == 1:
        return *load(paths[0]), None
    several = together.load(paths)
    return None, several.known, several


def seen(
    tracker: Tracker, look: Look, *, only: Callable[[Recommendation], bool] | None = None, parts: bool = False
) -> View:
    """Return a tracker's state on a day, as it was known on another, by one assessor if one is named."""
    tracker = as_known(tracker, look.known_by)
    by = naming.assessor(tracker, look.by)
    return view(tracker, on=look.as_of or typed.today(), by=by, only=only, parts=parts)


def as_known(tracker: Tracker, day: dt.date | None) -> Tracker:
    """Return a tracker without what was recorded after a day, if one is given."""
    return replace(tracker, updates=corrections.known_by(tracker.updates, day)) if day else tracker
