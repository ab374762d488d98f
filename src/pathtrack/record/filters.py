"""Which standings are wanted."""

from collections.abc import Sequence
from dataclasses import dataclass

from pathtrack.record import same
from pathtrack.record.model import Recommendation
from pathtrack.record.standings import Standing, is_stale
from pathtrack.record.status import Status


@dataclass(frozen=True)
class Filters:
    """Which standings are wanted: any value within a filter, and all filters together."""

    areas: Sequence[str] = ()
    statuses: Sequence[Status] = ()
    actors: Sequence[str] = ()
    words: Sequence[str] = ()
    stale: int | None = None
    overdue: bool = False

    def concern(self, recommendation: Recommendation) -> bool:
        """Return whether a recommendation may be wanted, however it stands."""
        return _any_same(self.areas, [recommendation.area]) and _any_same(self.actors, recommendation.actors)

    def admit(self, standing: Standing) -> bool:
        """Return whether a standing is wanted, of those that `concern`."""
        return (
            (not self.statuses or standing.status in self.statuses)
            and (not self.words or _mentions(standing, self.words))
            and (self.stale is None or is_stale(standing, days=self.stale))
            and (not self.overdue or standing.overdue)
        )


def _any_same(wanted: Sequence[str], words: Sequence[str]) -> bool:
    return not wanted or not set(map(same.word, wanted)).isdisjoint(map(same.word, words))


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
    haystack = same.word("\n".join(filter(None, texts)))
    return any(same.word(word) in haystack for word in words)
