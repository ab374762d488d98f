"""What a brief may say, before its two pages are filled."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from pathtrack.export.content import Content
from pathtrack.record.corrections import Corrected
from pathtrack.record.model import Evidence, Update
from pathtrack.record.standings import ENDED, Standing
from pathtrack.record.status import Kind, Response, Status
from pathtrack.record.view import Change
from pathtrack.show import words
from pathtrack.show.changes import late
from pathtrack.show.corrections import told
from pathtrack.text import count, day

_CITED = 2
"""How many sources of an update are cited."""
_NAMED = 40
"""How many of those that do not fit are named."""


class Point(NamedTuple):
    """What may become a statement, with the updates whose first sentences say why."""

    about: str
    title: str
    fact: str
    updates: tuple[Update, ...]
    sources: tuple[Evidence, ...]


class Group(NamedTuple):
    """Points of one sort."""

    heading: str
    urgency: int
    """Which group gets room first."""
    points: list[Point]
    share: int = 1
    """How much room it may have before all others have theirs."""


def groups(content: Content) -> Iterator[Group]:
    """Yield what may be said, in the order of the page."""
    rows, found = content.rows, content.changes
    if found:
        nothing = "no status changed" if found.changed or found.corrected else "nothing was recorded"
        moved = [_changed(each, content) for each in found.changed if each.is_new_status]
        points = moved or [Point("", "", nothing, (), ())]
        clock = "was recorded" if found.recorded else "changed"
        yield Group(f"What {clock} from {day(found.since)} to {day(found.until)}", 1, points, share=3)
    for status, urgency in ((Status.REVERSED, 0), (Status.STALLED, 2)):
        members = [each for each in rows if each.status is status]
        yield Group(status.capitalize(), urgency, [_judged(each, content) for each in members])
    yield Group("Overdue", 3, [_due(each, content) for each in rows if each.overdue])
    yield Group("Awaited", 4, _awaited(content))
    coming = [each for each in rows if each.due and not each.overdue and each.status not in ENDED]
    coming.sort(key=lambda each: each.due or each.as_of)
    yield Group("What comes next", 5, [_due(each, content) for each in coming])
    if found:
        yield Group("Corrected", 6, [_corrected(each, content) for each in found.corrected])
        still = [_changed(each, content) for each in found.changed if not each.is_new_status]
        told = late(found)
        yield Group("Recorded of earlier days", 7, [Point("", "", told, (), ())] if told else [])
        yield Group("Recorded, with the status unchanged", 8, still)
    else:
        newest = sorted((each for each in rows if each.judgement), key=_day_judged, reverse=True)
        yield Group("Judged last", 6, [_judged(each, content) for each in newest])


def _day_judged(standing: Standing) -> int:
    return standing.last_judged.toordinal() if standing.last_judged else 0


def _changed(change: Change, content: Content) -> Point:
    """Return what became of a recommendation, by the update that moved it, or else the newest judgement."""
    before, after, new = change.before.status, change.after, change.updates
    of_whole = [each for each in new if each.judges_whole]
    movers = [each for each in of_whole if (each.status, each.date) == (after.status, after.since)]
    told = (movers[:1] or of_whole[-1:] or [each for each in new if each.note][-1:] or new[-1:])[0]
    fact = f"from {before} to {after.status}" if change.is_new_status else f"still {before}"
    point = _point(after, fact, told, content)
    new_sources = _cited((one for each in new for one in each.evidence), content)
    return point if point.sources else point._replace(sources=new_sources)


def _corrected(each: Corrected, content: Content) -> Point:
    """Return a correction; what was withdrawn is no reason to look at its sources."""
    said, about = told(each), ", ".join(each.update.recommendations)
    return Point(about, "", f"{said.opening}{said.rest}", (), _cited(each.correction.evidence, content))


def _judged(standing: Standing, content: Content) -> Point:
    return _point(standing, _stands(standing), standing.judgement, content)


def _stands(standing: Standing) -> str:
    return f"{standing.status}{words.since(standing.since)}"


def _due(standing: Standing, content: Content) -> Point:
    """Return a target date, by the update that set it or else by the report, and the status."""
    refused = f"; answered: {standing.answer}" if standing.answer == Response.REJECTED else ""
    fact = f"{words.due(standing)}; {_stands(standing)}{refused}"
    setting = [each for each in standing.updates if each.due == standing.due]
    source = _cited(setting[-1].evidence, content)[:1] if setting else _report(content)
    judged = _cited(standing.judgement.evidence, content)[:1] if standing.judgement else ()
    title = standing.recommendation.title
    return Point(standing.recommendation.id, title, fact, (), tuple(dict.fromkeys((*source, *judged))))


def _awaited(content: Content) -> list[Point]:
    tops = [each for each in content.standings if each.recommendation.actors]
    waiting = [each.recommendation.id for each in tops if each.is_awaited]
    if not waiting:
        return []
    asked = f"{len(waiting)} of {count(len(tops), 'recommendation')} that name an addressee"
    fact = f"those asked have not said on record whether they accept {asked}"
    return [Point("", "", f"{fact}: {named(waiting)}", (), _report(content))]


def _point(standing: Standing, fact: str, told: Update | None, content: Content) -> Point:
    """Return a point told by an update, and by what was noted last since the newest judgement."""
    asked, newest = standing.recommendation, standing.events[-1:]
    updates = (told, *(each for each in newest if each is not told)) if told else ()
    cited = (one for each in updates for one in each.evidence[: _CITED // len(updates)])
    return Point(asked.id, asked.title, fact, updates, _cited(cited, content))


def _cited(sources: Iterable[Evidence], content: Content) -> tuple[Evidence, ...]:
    """Return the first sources, without their words and copies: those are in the full report."""
    found = (replace(content.source(each), quote=None, archive=None) for each in sources)
    return tuple(dict.fromkeys(found))[:_CITED]


def _report(content: Content) -> tuple[Evidence, ...]:
    """Return the report as a source, if it has an address: its title stands above the page."""
    given = content.view.tracker.report
    if not given.url:
        return ()
    title, publisher, published = given.title, given.publisher, given.published
    return (Evidence(title=title, publisher=publisher, url=given.url, date=published, kind=Kind.REPORT),)


def named(ids: Sequence[str]) -> str:
    """Return the first ids of many."""
    return ", ".join(ids[:_NAMED]) + (", …" if len(ids) > _NAMED else "")
