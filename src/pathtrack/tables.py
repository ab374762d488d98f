"""Rich renderables for a terminal: returns them, never prints."""

import math
from collections.abc import Iterable, Mapping, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from pathtrack import views
from pathtrack.checks import Finding, Severity
from pathtrack.state import Standing, View, progress
from pathtrack.status import DEFINITIONS, Status
from pathtrack.text import day, first_sentence, safe_line

WIDE = 120
"""From this many columns on, what happened last has a column of its own."""

_STYLES: dict[str, str] = {
    Status.NOT_ASSESSED: "dim",
    Status.NOT_STARTED: "",
    Status.IN_PROGRESS: "cyan",
    Status.PARTIAL: "bright_blue",
    Status.IMPLEMENTED: "bold green",
    Status.STALLED: "magenta",
    Status.NOT_IMPLEMENTED: "red",
    Status.REVERSED: "bold red",
    "title": "bold",
    "heading": "bold underline",
    "dim": "dim",
    "": "",
}


def listing(view: View, *, width: int) -> RenderableType:
    """Return the recommendations grouped by area under a headline."""
    parts: list[RenderableType] = _heading(view)
    for area, members in view.by_area.items():
        parts += [
            Text(),
            Text(f"{safe_line(area)} ({len(members)})", "bold"),
            _area_table(members, width=width),
        ]
    return Group(*parts)


def progress_matrix(view: View, *, width: int) -> RenderableType:
    """Return the matrix of area by status with a bar for each area, and a legend."""
    table = _table("area")
    for status in Status:
        table.add_column(
            Text(status if width >= WIDE + 40 else views.SYMBOLS[status], _STYLES[status]), justify="right"
        )
    table.add_column("all", justify="right")
    table.add_column()
    longest = max(map(len, view.by_area.values()), default=1)
    for area, members in view.by_area.items():
        counts = progress(members).by_status
        cells = [Text(str(number or "-"), _STYLES[status]) for status, number in counts.items()]
        bar = _bar(counts, scale=min(1, max(8, width - 60) / longest))
        table.add_row(Text(safe_line(area)), *cells, str(len(members)), bar)
    total = view.progress.total
    legend = [
        Text.assemble(_span(views.status_span(status)), f"  {number} of {total}")
        for status, number in view.progress.by_status.items()
        if number
    ]
    evidence = Text(f"{view.progress.with_evidence} of {total} with evidence")
    return Group(*_heading(view), evidence, Text(), table, Text(), *legend)


def statuses(*, width: int) -> RenderableType:
    """Return the eight statuses with what they mean and want, and the words of other bodies."""
    bodies = ("GAO", "CSC 2.0", "OGP") if width >= WIDE else ()
    table = _table("status", "meaning", "wants", *bodies, below=1)
    table.columns[0].no_wrap = True
    for status, row in DEFINITIONS.items():
        words = (row.gao, row.csc, row.ogp) if bodies else ()
        table.add_row(_span(views.status_span(status)), row.meaning, row.wants, *words)
    return table


def pages(view: View) -> RenderableType:
    """Return the page of each recommendation, wrapped and indented."""
    return Group(
        *(
            Padding(Text.assemble(*map(_span, line.spans)), (0, 0, 0, line.indent))
            for line in views.pages(view)
        )
    )


def findings(found: Sequence[Finding], *, file: str) -> RenderableType:
    """Return a line for each finding, errors in red."""
    styles = {Severity.ERROR: "red", Severity.WARNING: "magenta"}
    severities = [*(styles[each.severity] for each in found), ""]
    return Group(
        *(
            Text(line, style)
            for line, style in zip(views.finding_lines(found, file=file), severities, strict=True)
        )
    )


def _heading(view: View) -> list[RenderableType]:
    return [Text(safe_line(view.tracker.report.title), "bold"), Text(views.headline(view))]


def _area_table(members: Iterable[Standing], *, width: int) -> Table:
    wide = width >= WIDE
    table = _table()
    table.expand = True
    table.add_column("id", no_wrap=True)
    table.add_column("status", no_wrap=True, min_width=17)
    table.add_column("recommendation", overflow="fold", ratio=1)
    if wide:
        table.add_column("what happened last", overflow="fold", ratio=1)
    table.add_column("last update", no_wrap=True, justify="right")
    table.add_column("sources", no_wrap=True, justify="right")
    for each in members:
        title = Text(safe_line(each.recommendation.title))
        last = Text(safe_line(first_sentence(each.newest_note)), "" if wide else "dim")
        told = [title, last] if wide else [Text("\n").join(filter(None, (title, last)))]
        identifier = Text(safe_line(each.recommendation.id), "bold")
        status = _span(views.status_span(each.status))
        table.add_row(identifier, status, *told, day(each.last_update), str(each.evidence))
    return table


def _table(*columns: str, below: int = 0) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, below, 0))
    for name in columns:
        table.add_column(name, overflow="fold")
    return table


def _bar(counts: Mapping[Status, int], *, scale: float) -> Text:
    """Draw each status with its own symbol, so that the bar reads without colour."""
    return Text.assemble(
        *(
            (views.SYMBOLS[status] * math.ceil(number * scale), _STYLES[status])
            for status, number in counts.items()
        )
    )


def _span(span: views.Span) -> Text:
    return Text(span.text, Style.parse(_STYLES[span.style]) + Style(link=span.link))
