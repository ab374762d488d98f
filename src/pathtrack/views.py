"""What the commands show, as plain rows of cells and lines of styled words."""

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pathtrack.checks import Finding, Severity
from pathtrack.model import Evidence, Update
from pathtrack.state import Change, Standing, View, judgements, progress
from pathtrack.status import DEFINITIONS, Status
from pathtrack.text import count, day, first_sentence, is_safe_address, paragraphs, safe_line

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
    return (
        f"{number}, {counted.assessed} assessed, {implemented} implemented, as of {day(view.as_of)}{record}"
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
    for area, members in {**view.by_area, "total": view.standings}.items():
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
        return f"Judged {update.status}."
    return "Searched, and found nothing." if update.searched and not update.evidence else "New evidence."


def status_rows() -> Iterator[Row]:
    """Yield status, meaning, wants, and the nearest words of GAO, CSC and OGP."""
    for status, definition in DEFINITIONS.items():
        yield (status, *definition)


def pages(view: View) -> Iterator[Line]:
    """Yield the pages of all standings in view, one after the other."""
    for standing in view.standings:
        yield from page(standing)


def page(standing: Standing) -> Iterator[Line]:
    """Yield the page of one recommendation: what is asked, how it stands, and every update."""
    recommendation = standing.recommendation
    yield _line(Span(recommendation.id, "title"), Span(f"  {recommendation.title}", "title"))
    facts = [recommendation.area, recommendation.ref, "ongoing" if recommendation.ongoing else None]
    if recommendation.actors:
        facts.append(f"asked of {', '.join(recommendation.actors)}")
    if recommendation.due:
        facts.append(f"due {day(recommendation.due)}{', overdue' if standing.overdue else ''}")
    yield _line(Span(" | ".join(filter(None, facts)), "dim"))
    yield Line()
    yield _line(status_span(standing.status), Span(_standing_facts(standing)))
    yield from _section("What is asked", recommendation.summary)
    yield from _section("Test for done", recommendation.done_when)
    if recommendation.source:
        yield from _heading("Imported with")
        yield from (_line(Span(f"{name}: {text}"), indent=2) for name, text in recommendation.source.items())
    if standing.history:
        yield from _heading("Status history")
        for change in standing.history:
            yield _line(
                Span(f"{day(change.date):>11}  "),
                status_span(change.status),
                Span(f"  {change.by}", "dim"),
                indent=2,
            )
    yield from _heading(f"Updates ({len(standing.records)})")
    numbers = itertools.count(1)
    for update in standing.records:
        yield from _update(update, numbers)
    if not standing.records:
        yield _line(Span("None yet."), indent=2)
        yield Line()


def finding_lines(findings: Iterable[Finding], *, file: str) -> Iterator[str]:
    """Yield a line for each finding, as compilers write them, and a last line that counts them."""
    errors = warnings = 0
    for each in findings:
        errors += each.severity is Severity.ERROR
        warnings += each.severity is Severity.WARNING
        where = f"{file}:{each.line}" if each.line else file
        yield safe_line(f"{where}: {each.severity}: {each.message} [{each.code}]")
    yield f"{count(errors, 'error')}, {count(warnings, 'warning')}"


def plain(line: Line) -> str:
    """Return a line as plain text."""
    return (" " * line.indent + line.mark + "".join(span.text for span in line.spans)).rstrip()


def status_span(status: Status) -> Span:
    """Return a status with its symbol."""
    return Span(f"{SYMBOLS[status]} {status}", status)


def _standing_facts(standing: Standing) -> str:
    facts = [f" since {day(standing.since)}" if standing.since else ""]
    if standing.last_update:
        facts.append(f"last update {day(standing.last_update)}")
    facts += [count(standing.evidence, "source"), f"as of {day(standing.as_of)}"]
    return ", ".join(facts)


def _update(update: Update, numbers: Iterator[int]) -> Iterator[Line]:
    recorded = f", recorded {day(update.recorded.date())}" if update.recorded else ""
    status = status_span(update.status) if update.status else Span("note")
    yield _line(
        Span(f"{day(update.date):>11}  "), status, Span(f"  by {update.by}{recorded}", "dim"), indent=2
    )
    yield from (_line(Span(text), indent=6) for text in paragraphs(update.note or ""))
    if update.searched:
        yield _line(Span(f"Searched: {'; '.join(update.searched)}"), indent=6)
    for each, number in zip(update.evidence, numbers, strict=False):
        yield from _evidence(each, f"{number}. ")
    yield Line()


def _evidence(evidence: Evidence, mark: str) -> Iterator[Line]:
    address = evidence.url if evidence.url and is_safe_address(evidence.url) else None
    facts = [evidence.publisher, day(evidence.date), evidence.kind]
    title = Span(evidence.title or evidence.url or "", "", address)
    told = _line(title, Span("".join(f", {fact}" for fact in facts if fact), "dim"), indent=6)
    yield told._replace(mark=mark)
    for label, text in (("", evidence.url if evidence.title else None), ("archived ", evidence.archive)):
        if text:
            yield _line(
                Span(label, "dim"), Span(text, "dim", text if is_safe_address(text) else None), indent=8
            )


def _section(name: str, text: str | None) -> Iterator[Line]:
    if text:
        yield from _heading(name)
        yield from (_line(Span(line), indent=2) for line in paragraphs(text))


def _heading(name: str) -> Iterator[Line]:
    yield Line()
    yield _line(Span(name, "heading"))


def _line(*spans: Span, indent: int = 0) -> Line:
    return Line(tuple(span._replace(text=safe_line(span.text)) for span in spans), indent)


def _iso(date: dt.date | None) -> str:
    return date.isoformat() if date else ""
