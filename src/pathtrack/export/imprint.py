"""How a published report is cited, found by machines, corrected and reused."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from pydantic import TypeAdapter

from pathtrack.export.places import Places
from pathtrack.record.model import Recommendation, Report, Update
from pathtrack.show import words
from pathtrack.text import day, escaped, is_safe_address

_UPDATES = TypeAdapter(tuple[Update, ...])
_MAIL = re.compile(r"mailto:[^\s?#@<>\"'&\\,;:]+@[^\s?#@<>\"'&\\,;:/]+", re.IGNORECASE)
_CREATIVE_COMMONS = re.compile(r"CC-(BY(?:-NC)?(?:-SA|-ND)?)-([1-4]\.0)", re.IGNORECASE)
_NAMED = 3
"""How many assessors a citation names."""


@dataclass(frozen=True)
class Imprint:
    """What a report says about itself on each of its pages."""

    places: Places

    @property
    def _report(self) -> Report:
        return self.places.content.view.tracker.report

    @cached_property
    def headline(self) -> str:
        """What the report says, in one line."""
        return words.headline(self.places.content.view)

    @cached_property
    def version(self) -> str:
        """What tells two states of a report apart: a digest of its day and of every update in it."""
        view = self.places.content.view
        shown = _UPDATES.dump_json(view.updates, exclude_defaults=True)
        return hashlib.sha256(view.as_of.isoformat().encode() + shown).hexdigest()[:12]

    @cached_property
    def _assessors(self) -> list[str]:
        return list(dict.fromkeys(each.by for each in self.places.content.view.updates))

    def citation(self, about: Recommendation | None = None) -> str:
        """Return how the report, or a page about one recommendation, is cited."""
        view, names = self.places.content.view, self._assessors
        authors = f"{names[0]} and others" if len(names) > _NAMED else ", ".join(names)
        of = f"{about.id}, {words.without_stop(about.title)}. In: " if about else ""
        published = f" ({self._report.publisher})" if self._report.publisher else ""
        record = f", newest update dated {day(view.newest)}" if view.newest else ""
        page = self.places.pages[about.id] if about else ""
        address = f" {self.places.site}{page}" if self.places.site else ""
        return (
            f"{authors or self._report.publisher or 'Anonymous'}: {of}{self._report.title}{published}, "
            f"status report as of {day(view.as_of)}{record}, version {self.version}.{address}"
        )

    @property
    def heading(self) -> str:
        """What the section is called that says what readers can do, by what is known for it."""
        known = {"correct": self._report.contact, "reuse": self._report.licence}
        return ", ".join(["Cite", *(word for word, given in known.items() if given)])

    def contact(self, about: str, page: str = "") -> str:
        """Return an address for corrections; empty where there is none.

        It is filled in with the day and the version of the page, so that whoever reads the message finds it.
        """
        given = self._report.contact or ""
        address = f"{self.places.site}{page}" if self.places.site else self._report.title
        body = _filled(
            f"About: {about}\nPage: {address}\n"
            f"As of {self.places.content.view.as_of}, version {self.version}\n\n"
            "What is wrong, and what shows it:\n"
        )
        if mail := _MAIL.fullmatch(given):
            return f"{mail[0]}?subject={_filled(f'Correction to {about}')}&body={body}"
        if is_safe_address(given) and "#" not in given:
            sign = "&" if "?" in given else "?"
            return f"{given}{sign}title={_filled(f'Correction to {about}')}&body={body}"
        return ""

    def tags(self, *, title: str, address: str) -> list[tuple[str, str]]:
        """Return what reference managers and scholarly search read from a page."""
        found = [("citation_title", title)]
        found += [("citation_author", name) for name in self._assessors[:_NAMED]]
        found += [("citation_publication_date", self.places.content.view.as_of.isoformat().replace("-", "/"))]
        found += [("citation_publisher", self._report.publisher)] if self._report.publisher else []
        found += [("citation_language", self._report.language or "en")]
        return [*found, *([("citation_public_url", address)] if address else [])]

    def preview(self, *, title: str, address: str) -> list[tuple[str, str]]:
        """Return the OpenGraph properties of a page, from which a link to it gets its preview."""
        found = [("og:type", "article"), ("og:title", title), ("og:description", self.headline)]
        found += [("og:site_name", self._report.title)]
        found += [("article:modified_time", self.places.content.view.as_of.isoformat())]
        return [*found, *([("og:url", address)] if address else [])]

    def dataset(self, files: Iterable[str]) -> str:
        """Return the report as a schema.org Dataset in JSON-LD, safe inside a script element."""
        view, report = self.places.content.view, self._report
        oldest = view.updates[0].date.isoformat() if view.updates else None
        found = {
            "@context": "https://schema.org",
            "@type": "Dataset",
            "name": f"{report.title}: status report",
            "description": self.headline,
            "url": self.places.site,
            "creator": [{"name": name} for name in self._assessors],
            "dateModified": view.as_of.isoformat(),
            "temporalCoverage": oldest and f"{oldest}/{view.newest or oldest}",
            "version": self.version,
            "inLanguage": report.language or "en",
            "license": report.licence and (licence_address(report.licence) or report.licence),
            "isBasedOn": _based_on(report),
            "distribution": list(_distribution(self.places, files)),
        }
        # In a script element, these three could end it or begin a comment.
        text = json.dumps(_given(found), ensure_ascii=False)
        return escaped(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))


def licence_address(licence: str) -> str:
    """Return where a licence can be read: its own address, or that of Creative Commons; else nothing."""
    if is_safe_address(licence):
        return licence
    if found := _CREATIVE_COMMONS.fullmatch(licence):
        return f"https://creativecommons.org/licenses/{found[1].lower()}/{found[2]}/"
    return "https://creativecommons.org/publicdomain/zero/1.0/" if licence.upper() == "CC0-1.0" else ""


def _filled(text: str) -> str:
    return quote(text.replace("\n", "\r\n"), safe="")


def _based_on(report: Report) -> dict[str, object]:
    return _given(
        {
            "@type": "Report",
            "name": report.title,
            "publisher": report.publisher and {"@type": "Organization", "name": report.publisher},
            "url": report.url if report.url and is_safe_address(report.url) else None,
            "datePublished": report.published and report.published.isoformat(),
        }
    )


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
