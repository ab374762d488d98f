"""How a recommendation stood when our own table was exported, whatever was corrected since."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from pathtrack.intake.comparison import plain
from pathtrack.record import same
from pathtrack.record.corrections import Corrected, Ledger, by_date
from pathtrack.record.dates import begins
from pathtrack.record.model import Recommendation, Tracker, Update, key
from pathtrack.record.standings import Standing

_MOST = 200
"""How many standings of the past a row is compared with that fits none, the newest first."""


class Shown(NamedTuple):
    """What a row of an export says about the record behind it; a number is None where it does not say."""

    as_of: dt.date
    by: str
    """The only assessor whose updates are in the export, as it shows the name; empty for everybody."""
    since: dt.date | None
    updates: int | None
    corrected: int | None

    def fits(self, standing: Standing) -> bool:
        """Return whether it may show a standing; a spreadsheet makes of a month its first day."""
        since = standing.since
        return self.since is None or (since is not None and self.since in {since, begins(since)})

    def counts(self, update: Update) -> bool:
        """Return whether it would rest on an update that is not corrected."""
        # A name of nothing that is seen is nobody's, as in an export.
        return update.date <= self.as_of and _name(self.by) in {"", _name(update.by)}

    def lists(self, each: Corrected) -> bool:
        """Return whether it would count a correction."""
        told = (each.update, each.correction) if each.correction.says_something else (each.update,)
        return any(map(self.counts, told))


class Stood(NamedTuple):
    """How a recommendation stood, and how many updates about it had been corrected."""

    standing: Standing
    corrected: int


class Past:
    """The updates about each recommendation in the order of the file, which grows at its end."""

    def __init__(self, tracker: Tracker) -> None:
        """Gather the updates, and with each all that corrects it, even if that is about something else."""
        self._tracker, ledger = tracker, Ledger(tracker.updates)
        self._corrected = {each.update for each in ledger.corrected}
        roots = [ledger.root(place) for place in range(len(tracker.updates))]
        about: defaultdict[int, set[str]] = defaultdict(set)
        for root, each in zip(roots, tracker.updates, strict=True):
            about[root] |= tracker.keys_of(each)
        self._told: defaultdict[str, list[Update]] = defaultdict(list)
        for root, each in zip(roots, tracker.updates, strict=True):
            for name in about[root]:
                self._told[name].append(each)

    def has_corrected(self, update: Update | None) -> bool:
        """Return whether an update no longer counts."""
        return update in self._corrected

    def judges(self, existing: Recommendation) -> Iterator[str]:
        """Yield who has judged a recommendation; none where it was one alone, whose judgements are all."""
        names = {_name(each.by): each.by for each in self._told[key(existing.id)]}
        yield from names.values() if len(names) > 1 else ()

    def ever(self, existing: Recommendation, row: Shown) -> Iterator[Stood]:
        """Yield how a recommendation may have stood at any time, as of a day and by an assessor.

        The newest come first, and no more than some hundred.
        """
        states = [*self._states(key(existing.id), row)][::-1]
        ever = (
            _stood(existing, row, state[: len(state) - less], corrected)
            for state, new, corrected in states
            for less in range(new + 1)
        )
        yield from islice(ever, _MOST)

    def standings(self, existing: Recommendation, row: Shown) -> list[Stood]:
        """Return how a recommendation stood when a row was exported.

        The file was then as far as the row's numbers say. With A, B and then C, which corrects A:

            updates 1, corrected 0     A
            updates 2, corrected 0     A, B
            updates 2, corrected 1     C, B

        Where something was corrected and the numbers fit no time, as after a merge, it can be any time.
        """
        states = [*self._states(key(existing.id), row)]
        found = [
            _stood(existing, row, state[: row.updates], corrected)
            for state, new, corrected in states
            if row.updates is not None
            and len(state) - new <= row.updates <= len(state)
            and row.corrected in {None, corrected}
        ]
        if len(states) == 1:
            return found or [_stood(existing, row, state, corrected) for state, _, corrected in states]
        return [each for each in found if row.fits(each.standing)] or [*self.ever(existing, row)]

    def _states(self, name: str, row: Shown) -> Iterator[tuple[list[Update], int, int]]:
        """Yield what counted before each correction and what counts now, the last of it the newest.

        With each, how many of these had come since the correction before, and how many were corrected.
        """
        told, start = self._told[name], 0

        def rests_on(update: Update) -> bool:
            return row.counts(update) and name in self._tracker.keys_of(update)

        for end in (*(place for place, each in enumerate(told) if each.corrects), len(told)):
            ledger = Ledger(tuple(told[:end]))
            corrected = (each for each in ledger.corrected if name in self._tracker.keys_of(each.update))
            yield (
                [*filter(rests_on, ledger.counting)],
                sum(map(rests_on, told[start:end])),
                sum(map(row.lists, corrected)),
            )
            start = end + 1


def _stood(existing: Recommendation, row: Shown, state: list[Update], corrected: int) -> Stood:
    return Stood(Standing(existing, row.as_of, by_date(state)), corrected)


def _name(text: str) -> str:
    """Return what a name and its exported form share."""
    return same.word(plain(text))
