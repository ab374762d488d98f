"""What people type as the values of options, read or refused in words."""

import datetime as dt
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from pathtrack.cli import dates
from pathtrack.errors import UsageError
from pathtrack.export import SUFFIXES, Format, Rows
from pathtrack.record import same
from pathtrack.record.crosswalk import Scheme
from pathtrack.record.dates import PartialDate
from pathtrack.record.status import Kind, Status, named
from pathtrack.record.view import Order
from pathtrack.text import a, did_you_mean, is_address, is_safe_address, quoted


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
    """Read a date as people type it: a day, a month or a year."""
    return dates.parse(text, today=today())


def first_day(text: str) -> dt.date:
    """Read a date from which on something counts: of a month or a year the first day."""
    found = day(text)
    return found.first if isinstance(found, PartialDate) else found


def last_day(text: str) -> dt.date:
    """Read a date up to which something counts: of a month or a year the last day."""
    found = day(text)
    return found.last if isinstance(found, PartialDate) else found


def status(text: str) -> Status:
    """Read a status, whatever its case."""
    return named(text, Status, "status")


def order(text: str) -> Order:
    """Read what a list is sorted by."""
    return named(text, Order, "sort key")


def days(text: str) -> int:
    """Read a number of days."""
    if not re.fullmatch(r"[0-9]{1,6}", text):
        raise UsageError(f"{quoted(text)} is not a number of days", todo="give one such as 90")
    return int(text)


def number(text: str) -> int:
    """Read a number that counts from 1."""
    if not re.fullmatch(r"[1-9][0-9]{0,5}", text):
        raise UsageError(f"{quoted(text)} is not a source number", todo="see 'pathtrack show'")
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
    """Return each word as it is spelled among the known ones; the beginning of a single one will do."""
    spelled = {same.word(name): name for name in reversed(tuple(known))}
    return tuple(_chosen(each, spelled, noun) for each in words or ())


def _chosen(given: str, spelled: Mapping[str, str], noun: str) -> str:
    word = same.word(given)
    begun = [name for key, name in spelled.items() if word and key.startswith(word)]
    if word in spelled or len(begun) == 1:
        return spelled.get(word) or begun[0]
    raise UsageError(
        f"{quoted(given)} is not {a(noun)}", todo=did_you_mean(given, reversed([*spelled.values()]))
    )


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
        raise UsageError(f"{quoted(address)} is not a safe web address", todo=todo)
    if not is_address(address) and title:
        raise UsageError(
            f"{quoted(address)} is not an address", todo="begin it with https://, or leave --title out"
        )
    for each in filter(None, (address if is_address(address) else None, archive)):
        if not is_safe_address(each):
            todo = "give a plain http:// or https:// address without a user name"
            raise UsageError(f"{quoted(each)} is not a safe web address", todo=todo)
    return {
        "title": title or (None if is_address(address) else address),
        "publisher": publisher or None,
        "url": address if is_address(address) else None,
        "date": day(published) if published else None,
        "kind": named(kind, Kind, "kind of evidence") if kind else None,
        "archive": archive or None,
    }
