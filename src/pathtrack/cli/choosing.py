"""The options that choose recommendations, alike in every command that takes them."""

from collections.abc import Sequence
from typing import Annotated

import typer

from pathtrack.cli import completion, naming, typed
from pathtrack.record.filters import Filters
from pathtrack.record.model import Tracker

Areas = Annotated[
    list[str] | None,
    typer.Option(
        "--area",
        metavar="AREA",
        help="Only this area, or several with commas.",
        autocompletion=completion.areas,
    ),
]
Statuses = Annotated[
    list[str] | None,
    typer.Option(
        "--status",
        metavar="STATUS",
        help="Only this status, or several: in-progress,partial.",
        autocompletion=completion.statuses,
    ),
]
Responses = Annotated[
    list[str] | None,
    typer.Option(
        "--response",
        metavar="WORD",
        help="Only those answered this way, or in several: noted,rejected.",
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
        metavar="TIME",
        parser=typed.days,
        help='Only those that nobody has judged for so long: 90, 3m or "3 months".',
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
    status: Sequence[str] | None,
    response: Sequence[str] | None,
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
        areas=naming.choose(area, tracker.areas, "area") if area else (),
        statuses=typed.each_of(status, typed.status),
        responses=typed.each_of(response, typed.response),
        actors=naming.choose(actor, tracker.actors, "actor") if actor else (),
        tags=naming.choose(tag, tracker.tags, "tag") if tag else (),
        texts=tuple(search or ()),
        stale=stale,
        overdue=overdue,
        slipped=slipped,
        awaiting=awaiting,
        unsourced=unsourced,
    )
