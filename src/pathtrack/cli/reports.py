"""The commands that follow the record over time and publish it: timeline, changes, export, schema."""

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from pathtrack import export
from pathtrack.cli import options, typed
from pathtrack.cli.screen import Screen, say_aside, slow_progress
from pathtrack.cli.tracker import load, opened, seen
from pathtrack.cli.typed import Color
from pathtrack.errors import UsageError
from pathtrack.export import Format, Period, Rows
from pathtrack.file import store
from pathtrack.record import filters
from pathtrack.record.crosswalk import Scheme

app = typer.Typer(rich_markup_mode=None)

Since = Annotated[
    dt.date | None, typer.Option("--since", metavar="DATE", parser=typed.first_day, help="From this day on.")
]
Until = Annotated[
    dt.date | None, typer.Option("--until", metavar="DATE", parser=typed.last_day, help="Up to this day.")
]
RecordedSince = Annotated[
    dt.date | None,
    typer.Option(
        "--recorded-since",
        metavar="DATE",
        parser=typed.first_day,
        help="From DATE on, by the day it was typed in.",
    ),
]
Target = Annotated[
    Path | None,
    typer.Argument(
        metavar="PATH", help="A file, or a folder for all formats (default: stdout).", show_default=False
    ),
]
FormatChoice = Annotated[
    str | None,
    typer.Option("--format", metavar="LIST", help="markdown, html, json or csv; a folder takes several."),
]
RowsChoice = Annotated[
    Rows,
    typer.Option("--rows", metavar="WHAT", parser=typed.rows, help="CSV rows: recommendations or updates."),
]
Bom = Annotated[bool, typer.Option("--bom", help="Begin CSV with a byte order mark, for old Excel.")]
ExportSchema = Annotated[bool, typer.Option("--export", help="Print the schema of JSON exports instead.")]

SchemeChoice = Annotated[
    Scheme | None,
    typer.Option(
        "--scheme",
        metavar="SCHEME",
        parser=typed.scheme,
        help="Show the status words of gao, csc or ogp beside ours, and say what they lose; in CSV, put them "
        "into the column Status. JSON keeps ours.",
    ),
]


@app.command()
def timeline(
    *,
    since: Since = None,
    until: Until = None,
    area: options.Areas = None,
    as_of: options.AsOf = None,
    known_by: options.KnownBy = None,
    by: options.By = None,
    file: options.File = None,
    json: options.Json = False,
    color: options.ColorChoice = Color.AUTO,
) -> None:
    """Show what happened, in chronological order.

    Example: pathtrack timeline --since 2025-01-01 --area defense
    """
    path, tracker = load(file)
    areas = typed.choose(area, tracker.areas, "area")
    view = seen(tracker, as_of=as_of, known_by=known_by, by=by, only=filters.Filters(areas=areas).concern)
    updates = view.between(since, until)
    Screen(color, json=json).show(
        lambda form: form.timeline(view, updates), "timeline", file=path, as_of=view.as_of
    )


@app.command()
def changes(
    *,
    since: Since = None,
    recorded_since: RecordedSince = None,
    until: Until = None,
    as_of: options.AsOf = None,
    known_by: options.KnownBy = None,
    by: options.By = None,
    file: options.File = None,
    json: options.Json = False,
    color: options.ColorChoice = Color.AUTO,
) -> None:
    """Show what changed in a period, and what was corrected.

    It says from which status to which, why, and on what evidence. In a pipe it prints text for an email.

    Example: pathtrack changes --since "3 months ago"
    """
    if bool(since) == bool(recorded_since):
        raise UsageError("one date is needed", todo="give --since DATE or --recorded-since DATE")
    path, tracker = load(file)
    view = seen(tracker, as_of=as_of, known_by=known_by, by=by)
    start = since or recorded_since or view.as_of
    found = view.changes(since=start, until=until, recorded=bool(recorded_since))
    Screen(color, json=json).show(lambda form: form.changes(found), "changes", file=path, as_of=view.as_of)


@app.command("export")
def export_(
    path: Target = None,
    *,
    format_: FormatChoice = None,
    since: Since = None,
    recorded_since: RecordedSince = None,
    until: Until = None,
    rows: RowsChoice = Rows.RECOMMENDATIONS,
    bom: Bom = False,
    scheme: SchemeChoice = None,
    as_of: options.AsOf = None,
    known_by: options.KnownBy = None,
    by: options.By = None,
    shipped: options.Shipped = False,
    file: options.File = None,
    _color: options.ColorChoice = Color.AUTO,
) -> None:
    """Write a status report, or a folder of them.

    The end of the path gives the format: .md, .html, .json or .csv. With --since or --recorded-since, the
    report begins with what changed.

    Example: pathtrack export status.md --since 2025-01-01
    """
    source_path, tracker = opened(file, shipped=shipped)
    view, formats = seen(tracker, as_of=as_of, known_by=known_by, by=by), typed.formats(format_)
    if since and recorded_since:
        raise UsageError("--since and --recorded-since exclude each other", todo="give one of them")
    if until and not (since or recorded_since):
        todo = "give --since too; to see how things stood on a day, use --as-of"
        raise UsageError("--until ends what --since begins", todo=todo)

    def text(chosen: Format, rows: Rows) -> str:
        period = Period(since, until, recorded_since)
        return export.render(view, chosen, period=period, rows=rows, bom=bom, scheme=scheme)

    path = None if path == Path("-") else path
    if path is not None and _is_folder(path):
        _write_folder(path, formats, text, tracker=source_path)
        return
    if len(formats) > 1:
        raise UsageError("several formats need a folder", todo="give a path such as site/")
    chosen = formats[0] if formats else export.format_of(path)
    if path is None:
        typer.echo(text(chosen, rows).encode(), nl=False)
    else:
        store.replace_report(path, text(chosen, rows), tracker=source_path)
        say_aside(f"wrote {path}")


@app.command()
def schema(
    *,
    exports: ExportSchema = False,
    _color: options.ColorChoice = Color.AUTO,
) -> None:
    """Print the JSON Schema of the file.

    With --export, that of its JSON exports.

    Example: pathtrack schema --export
    """
    from pathtrack.export import data  # noqa: PLC0415 few need it

    typer.echo((data.export_schema() if exports else data.file_schema()).encode(), nl=False)


def _is_folder(path: Path) -> bool:
    """Return whether a path means a folder: an existing one, or an unused name without a suffix."""
    return path.is_dir() or (path.suffix == "" and not os.path.lexists(path))


def _write_folder(
    folder: Path, formats: tuple[Format, ...], text: Callable[[Format, Rows], str], *, tracker: Path | None
) -> None:
    store.make_folder(folder)
    files = export.site(formats)
    for name in files:
        store.refuse_tracker(folder / name, tracker)
    with slow_progress("writing", len(files)) as advance:
        for name, (chosen, rows) in files.items():
            store.replace_report(folder / name, text(chosen, rows))
            advance()
    say_aside(f"wrote {', '.join(files)} in {folder}")
