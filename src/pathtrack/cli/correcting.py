"""The commands that correct the record in the open: correct and withdraw."""

from collections.abc import Callable
from functools import partial
from typing import Annotated

import typer

from pathtrack import git
from pathtrack.cli import amendment, completion, options, recording, typed
from pathtrack.cli.changed import Change
from pathtrack.cli.naming import correctable, spelled
from pathtrack.cli.recording import Judgement
from pathtrack.cli.sources import Sources
from pathtrack.cli.tracker import writable
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
NewAuthor = Annotated[
    str | None, typer.Option("--by", metavar="NAME", callback=options.named, help="Whose judgement it is.")
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
@options.grouped
def correct(
    which: Which,
    *,
    reason: Reason,
    recommendation: NewIds = None,
    judgement: Judgement,
    source: Number = None,
    sources: Sources,
    searched: recording.Searched = None,
    without: Without = None,
    date: recording.When = None,
    by: NewAuthor = None,
    change: Change,
) -> None:
    """Replace an update with a corrected one.

    The old update stays in the file but no longer counts, on any date. The new one takes its place: it says
    the same, except for what you give. Whoever changes a judgement judges, unless --by says who.

    Example: pathtrack correct D2 --status partial --reason "The second half is not in force."
    """
    said = judgement._replace(note=recording.note(judgement.note))._asdict()
    said |= {"date": date, "by": by, "searched": searched}

    def made(tracker: Tracker) -> Update:
        old = correctable(tracker, which)
        if judgement.status:
            amendment.require_a_status(tracker, old, which, judgement.status)
        names: dict[str, object] = {"recommendations": recommendation and spelled(tracker, recommendation)}
        names["actors"] = judgement.actors and recording.actors(tracker, judgement.actors)
        names["evidence"] = amendment.sources(tracker, old, which, source, sources.given())
        return amendment.replacing(tracker, old, {**said, **names}, without, reason=reason)

    _write(made, change, "correct")


@app.command()
@options.grouped
def withdraw(which: Which, *, reason: Reason, by: options.Author = None, change: Change) -> None:
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

    _write(made, change, "withdraw")


def _write(made: Callable[[Tracker], Update], change: Change, command: str) -> None:
    details = partial(amendment.differences, dry_run=change.dry_run)
    recording.write(writable(change.file), made, change, command=command, details=details)
