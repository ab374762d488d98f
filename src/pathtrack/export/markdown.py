"""A status report in Markdown that reads well raw, on GitHub and through pandoc."""

from collections.abc import Iterable, Iterator, Sequence

from pathtrack.export.content import Content, Listed, involved, parts
from pathtrack.export.escape import escape, link, named
from pathtrack.export.imprint import Imprint, licence_address
from pathtrack.export.marks import asides, row, source, table_head
from pathtrack.export.places import Places
from pathtrack.export.prose import markdown, outline
from pathtrack.record.model import Update
from pathtrack.record.standings import Standing
from pathtrack.record.status import DEFINITIONS, Status
from pathtrack.show import changes, corrections, words
from pathtrack.text import count, day, passages


def render(content: Content) -> str:
    """Return the whole report."""
    return "\n".join(
        [
            *_head(content),
            *_reversals(content),
            *_changes(content),
            *_matrix(content),
            *(line for area, members in content.areas.items() for line in _area(area, members, content)),
            *_corrected(content),
            *_method(content),
            *_reuse(content),
            *_footnotes(content),
            "",
        ]
    )


def _head(content: Content) -> Iterator[str]:
    view, report = content.view, content.view.tracker.report
    yield f"# {escape(report.title)}: status report"
    yield ""
    if report.publisher or report.url:
        yield ", ".join(
            filter(None, (report.publisher and escape(report.publisher), report.url and link(report.url)))
        )
        yield ""
    counted, total = view.progress, view.progress.total
    implemented = counted.by_status[Status.IMPLEMENTED]
    yield from (f"> {escape(words.sentence(view.scope))}" for _ in [0] if view.filters.words)
    yield f"> **{implemented} of {count(total, 'recommendation')} implemented**,"
    yield f"> {counted.assessed} of {total} assessed, {counted.with_evidence} of {total} with evidence."
    yield f"> {words.sentence(words.as_of(view))}"
    yield from (f"> Not counted here: {told}." for told in [words.all_parts(view)] if told)
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
    yield f"## {changes.title(found)}"
    yield ""
    for each in found.changed:
        recommendation = each.after.recommendation
        title = escape(words.without_stop(recommendation.title))
        yield f"- **{escape(recommendation.id)}** {title}: {changes.moved(each)}"
        yield from (f"    - {_summary(update, content)}" for update in each.updates)
    if not (found.changed or found.corrected):
        yield "Nothing was recorded."
    yield ""
    yield from asides(found)


def _matrix(content: Content) -> Iterator[str]:
    yield "## Standing by area"
    yield ""
    yield from table_head("area", *(f"{status}{_beside(status, content)}" for status in Status), "all")
    *areas, (all_, total) = content.matrix
    for area, counted in (*((escape(area), counted) for area, counted in areas), (f"**{all_}**", total)):
        yield row(area, *counted.by_status.values(), counted.total)
    yield ""


def _area(area: str, members: Iterable[Standing], content: Content) -> Iterator[str]:
    yield f"## {escape(area[:1].upper() + area[1:])}"
    yield ""
    for each in members:
        yield from _recommendation(each, content)


def _recommendation(standing: Standing, content: Content, level: str = "###") -> Iterator[str]:
    recommendation = standing.recommendation
    yield f"{level} {escape(recommendation.id)}: {escape(recommendation.title)}"
    yield ""
    status = f"**{standing.status}**{_beside(standing.status, content)}{words.sure(standing.confidence)}"
    yield f"{status}{words.since(standing.since)}{_dates(standing)}"
    yield ""
    yield from _labelled("Asked", recommendation.summary)
    if asked := "; ".join(words.facts(standing)):
        yield f"*{escape(asked[:1].upper() + asked[1:])}*"
        yield ""
    yield from _labelled("Test for done", recommendation.done_when)
    yield from _listed(involved(standing))
    yield from _listed(parts(standing))
    latest = standing.judgement if standing.verdict else None
    start = next((at for at, each in enumerate(standing.updates) if each is latest), len(standing.updates))
    yield from _records("What was recorded", standing.updates[:start], content)
    if latest:
        yield from _record(latest, content, mark="**Where it stands.** ")
        yield ""
    yield from _records("Since then", standing.updates[start + 1 :], content)
    for part in standing.parts:
        yield from _recommendation(part, content, "####")


def _listed(found: Listed) -> Iterator[str]:
    if found.items:
        yield f"**{found.heading}**"
        yield ""
        yield from (f"- {escape(each)}" for each in found.items)
        yield ""


def _records(label: str, records: Sequence[Update], content: Content) -> Iterator[str]:
    if records:
        yield f"**{label}**"
        yield ""
        for update in records:
            yield from _record(update, content, mark="- ", margin="    ")
        yield ""


def _beside(status: Status, content: Content) -> str:
    theirs = content.beside(status)
    return f" ({escape(theirs)})" if theirs else ""


def _dates(standing: Standing) -> str:
    told = map(escape, ("", *words.dates(standing), count(standing.source_count, "source")))
    return "; ".join(told) if standing.last_update else ""


def _record(update: Update, content: Content, *, mark: str, margin: str = "") -> Iterator[str]:
    """Yield the lines of an update with its whole note."""
    if not update.note:
        yield f"{mark}{_summary(update, content)}"
        return
    about = escape(words.beginning(update).rstrip())
    lead = f"{mark}{_judged(update, content)}: {about}{' ' if about else ''}"
    tail = f"{_searched(update)}{_notes(update, content)}"
    yield from markdown(outline(passages(update.note)), lead=lead, tail=tail, margin=margin)


def _summary(update: Update, content: Content) -> str:
    searched = _searched(update) if update.note else ""
    text = f"{escape(words.summary(update))}{searched}{_notes(update, content)}"
    return f"{_judged(update, content)}: {text}"


def _judged(update: Update, content: Content) -> str:
    when, said = f"{day(update.date)}{corrections.as_corrected(update)}", _said(update, content)
    return f"{when} *({escape(said)})*" if said else when


def _said(update: Update, content: Content) -> str:
    """Return the status of an update, how sure somebody is of it, and who."""
    by = update.by if content.names_assessors else None
    confidence = f"{update.confidence} confidence" if update.confidence else None
    return ", ".join(filter(None, (update.status, confidence, by)))


def _searched(update: Update) -> str:
    return f" Searched: {escape('; '.join(update.searched))}." if update.searched else ""


def _notes(update: Update, content: Content) -> str:
    # Apart, since renderers show the numbers alone: 1 2, not 12.
    return " ".join(f"[^{content.notes[content.source(each)]}]" for each in update.evidence)


def _labelled(label: str, text: str | None) -> Iterator[str]:
    if text:
        yield from markdown(outline(passages(text)), lead=f"**{label}.** ")
        yield ""


def _corrected(content: Content) -> Iterator[str]:
    if content.corrected:
        yield "## Corrected"
        yield ""
        for each in content.corrected:
            yield f"- {escape(words.sentence(corrections.line(each)))}"
            yield from (f"    - {escape(told)}" for told in [corrections.in_detail(each)] if told)
            said = f"It had said ({said})" if (said := _said(each.update, content)) else "It had said"
            yield f"    - {escape(said)}: *{escape(words.summary(each.update))}*"
        yield ""


def _method(content: Content) -> Iterator[str]:
    yield "## Method"
    yield ""
    if method := content.view.tracker.report.method:
        yield from markdown(outline(passages(method)), lead="")
        yield ""
    yield from (f"- {escape(item)}" for item in content.method())
    yield ""
    yield "| status | meaning | wants |"
    yield "| --- | --- | --- |"
    for status, given in DEFINITIONS.items():
        yield row(f"{status}{_beside(status, content)}", escape(given.meaning), escape(given.wants) or "–")
    yield ""


def _reuse(content: Content) -> Iterator[str]:
    report, imprint = content.view.tracker.report, Imprint(Places(content))
    yield f"## {imprint.heading}"
    yield ""
    yield escape(imprint.citation())
    yield ""
    if report.contact:
        address = report.contact.removeprefix("mailto:")
        ready = imprint.contact("the report").replace("&", "&amp;")
        contact = f"[{escape(address)}](<{ready}>)" if address != report.contact and ready else link(address)
        yield f"Something wrong? Write to {contact}, and name the statement, the day and the version."
        yield ""
    if report.licence:
        yield f"Licence: {named(report.licence, licence_address(report.licence))}."
        yield ""


def _footnotes(content: Content) -> Iterator[str]:
    for evidence, number in content.notes.items():
        yield f"[^{number}]: {source(evidence)}"
        yield ""
        if evidence.quote:
            yield f"    > {escape(evidence.quote)}"
            yield ""
