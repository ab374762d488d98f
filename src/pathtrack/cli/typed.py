"""The values of options, as people type them: read, or refused with a reason."""

import datetime as dt
import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from pathtrack.cli import pasted
from pathtrack.errors import UsageError
from pathtrack.export import NO_PDF, SUFFIXES, Format, Rows
from pathtrack.record import written
from pathtrack.record.crosswalk import Scheme
from pathtrack.record.dates import begins, ends
from pathtrack.record.order import Order
from pathtrack.record.status import Confidence, Kind, Response, Status, parse_word
from pathtrack.text import is_address, is_safe_address, quoted

_T = TypeVar("_T")


_PROGRAMS = {"excel": Format.XLSX, "word": Format.DOCX}
"""The formats that people call by their programs."""


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
    return written.parse(text, today=today())


def first_day(text: str) -> dt.date:
    """Read a start date: of a month or a year, the first day; 3 months means 3 months ago."""
    with suppress(UsageError):
        return today() - dt.timedelta(written.days(text, today=today()))
    return begins(day(text))


def last_day(text: str) -> dt.date:
    """Read an end date: of a month or a year, the last day."""
    return ends(day(text))


def status(text: str) -> Status:
    """Read a status, whatever its case."""
    return parse_word(text, Status, "status")


def each_of(given: Iterable[str] | None, read: Callable[[str], _T]) -> tuple[_T, ...]:
    """Read every value of an option that takes several, repeated or with commas."""
    return tuple(read(part) for text in given or () for part in _split(text) or [text])


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
    """Read a number of days: 90, 90d, or what lies between today and 3 months or 2 years ago."""
    return int(text) if re.fullmatch(r"[0-9]{1,6}", text) else written.days(text, today=today())


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
    words = _split(text or "")
    if "pdf" in (each.lower() for each in words):
        raise UsageError("there is no export to PDF", todo=NO_PDF)
    return tuple(_format(each.lower()) or parse_word(each, Format, "format") for each in words)


def target(text: str) -> Path:
    """Read the path of a report; `csv` is a format, and no folder of that name is meant."""
    word = text.lower()
    if word not in {*Format, *_PROGRAMS, "pdf", "md", "htm"} or os.path.lexists(text):
        return Path(text)
    (chosen,) = formats(word)
    end = next((end for end, each in SUFFIXES.items() if each is chosen), "")
    todo = f"give a path such as status{end}" if end else f"add it as --format {word}"
    raise UsageError(f"{quoted(text)} is a format, not a path", todo=todo)


def _format(word: str) -> Format | None:
    return SUFFIXES.get(f".{word}") or _PROGRAMS.get(word)


_FACTS = ("title", "publisher", "published", "kind", "archive", "quote", "locator", "lang", "via", "evidence")


def facts(*given: Sequence[str] | None) -> dict[str, Sequence[str] | None]:
    """Return the values of the options that describe a source, by name; they are given in this order."""
    return dict(zip(_FACTS, given, strict=False))


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
    address = pasted.address(address)
    if not is_address(address) and more.get("title"):
        todo = "begin it with https://, or leave --title out"
        raise UsageError(f"{quoted(address)} is not an address", todo=todo)
    is_one = is_address(address) or address.lower().startswith(("http:", "https:"))
    found = {name: text or None for name, text in more.items()}
    return keys_of_source({**found, "url" if is_one else "title": address})


def web_address(text: str) -> str:
    """Read an address as people paste it; UsageError for one that readers cannot be sent to."""
    address = pasted.address(text)
    if not is_safe_address(address):
        todo = "give a plain http:// or https:// address without spaces or a user name"
        raise UsageError(f"{quoted(address)} is not a safe web address", todo=todo)
    return address


def keys_of_source(given: Mapping[str, str | None]) -> dict[str, object]:
    """Return the keys of a source from texts; UsageError for an unsafe address or an unknown kind."""
    keys: dict[str, object] = {name: text for name, text in given.items() if name != "published"}
    for name in ("url", "archive"):
        if each := given.get(name):
            keys[name] = web_address(each)
    if published := given.get("published"):
        keys["date"] = day(published)
    if sort := given.get("kind"):
        keys["kind"] = kind(sort)
    return keys


def _split(text: str) -> list[str]:
    return [*filter(None, map(str.strip, text.split(",")))]
