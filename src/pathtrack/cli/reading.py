"""The commands that look at the recommendations: list, show, open, progress, compare and statuses."""

from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from pathtrack.cli import completion, options, typed
from pathtrack.cli.naming import one, pick
from pathtrack.cli.screen import Screen, say
from pathtrack.cli.tracker import given, load, seen
from pathtrack.cli.typed import Color
from pathtrack.errors import FileError, UsageError
from pathtrack.file import store
from pathtrack.record.standings import Standing
from pathtrack.record.view import view as view_of
from pathtrack.text import is_safe_address, quoted

app = typer.Typer(rich_markup_mode=None)

ByYear = Annotated[bool, typer.Option("--by-year", help="Count at the end of each year instead.")]
ByResponse = Annotated[bool, typer.Option("--by-response", help="Count by answer and status instead.")]
SomeIds = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="ID",
        help="Ids of recommendations (default: all that are assessed).",
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
    """Print a tracker at a glance, and the commands that are useful next."""
    view = view_of(store.load(path), on=typed.today())
    Screen(Color.AUTO).show(lambda form: form.overview(view), "overview", file=path, as_of=view.as_of)


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
    """Show everything about one or more recommendations.

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

    It opens the first source of the newest update, or source N of 'pathtrack show'.

    Example: pathtrack open D2 3
    """
    import webbrowser  # noqa: PLC0415 no other command needs it

    _, tracker = load(file)
    (standing,) = pick(view_of(tracker, on=typed.today()), [one(tracker, identifier)]).standings
    address = _address(standing, number)
    say(f"opening {address}")
    if not webbrowser.open(address):
        raise FileError("no browser could be started", todo="open the address above, or set $BROWSER")


@app.command()
def progress(
    files: options.Files = None,
    *,
    by_response: ByResponse = False,
    by_year: ByYear = False,
    header: options.Header = False,
    as_of: options.AsOf = None,
    known_by: options.KnownBy = None,
    by: options.By = None,
    file: options.File = None,
    json: options.Json = False,
    color: options.ColorChoice = Color.AUTO,
) -> None:
    """Count the recommendations by area and status.

    Of several trackers, it counts each report and then all together.

    Example: pathtrack progress --as-of 2024-12-31
    """
    path, tracker, several = given(files, file)
    if by_response and by_year:
        raise UsageError("--by-response and --by-year cannot be combined", todo="give one of them")
    screen = Screen(color, json=json, header=header)
    if several:
        if by_response or by_year:
            raise UsageError("--by-response and --by-year are about one report", todo="give one tracker")
        found = several.seen(as_of=as_of, known_by=known_by, by=by)
        several.show(screen, lambda form: form.reports(found), "progress", found)
        return
    view = seen(tracker, as_of=as_of, known_by=known_by, by=by)
    if by_year:
        screen.show(lambda form: form.years(view), "progress", file=path, as_of=view.as_of)
    elif by_response:
        screen.show(lambda form: form.answers(view), "progress", file=path, as_of=view.as_of)
    else:
        screen.show(lambda form: form.progress(view), "progress", file=path, as_of=view.as_of)


@app.command()
def compare(
    ids: SomeIds = None,
    *,
    header: options.Header = False,
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
    Screen(color, json=json, header=header).show(
        lambda form: form.comparison(view), "compare", file=path, as_of=view.as_of
    )


@app.command()
def statuses(
    *, as_of: options.AsOf = None, json: options.Json = False, color: options.ColorChoice = Color.AUTO
) -> None:
    """Explain the eight statuses.

    It shows what each means, the evidence it wants, and the words of other bodies for it.

    Example: pathtrack statuses
    """
    on = as_of or typed.today()
    Screen(color, json=json).show(lambda form: form.statuses(), "statuses", file=None, as_of=on)


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
