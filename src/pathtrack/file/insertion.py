"""Recommendations and updates put into a tracker's text, many at once."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from pathtrack.errors import FileError
from pathtrack.file import blocks as places
from pathtrack.file import document
from pathtrack.record.model import Recommendation, Tracker, Update, Value


class Extended(NamedTuple):
    """A file with more in it: its bytes, and the text that was added."""

    data: bytes
    added: str


def extend(
    data: bytes,
    before: Tracker,
    recommendations: Sequence[Recommendation],
    updates: Sequence[Update],
    *,
    name: str,
    advance: Callable[[], None] = lambda: None,
) -> Extended:
    """Add recommendations behind the last one, and updates at the end; every old byte stays as it was.

    The result is read back: it is the old tracker and exactly these, or a FileError. `advance` is called
    as each of them is written.
    """
    text, newline = data.decode(), document.newline_of(data)
    head = _head(text, before, name=name) if recommendations else text
    tail = text[len(head) :]
    catalogue = _blocks(recommendations, head, advance)
    record = _blocks(updates, tail or catalogue or head, advance)
    after = (head + catalogue.replace("\n", newline) + tail + record.replace("\n", newline)).encode()
    wanted = replace(
        before,
        recommendations=(*before.recommendations, *recommendations),
        updates=(*before.updates, *updates),
    )
    _require(after, wanted, name=name)
    return Extended(after, catalogue + record)


def _head(text: str, before: Tracker, *, name: str) -> str:
    """Return the text up to the end of the last recommendation, or of the report."""
    cut = places.blocks(text)
    last = ("recommendation", len(before.recommendations) - 1) if before.recommendations else ("report",)
    if last not in cut:
        todo = "write the file's as [[recommendation]] tables and try again"
        raise FileError("there is no [[recommendation]] to add others behind", where=name, todo=todo)
    order = list(cut)
    return "".join(cut[each] for each in order[: order.index(last) + 1])


def _blocks(values: Sequence[Value], before: str, advance: Callable[[], None]) -> str:
    """Write values with an empty line before each; one more newline where what is before ends without one."""
    added = [] if before.endswith("\n") else ["\n"]
    for value in values:
        added.append(f"\n{document.block(value)}")
        advance()
    return "".join(added) if values else ""


def _require(data: bytes, wanted: Tracker, *, name: str) -> None:
    document.require_room(data, name=name)
    try:
        tracker = document.parse(data, name=name)
    except FileError as error:
        todo = "write its recommendations and updates as [[recommendation]] and [[update]] tables"
        raise FileError("the file takes no further tables", where=name, todo=todo) from error
    if tracker != wanted:
        raise FileError(
            "the addition would not read back as it was given", where=name, todo="nothing was changed"
        )
