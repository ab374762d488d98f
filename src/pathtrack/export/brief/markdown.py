"""The brief in Markdown, of which pandoc makes a Word document, too."""

from collections.abc import Iterator, Mapping

from pathtrack.export.brief import Brief, Section, Statement
from pathtrack.export.escape import escape
from pathtrack.export.marks import row, table_head
from pathtrack.export.marks import source as cited
from pathtrack.record.model import Evidence
from pathtrack.show import words


def render(brief: Brief) -> str:
    """Return the two pages."""
    numbers = brief.numbers
    lines = [*_head(brief), *_counts(brief)]
    lines += [line for each in brief.sections for line in _section(each, numbers)]
    for source, number in numbers.items():
        lines += [f"[^{number}]: {cited(source)}", ""]
    return "\n".join(lines) + "\n"


def _head(brief: Brief) -> Iterator[str]:
    view = brief.content.view
    yield f"# {escape(view.tracker.report.title)}: in brief"
    yield ""
    if view.filters.words:
        yield f"> {escape(words.sentence(view.scope))}"
    yield f"> **{brief.headline}.**"
    yield from (f"> {escape(each)}" for each in brief.remarks)
    yield ""


def _counts(brief: Brief) -> Iterator[str]:
    yield from table_head(f"of {brief.now.total}", *brief.statuses, "assessed", "with evidence")
    for when, counted in brief.counts:
        numbers = (counted.by_status[each] for each in brief.statuses)
        yield row(when, *numbers, counted.assessed, counted.with_evidence)
    yield ""


def _section(section: Section, numbers: Mapping[Evidence, int]) -> Iterator[str]:
    yield f"## {escape(section.heading)}"
    yield ""
    yield from (f"- {_statement(each, numbers)}" for each in section.statements)
    if section.rest:
        yield f"- {escape(section.rest)}"
    yield ""


def _statement(statement: Statement, numbers: Mapping[Evidence, int]) -> str:
    about = f"**{escape(statement.about)}** " if statement.about else ""
    title = f"{escape(statement.title)}: " if statement.title else ""
    notes = " ".join(f"[^{numbers[each]}]" for each in statement.sources)
    return f"{about}{title}{escape(statement.said)}{notes}"
