"""A row of a form that came back, and which recommendation it is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from pathtrack.intake import filled
from pathtrack.intake.filled import Filled
from pathtrack.intake.reader.grid import Row
from pathtrack.record import same
from pathtrack.record.model import Tracker, key
from pathtrack.sheet import form
from pathtrack.sheet.form import FILLED, Column
from pathtrack.text import quoted


class Reply(NamedTuple):
    """A row of a form."""

    filled: Filled
    row: Row

    @property
    def name(self) -> str:
        """The number in its first cell."""
        return self.filled.cell(self.row, Column.ID).strip()

    @property
    def place(self) -> str:
        """Where that number is."""
        return self.filled.named(self.row, Column.ID)

    @property
    def given(self) -> tuple[str, ...]:
        """What it says."""
        return tuple(same.word(self.filled.cell(self.row, column)) for column in FILLED)

    def actor(self, tracker: Tracker) -> str:
        """Return who answers, as the tracker spells the name."""
        name = self.filled.form.actor
        return next(each for each in tracker.asked if same.word(each) == same.word(name))

    @property
    def is_filled(self) -> bool:
        """Whether somebody has filled anything in."""
        return self.filled.is_filled(self.row)

    @property
    def shown(self) -> str:
        """What it says, cell by cell."""
        said = {column: self.filled.said(self.row, column) for column in FILLED}
        return ", ".join(
            f"{self.filled.named(self.row, column)} {quoted(text)}" for column, text in said.items() if text
        )

    @property
    def whole(self) -> str:
        """All that stands in its columns, cell by cell."""
        places = {*self.filled.layout.places.values()}
        each = ((at, " ".join(text.split())) for _, at, text in filled.cells([self.row]) if at in places)
        return ", ".join(f"{self.filled.at(self.row, at)} {quoted(text)}" for at, text in each)

    def about(self, questions: "Questions") -> str:
        """Return the key of what it is about, which must ask whoever answers."""
        found = self._found(questions)
        if same.word(self.filled.form.actor) not in questions.actors[found]:
            what = f"{quoted(self.name or found)} asks nothing of {quoted(self.filled.form.actor)}"
            raise ValueError(f"{self.place}: {what}")
        return found

    def _found(self, questions: "Questions") -> str:
        """Return the key of what it is about: by the number that fits what it asks, seen or hidden."""
        asked, hidden = same.word(self.filled.cell(self.row, Column.ASKED)), self.filled.mark(self.row)
        names = questions.tracker.names
        found = [names[key(each)] for each in (self.name, hidden) if key(each) in names]
        fits = [each for each in found if questions.texts[each] == asked]
        if fits or (found and key(self.name) == key(hidden)):
            return (fits or found)[0]
        place = self.filled.named(self.row, Column.ASKED)
        if found:
            raise ValueError(f"{self.place}: {quoted(self.name)} is not the number of what {place} asks")
        # Without a number that we know, what is asked may still be asked only once.
        if len(alike := questions.alike.get(asked, [])) == 1:
            return alike[0]
        if not (name := self.name or hidden):
            raise ValueError(f"{self.place}: no recommendation's number")
        raise ValueError(f"{self.place}: the tracker has no recommendation {quoted(name)}")


@dataclass(frozen=True)
class Questions:
    """What a tracker asks, by the keys of its recommendations."""

    tracker: Tracker

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """What makes the texts of what is asked the same."""
        listed = reversed(self.tracker.recommendations)
        return {key(each.id): same.word(form.asked(each)) for each in listed}

    @cached_property
    def actors(self) -> Mapping[str, frozenset[str]]:
        """What makes the names of those who are asked the same."""
        listed = reversed(self.tracker.recommendations)
        return {key(each.id): frozenset(map(same.word, self.tracker.asked_of(each))) for each in listed}

    @cached_property
    def alike(self) -> Mapping[str, list[str]]:
        """The keys of what is asked in the same words."""
        found: dict[str, list[str]] = {}
        for name, text in self.texts.items():
            found.setdefault(text, []).append(name)
        return found
