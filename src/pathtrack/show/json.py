"""The JSON object that each command prints."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from pydantic import TypeAdapter

from pathtrack.record.checks import Finding, Severity
from pathtrack.record.model import Update
from pathtrack.record.standings import Change, Progress, Standing, View, judgements
from pathtrack.record.standings import progress as count_by_status
from pathtrack.record.status import DEFINITIONS

Object = dict[str, object]
_UPDATES = TypeAdapter(tuple[Update, ...])


def envelope(command: str, *, file: Path | None, as_of: dt.date, content: Object) -> Object:
    """Put a payload into the object that says what it is; `file` is None for the shipped tracker."""
    return {
        "schema": f"pathtrack.{command}/1",
        "file": str(file.absolute()) if file else None,
        "as_of": as_of.isoformat(),
        **content,
    }


def overview(view: View) -> Object:
    """Return the counts of a tracker."""
    return progress(view)


def listing(view: View) -> Object:
    """Return what `list` knows of each recommendation."""
    return {"recommendations": [_summary(each) for each in view.standings]}


def pages(view: View) -> Object:
    """Return everything known of each recommendation."""
    return {
        "recommendations": [{**detail(each), "records": _records(each.records)} for each in view.standings]
    }


def progress(view: View) -> Object:
    """Return the counts over all and by area."""
    areas = [{"area": area, **_counts(count_by_status(members))} for area, members in view.by_area.items()]
    return {**_counts(view.progress), "areas": areas}


def comparison(view: View) -> Object:
    """Return what each assessor judged last of each recommendation."""
    return {
        "recommendations": [
            {
                "id": identifier,
                "judgements": [
                    {"by": each.by, "status": each.status.value, "date": each.date.isoformat()}
                    for each in given
                ],
            }
            for identifier, given in judgements(view).items()
        ]
    }


def changes(found: Iterable[Change], *, since: dt.date, until: dt.date) -> Object:
    """Return where each recommendation that changed came from and went to."""
    return {
        "since": since.isoformat(),
        "until": until.isoformat(),
        "changes": [
            {
                "id": each.after.recommendation.id,
                "from": each.before.status.value,
                "to": each.after.status.value,
                "updates": len(each.updates),
                "evidence": each.evidence,
            }
            for each in found
        ],
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
                "severity": each.severity.value,
                "message": each.message,
                "file": file,
                "line": each.line or None,
            }
            for each in listed
        ],
    }


def statuses() -> Object:
    """Return the eight statuses with their meanings and crosswalk."""
    return {
        "statuses": [
            {"status": status.value, **{name: text or None for name, text in row._asdict().items()}}
            for status, row in DEFINITIONS.items()
        ]
    }


def timeline(_view: View, updates: Iterable[Update]) -> Object:
    """Return updates with every key present."""
    return {"updates": _records(updates)}


def _records(updates: Iterable[Update]) -> list[Object]:
    return [*_UPDATES.dump_python(tuple(updates), mode="json")]


def _summary(standing: Standing) -> Object:
    recommendation = standing.recommendation
    return {
        "id": recommendation.id,
        "area": recommendation.area,
        "title": recommendation.title,
        "ref": recommendation.ref,
        "status": standing.status.value,
        "since": _iso(standing.since),
        "last_update": _iso(standing.last_update),
        "updates": len(standing.records),
        "evidence": standing.evidence,
        "actors": list(recommendation.actors),
        "ongoing": recommendation.ongoing,
        "due": _iso(recommendation.due),
        "overdue": standing.overdue,
    }


def detail(standing: Standing) -> Object:
    """Return all of one recommendation but its updates."""
    return {
        **_summary(standing),
        "summary": standing.recommendation.summary,
        "done_when": standing.recommendation.done_when,
        "source": standing.recommendation.source,
        "history": [
            {"date": _iso(each.date), "status": each.status.value, "by": each.by} for each in standing.history
        ],
    }


def _counts(counted: Progress) -> Object:
    return {
        "total": counted.total,
        "assessed": counted.assessed,
        "with_evidence": counted.with_evidence,
        "by_status": {status.value: number for status, number in counted.by_status.items()},
    }


def _iso(date: dt.date | None) -> str | None:
    return date.isoformat() if date else None
