"""A tracker as one JSON document, and the JSON Schema of such documents."""

import datetime as dt
import json
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from pathtrack.file.whole import Whole
from pathtrack.record.model import CLOSED, Evidence, Report
from pathtrack.record.status import Confidence, Response, Status
from pathtrack.record.types import Date
from pathtrack.record.view import View
from pathtrack.show import json as shown
from pathtrack.show import objects

SCHEMA = "pathtrack.export/1"


class Part(BaseModel):
    """A part of the document; unknown keys are refused."""

    model_config = CLOSED


class Counts(Part):
    """How many recommendations have which status."""

    total: int
    assessed: int
    with_evidence: int
    by_status: dict[Status, int]


class AreaCounts(Counts):
    """The counts of one area."""

    area: str


class Parts(Part):
    """How many parts there are, and how many have which status."""

    total: int
    by_status: dict[Status, int]


class NamedParts(Parts):
    """The parts of one recommendation."""

    ids: tuple[str, ...]


class Progress(Counts):
    """The counts of all areas, and those of each answer that was given."""

    by_response: dict[str, dict[Status, int]]
    parts: Parts
    areas: tuple[AreaCounts, ...]


class Judgement(Part):
    """A change of status."""

    date: Date
    status: Status
    by: str


class Actor(Part):
    """What one actor did and answered."""

    name: str
    status: Status
    since: Date | None
    response: Response | None


class Record(Part):
    """An update that counts."""

    id: str
    date: Date
    recorded: dt.datetime | None
    by: str
    recommendations: tuple[str, ...]
    actors: tuple[str, ...]
    status: Status | None
    confidence: Confidence | None
    response: Response | None
    due: Date | None
    note: str | None
    searched: tuple[str, ...]
    corrects: str | None
    reason: str | None
    typed_by: str | None
    evidence: tuple[Evidence, ...]


class Correction(Part):
    """An update that was replaced or withdrawn, and by what."""

    id: str
    corrected_by: str
    reason: str
    recorded: dt.datetime | None
    by: str
    typed_by: str | None
    record: Record
    replacement: Record | None


class RecommendationState(Part):
    """One recommendation and how it stands."""

    id: str
    part_of: str | None
    area: str
    title: str
    ref: str | None
    status: Status
    confidence: Confidence | None
    since: Date | None
    last_update: Date | None
    last_judged: Date | None
    updates: int
    evidence: int
    actors: tuple[Actor, ...]
    tags: tuple[str, ...]
    ongoing: bool
    due: Date | None
    first_due: Date | None
    moved: int
    overdue: bool
    parts: NamedParts
    summary: str | None
    done_when: str | None
    source: dict[str, str]
    history: tuple[Judgement, ...]


class Export(Part):
    """A tracker as of a date: the report, how its recommendations stand, and every update up to then."""

    model_config = ConfigDict(title=SCHEMA, json_schema_extra={"$id": SCHEMA})

    schema_: Literal["pathtrack.export/1"] = Field(alias="schema")
    as_of: dt.date
    scope: str | None
    """How many recommendations these are and by what they were chosen, if they are not all."""
    report: Report
    progress: Progress
    recommendations: tuple[RecommendationState, ...]
    updates: tuple[Record, ...]
    corrected: tuple[Correction, ...]


def render(view: View) -> str:
    """Return the document as JSON text."""
    content = {
        "schema": SCHEMA,
        "as_of": view.as_of.isoformat(),
        "scope": view.scope if view.filters.words else None,
        "report": TypeAdapter(Report).dump_python(view.tracker.report, mode="json"),
        "progress": shown.progress(view),
        "recommendations": [objects.detail(each) for each in view.rows],
        "updates": objects.records(view.updates),
        "corrected": [objects.correction(each) for each in view.corrected],
    }
    return f"{shown.text(content)}\n"


def export_schema() -> str:
    """Return the JSON Schema of the document."""
    return _schema(Export)


def file_schema() -> str:
    """Return the JSON Schema of a tracker's TOML file."""
    return _schema(Whole)


def _schema(model: type) -> str:
    # Of the export, what is written; of a tracker, what a person may write.
    described = TypeAdapter(model).json_schema(mode="serialization" if model is Export else "validation")
    return (
        json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema", **described}, indent=2) + "\n"
    )
