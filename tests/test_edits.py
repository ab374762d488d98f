"""A cell of our tables that somebody changed is recorded just so, or a line says that it is not."""

import csv
import datetime as dt
import io
from dataclasses import replace
from typing import NamedTuple

from hypothesis import assume, given
from hypothesis import strategies as st

from histories import ASKED, histories
from pathtrack import sheet
from pathtrack.export import Rows
from pathtrack.intake.comparison import Comparison, plain
from pathtrack.intake.outcome import Plan
from pathtrack.intake.plan import plan
from pathtrack.record.corrections import update_id
from pathtrack.record.model import Tracker
from samples import TODAY, day, recommendation, tracked
from test_own import exported, rules

DATES = ["2025-01-05", "2024", "2025-01", "2026-01-01", "soon"]
WORDS = {
    "status": ["implemented", "Partial", "not-assessed", "maybe"],
    "confidence": ["high", "low", "sure"],
    "response": ["noted", "accepted", "perhaps", "Seoul: noted"],
    **dict.fromkeys(sheet.DATES, DATES),
    "recommendations": ["D1", "D2; D1", "zzz"],
    "part_of": ["D2", "zzz"],
    "id": ["D9", "zzz", "1.5"],
    "evidence_url": ["https://new.example", "https://a.example\nhttps://new.example", "javascript:x"],
    "sources": ["https://new.example", "https://a.example\nhttps://new.example"],
    "evidence_kind": ["law", "gossip"],
    "corrects": ["zzzz", "0123456789ab"],
}
OTHERS = ["Changed.", "7", "yes", "1.1"]
SPELLED = {("status", "Partial"), ("recommendations", "r1"), ("recommendations", "x")}
"""Texts that come back in other words."""
JUDGED = {"status", "confidence", "recommendations", "actors"}
GONE = [
    *([each] for each in sheet.RECOMMENDATION),
    *(["as_of", "updates"], ["by", "updates"], ["as_of", "updates", "by", "since", "corrected"]),
    ["last_update", "last_judged", "since", "evidence", "moved", "updates"],
]
"""Columns that somebody may have removed."""
TRACKERS = histories().map(
    lambda nodes: tracked(
        *(replace(each, title=f"Title {each.id}") for each in ASKED),
        recommendation("E", title="Another", area="water"),
        *(each for each, _ in nodes),
    )
)


class Edit(NamedTuple):
    """A tracker, the rows of its table on a day by all or one, and which cell has what text instead."""

    tracker: Tracker
    kind: Rows
    on: dt.date
    by: str | None
    rows: list[dict[str, str]]
    number: int
    column: str
    new: str
    gone: list[str]

    @property
    def text(self) -> bytes:
        """The table with the change."""
        changed = [dict(each) for each in self.rows]
        changed[self.number][self.column] = self.new
        names = [each for each in changed[0] if each not in self.gone]
        text = io.StringIO()
        writer = csv.DictWriter(text, names, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(changed)
        return text.getvalue().encode()

    @property
    def line(self) -> int:
        """The line of the changed row."""
        reader = csv.reader(io.StringIO(self.text.decode(), newline=""))
        return [reader.line_num + 1 for _ in reader][self.number]


def rows_of(text: bytes) -> list[dict[str, str]]:
    return [*csv.DictReader(io.StringIO(text.decode(), newline=""))]


@st.composite
def edits(draw: st.DrawFn) -> Edit:
    """Draw a tracker, its table, and a cell of it with another text."""
    tracker, kind = draw(TRACKERS), draw(st.sampled_from(Rows))
    on = draw(st.sampled_from([TODAY, TODAY, day("2025-01-04")]))
    by = draw(st.sampled_from([None, None, "Ana", "Bo"]))
    rows = rows_of(exported(tracker, kind, on=on, by=by))
    assume(rows)
    number, column = draw(st.integers(0, len(rows) - 1)), draw(st.sampled_from([*rows[0]]))
    new = draw(st.sampled_from(["", *(each[column] for each in rows), *WORDS.get(column, OTHERS)]))
    gone = draw(st.just([]) | st.sampled_from(GONE)) if kind is Rows.RECOMMENDATIONS else []
    assume(new != rows[number][column] and column not in gone)
    assume(column != "recommendations" or new.upper() != rows[number][column].upper())  # it means the same
    assume(column != "overdue" or "as_of" not in gone)  # of which day that would be, nobody knows
    assume(column not in {"updates", "corrected"} or not new.isdecimal())  # it may be just an older row
    return Edit(tracker, kind, on, by, rows, number, column, new, gone)


@given(edits(), st.sampled_from([None, "A slip."]))
def test_a_changed_cell_is_recorded_just_so_or_named(edit: Edit, reason: str | None) -> None:
    found, how = rules(edit.text, date=TODAY)
    require_recorded_or_named(edit, plan(found, replace(how, reason=reason), edit.tracker))


def require_recorded_or_named(edit: Edit, made: Plan) -> None:
    """Assert that a table adds just its change, or a line says that it is not recorded."""
    assert (made.recommendations, len(made.updates) > 1) == ((), False)
    if made.updates:
        require_recorded(edit, made)
    else:
        assert is_named(edit, made), (edit.column, edit.rows[edit.number][edit.column], edit.new)


def is_named(edit: Edit, made: Plan) -> bool:
    """Return whether the row is refused, or a remark about it names the column or what is in the cell."""
    told = [each.reason for each in (*made.unread, *made.remarks) if each.line == edit.line]
    is_refused = any(each.line == edit.line for each in made.refused)
    return is_refused or any(edit.column in each or (edit.new and edit.new in each) for each in told)


def require_recorded(edit: Edit, made: Plan) -> None:
    """Assert that a fresh export has just this change."""
    before, column, new = edit.rows[edit.number], edit.column, edit.new
    now = exported(edit.tracker, edit.kind)
    grown = replace(edit.tracker, updates=(*edit.tracker.updates, *made.updates))
    after = rows_of(exported(grown, edit.kind))
    if edit.kind is Rows.UPDATES:
        row = next(each for each in after if each["id"] == update_id(made.updates[0]))
        assert row["corrects"] == before["id"]
        kept = {*sheet.UPDATE} - {column, "id", "recorded", "corrects", "reason"}
        kept -= {"by"} if column in JUDGED else set()
    else:
        row, before = after[edit.number], rows_of(now)[edit.number]
        # A judgement is of one day: what it says of the status is not what another said of it before.
        kept = {*sheet.EDITABLE} - {column} - ({"confidence", "note"} if column in JUDGED else set())
    is_same = Comparison(None).is_same(column, new, row[column])
    assert (
        is_same
        or plain(new) == plain(row[column])
        or (column, new) in SPELLED
        or (column == "sources" and is_named(edit, made))
    )
    assert {name: row[name] for name in kept} == {name: before[name] for name in kept}
