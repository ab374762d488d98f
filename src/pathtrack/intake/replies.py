"""What the cells of a filled row say, and what they change."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from pathtrack.errors import UsageError
from pathtrack.intake import answers, cells, links, promises
from pathtrack.intake.answers import Answers
from pathtrack.intake.columns import DateOrder
from pathtrack.intake.filled import Filled
from pathtrack.intake.reader.grid import Row
from pathtrack.intake.said import Note, Said
from pathtrack.record import same
from pathtrack.record.model import Evidence, key
from pathtrack.record.standings import Standing
from pathtrack.record.status import Response
from pathtrack.sheet import form
from pathtrack.sheet.form import FILLED, LABELS, SHOWN, Column
from pathtrack.text import quoted

_LINKED = (Column.DONE, Column.EVIDENCE)
"""The columns where an address behind a cell is a source."""


@dataclass
class Cells:
    """What there is to say about a row: what its cells change, and what else."""

    filled: Filled
    row: Row
    identifier: str
    changes: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)

    def text(self, column: Column) -> str:
        """Return what a cell says; nothing for a dash, n/a or none."""
        return cells.content(self.filled.said(self.row, column))

    def change(self, column: Column, old: object, new: object) -> None:
        """Keep what a cell changes, as old → new."""
        before = quoted(old) if isinstance(old, str) and not isinstance(old, Response) and old else old
        shown = str(new) if isinstance(new, Response | dt.date) else quoted(str(new))
        said = f"{shown}, as before" if new == old else f"{before or 'none'} → {shown}"
        self.changes.append(f"{self.named(column)}: {said}")

    def refuse(self, column: Column, reason: object) -> None:
        """Keep why a cell is not taken."""
        self.refused.append(f"{self.named(column)} is not taken: {reason}")

    def is_known(self, column: Column, *, known: bool) -> bool:
        """Return whether a cell says what is recorded already, and keep that it does."""
        if known:
            self.known.append(self.named(column))
        return known

    def compare(self, now: Mapping[Column, str]) -> None:
        """Keep what has moved since the form was made, and which locked cells somebody changed."""
        names = (self.identifier, self.filled.cell(self.row, Column.ID).strip())
        then = next((mark for each in names if (mark := self.filled.marks.get(key(each)))), "")
        came = [self.filled.cell(self.row, column) for column in SHOWN]
        is_whole, is_same = (form.mark(each).endswith(f" {then}") for each in (came, [*now.values()]))
        if is_whole and is_same:
            return
        for column, text in now.items():
            was = self.filled.cell(self.row, column)
            if column not in self.filled.layout.places or same.word(was) == same.word(text):
                continue
            if is_whole:
                self.aside.append(f"{self.named(column)} has changed since: {_short(was)} → {_short(text)}")
            else:
                self.refuse(column, f"{_short(was)} stands where we have {_short(text)}; this column is ours")

    def named(self, column: Column) -> str:
        """Return which cell of which recommendation it is."""
        return f"{self.identifier}, '{column}' ({self.filled.named(self.row, column)})"


_PARTS: Mapping[Column, Callable[[Note], str]] = {
    Column.DONE: lambda note: note.done,
    Column.ANSWER: lambda note: note.answer,
    Column.TARGET: lambda note: note.target,
    Column.REASON: lambda note: note.reason,
}
"""Which part of a note the words of a cell become."""


def given(
    told: Cells, standing: Standing, actor: str, said: Said, known: Answers, order: DateOrder | None
) -> dict[str, object]:
    """Return what an update says, from those cells of a row that say something new."""
    response, own_words = _response(told, standing, actor, known, said)
    due, target = _target(told, standing, said, order)
    done = _new(told, Column.DONE, said)
    # A reason goes with its date.
    reason = told.text(Column.REASON) if due or target else _new(told, Column.REASON, said)
    for column, text in ((Column.DONE, done), (Column.REASON, reason)):
        if text:
            told.change(column, said.words(_PARTS[column]), text)
    evidence = tuple(_evidence(told, said))
    if (due or target) and not reason:
        told.aside.append(f"{told.identifier}: the new target date has no reason")
    note = Note(done, own_words, target, reason).text
    return {"response": response, "due": due, "note": note, "evidence": evidence}


def _new(told: Cells, column: Column, said: Said) -> str:
    """Return the words of a cell, unless they are recorded already."""
    # Who writes "none" under what was done says that nothing was; elsewhere it says nothing.
    text = told.filled.said(told.row, column) if column is Column.DONE else told.text(column)
    return text if text and not told.is_known(column, known=said.has(_PARTS[column], text)) else ""


def contact(told: Cells, *, is_alone: bool) -> None:
    """Keep whom one may ask, which is for the people here alone."""
    if found := told.filled.said(told.row, Column.CONTACT):
        only = "; nothing else is filled in" if is_alone else ""
        told.aside.append(f"{told.identifier}: ask {quoted(found)}, which is not recorded{only}")


def links_aside(told: Cells) -> None:
    """Keep the addresses behind cells where none belongs."""
    for column in FILLED:
        address = told.filled.link(told.row, column)
        if column not in _LINKED and address and address not in told.filled.cell(told.row, column):
            told.refuse(column, f"it leads to {quoted(address)}")


def _response(
    told: Cells, standing: Standing, actor: str, known: Answers, said: Said
) -> tuple[Response | None, str]:
    """Return an answer; or what stands in its cell, if it is none that we know."""
    text = told.filled.said(told.row, Column.ANSWER)
    try:
        found = answers.read(text, known)
    except ValueError:
        found = None
    if found:
        if told.is_known(Column.ANSWER, known=said.knows(found, lambda each: each.response)):
            return None, ""
        mine = (each.response for each in standing.actors if same.word(each.name) == same.word(actor))
        told.change(Column.ANSWER, next(mine, None), found)
    elif text:
        listed = ", ".join(LABELS.values())
        told.refuse(Column.ANSWER, f"{quoted(text)} is none of {listed}; it is kept in the note")
        return None, "" if told.is_known(Column.ANSWER, known=said.has(_PARTS[Column.ANSWER], text)) else text
    return found, ""


def _target(
    told: Cells, standing: Standing, said: Said, order: DateOrder | None
) -> tuple[dt.date | None, str]:
    """Return a new target date; or what stands in its cell, if it is no date."""
    text = told.text(Column.TARGET)
    try:
        found = promises.read(text, order) if text else None
    except ValueError as error:
        told.refuse(Column.TARGET, f"{error}; it is kept in the note")
        return None, "" if told.is_known(Column.TARGET, known=said.has(_PARTS[Column.TARGET], text)) else text
    is_known = found == standing.due or said.knows(found, lambda each: each.due)
    if not found or told.is_known(Column.TARGET, known=is_known):
        return None, ""
    told.change(Column.TARGET, standing.due, found)
    return found, ""


def _evidence(told: Cells, said: Said) -> Iterator[Evidence]:
    """Yield the sources that a row names and that are not recorded yet, a line each."""
    found: list[Evidence] = []
    for line in _cited(told):
        try:
            found += links.read(cells.content(line))
        except (ValueError, UsageError) as error:
            told.refuse(Column.EVIDENCE, error)
    known = {_source(each) for each in said.evidence}
    new = [each for each in links.distinct(found) if _source(each) not in known]
    told.is_known(Column.EVIDENCE, known=bool(found) and not new)
    for each in new:
        told.change(Column.EVIDENCE, "", each.url or each.title)
        yield each


def _cited(told: Cells) -> Iterator[str]:
    """Yield the lines of the cell for sources, and the addresses behind it and behind what was done."""
    text = told.text(Column.EVIDENCE)
    behind = {column: told.filled.link(told.row, column) for column in _LINKED}
    shown = behind[Column.EVIDENCE]
    if shown and shown not in text and "//" not in text and "\n" not in text:
        text = f"[{text.replace('[', '(').replace(']', ')')}]({shown})" if text else shown
    elif shown and shown not in text:
        text = f"{text}\n{shown}"
    yield from text.split("\n")
    yield behind[Column.DONE]


def _source(each: Evidence) -> str:
    return same.address(each.url) if each.url else same.word(each.title or "")


def _short(text: str) -> str:
    return quoted(" ".join(text.split())) if text.strip() else "nothing"
