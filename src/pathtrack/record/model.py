"""Report, Recommendation, Update, Evidence and Tracker as frozen, strictly typed values.

They refuse unknown keys. As TOML has it, lists stand for tuples and strings
for enumerations; nothing else is converted.
"""

import datetime as dt
import unicodedata
from collections.abc import Mapping
from dataclasses import field
from typing import Annotated, Self

from pydantic import (
    AfterValidator,
    AwareDatetime,
    ConfigDict,
    Field,
    Strict,
    StringConstraints,
    model_validator,
)
from pydantic.dataclasses import dataclass

from pathtrack.record.status import Kind, Status


def _plain_newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _composed(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _whole_second_utc(moment: dt.datetime) -> dt.datetime:
    try:
        return moment.astimezone(dt.UTC).replace(microsecond=0)
    except OverflowError as error:
        raise ValueError("a moment outside the calendar") from error


Text = Annotated[str, Strict()]
Line = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=2_000, pattern=r"^[^\r\n]*$")]
Prose = Annotated[
    str, StringConstraints(strict=True, min_length=1, max_length=100_000), AfterValidator(_plain_newlines)
]
Id = Annotated[str, StringConstraints(strict=True, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$")]
Reference = Annotated[Line, AfterValidator(_composed)]
Day = Annotated[dt.date, Strict()]
Moment = Annotated[AwareDatetime, Strict(), AfterValidator(_whole_second_utc)]
Flag = Annotated[bool, Strict()]
CLOSED = ConfigDict(extra="forbid")
"""Unknown keys are refused."""


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class Report:
    """The published report being tracked."""

    title: Line
    publisher: Line | None = None
    url: Line | None = None
    areas: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class Recommendation:
    """One thing the report asks for."""

    id: Id
    area: Line
    title: Line
    ref: Line | None = None
    summary: Prose | None = None
    actors: tuple[Line, ...] = ()
    ongoing: Flag = False
    done_when: Prose | None = None
    due: Day | None = None
    source: dict[Text, Text] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class Evidence:
    """A source that supports an update; it has an address or at least a title."""

    title: Line | None = None
    publisher: Line | None = None
    url: Line | None = None
    date: Day | None = None
    kind: Kind | None = None
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


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class Update:
    """One dated record about one or more recommendations."""

    date: Day
    recorded: Moment | None = None
    by: Line
    recommendations: Annotated[tuple[Reference, ...], Field(min_length=1)]
    status: Status | None = None
    note: Prose | None = None
    searched: tuple[Line, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.status or self.note or self.evidence or self.searched):
            raise ValueError("an update needs at least one of 'status', 'note', 'evidence', 'searched'")
        return self


@dataclass(frozen=True, slots=True, kw_only=True, config={**CLOSED, "validate_by_name": True})
class Tracker:
    """One file: a report, its recommendations and the updates about them, in file order."""

    report: Report
    recommendations: Annotated[tuple[Recommendation, ...], Field(validation_alias="recommendation")] = ()
    updates: Annotated[tuple[Update, ...], Field(validation_alias="update")] = ()

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


Place = tuple[str | int, ...]
"""The way to a value from the top, such as `("update", 3, "evidence", 0, "kind")`."""
Value = Report | Recommendation | Evidence | Update


def key(identifier: str) -> str:
    """Return what identifies a recommendation: case does not matter in ids."""
    return identifier.lower()


def line_of(place: Place, lines: Mapping[Place, int]) -> int | None:
    """Return the line of a place, or of the nearest thing around it that is known."""
    return next((lines[place[:end]] for end in range(len(place), 0, -1) if place[:end] in lines), None)
