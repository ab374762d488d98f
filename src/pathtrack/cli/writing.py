"""The commands that write."""

import os
from pathlib import Path
from typing import Annotated

import typer

from pathtrack import git
from pathtrack.cli import changed, citing, completion, options, recording, typed
from pathtrack.cli.changed import Change
from pathtrack.cli.naming import spelled, within
from pathtrack.cli.recording import Judgement
from pathtrack.cli.screen import has_somebody, hint, require_agreement, say, say_aside
from pathtrack.cli.sources import Sources, web_address
from pathtrack.cli.tracker import begin, writable
from pathtrack.errors import UsageError
from pathtrack.file import store, toml
from pathtrack.record import objections
from pathtrack.record.model import Report, Tracker, Update
from pathtrack.text import count, safe

app = typer.Typer(rich_markup_mode=None)


SomeIds = Annotated[list[str] | None, options.id_argument("Ids of recommendations: D2, D1,D3 or D1-D3.")]
AllOfAreas = Annotated[
    list[str] | None,
    typer.Option(
        "--area",
        metavar="AREA",
        help="Everything in this area, or in 'all'; it asks first.",
        autocompletion=completion.areas,
    ),
]
Fetch = Annotated[
    bool,
    typer.Option(
        "--fetch", help="Fill in the title, publisher, date and language that each source's page declares."
    ),
]
Blank = Annotated[
    bool, typer.Option("--blank", help="Start a new report instead of copying the shipped tracker.")
]
ReportTitle = Annotated[
    str | None, typer.Option("--title", metavar="TEXT", help="The report's title, with --blank.")
]
ReportPublisher = Annotated[
    str | None, typer.Option("--publisher", metavar="TEXT", help="Who published the report.")
]
ReportUrl = Annotated[str | None, typer.Option("--url", metavar="URL", help="Where the report can be read.")]
ReportAreas = Annotated[
    list[str] | None,
    typer.Option("--area", metavar="AREA", help="An area; repeatable, in the order of display."),
]


@app.command()
@options.grouped
def update(
    ids: SomeIds = None,
    *,
    area: AllOfAreas = None,
    judgement: Judgement,
    sources: Sources,
    fetch: Fetch = False,
    searched: recording.Searched = None,
    date: recording.When = None,
    by: options.Author = None,
    yes: options.Yes = False,
    change: Change,
) -> None:
    """Record what happened to recommendations.

    The update is added at the end; nothing there is changed. Given only an id on a terminal, it asks.

    Example: pathtrack update D2 --status in-progress --evidence https://example.org/talks
    """
    says_nothing = not any((*judgement, *sources, fetch, searched))
    asks = says_nothing and has_somebody() and not change.json
    about = _about(path := writable(change.file), ids, area, yes=yes or change.dry_run or asks)
    if asks:
        from pathtrack.cli import questions  # noqa: PLC0415 whoever says what happened needs no questions

        questions.update(path, about, change, date=date, by=by)
        return
    found = citing.fetched(sources.each(), fetch=fetch)
    said = judgement._replace(note=recording.note(judgement.note))._asdict()
    said |= {"searched": searched or (), "date": date or typed.today(), "by": by or git.author()}

    def made(tracker: Tracker) -> Update:
        names: dict[str, object] = {"recommendations": spelled(tracker, about)}
        names["actors"] = recording.actors(tracker, judgement.actors)
        names["evidence"] = citing.completed(found, tracker)
        return objections.build(Update, {**said, **names, "recorded": recording.moment(tracker)})

    recording.write(path, made, change, command="update")


@app.command()
@options.grouped
def init(
    *,
    blank: Blank = False,
    title: ReportTitle = None,
    publisher: ReportPublisher = None,
    url: ReportUrl = None,
    area: ReportAreas = None,
    change: Change,
) -> None:
    """Start a tracker here.

    It is a copy of the shipped tracker or, with --blank, a new one.

    Example: pathtrack init --blank --title "Our report" --publisher "Our institute" --area health
    """
    if blank and title is None:
        raise UsageError("a new report needs a title", todo='give one with --title "…"')
    address = web_address(url) if url else None
    given: dict[str, object] = {"title": title, "publisher": publisher, "url": address, "areas": area or ()}
    data = toml.blank(objections.build(Report, given)).encode() if blank else _shipped(given)
    path = change.file or Path(os.environ.get("PATHTRACK_FILE") or store.FILE_NAME)
    if change.dry_run and not change.json:
        typer.echo(safe(data.decode()), nl=False)
        say_aside(f"would create {path}, and {toml.SCHEMA_NAME} for editors beside it")
        return
    if not change.dry_run:
        begin(path, data)
    if change.json:
        changed.emit("init", path, {"written": not change.dry_run, "text": data.decode()})
        return
    wholes = [each for each in store.load(path).recommendations if not each.part_of]
    number = count(len(wholes), "recommendation")
    say(f"created {path} with {number}, and {toml.SCHEMA_NAME} for editors beside it")
    if any("," in each for each in area or ()):
        say_aside("note: the name of an area contains a comma; for several areas, repeat --area")
    hint('add ID --area AREA --title "What is asked"' if blank else "list", "edit", file=change.file)


def _about(path: Path, ids: list[str] | None, areas: list[str] | None, *, yes: bool = True) -> list[str]:
    """Return what an update is about; that of whole areas is asked about first, unless that was agreed."""
    if not areas:
        if not ids:
            todo = "name one such as D2, or give --area AREA for all of an area"
            raise UsageError("an update is about at least one recommendation", todo=todo)
        return ids
    tracker = store.load(path)
    about = [*dict.fromkeys((*spelled(tracker, ids or []), *within(tracker, areas)))]
    what = f"{count(len(about), 'recommendation')} would get this update: {', '.join(about)}"
    require_agreement(what, "Record it for all of them?", yes=yes)
    return about


def _shipped(given: dict[str, object]) -> bytes:
    if any(given.values()):
        raise UsageError("a title, publisher, address or area describes a new report", todo="add --blank")
    return store.read(store.shipped())
