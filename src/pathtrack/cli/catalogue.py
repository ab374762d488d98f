"""The commands that change the catalogue: add, rename."""

import datetime as dt
from dataclasses import replace
from typing import Annotated, NamedTuple

import typer

from pathtrack.cli import changed, completion, naming, options, typed
from pathtrack.cli.changed import Change
from pathtrack.cli.screen import hint, say, say_aside
from pathtrack.cli.tracker import writable
from pathtrack.errors import UsageError
from pathtrack.file import toml
from pathtrack.file.document import Document
from pathtrack.record import objections, same
from pathtrack.record.checks import catalogue as areas
from pathtrack.record.model import Recommendation, Tracker, key
from pathtrack.text import quoted, safe

app = typer.Typer(rich_markup_mode=None)

NewId = Annotated[str, typer.Argument(metavar="ID", help="Its id, such as D2.", show_default=False)]
_TITLE = typer.Option(
    "--title", metavar="TEXT", help="What it asks for, in your own words.", show_default=False
)
NewTitle = Annotated[str, _TITLE]
OtherTitle = Annotated[str | None, _TITLE]
Ongoing = Annotated[bool, typer.Option("--ongoing", help="It is a standing duty, never simply finished.")]
DoneWhen = Annotated[
    str | None, typer.Option("--done-when", metavar="TEXT", help="The test for implemented.")
]
Due = Annotated[
    dt.date | None,
    typer.Option("--due", metavar="DATE", parser=typed.day, help="When it is due: a day, a month or a year."),
]
OldId = Annotated[str, options.id_argument("The id that it has.")]
NextId = Annotated[str, typer.Argument(metavar="NEW", help="An id that was never used.", show_default=False)]


class Facts(NamedTuple):
    """What may be said of a recommendation, by its keys."""

    area: Annotated[
        str | None,
        typer.Option(
            "--area",
            metavar="AREA",
            help="Its area; a part may have its whole's.",
            autocompletion=completion.areas,
        ),
    ] = None
    part_of: Annotated[
        str | None,
        typer.Option(
            "--part-of",
            metavar="ID",
            help="The recommendation that it is a part of, judged by itself.",
            autocompletion=completion.ids,
        ),
    ] = None
    summary: Annotated[
        str | None, typer.Option("--summary", metavar="TEXT", help="The same in one or two sentences.")
    ] = None
    ref: Annotated[str | None, typer.Option("--ref", metavar="TEXT", help="Where the report says it.")] = None
    actors: Annotated[
        list[str] | None,
        typer.Option(
            "--actor", metavar="NAME", help="Who is asked; repeatable.", autocompletion=completion.actors
        ),
    ] = None
    tags: Annotated[
        list[str] | None,
        typer.Option(
            "--tag", metavar="TAG", help="A word to filter by; repeatable.", autocompletion=completion.tags
        ),
    ] = None


def stated(facts: Facts, **more: object) -> dict[str, object]:
    """Return what options say, by its keys, each actor and tag once."""
    lists = {
        key: [*same.spellings(names or ()).values()] or names
        for key, names in (("actors", facts.actors), ("tags", facts.tags))
    }
    given = {**facts._asdict(), **lists, **more}
    return {key: value for key, value in given.items() if value is not None}


@app.command()
@options.grouped
def add(
    identifier: NewId,
    *,
    title: NewTitle,
    facts: Facts,
    ongoing: Ongoing = False,
    done_when: DoneWhen = None,
    due: Due = None,
    change: Change,
) -> None:
    """Add a recommendation after the last one.

    Example: pathtrack add D4 --area defense --title "Share launch sites" --summary "Open the ranges."
    """
    given = stated(facts, id=identifier, title=title, ongoing=ongoing, done_when=done_when, due=due)

    def grown(document: Document) -> Document:
        return document.with_more(recommendations=[_new(document.tracker, given)])

    before, after = change.make(path := writable(change.file), grown)
    warnings = sorted(_about_areas(after.tracker) - _about_areas(before.tracker))
    if change.json:
        changed.show("add", before, after, written=not change.dry_run, warnings=warnings)
    elif change.dry_run:
        typer.echo(toml.block(after.tracker.recommendations[-1]), nl=False)
        say_aside(f"would add {identifier} to {path}")
        for warning in warnings:
            say_aside(f"warning: {warning}")
    else:
        say(f"added {identifier} to {path}")
        for warning in warnings:
            say_aside(f"warning: {warning}")
        hint(f"update {identifier} --status STATUS --evidence URL", file=change.file)


@app.command()
@options.grouped
def rename(old: OldId, new: NextId, *, change: Change) -> None:
    """Give a recommendation another id.

    The old one is kept in `formerly`, so that updates under it still count; none of them is changed.

    Example: pathtrack rename D2 D5
    """

    def renamed(document: Document) -> Document:
        identifier = naming.one(document.tracker, old)
        return document.renamed(identifier, _renamed(document.tracker, identifier, new))

    before, after = change.make(path := writable(change.file), renamed)
    if change.json:
        changed.show("rename", before, after, written=not change.dry_run)
    elif change.dry_run:
        typer.echo(safe(after.difference), nl=False)
        say_aside(f"would rename {naming.one(before.tracker, old)} to {new} in {path}")
    else:
        say(f"renamed {naming.one(before.tracker, old)} to {new} in {path}")
        hint(f"show {new}", file=change.file)


def _about_areas(tracker: Tracker) -> set[str]:
    return {each.message for each in (*areas.areas(tracker), *areas.similar_areas(tracker))}


def _new(tracker: Tracker, given: dict[str, object]) -> Recommendation:
    if not (given.get("area") or given.get("part_of")):
        raise UsageError("a recommendation needs an area", todo="give --area AREA; a part may do without")
    recommendation = objections.build(Recommendation, given)
    _require_unused(tracker, recommendation.id)
    return placed(tracker, recommendation)


def placed(tracker: Tracker, recommendation: Recommendation) -> Recommendation:
    """Return a recommendation with its area and its whole as the tracker spells them."""
    if recommendation.part_of:
        recommendation = replace(recommendation, part_of=_whole(tracker, recommendation.part_of))
    if not (recommendation.area and tracker.report.areas):
        return recommendation
    try:
        area, *others = naming.choose([recommendation.area], tracker.report.areas, "area of the report")
    except UsageError as error:
        todo = f"{error.todo.rstrip('?')}, or add it to 'areas' of [report] with 'pathtrack edit'"
        raise UsageError(error.what, todo=todo) from error
    if others:
        raise UsageError("a recommendation has one area", todo=f"give one of {area}, {', '.join(others)}")
    return replace(recommendation, area=area)


def _whole(tracker: Tracker, identifier: str) -> str:
    """Return the id of a recommendation that may have parts."""
    name = naming.one(tracker, identifier)
    whole = next(each for each in tracker.recommendations if each.id == name)
    if whole.part_of:
        todo = f"make it a part of {tracker.name_of_whole(whole)}"
        raise UsageError(f"{name} is itself a part, and parts have none", todo=todo)
    return name


def _renamed(tracker: Tracker, identifier: str, new: str) -> Recommendation:
    """Return a recommendation with another id, which nothing has or had."""
    old = next(each for each in tracker.recommendations if each.id == identifier)
    named = objections.rebuilt(old, {"id": new, "formerly": (old.id, *old.formerly)})
    _require_unused(tracker, new)
    if any(key(new) in map(key, each.recommendations) for each in tracker.updates):
        raise UsageError(f"updates about {quoted(new)} are in the record", todo="choose another id")
    return named


def _require_unused(tracker: Tracker, identifier: str) -> None:
    """Refuse an id that a recommendation has, or had before it was renamed."""
    for each in tracker.recommendations:
        for name in (each.id, *each.formerly):
            if key(name) == key(identifier):
                verb = "is already" if name == each.id else "was once"
                raise UsageError(f"{name} {verb} the id of {quoted(each.title)}", todo="choose another id")
