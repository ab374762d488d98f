"""A filled form coming back by import: shown cell by cell, then written."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import typer

from pathtrack.cli import typed
from pathtrack.cli.screen import say, say_aside, say_waiting
from pathtrack.errors import UsageError
from pathtrack.file import store
from pathtrack.file.document import Document
from pathtrack.intake import ask, filled, rules
from pathtrack.intake.filled import Filled
from pathtrack.intake.plan import Plan
from pathtrack.intake.reader import encodings, text, workbook
from pathtrack.sheet.form import Column
from pathtrack.text import count, quoted


@dataclass(frozen=True)
class Return:
    """The forms in a file, and how to take them back; if `strict`, all their rows or none."""

    name: str
    forms: Sequence[Filled]
    date: dt.date | None
    words: Sequence[str]
    strict: bool

    def start(self, path: Path, *, dry_run: bool) -> None:
        """Add the answers to a tracker."""
        when = ask.When(self.date or typed.today(), dt.datetime.now().astimezone())
        old = store.open_(path)
        plan = self._plan(old, when)
        if dry_run:
            typer.echo(old.with_more(recommendations=(), updates=plan.updates).difference, nl=False)
        elif plan.updates:
            plan = self._write(path, old, plan, when)
        done, print_line = ("would record", say_aside) if dry_run else ("recorded", say)
        print_line(f"{done} {count(len(plan.updates), 'answer')} in {path}; {_rows(plan)}")

    def _plan(self, document: Document, when: ask.When) -> Plan:
        """Return what the forms add to a tracker's file, and say it cell by cell."""
        plan = ask.plan(self.forms, document.tracker, when, rules.answers_of(self.words))
        if not (plan.imported or plan.unchanged or plan.refused):
            raise UsageError("nothing is filled in", where=self.name, todo="fill in some of the yellow cells")
        for form in self.forms:
            number = sum(map(form.is_filled, form.rows))
            whose = f"a form that asks {quoted(form.form.actor)}, of {form.form.date or 'an unknown day'}"
            say_aside(f"{self.name}: {whose}: {number} of {count(len(form.rows), 'row')} filled in")
        for each in plan.refused:
            say_aside(f"not imported: {each.reason}")
        for each in (*plan.unread, *plan.remarks):
            say_aside(each.reason)
        plan.require(strict=self.strict)
        return plan

    def _write(self, path: Path, old: Document, plan: Plan, when: ask.When) -> Plan:
        """Write what was planned; if somebody has saved the file in the meantime, plan again for that."""

        def change(now: Document) -> Document:
            nonlocal plan
            if now.data != old.data:
                plan = self._plan(now, when)
            return now.with_more(recommendations=(), updates=plan.updates)

        store.change(path, change, waiting=say_waiting)
        return plan


def forms(path: str) -> tuple[Filled, ...]:
    """Return the forms in a file; none if it is another table, or cannot be read."""
    if path == "-" or not Path(path).is_file():
        return ()
    data = store.read(Path(path))
    if workbook.is_workbook(data):
        return filled.read(workbook.sheets(data, name=path))
    if Column.DONE.encode() not in data:
        return ()
    found = encodings.decoded(data, name=path)
    return filled.read([text.sheet(found.text, {*Column}.__contains__, name=path).sheet])


def _rows(plan: Plan) -> str:
    outcomes = {
        "with news": len(plan.imported),
        "unchanged": len(plan.unchanged),
        "not imported": plan.not_imported,
        "not filled in": len(plan.empty),
    }
    return f"rows: {', '.join(f'{number} {outcome}' for outcome, number in outcomes.items())}"
