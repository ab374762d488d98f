"""The paragraphs and lists of a note, in Markdown and in HTML."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeAlias

import markupsafe
from markupsafe import Markup

from pathtrack.export.escape import escape
from pathtrack.text import Passage, safe


class Listing(NamedTuple):
    """A list: the number of its first item, or none; and the content of each item, a paragraph first."""

    first: int | None
    items: "list[list[Block]]"

    def takes(self, number: int | None) -> bool:
        """Return whether an item of this number is the next one."""
        return number == (None if self.first is None else self.first + len(self.items))


Block: TypeAlias = str | Listing


def outline(found: Iterable[Passage]) -> list[Block]:
    """Return the paragraphs and lists that the passages of a note make up."""
    # "- a", in it "- b", then "- c" and a paragraph "d" make a list of [a, a list of [b]] and [c], and d.
    content: list[Block] = []
    opened = [content]
    for each in found:
        del opened[each.depth + 1 :]
        here = opened[-1]
        if not each.sign:
            here.append(each.text)
            continue
        last = here[-1] if here else ""
        if isinstance(last, str) or not last.takes(each.number):
            last = Listing(each.number, [])
            here.append(last)
        last.items.append([each.text])
        opened.append(last.items[-1])
    return content


def html(content: Iterable[Block]) -> Markup:
    """Return the elements."""
    return Markup("".join(map(_element, content)))  # noqa: S704 every text in it is escaped


def _element(block: Block) -> str:
    if isinstance(block, str):
        return f"<p>{_text(block)}</p>\n"
    items = "".join(f"<li>{_text(str(first))}{html(rest)}</li>\n" for first, *rest in block.items)
    if block.first is None:
        return f"<ul>\n{items}</ul>\n"
    start = f' start="{block.first}"' if block.first != 1 else ""
    return f"<ol{start}>\n{items}</ol>\n"


def _text(text: str) -> str:
    return markupsafe.escape(safe(text))


def markdown(content: list[Block], *, lead: str, tail: str = "", margin: str = "") -> Iterator[str]:
    """Yield lines: the lead before the first paragraph, the tail after the last; lists stay separate.

    All but the first line have the margin, so that they can belong to an item of a list.
    """
    first, *others = content if content and isinstance(content[0], str) else ["", *content]
    lines = [f"{lead}{escape(str(first))}".rstrip(), *_blocks(others, margin)]
    if content and isinstance(content[-1], Listing):
        lines += ["", f"{margin}{tail.lstrip()}"] if tail else []
    else:
        lines[-1] += tail
    yield from lines


def _blocks(content: Iterable[Block], margin: str) -> Iterator[str]:
    stop = "."
    for each in content:
        yield ""
        if isinstance(each, str):
            yield f"{margin}{escape(each)}"
        else:
            yield from _markdown_list(each, margin, stop)
        # A numbered list right after another is a separate list if its signs differ.
        stop = ")" if isinstance(each, Listing) and stop == "." else "."


def _markdown_list(listing: Listing, margin: str, stop: str = ".") -> Iterator[str]:
    for number, (text, *rest) in enumerate(listing.items, listing.first or 0):
        sign = "-" if listing.first is None else f"{number}{stop}"
        yield f"{margin}{sign} {escape(str(text))}"
        inside = margin + " " * (len(sign) + 1)
        # No blank line before it: one would set the items of the list around it apart.
        tight = [each for each in rest[:1] if isinstance(each, Listing)]
        for each in tight:
            yield from _markdown_list(each, inside)
        yield from _blocks(rest[len(tight) :], inside)
