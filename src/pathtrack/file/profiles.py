"""How tables are read, kept beside the tracker for the next ones with the same header."""

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import rtoml
import tomli_w

from pathtrack.errors import FileError
from pathtrack.file import links, publish, store
from pathtrack.record import same

FILE_NAME = "pathtrack.import.toml"
_HEAD = "# How 'pathtrack import' reads tables with these headers; written by --save-profile.\n\n"
_MOST = 1 << 20
"""How many bytes a file of profiles may have; what reads it takes a hundred times as many."""
_TODO = "correct it or move it away, and save the profile again"


@dataclass(frozen=True)
class Profile:
    """What was chosen for tables with a header: columns by what they give, words with their meanings."""

    name: str
    header: tuple[str, ...]
    columns: Mapping[str, str]
    words: Mapping[str, str]
    date_format: str = ""

    def fits(self, header: Iterable[str]) -> bool:
        """Return whether a table has this header."""
        return [*map(same.word, header)] == [*map(same.word, self.header)]


def beside(tracker: Path) -> Path:
    """Return where the profiles of a tracker are."""
    return tracker.parent / FILE_NAME


def read(path: Path) -> tuple[Profile, ...]:
    """Return the profiles of a file, none if there is no such file; FileError if it has anything else."""
    links.require_none(path)
    if not os.path.lexists(path):
        return ()
    data = store.read(path)
    if len(data) > _MOST:
        raise FileError("too large for a file of profiles", where=str(path), todo=_TODO)
    try:
        return tuple(_profile(name, values) for name, values in _found(data).items())
    except (ValueError, AttributeError, KeyError, TypeError) as error:
        what = "not a file of profiles"
        raise FileError(what, where=str(path), todo=_TODO) from error


def save(path: Path, profile: Profile, *, waiting: Callable[[], None]) -> None:
    """Add a profile to a file, in the place of one with its name.

    `waiting` is called when another writer is at work.
    """
    links.require_none(path)  # before a lock is made beside what it leads to
    with store.locked(path, waiting=waiting):
        kept = {each.name: each for each in read(path)} | {profile.name: profile}
        values = {each.name: _values(each) for each in kept.values()}
        publish.write_beside(path, (_HEAD + tomli_w.dumps({"profile": values})).encode())


def _found(data: bytes) -> Mapping[str, Mapping[str, object]]:
    found: Mapping[str, Mapping[str, Mapping[str, object]]] = rtoml.loads(data.decode())
    if others := found.keys() - {"profile"}:  # a tracker, or the settings of another program
        raise KeyError(*others)
    return found.get("profile", {})


def _values(profile: Profile) -> dict[str, object]:
    found = {
        "header": [*profile.header],
        "date_format": profile.date_format,
        "columns": {**profile.columns},
        "words": {**profile.words},
    }
    return {name: value for name, value in found.items() if value}


def _profile(name: str, values: Mapping[str, object]) -> Profile:
    header, columns, words = values["header"], values.get("columns", {}), values.get("words", {})
    if not (isinstance(header, list) and isinstance(columns, dict) and isinstance(words, dict)):
        raise TypeError(name)
    order = str(values.get("date_format", ""))
    return Profile(name, tuple(map(str, header)), _texts(columns), _texts(words), order)


def _texts(given: Mapping[object, object]) -> dict[str, str]:
    return {str(key): str(text) for key, text in given.items()}
