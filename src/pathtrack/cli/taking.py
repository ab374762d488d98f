"""A table on its way into a tracker: read, understood, told, written."""

import datetime as dt
import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path

import typer

from pathtrack.cli import typed
from pathtrack.cli.screen import note, say_that_it_waits, slow_progress
from pathtrack.cli.tracker import begin
from pathtrack.errors import FileError, UsageError
from pathtrack.file import store, toml
from pathtrack.file.document import Document
from pathtrack.intake import cells, columns, table
from pathtrack.intake import report as telling
from pathtrack.intake.cells import Vocabulary
from pathtrack.intake.columns import DateOrder, Preset, Role
from pathtrack.intake.plan import plan
from pathtrack.intake.rows import Rules
from pathtrack.intake.settling import Plan
from pathtrack.intake.table import Table
from pathtrack.record import crosswalk, objections
from pathtrack.record.crosswalk import Scheme
from pathtrack.record.model import Report, Tracker
from pathtrack.text import count, quoted, safe_line

_GAO = "U.S. Government Accountability Office"


def read(source: str, given: Mapping[Role, str]) -> Table:
    """Read the table in a file, or on stdin for `-`; `given` are columns that the user names."""
    if source != "-" and not os.path.lexists(source):
        raise FileError("no such file", where=source, todo="give the path of a CSV file, or - for stdin")
    data = sys.stdin.buffer.read() if source == "-" else store.read(Path(source))
    return table.read(data, lambda name: columns.is_known(name, given.values()), name=source)


def chosen(found: Table, given: Mapping[Role, str], preset: Preset | None) -> dict[Role, str]:
    """Say which column of a table gives what."""

    def looks(column: str, role: Role) -> bool:
        return cells.look_like(found.words(column), role)

    return columns.choose(found.columns, given, preset, looks=looks)


def orders(found: Table, columns: Mapping[Role, str]) -> dict[Role, tuple[DateOrder, str]]:
    """Say in which order the columns of dates have them, where their own dates show it."""
    shown = {role: cells.shown_order(found.words(columns.get(role))) for role in (Role.DATE, Role.DUE)}
    return {role: order for role, order in shown.items() if order}


def vocabulary(scheme: Scheme | None, given: Iterable[str]) -> Vocabulary:
    """Return how status words are read: ours, a body's, and those that the user maps."""
    meanings = crosswalk.known(scheme)
    for each in given:
        word, _, status = each.rpartition("=")
        if not word:
            raise UsageError(f"{quoted(each)} maps no word", todo='give such as "Behind schedule=stalled"')
        meanings[word] = typed.status(status.strip())
    return Vocabulary(meanings)


def recalling(rules: Rules, tracker: Tracker) -> Rules:
    """Return rules that also read the status words of a tracker's earlier imports."""
    known = crosswalk.remembered(each.source for each in tracker.recommendations)
    return replace(rules, words=rules.words.recalling(known))


def day_of_export(found: Table, preset: Preset | None) -> dt.date | None:
    """Return the day that an export of a known form states above its header."""
    return cells.date_above(cell for row in found.above for cell in row.cells) if preset else None


class Job:
    """A table, the rules by which it is read, and the tracker into which it goes."""

    def __init__(self, source: str, found: Table, rules: Rules, path: Path, *, strict: bool) -> None:
        """Take all or nothing where `strict` is set."""
        self._source, self._found, self._rules, self._path = source, found, rules, path
        self._strict = strict
        self._pair: tuple[Document, Document] | None = None
        self._made = Plan()

    def run(self, title: str | None, publisher: str | None, *, dry_run: bool) -> None:
        """Add to the tracker, or make a new one with a report of that title and publisher."""
        for line in telling.understood(self._found, self._rules, name=self._source):
            note(line)
        is_new = not os.path.lexists(self._path)
        if is_new:
            self._begin(self._report(title, publisher), dry_run=dry_run)
        elif title or publisher:
            todo = "leave --title and --publisher out, or give another --file"
            raise UsageError("the tracker has its report already", where=str(self._path), todo=todo)
        else:
            self._change(dry_run=dry_run)
        done = "would import" if dry_run else "imported"
        typer.echo(safe_line(f"{done} {telling.counted(self._made)}; into {self._path}"), err=dry_run)
        if is_new and not dry_run and (missing := telling.lacking(self._found, self._made)):
            todo = "to begin again, delete it and import a corrected table, or with the options above"
            note(f"warning: the new {self._path} lacks {missing}; {todo}")

    def _change(self, *, dry_run: bool) -> None:
        old = store.open_(self._path)
        new = self._grown(old)
        if dry_run:
            typer.echo(new.difference, nl=False)
        elif new.difference:
            store.change(self._path, self._grown, waiting=say_that_it_waits, opened=old)

    def _begin(self, report: Report, *, dry_run: bool) -> None:
        data = f"{toml.SCHEMA_LINE}\n{toml.block(report)}".encode()
        new = self._grown(Document.read(data, name=str(self._path)))
        if dry_run:
            typer.echo(new.data.decode(), nl=False)
        else:
            begin(self._path, new.data)

    def _grown(self, old: Document) -> Document:
        """Return a tracker's file with what the table adds; what stays out of it is told."""
        if self._pair is None or self._pair[0].data != old.data:
            rules = recalling(self._rules, old.tracker)
            with slow_progress("reading", len(self._found.rows)) as advance:
                self._made = plan(self._found, rules, old.tracker, advance=advance)
            for line in chain(telling.recalled(self._found, self._rules, rules), telling.listed(self._made)):
                note(line)
            self._require_some()
            new, updates = self._made.recommendations, self._made.updates
            with slow_progress("writing", len(new) + len(updates)) as advance:
                self._pair = old, old.with_more(recommendations=new, updates=updates, advance=advance)
        return self._pair[1]

    def _require_some(self) -> None:
        refused = self._made.not_taken
        if self._strict and refused:
            todo = "correct them, or leave --strict out to import the others"
            raise UsageError(f"{count(refused, 'row')} cannot be taken, so nothing was written", todo=todo)
        if not (self._made.taken or self._made.unchanged):
            todo = "see the reasons above" if refused else "give a table with rows"
            raise UsageError("no row can be taken, so nothing was written", todo=todo)

    def _report(self, title: str | None, publisher: str | None) -> Report:
        """Return the report of a new tracker: named by the user, by the whole table, or by its file."""
        names = self._found.words(self._rules.columns.get(Role.REPORT))
        stem = "" if self._source == "-" else Path(self._source).stem
        found = title or (names[0] if len(names) == 1 else stem)
        if not found:
            raise UsageError("a new tracker needs the title of its report", todo="give --title TEXT")
        body = publisher or (_GAO if self._rules.preset else None)
        return objections.build(Report, {"title": found, "publisher": body})
