"""What a report says, before it has a format."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple
from urllib.parse import urlsplit

from pathtrack.export import Period
from pathtrack.record import crosswalk
from pathtrack.record.corrections import Corrected, day_known
from pathtrack.record.crosswalk import Scheme
from pathtrack.record.model import Evidence
from pathtrack.record.progress import Progress, progress
from pathtrack.record.sources import Sources
from pathtrack.record.standings import Standing
from pathtrack.record.status import Kind, Status
from pathtrack.record.view import Changes, View, with_parts
from pathtrack.show import words
from pathtrack.show.actors import actors
from pathtrack.text import count, day, is_safe_address


@dataclass(frozen=True)
class Content:
    """A view with its sources numbered in the order in which a reader meets them.

    With a scheme, that body's words are shown beside our statuses.
    """

    view: View
    period: Period | None = None
    scheme: Scheme | None = None

    @cached_property
    def changes(self) -> Changes | None:
        """What changed since a date; None if no date is given."""
        since, until, recorded_since = self.period or Period()
        start = since or recorded_since
        return self.view.changes(since=start, until=until, recorded=not since) if start else None

    @cached_property
    def areas(self) -> dict[str, tuple[Standing, ...]]:
        """The standings by area; a part stands under its whole, and by itself only where that is left out."""
        wholes = {each.recommendation.id for each in self.view.standings}
        groups = (
            (area, tuple(each for each in members if each.whole not in wholes))
            for area, members in self.view.by_area.items()
        )
        return {area: members for area, members in groups if members}

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """The standings in the order of the report: by area."""
        return tuple(each for members in self.areas.values() for each in members)

    @cached_property
    def matrix(self) -> list[tuple[str, Progress]]:
        """The counts of each area, parts apart, and a last row of their sum."""
        whole_of = self.view.tracker.whole_of
        counted = [
            (area, progress(each for each in members if not whole_of(each.recommendation)))
            for area, members in self.areas.items()
        ]
        return [*counted, (words.of_all("all", self.areas), self.view.progress)]

    @cached_property
    def rows(self) -> tuple[Standing, ...]:
        """The standings, each before its parts, since what happened to a part is shown too."""
        return tuple(with_parts(self.standings))

    @cached_property
    def _cited(self) -> Sources:
        """All citations, oldest first, so that the newest completes what is known about each source.

        Also those of what is not shown: a copy is recorded once for all that cites its source.
        """
        known = self.view.ledger.up_to(self.view.as_of, by=self.view.by)
        return Sources(each for update in known for each in update.evidence)

    @cached_property
    def notes(self) -> dict[Evidence, int]:
        """What is cited, a source at one of its places each, with its number as a reader meets them."""
        changed = self.changes.changed if self.changes else ()
        first = (each for change in changed for update in change.updates for each in update.evidence)
        met = (self.source(each) for each in (*first, *(one for row in self.rows for one in row.citations)))
        return {source: number for number, source in enumerate(dict.fromkeys(met), 1)}

    @cached_property
    def sources(self) -> tuple[Evidence, ...]:
        """Each distinct source, with everything known about it."""
        cited = (self._cited.place(each) for standing in self.rows for each in standing.citations)
        return tuple(self._cited[place] for place in dict.fromkeys(cited))

    def source(self, citation: Evidence) -> Evidence:
        """Return everything known about the cited source, with the place and words of this citation."""
        found = self._cited.of(citation)
        if (citation.locator, citation.quote) == (found.locator, found.quote):
            return found
        return replace(found, locator=citation.locator, quote=citation.quote)

    @cached_property
    def corrected(self) -> tuple[Corrected, ...]:
        """The corrections of what the report shows."""
        return tuple(dict.fromkeys(each for standing in self.rows for each in standing.corrected))

    @cached_property
    def names_assessors(self) -> bool:
        """Whether several have judged, so that each judgement needs a name beside it."""
        return len({each.by for each in self.view.updates}) > 1

    @cached_property
    def late(self) -> int:
        """How many updates were typed in after the day they describe."""
        return sum(day_known(each) > each.date for each in self.view.updates)

    @property
    def reversals(self) -> tuple[Standing, ...]:
        """What was once achieved and no longer is, which comes first."""
        return tuple(each for each in self.rows if each.status is Status.REVERSED)

    def beside(self, status: Status) -> str:
        """Return what is shown beside a status: `GAO: Open`; nothing without a scheme."""
        if self.scheme is None:
            return ""
        return f"{self.scheme.body}: {crosswalk.theirs(status, self.scheme) or 'no word'}"

    def method(self) -> list[str]:
        """Return how the record was made and what it does not cover, one fact per item."""
        counted, kinds = self.view.progress, Counter(each.kind for each in self.sources)
        by_kind = ", ".join(
            _of_kind(number, kind) for kind, number in sorted(kinds.items(), key=lambda each: -each[1])
        )
        unassessed = f"{counted.total - counted.assessed} of {count(counted.total, 'recommendation')}"
        recorded = count(len(self.view.updates), "update")
        judged = f"{unassessed} not assessed: nobody has judged them, which says nothing about the world."
        hindsight = f"{self.late} of {recorded} typed in after the day they describe"
        said = "what it said" if len(self.corrected) == 1 else "what they said"
        corrected = f"{count(len(self.corrected), 'update')} corrected since; {said} is listed separately."
        return [
            *([judged] if counted.assessed < counted.total else ()),
            f"{recorded} with {count(len(self.sources), 'distinct source')}{by_kind and f': {by_kind}'}.",
            *self._archived(),
            *([f"{hindsight}: read them as written with hindsight."] if self.view.updates else ()),
            "A status is that of the newest update with one. Old updates stay; mistakes are corrected.",
            *([corrected] if self.corrected else ()),
            *(crosswalk.losses(self.scheme) if self.scheme else ()),
        ]

    def _archived(self) -> Iterator[str]:
        """Yield how many of the sources that have an address will outlast it."""
        public = [each for each in self.sources if each.url]
        kept = sum(bool(each.archive) for each in public)
        if public:
            yield f"{kept} of {count(len(public), 'source')} with an address archived."


def _of_kind(number: int, kind: Kind | None) -> str:
    """Return how many sources are of a kind: 2 statements, 1 news item, 3 of no stated kind."""
    noun = "news item" if kind is Kind.NEWS else kind
    return count(number, noun) if noun else f"{number} of no stated kind"


def citation(evidence: Evidence) -> str:
    """Return a source without its address and quotation: who published what, where in it, when."""
    found = (evidence.publisher, evidence.title, evidence.locator, day(evidence.date), evidence.kind)
    return ", ".join(filter(None, (*found, evidence.lang, words.where_read(evidence))))


def on_paper(address: str) -> str:
    """Return an address to type: without https:// and a final slash."""
    return address.removeprefix("https://").removeprefix("http://").removesuffix("/")


def label(evidence: Evidence) -> str:
    """Return a source as a link to its address shows it, by its host where it has no name."""
    cited, url = citation(evidence), evidence.url
    if not url or evidence.publisher or evidence.title or not is_safe_address(url):
        return cited
    return ", ".join(filter(None, (urlsplit(url).hostname, cited)))


class Listed(NamedTuple):
    """Facts of one sort, under a heading."""

    heading: str
    items: tuple[str, ...]


def involved(standing: Standing) -> Listed:
    """Return what each actor did and answered."""
    found = tuple(actors(standing))
    heading = "What each body did and answered" if found and found[0][1] else "What was answered"
    items = tuple(f"{name}: {status or ''}{told}" for name, status, told in found)
    return Listed(heading, items or tuple(filter(None, [standing.response])))


def parts(standing: Standing) -> Listed:
    """Return how each part stands."""
    found = ((each.recommendation, f"{each.status}{words.since(each.since)}") for each in standing.parts)
    items = tuple(f"{part.id}: {words.without_stop(part.title)} ({stands})" for part, stands in found)
    return Listed(f"Parts ({words.parts(standing)})", items)


def verdict(standing: Standing) -> str:
    """Return where it stands, and of whom that is said if not of the whole."""
    of = ", ".join(standing.judgement.actors) if standing.judgement else ""
    return f"{of}: {standing.verdict}" if of and standing.verdict else standing.verdict
