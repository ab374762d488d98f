"""Every standing over time, as a page draws it: lanes, ticks, and labels that stay apart."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from markupsafe import Markup, escape

from pathtrack.export.content import Content
from pathtrack.record.model import Update
from pathtrack.record.standings import Standing
from pathtrack.record.status import Status
from pathtrack.show import ribbon, words
from pathtrack.text import count, day, safe

_PHONE, _PAPER = 330, 650
"""How wide an axis is at least, on a phone and on paper."""
_LETTER, _APART = 7, 17
"""How wide a letter of a label is, and what two labels need between them."""
_SHORT = 5
"""How long ids may be that fit a narrow column."""


class Label(NamedTuple):
    """A day, month or year below the chart; `rank` says where there is room for it."""

    text: str
    at: float
    rank: str


@dataclass(frozen=True)
class Chart:
    """The lanes of a report; `anchor` says where a page shows an update about a recommendation."""

    content: Content
    anchor: Callable[[Standing, Update], str]
    by_whole: bool = False
    """Whether the lane of a part comes and goes with its whole."""

    @cached_property
    def days(self) -> ribbon.Days:
        """The days that the chart shows."""
        return ribbon.days(self.content.rows, until=self.content.view.as_of)

    @property
    def has_future(self) -> bool:
        """Whether it goes on after today."""
        return self.days.last > self.content.view.as_of

    @cached_property
    def statuses(self) -> list[Status]:
        """The statuses that a reader meets in it."""
        seen = {judgement.status for each in self.content.rows for judgement in each.history}
        return [each for each in Status if each in seen or self.content.view.progress.by_status[each]]

    @property
    def has_slips(self) -> bool:
        """Whether any target date was moved."""
        return any(each.moved for each in self.content.rows)

    @property
    def has_long_ids(self) -> bool:
        """Whether ids need a wider column."""
        return any(len(each.recommendation.id) > _SHORT for each in self.content.rows)

    @property
    def begins(self) -> str:
        """The day or year from which on it shows what happened."""
        first = self.days.first
        return str(first.year) if (first.month, first.day) == (1, 1) else day(first)

    @cached_property
    def labels(self) -> list[Label]:
        """The labels of the axis; of many, some are left out on paper, and more on a phone."""
        found = self.days.ticks()
        width = max((len(each.label) for each in found), default=0) * _LETTER + _APART
        paper = math.ceil(len(found) * width / _PAPER) or 1
        phone = paper * (math.ceil(len(found) * width / (paper * _PHONE)) or 1)
        return [
            Label(text, at, "" if place % phone == 0 else "minor" if place % paper == 0 else "least")
            for place, (text, at) in enumerate(found)
        ]

    def lane_of(self, standing: Standing) -> str:
        """Return the id of the recommendation with which a lane comes and goes."""
        return (self.by_whole and standing.whole) or standing.recommendation.id

    def drawn(self, standing: Standing) -> Markup:
        """Return what a lane shows: days of the axis, bands of statuses, ticks of updates, target dates."""
        shapes = ['<use href="#_axis"></use>']
        shapes += map(_band, ribbon.segments(standing, self.days))
        shapes += (self._tick(standing, each) for each in ribbon.marks(standing, self.days))
        if self.days.last > (today := self.content.view.as_of):
            shapes.append(
                f'<rect class="today" x="{percent(self.days.at(today))}" width="1" height="100%"></rect>'
            )
        shapes += map(_target, ribbon.targets(standing, self.days))
        return Markup("".join(shapes))  # noqa: S704 every text in it is escaped

    def _tick(self, standing: Standing, mark: ribbon.Mark) -> str:
        label = escape(safe(_mark_label(mark.update)))
        return (
            f'<a href="#{self.anchor(standing, mark.update)}" tabindex="-1" aria-label="{label}">'
            f'<rect class="tick" x="{percent(mark.at)}" width="3" height="100%">'
            f"<title>{label}</title></rect></a>"
        )


def lane_label(standing: Standing) -> str:
    """Return what a lane shows, for those who do not see it."""
    asked, since = standing.recommendation, words.since(standing.since)
    return f"{asked.id}, {standing.status}{since}: {asked.title}"


def percent(fraction: float) -> str:
    """Return a place between 0 and 1 as a length in a drawing."""
    return f"{fraction:.2%}"


def _band(segment: ribbon.Segment) -> str:
    later, top, height = ("", 15, 70) if segment.checked else (" later", 40, 20)
    at, width = percent(segment.start), percent(segment.end - segment.start)
    name = f"band {segment.status}{later}"
    return f'<rect class="{name}" x="{at}" width="{width}" y="{top}%" height="{height}%"></rect>'


def _target(target: ribbon.Target) -> str:
    name, top, radius = ("moved", 10, 3) if target.moved else ("target", 50, 5)
    label = f"target date: {day(target.due)}"
    if target.moved:
        label = f"{day(target.moved)}: target date moved to {day(target.due)}"
    return (
        f'<circle class="{name}" cx="{percent(target.at)}" cy="{top}%" r="{radius}" role="img" '
        f'aria-label="{label}"><title>{label}</title></circle>'
    )


def _mark_label(update: Update) -> str:
    return f"{day(update.date)}: {words.summary(update)} ({count(len(update.evidence), 'source')})"
