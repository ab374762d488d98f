"""Findings about how recommendations stand."""

from collections.abc import Iterable, Iterator

from pathtrack.record.finding import Finding
from pathtrack.record.standings import Standing
from pathtrack.record.status import Status
from pathtrack.text import count

_YEAR = 365


def neglected(found: Iterable[Standing], stale: int | None) -> Iterator[Finding]:
    """Yield what nobody has judged for a long time, and wholes that their parts contradict."""
    for index, each in enumerate(found):
        place, identifier = ("recommendation", index), each.recommendation.id
        kept_up = each.recommendation.ongoing and each.status is Status.IMPLEMENTED
        if kept_up and each.is_stale(days=_YEAR):
            message = f"{identifier}: a standing duty, implemented, and not confirmed for a year"
            yield Finding(place, "unconfirmed", message)
        if stale is not None and each.is_stale(days=stale):
            yield Finding(place, "stale", f"{identifier}: not judged for {count(stale, 'day')}")
        if each.parts and (problem := _contradiction(each)):
            yield Finding(place, "parts-disagree", f"{identifier}: {problem}")


def _contradiction(whole: Standing) -> str:
    """Return how a whole and its parts contradict each other, or nothing."""
    statuses = [each.status for each in whole.parts]
    match whole.status:
        case Status.IMPLEMENTED if any(each is not Status.IMPLEMENTED for each in statuses):
            return "implemented, and a part of it is not"
        case Status.NOT_STARTED if any(each not in _BEFORE_A_START for each in statuses):
            return "not-started, and a part of it is beyond that"
        case Status.PARTIAL if Status.IMPLEMENTED not in statuses:
            return "partial, and no part of it is implemented"
        case _:
            return ""


_BEFORE_A_START = {Status.NOT_ASSESSED, Status.NOT_STARTED}
