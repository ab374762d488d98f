"""How a table is read: as a user says, or a saved profile, or as it looks."""

import datetime as dt
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from pathtrack import git
from pathtrack import sheet as own
from pathtrack.cli import typed
from pathtrack.cli.screen import say_aside, say_waiting
from pathtrack.errors import FileError, UsageError
from pathtrack.file import profiles, store
from pathtrack.file.profiles import Profile, beside
from pathtrack.intake import columns, comparison, guesses, parts, rules, sections, table
from pathtrack.intake.columns import Preset
from pathtrack.intake.dates import DateOrder
from pathtrack.intake.heads import Role
from pathtrack.intake.plan import planned
from pathtrack.intake.rules import Rules
from pathtrack.intake.table import Table
from pathtrack.record.crosswalk import Scheme
from pathtrack.text import for_shell, quoted

_ANY_AREA = "general"
_DATED = {Role.STATUS, Role.NOTE, Role.LINK, Role.RESPONSE}
"""What makes an update, which needs a date."""


class Choice(NamedTuple):
    """What a user chooses for a table: columns, words with their meanings, the order of dates."""

    columns: Mapping[Role, str]
    words: tuple[str, ...]
    order: DateOrder | None
    profile: str = ""
    """The profile that the rest of it is from."""


class Within(NamedTuple):
    """Where in a file its table is, and how it is encoded, as far as the user says."""

    sheet: str | None = None
    header_row: int | None = None
    encoding: str | None = None


def content(path: str) -> bytes:
    """Return the bytes of a file, or on stdin for `-`."""
    if path != "-" and not os.path.lexists(path):
        raise FileError("no such file", where=path, todo="give the path of a table, or - for stdin")
    return store.stdin() if path == "-" else store.read(Path(path))


def read(
    path: str,
    data: bytes,
    choice: Choice,
    kept_in: Path,
    within: Within,
) -> tuple[Table, Choice]:
    """Return the table in a file, and what is chosen for it, now or in a profile."""
    kept = profiles.read(kept_in)
    known = [*choice.columns.values(), *(name for each in kept for name in each.header)]
    found = table.read(
        data,
        lambda name: columns.is_name(name, known),
        name=path,
        **within._asdict(),
    )
    return found, _remembered(choice, kept, found.columns)


def understood(
    found: Table, choice: Choice, preset: Preset | None, scheme: Scheme | None, into: Path
) -> tuple[Table, Rules]:
    """Return a table without its headings, and how it is read; who judged, and when, is said later."""
    shape = None if preset else _shape(found, choice, into)
    scheme = scheme or (Scheme.GAO if preset else None)
    taken, chosen = sections.taken(found, guesses.chosen(found, choice.columns, preset, shape))
    words = rules.vocabulary(scheme, choice.words, typed.today())
    return taken.with_links(chosen.get(Role.LINK)), Rules(
        columns=chosen,
        vocabulary=replace(words, shares=parts.is_share(chosen.get(Role.STATUS, ""))),
        by="",
        today=typed.today(),
        recorded=dt.datetime.now().astimezone(),
        date=rules.day_of_export(taken, preset) or (typed.today() if _is_dated(shape, taken) else None),
        order=choice.order,
        orders={} if choice.order else rules.orders(taken, chosen, shape),
        preset=preset,
        shape=shape,
        answers=rules.answers_of(choice.words),
    )


def _shape(found: Table, choice: Choice, into: Path) -> own.Shape | None:
    """Return which of our own exports a table is, if it is one."""
    if own.is_of_sources(found.columns):
        todo = "change the evidence of updates on the sheet 'Updates'"
        raise UsageError("sources follow from the updates", where=found.name, todo=todo)
    shape, is_new = own.shape(found.columns), not os.path.lexists(into)
    if shape and not is_new and (given := [role for role, name in choice.columns.items() if name]):
        todo = "leave --column out, or rename the columns of the table"
        raise UsageError(f"{given[0]} has its column in a table of our own", where=found.name, todo=todo)
    if shape or choice.columns or is_new or not own.may_be_ours(found.columns):
        return shape
    return own.Shape.RECOMMENDATIONS if comparison.is_ours(found, store.load(into)) else None


def _is_dated(shape: own.Shape | None, found: Table) -> bool:
    """Return whether what is new in our own table is of today; what lost its column of dates is of no day."""
    return shape is own.Shape.RECOMMENDATIONS or (shape is own.Shape.UPDATES and "date" in found.columns)


def notes(
    data: bytes, found: Table, choice: Choice, how: Rules, into: Path, chosen: str | None
) -> Iterator[str]:
    """Yield which profile was used, and which other sheets of ours were changed, unless one is chosen."""
    if choice.profile:
        yield f"as profile {quoted(choice.profile)} in {profiles.FILE_NAME} says"
    names = found.grid.sheets[1:] if how.shape and not chosen and os.path.lexists(into) else ()
    yield from filter(None, (_changed(found.name, data, name, how, into) for name in names))


def _changed(path: str, data: bytes, sheet: str, how: Rules, into: Path) -> str:
    """Return what there is to say of another sheet of our own workbook, if it was changed."""
    choice = Choice({}, (), how.order)
    found, _ = read(path, data, choice, beside(into), Within(sheet))
    if own.is_of_sources(found.columns):
        return f"sheet {quoted(sheet)} is not read: sources follow from the updates"
    if not own.shape(found.columns):
        return ""
    taken, other = understood(found, choice, None, None, into)
    made = planned(store.open_(into), taken, replace(other, by=how.by, reason=how.reason)).plan
    if not (made.updates or made.refused or made.unread or made.remarks):
        return ""
    named = for_shell(sheet, otherwise="NAME")
    return f"warning: sheet {quoted(sheet)} was changed, too; import it with --sheet {named}"


def completed(
    how: Rules, into: Path, *, area: str | None, date: dt.date | None, by: str, reason: str | None
) -> Rules:
    """Return how a table is read, with an area and a day also where no column gives them, and by whom."""
    if not os.path.lexists(into) and not (how.preset or how.shape):
        area = area or _ANY_AREA
    date = date or how.date
    is_dated = date is not None
    if not (date or Role.DATE in how.columns or how.shape or _DATED.isdisjoint(how.columns)):
        date = typed.today()
    return replace(how, area=area, date=date, is_dated=is_dated, by=by, reason=reason)


def _remembered(choice: Choice, kept: Iterable[Profile], header: Sequence[str]) -> Choice:
    """Return what is chosen now and, where nothing is, what a profile for that header has."""
    found = next((each for each in kept if each.fits(header)), None)
    if not found:
        return choice
    words = (f"{word}={meaning}" for word, meaning in found.words.items())
    known = columns.pairs(f"{role}={name}" for role, name in found.columns.items())
    order = DateOrder(found.date_format) if found.date_format in {*DateOrder} else None
    return Choice({**known, **choice.columns}, (*words, *choice.words), choice.order or order, found.name)


def keep(name: str | None, choice: Choice, header: Sequence[str], how: Rules, path: Path) -> None:
    """Write what was chosen, and guessed, for the next table with that header."""
    if not name:
        return
    none = {role.value: "" for role, given in choice.columns.items() if not given}
    found = {role.value: column for role, column in how.columns.items() if column in header}
    words = dict(each.rpartition("=")[::2] for each in choice.words)
    made = Profile(name, tuple(header), {**none, **found}, words, choice.order or "")
    git.ignore(store.lock_path(path))
    profiles.save(path, made, waiting=say_waiting)
    say_aside(f"saved profile {quoted(name)} in {path}")
