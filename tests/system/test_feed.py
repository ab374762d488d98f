import datetime as dt
from dataclasses import replace
from xml.etree.ElementTree import Element, fromstring

import feedparser
from hypothesis import given

from folders import ON, folder, made
from pathtrack.export import Format, render
from pathtrack.record.corrections import update_id
from pathtrack.record.model import Tracker
from pathtrack.text import safe
from samples import lines, prose, recommendation, seen, tracked, update

ATOM = "{http://www.w3.org/2005/Atom}"


def read(text: str) -> feedparser.FeedParserDict:
    found = feedparser.parse(text.encode())
    assert not found.bozo, found.bozo_exception
    return found


def tree(text: str) -> Element:
    return fromstring(text)  # noqa: S314 our own


def feed(tracker: Tracker) -> feedparser.FeedParserDict:
    return read(folder(tracker)["feed.xml"])


def test_a_feed_has_an_entry_for_each_update_and_each_correction() -> None:
    shown = seen(made(), ON)
    expected = {update_id(each) for each in shown.updates}
    expected |= {update_id(each.correction) for each in shown.corrected}
    entries = feed(made()).entries
    assert {each.id.rpartition(":")[2] for each in entries} == expected
    assert len(entries) == len(expected) == 7


def test_entries_are_the_newest_first_by_the_day_they_were_typed_in() -> None:
    entries = feed(made()).entries
    moments = [each.updated for each in entries]
    assert moments == sorted(moments, reverse=True)
    (corrected,) = [each for each in entries if "A third" in each.title]
    assert corrected.updated == "2025-05-01T12:00:00+00:00"
    assert "Miscounted" in corrected.content[0].value


def test_an_entry_says_what_happened_on_what_evidence_and_where_it_is_shown() -> None:
    (first,) = [each for each in feed(made()).entries if "It began" in each.title]
    assert first.title == "D1, d2 (in-progress): It began."
    assert "<li>a</li>" in first.content[0].value
    assert first.link == "https://river.example/tracker/r/D1.html#D1:2024-01-10"
    assert {each.term for each in first.tags} == {"defense", "space & 우주", "in-progress"}
    assert first.author == "Ana"
    (law,) = [each for each in feed(made()).entries if "D1.a" in each.title]
    assert 'href="https://law.example/1?a=1&amp;b=2"' in law.content[0].value
    (withdrawn,) = [each for each in feed(made()).entries if "withdrew" in each.title]
    assert withdrawn.link == "https://river.example/tracker/index.html#_corrected"


def test_an_id_never_changes() -> None:
    before = {each.id for each in feed(made()).entries}
    assert "tag:river.example,2025-05-01:" in "".join(before)
    grown = made()
    later = update("2023-01-01", "D1", note="Learnt late.", recorded=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    after = {each.id for each in feed(replace(grown, updates=(later, *grown.updates))).entries}
    assert before < after


def test_equal_updates_are_one_entry() -> None:
    grown = made()
    twice = replace(grown, updates=(*grown.updates, replace(grown.updates[0])))
    assert [each.id for each in feed(twice).entries] == [each.id for each in feed(made()).entries]


def test_with_an_address_each_area_has_a_feed() -> None:
    found = folder(made())
    defense = read(found["feeds/defense.xml"])
    assert defense.feed.title == "One River: defense"
    assert defense.feed.id == "https://river.example/tracker/feeds/defense.xml"
    assert [each.title.partition(":")[0] for each in defense.entries] == [
        *("Ana withdrew the update of 2 Feb 2025 about D1", "D1 (in-progress)", "D1"),
        *("D1.a (implemented)", "D1, d2 (in-progress)"),
    ]
    assert not any("p-stalled" in each.title for each in defense.entries)
    assert not any(name.startswith("feeds/") for name in folder(made(site=None)))


def test_without_an_address_links_lead_to_the_pages_beside_it() -> None:
    root = tree(folder(made(site=None))["feed.xml"])
    links = {each.get("href") for each in root.iter(f"{ATOM}link")}
    assert "r/D1.html#D1:2024-01-10" in links
    alone = tree(folder(made(site=None), Format.FEED)["feed.xml"])
    assert not list(alone.iter(f"{ATOM}link"))
    assert not list(tree(render(seen(made(site=None), ON), Format.FEED)).iter(f"{ATOM}link"))


def test_a_feed_of_nothing_is_a_feed() -> None:
    assert feed(tracked()).entries == []


@given(lines, prose)
def test_whatever_a_title_is_made_of_a_feed_can_be_read_and_shows_it(title: str, note: str) -> None:
    made_ = tracked(
        recommendation(title=title, area=title), update(note=note, by=title, status="partial"), title=title
    )
    root = tree(render(seen(made_), Format.FEED))
    shown = safe(title).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
    assert root.findtext(f"{ATOM}title") == shown
    assert root.findtext(f"{ATOM}entry/{ATOM}author/{ATOM}name") == shown
    content = tree(f"<x>{root.findtext(f'{ATOM}entry/{ATOM}content')}</x>".replace("&nbsp;", " "))
    assert {each.tag for each in content.iter()} <= {"x", "p", "ul", "ol", "li"}
