"""The source that a page declares itself to be, and nothing where it contradicts itself."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urljoin

from pathtrack.record import same
from pathtrack.record.dates import partial
from pathtrack.text import safe_line
from pathtrack.web.page import Page

_TITLES = ("citation_title", "dc.title", "dcterms.title", "dc:title")
_OTHER_TITLES = ("og:title", "twitter:title", "headline")
_PUBLISHERS = (
    *("citation_publisher", "citation_journal_title", "dc.publisher", "dcterms.publisher", "dc:publisher"),
)
_DATES = (
    *("citation_publication_date", "citation_date", "citation_online_date", "article:published_time"),
    *("og:published_time", "og:article:published_time", "dc.date.issued", "dcterms.issued", "dc.date"),
    *("dcterms.date", "dc:date", "datepublished"),
)
_LANGUAGES = ("dc.language", "dcterms.language", "dc:language", "citation_language", "content-language")
_WORKS = (
    *("article", "report", "posting", "webpage", "legislation", "creativework", "dataset", "book", "thesis"),
)
"""How those types of schema.org end that a source can have; a page also describes its author and its menu."""
_DATE = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2})(?:[T ].*)?)?)?", re.ASCII | re.DOTALL)
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", re.IGNORECASE | re.ASCII)
_SCRIPTS = {
    "ko": re.compile("[\uac00-\ud7a3]"),
    "ja": re.compile("[\u3040-\u30ff]"),
    "zh": re.compile("[\u4e00-\u9fff]"),
    "ru": re.compile("[\u0400-\u04ff]"),
}
"""How titles in some languages are recognised: many pages declare one that they are not in."""
_LONGEST = 500
_FIRST_YEAR = 1971
"""Before that, what a machine writes for a date is usually zero seconds since 1970."""


@dataclass(frozen=True)
class Declared:
    """What is known of a source by its page; empty or None where that says nothing clear."""

    title: str = ""
    publisher: str = ""
    date: dt.date | None = None
    lang: str = ""


def declared(page: Page, *, address: str, today: dt.date) -> Declared:
    """Return what the page at an address declares."""
    work = _work(page, address)
    site = _line(page.first("og:site_name")) or _line(page.first("application-name"))
    title = (
        _line(page.first(*_TITLES))
        or _line(work.get("headline"))
        or _line(page.first(*_OTHER_TITLES))
        or _line(work.get("name"))
        or _without_site(_line(page.title), site)
    )
    publisher = _line(page.first(*_PUBLISHERS)) or _line(_named(work.get("publisher"), page)) or site
    dates = [page.first(name) for name in _DATES] + [work.get("datePublished")]
    return Declared(title, publisher, _date(dates, today), _language(page, work, title))


def _line(value: object) -> str:
    """Return a text that can be quoted as it is: short, without hidden or broken characters."""
    text = " ".join(value.split()) if isinstance(value, str) else ""
    return text if len(text) <= _LONGEST and safe_line(text) == text and "\ufffd" not in text else ""


def _without_site(title: str, site: str) -> str:
    """Return a title without the name of the site at its end, where the page tells that name."""
    for mark in (" | ", " - ", " – ", " — ", " :: ", " · "):
        head, found, tail = title.rpartition(mark)
        if found and head and site and same.word(tail) == same.word(site):
            return head.strip()
    return title


def _work(page: Page, address: str) -> Mapping[str, object]:
    """Return the object that is about this page: the only work, or the one that names its address."""
    works = [each for each in page.data if any(map(_is_work, _texts(each.get("@type"))))]
    here = {same.address(address)}
    with suppress(ValueError):  # of what is no address
        here.add(same.address(urljoin(address, page.canonical)))
    ours = [each for each in works if here & {same.address(name) for name in _addresses(each)}]
    # A page of news lists other articles, too.
    for found in (ours, works):
        articles = [each for each in found if not _is_only_a_page(each)] or found
        if len(articles) == 1:
            return articles[0]
    return {}


def _is_work(kind: str) -> bool:
    return kind.lower().rpartition("/")[2].endswith(_WORKS)


def _is_only_a_page(each: Mapping[str, object]) -> bool:
    return all(kind.lower().endswith("webpage") for kind in _texts(each.get("@type")))


def _addresses(each: Mapping[str, object]) -> Iterator[str]:
    for name in ("url", "@id", "mainEntityOfPage"):
        value = each.get(name)
        yield from _texts(value.get("@id") if isinstance(value, dict) else value)


def _texts(value: object) -> Iterator[str]:
    found = value if isinstance(value, list) else [value]
    return (each for each in found if isinstance(each, str))


def _named(value: object, page: Page) -> object:
    """Return the name of a publisher, which may be described elsewhere on the page."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict) and "name" not in value and isinstance(value.get("@id"), str):
        value = next((each for each in page.data if each.get("@id") == value["@id"] and "name" in each), None)
    return value.get("name") if isinstance(value, dict) else value


def _date(given: list[object], today: dt.date) -> dt.date | None:
    """Return the date that all declarations agree on, as exactly as any of them has it; None otherwise."""
    found = {each for each in map(_parsed, filter(None, given)) if each}
    exact = max(found, key=lambda each: len(each.isoformat()), default=None)
    if exact is None or not all(exact.isoformat().startswith(each.isoformat()) for each in found):
        return None
    # Tomorrow here can be today where it was published.
    return exact if exact.year >= _FIRST_YEAR and exact <= today + dt.timedelta(days=1) else None


def _parsed(value: object) -> dt.date | None:
    """Return a date that is written year first, the only clear order; of a moment, the day where it was."""
    found = _DATE.fullmatch(value.strip()) if isinstance(value, str) else None
    if not found:
        return None
    year, month, day = found.groups()
    try:
        if day:
            return dt.date(int(year), int(month), int(day))
        return partial(f"{year}-{int(month):02}" if month else year)
    except ValueError:
        return None


def _language(page: Page, work: Mapping[str, object], title: str) -> str:
    """Return the language that a page declares, unless its title is visibly in another one."""
    inside = work.get("inLanguage")
    given = [page.lang, page.first(*_LANGUAGES), inside if isinstance(inside, str) else ""]
    given.append(page.first("og:locale").replace("_", "-"))
    found = next((each.strip() for each in given if _LANGUAGE.fullmatch(each.strip())), "")
    # A title of Chinese characters can be Japanese.
    written = {name for name, script in _SCRIPTS.items() if script.search(title)}
    primary = found.lower().partition("-")[0]
    fits = primary in written if (written or primary in _SCRIPTS) else True
    return found if fits and title else ""
