"""The command that asks an actor what became of recommendations: ask."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pathtrack.cli import changed, choosing, completion, naming, options
from pathtrack.cli.options import Look
from pathtrack.cli.screen import hint, say_aside
from pathtrack.cli.tracker import seen, writable
from pathtrack.cli.typed import Color
from pathtrack.errors import UsageError
from pathtrack.file import publish, store
from pathtrack.record import same
from pathtrack.record.filters import Filters
from pathtrack.record.model import Tracker
from pathtrack.record.standings import Standing
from pathtrack.record.view import View
from pathtrack.text import count, did_you_mean, for_shell, quoted

if TYPE_CHECKING:
    from pathtrack.show.objects import Object

app = typer.Typer(rich_markup_mode=None)

Actor = Annotated[
    str | None,
    typer.Argument(
        metavar="ACTOR", help="Who is asked.", show_default=False, autocompletion=completion.actors
    ),
]
Output = Annotated[
    Path,
    typer.Option("--output", "-o", metavar="PATH", help="The workbook to write; not over an existing file."),
]
Awaiting = Annotated[bool, typer.Option("--awaiting", help="Only what this actor has not answered.")]


@app.command()
def ask(
    actor: Actor = None,
    *,
    output: Output = Path("ask.xlsx"),
    area: choosing.Areas = None,
    status: choosing.Statuses = None,
    tag: choosing.Tags = None,
    overdue: choosing.Overdue = False,
    awaiting: Awaiting = False,
    as_of: options.AsOf = None,
    known_by: options.KnownBy = None,
    file: options.File = None,
    json: options.Json = False,
    _color: options.ColorChoice = Color.AUTO,
) -> None:
    """Write a form that asks an actor what it has done about its recommendations.

    It is a workbook for people who have never heard of this program: our account is locked, and there is room
    for an answer, what was done, the address of a source and a new target date. 'pathtrack import' takes the
    filled form back.

    Example: pathtrack ask "Republic of Korea" --area defense -o ask.xlsx
    """
    from pathtrack.export import ask as form  # noqa: PLC0415 it loads the writer of workbooks

    tracker = store.load(path := writable(file))
    name = _named(actor, tracker)
    wanted = choosing.Chosen(area=area, status=status, tag=tag, overdue=overdue).filters(tracker)
    view = seen(tracker, Look(as_of, known_by), only=wanted.concern, parts=True)
    view = _asked(view, replace(wanted, actors=(name,)), name, awaiting=awaiting)
    if output.suffix.lower() != ".xlsx":
        todo = "give -o a path that ends with .xlsx"
        raise UsageError("a form is a workbook", where=str(output), todo=todo)
    store.refuse_existing(output, option="-o")
    publish.write(output, form.render(view, name))
    if json:
        asked = [each.recommendation.id for each in view.standings]
        told: Object = {"form": str(output.absolute()), "actor": name, "recommendations": asked}
        changed.emit("ask", path, told, as_of=view.as_of)
        return
    say_aside(f"wrote {output}: {count(len(view.standings), 'recommendation')} asked of {name}")
    hint(f"import {for_shell(str(output))}", file=file, when=f"send it to {name}, and when it is filled in")


def _named(actor: str | None, tracker: Tracker) -> str:
    """Return who is asked, as the tracker spells the name; UsageError if nobody is, or nobody can be."""
    if not tracker.actors:
        todo = naming.how_to_ask(tracker, actor or "NAME")
        raise UsageError("no recommendation says who is asked to act", todo=todo)
    if not actor:
        raise UsageError("ACTOR is missing", todo=did_you_mean("", tracker.actors))
    name, *others = naming.choose([actor], tracker.actors, "actor")
    if others:
        raise UsageError(f"{quoted(actor)} is more than one actor", todo="ask one of them at a time")
    return name


def _asked(view: View, wanted: Filters, name: str, *, awaiting: bool) -> View:
    """Return what an actor itself is asked, of what is wanted; UsageError if that is nothing."""
    tracker = view.tracker
    view = view.of([name]).keep(
        lambda each: (
            same.word(name) in map(same.word, tracker.asked_of(each.recommendation))
            and wanted.admit(each)
            and not (awaiting and _has_answered(each, name))
        )
    )
    if not view.standings:
        raise UsageError(f"nothing to ask of {quoted(name)}", todo="see 'pathtrack list --actor NAME'")
    return view


def _has_answered(standing: Standing, name: str) -> bool:
    return any(each.response for each in standing.actors if same.word(each.name) == same.word(name))
