"""Which tracker a command is about, and as of when."""

import datetime as dt
import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pathtrack.cli import typed
from pathtrack.cli.screen import say_aside, say_waiting
from pathtrack.errors import FileError, UnknownRecommendationError, UnknownUpdateError, UsageError
from pathtrack.file import store, toml
from pathtrack.record import corrections
from pathtrack.record.model import Recommendation, Tracker, Update, key
from pathtrack.record.status import Status
from pathtrack.record.view import View, view, with_parts
from pathtrack.text import did_you_mean, quoted

if TYPE_CHECKING:
    from pathtrack.cli.together import Trackers

_SHORTEST = 4
"""The smallest number of digits of an update's id that is accepted."""
_DIGITS = re.compile(r"[0-9a-f]+", re.IGNORECASE)
_RANGE = re.compile(r"(.*?)(\d{1,4})-(\D*?)(\d{1,4})")


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


def opened(file: Path | None, *, shipped: bool) -> tuple[Path | None, Tracker]:
    """Return the tracker's path and the tracker; the shipped one only if it is asked for by name."""
    path = None if shipped else writable(file)
    return path, store.load(path or store.shipped())


def seen(
    tracker: Tracker,
    *,
    as_of: dt.date | None,
    known_by: dt.date | None,
    by: str | None,
    only: Callable[[Recommendation], bool] | None = None,
    parts: bool = False,
) -> View:
    """Return a tracker's state on a day, as it was known on another, by one assessor if one is named."""
    tracker = as_known(tracker, known_by)
    return view(tracker, on=as_of or typed.today(), by=assessor(tracker, by), only=only, parts=parts)


def as_known(tracker: Tracker, day: dt.date | None) -> Tracker:
    """Return a tracker without what was recorded after a day, if one is given."""
    return replace(tracker, updates=corrections.known_by(tracker.updates, day)) if day else tracker


def assessor(tracker: Tracker, name: str | None) -> str | None:
    """Return an assessor as the tracker spells the name; None if none is named."""
    return typed.choose([name], tracker.assessors, "assessor")[0] if name else None


def pick(whole: View, ids: list[str]) -> View:
    """Return a view of only the recommendations with these ids, in this order."""
    known = {each.recommendation.id: each for each in reversed([*with_parts(whole.standings)])}
    return replace(whole, standings=tuple(known[each] for each in spelled(whole.tracker, ids)))


def spelled(tracker: Tracker, ids: list[str]) -> list[str]:
    """Return each id once, as the tracker spells it; refuse an unknown one, and name the nearest."""
    spelling: dict[str, str] = {}
    for each in tracker.recommendations:
        spelling.setdefault(key(each.id), each.id)
    named = [name for each in ids for name in _listed(each, tracker)]
    for identifier in named:
        if key(identifier) not in tracker.names:
            todo = _meant(identifier) or did_you_mean(identifier, spelling.values())
            raise UnknownRecommendationError(f"no recommendation {quoted(identifier)}", todo=todo)
    return list(dict.fromkeys(spelling[tracker.names[key(name)]] for name in named))


def _listed(text: str, tracker: Tracker) -> Iterator[str]:
    """Yield the ids that a text names: several with commas, D1-D3 for D1, D2 and D3."""
    for part in [*filter(None, map(str.strip, text.split(",")))] or [text]:
        found = _RANGE.fullmatch(part)
        if key(part) in tracker.names or not found or found[1].lower() != (found[3] or found[1]).lower():
            yield part
        else:
            numbers = range(int(found[2]), int(found[4]) + 1)
            yield from (f"{found[1]}{number}" for number in numbers) if numbers else [part]


def correctable(tracker: Tracker, which: str) -> Update:
    """Return the counting update whose id begins with `which`, or the newest about the recommendation."""
    ledger = corrections.Ledger(tracker.updates)
    if (name := tracker.names.get(key(which))) is not None:
        # By date, as in `show`: the one typed last may be the correction of an old one.
        about = corrections.by_date([each for each in ledger.counting if name in tracker.keys_of(each)])
        if not about:
            raise UnknownUpdateError(f"no update about {which}", todo="see 'pathtrack timeline'")
        return about[-1]
    if len(which) < _SHORTEST or not _DIGITS.fullmatch(which):
        ids = did_you_mean(which, [each.id for each in tracker.recommendations])
        todo = f"{ids.rstrip('?')}, or an id of 'pathtrack timeline'{'?' if ids.endswith('?') else ''}"
        raise UnknownUpdateError(f"no recommendation or update {quoted(which)}", todo=todo)
    return _by_id(which.lower(), ledger)


def _by_id(which: str, ledger: corrections.Ledger) -> Update:
    found = {corrections.update_id(each): each for each in ledger.counting}
    begun = [each for each in found if each.startswith(which)]
    if not begun:
        replaced = {corrections.update_id(each.record): each.correction for each in ledger.corrected}
        newer = next((new for old, new in replaced.items() if old.startswith(which)), None)
        todo = "see 'pathtrack timeline', or give the id of a recommendation for the newest about it"
        if newer:
            todo = f"it was corrected by {corrections.update_id(newer)}"
        raise UnknownUpdateError(f"no current update {quoted(which)}", todo=todo)
    if len(begun) > 1:
        raise UsageError(
            f"{quoted(which)} is the beginning of several ids", todo=f"give one of {', '.join(begun)}"
        )
    return found[begun[0]]


def _meant(word: str) -> str:
    """Return what a word was probably meant for that stands where an id belongs, or nothing."""
    if word.startswith(("–", "—")):
        return "an option begins with two hyphens, which word processors turn into a dash"
    return f"a status is given as --status {word}" if word.lower() in set(Status) else ""
