import json
import re
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import pytest

from folders import ON, folder, made
from pathtrack.export import Format
from pathtrack.export.content import Content
from pathtrack.export.imprint import Imprint, licence_address
from pathtrack.export.places import Places
from samples import recommendation, seen, tracked, update
from statements import for_each


class Head(HTMLParser):
    """What machines read of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.meta: list[tuple[str, str]] = []
        self.links: dict[str, str] = {}
        self.corrections: list[str] = []
        self.data = ""
        self.languages: set[str] = set()
        self._in_data = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "meta" and "content" in given:
            self.meta.append((given.get("name") or given.get("property") or "", given["content"]))
        if tag == "link":
            self.links[given["rel"]] = given["href"]
        if tag == "a" and given["href"].startswith("mailto:"):
            self.corrections.append(given["href"])
        if "lang" in given:
            self.languages.add(f"{tag} {given['lang']}")
        self._in_data = given.get("type") == "application/ld+json"

    def handle_data(self, data: str) -> None:
        if self._in_data:
            self.data += data


def imprint(**report: object) -> Imprint:
    return Imprint(Places(Content(seen(made(**report), ON))))


def test_a_citation_names_who_what_when_and_where() -> None:
    found = imprint()
    assert found.citation() == (
        "Ana: One River (River Institute), status report as of 31 Jan 2026, newest update dated 1 Apr 2025, "
        f"version {found.version}. https://river.example/tracker/"
    )
    asked = made().recommendations[0]
    assert found.citation(asked).startswith("Ana: D1, A title. In: One River (River Institute), ")
    assert found.citation(asked).endswith(" https://river.example/tracker/r/D1.html")
    assert imprint(site=None).citation().endswith(f"version {found.version}.")


def test_many_assessors_are_the_first_and_others() -> None:
    made_ = tracked(recommendation(), *(update(by=name) for name in "ABCD"))
    assert Imprint(Places(Content(seen(made_)))).citation().startswith("A and others: A report, status")


def test_a_version_changes_with_the_day_and_with_any_update() -> None:
    found = imprint().version
    assert re.fullmatch("[0-9a-f]{12}", found)
    assert Imprint(Places(Content(seen(made(), ON.replace(day=30))))).version != found
    assert imprint().version == found


def test_a_correction_is_a_mail_that_names_the_statement_the_day_and_the_version() -> None:
    found = imprint()
    mail = urlsplit(found.contact("D1", "r/D1.html"))
    query = parse_qs(mail.query)
    assert mail.path == "desk@river.example"
    assert query["subject"] == ["Correction to D1"]
    assert query["body"][0].splitlines()[:3] == [
        "About: D1",
        "Page: https://river.example/tracker/r/D1.html",
        f"As of 2026-01-31, version {found.version}",
    ]
    assert not re.search(r"[\s\"<>]", found.contact("the report"))


@for_each(
    "contact, begin",
    [
        ("https://forge.example/new", "https://forge.example/new?title=Correction%20to%20D1&body=About"),
        ("https://forge.example/new?a=1", "https://forge.example/new?a=1&title=Correction"),
        ("mailto:a@b.example?bcc=c@d.example", ""),
        ("javascript:alert(1)", ""),
        ('mailto:a"b@c.example', ""),
        ("Jane Doe, Room 7", ""),
        (None, ""),
    ],
)
def test_only_a_safe_contact_becomes_a_link(contact: str | None, begin: str) -> None:
    found = imprint(contact=contact).contact("D1")
    assert found.startswith(begin)
    assert bool(found) == bool(begin)


def test_a_contact_that_is_no_address_is_shown() -> None:
    page = folder(made(contact="Jane Doe, Room 7"), Format.HTML)["index.html"]
    assert "Write to Jane Doe, Room 7, and name the statement" in page


@pytest.mark.parametrize(
    ("licence", "address"),
    [
        ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("CC-BY-NC-SA-3.0", "https://creativecommons.org/licenses/by-nc-sa/3.0/"),
        ("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("https://law.example/licence", "https://law.example/licence"),
        ("ask us", ""),
    ],
)
def test_a_licence_can_be_read(licence: str, address: str) -> None:
    assert licence_address(licence) == address


def test_each_page_has_what_machines_read() -> None:
    files = folder(made(), Format.HTML, Format.FEED, Format.CSV)
    index, page = Head(files["index.html"]), Head(files["r/D1.html"])
    assert dict(index.meta) | {
        "citation_title": "One River: status report",
        "citation_author": "Ana",
        "citation_publication_date": "2026/01/31",
        "citation_language": "en",
        "citation_public_url": "https://river.example/tracker/",
        "og:title": "One River: status report",
        "og:url": "https://river.example/tracker/",
        "og:type": "article",
    } == dict(index.meta)
    assert dict(page.meta)["citation_title"] == "D1: A title"
    assert index.links == {"canonical": "https://river.example/tracker/", "alternate": "feed.xml"}
    assert page.links["canonical"] == "https://river.example/tracker/r/D1.html"
    assert page.links["alternate"] == "../feed.xml"
    assert len(index.corrections) > len(page.corrections) >= 2


def test_the_page_describes_a_dataset() -> None:
    found = json.loads(Head(folder(made(), Format.HTML, Format.CSV)["index.html"]).data)
    assert found["@context"] == "https://schema.org"
    assert found["@type"] == "Dataset"
    assert found["license"] == "https://creativecommons.org/licenses/by-sa/4.0/"
    assert found["temporalCoverage"] == "2024-01-10/2025-04-01"
    assert found["isBasedOn"]["url"] == "https://river.example/report"
    assert [each["contentUrl"] for each in found["distribution"]] == [
        "https://river.example/tracker/recommendations.csv",
        "https://river.example/tracker/updates.csv",
    ]


def test_no_text_ends_the_script_that_holds_the_data() -> None:
    title = "</script><!-- & \x9b\u202e"
    found = Head(folder(made(title=title), Format.HTML)["index.html"])
    assert json.loads(found.data)["isBasedOn"]["name"] == title
    assert not re.search("[<>&\x9b\u202e]", found.data)


@pytest.mark.parametrize("name", ["index.html", "timeline.html", "r/D1.html"])
def test_texts_of_another_language_say_so(name: str) -> None:
    korean, english = (
        Head(folder(made(language=code), Format.HTML)[name]).languages for code in ("ko", "en-GB")
    )
    assert {"html ko", "body en", "span ko"} <= korean
    assert "html en-GB" in english
    assert not {each for each in english if each.endswith(" en")}
