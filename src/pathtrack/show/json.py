"""The JSON object that each command prints."""

import datetime as dt
from collections.abc import Callable, Iterable
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic_core import to_json

from pathtrack.errors import UsageError
from pathtrack.record.finding import Finding, Severity
from pathtrack.record.model import Update
from pathtrack.record.progress import progress as count_by_status
from pathtrack.record.status import DEFINITIONS
from pathtrack.record.view import Changes, View, judgements
from pathtrack.show import objects
from pathtrack.show.objects import Object
from pathtrack.text import escaped

if TYPE_CHECKING:
    from pathtrack.record.together import Together


_MOST_NAMES = 1_000_000
"""How many recommendations the updates of several pages may name: one about 10,000 is in all of theirs."""


def text(content: Object) -> str:
    """Return an object as text, indented, with escapes for what a terminal would obey."""
    # Python's own writer indents only in Python, and takes ten times as long.
    return escaped(to_json(content, indent=2).decode())


def envelope(command: str, *, file: Path | None, as_of: dt.date, content: Object) -> Object:
    """Return the object that holds a payload and says what it is; `file` is None for the shipped tracker."""
    return {
        "schema": f"pathtrack.{command}/1",
        "file": absolute(file) if file else None,
        "as_of": as_of.isoformat(),
        **content,
    }


def listing(view: View) -> Object:
    """Return what `list` knows of each recommendation."""
    found = {id(each): [one._asdict() for one in view.filters.found(each)] for each in view.standings}
    return {
        "recommendations": [{**objects.summary(each), "found": found[id(each)]} for each in view.standings]
    }


def moves(view: View) -> Object:
    """Return what each actor is asked and has neither done nor refused, by id; each is described once."""
    asked = {name: [each.recommendation.id for each in members] for name, members in view.moves.items()}
    listed = {each for members in asked.values() for each in members}
    return {
        "actors": [{"name": name, "recommendations": members} for name, members in asked.items()],
        "recommendations": [
            objects.summary(each) for each in view.standings if each.recommendation.id in listed
        ],
    }


def pages(view: View) -> Object:
    """Return everything known of each recommendation."""
    listed = (chain(each.updates, *each.corrected) for each in view.standings)
    named = sum(len(update.recommendations) for updates in listed for update in updates)
    if named > _MOST_NAMES and len(view.standings) > 1:
        what = "updates about so many recommendations would be repeated for each of them"
        todo = "'pathtrack timeline --json' has each update once, 'pathtrack list --json' all but the updates"
        raise UsageError(what, todo=todo)
    return {"recommendations": [objects.page(each) for each in view.standings]}


def progress(view: View) -> Object:
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


def years(view: View) -> Object:
    """Return the counts at the end of each year with updates."""
    total = view.progress.total
    return {"years": [{"total": total, **each._asdict()} for each in view.years]}


def reports(found: "Together") -> Object:
    """Return the counts of each report, and of all together."""
    return {
        **_together(found, lambda view: objects.counts(view.progress)),
        **objects.counts(found.progress),
    }


def lists(found: "Together", *, by_actor: bool = False) -> Object:
    """Return what `list` knows of each recommendation, by report, and how many each has."""
    listed = _together(found, lambda view: {"total": view.total, **(moves if by_actor else listing)(view)})
    return {"total": found.total, **listed}


def _together(found: "Together", content: Callable[[View], Object]) -> Object:
    """Return each report with its file, and those that cannot be read."""
    return {
        "reports": [
            {"file": absolute(Path(path)), "title": view.tracker.report.title, **content(view)}
            for path, view in found.views.items()
        ],
        "unreadable": [
            {"file": absolute(Path(path)), "error": error} for path, error in found.unreadable.items()
        ],
    }


def comparison(view: View) -> Object:
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
                "evidence": each.new_sources,
                "notes": [update.note for update in each.updates if update.note],
            }
            for each in found.changed
        ],
        "corrected": [objects.correction(each) for each in found.corrected],
        "late": objects.records(found.late),
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


def timeline(_view: View, updates: Iterable[Update]) -> Object:
    """Return updates with every key present."""
    return {"updates": objects.records(updates)}


def absolute(path: Path) -> str:
    """Return an absolute path as text, with escapes for bytes that are none."""
    return _name(str(path.absolute()))


def _name(path: str) -> str:
    """Return the name of a file, with escapes for bytes that are not UTF-8, which JSON cannot hold."""
    return path.encode(errors="backslashreplace").decode()
