"""A source as its own page declares it."""

import datetime as dt
from typing import NamedTuple

from pathtrack.text import quoted
from pathtrack.web import page
from pathtrack.web.client import Client
from pathtrack.web.declared import Declared, declared
from pathtrack.web.hosts import UnclearError
from pathtrack.web.verdict import instead

_KEYS = ("title", "publisher", "date", "lang")


class Citation(NamedTuple):
    """What a page declares, and the address by which to cite it."""

    address: str
    declared: Declared
    note: str
    """What a person should know of it, in words about the page; empty if nothing."""

    @property
    def keys(self) -> dict[str, object]:
        """The keys of a source that are known, as a tracker has them."""
        return {name: value for name in _KEYS if (value := getattr(self.declared, name))}


def cited(address: str, client: Client, *, today: dt.date) -> Citation:
    """Return the source at an address; UnclearError if no page is there that could be cited."""
    answer = client.get(address)
    if answer.is_error:
        raise UnclearError(f"returned {answer.status}")
    found = page.read(answer)
    if what := instead(address, answer, found):
        raise UnclearError(what)
    if not page.is_page(answer):
        kind = answer.media_type or "an unknown type"
        return Citation(address, Declared(), f"is not a web page but {kind}, of which nothing is read")
    note = f"has moved to {quoted(answer.address)}" if answer.has_moved else ""
    source = declared(found, address=answer.address, today=today)
    return Citation(answer.address if answer.has_moved else address, source, note)
