"""When two words are the same word, and two addresses lead to the same page."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import takewhile

_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_ADDRESS = re.compile(
    r"(?:https?:)?//(?:www\.)?([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#.*)?", re.IGNORECASE | re.DOTALL
)
_PORT = re.compile(r":(?:80|443)?$")
_TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid)(?:=|$)", re.IGNORECASE)


@lru_cache(4096)  # areas, actors and assessors recur
def word(text: str) -> str:
    """Return what two same words share: case, composition, invisible characters and spacing do not matter."""
    if text.isascii():
        return " ".join(text.lower().split())
    visible = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    # Once more, since folding case takes some letters apart, such as ǰ.
    return " ".join(unicodedata.normalize("NFC", visible.casefold()).split())


def spellings(words: Iterable[str]) -> dict[str, str]:
    """Return each distinct word as it was first spelled, by what same words share."""
    found: dict[str, str] = {}
    for each in words:
        found.setdefault(word(each), each)
    return found


def nearly(one: str, other: str) -> bool:
    """Return whether two words differ in one letter, as Helth and Health do.

    Letters that are swapped count as one. What differs in a number or in a short word, as A and B do, is
    meant to differ.
    """
    one, other = word(one), word(other)
    start = _alike(one, other)
    end = _alike(one[start:][::-1], other[start:][::-1])
    left, right = one[start : len(one) - end], other[start : len(other) - end]
    is_swapped = len(left) == len("ab") and left == right[::-1]
    is_slip = is_swapped or max(len(left), len(right)) == 1
    return is_slip and all(re.search(r"[^\W\d]{4}", _around(each, start)) for each in (one, other))


def _alike(one: str, other: str) -> int:
    """Return with how many letters both begin."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _around(text: str, at: int) -> str:
    """Return the word that a place in a text belongs to."""
    return text[text.rfind(" ", 0, at) + 1 :].split(" ", 1)[0]


@lru_cache(4096)  # a source is looked for, added and shown
def address(text: str) -> str:
    """Return what two addresses of the same page share.

    Scheme, `www.`, the case of the host, its usual port, the fragment, a final slash, and the parameters by
    which advertisers track readers do not matter.
    """
    found = _ADDRESS.fullmatch(text.strip())
    if not found:
        return text.strip()
    host, path, query = _PORT.sub("", found[1].lower()), found[2].removesuffix("/"), found[3]
    kept = "&".join(each for each in (query or "").split("&") if each and not _TRACKING.match(each))
    return f"{host}{path}{kept and f'?{kept}'}"
