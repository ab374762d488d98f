"""Rows for a pipe: cells separated by tabs, nothing cut."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from pathtrack.record.corrections import update_id
from pathtrack.record.model import Update
from pathtrack.record.progress import Progress
from pathtrack.record.progress import progress as count_by_status
from pathtrack.record.status import DEFINITIONS, Status
from pathtrack.record.view import Changes, View, judgements
from pathtrack.show import pages as layout
from pathtrack.show import words
from pathtrack.text import safe_line

if TYPE_CHECKING:
    from pathtrack.record.finding import Finding
    from pathtrack.record.together import Together

Lines = Iterable[str]


def overview(view: View) -> Lines:
    """Return the page of a tracker at a glance."""
    return map(words.flat, layout.overview(view))


def listing(view: View, *, header: bool = False) -> Lines:
    """Yield id, area, status, since, last update, evidence and title of each standing, and what was found."""
    searched = bool(view.filters.texts)
    if header:
        names = ("id", "area", "status", "since", "last_update", "evidence", "title")
        yield _row(*names, *(["found"] if searched else ()))
    for each in view.standings:
        recommendation = each.recommendation
        dates = (_iso(each.shown.since), _iso(each.last_update))
        yield _row(
            recommendation.id,
            each.area,
            each.shown.status,
            *dates,
            str(each.source_count),
            recommendation.title,
            *([words.found(view, each)] if searched else ()),
        )


def moves(view: View, *, header: bool = False) -> Lines:
    """Yield actor, id, area, status, target date and title of what each actor still has to do."""
    if header:
        yield _row("actor", "id", "area", "status", "due", "title")
    for actor, members in view.moves.items():
        for each in members:
            recommendation = each.recommendation
            facts = (recommendation.id, each.area, each.shown.status, str(each.due or ""))
            yield _row(actor, *facts, recommendation.title)


def answers(view: View, *, header: bool = False) -> Lines:
    """Yield each answer with its total and the eight counts, and a last row for `total`."""
    if header:
        yield _row("answer", "total", *Status)
    for answer, counts in view.progress.by_answer.items():
        yield _row(answer, str(sum(counts.values())), *map(str, counts.values()))
    yield _row("total", str(view.progress.total), *map(str, view.progress.by_status.values()))


def pages(view: View) -> Lines:
    """Return the page of each recommendation."""
    return map(words.flat, layout.shown(view))


def progress(view: View, *, header: bool = False) -> Lines:
    """Yield area, total, assessed, with evidence and the eight counts, for each area and for `total`."""
    if header:
        yield _row("area", "total", "assessed", "with_evidence", *Status)
    for area, members in (*view.by_area.items(), (words.of_all("total", view.by_area), view.standings)):
        counted = count_by_status(members)
        yield _row(area, *_numbers(counted))


def years(view: View, *, header: bool = False) -> Lines:
    """Yield year, updates, total, assessed, with evidence and the eight counts at the end of each year."""
    if header:
        yield _row("year", "updates", "total", "assessed", "with_evidence", *Status)
    for year, updates, assessed, with_evidence, by_status in view.years:
        numbers = (year, updates, view.progress.total, assessed, with_evidence, *by_status.values())
        yield _row(*map(str, numbers))


def reports(found: "Together", *, header: bool = False) -> Lines:
    """Yield file, title and the counts of each report, and a last row for `total`."""
    if header:
        yield _row("file", "title", "total", "assessed", "with_evidence", *Status)
    for path, view in found.views.items():
        yield _row(path, view.tracker.report.title, *_numbers(view.progress))
    yield _row("total", found.number, *_numbers(found.progress))


def lists(found: "Together", *, by_actor: bool = False, header: bool = False) -> Lines:
    """Yield the rows of each report with its file before them."""
    for number, (path, view) in enumerate(found.views.items()):
        rows = (moves if by_actor else listing)(view, header=header and not number)
        for place, row in enumerate(rows):
            names = header and not by_actor and not number and not place
            yield f"{'file' if names else safe_line(path)}\t{row}"


def timeline(_view: View, updates: Sequence[Update], *, header: bool = False) -> Lines:
    """Yield date, ids, status, who judged, number of sources, what happened and the id of each update."""
    if header:
        yield _row("date", "ids", "status", "by", "evidence", "summary", "id")
    for each in updates:
        ids, what, number = " ".join(each.recommendations), words.summary(each), str(len(each.evidence))
        what += f" (corrects {each.corrects})" if each.corrects else ""
        yield _row(str(each.date), ids, each.status or "", each.by, number, what, update_id(each))


def changes(found: Changes) -> Lines:
    """Return text that can be pasted into an email: what changed, when, why, and the sources."""
    return map(safe_line, words.change_lines(found))


def comparison(view: View, *, header: bool = False) -> Lines:
    """Yield id, assessor, status and date of each assessor's newest judgement."""
    if header:
        yield _row("id", "by", "status", "date")
    for identifier, given in judgements(view).items():
        yield from (_row(identifier, each.by, each.status, each.date.isoformat()) for each in given)


def statuses() -> Lines:
    """Yield status, meaning, wants, and the nearest words of GAO, CSC and OGP."""
    return (_row(status, *definition) for status, definition in DEFINITIONS.items())


def findings(found: "Sequence[Finding]", *, file: str) -> Lines:
    """Return a line for each finding, and one that counts them."""
    return words.finding_lines(found, file=file)


def _numbers(counted: Progress) -> Iterator[str]:
    numbers = (counted.total, counted.assessed, counted.with_evidence, *counted.by_status.values())
    return map(str, numbers)


def _row(*cells: str) -> str:
    # Nearly all rows are safe as they are, which one look at all cells shows.
    return "\t".join(cells if "".join(cells).isprintable() else map(safe_line, cells))


def _iso(date: dt.date | None) -> str:
    return date.isoformat() if date else ""
