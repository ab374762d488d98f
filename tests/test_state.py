import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathtrack.record import filters
from pathtrack.record import standings as state
from pathtrack.record.model import Evidence, Tracker, Update
from pathtrack.record.progress import progress
from pathtrack.record.status import Status
from samples import TODAY, day, recommendation, seen, source, tracked, update

IDS = ("D1", "d2", "X")
NAMED = ("D1", "d1", "D2", "X", "nowhere")
DAYS = st.dates(dt.date(2025, 1, 1), dt.date(2025, 1, 8))
PEOPLE = ("Ana", "Bo")
SOURCES = (
    *(source("https://a.example", title=title) for title in ("one", "two")),
    *(source(None, title=title) for title in ("three", "four")),
)
UPDATES = st.lists(
    st.builds(
        Update,
        date=DAYS,
        by=st.sampled_from(PEOPLE),
        recommendations=st.lists(
            st.sampled_from(["D1", "d1", "D2", "X", "nowhere"]), min_size=1, max_size=3
        ).map(tuple),
        status=st.none() | st.sampled_from(Status),
        note=st.just("A note."),
        evidence=st.lists(st.sampled_from(SOURCES), max_size=2).map(tuple),
    ),
    max_size=12,
)
TRACKERS = UPDATES.map(
    lambda updates: tracked(*(recommendation(each, due=day("2025-01-05")) for each in IDS), *updates)
)


def told(tracker: Tracker, identifier: str, on: dt.date, by: str | None) -> list[Update]:
    """Read the updates about one recommendation by brute force, day by day."""
    found = []
    for ordinal in range(dt.date(2025, 1, 1).toordinal(), on.toordinal() + 1):
        for each in tracker.updates:
            about = [name.lower() for name in each.recommendations]
            if each.date.toordinal() == ordinal and identifier.lower() in about and by in (None, each.by):
                found.append(each)
    return found


def runs(records: Sequence[Update]) -> list[list[Update]]:
    """Group the updates with a status into unbroken runs of the same one."""
    grouped: list[list[Update]] = []
    for each in records:
        if each.status and grouped and grouped[-1][0].status is each.status:
            grouped[-1].append(each)
        elif each.status:
            grouped.append([each])
    return grouped


@given(tracker=TRACKERS, on=DAYS, by=st.none() | st.sampled_from(PEOPLE))
def test_standings_say_what_a_reading_by_brute_force_says(
    tracker: Tracker, on: dt.date, by: str | None
) -> None:
    standings = state.standings(tracker, on=on, by=by)
    assert tuple(each.recommendation.id for each in standings) == IDS
    for standing in standings:
        records = told(tracker, standing.recommendation.id, on, by)
        unbroken = runs(records)
        sources: list[Evidence] = [each for record in records for each in record.evidence]
        assert list(standing.records) == records
        assert standing.as_of == on
        assert standing.status is (unbroken[-1][0].status if unbroken else Status.NOT_ASSESSED)
        assert standing.since == (unbroken[-1][0].date if unbroken else None)
        assert standing.last_update == max((each.date for each in records), default=None)
        assert [(each.date, each.status, each.by) for each in standing.history] == [
            (run[0].date, run[0].status, run[0].by) for run in unbroken
        ]
        assert standing.evidence == len({each.url or each.title for each in sources})
        assert standing.assessed is (standing.status is not Status.NOT_ASSESSED)
        ended = standing.status in {Status.IMPLEMENTED, Status.NOT_IMPLEMENTED}
        assert standing.overdue is (on > dt.date(2025, 1, 5) and not ended)


@given(tracker=TRACKERS, later=UPDATES, on=DAYS)
def test_what_comes_later_does_not_change_how_things_stood(
    tracker: Tracker, later: list[Update], on: dt.date
) -> None:
    after = tuple(each for each in later if each.date > on)
    grown = replace(tracker, updates=(*tracker.updates, *after))
    assert state.standings(grown, on=on) == state.standings(tracker, on=on)


@given(tracker=TRACKERS, on=DAYS)
def test_the_order_of_days_in_the_file_does_not_matter(tracker: Tracker, on: dt.date) -> None:
    ordered = replace(tracker, updates=tuple(sorted(tracker.updates, key=lambda each: each.date)))
    assert state.standings(ordered, on=on) == state.standings(tracker, on=on)


@given(tracker=TRACKERS, on=DAYS)
def test_assessors_are_heard_apart_and_together(tracker: Tracker, on: dt.date) -> None:
    everybody = state.standings(tracker, on=on)
    for number, standing in enumerate(everybody):
        alone = [state.standings(tracker, on=on, by=name)[number] for name in PEOPLE]
        assert len(standing.records) == sum(len(each.records) for each in alone)
        if len(PEOPLE) > sum(bool(each.records) for each in alone):
            assert standing.status in {each.status for each in alone}


@given(tracker=TRACKERS, on=DAYS)
def test_every_recommendation_is_counted_once(tracker: Tracker, on: dt.date) -> None:
    counted = progress(state.standings(tracker, on=on))
    assert counted.total == len(IDS) == sum(counted.by_status.values())
    assert list(counted.by_status) == list(Status)
    assert counted.assessed == counted.total - counted.by_status[Status.NOT_ASSESSED]
    assert counted.with_evidence == sum(each.evidence > 0 for each in state.standings(tracker, on=on))


def test_nothing_recorded_means_not_assessed(tracker: Tracker) -> None:
    never = state.standings(tracker, on=TODAY)[4]
    assert never.recommendation.id == "2049"
    assert (never.status, never.since, never.last_update) == (Status.NOT_ASSESSED, None, None)
    assert (never.evidence, never.records, never.history, never.newest_note) == (0, (), (), "")
    assert not never.assessed
    assert not never.overdue


def test_on_one_day_the_later_position_wins(tracker: Tracker) -> None:
    assert state.standings(tracker, on=day("2025-03-10"))[1].status is Status.PARTIAL
    assert state.standings(tracker, on=day("2025-03-10"), by="Ana Lee")[1].status is Status.IMPLEMENTED
    assert state.standings(tracker, on=day("2025-03-09"))[1].status is Status.NOT_ASSESSED


def test_a_repeated_status_keeps_its_first_date() -> None:
    made = tracked(
        recommendation(),
        update("2025-01-01", status="stalled"),
        update("2025-02-01", status="partial"),
        update("2025-03-01", status="stalled"),
        update("2025-04-01"),
        update("2025-05-01", status="stalled"),
    )
    (standing,) = state.standings(made, on=TODAY)
    assert standing.since == day("2025-03-01")
    assert standing.last_update == day("2025-05-01")
    assert len(standing.history) == 3


def test_a_judgement_can_be_withdrawn() -> None:
    made = tracked(
        recommendation(),
        update("2025-01-01", status="partial"),
        update("2025-02-01", status="not-assessed"),
    )
    (standing,) = state.standings(made, on=TODAY)
    assert not standing.assessed
    assert standing.since == day("2025-02-01")


@pytest.mark.parametrize(
    ("due", "on", "status", "overdue"),
    [
        ("2025-06-30", "2025-06-30", None, False),
        ("2025-06-30", "2025-07-01", None, True),
        ("2025-06-30", "2025-07-01", "partial", True),
        ("2025-06-30", "2025-07-01", "reversed", True),
        ("2025-06-30", "2025-07-01", "implemented", False),
        ("2025-06-30", "2025-07-01", "not-implemented", False),
        (None, "2025-07-01", None, False),
    ],
)
def test_overdue_is_what_is_due_and_not_ended(
    *, due: str | None, on: str, status: str | None, overdue: bool
) -> None:
    asked = recommendation(due=due and day(due))
    made = tracked(asked, update("2025-01-01", status=status)) if status else tracked(asked)
    assert state.standings(made, on=day(on))[0].overdue is overdue


def test_the_newest_note_is_that_of_the_newest_update_with_one(tracker: Tracker) -> None:
    notes = {each.recommendation.id: each.newest_note for each in state.standings(tracker, on=TODAY)}
    assert notes["Open.Data-7"] == notes["E_10"] == "Asked all three offices; nobody answered."
    assert notes["W1"].startswith("A storm")


def test_ids_are_found_whatever_their_case_and_once_for_each_update() -> None:
    made = tracked(recommendation("D1"), update("2025-01-01", "d1", "D1", status="stalled"))
    assert len(state.standings(made, on=TODAY)[0].records) == 1


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        (filters.Filters(), "E1 E_10 W1 w-2.b 2049 Open.Data-7"),
        (filters.Filters(areas=["water"]), "W1 w-2.b"),
        (filters.Filters(areas=["water", "energy"]), "E1 E_10 W1 w-2.b"),
        (filters.Filters(statuses=[Status.NOT_ASSESSED]), "2049 Open.Data-7"),
        (filters.Filters(statuses=[Status.PARTIAL, Status.STALLED]), "E1 E_10"),
        (filters.Filters(actors=["Grid Company"]), "E1 w-2.b"),
        (filters.Filters(actors=["Parliament", "해양수산부"]), "E_10 w-2.b"),
        (filters.Filters(areas=["water"], actors=["Grid Company"]), "w-2.b"),
        (filters.Filters(areas=["energy"], statuses=[Status.REVERSED]), ""),
        (filters.Filters(overdue=True), "W1"),
        (filters.Filters(words=["DREDGE"]), "W1"),
        (filters.Filters(words=["물을"]), "w-2.b"),
        (filters.Filters(words=["open.data"]), "Open.Data-7"),
        (filters.Filters(words=["annex"]), "Open.Data-7"),
        (filters.Filters(words=["standing duty"]), "w-2.b"),
        (filters.Filters(words=["14 metres"]), "W1"),
        (filters.Filters(words=["parliament"]), "E_10"),
        (filters.Filters(words=["nobody answered"]), "E_10 w-2.b Open.Data-7"),
        (filters.Filters(words=["fuel act", "harbor gazette"]), "E1 E_10 W1"),
        (filters.Filters(words=["charts.example"]), "W1"),
        (filters.Filters(words=["Withdrawn"]), ""),  # said after the day of the view
        (filters.Filters(words=["nothing of the kind"]), ""),
        (filters.Filters(stale=71), "E1 E_10 W1 w-2.b 2049 Open.Data-7"),
        (filters.Filters(stale=72), "E1 E_10 w-2.b 2049 Open.Data-7"),
        (filters.Filters(stale=999_999), "2049 Open.Data-7"),
    ],
)
def test_filters_take_any_value_of_one_and_all_filters_together(
    tracker: Tracker, filters: filters.Filters, ids: str
) -> None:
    kept = seen(tracker).keep(lambda each: filters.concern(each.recommendation) and filters.admit(each))
    assert " ".join(each.recommendation.id for each in kept.standings) == ids


def test_a_record_of_today_is_not_stale() -> None:
    judged = update("2025-01-10", status="in-progress")
    made = tracked(recommendation(), judged, update("2025-01-19", evidence=[source()]))
    (standing,) = state.standings(made, on=day("2025-01-20"))
    assert state.is_stale(standing, days=9)
    assert not state.is_stale(standing, days=10)
    assert not state.is_stale(replace(standing, as_of=day("2025-01-10")), days=0)


def test_a_view_groups_by_area_in_the_order_of_the_report(tracker: Tracker) -> None:
    view = seen(tracker)
    assert {area: [each.recommendation.id for each in members] for area, members in view.by_area.items()} == {
        "water": ["W1", "w-2.b"],
        "energy": ["E1", "E_10"],
        "open data": ["2049", "Open.Data-7"],
    }
    assert view.newest == day("2025-11-20")
    assert view.progress.total == 6


def test_a_view_without_standings_is_empty(tracker: Tracker) -> None:
    view = seen(tracker).keep(lambda _: False)
    assert (view.by_area, view.newest, view.progress.total) == ({}, None, 0)


def test_a_note_older_than_the_newest_judgement_is_not_what_is_newest() -> None:
    noted, judged = (
        update("2025-01-01", status="partial", note="Half."),
        update("2025-02-01", status="stalled"),
    )
    (standing,) = state.standings(tracked(recommendation(), noted, judged), on=TODAY)
    assert standing.newest_note == ""
    (standing,) = state.standings(
        tracked(recommendation(), noted, update("2025-02-01", evidence=(source(),))), on=TODAY
    )
    assert standing.newest_note == "Half."
