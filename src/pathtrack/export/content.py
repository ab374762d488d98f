"""What a report says, before it has a format."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from pathtrack.record import crosswalk
from pathtrack.record.crosswalk import Scheme
from pathtrack.record.model import Evidence
from pathtrack.record.standings import Change, Standing, View
from pathtrack.record.status import Status
from pathtrack.text import count, day


@dataclass(frozen=True)
class Content:
    """A view with its sources numbered in the order in which a reader meets them.

    With a scheme, that body's words stand beside our statuses.
    """

    view: View
    since: dt.date | None = None
    scheme: Scheme | None = None

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """What changed after `since`, or nothing where no such date is given."""
        return () if self.since is None else self.view.changes(since=self.since)

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """The standings in the order of the report: by area."""
        return tuple(each for members in self.view.by_area.values() for each in members)

    @cached_property
    def sources(self) -> dict[str, Evidence]:
        """Each distinct source once, by its identity."""
        found: dict[str, Evidence] = {}
        for standing in self.standings:
            for update in standing.records:
                for each in update.evidence:
                    found.setdefault(each.identity, each)
        return found

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each source, from 1."""
        return {identity: number for number, identity in enumerate(self.sources, start=1)}

    @cached_property
    def names_assessors(self) -> bool:
        """Whether several have judged, so that each judgement needs a name beside it."""
        return len({each.by for each in self.view.updates}) > 1

    @property
    def reversals(self) -> tuple[Standing, ...]:
        """What was once achieved and is no more: told first."""
        return tuple(each for each in self.standings if each.status is Status.REVERSED)

    def beside(self, status: Status) -> str:
        """Return what stands beside a status: `GAO: Open`; nothing without a scheme."""
        if self.scheme is None:
            return ""
        return f"{self.scheme.body}: {crosswalk.theirs(status, self.scheme) or 'no word'}"

    def method(self) -> list[str]:
        """Say how the record was made and what it does not cover, one fact an item."""
        counted, kinds = (
            self.view.progress,
            Counter(each.kind or "no kind given" for each in self.sources.values()),
        )
        updates = self.view.updates
        late = sum(each.recorded is not None and each.recorded.date() > each.date for each in updates)
        by_kind = ", ".join(
            f"{number} {kind}" for kind, number in sorted(kinds.items(), key=lambda each: -each[1])
        )
        unassessed = f"{counted.total - counted.assessed} of {count(counted.total, 'recommendation')}"
        recorded = count(len(updates), "update")
        judged = f"{unassessed} not assessed: nobody has judged them, which says nothing about the world."
        hindsight = (
            f"{late} of {recorded} typed in after the day they are about: read them as made with hindsight."
        )
        return [
            *([judged] if counted.total else ()),
            f"{recorded} with {count(len(self.sources), 'distinct source')}{by_kind and f': {by_kind}'}.",
            *([hindsight] if updates else ()),
            "A status is that of the newest update that has one. Old updates stay; newer ones correct them.",
            *(crosswalk.losses(self.scheme) if self.scheme else ()),
        ]


def moved(change: Change) -> str:
    """Say from where to where a recommendation went, and on how much."""
    before, after = change.before.status, change.after.status
    move = f"{before} to {after}" if before is not after else f"still {after}"
    return f"{move} ({count(len(change.updates), 'update')}, {count(change.evidence, 'new source')})"


def citation(evidence: Evidence) -> str:
    """Name a source but for its address: publisher, title, date, kind."""
    parts = (evidence.publisher, evidence.title, day(evidence.date), evidence.kind)
    return ", ".join(filter(None, parts))
