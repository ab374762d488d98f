"""Corrections in words: what became of an update, when, by whom and why."""

import datetime as dt
from typing import NamedTuple

from pathtrack.record.corrections import Corrected
from pathtrack.record.differences import Difference, differences
from pathtrack.record.model import Evidence, Update
from pathtrack.text import day

_LABELS = {"due": "target date", "response": "answer", "url": "address", "searched": "places searched"}
_INSTEAD = {"recommendations": "about", "by": "judged by"}
"""What is changed to something else, and never added or removed."""
_CORRECTED = {"recommendations": "recommendations", "by": "assessor", **_LABELS}
_TEXTS = frozenset({"note", "quote"})
_PARTS = 3
"""How many words a whole day has: 4 Jan 2005."""
_AROUND = 4
"""How many words are shown on either side of what differs in a text."""
_MOST = 30
"""How many words of a text are shown at most."""


class Told(NamedTuple):
    """A correction in one sentence, cut around the ids of what it is about: a page links these.

    On 3 May 2026 Ana corrected the status | of | D2 | , as of 6 May 2025, from implemented to partial: …
    """

    opening: str
    link: str
    about: tuple[str, ...]
    rest: str

    @property
    def line(self) -> str:
        """The whole sentence."""
        return f"{self.opening} {self.link} {', '.join(self.about)}{self.rest}"


def told(corrected: Corrected) -> Told:
    """Return the sentence: who corrected what, when and why."""
    old, new = corrected
    who = new.typed_by or new.by
    does = f"On {day(new.recorded.date())} {who}" if new.recorded else who
    reason, when, about = f": {new.reason}", f"the update of {day(old.date)}", old.recommendations
    if not new.says_something:
        return Told(f"{does} withdrew {when}", "about", about, reason)
    if old.status and new.status and old.status is not new.status:
        of = f" for {', '.join(old.actors)}" if old.actors else ""
        move = f"{of}, as of {day(old.date)}, from {old.status} to {new.status}"
        return Told(f"{does} corrected the status", "of", about, f"{move}{reason}")
    *first, last = dict.fromkeys(map(_corrected, differences(old, new))) or ["wording"]
    what = f"{', the '.join(first)} and the {last}" if first else last
    return Told(f"{does} corrected the {what} of {when}", "about", about, reason)


def line(corrected: Corrected) -> str:
    """Return the sentence as one text."""
    return told(corrected).line


def details(corrected: Corrected) -> list[str]:
    """Return what else a correction changed; nothing where the sentence has said all."""
    return [_change(each) for each in differences(*corrected) if not _is_told(each)]


def in_detail(corrected: Corrected) -> str:
    """Return that as another sentence."""
    return f"In detail: {'; '.join(found)}." if (found := details(corrected)) else ""


def changes(corrected: Corrected) -> list[str]:
    """Return what a correction changed: status from partial to stalled, date from 3 Mar to 4 Jan 2005."""
    return [_change(each) for each in differences(*corrected)]


def as_corrected(update: Update) -> str:
    """Return what tells that an update replaces another, to stand behind its date."""
    return ", as corrected" if update.corrects else ""


def _is_told(found: Difference) -> bool:
    return bool(found.name == "status" and found.before and found.after)


def _corrected(found: Difference) -> str:
    """Return the part of an update in which something differs."""
    return "sources" if found.of_source or found.name == "source" else _CORRECTED.get(found.name, found.name)


def _change(found: Difference) -> str:
    label = f"{'source ' if found.of_source else ''}{_LABELS.get(found.name, found.name)}"
    before, after = _shown(found.before), _shown(found.after)
    if found.name in _INSTEAD:
        return f"{_INSTEAD[found.name]} {after} instead of {before}"
    if not (found.before and found.after):
        return f"{label} {'removed' if found.before else 'added'}: {before or after}"
    if found.name in _TEXTS:
        before, after = _excerpts(str(found.before), str(found.after))
        return f"the {label} says {after}, not {before}" if before != after else f"the spacing of the {label}"
    if isinstance(found.before, dt.date) and before.count(" ") == after.count(" ") == _PARTS - 1:
        before = before.removesuffix(f" {after.split()[-1]}")  # both are whole days: the year, once
    return f"{label} from {before} to {after}"


def _shown(value: object) -> str:
    if isinstance(value, Evidence):
        return value.title or value.url or ""
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    if isinstance(value, dt.date):
        return day(value)
    return "" if value is None else str(value)


def _excerpts(old: str, new: str) -> tuple[str, str]:
    """Return two texts, each from shortly before they begin to differ until shortly after.

    “… of the law was addopted in May. …” and “… of the law was adopted in May. …”
    """
    was, now = old.split(), new.split()
    least = min(len(was), len(now))
    ahead = next((at for at in range(least) if was[at] != now[at]), least)
    behind = next((at for at in range(least - ahead) if was[-at - 1] != now[-at - 1]), least - ahead)
    start = max(ahead - _AROUND, 0)

    def cut(words: list[str]) -> str:
        end = min(len(words) - max(behind - _AROUND, 0), start + _MOST)
        shown = " ".join(words[start:end])
        return f"“{'… ' if start else ''}{shown}{' …' if end < len(words) else ''}”"

    return cut(was), cut(now)
