"""How recommendations stand as of a date, derived from the updates and never stored."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import takewhile

from pathtrack.record import same
from pathtrack.record.actors import ActorStanding, Judgement, by_actor, changes_of_status
from pathtrack.record.corrections import Corrected, Ledger
from pathtrack.record.model import Evidence, Recommendation, Tracker, Update, key
from pathtrack.record.sources import Sources
from pathtrack.record.status import Confidence, Response, Status

ENDED = frozenset({Status.IMPLEMENTED, Status.NOT_IMPLEMENTED})
"""Statuses after which a target date no longer matters."""


@dataclass(frozen=True)
class Standing:
    """What the updates say about one recommendation as of a date.

    `updates` are those about it that count, ordered by date, ties by their place in the file;
    `parts` the standings of its parts, `corrected` those that no longer count.
    """

    recommendation: Recommendation
    as_of: dt.date
    updates: tuple[Update, ...] = ()
    corrected: tuple[Corrected, ...] = ()
    parts: tuple["Standing", ...] = ()
    area: str = ""
    whole: str = ""
    """The id of what it is a part of, if it is one."""
    actor: str = ""
    """The actor whose standing a reader asked for, rather than that of the whole."""

    @cached_property
    def history(self) -> tuple[Judgement, ...]:
        """The updates that changed the status of the whole."""
        return tuple(changes_of_status(each for each in self.updates if each.judges_whole))

    @property
    def status(self) -> Status:
        """The newest status judged for the whole."""
        return self.history[-1].status if self.history else Status.NOT_ASSESSED

    @property
    def since(self) -> dt.date | None:
        """The first date of the unbroken run of the current status."""
        return self.history[-1].date if self.history else None

    @property
    def last_update(self) -> dt.date | None:
        """The date of the newest update of any kind."""
        return self.updates[-1].date if self.updates else None

    @property
    def last_judged(self) -> dt.date | None:
        """The date of the newest update with a status."""
        return next((each.date for each in reversed(self.updates) if each.status), None)

    @cached_property
    def judgement(self) -> Update | None:
        """The newest update with a status for the whole, or for an actor where nobody judged the whole."""
        judged = [each for each in reversed(self.updates) if each.status]
        return next((each for each in judged if each.judges_whole), judged[0] if judged else None)

    @property
    def verdict(self) -> str:
        """The note of the newest judgement, which says where it stands; empty if there is none."""
        return (self.judgement and self.judgement.note) or ""

    @property
    def events(self) -> tuple[Update, ...]:
        """The updates with a note since the newest judgement: what happened since, oldest first."""
        # Backwards, since an older update may equal the judgement.
        since = takewhile(lambda each: each is not self.judgement, reversed(self.updates))
        return tuple(each for each in since if each.note)[::-1]

    @property
    def newest_note(self) -> str:
        """The note of the last event, or else of the newest judgement."""
        return next((each.note for each in reversed(self.events) if each.note), self.verdict)

    @cached_property
    def sources(self) -> Sources:
        """The distinct sources, each completed by its later citations."""
        return Sources(self.citations)

    @property
    def source_count(self) -> int:
        """The number of distinct sources; one needs no comparing, and those with addresses only these."""
        cited = [each.url for each in self.citations]
        if cited[1:] and not all(cited):
            return len(self.sources)
        return len(set(map(same.address, filter(None, cited)))) if cited[1:] else len(cited)

    @property
    def citations(self) -> Iterator[Evidence]:
        """The sources of all records in their order; one cited by several records is repeated."""
        return (each for update in self.updates for each in update.evidence)

    @property
    def assessed(self) -> bool:
        """Whether somebody has judged it."""
        return self.status is not Status.NOT_ASSESSED

    @cached_property
    def actors(self) -> tuple[ActorStanding, ...]:
        """The standing of each actor who is asked, and of any others the updates name."""
        named = (*self.recommendation.actors, *(name for each in self.updates for name in each.actors))
        return by_actor(self.updates, same.spellings(named))

    def of(self, actor: str) -> "Standing":
        """Return the same standing for a reader who asks for an actor."""
        mine = replace(self, actor=actor)
        # What was derived is the same whoever asks; for each of many actors it would take too long.
        vars(mine).update({"_acted": self._acted, "targets": self.targets, **vars(self), "actor": actor})
        return mine

    @property
    def shown(self) -> "Standing | ActorStanding":
        """The standing of the chosen actor if an update names that actor, otherwise of the whole."""
        return self._acted.get(same.word(self.actor), self) if self.actor else self

    @cached_property
    def _acted(self) -> dict[str, ActorStanding]:
        """The standing of each actor whom an update names."""
        named = {same.word(name) for each in self.updates for name in each.actors}
        return {word: each for each in self.actors if (word := same.word(each.name)) in named}

    @property
    def is_awaited(self) -> bool:
        """Whether somebody was asked and no answer is on record."""
        return bool(self.recommendation.actors) and not any(each.response for each in self.updates)

    @property
    def response(self) -> Response | None:
        """The newest answer of all who were asked."""
        return next(
            (each.response for each in reversed(self.updates) if each.response and not each.actors), None
        )

    @property
    def answer(self) -> str:
        """What those who were asked answered: one word, `several` if they differ, `none` if nobody did."""
        given = {each.response for each in self.actors if each.response}
        given |= {self.response} if self.response and not given else set()
        return "several" if len(given) > 1 else next(iter(given), "none")

    @property
    def confidence(self) -> Confidence | None:
        """How sure the last judge of the whole is of its status."""
        return next((each.confidence for each in reversed(self.updates) if each.judges_whole), None)

    @cached_property
    def targets(self) -> tuple[dt.date, ...]:
        """The target dates, the first promise first; a repeated one is listed once."""
        found: list[dt.date] = []
        for each in (self.recommendation.due, *(each.due for each in self.updates)):
            # Only the one before: a date that is promised again after another one has moved twice.
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
        """Whether its target date has passed and it has not ended."""
        return self.due is not None and self.due < self.as_of and self.status not in ENDED

    def is_stale(self, *, days: int) -> bool:
        """Return whether nobody has judged it in the last `days` days, whatever its status."""
        return self.last_judged is None or (self.as_of - self.last_judged).days > days


def standings(
    tracker: Tracker,
    *,
    on: dt.date,
    by: str | None = None,
    only: Callable[[Recommendation], bool] | None = None,
    ledger: Ledger | None = None,
) -> tuple[Standing, ...]:
    """Return how each recommendation stands on a date, in file order, parts like the others.

    `by` counts one assessor's updates only; `only` returns which are wanted, with their parts.
    """
    ledger = ledger or Ledger(tracker.updates)
    wanted = tracker.recommendations
    if only:
        wanted = tuple(
            each for each in wanted if only(each) or ((whole := tracker.whole_of(each)) and only(whole))
        )
    keys = [key(each.id) for each in wanted]
    records: dict[str, list[Update]] = {each: [] for each in keys}
    for update in ledger.up_to(on, by=by):
        for identifier in tracker.keys_of(update):
            if identifier in records:
                records[identifier].append(update)
    corrected: dict[str, list[Corrected]] = {}
    for each in ledger.corrected:
        for identifier in tracker.keys_of(each.update) if each.concerns(on=on, by=by) else ():
            corrected.setdefault(identifier, []).append(each)
    found = [
        Standing(
            each,
            on,
            tuple(records[identifier]),
            tuple(corrected.get(identifier, ())),
            area=tracker.area_of(each),
            whole=tracker.name_of_whole(each),
        )
        for identifier, each in zip(keys, wanted, strict=True)
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
