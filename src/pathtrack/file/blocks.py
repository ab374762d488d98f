"""Where in the TOML text a value stands, as line numbers."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import TypeVar

from pathtrack.record.finding import Place

_T = TypeVar("_T")

# Strings and comments may hold anything: they are emptied before the lines are read.
_OPAQUE = re.compile(
    r"""
      \"{3} (?: \\. | [^\\] )*? \"{3,5}    # text of several lines
    | \'{3} .*? \'{3,5}
    | \" (?: \\. | [^"\\\n] )* \"         # text of one line
    | \' [^'\n]* \'
    | \# [^\n]*
    """,
    re.DOTALL | re.VERBOSE,
)
_HEADER = re.compile(r"\ufeff?\s*(\[\[?)\s*([\w.\- \t]+?)\s*\]")
_BLOCKS = {"report", "recommendation", "update"}
_KEY = re.compile(r"\ufeff?\s*([\w-]+)\s*[=.]")


def locate(text: str) -> dict[Place, int]:
    """Map every table and key of a TOML text to its line, counted from 1."""
    found: dict[Place, int] = {}
    sizes: Counter[Place] = Counter()
    table: Place = ()
    for number, line in enumerate(_OPAQUE.sub(_emptied, text).split("\n"), start=1):
        if header := _HEADER.match(line):
            table = _table(header[2].split("."), sizes, adds=header[1] == "[[")
            found.setdefault(table, number)
            found.setdefault(table[:-1], number)
        elif name := _KEY.match(line):
            found.setdefault((*table, name[1]), number)
    return found


def blocks(text: str) -> dict[Place, str]:
    """Cut a text into its report, recommendations and updates, each with the comments before it.

    What stands before the report belongs to it; what stands after the last block has the place `()`.
    """
    sizes: Counter[Place] = Counter()

    def begins(line: str) -> Place | None:
        header = _HEADER.match(line)
        known = header is not None and header[2] in _BLOCKS
        return _table([header[2]], sizes, adds=header[1] == "[[") if header and known else None

    cut, end = _cut(text, begins)
    return {**dict(cut), (): end}


def keys(block: str) -> dict[str, str]:
    """Cut a block into its keys, each with the comments before it; its header has the empty name."""
    tables: list[str] = []

    def begins(line: str) -> str | None:
        if header := _HEADER.match(line):
            tables.append(header[2].split(".")[-1].strip() if tables else "")
            return tables[-1]
        name = _KEY.match(line)
        return name[1] if name and len(tables) == 1 else None

    found: dict[str, str] = {}
    for name, part in _cut(block, begins)[0]:
        found[name] = found.get(name, "") + part
    return found


def _cut(text: str, begins: Callable[[str], _T | None]) -> tuple[list[tuple[_T, str]], str]:
    """Cut a text before the comments that precede each line with which something begins.

    Returned are the parts, by what begins with them, and what stands after the last one's last line.
    """
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    starts: list[tuple[_T, int]] = []
    end = 0
    for number, line in enumerate(_OPAQUE.sub(_emptied, text).split("\n")):
        if (name := begins(line)) is not None:
            starts.append((name, end if starts else 0))
        if starts and line.strip():
            end = number + 1
    bounds = [*(start for _, start in starts[1:]), end]
    parts = [(name, "".join(lines[start:stop])) for (name, start), stop in zip(starts, bounds, strict=False)]
    return parts, "".join(lines[end:])


def _table(names: Iterable[str], sizes: Counter[Place], *, adds: bool) -> Place:
    place: Place = ()
    *parents, last = (name.strip() for name in names)
    for name in parents:
        place = (*place, name)
        if place in sizes:
            place = (*place, sizes[place] - 1)
    place = (*place, last)
    if adds:
        sizes[place] += 1
        place = (*place, sizes[place] - 1)
    return place


def _emptied(opaque: re.Match[str]) -> str:
    """Keep of a string its ends and newlines, and nothing of a comment."""
    return "" if opaque[0].startswith("#") else "_" + "\n" * opaque[0].count("\n") + "_"
