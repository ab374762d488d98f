"""A tracker's file as it is, and with one thing changed."""

import re
from codecs import BOM_UTF8
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Self

from pathtrack.errors import FileError
from pathtrack.file import toml
from pathtrack.file.blocks import blocks, keys
from pathtrack.record.corrections import update_id
from pathtrack.record.finding import Place
from pathtrack.record.model import Recommendation, Tracker, Update, Value, key

_ID = re.compile(r"""^([ \t]*["']?id["']?[ \t]*=[ \t]*)(?:"[^"\n]*"|'[^'\n]*')""", re.MULTILINE)
_FORMERLY = re.compile(r"""^([ \t]*["']?formerly["']?[ \t]*=[ \t]*\[)""", re.MULTILINE)
_HEADER = re.compile(r"^[ \t]*+\[\[", re.MULTILINE)


@dataclass(frozen=True)
class Document:
    """A file and the tracker in it; a change returns another, and touches no byte but those meant."""

    name: str
    """What errors call the file."""
    data: bytes
    tracker: Tracker
    difference: str = ""
    """The text that was added or removed to make it, with plain newlines."""
    # Shared with what a change returns, in which nearly all pieces are the same.
    _known: toml.Known = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def read(cls, data: bytes, *, name: str) -> Self:
        """Return the document in the bytes of a file; FileError if they are not a tracker."""
        known: toml.Known = {}
        tracker = toml.parse(toml.decode(data, name=name), name=name, known=known)
        return cls(name, data, tracker, _known=known)

    @property
    def text(self) -> str:
        """The text, without its byte order mark and with plain newlines."""
        return toml.decode(self.data, name=self.name)

    @property
    def newline(self) -> str:
        """The newline that the file uses: that of its first line."""
        end = self.data.find(b"\n")
        return "\r\n" if end > 0 and self.data[end - 1 : end] == b"\r" else "\n"

    @property
    def has_mark(self) -> bool:
        """Whether the file begins with a byte order mark."""
        return self.data.startswith(BOM_UTF8)

    def with_more(
        self,
        *,
        recommendations: Sequence[Recommendation] = (),
        updates: Sequence[Update] = (),
        advance: Callable[[], None] = lambda: None,
    ) -> Self:
        """Return it with recommendations after the last one, and updates at the end.

        `advance` is called as each of them is written.
        """
        # Not `text`, which has lost the byte order mark and the newlines of the file.
        text, old = self.data.decode(), self.tracker
        head = self._head() if recommendations else text
        tail = text[len(head) :]
        catalogue = _written(recommendations, head, advance)
        # What is right before the updates shows whether a newline is missing there.
        record = _written(updates, tail or catalogue or head, advance)
        if not text.endswith("\n"):
            record = record.removesuffix("\n")  # so that `without_last_update` can give the file back
        data = f"{head}{self._with_newlines(catalogue)}{tail}{self._with_newlines(record)}".encode()
        toml.require_room(data, name=self.name)
        try:
            tracker = self._parse(data)
        except FileError as error:
            # TOML lets no [[update]] continue a list that is written inline, such as `update = []`.
            what = "an [[update]]" if updates else "a [[recommendation]]"
            todo = "write its recommendations and updates as [[recommendation]] and [[update]] tables"
            raise FileError(f"cannot append {what} to this file", where=self.name, todo=todo) from error
        wanted = replace(
            old,
            recommendations=(*old.recommendations, *recommendations),
            updates=(*old.updates, *updates),
        )
        return self._changed(data, tracker, wanted, difference=catalogue + record)

    def without_last_update(self) -> Self:
        """Return it without its newest update, which must end the file."""
        text, last = self.data.decode(), self._last_update()
        above = text.removesuffix(last)
        kept = above.removesuffix(self.newline)
        # The blank line above the header came with the update, and so did the end of a line before it in a
        # file that does not end with one.
        if not kept.endswith("\n"):
            kept = above
        elif not last.endswith("\n"):
            kept = kept.removesuffix(self.newline)
        *others, removed = self.tracker.updates
        _require_no_correction(removed, others, name=self.name)
        data, wanted = kept.encode(), replace(self.tracker, updates=tuple(others))
        return self._changed(data, self._parse(data), wanted, difference=last.replace("\r\n", "\n"))

    def catalogue(self, identifier: str | None = None) -> str:
        """Return the text of one recommendation, or of the report and all of them."""
        found = "".join(self._blocks[place] for place in self._places(identifier))
        if not found:
            todo = "write it as [report] and [[recommendation]] tables"
            raise FileError("the catalogue is written inline, which cannot be edited in parts", todo=todo)
        # An editor gets the parts as one text, so joining them must not change what they say.
        together, _ = self._put(identifier, found)
        if together != self.data and self._parse(together) != self.tracker:
            todo = "move them together in the file itself"
            raise FileError("parts of the catalogue are scattered among the updates", todo=todo)
        return found

    def with_catalogue(self, identifier: str | None, text: str) -> Self:
        """Return it with another text in place of the `catalogue`; the updates must stay as they are.

        The text has plain newlines.
        """
        toml.require_syntax(text, name="your text")
        data, above = self._put(identifier, self._with_newlines(text))
        try:
            tracker = self._parse(data)
        except FileError as error:
            raise _in_the_text(error, text, above) from error
        if tracker.updates != self.tracker.updates:
            todo = "use 'pathtrack correct' instead"
            raise FileError("an update was changed", where=self.name, todo=todo)
        return replace(self, data=data, tracker=tracker, difference="")

    def renamed(self, identifier: str, new: Recommendation) -> Self:
        """Return it with another id of a recommendation, and the former ones; `new` has both."""
        old = self.catalogue(identifier)
        text, difference = _renamed(old, identifier, new.id)
        data, _ = self._put(identifier, text)
        listed = tuple(new if each.id == identifier else each for each in self.tracker.recommendations)
        wanted = replace(self.tracker, recommendations=listed)
        return self._changed(data, self._parse(data), wanted, difference=difference)

    def _parse(self, data: bytes) -> Tracker:
        return toml.parse(toml.decode(data, name=self.name), name=self.name, known=self._known)

    def _changed(self, data: bytes, tracker: Tracker, wanted: Tracker, *, difference: str) -> Self:
        """Return a changed document if what was read back from it is what it is meant to hold."""
        if tracker != wanted:
            todo = "nothing was changed"
            raise FileError("the change would not survive a round trip", where=self.name, todo=todo)
        return replace(self, data=data, tracker=tracker, difference=difference)

    @cached_property
    def _blocks(self) -> dict[Place, str]:
        return blocks(self.data.decode())

    def _last_update(self) -> str:
        """Return the text from the header of the newest update to the end of the file."""
        number = len(self.tracker.updates)
        if not number:
            todo = "use 'pathtrack edit' to remove a recommendation"
            raise FileError("there is no update to undo", where=self.name, todo=todo)
        last, rest = ("update", number - 1), self._blocks[()]
        if list(self._blocks)[-2:] != [last, ()] or rest.strip():
            todo = "use 'pathtrack withdraw' instead"
            raise FileError("the file does not end with an update", where=self.name, todo=todo)
        header = _HEADER.search(self._blocks[last])
        assert header is not None
        return self._blocks[last][header.start() :] + rest

    def _places(self, identifier: str | None) -> list[Place]:
        """Return the places of the block of the recommendation with a known id, or of the whole catalogue."""
        ids = [key(each.id) for each in self.tracker.recommendations]
        wanted: list[Place] = [("report",), *(("recommendation", index) for index in range(len(ids)))]
        if identifier is not None:
            wanted = [("recommendation", ids.index(key(identifier)))]
        return [place for place in wanted if place in self._blocks]

    def _head(self) -> str:
        """Return the text up to the end of the last recommendation, or of the report."""
        number = len(self.tracker.recommendations)
        last = ("recommendation", number - 1) if number else ("report",)
        if last not in self._blocks:
            todo = "write the recommendations as [[recommendation]] tables and try again"
            raise FileError("no [[recommendation]] table to add after", where=self.name, todo=todo)
        order = list(self._blocks)
        return "".join(self._blocks[place] for place in order[: order.index(last) + 1])

    def _put(self, identifier: str | None, text: str) -> tuple[bytes, int]:
        """Return the file with a text in place of the catalogue, and how many lines are above it."""
        first, *others = self._places(identifier)
        order = list(self._blocks)
        above = "".join(self._blocks[place] for place in order[: order.index(first)])
        text = text if text.endswith("\n") else text + self.newline
        after = "".join((self._blocks | {first: text} | dict.fromkeys(others, "")).values())
        # The mark was part of the first block, and the text of an editor comes without it.
        mark = toml.BOM if self.has_mark and not after.startswith(toml.BOM) else ""
        return f"{mark}{after}".encode(), above.count("\n")

    def _with_newlines(self, text: str) -> str:
        """Return a text with the newlines of the file."""
        return text.replace("\n", self.newline)


def _require_no_correction(removed: Update, others: Sequence[Update], *, name: str) -> None:
    """Refuse to remove what another update corrects; equal updates share their corrections."""
    if removed in others or not any(each.corrects for each in others):
        return
    identifier = update_id(removed)
    if correction := next((each for each in others if each.corrects == identifier), None):
        what = f"{update_id(correction)}, which is earlier in the file, corrects the last update"
        raise FileError(what, where=name, todo="leave it there: it no longer counts")


def _written(values: Sequence[Value], before: str, advance: Callable[[], None]) -> str:
    """Return values as blocks after the text `before`, with an empty line before each."""
    added = [] if before.endswith("\n") else ["\n"]
    for value in values:
        added.append(f"\n{toml.block(value)}")
        advance()
    return "".join(added) if values else ""


def _renamed(block: str, identifier: str, new: str) -> tuple[str, str]:
    """Return a block with another id and the old one among the former, and the lines that are changed."""
    found = keys(block)
    line, former = found.get("id", ""), found.get("formerly", "")
    named = _ID.sub(rf'\g<1>"{new}"', line, count=1)
    kept = _FORMERLY.sub(rf'\g<1>"{identifier}", ', former, count=1)
    if not former:
        newline = "\r\n" if "\r\n" in line else "\n"
        begun, ended = ("", newline) if line.endswith("\n") else (newline, "")
        named += f'{begun}formerly = ["{identifier}"]{ended}'
    changed = block.replace(line, named, 1).replace(former, kept, 1)
    return changed, f"{named}{kept}".lstrip().replace("\r\n", "\n")


def _in_the_text(error: FileError, text: str, above: int) -> FileError:
    """Return the refusal of a file as one of a text within it that has so many lines above it."""
    line = error.where.rpartition(":")[2]
    number = int(line) - above if line.isdigit() else 0
    where = f"your text:{number}" if 0 < number <= text.count("\n") else error.where
    return FileError(error.what, where=where, todo=error.todo)
