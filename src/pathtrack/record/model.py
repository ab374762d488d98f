"""Report, Recommendation, Update, Evidence and Tracker as frozen, strictly typed values.

Unknown keys are refused. As in TOML, lists become tuples and strings become members of enumerations; nothing
else is converted.
"""

import dataclasses
from collections.abc import Iterable
from functools import cached_property
from typing import Annotated

from pydantic import ConfigDict, FailFast
from pydantic.dataclasses import dataclass

from pathtrack.record import same
from pathtrack.record.status import Confidence, Kind, Response, Status
from pathtrack.record.types import (
    Area,
    Date,
    Fingerprint,
    Flag,
    Id,
    Ids,
    Language,
    Line,
    Lines,
    Moment,
    Prose,
    Quotation,
    Reference,
    References,
    Text,
)

CLOSED = ConfigDict(extra="forbid")
"""Unknown keys are refused."""


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class Report:
    """The published report being tracked."""

    title: Line
    publisher: Line | None = None
    url: Line | None = None
    published: Date | None = None
    areas: Lines = ()
    method: Prose | None = None
    site: Line | None = None
    contact: Line | None = None
    licence: Line | None = None
    language: Language | None = None


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class Recommendation:
    """One thing the report asks for."""

    id: Id
    area: Area = ""
    title: Line
    part_of: Reference | None = None
    ref: Line | None = None
    summary: Prose | None = None
    actors: Lines = ()
    tags: Lines = ()
    ongoing: Flag = False
    done_when: Prose | None = None
    due: Date | None = None
    formerly: Ids = ()
    source: dict[Text, Text] = dataclasses.field(default_factory=dict)

    def __post_init__(self) -> None:
        if not (self.area or self.part_of):
            raise ValueError("'area' is missing")


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class Evidence:
    """A source that supports an update; it has an address or at least a title."""

    title: Line | None = None
    publisher: Line | None = None
    url: Line | None = None
    date: Date | None = None
    kind: Kind | None = None
    archive: Line | None = None
    quote: Quotation | None = None
    locator: Line | None = None
    lang: Language | None = None
    via: Line | None = None

    def __post_init__(self) -> None:
        if not (self.title or self.url):
            raise ValueError("evidence needs a 'url' or a 'title'")


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class Update:
    """One dated record about one or more recommendations, or the correction of an earlier one.

    With `actors` it is about what they did, otherwise about the whole. `corrects` is the id of an update that
    this one replaces or, if it has nothing else to say, withdraws; `typed_by` is who typed the correction,
    where that is not who judges.
    """

    date: Date
    recorded: Moment | None = None
    by: Line
    recommendations: References
    actors: Lines = ()
    status: Status | None = None
    confidence: Confidence | None = None
    response: Response | None = None
    due: Date | None = None
    note: Prose | None = None
    searched: Lines = ()
    corrects: Fingerprint | None = None
    reason: Line | None = None
    typed_by: Line | None = None
    evidence: Annotated[tuple[Evidence, ...], FailFast()] = ()

    def __post_init__(self) -> None:
        if self.confidence and not self.status:
            raise ValueError("'confidence' needs a 'status'")
        if not (self.says_something or self.corrects):
            raise ValueError(f"an update needs at least one of {', '.join(map(repr, _SAYING))}")
        if self.corrects and not self.reason:
            raise ValueError("a correction needs a 'reason'")
        if (self.reason or self.typed_by) and not self.corrects:
            raise ValueError("'reason' and 'typed_by' need 'corrects'")

    @property
    def says_something(self) -> bool:
        """Whether it records anything; a withdrawal does not."""
        return bool(self.status or self.note or self.evidence or self.searched or self.response or self.due)

    @property
    def judges_whole(self) -> bool:
        """Whether it gives the status of the whole rather than that of actors."""
        return self.status is not None and not self.actors


_SAYING = ("status", "response", "due", "note", "evidence", "searched")


# Its parts were checked when they were made. Without slots, since what is derived is kept beside the fields.
@dataclasses.dataclass(frozen=True, kw_only=True)
class Tracker:
    """One file: a report, its recommendations and the updates about them, in file order."""

    report: Report
    recommendations: tuple[Recommendation, ...] = ()
    updates: tuple[Update, ...] = ()

    @property
    def areas(self) -> tuple[str, ...]:
        """The areas in order of display: the report's, then others by first use."""
        return tuple(dict.fromkeys(self._areas.values()))

    @property
    def actors(self) -> tuple[str, ...]:
        """Those who are asked to act or have acted, by first appearance in the file."""
        return _distinct((*self.asked, *(actor for each in self.updates for actor in each.actors)))

    @property
    def asked(self) -> tuple[str, ...]:
        """Those who are asked to act, by first appearance in the file."""
        return _distinct(actor for each in self.recommendations for actor in each.actors)

    @property
    def assessors(self) -> tuple[str, ...]:
        """Those who have judged, by first appearance in the file."""
        return _distinct(update.by for update in self.updates)

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags, by first appearance in the file."""
        return _distinct(tag for each in self.recommendations for tag in each.tags)

    def whole_of(self, recommendation: Recommendation) -> Recommendation | None:
        """Return what a recommendation is a part of; None if that is unknown, or itself a part."""
        if not recommendation.part_of:
            return None
        return self._wholes.get(self.names.get(key(recommendation.part_of), ""))

    def asked_of(self, recommendation: Recommendation) -> tuple[str, ...]:
        """Return who is asked to act; a part that names nobody asks whom its whole asks."""
        whole = None if recommendation.actors else self.whole_of(recommendation)
        return whole.actors if whole else recommendation.actors

    def name_of_whole(self, recommendation: Recommendation) -> str:
        """Return the id of what a recommendation is a part of, as it is spelled there, if any."""
        whole = self.whole_of(recommendation)
        return whole.id if whole else recommendation.part_of or ""

    def area_of(self, recommendation: Recommendation) -> str:
        """Return the area of a recommendation as it was first spelled; a part may have its whole's."""
        whole = None if recommendation.area else self.whole_of(recommendation)
        area = whole.area if whole else recommendation.area
        return self._areas.get(area, area)

    def keys_of(self, update: Update) -> frozenset[str]:
        """Return the keys of the recommendations an update is about; for a renamed id, the current one."""
        keys = frozenset(map(key, update.recommendations))
        return frozenset(self._former.get(each, each) for each in keys) if self._former else keys

    @cached_property
    def names(self) -> dict[str, str]:
        """The key of each recommendation by the key of every id it has or had; ids in use come first."""
        return {**self._former, **{name: name for name in (key(each.id) for each in self.recommendations)}}

    @cached_property
    def _former(self) -> dict[str, str]:
        """The key of each renamed recommendation, by those of its former ids that are no longer in use."""
        renamed = [each for each in reversed(self.recommendations) if each.formerly]
        used = {key(each.id) for each in self.recommendations} if renamed else set()
        former = {key(name): key(each.id) for each in renamed for name in each.formerly}
        return {name: now for name, now in former.items() if name not in used}

    @cached_property
    def _wholes(self) -> dict[str, Recommendation]:
        """What can have parts."""
        # Reversed, so that of two with one id the first counts.
        return {key(each.id): each for each in reversed(self.recommendations) if not each.part_of}

    @cached_property
    def _areas(self) -> dict[str, str]:
        """Each area as it was first spelled, by every way in which it is spelled."""
        given = (each.area for each in self.recommendations if each.area)
        named = dict.fromkeys((*self.report.areas, *given))
        first = same.spellings(named)
        return {each: first[same.word(each)] for each in named}


def _distinct(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(same.spellings(dict.fromkeys(words)).values())


Value = Report | Recommendation | Evidence | Update


key = str.lower
"""Returns what identifies a recommendation: ids ignore case."""
