"""Which tracker a command is about, and as of when."""

import datetime as dt
import os
from dataclasses import replace
from pathlib import Path

from pathtrack.cli import typed
from pathtrack.cli.screen import note, say_that_it_waits
from pathtrack.errors import FileError, UnknownRecommendationError
from pathtrack.file import store, toml
from pathtrack.record import model
from pathtrack.record import standings as state
from pathtrack.record.status import Status
from pathtrack.text import did_you_mean, quoted


def find(file: Path | None) -> Path | None:
    """Return the tracker's path; none means the shipped one, and is said on stderr."""
    path = store.find(file)
    if path is None:
        note(
            "note: no recommendations.toml here; this is the shipped tracker, 'pathtrack init' copies it here"
        )
    return path


def writable(file: Path | None) -> Path:
    """Return the path of the tracker to write; the shipped one is none."""
    path = store.find(file)
    if path is None:
        raise FileError("no recommendations.toml here or above", todo="make one with 'pathtrack init'")
    return path


def begin(path: Path, data: bytes) -> None:
    """Make a new tracker, and before it the schema beside it, which its first line names to editors."""
    from pathtrack import git  # noqa: PLC0415 few commands need it
    from pathtrack.export.data import file_schema  # noqa: PLC0415 likewise

    store.refuse_existing(path)
    if not os.path.lexists(schema := path.with_name(toml.SCHEMA_NAME)):
        store.replace(schema, file_schema().encode())
    store.create(path, data, waiting=say_that_it_waits)
    git.ignore(store.lock_path(path))


def load(file: Path | None) -> "tuple[Path | None, model.Tracker]":
    """Return the tracker's path, as `find` does, and the tracker."""
    path = find(file)
    return path, store.load(path or store.shipped())


def seen(
    tracker: model.Tracker, as_of: dt.date | None, by: str | None, only: "state.Choice | None" = None
) -> state.View:
    """Return the state on a day, today if none is given, by one assessor if one is named."""
    return state.view(tracker, on=as_of or typed.today(), by=assessor(tracker, by), only=only)


def assessor(tracker: model.Tracker, name: str | None) -> str | None:
    """Return an assessor as the tracker spells the name; none where none is named."""
    return typed.choose([name], tracker.assessors, "assessor")[0] if name else None


def pick(whole: state.View, ids: list[str]) -> state.View:
    """Keep the recommendations with the given ids, in the order given."""
    known = {each.recommendation.id: each for each in reversed(whole.standings)}
    return replace(whole, standings=tuple(known[each] for each in spelled(whole.tracker, ids)))


def spelled(tracker: model.Tracker, ids: list[str]) -> list[str]:
    """Return each id once, as the tracker spells it; refuse an unknown one, and name the nearest."""
    known: dict[str, str] = {}
    for each in tracker.recommendations:
        known.setdefault(model.key(each.id), each.id)
    for identifier in ids:
        if model.key(identifier) not in known:
            todo = _meant(identifier) or did_you_mean(identifier, known.values())
            raise UnknownRecommendationError(f"no recommendation {quoted(identifier)}", todo=todo)
    return list(dict.fromkeys(known[model.key(each)] for each in ids))


def _meant(word: str) -> str:
    """Return what a word was probably meant for that stands where an id belongs, or nothing."""
    if word.startswith(("–", "—")):
        return "an option begins with two hyphens, which word processors turn into a dash"
    return f"a status is given as --status {word}" if word.lower() in set(Status) else ""
