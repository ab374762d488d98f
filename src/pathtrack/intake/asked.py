"""A row of a form that came back, and which recommendation it is about."""

from collections.abc import Mapping
from typing import NamedTuple

from pathtrack.intake import filled
from pathtrack.intake.filled import Filled
from pathtrack.intake.reader.grid import Row
from pathtrack.record import same
from pathtrack.record.model import Tracker, key
from pathtrack.record.standings import Standing
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

    def about(self, tracker: Tracker, now: Mapping[str, Standing]) -> str:
        """Return the key of what it is about, which must ask whoever answers."""
        found = self._found(tracker, now)
        asked = now[found].recommendation
        if same.word(actor := self.filled.form.actor) not in map(same.word, tracker.asked_of(asked)):
            raise ValueError(f"{self.place}: {quoted(asked.id)} asks nothing of {quoted(actor)}")
        return found

    def _found(self, tracker: Tracker, now: Mapping[str, Standing]) -> str:
        """Return the key of what it is about: by the number that fits what it asks, seen or hidden."""
        asked, hidden = same.word(self.filled.cell(self.row, Column.ASKED)), self.filled.mark(self.row)
        found = [tracker.names[key(each)] for each in (self.name, hidden) if key(each) in tracker.names]
        fits = [each for each in found if self._asks(now[each], tracker, asked)]
        if fits or (found and key(self.name) == key(hidden)):
            return (fits or found)[0]
        place = self.filled.named(self.row, Column.ASKED)
        if found:
            raise ValueError(f"{self.place}: {quoted(self.name)} is not the number of what {place} asks")
        # Without a number that we know, what is asked may still be asked only once.
        alike = [name for name, each in now.items() if asked and self._asks(each, tracker, asked)]
        if len(alike) == 1:
            return alike[0]
        name = self.name or hidden
        what = (
            f"the tracker has no recommendation {quoted(name)}" if name else "no number of a recommendation"
        )
        raise ValueError(f"{self.place}: {what}")

    def _asks(self, standing: Standing, tracker: Tracker, asked: str) -> bool:
        return same.word(form.shown(standing, self.actor(tracker))[Column.ASKED]) == asked
