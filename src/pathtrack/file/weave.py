"""The text of a merged tracker, woven from the texts it came from."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import NamedTuple

from pathtrack.errors import FileError
from pathtrack.file import merge as merging
from pathtrack.file import toml
from pathtrack.file.blocks import blocks, keys
from pathtrack.file.document import Document
from pathtrack.record.finding import Place
from pathtrack.record.model import Recommendation, Report, Tracker, Update, key

_COMMENTS = re.compile(r"([ \t]*(#[^\n]*)?\n)*")


class Woven(NamedTuple):
    """A merged file; where there are conflicts it holds our side."""

    document: Document
    conflicts: tuple[merging.Conflict, ...]


class _Entry(NamedTuple):
    """The report or a recommendation, and its block."""

    place: Place
    value: Report | Recommendation
    text: str


class _Part(NamedTuple):
    """A block; the value of a new one was not in the base."""

    text: str
    new: bool


class _Version(NamedTuple):
    """One of the texts in its blocks: the catalogue by name, equal updates together, and the end."""

    entries: dict[str, _Entry]
    updates: dict[Update, list[str]]
    end: str


def merge(base: Document | None, ours: Document, theirs: Document) -> Woven:
    """Merge two files with the one they grew from, if there is one.

    Each block is as it is in one of the texts, with the comments before it. Where it has two wordings,
    that of the side that changed it is taken; one that both sides changed is put together from its keys in
    the same way. FileError if the result would not read back as the merged tracker.
    """
    merged = merging.merge(base.tracker if base else None, ours.tracker, theirs.tracker)
    versions = (_version(base), _version(ours), _version(theirs))
    parts = list(_woven(merged.tracker, *versions))
    text = "".join(_without_repeats(parts, *versions)).lstrip("\n")
    document = Document.read(_as_both_were(text, ours, theirs), name="the merged file")
    if document.tracker != merged.tracker:
        raise FileError("the merged file would not survive a round trip", todo="merge it by hand")
    return Woven(document, merged.conflicts)


def mark(ours: Woven, theirs: Woven) -> bytes:
    """Return our merged file with markers around what differs from theirs in what both sides changed.

    Theirs is the merge with the sides exchanged.
    """
    mine, other = _version(ours.document).entries, _version(theirs.document).entries
    parts = blocks(ours.document.text)
    *_, last = (each.place for each in mine.values())
    for identifier in (key(each.identifier) for each in ours.conflicts):
        pair = [_lines(side[identifier].text) if identifier in side else [] for side in (mine, other)]
        if identifier in mine:
            parts[mine[identifier].place] = _marked(*pair)
        else:  # it has no place in ours
            parts[last] += _marked(*pair)
    return _as_both_were("".join(parts.values()), ours.document, theirs.document)


def _as_both_were(text: str, ours: Document, theirs: Document) -> bytes:
    """Return a text with the newline and the byte order mark that both sides have."""
    # CRLF only if both have it: "\n" is the lesser of the two.
    mark = toml.BOM if ours.has_mark and theirs.has_mark else ""
    return f"{mark}{text}".replace("\n", min(ours.newline, theirs.newline)).encode()


def _version(document: Document | None) -> _Version:
    if document is None:
        return _Version({}, {}, "")
    text = document.text
    # A last line without an end would run into the block that is put after it.
    found = blocks(text if text.endswith("\n") else f"{text}\n")
    entries = {
        _name(each): _Entry(place, each, found.get(place, "")) for place, each in _catalogue(document.tracker)
    }
    updates: dict[Update, list[str]] = {}
    for index, update in enumerate(document.tracker.updates):
        updates.setdefault(update, []).append(found.get(("update", index), ""))
    return _Version(entries, updates, found[()])


def _catalogue(tracker: Tracker) -> Iterator[tuple[Place, Report | Recommendation]]:
    yield ("report",), tracker.report
    for index, each in enumerate(tracker.recommendations):
        yield ("recommendation", index), each


def _name(value: Report | Recommendation) -> str:
    return key(value.id) if isinstance(value, Recommendation) else ""


def _woven(merged: Tracker, base: _Version, ours: _Version, theirs: _Version) -> Iterator[_Part]:
    """Yield the blocks of the merged file in order, and what comes after the last one."""
    for _, value in _catalogue(merged):
        name = _name(value)
        block = _entry(value, *(each.entries.get(name) for each in (base, ours, theirs)))
        yield _Part(block, new=name not in base.entries)
    copies: Counter[Update] = Counter()
    for update in merged.updates:
        block = _update(
            update, copies[update], *(each.updates.get(update, []) for each in (base, ours, theirs))
        )
        copies[update] += 1
        yield _Part(block, new=update not in base.updates)
    yield _Part(_choose(base.end, ours.end, theirs.end) or "", new=False)


def _entry(value: Report | Recommendation, old: _Entry | None, *sides: _Entry | None) -> str:
    """Return the block of one thing in the catalogue."""
    before = old.text if old else ""
    changed = {side.text for side in sides if side and side.text != before}
    block = _put_together(value, old, *sides) if len(changed) > 1 else "".join(changed) or before
    return block or f"\n{toml.block(value)}"


def _put_together(value: Report | Recommendation, *entries: _Entry | None) -> str:
    """Return each key from a text that has it as `value` does: the header first, a sub-table last."""
    texts = [keys(each.text) if each else {} for each in entries]
    # Sorted, so that new keys have one order whichever side is ours.
    names = dict.fromkeys((*texts[0], *sorted({*texts[1], *texts[2]})))
    parts = []
    for name in sorted(names, key=lambda each: (each != "", each == "source")):
        comments, lines = zip(*(_split(text.get(name, "")) for text in texts), strict=True)
        fitting = (
            line if entry and _agree(entry.value, value, name) else None
            for entry, line in zip(entries, lines, strict=True)
        )
        if chosen := _choose(*fitting):
            parts.append(f"{_choose(*comments) or ''}{chosen}")
    return "".join(parts)


def _agree(one: Report | Recommendation, other: Report | Recommendation, name: str) -> bool:
    """Return whether a key says the same in both; the header, which has no name, always does."""
    return bool(getattr(one, name, None) == getattr(other, name, None))


def _update(update: Update, number: int, *texts: list[str]) -> str:
    """Return the block of one of equal updates."""
    wordings = (each[number] if number < len(each) else None for each in texts)
    return _choose(*wordings) or f"\n{toml.block(update)}"


def _choose(old: str | None, *sides: str | None) -> str | None:
    """Return the wording that a side changed; of two, the same one whichever side is ours."""
    changed = {each for each in sides if each is not None and each != old}
    return max(changed, key=lambda each: (len(each), each)) if changed else old


def _without_repeats(parts: list[_Part], base: _Version, ours: _Version, theirs: _Version) -> Iterator[str]:
    """Yield the blocks, without second copies of comments that both sides moved from the base to new blocks.

    The base ends with a comment. Each side added an update, so it is before both:

        base         ours          theirs        woven         result
        A            A             A             A             A
        # the rest   # the rest    # the rest    # the rest    # the rest
                     B             C             B             B
                                                 # the rest    C
                                                 C
    """
    written = _comments(parts, new=True)
    allowed = written - _repeats(written, base, ours, theirs)
    for part in parts:
        comments, block = _split(part.text)
        comment = comments.strip()
        if not (part.new and comment):
            yield part.text
        elif allowed[comment] > 0:
            allowed[comment] -= 1
            yield part.text
        else:
            yield f"\n{block}"


def _repeats(written: Counter[str], base: _Version, ours: _Version, theirs: _Version) -> Counter[str]:
    """Return counts of the comments before new blocks that are `written` twice and in the base once."""
    old = _comments(_parts(base, base), new=False)
    both, brought = old.copy(), Counter[str]()
    for side in (list(_parts(ours, base)), list(_parts(theirs, base))):
        left_its_place = old - _comments(side, new=False)
        stands_before_new = _comments(side, new=True)
        both &= left_its_place & stands_before_new
        brought += stands_before_new
    already_one = brought - written  # before an update that both sides added, which is written once
    return both - already_one


def _parts(version: _Version, base: _Version) -> Iterator[_Part]:
    for name, entry in version.entries.items():
        yield _Part(entry.text, new=name not in base.entries)
    for update, texts in version.updates.items():
        yield from (_Part(text, new=update not in base.updates) for text in texts)
    yield _Part(version.end, new=False)


def _comments(parts: Iterable[_Part], *, new: bool) -> Counter[str]:
    """Return counts of the comments before the new blocks, or before the others."""
    comments = (_split(part.text)[0].strip() for part in parts if part.new is new)
    return Counter(comment for comment in comments if comment)


def _split(block: str) -> tuple[str, str]:
    """Return the comments before a block, and the rest."""
    found = _COMMENTS.match(block)
    end = found.end() if found else 0
    return block[:end], block[end:]


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


def _lines(text: str) -> list[str]:
    return [f"{line}\n" for line in text.removesuffix("\n").split("\n")]
