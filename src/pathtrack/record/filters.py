"""Which standings are wanted."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from pathtrack.record import same
from pathtrack.record.model import Recommendation
from pathtrack.record.standings import Standing, is_stale
from pathtrack.record.status import Response, Status


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

    def admit(self, standing: Standing) -> bool:
        """Return whether a standing is wanted, among those that `concern`."""
        return (
            (not self.statuses or standing.shown.status in self.statuses)
            and (not self.responses or _answered(standing, self.responses))
            and (not self.actors or _any_same(self.actors, [each.name for each in standing.actors]))
            and (not self.texts or _mentions(standing, self.texts))
            and (self.stale is None or is_stale(standing, days=self.stale))
            and (not self.overdue or standing.overdue)
            and (not self.slipped or standing.moved > 0)
            and (not self.awaiting or standing.is_awaited)
            and not (self.unsourced and standing.evidence)
        )


def _answered(standing: Standing, responses: Sequence[Response]) -> bool:
    answers = [standing.response, *(each.response for each in standing.actors)]
    return not set(responses).isdisjoint(filter(None, answers))


def _any_same(wanted: Sequence[str], words: Sequence[str]) -> bool:
    return not set(map(same.word, wanted)).isdisjoint(map(same.word, words))


def _mentions(standing: Standing, words: Sequence[str]) -> bool:
    recommendation = standing.recommendation
    texts = [
        recommendation.id,
        recommendation.title,
        recommendation.ref,
        recommendation.summary,
        recommendation.done_when,
        *recommendation.actors,
        *(update.note for update in standing.records),
        *(
            text
            for update in standing.records
            for each in update.evidence
            for text in (each.title, each.publisher, each.url)
        ),
    ]
    # Between texts stands what no command line can hold, so that nothing is found across two of them.
    haystack = same.word("\0".join(filter(None, texts)))
    return any(same.word(word) in haystack for word in words)
