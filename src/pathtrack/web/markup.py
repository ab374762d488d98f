"""The tags by which a page declares what it is, found in one pass that never goes back."""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

_LONGEST = 4_000
"""How many characters of a heading or a value are read: titles are shorter."""
# All repetitions are possessive, and what is not finished at the end ends the page: whatever it contains,
# each character is looked at once. Parsers that build a tree take minutes for a megabyte of nested tags.
_OPENING = re.compile(r"<(?:(!--)|([!?/]?+)([a-zA-Z][^\s/>]*+)?)")
_ATTRIBUTE = re.compile(
    r"""[\s/]*+(?:(>)|([^\s/>][^\s/>=]*+)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|(["'])|([^\s>]*+)))?+)"""
)
_COMMENT_END = re.compile(r"--!?>")
_HEADING_END = re.compile(r"</h1", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*+>")
_TEXTS = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in ("title", "script", "style", "textarea", "noframes", "xmp", "iframe", "noembed")
}
"""The elements whose content is text, by what ends them."""
_WANTED = {"html", "meta", "link", "time", "title", "script", "h1"}


class Tag(NamedTuple):
    """A tag with its attributes; of a title, a script or the first heading, also with its text."""

    name: str
    attributes: dict[str, str]
    text: str = ""


def tags(text: str) -> Iterator[Tag]:
    """Yield the tags of a page that can declare something, in their order.

    What browsers take for text is text here, too: comments, scripts, styles.
    """
    place, has_heading = 0, False
    while found := _OPENING.search(text, place):
        name = (found[3] or "").lower()
        if found[1] or found[2] in {"!", "?"} or (found[2] and not name):
            place = _after_comment(text, found)
        elif name:
            attributes: dict[str, str] = {}
            place = _after_attributes(text, found.end(), attributes)
            closing = _TEXTS.get(name) if place and not found[2] else None
            end = closing.search(text, place) if closing else None
            if name in _WANTED and place and not found[2] and not (closing and not end):
                content = text[place : end.start()] if end else ""
                if name == "h1" and not has_heading:
                    has_heading, content = True, _heading(text, place)
                yield Tag(name, attributes, content if name == "script" else plain(content))
            if closing:
                place = end.start() if end else 0
        else:
            place = found.end()
        if not place:
            return


def plain(text: str) -> str:
    """Return the text of a heading or a value: references decoded, white space as single blanks."""
    return " ".join(unescape(text[:_LONGEST]).split())


def _after_comment(text: str, found: re.Match[str]) -> int:
    """Return where a comment or declaration ends; 0 if it does not."""
    if found[1]:
        end = _COMMENT_END.search(text, found.start() + 2)  # `<!-->` is one, too
        return end.end() if end else 0
    return text.find(">", found.end()) + 1


def _after_attributes(text: str, place: int, attributes: dict[str, str]) -> int:
    """Return where a tag ends, 0 if it does not, and collect its attributes; of two, the first counts."""
    while found := _ATTRIBUTE.match(text, place):
        place = found.end()
        if found[1]:
            return place
        if found[5]:  # a quotation mark that nothing closes
            return 0
        attributes.setdefault(found[2].lower(), found[3] or found[4] or found[6] or "")
    return 0


def _heading(text: str, start: int) -> str:
    end = _HEADING_END.search(text, start, start + _LONGEST)
    return _TAG.sub(" ", text[start : end.start()]) if end else ""
