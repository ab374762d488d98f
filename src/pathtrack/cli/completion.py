"""What a shell offers for ids, statuses, areas, actors, tags and assessors; silent when there is nothing."""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from pathtrack.record.status import Kind, Response, Status
from pathtrack.text import safe_line

if TYPE_CHECKING:
    from pathtrack.record.model import Tracker

Offer = tuple[str, str]
"""A word and what it means; the latter may be empty."""


def ids(context: typer.Context, incomplete: str) -> list[Offer]:
    """Offer ids of recommendations with their titles."""
    return _offer(
        incomplete,
        ((each.id, each.title) for tracker in _trackers(context) for each in tracker.recommendations),
    )


def updates(context: typer.Context, incomplete: str) -> list[Offer]:
    """Offer ids of updates that can be corrected, newest first, with their dates and first words."""
    from pathtrack.record.corrections import Ledger, update_id  # noqa: PLC0415 no other completion needs it
    from pathtrack.show.words import summary  # noqa: PLC0415 likewise

    counting = [each for tracker in _trackers(context) for each in Ledger(tracker.updates).counting]
    offers = ((update_id(each), f"{each.date} {summary(each)}") for each in reversed(counting))
    # Where an update is wanted, a recommendation will do: it means the newest about it.
    return _offer(incomplete, offers) or ids(context, incomplete)


def _words(known: Iterable[str]) -> Callable[[str], list[Offer]]:
    """Return a completion that offers fixed words."""
    fixed = [str(word) for word in known]

    def complete(incomplete: str) -> list[Offer]:
        return _offer(incomplete, ((word, "") for word in fixed))

    return complete


def _names(of: "Callable[[Tracker], Iterable[str]]") -> Callable[[typer.Context, str], list[Offer]]:
    """Return a completion that offers names in the tracker."""

    def complete(context: typer.Context, incomplete: str) -> list[Offer]:
        return _offer(incomplete, ((name, "") for tracker in _trackers(context) for name in of(tracker)))

    return complete


areas = _names(lambda tracker: tracker.areas)
actors = _names(lambda tracker: tracker.actors)
tags = _names(lambda tracker: tracker.tags)
assessors = _names(lambda tracker: tracker.assessors)
statuses = _words(Status)
kinds = _words(Kind)
responses = _words(Response)


def _trackers(context: typer.Context) -> Iterator["Tracker"]:
    """Yield the tracker that the command line means, or nothing: a completion never fails aloud."""
    with suppress(Exception):
        from pathtrack.file import store  # noqa: PLC0415 fixed words need no tracker

        given = context.params.get("file")
        yield store.load(store.find(Path(given) if given else None) or store.shipped())


_REPLACEMENTS = str.maketrans("\\'[]", "/\u2019()")
"""Replacements, within a meaning, for what zsh would evaluate or drop, or rich read as markup."""
_UNSAFE = frozenset("\\'\"`$!")
"""A word with one of these is not offered: zsh would evaluate it, and bash insert it to be run."""


def _offer(incomplete: str, offers: Iterable[Offer]) -> list[Offer]:
    return [
        (_quoted(word), safe_line(meaning).translate(_REPLACEMENTS))
        for word, meaning in offers
        if word.startswith(incomplete) and safe_line(word) == word and not _UNSAFE & {*word}
    ]


def _quoted(word: str) -> str:
    """Add the backslashes that bash wants; the other shells add their own."""
    in_bash = os.environ.get("_PATHTRACK_COMPLETE") == "complete_bash"
    return re.sub(r"([^\w@%+=:,./-])", r"\\\1", word) if in_bash else word
