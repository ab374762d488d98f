"""The commands that read."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from pathtrack import checks, document, options, payload, places, state, store, views
from pathtrack.cli.app import app
from pathtrack.cli.lazy import lazy
from pathtrack.cli.screen import Screen, note, tabbed
from pathtrack.errors import UnknownRecommendationError
from pathtrack.model import Tracker, key
from pathtrack.options import Color
from pathtrack.text import did_you_mean, safe_line

if TYPE_CHECKING:
    import datetime as dt

    from pathtrack import export, tables
else:
    export, tables = lazy("pathtrack.export"), lazy("pathtrack.tables")


@app.command("list")
def list_(
    *,
    area: options.Areas = None,
    status: options.Statuses = None,
    actor: options.Actors = None,
    search: options.Words = None,
    stale: options.Stale = None,
    as_of: options.AsOf = None,
    by: options.By = None,
    file: options.File = None,
    json: options.Json = False,
    color: options.ColorChoice = Color.AUTO,
) -> None:
    """List the recommendations and where each stands.

    Example: pathtrack list --area defense --status in-progress
    """
    path, tracker = _open(file)
    filters = state.Filters(
        areas=options.choose(area, tracker.areas, "area"),
        statuses=status or (),
        actors=options.choose(actor, tracker.actors, "actor"),
        words=search or (),
        stale=stale,
    )
    view = _view(tracker, as_of, by).keep(filters.admit)
    Screen(color, json=json).emit(
        payload=lambda: payload.envelope("list", file=path, as_of=view.as_of, content=payload.listed(view)),
        plain=lambda: tabbed(views.list_rows(view)),
        drawn=lambda width: tables.listing(view, width=width),
    )


@app.command()
def show(
    ids: options.Ids,
    *,
    as_of: options.AsOf = None,
    by: options.By = None,
    file: options.File = None,
    json: options.Json = False,
    color: options.ColorChoice = Color.AUTO,
) -> None:
    """Show everything about one recommendation, or several.

    Example: pathtrack show D2
    """
    path, tracker = _open(file)
    view = pick(_view(tracker, as_of, by), ids)
    Screen(color, json=json).emit(
        payload=lambda: payload.envelope("show", file=path, as_of=view.as_of, content=payload.shown(view)),
        plain=lambda: map(views.plain, views.pages(view)),
        drawn=lambda width: tables.pages(view),  # noqa: ARG005
    )


@app.command()
def progress(
    *,
    as_of: options.AsOf = None,
    by: options.By = None,
    file: options.File = None,
    json: options.Json = False,
    color: options.ColorChoice = Color.AUTO,
) -> None:
    """Count the recommendations by area and status.

    Example: pathtrack progress --as-of 2024-12-31
    """
    path, tracker = _open(file)
    view = _view(tracker, as_of, by)
    Screen(color, json=json).emit(
        payload=lambda: payload.envelope(
            "progress", file=path, as_of=view.as_of, content=payload.progressed(view)
        ),
        plain=lambda: tabbed(views.progress_rows(view)),
        drawn=lambda width: tables.progress_matrix(view, width=width),
    )


@app.command()
def statuses(*, json: options.Json = False, color: options.ColorChoice = Color.AUTO) -> None:
    """Explain the eight statuses and the words other bodies use for them.

    Example: pathtrack statuses
    """
    today = options.today()
    Screen(color, json=json).emit(
        payload=lambda: payload.envelope("statuses", file=None, as_of=today, content=payload.defined()),
        plain=lambda: tabbed(views.status_rows()),
        drawn=lambda width: tables.statuses(width=width),
    )


@app.command()
def check(
    *,
    strict: options.Strict = False,
    file: options.File = None,
    json: options.Json = False,
    color: options.ColorChoice = Color.AUTO,
) -> None:
    """Check the record: ids, areas, addresses, and what each status wants.

    Example: pathtrack check --strict
    """
    path = _find(file)
    data = store.read(path or store.shipped())
    name = str(path or store.FILE_NAME)
    findings = checks.check(document.parse(data, name=name), places.locate(document.decode(data, name=name)))
    today = options.today()
    Screen(color, json=json).emit(
        payload=lambda: payload.envelope(
            "check", file=path, as_of=today, content=payload.checked(findings, file=name)
        ),
        plain=lambda: views.finding_lines(findings, file=name),
        drawn=lambda width: tables.findings(findings, file=name),  # noqa: ARG005
    )
    raise typer.Exit(int(any(strict or each.severity is checks.Severity.ERROR for each in findings)))


@app.command("export")
def export_(
    path: options.Target = None,
    *,
    format_: options.FormatChoice = None,
    as_of: options.AsOf = None,
    by: options.By = None,
    file: options.File = None,
) -> None:
    """Write a status report.

    Example: pathtrack export status.md --as-of 2025-12-31
    """
    chosen = format_ or export.format_of(path)
    _, tracker = _open(file)
    text = export.render(_view(tracker, as_of, by), chosen)
    if path is None:
        typer.echo(text, nl=False)
    else:
        store.replace_report(path, text)
        note(f"wrote {path}")


def pick(view: state.View, ids: list[str]) -> state.View:
    """Keep the recommendations with the given ids, in the order given."""
    known = {key(each.recommendation.id): each for each in reversed(view.standings)}
    for identifier in ids:
        if key(identifier) not in known:
            raise UnknownRecommendationError(
                f"no recommendation {safe_line(identifier)!r}",
                todo=did_you_mean(identifier, (each.id for each in view.tracker.recommendations)),
            )
    return state.View(view.tracker, view.as_of, tuple(known[each] for each in dict.fromkeys(map(key, ids))))


def _open(file: Path | None) -> tuple[Path | None, Tracker]:
    path = _find(file)
    return path, store.load(path or store.shipped())


def _find(file: Path | None) -> Path | None:
    path = store.find(file)
    if path is None:
        note(
            "note: no recommendations.toml here; this is the shipped tracker, 'pathtrack init' copies it here"
        )
    return path


def _view(tracker: Tracker, as_of: "dt.date | None", by: str | None) -> state.View:
    on = as_of or options.today()
    (assessor,) = options.choose([by], tracker.assessors, "assessor") if by else (None,)
    return state.View(tracker, on, state.standings(tracker, on=on, by=assessor))
