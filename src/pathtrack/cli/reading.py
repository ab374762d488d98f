"""The commands that look at the recommendations: list, show, open, progress, compare and statuses."""

from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from pathtrack.cli import completion, options, typed
from pathtrack.cli.screen import Screen
from pathtrack.cli.tracker import load, pick, seen
from pathtrack.cli.typed import Color
from pathtrack.errors import FileError, UsageError
from pathtrack.file import store
from pathtrack.record import filters
from pathtrack.record.standings import Standing
from pathtrack.record.status import Response, Status
from pathtrack.record.view import Order
from pathtrack.record.view import view as view_of
from pathtrack.text import is_safe_address, quoted, safe_line

app = typer.Typer(rich_markup_mode=None)

Statuses = Annotated[
    list[Status] | None,
    typer.Option(
        "--status",
        metavar="STATUS",
        parser=typed.status,
        help="Only that status; repeat for several.",
        autocompletion=completion.statuses,
    ),
]
Actors = Annotated[
    list[str] | None,
    typer.Option(
        "--actor",
        metavar="NAME",
        help="Only what that actor is asked to do; repeatable.",
        autocompletion=completion.actors,
    ),
]
Words = Annotated[
    list[str] | None,
    typer.Option(
        "--search", metavar="TEXT", help="Only where titles, notes or sources hold the text; repeatable."
    ),
]
Stale = Annotated[
    int | None,
    typer.Option(
        "--stale", metavar="DAYS", parser=typed.days, help="Only without an update in so many days."
    ),
]
Overdue = Annotated[bool, typer.Option("--overdue", help="Only overdue recommendations.")]
Slipped = Annotated[bool, typer.Option("--slipped", help="Only those whose target date was moved.")]
Unsourced = Annotated[bool, typer.Option("--unsourced", help="Only those without any source.")]
Awaiting = Annotated[bool, typer.Option("--awaiting", help="Only those without an answer on record.")]
Responses = Annotated[
    list[Response] | None,
    typer.Option(
        "--response",
        metavar="WORD",
        parser=typed.response,
        help="Only those answered so; repeat for several.",
        autocompletion=completion.responses,
    ),
]
Tags = Annotated[
    list[str] | None, typer.Option("--tag", metavar="TAG", help="Only those with the tag; repeatable.")
]
Parts = Annotated[bool, typer.Option("--parts", help="Give each part a row of its own.")]
WhoseMove = Annotated[
    bool, typer.Option("--whose-move", help="List by actor what is neither done nor refused.")
]
SortKey = Annotated[
    Order | None,
    typer.Option(
        "--sort", metavar="KEY", parser=typed.order, help=f"Sort by {', '.join(Order)}; newest dates first."
    ),
]
Header = Annotated[bool, typer.Option("--header", help="Begin the rows of a pipe with the names of columns.")]
ByResponse = Annotated[bool, typer.Option("--by-response", help="Count by answer and status instead.")]
SomeIds = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="ID",
        help="All that are assessed, if none.",
        show_default=False,
        autocompletion=completion.ids,
    ),
]
AnId = Annotated[
    str,
    typer.Argument(
        metavar="ID",
        help="Id of a recommendation, such as D2.",
        show_default=False,
        autocompletion=completion.ids,
    ),
]
Number = Annotated[
    int | None,
    typer.Argument(
        metavar="N", parser=typed.number, help="Its number in 'pathtrack show'.", show_default=False
    ),
]


def overview(path: Path) -> None:
    """Show a tracker at a glance, and the commands that come next."""
    view = view_of(store.load(path), on=typed.today())
    Screen(Color.AUTO).show(lambda form: form.overview(view), "overview", file=path, as_of=view.as_of)


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


@app.command()
def show(
    ids: options.Ids,
    *,
    as_of: options.AsOf = None,
    known_by: options.KnownBy = None,
    by: options.By = None,
    file: options.File = None,
    json: options.Json = False,
    color: options.ColorChoice = Color.AUTO,
) -> None:
    """Show all about a recommendation, or several.

    Example: pathtrack show D2
    """
    path, tracker = load(file)
    view = pick(seen(tracker, as_of=as_of, known_by=known_by, by=by), ids)
    Screen(color, json=json).show(lambda form: form.pages(view), "show", file=path, as_of=view.as_of)


@app.command("open")
def open_(
    identifier: AnId,
    number: Number = None,
    *,
    file: options.File = None,
    _color: options.ColorChoice = Color.AUTO,
) -> None:
    """Open a source in the browser.

    It is the first source of the newest update, or the one with that number in 'pathtrack show'.

    Example: pathtrack open D2 3
    """
    import webbrowser  # noqa: PLC0415 no other command needs it

    _, tracker = load(file)
    (standing,) = pick(view_of(tracker, on=typed.today()), [identifier]).standings
    address = _address(standing, number)
    typer.echo(safe_line(f"opening {address}"))
    if not webbrowser.open(address):
        raise FileError("no browser can be started", todo="open the address above, or set $BROWSER")


@app.command()
def progress(
    *,
    by_response: ByResponse = False,
    as_of: options.AsOf = None,
    known_by: options.KnownBy = None,
    by: options.By = None,
    file: options.File = None,
    json: options.Json = False,
    color: options.ColorChoice = Color.AUTO,
) -> None:
    """Count the recommendations by area and status.

    Example: pathtrack progress --as-of 2024-12-31
    """
    path, tracker = load(file)
    view = seen(tracker, as_of=as_of, known_by=known_by, by=by)
    if by_response and not json:
        Screen(color).show(lambda form: form.answers(view), "progress", file=path, as_of=view.as_of)
        return
    Screen(color, json=json).show(lambda form: form.progress(view), "progress", file=path, as_of=view.as_of)


@app.command()
def compare(
    ids: SomeIds = None,
    *,
    as_of: options.AsOf = None,
    known_by: options.KnownBy = None,
    by: options.By = None,
    file: options.File = None,
    json: options.Json = False,
    color: options.ColorChoice = Color.AUTO,
) -> None:
    """Compare the judgements of several assessors.

    Example: pathtrack compare D1 D2
    """
    path, tracker = load(file)
    whole = seen(tracker, as_of=as_of, known_by=known_by, by=by)
    view = pick(whole, ids) if ids else whole.keep(lambda each: each.assessed)
    Screen(color, json=json).show(lambda form: form.comparison(view), "compare", file=path, as_of=view.as_of)


@app.command()
def statuses(
    *, as_of: options.AsOf = None, json: options.Json = False, color: options.ColorChoice = Color.AUTO
) -> None:
    """Explain the eight statuses.

    With the evidence that each wants, and the words that other bodies use for it.

    Example: pathtrack statuses
    """
    on = as_of or typed.today()
    Screen(color, json=json).show(lambda form: form.statuses(), "statuses", file=None, as_of=on)


def _address(standing: Standing, number: int | None) -> str:
    """Return the address of the source with that number in `show`, or of the newest update's first."""
    identifier = standing.recommendation.id
    newest = (each for update in reversed(standing.records) for each in update.evidence if each.url)
    chosen = next(islice(standing.citations, number - 1, number) if number else newest, None)
    todo = f"see 'pathtrack show {identifier}'"
    if chosen is None:
        raise UsageError(f"{identifier} has no {f'source {number}' if number else 'address'}", todo=todo)
    if chosen.url is None:
        raise UsageError(f"source {number} of {identifier} has no address", todo=todo)
    if not is_safe_address(chosen.url):
        raise UsageError(f"{quoted(chosen.url)} is no plain web address", todo=todo)
    return chosen.url
