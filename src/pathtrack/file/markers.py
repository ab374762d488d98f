"""What is in conflict, between markers."""

from collections.abc import Iterator
from itertools import takewhile

from pathtrack.file.blocks import blocks, keys, split
from pathtrack.file.texts import as_both_were, cut
from pathtrack.file.weave import Woven
from pathtrack.record.model import key


def mark(ours: Woven, theirs: Woven) -> bytes:
    """Return our merged file with markers around what differs from theirs in what both sides changed.

    Theirs is the merge with the sides exchanged.
    """
    mine, other = cut(ours.document).entries, cut(theirs.document).entries
    parts = blocks(ours.document.text)
    *_, last = (each.place for each in mine.values())
    for identifier in (key(each.identifier) for each in ours.conflicts):
        pair = [[*_lines(side[identifier].text)] if identifier in side else [] for side in (mine, other)]
        if identifier in mine:
            parts[mine[identifier].place] = _marked(*pair)
        else:  # it has no place in ours
            parts[last] += _marked(*pair)
    return as_both_were("".join(parts.values()), ours.document, theirs.document)


def _marked(ours: list[str], theirs: list[str]) -> str:
    """Return both texts between markers, except for the lines that both begin and end with."""
    start = _alike(ours, theirs)
    end = _alike(ours[start:][::-1], theirs[start:][::-1])
    mine, other = ours[start : len(ours) - end], theirs[start : len(theirs) - end]
    marked = ["<<<<<<< ours\n", *mine, "=======\n", *other, ">>>>>>> theirs\n"]
    return "".join([*ours[:start], *marked, *ours[len(ours) - end :]])


def _alike(ours: list[str], theirs: list[str]) -> int:
    """Return the number of lines with which both begin."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(ours, theirs, strict=False)))


def _lines(text: str) -> Iterator[str]:
    """Yield the lines of a block; those of one value together, as a marker in a string is none."""
    parts = list(keys(text).values())
    for part in parts if "".join(parts) == text else [text]:
        above, rest = split(part)
        yield from above.splitlines(keepends=True)
        yield rest
