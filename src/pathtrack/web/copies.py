"""Archived copies for the sources of a record: looked for, examined and requested."""

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import NamedTuple

from pathtrack.record.archives import Cited
from pathtrack.text import quoted
from pathtrack.web import page
from pathtrack.web.archive import Archive, Copy, Job, is_for_later
from pathtrack.web.journal import Journal
from pathtrack.web.verdict import instead

BETWEEN_LOOKS = 5.0
"""How long to wait before asking again how a requested copy is doing, in seconds."""
_AT_ONCE = 3
"""How many requested copies are waited for at the same time; an account may have three or more."""
_LOOKED_AT = 3
"""How many copies of one source are examined."""
_TRIES = 3
"""How often a copy is requested that the archive is at that moment unable to take."""
_SHORTEST = 512
"""How many bytes a page has at least."""
_WORD = re.compile(r"[a-z]{4,}")
_MOSTLY = 0.6


class Known(NamedTuple):
    """What is known about a source: `kind` is copy, none, job or refused, `value` says which or why."""

    kind: str
    value: str


class Copies:
    """What a run finds out about each address, kept in a journal as it comes."""

    def __init__(self, archive: Archive, journal: Journal) -> None:
        """Take over what an interrupted run left."""
        self._archive, self._journal = archive, journal
        self.known = {
            each["address"]: Known(each["kind"], each["value"])
            for each in journal.entries
            if each.keys() == {"address", "kind", "value"}
        }

    def of_kind(self, sources: Iterable[Cited], *kinds: str) -> list[Cited]:
        """Return those sources of which something of these kinds is known; `""` stands for nothing."""
        nothing = Known("", "")
        return [each for each in sources if self.known.get(each.address, nothing).kind in kinds]

    def look(self, source: Cited) -> None:
        """Look for the copy of a source nearest to its day, or for the next one that is good."""
        why = "the archive has no copy"
        for copy in islice(self._candidates(source), _LOOKED_AT):
            fault = self._fault(source, copy)
            if not fault:
                self._keep(source, "copy", copy.address)
                return
            why = f"its copy {copy.address} {fault}"
        self._keep(source, "none", why)

    def request(self, sources: Iterable[Cited], advance: Callable[[], None]) -> None:
        """Request new copies of sources that have none, and wait for those; call `advance` after each."""
        waiting = deque((each, 1) for each in self.of_kind(sources, "none"))
        begun = deque((each, 1) for each in self.of_kind(sources, "job"))
        while waiting or begun:
            if waiting and len(begun) < _AT_ONCE:
                source, tries = waiting.popleft()
                found = self._archive.save(source.address)
                if isinstance(found, str):
                    self._keep(source, "job", found)
                    begun.append((source, tries))
                    continue
            else:
                source, tries = begun.popleft()
                self._archive.sleep(BETWEEN_LOOKS / (len(begun) + 1))
                found = self._archive.job(self.known[source.address].value)
                if found == Job():
                    begun.append((source, tries))
                    continue
            if self._is_settled(source, found, is_last=tries == _TRIES):
                advance()
            else:
                waiting.append((source, tries + 1))

    def _is_settled(self, source: Cited, found: Job, *, is_last: bool) -> bool:
        """Return whether a request need not be made again; if so, keep what became of it."""
        copy = found.copy
        if not copy and found.is_lost:
            # The answer was lost, or the job forgotten: the copy may be there all the same.
            copy = self._archive.nearest(source.address, datetime.now(UTC).date())
        if copy and not (fault := self._fault(source, copy)):
            self._keep(source, "copy", copy.address)
            return True
        if not copy and is_for_later(found.why) and not is_last:
            return False
        self._keep(source, "refused", f"its copy {copy.address} {fault}" if copy else found.why)
        return True

    def _keep(self, source: Cited, kind: str, value: str) -> None:
        self.known[source.address] = Known(kind, value)
        self._journal.add(address=source.address, kind=kind, value=value)

    def _candidates(self, source: Cited) -> Iterator[Copy]:
        nearest = self._archive.nearest(source.address, source.day)
        if nearest:
            yield nearest
        yield from (each for each in self._archive.others(source.address, source.day) if each != nearest)

    def _fault(self, source: Cited, copy: Copy) -> str:
        """Return what is wrong with a copy; nothing if it is one of the page that was cited."""
        seen = self._archive.seen(copy)
        if seen is None:
            return "cannot be shown"
        if seen.is_error:
            return f"is one of an error ({seen.status})"
        if len(seen.body) < _SHORTEST:
            return f"has only {len(seen.body)} bytes"
        found = page.read(seen)
        if what := instead(source.address, seen, found):
            return what
        if _differ(source.source.title or "", f"{found.title} {found.heading} {found.first('og:title')}"):
            return f"is of another page: its title is {quoted(found.title or found.heading)}"
        return ""


def _differ(ours: str, theirs: str) -> bool:
    """Return whether two titles in Latin letters have no longer word in common.

    Of a title in another script, ours may be the translation, which proves nothing.
    """
    words = []
    for text in (ours.lower(), theirs.lower()):
        letters = [each for each in text if each.isalpha()]
        if not letters or sum(each.isascii() for each in letters) < _MOSTLY * len(letters):
            return False
        words.append(set(_WORD.findall(text)))
    return bool(words[0] and words[1]) and not words[0] & words[1]
