"""What the cells of a column of links cite."""

import re
from collections.abc import Iterable

from pathtrack.record.model import Evidence
from pathtrack.record.objections import build
from pathtrack.record.sources import Sources
from pathtrack.text import is_address, is_safe_address, quoted

# Addresses can contain these signs: x;y=1 is not cut, "x; y" and "x,https://…" are.
_EVIDENCE = re.compile(r"\n|;(?=\s|$)|[;,|](?=\s*https?://)")


def read(text: str) -> tuple[Evidence, ...]:
    """Return sources, one a line or between semicolons: addresses, titles, or a title and an address."""
    return distinct(each for part in _EVIDENCE.split(text) for each in _evidence(part))


def distinct(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Return each source once."""
    found = Sources(evidence)
    return tuple(found[place] for place in range(len(found)))


def _evidence(part: str) -> list[Evidence]:
    words: list[str] = []
    addresses: list[str] = []
    for token in part.split():
        bare = _unwrapped(token)
        (addresses if is_address(bare) else words).append(bare if is_address(bare) else token)
    for each in addresses:
        if not is_safe_address(each):
            raise ValueError(f"{quoted(each)} is not a safe web address")
    title = " ".join(words).strip(" ,") or None
    if not addresses:
        return [build(Evidence, {"title": title})] if title else []
    first, *others = addresses
    return [
        build(Evidence, {"title": title, "url": first}),
        *(build(Evidence, {"url": each}) for each in others),
    ]


def _unwrapped(token: str) -> str:
    """Return an address without the brackets around it and the comma after it."""
    bare = token.strip("<>,")
    # Only a pair of brackets: an address may end with one of its own.
    return bare[1:].removesuffix(")") if bare.startswith("(") else bare
