"""What each actor did and answered, in words."""

from collections.abc import Iterator
from itertools import takewhile

from pathtrack.record import same
from pathtrack.record.standings import Standing
from pathtrack.record.status import Status
from pathtrack.show.words import since


def actors(standing: Standing) -> Iterator[tuple[str, Status | None, str]]:
    """Yield each actor's name, status and since when with the answer, where updates tell of them.

    There is no status where no update names an actor: it would be that of the whole.
    """
    told, apart = any(each.actors for each in standing.updates), _judged_apart(standing)
    for each in standing.actors if told or any(each.response for each in standing.updates) else ():
        answer = each.response or "no answer on record"
        whose = "" if same.word(each.name) in apart or not each.since else " (as the whole)"
        behind = f"{whose}{since(each.since)}, {'answered: ' if each.response else ''}{answer}"
        yield each.name, each.status if told else None, behind if told else answer


def _judged_apart(standing: Standing) -> set[str]:
    """Return the actors with a status of their own: those judged since the whole was judged last."""
    judged = (each for each in reversed(standing.updates) if each.status)
    newer = takewhile(lambda each: each.actors, judged)
    return {same.word(name) for each in newer for name in each.actors}
