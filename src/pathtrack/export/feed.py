"""What happened, as an Atom feed: an entry for each update and each correction, newest first."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from pathtrack.export import prose
from pathtrack.export.content import citation
from pathtrack.export.places import Places
from pathtrack.record.corrections import Corrected, day_known
from pathtrack.record.model import Update
from pathtrack.show import corrections, words
from pathtrack.text import is_safe_address, passages, safe


class Entry(NamedTuple):
    """What a feed tells of one update."""

    update: Update
    title: str
    content: str
    page: str
    """Where in the folder it is shown."""


def render(places: Places, *, name: str = "feed.xml", area: str = "", beside: bool = False) -> str:
    """Return the feed of a report or of one area; `beside` says that the pages are in the same folder."""
    view = places.content.view
    base = places.site if places.site or beside else None
    entries = sorted(
        _entries(places, area), key=lambda each: (_moment(each.update), each.title), reverse=True
    )
    newest = max((_moment(each.update) for each in entries), default=_midnight(view.as_of))
    title = view.tracker.report.title
    # Without an address of its own, a feed is told from others by its title.
    own = f"{places.site}{name}" if places.site else f"tag:{places.authority},2000:{quote(f'{title}/{name}')}"
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{view.tracker.report.language or "en"}">',
        _element("id", own),
        _element("title", f"{title}: {area}" if area else title),
        _element("updated", newest.isoformat()),
        *([f'<link rel="self" href={quoteattr(own)}/>'] if places.site else ()),
        *([f"<link href={quoteattr(base or 'index.html')}/>"] if base is not None else ()),
        *(line for each in entries for line in _lines(each, places, base)),
        "</feed>",
    ]
    return "\n".join(lines) + "\n"


def _entries(places: Places, area: str) -> Iterator[Entry]:
    view = places.content.view
    why = {id(each.correction): each for each in view.corrected}
    # Equal updates have one id, and are one entry.
    seen: set[str] = set()
    for update in view.updates:
        about = places.about(update)
        if places.id_of(update) not in seen and (not area or area in {each.area for each in about}):
            seen.add(places.id_of(update))
            yield _entry(update, why.get(id(update)), places)
    for each in view.corrected:
        # What replaces another counts itself, and has its entry above.
        if places.id_of(each.correction) not in seen and (not area or area in _areas(each, places)):
            seen.add(places.id_of(each.correction))
            content = prose.html(_correction(each))
            yield Entry(each.correction, corrections.line(each), content, "index.html#_corrected")


def _areas(corrected: Corrected, places: Places) -> set[str]:
    tracker = places.content.view.tracker
    keys = tracker.keys_of(corrected.update)
    return {tracker.area_of(each) for each in tracker.recommendations if each.id.lower() in keys}


def _entry(update: Update, corrected: Corrected | None, places: Places) -> Entry:
    status = f" ({update.status})" if update.status else ""
    names = [each.recommendation.id for each in places.about(update)] or update.recommendations
    title = f"{', '.join(names)}{status}: {words.summary(update)}"
    blocks = prose.outline(passages(update.note or ""))
    blocks += _correction(corrected) if corrected else []
    sources = "".join(f"<li>{_source(citation(each), each.url)}</li>" for each in places.sources(update))
    content = f"{prose.html(blocks)}{f'<ul>{sources}</ul>' if sources else ''}"
    return Entry(update, title, content or prose.html([words.summary(update)]), places.of(update))


def _correction(each: Corrected) -> list[prose.Block]:
    return list(filter(None, [words.sentence(corrections.line(each)), corrections.in_detail(each)]))


def _source(text: str, address: str | None) -> str:
    shown = escape(safe(text or address or ""))
    if not (address and is_safe_address(address)):
        return shown
    return f"<a href={quoteattr(address)}>{shown}</a>"


def _lines(entry: Entry, places: Places, base: str | None) -> Iterator[str]:
    update = entry.update
    moment = _moment(update).isoformat()
    # The day on which it was typed in is part of the update, so this never changes.
    tag = f"tag:{places.authority},{day_known(update).isoformat()}:{places.id_of(update)}"
    yield "<entry>"
    yield _element("id", tag)
    yield _element("title", entry.title)
    yield _element("updated", moment)
    yield _element("published", moment)
    yield f"<author>{_element('name', update.by)}</author>"
    if base is not None:
        yield f"<link href={quoteattr(f'{base}{entry.page}')}/>"
    yield from _categories(places, update)
    yield _element("content", entry.content, ' type="html"')
    yield "</entry>"


def _categories(places: Places, update: Update) -> Iterator[str]:
    areas: Iterable[str] = dict.fromkeys(each.area for each in places.about(update))
    for term in filter(None, (*areas, update.status)):
        yield f"<category term={quoteattr(_legal(term))}/>"


def _element(name: str, text: str, attributes: str = "") -> str:
    return f"<{name}{attributes}>{escape(_legal(text))}</{name}>"


def _legal(text: str) -> str:
    """Return a text without what XML has no way to write."""
    return safe(text).translate({0xFFFE: "\ufffd", 0xFFFF: "\ufffd"})


def _moment(update: Update) -> dt.datetime:
    return update.recorded.astimezone(dt.UTC) if update.recorded else _midnight(update.date)


def _midnight(date: dt.date) -> dt.datetime:
    return dt.datetime(date.year, date.month, date.day, tzinfo=dt.UTC)
