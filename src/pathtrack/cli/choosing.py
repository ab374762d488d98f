"""The options that choose recommendations, alike in every command that takes them."""

from typing import Annotated, NamedTuple

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
Tags = Annotated[
    list[str] | None,
    typer.Option(
        "--tag", metavar="TAG", help="Only those with this tag; repeatable.", autocompletion=completion.tags
    ),
]
Overdue = Annotated[bool, typer.Option("--overdue", help="Only overdue recommendations.")]


class Chosen(NamedTuple):
    """Which recommendations are wanted."""

    area: Areas = None
    status: Statuses = None
    response: Annotated[
        list[str] | None,
        typer.Option(
            "--response",
            metavar="WORD",
            help="Only those answered this way, or in several: noted,rejected.",
            autocompletion=completion.responses,
        ),
    ] = None
    actor: Annotated[
        list[str] | None,
        typer.Option(
            "--actor",
            metavar="NAME",
            help="Only what this actor is asked to do; repeatable.",
            autocompletion=completion.actors,
        ),
    ] = None
    tag: Tags = None
    search: Annotated[
        list[str] | None,
        typer.Option(
            "--search", metavar="TEXT", help="Only those with TEXT in a title, note or source; repeatable."
        ),
    ] = None
    stale: Annotated[
        int | None,
        typer.Option(
            "--stale",
            metavar="TIME",
            parser=typed.days,
            help='Only those that nobody has judged for so long: 90, 3m or "3 months".',
        ),
    ] = None
    overdue: Overdue = False
    slipped: Annotated[bool, typer.Option("--slipped", help="Only those whose target date was moved.")] = (
        False
    )
    awaiting: Annotated[bool, typer.Option("--awaiting", help="Only those without an answer on record.")] = (
        False
    )
    unsourced: Annotated[bool, typer.Option("--unsourced", help="Only those without any source.")] = False
    parts: Annotated[bool, typer.Option("--parts", help="Give each part a row of its own.")] = False

    def filters(self, tracker: Tracker) -> Filters:
        """Return the filters that are asked for, with areas, actors and tags as the tracker spells them."""
        return Filters(
            areas=naming.choose(self.area, tracker.areas, "area"),
            statuses=typed.each_of(self.status, typed.status),
            responses=typed.each_of(self.response, typed.response),
            actors=naming.choose(self.actor, tracker.actors, "actor") if self.actor else (),
            tags=naming.choose(self.tag, tracker.tags, "tag") if self.tag else (),
            texts=tuple(self.search or ()),
            stale=self.stale,
            overdue=self.overdue,
            slipped=self.slipped,
            awaiting=self.awaiting,
            unsourced=self.unsourced,
        )
