"""The commands that correct the record in the open: correct and withdraw."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from pathtrack import git
from pathtrack.cli import amendment, completion, options, recording, typed
from pathtrack.cli.naming import correctable, spelled
from pathtrack.cli.tracker import writable
from pathtrack.cli.typed import Color
from pathtrack.record import objections
from pathtrack.record.corrections import update_id
from pathtrack.record.model import Tracker, Update

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
        parser=typed.source_number,
        help="Its source to change, by its number in 'show'; 'new' adds one. --evidence \"\" removes it.",
    ),
]


Without = Annotated[
    list[str] | None,
    typer.Option(
        "--without", metavar="KEY", help="Remove what it has under KEY, such as status; repeatable."
    ),
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
    json: options.Json = False,
    _color: options.ColorChoice = Color.AUTO,
) -> None:
    """Replace an update with a corrected one.

    The old update stays in the file but no longer counts, on any date. The new one takes its place: it says
    the same, except for what you give. Whoever changes a judgement judges, unless --by says who.

    Example: pathtrack correct D2 --status partial --reason "The second half is not in force."
    """
    more = typed.facts(title, publisher, published, kind, archive, quote, locator, lang, via, evidence)
    given: dict[str, object] = {"status": status, "confidence": confidence, "response": response, "due": due}
    given |= {"date": date, "note": recording.note(note), "by": by, "searched": searched}

    def made(tracker: Tracker) -> Update:
        old = correctable(tracker, which)
        given["recommendations"] = recommendation and spelled(tracker, recommendation)
        given["actors"] = actor and [*recording.actors(tracker, actor)]
        given["evidence"] = amendment.sources(tracker, old, which, source, more)
        return amendment.replacing(tracker, old, given, without or (), reason=reason)

    _write(writable(file), made, "correct", dry_run=dry_run, json=json, file=file)


@app.command()
def withdraw(
    which: Which,
    *,
    reason: Reason,
    by: options.Author = None,
    dry_run: options.DryRun = False,
    file: options.File = None,
    json: options.Json = False,
    _color: options.ColorChoice = Color.AUTO,
) -> None:
    """Withdraw an update that should not be there.

    It stays in the file but no longer counts, on any date. Readers see what was withdrawn, when and why.
    What it had corrected does not come back: to go back to that, correct it instead.

    Example: pathtrack withdraw D2 --reason "It is about another country."
    """
    new = {"date": typed.today(), "by": by or git.author(), "reason": reason}

    def made(tracker: Tracker) -> Update:
        old = correctable(tracker, which)
        named = {"recommendations": old.recommendations, "corrects": update_id(old)}
        return objections.build(Update, {**new, **named, "recorded": recording.moment(tracker)})

    _write(writable(file), made, "withdraw", dry_run=dry_run, json=json, file=file)


def _write(
    path: Path,
    made: Callable[[Tracker], Update],
    command: str,
    *,
    dry_run: bool,
    json: bool,
    file: Path | None,
) -> None:
    details = partial(amendment.differences, dry_run=dry_run)
    recording.write(path, made, command=command, dry_run=dry_run, json=json, file=file, details=details)
