"""Tables to import, as the tests of intake write and read them."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain

from pathtrack.file import toml
from pathtrack.file.document import Document
from pathtrack.intake import columns, report, table
from pathtrack.intake.columns import Preset
from pathtrack.intake.dates import DateOrder
from pathtrack.intake.meanings import Vocabulary
from pathtrack.intake.outcome import Plan, Remark
from pathtrack.intake.plan import plan
from pathtrack.intake.rules import Rules
from pathtrack.intake.table import Table
from pathtrack.record import crosswalk
from pathtrack.record.crosswalk import Scheme
from pathtrack.record.model import Tracker
from samples import DATA, SMALL, day, tracked

NOW = dt.datetime(2026, 1, 31, 12, tzinfo=dt.UTC)
BLANK = tracked()
SMALL_TRACKER = Document.read(SMALL, name="tracker.toml").tracker


def written(*rows: Sequence[str], delimiter: str = ",") -> bytes:
    """Return rows as a CSV file."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def read(data: bytes) -> Table:
    """Return the table that a CSV file holds."""
    return table.read(data, columns.is_name, name="t.csv")


def rules(found: Table, preset: Preset | None = None) -> Rules:
    """Return rules that guess the columns."""
    return Rules(
        columns=columns.choose(found.columns, {}, preset),
        vocabulary=Vocabulary(crosswalk.known(Scheme.GAO)),
        by="Ana",
        recorded=NOW,
        area="harbor",
        date=day("2025-06-01"),
        preset=preset,
    )


def planned(*rows: Sequence[str], tracker: Tracker = BLANK) -> Plan:
    """Return what rows add to a tracker."""
    found = read(written(*rows))
    return plan(found, rules(found), tracker)


def grown(tracker: Tracker, made: Plan) -> Tracker:
    """Return the tracker with what the plan adds, written and read again."""
    blank = Document.read(toml.block(tracker.report).encode(), name="t")
    old = blank.with_more(recommendations=tracker.recommendations, updates=tracker.updates)
    return old.with_more(recommendations=made.recommendations, updates=made.updates).tracker


def outcomes(made: Plan) -> list[int]:
    """Return the line of each row, once for each outcome that it has."""
    refused = {each.line for each in made.refused}
    return sorted(chain(made.imported, made.unchanged, made.empty, refused))


def reasons(remarks: Iterable[Remark]) -> list[tuple[int, str]]:
    """Return remarks by their lines."""
    return [(each.line, each.reason) for each in remarks]


def understood(found: Table, how: Rules) -> list[str]:
    """Return what is said of how a table is read."""
    return [*report.understood(found, how)]


def imported(name: str, scheme: Scheme, preset: Preset | None) -> tuple[Table, Rules, Plan]:
    """Return a table of data/import, how it is read, and what it adds."""
    found = read((DATA / "import" / name).read_bytes())
    base = rules(found, preset)
    read_by = replace(base, vocabulary=Vocabulary(crosswalk.known(scheme)), order=DateOrder.DMY)
    return found, read_by, plan(found, read_by, BLANK)
