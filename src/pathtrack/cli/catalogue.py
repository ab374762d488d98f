"""The commands that change the catalogue: add, rename."""

import datetime as dt
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Annotated

import typer

from pathtrack.cli import changed, completion, naming, options, typed
from pathtrack.cli.screen import hint, say_aside, say_waiting
from pathtrack.cli.tracker import writable
from pathtrack.cli.typed import Color
from pathtrack.errors import UsageError
from pathtrack.file import store, toml
from pathtrack.file.document import Document
from pathtrack.record import objections
from pathtrack.record.checks import catalogue as areas
from pathtrack.record.model import Recommendation, Tracker, key
from pathtrack.text import quoted, safe, safe_line

app = typer.Typer(rich_markup_mode=None)

NewId = Annotated[str, typer.Argument(metavar="ID", help="Its id, such as D2.", show_default=False)]
NewArea = Annotated[
    str | None,
    typer.Option(
        "--area",
        metavar="AREA",
        help="Its area; a part may have its whole's.",
        autocompletion=completion.areas,
    ),
]
_TITLE = typer.Option(
    "--title", metavar="TEXT", help="What it asks for, in your own words.", show_default=False
)
NewTitle = Annotated[str, _TITLE]
OtherTitle = Annotated[str | None, _TITLE]
PartOf = Annotated[
    str | None,
    typer.Option(
        "--part-of",
        metavar="ID",
        help="The recommendation that it is a part of, judged by itself.",
        autocompletion=completion.ids,
    ),
]
Summary = Annotated[
    str | None, typer.Option("--summary", metavar="TEXT", help="The same in one or two sentences.")
]
Ref = Annotated[str | None, typer.Option("--ref", metavar="TEXT", help="Where the report says it.")]
NewActors = Annotated[
    list[str] | None,
    typer.Option(
        "--actor", metavar="NAME", help="Who is asked; repeatable.", autocompletion=completion.actors
    ),
]
NewTags = Annotated[
    list[str] | None,
    typer.Option(
        "--tag", metavar="TAG", help="A word to filter by; repeatable.", autocompletion=completion.tags
    ),
]
Ongoing = Annotated[bool, typer.Option("--ongoing", help="It is a standing duty, never simply finished.")]
DoneWhen = Annotated[
    str | None, typer.Option("--done-when", metavar="TEXT", help="The test for implemented.")
]
Due = Annotated[
    dt.date | None,
    typer.Option("--due", metavar="DATE", parser=typed.day, help="When it is due: a day, a month or a year."),
]
OldId = Annotated[
    str,
    typer.Argument(
        metavar="ID", help="The id that it has.", show_default=False, autocompletion=completion.ids
    ),
]
NextId = Annotated[str, typer.Argument(metavar="NEW", help="An id that was never used.", show_default=False)]


@app.command()
def add(
    identifier: NewId,
    *,
    title: NewTitle,
    area: NewArea = None,
    part_of: PartOf = None,
    summary: Summary = None,
    ref: Ref = None,
    actor: NewActors = None,
    tag: NewTags = None,
    ongoing: Ongoing = False,
    done_when: DoneWhen = None,
    due: Due = None,
    dry_run: options.DryRun = False,
    file: options.File = None,
    json: options.Json = False,
    _color: options.ColorChoice = Color.AUTO,
) -> None:
    """Add a recommendation after the last one.

    Example: pathtrack add D4 --area defense --title "Share launch sites" --summary "Open the ranges."
    """
    path = writable(file)
    given: dict[str, object] = {"id": identifier, "area": area or "", "title": title, "part_of": part_of}
    given |= {"ref": ref, "summary": summary, "actors": actor or (), "tags": tag or (), "ongoing": ongoing}
    given |= {"done_when": done_when, "due": due}

    def grown(document: Document) -> Document:
        return document.with_more(recommendations=[_new(document.tracker, given)])

    before, after = _changed(path, grown, dry_run=dry_run)
    warnings = sorted(_about_areas(after.tracker) - _about_areas(before.tracker))
    if json:
        changed.show("add", before, after, written=not dry_run, warnings=warnings)
        return
    if dry_run:
        typer.echo(toml.block(after.tracker.recommendations[-1]), nl=False)
        return
    typer.echo(safe_line(f"added {identifier} to {path}"))
    for warning in warnings:
        say_aside(f"warning: {warning}")
    hint(f"update {identifier} --status STATUS --evidence URL", file=file)


@app.command()
def rename(
    old: OldId,
    new: NextId,
    *,
    dry_run: options.DryRun = False,
    file: options.File = None,
    json: options.Json = False,
    _color: options.ColorChoice = Color.AUTO,
) -> None:
    """Give a recommendation another id.

    The old one is kept in `formerly`, so that updates under it still count; none of them is changed.

    Example: pathtrack rename D2 D5
    """
    path = writable(file)

    def renamed(document: Document) -> Document:
        identifier = naming.one(document.tracker, old)
        return document.renamed(identifier, _renamed(document.tracker, identifier, new))

    before, after = _changed(path, renamed, dry_run=dry_run)
    if json:
        changed.show("rename", before, after, written=not dry_run)
        return
    if dry_run:
        typer.echo(safe(after.difference), nl=False)
        return
    was = naming.one(before.tracker, old)
    typer.echo(safe_line(f"renamed {was} to {new} in {path}"))
    hint(f"show {new}", file=file)


def _changed(path: Path, change: Callable[[Document], Document], *, dry_run: bool) -> store.Written:
    """Return a tracker before and after a change, which a dry run does not write."""
    if dry_run:
        return store.Written(old := store.open_(path), change(old))
    return store.change(path, change, waiting=say_waiting)


def _about_areas(tracker: Tracker) -> set[str]:
    return {each.message for each in (*areas.areas(tracker), *areas.similar_areas(tracker))}


def _new(tracker: Tracker, given: dict[str, object]) -> Recommendation:
    if not (given["area"] or given["part_of"]):
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
    kept = {each.name: getattr(old, each.name) for each in fields(old)}
    named = objections.build(Recommendation, {**kept, "id": new, "formerly": (old.id, *old.formerly)})
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
