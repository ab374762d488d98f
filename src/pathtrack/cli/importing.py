"""The command that imports another body's table: import."""

import datetime as dt
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from pathtrack import git, sheet
from pathtrack.cli import options, typed
from pathtrack.cli.importrun import ImportRun
from pathtrack.cli.screen import hint
from pathtrack.cli.typed import Color
from pathtrack.errors import FileError
from pathtrack.file import store
from pathtrack.intake import columns, rules, sections, table
from pathtrack.intake.columns import DateOrder, Preset
from pathtrack.intake.heads import Role
from pathtrack.intake.rules import Rules
from pathtrack.intake.table import Table
from pathtrack.record.crosswalk import Scheme
from pathtrack.record.status import parse_word

app = typer.Typer(rich_markup_mode=None)


TablePath = Annotated[
    str,
    typer.Argument(
        metavar="FILE", help="A workbook, a CSV file or a list in JSON; - for stdin.", show_default=False
    ),
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
SheetName = Annotated[
    str | None,
    typer.Option(
        "--sheet",
        metavar="NAME",
        help="The sheet of a workbook, by name or number (default: the first with columns that are known).",
    ),
]
HeaderRow = Annotated[
    int | None,
    typer.Option(
        "--header-row",
        min=1,
        metavar="N",
        help="The row with the names of the columns, where a guess is wrong.",
    ),
]
Encoding = Annotated[
    str | None,
    typer.Option(
        "--encoding",
        metavar="NAME",
        help="The encoding of a CSV file, such as cp949, cp1250 or mac_roman, where it cannot be told.",
    ),
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
    sheet_name: SheetName = None,
    header_row: HeaderRow = None,
    encoding: Encoding = None,
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
    """Import recommendations and updates from a table: a workbook, CSV or JSON.

    They go into the tracker, or into a new one if there is none.

    Rows that cannot be imported are listed with their lines on stderr; the others are imported. A row that
    was imported before adds nothing; if it says something new, it adds an update. Where a row differs from
    an existing recommendation, the difference is reported and nothing is changed.

    Example: pathtrack import open-recs.csv --preset gao --by GAO --file gao.toml
    """
    given = columns.pairs(column or ())
    found = _read(path, given, sheet=sheet_name, header_row=header_row, encoding=encoding)
    shape = None if preset else sheet.shape(found.columns)
    found, chosen = sections.taken(found, rules.chosen(found, given, preset, shape))
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
    run = ImportRun(found, how, store.find(file) or Path(store.FILE_NAME), strict)
    run.start(title, publisher, dry_run=dry_run)
    if not dry_run:
        hint("check", "list", file=file)


def _read(
    path: str, given: Mapping[Role, str], *, sheet: str | None, header_row: int | None, encoding: str | None
) -> Table:
    """Return the table in a file, or on stdin for `-`; `given` are columns that the user names."""
    if path != "-" and not os.path.lexists(path):
        raise FileError("no such file", where=path, todo="give the path of a table, or - for stdin")
    data = store.stdin() if path == "-" else store.read(Path(path))
    return table.read(
        data,
        lambda name: columns.is_name(name, given.values()),
        name=path,
        sheet=sheet,
        header_row=header_row,
        encoding=encoding,
    )
