"""A tracker as CSV for spreadsheets: a row for each recommendation, or for each update."""

import csv
import html
import io
from collections.abc import Iterable

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
    """Return a row for each recommendation: GAO's columns first, with the words of a scheme, then ours.

    Without a scheme, an imported status and comment are printed as they were while they still hold.
    """
    rows = ((*_gao(each, view, scheme), *sheet.recommendation(each, by=view.by)) for each in view.rows)
    return _table((*GAO_COLUMNS, *sheet.RECOMMENDATION), rows)


def updates(view: View) -> str:
    """Return a row for each update, its sources joined by line breaks."""
    return _table(sheet.UPDATE, (sheet.update(each).values() for each in view.updates))


def _gao(standing: Standing, view: View, scheme: Scheme | None) -> Iterable[object]:
    recommendation = standing.recommendation
    imported = recommendation.source
    derived = {
        "Publication Name": imported.get("Publication Name") or view.tracker.report.title,
        "Agency": imported.get("Agency") or "; ".join(recommendation.actors),
        "Recommendation": imported.get("Recommendation") or recommendation.summary or recommendation.title,
        "Status": _status(standing, scheme),
        "Comments": _comments(standing.newest_note, imported.get("Comments", "")),
    }
    return (derived.get(name, imported.get(name)) for name in GAO_COLUMNS)


def _status(standing: Standing, scheme: Scheme | None) -> str:
    """Return a body's word; without a scheme, the source's own while its status holds, otherwise GAO's."""
    own = standing.recommendation.source.get(crosswalk.kept_as(standing.status))
    return own if own and not scheme else crosswalk.theirs(standing.status, scheme or Scheme.GAO)


def _comments(note: str, imported: str) -> str:
    """Return the newest note, in the exact words of the import while it is the imported one."""
    return imported if not note or html.unescape(imported).split() == note.split() else note


def _table(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows(map(sheet.cell, row) for row in rows)
    return text.getvalue()
