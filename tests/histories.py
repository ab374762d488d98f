"""Records that were corrected, for laws: updates, and corrections of corrections of them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import strategies as st

from pathtrack.record.corrections import update_id
from pathtrack.record.dates import partial
from pathtrack.record.model import Update
from pathtrack.record.status import Response, Status
from samples import day, recommendation, source, value_of

DAYS = st.dates(dt.date(2025, 1, 1), dt.date(2025, 1, 8))
ZONES = st.sampled_from([dt.timezone(dt.timedelta(hours=hours)) for hours in (-5, 0, 9)])
RECORDED = st.builds(
    lambda date, hour, zone: dt.datetime.combine(date, dt.time(hour), zone),
    DAYS,
    st.sampled_from([1, 12, 23]),
    ZONES,
)
SOURCES = [
    source("https://a.example", title="Act"),
    source("http://www.a.example/", kind="law"),
    source(None, title="Act"),
    source(None, title="Report", publisher="Ministry"),
    source("https://b.example", title="Report", date=partial("2025")),
]
ASKED = (
    recommendation("D1", actors=["Seoul", "Washington"], due=partial("2025-01")),
    recommendation("D1.a", part_of="d1"),
    recommendation("D2", formerly=["R1"], area="water"),
)
CONTENTS = st.fixed_dictionaries(
    {
        "date": DAYS | st.just(partial("2024")),
        "recorded": st.none() | RECORDED,
        "by": st.sampled_from(["Ana", "ANA ", "Bo"]),
        "recommendations": st.lists(
            st.sampled_from(["D1", "d1", "D1.A", "D2", "r1", "x"]), min_size=1, max_size=2
        ),
        "actors": st.lists(st.sampled_from(["Seoul", "SEOUL", "Tokyo"]), max_size=1),
        "status": st.none() | st.sampled_from(Status),
        "response": st.none() | st.sampled_from(Response),
        "note": st.sampled_from([None, "A note.", "Another."]),
        "due": st.none() | st.sampled_from([day("2025-01-05"), partial("2025-01"), day("2026-01-01")]),
        "evidence": st.lists(st.sampled_from(SOURCES), max_size=2),
    }
)
Node = tuple[Update, int | None]
"""An update, and the number of the one that it corrects."""


@st.composite
def histories(draw: st.DrawFn) -> list[Node]:
    """Draw updates and corrections of them, chains and forks and withdrawals among them."""
    nodes: list[Node] = []
    for number, content in enumerate(draw(st.lists(CONTENTS, min_size=1, max_size=9))):
        target = draw(st.none() | st.integers(0, number - 1)) if number else None
        said = {**content, "searched": [f"Place {number}"]}  # no two are equal
        if target is not None:
            withdrawal = {name: content[name] for name in ("date", "recorded", "by", "recommendations")}
            said = draw(st.sampled_from([said, withdrawal]))
            said |= {"corrects": update_id(nodes[target][0]), "reason": f"Reason {number}."}
        nodes.append((value_of(Update, said), target))
    return nodes


def in_place(nodes: Sequence[Node], order: Sequence[int]) -> list[Update]:
    """Write the file anew, by hand: each update replaced, where it stands, by what became of it."""
    gone = {target for _, target in nodes}
    written: list[Update] = []
    for root in (number for number in order if nodes[number][1] is None):
        for number in order:
            above = number
            while (target := nodes[above][1]) is not None:
                above = target
            if above == root and number not in gone and nodes[number][0].says_something:
                known = min(map(known_since, tree(nodes, root)), key=lambda each: each.date())
                written.append(replace(nodes[number][0], recorded=known, corrects=None, reason=None))
    return written


def tree(nodes: Sequence[Node], root: int) -> list[Update]:
    """Return an update, and all that corrects it or a correction of it."""
    found = [root]
    for number, (_, target) in enumerate(nodes):
        if target in found:
            found.append(number)
    return [nodes[number][0] for number in found]


def known_since(update: Update) -> dt.datetime:
    """Return when an update was typed in; by its date if it does not say."""
    return update.recorded or dt.datetime.combine(update.date, dt.time(12), dt.UTC)


def last_day(date: dt.date) -> dt.date:
    """Return the last day that a date can be."""
    return dt.date(date.year, date.month, date.day)
