"""The text of a merged tracker, woven from the texts it came from."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import NamedTuple

from pathtrack.errors import FileError
from pathtrack.file import blocks as places
from pathtrack.file import document
from pathtrack.record.finding import Place
from pathtrack.record.model import Recommendation, Report, Tracker, Update, key

_COMMENTS = re.compile(r"([ \t]*(#[^\n]*)?\n)*")


class _Entry(NamedTuple):
    """The report or a recommendation, and its block."""

    value: Report | Recommendation
    text: str


class _Part(NamedTuple):
    """A block; the value of a new one did not stand in the base."""

    text: str
    new: bool


class _Cut(NamedTuple):
    """One of the texts in pieces: the catalogue by name, the blocks of equal updates, and the end."""

    entries: dict[str, _Entry]
    updates: dict[Update, list[str]]
    end: str


def weave(merged: Tracker, base: str, ours: str, theirs: str) -> str:
    """Write a merged tracker: each block as it stands in one of its texts, with the comments before it.

    Where a block has two wordings, that of the side which changed it is taken; one that both sides changed
    is put together from its keys in the same way. FileError if the result would not read back as `merged`.
    """
    before, mine, other = _cut(base), _cut(ours), _cut(theirs)
    parts = list(_woven(merged, before, mine, other))
    text = "".join(_without_repeats(parts, before, mine, other)).lstrip("\n")
    if document.parse(text.encode(), name="the merged file") != merged:
        raise FileError("the merged file would not read back as it should", todo="merge it by hand")
    return text


def mark(ours: str, theirs: str, identifiers: Iterable[str]) -> str:
    """Put conflict markers around what differs between two woven texts in some recommendations.

    An empty identifier stands for the report.
    """
    mine, other, blocks = _cut(ours).entries, _cut(theirs).entries, places.blocks(ours)
    standing = dict(zip(mine, blocks, strict=False))  # a woven text begins with its catalogue
    for identifier in map(key, identifiers):
        pair = [_lines(side[identifier].text) if identifier in side else [] for side in (mine, other)]
        if identifier in mine:
            blocks[standing[identifier]] = _marked(*pair)
        else:  # it has no place in ours: behind the others
            blocks[list(standing.values())[-1]] += _marked(*pair)
    return "".join(blocks.values())


def _woven(merged: Tracker, base: _Cut, *sides: _Cut) -> Iterator[_Part]:
    cuts = (base, *sides)
    for _, value in _catalogue(merged):
        block = _entry(value, *(cut.entries.get(_name(value)) for cut in cuts))
        yield _Part(block, new=_name(value) not in base.entries)
    copies: Counter[Update] = Counter()
    for update in merged.updates:
        block = _update(update, copies[update], *(cut.updates.get(update, []) for cut in cuts))
        copies[update] += 1
        yield _Part(block, new=update not in base.updates)
    yield _Part(_choose(*(cut.end for cut in cuts)) or "", new=False)


def _cut(text: str) -> _Cut:
    if not text:
        return _Cut({}, {}, "")
    tracker = document.parse(text.encode(), name="a version")
    blocks = places.blocks(text if text.endswith("\n") else f"{text}\n")
    entries = {_name(each): _Entry(each, blocks.get(place, "")) for place, each in _catalogue(tracker)}
    updates: dict[Update, list[str]] = {}
    for index, update in enumerate(tracker.updates):
        updates.setdefault(update, []).append(blocks.get(("update", index), ""))
    return _Cut(entries, updates, blocks[()])


def _catalogue(tracker: Tracker) -> Iterator[tuple[Place, Report | Recommendation]]:
    yield ("report",), tracker.report
    for index, each in enumerate(tracker.recommendations):
        yield ("recommendation", index), each


def _name(value: Report | Recommendation) -> str:
    return key(value.id) if isinstance(value, Recommendation) else ""


def _entry(value: Report | Recommendation, old: _Entry | None, *sides: _Entry | None) -> str:
    """Return the block of one thing in the catalogue."""
    before = old.text if old else ""
    changed = {side.text for side in sides if side and side.text != before}
    block = _put_together(value, old, *sides) if len(changed) > 1 else "".join(changed) or before
    return block or f"\n{document.block(value)}"


def _put_together(value: Report | Recommendation, *entries: _Entry | None) -> str:
    """Take each key from a text that has it as `value` does: the header first, a sub-table last."""
    cuts = [places.keys(each.text) if each else {} for each in entries]
    names = dict.fromkeys((*cuts[0], *sorted({*cuts[1], *cuts[2]})))
    parts = []
    for name in sorted(names, key=lambda each: (each != "", each == "source")):
        comments, keys = zip(*(_split(cut.get(name, "")) for cut in cuts), strict=True)
        wanted = [
            entry and getattr(entry.value, name, None) == getattr(value, name, None) for entry in entries
        ]
        chosen = _choose(*(each if fits else None for each, fits in zip(keys, wanted, strict=True)))
        parts.append(f"{_choose(*comments) or ''}{chosen}" if chosen else "")
    return "".join(parts)


def _update(update: Update, number: int, *texts: list[str]) -> str:
    """Return the block of one of equal updates."""
    wordings = (each[number] if number < len(each) else None for each in texts)
    return _choose(*wordings) or f"\n{document.render(update)}"


def _choose(old: str | None, *sides: str | None) -> str | None:
    """Take the wording that a side changed; of two changed ones the same one whichever side is ours."""
    changed = {each for each in sides if each is not None and each != old}
    return max(changed, key=lambda each: (len(each), each)) if changed else old


def _without_repeats(parts: list[_Part], base: _Cut, ours: _Cut, theirs: _Cut) -> Iterator[str]:
    """Leave out comments that both sides carried over from one place of the base to new blocks.

    What ended the base stands before the first new update of both sides, but once in the result.
    """
    sides = [_parts(ours, base), _parts(theirs, base)]
    gone = [_comments(_parts(base, base), new=False) - _comments(side, new=False) for side in sides]
    mine, other = (_comments(side, new=True) for side in sides)
    written = _comments(parts, new=True)
    left = written - ((gone[0] & gone[1] & mine & other) - (mine + other - written))
    for part in parts:
        lead, rest = _split(part.text)
        comment = lead.strip()
        keeps = not (part.new and comment) or left[comment] > 0
        left[comment] -= part.new
        yield part.text if keeps else f"\n{rest}"


def _parts(cut: _Cut, base: _Cut) -> list[_Part]:
    entries = [_Part(each.text, new=name not in base.entries) for name, each in cut.entries.items()]
    updates = [
        _Part(each, new=value not in base.updates) for value, all_ in cut.updates.items() for each in all_
    ]
    return [*entries, *updates, _Part(cut.end, new=False)]


def _comments(parts: Iterable[_Part], *, new: bool) -> Counter[str]:
    """Count the comments before the new blocks, or before the others."""
    return Counter(lead for part in parts if part.new is new and (lead := _split(part.text)[0].strip()))


def _split(block: str) -> tuple[str, str]:
    """Part the comments before a block from the rest."""
    found = _COMMENTS.match(block)
    end = found.end() if found else 0
    return block[:end], block[end:]


def _marked(ours: list[str], theirs: list[str]) -> str:
    """Put both texts between markers, but for the lines that they begin and end with alike."""
    start = _alike(ours, theirs)
    end = _alike(ours[start:][::-1], theirs[start:][::-1])
    mine, other = ours[start : len(ours) - end], theirs[start : len(theirs) - end]
    marked = ["<<<<<<< ours\n", *mine, "=======\n", *other, ">>>>>>> theirs\n"]
    return "".join([*ours[:start], *marked, *ours[len(ours) - end :]])


def _alike(ours: list[str], theirs: list[str]) -> int:
    """Count the lines with which both begin."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(ours, theirs, strict=False)))


def _lines(text: str) -> list[str]:
    return [f"{line}\n" for line in text.removesuffix("\n").split("\n")]
