"""Which sources have an archived copy, and the updates that give copies to others."""

import datetime as dt
import re
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from pathtrack.record.corrections import Ledger
from pathtrack.record.model import Evidence, Tracker, Update, key
from pathtrack.text import count, day, is_public_address

_TAKEN = re.compile(r"/(\d{4})(\d{2})(\d{2})(?:\d{6}|\d{2})?(?:[a-z]{2}_)?/", re.ASCII)


class Cited(NamedTuple):
    """A source with an address, and where it is cited."""

    source: Evidence
    address: str
    day: dt.date
    """When it was published or, if nobody knows, when what it shows happened."""
    recommendations: tuple[str, ...]
    """The keys of all that it is evidence about."""
    place: tuple[int, int]
    """Its first citation: which update of the file, and which source of that."""


def cited(tracker: Tracker, *, about: Collection[str] = ()) -> list[Cited]:
    """Return each distinct source that could be archived, in the order of its first citation.

    `about` are the keys of those recommendations whose sources are wanted; none means all.
    """
    ledger = Ledger(tracker.updates)
    found: dict[int, tuple[dt.date, tuple[int, int], dict[str, None]]] = {}
    for index, update in ledger.placed:
        for number, each in enumerate(update.evidence):
            _, _, keys = found.setdefault(ledger.sources.place(each), (update.date, (index, number), {}))
            keys.update(dict.fromkeys(sorted(tracker.keys_of(update))))
    known = ((ledger.sources[number], *rest) for number, rest in found.items())
    return [
        Cited(source, source.url, source.date or day, tuple(keys), place)
        for source, day, place, keys in known
        if source.url and is_public_address(source.url) and (not about or keys.keys() & set(about))
    ]


def summary(evidence: Sequence[Evidence]) -> str:
    """Return in one sentence what an update adds that is nothing but evidence."""
    if all(each == Evidence(url=each.url or "-", archive=each.archive or "-") for each in evidence):
        return f"Archived copies of {count(len(evidence), 'source')}."
    return "New evidence."


def taken_on(copy: str) -> dt.date | None:
    """Return the day on which a copy was taken, where its address says so, as most archives' do."""
    found = _TAKEN.search(copy)
    try:
        return dt.date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def archived(evidence: Evidence) -> str:
    """Return that a source has an archived copy, and of which day, if its address says so."""
    return f"archived {day(taken_on(evidence.archive))}".rstrip() if evidence.archive else ""


def completing(
    found: Mapping[Cited, str], tracker: Tracker, *, date: dt.date, recorded: dt.datetime, by: str
) -> list[Update]:
    """Return updates that complete sources with their copies, one for each recommendation that needs one.

    A copy is recorded once, for the first recommendation that cites its source, and completes it everywhere.
    An update about several would make the sources of each evidence about the others.
    """
    groups: dict[str, list[Evidence]] = {}
    for each, copy in found.items():
        groups.setdefault(ids(each, tracker)[0], []).append(Evidence(url=each.address, archive=copy))
    return [
        Update(date=date, recorded=recorded, by=by, recommendations=(name,), evidence=tuple(evidence))
        for name, evidence in groups.items()
    ]


def ids(each: Cited, tracker: Tracker) -> tuple[str, ...]:
    """Return what a source is evidence about, in the order of the catalogue; unknown ids as they are."""
    known = {key(other.id): other.id for other in tracker.recommendations}
    unknown = tuple(name for name in each.recommendations if name not in known)
    return (*(spelled for name, spelled in known.items() if name in each.recommendations), *unknown)
