"""Ids for recommendations whose source has none."""

import re
from collections import Counter
from collections.abc import Iterable

from pathtrack.record.model import key

_STATED = re.compile(
    r"[(\[](recommendation|matter)[^()\[\]\d]*(\d{1,4}(?:-\d{1,4})?)\.?[)\]]?\.?\s*$", re.IGNORECASE
)
# So long that a hyphen and a number of five digits still make an id.
_PUBLICATION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,33}")
_LONGEST = 40
_LETTERS = 3


class Identifiers:
    """Gives each recommendation an id that is not `taken` yet."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(map(key, taken))
        self._last: Counter[str] = Counter()

    def of_area(self, area: str | None) -> str:
        """Return the area's first letters and the next number: D1, D2; R1 without an area."""
        # If D1 is taken: defense, open data, defense and no area give D2, OD1, D3 and R1.
        initials = "".join(word[0] for word in re.findall(r"[A-Za-z]+", area or ""))
        return self._next(initials[:_LETTERS].upper() or "R")

    def of_publication(self, number: str, text: str) -> str:
        """Return a publication's number and that of the recommendation, which ends its text.

        GAO-24-105717-3 is recommendation 3 of that report, and GAO-24-105717-M1 its first matter for
        the Congress. One without a number gets the next free one.
        """
        if not _PUBLICATION.fullmatch(number):
            return self._next("R")
        stated = _STATED.search(text)
        if not stated:
            return self._next(f"{number}-")
        found = f"{number}-{'M' if stated[1].lower() == 'matter' else ''}{stated[2]}"
        is_free = len(found) <= _LONGEST and key(found) not in self._taken
        return self._give(found) if is_free else self._next(f"{number}-")

    def _next(self, prefix: str) -> str:
        while True:
            # It goes on from the last one, since trying all of them again would take ever longer.
            self._last[prefix] += 1
            if key(found := f"{prefix}{self._last[prefix]}") not in self._taken:
                return self._give(found)

    def _give(self, identifier: str) -> str:
        self._taken.add(key(identifier))
        return identifier
