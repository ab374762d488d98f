"""A standing over time: segments of one status and marks of evidence, as fractions of the days shown."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from pathtrack.record.model import Update
from pathtrack.record.standings import Standing
from pathtrack.record.status import Status

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

    def years(self) -> Iterator[tuple[int, float]]:
        """Yield the years that begin within them, with their positions."""
        for year in range(self.first.year + 1, self.last.year + 1):
            yield year, self.at(dt.date(year, 1, 1))


def days(standings: Iterable[Standing], *, until: dt.date) -> Days:
    """Return the days from the first day of the year of the oldest update until a date."""
    oldest = min((each.records[0].date for each in standings if each.records), default=until)
    return Days(dt.date(oldest.year, 1, 1), until)


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
    return (Mark(over.at(update.date), update) for update in standing.records if update.evidence)


def cells(standing: Standing, over: Days, room: int) -> list[tuple[str, str]]:
    """Return a block character and its status for each of `room` columns, the current status in the last.

    `|` marks new evidence.
    """
    # In progress all of 2025, partial from July with a source, nothing since, 13 columns:  ▒▒▒▒▒|------▓
    drawn = [(" ", "")] * room
    for segment in segments(standing, over):
        first, last = int(segment.start * (room - 1)), int(segment.end * (room - 1))
        block = _BLOCKS[segment.status] if segment.checked else "-"
        drawn[first : last + 1] = [(block, segment.status)] * (last + 1 - first)
    # Drawn over what is unchecked, since it is what counts now; a mark is drawn over everything.
    if standing.assessed:
        drawn[-1] = (_BLOCKS[standing.status], standing.status)
    for mark in marks(standing, over):
        drawn[int(mark.at * (room - 1))] = ("|", "")
    return drawn


def year_line(over: Days, room: int) -> str:
    """Return the line of years below the columns, as many as fit."""
    line = [" "] * room
    for year, at in over.years():
        start = int(at * (room - 1))
        if start + 4 <= room and not "".join(line[max(start - 1, 0) : start + 4]).strip():
            line[start : start + 4] = str(year)
    return "".join(line)


def legend(standings: Iterable[Standing]) -> list[str]:
    """Return what each block character used for these standings means."""
    used = {judgement.status for each in standings for judgement in each.history}
    return [f"{_BLOCKS[status]} {status}" for status in Status if status in used]
