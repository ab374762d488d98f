"""Which recommendation a row of a form is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from pathtrack.intake.filled import Reply
from pathtrack.record import same
from pathtrack.record.model import Tracker, key
from pathtrack.sheet import form
from pathtrack.sheet.form import Column
from pathtrack.text import quoted


@dataclass(frozen=True)
class Questions:
    """What a tracker asks, by the keys of its recommendations."""

    tracker: Tracker

    def about(self, reply: Reply) -> str:
        """Return the key of what a row is about; ValueError unless that asks whoever answers."""
        found, actor = self._found(reply), reply.filled.form.actor
        if same.word(actor) not in self._actors[found]:
            what = f"{quoted(reply.name or found)} asks nothing of {quoted(actor)}"
            raise ValueError(f"{reply.place}: {what}")
        return found

    def _found(self, reply: Reply) -> str:
        """Return the key of what a row is about: by the number that fits what it asks, seen or hidden."""
        asked, names = same.word(reply.cell(Column.ASKED)), self.tracker.names
        found = [names[key(each)] for each in (reply.name, reply.mark) if key(each) in names]
        fits = [each for each in found if self._texts[each] == asked]
        if fits or (found and key(reply.name) == key(reply.mark)):
            return (fits or found)[0]
        if found:
            place = reply.named(Column.ASKED)
            raise ValueError(f"{reply.place}: {quoted(reply.name)} is not the number of what {place} asks")
        # Without a number that we know, what is asked may still be asked only once.
        if len(alike := self._alike.get(asked, [])) == 1:
            return alike[0]
        if not (name := reply.name or reply.mark):
            raise ValueError(f"{reply.place}: no recommendation's number")
        raise ValueError(f"{reply.place}: the tracker has no recommendation {quoted(name)}")

    @cached_property
    def _texts(self) -> Mapping[str, str]:
        """What makes the texts of what is asked the same."""
        listed = reversed(self.tracker.recommendations)
        return {key(each.id): same.word(form.asked(each)) for each in listed}

    @cached_property
    def _actors(self) -> Mapping[str, frozenset[str]]:
        """What makes the names of those who are asked the same."""
        listed = reversed(self.tracker.recommendations)
        return {key(each.id): frozenset(map(same.word, self.tracker.asked_of(each))) for each in listed}

    @cached_property
    def _alike(self) -> Mapping[str, list[str]]:
        """The keys of what is asked in the same words."""
        found: dict[str, list[str]] = {}
        for name, text in self._texts.items():
            found.setdefault(text, []).append(name)
        return found
