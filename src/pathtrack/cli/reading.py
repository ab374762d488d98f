"""The commands that look at the recommendations: list, show, open, progress, compare and statuses."""

from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from pathtrack.cli import options, typed
from pathtrack.cli.naming import one, pick
from pathtrack.cli.options import Look
from pathtrack.cli.screen import Screen, say
from pathtrack.cli.tracker import given, load, seen
from pathtrack.cli.typed import Color
from pathtrack.errors import FileError, UsageError
from pathtrack.file import store
from pathtrack.record.standings import Standing
from pathtrack.text import is_safe_address, quoted

app = typer.Typer(rich_markup_mode=None)

ByYear = Annotated[bool, typer.Option("--by-year", help="Count at the end of each year instead.")]
ByResponse = Annotated[bool, typer.Option("--by-response", help="Count by answer and status instead.")]
SomeIds = Annotated[
    list[str] | None, options.id_argument("Ids of recommendations (default: all that are assessed).")
]
AnId = Annotated[str, options.id_argument("Id of a recommendation, such as D2.")]
Number = Annotated[
    int | None,
    typer.Argument(
        metavar="N", parser=typed.number, help="Its number in 'pathtrack show'.", show_default=False
    ),
]


def overview(path: Path) -> None:
    """Print a tracker at a glance, and the commands that are useful next."""
    view = seen(store.load(path), Look())
    Screen().show(lambda form: form.overview(view), "overview", file=path, as_of=view.as_of)


@app.command()
@options.grouped
def show(ids: options.Ids, *, look: options.Look, file: options.File = None, screen: Screen) -> None:
    """Show everything about one or more recommendations.

    Example: pathtrack show D2
    """
    path, tracker = load(file)
    view = pick(seen(tracker, look), ids)
    screen.show(lambda form: form.pages(view), "show", file=path, as_of=view.as_of)


@app.command("open")
def open_(
    identifier: AnId,
    number: Number = None,
    *,
    file: options.File = None,
    _color: options.ColorChoice = Color.AUTO,
) -> None:
    """Open a source in the browser.

    It opens the first source of the newest update, or source N of 'pathtrack show'.

    Example: pathtrack open D2 3
    """
    import webbrowser  # noqa: PLC0415 no other command needs it

    _, tracker = load(file)
    (standing,) = pick(seen(tracker, Look()), [one(tracker, identifier)]).standings
    address = _address(standing, number)
    say(f"opening {address}")
    if not webbrowser.open(address):
        raise FileError("no browser could be started", todo="open the address above, or set $BROWSER")


@app.command()
@options.grouped
def progress(
    files: options.Files = None,
    *,
    by_response: ByResponse = False,
    by_year: ByYear = False,
    header: options.Header = False,
    look: options.Look,
    file: options.File = None,
    screen: Screen,
) -> None:
    """Count the recommendations by area and status.

    Of several trackers, it counts each report and then all together.

    Example: pathtrack progress --as-of 2024-12-31
    """
    path, tracker, several = given(files, file)
    if by_response and by_year:
        raise UsageError("--by-response and --by-year cannot be combined", todo="give one of them")
    if several:
        if by_response or by_year:
            raise UsageError("--by-response and --by-year are about one report", todo="give one tracker")
        found = several.seen(look)
        several.show(screen, lambda form: form.reports(found), "reports", found, header=header)
        return
    view = seen(tracker, look)
    if by_year:
        screen.show(lambda form: form.years(view), "progress", file=path, as_of=view.as_of, header=header)
    elif by_response:
        screen.show(lambda form: form.answers(view), "progress", file=path, as_of=view.as_of, header=header)
    else:
        screen.show(lambda form: form.progress(view), "progress", file=path, as_of=view.as_of, header=header)


@app.command()
@options.grouped
def compare(
    ids: SomeIds = None,
    *,
    header: options.Header = False,
    look: options.Look,
    file: options.File = None,
    screen: Screen,
) -> None:
    """Compare the judgements of several assessors.

    Example: pathtrack compare D1 D2
    """
    path, tracker = load(file)
    whole = seen(tracker, look)
    view = pick(whole, ids) if ids else whole.keep(lambda each: each.assessed)
    screen.show(lambda form: form.comparison(view), "compare", file=path, as_of=view.as_of, header=header)


@app.command()
@options.grouped
def statuses(*, as_of: options.AsOf = None, screen: Screen) -> None:
    """Explain the eight statuses.

    It shows what each means, the evidence it wants, and the words of other bodies for it.

    Example: pathtrack statuses
    """
    on = as_of or typed.today()
    screen.show(lambda form: form.statuses(), "statuses", file=None, as_of=on)


def _address(standing: Standing, number: int | None) -> str:
    """Return the address of the source with that number in `show`, or of the newest update's first."""
    identifier = standing.recommendation.id
    newest = (each for update in reversed(standing.updates) for each in update.evidence if each.url)
    chosen = next(islice(standing.citations, number - 1, number) if number else newest, None)
    todo = f"see 'pathtrack show {identifier}'"
    if chosen is None:
        raise UsageError(f"{identifier} has no {f'source {number}' if number else 'address'}", todo=todo)
    if chosen.url is None:
        raise UsageError(f"source {number} of {identifier} has no address", todo=todo)
    if not is_safe_address(chosen.url):
        raise UsageError(f"{quoted(chosen.url)} is not a plain web address", todo=todo)
    return chosen.url
