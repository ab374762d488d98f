"""A tracker's file as one value: its JSON Schema, and its reader where it cannot be read in pieces."""

from pydantic import TypeAdapter
from pydantic.dataclasses import dataclass

from pathtrack.record.model import CLOSED, Recommendation, Report, Tracker, Update


@dataclass(frozen=True, slots=True, kw_only=True, config={**CLOSED, "title": "Tracker"})
class Whole:
    """One file: a report, its recommendations and the updates about them, in file order."""

    report: Report
    recommendation: tuple[Recommendation, ...] = ()
    update: tuple[Update, ...] = ()


_WHOLE = TypeAdapter(Whole)


def tracker(content: object) -> Tracker:
    """Return the tracker in the content of a file; ValidationError if it is not one."""
    whole = _WHOLE.validate_python(content)
    return Tracker(report=whole.report, recommendations=whole.recommendation, updates=whole.update)
