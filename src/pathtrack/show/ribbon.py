"""A standing over time: segments of one status and marks, as fractions of the days shown."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from pathtrack.record.model import Update
from pathtrack.record.standings import Standing
from pathtrack.record.status import Status
from pathtrack.text import day

_BLOCKS = {
    Status.NOT_ASSESSED: " ",
    Status.NOT_STARTED: "░",
    Status.IN_PROGRESS: "▒",
    Status.PARTIAL: "▓",
    Status.IMPLEMENTED: "█",
    Status.STALLED: "▚",
    Status.NOT_IMPLEMENTED: "▁",
    Status.REVERSED: "▞",
}


class Segment(NamedTuple):
    """A run of one status; `checked` is False for what lies after the last update."""

    start: float
    end: float
    status: Status
    checked: bool


class Mark(NamedTuple):
    """An update with evidence, and when."""

    at: float
    update: Update


class Target(NamedTuple):
    """A target date that was moved: where it lies, or when an update moved it there."""

    at: float
    due: dt.date
    moved: dt.date | None = None


class Tick(NamedTuple):
    """A day that the axis names: 2 Nov, Nov 2026, or the first day of 2026."""

    label: str
    at: float


_LEAST = dt.timedelta(days=27)
"""How many days are shown of what began today."""
_WEEKS, _MONTHS = 70, 3 * 366
"""Up to how many days the axis names days, and months."""
_MOST_MONTHS, _MOST_YEARS = 10, 30
"""How many it names at most; of more, every second, third, fifth or tenth …"""


@dataclass(frozen=True)
class Days:
    """The days from the first to the last, which are at 0 and 1."""

    first: dt.date
    last: dt.date

    def at(self, date: dt.date) -> float:
        """Return the position of a date, limited to 0 to 1."""
        # On 1 January, the first day is also the last.
        number = max((self.last - self.first).days, 1)
        return min(max((date - self.first).days / number, 0.0), 1.0)

    def ticks(self) -> list[Tick]:
        """Return what the axis names: days of a young record, months of a few years, otherwise years."""
        number = (self.last - self.first).days
        found = self._weeks() if number <= _WEEKS else self._months() if number <= _MONTHS else self._years()
        return [Tick(label, self.at(date)) for date, label in found]

    def _weeks(self) -> Iterator[tuple[dt.date, str]]:
        for number in range(0, (self.last - self.first).days + 1, 7):
            date = self.first + dt.timedelta(days=number)
            yield date, day(date).rpartition(" ")[0]

    def _months(self) -> Iterator[tuple[dt.date, str]]:
        first, last = (each.year * 12 + each.month - 1 for each in (self.first, self.last))
        step = next(each for each in (1, 2, 3, 4, 6) if last - first < each * _MOST_MONTHS)
        for number in range(first, last + 1):
            date = dt.date(number // 12, number % 12 + 1, 1)
            if number % step == 0 and date >= self.first:
                yield date, day(date).partition(" ")[2]

    def _years(self) -> Iterator[tuple[dt.date, str]]:
        steps = (unit * scale for scale in (1, 10, 100, 1000) for unit in (1, 2, 5))
        step = next(each for each in steps if self.last.year - self.first.year < each * _MOST_YEARS)
        for year in range(self.first.year, self.last.year + 1):
            if year % step == 0:
                yield dt.date(year, 1, 1), str(year)


def days(standings: Iterable[Standing], *, until: dt.date) -> Days:
    """Return the days from the oldest update, or from its month or year, until a date.

    They go on to the newest target date that was moved, but not so far that the past has less than half.
    """
    listed = list(standings)
    oldest = min((each.updates[0].date for each in listed if each.updates), default=until)
    first = _begun(oldest, until)
    newest = max((each.due for each in listed if each.due and each.moved), default=until)
    ahead = min((newest - until).days, (until - first).days, (dt.date.max - until).days)
    return Days(first, until + dt.timedelta(days=max(ahead, 0)))


def _begun(oldest: dt.date, until: dt.date) -> dt.date:
    """Return where an axis begins: with the oldest day, or with its month or year if that is longer ago."""
    first = min(oldest, max(until, dt.date.min + _LEAST) - _LEAST)
    if (until - first).days > 366:  # noqa: PLR2004 a year
        return dt.date(first.year, 1, 1)
    return dt.date(first.year, first.month, 1) if (until - first).days > _WEEKS else first


def segments(standing: Standing, over: Days) -> Iterator[Segment]:
    """Yield the runs of each status; the last one is cut in two at the last update."""
    history, last = standing.history, standing.last_update
    ends = [*(each.date for each in history[1:]), standing.as_of]
    for judgement, end in zip(history, ends, strict=False):
        checked = min(end, last) if last else end
        yield Segment(over.at(judgement.date), over.at(checked), judgement.status, checked=True)
        if checked < end:
            yield Segment(over.at(checked), over.at(end), judgement.status, checked=False)


def marks(standing: Standing, over: Days) -> Iterator[Mark]:
    """Yield the updates that bring evidence."""
    return (Mark(over.at(update.date), update) for update in standing.updates if update.evidence)


def targets(standing: Standing, over: Days) -> Iterator[Target]:
    """Yield when the target date was moved, and where the newest one is; nothing if it never was."""
    if not (standing.moved and standing.due):
        return
    now = standing.recommendation.due
    for update in standing.updates:
        if update.due and now and update.due != now:
            yield Target(over.at(update.date), update.due, update.date)
        now = update.due or now
    yield Target(over.at(standing.due), standing.due)


def cells(standing: Standing, over: Days, room: int) -> list[tuple[str, str]]:
    """Return a block character and its status for each of `room` columns, the current status in today's.

    `|` marks new evidence, `>` a target date that was moved, `D` where it is now.
    """
    # In progress all of 2025, partial from July with a source, nothing since, 13 columns:  ▒▒▒▒▒|------▓
    drawn = [(" ", "")] * room
    for segment in segments(standing, over):
        first, last = int(segment.start * (room - 1)), int(segment.end * (room - 1))
        block = _BLOCKS[segment.status] if segment.checked else "-"
        drawn[first : last + 1] = [(block, segment.status)] * (last + 1 - first)
    # Drawn over what is unchecked, since it is what counts now; a mark is drawn over everything.
    if standing.assessed:
        drawn[int(over.at(standing.as_of) * (room - 1))] = (_BLOCKS[standing.status], standing.status)
    for mark in marks(standing, over):
        drawn[int(mark.at * (room - 1))] = ("|", "")
    for target in targets(standing, over):
        drawn[int(target.at * (room - 1))] = (">" if target.moved else "D", "bold")
    return drawn


def axis(over: Days, room: int) -> str:
    """Return the line of days, months or years below the columns, as many as fit."""
    line = [" "] * room
    for label, at in over.ticks():
        start = int(at * (room - 1))
        end = start + len(label)
        if end <= room and not "".join(line[max(start - 1, 0) : end]).strip():
            line[start:end] = label
    return "".join(line)


def legend(standings: Iterable[Standing]) -> list[str]:
    """Return what each block character used for these standings, and each mark, means."""
    listed = list(standings)
    used = {judgement.status for each in listed for judgement in each.history}
    moved = ["> target date moved", "D target date"] if any(each.moved for each in listed) else []
    statuses = [f"{_BLOCKS[status]} {status}" for status in Status if status in used]
    return [*statuses, "| evidence", "- nothing recorded since", *moved]
