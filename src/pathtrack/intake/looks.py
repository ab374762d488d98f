"""What the cells of a column look like, where its name may mean several things."""

import re
from collections.abc import Callable, Collection

from pathtrack.intake import answers, cells, dates
from pathtrack.intake.heads import Role
from pathtrack.intake.meanings import Vocabulary
from pathtrack.record import crosswalk
from pathtrack.record.crosswalk import plain
from pathtrack.record.status import Confidence

_ANSWERS = answers.known()
_STATUSES = Vocabulary(crosswalk.known())
_WORDS = 3
_NAME = 160
"""How long the names of several bodies may be."""
_LONGEST = 60
"""How long a status word may be; longer ones are comments."""
_NUMBER = re.compile(r"[\d\s.,%/+-]+|true|false|yes|no|y|n", re.IGNORECASE)
_JSON = re.compile(r"\[?\{")


def show(texts: Collection[str], role: Role, rows: int) -> bool:
    """Return whether the cells of a column show its role, whatever it is called."""
    match role:
        case Role.ID:
            return are_ids(texts, rows)
        case Role.TITLE | Role.SUMMARY:
            return _are_titles(texts, rows)
        case Role.STATUS:
            return 2 * len(_STATUSES.meanings(texts)) > len(texts)
        case _:
            # Of areas and bodies there are fewer than rows, and hardly any is a sentence or has numbers.
            names = [each for each in texts if len(each) <= _NAME and not re.search(r"\d|://", each)]
            return 0 < len(texts) < rows and 10 * len(names) >= 9 * len(texts)


def look_like(texts: Collection[str], role: Role, *, is_vague: bool, is_share: bool) -> bool:
    """Return whether cells may be what a role wants; where the name is vague, most of them have to be.

    Those of a column of percentages may be bare numbers.
    """
    other = _OTHER.get(role)
    if other and not (is_share and role is Role.STATUS) and 2 * sum(map(other, texts)) > len(texts):
        return False
    wanted = _WANTED.get(role) if is_vague else None
    return not wanted or 2 * sum(map(wanted, texts)) > len(texts)


def are_ids(texts: Collection[str], rows: int) -> bool:
    """Return whether each row has an id of its own, with a number in it."""
    return len(texts) == rows and all(cells.is_id(each) and re.search(r"\d", each) for each in texts)


def _are_titles(texts: Collection[str], rows: int) -> bool:
    """Return whether most rows have a text of their own, of several words."""
    sentences = [each for each in texts if each.count(" ") >= _WORDS - 1 and "://" not in each]
    return bool(sentences) and 10 * len(sentences) >= 7 * rows


def _is_no_text(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text) or _JSON.match(text))


def _is_no_words(text: str) -> bool:
    return _is_no_text(text) or _is_address(text)


def _is_no_status(text: str) -> bool:
    is_number = _NUMBER.fullmatch(text) and "%" not in text
    return bool(is_number) or len(text) > _LONGEST or dates.is_date(text)


def _is_address(text: str) -> bool:
    return text.startswith(("http://", "https://")) and " " not in text


_OTHER: dict[Role, Callable[[str], bool]] = {
    Role.TITLE: _is_no_words,
    Role.SUMMARY: _is_no_words,
    Role.ACTOR: _is_no_words,
    Role.AREA: lambda text: bool(_JSON.match(text)) or _is_address(text),
    Role.STATUS: _is_no_status,
    Role.NOTE: _is_no_text,
}
"""What the cells of a column plainly are not, whatever its name."""
_WANTED: dict[Role, Callable[[str], bool]] = {
    Role.ID: lambda text: cells.is_id(text) and text[-1].isdigit(),
    Role.SUMMARY: lambda text: text.count(" ") >= _WORDS - 1,
    Role.NOTE: lambda text: text.count(" ") >= _WORDS - 1,
    Role.LINK: lambda text: "http://" in text or "https://" in text,
    Role.DATE: dates.is_date,
    Role.DUE: dates.is_date,
    Role.STATUS: lambda text: len(text) <= _LONGEST,
    Role.RESPONSE: lambda text: plain(text) in _ANSWERS,
    Role.CONFIDENCE: lambda text: plain(text) in {*Confidence},
}
