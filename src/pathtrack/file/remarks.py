"""The comments that one side wrote at updates which the other side edited."""

from collections import Counter
from collections.abc import Iterator

from pathtrack.file.blocks import comments
from pathtrack.file.texts import Version
from pathtrack.record.model import Update


def find(base: Version, ours: Version, theirs: Version) -> dict[Update, list[str]]:
    """Return the comments of each side that belong to what an update has become on the other."""
    one, other = _from(theirs, base, edited=ours), _from(ours, base, edited=theirs)
    # Both sides can have made the same of an update: sorted, so that it is the same whichever is ours.
    both = {
        new: sorted((Counter(one[new]) | Counter(other[new])).elements()) for new in one.keys() & other.keys()
    }
    return {**one, **other, **both}


def _from(side: Version, base: Version, *, edited: Version) -> dict[Update, list[str]]:
    found: dict[Update, list[str]] = {}
    for old, new in _edits(base, edited):
        if old in side.updates:
            known = Counter(comments("".join((*base.updates[old], *edited.updates[new]))))
            written = Counter(comments("".join(side.updates[old])))
            found[new] = list((written - known).elements())
    return found


def _edits(base: Version, edited: Version) -> Iterator[tuple[Update, Update]]:
    """Yield updates of the base with what they have become.

    That is what was typed in at the same moment or, where that is not known, stands in their place:

        base    A B C
        edited  A b C D     B has become b, and D is new
    """
    if base.updates.keys() <= edited.updates.keys():
        return
    stays = base.updates.keys() & edited.updates.keys()
    for gone, new in zip(_between(base, stays), _between(edited, stays), strict=True):
        typed = {each.recorded: each for each in new if each.recorded}
        for number, each in enumerate(gone):
            if each.recorded in typed:
                yield each, typed[each.recorded]
            elif number < len(new) and not (each.recorded and new[number].recorded):
                yield each, new[number]


def _between(version: Version, stays: set[Update]) -> list[list[Update]]:
    """Return the other updates in the gaps before, between and behind those that stay."""
    gaps: list[list[Update]] = [[]]
    for each in version.updates:
        if each in stays:
            gaps.append([])
        else:
            gaps[-1].append(each)
    return gaps
