"""The values of options, as people type them: read, or refused with a reason."""

import datetime as dt
import os
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from pathtrack.errors import UsageError
from pathtrack.export import NO_PDF, SUFFIXES, Format
from pathtrack.record import written
from pathtrack.record.crosswalk import Scheme
from pathtrack.record.dates import begins, ends
from pathtrack.record.status import Kind, Response, Status, parse_word
from pathtrack.text import did_you_mean, quoted

_T = TypeVar("_T")
_Word = TypeVar("_Word", bound=StrEnum)


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


def word(words: type[_Word], noun: str) -> Callable[[str], _Word]:
    """Return a function that reads a word of an enumeration, whatever its case; `noun` is for the error."""
    return lambda text: parse_word(text, words, noun)


status = word(Status, "status")
response = word(Response, "response")
kind = word(Kind, "kind of evidence")
scheme = word(Scheme, "scheme")


def each_of(given: Iterable[str] | None, read: Callable[[str], _T]) -> tuple[_T, ...]:
    """Read every value of an option that takes several, repeated or with commas."""
    return tuple(read(part) for text in given or () for part in _split(text) or [text])


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


def cleared(
    names: Iterable[str] | None, empty: Mapping[str, object], given: Mapping[str, object]
) -> dict[str, object]:
    """Return the empty values of keys to remove; UsageError for one that is needed, or given as well."""
    found: dict[str, object] = {}
    for name in names or ():
        word = name.lower()
        if word not in empty:
            raise UsageError(f"{quoted(name)} cannot be removed", todo=did_you_mean(name, empty))
        if given.get(word) is not None:
            raise UsageError(f"{quoted(word)} is both given and removed", todo="do one of them")
        found[word] = empty[word]
    return found


def _split(text: str) -> list[str]:
    return [*filter(None, map(str.strip, text.split(",")))]
