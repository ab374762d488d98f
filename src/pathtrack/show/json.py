"""The JSON object that each command prints."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from pydantic_core import to_json

from pathtrack.record.finding import Finding, Severity
from pathtrack.record.model import Update
from pathtrack.record.progress import progress as count_by_status
from pathtrack.record.status import DEFINITIONS
from pathtrack.record.view import Changes, View, judgements
from pathtrack.show import objects
from pathtrack.show.objects import Object
from pathtrack.text import escaped


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
    return {
        "recommendations": [{**objects.summary(each), "found": found[id(each)]} for each in view.standings]
    }


def moves(view: View) -> Object:
    """Return what each actor is asked and has neither done nor refused."""
    return {
        "actors": [
            {"name": name, "recommendations": [objects.summary(each) for each in members]}
            for name, members in view.moves.items()
        ]
    }


def pages(view: View) -> Object:
    """Return everything known of each recommendation."""
    return {"recommendations": [objects.page(each) for each in view.standings]}


def progress(view: View, *, header: bool = False) -> Object:  # noqa: ARG001 likewise
    """Return the counts over all and by area."""
    areas = [
        {"area": area, **objects.counts(count_by_status(members))} for area, members in view.by_area.items()
    ]
    parts = objects.parts(part for each in view.standings for part in each.parts)
    return {
        **objects.counts(view.progress),
        "by_response": view.progress.by_answer,
        "parts": parts,
        "areas": areas,
    }


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
        "corrected": [objects.correction(each) for each in found.corrected],
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
    return {"updates": objects.records(updates)}


def _name(path: str) -> str:
    """Return the name of a file, with escapes for bytes that are not UTF-8, which JSON cannot hold."""
    return path.encode(errors="backslashreplace").decode()
