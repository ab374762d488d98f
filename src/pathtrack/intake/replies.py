"""What the cells of a filled row say, and what they change."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from pathtrack.errors import UsageError
from pathtrack.intake import answers, cells, dates, links, said
from pathtrack.intake.answers import Answers
from pathtrack.intake.dates import DateOrder
from pathtrack.intake.filled import Reply
from pathtrack.intake.outcome import Plan, Remark
from pathtrack.intake.said import Note, Said
from pathtrack.record import objections, same
from pathtrack.record.model import Evidence, Update, key
from pathtrack.record.standings import Standing
from pathtrack.record.status import Response
from pathtrack.sheet import form
from pathtrack.sheet.form import FILLED, LABELS, SHOWN, Column
from pathtrack.text import quoted

_LINKED = (Column.DONE, Column.EVIDENCE)
"""The columns where an address behind a cell is a source."""
_PARTS: Mapping[Column, Callable[[Note], str]] = {
    Column.DONE: lambda note: note.done,
    Column.ANSWER: lambda note: note.answer,
    Column.TARGET: lambda note: note.target,
    Column.REASON: lambda note: note.reason or note.why,
}
"""Which part of a note the words of a cell become."""


class How(NamedTuple):
    """How answers are taken: of which day, when typed in, what their words mean, and the order of dates."""

    date: dt.date
    recorded: dt.datetime
    known: Answers
    order: DateOrder | None = None


@dataclass
class Answer:
    """An actor's answer, as the cells of a row give it, beside how things stand.

    `changes` are told as old → new, `refused` are cells that are not taken, `known` those that say what is
    recorded already.
    """

    reply: Reply
    standing: Standing
    actor: str
    how: How
    changes: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)

    def looked_at(self) -> Plan:
        """Return what somebody wrote into the locked cells of a row, and into no other."""
        self._compare()
        return Plan(empty=(self.reply.row.line,), unread=self._remarks(self.refused))

    def answered(self) -> Plan:
        """Return the update that a row makes, if it says anything new, and what there is to say."""
        line, given = self.reply.row.line, self._given()
        is_news = any(given.values())
        self._ask_aside(is_alone=not (is_news or self.known or self.refused))
        self._compare()
        self._refuse_links()
        try:
            updates = (self._update(given),) if is_news else ()
        except UsageError as error:
            why = f"{self.reply.place}: {error}; not taken: {self.reply.shown}"
            return Plan(refused=(Remark(line, why),))
        known = [f"recorded already: {', '.join(self.known)}"] if is_news and self.known else []
        return Plan(
            updates=updates,
            imported=(line,) if is_news else (),
            unchanged=() if is_news else (line,),
            unread=self._remarks(self.refused),
            remarks=self._remarks([*self.aside, *self.changes, *known]),
        )

    @cached_property
    def _said(self) -> Said:
        """What the actor has said since the form was made."""
        day = min(self.reply.filled.form.date or "", self.how.date.isoformat())
        return said.since(self.standing, self.actor, day)

    def _remarks(self, lines: Iterable[str]) -> tuple[Remark, ...]:
        return tuple(Remark(self.reply.row.line, each) for each in lines)

    def _update(self, given: Mapping[str, object]) -> Update:
        fixed = {"date": self.how.date, "recorded": self.how.recorded, "by": self.actor}
        about = {"recommendations": [self.standing.recommendation.id], "actors": [self.actor]}
        return objections.build(Update, {**given, **fixed, **about})

    def _given(self) -> dict[str, object]:
        """Return what an update says, from those cells that say something new."""
        response, own_words = self._response()
        due, target = self._target()
        done = self._new(Column.DONE)
        # A reason goes with its date.
        reason = self._text(Column.REASON) if due or target else self._new(Column.REASON)
        for column, text in ((Column.DONE, done), (Column.REASON, reason)):
            if text:
                self._change(column, self._said.words(_PARTS[column]), text)
        evidence = tuple(self._evidence())
        # A reason without a date is that of the answer.
        why, reason = (reason, "") if not self._text(Column.TARGET) else ("", reason)
        note = Note(done, own_words, why, target, reason)
        self._ask_about_dates(note, due)
        return {"response": response, "due": due, "note": note.text, "evidence": evidence}

    def _ask_about_dates(self, note: Note, due: dt.date | None) -> None:
        """Keep what is odd about a new target date and its reason."""
        found = {
            "the new target date has no reason": (due or note.target) and not note.reason,
            "a reason without a new target date is kept as a note": note.why,
            f"the new target date, {due}, has passed; was it done then?": due and due < self.how.date,
        }
        self.aside += [f"{self.standing.recommendation.id}: {each}" for each, is_so in found.items() if is_so]

    def _response(self) -> tuple[Response | None, str]:
        """Return an answer; or what is in its cell, if it is none that we know."""
        text = self.reply.said(Column.ANSWER)
        try:
            found = answers.read(text, self.how.known)
        except ValueError:
            found = None
        if text and not found:
            listed = ", ".join(LABELS.values())
            self._refuse(Column.ANSWER, f"{quoted(text)} is none of {listed}; it is kept in the note")
            return None, self._in_own_words(Column.ANSWER, text)
        if not found or self._is_known(Column.ANSWER, self._said.knows(found, lambda each: each.response)):
            return None, ""
        mine = (each for each in self.standing.actors if same.word(each.name) == same.word(self.actor))
        self._change(Column.ANSWER, next((each.response for each in mine), None), found)
        return found, ""

    def _target(self) -> tuple[dt.date | None, str]:
        """Return a new target date; or what is in its cell, if it is no date."""
        text = self._text(Column.TARGET)
        try:
            found = dates.target(text, self.how.order) if text else None
        except ValueError as error:
            self._refuse(Column.TARGET, f"{error}; it is kept in the note")
            return None, self._in_own_words(Column.TARGET, text)
        is_known = found == self.standing.due or self._said.knows(found, lambda each: each.due)
        if not found or self._is_known(Column.TARGET, is_known):
            return None, ""
        self._change(Column.TARGET, self.standing.due, found)
        return found, ""

    def _new(self, column: Column) -> str:
        """Return the words of a cell, unless they are recorded already."""
        # Who writes "none" under what was done says that nothing was; elsewhere it says nothing.
        text = self.reply.said(column) if column is Column.DONE else self._text(column)
        return self._in_own_words(column, text) if text else ""

    def _in_own_words(self, column: Column, text: str) -> str:
        return "" if self._is_known(column, self._said.has(_PARTS[column], text)) else text

    def _evidence(self) -> Iterator[Evidence]:
        """Yield the sources that a row names and that are not recorded yet, a line each."""
        found: list[Evidence] = []
        for line in self._cited():
            try:
                found += links.read(cells.content(line))
            except (ValueError, UsageError) as error:
                self._refuse(Column.EVIDENCE, error)
        new = [each for each in links.distinct(found) if not self._said.cites(each)]
        self._is_known(Column.EVIDENCE, bool(found) and not new)
        for each in new:
            self._change(Column.EVIDENCE, "", each.url or each.title)
            yield each

    def _cited(self) -> Iterator[str]:
        """Yield the lines of the cell for sources, and the addresses behind it and behind what was done."""
        text, shown = self._text(Column.EVIDENCE), self.reply.link(Column.EVIDENCE)
        if shown and shown not in text and "//" not in text and "\n" not in text:
            text = f"[{text.replace('[', '(').replace(']', ')')}]({shown})" if text else shown
        elif shown and shown not in text:
            text = f"{text}\n{shown}"
        yield from text.split("\n")
        yield self.reply.link(Column.DONE)

    def _ask_aside(self, *, is_alone: bool) -> None:
        """Keep whom one may ask, which is for the people here alone."""
        if found := self.reply.said(Column.CONTACT):
            only = "; nothing else is filled in" if is_alone else ""
            name = self.standing.recommendation.id
            self.aside.append(f"{name}: ask {quoted(found)}, which is not recorded{only}")

    def _refuse_links(self) -> None:
        """Keep the addresses behind cells where none belongs."""
        for column in FILLED:
            address = self.reply.link(column)
            if column not in _LINKED and address and address not in self.reply.cell(column):
                self._refuse(column, f"it leads to {quoted(address)}")

    def _compare(self) -> None:
        """Keep what has moved since the form was made, and which locked cells somebody changed."""
        now, filled = form.shown(self.standing, self.actor), self.reply.filled
        names = (self.standing.recommendation.id, self.reply.name)
        then = next((mark for each in names if (mark := filled.marks.get(key(each)))), "")
        came = [self.reply.cell(column) for column in SHOWN]
        is_whole, is_same = (form.mark(each).endswith(f" {then}") for each in (came, [*now.values()]))
        if is_whole and is_same:
            return
        for column, text in now.items():
            was = self.reply.cell(column)
            if column not in filled.layout.places or same.word(was) == same.word(text):
                continue
            if is_whole:
                moved = f"has changed since: {_short(was)} → {_short(text)}"
                self.aside.append(f"{self._named(column)} {moved}")
            else:
                what = f"{_short(was)} stands where we have {_short(text)}"
                self._refuse(column, f"{what}; this column is ours")

    def _text(self, column: Column) -> str:
        """Return what a cell says; nothing for a dash, n/a or none."""
        return cells.content(self.reply.said(column))

    def _change(self, column: Column, old: object, new: object) -> None:
        """Keep what a cell changes, as old → new."""
        before = quoted(old) if isinstance(old, str) and not isinstance(old, Response) and old else old
        shown = str(new) if isinstance(new, Response | dt.date) else quoted(str(new))
        change = f"{shown}, as before" if new == old else f"{before or 'none'} → {shown}"
        self.changes.append(f"{self._named(column)}: {change}")

    def _refuse(self, column: Column, reason: object) -> None:
        self.refused.append(f"{self._named(column)} is not taken: {reason}")

    def _is_known(self, column: Column, known: bool) -> bool:  # noqa: FBT001 it is what is kept
        """Return whether a cell says what is recorded already, and keep that it does."""
        if known:
            self.known.append(self._named(column))
        return known

    def _named(self, column: Column) -> str:
        return f"{self.standing.recommendation.id}, '{column}' ({self.reply.named(column)})"


def _short(text: str) -> str:
    return quoted(" ".join(text.split())) if text.strip() else "nothing"
