"""Judgements, and how each actor stands."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from pathtrack.record import same
from pathtrack.record.model import Update
from pathtrack.record.status import Response, Status


class Judgement(NamedTuple):
    """An update's status, reduced to what a history needs."""

    date: dt.date
    status: Status
    by: str


@dataclass(frozen=True)
class ActorStanding:
    """What the updates say about one actor's part in a recommendation."""

    name: str
    records: tuple[Update, ...]
    """The updates that name the actor, or no actor."""

    @cached_property
    def history(self) -> tuple[Judgement, ...]:
        """The updates that changed the status."""
        return tuple(changes_of_status(self.records))

    @property
    def status(self) -> Status:
        """The newest status given to the actor, or to the whole."""
        return self.history[-1].status if self.history else Status.NOT_ASSESSED

    @property
    def since(self) -> dt.date | None:
        """The first date of the unbroken run of that status."""
        return self.history[-1].date if self.history else None

    @property
    def response(self) -> Response | None:
        """The newest answer given by the actor, or by all who were asked."""
        return next((each.response for each in reversed(self.records) if each.response), None)


def by_actor(records: Iterable[Update], actors: Iterable[str]) -> dict[str, list[Update]]:
    """Return for each actor, given by its `same.word`, the updates about it or about the whole."""
    found: dict[str, list[Update]] = {each: [] for each in actors}
    for update in records:
        named = set(map(same.word, update.actors)) & found.keys() if update.actors else found
        for each in named:
            found[each].append(update)
    return found


def changes_of_status(records: Iterable[Update]) -> Iterator[Judgement]:
    """Yield the updates that changed the status."""
    status: Status | None = None
    for update in records:
        if update.status is not None and update.status is not status:
            status = update.status
            yield Judgement(update.date, status, update.by)
