"""The command that lists the recommendations: list."""

from typing import Annotated

import typer

from pathtrack.cli import completion, options, typed
from pathtrack.cli.screen import Screen
from pathtrack.cli.tracker import load, seen
from pathtrack.cli.typed import Color
from pathtrack.record import filters
from pathtrack.record.status import Response, Status
from pathtrack.record.view import Order

app = typer.Typer(rich_markup_mode=None)

Statuses = Annotated[
    list[Status] | None,
    typer.Option(
        "--status",
        metavar="STATUS",
        parser=typed.status,
        help="Only this status; repeat for several.",
        autocompletion=completion.statuses,
    ),
]
Responses = Annotated[
    list[Response] | None,
    typer.Option(
        "--response",
        metavar="WORD",
        parser=typed.response,
        help="Only those answered this way; repeat for several.",
        autocompletion=completion.responses,
    ),
]
Actors = Annotated[
    list[str] | None,
    typer.Option(
        "--actor",
        metavar="NAME",
        help="Only what this actor is asked to do; repeatable.",
        autocompletion=completion.actors,
    ),
]
Tags = Annotated[
    list[str] | None,
    typer.Option(
        "--tag",
        metavar="TAG",
        help="Only those with this tag; repeatable.",
        autocompletion=completion.tags,
    ),
]
Words = Annotated[
    list[str] | None,
    typer.Option(
        "--search", metavar="TEXT", help="Only those with TEXT in a title, note or source; repeatable."
    ),
]
Stale = Annotated[
    int | None,
    typer.Option(
        "--stale",
        metavar="DAYS",
        parser=typed.days,
        help="Only those that nobody has judged in the last DAYS days.",
    ),
]
Overdue = Annotated[bool, typer.Option("--overdue", help="Only overdue recommendations.")]
Slipped = Annotated[bool, typer.Option("--slipped", help="Only those whose target date was moved.")]
Unsourced = Annotated[bool, typer.Option("--unsourced", help="Only those without any source.")]
Awaiting = Annotated[bool, typer.Option("--awaiting", help="Only those without an answer on record.")]
Parts = Annotated[bool, typer.Option("--parts", help="Give each part a row of its own.")]
WhoseMove = Annotated[
    bool, typer.Option("--whose-move", help="List, by actor, what is neither done nor refused.")
]
SortKey = Annotated[
    Order | None,
    typer.Option(
        "--sort", metavar="KEY", parser=typed.order, help=f"Sort by {', '.join(Order)}; newest dates first."
    ),
]
Header = Annotated[bool, typer.Option("--header", help="In a pipe, print the names of the columns first.")]


@app.command("list")
def list_(
    *,
    area: options.Areas = None,
    status: Statuses = None,
    response: Responses = None,
    actor: Actors = None,
    tag: Tags = None,
    search: Words = None,
    stale: Stale = None,
    overdue: Overdue = False,
    slipped: Slipped = False,
    awaiting: Awaiting = False,
    unsourced: Unsourced = False,
    parts: Parts = False,
    whose_move: WhoseMove = False,
    sort: SortKey = None,
    header: Header = False,
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
    wanted = filters.Filters(
        areas=typed.choose(area, tracker.areas, "area"),
        tags=typed.choose(tag, tracker.tags, "tag"),
        statuses=status or (),
        responses=response or (),
        actors=typed.choose(actor, tracker.actors, "actor"),
        words=search or (),
        stale=stale,
        overdue=overdue,
        slipped=slipped,
        awaiting=awaiting,
        unsourced=unsourced,
    )
    view = seen(tracker, as_of=as_of, known_by=known_by, by=by, only=wanted.concern, parts=parts)
    view = view.of(wanted.actors).keep(wanted.admit).sorted(sort)
    screen = Screen(color, json=json)
    if whose_move:
        screen.show(lambda form: form.moves(view), "list", file=path, as_of=view.as_of)
    else:
        screen.show(lambda form: form.listing(view, header=header), "list", file=path, as_of=view.as_of)
