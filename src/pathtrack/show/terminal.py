"""Rich renderables for a terminal: returns them, never prints."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.columns import Columns
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pathtrack.record import crosswalk
from pathtrack.record.crosswalk import Scheme
from pathtrack.record.finding import Finding, Severity
from pathtrack.record.model import Update, key
from pathtrack.record.standings import Standing
from pathtrack.record.status import DEFINITIONS
from pathtrack.record.view import Changes, View, judgements
from pathtrack.show import cells, counts, ribbon, words
from pathtrack.show import pages as layout
from pathtrack.show.changes import CORRECTIONS, headline, late
from pathtrack.show.corrections import line
from pathtrack.show.counts import WIDE, bare_table, drawn_span, empty, heading
from pathtrack.show.grid import Column, Grid, at_width, fitted
from pathtrack.text import day, safe_line

if TYPE_CHECKING:
    from pathtrack.record.together import Together

progress, answers, years, reports = counts.progress, counts.answers, counts.years, counts.reports


@at_width
def listing(width: int, /, view: View) -> RenderableType:
    """Return the recommendations grouped by area under a headline."""
    return _groups(width, view, view.by_area) if view.standings else empty(view, "No recommendations.")


@at_width
def moves(width: int, /, view: View) -> RenderableType:
    """Return what each actor still has to do, grouped by actor under a headline."""
    nobody = (
        "Nobody has anything left to do." if view.tracker.actors else "No recommendation says who is asked."
    )
    return _groups(width, view, view.moves) if view.moves else empty(view, nobody)


def _groups(width: int, view: View, groups: Mapping[str, Sequence[Standing]]) -> RenderableType:
    parts: list[RenderableType] = heading(view)
    wide = width >= WIDE
    drawn = {
        name: [cells.listed(each, wide=wide, found=words.found(view, each, shown=True)) for each in members]
        for name, members in groups.items()
    }
    rows = [row for members in drawn.values() for row in members]
    columns = [fitted("id", rows, 0, most=width // 4), fitted("status", rows, 1, most=width // 4)]
    columns += [Column("recommendation"), *([Column("what happened last")] if wide else [])]
    columns += [Column("last update", 0, right=True), Column("sources", 0, right=True)]
    for name, members in drawn.items():
        parts += [Text(), Text(f"{safe_line(name)} ({len(members)})", "bold"), Grid(columns, members)]
    return Group(*parts)


@at_width
def lists(width: int, /, found: "Together", *, by_actor: bool = False) -> RenderableType:
    """Return the rows of each report under its headline, and a last line for all together."""
    parts: list[RenderableType] = []
    for view in found.views.values():
        groups = view.moves if by_actor else view.by_area
        parts += [_groups(width, view, groups) if groups else Group(*heading(view)), Text()]
    return Group(*parts, Text(safe_line(found.headline), "bold"))


@at_width
def timeline(width: int, /, view: View, updates: Sequence[Update]) -> RenderableType:
    """Return a ribbon of each recommendation that the updates are about, and a row for each update."""
    if not updates:
        return empty(view, "No updates.")
    ids = {name for each in updates for name in view.tracker.keys_of(each)}
    lanes = [each for each in view.rows if key(each.recommendation.id) in ids]
    rows = [cells.recorded(each) for each in updates]
    columns = [
        fitted("date", rows, 0, most=width)._replace(right=True),
        fitted("about", rows, 1, most=width // 4),
        fitted("status", rows, 2, most=width // 4),
        Column("what happened"),
        Column("sources", 0, right=True),
    ]
    return Group(*heading(view), Text(), *_ribbon(lanes, view, width=width), Grid(columns, rows))


@at_width
def changes(width: int, /, found: Changes) -> RenderableType:
    """Return a row for each recommendation that changed, with what happened under it."""
    rows = [cells.moved(each) for each in found.changed]
    columns = [
        *(fitted(name, rows, index, most=width // 4) for index, name in enumerate(("id", "from", "to"))),
        Column("recommendation"),
        Column("sources", 0, right=True),
    ]
    parts: list[RenderableType] = [Text(headline(found), "bold")]
    if rows:
        parts += [Text(), Grid(columns, rows)]
    if found.corrected:
        lines = (Text(safe_line(line(each))) for each in found.corrected)
        parts += [Text(), Text(CORRECTIONS, "bold"), *lines]
    if found.late:
        parts += [Text(), Text(safe_line(late(found)))]
    return Group(*parts)


def comparison(view: View) -> RenderableType:
    """Return the newest judgements of each assessor side by side, a row for each recommendation."""
    given = judgements(view)
    if not any(given.values()):
        return empty(view, "Nobody has judged yet.")
    assessors = list(dict.fromkeys(each.by for row in given.values() for each in row))
    table = bare_table("id", "recommendation", *map(safe_line, assessors))
    for standing in view.standings:
        newest = {each.by: each for each in given[standing.recommendation.id]}
        cells = (
            Text.assemble(drawn_span(words.status_span(newest[by].status)), f"\n{day(newest[by].date)}")
            if by in newest
            else ""
            for by in assessors
        )
        table.add_row(
            Text(standing.recommendation.id, "bold"), Text(safe_line(standing.recommendation.title)), *cells
        )
    return Group(*heading(view), Text(), table)


@at_width
def statuses(width: int, /) -> RenderableType:
    """Return the eight statuses: what they mean and want, the words of other bodies, and what those lose."""
    wide = width >= WIDE
    table = bare_table("status", "meaning", "wants", *(each.body for each in Scheme if wide), below=1)
    table.columns[0].no_wrap = True
    for status, row in DEFINITIONS.items():
        theirs = {each.body: crosswalk.theirs(status, each) for each in Scheme}
        below = "\n" + "; ".join(f"{body}: {word or 'none'}" for body, word in theirs.items())
        meaning = row.meaning if wide else Text.assemble(row.meaning, (below, "dim"))
        table.add_row(
            drawn_span(words.status_span(status)), meaning, row.wants, *(theirs.values() if wide else ())
        )
    return Group(table, *(Text(each, "dim") for scheme in Scheme for each in crosswalk.losses(scheme)))


def overview(view: View) -> RenderableType:
    """Return the page of a tracker at a glance."""
    return Group(*map(_paragraph, layout.overview(view)))


def pages(view: View) -> RenderableType:
    """Return the page of each recommendation."""
    return Group(*map(_paragraph, layout.shown(view)))


def _paragraph(line: words.Line) -> RenderableType:
    text = Text.assemble(*map(drawn_span, line.spans))
    if not line.mark:
        return Padding(text, (0, 0, 0, line.indent))
    item = Table.grid()
    item.add_row(line.mark, text)
    return Padding(item, (0, 0, 0, line.indent))


def findings(found: Sequence[Finding], *, file: str) -> RenderableType:
    """Return a line for each finding, errors in red."""
    styles = {Severity.ERROR: "red", Severity.WARNING: "magenta"}
    lines = zip(words.finding_lines(found, file=file), [*found, None], strict=True)
    return Group(*(Text(line, styles[each.severity] if each else "") for line, each in lines))


def _ribbon(standings: Sequence[Standing], view: View, *, width: int) -> list[RenderableType]:
    """Return standings over time in block characters, with an axis below and a legend."""
    if not standings:
        return []
    margin = max(cell_len(safe_line(each.recommendation.id)) for each in standings) + 2
    over, room = ribbon.days(standings, until=view.as_of), max(width - margin - 1, 10)
    lanes: list[RenderableType] = []
    for each in standings:
        name = Text(safe_line(each.recommendation.id), "bold")
        name.pad_right(margin - name.cell_len)
        lanes.append(Text.assemble(name, *ribbon.cells(each, over, room)))
    axis = Text(" " * margin + ribbon.axis(over, room), "dim")
    signs = [Text(each, "dim") for each in ribbon.legend(standings)]
    return [*lanes, axis, Columns(signs, padding=(0, 3)), Text()]
