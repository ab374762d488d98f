"""What changed in a period, in words."""

from collections.abc import Iterator

from pathtrack.record.model import Update
from pathtrack.record.view import Change, Changes
from pathtrack.show.corrections import as_corrected, line
from pathtrack.show.words import beginning, statement, without_stop
from pathtrack.text import Passage, count, day, passages

CORRECTIONS = "Corrections, not changes"
"""What stands above them."""

_FEW = 12
"""How many ids a sentence lists rather than counts."""


def lines(found: Changes) -> Iterator[str]:
    """Yield the lines of a text about what changed: each recommendation, its new updates, their sources."""
    yield headline(found)
    for each in found.changed:
        recommendation = each.after.recommendation
        yield ""
        yield f"{recommendation.id}  {without_stop(recommendation.title)}: {_move(each)}"
        for update in each.updates:
            yield from _update_lines(update)
    if found.corrected:
        yield ""
        yield f"{CORRECTIONS}:"
        yield from (f"  {line(each)}" for each in found.corrected)
    if found.late:
        yield ""
        yield late(found)


def late(found: Changes) -> str:
    """Return how much was recorded in a period about earlier days, and about what; nothing without any."""
    if not found.late:
        return ""
    ids = dict.fromkeys(name for each in found.late for name in each.recommendations)
    were = "was" if len(found.late) == 1 else "were"
    about = f"recommendation{'s' if len(ids) > 1 else ''} {', '.join(ids)}"
    about = about if len(ids) <= _FEW else count(len(ids), "recommendation")
    when = f"{were} recorded from {day(found.since)} to {day(found.until)}"
    return f"{count(len(found.late), 'update')} about earlier days {when}, on {about}."


def title(found: Changes) -> str:
    """Return of which period changes are, or in which they were recorded."""
    clock = "Recorded" if found.recorded else "Changed"
    return f"{clock} from {day(found.since)} to {day(found.until)}"


def headline(found: Changes) -> str:
    """Return how many recommendations and parts have updates of which period, and how many moved."""
    parts = sum(bool(each.after.whole) for each in found.changed)
    number = count(len(found.changed) - parts, "recommendation")
    number += f" and {count(parts, 'part')}" if parts else ""
    moved = (
        f"; {sum(each.is_new_status for each in found.changed) or 'none'} changed status"
        if found.changed
        else ""
    )
    updates = "updates recorded" if found.recorded else "updates"
    return f"{number} with {updates} from {day(found.since)} to {day(found.until)}{moved}"


def moved(change: Change) -> str:
    """Return from which status to which a recommendation went, and on how many updates and sources."""
    before, after = change.before.status, change.after.status
    move = f"{before} to {after}" if before is not after else f"still {after}"
    return f"{move} ({count(len(change.updates), 'update')}, {count(change.new_sources, 'new source')})"


def _move(change: Change) -> str:
    before, after = change.before.status, change.after.status
    return f"{before} → {after}" if change.is_new_status else f"still {after}"


def _update_lines(update: Update) -> Iterator[str]:
    first, *others = [*passages(update.note or statement(update))] or [Passage("")]
    status = update.status if update.note else None
    opening = beginning(update) + ("" if first.sign else first.text)
    yield f"  {day(update.date)}{as_corrected(update)}: {', '.join(filter(None, (status, opening)))}".rstrip()
    yield from (f"    {each.line}" for each in ([first, *others] if first.sign else others))
    for each in update.evidence:
        facts = (each.publisher, each.title, day(each.date), each.kind)
        address = f" <{each.url}>" if each.url else ""
        yield f"    Source: {', '.join(filter(None, facts))}{address}".replace(":  <", ": <")
