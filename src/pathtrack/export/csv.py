"""A tracker as CSV for spreadsheets: a row for each recommendation, or for each update."""

import csv
import html
import io
import re
from collections.abc import Iterable, Sequence

from pathtrack.record import crosswalk
from pathtrack.record.crosswalk import Scheme
from pathtrack.record.model import Update
from pathtrack.record.standings import Standing
from pathtrack.record.view import View
from pathtrack.text import safe

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

_OUR_COLUMNS = (
    *("id", "area", "title", "ref", "status", "since", "last_update", "updates", "evidence"),
    *("actors", "ongoing", "due", "overdue", "done_when"),
)
_EVIDENCE_COLUMNS = ("title", "publisher", "url", "date", "kind", "archive")
_UPDATE_COLUMNS = (
    *("date", "recorded", "by", "recommendations", "status", "note", "searched"),
    *(f"evidence_{name}" for name in _EVIDENCE_COLUMNS),
)
_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")


def recommendations(view: View, scheme: Scheme | None = None) -> str:
    """Return a row for each recommendation: GAO's columns first, with the words of a scheme, then ours.

    Without a scheme an imported status and comment are printed as they were for as long as they hold.
    """
    rows = ((*_gao(each, view, scheme), *_ours(each)) for each in view.standings)
    return _table((*GAO_COLUMNS, *_OUR_COLUMNS), rows)


def updates(view: View) -> str:
    """Return a row for each update, its sources joined by line breaks."""
    return _table(_UPDATE_COLUMNS, map(_update, view.updates))


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
    """Return a body's word; without a scheme the source's own while its status holds, else GAO's."""
    own = standing.recommendation.source.get(crosswalk.kept_as(standing.status))
    return own if own and not scheme else crosswalk.theirs(standing.status, scheme or Scheme.GAO)


def _comments(note: str, imported: str) -> str:
    """Return the newest note; in the very words of the import while it is the imported one."""
    return imported if not note or html.unescape(imported).split() == note.split() else note


def _ours(standing: Standing) -> Iterable[object]:
    recommendation = standing.recommendation
    return (
        recommendation.id,
        recommendation.area,
        recommendation.title,
        recommendation.ref,
        standing.status,
        standing.since,
        standing.last_update,
        len(standing.records),
        standing.evidence,
        "; ".join(recommendation.actors),
        "yes" if recommendation.ongoing else "no",
        recommendation.due,
        "yes" if standing.overdue else "no",
        recommendation.done_when,
    )


def _update(update: Update) -> Iterable[object]:
    return (
        update.date,
        update.recorded,
        update.by,
        "; ".join(update.recommendations),
        update.status,
        update.note,
        "; ".join(update.searched),
        *(_joined([getattr(each, name) for each in update.evidence]) for name in _EVIDENCE_COLUMNS),
    )


def _joined(values: Sequence[object]) -> str:
    return "\n".join(str(value or "(none)") for value in values) if any(values) else ""


def _table(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows(map(_cell, row) for row in rows)
    return text.getvalue()


def _cell(value: object) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    text = safe("" if value is None else str(value))
    return f"'{text}" if _FORMULA.match(text) else text
