"""Several trackers as of one day."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from pathtrack.record.model import Report, Tracker
from pathtrack.record.progress import Progress, progress, scope
from pathtrack.record.status import Status
from pathtrack.record.view import View
from pathtrack.text import count, day


@dataclass(frozen=True)
class Together:
    """How several reports stand on a day, by the path of each tracker."""

    as_of: dt.date
    views: Mapping[str, View]
    unreadable: Mapping[str, str] = field(default_factory=dict)
    """Why the others could not be read, by their paths."""

    @cached_property
    def progress(self) -> Progress:
        """The counts over all of them, without parts of others."""
        return progress(each for view in self.views.values() for each in view.tops)

    def each(self, show: Callable[[View], View]) -> "Together":
        """Return the same with `show` applied to the view of each report."""
        return replace(self, views={path: show(view) for path, view in self.views.items()})

    @property
    def total(self) -> int:
        """How many recommendations there are, whether they are in view or not."""
        return sum(each.total for each in self.views.values())

    @property
    def number(self) -> str:
        """How many reports there are; if some could not be read, of how many."""
        all_ = count(len(self.views) + len(self.unreadable), "report")
        return f"{len(self.views)} of {all_}" if self.unreadable else all_

    @property
    def chosen(self) -> str:
        """By what the recommendations in view were chosen, if they are not all."""
        return next((each.filters.words for each in self.views.values()), "")

    @property
    def headline(self) -> str:
        """How they stand together in one line, every number with what it is of."""
        counted = self.progress
        numbers = {
            "assessed": counted.assessed,
            "implemented": counted.by_status[Status.IMPLEMENTED],
            "with evidence": counted.with_evidence,
        }
        parts = ", ".join(f"{number} of {counted.total} {label}" for label, number in numbers.items())
        shown = scope(counted.total, self.total, self.chosen)
        return f"{self.number}, {shown}; {parts}, as of {day(self.as_of)}"

    @cached_property
    def titles(self) -> dict[str, str]:
        """The title of each report, by the path of its tracker; equal ones with the path behind them."""
        found = {path: each.tracker.report.title for path, each in self.views.items()}
        times = Counter(found.values())
        return {path: f"{title} ({path})" if times[title] > 1 else title for path, title in found.items()}


def together(trackers: Iterable[Tracker]) -> Tracker:
    """Return a tracker in which every area, actor, tag and assessor of all of them is known."""
    listed = tuple(trackers)
    return Tracker(
        report=Report(title="All together", areas=tuple(area for each in listed for area in each.areas)),
        recommendations=tuple(each for tracker in listed for each in tracker.recommendations),
        updates=tuple(each for tracker in listed for each in tracker.updates),
    )
