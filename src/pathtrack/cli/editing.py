"""The commands that change what is there: edit, undo."""

import os
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import fields, replace
from pathlib import Path
from typing import Annotated

import typer

from pathtrack import git
from pathtrack.cli import catalogue, changed, drafts, options, typed
from pathtrack.cli.changed import Change
from pathtrack.cli.naming import one
from pathtrack.cli.screen import hint, require_agreement, say, say_aside, say_waiting
from pathtrack.cli.tracker import writable
from pathtrack.errors import FileError, UsageError
from pathtrack.file import keys, store, toml
from pathtrack.file.document import Document
from pathtrack.record import checks, objections, same
from pathtrack.record.corrections import Ledger, day_known
from pathtrack.record.finding import Severity
from pathtrack.record.model import Tracker, key
from pathtrack.text import count, day, safe

app = typer.Typer(rich_markup_mode=None)

OneId = Annotated[str | None, options.id_argument("One recommendation.")]

Ongoing = Annotated[
    bool | None, typer.Option("--ongoing/--no-ongoing", help="It is a standing duty, never simply finished.")
]
Without = Annotated[
    list[str] | None,
    typer.Option("--without", metavar="KEY", help="Remove what it has under KEY, such as due; repeatable."),
]
_EMPTY: dict[str, object] = {
    **dict.fromkeys(("part_of", "ref", "summary", "done_when", "due")),
    **dict.fromkeys(("actors", "tags"), ()),
}


@app.command()
@options.grouped
def edit(
    identifier: OneId = None,
    *,
    title: catalogue.OtherTitle = None,
    facts: catalogue.Facts,
    ongoing: Ongoing = None,
    done_when: catalogue.DoneWhen = None,
    due: catalogue.Due = None,
    without: Without = None,
    change: Change,
) -> None:
    """Edit the catalogue in your editor, or one recommendation by options.

    You edit all of it, or one recommendation; updates are never edited. What an editor left that was refused
    is offered by the next edit.

    Example: pathtrack edit D2 --due 2027-06 --done-when "Both forces train together once a year."
    """
    path = writable(change.file)
    old = store.open_(path)
    name = None if identifier is None else one(old.tracker, identifier)
    given = catalogue.stated(facts, title=title, ongoing=ongoing, done_when=done_when, due=due)
    given |= typed.cleared(without, _EMPTY, given)
    if given or change.dry_run or change.json:
        _finish(old, _changed(old, name, given), name, change)
        return
    text = old.catalogue(name)
    of = f"{os.path.realpath(path)} {name or ''}"
    with drafts.draft(keys.offered(text), of=of, name=name or "catalogue") as draft:
        draft.edit()
        new = _with_draft(old, name, draft)
        _require_that_ids_stay(old.tracker, new.tracker)
        _finish(old, new, name, change)
        draft.is_used = True


@app.command()
@options.grouped
def undo(*, yes: options.Yes = False, change: Change) -> None:
    """Remove the newest update.

    This works only while it is the last thing in the file; what is removed is shown. Somebody else's that
    was pushed is asked about first. Use 'edit' to remove what 'add' or 'edit' wrote.

    Example: pathtrack undo --dry-run
    """
    path = writable(change.file)
    # Asked first, since it is about the file as it was.
    shared = git.is_committed(path.parent, path.name)
    old = store.open_(path)
    if change.dry_run:
        new = old.without_last_update()
    else:
        _require_own(old, path, yes=yes)
        old, new = store.change(path, Document.without_last_update, waiting=say_waiting, opened=old)
    if change.json:
        changed.show("undo", old, new, written=not change.dry_run)
        return
    say(f"{'would remove' if change.dry_run else 'removed'} from {path}:")
    typer.echo(safe(new.difference), nl=False)
    _say_what_comes_back(old.tracker, new.tracker)
    if not change.dry_run:
        if shared:
            say_aside("warning: it is already in git; 'pathtrack check --since HEAD' names what was removed")
        hint("timeline", file=change.file)


def _require_own(old: Document, path: Path, *, yes: bool) -> None:
    """Ask before somebody else's update is removed that others have already got."""
    newest = next(reversed(old.tracker.updates), None)
    author = newest and (newest.typed_by or newest.by)
    if yes or not newest or not author or same.word(author) == same.word(git.author()):
        return
    with suppress(FileError):  # nothing was pushed
        for data in git.versions_at(path, "@{upstream}"):
            if newest in Document.read(data, name=str(path)).tracker.updates:
                when = day(day_known(newest))
                what = f"the newest update is by {author}, was recorded on {when}, and was pushed to others"
                require_agreement(what, "Remove it all the same?", yes=yes)


def _say_what_comes_back(old: Tracker, new: Tracker) -> None:
    """Print that what the removed update had corrected or withdrawn counts again."""
    removed, ledger = old.updates[-1], Ledger(old.updates)
    place = ledger.target(removed)
    if place is not None and place not in Ledger(new.updates).gone:
        did, back = "corrected" if removed.says_something else "withdrew", old.updates[place]
        about = f"the update of {day(back.date)} about {', '.join(back.recommendations)} by {back.by}"
        say_aside(f"note: it {did} {about}, which counts again without it")


def _changed(old: Document, name: str | None, given: Mapping[str, object]) -> Document:
    """Return a document with other values of some keys of one recommendation."""
    if name is None or not given:
        todo = "give the id of one recommendation, and what is to change, such as --due DATE"
        raise UsageError("without an editor, one recommendation is edited", todo=todo)
    was = next(each for each in old.tracker.recommendations if each.id == name)
    wanted = catalogue.placed(old.tracker, objections.rebuilt(was, given))
    new = old.with_catalogue(name, keys.changed(_plain(old, name), wanted, given))
    if wanted not in new.tracker.recommendations:
        todo = f"run 'pathtrack edit {name}', which opens an editor"
        raise FileError("these keys are written in a way that only you can change", where=old.name, todo=todo)
    if "due" in given and was.due and was.due != wanted.due:
        todo = f"a target date that was moved is recorded with 'pathtrack update {name} --due DATE'"
        say_aside(f"note: the first promise was {day(was.due)}; {todo}")
    return replace(new, difference=_plain(new, name))


def _finish(old: Document, new: Document, name: str | None, change: Change) -> None:
    """Write what was edited, unless nothing was or this is a dry run, and print it."""
    path, is_written = Path(old.name), new.data != old.data and not change.dry_run
    if is_written:
        store.exchange(path, old.data, new.data, waiting=say_waiting)
    if change.json:
        changed.show("edit", old, new, written=is_written)
        return
    if change.dry_run:
        typer.echo(safe(new.difference.lstrip("\n")), nl=False)
        say_aside(f"would change {_keys_that_differ(old, new, name)} in {path}")
        return
    if not is_written:
        say("nothing was changed")
        return
    say(f"changed {name or 'the catalogue'} in {path}")
    _warn(old.tracker, new.tracker)
    hint("check", file=change.file)


def _keys_that_differ(old: Document, new: Document, name: str | None) -> str:
    """Return which keys of a recommendation differ: due and tags of D2."""
    was, now = (next(each for each in side.tracker.recommendations if each.id == name) for side in (old, new))
    differing = [each.name for each in fields(was) if getattr(was, each.name) != getattr(now, each.name)]
    return f"{' and '.join(differing)} of {name}" if differing else "nothing"


def _with_draft(old: Document, name: str | None, draft: drafts.Draft) -> Document:
    """Return the document with the edited draft; the same if nothing was edited or all was removed."""
    data = draft.read()
    text = toml.decode(data, name=str(draft.path))
    if keys.taken(text) == _plain(old, name) or not text.strip():
        return old
    # First with the comments, so that a refusal names the line that the editor shows.
    old.with_catalogue(name, text)
    return old.with_catalogue(name, keys.taken(text))


def _plain(document: Document, name: str | None) -> str:
    """Return the text of the catalogue with plain newlines."""
    return document.catalogue(name).replace("\r\n", "\n")


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
