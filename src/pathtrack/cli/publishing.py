"""The commands that publish a tracker, and what programs need: export, schema and guide."""

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from pathtrack import export
from pathtrack.cli import changed, choosing, options, reportfiles, reports, together, typed
from pathtrack.cli.typed import Color
from pathtrack.errors import UsageError
from pathtrack.export import Choices, Format, Period, Rows
from pathtrack.record.crosswalk import Scheme

app = typer.Typer(rich_markup_mode=None)
Formats = tuple[Format, ...]

Target = Annotated[
    Path | None,
    typer.Argument(
        metavar="PATH",
        parser=typed.target,
        help="A file, or a folder for all formats (default: stdout).",
        show_default=False,
    ),
]
FormatChoice = Annotated[
    str | None, typer.Option("--format", metavar="LIST", help=f"{', '.join(Format)}; a folder takes several.")
]
RowsChoice = Annotated[
    Rows,
    typer.Option(
        "--rows",
        metavar="WHAT",
        parser=typed.word(Rows, "kind of row"),
        help="CSV rows: recommendations or updates.",
    ),
]
Review = Annotated[
    int | None,
    typer.Option(
        "--review",
        metavar="DAYS",
        parser=typed.days,
        help="In a calendar, also when DAYS have passed since a judgement.",
    ),
]
Bom = Annotated[
    bool, typer.Option("--bom", help="Begin CSV with a byte order mark, for older versions of Excel.")
]
ExportSchema = Annotated[bool, typer.Option("--export", help="Print the schema of JSON exports instead.")]

SchemeChoice = Annotated[
    Scheme | None,
    typer.Option(
        "--scheme",
        metavar="SCHEME",
        parser=typed.scheme,
        help="Show the status words of gao, csc or ogp beside ours, and say what they lose; in tables, csc "
        "and ogp add a column, and gao writes GAO's own table. JSON keeps ours.",
    ),
]
Index = Annotated[
    bool, typer.Option("--index", help="Write the reports of several trackers below PATH, and a front page.")
]
Brief = Annotated[
    bool, typer.Option("--brief", help="Two pages for a board: counts, what changed, what is late or next.")
]
Reference = Annotated[
    Path | None,
    typer.Option(
        "--reference-doc", metavar="PATH", help="A Word document from which .docx takes its styles."
    ),
]


@app.command("export")
@options.grouped
def export_(
    path: Target = None,
    files: options.Files = None,
    *,
    index: Index = False,
    format_: FormatChoice = None,
    since: reports.Since = None,
    recorded_since: reports.RecordedSince = None,
    until: reports.Until = None,
    rows: RowsChoice = Rows.RECOMMENDATIONS,
    bom: Bom = False,
    scheme: SchemeChoice = None,
    review: Review = None,
    brief: Brief = False,
    reference_doc: Reference = None,
    wanted: choosing.Chosen,
    look: options.Look,
    shipped: options.Shipped = False,
    file: options.File = None,
    json: options.Json = False,
    _color: options.ColorChoice = Color.AUTO,
) -> None:
    """Write a status report, or a folder of them.

    The end of the path gives the format: .md, .html, .json, .csv, .xlsx or .docx (which needs pandoc); .xml
    is a feed, .ics a calendar, .ris the sources. With --since or --recorded-since, the report begins with
    what changed. The options that choose recommendations are those of list.

    Example: pathtrack export status.md --since 2025-01-01
    """
    if json and path in {None, Path("-")}:
        raise UsageError(
            "--json lists the files that are written", todo="give a path, or --format json alone"
        )
    trackers = together.opened(files, file, shipped=shipped)
    found = trackers.seen(look, wanted.filters(trackers.known), parts=wanted.parts)
    chosen: Choices = {"period": _period(since, until, recorded_since, as_of=found.as_of), "rows": rows}
    chosen |= {"bom": bom, "scheme": scheme, "review": review, "brief": brief}
    report = reportfiles.Reports(found, chosen, reference_doc, json)
    written = reportfiles.write(report, path, typed.formats(format_), index=index)
    if json:
        from pathtrack.show.json import absolute  # noqa: PLC0415 only programs need it

        source, *others = found.views
        about = Path(source) if source and not others else None
        changed.emit("export", about, {"files": [*map(absolute, written)]}, as_of=found.as_of)


@app.command()
def schema(*, exports: ExportSchema = False, _color: options.ColorChoice = Color.AUTO) -> None:
    """Print the JSON Schema of the file.

    With --export, that of its JSON exports.

    Example: pathtrack schema --export
    """
    from pathtrack.export import data  # noqa: PLC0415 few need it

    typer.echo((data.export_schema() if exports else data.file_schema()).encode(), nl=False)


@app.command()
def guide(*, _color: options.ColorChoice = Color.AUTO) -> None:
    """Print what a program needs to know to use this one.

    It is one page: the rules, the statuses, the commands with the keys of their JSON, and the exit codes.

    Example: pathtrack guide
    """
    typer.echo(export.guide().encode(), nl=False)


def _period(
    since: dt.date | None, until: dt.date | None, recorded_since: dt.date | None, *, as_of: dt.date
) -> Period:
    if since and recorded_since:
        raise UsageError("--since and --recorded-since cannot be combined", todo="give one of them")
    if until and not (since or recorded_since):
        todo = "give --since too; to see how things stood on a day, use --as-of"
        raise UsageError("--until ends what --since begins", todo=todo)
    reports.require_order(since or recorded_since, until, as_of=as_of)
    return Period(since, until, recorded_since)
