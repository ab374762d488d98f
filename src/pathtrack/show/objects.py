"""Values as objects of JSON: recommendations, updates, corrections and counts."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from pydantic import TypeAdapter

from pathtrack.record.actors import ActorStanding
from pathtrack.record.corrections import Corrected, Ledger, update_id
from pathtrack.record.model import Tracker, Update, key
from pathtrack.record.progress import Progress
from pathtrack.record.standings import Standing, standings
from pathtrack.record.status import Status

Object = dict[str, object]
_UPDATE = TypeAdapter(Update)
_NONE = {status.value: 0 for status in Status}


def records(updates: Iterable[Update]) -> list[Object]:
    """Return updates with every key present."""
    return [_record(each) for each in updates]


def _record(update: Update) -> Object:
    content = _UPDATE.dump_python(update, mode="json")
    return {"id": update_id(update), **content}


def correction(corrected: Corrected) -> Object:
    """Return an update that no longer counts, and what became of it."""
    old, new = corrected
    return {
        "id": update_id(old),
        "corrected_by": update_id(new),
        "reason": new.reason,
        "recorded": new.recorded.isoformat().replace("+00:00", "Z") if new.recorded else None,
        "by": new.by,
        "typed_by": new.typed_by,
        "record": _record(old),
        "replacement": _record(new) if new.says_something else None,
    }


def page(standing: Standing) -> Object:
    """Return everything about one recommendation."""
    return {
        **detail(standing),
        "records": records(standing.updates),
        "corrected": [correction(each) for each in standing.corrected],
    }


def summary(standing: Standing) -> Object:
    """Return a recommendation and how it stands."""
    recommendation = standing.recommendation
    return {
        "id": recommendation.id,
        "part_of": standing.whole or None,
        "area": standing.area,
        "title": recommendation.title,
        "ref": recommendation.ref,
        "status": standing.status,
        "confidence": standing.confidence,
        "since": _iso(standing.since),
        "last_update": _iso(standing.last_update),
        "last_judged": _iso(standing.last_judged),
        "updates": len(standing.updates),
        "evidence": standing.source_count,
        "actors": [_actor(each) for each in standing.actors],
        "tags": list(recommendation.tags),
        "ongoing": recommendation.ongoing,
        "due": _iso(standing.due),
        "first_due": _iso(standing.first_due),
        "moved": standing.moved,
        "overdue": standing.overdue,
        "parts": {"ids": [each.recommendation.id for each in standing.parts], **parts(standing.parts)},
    }


def _actor(actor: ActorStanding) -> Object:
    return {
        "name": actor.name,
        "status": actor.status,
        "since": _iso(actor.since),
        "response": actor.response,
    }


def parts(found: Iterable[Standing]) -> Object:
    """Return how many parts there are, and how many of them have which status."""
    counted: Counter[str] = Counter(each.status for each in found)
    return {"total": counted.total(), "by_status": {**_NONE, **counted}}


def detail(standing: Standing) -> Object:
    """Return everything about one recommendation but its updates."""
    return {
        **summary(standing),
        "summary": standing.recommendation.summary,
        "done_when": standing.recommendation.done_when,
        "source": standing.recommendation.source,
        "history": [
            {"date": _iso(each.date), "status": each.status, "by": each.by} for each in standing.history
        ],
    }


def changed(before: Tracker, after: Tracker, *, on: dt.date) -> Object:
    """Return the updates that were added or removed, and how what they are about stands on a day."""
    number = min(len(before.updates), len(after.updates))
    updates = (*after.updates[number:], *before.updates[number:])
    was = {key(each.id): each for each in before.recommendations}
    about = {key(each.id) for each in after.recommendations if was.get(key(each.id)) != each}
    about |= {name for each in updates for name in after.keys_of(each)}
    if any(each.corrects for each in updates):
        # A correction can be about another recommendation than before: then both have changed.
        old = (each.update for each in Ledger(after.updates).corrected if each.correction in updates)
        about |= {name for each in old for name in after.keys_of(each)}
    found = standings(after, on=on, only=lambda each: key(each.id) in about)
    # Without the parts that come along with their wholes.
    listed = [summary(each) for each in found if key(each.recommendation.id) in about]
    return {"recommendations": listed, "updates": records(updates)}


def counts(counted: Progress) -> Object:
    """Return how many recommendations have which status."""
    return {
        "total": counted.total,
        "assessed": counted.assessed,
        "with_evidence": counted.with_evidence,
        "by_status": counted.by_status,
    }


def _iso(date: dt.date | None) -> str | None:
    return date.isoformat() if date else None
