"""Notes as people type them: paragraphs, items of lists, first sentences."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import groupby
from typing import NamedTuple

_ITEM = re.compile(r"([ \t]*)([-–—*+•‣◦▪●○■□·]|\d{1,9}[.)])[ \t]+(?=\S)")
_LEADS = tuple(".:;!?…。：；！？)]”’\"'」』）")
# What no item ends with: a day or a year follows, as in "since 2015." and "ab dem 1. Januar".
_DANGLING = re.compile(r"(?:^|\s)(?:the|since|until|am|ab|beim|bis|das|de[mnrs]|die|im|seit|vom|zu[mr])\s*$")
_YEAR_ABOVE, _MONTH_AND_DAY = re.compile(r"(?:19|20)\d\d\.\s*$"), re.compile(r"\d{1,2}\.(?:\s|$)")
_DASHES = ("–", "—")
"""What stands in the middle of sentences as well."""
_DEEPEST = 3
_INDENT = 2
_NOWHERE = 10**6
_BLANKS = " \t\u3000"


class Passage(NamedTuple):
    """A paragraph or an item of a list, on one line; `depth` is how many items it is inside."""

    text: str
    sign: str = ""
    depth: int = 0
    apart: bool = False
    """Whether a blank line comes before it."""

    @property
    def line(self) -> str:
        """It as a line: indented and with its sign."""
        return f"{'  ' * self.depth}{self.sign}{self.sign and ' '}{self.text}"

    @property
    def number(self) -> int | None:
        """The number of an item of a numbered list."""
        return int(self.sign[:-1]) if self.sign[:1].isdigit() else None


def passages(text: str) -> Iterator[Passage]:
    """Yield each paragraph and each item of a list, their wrapped lines joined."""
    if "\n" not in text and not _ITEM.match(text):
        if text.strip():
            yield Passage(text.strip(_BLANKS))  # nearly all notes, many times over
        return
    outline, apart = _Outline(), False
    for filled, block in groupby(text.split("\n"), key=lambda line: bool(line.strip())):
        if filled:
            for place, each in enumerate(_cut(list(block), outline)):
                yield each._replace(apart=True) if apart and not place else each
            apart = True


def paragraphs(text: str) -> list[str]:
    """Return the lines of a text: one for each paragraph or item, and a blank one where there was one."""
    lines = []
    for each in passages(text):
        lines += [""] if each.apart else []
        lines.append(each.line)
    return lines


def first_sentence(note: str) -> str:
    """Return the first sentence of a note, on one line."""
    text = " ".join(next(passages(note), _NOTHING).text.split())
    return text[: _end_of_sentence()(text)]


def split_sentence(note: str) -> tuple[str, list[Passage]]:
    """Return the first sentence of a note, on one line, and what follows it."""
    first, *others = passages(note) if note.strip() else (_NOTHING,)
    text = " ".join(first.text.split())
    end = _end_of_sentence()(text)
    rest = text[end:].lstrip()
    return text[:end], [*([Passage(rest)] if rest else ()), *others]


_NOTHING = Passage("")


@cache
def _end_of_sentence() -> Callable[[str], int]:
    from pathtrack.text.sentences import end_of_sentence  # noqa: PLC0415 a plain list needs none

    return end_of_sentence


class _Level(NamedTuple):
    """A list that is open: how far its signs are indented, and the last number given."""

    indent: int
    number: int = 0


class _Outline:
    """The lists that are open, outermost first."""

    def __init__(self) -> None:
        self._levels: list[_Level] = []

    def goes_on(self, indent: int, number: int) -> bool:
        """Return whether a number is the next one of the list that it would be in."""
        place = self._depth(indent)
        return place < len(self._levels) and 0 < self._levels[place].number == number - 1

    def item(self, indent: int, number: int) -> int:
        """Return the depth of an item; its list is the innermost from now on."""
        place = min(self._depth(indent), _DEEPEST)
        before = self._levels[place].number if place < len(self._levels) else 0
        # After "1. a" and "- b", "2. c" still goes on.
        self._levels[place:] = [_Level(indent, number or before)]
        return place

    def paragraph(self, indent: int) -> int:
        """Return the depth of a paragraph; numbers can go on after it, and nothing is below it."""
        place = self._depth(indent)
        # No line is indented as far, so each that follows is at this depth or above.
        self._levels[place:] = [each._replace(indent=_NOWHERE) for each in self._levels[place : place + 1]]
        return place

    def _depth(self, indent: int) -> int:
        wider = (place for place, each in enumerate(self._levels) if indent < each.indent + _INDENT)
        return next(wider, len(self._levels))


class _Item(NamedTuple):
    """A line that may begin an item: its indentation, its sign, its text, whether the next item follows."""

    indent: int
    sign: str
    text: str
    followed: bool

    @property
    def number(self) -> int:
        """Its number, 0 without one."""
        return int(self.sign[:-1]) if self.sign[0].isdigit() else 0


def _cut(lines: list[str], outline: _Outline) -> Iterator[Passage]:
    """Yield what is between two blank lines, cut before each item."""
    items = _items(lines)
    head, held = Passage(""), list[str]()
    for place, line in enumerate(lines):
        item = items.get(place)
        if item and _begins(item, outline, head, lines[place - 1] if place else ""):
            if held:
                yield head._replace(text=_joined(held))
            depth = outline.item(item.indent, item.number)
            head, held = Passage("", item.sign, depth), [item.text]
        elif held:
            held.append(line)
        else:
            head, held = Passage("", "", outline.paragraph(_width(line))), [line]
    yield head._replace(text=_joined(held))


def _items(lines: list[str]) -> dict[int, _Item]:
    # From the last line up, so that one pass shows what follows each.
    found, below = dict[int, _Item](), set[str | int]()
    for place in range(len(lines) - 1, -1, -1):
        if line := _ITEM.match(lines[place]):
            item = _Item(_width(lines[place]), line[2], lines[place][line.end() :], followed=False)
            found[place] = item._replace(followed=(item.number + 1 if item.number else item.sign) in below)
            below.add(item.number or item.sign)
    return found


def _begins(item: _Item, outline: _Outline, head: Passage, above: str) -> bool:
    """Return whether a list begins or goes on here, below a line of another passage or below nothing.

    Below "has been there since" a line "2015. It is open" begins none; below "two things:" or before a
    second item one does.
    """
    if item.number and _goes_on(above, item.text):
        return False
    free = not above or above.rstrip().endswith(_LEADS)
    if item.sign in _DASHES:
        return free or head.sign == item.sign
    if not item.number or outline.goes_on(item.indent, item.number):
        return free or bool(head.sign or head.depth) or item.followed
    if item.number == 1:
        return free or head.number is not None or item.followed
    return free and item.followed


def _goes_on(above: str, text: str) -> bool:
    """Return whether a line ends so that the number below it goes on with its sentence or its date."""
    is_date = _YEAR_ABOVE.search(above) and _MONTH_AND_DAY.match(text)
    return bool(is_date or _DANGLING.search(above))


def _width(line: str) -> int:
    """Return how far a line is indented."""
    line = line.expandtabs(4)
    return len(line) - len(line.lstrip(" "))


def _joined(lines: Iterable[str]) -> str:
    """Return lines as one, with a space for each break, except between characters written without spaces."""
    joined: list[str] = []
    for line in lines:
        text = line.strip(_BLANKS)
        if joined and not (_unspaced(joined[-1][-1]) and _unspaced(text[0])):
            joined.append(" ")
        joined.append(text)
    return "".join(joined)


def _unspaced(character: str) -> bool:
    """Return whether it is Chinese or Japanese, full-width marks included; Korean has spaces."""
    return (
        "\u3000" <= character <= "\u30ff"
        or "\u3400" <= character <= "\u9fff"
        or "\uf900" <= character <= "\ufaff"
        or "\uff01" <= character <= "\uff60"
        or character >= "\U00020000"
    )
