"""Every source once, for reference managers: as CSL-JSON and as RIS."""

import hashlib
import json
from collections.abc import Iterator

from pathtrack.export.content import Content
from pathtrack.record import same
from pathtrack.record.model import Evidence
from pathtrack.record.status import Kind
from pathtrack.show.words import where_read
from pathtrack.text import escaped, is_safe_address, safe_line

_KINDS = {
    Kind.LAW: ("legislation", "STAT"),
    Kind.AGREEMENT: ("treaty", "GEN"),
    Kind.STATEMENT: ("document", "GOVDOC"),
    Kind.BUDGET: ("report", "GOVDOC"),
    Kind.OPERATION: ("document", "GEN"),
    Kind.REPORT: ("report", "RPRT"),
    Kind.NEWS: ("article-newspaper", "NEWS"),
    Kind.OPINION: ("article-newspaper", "NEWS"),
}
"""What each kind of evidence is called in CSL and in RIS."""
_IN_THE_PRESS = {Kind.NEWS, Kind.OPINION}


def csl(content: Content) -> str:
    """Return CSL-JSON, which Zotero, pandoc and others read."""
    items = [_item(each, content) for each in content.sources]
    return escaped(json.dumps(items, ensure_ascii=False, indent=2)) + "\n"


def ris(content: Content) -> str:
    """Return RIS, which every reference manager reads."""
    lines = (line for each in content.sources for line in _entry(each, content))
    return "".join(f"{line}\n" for line in lines)


def _item(source: Evidence, content: Content) -> dict[str, object]:
    kind, _ = _named(source)
    found = {
        "id": _id(source),
        "type": kind,
        "title": source.title or source.url,
        "publisher": source.publisher,
        "container-title": source.publisher if source.kind in _IN_THE_PRESS else None,
        "URL": _address(source.url),
        "issued": {"date-parts": [list(map(int, source.date.isoformat().split("-")))]}
        if source.date
        else None,
        "language": _language(source, content),
        "note": _note(source),
    }
    return {name: value for name, value in found.items() if value}


def _entry(source: Evidence, content: Content) -> Iterator[str]:
    _, kind = _named(source)
    issued = source.date.isoformat().split("-") if source.date else []
    found = {
        "TY": kind,
        "ID": _id(source),
        "TI": source.title or source.url,
        "PB": source.publisher,
        "T2": source.publisher if source.kind in _IN_THE_PRESS else None,
        "PY": issued[0] if issued else None,
        # Year, month, day and something else, each empty where it is not known.
        "DA": "/".join([*issued, "", "", ""][:4]) if issued else None,
        "UR": _address(source.url),
        "LA": _language(source, content),
        "N1": _note(source),
    }
    yield from (f"{name}  - {safe_line(text)}" for name, text in found.items() if text)
    yield "ER  - "


def _named(source: Evidence) -> tuple[str, str]:
    if source.kind:
        return _KINDS[source.kind]
    return ("webpage", "ELEC") if source.url else ("document", "GEN")


def _id(source: Evidence) -> str:
    """Return a name that a source keeps, whatever else is cited: that of its address, or of what names it."""
    what = same.address(source.url) if source.url else f"{source.title}\n{source.publisher}\n{source.date}"
    return hashlib.sha256(what.encode()).hexdigest()[:12]


def _address(address: str | None) -> str | None:
    return address if address and is_safe_address(address) else None


def _language(source: Evidence, content: Content) -> str | None:
    return source.lang or content.view.tracker.report.language


def _note(source: Evidence) -> str:
    unsafe = source.url if source.url and not _address(source.url) else ""
    archived = f"archived at {source.archive}" if source.archive else ""
    return "; ".join(filter(None, (unsafe, where_read(source), archived)))
