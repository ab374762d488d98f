"""What an actor has said about a recommendation since a form was made."""

from collections.abc import Callable
from typing import NamedTuple, Self, TypeVar

from pathtrack.record import same
from pathtrack.record.model import Evidence, Update
from pathtrack.record.standings import Standing

_T = TypeVar("_T")


class Note(NamedTuple):
    """What the cells of a row say in words, as the paragraphs of a note."""

    done: str = ""
    answer: str = ""
    why: str = ""
    target: str = ""
    reason: str = ""

    @property
    def text(self) -> str | None:
        """It as a note, if it says anything."""
        parts = (f"{lead}{part}" for lead, part in zip(_LEADS, self, strict=True) if part)
        return "\n\n".join(parts) or None

    @classmethod
    def read(cls, note: str | None) -> Self:
        """Return what a note says; what another wrote is what was done."""
        rest, found = f"\n\n{note or ''}", []
        for lead in reversed(_LEADS):
            rest, _, part = rest.partition(f"\n\n{lead}")
            found.append(" ".join(part.split()))
        return cls(*reversed(found))


_LEADS = ("", "Answer: ", "Reason: ", "New target date: ", "Reason for the new target date: ")
"""How the paragraph of each part begins."""


class Said(NamedTuple):
    """The updates by and about an actor since a form was made: those that count, and those corrected."""

    counting: tuple[Update, ...]
    corrected: tuple[Update, ...]

    def newest(self, of: Callable[[Update], _T | None]) -> _T | None:
        """Return what was said last of something."""
        return next((found for each in reversed(self.counting) if (found := of(each))), None)

    def knows(self, value: object, of: Callable[[Update], object]) -> bool:
        """Return whether that is what was said last, or was said and then corrected."""
        return value == self.newest(of) or value in map(of, self.corrected)

    def words(self, part: Callable[[Note], str]) -> str:
        """Return what was said last in a part of a note."""
        return self.newest(lambda each: part(Note.read(each.note))) or ""

    def has(self, part: Callable[[Note], str], words: str) -> bool:
        """Return whether the words of a part of a note are known, however they are spaced."""
        return self.knows(" ".join(words.split()), lambda each: part(Note.read(each.note)))

    def cites(self, source: Evidence) -> bool:
        """Return whether a source was named."""
        told = (*self.counting, *self.corrected)
        return any(_name(source) == _name(known) for each in told for known in each.evidence)


def _name(source: Evidence) -> str:
    return same.address(source.url) if source.url else same.word(source.title or "")


def since(standing: Standing, actor: str, day: str) -> Said:
    """Return what an actor has said about a recommendation since a day."""

    def mine(update: Update) -> bool:
        names = {same.word(each) for each in (update.by, *update.actors)}
        return update.date.isoformat() >= day and names == {same.word(actor)} and bool(update.actors)

    corrected = (each.update for each in standing.corrected)
    return Said(tuple(filter(mine, standing.updates)), tuple(filter(mine, corrected)))
