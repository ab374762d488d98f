"""The values of options, as people type them: read, or refused with a reason."""

import datetime as dt
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from pathtrack.cli import dates
from pathtrack.errors import UsageError
from pathtrack.export import NO_PDF, SUFFIXES, Format, Rows
from pathtrack.record import same
from pathtrack.record.crosswalk import Scheme
from pathtrack.record.dates import begins, ends
from pathtrack.record.order import Order
from pathtrack.record.status import Confidence, Kind, Response, Status, parse_word
from pathtrack.text import a, did_you_mean, is_address, is_safe_address, quoted


class Color(StrEnum):
    """When to use colour; `always` also draws tables into a pipe."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


class Writing(StrEnum):
    """How a text that is to be pasted elsewhere is written."""

    TEXT = "text"
    MARKDOWN = "md"


def today() -> dt.date:
    """Return today's date: $PATHTRACK_TODAY, or the clock's."""
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
    """Read a start date: of a month or a year, the first day."""
    return begins(day(text))


def last_day(text: str) -> dt.date:
    """Read an end date: of a month or a year, the last day."""
    return ends(day(text))


def status(text: str) -> Status:
    """Read a status, whatever its case."""
    return parse_word(text, Status, "status")


def order(text: str) -> Order:
    """Read what a list is sorted by."""
    return parse_word(text, Order, "sort key")


def confidence(text: str) -> Confidence:
    """Read how sure somebody is."""
    return parse_word(text, Confidence, "confidence")


def response(text: str) -> Response:
    """Read what an addressee answered."""
    return parse_word(text, Response, "response")


def kind(text: str) -> Kind:
    """Read what sort of evidence a source is."""
    return parse_word(text, Kind, "kind of evidence")


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


def source_number(text: str) -> int:
    """Read the number of a source, or `new`, which is 0."""
    return 0 if text.lower() == "new" else number(text)


def color(text: str) -> Color:
    """Read when to use colour."""
    return parse_word(text, Color, "value of --color")


def scheme(text: str) -> Scheme:
    """Read whose status words are meant."""
    return parse_word(text, Scheme, "scheme")


def writing(text: str) -> Writing:
    """Read how a text is to be written."""
    return parse_word(text, Writing, "format of changes")


def rows(text: str) -> Rows:
    """Read what a row of CSV is."""
    return parse_word(text, Rows, "kind of row")


def formats(text: str | None) -> tuple[Format, ...]:
    """Read formats joined by commas, by their names or suffixes."""
    words = [*filter(None, map(str.strip, (text or "").split(",")))]
    if "pdf" in (each.lower() for each in words):
        raise UsageError("there is no export to PDF", todo=NO_PDF)
    return tuple(SUFFIXES.get(f".{each.lower()}") or parse_word(each, Format, "format") for each in words)


def choose(words: Iterable[str] | None, known: Iterable[str], noun: str) -> tuple[str, ...]:
    """Return each word as the known ones spell it; the beginning of only one of them will do."""
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
    addresses: Sequence[str] | None, more: Mapping[str, Sequence[str] | None]
) -> tuple[dict[str, object], ...]:
    """Return the keys of each source; options belong together by position, an empty string means none.

    `more` has the values of the options that describe a source, by name.
    """
    number = len(addresses or ())
    for option, given in more.items():
        if given and len(given) != number:
            todo = f'give --{option} once for each --evidence, "" where there is none'
            raise UsageError(f"{number} --evidence but {len(given)} --{option}", todo=todo)
    return tuple(
        source(address, {option: given[place] for option, given in more.items() if given})
        for place, address in enumerate(addresses or ())
    )


def source(address: str, more: Mapping[str, str]) -> dict[str, object]:
    """Return the keys of a source from the values of its options."""
    address = _pasted(address)
    if not is_address(address) and more.get("title"):
        todo = "begin it with https://, or leave --title out"
        raise UsageError(f"{quoted(address)} is not an address", todo=todo)
    is_one = is_address(address) or address.lower().startswith(("http:", "https:"))
    found = {name: text or None for name, text in more.items()}
    return keys_of_source({**found, "url" if is_one else "title": address})


def keys_of_source(given: Mapping[str, str | None]) -> dict[str, object]:
    """Return the keys of a source from texts; UsageError for an unsafe address or an unknown kind."""
    for each in filter(None, (given.get("url"), given.get("archive"))):
        if not is_safe_address(each):
            todo = "give a plain http:// or https:// address without spaces or a user name"
            raise UsageError(f"{quoted(each)} is not a safe web address", todo=todo)
    keys: dict[str, object] = {name: text for name, text in given.items() if name != "published"}
    if published := given.get("published"):
        keys["date"] = day(published)
    if sort := given.get("kind"):
        keys["kind"] = kind(sort)
    return keys


def _pasted(address: str) -> str:
    """Return an address without the angle brackets, or the words such as (accessed May), pasted with it."""
    bare = address.strip()
    if found := re.fullmatch(r"<(\S+)>", bare):
        return found[1]
    first, _, rest = bare.partition(" ")
    return first if is_safe_address(first) and re.fullmatch(r"([(\[].*[)\]])?", rest.strip()) else bare
