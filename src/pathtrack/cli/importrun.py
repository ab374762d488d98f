"""A table on its way into a tracker, and what is said about it."""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import reduce
from pathlib import Path

from pathtrack.cli import changed, mistakes
from pathtrack.cli.screen import say, say_aside, say_waiting, slow_progress
from pathtrack.cli.tracker import begin
from pathtrack.errors import UsageError
from pathtrack.file import store
from pathtrack.file.document import Document
from pathtrack.file.keys import with_area
from pathtrack.intake import report
from pathtrack.intake.outcome import Plan
from pathtrack.intake.plan import Import, begun, planned
from pathtrack.intake.rules import Rules
from pathtrack.intake.table import Table
from pathtrack.text import quoted


@dataclass(frozen=True)
class ImportRun:
    """A table, how it is read, and the tracker it goes into; if `strict`, all of it or nothing.

    A `dry_run` tells all there is to tell. `areas` are new ones of the report.
    """

    table: Table
    rules: Rules
    path: Path
    strict: bool
    dry_run: bool
    json: bool
    areas: tuple[str, ...] = ()

    def start(self, title: str | None, publisher: str | None, notes: Callable[[], Iterable[str]]) -> None:
        """Add to the tracker, or create one with a report of that title and publisher.

        Of a dry run, the text that would be added comes first, on stdout, since it may be long; `notes` are
        said before the sum.
        """
        is_new = not os.path.lexists(self.path)
        if not is_new and (title or publisher):
            todo = "leave --title and --publisher out, or give another --file"
            raise UsageError("the tracker already has a report", where=str(self.path), todo=todo)
        data = begun(self.table, self.rules, title, publisher) if is_new else store.read(self.path)
        old = Document.read(data, name=str(self.path))
        with slow_progress("reading", len(self.table.rows)) as advance:
            found = planned(self._begun(old), self.table, self.rules, advance=advance)
        try:
            found.plan.require(strict=self.strict)
            new = self._written(found, is_new=is_new)
            if self.dry_run and not self.json:
                changed.show_text(("" if is_new else found.document.difference) + new.difference)
        finally:
            _note_all(self._said(found))
        if not self.dry_run:
            last = self._write(found, new, data, is_new=is_new)
            found, new = last, new if last is found else last.written()
        _note_all(notes())
        warnings = [*mistakes.lacking(new.tracker, len(found.plan.updates))]
        if self.json:
            written = not self.dry_run and bool(new.difference)
            changed.show_rows(found.document, new, found.plan, written=written, warnings=warnings)
        else:
            _note_all(f"warning: {each}" for each in warnings)
            self._sum_up(found.plan, is_new=is_new)

    def _written(self, found: Import, *, is_new: bool) -> Document:
        """Return the file with what is added; all of a new one is."""
        with slow_progress("writing", len(found.plan.recommendations) + len(found.plan.updates)) as advance:
            new = found.written(advance=advance)
        return replace(new, difference=new.data.decode()) if is_new else new

    def _said(self, found: Import) -> Iterator[str]:
        """Yield how the table is read, and what there is to say of its rows."""
        yield from report.understood(self.table, found.rules, whole=self.dry_run)
        yield from report.kept(self.table, self.rules, found.plan, whole=self.dry_run)
        yield from self._listed(found)

    def _begun(self, old: Document) -> Document:
        """Return the file with the new areas."""
        return reduce(with_area, self.areas, old)

    def _write(self, found: Import, new: Document, data: bytes, *, is_new: bool) -> Import:
        """Write what was planned; if somebody has saved the file in the meantime, plan again for that."""
        if is_new:
            begin(self.path, new.data)
        if is_new or not new.difference:
            return found
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
        is_own, unit = self.rules.shape is not None, self.table.grid.unit
        if is_own and self.table.grid.sheets:
            unit = f"sheet {quoted(self.table.grid.sheets[0])}, {unit}"
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
