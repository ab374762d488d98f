"""What the cells of a column look like, where its name may mean several things."""

from collections.abc import Callable, Collection

from pathtrack.intake import answers, cells
from pathtrack.intake.columns import Role
from pathtrack.record.crosswalk import plain
from pathtrack.record.status import Confidence

_ANSWERS = answers.known()


def look_like(texts: Collection[str], role: Role) -> bool:
    """Return whether most texts are what a role wants: addresses, dates, answers, or words of confidence."""
    wanted = _WANTED.get(role)
    return not wanted or 2 * sum(map(wanted, texts)) > len(texts)


_WANTED: dict[Role, Callable[[str], bool]] = {
    Role.LINK: lambda text: "http://" in text or "https://" in text,
    Role.DATE: cells.is_day,
    Role.RESPONSE: lambda text: plain(text) in _ANSWERS,
    Role.CONFIDENCE: lambda text: plain(text) in {*Confidence},
}
