"""What a command is about: some of a tracker's standings as of a date, and what changed in them."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from pathtrack.record import same
from pathtrack.record.actors import Judgement
from pathtrack.record.corrections import Corrected, Ledger, day_known
from pathtrack.record.filters import ALL, Filters
from pathtrack.record.model import Recommendation, Tracker, Update, key
from pathtrack.record.order import Order, arranged
from pathtrack.record.progress import Progress, Year, progress, scope, years
from pathtrack.record.standings import ENDED, Standing, standings
from pathtrack.record.status import Response


class Change(NamedTuple):
    """What became of one recommendation in a period; `updates` are the new ones."""

    before: Standing
    after: Standing
    updates: tuple[Update, ...]

    @property
    def is_new_status(self) -> bool:
        """Whether its status is another one."""
        return self.before.status is not self.after.status

    @property
    def new_sources(self) -> int:
        """The number of distinct sources that were not cited before."""
        # Not the difference of two numbers: a later citation can show that two earlier sources are one.
        place = self.after.sources.place
        new = {place(each) for update in self.updates for each in update.evidence}
        return len(new.difference(map(place, self.before.citations)))


class Changes(NamedTuple):
    """What was done or `recorded` from one date to another, and what was recorded `late`, of earlier days."""

    since: dt.date
    until: dt.date
    changed: tuple[Change, ...]
    corrected: tuple[Corrected, ...]
    recorded: bool = False
    late: tuple[Update, ...] = ()


@dataclass(frozen=True)
class View:
    """Some of a tracker's standings as of a date; parts stand under their wholes unless asked for."""

    tracker: Tracker
    as_of: dt.date
    standings: tuple[Standing, ...]
    ledger: Ledger
    by: str | None = None
    actors: tuple[str, ...] = ()
    """Who was asked for; anybody where nobody is named."""
    filters: Filters = ALL
    """What these standings were chosen by."""

    @cached_property
    def progress(self) -> Progress:
        """The counts over these standings, without parts of others."""
        return progress(self.tops)

    @property
    def tops(self) -> Iterator[Standing]:
        """These standings without parts of others."""
        return (each for each in self.standings if not self.tracker.whole_of(each.recommendation))

    @property
    def total(self) -> int:
        """How many recommendations the tracker has, whether they are in view or not."""
        return sum(not self.tracker.whole_of(each) for each in self.tracker.recommendations)

    @property
    def years(self) -> tuple[Year, ...]:
        """The same counts at the end of each year with updates."""
        return tuple(years(self.tops, self.updates))

    @cached_property
    def by_area(self) -> dict[str, tuple[Standing, ...]]:
        """These standings by area, in the order of the areas, without empty ones; parts with their wholes."""
        groups: dict[str, list[Standing]] = {area: [] for area in self.tracker.areas}
        own = {each.recommendation.id: each.area for each in self.standings}
        for standing in self.standings:
            groups.setdefault(own.get(standing.whole, standing.area), []).append(standing)
        return {area: tuple(members) for area, members in groups.items() if members}

    @cached_property
    def updates(self) -> tuple[Update, ...]:
        """The updates about these standings that count, ordered by date, ties by their place in the file."""
        found = self.ledger.up_to(self.as_of, by=self.by)
        return tuple(filter(self._shows, found) if self._hidden else found)

    @cached_property
    def corrected(self) -> tuple[Corrected, ...]:
        """The corrections of what is shown here, in the order of the corrections."""
        return tuple(
            each
            for each in self.ledger.corrected
            if each.concerns(on=self.as_of, by=self.by)
            and (self._shows(each.update) or self._shows(each.correction))
        )

    @cached_property
    def rows(self) -> tuple[Standing, ...]:
        """These standings, each before its parts."""
        # By identity, since a part may be listed itself, and hashing a standing means hashing its updates.
        return tuple({id(row): row for row in with_parts(self.standings)}.values())

    @property
    def scope(self) -> str:
        """How many recommendations are in view, and by what they were chosen, if they are not all."""
        return scope(self.progress.total, self.total, self.filters.words)

    @cached_property
    def newest(self) -> dt.date | None:
        """The date of the newest update among them."""
        return max((each.last_update for each in self.standings if each.last_update), default=None)

    def between(self, since: dt.date | None, until: dt.date | None) -> tuple[Update, ...]:
        """Return the updates about these standings from one date to another, both included."""
        return tuple(each for each in self.updates if _within(each.date, since, until))

    def changes(self, *, since: dt.date, until: dt.date | None = None, recorded: bool = False) -> Changes:
        """Return what changed from one date to another: first what has another status, each in file order.

        `recorded` goes by the day something was first typed in rather than by its date. A correction is not a
        change: it is listed by the day on which it was typed in.
        """
        end = min(until or self.as_of, self.as_of)

        def clock(update: Update) -> dt.date:
            return self.ledger.first_known(update) if recorded else update.date

        found = filter(None, (_change(each, since, end, clock) for each in self.rows))
        changed = tuple(sorted(found, key=lambda each: not each.is_new_status))
        corrected = tuple(each for each in self.corrected if _within(day_known(each.correction), since, end))
        earlier = () if recorded else (each for each in self.updates if each.date < since)
        late = tuple(each for each in earlier if since <= self.ledger.first_known(each) <= end)
        return Changes(since, end, changed, corrected, recorded, late)

    def of(self, actors: Sequence[str]) -> "View":
        """Return the same view for actors, with the standing of an actor, if exactly one is asked for."""
        shown = self.standings
        if len(actors) == 1:
            shown = tuple(each.of(actors[0]) for each in shown)
        return replace(self, standings=shown, actors=tuple(actors))

    def chosen_by(self, filters: Filters) -> "View":
        """Return the same view with only what the filters admit."""
        return replace(self.of(filters.actors).keep(filters.admit), filters=filters)

    def sorted(self, order: Order | None) -> "View":
        """Return the same view in another order."""
        return self if order is None else replace(self, standings=arranged(self.standings, order))

    @cached_property
    def moves(self) -> dict[str, tuple[Standing, ...]]:
        """What each actor is asked to do and has neither done nor refused, actors in file order."""
        wanted = {same.word(each) for each in self.actors or self.tracker.actors}
        found: dict[str, list[Standing]] = {same.word(each): [] for each in self.tracker.actors}
        for standing in self.standings:
            for actor in standing.actors:
                if actor.status not in ENDED and actor.response is not Response.REJECTED:
                    found[same.word(actor.name)].append(standing.of(actor.name))
        names = same.spellings(self.tracker.actors)
        return {names[word]: tuple(each) for word, each in found.items() if each and word in wanted}

    def keep(self, wanted: Callable[[Standing], bool]) -> "View":
        """Return the same view with only the wanted standings."""
        return replace(self, standings=tuple(filter(wanted, self.standings)))

    def _shows(self, update: Update) -> bool:
        """Return whether an update is about any of these standings, or about an unknown recommendation."""
        return not self._hidden.issuperset(self.tracker.keys_of(update))

    @cached_property
    def _hidden(self) -> frozenset[str]:
        return frozenset(self.tracker.names.values()) - {key(each.recommendation.id) for each in self.rows}


def view(
    tracker: Tracker,
    *,
    on: dt.date,
    by: str | None = None,
    only: Callable[[Recommendation], bool] | None = None,
    parts: bool = False,
) -> View:
    """Return the standings of a tracker on a date; see `standings`.

    Parts have rows of their own, after their whole, only with `parts`.
    """
    ledger = Ledger(tracker.updates)
    found = standings(tracker, on=on, by=by, only=only, ledger=ledger)
    tops = [each for each in found if not tracker.whole_of(each.recommendation)]
    shown = _separately(tops, found) if parts else tops
    return View(tracker, on, tuple(shown), ledger, by)


def with_parts(found: Iterable[Standing]) -> Iterator[Standing]:
    """Yield standings, each before its parts."""
    return (row for each in found for row in (each, *each.parts))


def _separately(tops: Sequence[Standing], found: Sequence[Standing]) -> list[Standing]:
    """Return standings, each before its parts, and then the parts of what is not among them."""
    shown = [*with_parts(tops)]
    names = {key(each.recommendation.id) for each in shown}
    return shown + [each for each in found if key(each.recommendation.id) not in names]


def judgements(view: View) -> dict[str, tuple[Judgement, ...]]:
    """Return each assessor's last judgement of each recommendation in view, by date."""
    names = {same.word(each.by): each.by for each in reversed(view.ledger.counting)}
    found: dict[str, tuple[Judgement, ...]] = {}
    for standing in view.standings:
        newest = {
            (judge := same.word(each.by)): Judgement(each.date, each.status, names[judge])
            for each in standing.updates
            if each.status and not each.actors
        }
        found[standing.recommendation.id] = tuple(sorted(newest.values(), key=attrgetter("date")))
    return found


def _change(
    after: Standing, since: dt.date, until: dt.date, clock: Callable[[Update], dt.date]
) -> Change | None:
    """Return what became of a recommendation; what the clock puts later is in neither standing."""
    updates = tuple(each for each in after.updates if each.date <= until and clock(each) <= until)
    new = tuple(each for each in updates if clock(each) >= since)
    if not new:
        return None
    old = tuple(each for each in updates if clock(each) < since)
    return Change(replace(after, updates=old), replace(after, updates=updates), new)


def _within(date: dt.date, since: dt.date | None, until: dt.date | None) -> bool:
    return (since is None or since <= date) and (until is None or date <= until)
