"""Rows for a pipe: cells separated by tabs, nothing cut."""

import datetime as dt
from collections.abc import Iterable, Sequence

from pathtrack.record.checks import Finding
from pathtrack.record.model import Update
from pathtrack.record.standings import Change, View, judgements
from pathtrack.record.standings import progress as count_by_status
from pathtrack.record.status import DEFINITIONS
from pathtrack.show import pages as layout
from pathtrack.show import words
from pathtrack.text import safe_line

Lines = Iterable[str]


def overview(view: View) -> Lines:
    """Return the page of a tracker at a glance."""
    return map(words.flat, layout.overview(view))


def listing(view: View) -> Lines:
    """Yield id, area, status, since, last update, evidence and title of each standing."""
    for each in view.standings:
        recommendation = each.recommendation
        dates = (_iso(each.since), _iso(each.last_update))
        yield _row(
            recommendation.id,
            recommendation.area,
            each.status,
            *dates,
            str(each.evidence),
            recommendation.title,
        )


def pages(view: View) -> Lines:
    """Return the page of each recommendation."""
    return map(words.flat, layout.shown(view))


def progress(view: View) -> Lines:
    """Yield area, total, assessed, with evidence and the eight counts, for each area and for `total`."""
    for area, members in (*view.by_area.items(), ("total", view.standings)):
        counted = count_by_status(members)
        numbers = (counted.total, counted.assessed, counted.with_evidence, *counted.by_status.values())
        yield _row(area, *map(str, numbers))


def timeline(_view: View, updates: Sequence[Update]) -> Lines:
    """Yield date, ids, status, who judged, number of sources and what happened, of each update."""
    for each in updates:
        ids = " ".join(each.recommendations)
        deed = words.deed(each)
        yield _row(each.date.isoformat(), ids, each.status or "", each.by, str(len(each.evidence)), deed)


def changes(found: Sequence[Change], *, since: dt.date, until: dt.date) -> Lines:  # noqa: ARG001 the form's signature
    """Yield id, from, to, new updates, new sources and title of each recommendation that changed."""
    for each in found:
        recommendation, numbers = each.after.recommendation, (len(each.updates), each.evidence)
        moved = (each.before.status, each.after.status)
        yield _row(recommendation.id, *moved, *map(str, numbers), recommendation.title)


def comparison(view: View) -> Lines:
    """Yield id, assessor, status and date of each judgement that is somebody's newest."""
    for identifier, given in judgements(view).items():
        yield from (_row(identifier, each.by, each.status, each.date.isoformat()) for each in given)


def statuses() -> Lines:
    """Yield status, meaning, wants, and the nearest words of GAO, CSC and OGP."""
    return (_row(status, *definition) for status, definition in DEFINITIONS.items())


def findings(found: Sequence[Finding], *, file: str) -> Lines:
    """Return a line for each finding, and one that counts them."""
    return words.finding_lines(found, file=file)


def _row(*cells: str) -> str:
    return "\t".join(map(safe_line, cells))


def _iso(date: dt.date | None) -> str:
    return date.isoformat() if date else ""
