"""What people type as the values of options, read or refused in words."""

import datetime as dt
import os
import re
from collections.abc import Iterable, Sequence
from enum import StrEnum

from pathtrack.errors import UsageError
from pathtrack.export import SUFFIXES, Format, Rows
from pathtrack.record.crosswalk import Scheme
from pathtrack.record.status import Kind, Status, named
from pathtrack.text import did_you_mean, is_address, is_safe_address, parse_date, quoted, safe_line


class Color(StrEnum):
    """When to use colour; `always` also draws tables into a pipe."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


def today() -> dt.date:
    """Return the day to call today: $PATHTRACK_TODAY, or the clock's."""
    given = os.environ.get("PATHTRACK_TODAY")
    if not given:
        return dt.date.today()  # noqa: DTZ011 the reader's own calendar day is meant
    try:
        return dt.date.fromisoformat(given)
    except ValueError as error:
        raise UsageError(
            f"PATHTRACK_TODAY is {quoted(given)}", todo="give a date such as 2026-01-31"
        ) from error


def day(text: str) -> dt.date:
    """Read a date as people type it."""
    try:
        return parse_date(text, today=today())
    except ValueError as error:
        raise UsageError(safe_line(str(error)), todo=_iso(text)) from error


def _iso(text: str) -> str:
    """Name the date that was meant where tables write it so, or say how dates are given."""
    from pathtrack.intake import cells  # noqa: PLC0415 only refusals need it

    try:
        return f"did you mean {cells.date(text)}?"
    except ValueError:
        return "give one such as 2025-01-24, today, yesterday, 3 weeks ago"


def status(text: str) -> Status:
    """Read a status, whatever its case."""
    return named(text, Status, "status")


def days(text: str) -> int:
    """Read a number of days."""
    if not re.fullmatch(r"[0-9]{1,6}", text):
        raise UsageError(f"{quoted(text)} is no number of days", todo="give one such as 90")
    return int(text)


def number(text: str) -> int:
    """Read a number that counts from 1."""
    if not re.fullmatch(r"[1-9][0-9]{0,5}", text):
        raise UsageError(f"{quoted(text)} is no number of a source", todo="see 'pathtrack show'")
    return int(text)


def color(text: str) -> Color:
    """Read when to use colour."""
    return named(text, Color, "value of --color")


def scheme(text: str) -> Scheme:
    """Read whose status words are meant."""
    return named(text, Scheme, "scheme")


def rows(text: str) -> Rows:
    """Read what a row of CSV is."""
    return named(text, Rows, "kind of row")


def formats(text: str | None) -> tuple[Format, ...]:
    """Read formats joined by commas, by their names or suffixes."""
    words = filter(None, map(str.strip, (text or "").split(",")))
    return tuple(SUFFIXES.get(f".{each.lower()}") or named(each, Format, "format") for each in words)


def choose(words: Iterable[str] | None, known: Iterable[str], noun: str) -> tuple[str, ...]:
    """Return each word as it is spelled among the known ones; case does not matter."""
    exact = {name: name for name in known}
    spelled = {name.lower(): name for name in exact} | exact
    chosen = [spelled.get(each) or spelled.get(each.lower()) for each in words or ()]
    for given, name in zip(words or (), chosen, strict=True):
        if name is None:
            raise UsageError(f"{quoted(given)} is no {noun}", todo=did_you_mean(given, exact))
    return tuple(filter(None, chosen))


def sources(
    addresses: Sequence[str] | None,
    titles: Sequence[str] | None,
    publishers: Sequence[str] | None,
    published: Sequence[str] | None,
    kinds: Sequence[str] | None,
    archives: Sequence[str] | None,
) -> tuple[dict[str, object], ...]:
    """Join the options of each source by their order; an empty string means none."""
    number = len(addresses or ())
    columns = {
        "--title": titles,
        "--publisher": publishers,
        "--published": published,
        "--kind": kinds,
        "--archive": archives,
    }
    for option, given in columns.items():
        if given and len(given) != number:
            todo = f'give {option} once for each --evidence, "" where there is none'
            raise UsageError(f"{number} --evidence but {len(given)} {option}", todo=todo)
    rows = zip(addresses or (), *(given or [""] * number for given in columns.values()), strict=True)
    return tuple(_source(*row) for row in rows)


def _source(
    address: str, title: str, publisher: str, published: str, kind: str, archive: str
) -> dict[str, object]:
    if address.lower().startswith(("http:", "https:")) and not is_safe_address(address):
        todo = "give a plain http:// or https:// address without spaces or a user name"
        raise UsageError(f"{quoted(address)} is no address to send readers to", todo=todo)
    if not is_address(address) and title:
        raise UsageError(
            f"{quoted(address)} is no address", todo="begin it with https://, or leave --title out"
        )
    for each in filter(None, (address if is_address(address) else None, archive)):
        if not is_safe_address(each):
            todo = "give a plain http:// or https:// address without a user name"
            raise UsageError(f"{quoted(each)} is no address to send readers to", todo=todo)
    return {
        "title": title or (None if is_address(address) else address),
        "publisher": publisher or None,
        "url": address if is_address(address) else None,
        "date": day(published) if published else None,
        "kind": named(kind, Kind, "kind of evidence") if kind else None,
        "archive": archive or None,
    }
