"""What the cells of a row say: names, titles, ids, or nothing."""

import re
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from pathtrack.errors import UsageError
from pathtrack.record import same
from pathtrack.record.crosswalk import plain
from pathtrack.text import first_sentence, quoted

_A = TypeVar("_A")
_T = TypeVar("_T")
_P = ParamSpec("_P")
_TITLE = 160
_SHORTEST = 20
_NOTHING = re.compile(r"[\s\-–—.…/]*|n/?a\.?|none\.?|null|(?-i:nan|NaN)", re.IGNORECASE)
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")


class UnreadableError(ValueError):
    """A cell or a row cannot be read; `word` is the status word without a meaning, if that is why."""

    def __init__(self, reason: str, word: str = "") -> None:
        super().__init__(reason)
        self.word = word


class Problems(list[ValueError | UsageError]):
    """Everything that is wrong with the cells of a row."""

    def read(
        self, parse: Callable[Concatenate[_A, _P], _T], given: _A, *args: _P.args, **kwargs: _P.kwargs
    ) -> _T | None:
        """Return what a cell says, if anything; if it cannot be read, keep the reason."""
        try:
            return parse(given, *args, **kwargs) if given else None
        except (ValueError, UsageError) as error:
            self.append(error)
            return None


def names(text: str) -> tuple[str, ...]:
    """Return several names, one a line or between semicolons, the same one once."""
    return tuple(same.spellings(filter(None, map(line, re.split(r"[;\n]", text)))).values())


def tags(text: str) -> tuple[str, ...]:
    """Return several tags, one a line or between semicolons or commas."""
    return names(text.replace(",", ";"))


def yes(text: str) -> bool:
    """Return whether the answer is yes."""
    if plain(text) not in {"", "yes", "no", "true", "false", "y", "n", "1", "0"}:
        raise ValueError(f"{quoted(text)} is neither yes nor no")
    return plain(text) in {"yes", "true", "y", "1"}


def content(text: str) -> str:
    """Return what a cell says; empty if it contains a dash, n/a or none."""
    return "" if _NOTHING.fullmatch(text.strip()) else text


def line(text: str) -> str:
    """Return a text on one line."""
    return " ".join(text.split())


def headline(text: str) -> str:
    """Return a title: the text if it is short, else its first sentence, else the beginning of that."""
    whole = line(text)
    if len(whole) <= _TITLE:
        return whole
    first = first_sentence(text)
    if _SHORTEST <= len(first) <= _TITLE:
        return first
    cut = whole[: _TITLE - 1]
    return f"{cut.rsplit(' ', 1)[0].rstrip(' ,;:')}…"


def is_id(text: str) -> bool:
    """Return whether a source's own id can be one of ours as it is."""
    return _ID.fullmatch(text) is not None


def slug(text: str) -> str:
    """Return a source's own id as one of ours, empty if it cannot be one; ValueError if it says nothing."""
    if not re.search(r"\w", text):
        raise ValueError(f"{quoted(line(text))} cannot be an id")
    found = re.sub(r"[^A-Za-z0-9._-]+", "-", text.strip()).strip("-._")
    return found if len(found) <= 40 else ""  # noqa: PLR2004 as the model has it
