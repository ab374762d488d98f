"""How many recommendations have which status."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pathtrack.record.standings import Standing
from pathtrack.record.status import Response, Status


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
    if any(update.response for each in listed for update in each.records):
        for each in listed:
            answers[each.answer].append(each.status)
    return Progress(
        total=len(listed),
        assessed=sum(each.assessed for each in listed),
        with_evidence=sum(any(update.evidence for update in each.records) for each in listed),
        by_status=_counted(each.status for each in listed),
        by_answer={answer: _counted(statuses) for answer, statuses in answers.items() if statuses},
    )


def _counted(statuses: Iterable[Status]) -> dict[Status, int]:
    counts = Counter(statuses)
    return {status: counts[status] for status in Status}
