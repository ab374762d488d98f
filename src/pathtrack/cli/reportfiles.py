"""Reports as files: one, a folder of them, or several folders below a front page."""

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

import typer

from pathtrack import export
from pathtrack.cli.screen import say_aside, slow_progress
from pathtrack.errors import UsageError
from pathtrack.export import Choices, Format, Rows
from pathtrack.file import publish
from pathtrack.file.store import FILE_NAME
from pathtrack.record.together import Together
from pathtrack.record.view import View
from pathtrack.text import count

if TYPE_CHECKING:
    from pathtrack.export.site import Site

Formats = tuple[Format, ...]
_FEW = 5
"""How many files of an earlier export are named."""


class Reports(NamedTuple):
    """What is to be published, before it has a format."""

    found: Together
    choices: Choices
    reference: Path | None
    json: bool = False

    def data(self, view: View, chosen: Format) -> bytes:
        """Return one of them as the bytes of a file."""
        return export.document(view, chosen, reference=self.reference, **self.choices)


def write(reports: Reports, path: Path | None, formats: Formats, *, index: bool) -> list[Path]:
    """Write a report to stdout, a file or a folder, or with `index` several; return the files."""
    written = _write(reports, path, formats, index=index)
    views = reports.found.views.values()
    if any(each.filters.words for each in views) and not any(each.standings for each in views):
        say_aside("note: no recommendation matches")
    return written


def _write(reports: Reports, path: Path | None, formats: Formats, *, index: bool) -> list[Path]:
    path = None if path == Path("-") else path
    if index:
        return _write_front(path, formats, reports)
    if len(reports.found.views) > 1:
        raise UsageError("several trackers are one report each", todo="give a folder, and --index")
    ((source, view),) = reports.found.views.items()
    tracker = Path(source) if source else None
    if path is not None and _is_folder(path):
        files = _site(reports, view, formats).files
        return _write_files(path, files, tracker=tracker, json=reports.json)
    if len(formats) > 1:
        raise UsageError("several formats need a folder", todo="give a path such as site/")
    chosen = formats[0] if formats else export.format_of(path)
    _refuse(reports, chosen, path)
    if path is None:
        typer.echo(reports.data(view, chosen), nl=False)
        return []
    publish.write(path, reports.data(view, chosen), tracker=tracker)
    if not reports.json:
        say_aside(f"wrote {path}")
    return [path]


def _refuse(report: Reports, chosen: Format, path: Path | None) -> None:
    """Refuse what a format does not have."""
    brief, period = report.choices.get("brief"), report.choices.get("period")
    if brief and chosen not in export.BRIEF:
        raise UsageError(f"a brief cannot be written as {chosen}", todo="give .md, .html or .docx")
    if brief and period and period.until:
        raise UsageError("a brief ends with the day it is about", todo="give --as-of instead of --until")
    if report.choices.get("rows") is Rows.UPDATES and chosen is not Format.CSV:
        raise UsageError("only CSV takes --rows", todo="give a path such as updates.csv")
    if report.reference and chosen is not Format.DOCX:
        raise UsageError("only a Word document takes --reference-doc", todo="give a path such as status.docx")
    if path is None and chosen not in export.TEXTS and sys.stdout.isatty():
        raise UsageError(f"{chosen} is not for a terminal", todo=f"give a path such as status.{chosen}")


def _is_folder(path: Path) -> bool:
    """Return whether a path means a folder: an existing one, or an unused name without a suffix."""
    return path.is_dir() or (path.suffix == "" and not os.path.lexists(path))


def _write_front(folder: Path | None, formats: Formats, reports: Reports) -> list[Path]:
    """Write the folder of each report below a front page that leads to them."""
    from pathtrack.export import front  # noqa: PLC0415 few need it

    if folder is None or not _is_folder(folder):
        raise UsageError("--index needs a folder for its pages", todo="give one before the trackers: site/")
    if formats and Format.HTML not in formats:
        raise UsageError("a front page leads to pages", todo="leave --format out, or add html to it")
    paths = map(Path, reports.found.views)
    names = (path.absolute().parent.name if path.name == FILE_NAME else path.stem for path in paths)
    sites = (_site(reports, view, formats) for view in reports.found.views.values())
    below = dict(zip(front.folders(names), sites, strict=True))
    return _write_files(folder, front.files(reports.found, below), tracker=None, json=reports.json)


def _site(reports: Reports, view: View, formats: Formats) -> "Site":
    from pathtrack.export.site import Site  # noqa: PLC0415 it loads what the formats need

    given = reports.choices
    if given["brief"]:
        raise UsageError("a brief is one file", todo="give a path such as brief.docx")
    if given["rows"] is Rows.UPDATES:
        raise UsageError("a folder has a table of each kind of rows", todo="leave --rows out")
    site = Site(view, formats, given["period"], given["scheme"], bom=given["bom"])
    return replace(site, review=given["review"], reference=reports.reference)


def _write_files(
    folder: Path, files: Mapping[str, Callable[[], bytes]], *, tracker: Path | None, json: bool
) -> list[Path]:
    with slow_progress("writing", len(files)) as advance:
        steps = {name: _counted(make, advance) for name, make in files.items()}
        publish.write_all(folder, steps, tracker=tracker)
    if not json:
        say_aside(f"wrote {_listed(files)} in {folder}")
    if left := publish.left_behind(folder, files):
        more = f" and {len(left) - _FEW} more" if len(left) > _FEW else ""
        say_aside(f"note: left from an earlier export, and not deleted: {', '.join(left[:_FEW])}{more}")
    return [folder / name for name in files]


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
