"""What the cells of a row say: dates, statuses, links, names, titles."""

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TypeVar

from pathtrack.errors import UsageError
from pathtrack.intake.columns import DateOrder, Role
from pathtrack.record.crosswalk import plain
from pathtrack.record.model import Evidence
from pathtrack.record.objections import build
from pathtrack.record.status import Status
from pathtrack.text import first_sentence, is_address, is_safe_address, quoted

_T = TypeVar("_T")
_TITLE = 160
_SHORTEST = 20
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905 reads better
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{1,2}:\d{2}.*)?", re.ASCII)
_DAY_FIRST = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?\.?[ -]([a-z]{3,9})\.?,?[ -](\d{4})", re.ASCII | re.IGNORECASE
)
_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})", re.ASCII | re.IGNORECASE)
_NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
_SHORT_YEAR = re.compile(r"(?:(?:[a-z]{3,9}|\d{1,2})\W+){2}\d{2}", re.ASCII | re.IGNORECASE)
_NOTHING = re.compile(r"[\s\-–—.…/]*|n/?a\.?|none\.?", re.IGNORECASE)
_SOURCES = re.compile(r"\n|;(?=\s|$)|[;,|](?=\s*https?://)")
_AS_OF = re.compile(r"status as of ([a-z]{3,9}\.? \d{1,2}, \d{4})", re.ASCII | re.IGNORECASE)


def date(text: str, order: DateOrder | None = None) -> dt.date:
    """Read a date; ValueError where it is none, or may be one of two.

    31/12/2024 can be one only, whatever the order.
    """
    words = " ".join(text.split())
    if _SHORT_YEAR.fullmatch(words):
        raise ValueError(f"{quoted(words)} has two digits for a year; write all four")
    read = (_one(words, each) for each in ([order] if order else DateOrder))
    found = {each for each in read if each}
    if len(found) > 1:
        raise ValueError(f"{quoted(words)} may be one of two dates; give --date-format dmy or mdy")
    if not found:
        raise ValueError(f"{quoted(words)} is not a date such as 2024-12-31 or 31 December 2024")
    return found.pop()


def shown_order(texts: Iterable[str]) -> tuple[DateOrder, str] | None:
    """Return the order of the dates that may be one of two, and a date that can be in that order only.

    None where there are no such dates, and where the others show no order, or both.
    """
    shown: dict[DateOrder, str] = {}
    is_open = False
    for words in map(line, texts):
        read = {order: found for order in DateOrder if (found := _one(words, order))}
        is_open |= len({*read.values()}) > 1
        if len(read) == 1:
            shown.setdefault(next(iter(read)), words)
    return shown.popitem() if is_open and len(shown) == 1 else None


def _one(words: str, order: DateOrder) -> dt.date | None:
    try:
        return dt.date(*_parts(words, order))
    except ValueError:
        return None


def _parts(words: str, order: DateOrder) -> tuple[int, int, int]:
    if found := _ISO.fullmatch(words):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _DAY_FIRST.fullmatch(words):
        return int(found[3]), _month(found[2]), int(found[1])
    if found := _MONTH_FIRST.fullmatch(words):
        return int(found[3]), _month(found[1]), int(found[2])
    if found := _NUMBERS.fullmatch(words):
        day, month = (found[2], found[1]) if order is DateOrder.MDY else (found[1], found[2])
        return int(found[3]), int(month), int(day)
    raise ValueError("no known form")


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1


def date_above(texts: Iterable[str]) -> dt.date | None:
    """Return the day on which an export says, above its header, that it was made."""
    found = _AS_OF.search("\n".join(texts))
    try:
        return date(found[1]) if found else None
    except ValueError:
        return None


def look_like(texts: Collection[str], role: Role) -> bool:
    """Tell whether most texts are addresses, or dates, as a link or a date wants them."""
    if role is Role.LINK:
        return 2 * sum("http://" in each or "https://" in each for each in texts) > len(texts)
    if role is Role.DATE:
        return 2 * sum(_is_date(each) for each in texts) > len(texts)
    return True


def _is_date(text: str) -> bool:
    return any(_one(line(text), order) for order in DateOrder)


class UnknownWordError(ValueError):
    """A status word has no meaning."""

    def __init__(self, word: str) -> None:
        """Take the word."""
        super().__init__(f"{quoted(word)} is no status word")
        self.word = word


class Problems(list[str]):
    """What is wrong with the cells of a row, all of it, and which status words are `unknown`."""

    def __init__(self) -> None:
        """Begin with none."""
        super().__init__()
        self.unknown: list[str] = []

    def tried(self, read: Callable[[], _T]) -> _T | None:
        """Return what a cell says; where it cannot be read, keep the reason."""
        try:
            return read()
        except (ValueError, UsageError) as error:
            self.append(str(error))
            self.unknown += [error.word] if isinstance(error, UnknownWordError) else []
            return None


class Vocabulary:
    """Status words, each with what it means; case, dashes and spaces do not matter.

    Of another word no meaning is guessed: the nearest one may be the opposite.
    """

    def __init__(self, meanings: Mapping[str, Status]) -> None:
        """Take the words; of two that are the same one, the later counts."""
        self._meanings = {plain(word): status for word, status in meanings.items()}

    def recalling(self, remembered: Mapping[str, Status]) -> "Vocabulary":
        """Return these words, and those that are remembered where they have no meaning here."""
        return Vocabulary({**remembered, **self._meanings})

    def read(self, text: str) -> Status | None:
        """Read a word; none where the cell says nothing, UnknownWordError where the word is unknown."""
        word = line(text)
        if plain(word) in self._meanings:
            return self._meanings[plain(word)]
        if not content(word):
            return None
        raise UnknownWordError(word)


def names(text: str) -> tuple[str, ...]:
    """Read several names, one a line or between semicolons."""
    return tuple(dict.fromkeys(line(each) for each in re.split(r"[;\n]", text) if each.strip()))


def yes(text: str) -> bool:
    """Read an answer."""
    if plain(text) not in {"", "yes", "no", "true", "false", "y", "n", "1", "0"}:
        raise ValueError(f"{quoted(text)} is neither yes nor no")
    return plain(text) in {"yes", "true", "y", "1"}


def links(text: str) -> tuple[Evidence, ...]:
    """Read sources, one a line or between semicolons: addresses, titles, or a title and an address."""
    return distinct(each for part in _SOURCES.split(text) for each in _sources(part))


def distinct(sources: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Return each source once."""
    found: dict[str, Evidence] = {}
    for each in sources:
        found.setdefault(each.identity, each)
    return tuple(found.values())


def _sources(part: str) -> list[Evidence]:
    words: list[str] = []
    addresses: list[str] = []
    for token in part.split():
        bare = _unwrapped(token)
        (addresses if is_address(bare) else words).append(bare if is_address(bare) else token)
    for each in addresses:
        if not is_safe_address(each):
            raise ValueError(f"{quoted(each)} is no address to send readers to")
    title = " ".join(words).strip(" ,") or None
    if not addresses:
        return [build(Evidence, {"title": title})] if title else []
    first, *others = addresses
    return [
        build(Evidence, {"title": title, "url": first}),
        *(build(Evidence, {"url": each}) for each in others),
    ]


def _unwrapped(token: str) -> str:
    """Return an address without the brackets around it and the comma behind it."""
    bare = token.strip("<>,")
    return bare[1:].removesuffix(")") if bare.startswith("(") else bare


def content(text: str) -> str:
    """Return what a cell says; nothing where it holds a dash, n/a or none."""
    return "" if _NOTHING.fullmatch(text.strip()) else text


def line(text: str) -> str:
    """Return a text on one line."""
    return " ".join(text.split())


def same(text: str) -> str:
    """Return what makes two texts the same one: not their case or spaces."""
    return line(text).casefold()


def headline(text: str) -> str:
    """Return a title: the text where it is short, else its first sentence, else the beginning of that."""
    whole = line(text)
    if len(whole) <= _TITLE:
        return whole
    first = first_sentence(text)
    if _SHORTEST <= len(first) <= _TITLE:
        return first
    cut = whole[: _TITLE - 1]
    return f"{cut.rsplit(' ', 1)[0].rstrip(' ,;:')}…"


def slug(text: str) -> str:
    """Return the id that a source's own id makes; ValueError where none can be made of it."""
    found = re.sub(r"[^A-Za-z0-9._-]+", "-", text.strip()).strip("-._")
    if not found or len(found) > 40:  # noqa: PLR2004 as the model has it
        raise ValueError(
            f"{quoted(line(text))} makes no id; ids are at most 40 letters, digits, '.', '_', '-'"
        )
    return found
