"""The command that imports another body's table: import."""

import datetime as dt
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from pathtrack import git
from pathtrack.cli import inapplicable, options, returning, tables, typed
from pathtrack.cli.importrun import ImportRun
from pathtrack.cli.returning import Return
from pathtrack.cli.screen import hint
from pathtrack.cli.tables import Choice, Within
from pathtrack.cli.typed import Color
from pathtrack.file import store
from pathtrack.file.profiles import FILE_NAME, beside
from pathtrack.intake import columns
from pathtrack.intake.columns import Preset
from pathtrack.intake.dates import DateOrder
from pathtrack.intake.heads import Role
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
    typer.Option(
        "--default-area",
        metavar="AREA",
        help="The area of recommendations that have none (default: general, in a new tracker).",
    ),
]
NewAreas = Annotated[
    list[str] | None,
    typer.Option(
        "--add-area", metavar="AREA", help="An area that is added to those of the report; repeatable."
    ),
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
        help="The date of the judgements, where a row gives none (default: today, if there is no column of "
        "dates; a row without one makes no update).",
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
        callback=options.named,
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
Reason = Annotated[
    str | None,
    typer.Option(
        "--reason",
        metavar="TEXT",
        help="Why the changed rows of our own table of updates correct these, where a row does not say.",
    ),
]
SaveProfile = Annotated[
    str | None,
    typer.Option(
        "--save-profile",
        metavar="NAME",
        help=f"Keep the columns, words and date order in {FILE_NAME} beside the tracker, under any NAME, for "
        "the next table with this header.",
    ),
]
Strict = Annotated[
    bool, typer.Option("--strict", help="Import all rows or none: exit 2 if one cannot be imported.")
]


@app.command("import")
def import_(
    context: typer.Context,
    path: TablePath,
    *,
    column: Columns = None,
    preset: PresetChoice = None,
    scheme: SchemeChoice = None,
    mapped: Mapped = None,
    sheet: SheetName = None,
    header_row: HeaderRow = None,
    encoding: Encoding = None,
    default_area: DefaultArea = None,
    add_area: NewAreas = None,
    date: When = None,
    date_format: Order = None,
    by: By = None,
    title: Title = None,
    publisher: Publisher = None,
    reason: Reason = None,
    profile: SaveProfile = None,
    strict: Strict = False,
    dry_run: options.DryRun = False,
    file: options.File = None,
    json: options.Json = False,
    _color: options.ColorChoice = Color.AUTO,
) -> None:
    """Import recommendations and updates from a table: a workbook, CSV or JSON.

    They go into the tracker, or into a new one if there is none. Rows that cannot be imported are listed. A
    row that was imported before adds an update if it says something new; where it differs from what is asked
    for, that is reported and nothing is changed. A filled form of 'pathtrack ask' adds the answers in it.

    Example: pathtrack import open-recs.csv --preset gao --by GAO --file gao.toml
    """
    into, data = store.find(file) or Path(store.FILE_NAME), tables.content(path)
    back, given = returning.forms(path, data, encoding), inapplicable.given(context)
    inapplicable.refuse_of_file(given, data, is_form=back is not None, where=path)
    if back:
        Return(path, back, date, tuple(mapped or ()), date_format, strict, dry_run, json).start(into)
        return
    choice = Choice(columns.pairs(column or ()), tuple(mapped or ()), date_format)
    found, choice = tables.read(path, data, choice, beside(into), Within(sheet, header_row, encoding))
    taken, how = tables.understood(found, choice, preset, scheme, into)
    inapplicable.refuse_of_table(given, how, where=path)
    how = tables.completed(how, into, area=default_area, date=date, by=by or git.author(), reason=reason)
    run = ImportRun(taken, how, into, strict, dry_run, json, tuple(add_area or ()))
    run.start(title, publisher, partial(tables.notes, data, found, choice, how, into, sheet))
    tables.keep(None if dry_run else profile, choice, found.columns, how, beside(into))
    if not (dry_run or json):
        hint("check", "list", file=file)
