"""Audit a tracker's updates by the pathtrack maintainers: what they claim must be what was verified."""

import datetime as dt
import hashlib
import re
import sys
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pathtrack
from pathtrack.record import wants
from pathtrack.record.checks import check
from pathtrack.record.corrections import Ledger, day_known
from pathtrack.record.dates import begins
from pathtrack.record.status import Status

MAINTAINERS = "pathtrack maintainers"
NEWEST_FACT = dt.date(2026, 4, 16)
RUN = 8
"""How many words in a row are a copied phrase."""

_HERE = Path(__file__).parent
_WORD = re.compile(r"\w+")
_LIST_ITEM = re.compile(r"^[ \t]*(?:\d+[.)]|[-*+#>|•])(?:\s|$)", re.MULTILINE)
_IN_PROSE = re.compile(r"Confidence: |\bUS\b|\((?:copy|Korean)\)")
"""What the keys `confidence`, `via` and `lang` are for, and the spelling that is U.S. here."""
_DATED = re.compile(r"(?<!\d)(20[12]\d)([-/]?)(0[1-9]|1[0-2])(?:\2(0[1-9]|[12]\d|3[01]))?")


class Held(NamedTuple):
    """What the record is held to: verified addresses, phrases that are not ours, and the least of each."""

    addresses: frozenset[str]
    phrases: frozenset[str] = frozenset()
    evidence: int = 0
    distinct: int = 0
    corrections: int = 0


def audit(tracker: pathtrack.Tracker, held: Held) -> Iterator[str]:
    """Yield one line for each thing that the record claims and may not claim."""
    if tracker.report.url not in held.addresses:
        yield f"[report]: {tracker.report.url} is not a verified address"
    ours = [each for each in tracker.updates if each.by == MAINTAINERS]
    for update in ours:
        name = f"{update.date} {', '.join(update.recommendations)}"
        yield from (f"{name}: {problem}" for problem in _problems(update, held.addresses))
    yield from _amounts(ours, held)
    yield from _order(ours)
    yield from _descriptions(ours)
    for place, text in _texts(tracker, ours):
        yield from (f"{place}: {problem}" for problem in _wording(text, held.phrases))
    for each in tracker.recommendations:
        judged = any(each.id in update.recommendations and update.status for update in ours)
        yield from (f"{each.id}: {problem}" for problem in _lacks(each, judged=judged))
    day = max(map(day_known, ours), default=NEWEST_FACT)
    yield from (each.message for each in check(tracker, on=day, by=MAINTAINERS))


def runs(text: str) -> Iterator[str]:
    """Yield the fingerprint of each run of words: the sources are not kept here, only what cannot be read."""
    words = _WORD.findall(text.lower())
    for start in range(len(words) - RUN + 1):
        yield hashlib.sha256(" ".join(words[start : start + RUN]).encode()).hexdigest()[:10]


def _problems(update: pathtrack.Update, verified: frozenset[str]) -> Iterator[str]:
    addresses = [address for each in update.evidence for address in (each.url, each.archive) if address]
    yield from (f"{address} is not a verified address" for address in addresses if address not in verified)
    if len(set(addresses)) < len(addresses):
        yield "cites an address twice"
    if missing := wants.missing(update):
        yield missing
    if update.status not in (None, Status.NOT_ASSESSED) and not update.confidence:
        yield "does not say how sure its status is"
    if begins(update.date) > NEWEST_FACT:
        yield f"is dated after the newest fact, {NEWEST_FACT}"
    if update.recorded is None or update.recorded.date() < begins(update.date):
        yield "does not say when it was recorded"
    for each in update.evidence:
        if each.url and not each.date and (shown := _DATED.search(each.url)):
            yield f"{each.url} shows a date, {shown[0]}, that is not given"


def _amounts(ours: list[pathtrack.Update], held: Held) -> Iterator[str]:
    cited = [each.url for update in ours for each in update.evidence]
    if len(cited) < held.evidence:
        yield f"fewer than {held.evidence} pieces of evidence"
    if len(set(cited)) < held.distinct:
        yield f"fewer than {held.distinct} addresses"
    if len(Ledger(tuple(ours)).corrected) < held.corrections:
        yield f"fewer than {held.corrections} corrections"


def _order(ours: list[pathtrack.Update]) -> Iterator[str]:
    """Yield updates that stand after newer ones, although they were not typed later, as corrections are."""
    for before, after in pairwise(ours):
        if after.date < before.date and not _later(before, after):
            yield f"{after.date} {', '.join(after.recommendations)}: stands after a newer one"


def _later(before: pathtrack.Update, after: pathtrack.Update) -> bool:
    return bool(before.recorded and after.recorded and before.recorded < after.recorded)


def _descriptions(ours: Iterable[pathtrack.Update]) -> Iterator[str]:
    """Yield addresses that are described in two ways."""
    known: dict[str, tuple[object, ...]] = {}
    for each in (each for update in ours for each in update.evidence if each.url):
        said = (each.title, each.publisher, each.date, each.kind, each.lang, each.via)
        if known.setdefault(each.url or "", said) != said:
            yield f"{each.url} is described in two ways"


def _texts(tracker: pathtrack.Tracker, ours: Iterable[pathtrack.Update]) -> Iterator[tuple[str, str]]:
    """Yield the texts that have to be our own words, with their places."""
    yield "[report]", tracker.report.method or ""
    for each in tracker.recommendations:
        yield from ((each.id, text or "") for text in (each.title, each.summary, each.done_when))
    for update in ours:
        name = f"{update.date} {', '.join(update.recommendations)}"
        yield from ((name, text or "") for text in (update.note, update.reason))


def _wording(text: str, phrases: frozenset[str]) -> Iterator[str]:
    if not phrases.isdisjoint(runs(text)):
        yield f"has {RUN} words in a row from a source"
    if found := _LIST_ITEM.search(text):
        yield f"has a line that begins like a list, {found[0].strip()!r}"
    if found := _IN_PROSE.search(text):
        yield f"says {found[0].strip()!r} in prose"


def _lacks(each: pathtrack.Recommendation, *, judged: bool) -> Iterator[str]:
    if not (each.done_when and each.actors):
        yield "lacks done_when or actors"
    if not each.part_of and not (each.ref and each.summary):
        yield "lacks ref or summary"
    if not each.part_of and not judged:
        yield "has no judgement"


def main() -> int:
    """Print every problem of the tracker named on the command line, and a last line that counts them."""
    tracker = pathtrack.load(Path(sys.argv[1]))
    addresses, phrases = (
        frozenset((_HERE / name).read_text(encoding="utf-8").splitlines())
        for name in ("addresses.txt", "phrases.txt")
    )
    problems = list(audit(tracker, Held(addresses, phrases, evidence=190, distinct=150, corrections=3)))
    ours = [each for each in tracker.updates if each.by == MAINTAINERS]
    cited = [each.url for update in ours for each in update.evidence]
    counts = f"in {len(ours)} updates with {len(cited)} pieces of evidence over {len(set(cited))} addresses"
    print("\n".join([*problems, f"{len(problems)} problems {counts}"]))
    return int(bool(problems))


if __name__ == "__main__":
    sys.exit(main())
