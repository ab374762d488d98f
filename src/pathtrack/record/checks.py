"""Findings: what a record leaves to be desired, as values."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum

from pathtrack.record.model import Place, Recommendation, Tracker, Update, Value, key, line_of
from pathtrack.record.standings import is_stale, standings
from pathtrack.record.status import Status
from pathtrack.record.wants import completed, later_updates, wanting
from pathtrack.text import did_you_mean, is_address, is_private_address, is_safe_address, quoted, safe


class Severity(StrEnum):
    """Whether a finding makes the check fail."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, order=True)
class Finding:
    """Something a check has to say; `line` is 0 where it is not known."""

    line: int
    severity: Severity
    code: str
    message: str


def check(
    tracker: Tracker,
    lines: Mapping[Place, int],
    *,
    on: dt.date,
    by: str | None = None,
    stale: int | None = None,
) -> list[Finding]:
    """Return all findings in the order of the file; `lines` comes from `places.locate`.

    `by` leaves the updates of other assessors out. `stale` is after how many days without an update a
    recommendation is worth a warning.
    """
    others: set[Place] = {
        ("update", index) for index, each in enumerate(tracker.updates) if by and each.by != by
    }
    found = [
        *_duplicates(tracker),
        *_areas(tracker),
        *_references(tracker),
        *_addresses(tracker),
        *_wants(tracker),
        *_twins(tracker),
        *_future(tracker, on),
        *_sources(tracker),
        *_hidden(tracker),
        *_neglected(tracker, on, by, stale),
    ]
    return sorted(
        Finding(line_of(place, lines) or 0, severity, code, message)
        for place, severity, code, message in found
        if place[:2] not in others
    )


def rewritten(gone: Iterable[Update], *, since: str) -> list[Finding]:
    """Return a finding for each update of an older version that is not there any more as it was."""
    return [
        Finding(0, Severity.ERROR, "rewritten-past", f"changed or removed since {since}: {_named(each)}")
        for each in gone
    ]


_HINTS = 10
_YEAR = 365
_Found = tuple[Place, Severity, str, str]


def _duplicates(tracker: Tracker) -> Iterator[_Found]:
    seen: dict[str, Recommendation] = {}
    for index, each in enumerate(tracker.recommendations):
        if key(each.id) in seen:
            message = f"{each.id} is already the id of {quoted(seen[key(each.id)].title)}"
            yield ("recommendation", index, "id"), Severity.ERROR, "duplicate-id", message
        seen.setdefault(key(each.id), each)


def _areas(tracker: Tracker) -> Iterator[_Found]:
    given = tracker.report.areas
    for index, each in enumerate(tracker.recommendations):
        if given and each.area not in given:
            hint = did_you_mean(each.area, given)
            message = f"{each.id}: {quoted(each.area)} is none of the report's areas; {hint}"
            yield ("recommendation", index, "area"), Severity.ERROR, "unknown-area", message


def _references(tracker: Tracker) -> Iterator[_Found]:
    known = {key(each.id): each.id for each in tracker.recommendations}
    unknown = (
        (index, identifier)
        for index, update in enumerate(tracker.updates)
        for identifier in update.recommendations
        if key(identifier) not in known
    )
    for number, (index, identifier) in enumerate(unknown):
        # Looking for the nearest name takes time: a file with many unknown ones has another problem.
        hint = f"; {did_you_mean(identifier, known.values())}" if number < _HINTS else ""
        message = f"no recommendation {quoted(identifier)}{hint}"
        yield ("update", index, "recommendations"), Severity.ERROR, "unknown-id", message


def _addresses(tracker: Tracker) -> Iterator[_Found]:
    for place, address in addresses(tracker):
        if not is_safe_address(address):
            problem = (
                "is not a plain http or https address"
                if is_address(address) or address.lower().startswith(("http:", "https:"))
                else "has no http:// or https://"
            )
            yield place, Severity.ERROR, "unsafe-address", f"{quoted(address)} {problem}"


def addresses(tracker: Tracker) -> Iterable[tuple[Place, str]]:
    """Yield every address with its place: the report's, and those of sources and their archived copies."""
    if tracker.report.url:
        yield ("report", "url"), tracker.report.url
    for index, update in enumerate(tracker.updates):
        for number, each in enumerate(update.evidence):
            for field, address in (("url", each.url), ("archive", each.archive)):
                if address:
                    yield ("update", index, "evidence", number, field), address


def _wants(tracker: Tracker) -> Iterator[_Found]:
    later = later_updates(tracker)
    for index, update in enumerate(tracker.updates):
        if wanting(update) and (lacking := wanting(completed(update, later(index)))):
            assert update.status is not None
            code = f"thin-{update.status}"
            yield (
                ("update", index, "status"),
                Severity.WARNING,
                code,
                f"{', '.join(update.recommendations)}: {lacking}",
            )


def _twins(tracker: Tracker) -> Iterator[_Found]:
    """Find updates that were one until two people edited it, and that no later update decides between."""
    later = later_updates(tracker)
    seen: dict[tuple[object, ...], Update] = {}
    for index, update in enumerate(tracker.updates):
        origin = (update.recorded, update.date, update.by, update.recommendations)
        if update.recorded and seen.setdefault(origin, update) != update and not later(index):
            message = f"there are two versions of {_named(update)}"
            yield ("update", index), Severity.WARNING, "edited-twice", message


def _named(update: Update) -> str:
    return f"the update of {update.date} about {', '.join(update.recommendations)} by {update.by}"


def _future(tracker: Tracker, on: dt.date) -> Iterator[_Found]:
    for index, update in enumerate(tracker.updates):
        if update.date > on:
            yield (
                ("update", index, "date"),
                Severity.WARNING,
                "future-update",
                f"{_named(update)} is of the future",
            )


def _sources(tracker: Tracker) -> Iterator[_Found]:
    found = {each.title for update in tracker.updates for each in update.evidence if each.url}
    for index, update in enumerate(tracker.updates):
        seen: set[str] = set()
        for number, each in enumerate(update.evidence):
            place: Place = ("update", index, "evidence", number)
            if not each.url and each.title not in found:
                yield (
                    place,
                    Severity.WARNING,
                    "no-address",
                    f"{quoted(each.identity)} has no address to check it at",
                )
            elif each.url and each.url in seen:
                yield (
                    place,
                    Severity.WARNING,
                    "repeated-address",
                    f"{quoted(each.url)} stands twice in this update",
                )
            seen.add(each.url or "")
    for place, address in addresses(tracker):
        if is_safe_address(address) and is_private_address(address):
            message = f"{quoted(address)} leads into a private network"
            yield place, Severity.WARNING, "private-address", message


def _hidden(tracker: Tracker) -> Iterator[_Found]:
    values: list[tuple[Place, Value]] = [(("report",), tracker.report)]
    values += [(("recommendation", index), each) for index, each in enumerate(tracker.recommendations)]
    for index, update in enumerate(tracker.updates):
        values.append((("update", index), update))
        values += [
            (("update", index, "evidence", number), each) for number, each in enumerate(update.evidence)
        ]
    for place, value in values:
        for name in (each.name for each in fields(value)):
            for text in _texts(getattr(value, name)):
                if safe(text) != text:
                    message = f"{name} holds a control or direction character: {quoted(text)}"
                    yield (*place, name), Severity.WARNING, "hidden-character", message


def _texts(content: object) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, tuple):
        yield from (each for each in content if isinstance(each, str))
    elif isinstance(content, dict):
        yield from (str(each) for pair in content.items() for each in pair)


def _neglected(tracker: Tracker, on: dt.date, by: str | None, stale: int | None) -> Iterator[_Found]:
    for index, each in enumerate(standings(tracker, on=on, by=by)):
        place, identifier = ("recommendation", index), each.recommendation.id
        kept_up = each.recommendation.ongoing and each.status is Status.IMPLEMENTED
        if kept_up and is_stale(each, days=_YEAR):
            message = f"{identifier}: a standing duty, implemented, and not confirmed for a year"
            yield place, Severity.WARNING, "unconfirmed", message
        if stale is not None and is_stale(each, days=stale):
            yield place, Severity.WARNING, "stale", f"{identifier}: no update for {stale} days"
