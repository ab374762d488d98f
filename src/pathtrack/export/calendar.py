"""Target dates, and what is to be looked at again, as a calendar to subscribe to."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from pathtrack.export.places import Places
from pathtrack.record.standings import ENDED, Standing
from pathtrack.show import words
from pathtrack.text import day, safe

_LINE = 75
"""How many octets a line may have before it must go on in the next."""


class Event(NamedTuple):
    """What a calendar shows on one day."""

    about: Standing
    sort: str
    date: dt.date
    title: str
    description: str


def render(places: Places, *, review: int | None = None) -> str:
    """Return the calendar: every target date and, with `review`, so many days after each judgement."""
    content = places.content
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//pathtrack//status report//EN",
        f"X-WR-CALNAME:{_text(content.view.tracker.report.title)}",
        *(line for each in _events(content.rows, review) for line in _lines(each, places)),
        "END:VCALENDAR",
    ]
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _events(rows: tuple[Standing, ...], review: int | None) -> Iterator[Event]:
    for each in rows:
        asked = each.recommendation
        if each.due:
            # Of a month or a year, the last day: until then it can be kept.
            told = f"{each.status}; {words.due(each)}{', overdue' if each.overdue else ''}"
            yield Event(each, "due", each.due, f"{asked.id} due {day(each.due)}: {asked.title}", told)
        if review is not None and each.status not in ENDED:
            judged = words.last_judged(each) or "never judged"
            title = f"{asked.id} to be looked at again: {asked.title}"
            yield Event(each, "review", _again(each, review), title, f"{each.status}; {judged}")


def _again(standing: Standing, review: int) -> dt.date:
    """Return when to look again: not before today, since nobody is reminded of a day that has passed."""
    last = standing.last_judged
    try:
        return max(last + dt.timedelta(days=review), standing.as_of) if last else standing.as_of
    except OverflowError:
        return dt.date.max


def _lines(event: Event, places: Places) -> Iterator[str]:
    name = event.about.recommendation.id
    yield "BEGIN:VEVENT"
    yield f"UID:{name}-{event.sort}@{places.authority}"
    # When the calendar was made would differ between two of the same record.
    yield f"DTSTAMP:{_day(event.about.as_of)}T000000Z"
    yield f"DTSTART;VALUE=DATE:{_day(event.date)}"
    yield "TRANSP:TRANSPARENT"
    yield f"SUMMARY:{_text(event.title)}"
    yield f"DESCRIPTION:{_text(event.description)}"
    if places.site:
        yield f"URL:{places.site}{places.pages[name]}"
    yield f"CATEGORIES:{_text(event.about.area)}"
    yield "END:VEVENT"


def _day(date: dt.date) -> str:
    return f"{date.year:04}{date.month:02}{date.day:02}"


def _text(text: str) -> str:
    escaped = safe(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Yield a line in pieces, each but the first after a space, no character cut in two."""
    piece, room = "", _LINE
    for sign in line:
        if (size := len(sign.encode())) > room:
            yield piece
            piece, room = " ", _LINE - 1
        piece, room = piece + sign, room - size
    yield piece
