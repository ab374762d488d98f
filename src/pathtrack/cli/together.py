"""Which trackers a command is about that is given several."""

import glob
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from pathtrack.cli import typed
from pathtrack.cli.naming import assessor
from pathtrack.cli.options import Look
from pathtrack.cli.screen import Screen, say_aside
from pathtrack.cli.tracker import as_known, writable
from pathtrack.errors import FileError, UsageError
from pathtrack.file import store
from pathtrack.record.filters import ALL, Filters
from pathtrack.record.model import Tracker
from pathtrack.record.together import Together, together
from pathtrack.record.view import view
from pathtrack.text import quoted

if TYPE_CHECKING:
    from pathtrack.show.form import Ask

_TODO = "filter a list with --area, --status, --actor or --search, or give ids to 'pathtrack show'"
"""What to do about a word that may have been meant for an id or an area."""


def paths(words: Sequence[Path], file: Path | None, *, filters: bool = True) -> list[Path]:
    """Return the trackers that the words of a command line name, each once; refuse other words.

    With `filters`, a word that is no path may have been meant for an id or an area.
    """
    if file:
        raise UsageError("trackers are given twice", todo="leave out --file, or name all of them without it")
    found = [path for word in words for path in _matches(word)]
    for path in found:
        is_path = path.name != str(path) or not filters
        if is_path and not os.path.lexists(path) and path.suffix.lower() != ".toml":
            todo = "give a tracker's file, or the folder it is in"
            raise UsageError(f"there is no file or folder {quoted(str(path))}", todo=todo)
        if path.suffix.lower() != ".toml" and not path.is_file():
            raise UsageError(f"{quoted(str(path))} is not a tracker's file", todo=_TODO)
    return list({os.path.realpath(path): path for path in reversed(found)}.values())[::-1]


def _matches(word: Path) -> list[Path]:
    """Return the files that a word means: itself, the tracker in a folder, what a pattern matches."""
    # Only Windows leaves patterns to the program, so a file of that very name comes first.
    pattern = "" if os.path.lexists(word) else str(word)
    found = map(Path, sorted(glob.glob(pattern))) if glob.has_magic(pattern) else ()  # noqa: PTH207 it may be absolute
    return [each / store.FILE_NAME if each.is_dir() else each for each in (*found,) or (word,)]


@dataclass(frozen=True)
class Trackers:
    """Several trackers, and why others could not be read, by their paths."""

    read: dict[str, Tracker]
    unreadable: dict[str, str] = field(default_factory=dict)

    @cached_property
    def known(self) -> Tracker:
        """A tracker in which every area and name of all of them is known."""
        first, *others = self.read.values()
        return together([first, *others]) if others else first

    def seen(self, look: Look, wanted: Filters = ALL, *, parts: bool = False) -> Together:
        """Return how all of them stand on a day; an assessor has to be known in one of them."""
        on, by = look.as_of or typed.today(), assessor(self.known, look.by) if look.by else None
        shown = partial(view, on=on, by=by, only=wanted.concern, parts=parts)
        known = {path: as_known(each, look.known_by) for path, each in self.read.items()}
        views = {path: shown(each).chosen_by(wanted) for path, each in known.items()}
        return Together(on, views, self.unreadable)

    def show(self, screen: Screen, ask: "Ask", command: str, found: Together, *, header: bool) -> None:
        """Print what one of the three forms shows, and exit as after an error if any could not be read."""
        screen.show(ask, command, file=None, as_of=found.as_of, header=header)
        if self.unreadable:
            raise typer.Exit(FileError.exit_code)


def opened(files: Sequence[Path] | None, file: Path | None, *, shipped: bool) -> Trackers:
    """Return trackers to publish; all are refused if one of them is."""
    if not files:
        path = None if shipped else writable(file)
        return Trackers({str(path or ""): store.load(path or store.shipped())})
    return Trackers({str(path): store.load(path) for path in paths(files, file, filters=False)})


def load(files: Sequence[Path]) -> Trackers:
    """Return trackers; one that cannot be read is named on stderr, and refused if it is the last hope."""
    read, unreadable = {}, {}
    for path in files:
        try:
            read[str(path)] = store.load(path)
        except FileError as error:
            unreadable[str(path)] = str(error)
            say_aside(f"error: {error}")
    if not read:
        raise typer.Exit(FileError.exit_code)
    return Trackers(read, unreadable)
