"""A tracker as one JSON document, and the JSON Schema of such documents."""

import datetime as dt
import json
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from pathtrack.record.model import CLOSED, Report, Tracker, Update
from pathtrack.record.standings import View
from pathtrack.record.status import Status
from pathtrack.show import json as payload
from pathtrack.text import escaped

SCHEMA = "pathtrack.export/1"


class Part(BaseModel):
    """A part of the document; unknown keys are refused."""

    model_config = CLOSED


class Counts(Part):
    """How many recommendations stand where."""

    total: int
    assessed: int
    with_evidence: int
    by_status: dict[Status, int]


class AreaCounts(Counts):
    """The counts of one area."""

    area: str


class Progress(Counts):
    """The counts of all areas."""

    areas: tuple[AreaCounts, ...]


class Judgement(Part):
    """A change of status."""

    date: dt.date
    status: Status
    by: str


class RecommendationState(Part):
    """One recommendation and how it stands."""

    id: str
    area: str
    title: str
    ref: str | None
    status: Status
    since: dt.date | None
    last_update: dt.date | None
    updates: int
    evidence: int
    actors: tuple[str, ...]
    ongoing: bool
    due: dt.date | None
    overdue: bool
    summary: str | None
    done_when: str | None
    source: dict[str, str]
    history: tuple[Judgement, ...]


class Export(Part):
    """A tracker as of a date: the report, how its recommendations stand, and every update until then."""

    model_config = ConfigDict(title=SCHEMA, json_schema_extra={"$id": SCHEMA})

    schema_: Literal["pathtrack.export/1"] = Field(alias="schema")
    as_of: dt.date
    report: Report
    progress: Progress
    recommendations: tuple[RecommendationState, ...]
    updates: tuple[Update, ...]


def render(view: View) -> str:
    """Return the document as JSON text."""
    content = {
        "schema": SCHEMA,
        "as_of": view.as_of.isoformat(),
        "report": view.tracker.report,
        "progress": payload.progress(view),
        "recommendations": [payload.detail(each) for each in view.standings],
        "updates": view.updates,
    }
    document = Export.model_validate(content)
    return escaped(document.model_dump_json(by_alias=True, indent=2)) + "\n"


def export_schema() -> str:
    """Return the JSON Schema of the document."""
    return _schema(Export)


def file_schema() -> str:
    """Return the JSON Schema of a tracker's TOML file."""
    return _schema(Tracker)


def _schema(model: type) -> str:
    described = TypeAdapter(model).json_schema(mode="serialization" if model is Export else "validation")
    return (
        json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema", **described}, indent=2) + "\n"
    )
