"""The text of a merged tracker, woven from the texts it came from."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pathtrack.errors import FileError
from pathtrack.file import merge as merging
from pathtrack.file import remarks, toml
from pathtrack.file.blocks import keys, split
from pathtrack.file.document import Document
from pathtrack.file.texts import Entry, Version, as_both_were, catalogue, cut, name_of
from pathtrack.record.model import Recommendation, Report, Tracker, Update


class Woven(NamedTuple):
    """A merged file; where there are conflicts it holds our side."""

    document: Document
    conflicts: tuple[merging.Conflict, ...]


class _Part(NamedTuple):
    """A block; the value of a new one was not in the base."""

    text: str
    new: bool


def merge(base: Document | None, ours: Document, theirs: Document) -> Woven:
    """Merge two files with the one they grew from, if there is one.

    Each block stands as it does in one of the texts, with the comments before it. Where it has two wordings,
    that of the side which changed it is taken; one that both sides changed is put together from its keys in
    the same way. FileError if the result would not read back as the merged tracker.
    """
    merged = merging.merge(base.tracker if base else None, ours.tracker, theirs.tracker)
    versions = (cut(base), cut(ours), cut(theirs))
    parts = list(_woven(merged.tracker, *versions))
    text = "".join(_without_repeats(parts, *versions)).lstrip("\n")
    document = Document.read(as_both_were(text, ours, theirs), name="the merged file")
    if document.tracker != merged.tracker:
        raise FileError("the merged file would not survive a round trip", todo="merge it by hand")
    return Woven(document, merged.conflicts)


def _woven(merged: Tracker, base: Version, ours: Version, theirs: Version) -> Iterator[_Part]:
    """Yield the blocks of the merged file in order, and what comes after the last one."""
    for _, value in catalogue(merged):
        name = name_of(value)
        block = _entry(value, *(each.entries.get(name) for each in (base, ours, theirs)))
        yield _Part(block, new=name not in base.entries)
    copies: Counter[Update] = Counter()
    remarked = remarks.find(base, ours, theirs)
    for update in merged.updates:
        block = _update(
            update, copies[update], *(each.updates.get(update, []) for each in (base, ours, theirs))
        )
        if not copies[update] and (more := remarked.get(update)):
            above, block = split(block)
            block = "".join((above, *(f"{each}\n" for each in more), block))
        copies[update] += 1
        yield _Part(block, new=update not in base.updates)
    yield _Part(_choose(base.end, ours.end, theirs.end) or "", new=False)


def _entry(value: Report | Recommendation, old: Entry | None, *sides: Entry | None) -> str:
    """Return the block of one thing in the catalogue."""
    before = old.text if old else ""
    changed = {side.text for side in sides if side and side.text != before}
    block = _put_together(value, old, *sides) if len(changed) > 1 else "".join(changed) or before
    return block or f"\n{toml.block(value)}"


def _put_together(value: Report | Recommendation, *entries: Entry | None) -> str:
    """Return each key from a text that has it as `value` does: the header first, a sub-table last."""
    texts = [keys(each.text) if each else {} for each in entries]
    # Sorted, so that new keys have one order whichever side is ours.
    names = dict.fromkeys((*texts[0], *sorted({*texts[1], *texts[2]})))
    parts = []
    for name in sorted(names, key=lambda each: (each != "", each == "source")):
        comments, lines = zip(*(split(text.get(name, "")) for text in texts), strict=True)
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
    """Return the wording that a side changed; of two changed ones the same one whichever side is ours."""
    changed = {each for each in sides if each is not None and each != old}
    return max(changed, key=lambda each: (len(each), each)) if changed else old


def _without_repeats(parts: list[_Part], base: Version, ours: Version, theirs: Version) -> Iterator[str]:
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
        comments, block = split(part.text)
        comment = comments.strip()
        if not (part.new and comment):
            yield part.text
        elif allowed[comment] > 0:
            allowed[comment] -= 1
            yield part.text
        else:
            yield f"\n{block}"


def _repeats(written: Counter[str], base: Version, ours: Version, theirs: Version) -> Counter[str]:
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


def _parts(version: Version, base: Version) -> Iterator[_Part]:
    for name, entry in version.entries.items():
        yield _Part(entry.text, new=name not in base.entries)
    for update, texts in version.updates.items():
        yield from (_Part(text, new=update not in base.updates) for text in texts)
    yield _Part(version.end, new=False)


def _comments(parts: Iterable[_Part], *, new: bool) -> Counter[str]:
    """Return counts of the comments before the new blocks, or before the others."""
    comments = (split(part.text)[0].strip() for part in parts if part.new is new)
    return Counter(comment for comment in comments if comment)
