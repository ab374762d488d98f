"""What may be a mistake in an update that was just recorded."""

import datetime as dt
from collections.abc import Iterator, Set
from dataclasses import replace

from pathtrack import git
from pathtrack.cli.naming import begun
from pathtrack.record import same, wants
from pathtrack.record.checks import turns
from pathtrack.record.corrections import Ledger
from pathtrack.record.dates import begins, ends, is_long_ago
from pathtrack.record.model import Tracker, Update, key
from pathtrack.text import day, did_you_mean, is_address, is_safe_address, quoted


def likely(before: Tracker, after: Tracker, today: dt.date) -> Iterator[str]:
    """Yield what may be a mistake in the newest update of a tracker, given the tracker without it."""
    new = after.updates[-1]
    if new.says_something:
        yield from _names(before, new)
        yield from _dates_and_sources(before, new, today)
        yield from _repeated(before, new)
        if missing := wants.missing(new):
            yield f"{missing}; add it with another update"
        yield from _turns(before, after)
    yield from _replaced(after, new)
    if new.by not in before.assessors and git.is_login(new.by):
        how = "set yours with 'git config --global user.name \"Your Name\"', or in $PATHTRACK_AUTHOR"
        yield f"it is recorded as judged by {quoted(new.by)}, your login name; {how}"


def lacking(after: Tracker, newest: int) -> Iterator[str]:
    """Yield that some of the newest updates of a tracker lack what their status wants."""
    if number := wants.lacking(after, newest):
        some = "the update" if newest == 1 else f"{number} of {newest} updates"
        lack = "lacks what its" if number == 1 else "lack what their"
        yield f"{some} {lack} status wants; 'pathtrack check' names what"


def _names(before: Tracker, new: Update) -> Iterator[str]:
    """Yield names that may be others misspelled, or known by a longer one."""
    meant = begun(new.by, before.assessors)
    if meant and same.word(new.by) not in map(same.word, before.assessors):
        yield f"{quoted(new.by)} has not judged before; did you mean {' or '.join(meant)}?"
    known = {same.word(each) for each in before.actors}
    for each in (each for each in new.actors if same.word(each) not in known):
        meant = begun(each, before.actors)
        hint = f"did you mean {' or '.join(meant)}?" if meant else did_you_mean(each, before.actors)
        if hint.startswith("did"):
            yield f"{quoted(each)} is a new actor; {hint} 'pathtrack undo' removes the update"
        elif asked := _asked(before, new):
            hint = did_you_mean(each, asked)
            yield f"{quoted(each)} is not among those asked; {hint}; 'pathtrack undo' removes the update"


def _asked(tracker: Tracker, new: Update) -> list[str]:
    """Return who is asked what an update is about, each once."""
    about = tracker.keys_of(new)
    found = (tracker.asked_of(each) for each in tracker.recommendations if key(each.id) in about)
    return [*same.spellings(name for names in found for name in names).values()]


def _dates_and_sources(before: Tracker, new: Update, today: dt.date) -> Iterator[str]:
    for each in new.evidence:
        if each.url is None and each.title and _may_be_an_address(each.title):
            yield f"{quoted(each.title)} was taken as a title; an address begins with https://"
        if each.date and begins(each.date) > today:
            yield f"a source was published on {day(each.date)}, which is in the future"
        if each.date and is_long_ago(each.date, today):
            yield f"a source was published in {each.date.year}; is the year right?"
    if new.date > today:
        last = ends(new.date)
        what = "is in the future" if last == new.date else "counts as its last day"
        yield f"{day(new.date)} {what}; it takes effect on {day(last)}"
    if is_long_ago(new.date, today):
        yield f"{day(new.date)} is {today.year - new.date.year} years ago; is the year right?"
    if new.due and not new.note and _is_promised(before, before.keys_of(new)):
        yield "a moved target date wants a note saying why; add it with another update"


def _may_be_an_address(title: str) -> bool:
    return is_address(title) or ("." in title and is_safe_address(f"https://{title}"))


def _is_promised(tracker: Tracker, about: Set[str]) -> bool:
    """Return whether any of these recommendations has a target date."""
    promised = any(each.due for each in tracker.recommendations if key(each.id) in about)
    return promised or any(each.due for each in tracker.updates if about & tracker.keys_of(each))


def _repeated(before: Tracker, new: Update) -> Iterator[str]:
    about = before.keys_of(new)
    last = next((each for each in reversed(before.updates) if about & before.keys_of(each)), None)
    if last and replace(last, recorded=new.recorded) == new:
        yield "this repeats an earlier update; 'pathtrack undo' removes it"


def _turns(before: Tracker, after: Tracker) -> Iterator[str]:
    """Yield what the update makes odd in the order of statuses that was not so before."""
    about = after.keys_of(after.updates[-1])
    if found := [each.message for each in turns.turns(after, Ledger(after.updates), about)]:
        known = {each.message for each in turns.turns(before, Ledger(before.updates), about)}
        yield from (each for each in found if each not in known)


def _replaced(tracker: Tracker, new: Update) -> Iterator[str]:
    """Yield that a correction replaces the only source of an update, where another may have been meant."""
    corrected = Ledger(tracker.updates).corrected if new.corrects else ()
    old = next((each.update.evidence for each in corrected if each.correction == new), ())
    if len(old) == len(new.evidence) == 1 and old[0].url != new.evidence[0].url:
        yield "this replaces the only source; give --source new to keep both"
