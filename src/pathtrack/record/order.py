"""What a list can be sorted by."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum

from pathtrack.record import same
from pathtrack.record.standings import Standing
from pathtrack.record.status import Status


class Order(StrEnum):
    """A key to sort by."""

    ID = "id"
    TITLE = "title"
    STATUS = "status"
    SINCE = "since"
    UPDATE = "last-update"
    DUE = "due"
    EVIDENCE = "evidence"


_KEYS: dict[Order, Callable[[Standing], tuple[object, ...]]] = {
    Order.ID: lambda each: tuple(_natural(each.recommendation.id)),
    Order.TITLE: lambda each: (same.word(each.recommendation.title),),
    Order.STATUS: lambda each: ([*Status].index(each.shown.status),),
    Order.SINCE: lambda each: _newest_first(each.shown.since),
    Order.UPDATE: lambda each: _newest_first(each.last_update),
    Order.DUE: lambda each: (each.due is None, each.due or dt.date.max),
    Order.EVIDENCE: lambda each: (-each.source_count,),
}


def arranged(standings: Iterable[Standing], order: Order) -> tuple[Standing, ...]:
    """Return standings in an order; those that are equal in it stay as they were."""
    return tuple(sorted(standings, key=_KEYS[order]))


def _natural(identifier: str) -> Iterator[tuple[int, str]]:
    """Yield a key that sorts ids as people count: D2 before D10."""
    for text, digits in re.findall(r"(\D+)|(\d+)", identifier.lower()):
        # Pairs, since a number and a text could not be compared.
        yield (int(digits), "") if digits else (-1, text)


def _newest_first(date: dt.date | None) -> tuple[bool, int]:
    return date is None, -(date or dt.date.min).toordinal()
