"""What the commands show, as plain rows of cells and lines of styled words."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from pathtrack.model import Update
from pathtrack.state import Change, Standing, View, judgements, progress
from pathtrack.status import DEFINITIONS, Status
from pathtrack.text import count, day, first_sentence, safe_line

if TYPE_CHECKING:
    from pathtrack.checks import Finding

SYMBOLS = {
    Status.NOT_ASSESSED: "?",
    Status.NOT_STARTED: "◌",
    Status.IN_PROGRESS: "◔",
    Status.PARTIAL: "◕",
    Status.IMPLEMENTED: "✔",
    Status.STALLED: "!",
    Status.NOT_IMPLEMENTED: "✘",
    Status.REVERSED: "↺",
}
"""One narrow character for each status, so that colour is never needed (none is wide in Korean fonts)."""

Row = tuple[str, ...]


class Span(NamedTuple):
    """Words in one style: a Status, `title`, `heading`, `dim`, or nothing; `link` is a safe address."""

    text: str
    style: Status | str = ""
    link: str | None = None


class Line(NamedTuple):
    """A line of a page, wrapped where it must be and then indented as a whole."""

    spans: tuple[Span, ...] = ()
    indent: int = 0
    mark: str = ""
    """What stands before it, and under which it hangs."""


def headline(view: View) -> str:
    """Say in one line how many there are, how many are assessed and implemented, and as of when."""
    chosen, total = len(view.standings), len(view.tracker.recommendations)
    number = (
        count(total, "recommendation") if chosen == total else f"{chosen} of {count(total, 'recommendation')}"
    )
    counted, record = view.progress, f"; newest record {day(view.newest)}" if view.newest else ""
    implemented = counted.by_status[Status.IMPLEMENTED]
    late = sum(each.overdue for each in view.standings)
    overdue = f", {late} overdue" if late else ""
    return (
        f"{number}, {counted.assessed} assessed, {implemented} implemented{overdue}, as of {day(view.as_of)}"
        f"{record}"
    )


def list_rows(view: View) -> Iterator[Row]:
    """Yield id, area, status, since, last update, evidence and title of each standing."""
    for each in view.standings:
        recommendation = each.recommendation
        dates = (_iso(each.since), _iso(each.last_update))
        yield (
            recommendation.id,
            recommendation.area,
            each.status,
            *dates,
            str(each.evidence),
            recommendation.title,
        )


def progress_rows(view: View) -> Iterator[Row]:
    """Yield area, total, assessed, with evidence and the eight counts, for each area and for `total`."""
    for area, members in (*view.by_area.items(), ("total", view.standings)):
        counted = progress(members)
        numbers = (counted.total, counted.assessed, counted.with_evidence, *counted.by_status.values())
        yield area, *map(str, numbers)


def timeline_rows(updates: Iterable[Update]) -> Iterator[Row]:
    """Yield date, ids, status, who judged, number of sources and what happened, of each update."""
    for each in updates:
        ids = " ".join(each.recommendations)
        yield each.date.isoformat(), ids, each.status or "", each.by, str(len(each.evidence)), deed(each)


def change_rows(changes: Iterable[Change]) -> Iterator[Row]:
    """Yield id, from, to, new updates, new sources and title of each recommendation that changed."""
    for each in changes:
        recommendation, numbers = each.after.recommendation, (len(each.updates), each.evidence)
        moved = (each.before.status, each.after.status)
        yield recommendation.id, *moved, *map(str, numbers), recommendation.title


def compare_rows(view: View) -> Iterator[Row]:
    """Yield id, assessor, status and date of each judgement that is somebody's newest."""
    for identifier, given in judgements(view).items():
        yield from ((identifier, each.by, each.status, each.date.isoformat()) for each in given)


def deed(update: Update) -> str:
    """Say in one sentence what an update records."""
    if update.note:
        return first_sentence(update.note)
    if update.status:
        searched = f"; searched {'; '.join(update.searched)}" if update.searched else ""
        return f"Judged {update.status}{searched}."
    return "Searched, and found nothing." if update.searched and not update.evidence else "New evidence."


def last_deed(standing: Standing) -> str:
    """Say in one sentence what is newest of a recommendation, or nothing."""
    if standing.newest_note:
        return first_sentence(standing.newest_note)
    return deed(standing.records[-1]) if standing.records else ""


def status_rows() -> Iterator[Row]:
    """Yield status, meaning, wants, and the nearest words of GAO, CSC and OGP."""
    for status, definition in DEFINITIONS.items():
        yield (status, *definition)


def finding_lines(findings: "Iterable[Finding]", *, file: str) -> Iterator[str]:
    """Yield a line for each finding, as compilers write them, and a last line that counts them."""
    errors = warnings = 0
    for each in findings:
        errors += each.severity == "error"
        warnings += each.severity == "warning"
        where = f"{file}:{each.line}" if each.line else file
        yield safe_line(f"{where}: {each.severity}: {each.message} [{each.code}]")
    yield f"{count(errors, 'error')}, {count(warnings, 'warning')}"


def plain(line: Line) -> str:
    """Return a line as plain text."""
    return (" " * line.indent + line.mark + "".join(span.text for span in line.spans)).rstrip()


def status_span(status: Status) -> Span:
    """Return a status with its symbol."""
    return Span(f"{SYMBOLS[status]} {status}", status)


def _iso(date: dt.date | None) -> str:
    return date.isoformat() if date else ""
