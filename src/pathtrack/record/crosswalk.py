"""The words of other bodies for our statuses: to them, from them, and what is lost on the way."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from enum import StrEnum
from itertools import product

from pathtrack.record import same
from pathtrack.record.status import DEFINITIONS, Status

_JOINTS = r"[\s_.,:;!?/()\[\]'\"\u2010-\u2015\u2018\u2019\u2212-]+"


class Scheme(StrEnum):
    """Whose words are used."""

    GAO = "gao"
    CSC = "csc"
    OGP = "ogp"

    @property
    def body(self) -> str:
        """The name of the body, as people write it."""
        return "CSC 2.0" if self is Scheme.CSC else self.upper()


def theirs(status: Status, scheme: Scheme) -> str:
    """Return a body's word for a status; empty where it has none."""
    definition = DEFINITIONS[status]
    return {Scheme.GAO: definition.gao, Scheme.CSC: definition.csc, Scheme.OGP: definition.ogp}[scheme]


def ours(scheme: Scheme) -> dict[str, tuple[Status, ...]]:
    """Return the statuses that each word of a body stands for, the weakest claim first."""
    found: dict[str, tuple[Status, ...]] = {}
    for status in Status:  # their order is that of the claims, as far as one word of theirs needs it
        if word := theirs(status, scheme):
            found[word] = (*found.get(word, ()), status)
    return found


def plain(word: str) -> str:
    """Return what two same words of other bodies share: dashes and stops do not matter, # and % do."""
    return same.word(re.sub(_JOINTS, " ", word)) or word.strip()


def known(scheme: Scheme | None = None) -> dict[str, Status]:
    """Return the weakest claim that each word can be: our own words, and those of one body."""
    words = {status.value: status for status in Status}
    if scheme:
        words |= {word: statuses[0] for word, statuses in ours(scheme).items()}
    return words


def kept_as(status: Status) -> str:
    """Return the key of `source` under which an import that gave this status keeps the source's own word."""
    return f"taken for {status}"


def remembered(sources: Iterable[Mapping[str, str]]) -> dict[str, Status]:
    """Return the status of each word that imports kept in `source` as taken for one status and no other.

    Words that came without a date are also kept under `not-assessed`, so that one is left out. One of several
    words in a cell need not be the one that gave the status.
    """
    found: defaultdict[str, set[Status]] = defaultdict(set)
    for source, status in product(sources, Status):
        word = plain(source.get(kept_as(status), ""))
        if (
            status is not Status.NOT_ASSESSED
            and word
            and not any("; " in cell and word in map(plain, cell.split("; ")) for cell in source.values())
        ):
            found[word].add(status)
    return {word: status for word, (status, *others) in found.items() if not others}


def losses(scheme: Scheme) -> list[str]:
    """Return sentences: that the words are a judgement, and which of our distinctions they lose."""
    found = [
        f"{scheme.body}'s words are shown beside ours. Which word fits is our judgement, not {scheme.body}'s."
    ]
    for word, statuses in ours(scheme).items():
        if len(statuses) > 1:
            *most, last = statuses
            found.append(f"{scheme.body}'s word {word} stands for {', '.join(most)} and {last} alike.")
    wordless = [status for status in Status if not theirs(status, scheme)]
    return found + [f"{scheme.body} has no word for {status}." for status in wordless]
