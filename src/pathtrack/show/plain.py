"""Rows for a pipe: cells separated by tabs, nothing cut."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pathtrack.record.corrections import update_id
from pathtrack.record.model import Update
from pathtrack.record.progress import Progress
from pathtrack.record.progress import progress as count_by_status
from pathtrack.record.standings import Standing
from pathtrack.record.status import DEFINITIONS, Status
from pathtrack.record.view import Changes, View, judgements
from pathtrack.show import changes as in_words
from pathtrack.show import pages as layout
from pathtrack.show import words
from pathtrack.text import safe_line

if TYPE_CHECKING:
    from pathtrack.record.finding import Finding
    from pathtrack.record.together import Together

_LISTED = ("id", "area", "status", "since", "last_update", "evidence", "title")
_MOVES = ("actor", "id", "area", "status", "due", "title")
_COUNTED = ("total", "assessed", "with_evidence", *Status)


@dataclass(frozen=True)
class Lines:
    """Lines, and the names of their columns if they are rows."""

    lines: Iterable[str]
    names: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[str]:
        """Yield the lines alone."""
        return iter(self.lines)

    def headed(self) -> Iterator[str]:
        """Yield the lines below the names of their columns."""
        if self.names:
            yield _row(*self.names)
        yield from self.lines


def overview(view: View) -> Lines:
    """Return the page of a tracker at a glance."""
    return Lines(map(words.flat, layout.overview(view)))


def listing(view: View) -> Lines:
    """Return id, area, status, since, last update, evidence, title, and what was found, of each standing."""
    if not view.filters.texts:
        return Lines((_row(*_listed(each)) for each in view.standings), _LISTED)
    found = (_row(*_listed(each), words.found(view, each)) for each in view.standings)
    return Lines(found, (*_LISTED, "found"))


def _listed(standing: Standing) -> Iterator[str]:
    recommendation, shown = standing.recommendation, standing.shown
    yield from (recommendation.id, standing.area, shown.status, str(shown.since or ""))
    yield from (str(standing.last_update or ""), str(standing.source_count), recommendation.title)


def moves(view: View) -> Lines:
    """Return actor, id, area, status, target date and title of what each actor still has to do."""
    rows = (_row(actor, *_move(each)) for actor, members in view.moves.items() for each in members)
    return Lines(rows, _MOVES)


def _move(standing: Standing) -> Iterator[str]:
    recommendation = standing.recommendation
    yield from (recommendation.id, standing.area, standing.shown.status)
    yield from (str(standing.due or ""), recommendation.title)


def answers(view: View) -> Lines:
    """Return each answer with its total and the eight counts, and a last row for `total`."""
    counted = (*view.progress.by_answer.items(), ("total", view.progress.by_status))
    rows = (_row(name, str(sum(counts.values())), *map(str, counts.values())) for name, counts in counted)
    return Lines(rows, ("answer", "total", *Status))


def pages(view: View) -> Lines:
    """Return the page of each recommendation."""
    return Lines(map(words.flat, layout.shown(view)))


def progress(view: View) -> Lines:
    """Return area, total, assessed, with evidence and the eight counts, for each area and for `total`."""
    areas = (*view.by_area.items(), (words.of_all("total", view.by_area), view.standings))
    rows = (_row(area, *_numbers(count_by_status(members))) for area, members in areas)
    return Lines(rows, ("area", *_COUNTED))


def years(view: View) -> Lines:
    """Return year, updates, total, assessed, with evidence and the eight counts at the end of each year."""
    numbers = (
        (year, updates, view.progress.total, assessed, with_evidence, *by_status.values())
        for year, updates, assessed, with_evidence, by_status in view.years
    )
    return Lines((_row(*map(str, each)) for each in numbers), ("year", "updates", *_COUNTED))


def reports(found: "Together") -> Lines:
    """Return file, title and the counts of each report, and a last row for `total`."""
    counted = ((path, view.tracker.report.title, view.progress) for path, view in found.views.items())
    total = ("total", found.number, found.progress)
    rows = (_row(path, title, *_numbers(counts)) for path, title, counts in (*counted, total))
    return Lines(rows, ("file", "title", *_COUNTED))


def lists(found: "Together", *, by_actor: bool = False) -> Lines:
    """Return the rows of each report with its file before them."""
    below = {path: (moves if by_actor else listing)(view) for path, view in found.views.items()}
    names = next((each.names for each in below.values()), ())
    return Lines(
        (f"{safe_line(path)}\t{row}" for path, rows in below.items() for row in rows), ("file", *names)
    )


def timeline(_view: View, updates: Sequence[Update]) -> Lines:
    """Return date, ids, status, who judged, number of sources, what happened and the id of each update."""
    names = ("date", "ids", "status", "by", "evidence", "summary", "id")
    return Lines(map(_recorded, updates), names)


def _recorded(update: Update) -> str:
    ids, what, number = " ".join(update.recommendations), words.summary(update), str(len(update.evidence))
    what += f" (corrects {update.corrects})" if update.corrects else ""
    return _row(str(update.date), ids, update.status or "", update.by, number, what, update_id(update))


def changes(found: Changes) -> Lines:
    """Return text that can be pasted into an email: what changed, when, why, and the sources."""
    return Lines(map(safe_line, in_words.lines(found)))


def comparison(view: View) -> Lines:
    """Return id, assessor, status and date of each assessor's newest judgement."""
    rows = (
        _row(identifier, each.by, each.status, str(each.date))
        for identifier, given in judgements(view).items()
        for each in given
    )
    return Lines(rows, ("id", "by", "status", "date"))


def statuses() -> Lines:
    """Return status, meaning, wants, and the nearest words of GAO, CSC and OGP."""
    return Lines(_row(status, *definition) for status, definition in DEFINITIONS.items())


def findings(found: "Sequence[Finding]", *, file: str) -> Lines:
    """Return a line for each finding, and one that counts them."""
    return Lines(words.finding_lines(found, file=file))


def _numbers(counted: Progress) -> Iterator[str]:
    numbers = (counted.total, counted.assessed, counted.with_evidence, *counted.by_status.values())
    return map(str, numbers)


def _row(*cells: str) -> str:
    # Nearly all rows are safe as they are, which one look at all cells shows.
    return "\t".join(cells if "".join(cells).isprintable() else map(safe_line, cells))
