"""What the cells of a column look like, where its name may mean several things."""

from collections.abc import Callable, Collection

from pathtrack.intake import answers, cells
from pathtrack.intake.heads import Role
from pathtrack.record.crosswalk import plain
from pathtrack.record.status import Confidence

_ANSWERS = answers.known()
_WORDS = 3
_LONGEST = 60
"""How long a status word may be; longer ones are comments."""


def reads_like_titles(texts: Collection[str], rows: int) -> bool:
    """Return whether most rows have a text of their own, of several words."""
    sentences = [each for each in texts if each.count(" ") >= _WORDS - 1 and "://" not in each]
    return bool(sentences) and 10 * len(sentences) >= 7 * rows


def look_like(texts: Collection[str], role: Role) -> bool:
    """Return whether most texts are what a role wants: addresses, dates, answers or short words."""
    wanted = _WANTED.get(role)
    return not wanted or 2 * sum(map(wanted, texts)) > len(texts)


_WANTED: dict[Role, Callable[[str], bool]] = {
    Role.LINK: lambda text: "http://" in text or "https://" in text,
    Role.DATE: cells.is_date,
    Role.STATUS: lambda text: len(text) <= _LONGEST,
    Role.RESPONSE: lambda text: plain(text) in _ANSWERS,
    Role.CONFIDENCE: lambda text: plain(text) in {*Confidence},
}
