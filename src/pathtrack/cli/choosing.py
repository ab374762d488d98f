"""The options that choose recommendations, alike in every command that takes them."""

from collections.abc import Sequence
from typing import Annotated

import typer

from pathtrack.cli import completion, typed
from pathtrack.record.filters import Filters
from pathtrack.record.model import Tracker
from pathtrack.record.status import Response, Status

Areas = Annotated[
    list[str] | None,
    typer.Option(
        "--area", metavar="AREA", help="Only this area; repeat for several.", autocompletion=completion.areas
    ),
]
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


def filters(
    tracker: Tracker,
    area: Sequence[str] | None,
    status: Sequence[Status] | None,
    response: Sequence[Response] | None,
    actor: Sequence[str] | None,
    tag: Sequence[str] | None,
    search: Sequence[str] | None,
    *,
    stale: int | None = None,
    overdue: bool = False,
    slipped: bool = False,
    awaiting: bool = False,
    unsourced: bool = False,
) -> Filters:
    """Return the filters that options ask for, with areas, actors and tags as the tracker spells them."""
    return Filters(
        areas=typed.choose(area, tracker.areas, "area") if area else (),
        statuses=tuple(status or ()),
        responses=tuple(response or ()),
        actors=typed.choose(actor, tracker.actors, "actor") if actor else (),
        tags=typed.choose(tag, tracker.tags, "tag") if tag else (),
        texts=tuple(search or ()),
        stale=stale,
        overdue=overdue,
        slipped=slipped,
        awaiting=awaiting,
        unsourced=unsourced,
    )
