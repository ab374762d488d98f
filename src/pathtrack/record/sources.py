"""Which citations are of one source, and everything known about it."""

from collections.abc import Iterable
from dataclasses import fields, replace
from itertools import islice

from pathtrack.record import same
from pathtrack.record.model import Evidence

_MANY = 20
"""How many sources of one title are compared; of more, only equal ones are the same source."""


class Sources:
    """Distinct sources in the order of their first citation, each completed by later ones, key by key.

    Two citations are of one source if their addresses lead to the same page or, where one of them has no
    address, if the title is the same and neither publisher nor date disagrees:

        "Budget act", law                    1
        "Annual report", Ministry, 2025      2
        https://example.org/act "Budget act" 1, which has an address now
        "Annual report", Court of Audit      3
        "Annual report"                      4: it may be 2 or 3
        "Annual report", law                 4: equal in title, publisher and date
    """

    def __init__(self, citations: Iterable[Evidence] = ()) -> None:
        self._completed: list[Evidence] = []
        self._places: dict[Evidence, int] = {}
        self._by_address: dict[str, int] = {}
        self._by_title: dict[str, dict[int, None]] = {}
        self._without_address: dict[tuple[str, str, str], int] = {}
        for each in citations:
            self.add(each)

    def __len__(self) -> int:
        return len(self._completed)

    def __contains__(self, citation: Evidence) -> bool:
        return citation in self._places or self._found(citation) is not None

    def add(self, citation: Evidence) -> None:
        """Add a citation, newer than those before it."""
        if citation in self._places:
            # Again, since others may have completed it differently in between, and the newest counts.
            self._complete(self._places[citation], citation)
            return
        place = self._found(citation)
        if place is None:
            place = len(self._completed)
            self._completed.append(citation)
        else:
            self._complete(place, citation)
        self._places[citation] = place
        if citation.url:
            self._by_address[same.address(citation.url)] = place
        else:
            self._without_address[_key(citation)] = place
        if citation.title:
            self._by_title.setdefault(same.word(citation.title), {})[place] = None

    def place(self, citation: Evidence) -> int:
        """Return the number, from 0, of the source of a citation that was added."""
        return self._places[citation]

    def of(self, citation: Evidence) -> Evidence:
        """Return the source of a citation that was added, with everything known about it."""
        return self._completed[self._places[citation]]

    def __getitem__(self, place: int) -> Evidence:
        return self._completed[place]

    def _complete(self, place: int, newer: Evidence) -> None:
        given = {
            each.name: value for each in fields(newer) if (value := getattr(newer, each.name)) is not None
        }
        self._completed[place] = replace(self._completed[place], **given)

    def _found(self, citation: Evidence) -> int | None:
        if citation.url and (place := self._by_address.get(same.address(citation.url))) is not None:
            return place
        if not citation.title:
            return None
        # Equal in all three, it is that source, even where more of that title are known.
        place = self._without_address.get(_key(citation))
        if place is not None and not (citation.url and self._completed[place].url):
            return place
        named = self._by_title.get(same.word(citation.title), {})
        found = [each for each in islice(named, _MANY) if _may_be_one(self._completed[each], citation)]
        # If it may be either of two it is neither: a wrong guess would mix their facts.
        return found[0] if len(found) == 1 and len(named) <= _MANY else None


def _key(citation: Evidence) -> tuple[str, str, str]:
    return same.word(citation.title or ""), same.word(citation.publisher or ""), str(citation.date or "")


def _may_be_one(old: Evidence, new: Evidence) -> bool:
    """Return whether sources with one title may be one: at most one has an address, and nothing disagrees."""
    if old.url and new.url:
        return False
    publishers = {same.word(each.publisher) for each in (old, new) if each.publisher}
    early, late = sorted(each.date.isoformat() if each.date else "" for each in (old, new))
    return len(publishers) <= 1 and late.startswith(early)  # 2025-01-24 is in 2025-01
