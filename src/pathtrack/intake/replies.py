"""What the cells of a filled row say, and what they change."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pathtrack.errors import UsageError
from pathtrack.intake import answers, cells, links
from pathtrack.intake.answers import Answers
from pathtrack.intake.filled import Filled
from pathtrack.intake.reader.grid import Row
from pathtrack.record import same
from pathtrack.record.model import Evidence, key
from pathtrack.record.standings import Standing
from pathtrack.record.status import Response
from pathtrack.sheet import form
from pathtrack.sheet.form import LABELS, SHOWN, Column
from pathtrack.text import quoted

_EARLIEST = 2000
"""A year alone, typed where a date belongs, is a day of 1905 to a spreadsheet."""


@dataclass
class Cells:
    """What there is to say about a row: what its cells change, and what else."""

    filled: Filled
    row: Row
    identifier: str
    changes: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)

    def text(self, column: Column) -> str:
        """Return what a cell says; nothing for a dash."""
        return cells.content(self.filled.cell(self.row, column)).strip()

    def change(self, column: Column, old: object, new: object) -> None:
        """Keep what a cell changes, as old → new."""
        shown = str(new) if isinstance(new, Response | dt.date) else quoted(str(new))
        if new != old:
            self.changes.append(f"{self._cell(column)}: {old or 'none'} → {shown}")

    def refuse(self, column: Column, reason: object) -> None:
        """Keep why a cell is not taken."""
        self.refused.append(f"{self._cell(column)} is not taken: {reason}")

    def compare(self, now: Mapping[Column, str]) -> None:
        """Keep what has moved since the form was made, and which locked cells somebody changed."""
        then = self.filled.marks.get(key(self.row_id), "")
        came = [self.filled.cell(self.row, column) for column in SHOWN]
        is_whole, is_same = (form.mark(each).endswith(f" {then}") for each in (came, [*now.values()]))
        if not then or (is_whole and is_same):
            return
        for column, text in now.items():
            if same.word(was := self.filled.cell(self.row, column)) != same.word(text):
                name = self._cell(column)
                if is_whole:
                    self.aside.append(f"{name} has changed since: {_short(was)} → {_short(text)}")
                else:
                    self.aside.append(f"{name} is ours and was changed or has changed since; it is not read")

    @property
    def row_id(self) -> str:
        """The id under which the form has the row's fingerprint."""
        return self.filled.cell(self.row, Column.ID).strip() or self.identifier

    def _cell(self, column: Column) -> str:
        return f"{self.identifier}, '{column}' ({self.filled.named(self.row, column)})"


def given(told: Cells, standing: Standing, actor: str, known: Answers) -> dict[str, object]:
    """Return what an update says, from the cells of a row."""
    response, own_words = _response(told, standing, actor, known)
    due = _target(told, standing)
    reason = told.text(Column.REASON)
    done = told.text(Column.DONE)
    if done:
        told.change(Column.DONE, "", done)
    if due and due != standing.due and not reason:
        told.aside.append(f"{told.identifier}: the new target date has no reason")
    if contact := told.text(Column.CONTACT):
        told.aside.append(f"{told.identifier}: ask {quoted(contact)}, which is not recorded")
    parts = (
        done,
        own_words and f"Answer: {own_words}",
        reason and f"Reason for the new target date: {reason}",
    )
    evidence = tuple(_evidence(told))
    return {
        "response": response,
        "due": due,
        "note": "\n\n".join(filter(None, parts)) or None,
        "evidence": evidence,
    }


def _response(told: Cells, standing: Standing, actor: str, known: Answers) -> tuple[Response | None, str]:
    """Return an answer; or what stands in its cell, if it is none that we know."""
    text = told.text(Column.ANSWER)
    try:
        found = answers.read(text, known)
    except ValueError:
        listed = ", ".join(LABELS.values())
        told.refuse(Column.ANSWER, f"{quoted(text)} is none of {listed}; it is kept in the note")
        return None, text
    mine = (each for each in standing.actors if same.word(each.name) == same.word(actor))
    old = next((each.response for each in mine), None)
    if found:
        told.change(Column.ANSWER, old, found)
    return found, ""


def _target(told: Cells, standing: Standing) -> dt.date | None:
    """Return a new target date."""
    text = told.text(Column.TARGET)
    try:
        found = _day(text) if text else None
    except ValueError as error:
        told.refuse(Column.TARGET, error)
        return None
    if found:
        told.change(Column.TARGET, standing.due, found)
    return found


def _day(text: str) -> dt.date:
    found = cells.date(text)
    if found.year < _EARLIEST:
        raise ValueError(f"{quoted(text)} is long ago; a spreadsheet makes that of a year alone")
    return found


def _evidence(told: Cells) -> Iterator[Evidence]:
    """Yield the sources that a row names, a line each."""
    found: list[Evidence] = []
    for line in told.text(Column.EVIDENCE).split("\n"):
        try:
            found += links.read(cells.content(line))
        except (ValueError, UsageError) as error:
            told.refuse(Column.EVIDENCE, error)
    for each in links.distinct(found):
        told.change(Column.EVIDENCE, "", each.url or each.title)
        yield each


def _short(text: str) -> str:
    return quoted(" ".join(text.split())) if text.strip() else "nothing"
