"""Findings about what was recorded before, which must keep its content, its order and its subject."""

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
    return [Finding(0, (), "rewritten-past", message) for message in messages]


def missing(old: Iterable[Update], new: Iterable[Update]) -> list[Update]:
    """Return the old updates that are not among the new ones unchanged."""
    return list((Counter(old) - Counter(new)).elements())


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
    """Return the ids in old updates that now mean another recommendation than they did."""
    ids = dict.fromkeys(name for each in old.updates for name in each.recommendations)
    return [
        name
        for name in ids
        if (was := old.names.get(key(name))) and new.names.get(key(name)) != new.names.get(was)
    ]
