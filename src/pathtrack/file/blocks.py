"""Where each table and key is in a TOML text."""

import re
from collections import Counter
from collections.abc import Iterator, Set
from functools import cache, lru_cache
from typing import NamedTuple

from pathtrack.record.finding import Place

_BLOCKS = {("report",), ("recommendation",), ("update",)}
"""The names in the headers that begin a block."""

# All repetitions are possessive (`*+`), and strings and brackets without an end are taken as they are:
# nothing is ever read again, so a text twice as long takes twice the time, whatever it contains.
_STRING = r"""(?:
      "{3} (?: [^"\\]++ | \\. | "(?!"") )*+ (?:"{3,5})?+    # of several lines
    | '{3} (?: [^']++ | '(?!'') )*+ (?:'{3,5})?+
    | " (?: [^"\\\n]++ | \\[^\n] )*+ "?+                    # of one line
    | ' [^'\n]*+ '?+
)"""
_COMMENT = r"\#[^\n]*+"
_PLAIN = r"""[^"'#\n\[\]{}]++"""
# Blanks and comments belong to what follows them, since people write comments above.
_LEAD = rf"\ufeff?+ (?: [ \t\r]*+ (?:{_COMMENT})?+ \n )*+ [ \t]*+"
_NAME = r"""(?: [\w-]++ | "(?: [^"\\\n]++ | \\[^\n] )*+" | '[^'\n]*+' )"""
_NAMES = rf"(?P<names> {_NAME} (?: [ \t]*+ \. [ \t]*+ {_NAME} ){{0,7}}+ )"  # a tracker has two at most


def _nested(depth: int) -> str:
    """Return the pattern of an array or an inline table with no more than so many in each other."""
    inner = _nested(depth - 1) if depth else "(?!)"
    return rf"[\[{{] (?: {_PLAIN} | \n | {_STRING} | {_COMMENT} | {inner} )*+ [\]}}]"


# A tracker nests no deeper than update = [{evidence = [{url = "u"}]}].
_REST = rf"(?: {_PLAIN} | {_STRING} | {_COMMENT} | {_nested(3)} | [\[\]{{}}] )*+ \n?+"
_BEGINS_KEY = r"(?= [^ \t\r\n\#\[] )"
_KEY = rf"{_LEAD} {_BEGINS_KEY} (?P<name> {_NAME} | ) {_REST}"
_TABLE = rf"""
    {_LEAD} (?: (?P<opening> \[\[?+ ) [ \t]*+ {_NAMES}?+ [^\n]*+ \n?+ )?+
    (?P<keys> (?: {_LEAD} {_BEGINS_KEY} {_REST} )*+ )
"""


@cache
def _pattern(text: str) -> re.Pattern[str]:
    """Compile a pattern when it is first needed: most commands only read, and it takes as long as theirs."""
    return re.compile(text, re.VERBOSE | re.DOTALL)


class _Table(NamedTuple):
    """A table in a text: its header, which the keys before the first have not, its keys and its end."""

    place: Place
    begins_block: bool
    header: int | None
    keys: int
    end: int


def locate(text: str, wanted: Set[Place] | None = None) -> dict[Place, int]:
    """Return the line of every table and key of a TOML text, counted from 1.

    Of what is `wanted`, such as `("update", 3)`, alone if that is given: a large text has millions of others.
    """
    found: dict[Place, int] = {}
    line, counted = 1, 0
    for table in _tables(text):
        # A top-level key may be anything.
        if wanted is not None and table.place and wanted.isdisjoint({table.place[:1], table.place[:2]}):
            continue
        if table.header is not None:
            line, counted = line + text.count("\n", counted, table.header), table.header
            found.setdefault(table.place, line)
            found.setdefault(table.place[:-1], line)
        # Only the text since the last find is counted, so that all of it is counted once.
        for key in _pattern(_KEY).finditer(text, table.keys, table.end):
            start = key.start("name")
            line, counted = line + text.count("\n", counted, start), start
            found.setdefault((*table.place, _bare(key["name"])), line)
    return found


def blocks(text: str) -> dict[Place, str]:
    """Return a text cut into its report, recommendations and updates, each with the comments before it.

    What comes before the report belongs to it; what comes after the last block has the place `()`:

        # about us               ("report",)
        [report]
        title = "R"
        # the first update       ("update", 0)
        [[update]]
        [[update.evidence]]
        # the rest               ()
    """
    # A sub-table begins no block, and a block goes on until the next one begins.
    ends: dict[Place, int] = {}
    block: Place = ()
    for table in _tables(text):
        # A second [report] is not valid TOML, but its text still belongs somewhere.
        block = table.place if table.begins_block and table.place not in ends else block
        if block:
            ends[block] = table.end
    starts = [0, *ends.values()]
    found = {place: text[start:end] for (place, end), start in zip(ends.items(), starts, strict=False)}
    return {**found, (): text[starts[-1] :]}


def keys(block: str) -> dict[str, str]:
    """Return a block cut into its keys, each with the comments before it; its header has the empty name."""
    found: dict[str, str] = {}
    depth = start = 0
    for table in _tables(block):
        # The first header sets the depth: a sub-table of the block is then one key, with all that is in it.
        depth = depth or len(table.place)
        found_keys = _pattern(_KEY).finditer(block, table.keys, table.end)
        parts = [((*table.place, _bare(key["name"])), key.end()) for key in found_keys]
        for place, end in [(table.place, table.keys), *parts]:
            name = str(place[depth]) if 0 < depth < len(place) else ""
            found[name] = found.get(name, "") + block[start:end]
            start = end
    return found


def split(part: str) -> tuple[str, str]:
    """Return the comments and blank lines before a block or a key with plain newlines, and the rest of it."""
    found = re.match(r"(?:[ \t]*(?:#[^\n]*)?\n)*+", part)
    assert found is not None
    return part[: found.end()], part[found.end() :]


def without_strings(text: str) -> str:
    """Return a text without its strings and comments; its lines stay, and so does a string without an end."""
    return _pattern(f"(?P<string>{_STRING}) | {_COMMENT}").sub(_emptied, text)


def comments(text: str) -> list[str]:
    """Return the comments of a text, without what only looks like one in a string."""
    found = _pattern(f"{_STRING} | (?P<comment>{_COMMENT})").finditer(text)
    return [each["comment"].rstrip() for each in found if each["comment"]]


def _emptied(found: re.Match[str]) -> str:
    # A side of a conflict can have cut a long string off: the marker behind it must still be found.
    is_endless = found["string"] and found[0][:3] in ('"""', "'''") and not found[0].endswith(found[0][:3])
    return found[0] if is_endless else "\n" * found[0].count("\n")


def _tables(text: str) -> Iterator[_Table]:
    sizes: Counter[Place] = Counter()
    place: Place = ()
    at = 0
    while (found := _pattern(_TABLE).match(text, at)) and (found["opening"] or found["keys"]):
        names = _names(found["names"] or "")
        if names:
            place = _place(names, sizes, adds=found["opening"] == "[[")
        header = found.start("opening") if found["opening"] else None
        at = found.end()
        yield _Table(place, names in _BLOCKS, header, found.start("keys"), at)


def _place(names: tuple[str, ...], sizes: Counter[Place], *, adds: bool) -> Place:
    """Return the place of a table with a header of such names; `sizes` are those of the lists so far."""
    place: Place = ()
    for name in names[:-1]:
        place = (*place, name)
        # As in TOML, the name of a list means its newest table: the evidence of the third update.
        if place in sizes:
            place = (*place, sizes[place] - 1)
    place = (*place, names[-1])
    if adds:
        sizes[place] += 1
        place = (*place, sizes[place] - 1)
    return place


@lru_cache
def _names(dotted: str) -> tuple[str, ...]:
    return tuple(_bare(name) for name in _pattern(_NAME).findall(dotted))


def _bare(name: str) -> str:
    """Return a name without its quotes; its escapes stay, which nobody writes in the names we know."""
    return name[1:-1] if name[:1] in ('"', "'") else name
