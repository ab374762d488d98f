"""How a published report is cited, found by machines, corrected and reused."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote

from pathtrack.export.content import Content
from pathtrack.export.places import Places
from pathtrack.record.model import Recommendation
from pathtrack.show import words
from pathtrack.text import day, escaped, is_safe_address

_MAIL = re.compile(r"mailto:[^\s?#@<>\"'&\\,;:]+@[^\s?#@<>\"'&\\,;:/]+", re.IGNORECASE)
_CREATIVE_COMMONS = re.compile(r"CC-(BY(?:-NC)?(?:-SA|-ND)?)-([1-4]\.0)", re.IGNORECASE)
_NAMED = 3
"""How many assessors a citation names."""


def version(places: Places) -> str:
    """Return what tells two states of a report apart: a digest of its day and of every update in it."""
    view = places.content.view
    shown = (view.as_of.isoformat(), *map(places.id_of, places.updates))
    return hashlib.sha256("\n".join(shown).encode()).hexdigest()[:12]


def citation(places: Places, about: Recommendation | None = None) -> str:
    """Return how the report, or a page about one recommendation, is cited."""
    content = places.content
    report, newest = content.view.tracker.report, content.view.newest
    of = f"{about.id}, {about.title}. In: " if about else ""
    published = f" ({report.publisher})" if report.publisher else ""
    record = f", newest record {day(newest)}" if newest else ""
    page = places.pages[about.id] if about else ""
    address = f" {places.site}{page}" if places.site else ""
    return (
        f"{_authors(content)}: {of}{report.title}{published}, status report as of "
        f"{day(content.view.as_of)}{record}, version {version(places)}.{address}"
    )


def _authors(content: Content) -> str:
    names = _assessors(content)
    if not names:
        return content.view.tracker.report.publisher or "pathtrack"
    return f"{names[0]} and others" if len(names) > _NAMED else ", ".join(names)


def _assessors(content: Content) -> list[str]:
    return list(dict.fromkeys(each.by for each in content.view.updates))


def contact(places: Places) -> str:
    """Return an address for corrections with `{id}` where an id belongs; empty where there is none.

    It is filled in with the day and the version of the page, so that whoever reads the message finds it.
    """
    content = places.content
    given = content.view.tracker.report.contact or ""
    subject = "Correction to {id}"
    body = (
        f"About: {{id}}\nPage: {places.site or content.view.tracker.report.title}\n"
        f"As of {content.view.as_of}, version {version(places)}\n\nWhat is wrong, and what shows it:\n"
    )
    if mail := _MAIL.fullmatch(given):
        return f"{mail[0]}?subject={_filled(subject)}&body={_filled(body)}"
    if is_safe_address(given) and "#" not in given:
        sign = "&" if "?" in given else "?"
        return f"{given}{sign}title={_filled(subject)}&body={_filled(body)}"
    return ""


def _filled(text: str) -> str:
    return quote(text.replace("\n", "\r\n"), safe="").replace("%7Bid%7D", "{id}")


def licence_address(licence: str) -> str:
    """Return where a licence can be read: its own address, or that of Creative Commons; else nothing."""
    if is_safe_address(licence):
        return licence
    if found := _CREATIVE_COMMONS.fullmatch(licence):
        return f"https://creativecommons.org/licenses/{found[1].lower()}/{found[2]}/"
    return "https://creativecommons.org/publicdomain/zero/1.0/" if licence.upper() == "CC0-1.0" else ""


def tags(places: Places, *, title: str, address: str) -> list[tuple[str, str]]:
    """Return what reference managers and scholarly search read from a page."""
    content = places.content
    report = content.view.tracker.report
    found = [("citation_title", title)]
    found += [("citation_author", name) for name in _assessors(content)[:_NAMED]]
    found += [("citation_publication_date", f"{content.view.as_of:%Y/%m/%d}")]
    found += [("citation_publisher", report.publisher)] if report.publisher else []
    found += [("citation_language", report.language or "en")]
    return [*found, *([("citation_public_url", address)] if address else [])]


def preview(content: Content, *, title: str, address: str) -> list[tuple[str, str]]:
    """Return the OpenGraph properties of a page, from which a link to it gets its preview."""
    report = content.view.tracker.report
    found = [("og:type", "article"), ("og:title", title), ("og:description", words.headline(content.view))]
    found += [("og:site_name", report.title)]
    found += [("article:modified_time", content.view.as_of.isoformat())]
    return [*found, *([("og:url", address)] if address else [])]


def dataset(places: Places, files: Mapping[str, str]) -> str:
    """Return the report as a schema.org Dataset in JSON-LD, safe inside a script element."""
    content = places.content
    view = content.view
    report, licence = view.tracker.report, view.tracker.report.licence
    oldest = places.updates[0].date.isoformat() if places.updates else None
    based_on = {
        "@type": "Report",
        "name": report.title,
        "publisher": report.publisher and {"@type": "Organization", "name": report.publisher},
        "url": report.url if report.url and is_safe_address(report.url) else None,
        "datePublished": report.published and report.published.isoformat(),
    }
    found = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": f"{report.title}: status report",
        "description": words.headline(view),
        "url": places.site,
        "creator": [{"name": name} for name in _assessors(content)],
        "dateModified": view.as_of.isoformat(),
        "temporalCoverage": oldest and f"{oldest}/{view.newest or oldest}",
        "version": version(places),
        "inLanguage": report.language or "en",
        "license": licence and (licence_address(licence) or licence),
        "isBasedOn": _given(based_on),
        "distribution": list(_distribution(places, files)),
    }
    # In a script element, these three could end it or begin a comment.
    text = json.dumps(_given(found), ensure_ascii=False)
    return escaped(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))


def _given(found: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in found.items() if value}


_MEDIA = {
    ".json": "application/json",
    ".csv": "text/csv",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".ics": "text/calendar",
    ".ris": "application/x-research-info-systems",
    ".xml": "application/atom+xml",
    ".md": "text/markdown",
}


def _distribution(places: Places, files: Iterable[str]) -> Iterable[dict[str, str]]:
    for name in files:
        media = next((kind for suffix, kind in _MEDIA.items() if name.endswith(suffix)), None)
        if media:
            yield {
                "@type": "DataDownload",
                "name": name,
                "encodingFormat": media,
                "contentUrl": f"{places.site}{name}",
            }
