"""A form as it comes back, in rows of cells: as it was sent, filled in, and whatever happened to it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from intake import NOW
from pathtrack.file import store
from pathtrack.intake import answers, ask, filled
from pathtrack.intake.outcome import Plan
from pathtrack.intake.reader.grid import Row, Sheet
from pathtrack.intake.replies import How
from pathtrack.record.model import Tracker
from pathtrack.record.standings import standings
from pathtrack.sheet import form, guide
from pathtrack.sheet.form import FILLED, SHOWN, Column, Form
from samples import DATA, TODAY

RIVERS = "Ministry of Rivers"
TRACKER = store.load(DATA / "parts.toml")
ASKED = Form(TRACKER.report.title, RIVERS, TODAY.isoformat())
COLUMNS = (*SHOWN, *FILLED)
FIRST = 6
"""The row of F1, from 1: below the lines that say what the form is about, and the header."""
ROWS = ("F1", "F1.a", "F2", "F3", "O2")
Grid = list[list[str]]


def grid(said: Mapping[str, Mapping[Column, str]], tracker: Tracker = TRACKER) -> Grid:
    """Return the rows of a form with what somebody has filled in, by id."""
    found = [[line] for line in guide.above(tracker.report, ASKED)]
    found.append([*COLUMNS, ASKED.text])
    for each in standings(tracker, on=TODAY):
        if each.recommendation.id in ROWS:
            shown = [*form.shown(each, RIVERS).values()]
            mine = said.get(each.recommendation.id, {})
            found.append([*shown, *(mine.get(column, "") for column in FILLED), form.mark(shown)])
    return found


def sheet(rows: Sequence[Sequence[str]], name: str = "Form", links: Mapping[str, str] | None = None) -> Sheet:
    """Return rows as a sheet; `links` are addresses behind cells such as H6."""
    placed = (Row(number, tuple(row), len(row)) for number, row in enumerate(rows, start=1))
    behind = {(int(place[1:]), ord(place[0]) - ord("A")): to for place, to in (links or {}).items()}
    return Sheet(name, tuple(placed), behind)


def plan(*sheets: Sheet, tracker: Tracker = TRACKER) -> Plan:
    """Return what a workbook of these sheets adds to the tracker."""
    return ask.plan(filled.read(sheets), tracker, How(TODAY, NOW, answers.known()))


def taken(rows: Grid, *others: Sheet, tracker: Tracker = TRACKER) -> dict[str, tuple[str, str]]:
    """Return the answer and the note that each recommendation gets."""
    made = plan(sheet(rows), *others, tracker=tracker)
    return {each.recommendations[0]: (str(each.response or ""), each.note or "") for each in made.updates}


def told(made: Plan) -> list[str]:
    """Return all that is said of a plan."""
    return [each.reason for each in (*made.refused, *made.unread, *made.remarks)]


def grown(tracker: Tracker, made: Plan) -> Tracker:
    """Return the tracker with what a plan adds."""
    return replace(tracker, updates=(*tracker.updates, *made.updates))
