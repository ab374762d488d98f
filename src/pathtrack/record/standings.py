"""Standings and progress as of a date, derived from the updates and never stored."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from operator import attrgetter

from pathtrack.record.model import Evidence, Recommendation, Tracker, Update, key
from pathtrack.record.status import Status

Choice = Callable[[Recommendation], bool]


@dataclass(frozen=True)
class Judgement:
    """An update's status, reduced to what a history needs."""

    date: dt.date
    status: Status
    by: str


@dataclass(frozen=True)
class Standing:
    """What the updates say of one recommendation as of a date.

    `records` are its updates ordered by date, ties by position in the file.
    """

    recommendation: Recommendation
    as_of: dt.date
    records: tuple[Update, ...] = ()

    @cached_property
    def history(self) -> tuple[Judgement, ...]:
        """The updates that changed the status."""
        return tuple(_changes_of_status(self.records))

    @property
    def status(self) -> Status:
        """The status of the newest update that has one."""
        return self.history[-1].status if self.history else Status.NOT_ASSESSED

    @property
    def since(self) -> dt.date | None:
        """The first date of the unbroken run of the present status."""
        return self.history[-1].date if self.history else None

    @property
    def last_update(self) -> dt.date | None:
        """The date of the newest update of any kind."""
        return self.records[-1].date if self.records else None

    @property
    def newest_note(self) -> str:
        """The newest note, if no newer update judges without one; or nothing."""
        told = next((update for update in reversed(self.records) if update.note or update.status), None)
        return (told and told.note) or ""

    @cached_property
    def evidence(self) -> int:
        """The number of distinct sources."""
        return len(_sources(self.records))

    @property
    def sources(self) -> tuple[Evidence, ...]:
        """The sources of all records in their order; one that serves several of them comes again."""
        return tuple(each for update in self.records for each in update.evidence)

    @property
    def assessed(self) -> bool:
        """Whether somebody has judged it."""
        return self.status is not Status.NOT_ASSESSED

    @property
    def overdue(self) -> bool:
        """Whether its due date has passed without an end."""
        due, ended = self.recommendation.due, {Status.IMPLEMENTED, Status.NOT_IMPLEMENTED}
        return due is not None and due < self.as_of and self.status not in ended


@dataclass(frozen=True)
class Progress:
    """How many recommendations stand where; every number has `total` as its denominator."""

    total: int
    assessed: int
    with_evidence: int
    by_status: Mapping[Status, int]


@dataclass(frozen=True)
class Change:
    """What became of one recommendation since a date: `updates` are new, `evidence` counts new sources."""

    before: Standing
    after: Standing
    updates: tuple[Update, ...]

    @property
    def evidence(self) -> int:
        """The number of distinct sources that were not cited before."""
        return len(_sources(self.updates) - _sources(self.before.records))


@dataclass(frozen=True)
class View:
    """Some of a tracker's standings as of a date: what a command shows."""

    tracker: Tracker
    as_of: dt.date
    standings: tuple[Standing, ...]
    by: str | None = None

    @cached_property
    def progress(self) -> Progress:
        """The counts over these standings."""
        return progress(self.standings)

    @cached_property
    def by_area(self) -> dict[str, tuple[Standing, ...]]:
        """These standings by area, in the order of the areas, without empty ones."""
        groups: dict[str, list[Standing]] = {area: [] for area in self.tracker.areas}
        for standing in self.standings:
            groups[standing.recommendation.area].append(standing)
        return {area: tuple(members) for area, members in groups.items() if members}

    @cached_property
    def updates(self) -> tuple[Update, ...]:
        """All updates of the tracker that count here, ordered by date, ties by position in the file."""
        return _by_date(_heeded(self.tracker, on=self.as_of, by=self.by))

    @property
    def newest(self) -> dt.date | None:
        """The date of the newest update among them."""
        return max((each.last_update for each in self.standings if each.last_update), default=None)

    def between(self, since: dt.date | None, until: dt.date | None) -> tuple[Update, ...]:
        """Return the updates about these standings from one date to another, both included."""
        hidden = {key(each.id) for each in self.tracker.recommendations}
        hidden -= {key(each.recommendation.id) for each in self.standings}
        return tuple(
            each
            for each in self.updates
            if (since is None or since <= each.date)
            and (until is None or each.date <= until)
            and not hidden.issuperset(map(key, each.recommendations))
        )

    def changes(self, *, since: dt.date, recorded: bool = False) -> tuple[Change, ...]:
        """Say what changed after a date; see `changes`."""
        return changes(self.tracker, since=since, until=self.as_of, by=self.by, recorded=recorded)

    def keep(self, wanted: Callable[[Standing], bool]) -> "View":
        """Return the same view of fewer standings."""
        return replace(self, standings=tuple(filter(wanted, self.standings)))


def standings(
    tracker: Tracker, *, on: dt.date, by: str | None = None, only: Choice | None = None
) -> tuple[Standing, ...]:
    """Say how each recommendation stands on a date, in file order.

    `by` heeds one assessor only; `only` tells which recommendations are wanted.
    """
    wanted = tracker.recommendations if only is None else tuple(filter(only, tracker.recommendations))
    records: dict[str, list[Update]] = {key(each.id): [] for each in wanted}
    for update in _heeded(tracker, on=on, by=by):
        for identifier in set(map(key, update.recommendations)):
            if identifier in records:
                records[identifier].append(update)
    return tuple(Standing(each, on, _by_date(records[key(each.id)])) for each in wanted)


def view(tracker: Tracker, *, on: dt.date, by: str | None = None, only: Choice | None = None) -> View:
    """Return the standings of a tracker on a date; see `standings`."""
    return View(tracker, on, standings(tracker, on=on, by=by, only=only), by)


def judgements(view: View) -> dict[str, tuple[Judgement, ...]]:
    """Say what each assessor judged last of each recommendation in view, in the order of the dates."""
    found: dict[str, tuple[Judgement, ...]] = {}
    for standing in view.standings:
        newest = {
            each.by: Judgement(each.date, each.status, each.by) for each in standing.records if each.status
        }
        found[standing.recommendation.id] = tuple(sorted(newest.values(), key=attrgetter("date")))
    return found


def changes(
    tracker: Tracker, *, since: dt.date, until: dt.date, by: str | None = None, recorded: bool = False
) -> tuple[Change, ...]:
    """Say what changed after one date and up to another, in file order.

    `recorded` goes by when updates were typed in rather than by their date; an update that does
    not say when counts as old.
    """

    def is_new(update: Update) -> bool:
        moment = (update.recorded and update.recorded.date()) if recorded else update.date
        return moment is not None and moment > since

    old = replace(tracker, updates=tuple(each for each in tracker.updates if not is_new(each)))
    pairs = zip(standings(old, on=until, by=by), standings(tracker, on=until, by=by), strict=True)
    found = (Change(before, after, tuple(filter(is_new, after.records))) for before, after in pairs)
    return tuple(each for each in found if each.updates)


def progress(standings: Iterable[Standing]) -> Progress:
    """Count the standings by status; all eight are present."""
    listed = tuple(standings)
    counted = Counter(each.status for each in listed)
    return Progress(
        total=len(listed),
        assessed=sum(each.assessed for each in listed),
        with_evidence=sum(each.evidence > 0 for each in listed),
        by_status={status: counted[status] for status in Status},
    )


def is_stale(standing: Standing, *, days: int) -> bool:
    """Tell whether nothing was recorded in the days before, whatever the status."""
    return standing.last_update is None or (standing.as_of - standing.last_update).days > days


def _heeded(tracker: Tracker, *, on: dt.date, by: str | None) -> Iterable[Update]:
    return (each for each in tracker.updates if each.date <= on and (by is None or each.by == by))


def _by_date(updates: Iterable[Update]) -> tuple[Update, ...]:
    return tuple(sorted(updates, key=attrgetter("date")))


def _sources(updates: Iterable[Update]) -> set[str]:
    return {each.identity for update in updates for each in update.evidence}


def _changes_of_status(records: Iterable[Update]) -> Iterable[Judgement]:
    status = Status.NOT_ASSESSED
    for update in records:
        if update.status is not None and update.status is not status:
            status = update.status
            yield Judgement(update.date, status, update.by)
