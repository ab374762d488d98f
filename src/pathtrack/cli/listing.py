"""The command that lists the recommendations: list."""

from dataclasses import replace
from typing import Annotated

import typer

from pathtrack.cli import choosing, options, typed
from pathtrack.cli.screen import Screen
from pathtrack.cli.tracker import load, seen
from pathtrack.cli.typed import Color
from pathtrack.record.order import Order

app = typer.Typer(rich_markup_mode=None)

WhoseMove = Annotated[
    bool, typer.Option("--whose-move", help="List, by actor, what is neither done nor refused.")
]
SortKey = Annotated[
    Order | None,
    typer.Option(
        "--sort", metavar="KEY", parser=typed.order, help=f"Sort by {', '.join(Order)}; newest dates first."
    ),
]


@app.command("list")
def list_(
    *,
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
    whose_move: WhoseMove = False,
    sort: SortKey = None,
    header: options.Header = False,
    as_of: options.AsOf = None,
    known_by: options.KnownBy = None,
    by: options.By = None,
    file: options.File = None,
    json: options.Json = False,
    color: options.ColorChoice = Color.AUTO,
) -> None:
    """List recommendations and where each stands.

    Example: pathtrack list --area defense --status in-progress
    """
    path, tracker = load(file)
    wanted = choosing.filters(tracker, area, status, response, actor, tag, search)
    wanted = replace(wanted, stale=stale, overdue=overdue, slipped=slipped)
    wanted = replace(wanted, awaiting=awaiting, unsourced=unsourced)
    view = seen(tracker, as_of=as_of, known_by=known_by, by=by, only=wanted.concern, parts=parts)
    view = view.chosen_by(wanted).sorted(sort)
    screen = Screen(color, json=json)
    if whose_move:
        screen.show(lambda form: form.moves(view), "list", file=path, as_of=view.as_of)
    else:
        screen.show(lambda form: form.listing(view, header=header), "list", file=path, as_of=view.as_of)
