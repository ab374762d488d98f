"""The command that lists the recommendations: list."""

from typing import Annotated

import typer

from pathtrack.cli import choosing, naming, options, typed
from pathtrack.cli.screen import Screen, say_aside
from pathtrack.cli.tracker import given, seen
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
    files: options.Files = None,
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

    Several trackers are listed one after the other, in a pipe with their paths, and then added up.

    Example: pathtrack list --area defense --status in-progress
    """
    path, tracker, several = given(files, file)
    more = {"overdue": overdue, "slipped": slipped, "awaiting": awaiting, "unsourced": unsourced}
    wanted = choosing.filters(tracker, area, status, response, actor, tag, search, stale=stale, **more)
    screen = Screen(color, json=json, header=header)
    if several:
        found = several.seen(as_of=as_of, known_by=known_by, by=by, wanted=wanted, parts=parts)
        found = found.each(lambda view: view.sorted(sort))
        several.show(screen, lambda form: form.lists(found, by_actor=whose_move), "list", found)
        return
    view = seen(tracker, as_of=as_of, known_by=known_by, by=by, only=wanted.concern, parts=parts)
    view = view.chosen_by(wanted).sorted(sort)
    if whose_move:
        screen.show(lambda form: form.moves(view), "list", file=path, as_of=view.as_of)
        if not tracker.actors:
            say_aside(f"note: no recommendation says who is asked; {naming.how_to_ask(tracker, 'NAME')}")
    else:
        screen.show(lambda form: form.listing(view), "list", file=path, as_of=view.as_of)
