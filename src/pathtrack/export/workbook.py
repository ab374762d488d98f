"""A tracker as a workbook: its recommendations, updates and sources, and a sheet that explains them."""

from collections.abc import Iterator

from pathtrack import sheet
from pathtrack.export import csv
from pathtrack.export.content import Content
from pathtrack.export.xlsx import Book, Section, workbook
from pathtrack.record.crosswalk import Scheme
from pathtrack.record.sources import Sources
from pathtrack.record.status import DEFINITIONS
from pathtrack.record.view import View

_WIDTHS = {
    **dict.fromkeys(("title", "summary", "sources", "evidence_title", "evidence_url", "url", "archive"), 45),
    **dict.fromkeys(("note", "Recommendation", "Comments"), 60),
    **dict.fromkeys(("done_when", "reason", "evidence_quote", "Publication Name"), 35),
    **dict.fromkeys(("actors", "publisher", "by", "ref", "evidence_archive", "evidence_publisher"), 22),
    **dict.fromkeys(("response", "recorded", "recommendations", "tags", "status", "Status", "Agency"), 18),
    **dict.fromkeys(("part_of", "confidence", "moved", "overdue", "ongoing", "updates", "evidence"), 9),
}
_SHEETS = {
    "Recommendations": "one row for each recommendation and each part of one, as of the day above",
    "Updates": "one row for each update that counts, oldest first, with its sources a line each",
    "Sources": "one row for each source, with the recommendations that it is about",
}
_COLUMNS = {
    "status": "where it stands, in one of the eight words below",
    "since": "the first day of that status without a break",
    "last_update, last_judged": "the day of the newest update, and of the newest with a status",
    "note": "the newest note about it",
    "sources": "the address of each source, or its title where it has none, a line each",
    "actors, response": "who was asked to act, and what they answered",
    "due, first_due, moved": "the newest target date, the first one, and how often it was moved",
    "overdue": "whether that date has passed without an end",
    "updates, evidence": "how many updates and how many different sources there are",
    "corrected": "how many updates were corrected since",
    "corrects, reason": "which update a correction replaces, and why",
    "as_of, by": "the day that the row shows, and whose judgements alone, if not everybody's",
}
_BACK = (
    "Who keeps the record can take changed cells back with 'pathtrack import'. On the first sheet, these are "
    "status, confidence, note, sources, response and due: each changed row becomes an update by whoever "
    "imports it. What follows from the updates (since, last_update, moved and the like) is not read. On the "
    "sheet of updates, a new row without an id is an update, and a changed one corrects the update whose "
    "id it has, if its cell 'reason' or the option --reason says why."
)


def render(view: View, scheme: Scheme | None = None) -> bytes:
    """Return the workbook of a view; GAO's own table, for its scheme, is one sheet and nothing else."""

    def fill(book: Book) -> None:
        book.table("Recommendations", csv.columns(scheme), csv.cells(view, scheme), _WIDTHS)
        if scheme is not Scheme.GAO:
            updates = (sheet.update(each).values() for each in view.updates)
            book.table("Updates", sheet.UPDATE, updates, _WIDTHS)
            book.table("Sources", sheet.SOURCE, _sources(view), _WIDTHS)
            book.explain("Read me", _explanations(view))

    return workbook(view.tracker.report.title, view.as_of, fill)


def _sources(view: View) -> Iterator[tuple[object, ...]]:
    """Yield each source with all that is known about it, by the updates in view."""
    cited = [(each, update) for update in view.updates for each in update.evidence]
    found = Sources(each for each, _ in cited)
    about: dict[int, dict[str, None]] = {}
    for each, update in cited:
        about.setdefault(found.place(each), {}).update(dict.fromkeys(update.recommendations))
    for place, ids in about.items():
        source = found[place]
        yield ("; ".join(ids), *(getattr(source, name) for name in sheet.SOURCE[1:]))


def _explanations(view: View) -> Iterator[Section]:
    report = view.tracker.report
    facts = {
        "Report": report.title,
        "Publisher": report.publisher,
        "Published": report.published,
        "Address": report.url,
        "As of": view.as_of,
        "Shown": view.scope,
        "Judged by": view.by,
        "Licence": report.licence,
        "Corrections": report.contact,
    }
    yield "About", [(name, value) for name, value in facts.items() if value]
    yield "Sheets", [*_SHEETS.items()]
    yield "Columns", [*_COLUMNS.items()]
    yield "Statuses", [(status.value, found.meaning) for status, found in DEFINITIONS.items()]
    yield "Method", [("", line) for line in filter(None, (report.method, *Content(view).method()))]
    yield "Changed cells", [("", _BACK)]
