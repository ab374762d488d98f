"""The commands that put the record right in the open: correct and withdraw."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Annotated

import typer

from pathtrack import git
from pathtrack.cli import completion, options, recording, typed
from pathtrack.cli.screen import hint, say_that_it_waits
from pathtrack.cli.screen import note as say_aside
from pathtrack.cli.tracker import correctable, spelled, writable
from pathtrack.cli.typed import Color
from pathtrack.errors import UsageError
from pathtrack.file import store, toml
from pathtrack.record import objections, same
from pathtrack.record.corrections import Ledger, update_id
from pathtrack.record.model import Evidence, Tracker, Update
from pathtrack.show.words import deed
from pathtrack.text import count, day, did_you_mean, is_address, quoted, safe_line

app = typer.Typer(rich_markup_mode=None)

Which = Annotated[
    str,
    typer.Argument(
        metavar="UPDATE",
        help="The beginning of its id, as 'pathtrack timeline' shows it, or D6 for the newest about D6.",
        show_default=False,
        autocompletion=completion.updates,
    ),
]
Reason = Annotated[
    str, typer.Option("--reason", metavar="TEXT", help="Why it is corrected.", show_default=False)
]
NewIds = Annotated[
    list[str] | None,
    typer.Option(
        "--recommendation",
        metavar="ID",
        help="What it is about instead; repeatable.",
        autocompletion=completion.ids,
    ),
]
Number = Annotated[
    int | None,
    typer.Option(
        "--source",
        metavar="N",
        parser=typed.number,
        help='Which of its sources the options of a source change; --evidence "" removes it.',
    ),
]


Without = Annotated[
    list[str] | None,
    typer.Option("--without", metavar="KEY", help="Leave out what it has under KEY, such as status; repeatable."),
]


@app.command()
def correct(
    which: Which,
    *,
    reason: Reason,
    recommendation: NewIds = None,
    status: options.NewStatus = None,
    confidence: options.NewConfidence = None,
    response: options.NewResponse = None,
    actor: options.NewActors = None,
    due: options.NewDue = None,
    note: options.Note = None,
    source: Number = None,
    evidence: options.Sources = None,
    title: options.Titles = None,
    publisher: options.Publishers = None,
    published: options.Published = None,
    kind: options.Kinds = None,
    archive: options.Archives = None,
    quote: options.Quotes = None,
    locator: options.Locators = None,
    lang: options.Languages = None,
    via: options.Vias = None,
    searched: options.Searched = None,
    without: Without = None,
    date: options.When = None,
    by: options.NewAuthor = None,
    dry_run: options.DryRun = False,
    file: options.File = None,
    _color: options.ColorChoice = Color.AUTO,
) -> None:
    """Replace an update by a corrected one.

    The old update stays in the file and counts no more, on no date; the new one has all that it said but
    for what you give, and stands in its place. Readers see what was corrected, when and why.

    Example: pathtrack correct D2 --status partial --reason "The second half is not in force."
    """
    path = writable(file)
    given = {"status": status, "confidence": confidence, "response": response, "due": due, "date": date}
    given |= {"note": recording.note(note), "by": by, "searched": tuple(searched or ()) or None}
    more = dict(zip(typed.SOURCE, (title, publisher, published, kind, archive, quote, locator, lang, via), strict=True))

    def made(tracker: Tracker) -> Update:
        old = correctable(tracker, which)
        new: dict[str, object] = {each.name: getattr(old, each.name) for each in fields(old)}
        new |= {name: value for name, value in given.items() if value is not None}
        new |= {"recommendations": spelled(tracker, recommendation)} if recommendation else {}
        new |= {"actors": recording.actors(tracker, actor)} if actor else {}
        new |= {"evidence": _sources(old, source, evidence, more)}
        new |= dict.fromkeys(map(_clearable, without or ()))
        return _correction(tracker, old, new, reason)

    _write(path, made, dry_run=dry_run, file=file)


@app.command()
def withdraw(
    which: Which,
    *,
    reason: Reason,
    by: options.Author = None,
    dry_run: options.DryRun = False,
    file: options.File = None,
    _color: options.ColorChoice = Color.AUTO,
) -> None:
    """Withdraw an update that should not be there.

    It stays in the file and counts no more, on no date. Readers see what was withdrawn, when and why.

    Example: pathtrack withdraw 3f9a --reason "It is about another country."
    """
    path, today, author = writable(file), typed.today(), by or git.author()

    def made(tracker: Tracker) -> Update:
        old = correctable(tracker, which)
        new = {"date": today, "by": author, "recommendations": old.recommendations}
        return objections.build(
            Update,
            {**new, "recorded": recording.moment(tracker), "corrects": update_id(old), "reason": reason},
        )

    _write(path, made, dry_run=dry_run, file=file)


def _correction(tracker: Tracker, old: Update, new: dict[str, object], reason: str) -> Update:
    """Return what replaces an update; refuse one that says the same."""
    author = git.author()
    fixed = {"recorded": old.recorded, "corrects": old.corrects, "reason": old.reason, "typed_by": old.typed_by}
    if objections.build(Update, {**new, **fixed}) == old:
        raise UsageError("nothing would be corrected", todo="give what is right, such as --note TEXT")
    return objections.build(
        Update,
        {
            **new,
            "recorded": recording.moment(tracker),
            "corrects": update_id(old),
            "reason": reason,
            "typed_by": None if same.word(author) == same.word(str(new["by"])) else author,
        },
    )


_OPTIONAL = ("actors", "status", "confidence", "response", "due", "note", "searched", "evidence")


def _clearable(name: str) -> str:
    if name.lower() not in _OPTIONAL:
        raise UsageError(f"{quoted(name)} cannot be left out", todo=did_you_mean(name, _OPTIONAL))
    return name.lower()


def _sources(
    old: Update,
    number: int | None,
    addresses: list[str] | None,
    more: Mapping[str, list[str] | None],
) -> tuple[object, ...]:
    """Return the sources of an update with one of them changed, added or removed."""
    given = {name: values for name, values in {"evidence": addresses, **more}.items() if values}
    if not given:
        return old.evidence
    if many := next((name for name, values in given.items() if len(values) > 1), None):
        raise UsageError(f"--{many} is given twice", todo="correct one source at a time, by --source N")
    place = _place(old, number)
    texts = {name: values[0] for name, values in given.items()}
    changed = _changed(old.evidence[place] if place < len(old.evidence) else None, texts)
    return (*old.evidence[:place], *changed, *old.evidence[place + 1 :])


def _place(old: Update, number: int | None) -> int:
    have = len(old.evidence)
    if number is None and have > 1:
        raise UsageError(f"the update has {have} sources", todo=f"say which by --source 1 to {have}")
    if number and number > have + 1:
        raise UsageError(f"the update has {count(have, 'source')}", todo=f"--source {have + 1} adds one")
    return number - 1 if number else 0


def _changed(old: Evidence | None, texts: dict[str, str]) -> list[dict[str, object]]:
    """Return a source with other keys; nothing where it is removed."""
    address = texts.pop("evidence", None)
    if address == "":
        return []
    if old is None:
        if address is None:
            raise UsageError("a new source has no address or title", todo="give it by --evidence")
        return [typed.source(address, texts)]
    kept: dict[str, object] = {each.name: getattr(old, each.name) for each in fields(old)}
    if address is not None:
        texts["url" if is_address(address) else "title"] = address
    return [kept | typed.keys_of_source({name: text or None for name, text in texts.items()})]


def _write(path: Path, made: Callable[[Tracker], Update], *, dry_run: bool, file: Path | None) -> None:
    if dry_run:
        typer.echo(toml.block(made(store.load(path))), nl=False)
        return
    before, after = store.change(
        path, lambda old: old.with_more(updates=[made(old.tracker)]), waiting=say_that_it_waits
    )
    new = after.tracker.updates[-1]
    old = next(each.record for each in Ledger(after.tracker.updates).corrected if each.correction == new)
    for line in _differences(old, new):
        typer.echo(safe_line(line))
    typer.echo(recording.confirmation(before.tracker, after.tracker, path, typed.today()))
    for warning in recording.slips(after.tracker, typed.today()) if new.says_something else ():
        say_aside(f"warning: {warning}")
    hint(f"show {new.recommendations[0]}", file=file)


def _differences(old: Update, new: Update) -> Iterator[str]:
    """Yield what an update said and what it says now, a line for each key that changed."""
    about = f"the update of {day(old.date)} about {', '.join(old.recommendations)} by {old.by}"
    if not new.says_something:
        yield f"withdrew {about}: {deed(old)}"
        return
    yield f"corrected {about}:"
    for name in ("date", "by", "recommendations", *_OPTIONAL):
        was, now = getattr(old, name), getattr(new, name)
        if was != now:
            yield f"  {name}: {_shown(was)} → {_shown(now)}"


def _shown(value: object) -> str:
    if isinstance(value, Evidence):
        return value.url or value.title or ""
    if isinstance(value, tuple):
        return ", ".join(map(_shown, value)) or "none"
    return "none" if value is None else str(value)
