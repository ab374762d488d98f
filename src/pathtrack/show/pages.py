"""Pages of styled lines: everything about one recommendation, and a tracker at a glance."""

import datetime as dt
import itertools
from collections.abc import Iterator

from pathtrack.record.archives import archived
from pathtrack.record.corrections import Corrected, update_id
from pathtrack.record.model import Evidence, Update
from pathtrack.record.standings import Standing
from pathtrack.record.view import View
from pathtrack.show import corrections
from pathtrack.show.actors import actors
from pathtrack.show.words import (
    Line,
    Span,
    dates,
    details,
    facts,
    headline,
    parts,
    sentence,
    since,
    status_span,
    summary,
    sure,
)
from pathtrack.text import count, day, is_safe_address, paragraphs, passages, safe_line

NEWEST = 3
"""How many updates an overview shows."""


def overview(view: View) -> Iterator[Line]:
    """Yield what a tracker is about, how its recommendations stand, and what happened last."""
    yield _line(Span(view.tracker.report.title, "title"))
    yield _line(Span(headline(view)))
    yield Line()
    for status, number in view.progress.by_status.items():
        if number:
            yield _line(Span(f"{number:>4}  "), status_span(status))
    if view.updates:
        yield from _heading("Newest")
    for each in view.updates[: -NEWEST - 1 : -1]:
        about = Span(f"  {', '.join(each.recommendations)}", "title")
        yield _line(Span(f"{day(each.date):>11}"), about, Span(f"  {summary(each)}"), indent=2)
    yield from _heading("Next")
    yield from (_line(Span(f"pathtrack {command}"), indent=2) for command in _next(view))


def _next(view: View) -> tuple[str, str, str]:
    if not view.standings:
        return 'add ID --area AREA --title "What is asked"', "import FILE.csv", "edit"
    newest = max(view.standings, key=lambda each: each.last_update or dt.date.min).recommendation.id
    return "list", f"show {newest}", f"update {newest} --status STATUS --evidence URL"


def shown(view: View) -> Iterator[Line]:
    """Yield everything about each recommendation in view, one after the other."""
    for standing in view.standings:
        yield from page(standing)


def page(standing: Standing) -> Iterator[Line]:
    """Yield the page of one recommendation: what is asked, how it stands, and every update."""
    recommendation = standing.recommendation
    yield _line(Span(recommendation.id, "title"), Span(f"  {recommendation.title}", "title"))
    yield _line(Span(" | ".join(_asked(standing)), "dim"))
    yield Line()
    yield _line(status_span(standing.status), Span(_standing_facts(standing)))
    yield from _section("What is asked", recommendation.summary)
    yield from _section("Test for done", recommendation.done_when)
    yield from _actors(standing)
    yield from _parts(standing)
    imported = {name: text for name, text in recommendation.source.items() if text.strip()}
    if imported:
        yield from _heading("Imported with")
        yield from (_line(Span(f"{name}: {text}"), indent=2) for name, text in imported.items())
    yield from _history(standing)
    yield from _records(standing)


def _asked(standing: Standing) -> Iterator[str]:
    """Yield where it belongs, who is asked, and by when."""
    yield standing.area
    if standing.whole:
        yield f"part of {standing.whole}"
    yield from facts(standing)


def _history(standing: Standing) -> Iterator[Line]:
    if standing.history:
        yield from _heading("Status history")
    for change in standing.history:
        yield _line(
            Span(f"{day(change.date):>11}  "),
            status_span(change.status),
            Span(f"  {change.by}", "dim"),
            indent=2,
        )


def _records(standing: Standing) -> Iterator[Line]:
    yield from _heading(f"Updates ({len(standing.updates)})")
    numbers = itertools.count(1)
    for update in standing.updates:
        yield from _update(update, numbers)
    if not standing.updates:
        yield _line(Span("None yet."), indent=2)
        yield Line()
    if standing.corrected:
        yield from _heading(f"Corrected ({len(standing.corrected)})")
        for each in standing.corrected:
            yield from _corrected(each)


def _parts(standing: Standing) -> Iterator[Line]:
    if standing.parts:
        yield from _heading(f"Parts ({parts(standing)})")
    for part in standing.parts:
        name = Span(f"  {part.recommendation.id} {part.recommendation.title}")
        yield _line(status_span(part.status), Span(since(part.since)), name, indent=2)


def _actors(standing: Standing) -> Iterator[Line]:
    """Yield what each actor did and answered, if any update names actors or an answer is on record."""
    found = list(actors(standing))
    if found or standing.response:
        told = any(status for _, status, _ in found)
        yield from _heading("What each body did and answered" if told else "What was answered")
    for name, status, behind in found:
        done = (status_span(status),) if status else ()
        yield _line(Span(f"{name}  "), *done, Span(behind), indent=2)
    if not found and standing.response:
        yield _line(Span(standing.response), indent=2)


def _standing_facts(standing: Standing) -> str:
    told = (f"{sure(standing.confidence)}{since(standing.since)}", *dates(standing))
    return ", ".join([*told, count(standing.source_count, "source"), f"as of {day(standing.as_of)}"])


def _update(update: Update, numbers: Iterator[int]) -> Iterator[Line]:
    recorded = f", recorded {day(update.recorded.date())}" if update.recorded else ""
    status = status_span(update.status) if update.status else Span(_kind(update))
    of = sure(update.confidence) + (f" of {', '.join(update.actors)}" if update.actors else "")
    replaced = f", corrects {update.corrects}" if update.corrects else ""
    behind = Span(f"{of}  by {update.by}{recorded}  [{update_id(update)}{replaced}]", "dim")
    yield _line(Span(f"{day(update.date):>11}  "), status, behind, indent=2)
    if update.response:
        yield _line(Span(f"Answered: {update.response}"), indent=6)
    if update.due:
        yield _line(Span(f"Target date: {day(update.due)}"), indent=6)
    yield from _prose(update.note, indent=6)
    if update.searched:
        yield _line(Span(f"Searched: {'; '.join(update.searched)}"), indent=6)
    # The evidence first: the other way round, zip takes one more number and drops it.
    for each, number in zip(update.evidence, numbers, strict=False):
        yield from _evidence(each, f"{number}. ")
    yield Line()


def _kind(update: Update) -> str:
    """Return what an update without a status is."""
    return "answer" if update.response else "target date" if update.due else "note"


def _corrected(each: Corrected) -> Iterator[Line]:
    """Yield what a corrected update said, and what became of it."""
    old = each.update
    status = status_span(old.status) if old.status else Span(_kind(old))
    behind = Span(f"  by {old.by}  [{update_id(old)}]", "dim")
    yield _line(Span(f"{day(old.date):>11}  "), status, behind, indent=2)
    yield from _prose(old.note, indent=6)
    yield _line(Span(sentence(corrections.line(each))), indent=6)
    yield from (_line(Span(text), indent=8) for text in corrections.details(each))
    yield Line()


def _evidence(evidence: Evidence, mark: str) -> Iterator[Line]:
    address = evidence.url if evidence.url and is_safe_address(evidence.url) else None
    title = Span(evidence.title or evidence.url or "", "", address)
    first = _line(title, Span("".join(f", {each}" for each in details(evidence)), "dim"), indent=6)
    yield first._replace(mark=mark)
    copy = (f"{archived(evidence)} ", evidence.archive)
    for label, text in (("", evidence.url if evidence.title else None), copy):
        if text:
            yield _line(
                Span(label, "dim"), Span(text, "dim", text if is_safe_address(text) else None), indent=8
            )
    if evidence.quote:
        yield from (_line(Span(f"“{text}”"), indent=8) for text in paragraphs(evidence.quote))


def _section(name: str, text: str | None) -> Iterator[Line]:
    if text:
        yield from _heading(name)
        yield from _prose(text, indent=2)


def _prose(text: str | None, *, indent: int) -> Iterator[Line]:
    """Yield the paragraphs and items of a text; what is wrapped hangs under its item's text."""
    for each in passages(text or ""):
        if each.apart:
            yield Line()
        line = _line(Span(each.text), indent=indent + 2 * each.depth)
        yield line._replace(mark=each.sign and f"{each.sign} ")


def _heading(name: str) -> Iterator[Line]:
    yield Line()
    yield _line(Span(name, "heading"))


def _line(*spans: Span, indent: int = 0) -> Line:
    return Line(tuple(span._replace(text=safe_line(span.text)) for span in spans), indent)
