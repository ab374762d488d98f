"""Findings about what was recorded before, which must keep its content, its order and its subject."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator

from pathtrack.record.checks.updates import named
from pathtrack.record.finding import Finding
from pathtrack.record.model import Tracker, Update, key
from pathtrack.text import quoted


def rewritten(old: Tracker, new: Tracker, *, since: str) -> list[Finding]:
    """Return a finding for each update of an older version that no longer says what it said."""
    messages = [
        *(f"changed or removed since {since}: {named(each)}" for each in missing(old.updates, new.updates)),
        *(
            f"moved since {since}, although the last one of a day decides: {named(each)}"
            for each in _moved(old, new)
        ),
        *(f"since {since}, {quoted(each)} means another recommendation" for each in _renamed(old, new)),
    ]
    return [Finding((), "rewritten-past", message) for message in messages]


def missing(old: Iterable[Update], new: Iterable[Update]) -> list[Update]:
    """Return the old updates that are not among the new ones unchanged.

    Two moments that are one in UTC may be of two days, and the day decides what was known by then.
    """
    before, after = (Counter((each, _offset(each)) for each in side) for side in (old, new))
    return [each for each, _ in (before - after).elements()]


def _offset(update: Update) -> dt.timedelta | None:
    return update.recorded.utcoffset() if update.recorded else None


def _moved(old: Tracker, new: Tracker) -> list[Update]:
    """Return the first update of each day and recommendation that is where another was."""
    # What was removed is reported already, and what is new has moved from nowhere.
    kept = Counter(old.updates) & Counter(new.updates)
    # With the old ids on both sides: a recommendation that was renamed has not moved.
    before, after = (_by_day(_only(side.updates, kept), old) for side in (old, new))
    moved = (
        next((one for one, other in zip(updates, after[group], strict=True) if one != other), None)
        for group, updates in before.items()
    )
    return list(dict.fromkeys(each for each in moved if each))


def _only(updates: Iterable[Update], kept: Counter[Update]) -> Iterator[Update]:
    """Yield the updates that are kept, in their order."""
    left = kept.copy()
    for each in updates:
        if left[each]:
            left[each] -= 1
            yield each


def _by_day(updates: Iterable[Update], tracker: Tracker) -> dict[tuple[str, int], list[Update]]:
    """Return the updates about each recommendation on each day; a month counts as its last day."""
    found: dict[tuple[str, int], list[Update]] = {}
    for each in updates:
        for name in tracker.keys_of(each):
            found.setdefault((name, each.date.toordinal()), []).append(each)
    return found


def _renamed(old: Tracker, new: Tracker) -> list[str]:
    """Return the ids in old updates that now mean another recommendation than they did.

    That is one that was there under an id of its own, or is not the one that the old id of theirs means now.
    """
    ids = dict.fromkeys(name for each in old.updates for name in each.recommendations)

    def means_another(name: str) -> bool:
        was, now = old.names.get(key(name)), new.names.get(key(name))
        if was is None or now is None:
            return False
        return now != new.names.get(was) or old.names.get(now, was) != was

    return [name for name in ids if means_another(name)]
