"""Audit a tracker's updates by the pathtrack maintainers: what they claim must be what was verified."""

import datetime as dt
import sys
from collections.abc import Iterator
from pathlib import Path

import pathtrack
from pathtrack.record import wants

MAINTAINERS = "pathtrack maintainers"
NEWEST_FACT = dt.date(2026, 4, 16)
LEAST_EVIDENCE = 100
ADDRESSES = Path(__file__).with_name("addresses.txt")


def audit(tracker: pathtrack.Tracker, verified: frozenset[str]) -> Iterator[str]:
    """Yield one line for each thing that the record claims and may not claim."""
    if tracker.report.url not in verified:
        yield f"[report]: {tracker.report.url} is not a verified address"
    ours = [each for each in tracker.updates if each.by == MAINTAINERS]
    for update in ours:
        name = f"{update.date} {', '.join(update.recommendations)}"
        yield from (f"{name}: {problem}" for problem in _problems(update, verified))
    if sum(len(each.evidence) for each in ours) < LEAST_EVIDENCE:
        yield f"fewer than {LEAST_EVIDENCE} pieces of evidence"
    if ours != sorted(ours, key=lambda each: each.date):
        yield "the updates are not in the order of their dates"
    for each in tracker.recommendations:
        if not (each.ref and each.summary and each.done_when and each.actors):
            yield f"{each.id}: lacks ref, summary, done_when or actors"
        if not any(each.id in update.recommendations and update.status for update in ours):
            yield f"{each.id}: has no judgement"


def _problems(update: pathtrack.Update, verified: frozenset[str]) -> Iterator[str]:
    addresses = [address for each in update.evidence for address in (each.url, each.archive) if address]
    yield from (f"{address} is not a verified address" for address in addresses if address not in verified)
    if len(set(addresses)) < len(addresses):
        yield "cites an address twice"
    if missing := wants.missing(update):
        yield missing
    if update.date > NEWEST_FACT:
        yield f"is dated after the newest fact, {NEWEST_FACT}"
    if update.recorded is None or update.recorded.date() < update.date:
        yield "does not say when it was recorded"


def main() -> int:
    """Print every problem of the tracker named on the command line, and a last line that counts them."""
    tracker = pathtrack.load(Path(sys.argv[1]))
    verified = frozenset(ADDRESSES.read_text(encoding="utf-8").splitlines())
    problems = list(audit(tracker, verified))
    ours = [each for each in tracker.updates if each.by == MAINTAINERS]
    evidence = sum(len(each.evidence) for each in ours)
    print(
        "\n".join(
            [*problems, f"{len(problems)} problems in {len(ours)} updates with {evidence} pieces of evidence"]
        )
    )
    return int(bool(problems))


if __name__ == "__main__":
    sys.exit(main())
