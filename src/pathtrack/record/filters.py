"""Which standings are wanted."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from pathtrack.record import same
from pathtrack.record.model import Recommendation
from pathtrack.record.standings import Standing
from pathtrack.record.status import Response, Status
from pathtrack.text import day

_AROUND = 40
"""How many characters are shown on both sides of what was found."""


class Found(NamedTuple):
    """Where a text was found, and what is around it."""

    where: str
    excerpt: str


@dataclass(frozen=True)
class Filters:
    """Which standings are wanted: any value within a filter, and all filters together."""

    areas: Sequence[str] = ()
    tags: Sequence[str] = ()
    statuses: Sequence[Status] = ()
    responses: Sequence[Response] = ()
    actors: Sequence[str] = ()
    texts: Sequence[str] = ()
    stale: int | None = None
    overdue: bool = False
    slipped: bool = False
    awaiting: bool = False
    unsourced: bool = False

    @property
    def words(self) -> str:
        """These filters in words, to stand behind a number: defense, stalled or reversed."""
        asked = ("asked of ", self.actors), ("tagged ", self.tags), ("answered ", self.responses)
        named = (
            ("", self.areas),
            ("", self.statuses),
            *asked,
            ("mentioning ", [f"“{each}”" for each in self.texts]),
        )
        found = [f"{before}{' or '.join(given)}" for before, given in named if given]
        found += [f"not judged in {self.stale} days"] if self.stale is not None else []
        flags = {
            "overdue": self.overdue,
            "with a moved target date": self.slipped,
            "without an answer on record": self.awaiting,
            "without sources": self.unsourced,
        }
        return ", ".join((*found, *(told for told, wanted in flags.items() if wanted)))

    def concern(self, recommendation: Recommendation) -> bool:
        """Return whether a recommendation may be wanted, however it stands."""
        return (not self.areas or same.word(recommendation.area) in self._areas) and (
            not self.tags or _any_same(self.tags, recommendation.tags)
        )

    @cached_property
    def _areas(self) -> frozenset[str]:
        return frozenset(map(same.word, self.areas))

    def found(self, standing: Standing) -> Iterator[Found]:
        """Yield where the texts that are searched for stand: what is asked, then the newest update first."""
        words = [(each, same.word(each)) for each in self.texts]
        for where, text in _texts(standing) if words else ():
            folded = same.word(text or "")
            wanted = next((each for each, word in words if word in folded), None)
            if text and wanted is not None:
                yield Found(where, _excerpt(text, wanted))

    def admit(self, standing: Standing) -> bool:
        """Return whether a standing is wanted, among those that `concern`."""
        return (
            (not self.statuses or standing.shown.status in self.statuses)
            and (not self.responses or _answered(standing, self.responses))
            and (not self.actors or _any_same(self.actors, [each.name for each in standing.actors]))
            and (not self.texts or any(True for _ in self.found(standing)))
            and (self.stale is None or standing.is_stale(days=self.stale))
            and (not self.overdue or standing.overdue)
            and (not self.slipped or standing.moved > 0)
            and (not self.awaiting or standing.is_awaited)
            and not (self.unsourced and standing.source_count)
        )


ALL = Filters()
"""Nothing is left out."""


def _answered(standing: Standing, responses: Sequence[Response]) -> bool:
    answers = [standing.response, *(each.response for each in standing.actors)]
    return not set(responses).isdisjoint(filter(None, answers))


def _any_same(wanted: Sequence[str], words: Sequence[str]) -> bool:
    return not set(map(same.word, wanted)).isdisjoint(map(same.word, words))


def _texts(standing: Standing) -> Iterator[tuple[str, str | None]]:
    """Yield where something is said about a recommendation, and what."""
    asked = standing.recommendation
    yield from (("id", asked.id), ("title", asked.title), ("reference", asked.ref))
    yield from (("summary", asked.summary), ("test for done", asked.done_when))
    yield from (("addressee", each) for each in asked.actors)
    for update in reversed(standing.updates):
        on = day(update.date)
        yield f"note of {on}", update.note
        for each in update.evidence:
            yield from ((f"source of {on}", text) for text in (each.title, each.publisher, each.url))


def _excerpt(text: str, wanted: str) -> str:
    """Return what is around a word in a text, or the beginning where it is written otherwise there."""
    flat = " ".join(text.split())
    found = re.search(re.escape(" ".join(wanted.split())), flat, re.IGNORECASE)
    start, end = max((found.start() if found else 0) - _AROUND, 0), (found.end() if found else 0) + _AROUND
    return f"{'…' if start else ''}{flat[start:end].strip()}{'…' if end < len(flat) else ''}"
