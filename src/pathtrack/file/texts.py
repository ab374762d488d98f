"""The texts of trackers in their blocks."""

from collections.abc import Iterator
from typing import NamedTuple

from pathtrack.file import toml
from pathtrack.file.blocks import blocks
from pathtrack.file.document import Document
from pathtrack.record.finding import Place
from pathtrack.record.model import Recommendation, Report, Tracker, Update, key


class Entry(NamedTuple):
    """The report or a recommendation, and its block."""

    place: Place
    value: Report | Recommendation
    text: str


class Version(NamedTuple):
    """One of the texts in its blocks: the catalogue by name, equal updates together, and the end."""

    entries: dict[str, Entry]
    updates: dict[Update, list[str]]
    end: str


def cut(document: Document | None) -> Version:
    """Return a document in its blocks; nothing where there is none."""
    if document is None:
        return Version({}, {}, "")
    text = document.text
    found = blocks(text if text.endswith("\n") else f"{text}\n")
    entries = {
        name_of(each): Entry(place, each, found.get(place, "")) for place, each in catalogue(document.tracker)
    }
    updates: dict[Update, list[str]] = {}
    for index, update in enumerate(document.tracker.updates):
        updates.setdefault(update, []).append(found.get(("update", index), ""))
    return Version(entries, updates, found[()])


def catalogue(tracker: Tracker) -> Iterator[tuple[Place, Report | Recommendation]]:
    """Yield the report and the recommendations, each with its place."""
    yield ("report",), tracker.report
    for index, each in enumerate(tracker.recommendations):
        yield ("recommendation", index), each


def name_of(value: Report | Recommendation) -> str:
    """Return the key of a recommendation; the report has an empty one."""
    return key(value.id) if isinstance(value, Recommendation) else ""


def as_both_were(text: str, ours: Document, theirs: Document) -> bytes:
    """Return a text with the newline and the byte order mark that both sides have."""
    mark = toml.BOM if ours.has_mark and theirs.has_mark else ""
    return f"{mark}{text}".replace("\n", min(ours.newline, theirs.newline)).encode()
