"""A tracker as CSV for spreadsheets: a row for each recommendation, or for each update."""

import csv
import html
import io
from collections.abc import Iterable, Iterator

from pathtrack import sheet
from pathtrack.record import crosswalk
from pathtrack.record.crosswalk import Scheme
from pathtrack.record.standings import Standing
from pathtrack.record.view import View

GAO_COLUMNS = (
    "Publication Name",
    "Publication Number",
    "Date Publication Issued",
    "Director Name",
    "Director Phone",
    "Agency",
    "Recommendation",
    "Status",
    "Priority",
    "Comments",
)
"""The columns of GAO's own export of open recommendations."""


def recommendations(view: View, scheme: Scheme | None = None) -> str:
    """Return a row for each recommendation."""
    return _text(columns(scheme), cells(view, scheme))


def updates(view: View) -> str:
    """Return a row for each update, its sources joined by line breaks."""
    return _text(sheet.UPDATE, (sheet.update(each).values() for each in view.updates))


def columns(scheme: Scheme | None) -> tuple[str, ...]:
    """Return our columns, and one of a body's words if one is named; for GAO those of its own table alone."""
    if scheme is Scheme.GAO:
        return GAO_COLUMNS
    return (*sheet.RECOMMENDATION, *([scheme.value] if scheme else []))


def cells(view: View, scheme: Scheme | None) -> Iterator[tuple[object, ...]]:
    """Yield the cells of each recommendation, in these columns."""
    for each in view.rows:
        if scheme is Scheme.GAO:
            yield tuple(_gao(each, view))
        else:
            word = [_word(each, scheme)] if scheme else []
            yield (*sheet.recommendation(each, by=view.by), *word)


def _gao(standing: Standing, view: View) -> Iterable[object]:
    recommendation = standing.recommendation
    imported = recommendation.source
    derived = {
        "Publication Name": imported.get("Publication Name") or view.tracker.report.title,
        "Agency": imported.get("Agency") or "; ".join(recommendation.actors),
        "Recommendation": imported.get("Recommendation") or recommendation.summary or recommendation.title,
        "Status": _word(standing, Scheme.GAO),
        "Comments": _comments(standing.newest_note, imported.get("Comments", "")),
    }
    return (derived.get(name, imported.get(name)) for name in GAO_COLUMNS)


def _word(standing: Standing, scheme: Scheme) -> str:
    """Return a body's word for a status, as the body itself spelled it while its status holds."""
    own = standing.recommendation.source.get(crosswalk.kept_as(standing.status), "")
    is_theirs = crosswalk.plain(own) in map(crosswalk.plain, crosswalk.ours(scheme))
    return own if is_theirs else crosswalk.theirs(standing.status, scheme)


def _comments(note: str, imported: str) -> str:
    """Return the newest note, in the exact words of the import while it is the imported one."""
    return imported if not note or html.unescape(imported).split() == note.split() else note


def _text(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows(map(sheet.cell, row) for row in rows)
    return text.getvalue()
