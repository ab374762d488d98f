"""A filled form coming back by import: shown cell by cell, then written."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pathtrack.cli import changed, typed
from pathtrack.cli.screen import say, say_aside, say_waiting
from pathtrack.errors import UsageError
from pathtrack.file import store
from pathtrack.file.document import Document
from pathtrack.intake import answers, ask, filled, rules, strays
from pathtrack.intake.dates import DateOrder
from pathtrack.intake.filled import Returned
from pathtrack.intake.outcome import Plan
from pathtrack.intake.reader import encodings, text, workbook
from pathtrack.intake.replies import How
from pathtrack.record.status import Response, parse_word
from pathtrack.sheet import form, guide
from pathtrack.sheet.form import FILLED, Column
from pathtrack.text import count, quoted

_WORDS = (form.KIND, guide.QUESTION, *FILLED)
"""One of these is in every form."""
_MOST = 100
"""How many rows and cells that are not taken are named."""
_CODECS = ("utf-8", "utf-16-le", "utf-16-be")


@dataclass(frozen=True)
class Return:
    """The forms in a file, and how to take them back; if `strict`, all their rows or none."""

    name: str
    back: Returned
    date: dt.date | None
    words: Sequence[str]
    order: DateOrder | None
    strict: bool
    dry_run: bool
    json: bool

    def start(self, path: Path) -> None:
        """Add the answers to a tracker."""
        now, words = dt.datetime.now().astimezone(), rules.mapped(self.words)
        known = answers.known({word: parse_word(meaning, Response, "answer") for word, meaning in words})
        how = How(self.date or typed.today(), now, known, self.order)
        old = store.open_(path)
        plan = ask.plan(self.back, old.tracker, how)
        new = old.with_more(updates=plan.updates)
        try:
            self._require(plan)
            if self.dry_run and not self.json:
                changed.show_text(new.difference)
        finally:
            self._note(plan)
        if plan.updates and not self.dry_run:
            plan = self._write(path, old, plan, how)
        if self.json:
            changed.show_rows(old, new, plan, written=bool(plan.updates) and not self.dry_run)
            return
        done, print_line = ("would record", say_aside) if self.dry_run else ("recorded", say)
        print_line(f"{done} {count(len(plan.updates), 'answer')} in {path}; {_rows(plan)}")

    def _require(self, plan: Plan) -> None:
        """Raise UsageError if nobody has filled anything in or, if strict, not all of it can be taken."""
        if not _is_answered(plan):
            raise UsageError("nothing is filled in", where=self.name, todo="fill in some of the yellow cells")
        plan.require(strict=self.strict)

    def _note(self, plan: Plan) -> None:
        if _is_answered(plan) or plan.unread:
            for line in self._lines(plan):
                say_aside(line)

    def _lines(self, plan: Plan) -> Iterator[str]:
        """Yield what there is to say of forms, cell by cell."""
        for form_ in self.back.forms:
            number = sum(each.is_filled for each in form_.replies)
            whose = f"a form that asks {quoted(form_.form.actor)}, of {form_.form.date or 'an unknown day'}"
            where = f", sheet {quoted(form_.sheet.name)}" if form_.prefix else ""
            yield f"{self.name}{where}: {whose}: {count(number, 'row')} filled in"
        yield from (*self.back.notes, *strays.headers(self.back))
        # What somebody has to look at comes last, next to the sum.
        yield from (each.reason for each in plan.remarks)
        yield from self._first([each.reason for each in plan.unread], "cell")
        yield from self._first([f"not imported: {each.reason}" for each in plan.refused], "row")

    def _first(self, lines: Sequence[str], what: str) -> Iterator[str]:
        """Yield the first of many lines that nobody can act on one by one; all in a dry run."""
        shown = lines if self.dry_run else lines[:_MOST]
        yield from shown
        if rest := len(lines) - len(shown):
            yield f"and {count(rest, f'more {what}')} not taken; --dry-run names all of them"

    def _write(self, path: Path, old: Document, plan: Plan, how: How) -> Plan:
        """Write what was planned; if somebody has saved the file in the meantime, plan again for that."""

        def change(now: Document) -> Document:
            nonlocal plan
            if now.data != old.data:
                plan = ask.plan(self.back, now.tracker, how)
                self._note(plan)
                self._require(plan)
            return now.with_more(recommendations=(), updates=plan.updates)

        store.change(path, change, waiting=say_waiting)
        return plan


def forms(path: str, data: bytes, encoding: str | None) -> Returned | None:
    """Return the forms in a file; None if it is another table, or cannot be read."""
    if workbook.is_workbook(data):
        found = filled.read(workbook.sheets(data, name=path))
    elif any(word.encode(codec) in data for word in _WORDS for codec in _CODECS):
        text_ = encodings.decoded(data, name=path, encoding=encoding)
        found = filled.read([text.sheet(text_.text, {*Column}.__contains__, name=path).sheet])
    else:
        return None
    return found if found.forms else None


def _is_answered(plan: Plan) -> bool:
    return bool(plan.imported or plan.unchanged or plan.refused)


def _rows(plan: Plan) -> str:
    outcomes = {
        "with news": len(plan.imported),
        "unchanged": len(plan.unchanged),
        "not imported": plan.not_imported,
        "not filled in": len(plan.empty),
    }
    return f"rows: {', '.join(f'{number} {outcome}' for outcome, number in outcomes.items())}"
