"""The questions of `update` on a terminal, where only an id is given."""

import datetime as dt
import shutil
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

import typer

from pathtrack import git
from pathtrack.cli import citing, drafts, recording, typed
from pathtrack.cli.changed import Change
from pathtrack.cli.naming import spelled
from pathtrack.cli.options import Look
from pathtrack.cli.screen import agreed, say, say_aside
from pathtrack.cli.sources import source
from pathtrack.cli.tracker import seen
from pathtrack.errors import FileError, UsageError
from pathtrack.file import store, toml
from pathtrack.record import objections
from pathtrack.record.model import Tracker, Update
from pathtrack.record.status import DEFINITIONS, Kind, Status
from pathtrack.show.words import SYMBOLS
from pathtrack.text import day, quoted, safe

_T = TypeVar("_T")
_JUDGED = tuple(each for each in Status if each is not Status.NOT_ASSESSED)
_WIDEST = 100


def update(path: Path, ids: list[str], change: Change, *, date: dt.date | None, by: str | None) -> None:
    """Ask what happened to recommendations, show the update, and record it if that is wanted."""
    tracker = store.load(path)
    about = spelled(tracker, ids)
    try:
        told = _told(tracker, about, date)
        if not told:
            say("nothing was entered, so nothing was recorded")
            return
        by = by or git.author()
        given = {**told, "by": by, "recommendations": tuple(about), "recorded": recording.moment(tracker)}
        new = objections.build(Update, given)
        say("")
        typer.echo(safe(toml.block(new)))
        if change.dry_run or not agreed(f"Record this in {path}?", default=True):
            say("nothing is recorded")
            return
    except (KeyboardInterrupt, EOFError):
        typer.echo("", err=True)  # the answer has no end of its line
        raise KeyboardInterrupt from None

    def made(old: Tracker) -> Update:
        return replace(new, recorded=recording.moment(old))

    recording.write(path, made, change, command="update")


def _told(tracker: Tracker, about: list[str], date: dt.date | None) -> dict[str, object]:
    """Return what the answers say; nothing if all are empty."""
    _introduce(tracker, about)
    told: dict[str, object] = {"status": _status(), "date": date or _date()}
    told["note"] = _note()
    if told["status"] is Status.NOT_STARTED:
        places = _asked("Places searched, with commas between them", str) or ""
        told["searched"] = tuple(each.strip() for each in places.split(",") if each.strip())
    told["evidence"] = _sources(tracker)
    kept = {name: value for name, value in told.items() if value}
    return kept if kept.keys() - {"date"} else {}


def _introduce(tracker: Tracker, about: list[str]) -> None:
    """Print what the questions are about, and how it stands."""
    view = seen(tracker, Look())
    rows = {row.recommendation.id: row for each in view.standings for row in (each, *each.parts)}
    for each in map(rows.get, about):
        if each:
            since = f" since {day(each.since)}" if each.since else ""
            _wrapped(f"{each.recommendation.id}  ", each.recommendation.title)
            say(f"    now {each.status}{since}")
    say("")
    say("An empty line skips a question; Ctrl-C records nothing.")
    say("")


def _status() -> Status | None:
    for number, each in enumerate(_JUDGED, start=1):
        _wrapped(f"  {number}  {SYMBOLS[each]} {each:<17}", DEFINITIONS[each].meaning)
    say("")
    return _asked("Status, as a number or a word", _read_status)


def _read_status(text: str) -> Status:
    if text.isdigit() and 1 <= int(text[:3]) <= len(_JUDGED):
        return _JUDGED[int(text) - 1]
    begun = [each for each in _JUDGED if each.startswith(text.lower())]
    if len(begun) != 1 and text.lower() not in _JUDGED:
        todo = f"give a number from 1 to {len(_JUDGED)}, or a word"
        raise UsageError(f"{quoted(text)} is not one of these", todo=todo)
    return Status(text.lower()) if text.lower() in _JUDGED else begun[0]


def _date() -> dt.date:
    today = typed.today()
    return _asked(f"When it happened or was judged [{day(today)}]", typed.day) or today


def _note() -> str | None:
    text = _asked("What happened, in a line; e opens your editor", str)
    return (_edited() if text == "e" else text) or None


def _edited() -> str:
    """Return what is written in the user's editor."""
    with drafts.draft("", of="note", name="note", suffix=".txt") as draft:
        try:
            draft.edit()
        except FileError as error:
            say_aside(str(error))
        text, draft.is_used = draft.path.read_text(encoding="utf-8", errors="replace").strip(), True
    for line in text.splitlines():
        say(f"    {line}")
    return text


def _sources(tracker: Tracker) -> tuple[dict[str, object], ...]:
    found: list[dict[str, object]] = []
    fetch: bool | None = None
    while given := _asked(f"Source {len(found) + 1}: its address, or a title", _read_source):
        can_fetch = "url" in given and find_spec("httpx") is not None
        if can_fetch and fetch is None:
            fetch = agreed("Read from its page what it declares?", default=True)
        (known,) = citing.completed(citing.fetched([given], fetch=can_fetch and bool(fetch)), tracker)
        found.append(_described(known))
    return tuple(found)


def _read_source(text: str) -> dict[str, object]:
    return {name: value for name, value in source(text, {}).items() if value}


def _described(known: Mapping[str, object]) -> dict[str, object]:
    """Return a source with what else is to be said of it; an empty answer keeps what its page declares."""
    more: dict[str, object] = {}
    if not known.get("title") or "url" in known:
        more["title"] = _asked(f"  Title{_kept(known.get('title'))}", str)
    more["publisher"] = _asked(f"  Publisher{_kept(known.get('publisher'))}", str)
    more["date"] = _asked(f"  When it was published{_kept(known.get('date'))}", typed.day)
    say(f"  Kinds are {', '.join(Kind)}.")
    more["kind"] = _asked("  Kind", typed.kind)
    return {**known, **{name: value for name, value in more.items() if value}}


def _kept(value: object) -> str:
    shown = day(value) if isinstance(value, dt.date) else str(value or "")
    return f" [{safe(shown)}]" if shown else ""


def _asked(question: str, read: Callable[[str], _T]) -> _T | None:
    """Return the answer to a question, asked until it can be read; None for an empty one."""
    while True:
        answer = input(f"{safe(question)}: ").strip()
        if not answer:
            return None
        try:
            return read(answer)
        except UsageError as error:
            _wrapped("  ", str(error))


def _wrapped(first: str, text: str) -> None:
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    for line in textwrap.wrap(text, width - 1, initial_indent=first, subsequent_indent=" " * len(first)):
        say(line)
