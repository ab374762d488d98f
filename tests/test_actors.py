"""What each actor did and answered, in words."""

import pytest

from pathtrack.record.model import Update
from pathtrack.record.status import Response, Status
from pathtrack.show.actors import actors
from samples import recommendation, seen, tracked, update

WHOLE = update("2025-01-01", status="partial")
SEOUL = update("2025-02-01", status="stalled", actors=["seoul"])


@pytest.mark.parametrize(
    ("updates", "seoul", "tokyo"),
    [
        ([WHOLE, SEOUL], "stalled since 1 Feb 2025", "partial (as the whole) since 1 Jan 2025"),
        (
            [SEOUL, update("2025-03-01", status="partial")],
            "partial (as the whole) since 1 Mar 2025",
            "partial (as the whole) since 1 Mar 2025",
        ),
        ([SEOUL], "stalled since 1 Feb 2025", "not-assessed"),
    ],
)
def test_a_status_that_is_that_of_the_whole_says_so(updates: list[Update], seoul: str, tokyo: str) -> None:
    (standing,) = seen(tracked(recommendation(actors=["Seoul", "Tokyo"]), *updates)).standings
    told = {name: f"{status}{rest}" for name, status, rest in actors(standing)}
    assert told == {
        name: f"{each}, no answer on record" for name, each in (("Seoul", seoul), ("Tokyo", tokyo))
    }


def test_where_nobody_is_named_the_answers_alone_are_told() -> None:
    made = tracked(recommendation(actors=["Seoul"]), WHOLE, update("2025-02-01", response=Response.ACCEPTED))
    (standing,) = seen(made).standings
    assert [*actors(standing)] == [("Seoul", None, "accepted")]
    assert standing.status is Status.PARTIAL
