"""Pieces of Markdown that several texts share: tables, sources, what changed."""

from collections.abc import Iterator

from pathtrack.export.content import citation
from pathtrack.export.escape import escape, link
from pathtrack.export.prose import markdown, outline
from pathtrack.record.archives import archived
from pathtrack.record.model import Evidence
from pathtrack.record.view import Changes
from pathtrack.show import changes, corrections
from pathtrack.show.words import beginning, sentence, summary, without_stop
from pathtrack.text import day, passages


def table_head(first: str, *others: str) -> Iterator[str]:
    """Yield the header of a table of numbers."""
    yield row(first, *others)
    yield row("---", *("---:" for _ in others))


def row(*cells: object) -> str:
    """Return a row of a table."""
    return f"| {' | '.join(map(str, cells))} |"


def source(evidence: Evidence) -> str:
    """Return a source with its addresses."""
    archive = f"{archived(evidence)} {link(evidence.archive)}" if evidence.archive else ""
    address = link(evidence.url) if evidence.url else ""
    return ", ".join(filter(None, (escape(citation(evidence)), address, archive)))


def changed(found: Changes) -> Iterator[str]:
    """Yield what changed, by itself, with whole notes and sources: to paste into an issue or a page."""
    yield f"**{escape(changes.headline(found))}**"
    yield ""
    for each in found.changed:
        recommendation = each.after.recommendation
        title = escape(without_stop(recommendation.title))
        yield f"- **{escape(recommendation.id)}** {title}: {changes.moved(each)}"
        for update in each.updates:
            about = escape(", ".join(filter(None, (update.status, update.by))))
            when = f"{day(update.date)}{corrections.as_corrected(update)}"
            lead = f"    - {when} *({about})*: {escape(beginning(update) if update.note else '')}"
            told = outline(passages(update.note or summary(update)))
            yield from markdown(told, lead=f"{lead.rstrip()} ", margin=" " * 8)
            yield from (f"        - Source: {source(cited)}" for cited in update.evidence)
    yield ""
    yield from asides(found)


def asides(found: Changes) -> Iterator[str]:
    """Yield what is no change: corrections, and what was recorded of earlier days."""
    if found.corrected:
        yield f"**{changes.CORRECTIONS}**"
        yield ""
        yield from (f"- {escape(sentence(corrections.line(each)))}" for each in found.corrected)
        yield ""
    yield from (line for told in [escape(changes.late(found))] if told for line in (told, ""))
