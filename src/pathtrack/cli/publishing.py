"""The commands that publish a tracker: export and schema."""

import datetime as dt
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Annotated, NamedTuple

import typer

from pathtrack import export
from pathtrack.cli import choosing, options, reports, typed
from pathtrack.cli.screen import say_aside, slow_progress
from pathtrack.cli.tracker import opened, seen
from pathtrack.cli.typed import Color
from pathtrack.errors import UsageError
from pathtrack.export import Choices, Format, Period, Rows
from pathtrack.file import publish
from pathtrack.record.crosswalk import Scheme
from pathtrack.record.view import View
from pathtrack.text import count

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
    str | None,
    typer.Option("--format", metavar="LIST", help=f"{', '.join(Format)}; a folder takes several."),
]
RowsChoice = Annotated[
    Rows,
    typer.Option("--rows", metavar="WHAT", parser=typed.rows, help="CSV rows: recommendations or updates."),
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
Bom = Annotated[bool, typer.Option("--bom", help="Begin CSV with a byte order mark, for old Excel.")]
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
Brief = Annotated[
    bool, typer.Option("--brief", help="Two pages for a board: counts, what changed, what is late or next.")
]
Reference = Annotated[
    Path | None,
    typer.Option("--reference-doc", metavar="PATH", help="A Word document whose styles .docx is to have."),
]


@app.command("export")
def export_(
    path: Target = None,
    *,
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
    area: choosing.Areas = None,
    status: choosing.Statuses = None,
    response: choosing.Responses = None,
    actor: choosing.Actors = None,
    tag: choosing.Tags = None,
    search: choosing.Words = None,
    stale: choosing.Stale = None,
    overdue: choosing.Overdue = False,
    slipped: choosing.Slipped = False,
    awaiting: choosing.Awaiting = False,
    unsourced: choosing.Unsourced = False,
    parts: choosing.Parts = False,
    as_of: options.AsOf = None,
    known_by: options.KnownBy = None,
    by: options.By = None,
    shipped: options.Shipped = False,
    file: options.File = None,
    _color: options.ColorChoice = Color.AUTO,
) -> None:
    """Write a status report, or a folder of them.

    The end of the path gives the format: .md, .html, .json, .csv, .xlsx or .docx (which needs pandoc); .xml
    is a feed, .ics a calendar, .ris the sources. With --since or --recorded-since, the report begins with
    what changed. The options that choose recommendations are those of list.

    Example: pathtrack export status.md --since 2025-01-01
    """
    source_path, tracker = opened(file, shipped=shipped)
    wanted = choosing.filters(tracker, area, status, response, actor, tag, search)
    wanted = replace(wanted, stale=stale, overdue=overdue, slipped=slipped)
    wanted = replace(wanted, awaiting=awaiting, unsourced=unsourced)
    view = seen(tracker, as_of=as_of, known_by=known_by, by=by, only=wanted.concern, parts=parts)
    reports.require_order(since or recorded_since, until, as_of=view.as_of)
    chosen: Choices = {"period": _period(since, until, recorded_since), "rows": rows, "bom": bom}
    chosen |= {"scheme": scheme, "review": review, "brief": brief}
    report = _Report(view.chosen_by(wanted), chosen, reference_doc)
    _publish(report, path, typed.formats(format_), tracker=source_path)


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


def _period(since: dt.date | None, until: dt.date | None, recorded_since: dt.date | None) -> Period:
    if since and recorded_since:
        raise UsageError("--since and --recorded-since exclude each other", todo="give one of them")
    if until and not (since or recorded_since):
        todo = "give --since too; to see how things stood on a day, use --as-of"
        raise UsageError("--until ends what --since begins", todo=todo)
    return Period(since, until, recorded_since)


class _Report(NamedTuple):
    """What is to be published, before it has a format."""

    view: View
    choices: Choices
    reference: Path | None

    def data(self, chosen: Format) -> bytes:
        """Return it as the bytes of a file."""
        return export.document(self.view, chosen, reference=self.reference, **self.choices)


def _publish(report: _Report, path: Path | None, formats: Formats, *, tracker: Path | None) -> None:
    path = None if path == Path("-") else path
    if path is not None and _is_folder(path):
        _write_folder(path, formats, report, tracker=tracker)
        return
    if len(formats) > 1:
        raise UsageError("several formats need a folder", todo="give a path such as site/")
    chosen = formats[0] if formats else export.format_of(path)
    _refuse(report, chosen, path)
    if path is None:
        typer.echo(report.data(chosen), nl=False)
    else:
        publish.write(path, report.data(chosen), tracker=tracker)
        say_aside(f"wrote {path}")


def _refuse(report: _Report, chosen: Format, path: Path | None) -> None:
    """Refuse what a format does not have."""
    brief, period = report.choices.get("brief"), report.choices.get("period")
    if brief and chosen not in export.BRIEF:
        raise UsageError(f"there is no brief as {chosen}", todo="give .md, .html or .docx")
    if brief and period and period.until:
        raise UsageError("a brief ends with the day it is about", todo="give --as-of instead of --until")
    if report.reference and chosen is not Format.DOCX:
        raise UsageError("only a Word document takes --reference-doc", todo="give a path such as status.docx")
    if path is None and chosen not in export.TEXTS and sys.stdout.isatty():
        raise UsageError(f"{chosen} is not for a terminal", todo=f"give a path such as status.{chosen}")


def _is_folder(path: Path) -> bool:
    """Return whether a path means a folder: an existing one, or an unused name without a suffix."""
    return path.is_dir() or (path.suffix == "" and not os.path.lexists(path))


def _write_folder(folder: Path, formats: Formats, report: _Report, *, tracker: Path | None) -> None:
    from pathtrack.export.site import Site  # noqa: PLC0415 it loads what the formats need

    given = report.choices
    if given["brief"]:
        raise UsageError("a brief is one file", todo="give a path such as brief.docx")
    site = Site(report.view, formats, given["period"], given["scheme"], bom=given["bom"])
    files = replace(site, review=given["review"], reference=report.reference).files
    with slow_progress("writing", len(files)) as advance:
        steps = {name: _counted(make, advance) for name, make in files.items()}
        publish.write_all(folder, steps, tracker=tracker)
    say_aside(f"wrote {_listed(files)} in {folder}")


def _counted(make: Callable[[], bytes], advance: Callable[[], None]) -> Callable[[], bytes]:
    """Return what makes a file, and says when it has."""

    def made() -> bytes:
        data = make()
        advance()
        return data

    return made


def _listed(names: Iterable[str]) -> str:
    """Return the names of files; of those in a folder of their own, how many there are."""
    inside = Counter(path.parts[0] for path in map(PurePosixPath, names) if len(path.parts) > 1)
    files = [name for name in names if "/" not in name]
    return ", ".join([*files, *(f"{name}/ ({count(number, 'file')})" for name, number in inside.items())])
