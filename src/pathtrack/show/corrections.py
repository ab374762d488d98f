"""Corrections in words: what became of an update, when, by whom and why."""

import datetime as dt

from pathtrack.record.corrections import Corrected
from pathtrack.record.differences import Difference, differences
from pathtrack.record.model import Evidence, Update
from pathtrack.text import day

_LABELS = {"due": "target date", "recommendations": "about", "by": "judged by", "url": "address"}
_TEXTS = frozenset({"note", "quote"})
_PARTS = 3
"""How many words a whole day has: 4 Jan 2005."""
_AROUND = 4
"""How many words are shown on either side of what differs in a text."""
_MOST = 30
"""How many words of a text are shown at most."""


def correction(corrected: Corrected) -> str:
    """Return what became of an update: replaced by what or withdrawn, when, by whom and why."""
    changed = f" ({'; '.join(found)})" if (found := changes(corrected)) else ""
    return f"{outcome(corrected)}{changed}: {corrected.correction.reason}"


def outcome(corrected: Corrected) -> str:
    """Return whether an update was replaced or withdrawn, when and by whom."""
    new = corrected.correction
    what = "replaced" if new.says_something else "withdrawn"
    on = f" on {day(new.recorded.date())}" if new.recorded else ""
    return f"{what}{on} by {new.typed_by or new.by}"


def correction_line(corrected: Corrected) -> str:
    """Return which update was corrected, and what became of it."""
    old = corrected.update
    return f"{', '.join(old.recommendations)}, the update of {day(old.date)}, {correction(corrected)}"


def changes(corrected: Corrected) -> list[str]:
    """Return what a correction changed: status in-progress → partial, date 3 Mar → 4 Jan 2005."""
    return [_change(each) for each in differences(corrected.update, corrected.correction)]


def as_corrected(update: Update) -> str:
    """Return what tells that an update replaces another, to stand behind its date."""
    return ", as corrected" if update.corrects else ""


def _change(found: Difference) -> str:
    label = f"{'source ' if found.of_source else ''}{_LABELS.get(found.name, found.name)}"
    if found.name == "source":
        what = "removed" if found.before else "added"
        return f"source {what}: {_shown(found.before or found.after)}"
    if found.name in _TEXTS:
        before, after = _excerpts(str(found.before or ""), str(found.after or ""))
        return f"{label} {before} → {after}" if before != after else f"the spacing of the {label}"
    before, after = _shown(found.before), _shown(found.after)
    if isinstance(found.before, dt.date) and before.count(" ") == after.count(" ") == _PARTS - 1:
        before = before.removesuffix(f" {after.split()[-1]}")  # both are whole days: the year, once
    return f"{label} {before} → {after}"


def _shown(value: object) -> str:
    if isinstance(value, Evidence):
        return value.title or value.url or ""
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "none"
    if isinstance(value, dt.date):
        return day(value)
    return "none" if value is None else str(value)


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
        if not words:
            return "none"
        end = min(len(words) - max(behind - _AROUND, 0), start + _MOST)
        shown = " ".join(words[start:end])
        return f"“{'… ' if start else ''}{shown}{' …' if end < len(words) else ''}”"

    return cut(was), cut(now)
