import base64
import cProfile
import datetime as dt
import hashlib
import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest

from conftest import Run
from folders import ON, folder, made
from pathtrack.export import Format, Period, render, site
from pathtrack.export.content import Content
from pathtrack.export.site import FILES, Site
from pathtrack.record.corrections import known_by
from pathtrack.record.view import view
from samples import recommendation, seen, source, tracked, update


class Links(HTMLParser):
    """The anchors of a page and where its links lead."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.anchors: list[str] = []
        self.links: set[str] = set()
        self.fetched: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.anchors += [given["id"]] if "id" in given else []
        if tag in {"a", "link", "use"}:
            self.links |= {given["href"]} if "href" in given else set()
        self.fetched |= {given["src"]} if "src" in given else set()


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    return folder(made())


def pages(files: dict[str, str]) -> dict[str, Links]:
    return {name: Links(text) for name, text in files.items() if name.endswith(".html")}


def test_a_folder_holds_a_page_for_each_recommendation_and_part(files: dict[str, str]) -> None:
    areas = {name for name in files if name.startswith("feeds/")}
    assert files.keys() - areas == {
        *(name for name, file in FILES.items() if file.format is not Format.DOCX),
        *(f"r/{name}.html" for name in ("D1", "D1.a", "p-stalled", "d2")),
        "llms.txt",
        ".nojekyll",
    }
    assert len(areas) == 2
    assert "feeds/defense.xml" in areas


def test_every_link_within_a_folder_leads_to_something(files: dict[str, str]) -> None:
    found = pages(files)
    for name, page in found.items():
        for link in page.links:
            target, _, anchor = unquote(urljoin(f"/{name}", link)).removeprefix("/").partition("#")
            if link.startswith(("https:", "http:", "mailto:")):
                continue
            assert target in files, (name, link)
            assert not anchor or anchor in found[target].anchors, (name, link)


def test_pages_are_linked_both_ways(files: dict[str, str]) -> None:
    found = pages(files)
    assert {"r/D1.html", "r/D1.a.html", "timeline.html", "feed.xml", "sources.ris"} <= found[
        "index.html"
    ].links
    assert {"../index.html#D1", "../timeline.html", "#D1.a", "D1.a.html"} <= found["r/D1.html"].links
    assert "D1.html" in found["r/D1.a.html"].links
    assert {"r/D1.html#D1:2024-01-10", "r/D1.html", "index.html"} <= found["timeline.html"].links


def test_no_id_of_a_page_is_given_twice_even_where_a_recommendation_is_named_like_a_pattern(
    files: dict[str, str],
) -> None:
    for name, page in pages(files).items():
        assert len(page.anchors) == len({*page.anchors}), name
        assert not page.fetched


def test_a_single_page_links_to_nothing_beside_it() -> None:
    links = Links(render(seen(made(), ON), Format.HTML)).links
    assert "#_method" in links
    assert all(each.startswith(("#", "https://", "mailto:")) for each in links)


def test_the_page_lists_what_there_is(files: dict[str, str]) -> None:
    some = folder(made(), Format.HTML, Format.CSV)
    assert "feed.xml" not in some["index.html"]
    assert {*some} == {
        *(name for name in files if name.endswith(".html")),
        "recommendations.csv",
        "updates.csv",
        "llms.txt",
        ".nojekyll",
    }
    for name in (*some, *files):
        listed = f'<dt><a href="{name}">' in (some if name in some else files)["index.html"]
        assert listed != name.startswith(("r/", "."))


def test_each_page_allows_its_own_style_and_script_and_nothing_else(files: dict[str, str]) -> None:
    for name, text in files.items():
        if not name.endswith(".html"):
            continue
        (policy,) = re.findall('http-equiv="Content-Security-Policy" content="([^"]*)"', text)
        hashes = []
        for tag in ("style", "script"):
            (inline,) = re.findall(f"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
            digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
            hashes.append(f"{tag}-src 'sha256-{digest}'")
        rest = "base-uri 'none'; form-action 'none'"
        assert unescape(policy) == f"default-src 'none'; {'; '.join(hashes)}; {rest}"
        assert not re.search(r"<[^>]* (?:style|on\w+)=", text)


def test_the_timeline_has_every_update_by_year_with_its_sources(files: dict[str, str]) -> None:
    text = files["timeline.html"]
    view_ = seen(made(), ON)
    assert len(re.findall(r'<li id="update:[0-9a-f]{12}"', text)) == len(view_.updates)
    assert re.findall(r'<h2 id="_(\d{4})">', text) == ["2024", "2025"]
    assert text.index("It began.") < text.index("A third of it is done.") < text.index("About nothing known.")
    assert "https://law.example/1?a=1&amp;b=2" in text
    assert 'href="ftp:' not in text
    assert 'data-about="D1\nd2" data-area="defense\nspace &amp; 우주" data-status="in-progress"' in text
    assert re.findall('data-asked="([^"]*)"', text) == ["D1", "D1\nd2"]


def test_an_old_report_can_be_made_again_from_a_record_that_has_grown() -> None:
    then = dt.date(2025, 4, 30)
    old = replace(made(), updates=known_by(made().updates, then))
    before = folder(old, on=then, review=90)
    later = update("2025-01-15", "D1", note="Learnt late.", recorded=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    grown = replace(made(), updates=(*made().updates, later))
    again = folder(replace(grown, updates=known_by(grown.updates, then)), on=then, review=90)
    assert again == before
    assert folder(grown, on=then, review=90) != before


@pytest.mark.usefixtures("here")
def test_the_command_finds_an_old_folder_again(run: Run) -> None:
    run("export", "before", "--as-of", "2025-06-30", "--known-by", "2025-06-30")
    run("update", "W1", "--date", "2025-01-01", "--note", "Learnt late.", "--by", "Ana Lee")
    run("export", "after", "--as-of", "2025-06-30", "--known-by", "2025-06-30")
    for path in Path("before").rglob("*.*"):
        assert (Path("after") / path.relative_to("before")).read_bytes() == path.read_bytes()


@pytest.mark.usefixtures("here")
def test_a_file_that_did_not_change_is_left_alone(run: Run) -> None:
    run("export", "site", "--as-of", "2026-01-31")
    stamps = {path: path.stat().st_mtime_ns for path in Path("site").rglob("*.*")}
    run("update", "W1", "--date", "2026-01-01", "--note", "New.", "--by", "Ana Lee")
    run("export", "site", "--as-of", "2026-01-31")
    changed = {path.as_posix() for path, stamp in stamps.items() if path.stat().st_mtime_ns != stamp}
    assert "site/index.html" in changed
    assert "site/r/W1.html" in changed
    assert "site/sources.ris" not in changed


@pytest.mark.usefixtures("here")
def test_review_is_for_the_calendar(run: Run) -> None:
    plain, dated = (
        run("export", "--format", "calendar"),
        run("export", "--format", "calendar", "--review", "30"),
    )
    assert plain.out.count("BEGIN:VEVENT") < dated.out.count("BEGIN:VEVENT")


def test_a_part_alone_has_a_page_even_where_its_whole_is_left_out() -> None:
    shown = view(made(), on=ON, parts=True)
    alone = replace(shown, standings=tuple(each for each in shown.standings if each.whole))
    found = Site(alone, (Format.HTML,)).files
    assert [name for name in found if name.startswith("r/")] == ["r/D1.a.html"]
    assert "D1.html" not in Links(found["r/D1.a.html"]().decode()).links


def test_two_ids_that_differ_in_case_have_two_pages() -> None:
    found = folder(tracked(recommendation("D1"), recommendation("d1"), recommendation("con")), Format.HTML)
    assert {name for name in found if name.startswith("r/")} == {"r/D1.html", "r/d1~2.html", "r/con~.html"}


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(("limit", "most"), [("MOST_PAGES", 1), ("MOST_UPDATES", 5)])
def test_a_folder_of_too_many_pages_is_refused_before_one_is_made(
    limit: str, most: int, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site, limit, most)
    said = run("export", "site/").refused(2)
    assert "are too many for a folder; choose fewer with --area" in said
    assert not Path("site").exists()
    assert run("export", "site/", "--search", "W1").code == 0
    assert run("export", "tables/", "--format", "csv,json").code == 0


def test_twice_as_many_recommendations_take_twice_as_many_steps() -> None:
    counted = []
    for number in (10, 20, 40):
        names = [f"D{100 + each}" for each in range(number)]
        asked = map(recommendation, names)
        tracker = tracked(*asked, *(update("2025-01-24", name, status="partial") for name in names))
        folder(tracker)  # templates are compiled and words looked up once
        profile = cProfile.Profile()
        profile.runcall(folder, tracker)
        counted.append(sum(each.callcount for each in profile.getstats()))
    first, second, third = counted
    assert third - second < 2.02 * (second - first)


def test_a_part_nobody_judged_says_so_and_of_what_it_is_a_part() -> None:
    part = folder(tracked(recommendation("D1"), recommendation("D1.a", part_of="D1")), Format.HTML)
    assert 'A part of <a href="D1.html">D1</a> in <a href="../index.html#D1.a">' in part["r/D1.a.html"]
    assert "Nobody has judged this yet, which says nothing about the world." in part["r/D1.a.html"]
    assert "Nobody has judged this yet" not in folder(made(), Format.HTML)["r/p-stalled.html"]


def test_a_status_is_that_of_an_actor_wherever_it_is_shown(files: dict[str, str]) -> None:
    for name in ("timeline.html", "r/p-stalled.html", "index.html"):
        assert "stalled</span>, for Agency" in files[name]
    assert "not-assessed</span>, judged only for Agency, last update 1 Apr 2025" in files["r/p-stalled.html"]


@pytest.mark.parametrize(
    ("known", "heading"),
    [
        ({}, "Cite"),
        ({"contact": "mailto:a@b.example"}, "Cite, correct"),
        ({"licence": "CC0-1.0"}, "Cite, reuse"),
        ({"contact": "Jane Doe", "licence": "CC0-1.0"}, "Cite, correct, reuse"),
    ],
)
def test_the_last_section_promises_what_there_is(known: dict[str, str], heading: str) -> None:
    found = folder(tracked(recommendation("D1"), **known), Format.HTML, Format.MARKDOWN)
    for name in ("index.html", "r/D1.html"):
        assert f'<h2 id="_cite">{heading}</h2>' in found[name]
        assert f'#_cite">{heading}</a>' in found[name]
    assert f"\n## {heading}\n" in found["status.md"]
    assert ("that you cannot read or use" in found["index.html"]) == ("contact" in known)


def test_a_message_about_a_recommendation_names_its_page(files: dict[str, str]) -> None:
    address = "Page%3A%20https%3A%2F%2Friver.example%2Ftracker%2F"
    assert f"{address}r%2FD1.html%0D" in files["r/D1.html"]
    assert f"{address}%0D" in files["index.html"]
    assert "/D1.html" not in unquote(render(seen(made(), ON), Format.HTML))


def test_the_method_says_only_what_there_is_to_say() -> None:
    judged = update(
        "2025-01-24", "D1", status="partial", evidence=[source(kind="news"), source("//b.example")]
    )
    text = "\n".join(Content(seen(tracked(recommendation("D1"), judged))).method())
    assert "not assessed" not in text
    assert ": 1 news item, 1 of no stated kind." in text
    found = "\n".join(Content(seen(made(), ON)).method())
    assert "1 of 3 recommendations not assessed: nobody has judged them" in found
    assert "2 updates corrected since; what they said is listed separately." in found


def test_what_was_recorded_in_a_period_is_not_said_to_have_changed_then() -> None:
    period = Period(recorded_since=dt.date(2025, 1, 1))
    for chosen in (Format.MARKDOWN, Format.HTML):
        text = render(seen(made(), ON), chosen, period=period)
        assert "Recorded from 1 Jan 2025 to 31 Jan 2026" in text
        assert "Changed from" not in text
