"""The commands that look at the recommendations: list, show, open, progress, compare and statuses."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from pathtrack import options, values
from pathtrack.cli import source
from pathtrack.cli.modules import (
    filters,
    pages,
    payload,
    store,
    tables,
    views,
)
from pathtrack.cli.root import app
from pathtrack.cli.screen import Screen, tabbed
from pathtrack.errors import FileError, UsageError
from pathtrack.text import is_safe_address, quoted, safe_line
from pathtrack.values import Color

if TYPE_CHECKING:
    from pathtrack import state


def overview(path: Path) -> None:
    """Show a tracker at a glance, and the commands that come next."""
    view = source.view(store.load(path), None, None)
    Screen(Color.AUTO).emit(
        payload=dict,
        plain=lambda: map(views.plain, pages.overview(view)),
        drawn=lambda _: tables.page(pages.overview(view)),
    )


@app.command("list")
def list_(
    *,
    area: options.Areas = None,
    status: options.Statuses = None,
    actor: options.Actors = None,
    search: options.Words = None,
    stale: options.Stale = None,
    overdue: options.Overdue = False,
    as_of: options.AsOf = None,
    by: options.By = None,
    file: options.File = None,
    json: options.Json = False,
    color: options.ColorChoice = Color.AUTO,
) -> None:
    """List recommendations and where each stands.

    Example: pathtrack list --area defense --status in-progress
    """
    path, tracker = source.load(file)
    wanted = filters.Filters(
        areas=values.choose(area, tracker.areas, "area"),
        statuses=status or (),
        actors=values.choose(actor, tracker.actors, "actor") if actor else (),
        words=search or (),
        stale=stale,
        overdue=overdue,
    )
    view = source.view(tracker, as_of, by, wanted.concern).keep(wanted.admit)
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
    """Show all about a recommendation, or several.

    Example: pathtrack show D2
    """
    path, tracker = source.load(file)
    view = source.pick(source.view(tracker, as_of, by), ids)
    Screen(color, json=json).emit(
        payload=lambda: payload.envelope("show", file=path, as_of=view.as_of, content=payload.shown(view)),
        plain=lambda: map(views.plain, pages.shown(view)),
        drawn=lambda _: tables.page(pages.shown(view)),
    )


@app.command("open")
def open_(
    identifier: options.AnId,
    number: options.Number = None,
    *,
    file: options.File = None,
    color: options.ColorChoice = Color.AUTO,  # noqa: ARG001 every command takes it
) -> None:
    """Open a source in the browser.

    It is the first source of the newest update, or the one with that number in 'pathtrack show'.

    Example: pathtrack open D2 3
    """
    import webbrowser  # noqa: PLC0415 no other command needs it

    _, tracker = source.load(file)
    (standing,) = source.pick(source.view(tracker, None, None), [identifier]).standings
    address = _address(standing, number)
    typer.echo(safe_line(f"opening {address}"))
    if not webbrowser.open(address):
        raise FileError("no browser can be started", todo="open the address above, or set $BROWSER")


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
    path, tracker = source.load(file)
    view = source.view(tracker, as_of, by)
    Screen(color, json=json).emit(
        payload=lambda: payload.envelope(
            "progress", file=path, as_of=view.as_of, content=payload.progressed(view)
        ),
        plain=lambda: tabbed(views.progress_rows(view)),
        drawn=lambda width: tables.progress_matrix(view, width=width),
    )


@app.command()
def compare(
    ids: options.SomeIds = None,
    *,
    as_of: options.AsOf = None,
    by: options.By = None,
    file: options.File = None,
    json: options.Json = False,
    color: options.ColorChoice = Color.AUTO,
) -> None:
    """Compare the judgements of several assessors.

    Example: pathtrack compare D1 D2
    """
    path, tracker = source.load(file)
    whole = source.view(tracker, as_of, by)
    view = source.pick(whole, ids) if ids else whole.keep(lambda each: each.assessed)
    Screen(color, json=json).emit(
        payload=lambda: payload.envelope(
            "compare", file=path, as_of=view.as_of, content=payload.compared(view)
        ),
        plain=lambda: tabbed(views.compare_rows(view)),
        drawn=lambda _: tables.comparison(view),
    )


@app.command()
def statuses(
    *, as_of: options.AsOf = None, json: options.Json = False, color: options.ColorChoice = Color.AUTO
) -> None:
    """Explain the eight statuses.

    With the evidence that each wants, and the words that other bodies use for it.

    Example: pathtrack statuses
    """
    on = as_of or values.today()
    Screen(color, json=json).emit(
        payload=lambda: payload.envelope("statuses", file=None, as_of=on, content=payload.defined()),
        plain=lambda: tabbed(views.status_rows()),
        drawn=lambda width: tables.statuses(width=width),
    )


def _address(standing: "state.Standing", number: int | None) -> str:
    """Return the address of the source with that number in `show`, or of the newest update's first."""
    identifier = standing.recommendation.id
    newest = (each for update in reversed(standing.records) for each in update.evidence if each.url)
    chosen = next(iter(standing.sources[number - 1 : number]) if number else newest, None)
    todo = f"see 'pathtrack show {identifier}'"
    if chosen is None:
        raise UsageError(f"{identifier} has no {f'source {number}' if number else 'address'}", todo=todo)
    if chosen.url is None:
        raise UsageError(f"source {number} of {identifier} has no address", todo=todo)
    if not is_safe_address(chosen.url):
        raise UsageError(f"{quoted(chosen.url)} is no plain web address", todo=todo)
    return chosen.url
