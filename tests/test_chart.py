import datetime as dt
from itertools import pairwise

import pytest

from pathtrack.export.chart import Chart
from pathtrack.export.content import Content
from samples import recommendation, seen, source, tracked, update


def chart(first: str, *, identifier: str = "D1") -> Chart:
    made = tracked(recommendation(identifier), update(first, identifier, evidence=[source()]))
    return Chart(Content(seen(made, dt.date(2026, 1, 31))), lambda *_: "there")


@pytest.mark.parametrize(
    "first",
    [
        "2026-01-01",
        "2025-12-20",
        "2025-06-01",
        "2024-01-01",
        "2020-01-01",
        "2012-01-01",
        "1996-01-01",
        "0002-01-01",
    ],
)
def test_labels_have_room_on_paper_and_on_a_phone(first: str) -> None:
    found = chart(first).labels
    on_a_phone = [each for each in found if not each.rank]
    on_paper = [each for each in found if each.rank != "least"]
    assert 1 <= len(on_a_phone) <= 7
    assert len(on_paper) <= 14
    assert len(found) <= 30
    for shown, width in ((on_a_phone, 330), (on_paper, 650), (found, 1000)):
        for one, other in pairwise(shown):
            assert (other.at - one.at) * width > 7 * (len(one.text) + len(other.text)) / 2


def test_long_ids_get_a_wider_column() -> None:
    assert not chart("2025-01-01").has_long_ids
    assert chart("2025-01-01", identifier="Open.Data-7").has_long_ids


def test_a_tick_says_what_it_stands_for_and_leads_to_it() -> None:
    made = chart("2025-01-24")
    (standing,) = made.content.rows
    drawn = made.drawn(standing)
    assert drawn.count('<a href="#there"') == 1
    assert "24 Jan 2025: New evidence. (1 source)" in drawn
