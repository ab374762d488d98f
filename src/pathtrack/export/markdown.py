"""A status report in Markdown that reads well raw, on GitHub and through pandoc."""

import re
from collections.abc import Iterable, Iterator, Sequence

from pathtrack.export.content import Content, Listed, citation, facts, involved, moved, parts, verdict
from pathtrack.record.model import Evidence, Update
from pathtrack.record.progress import progress
from pathtrack.record.standings import Standing
from pathtrack.record.status import DEFINITIONS, Status
from pathtrack.show.words import all_parts, beginning, correction, deed, sentence, sure
from pathtrack.text import count, day, is_safe_address, paragraphs, safe

_SPECIAL = re.compile(
    r"[\\`*_{}\[\]<>|~^$@&]|(?:(?<=\s)|^)#|(?:^[+=-])|(?:^\d{1,9}(?=[.)]))|!(?=\[)", re.MULTILINE
)


def render(content: Content) -> str:
    """Return the whole report."""
    view = content.view
    return "\n".join(
        [
            *_head(content),
            *_reversals(content),
            *_changes(content),
            *_matrix(content),
            *(line for area, members in view.by_area.items() for line in _area(area, members, content)),
            *_corrected(content),
            *_method(content),
            *_footnotes(content),
            "",
        ]
    )


def escape(text: str) -> str:
    """Return Markdown that shows exactly this text, on one line."""
    flat = " ".join(safe(text).split())
    return _SPECIAL.sub(_escaped, flat)


def _escaped(special: re.Match[str]) -> str:
    digits = special[0]
    return f"{digits}\\" if digits.isdigit() else f"\\{special[0]}"


def _head(content: Content) -> Iterator[str]:
    view, report = content.view, content.view.tracker.report
    yield f"# {escape(report.title)}: status report"
    yield ""
    if report.publisher or report.url:
        yield ", ".join(
            filter(None, (report.publisher and escape(report.publisher), report.url and _address(report.url)))
        )
        yield ""
    counted, total = view.progress, view.progress.total
    implemented = counted.by_status[Status.IMPLEMENTED]
    yield f"> **{implemented} of {count(total, 'recommendation')} implemented**,"
    yield f"> {counted.assessed} of {total} assessed, {counted.with_evidence} of {total} with evidence."
    newest = f"; newest record {day(view.newest)}" if view.newest else ""
    yield f"> As of {day(view.as_of)}{newest}."
    yield from (f"> Besides, {told}." for told in [all_parts(view)] if told)
    yield ""


def _reversals(content: Content) -> Iterator[str]:
    if content.reversals:
        yield "## Reversed"
        yield ""
        for each in content.reversals:
            identifier, title = escape(each.recommendation.id), escape(each.recommendation.title)
            yield f"- **{identifier}** {title} (since {day(each.since)})"
        yield ""


def _changes(content: Content) -> Iterator[str]:
    found = content.changes
    if found is None:
        return
    yield f"## Changed from {day(found.since)} to {day(found.until)}"
    yield ""
    for each in found.changed:
        recommendation = each.after.recommendation
        yield f"- **{escape(recommendation.id)}** {escape(recommendation.title)}: {moved(each)}"
        yield from (f"    - {_deed(update, content)}" for update in each.updates)
    if not found.changed:
        yield "Nothing was recorded."
    yield ""


def _matrix(content: Content) -> Iterator[str]:
    view = content.view
    yield "## Standing by area"
    yield ""
    yield from _table_head("area", *(f"{status}{_beside(status, content)}" for status in Status), "all")
    for area, members in view.by_area.items():
        yield _row(escape(area), *progress(members).by_status.values(), len(members))
    yield _row("**all**", *view.progress.by_status.values(), view.progress.total)
    yield ""


def _table_head(first: str, *others: str) -> Iterator[str]:
    yield _row(first, *others)
    yield _row("---", *("---:" for _ in others))


def _row(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def _area(area: str, members: Iterable[Standing], content: Content) -> Iterator[str]:
    yield f"## {escape(area[:1].upper() + area[1:])}"
    yield ""
    for each in members:
        yield from _recommendation(each, content)


def _recommendation(standing: Standing, content: Content, level: str = "###") -> Iterator[str]:
    recommendation = standing.recommendation
    yield f"{level} {escape(recommendation.id)}: {escape(recommendation.title)}"
    yield ""
    since = f" since {day(standing.since)}" if standing.since else ""
    status = f"**{standing.status}**{_beside(standing.status, content)}{sure(standing.confidence)}"
    yield f"{status}{since}{_dates(standing)}"
    yield ""
    yield from _labelled("Asked", recommendation.summary)
    if asked := facts(standing):
        yield f"*{escape('; '.join(asked))}*"
        yield ""
    yield from _labelled("Test for done", recommendation.done_when)
    yield from _listed(involved(standing))
    yield from _listed(parts(standing))
    start = standing.records.index(standing.judgement) + 1 if standing.judgement else len(standing.records)
    yield from _records("What was done", standing.records[:start], standing, content)
    yield from _labelled("Where it stands", verdict(standing))
    yield from _records("Since then", standing.records[start:], standing, content)
    for part in standing.parts:
        yield from _recommendation(part, content, "####")


def _listed(found: Listed) -> Iterator[str]:
    if found.items:
        yield f"**{found.heading}**"
        yield ""
        yield from (f"- {escape(each)}" for each in found.items)
        yield ""


def _records(label: str, records: Sequence[Update], standing: Standing, content: Content) -> Iterator[str]:
    if records:
        yield f"**{label}**"
        yield ""
        for update in records:
            yield from _record(update, content, whole=update != standing.judgement)
        yield ""


def _beside(status: Status, content: Content) -> str:
    theirs = content.beside(status)
    return f" ({escape(theirs)})" if theirs else ""


def _dates(standing: Standing) -> str:
    sources = f"; {count(standing.evidence, 'source')}" if standing.evidence else "; no evidence"
    judged = f"; last judged {day(standing.last_judged)}" if standing.last_judged else ""
    return f"{judged}; last update {day(standing.last_update)}{sources}" if standing.last_update else ""


def _record(update: Update, content: Content, *, whole: bool) -> Iterator[str]:
    """Yield the lines of a list item: the whole note, or its first sentence where the rest stands below."""
    if not (whole and update.note):
        yield f"- {_deed(update, content)}"
        return
    first, *others = map(escape, filter(str.strip, paragraphs(beginning(update) + update.note)))
    told = [f"- {_judged(update, content)}: {first}", *(f"    {each}" for each in others)]
    told[-1] += f"{_searched(update)}{_notes(update, content)}"
    yield told[0]
    for paragraph in told[1:]:
        yield ""
        yield paragraph


def _deed(update: Update, content: Content) -> str:
    searched = _searched(update) if update.note else ""
    told = f"{escape(deed(update))}{searched}{_notes(update, content)}"
    return f"{_judged(update, content)}: {told}"


def _judged(update: Update, content: Content) -> str:
    by = update.by if content.names_assessors else None
    confidence = f"{update.confidence} confidence" if update.confidence else None
    said = ", ".join(filter(None, (update.status, confidence, by)))
    return f"{day(update.date)} *({escape(said)})*" if said else day(update.date)


def _searched(update: Update) -> str:
    return f" Searched: {escape('; '.join(update.searched))}." if update.searched else ""


def _notes(update: Update, content: Content) -> str:
    return "".join(f"[^{content.notes[content.source(each)]}]" for each in update.evidence)


def _labelled(label: str, text: str | None) -> Iterator[str]:
    for number, paragraph in enumerate(filter(str.strip, paragraphs(text or ""))):
        yield f"{f'**{label}.** ' if number == 0 else ''}{escape(paragraph)}"
        yield ""


def _corrected(content: Content) -> Iterator[str]:
    if content.corrected:
        yield "## Corrected"
        yield ""
        for each in content.corrected:
            about, told = ", ".join(each.record.recommendations), escape(deed(each.record))
            said = f"{_judged(each.record, content)}: {told}"
            yield f"- **{escape(about)}** {said} *{escape(sentence(correction(each)))}*"
        yield ""


def _method(content: Content) -> Iterator[str]:
    yield "## Method"
    yield ""
    yield from (f"- {escape(item)}" for item in content.method())
    yield ""
    yield "| status | meaning | wants |"
    yield "| --- | --- | --- |"
    for status, row in DEFINITIONS.items():
        yield _row(f"{status}{_beside(status, content)}", escape(row.meaning), escape(row.wants))
    yield ""


def _footnotes(content: Content) -> Iterator[str]:
    for evidence, number in content.notes.items():
        yield f"[^{number}]: {_source(evidence)}"
        yield ""
        if evidence.quote:
            yield f"    > {escape(evidence.quote)}"
            yield ""


def _source(evidence: Evidence) -> str:
    archive = f"archived {_address(evidence.archive)}" if evidence.archive else ""
    address = _address(evidence.url) if evidence.url else ""
    return ", ".join(filter(None, (escape(citation(evidence)), address, archive)))


def _address(address: str) -> str:
    return f"<{address}>" if is_safe_address(address) else escape(address)
