"""How recommendations stand as of a date: derived from the updates, never stored."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from operator import attrgetter

from pathtrack.record import same
from pathtrack.record.actors import ActorStanding, Judgement, changes_of_status, concerning
from pathtrack.record.corrections import Corrected, Ledger
from pathtrack.record.model import Evidence, Recommendation, Tracker, Update, key
from pathtrack.record.sources import Sources
from pathtrack.record.status import Confidence, Response, Status

ENDED = frozenset({Status.IMPLEMENTED, Status.NOT_IMPLEMENTED})
"""Statuses after which a target date no longer matters."""


@dataclass(frozen=True)
class Standing:
    """What the updates say of one recommendation as of a date.

    `records` are the updates about it that count, ordered by date, ties by their place in the file;
    `parts` the standings of its parts, `corrected` what was said of it and counts no more.
    """

    recommendation: Recommendation
    as_of: dt.date
    records: tuple[Update, ...] = ()
    corrected: tuple[Corrected, ...] = ()
    parts: tuple["Standing", ...] = ()
    area: str = ""
    whole: str = ""
    """The id of what it is a part of, if it is one."""
    actor: str = ""
    """Whose standing a reader asked for, rather than that of the whole."""

    @cached_property
    def history(self) -> tuple[Judgement, ...]:
        """The updates that changed the status of the whole."""
        return tuple(changes_of_status(each for each in self.records if not each.actors))

    @property
    def status(self) -> Status:
        """The newest status that was judged of the whole."""
        return self.history[-1].status if self.history else Status.NOT_ASSESSED

    @property
    def since(self) -> dt.date | None:
        """The first date of the unbroken run of the current status."""
        return self.history[-1].date if self.history else None

    @property
    def last_update(self) -> dt.date | None:
        """The date of the newest update of any kind."""
        return self.records[-1].date if self.records else None

    @property
    def last_judged(self) -> dt.date | None:
        """The date of the newest update with a status."""
        return next((each.date for each in reversed(self.records) if each.status), None)

    @property
    def judgement(self) -> Update | None:
        """The newest update with a status of the whole, or of an actor where nobody judged the whole."""
        return None if self._judged is None else self.records[self._judged]

    @property
    def verdict(self) -> str:
        """The note of the newest judgement, or nothing: where it stands."""
        return (self.judgement and self.judgement.note) or ""

    @property
    def events(self) -> tuple[Update, ...]:
        """The updates with a note since the newest judgement: what happened since, oldest first."""
        start = 0 if self._judged is None else self._judged + 1
        return tuple(each for each in self.records[start:] if each.note)

    @cached_property
    def _judged(self) -> int | None:
        """The place of that judgement in the records: others may equal it."""
        judged = [place for place, each in enumerate(self.records) if each.status]
        of_whole = [place for place in judged if not self.records[place].actors]
        return (of_whole or judged)[-1] if judged else None

    @property
    def newest_note(self) -> str:
        """The note of what happened last, or else of the newest judgement."""
        return (self.events[-1].note if self.events else None) or self.verdict

    @cached_property
    def sources(self) -> Sources:
        """The distinct sources, each completed by its later citations."""
        return Sources(self.citations)

    @property
    def evidence(self) -> int:
        """The number of distinct sources."""
        cited = list(self.citations)
        return len(self.sources) if len(cited) > 1 else len(cited)

    @property
    def citations(self) -> Iterator[Evidence]:
        """The sources of all records in their order; one that serves several of them comes again."""
        return (each for update in self.records for each in update.evidence)

    @property
    def assessed(self) -> bool:
        """Whether somebody has judged it."""
        return self.status is not Status.NOT_ASSESSED

    @cached_property
    def actors(self) -> tuple[ActorStanding, ...]:
        """The standing of each actor who is asked, and of others whom the updates name."""
        named = (*self.recommendation.actors, *(name for each in self.records for name in each.actors))
        names = {same.word(each): each for each in reversed(named)}
        return tuple(
            ActorStanding(names[name], concerning(self.records, name))
            for name in dict.fromkeys(map(same.word, named))
        )

    @property
    def shown(self) -> "Standing | ActorStanding":
        """The standing of the actor who was asked for, where an update names that one; else of the whole."""
        wanted = same.word(self.actor)
        named = {same.word(name) for each in self.records for name in each.actors} if wanted else set()
        found = (each for each in self.actors if wanted in named and same.word(each.name) == wanted)
        return next(found, self)

    @property
    def is_awaited(self) -> bool:
        """Whether somebody was asked, and no answer is on record."""
        return bool(self.recommendation.actors) and not any(each.response for each in self.records)

    @property
    def response(self) -> Response | None:
        """The newest answer of all who were asked."""
        return next(
            (each.response for each in reversed(self.records) if each.response and not each.actors), None
        )

    @property
    def answer(self) -> str:
        """What those who were asked answered: one word, `several` where they differ, `none` without any."""
        given = {each.response for each in self.actors if each.response}
        given |= {self.response} if self.response and not given else set()
        return "several" if len(given) > 1 else next(iter(given), "none")

    @property
    def confidence(self) -> Confidence | None:
        """How sure whoever judged the whole last is of its status."""
        judged = (each for each in reversed(self.records) if each.status and not each.actors)
        return next((each.confidence for each in judged), None)

    @cached_property
    def targets(self) -> tuple[dt.date, ...]:
        """The target dates, the first promise first; one that was only repeated stands once."""
        found: list[dt.date] = []
        for each in (self.recommendation.due, *(each.due for each in self.records)):
            if each and each not in found[-1:]:
                found.append(each)
        return tuple(found)

    @property
    def due(self) -> dt.date | None:
        """The newest target date."""
        return self.targets[-1] if self.targets else None

    @property
    def first_due(self) -> dt.date | None:
        """The target date that was promised first."""
        return self.targets[0] if self.targets else None

    @property
    def moved(self) -> int:
        """How often the target date was moved."""
        return max(len(self.targets) - 1, 0)

    @property
    def overdue(self) -> bool:
        """Whether its target date has passed without an end."""
        return self.due is not None and self.due < self.as_of and self.status not in ENDED


def standings(
    tracker: Tracker,
    *,
    on: dt.date,
    by: str | None = None,
    only: Callable[[Recommendation], bool] | None = None,
    ledger: Ledger | None = None,
) -> tuple[Standing, ...]:
    """Return how each recommendation stands on a date, in file order, parts like the others.

    `by` counts one assessor's updates only; `only` says which are wanted, with their parts; `ledger` is that
    of the tracker's updates, where it is at hand.
    """
    ledger = ledger or Ledger(tracker.updates)
    wanted = tracker.recommendations
    if only:
        wanted = tuple(each for each in wanted if only(each) or only(tracker.whole_of(each) or each))
    records: dict[str, list[Update]] = {key(each.id): [] for each in wanted}
    for update in counted(ledger.counting, on=on, by=by):
        for identifier in tracker.keys_of(update) & records.keys():
            records[identifier].append(update)
    corrected: dict[str, list[Corrected]] = {}
    for each in ledger.corrected:
        for identifier in tracker.keys_of(each.record):
            corrected.setdefault(identifier, []).append(each)
    found = [
        Standing(
            each,
            on,
            by_date(records[key(each.id)]),
            tuple(corrected.get(key(each.id), ())),
            area=tracker.area_of(each),
            whole=tracker.name_of_whole(each),
        )
        for each in wanted
    ]
    return _with_parts(found, tracker)


def _with_parts(found: Sequence[Standing], tracker: Tracker) -> tuple[Standing, ...]:
    parts: dict[str, list[Standing]] = {}
    for each in found:
        if whole := tracker.whole_of(each.recommendation):
            parts.setdefault(key(whole.id), []).append(each)
    if not parts:
        return tuple(found)
    return tuple(replace(each, parts=tuple(parts.get(key(each.recommendation.id), ()))) for each in found)


def counted(updates: Iterable[Update], *, on: dt.date, by: str | None) -> Iterator[Update]:
    """Yield the updates up to a date, of one assessor where one is named."""
    judge = by and same.word(by)
    return (each for each in updates if each.date <= on and (not judge or same.word(each.by) == judge))


def by_date(updates: Iterable[Update]) -> tuple[Update, ...]:
    """Return updates in the order of their dates, those of one day as they come."""
    return tuple(sorted(updates, key=attrgetter("date")))


def is_stale(standing: Standing, *, days: int) -> bool:
    """Return whether nobody has judged it in the days before, whatever the status."""
    return standing.last_judged is None or (standing.as_of - standing.last_judged).days > days
