"""Findings about sources and texts: what no reader can follow, or what would be misread."""

from collections.abc import Iterable, Iterator
from dataclasses import fields

from pathtrack.record import archives
from pathtrack.record.corrections import Ledger
from pathtrack.record.finding import Finding, Place
from pathtrack.record.model import Evidence, Recommendation, Report, Tracker, Update, Value
from pathtrack.text import is_address, is_private_address, is_safe_address, quoted, safe


def unsafe(tracker: Tracker, ledger: Ledger) -> Iterator[Finding]:
    """Yield addresses that no reader can be sent to."""
    for place, address in addresses(tracker, ledger):
        if not is_safe_address(address):
            problem = (
                "is not a plain http or https address"
                if is_address(address) or address.lower().startswith(("http:", "https:"))
                else "has no http:// or https://"
            )
            yield Finding(place, "unsafe-address", f"{quoted(address)} {problem}")
        elif is_private_address(address):
            yield Finding(place, "private-address", f"{quoted(address)} points to a private network")


def addresses(tracker: Tracker, ledger: Ledger | None = None) -> Iterator[tuple[Place, str]]:
    """Yield every address with its place: the report's, and those of sources and their archived copies.

    Corrected updates are left out; `ledger` is that of the tracker's updates, if the caller has it.
    """
    for name in ("url", "site"):
        if address := getattr(tracker.report, name):
            yield ("report", name), address
    for index, update in (ledger or Ledger(tracker.updates)).placed:
        for number, each in enumerate(update.evidence):
            for field, address in (("url", each.url), ("archive", each.archive)):
                if address:
                    yield ("update", index, "evidence", number, field), address


def citations(ledger: Ledger) -> Iterator[Finding]:
    """Yield sources without an address, and those cited twice in one update."""
    for index, update in ledger.placed:
        seen: set[str] = set()
        for number, each in enumerate(update.evidence):
            place: Place = ("update", index, "evidence", number)
            if not each.url and not ledger.sources.of(each).url:
                message = f"{quoted(each.title or '')} has no address to check it at"
                yield Finding(place, "no-address", message)
            elif each.url and each.url in seen:
                message = f"{quoted(each.url)} is listed twice in this update"
                yield Finding(place, "repeated-address", message)
            seen.add(each.url or "")


def unarchived(tracker: Tracker) -> Iterator[Finding]:
    """Yield sources without an archived copy, each where it is first cited."""
    for each in archives.cited(tracker):
        if not each.source.archive:
            index, number = each.place
            message = f"{quoted(each.address)} has no archived copy"
            yield Finding(("update", index, "evidence", number), "unarchived", message)


def hidden(tracker: Tracker, ledger: Ledger) -> Iterator[Finding]:
    """Yield texts with characters that nobody sees."""
    values: list[tuple[Place, Value]] = [(("report",), tracker.report)]
    values += [(("recommendation", index), each) for index, each in enumerate(tracker.recommendations)]
    for index, update in enumerate(tracker.updates):
        if index not in ledger.gone:
            values.append((("update", index), update))
            evidence = enumerate(update.evidence)
            values += [(("update", index, "evidence", number), each) for number, each in evidence]
    for place, value in values:
        for name in _NAMES[type(value)]:
            for text in _texts(getattr(value, name)):
                if safe(text) != text:
                    message = f"{name} contains a control or direction character: {quoted(text)}"
                    yield Finding((*place, name), "hidden-character", message)


_NAMES = {kind: [each.name for each in fields(kind)] for kind in (Report, Recommendation, Update, Evidence)}


def _texts(content: object) -> Iterable[str]:
    if not content:
        return ()
    if isinstance(content, str):
        return (content,)
    if isinstance(content, dict):
        return (str(each) for pair in content.items() for each in pair)
    return (each for each in content if isinstance(each, str)) if isinstance(content, tuple) else ()
