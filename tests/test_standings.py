import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from histories import ASKED, Node, histories, in_place, last_day
from pathtrack.record import filters
from pathtrack.record.dates import partial
from pathtrack.record.model import Evidence, Recommendation, Tracker, Update
from pathtrack.record.progress import progress
from pathtrack.record.standings import standings
from pathtrack.record.status import Status
from pathtrack.show import json
from samples import TODAY, day, recommendation, seen, source, tracked, update, value_of
from statements import for_each

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


def expected_records(tracker: Tracker, identifier: str, on: dt.date, by: str | None) -> list[Update]:
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
    found = standings(tracker, on=on, by=by)
    assert tuple(each.recommendation.id for each in found) == IDS
    for standing in found:
        records = expected_records(tracker, standing.recommendation.id, on, by)
        unbroken = runs(records)
        sources: list[Evidence] = [each for record in records for each in record.evidence]
        assert list(standing.updates) == records
        assert standing.as_of == on
        assert standing.status is (unbroken[-1][0].status if unbroken else Status.NOT_ASSESSED)
        assert standing.since == (unbroken[-1][0].date if unbroken else None)
        assert standing.last_update == max((each.date for each in records), default=None)
        assert [(each.date, each.status, each.by) for each in standing.history] == [
            (run[0].date, run[0].status, run[0].by) for run in unbroken
        ]
        assert standing.source_count == len({each.url or each.title for each in sources})
        assert standing.assessed is (standing.status is not Status.NOT_ASSESSED)
        ended = standing.status in {Status.IMPLEMENTED, Status.NOT_IMPLEMENTED}
        assert standing.overdue is (on > dt.date(2025, 1, 5) and not ended)


def read(records: Sequence[Update], actor: str | None = None) -> dict[str, object]:
    """Read a status, since when it is so, and an answer by hand: of an actor, else of the whole."""
    heard = [
        each
        for each in records
        if not each.actors or (actor and actor.casefold() in [name.casefold() for name in each.actors])
    ]
    statuses = [(each.status, each.date) for each in heard if each.status]
    run = [
        date
        for number, (status, date) in enumerate(statuses)
        if {each for each, _ in statuses[number:]} == {status}
    ]
    answers = [each.response for each in heard if each.response]
    return {
        "status": statuses[-1][0] if statuses else "not-assessed",
        "since": run[0] if run else None,
        "response": answers[-1] if answers else None,
    }


def read_targets(records: Sequence[Update], first: dt.date | None) -> list[dt.date]:
    given = [each.due for each in records if each.due]
    targets = [first, *given] if first else given
    return [each for number, each in enumerate(targets) if number == 0 or targets[number - 1] != each]


@given(nodes=histories(), data=st.data(), on=DAYS, by=st.sampled_from([None, "ana", "Bo"]))
def test_standings_of_a_corrected_record_are_read_as_by_hand(
    nodes: list[Node], data: st.DataObject, on: dt.date, by: str | None
) -> None:
    order = data.draw(st.permutations(range(len(nodes))))
    record = tracked(*ASKED, *(nodes[number][0] for number in order))
    right = in_place(nodes, order)
    names = {"D1": {"d1"}, "D1.a": {"d1.a"}, "D2": {"d2", "r1"}}
    for standing in standings(record, on=on, by=by):
        asked = standing.recommendation
        about = [
            each
            for each in sorted(right, key=lambda each: str(last_day(each.date)))
            if names[asked.id] & {name.lower() for name in each.recommendations}
            and last_day(each.date) <= on
            and (by is None or each.by.strip().casefold() == by.casefold())
        ]
        judged = [number for number, each in enumerate(about) if each.status]
        whole = [number for number in judged if not about[number].actors]
        newest = (whole or judged or [-1])[-1]
        assert {"status": standing.status, "since": standing.since, "response": standing.response} == read(
            about
        )
        assert standing.last_update == (about[-1].date if about else None)
        assert standing.last_judged == (about[judged[-1]].date if judged else None)
        assert standing.verdict == ((about[newest].note or "") if judged else "")
        assert [each.note for each in standing.events] == [
            each.note for each in about[newest + 1 :] if each.note
        ]
        actors = [*asked.actors, *(name for each in about for name in each.actors)]
        spelled = {name.casefold(): name for name in reversed(actors)}
        assert [
            (each.name, {"status": each.status, "since": each.since, "response": each.response})
            for each in standing.actors
        ] == [(spelled[name], read(about, name)) for name in dict.fromkeys(map(str.casefold, actors))]
        targets = read_targets(about, asked.due)
        assert standing.due == (targets[-1] if targets else None)
        assert standing.first_due == (targets[0] if targets else None)
        assert standing.moved == max(len(targets) - 1, 0)
        past = bool(targets) and last_day(targets[-1]) < on
        assert standing.overdue is (past and standing.status not in {"implemented", "not-implemented"})


@given(nodes=histories(), on=DAYS)
def test_parts_are_counted_under_their_whole_and_not_with_it(nodes: list[Node], on: dt.date) -> None:
    record = tracked(*ASKED, *(each for each, _ in nodes))
    whole, part, other = standings(record, on=on)
    assert (whole.parts, part.parts, other.parts) == ((part,), (), ())
    shown = seen(record, on)
    assert [each.recommendation.id for each in shown.standings] == ["D1", "D2"]
    assert shown.progress == progress([whole, other])
    assert [each.recommendation.id for each in shown.rows] == ["D1", "D1.a", "D2"]
    counted = json.listing(shown)["recommendations"]
    assert isinstance(counted, list)
    assert counted[0]["parts"] == {
        "ids": ["D1.a"],
        "total": 1,
        "by_status": {each.value: int(each is part.status) for each in Status},
    }
    assert part.area == whole.area


@given(nodes=histories(), on=DAYS)
def test_ids_in_any_case_and_former_ids_make_no_difference(nodes: list[Node], on: dt.date) -> None:
    current = {"d1": "D1", "d1.a": "D1.a", "d2": "D2", "r1": "D2"}
    made = [each for each, target in nodes if target is None]
    renamed = [
        replace(each, recommendations=tuple(current.get(name.lower(), name) for name in each.recommendations))
        for each in made
    ]

    def stand(updates: list[Update]) -> list[tuple[Status, tuple[dt.date, ...], list[Update]]]:
        found = standings(tracked(*ASKED, *updates), on=on)
        return [
            (each.status, each.targets, [replace(one, recommendations=("D1",)) for one in each.updates])
            for each in found
        ]

    assert stand(made) == stand(renamed)


def test_an_id_in_use_is_not_a_former_one() -> None:
    """That it is both is an error, and what is said of it is said of one recommendation."""
    made = tracked(
        recommendation("D1", formerly=["D2", "D9"]),
        recommendation("D2", area="water"),
        recommendation("D3", formerly=["d9"]),
        recommendation("D4", part_of="D9"),
        update("2025-01-01", "d2", status="partial"),
        update("2025-01-02", "D9", status="stalled"),
    )
    wanted = {
        "D1": Status.STALLED,
        "D2": Status.PARTIAL,
        "D3": Status.NOT_ASSESSED,
        "D4": Status.NOT_ASSESSED,
    }
    assert {each.recommendation.id: each.status for each in standings(made, on=TODAY)} == wanted
    for standing in seen(made).standings:
        alone = standings(made, on=TODAY, only=[standing.recommendation].__contains__)
        assert alone[0] == standing
    assert [each.recommendation.id for each in standings(made, on=TODAY)[0].parts] == ["D4"]


def test_a_part_of_nothing_stands_by_itself() -> None:
    made = tracked(
        recommendation("D1"),
        value_of(Recommendation, {"id": "D9", "title": "A title", "part_of": "D8"}),
        value_of(Recommendation, {"id": "D7", "title": "A title", "part_of": "D9"}),
    )
    shown = seen(made)
    assert {
        area: [each.recommendation.id for each in members] for area, members in shown.by_area.items()
    } == {
        "defense": ["D1"],
        "": ["D9", "D7"],
    }
    assert shown.progress.total == 3


def test_of_two_equal_judgements_the_later_is_the_verdict() -> None:
    judged, noted = update(status="partial", note="Half."), update(note="A note.")
    (standing,) = standings(tracked(recommendation(), judged, noted, judged), on=TODAY)
    assert (standing.verdict, standing.events) == ("Half.", ())


def test_confidence_is_that_of_the_status_of_the_whole() -> None:
    whole = update("2025-01-01", status="partial", confidence="low")
    actor = update("2025-01-02", status="stalled", confidence="high", actors=["Seoul"])
    (standing,) = standings(tracked(recommendation(), whole, actor), on=TODAY)
    assert (standing.status, standing.confidence, standing.judgement) == ("partial", "low", whole)
    (standing,) = standings(tracked(recommendation(), actor), on=TODAY)
    assert (standing.status, standing.confidence, standing.judgement) == ("not-assessed", None, actor)


def test_a_target_date_that_is_moved_back_was_moved_twice() -> None:
    made = tracked(
        recommendation(due=day("2025-06-30")),
        update("2025-01-01", due=day("2025-12-31")),
        update("2025-02-01", due=day("2025-12-31")),
        update("2025-03-01", due=day("2025-06-30")),
    )
    (standing,) = standings(made, on=TODAY)
    assert (standing.moved, standing.first_due, standing.due) == (2, day("2025-06-30"), day("2025-06-30"))


def test_a_month_counts_as_its_last_day() -> None:
    made = tracked(
        recommendation(due=partial("2025-06")),
        value_of(
            Update,
            {"date": partial("2025-02"), "by": "Ana", "recommendations": ["D1"], "status": "partial"},
        ),
        update("2025-02-28", status="stalled"),
    )
    assert standings(made, on=day("2025-02-27"))[0].status is Status.NOT_ASSESSED
    assert standings(made, on=day("2025-02-28"))[0].status is Status.STALLED
    assert str(standings(made, on=day("2025-02-28"))[0].history[0].date) == "2025-02"
    assert not standings(made, on=day("2025-06-30"))[0].overdue
    assert standings(made, on=day("2025-07-01"))[0].overdue


@given(tracker=TRACKERS, later=UPDATES, on=DAYS)
def test_what_comes_later_does_not_change_how_things_stood(
    tracker: Tracker, later: list[Update], on: dt.date
) -> None:
    after = tuple(each for each in later if each.date > on)
    grown = replace(tracker, updates=(*tracker.updates, *after))
    assert standings(grown, on=on) == standings(tracker, on=on)


@given(tracker=TRACKERS, on=DAYS)
def test_the_order_of_days_in_the_file_does_not_matter(tracker: Tracker, on: dt.date) -> None:
    ordered = replace(tracker, updates=tuple(sorted(tracker.updates, key=lambda each: each.date)))
    assert standings(ordered, on=on) == standings(tracker, on=on)


@given(tracker=TRACKERS, on=DAYS)
def test_assessors_are_heard_apart_and_together(tracker: Tracker, on: dt.date) -> None:
    everybody = standings(tracker, on=on)
    for number, standing in enumerate(everybody):
        alone = [standings(tracker, on=on, by=name)[number] for name in PEOPLE]
        assert len(standing.updates) == sum(len(each.updates) for each in alone)
        if len(PEOPLE) > sum(bool(each.updates) for each in alone):
            assert standing.status in {each.status for each in alone}


@given(tracker=TRACKERS, on=DAYS)
def test_every_recommendation_is_counted_once(tracker: Tracker, on: dt.date) -> None:
    counted = progress(standings(tracker, on=on))
    assert counted.total == len(IDS) == sum(counted.by_status.values())
    assert list(counted.by_status) == list(Status)
    assert counted.assessed == counted.total - counted.by_status[Status.NOT_ASSESSED]
    assert counted.with_evidence == sum(each.source_count > 0 for each in standings(tracker, on=on))


def test_nothing_recorded_means_not_assessed(tracker: Tracker) -> None:
    never = standings(tracker, on=TODAY)[4]
    assert never.recommendation.id == "2049"
    assert (never.status, never.since, never.last_update) == (Status.NOT_ASSESSED, None, None)
    assert (never.source_count, never.updates, never.history, never.newest_note) == (0, (), (), "")
    assert not never.assessed
    assert not never.overdue


def test_on_one_day_the_later_position_wins(tracker: Tracker) -> None:
    assert standings(tracker, on=day("2025-03-10"))[1].status is Status.PARTIAL
    assert standings(tracker, on=day("2025-03-10"), by="Ana Lee")[1].status is Status.IMPLEMENTED
    assert standings(tracker, on=day("2025-03-09"))[1].status is Status.NOT_ASSESSED


def test_a_repeated_status_keeps_its_first_date() -> None:
    made = tracked(
        recommendation(),
        update("2025-01-01", status="stalled"),
        update("2025-02-01", status="partial"),
        update("2025-03-01", status="stalled"),
        update("2025-04-01"),
        update("2025-05-01", status="stalled"),
    )
    (standing,) = standings(made, on=TODAY)
    assert standing.since == day("2025-03-01")
    assert standing.last_update == day("2025-05-01")
    assert len(standing.history) == 3


def test_a_judgement_can_be_withdrawn() -> None:
    made = tracked(
        recommendation(),
        update("2025-01-01", status="partial"),
        update("2025-02-01", status="not-assessed"),
    )
    (standing,) = standings(made, on=TODAY)
    assert not standing.assessed
    assert standing.since == day("2025-02-01")


@for_each(
    "due, on, status, overdue",
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
    assert standings(made, on=day(on))[0].overdue is overdue


def test_the_newest_note_is_that_of_the_newest_update_with_one(tracker: Tracker) -> None:
    notes = {each.recommendation.id: each.newest_note for each in standings(tracker, on=TODAY)}
    assert notes["Open.Data-7"] == notes["E_10"] == "Asked all three offices; nobody answered."
    assert notes["W1"].startswith("A storm")


def test_ids_are_found_whatever_their_case_and_once_for_each_update() -> None:
    made = tracked(recommendation("D1"), update("2025-01-01", "d1", "D1", status="stalled"))
    assert len(standings(made, on=TODAY)[0].updates) == 1


@for_each(
    "filters, ids",
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
        (filters.Filters(texts=["DREDGE"]), "W1"),
        (filters.Filters(texts=["물을"]), "w-2.b"),
        (filters.Filters(texts=["open.data"]), "Open.Data-7"),
        (filters.Filters(texts=["annex"]), "Open.Data-7"),
        (filters.Filters(texts=["standing duty"]), "w-2.b"),
        (filters.Filters(texts=["14 metres"]), "W1"),
        (filters.Filters(texts=["parliament"]), "E_10"),
        (filters.Filters(texts=["nobody answered"]), "E_10 w-2.b Open.Data-7"),
        (filters.Filters(texts=["fuel act", "harbor gazette"]), "E1 E_10 W1"),
        (filters.Filters(texts=["charts.example"]), "W1"),
        (filters.Filters(texts=["Withdrawn"]), ""),  # said after the day of the view
        (filters.Filters(texts=["nothing of the kind"]), ""),
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
    (standing,) = standings(made, on=day("2025-01-20"))
    assert standing.is_stale(days=9)
    assert not standing.is_stale(days=10)
    assert not replace(standing, as_of=day("2025-01-10")).is_stale(days=0)


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
    (standing,) = standings(tracked(recommendation(), noted, judged), on=TODAY)
    assert standing.newest_note == ""
    (standing,) = standings(
        tracked(recommendation(), noted, update("2025-02-01", evidence=(source(),))), on=TODAY
    )
    assert standing.newest_note == "Half."
