"""The command that lists the recommendations: list."""

from typing import Annotated

import typer

from pathtrack.cli import naming, options, typed
from pathtrack.cli.choosing import Chosen
from pathtrack.cli.screen import Screen, say_aside
from pathtrack.cli.tracker import given, seen
from pathtrack.record.order import Order

app = typer.Typer(rich_markup_mode=None)

WhoseMove = Annotated[
    bool, typer.Option("--whose-move", help="List, by actor, what is neither done nor refused.")
]
SortKey = Annotated[
    Order | None,
    typer.Option(
        "--sort",
        metavar="KEY",
        parser=typed.word(Order, "sort key"),
        help=f"Sort by {', '.join(Order)}; newest dates first.",
    ),
]


@app.command("list")
@options.grouped
def list_(
    files: options.Files = None,
    *,
    chosen: Chosen,
    whose_move: WhoseMove = False,
    sort: SortKey = None,
    header: options.Header = False,
    look: options.Look,
    file: options.File = None,
    screen: Screen,
) -> None:
    """List recommendations and where each stands.

    Several trackers are listed one after the other, in a pipe with their paths, and then added up.

    Example: pathtrack list --area defense --status in-progress
    """
    path, tracker, several = given(files, file)
    wanted = chosen.filters(tracker)
    if several:
        found = several.seen(look, wanted, parts=chosen.parts).each(lambda view: view.sorted(sort))
        several.show(
            screen, lambda form: form.lists(found, by_actor=whose_move), "lists", found, header=header
        )
        return
    view = seen(tracker, look, only=wanted.concern, parts=chosen.parts).chosen_by(wanted).sorted(sort)
    if whose_move:
        screen.show(lambda form: form.moves(view), "list", file=path, as_of=view.as_of, header=header)
        if not tracker.actors:
            say_aside(f"note: no recommendation says who is asked; {naming.how_to_ask(tracker, 'NAME')}")
    else:
        screen.show(lambda form: form.listing(view), "list", file=path, as_of=view.as_of, header=header)
