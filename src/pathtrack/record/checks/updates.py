"""Findings about updates: what they are about, what they lack, how they are dated."""

import datetime as dt
from collections.abc import Iterator

from pathtrack.record import wants
from pathtrack.record.corrections import Ledger, update_id
from pathtrack.record.dates import begins, is_long_ago
from pathtrack.record.finding import HINTS, Finding, Place
from pathtrack.record.model import Tracker, Update, key
from pathtrack.record.wants import Later
from pathtrack.text import did_you_mean, quoted


def references(tracker: Tracker, ledger: Ledger) -> Iterator[Finding]:
    """Yield updates about what is not in the tracker."""
    unknown = (
        (index, identifier)
        for index, update in ledger.placed
        for identifier in update.recommendations
        if key(identifier) not in tracker.names
    )
    known = [each.id for each in tracker.recommendations]
    for number, (index, identifier) in enumerate(unknown):
        hint = f"; {did_you_mean(identifier, known)}" if number < HINTS else ""
        message = f"no recommendation {quoted(identifier)}{hint}"
        yield Finding(("update", index, "recommendations"), "unknown-id", message)


def corrections(tracker: Tracker, ledger: Ledger) -> Iterator[Finding]:
    """Yield corrections of nothing, and second corrections of one update.

    A correction that was itself corrected is not one of two, nor is one that withdraws it:

        A, B replaces A, C replaces A                   B and C
        A, B replaces A, C replaces A, D replaces B     C and D
        A, B replaces A, C replaces A, D withdraws B    C alone
    """
    first: dict[int, Update] = {}
    # What is corrected matters only while something stands in its place.
    left = {ledger.root(place) for place in ledger.order} if ledger.gone else set()
    for index, each in enumerate(tracker.updates):
        if not each.corrects or (index in ledger.gone and index not in left):
            continue
        place: Place = ("update", index, "corrects")
        target = ledger.target(each)
        if target is None:
            message = f"no update has the id {each.corrects}; 'pathtrack timeline' shows the ids"
            yield Finding(place, "unknown-update", message)
        elif each.says_something or not tracker.updates[target].corrects:
            root = ledger.root(index)
            if (other := first.setdefault(root, each)) != each:
                both = f"by {update_id(other)} and {update_id(each)}"
                message = (
                    f"the update {update_id(tracker.updates[root])} is corrected twice, {both}; both count"
                )
                yield Finding(place, "corrected-twice", message)


def judgements(tracker: Tracker, ledger: Ledger) -> Iterator[Finding]:
    """Yield statuses and answers that lack something, and updates in two versions."""
    later = Later(tracker, ledger)
    origins: dict[tuple[object, ...], Update] = {}
    for index, update in ledger.placed:
        about = ", ".join(update.recommendations)
        # Most lack nothing, and looking at what came later takes time.
        if wants.missing(update) and (problem := wants.missing(update, later.brings(index))):
            yield Finding(("update", index, "status"), f"thin-{update.status}", f"{about}: {problem}")
        if update.response and not update.evidence:
            message = f"{about}: an answer wants a source that shows where it was given"
            yield Finding(("update", index, "response"), "unsourced-response", message)
        # Two edits of one update by hand both survive a merge, and mostly still agree in this.
        origin = (update.recorded, update.date, update.by, update.recommendations, update.corrects)
        if update.recorded and origins.setdefault(origin, update) != update and not later.exists(index):
            message = f"there are two versions of {named(update)}"
            yield Finding(("update", index), "edited-twice", message)


def targets(tracker: Tracker, ledger: Ledger) -> Iterator[Finding]:
    """Yield target dates that were moved without a reason; the first one is not moved."""
    known = {key(each.id): each.due for each in tracker.recommendations}
    # What was promised in May may be recorded after a promise of June.
    for index, update in ledger.dated:
        if update.due:
            before = {known.get(name) for name in tracker.keys_of(update)} - {None, update.due}
            if before and not update.note:
                about = ", ".join(update.recommendations)
                message = f"{about}: a moved target date wants a note saying why"
                yield Finding(("update", index, "due"), "unexplained-due", message)
            known |= dict.fromkeys(tracker.keys_of(update), update.due)


def dates(ledger: Ledger, on: dt.date) -> Iterator[Finding]:
    """Yield dates in the future, or too long ago to be meant."""
    for index, update in ledger.placed:
        if update.date > on:
            yield Finding(
                ("update", index, "date"), "future-update", f"{named(update)} is dated in the future"
            )
        if is_long_ago(update.date, on):
            message = f"{named(update)} is dated {on.year - update.date.year} years ago"
            yield Finding(("update", index, "date"), "old-date", message)
        for number, each in enumerate(update.evidence):
            if each.date and begins(each.date) > on:
                message = f"a source was published on {each.date}, which is in the future"
                yield Finding(("update", index, "evidence", number, "date"), "future-source", message)


def named(update: Update) -> str:
    """Return an update's date, subject and assessor, for a message."""
    return f"the update of {update.date} about {', '.join(update.recommendations)} by {update.by}"
