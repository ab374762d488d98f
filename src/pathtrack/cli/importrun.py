"""A table on its way into a tracker, and what is said about it."""

import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce
from pathlib import Path

import typer

from pathtrack.cli import changed
from pathtrack.cli.screen import say, say_aside, say_waiting, slow_progress
from pathtrack.cli.tracker import begin
from pathtrack.errors import UsageError
from pathtrack.file import store
from pathtrack.file.document import Document
from pathtrack.file.keys import with_area
from pathtrack.intake import report
from pathtrack.intake.heads import Role
from pathtrack.intake.outcome import Plan
from pathtrack.intake.plan import Import, begun, planned
from pathtrack.intake.rules import Rules
from pathtrack.intake.table import Table
from pathtrack.text import quoted


@dataclass(frozen=True)
class ImportRun:
    """A table, how it is read, and the tracker it goes into; if `strict`, all of it or nothing.

    `is_dated` is whether the user has given the day of the updates; a `dry_run` tells all there is to tell.
    `areas` are new ones of the report.
    """

    table: Table
    rules: Rules
    path: Path
    strict: bool
    is_dated: bool
    dry_run: bool
    json: bool
    areas: tuple[str, ...] = ()

    def start(self, title: str | None, publisher: str | None) -> None:
        """Add to the tracker, or create one with a report of that title and publisher."""
        words = self.table.values(self.rules.columns.get(Role.STATUS))
        _note_all(
            report.understood(self.table, self.rules, words, whole=self.dry_run, is_dated=self.is_dated)
        )
        is_new = not os.path.lexists(self.path)
        if not is_new and (title or publisher):
            todo = "leave --title and --publisher out, or give another --file"
            raise UsageError("the tracker already has a report", where=str(self.path), todo=todo)
        data = begun(self.table, self.rules, title, publisher) if is_new else store.read(self.path)
        old = Document.read(data, name=str(self.path))
        with slow_progress("reading", len(self.table.rows)) as advance:
            found = planned(self._begun(old), self.table, self.rules, advance=advance)
        _note_all(report.recalled(words, self.rules.vocabulary, found.rules.vocabulary, whole=self.dry_run))
        _note_all(report.kept(self.table, self.rules, found.plan, whole=self.dry_run))
        _note_all(self._listed(found))
        found.plan.require(strict=self.strict)
        with slow_progress("writing", len(found.plan.recommendations) + len(found.plan.updates)) as advance:
            new = found.written(advance=advance)
        if is_new:
            new = replace(new, difference=new.data.decode())
        if self.dry_run:
            areas = "" if is_new else found.document.difference
            typer.echo("" if self.json else areas + new.difference, nl=False)
        elif is_new:
            begin(self.path, new.data)
        elif new.difference:
            found = self._write(found, new, data)
        if self.json:
            new = new if is_new else found.written()
            changed.show_rows(
                found.document, new, found.plan, written=not self.dry_run and bool(new.difference)
            )
        else:
            self._sum_up(found.plan, is_new=is_new)

    def _begun(self, old: Document) -> Document:
        """Return the file with the new areas."""
        return reduce(with_area, self.areas, old)

    def _write(self, found: Import, new: Document, data: bytes) -> Import:
        """Write what was planned; if somebody has saved the file in the meantime, plan again for that."""
        last = found

        def change(now: Document) -> Document:
            nonlocal last, new, data
            if now.data != data:
                data, last = now.data, planned(self._begun(now), self.table, self.rules)
                last.plan.require(strict=self.strict)
                new = last.written()
            return new

        store.change(self.path, change, waiting=say_waiting)
        if (lines := self._listed(last)) != self._listed(found):
            _note_all(lines)
        return last

    def _listed(self, found: Import) -> list[str]:
        is_own, unit = self.rules.shape is not None, self.table.unit
        if is_own and self.table.sheets:
            unit = f"sheet {quoted(self.table.sheets[0])}, {unit}"
        return [*report.listed(found.plan, unit, whole=self.dry_run or is_own)]

    def _sum_up(self, plan: Plan, *, is_new: bool) -> None:
        done = "would import" if self.dry_run else "imported"
        print_line = say_aside if self.dry_run else say
        print_line(f"{done} {report.counted(plan)}; into {self.path}")
        if is_new and not self.dry_run and (missing := report.missing(self.table, plan)):
            todo = "to start over, delete it and import a corrected table, or use the options above"
            say_aside(f"warning: the new {self.path} lacks {missing}; {todo}")
        steps = report.advice(self.table, self.rules, plan)
        if steps:
            say_aside("to do, and then import again:")
            _note_all(f"{number}. {step}" for number, step in enumerate(steps, start=1))


def _note_all(lines: Iterable[str]) -> None:
    for line in lines:
        say_aside(line)
