"""Tables of counts for a terminal, and what drawings there have in common."""

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.style import Style
from rich.table import Table
from rich.text import Text

from pathtrack.record.progress import Progress
from pathtrack.record.progress import progress as count_by_status
from pathtrack.record.status import Status
from pathtrack.record.view import View
from pathtrack.show import words
from pathtrack.show.grid import at_width
from pathtrack.show.words import Span
from pathtrack.text import count, safe_line

if TYPE_CHECKING:
    from pathtrack.record.together import Together

WIDE = 120
"""From this width on, there is room for more columns."""
_ANSWERS = {"several": "they differ", "none": "no answer on record"}


@at_width
def progress(width: int, /, view: View) -> RenderableType:
    """Return the matrix of area by status with a bar for each area, and a legend."""
    if not view.standings:
        return empty(view, "No recommendations yet.")
    counts = {area: count_by_status(members).by_status for area, members in view.by_area.items()}
    table = _matrix(width, "area", counts)
    total = view.progress.total
    legend = _legend(view.progress)
    evidence = f"{view.progress.with_evidence} of {total} with evidence"
    return Group(*heading(view), Text(evidence), Text(), table, Text(), *legend)


@at_width
def answers(width: int, /, view: View) -> RenderableType:
    """Return the matrix of answer by status."""
    counts = view.progress.by_answer
    if not counts:
        return empty(view, "No answer is on record.")
    table = _matrix(width, "answer", {_ANSWERS.get(name, name): row for name, row in counts.items()})
    return Group(*heading(view), Text(), table, Text(), *_legend(view.progress))


@at_width
def years(width: int, /, view: View) -> RenderableType:
    """Return the matrix of year by status, as things stood at its end."""
    found = view.years
    if not found:
        return empty(view, "No updates yet.")
    counts = {f"{each.year} ({count(each.updates, 'update')})": each.by_status for each in found}
    return Group(*heading(view), Text(), _matrix(width, "end of", counts), Text(), *_legend(view.progress))


@at_width
def reports(width: int, /, found: "Together") -> RenderableType:
    """Return the matrix of report by status, with a last row for all together, and a legend."""
    counted = found.progress
    counts = {found.titles[path]: view.progress.by_status for path, view in found.views.items()}
    table = _matrix(width, "report", counts, last=("all together", counted.by_status))
    headline = Text(safe_line(found.headline), "bold")
    return Group(headline, Text(), table, Text(), *_legend(counted))


def _matrix(
    width: int,
    first: str,
    counts: Mapping[str, Mapping[Status, int]],
    last: tuple[str, Mapping[Status, int]] | None = None,
) -> Table:
    """Return a table of counts by status, with a bar for each row but the last one, which adds them up."""
    table = bare_table(first)
    for status in Status:
        name = status if width >= WIDE + 40 else words.SYMBOLS[status]
        table.add_column(Text(name, status), justify="right")
    table.add_column("all", justify="right")
    table.add_column()
    longest = max((sum(row.values()) for row in counts.values()), default=1)
    rows = [
        (name, row, _bar(row, scale=min(1, max(8, width - 60) / longest))) for name, row in counts.items()
    ]
    for name, row, bar in (*rows, *([(*last, Text())] if last else [])):
        numbers = [Text(str(number or "-"), status if number else "dim") for status, number in row.items()]
        table.add_row(Text(safe_line(name)), *numbers, str(sum(row.values())), bar)
    return table


def _legend(counted: Progress) -> list[RenderableType]:
    """Return what each sign means: those that occur with their numbers, the others in a line."""
    found = counted.by_status.items()
    occurring: list[RenderableType] = [
        Text.assemble(drawn_span(words.status_span(each)), f"  {number} of {counted.total}")
        for each, number in found
        if number
    ]
    others = [words.status_span(each).text for each, number in found if not number]
    return [*occurring, Text(f"0 of {counted.total}: {', '.join(others)}", "dim")] if others else occurring


def heading(view: View) -> list[RenderableType]:
    """Return the title and the headline of a view."""
    return [Text(safe_line(view.tracker.report.title), "bold"), Text(safe_line(words.headline(view)))]


def empty(view: View, message: str) -> RenderableType:
    """Return the heading and a message where there is nothing to draw."""
    return Group(*heading(view), Text(), Text(message))


def bare_table(*columns: str, below: int = 0) -> Table:
    """Return a table without lines."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, below, 0))
    for name in columns:
        table.add_column(name, overflow="fold")
    return table


def _bar(counts: Mapping[Status, int], *, scale: float) -> Text:
    """Return a bar with a symbol for each status, so that it reads without colour."""
    return Text.assemble(
        *((words.SYMBOLS[status] * math.ceil(number * scale), status) for status, number in counts.items())
    )


def drawn_span(span: Span) -> Text:
    """Return words in their style."""
    text = Text(span.text, span.style)
    if span.link:
        text.stylize(Style(link=span.link))
    return text
