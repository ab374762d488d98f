"""What a report says, before it has a format."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from pathtrack.model import Evidence, Update
from pathtrack.state import Standing, View
from pathtrack.status import Status
from pathtrack.text import count, day, first_sentence


@dataclass(frozen=True)
class Content:
    """A view with its sources numbered in the order in which a reader meets them."""

    view: View

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """The standings in the order of the report: by area."""
        return tuple(each for members in self.view.by_area.values() for each in members)

    @cached_property
    def sources(self) -> dict[str, Evidence]:
        """Each distinct source once, by its identity."""
        found: dict[str, Evidence] = {}
        for update in self._updates:
            for each in update.evidence:
                found.setdefault(each.identity, each)
        return found

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each source, from 1."""
        return {identity: number for number, identity in enumerate(self.sources, start=1)}

    @property
    def reversals(self) -> tuple[Standing, ...]:
        """What was once achieved and is no more: told first."""
        return tuple(each for each in self.standings if each.status is Status.REVERSED)

    def method(self) -> list[str]:
        """Say how the record was made and what it does not cover, one fact an item."""
        counted, kinds = (
            self.view.progress,
            Counter(each.kind or "no kind given" for each in self.sources.values()),
        )
        updates = list(dict.fromkeys(self._updates))
        late = sum(each.recorded is not None and each.recorded.date() > each.date for each in updates)
        by_kind = ", ".join(
            f"{number} {kind}" for kind, number in sorted(kinds.items(), key=lambda each: -each[1])
        )
        unassessed = f"{counted.total - counted.assessed} of {count(counted.total, 'recommendation')}"
        recorded = count(len(updates), "update")
        return [
            f"{unassessed} not assessed: nobody has judged them, which says nothing about the world.",
            f"{recorded} with {count(len(self.sources), 'distinct source')}{by_kind and f': {by_kind}'}.",
            f"{late} of {recorded} typed in after the day they are about: read them as made with hindsight.",
            "A status is that of the newest update that has one. Old updates stay; newer ones correct them.",
        ]

    @property
    def _updates(self) -> Iterable[Update]:
        return (update for standing in self.standings for update in standing.records)


def deed(update: Update) -> str:
    """Say in one sentence what an update records."""
    if update.note:
        return first_sentence(update.note)
    if update.status:
        return f"Judged {update.status}."
    return "Searched, and found nothing." if update.searched and not update.evidence else "New evidence."


def citation(evidence: Evidence) -> str:
    """Name a source but for its address: publisher, title, date, kind."""
    parts = (evidence.publisher, evidence.title, day(evidence.date), evidence.kind)
    return ", ".join(filter(None, parts))
