"""What a board is told on two pages: the counts, what changed and why, what is late, and what comes next."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from pathtrack.export.brief.points import Group, Point, groups, named
from pathtrack.export.content import Content, citation
from pathtrack.record.corrections import day_known
from pathtrack.record.model import Evidence
from pathtrack.record.progress import Progress, progress
from pathtrack.record.status import Status
from pathtrack.show import words
from pathtrack.text import count, day

_ROOM = 74
"""How many lines two pages of A4 have for statements and sources."""
_WIDTH, _SMALL_WIDTH = 95, 115
"""How many characters a line of a statement and of a source has."""
_HEADING = 3
"""How many lines a heading is as high as."""
_MONTH = 31
"""After how many days of a month hindsight begins."""


class Statement(NamedTuple):
    """One line: the recommendation it is about, if it is about one, what is said of it, and the sources."""

    about: str
    title: str
    said: str
    sources: tuple[Evidence, ...]


class Section(NamedTuple):
    """Statements under a heading, and in words what did not fit."""

    heading: str
    statements: tuple[Statement, ...]
    rest: str


class Counts(NamedTuple):
    """A row of counts, and what day they are of."""

    label: str
    counted: Progress


@dataclass(frozen=True)
class Brief:
    """The content of the two pages."""

    content: Content
    counts: tuple[Counts, ...]
    """Those before the period, if there is one, and those of now."""
    sections: tuple[Section, ...]

    @cached_property
    def numbers(self) -> dict[Evidence, int]:
        """The numbers of the cited sources, in the order in which a reader meets them."""
        cited = (each for part in self.sections for line in part.statements for each in line.sources)
        return {source: number for number, source in enumerate(dict.fromkeys(cited), 1)}

    @property
    def now(self) -> Progress:
        """The counts of now."""
        return self.counts[-1].counted

    @property
    def statuses(self) -> list[Status]:
        """The statuses of the table of counts: those that occur, and the one that is wanted of all."""
        occurring = {
            status for row in self.counts for status, number in row.counted.by_status.items() if number
        }
        return [each for each in Status if each in occurring | {Status.IMPLEMENTED}]

    @property
    def headline(self) -> str:
        """How many are implemented, of how many, and how many were; and how many of their parts."""
        now, done = self.now, Status.IMPLEMENTED
        was = f" (was {self.counts[0].counted.by_status[done]})" if len(self.counts) > 1 else ""
        rows = self.content.rows
        parts = [each.status for each in rows if each.whole]
        of_parts = f"; {parts.count(done)} of {count(len(parts), 'part')}" if parts else ""
        return f"{now.by_status[done]} of {count(now.total, 'recommendation')} implemented{was}{of_parts}"

    @property
    def remarks(self) -> list[str]:
        """How to read it: as of when, by whose account, and what it does not say."""
        view, now = self.content.view, self.now
        judges = dict.fromkeys(each.by for each in view.updates if each.status)
        late = sum((day_known(each) - each.date).days > _MONTH for each in view.updates)
        recorded = f"{late} of {count(len(view.updates), 'update')} recorded"
        hindsight = f"{recorded} more than a month after the day they describe"
        unassessed = f"{now.total - now.assessed} of {now.total} not assessed: nobody has judged them"
        found = [words.as_of(view), f"judged by {', '.join(judges)}" if judges else ""]
        found += [unassessed if now.assessed < now.total else "", self._lateness, hindsight if late else ""]
        return [words.sentence(each) for each in found if each]

    @property
    def _lateness(self) -> str:
        """Why there is no section of what is overdue, if there is none."""
        rows = self.content.rows
        if not any(each.due for each in rows):
            return "no target date is on record"
        return "" if any(each.overdue for each in rows) else "nothing is overdue"


def brief(content: Content) -> Brief:
    """Return what the two pages say."""
    found = [each for each in groups(content) if each.points]
    kept, told, names = _fitting(found), set[int](), content.names_assessors
    sections = []
    for group, number in zip(found, kept, strict=True):
        statements = tuple(_statement(each, told, names=names) for each in group.points[:number])
        sections.append(Section(group.heading, statements, _rest(group.points[number:])))
    return Brief(content, tuple(_counts(content)), tuple(sections))


def _counts(content: Content) -> Iterator[Counts]:
    view, found = content.view, content.changes
    if found:
        before = {each.after.recommendation.id: each.before for each in found.changed}
        tops = (each for each in view.standings if not view.tracker.whole_of(each.recommendation))
        was = progress(before.get(each.recommendation.id, each) for each in tops)
        yield Counts(f"was, before {day(found.since)}", was)
    yield Counts(f"is, {day(view.as_of)}", view.progress)


def _statement(point: Point, told: set[int], *, names: bool) -> Statement:
    """Return a statement; what an update says is told once, where it comes first, and by whose account."""
    said = point.fact
    for update in point.updates:
        if id(update) in told:
            said += ", as told above" if update is point.updates[0] else ""
            continue
        told.add(id(update))
        date, by = day(update.date), f", {update.by}" if names else ""
        # Not "stalled since 2 May 2025. 2 May 2025: …"
        when = "" if said.endswith(date) else f"{words.sentence(said)[len(said) :]} {date}"
        said += f"{when}{by}: {words.summary(update)}"
    ended = words.sentence(said)
    said = said[:1] + ended[1:] if point.title else ended
    said += " No source on record." if point.title and not point.sources else ""
    return Statement(point.about, words.without_stop(point.title), said, point.sources)


def _fitting(groups: Sequence[Group]) -> list[int]:
    """Return how many points of each group fit: first a share of each, then the rest by urgency."""
    room, kept = _ROOM, [0] * len(groups)
    places = sorted(range(len(groups)), key=lambda place: groups[place].urgency)
    whole = sum(each.share for each in groups)
    for most in ([_ROOM * each.share // whole for each in groups], [_ROOM] * len(groups)):
        for place in places:
            points, left = groups[place].points, most[place]
            while kept[place] < len(points):
                lines = _lines(points[kept[place]]) + (0 if kept[place] else _HEADING)
                if lines > min(room, left):
                    break
                kept[place], room, left = kept[place] + 1, room - lines, left - lines
    return kept


def _lines(point: Point) -> int:
    text = f"{point.about} {point.title}: {point.fact}"
    text += "".join(f". 30 Sep 2025, {each.by}: {words.summary(each)}" for each in point.updates)
    sources = sum(math.ceil(len(f"{citation(each)}: {each.url}") / _SMALL_WIDTH) for each in point.sources)
    return math.ceil(len(text) / _WIDTH) + sources


def _rest(points: Sequence[Point]) -> str:
    ids = named([each.about for each in points])
    return words.sentence(f"{len(points)} more, in the full report: {ids}") if points else ""
