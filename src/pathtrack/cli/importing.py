"""The command that takes in another body's table: import."""

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from pathtrack import git
from pathtrack.cli import options, typed
from pathtrack.cli.screen import hint
from pathtrack.cli.typed import Color
from pathtrack.file import store
from pathtrack.intake import columns
from pathtrack.intake.columns import DateOrder, Preset, Role
from pathtrack.record.crosswalk import Scheme
from pathtrack.record.status import named

app = typer.Typer(rich_markup_mode=None)


def _preset(text: str) -> Preset:
    return named(text, Preset, "preset")


def _order(text: str) -> DateOrder:
    return named(text, DateOrder, "order of a date")


Source = Annotated[
    str, typer.Argument(metavar="FILE", help="A CSV file; - reads it from stdin.", show_default=False)
]
Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--column",
        metavar="WHAT=COLUMN",
        help=f"Which column gives what, instead of a guess; WHAT is {', '.join(Role)}. Repeatable; "
        "nothing behind the sign means no column.",
    ),
]
PresetChoice = Annotated[
    Preset | None,
    typer.Option(
        "--preset",
        metavar="BODY",
        parser=_preset,
        help="gao: GAO's export of open recommendations. Ids are made of publication and number, updates "
        "get the day that the export states, and a row without a topic its publication as area.",
    ),
]
SchemeChoice = Annotated[
    Scheme | None,
    typer.Option(
        "--scheme",
        metavar="SCHEME",
        parser=typed.scheme,
        help="Whose status words the table has: gao, csc or ogp; see 'pathtrack statuses'. A word that may "
        "be several of ours becomes the weakest claim; GAO's Open becomes no status.",
    ),
]
Words = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="WORD=STATUS",
        help='What a word means, as in "Behind schedule=stalled"; repeatable. A word that the tracker '
        "remembers as taken for one status needs none.",
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
        help="The day of the judgements, where no column gives one. Without a date no update is made.",
    ),
]
Order = Annotated[
    DateOrder | None,
    typer.Option(
        "--date-format",
        metavar="ORDER",
        parser=_order,
        help="How to read 03/04/2024: dmy or mdy. 2024-04-03, 3 April 2024 and 3-Apr-2024 need none, "
        "nor does a column where a date such as 31/12/2024 shows the order, and none the other.",
    ),
]
By = Annotated[
    str | None,
    typer.Option(
        "--by",
        metavar="NAME",
        help="Who judged, best the body that made the table, so that its words and yours stay apart; else "
        "as in 'pathtrack update'.",
    ),
]
Title = Annotated[
    str | None,
    typer.Option(
        "--title", metavar="TEXT", help="The report's title, for a new tracker; else the table's or file's."
    ),
]
Publisher = Annotated[
    str | None, typer.Option("--publisher", metavar="TEXT", help="Who published it, for a new tracker.")
]
Strict = Annotated[
    bool, typer.Option("--strict", help="Take all rows or none: exit 2 if one cannot be taken.")
]


@app.command("import")
def import_(
    source: Source,
    *,
    column: Columns = None,
    preset: PresetChoice = None,
    scheme: SchemeChoice = None,
    words: Words = None,
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
    """Take in somebody else's table.

    Into a tracker, or into a new one.

    Rows that cannot be taken are listed with their lines on stderr, the others are imported. A row that
    was imported before adds nothing; if it says something new, it adds an update. What it asks for
    otherwise than the tracker is told and not changed.

    Example: pathtrack import open-recs.csv --preset gao --by GAO --file gao.toml
    """
    from pathtrack.cli import taking  # noqa: PLC0415 no other command needs what these load
    from pathtrack.intake.rows import Rules  # noqa: PLC0415

    given = columns.pairs(column or ())
    found = taking.read(source, given)
    chosen = taking.chosen(found, given, preset)
    rules = Rules(
        columns=chosen,
        words=taking.vocabulary(scheme or (Scheme.GAO if preset else None), words or ()),
        by=by or git.author(),
        recorded=dt.datetime.now(dt.UTC),
        area=default_area,
        date=date or taking.day_of_export(found, preset),
        order=date_format,
        orders={} if date_format else taking.orders(found, chosen),
        preset=preset,
    )
    job = taking.Job(source, found, rules, store.find(file) or Path(store.FILE_NAME), strict=strict)
    job.run(title, publisher, dry_run=dry_run)
    if not dry_run:
        hint("check", "list", file=file)
