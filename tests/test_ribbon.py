import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathtrack.record.dates import partial
from pathtrack.record.model import Tracker
from pathtrack.record.status import Status
from pathtrack.show import ribbon
from samples import TODAY, day, recommendation, seen, source, tracked, update


def test_the_span_begins_with_the_year_of_the_oldest_update(tracker: Tracker) -> None:
    over = ribbon.days(seen(tracker).standings, until=TODAY)
    assert over == ribbon.Days(day("2024-01-01"), TODAY)


def test_the_span_of_nothing_is_the_last_four_weeks() -> None:
    assert ribbon.days((), until=TODAY) == ribbon.Days(day("2026-01-04"), TODAY)
    assert ribbon.days((), until=dt.date.min) == ribbon.Days(dt.date.min, dt.date.min)


@pytest.mark.parametrize(
    ("oldest", "labels"),
    [
        ("2026-01-31", "4 Jan, 11 Jan, 18 Jan, 25 Jan"),
        ("2026-01-10", "4 Jan, 11 Jan, 18 Jan, 25 Jan"),
        ("2025-12-20", "20 Dec, 27 Dec, 3 Jan, 10 Jan, 17 Jan, 24 Jan, 31 Jan"),
        ("2025-09-09", "Sep 2025, Oct 2025, Nov 2025, Dec 2025, Jan 2026"),
        ("2025-03-09", "Mar 2025, May 2025, Jul 2025, Sep 2025, Nov 2025, Jan 2026"),
        (
            "2024-06-09",
            "Jan 2024, Apr 2024, Jul 2024, Oct 2024, Jan 2025, Apr 2025, Jul 2025, Oct 2025, Jan 2026",
        ),
        ("2022-06-09", "2022, 2023, 2024, 2025, 2026"),
        ("1226-06-09", "1250, 1300, 1350"),
    ],
)
def test_the_axis_names_what_a_reader_understands(oldest: str, labels: str) -> None:
    made = seen(tracked(recommendation(), update(oldest, status="partial")))
    ticks = ribbon.days(made.standings, until=TODAY).ticks()
    assert ", ".join(each.label for each in ticks).startswith(labels)
    assert [each.at for each in ticks] == sorted({each.at for each in ticks})
    assert len({each.label for each in ticks}) == len(ticks)


@given(st.dates(), st.dates(), st.dates())
def test_a_date_stands_between_0_and_1(one: dt.date, other: dt.date, date: dt.date) -> None:
    over = ribbon.Days(min(one, other), max(one, other))
    assert 0 <= over.at(date) <= 1
    assert over.at(over.first) == 0
    assert over.at(over.last) == (over.first < over.last)


def test_a_segment_is_a_run_of_one_status_and_the_last_is_cut_at_the_last_update() -> None:
    made = tracked(
        recommendation(),
        update("2025-01-01", status="in-progress"),
        update("2025-03-01", status="in-progress"),
        update("2025-05-01", status="partial"),
        update("2025-07-01"),
    )
    (standing,) = seen(made).standings
    over = ribbon.Days(day("2025-01-01"), TODAY)
    assert [*ribbon.segments(standing, over)] == [
        ribbon.Segment(0, over.at(day("2025-05-01")), Status.IN_PROGRESS, checked=True),
        ribbon.Segment(over.at(day("2025-05-01")), over.at(day("2025-07-01")), Status.PARTIAL, checked=True),
        ribbon.Segment(over.at(day("2025-07-01")), 1, Status.PARTIAL, checked=False),
    ]


def test_what_was_checked_today_has_nothing_after_it() -> None:
    made = tracked(recommendation(), update("2025-01-01", status="partial"), update(str(TODAY)))
    (standing,) = seen(made).standings
    (segment,) = ribbon.segments(standing, ribbon.Days(day("2025-01-01"), TODAY))
    assert segment.checked
    assert segment.end == 1


def test_the_last_column_shows_the_present_status() -> None:
    made = tracked(recommendation(), recommendation("D2"), update("2025-01-01", status="partial"))
    one, other = seen(made).standings
    over = ribbon.Days(day("2025-01-01"), TODAY)
    assert [sign for sign, _ in ribbon.cells(one, over, 6)] == [*"-----", "▓"]
    assert {sign for sign, _ in ribbon.cells(other, over, 6)} == {" "}


def test_the_never_assessed_have_no_segments(tracker: Tracker) -> None:
    never = seen(tracker).standings[4]
    over = ribbon.Days(day("2024-01-01"), TODAY)
    assert not [*ribbon.segments(never, over), *ribbon.marks(never, over)]


@pytest.mark.parametrize(("on", "statuses"), [("2024-03-01", 1), ("2024-06-15", 2), ("2025-12-31", 4)])
def test_segments_follow_each_other_without_a_gap(tracker: Tracker, on: str, statuses: int) -> None:
    standing = seen(tracker, day(on)).standings[2]
    found = [*ribbon.segments(standing, ribbon.Days(day("2024-03-01"), day(on)))]
    for before, after in pairwise(found):
        assert before.end == after.start
    assert (found[0].start, len({each.status for each in found})) == (0, statuses)


def test_a_mark_is_an_update_with_evidence() -> None:
    made = tracked(recommendation(), update("2025-01-01"), update("2025-02-01", evidence=[source()]))
    (standing,) = seen(made).standings
    over = ribbon.Days(day("2025-01-01"), TODAY)
    (mark,) = ribbon.marks(standing, over)
    assert (mark.at, mark.update) == (over.at(day("2025-02-01")), made.updates[1])


def test_the_span_goes_on_to_a_target_date_that_was_moved_and_leaves_the_past_half() -> None:
    def until(due: str, *, first: str = "2025-01-01") -> dt.date:
        made = tracked(recommendation(due=day(first)), update("2025-06-01", due=day(due), note="n"))
        return ribbon.days(seen(made).standings, until=TODAY).last

    assert until("2026-05-01") == day("2026-05-01")
    assert until("9999-12-31") == TODAY + (TODAY - day("2025-06-01"))
    assert until("2025-07-01") == TODAY
    assert until("2026-05-01", first="2026-05-01") == TODAY  # it was only repeated


def test_a_target_date_is_marked_where_it_was_moved_and_where_it_lies() -> None:
    made = tracked(
        recommendation(due=partial("2025")),
        update("2025-02-01", due=partial("2025"), note="The same."),
        update("2025-03-01", due=day("2026-01-01"), note="Later."),
        update("2025-04-01", due=day("2025-12-01"), status="in-progress"),
    )
    (standing,) = seen(made).standings
    over = ribbon.days([standing], until=TODAY)
    moves = [(day("2025-03-01"), day("2026-01-01")), (day("2025-04-01"), day("2025-12-01"))]
    assert [*ribbon.targets(standing, over)] == [
        *(ribbon.Target(over.at(moved), due, moved) for moved, due in moves),
        ribbon.Target(over.at(day("2025-12-01")), day("2025-12-01")),
    ]
    drawn = "".join(block for block, _ in ribbon.cells(standing, over, 100))
    assert (drawn.count(">"), drawn.count("D")) == (2, 1)


def test_a_target_date_that_never_moved_has_no_mark() -> None:
    made = tracked(recommendation(due=day("2026-06-01")), recommendation("D2"), update(status="partial"))
    standings = seen(made).standings
    over = ribbon.days(standings, until=TODAY)
    assert over.last == TODAY
    assert not [each for standing in standings for each in ribbon.targets(standing, over)]
    assert not [each for each in ribbon.legend(standings) if "target" in each]


@pytest.mark.parametrize(("first", "years"), [("1996-05-01", 16), ("0002-05-01", 20), ("1990-01-01", 19)])
def test_a_mistyped_year_does_not_fill_the_ribbon_with_years(first: str, years: int) -> None:
    found = [int(each.label) for each in ribbon.Days(day(first), TODAY).ticks()]
    assert len(found) == years
    assert len({b - a for a, b in pairwise(found)}) == 1
