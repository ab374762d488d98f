"""The findings about a record."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from pathtrack.record import same
from pathtrack.record.checks import catalogue, sources, standing, turns, updates
from pathtrack.record.corrections import Ledger, places_known_by
from pathtrack.record.finding import ERRORS, Finding, Place
from pathtrack.record.model import Tracker
from pathtrack.record.standings import standings


def check(
    tracker: Tracker,
    *,
    on: dt.date,
    known_by: dt.date | None = None,
    by: str | None = None,
    stale: int | None = None,
) -> list[Finding]:
    """Return all findings; `finding.located` gives them lines and an order.

    `known_by` leaves out what was recorded later, `by` the updates of other assessors. `stale` is after
    how many days without a judgement a recommendation is worth a warning.
    """
    places: Sequence[int] = range(len(tracker.updates))
    if known_by:
        places = places_known_by(tracker.updates, known_by)
        tracker = replace(tracker, updates=tuple(tracker.updates[index] for index in places))
    ledger = Ledger(tracker.updates)
    found = [
        *catalogue.ids(tracker),
        *catalogue.areas(tracker),
        *catalogue.similar_areas(tracker),
        *updates.references(tracker, ledger),
        *updates.corrections(tracker, ledger),
        *sources.unsafe(tracker, ledger),
        *updates.judgements(tracker, ledger),
        *updates.targets(tracker, ledger),
        *turns.turns(tracker, ledger),
        *updates.dates(ledger, on),
        *sources.citations(ledger),
        *sources.hidden(tracker, ledger),
        *standing.neglected(standings(tracker, on=on, by=by, ledger=ledger), stale),
    ]
    if by:
        found = [each for each in found if _is_by(by, each, tracker)]
    return [replace(each, place=_in_the_file(each.place, places)) for each in found] if known_by else found


def unarchived(tracker: Tracker) -> list[Finding]:
    """Return a finding for each source that has no archived copy and could have one."""
    return [*sources.unarchived(tracker)]


def errors(tracker: Tracker) -> set[str]:
    """Return what is wrong between the parts of a tracker, without places and hints; an area once."""
    ledger = Ledger(tracker.updates)
    references = (*updates.references(tracker, ledger), *updates.corrections(tracker, ledger))
    found = [each.message for each in (*catalogue.ids(tracker), *references) if each.code in ERRORS]
    found += [each.message.partition(": ")[2] for each in catalogue.areas(tracker) if each.code in ERRORS]
    return {each.partition("; ")[0] for each in found}


def _in_the_file(place: Place, places: Sequence[int]) -> Place:
    """Return a place in a tracker as one in the file; `places` are those of the updates that are left."""
    return (place[0], places[int(place[1])], *place[2:]) if place[0] == "update" else place


def _is_by(name: str, finding: Finding, tracker: Tracker) -> bool:
    """Return whether a finding is about an update of an assessor, or not about an update."""
    kind, index, *_ = finding.place
    return kind != "update" or same.word(tracker.updates[int(index)].by) == same.word(name)
