"""Report, Recommendation, Update, Evidence and Tracker as frozen, strictly typed values."""

import datetime as dt
import unicodedata
from typing import Annotated, Self

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from pathtrack.status import Kind, Status


def _plain_newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _composed(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _whole_second_utc(moment: dt.datetime) -> dt.datetime:
    try:
        return moment.astimezone(dt.UTC).replace(microsecond=0)
    except OverflowError as error:
        raise ValueError("a moment outside the calendar") from error


Line = Annotated[str, StringConstraints(min_length=1, max_length=2_000, pattern=r"^[^\r\n]*$")]
Prose = Annotated[str, StringConstraints(min_length=1, max_length=100_000), AfterValidator(_plain_newlines)]
Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$")]
Reference = Annotated[Line, AfterValidator(_composed)]
Moment = Annotated[AwareDatetime, AfterValidator(_whole_second_utc)]
Word = Field(strict=False)  # TOML has no enumerations: a string stands for one
Many = Field(default=(), strict=False)  # and its arrays are lists


class Value(BaseModel):
    """A frozen value that refuses unknown keys and never converts types."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Report(Value):
    """The published report being tracked."""

    title: Line
    publisher: Line | None = None
    url: Line | None = None
    areas: tuple[Line, ...] = Many


class Recommendation(Value):
    """One thing the report asks for."""

    id: Id
    area: Line
    title: Line
    ref: Line | None = None
    summary: Prose | None = None
    actors: tuple[Line, ...] = Many
    ongoing: bool = False
    done_when: Prose | None = None
    due: dt.date | None = None
    source: dict[str, str] = Field(default_factory=dict)


class Evidence(Value):
    """A source that supports an update; it has an address or at least a title."""

    title: Line | None = None
    publisher: Line | None = None
    url: Line | None = None
    date: dt.date | None = None
    kind: Annotated[Kind, Word] | None = None
    archive: Line | None = None

    @model_validator(mode="after")
    def _can_be_found(self) -> Self:
        if not (self.title or self.url):
            raise ValueError("evidence needs a 'url' or a 'title'")
        return self

    @property
    def identity(self) -> str:
        """What makes two pieces of evidence the same one: the address, or the title without one."""
        return self.url or self.title or ""


class Update(Value):
    """One dated record about one or more recommendations."""

    date: dt.date
    recorded: Moment | None = None
    by: Line
    recommendations: tuple[Reference, ...] = Field(min_length=1, strict=False)
    status: Annotated[Status, Word] | None = None
    note: Prose | None = None
    searched: tuple[Line, ...] = Many
    evidence: tuple[Evidence, ...] = Many

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.status or self.note or self.evidence or self.searched):
            raise ValueError("an update needs at least one of 'status', 'note', 'evidence', 'searched'")
        return self


class Tracker(Value, validate_by_name=True, validate_by_alias=True):
    """One file: a report, its recommendations and the updates about them, in file order."""

    report: Report
    recommendations: tuple[Recommendation, ...] = Field(default=(), alias="recommendation", strict=False)
    updates: tuple[Update, ...] = Field(default=(), alias="update", strict=False)

    @property
    def areas(self) -> tuple[str, ...]:
        """The areas in order of display: the report's, then others by first use."""
        return tuple(dict.fromkeys((*self.report.areas, *(each.area for each in self.recommendations))))

    @property
    def actors(self) -> tuple[str, ...]:
        """Who is asked to act, by first appearance in the file."""
        return tuple(dict.fromkeys(actor for each in self.recommendations for actor in each.actors))

    @property
    def assessors(self) -> tuple[str, ...]:
        """Who has judged, by first appearance in the file."""
        return tuple(dict.fromkeys(update.by for update in self.updates))


def key(identifier: str) -> str:
    """Return what identifies a recommendation: case does not matter in ids."""
    return identifier.lower()
