"""The command that imports another body's table: import."""

import datetime as dt
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from pathtrack import git, sheet
from pathtrack.cli import options, returning, typed
from pathtrack.cli.returning import Return
from pathtrack.cli.screen import hint, say, say_aside, say_waiting, slow_progress
from pathtrack.cli.tracker import begin, writable
from pathtrack.cli.typed import Color
from pathtrack.errors import FileError, UsageError
from pathtrack.file import store
from pathtrack.file.document import Document
from pathtrack.intake import columns, report, rules, table
from pathtrack.intake.columns import DateOrder, Preset, Role
from pathtrack.intake.plan import Import, Plan, begun, planned
from pathtrack.intake.rules import Rules
from pathtrack.intake.table import Table
from pathtrack.record.crosswalk import Scheme
from pathtrack.record.status import parse_word

app = typer.Typer(rich_markup_mode=None)


TablePath = Annotated[
    str, typer.Argument(metavar="FILE", help="A CSV file, or - for stdin.", show_default=False)
]
Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--column",
        metavar="WHAT=COLUMN",
        help=f"The column that gives WHAT, instead of a guess; WHAT is {', '.join(Role)}. Repeatable; "
        "leave COLUMN empty for no column.",
    ),
]
PresetChoice = Annotated[
    Preset | None,
    typer.Option(
        "--preset",
        metavar="BODY",
        parser=lambda text: parse_word(text, Preset, "preset"),
        help="gao: GAO's export of open recommendations. Ids consist of publication and number, updates "
        "have the date that the export states, and a row without a topic has its publication as its area.",
    ),
]
SchemeChoice = Annotated[
    Scheme | None,
    typer.Option(
        "--scheme",
        metavar="SCHEME",
        parser=typed.scheme,
        help="Whose status words the table uses: gao, csc or ogp; see 'pathtrack statuses'. A word that "
        "fits several of our statuses becomes the weakest claim; GAO's Open becomes no status.",
    ),
]
Mapped = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="WORD=STATUS",
        help='What a word means, such as "Behind schedule=stalled" or "Yes, but=accepted-in-part"; '
        "repeatable. Not needed for a word that earlier imports into the tracker mapped to one status.",
    ),
]
DefaultArea = Annotated[
    str | None,
    typer.Option("--default-area", metavar="AREA", help="The area of recommendations that have none."),
]
When = Annotated[
    dt.date | None,
    typer.Option(
        "--date",
        metavar="DATE",
        parser=typed.day,
        help="The date of the judgements, where no column gives one. Without a date no update is made.",
    ),
]
Order = Annotated[
    DateOrder | None,
    typer.Option(
        "--date-format",
        metavar="ORDER",
        parser=lambda text: parse_word(text, DateOrder, "date order"),
        help="How to read 03/04/2024: dmy or mdy. Not needed for 2024-04-03, 3 April 2024 and 3-Apr-2024, "
        "nor where other dates of the column, such as 31/12/2024, all show the same order.",
    ),
]
By = Annotated[
    str | None,
    typer.Option(
        "--by",
        metavar="NAME",
        help="Who judged, best the body that made the table, so that its judgements and yours stay separate "
        "(default: as in 'pathtrack update').",
    ),
]
Title = Annotated[
    str | None,
    typer.Option(
        "--title",
        metavar="TEXT",
        help="The report's title, for a new tracker (default: from the table or its file name).",
    ),
]
Publisher = Annotated[
    str | None, typer.Option("--publisher", metavar="TEXT", help="The report's publisher, for a new tracker.")
]
Strict = Annotated[
    bool, typer.Option("--strict", help="Import all rows or none: exit 2 if one cannot be imported.")
]


@app.command("import")
def import_(
    path: TablePath,
    *,
    column: Columns = None,
    preset: PresetChoice = None,
    scheme: SchemeChoice = None,
    mapped: Mapped = None,
    default_area: DefaultArea = None,
    date: When = None,
    date_format: Order = None,
    by: By = None,
    title: Title = None,
    publisher: Publisher = None,
    strict: Strict = False,
    dry_run: options.DryRun = False,
    file: options.File = None,
    _color: options.ColorChoice = Color.AUTO,
) -> None:
    """Import recommendations and updates from a CSV file.

    They go into the tracker, or into a new one if there is none. Rows that cannot be imported are listed. A
    row that was imported before adds an update if it says something new; where it differs from what is asked
    for, that is reported and nothing is changed. A filled form of 'pathtrack ask' adds the answers in it.

    Example: pathtrack import open-recs.csv --preset gao --by GAO --file gao.toml
    """
    if forms := returning.forms(path):
        back = Return(path, forms, date or typed.today(), rules.answers_of(mapped or ()), strict)
        back.start(writable(file), dry_run=dry_run)
        return
    found = _read(path, given := columns.pairs(column or ()))
    shape = None if preset else sheet.shape(found.columns)
    chosen = rules.chosen(found, given, preset, shape)
    how = Rules(
        columns=chosen,
        vocabulary=rules.vocabulary(scheme or (Scheme.GAO if preset else None), mapped or ()),
        by=by or git.author(),
        recorded=dt.datetime.now().astimezone(),
        area=default_area,
        date=date or rules.day_of_export(found, preset) or (typed.today() if shape else None),
        order=date_format,
        orders={} if date_format else rules.orders(found, chosen, shape),
        preset=preset,
        shape=shape,
        answers=rules.answers_of(mapped or ()),
    )
    path_ = store.find(file) or Path(store.FILE_NAME)
    ImportRun(found, how, path_, strict).start(title, publisher, dry_run=dry_run)
    if not dry_run:
        hint("check", "list", file=file)


def _read(path: str, given: Mapping[Role, str]) -> Table:
    """Return the table in a file, or on stdin for `-`; `given` are columns that the user names."""
    if path != "-" and not os.path.lexists(path):
        raise FileError("no such file", where=path, todo="give the path of a CSV file, or - for stdin")
    data = store.stdin() if path == "-" else store.read(Path(path))
    return table.read(data, lambda name: columns.is_name(name, given.values()), name=path)


@dataclass(frozen=True)
class ImportRun:
    """A table, how it is read, and the tracker it goes into; if `strict`, all of it or nothing."""

    table: Table
    rules: Rules
    path: Path
    strict: bool

    def start(self, title: str | None, publisher: str | None, *, dry_run: bool) -> None:
        """Add to the tracker, or create one with a report of that title and publisher."""
        words = self.table.values(self.rules.columns.get(Role.STATUS))
        _note_all(report.understood(self.table, self.rules, words))
        is_new = not os.path.lexists(self.path)
        if not is_new and (title or publisher):
            todo = "leave --title and --publisher out, or give another --file"
            raise UsageError("the tracker already has a report", where=str(self.path), todo=todo)
        data = begun(self.table, self.rules, title, publisher) if is_new else store.read(self.path)
        old = Document.read(data, name=str(self.path))
        with slow_progress("reading", len(self.table.rows)) as advance:
            found = planned(old, self.table, self.rules, advance=advance)
        _note_all(report.recalled(words, self.rules.vocabulary, found.rules.vocabulary))
        _note_all(report.listed(found.plan))
        found.plan.require(strict=self.strict)
        with slow_progress("writing", len(found.plan.recommendations) + len(found.plan.updates)) as advance:
            new = found.written(advance=advance)
        if dry_run:
            typer.echo(new.data.decode() if is_new else new.difference, nl=False)
        elif is_new:
            begin(self.path, new.data)
        elif new.difference:
            found = self._write(found, new)
        self._sum_up(found.plan, is_new=is_new, dry_run=dry_run)

    def _write(self, found: Import, new: Document) -> Import:
        """Write what was planned; if somebody has saved the file in the meantime, plan again for that."""
        last = found

        def change(now: Document) -> Document:
            nonlocal last, new
            if now.data != last.document.data:
                last = planned(now, self.table, self.rules)
                last.plan.require(strict=self.strict)
                new = last.written()
            return new

        store.change(self.path, change, waiting=say_waiting)
        if (lines := [*report.listed(last.plan)]) != [*report.listed(found.plan)]:
            _note_all(lines)
        return last

    def _sum_up(self, plan: Plan, *, is_new: bool, dry_run: bool) -> None:
        done = "would import" if dry_run else "imported"
        print_line = say_aside if dry_run else say
        print_line(f"{done} {report.counted(plan)}; into {self.path}")
        if is_new and not dry_run and (missing := report.missing(self.table, plan)):
            todo = "to start over, delete it and import a corrected table, or use the options above"
            say_aside(f"warning: the new {self.path} lacks {missing}; {todo}")


def _note_all(lines: Iterable[str]) -> None:
    for line in lines:
        say_aside(line)
