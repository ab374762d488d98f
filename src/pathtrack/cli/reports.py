"""The commands that follow the record over time and publish it: timeline, changes, export, schema."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from pathtrack import export, options, values
from pathtrack.cli import source
from pathtrack.cli.modules import filters, payload, store, tables, views
from pathtrack.cli.root import app
from pathtrack.cli.screen import Screen, note, slow_progress, tabbed
from pathtrack.crosswalk import Scheme
from pathtrack.errors import UsageError
from pathtrack.export import Format, Rows
from pathtrack.values import Color

SchemeChoice = Annotated[
    Scheme | None,
    typer.Option(
        "--scheme",
        metavar="SCHEME",
        parser=values.scheme,
        help="Show the status words of gao, csc or ogp beside ours, and say what they lose; in CSV, put them "
        "into the column Status. JSON keeps ours.",
    ),
]


@app.command()
def timeline(
    *,
    since: options.Since = None,
    until: options.Until = None,
    area: options.Areas = None,
    as_of: options.AsOf = None,
    by: options.By = None,
    file: options.File = None,
    json: options.Json = False,
    color: options.ColorChoice = Color.AUTO,
) -> None:
    """Show what happened, in order of time.

    Example: pathtrack timeline --since 2025-01-01 --area defense
    """
    path, tracker = source.load(file)
    areas = values.choose(area, tracker.areas, "area")
    view = source.view(tracker, as_of, by, filters.Filters(areas=areas).concern)
    updates = view.between(since, until)
    Screen(color, json=json).emit(
        payload=lambda: payload.envelope(
            "timeline", file=path, as_of=view.as_of, content=payload.recorded(updates)
        ),
        plain=lambda: tabbed(views.timeline_rows(updates)),
        drawn=lambda width: tables.timeline(view, updates, width=width),
    )


@app.command()
def changes(
    *,
    since: options.ChangedSince = None,
    recorded_since: options.RecordedSince = None,
    as_of: options.AsOf = None,
    by: options.By = None,
    file: options.File = None,
    json: options.Json = False,
    color: options.ColorChoice = Color.AUTO,
) -> None:
    """Show what changed after a date.

    From which status to which, and on how much evidence.

    Example: pathtrack changes --since "3 months ago"
    """
    start = since or recorded_since
    if start is None or (since and recorded_since):
        raise UsageError("one date is needed", todo="give --since DATE or --recorded-since DATE")
    path, tracker = source.load(file)
    view = source.view(tracker, as_of, by)
    found = view.changes(since=start, recorded=bool(recorded_since))
    content = payload.changed(found, since=start, until=view.as_of)
    Screen(color, json=json).emit(
        payload=lambda: payload.envelope("changes", file=path, as_of=view.as_of, content=content),
        plain=lambda: tabbed(views.change_rows(found)),
        drawn=lambda width: tables.changes(found, since=start, until=view.as_of, width=width),
    )


@app.command("export")
def export_(
    path: options.Target = None,
    *,
    format_: options.FormatChoice = None,
    since: options.ChangedSince = None,
    rows: options.RowsChoice = Rows.RECOMMENDATIONS,
    bom: options.Bom = False,
    scheme: SchemeChoice = None,
    as_of: options.AsOf = None,
    by: options.By = None,
    file: options.File = None,
    color: options.ColorChoice = Color.AUTO,  # noqa: ARG001 every command takes it
) -> None:
    """Write a status report, or a folder of them.

    The format is that of the path's end: .md, .html, .json or .csv.

    Example: pathtrack export status.md
    """
    source_path, tracker = source.load(file)
    view, formats = source.view(tracker, as_of, by), values.formats(format_)

    def text(chosen: Format, rows: Rows) -> str:
        return export.render(view, chosen, since=since, rows=rows, bom=bom, scheme=scheme)

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
        note(f"wrote {path}")


@app.command()
def schema(
    *,
    exports: options.ExportSchema = False,
    color: options.ColorChoice = Color.AUTO,  # noqa: ARG001 every command takes it
) -> None:
    """Print the JSON Schema of the file.

    Or of its JSON exports.

    Example: pathtrack schema --export
    """
    from pathtrack.export import data  # noqa: PLC0415 few need it

    typer.echo((data.export_schema() if exports else data.file_schema()).encode(), nl=False)


def _is_folder(path: Path) -> bool:
    """Tell whether a path means a folder: one that is there, or a name without a suffix that nothing has."""
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
    note(f"wrote {', '.join(files)} in {folder}")
