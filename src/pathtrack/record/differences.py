"""What a correction changed in an update."""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from itertools import zip_longest
from typing import NamedTuple

from pathtrack.record import same
from pathtrack.record.model import Evidence, Update, key

_KEYS = (
    *("status", "confidence", "response", "date", "due", "recommendations", "actors", "by"),
    *("note", "searched"),
)


class Difference(NamedTuple):
    """A key of an update, a key of one of its sources, or a whole source, before and after a correction."""

    name: str
    before: object
    after: object
    of_source: bool = False


def differences(old: Update, new: Update) -> Iterator[Difference]:
    """Yield what differs in a replacement, what is judged first; a withdrawal leaves nothing to compare."""
    if not new.says_something:
        return
    for name in _KEYS:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield Difference(name, before, after)
    yield from _of_sources(old.evidence, new.evidence)


def judgement(update: Update) -> tuple[object, ...] | None:
    """Return what an update judges of what; None if it judges nothing."""
    about = frozenset(map(key, update.recommendations)), frozenset(map(same.word, update.actors))
    return (update.status, update.confidence, *about) if update.status else None


def _of_sources(old: Sequence[Evidence], new: Sequence[Evidence]) -> Iterator[Difference]:
    # Sources that stay are equal, so the others belong together in their order: a, b, c → a, B, c, d
    # replaces b by B and adds d.
    gone, came = [each for each in old if each not in new], [each for each in new if each not in old]
    for before, after in zip_longest(gone, came):
        if before is None or after is None:
            yield Difference("source", before, after)
            continue
        for each in fields(Evidence):
            was, now = getattr(before, each.name), getattr(after, each.name)
            if was != now:
                yield Difference(each.name, was, now, of_source=True)
