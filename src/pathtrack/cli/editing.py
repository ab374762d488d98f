"""The commands that change what is there: add, edit, undo."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from pathtrack import git
from pathtrack.cli import completion, options, typed
from pathtrack.cli.screen import hint, say, say_aside, say_waiting
from pathtrack.cli.tracker import spelled, writable
from pathtrack.cli.typed import Color
from pathtrack.errors import FileError, UsageError
from pathtrack.file import store, toml
from pathtrack.file.disk import refusing
from pathtrack.file.document import Document
from pathtrack.record import checks, model, objections
from pathtrack.record.finding import Severity
from pathtrack.text import quoted, safe

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
Ongoing = Annotated[
    bool, typer.Option("--ongoing", help="It is a standing duty that is never simply finished.")
]
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
    """Add a recommendation after the last one.

    Example: pathtrack add D4 --area defense --title "Share launch sites" --summary "Open the ranges."
    """
    path = writable(file)
    given: dict[str, object] = {"id": identifier, "area": area, "title": title, "ref": ref, "due": due}
    given |= {"summary": summary, "actors": actor or (), "ongoing": ongoing, "done_when": done_when}
    if dry_run:
        typer.echo(toml.block(_new(store.load(path), given)), nl=False)
        return
    store.change(
        path,
        lambda old: old.with_more(recommendations=[_new(old.tracker, given)]),
        waiting=say_waiting,
    )
    say(f"added {identifier} to {path}")
    hint(f"update {identifier} --status STATUS --evidence URL", file=file)


@app.command()
def edit(
    identifier: OneId = None,
    *,
    file: options.File = None,
    _color: options.ColorChoice = Color.AUTO,
) -> None:
    """Edit the catalogue in your editor.

    You edit all of it, or one recommendation; updates are never edited.

    Example: pathtrack edit D2
    """
    path = writable(file)
    old = store.open_(path)
    if identifier is not None:
        spelled(old.tracker, [identifier])
    with _draft(old.catalogue(identifier)) as draft:
        if not git.edit(draft):
            todo = "set $VISUAL or $EDITOR to one that works; nothing was changed"
            raise FileError("the editor failed", todo=todo)
        new = _with_draft(old, identifier, draft)
        if new.data == old.data:
            say("nothing was changed")
        else:
            store.exchange(path, old.data, new.data, waiting=say_waiting)
            say(f"changed {identifier or 'the catalogue'} in {path}")
            _warn(new.tracker)
            hint("check", file=file)


@app.command()
def undo(
    *,
    dry_run: options.DryRun = False,
    file: options.File = None,
    _color: options.ColorChoice = Color.AUTO,
) -> None:
    """Remove the newest update.

    This works only while it is the last thing in the file; what is removed is shown. Use 'edit' to remove
    what 'add' or 'edit' wrote.

    Example: pathtrack undo --dry-run
    """
    path = writable(file)
    # Asked first, since it is about the file as it was.
    shared = git.is_committed(path.parent, path.name)
    if dry_run:
        new = store.open_(path).without_last_update()
    else:
        _, new = store.change(path, Document.without_last_update, waiting=say_waiting)
    say(f"{'would remove' if dry_run else 'removed'} from {path}:")
    typer.echo(safe(new.difference), nl=False)
    if not dry_run:
        if shared:
            say_aside("warning: it is already in git; 'pathtrack check --since HEAD' names what was removed")
        hint("timeline", file=file)


def _new(tracker: model.Tracker, given: dict[str, object]) -> model.Recommendation:
    recommendation = objections.build(model.Recommendation, given)
    for each in tracker.recommendations:
        if model.key(each.id) == model.key(recommendation.id):
            raise UsageError(f"{each.id} is already the id of {quoted(each.title)}", todo="choose another id")
    if not tracker.report.areas:
        return recommendation
    (area,) = typed.choose([recommendation.area], tracker.report.areas, "area of the report")
    return replace(recommendation, area=area)


@contextmanager
def _draft(text: str) -> Iterator[Path]:
    """Create a draft of the text for an editor; it is kept, and its path printed, unless it was used."""
    import tempfile  # noqa: PLC0415 only this command needs it

    with (
        refusing(Path(tempfile.gettempprefix()), "cannot create a draft for the editor"),
        tempfile.NamedTemporaryFile("wb", prefix="pathtrack-", suffix=".toml", delete=False) as file,
    ):
        file.write(text.encode())
    # Closed by now: on Windows, no editor could write to a file that we have open.
    draft, is_taken = Path(file.name), False
    try:
        yield draft
        is_taken = True
    finally:
        with suppress(FileNotFoundError):
            if is_taken or draft.read_bytes() == text.encode():
                draft.unlink()
            else:
                say_aside(f"your edits are saved in {draft}")


def _with_draft(old: Document, identifier: str | None, draft: Path) -> Document:
    """Return the document with the edited draft; the same if nothing was edited or all was removed."""
    data = draft.read_bytes()
    text = toml.decode(data, name=str(draft))
    if data == old.catalogue(identifier).encode() or not text.strip():
        return old
    return old.with_catalogue(identifier, text)


def _warn(tracker: model.Tracker) -> None:
    found = checks.check(tracker, on=typed.today())
    for message in dict.fromkeys(each.message for each in found if each.severity is Severity.ERROR):
        say_aside(f"warning: {message}")
