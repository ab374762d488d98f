"""The JSON object that each command prints."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from pydantic import TypeAdapter
from pydantic_core import to_json

from pathtrack.record.actors import ActorStanding
from pathtrack.record.corrections import Corrected, update_id
from pathtrack.record.finding import Finding, Severity
from pathtrack.record.model import Update
from pathtrack.record.progress import Progress
from pathtrack.record.progress import progress as count_by_status
from pathtrack.record.standings import Standing
from pathtrack.record.status import DEFINITIONS, Status
from pathtrack.record.view import Changes, View, judgements
from pathtrack.text import escaped

Object = dict[str, object]
_UPDATE = TypeAdapter(Update)
_NONE = {status.value: 0 for status in Status}


def text(content: Object) -> str:
    """Return an object as text, indented, with escapes for what a terminal would obey."""
    # Python's own writer indents only in Python, and takes ten times as long.
    return escaped(to_json(content, indent=2).decode())


def envelope(command: str, *, file: Path | None, as_of: dt.date, content: Object) -> Object:
    """Return the object that holds a payload and says what it is; `file` is None for the shipped tracker."""
    return {
        "schema": f"pathtrack.{command}/1",
        "file": _name(str(file.absolute())) if file else None,
        "as_of": as_of.isoformat(),
        **content,
    }


def listing(view: View, *, header: bool = False) -> Object:  # noqa: ARG001 the protocol's signature
    """Return what `list` knows of each recommendation."""
    found = {id(each): [one._asdict() for one in view.filters.found(each)] for each in view.standings}
    return {"recommendations": [{**_summary(each), "found": found[id(each)]} for each in view.standings]}


def moves(view: View) -> Object:
    """Return what each actor is asked and has neither done nor refused, by id; each is described once."""
    asked = {name: [each.recommendation.id for each in members] for name, members in view.moves.items()}
    listed = {each for members in asked.values() for each in members}
    return {
        "actors": [{"name": name, "recommendations": members} for name, members in asked.items()],
        "recommendations": [_summary(each) for each in view.standings if each.recommendation.id in listed],
    }


def pages(view: View) -> Object:
    """Return everything known of each recommendation."""
    return {"recommendations": [_page(each) for each in view.standings]}


def progress(view: View, *, header: bool = False) -> Object:  # noqa: ARG001 likewise
    """Return the counts over all and by area."""
    areas = [{"area": area, **_counts(count_by_status(members))} for area, members in view.by_area.items()]
    parts = _parts(part for each in view.standings for part in each.parts)
    return {**_counts(view.progress), "by_response": view.progress.by_answer, "parts": parts, "areas": areas}


overview = answers = progress


def years(view: View, *, header: bool = False) -> Object:  # noqa: ARG001 likewise
    """Return the counts at the end of each year with updates."""
    total = view.progress.total
    return {"years": [{"total": total, **each._asdict()} for each in view.years]}


def comparison(view: View, *, header: bool = False) -> Object:  # noqa: ARG001 likewise
    """Return what each assessor judged last of each recommendation."""
    return {
        "recommendations": [
            {
                "id": identifier,
                "judgements": [
                    {"by": each.by, "status": each.status, "date": each.date.isoformat()} for each in given
                ],
            }
            for identifier, given in judgements(view).items()
        ]
    }


def changes(found: Changes) -> Object:
    """Return where each recommendation that changed came from and went to, and what was corrected."""
    return {
        "since": found.since.isoformat(),
        "until": found.until.isoformat(),
        "changes": [
            {
                "id": each.after.recommendation.id,
                "from": each.before.status,
                "to": each.after.status,
                "updates": len(each.updates),
                "evidence": each.evidence,
                "notes": [update.note for update in each.updates if update.note],
            }
            for each in found.changed
        ],
        "corrected": [correction(each) for each in found.corrected],
    }


def findings(found: Iterable[Finding], *, file: str) -> Object:
    """Return the findings and how many there are of each severity."""
    listed = list(found)
    return {
        "errors": sum(each.severity is Severity.ERROR for each in listed),
        "warnings": sum(each.severity is Severity.WARNING for each in listed),
        "findings": [
            {
                "code": each.code,
                "severity": each.severity,
                "message": each.message,
                "file": _name(file),
                "line": each.line or None,
            }
            for each in listed
        ],
    }


def statuses() -> Object:
    """Return the eight statuses with their meanings and crosswalk."""
    return {
        "statuses": [
            {"status": status, **{name: text or None for name, text in row._asdict().items()}}
            for status, row in DEFINITIONS.items()
        ]
    }


def timeline(_view: View, updates: Iterable[Update], *, header: bool = False) -> Object:  # noqa: ARG001 likewise
    """Return updates with every key present."""
    return {"updates": records(updates)}


def records(updates: Iterable[Update]) -> list[Object]:
    """Return updates with every key present."""
    return [_record(each) for each in updates]


def _record(update: Update) -> Object:
    content = _UPDATE.dump_python(update, mode="json", exclude={"reason", "typed_by"})
    return {"id": update_id(update), **content}


def correction(corrected: Corrected) -> Object:
    """Return an update that no longer counts, and what became of it."""
    old, new = corrected
    return {
        "id": update_id(old),
        "corrected_by": update_id(new),
        "reason": new.reason,
        "recorded": new.recorded.isoformat().replace("+00:00", "Z") if new.recorded else None,
        "by": new.typed_by or new.by,
        "record": _record(old),
        "replacement": _record(new) if new.says_something else None,
    }


def _page(standing: Standing) -> Object:
    return {
        **detail(standing),
        "records": records(standing.records),
        "corrected": [correction(each) for each in standing.corrected],
    }


def _summary(standing: Standing) -> Object:
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
        "updates": len(standing.records),
        "evidence": standing.evidence,
        "actors": [_actor(each) for each in standing.actors],
        "tags": list(recommendation.tags),
        "ongoing": recommendation.ongoing,
        "due": _iso(standing.due),
        "first_due": _iso(standing.first_due),
        "moved": standing.moved,
        "overdue": standing.overdue,
        "parts": _parts(standing.parts),
    }


def _actor(actor: ActorStanding) -> Object:
    return {
        "name": actor.name,
        "status": actor.status,
        "since": _iso(actor.since),
        "response": actor.response,
    }


def _parts(parts: Iterable[Standing]) -> Object:
    counted: Counter[str] = Counter(each.status for each in parts)
    return {"total": counted.total(), "by_status": {**_NONE, **counted}}


def detail(standing: Standing) -> Object:
    """Return everything about one recommendation but its updates."""
    return {
        **_summary(standing),
        "summary": standing.recommendation.summary,
        "done_when": standing.recommendation.done_when,
        "source": standing.recommendation.source,
        "history": [
            {"date": _iso(each.date), "status": each.status, "by": each.by} for each in standing.history
        ],
    }


def _counts(counted: Progress) -> Object:
    return {
        "total": counted.total,
        "assessed": counted.assessed,
        "with_evidence": counted.with_evidence,
        "by_status": counted.by_status,
    }


def _name(path: str) -> str:
    """Return the name of a file, with escapes for bytes that are not UTF-8, which JSON cannot hold."""
    return path.encode(errors="backslashreplace").decode()


def _iso(date: dt.date | None) -> str | None:
    return date.isoformat() if date else None
