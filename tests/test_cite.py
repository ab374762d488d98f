"""Sixty pages that declare themselves well, badly or wrongly: each is cited right, or in silence."""

import datetime as dt
import gzip
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import CONNECT, Run
from pathtrack.file.document import Document
from pathtrack.text import safe_line
from pathtrack.web.cite import cited
from pathtrack.web.client import Answer
from pathtrack.web.declared import declared
from pathtrack.web.hosts import UnclearError
from pathtrack.web.page import read
from samples import SMALL
from sites import Asked, Reply, Site, client, serving

TODAY = dt.date(2026, 1, 31)
HTML = "text/html; charset=utf-8"


class Case(NamedTuple):
    """A page, and what may be cited of it: title, publisher, date, language."""

    body: str | bytes
    title: str = ""
    publisher: str = ""
    date: str = ""
    lang: str = ""
    type: str = HTML


def meta(**given: str) -> str:
    """Return meta tags: `citation_title` as it is, `og__title` as the property og:title, `dc_x` as dc.x."""
    tags = ""
    for name, content in given.items():
        kind = "property" if "__" in name else "name"
        real = name.replace("__", ":").replace("dc_", "DC.").replace("dcterms_", "DCTERMS.")
        tags += f'<meta {kind}="{real}" content="{content}">'
    return f'<html lang="en"><head>{tags}</head>'


def ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


ARTICLE = '{"@type": "NewsArticle", "headline": "Talks", "datePublished": "2024-05-01T23:30:00-04:00"'
OTHER = '{"@type": "NewsArticle", "headline": "Other", "url": "https://x.example/o"}'
STRANGE = '{"@type": "Article", "headline": {"a": 1}, "datePublished": 5, "publisher": [[]]}'
ORGANIZATION = '"publisher": {"@type": "Organization", "name": "The Herald"}'

PAGES = {
    # Dialects
    "citation": Case(
        meta(
            citation_title="Talks",
            citation_publisher="MOFA",
            citation_publication_date="2024/5/1",
            citation_language="en",
        ),
        *("Talks", "MOFA", "2024-05-01", "en"),
    ),
    "journal": Case(
        meta(citation_title="Talks", citation_journal_title="Orbit", citation_date="2024"),
        *("Talks", "Orbit", "2024", "en"),
    ),
    "dublin": Case(
        meta(dc_title="Talks", dc_publisher="KASA", dc_date="2024-05"), "Talks", "KASA", "2024-05", "en"
    ),
    "dcterms": Case(
        meta(dcterms_title="Talks", dcterms_publisher="KASA", dcterms_issued="2024-05-01"),
        *("Talks", "KASA", "2024-05-01", "en"),
    ),
    "dc-language": Case(
        '<meta name="DC.title" content="Gespräche"><meta name="DC.language" content="de">',
        "Gespräche",
        lang="de",
    ),
    "json-ld": Case(
        ld(f'{ARTICLE}, {ORGANIZATION}, "inLanguage": "en-US"}}'),
        *("Talks", "The Herald", "2024-05-01", "en-US"),
    ),
    "json-ld-graph": Case(
        ld(
            '{"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "Site"},'
            '{"@type": "Organization", "@id": "#o", "name": "The Herald"},'
            f'{ARTICLE}, "publisher": {{"@id": "#o"}}}}]}}'
        ),
        *("Talks", "The Herald", "2024-05-01"),
    ),
    "json-ld-list": Case(
        ld(f'[{{"@type": "BreadcrumbList"}}, {ARTICLE}, "publisher": "P"}}]'), "Talks", "P", "2024-05-01"
    ),
    "json-ld-comment": Case(ld(f"<!-- {ARTICLE}}} -->"), "Talks", date="2024-05-01"),
    "json-ld-newlines": Case(ld('{"@type": "Report", "headline": "A\nreport"}'), "A report"),
    "json-ld-types": Case(ld('{"@type": ["Article", "Report"], "headline": "Both"}'), "Both"),
    "json-ld-page": Case(
        ld('[{"@type": "WebPage", "name": "Page"}, {"@type": "Article", "headline": "Art"}]'), "Art"
    ),
    "open-graph": Case(
        meta(og__title="Talks", og__site_name="Agency", article__published_time="2024-05-01T09:00:00+09:00"),
        *("Talks", "Agency", "2024-05-01", "en"),
    ),
    "og-locale": Case(
        '<meta property="og:title" content="우주 협력"><meta property="og:locale" content="ko_KR">',
        "우주 협력",
        lang="ko-KR",
    ),
    "og-as-name": Case('<meta name="og:title" content="Talks">', "Talks"),
    "microdata": Case(
        '<div itemscope><h1 itemprop="x">T</h1><meta itemprop="headline" content="Talks">'
        '<time itemprop="datePublished" datetime="2024-05-01">May</time></div>',
        *("Talks", "", "2024-05-01"),
    ),
    "title": Case('<html lang="en"><title>Talks</title>', "Talks", lang="en"),
    "title-site": Case(
        '<title>Talks - with a dash | Agency</title><meta property="og:site_name" content="AGENCY">',
        *("Talks - with a dash", "AGENCY"),
    ),
    "twitter": Case('<meta name="twitter:title" content="Talks">', "Talks"),
    "http-equiv": Case(
        '<title>Talks</title><meta http-equiv="Content-Language" content="en-GB">', "Talks", lang="en-GB"
    ),
    "best-title": Case(
        f"{meta(citation_title='Paper', og__title='Social')}<title>Tab</title>", "Paper", lang="en"
    ),
    "upper": Case(
        '<HTML LANG=EN><TITLE>Talks</TITLE><META NAME="DC.DATE" CONTENT="2024-05-01">',
        "Talks",
        "",
        "2024-05-01",
        "EN",
    ),
    "entities": Case("<title>R&amp;D &quot;talks&quot; &#8211; 1</title>", 'R&D "talks" – 1'),
    "rough": Case('<meta name=dc.title content=Talks><p class="a"="b" don\'t>', "Talks"),
    "date-more-exact": Case(
        meta(dc_title="T", dc_date="2024", citation_date="2024-05-01"), "T", "", "2024-05-01", "en"
    ),
    # Encodings
    "euc-kr": Case(
        "<title>한미 우주 협력</title>".encode("euc-kr"), "한미 우주 협력", type="text/html; charset=EUC-KR"
    ),
    "euc-kr-meta": Case(
        '<meta charset="euc-kr"><html lang="ko"><title>한미 우주</title>'.encode("cp949"),
        "한미 우주",
        lang="ko",
        type="text/html",
    ),
    "cp949-undeclared": Case(
        "<title>한미 우주 협력</title>".encode("cp949"), "한미 우주 협력", type="text/html"
    ),
    "latin-1": Case(
        "<title>Coopération spatiale</title>".encode("latin-1"),
        "Coopération spatiale",
        type="text/html; charset=iso-8859-1",
    ),
    "latin-1-undeclared": Case(
        "<title>Coopération « spatiale »</title>".encode("latin-1"),
        "Coopération « spatiale »",
        type="text/html",
    ),
    "windows-1252": Case(
        "<title>The “talks” – 1</title>".encode("cp1252"),
        "The “talks” – 1",
        type="text/html; charset=ISO-8859-1",
    ),
    "utf-8-said-latin": Case("<title>Café</title>".encode(), "CafÃ©", type="text/html; charset=iso-8859-1"),
    "latin-said-utf-8": Case(
        '<meta charset="utf-8"><title>Café</title>'.encode("latin-1"), "Café", type="text/html"
    ),
    "utf-16": Case("<title>Talks é</title>".encode("utf-16"), "Talks é", type="text/html"),
    "bom": Case(b"\xef\xbb\xbf" + "<title>é</title>".encode(), "é", type="text/html; charset=euc-kr"),
    "shift-jis": Case(
        "<html lang=ja><title>宇宙のニュース</title>".encode("shift_jis"),
        "宇宙のニュース",
        lang="ja",
        type="text/html; charset=Shift_JIS",
    ),
    "codec-bomb": Case("<title>Talks</title>", "Talks", type="text/html; charset=zlib"),
    # Lies, and what is not clear
    "future": Case(meta(dc_title="T", dc_date="2031-01-01"), "T", lang="en"),
    "epoch": Case(meta(dc_title="T", dc_date="1970-01-01"), "T", lang="en"),
    "american": Case(meta(dc_title="T", dc_date="05/01/2024"), "T", lang="en"),
    "words": Case(meta(dc_title="T", dc_date="1 May 2024"), "T", lang="en"),
    "no-day": Case(meta(dc_title="T", dc_date="2024-02-31"), "T", lang="en"),
    "two-dates": Case(
        meta(dc_title="T", dc_date="2020-01-01", article__published_time="2024-05-01"), "T", lang="en"
    ),
    "modified": Case(meta(dc_title="T", article__modified_time="2024-05-01"), "T", lang="en"),
    "visible-date": Case("<title>T</title><p>Published 1 May 2024</p>", "T"),
    "other-articles": Case(f"<title>List</title>{ld(f'[{OTHER}, {ARTICLE}}}]')}", "List"),
    "wrong-language": Case('<html lang="en"><title>한미 우주 협력</title>', "한미 우주 협력"),
    "wrong-korean": Case('<html lang="ko"><title>Space talks</title>', "Space talks"),
    "no-language": Case('<html lang="{{ locale }}"><title>T</title>', "T"),
    "long": Case(f"<title>{'word ' * 400}</title>"),
    "hidden": Case("<title>Talks\u202egpj.exe</title>"),
    "escape": Case("<title>T&#27;[31m</title><meta property=og:title content='x\x1b[2J'>", "T[31m"),
    "broken-json": Case(f"<title>T</title>{ld('{not json')}{ld('[' * 5000)}{ld('9' * 9000)}", "T"),
    "strange-json": Case(
        f"<title>T</title>{ld(STRANGE)}",
        "T",
    ),
    "in-a-comment": Case(
        "<!-- <title>No</title> --><script>'<title>No</title>'</script><title>T</title>", "T"
    ),
    "nothing": Case("<p>Nothing is declared.</p>"),
    "empty": Case(""),
    # Of other kinds, and large
    "pdf": Case(b"%PDF-1.7 /Title (Microsoft Word - draft3)", type="application/pdf"),
    "text": Case("<title>T</title>", type="text/plain"),
    "ten-megabytes": Case(f"<title>T</title>{'<p>long</p>' * 950_000}", "T"),
    "comments": Case("<title>T</title>" + "<!--" * 100_000, "T"),
    "nested": Case("<title>T</title>" + "<div>" * 200_000, "T"),
}
REFUSED = {
    "inside": "leads to 'http://127.0.0.1/admin', which is in a private network",
    "slow": "did not answer within 0 seconds",
    "missing": "returned 404",
    "not-found": "says that it was not found: its title is 'Page not found'",
    "wall": "refuses programs: its title is 'Just a moment...'",
    "login": "asks for a login: its title is 'Log in | Herald'",
}
ASKED_FOR = {
    "not-found": b"<title>Page not found</title>",
    "wall": b"<title>Just a moment...</title>",
    "login": b"<title>Log in | Herald</title>",
}


def answer(asked: Asked) -> Reply:
    name = asked.path.removeprefix("/")
    if name == "inside":
        return Reply(302, headers={"Location": "http://127.0.0.1/admin"})
    if name == "slow":
        time.sleep(0.5)
    if name == "bomb":
        packed = gzip.compress(b"<title>T</title>" + bytes(20 << 20), 1)
        return Reply(200, packed, {"Content-Encoding": "gzip", "Content-Type": HTML})
    if name == "moved":
        return Reply(301, headers={"Location": "/title"})
    if name in ASKED_FOR or name not in PAGES:
        return Reply(200 if name in ASKED_FOR else 404, ASKED_FOR.get(name, b""), {"Content-Type": HTML})
    body = PAGES[name].body
    return Reply(200, body.encode() if isinstance(body, str) else body, {"Content-Type": PAGES[name].type})


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr(socket.socket, "connect", CONNECT)
    monkeypatch.setattr("pathtrack.web.client.PATIENCE", 0.4)
    with serving(answer) as server:
        yield server


def test_there_are_sixty_pages() -> None:
    assert len(PAGES) + len(REFUSED) + len({"bomb", "moved"}) >= 60


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_cited_right_or_not_at_all(name: str, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pathtrack.web.client.PATIENCE", 10.0)
    case = PAGES[name]
    found = cited(site.at(f"/{name}"), client(), today=TODAY).declared
    date = found.date.isoformat() if found.date else ""
    assert (found.title, found.publisher, date, found.lang) == case[1:5]


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_page_is_not_cited(name: str, site: Site) -> None:
    with pytest.raises(UnclearError) as refused:
        cited(site.at(f"/{name}"), client(), today=TODAY)
    assert str(refused.value) == REFUSED[name]


def test_a_bomb_is_a_page_like_any_other(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pathtrack.web.client.PATIENCE", 10.0)
    assert cited(site.at("/bomb"), client(), today=TODAY).declared.title == "T"


def test_a_page_that_moved_is_cited_by_its_new_address(site: Site) -> None:
    found = cited(site.at("/moved"), client(), today=TODAY)
    assert (found.address, found.note) == (site.at("/title"), f"has moved to '{site.at('/title')}'")


TAGS = st.sampled_from(
    [
        *(
            "<title>",
            "</title>",
            "<meta name=dc.date content='",
            "2024-05-01",
            "'>",
            "<html lang=ko",
            ">",
            "<h1>",
        ),
        *(
            "<script type=application/ld+json>",
            "</script>",
            '{"@type": "Article", "datePublished": [',
            "]}",
            "\x00",
        ),
        *(
            '{"@graph": [',
            '"headline": 5',
            "<link rel=canonical href='//[",
            "&#0;",
            "\ud800",
            "\u202e",
            "우주",
            '"',
        ),
    ]
)


@given(st.lists(TAGS | st.text(max_size=5), max_size=30))
def test_no_page_makes_it_fail_or_say_what_nobody_can_print(parts: list[str]) -> None:
    body = "".join(parts).encode(errors="surrogatepass")
    found = declared(
        read(Answer("https://x.example/a", 200, {}, body)), address="https://x.example/a", today=TODAY
    )
    for text in (found.title, found.publisher, found.lang):
        assert safe_line(text) == text
        assert len(text) <= 500


@pytest.fixture
def _local(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    assert site.server_port
    monkeypatch.setattr("pathtrack.web.client.PATIENCE", 10.0)
    monkeypatch.setattr("pathtrack.web.client.Client", client)


@pytest.mark.usefixtures("_local")
def test_cite_prints_the_words_and_the_table(site: Site, run: Run) -> None:
    outcome = run("cite", site.at("/citation"))
    assert outcome.out == (
        f"# MOFA, Talks, 1 May 2024, en. <{site.at('/citation')}>\n"
        f'[[update.evidence]]\ntitle = "Talks"\npublisher = "MOFA"\nurl = "{site.at("/citation")}"\n'
        'date = 2024-05-01\nlang = "en"\n'
        "# kind = '…'  one of law, agreement, statement, budget, operation, report, news, opinion\n"
    )
    assert outcome.err == ""


@pytest.mark.usefixtures("_local")
def test_what_cite_prints_can_be_pasted_into_a_tracker(site: Site, run: Run) -> None:
    for name in ("citation", "nothing", "euc-kr"):
        pasted = SMALL + b"\n" + run("cite", site.at(f"/{name}")).out.encode()
        evidence = Document.read(pasted, name="x").tracker.updates[-1].evidence[-1]
        assert evidence.url == site.at(f"/{name}")


@pytest.mark.usefixtures("_local")
def test_cite_prints_one_object_for_programs(site: Site, run: Run) -> None:
    outcome = run("cite", site.at("/title"), "--json")
    told = json.loads(outcome.out)
    assert (outcome.err, [*told][3:]) == ("", ["citation", "evidence", "undeclared", "note"])
    assert told["evidence"]["url"] == site.at("/title")
    assert told["undeclared"] == ["publisher", "publication date"]


@pytest.mark.usefixtures("_local")
def test_cite_says_what_a_page_leaves_open(site: Site, run: Run) -> None:
    said = "note: the page does not declare its publisher or publication date\n"
    assert run("cite", site.at("/title")).err == said
    assert "is not a web page but application/pdf" in run("cite", site.at("/pdf")).err
    assert "note: the page has moved to" in run("cite", site.at("/moved")).err


@pytest.mark.usefixtures("_local")
def test_cite_refuses_in_one_line(site: Site, run: Run) -> None:
    todo = "open it in a browser, and type what it says"
    assert run("cite", site.at("/missing")).refused(3) == f"'{site.at('/missing')}' returned 404; {todo}"
    assert "private network" in run("cite", site.at("/inside")).refused(3)
    assert "not a safe web address" in run("cite", "ftp://site.example/x").refused(2)
    assert "not a safe web address" in run("cite", "https://me:secret@site.example/").refused(2)


@pytest.mark.usefixtures("_local")
def test_fetch_fills_in_what_the_options_leave_open(here: Path, site: Site, run: Run) -> None:
    options = (
        "--evidence",
        site.at("/euc-kr-meta"),
        "--evidence",
        site.at("/citation"),
        "--evidence",
        "A letter",
    )
    outcome = run(
        *("update", "W1", "--note", "N", *options, "--title", "", "--title", "Mine", "--title", "", "--fetch")
    )
    assert outcome.code == 0
    lines = outcome.err.splitlines()
    assert lines[0] == f"from '{site.at('/euc-kr-meta')}': title '한미 우주', language 'ko'"
    assert (
        lines[1]
        == f"from '{site.at('/citation')}': publisher 'MOFA', publication date 1 May 2024, language 'en'"
    )
    korean, english, letter = Document.read(here.read_bytes(), name="x").tracker.updates[-1].evidence
    assert (korean.title, korean.lang) == ("한미 우주", "ko")
    # The report's own language is not repeated.
    assert (english.title, english.publisher, english.date, english.lang) == (
        "Mine",
        "MOFA",
        dt.date(2024, 5, 1),
        None,
    )
    assert (letter.title, letter.url) == ("A letter", None)


@pytest.mark.usefixtures("_local")
def test_a_page_that_cannot_be_fetched_does_not_stop_an_update(here: Path, site: Site, run: Run) -> None:
    outcome = run("update", "W1", "--evidence", site.at("/missing"), "--fetch")
    assert outcome.code == 0
    assert f"warning: '{site.at('/missing')}' returned 404; nothing was filled in\n" in outcome.err
    assert Document.read(here.read_bytes(), name="x").tracker.updates[-1].evidence[0].url == site.at(
        "/missing"
    )


def test_fetch_wants_a_source(here: Path, run: Run) -> None:
    assert run("update", "W1", "--note", "N", "--fetch").refused(2).startswith("--fetch fills in sources")
    assert here.is_file()


@pytest.mark.skipif(sys.platform != "linux", reason="measures memory as Linux tells it")
def test_the_largest_pages_cost_little(site: Site) -> None:
    program = (
        "import sys, datetime, time\nsys.path.insert(0, sys.argv[1])\nfrom sites import client\n"
        "from pathtrack.web.cite import cited\n"
        "for address in sys.argv[2:]:\n"
        "    start = time.monotonic(); cited(address, client(), today=datetime.date(2026, 1, 31))\n"
        "    assert time.monotonic() - start < 5, address\n"
        # What the system tells of usage begins with that of the process that started this one.
        "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"
    )
    pages = [site.at(f"/{name}") for name in ("ten-megabytes", "comments", "bomb")]
    tests = str(Path(__file__).parent)
    done = subprocess.run(
        [sys.executable, "-c", program, tests, *pages],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ},
    )
    assert int(done.stdout) < 200_000  # kilobytes
