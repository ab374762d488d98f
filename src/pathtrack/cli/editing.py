"""The commands that change what is there: edit, undo."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Annotated

import typer

from pathtrack import git
from pathtrack.cli import completion, options, typed
from pathtrack.cli.naming import one
from pathtrack.cli.screen import hint, require_agreement, say, say_aside, say_waiting
from pathtrack.cli.tracker import writable
from pathtrack.cli.typed import Color
from pathtrack.errors import FileError
from pathtrack.file import store, toml
from pathtrack.file.disk import refusing
from pathtrack.file.document import Document
from pathtrack.record import checks, same
from pathtrack.record.finding import Severity
from pathtrack.record.model import Tracker, key
from pathtrack.text import count, safe

app = typer.Typer(rich_markup_mode=None)

OneId = Annotated[
    str | None,
    typer.Argument(
        metavar="ID", help="One recommendation.", show_default=False, autocompletion=completion.ids
    ),
]


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
        one(old.tracker, identifier)
    with draft(old.catalogue(identifier)) as edited:
        if not git.edit(edited):
            todo = "set $VISUAL or $EDITOR to one that works; nothing was changed"
            raise FileError("the editor failed", todo=todo)
        new = _with_draft(old, identifier, edited)
        _require_that_ids_stay(old.tracker, new.tracker)
        if new.data == old.data:
            say("nothing was changed")
        else:
            store.exchange(path, old.data, new.data, waiting=say_waiting)
            say(f"changed {identifier or 'the catalogue'} in {path}")
            _warn(old.tracker, new.tracker)
            hint("check", file=file)


@app.command()
def undo(
    *,
    yes: options.Yes = False,
    dry_run: options.DryRun = False,
    file: options.File = None,
    _color: options.ColorChoice = Color.AUTO,
) -> None:
    """Remove the newest update.

    This works only while it is the last thing in the file; what is removed is shown. Somebody else's that
    was pushed is asked about first. Use 'edit' to remove what 'add' or 'edit' wrote.

    Example: pathtrack undo --dry-run
    """
    path = writable(file)
    # Asked first, since it is about the file as it was.
    shared = git.is_committed(path.parent, path.name)
    if dry_run:
        new = store.open_(path).without_last_update()
    else:
        _require_own(path, yes=yes)
        _, new = store.change(path, Document.without_last_update, waiting=say_waiting)
    say(f"{'would remove' if dry_run else 'removed'} from {path}:")
    typer.echo(safe(new.difference), nl=False)
    if not dry_run:
        if shared:
            say_aside("warning: it is already in git; 'pathtrack check --since HEAD' names what was removed")
        hint("timeline", file=file)


def _require_own(path: Path, *, yes: bool) -> None:
    """Ask before somebody else's update is removed that others have already got."""
    newest = next(reversed(store.load(path).updates), None)
    author = newest and (newest.typed_by or newest.by)
    if yes or not author or same.word(author) == same.word(git.author()):
        return
    with suppress(FileError):  # nothing was pushed
        for data in git.versions_at(path, "@{upstream}"):
            if newest in Document.read(data, name=str(path)).tracker.updates:
                what = f"the newest update is by {author}, and was pushed to others"
                require_agreement(what, "Remove it all the same?", yes=yes)


@contextmanager
def draft(text: str, suffix: str = ".toml") -> Iterator[Path]:
    """Create a draft of the text for an editor; it is kept, and its path printed, unless it was used."""
    import tempfile  # noqa: PLC0415 only this command needs it

    with (
        refusing(Path(tempfile.gettempprefix()), "cannot create a draft for the editor"),
        tempfile.NamedTemporaryFile("wb", prefix="pathtrack-", suffix=suffix, delete=False) as file,
    ):
        file.write(text.encode())
    # Closed by now: on Windows, no editor could write to a file that we have open.
    path, is_taken = Path(file.name), False
    try:
        yield path
        is_taken = True
    finally:
        with suppress(FileNotFoundError):
            if is_taken or path.read_bytes() == text.encode():
                path.unlink()
            else:
                say_aside(f"your edits are saved in {path}")


def _with_draft(old: Document, identifier: str | None, draft: Path) -> Document:
    """Return the document with the edited draft; the same if nothing was edited or all was removed."""
    data = draft.read_bytes()
    text = toml.decode(data, name=str(draft))
    if data == old.catalogue(identifier).encode() or not text.strip():
        return old
    return old.with_catalogue(identifier, text)


def _require_that_ids_stay(old: Tracker, new: Tracker) -> None:
    """Refuse another id in the place of one under which updates would no longer be found."""
    lost = _lost(old, new)
    fresh = {place: each for place, each in enumerate(new.recommendations) if key(each.id) not in old.names}
    titled = {each.title: each for each in fresh.values()}
    for place, each in enumerate(old.recommendations):
        other = fresh.get(place) or titled.get(each.title)
        if each.id in lost and other:
            lose = f"{count(lost[each.id], 'update')} about {each.id} would be lost"
            what = f"{other.id} is in the place of {each.id}, and {lose}"
            raise FileError(what, todo=f"run 'pathtrack rename {each.id} {other.id}' instead")


def _lost(old: Tracker, new: Tracker) -> Counter[str]:
    """Return how many updates about each recommendation find it no longer, by its id."""
    spelled = {key(each.id): each.id for each in reversed(old.recommendations)}
    return Counter(
        spelled[old.names[name]]
        for update in old.updates
        for name in {*map(key, update.recommendations)}
        if name in old.names and name not in new.names
    )


def _warn(old: Tracker, new: Tracker) -> None:
    for identifier, number in _lost(old, new).items():
        say_aside(f"warning: {identifier} was taken out, and is still named by {count(number, 'update')}")
    found = checks.check(new, on=typed.today())
    for message in dict.fromkeys(each.message for each in found if each.severity is Severity.ERROR):
        say_aside(f"warning: {message}")
