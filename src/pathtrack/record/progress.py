"""How many recommendations have which status."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from pathtrack.record.model import Update
from pathtrack.record.standings import Standing
from pathtrack.record.status import Response, Status
from pathtrack.text import count


class Progress(NamedTuple):
    """How many recommendations have which status; every number has `total` as its denominator."""

    total: int
    assessed: int
    with_evidence: int
    by_status: Mapping[Status, int]
    by_answer: Mapping[str, Mapping[Status, int]]
    """The same for each answer given, for `several` and for `none`."""


def progress(standings: Iterable[Standing]) -> Progress:
    """Return the counts of the standings by status; all eight are present."""
    listed = tuple(standings)
    answers: dict[str, list[Status]] = {each: [] for each in (*Response, "several", "none")}
    if any(update.response for each in listed for update in each.updates):
        for each in listed:
            answers[each.answer].append(each.status)
    return Progress(
        total=len(listed),
        assessed=sum(each.assessed for each in listed),
        with_evidence=sum(any(update.evidence for update in each.updates) for each in listed),
        by_status=_counted(each.status for each in listed),
        by_answer={answer: _counted(statuses) for answer, statuses in answers.items() if statuses},
    )


def scope(shown: int, total: int, chosen: str) -> str:
    """Return how many recommendations are shown, and by what they were `chosen`, if they are not all."""
    all_ = count(total, "recommendation")
    number = f"{shown} of {all_}" if chosen or shown != total else all_
    return f"{number}: {chosen}" if chosen else number


def _counted(statuses: Iterable[Status]) -> dict[Status, int]:
    counts = Counter(statuses)
    return {status: counts[status] for status in Status}


class Year(NamedTuple):
    """The counts at the end of a year, and how many updates it brought."""

    year: int
    updates: int
    assessed: int
    with_evidence: int
    by_status: Mapping[Status, int]


def years(standings: Iterable[Standing], updates: Iterable[Update]) -> Iterator[Year]:
    """Yield the years in which updates were dated, the first one first; `updates` are in that order."""
    listed = tuple(standings)
    changed: dict[int, Counter[Status]] = {}
    first_evidence: Counter[int] = Counter()
    for each in listed:
        # A year in which it went from a to b and to c counts as a - 1, c + 1.
        before = Status.NOT_ASSESSED
        for judgement in each.history:
            changed.setdefault(judgement.date.year, Counter()).update({judgement.status: 1})
            changed[judgement.date.year].subtract({before: 1})
            before = judgement.status
        first_evidence.update([update.date.year for update in each.updates if update.evidence][:1])
    counts, evidence = Counter({Status.NOT_ASSESSED: len(listed)}), 0
    for year, number in Counter(each.date.year for each in updates).items():
        counts.update(changed.get(year, {}))
        evidence += first_evidence[year]
        by_status = {status: counts[status] for status in Status}
        yield Year(year, number, len(listed) - by_status[Status.NOT_ASSESSED], evidence, by_status)
