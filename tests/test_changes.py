"""A promise: `changes` and `--as-of` agree with a reading of the record by brute force."""

import datetime as dt
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Run
from histories import ASKED, Node, histories
from pathtrack.export import Period
from pathtrack.export.content import Content
from pathtrack.record.model import Tracker, Update
from pathtrack.record.standings import standings
from pathtrack.record.status import Status
from pathtrack.record.view import view
from pathtrack.show import json as objects
from samples import TODAY, recommendation, source, tracked, update

DAYS = st.dates(dt.date(2025, 1, 1), dt.date(2025, 1, 8))
SOURCES = [source(f"https://example.org/{letter}") for letter in "abc"]
UPDATES = st.builds(
    Update,
    date=DAYS,
    recorded=st.none() | DAYS.map(lambda day: dt.datetime.combine(day, dt.time(12), dt.UTC)),
    by=st.sampled_from(["Ana", "Ben"]),
    recommendations=st.lists(st.sampled_from(["D1", "d1", "D2", "x"]), min_size=1, max_size=3).map(tuple),
    status=st.none() | st.sampled_from(Status),
    note=st.just("A note."),
    evidence=st.lists(st.sampled_from(SOURCES), max_size=2).map(tuple),
)
TRACKERS = st.lists(UPDATES, max_size=12).map(
    lambda updates: tracked(recommendation("D1"), recommendation("D2"), *updates)
)


def about(tracker: Tracker, identifier: str, by: str | None) -> list[Update]:
    named = [
        each
        for each in tracker.updates
        if identifier.lower() in {name.lower() for name in each.recommendations} and by in {None, each.by}
    ]
    return sorted(named, key=lambda each: each.date)


def last_status(updates: list[Update]) -> Status:
    judged = [each.status for each in updates if each.status]
    return judged[-1] if judged else Status.NOT_ASSESSED


@given(TRACKERS, DAYS, DAYS, st.sampled_from([None, "Ana", "Ben"]))
def test_changes_are_what_lies_between_two_days(
    tracker: Tracker, one: dt.date, other: dt.date, by: str | None
) -> None:
    since, until = sorted([one, other])
    changed = view(tracker, on=until, by=by).changes(since=since).changed
    found = {each.after.recommendation.id: each for each in changed}
    for each_one in tracker.recommendations:
        updates = about(tracker, each_one.id, by)
        old = [each for each in updates if each.date < since]
        new = [each for each in updates if since <= each.date <= until]
        change = found.pop(each_one.id, None)
        if not new:
            assert change is None
            continue
        assert change is not None
        assert list(change.updates) == new
        assert change.before.status is last_status(old)
        assert change.after.status is last_status(old + new)
        known = {each.url or each.title for update in old for each in update.evidence}
        assert change.new_sources == len(
            {each.url or each.title for update in new for each in update.evidence} - known
        )
    assert not found


@given(TRACKERS, DAYS)
def test_as_of_a_day_is_the_file_without_what_came_later(tracker: Tracker, on: dt.date) -> None:
    then = replace(tracker, updates=tuple(each for each in tracker.updates if each.date <= on))
    assert standings(tracker, on=on) == standings(then, on=on)


@given(TRACKERS, DAYS, DAYS)
def test_the_second_clock_goes_by_when_updates_were_typed_in(
    tracker: Tracker, since: dt.date, until: dt.date
) -> None:
    found = view(tracker, on=until).changes(since=since, recorded=True).changed
    shown = {each.after.recommendation.id: list(each.updates) for each in found}
    for each_one in tracker.recommendations:
        late = [
            each
            for each in about(tracker, each_one.id, None)
            if each.date <= until and since <= (each.recorded.date() if each.recorded else each.date) <= until
        ]
        assert shown.get(each_one.id, []) == late


def test_a_source_that_shows_two_to_be_one_is_no_news() -> None:
    """It is dated between them, and typed in after both."""
    named, found = source(None, title="Act"), source("https://a.example")
    noon = dt.datetime(2025, 1, 9, 12, tzinfo=dt.UTC)
    made = tracked(
        recommendation(),
        update("2025-01-01", evidence=[named]),
        update("2025-01-03", evidence=[found]),
        update("2025-01-02", evidence=[replace(found, title="Act")], recorded=noon),
    )
    (change,) = view(made, on=TODAY).changes(since=noon.date(), recorded=True).changed
    assert (len(change.before.sources), len(change.after.sources), change.new_sources) == (2, 1, 0)


@given(nodes=histories(), days=st.tuples(DAYS, DAYS, DAYS), by=st.sampled_from([None, "ana"]))
def test_all_that_have_a_beginning_and_an_end_agree(
    nodes: list[Node], days: tuple[dt.date, dt.date, dt.date], by: str | None
) -> None:
    """Both days are included, nothing after the day of the view is shown, and parts are shown like wholes."""
    since, until, on = days
    seen = view(tracked(*ASKED, *(each for each, _ in nodes)), on=on, by=by)
    found = seen.changes(since=since, until=until)
    wanted = [each for each in seen.ledger.counting if since <= each.date <= min(until, on)]
    wanted = [each for each in wanted if by is None or each.by.strip().casefold() == by]
    assert {each.searched for each in seen.between(since, until)} == {each.searched for each in wanted}
    names = seen.tracker.names.keys()
    assert {update.searched for each in found.changed for update in each.updates} == {
        each.searched for each in wanted if names & map(str.lower, each.recommendations)
    }
    assert (found.since, found.until) == (since, min(until, on))
    assert Content(seen, Period(since, until)).changes == found
    assert Content(seen, Period(None, until, since)).changes == seen.changes(
        since=since, until=until, recorded=True
    )
    printed = objects.changes(found)["changes"]
    assert isinstance(printed, list)
    assert sum(each["updates"] for each in printed) == sum(len(each.updates) for each in found.changed)


@pytest.mark.usefixtures("here")
def test_the_command_says_from_where_to_where(run: Run) -> None:
    code, out, err = run("changes", "--since", "2025-06-30", "--json")
    answer = json.loads(out)
    assert (code, err) == (0, "")
    assert (answer["since"], answer["until"]) == ("2025-06-30", "2026-01-31")
    assert answer["changes"] == [
        {
            "id": "E1",
            "from": "in-progress",
            "to": "stalled",
            "updates": 1,
            "evidence": 0,
            "notes": ["The grid company says that it waits for the port."],
        },
        {
            "id": "W1",
            "from": "partial",
            "to": "reversed",
            "updates": 1,
            "evidence": 1,
            "notes": ["A storm filled the channel up again! Nobody has money for it."],
        },
    ]
    assert run("changes", "--since", "2025-06-30").out == (
        "2 recommendations with updates from 30 Jun 2025 to 31 Jan 2026; 2 changed status\n\n"
        "E1  Bring shore power to every berth: in-progress → stalled\n"
        "  1 Jul 2025: stalled, The grid company says that it waits for the port.\n\n"
        "W1  Dredge the northern channel: partial → reversed\n"
        "  20 Nov 2025: reversed, A storm filled the channel up again! Nobody has money for it.\n"
        "    Source: Harbor Gazette, Storm fills channel, 20 Nov 2025, news <https://gazette.example/2025/storm>\n"
    )


@pytest.mark.usefixtures("here")
def test_what_was_recorded_late_is_apart_in_json(run: Run) -> None:
    assert run("update", "W1", "--note", "Learned late.", "--date", "2020-05-01").code == 0
    found = json.loads(run("changes", "--since", "2026-01-01", "--as-of", "2099", "--json").out)
    assert [each["note"] for each in found["late"]] == ["Learned late."]
    found = json.loads(run("changes", "--recorded-since", "2026-01-01", "--as-of", "2099", "--json").out)
    assert found["late"] == []


@pytest.mark.usefixtures("here")
def test_the_command_wants_one_date(run: Run) -> None:
    wanted = "error: one date is needed; give --since DATE or --recorded-since DATE\n"
    assert run("changes") == (2, "", wanted)
    assert run("changes", "--since", "today", "--recorded-since", "today") == (2, "", wanted)
    assert run("changes", "--since", "today", "--color", "always").out == (
        "\x1b[1m0 recommendations with updates from 31 Jan 2026 to 31 Jan 2026\x1b[0m\n"
    )


@pytest.mark.usefixtures("here")
def test_a_drawn_change_shows_what_happened(run: Run) -> None:
    out = run("changes", "--since", "2025-06-30", "--color", "never").out
    drawn = run("changes", "--since", "2025-06-30", "--color", "always").out
    assert "! stalled" not in out
    assert "! stalled" in drawn
    assert "A storm filled the channel up again!" in drawn
    assert "+1" in drawn
