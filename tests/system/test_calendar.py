import datetime as dt

import pytest
from hypothesis import given
from icalendar import Calendar, Component

from folders import ON, folder, made
from pathtrack.export import Format
from pathtrack.record.dates import partial
from pathtrack.record.model import Tracker
from pathtrack.text import safe
from samples import lines, recommendation, tracked, update


def events(tracker: Tracker, review: int | None = None) -> dict[str, dict[str, object]]:
    """Return the events of a calendar, read back, by the beginning of what identifies them."""
    text = folder(tracker, Format.CALENDAR, review=review)["calendar.ics"]
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    found = (facts(each) for each in Calendar.from_ical(text).walk("VEVENT"))
    return {str(each["UID"]).partition("@")[0]: each for each in found}


def facts(event: Component) -> dict[str, object]:
    """Return what an event says: texts, and days for DTSTART and DTSTAMP."""
    days = {name: event.decoded(name) for name in ("DTSTART", "DTSTAMP")}
    return {name: str(value) for name, value in event.items()} | days


def test_a_target_date_is_an_event_of_a_day() -> None:
    (event,) = events(made()).values()
    assert event["UID"] == "D1-due@river.example"
    assert event["DTSTART"] == dt.date(2026, 6, 30)
    assert event["SUMMARY"] == "D1 due 30 Jun 2026: A title"
    assert event["DESCRIPTION"] == "in-progress; due 30 Jun 2026, promised 30 Jun 2025, moved once"
    assert event["URL"] == "https://river.example/tracker/r/D1.html"
    assert event["DTSTAMP"] == dt.datetime(2026, 1, 31, tzinfo=dt.UTC)


def test_of_a_month_the_last_day_counts() -> None:
    (event,) = events(tracked(recommendation(due=partial("2027-02")))).values()
    assert event["DTSTART"] == dt.date(2027, 2, 28)
    assert event["SUMMARY"] == "D1 due Feb 2027: A title"
    assert "URL" not in event


@pytest.mark.parametrize(("days", "date"), [(400, "2026-03-08"), (30, "2026-01-31"), (999_999, "4762-12-29")])
def test_review_says_when_to_look_again_and_never_before_today(days: int, date: str) -> None:
    found = events(made(), review=days)
    assert {*found} == {
        *("D1-due", "D1-review", "p-stalled-review", "d2-review")  # the part is implemented
    }
    judged = found["D1-review"]
    assert judged["DTSTART"] == dt.date.fromisoformat(date)
    assert judged["DESCRIPTION"] == "in-progress; last judged 1 Feb 2025"


def test_what_nobody_has_judged_is_to_be_looked_at_now() -> None:
    (event,) = events(tracked(recommendation()), review=10).values()
    assert event["DTSTART"] == ON
    assert event["DESCRIPTION"] == "not-assessed; never judged"


def test_a_review_beyond_the_calendar_is_on_its_last_day() -> None:
    made_ = tracked(recommendation(), update("9999-12-01", status="partial"))
    text = folder(made_, Format.CALENDAR, on=dt.date.max, review=100)["calendar.ics"]
    assert "DTSTART;VALUE=DATE:99991231" in text


@given(lines)
def test_whatever_a_title_is_made_of_a_calendar_can_be_read_and_shows_it(title: str) -> None:
    text = folder(tracked(recommendation(title=title, due=ON), title=title), Format.CALENDAR)["calendar.ics"]
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    assert facts(event)["SUMMARY"] == f"D1 due 31 Jan 2026: {safe(title)}"
