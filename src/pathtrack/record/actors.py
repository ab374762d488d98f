"""Judgements, and how each actor stands."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, NamedTuple, TypeVar

from pathtrack.record import same
from pathtrack.record.model import Update
from pathtrack.record.status import Response, Status

_W = TypeVar("_W", Status, Response)


class Judgement(NamedTuple):
    """An update's status, reduced to what a history needs."""

    date: dt.date
    status: Status
    by: str


class ActorStanding(NamedTuple):
    """What the updates that name one actor, or no actor, say about its part in a recommendation.

    That is the newest status, the first date of the unbroken run of that status, and the newest answer.
    """

    name: str
    status: Status = Status.NOT_ASSESSED
    since: dt.date | None = None
    response: Response | None = None


def by_actor(records: Iterable[Update], names: Mapping[str, str]) -> tuple[ActorStanding, ...]:
    """Return the standings of actors, whose names are given by their `same.word`."""
    statuses, responses = _Said[Status](), _Said[Response]()
    for update in records:
        actors = set(map(same.word, update.actors)) & names.keys() if update.actors else None
        if update.status:
            statuses.add(update.status, update.date, actors)
        if update.response:
            responses.add(update.response, update.date, actors)
    return tuple(
        ActorStanding(
            name,
            status.value if (status := statuses.of(word)) else Status.NOT_ASSESSED,
            status.since if status else None,
            response.value if (response := responses.of(word)) else None,
        )
        for word, name in names.items()
    )


class _Run(NamedTuple, Generic[_W]):
    """A word and the first date of its unbroken run."""

    value: _W
    since: dt.date


class _Said(Generic[_W]):
    """The newest word about each actor.

    Only what differs from the word about all is kept, so that many words about all cost no step for each
    of many actors:

        1 Jan    all are stalled       Seoul and Tokyo as all
        2 Jan    Seoul is partial      Seoul apart, unlike all; Tokyo as all
        3 Jan    all are partial       Seoul apart, for it has been so since 2 Jan
        4 Jan    all are reversed      Seoul and Tokyo as all
    """

    def __init__(self) -> None:
        self._all: _Run[_W] | None = None
        self._apart: dict[str, _Run[_W]] = {}
        self._unlike: set[str] = set()

    def of(self, actor: str) -> _Run[_W] | None:
        """Return the newest word about an actor, if there is one."""
        return self._apart.get(actor, self._all)

    def add(self, value: _W, date: dt.date, actors: Iterable[str] | None) -> None:
        """Add the next word, about some actors or all."""
        run = _Run(value, date)
        is_of_all = self._all is not None and self._all.value is value
        if actors is None:
            if is_of_all:
                self._apart |= dict.fromkeys(self._unlike, run)
            else:
                self._apart = {name: each for name, each in self._apart.items() if each.value is value}
                self._all = run
            self._unlike.clear()
        for each in actors or ():
            if (found := self.of(each)) is None or found.value is not value:
                self._apart[each] = run
            (self._unlike.discard if is_of_all else self._unlike.add)(each)


def changes_of_status(records: Iterable[Update]) -> Iterator[Judgement]:
    """Yield the updates that changed the status."""
    status: Status | None = None
    for update in records:
        if update.status is not None and update.status is not status:
            status = update.status
            yield Judgement(update.date, status, update.by)
