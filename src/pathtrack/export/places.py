"""Where everything is that is published: names of files, anchors in pages, addresses."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote, urlsplit

from pathtrack.export.content import Content
from pathtrack.record import same
from pathtrack.record.corrections import Corrected, update_id
from pathtrack.record.model import Evidence, Update, key
from pathtrack.record.standings import Standing
from pathtrack.text import is_safe_address

_RESERVED = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)),
}
"""What Windows takes for a device, whatever follows the first full stop."""


def stems(names: Iterable[str]) -> dict[str, str]:
    """Return a file's name, without its end, for each name; they differ even where case does not count.

    What was added begins with a sign that no id has, so it is never another's name:

        D1, d1, con   →   D1, d1~2, con~
    """
    listed = list(dict.fromkeys(names))
    return dict(zip(listed, told_apart(map(_of_no_device, listed), sign="~"), strict=True))


def told_apart(names: Iterable[str], *, sign: str) -> Iterator[str]:
    """Yield names, one that was there before with its number: a, b, a → a, b, a:2."""
    seen: Counter[str] = Counter()
    for name in names:
        seen[name.lower()] += 1
        number = seen[name.lower()]
        yield f"{name}{sign}{number}" if number > 1 else name


def _of_no_device(name: str) -> str:
    first, dot, rest = name.partition(".")
    return f"{first}~{dot}{rest}" if first.lower() in _RESERVED else name


def area_stem(area: str) -> str:
    """Return the name of an area's file: its own if every system takes that, otherwise one made of it."""
    word = same.word(area)
    if re.fullmatch(r"[a-z0-9]([a-z0-9 -]{0,38}[a-z0-9])?", word) and word not in _RESERVED:
        return word.replace(" ", "-")
    return f"area-{hashlib.sha256(word.encode()).hexdigest()[:12]}"


@dataclass(frozen=True)
class Places:
    """Where the pages and entries of a report are."""

    content: Content

    @cached_property
    def site(self) -> str:
        """The address of the folder, ending in a slash; empty where the tracker gives none that is safe."""
        site = self.content.view.tracker.report.site or ""
        return f"{site.rstrip('/')}/" if is_safe_address(site) and not re.search(r"[?#]", site) else ""

    @property
    def authority(self) -> str:
        """The host of that address, which makes ids of entries unique in the world; otherwise nobody's."""
        return quote(urlsplit(self.site).hostname or "") or "pathtrack.invalid"

    @cached_property
    def pages(self) -> dict[str, str]:
        """The page of each recommendation and part in the folder."""
        names = stems(each.recommendation.id for each in self.content.rows)
        return {name: f"r/{stem}.html" for name, stem in names.items()}

    @cached_property
    def anchors(self) -> dict[tuple[str, int], str]:
        """The anchor of each update by date, which no later one changes: D2:2025-01-24, D2:2025-01-24:2."""
        names: dict[tuple[str, int], str] = {}
        for standing in self.content.rows:
            about, updates = standing.recommendation.id, standing.updates
            by_date = told_apart((f"{about}:{each.date}" for each in updates), sign=":")
            names |= {(about, id(each)): name for each, name in zip(updates, by_date, strict=True)}
        return names

    def about(self, update: Update) -> tuple[Standing, ...]:
        """Return what an update is about, among what is shown."""
        return tuple(self._about.get(id(update), ()))

    @cached_property
    def _about(self) -> dict[int, list[Standing]]:
        # By identity: hashing an update means hashing everything in it.
        found: dict[int, list[Standing]] = {}
        for standing in self.content.rows:
            for update in standing.updates:
                found.setdefault(id(update), []).append(standing)
        return found

    def sources(self, update: Update) -> Iterator[Evidence]:
        """Yield the sources of an update, with all that is known about those of what is shown."""
        known = id(update) in self._about
        return (self.content.source(each) if known else each for each in update.evidence)

    @cached_property
    def milestones(self) -> dict[int, str]:
        """The anchor of each update in the timeline; equal updates have one id, and a number behind it."""
        updates = self.content.view.updates
        names = told_apart((f"update:{self.id_of(each)}" for each in updates), sign=":")
        return {id(each): name for each, name in zip(updates, names, strict=True)}

    def shown(self, name: str) -> str:
        """Return the id of the recommendation that an id means, if it is shown."""
        means = self.content.view.tracker.names.get(key(name), "")
        return self._spelled.get(means, "")

    @cached_property
    def _spelled(self) -> dict[str, str]:
        return {key(each.recommendation.id): each.recommendation.id for each in self.content.rows}

    def of_correction(self, each: Corrected) -> str:
        """Return the anchor of a correction among those of a page."""
        return f"corrected:{self.id_of(each.update)}:{self.id_of(each.correction)}"

    @cached_property
    def _ids(self) -> dict[int, str]:
        return {}

    def id_of(self, update: Update) -> str:
        """Return the id of an update, computed once."""
        if (found := self._ids.get(id(update))) is None:
            found = self._ids[id(update)] = update_id(update)
        return found

    def of(self, update: Update) -> str:
        """Return where in the folder an update is shown; the first page if it is about nothing known."""
        if not (about := self.about(update)):
            return "index.html"
        name = about[0].recommendation.id
        return f"{self.pages[name]}#{quote(self.anchors[name, id(update)], safe=':')}"
