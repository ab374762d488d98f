"""The commands that change the catalogue, and the one that takes back: add, edit, undo."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from pathtrack import git
from pathtrack.cli import completion, options, typed
from pathtrack.cli.screen import hint, note, say_that_it_waits
from pathtrack.cli.tracker import spelled, writable
from pathtrack.cli.typed import Color
from pathtrack.errors import FileError, PathtrackError, UsageError
from pathtrack.file import catalogue, diagnosis, document, insertion, store
from pathtrack.file.disk import refusing
from pathtrack.record import checks, model
from pathtrack.record.finding import Severity
from pathtrack.text import quoted, safe, safe_line

app = typer.Typer(rich_markup_mode=None)

OneId = Annotated[
    str | None,
    typer.Argument(
        metavar="ID", help="One recommendation.", show_default=False, autocompletion=completion.ids
    ),
]

NewId = Annotated[str, typer.Argument(metavar="ID", help="Its id, such as D2.", show_default=False)]
NewArea = Annotated[
    str,
    typer.Option(
        "--area", metavar="AREA", help="Its area.", show_default=False, autocompletion=completion.areas
    ),
]
NewTitle = Annotated[
    str,
    typer.Option(
        "--title",
        metavar="TEXT",
        help="What it asks for, in your own words.",
        show_default=False,
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
Ongoing = Annotated[bool, typer.Option("--ongoing", help="It is a standing duty, never simply finished.")]
DoneWhen = Annotated[
    str | None, typer.Option("--done-when", metavar="TEXT", help="The test for implemented.")
]
Due = Annotated[
    dt.date | None, typer.Option("--due", metavar="DATE", parser=typed.day, help="When it is due.")
]


@app.command()
def add(
    identifier: NewId,
    *,
    area: NewArea,
    title: NewTitle,
    summary: Summary = None,
    ref: Ref = None,
    actor: NewActors = None,
    ongoing: Ongoing = False,
    done_when: DoneWhen = None,
    due: Due = None,
    dry_run: options.DryRun = False,
    file: options.File = None,
    _color: options.ColorChoice = Color.AUTO,
) -> None:
    """Add a recommendation, behind the last one.

    Example: pathtrack add A2 --area health --title "Train more nurses" --summary "Double the places."
    """
    path = writable(file)
    given: dict[str, object] = {
        "id": identifier,
        "area": area,
        "title": title,
        "ref": ref,
        "summary": summary,
    }
    given |= {"actors": actor or (), "ongoing": ongoing, "done_when": done_when, "due": due}
    if dry_run:
        typer.echo(document.block(_new(store.load(path), given)), nl=False)
        return

    def grown(data: bytes) -> bytes:
        before = document.parse(data, name=str(path))
        return insertion.extend(data, before, [_new(before, given)], (), name=str(path)).data

    store.rewrite(path, grown, waiting=say_that_it_waits)
    typer.echo(safe_line(f"added {identifier} to {path}"))
    hint(f"update {identifier} --status STATUS --evidence URL", file=file)


@app.command()
def edit(
    identifier: OneId = None,
    *,
    file: options.File = None,
    _color: options.ColorChoice = Color.AUTO,
) -> None:
    """Edit the catalogue in your editor.

    All of it, or one recommendation. Updates are never edited.

    Example: pathtrack edit D2
    """
    path = writable(file)
    data = store.read(path)
    before = document.parse(data, name=str(path))
    if identifier is not None:
        spelled(before, [identifier])
    old = catalogue.text_of(data, before, identifier)
    draft = _edited(old)
    with _kept_if_refused(draft):
        written = draft.read_bytes()
        new = document.decode(written, name=str(draft)).replace("\n", document.newline_of(data))
        if written == old.encode() or not new.strip():
            typer.echo("nothing was changed")
        else:
            changed = catalogue.exchange(data, before, identifier, new, name=str(path))
            store.exchange(path, data, changed, waiting=say_that_it_waits)
            typer.echo(safe_line(f"changed {identifier or 'the catalogue'} in {path}"))
            _warn(document.parse(changed, name=str(path)))
            hint("check", file=file)
    draft.unlink()


@app.command()
def undo(
    *,
    dry_run: options.DryRun = False,
    file: options.File = None,
    _color: options.ColorChoice = Color.AUTO,
) -> None:
    """Take back the newest update.

    Only if it still ends the file; what is taken back is shown. What 'add' or 'edit' wrote is taken back
    with 'edit'.

    Example: pathtrack undo --dry-run
    """
    path = writable(file)
    shared, taken = git.is_committed(path.parent, path.name), ""

    def shortened(data: bytes) -> bytes:
        nonlocal taken
        rest, taken = document.without_last_update(data, document.parse(data, name=str(path)), name=str(path))
        return rest

    if dry_run:
        shortened(store.read(path))
    else:
        store.rewrite(path, shortened, waiting=say_that_it_waits)
    typer.echo(safe_line(f"{'would take' if dry_run else 'took'} back from {path}:"))
    typer.echo(safe(taken.replace("\r\n", "\n")), nl=False)
    if not dry_run:
        if shared:
            note("warning: git has it already; 'pathtrack check --since HEAD' names what was taken back")
        hint("timeline", file=file)


def _new(tracker: model.Tracker, given: dict[str, object]) -> model.Recommendation:
    recommendation = diagnosis.build(model.Recommendation, given)
    for each in tracker.recommendations:
        if model.key(each.id) == model.key(recommendation.id):
            raise UsageError(f"{each.id} is already the id of {quoted(each.title)}", todo="choose another id")
    if not tracker.report.areas:
        return recommendation
    (area,) = typed.choose([recommendation.area], tracker.report.areas, "area of the report")
    return replace(recommendation, area=area)


def _edited(text: str) -> Path:
    """Let the user edit a draft of the text, and return where it lies."""
    import tempfile  # noqa: PLC0415 only this command needs it

    with (
        refusing(Path(tempfile.gettempprefix()), "cannot make a draft for the editor"),
        tempfile.NamedTemporaryFile("wb", prefix="pathtrack-", suffix=".toml", delete=False) as file,
    ):
        file.write(text.encode())
    draft = Path(file.name)
    if not git.edit(draft):
        draft.unlink()
        raise FileError(
            "the editor failed", todo="set $VISUAL or $EDITOR to one that works; nothing was changed"
        )
    return draft


def _warn(tracker: model.Tracker) -> None:
    found = checks.check(tracker, on=typed.today())
    for message in dict.fromkeys(each.message for each in found if each.severity is Severity.ERROR):
        note(f"warning: {message}")


@contextmanager
def _kept_if_refused(draft: Path) -> Iterator[None]:
    try:
        yield
    except PathtrackError:
        note(f"your text is kept in {draft}")
        raise
