"""A promise: every report says who answered, who moved, which part, and by when."""

import csv
import io
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from pathtrack import export, load
from pathtrack.export import Format, Rows
from pathtrack.record.corrections import update_id
from pathtrack.record.model import Tracker
from samples import HOSTILE, recommendation, seen, source, tracked, update
from statements import for_each


def told(tokens: list[Token]) -> Iterator[str]:
    """Yield what a reader sees of each paragraph, heading or item, with its tags around it."""
    around: list[str] = []
    for token in tokens:
        if token.nesting == 1:
            around.append(token.meta["label"] if token.type == "footnote_open" else token.tag)
        elif token.nesting == -1:
            around.pop()
        elif token.type == "inline":
            text = "".join(
                f"[{each.meta['label']}]"
                if each.type == "footnote_ref"
                else each.content or " " * (each.type == "softbreak")
                for each in token.children or []
            )
            yield f"{' '.join(each for each in around if each not in {'', 'p', 'ul', 'section'})}: {text}"


def markdown(tracker: Tracker) -> list[str]:
    text = export.render(seen(tracker), Format.MARKDOWN)
    return [*told(MarkdownIt("commonmark").enable("table").use(footnote_plugin).parse(text))]


class Page(HTMLParser):
    """The text in a page by the tags around it, those with an id or a language by that."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.around: list[str] = []
        self.texts: list[tuple[str, str]] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append((tag, given))
        if tag not in {"meta", "input", "br"}:
            marks = [("#", given.get("id")), ("@", given.get("lang") if tag != "html" else None)]
            self.around.append(tag + "".join(f"{sign}{value}" for sign, value in marks if value))

    def handle_endtag(self, _: str) -> None:
        self.around.pop()

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append((" ".join(self.around), " ".join(data.split())))

    def within(self, marks: str) -> str:
        """Return the text within elements that stand in each other in this order."""
        return " ".join(text for around, text in self.texts if _are_in(marks.split(), iter(around.split())))


def _are_in(marks: list[str], around: Iterator[str]) -> bool:
    return all(mark in around for mark in marks)  # each search goes on where the last one ended


@pytest.fixture
def page(parts: Path) -> Page:
    return Page(export.render(seen(load(parts)), Format.HTML))


def test_markdown_has_parts_below_their_whole(parts: Path) -> None:
    headings = [each.split(":")[0] + each.split(":")[1] for each in markdown(load(parts)) if each[0] == "h"]
    assert headings == [
        *("h1 One River, Two Banks", "h2 Standing by area", "h2 Floods", "h3 F1", "h4 F1.a", "h4 F1.b"),
        *("h4 F1.c", "h3 F2", "h3 F3", "h2 Water", "h3 W1", "h4 W1.1", "h4 W1.2", "h3 W2", "h2 Data"),
        *("h3 O1", "h3 O2", "h2 Method", "h2 Cite"),
    ]


@for_each(
    "line",
    """\
blockquote: 1 of 7 recommendations implemented, 3 of 7 assessed, 4 of 7 with evidence. \
As of 31 Jan 2026; newest update dated 20 Jun 2025. Not counted here: 5 parts, 1 implemented.
: Chapter 1; asked of Ministry of Rivers, Coast Agency; \
due Dec 2026, promised 2024, moved twice; tags: priority, alarm
: Due 30 Jun 2025, overdue
: partial (medium confidence) since 1 Feb 2025; last update 20 Jun 2025; 3 sources
li: Ministry of Rivers: partial (as the whole) since 1 Feb 2025, answered: accepted
li: Coast Agency: partial (as the whole) since 1 Feb 2025, answered: accepted-in-part
li: Coast Agency: not-started since 3 Mar 2025, no answer on record
li: Ministry of Rivers: noted
: Parts (1 of 3 parts in force)
li: F1.b: Agree on one scale of alarm (in-progress since 10 Sep 2024)
li: Nov 2023 (in-progress, Ana Lee): Coast Agency answered: accepted-in-part. \
The agency accepts the gauges, and not the telephones; it began to buy gauges.[2]
li: 20 Jun 2025 (Ana Lee): Target date set to Dec 2026: Both plans were moved to the next budget.
: Where it stands. 30 Jun 2024 (implemented, high confidence, Ana Lee): All ten gauges report.[4]
2: Coast Agency, 해양청의 답변, 3쪽, Nov 2023, statement, ko, read at River News (copy), \
https://coast.example/answer?no=7
2 blockquote: 권고를 일부 수용한다. 경보는 검토하지 않는다.
li: 12 updates with 8 distinct sources: 3 statements, 2 news items, 1 report, \
1 operation, 1 law.""".splitlines(),
)
def test_markdown_says(line: str, parts: Path) -> None:
    assert line in markdown(load(parts))


def test_one_source_at_two_places_has_a_footnote_for_each() -> None:
    cited = [
        source("https://a.example", title="Report", locator="p. 1", quote="One."),
        source("https://a.example", locator="p. 9"),
        source("https://a.example", publisher="Ministry"),
        source("https://a.example", title="Report", locator="p. 1", quote="One."),
    ]
    made = tracked(
        recommendation(), *(update(f"2025-01-0{day}", evidence=[each]) for day, each in enumerate(cited, 1))
    )
    lines = markdown(made)
    assert [each for each in lines if each[0].isdigit()] == [
        "1: Ministry, Report, p. 1, https://a.example",
        "1 blockquote: One.",
        "2: Ministry, Report, p. 9, https://a.example",
        "3: Ministry, Report, https://a.example",
    ]
    assert [each[-3:] for each in lines if each.startswith("li: ") and each[-1] == "]"] == [
        "[1]",
        "[2]",
        "[3]",
        "[1]",
    ]
    assert "li: 4 updates with 1 distinct source: 1 of no stated kind." in lines


def test_the_page_has_parts_in_the_article_of_their_whole(page: Page) -> None:
    assert "Agree on one scale of alarm" in page.within("article#F1 section#F1.b h5")
    assert page.within("section#F1.b p").startswith("◔ in-progress (low confidence) since 10 Sep 2024")
    assert "A draft of the scale is said to exist." in page.within("section#F1.b ol")
    assert "1 of 3 parts in force" in page.within("article#F1 dl")
    ids = [given["id"] for _, given in page.tags if given.get("id")]
    assert len(ids) == len(set(ids))
    links = {
        given["href"] for tag, given in page.tags if tag == "a" and (given["href"] or "").startswith("#")
    }
    assert {"#F1.a", "#F1.b", "#F1.c", "#W1.1", "#W1.2", "#F1.a:2024-06-30"} <= links
    assert {(each or "")[1:] for each in links} <= set(ids)


def test_the_page_marks_quotations_and_titles_with_their_language(page: Page) -> None:
    assert page.within("blockquote@ko") == "권고를 일부 수용한다. 경보는 검토하지 않는다."
    assert page.within("span@ko") == "해양청의 답변"
    assert page.within("blockquote") == "Ten of ten gauges report; no scale has been agreed."
    assert "3쪽, Coast Agency, Nov 2023, statement, ko, read at River News (copy)" in page.within(
        "article#F1 li"
    )


@for_each(
    "place, words",
    [
        (
            "article#F1 p",
            "since 1 Feb 2025, last update 20 Jun 2025, 3 sources, due Dec 2026",
        ),
        ("article#F1 p", "promised 2024, moved twice"),
        ("section#W1.1 strong", "overdue, due 30 Jun 2025"),
        (
            "article#F1 dl",
            "Coast Agency: partial (as the whole) since 1 Feb 2025, answered: accepted-in-part",
        ),
        ("article#W2 dl", "Coast Agency: not-started since 3 Mar 2025, no answer on record"),
        ("article#F3 summary", "Coast Agency answered: rejected. The agency holds insurance"),
        ("article#F1 dl", "priority, alarm"),
        ("header", "Not counted here: 5 parts, 1 implemented."),
    ],
)
def test_the_page_says(place: str, words: str, page: Page) -> None:
    assert words in page.within(place)


def test_the_page_marks_where_a_target_date_was_moved_and_where_it_lies(page: Page) -> None:
    marks = [
        (given["class"], given["aria-label"])
        for tag, given in page.tags
        if tag == "circle" and "aria-label" in given
    ]
    assert marks == [
        ("moved", "20 Dec 2024: target date moved to Jun 2025"),
        ("moved", "20 Jun 2025: target date moved to Dec 2026"),
        ("target", "target date: Dec 2026"),
        ("moved", "20 Jun 2025: target date moved to Dec 2026"),
        ("target", "target date: Dec 2026"),
    ]
    drawn = [given for tag, given in page.tags if tag == "div" and given.get("data-for")]
    assert sum(given["class"] == "lane of-part" for given in drawn) == 5
    lanes = [given["data-for"] for given in drawn]
    assert lanes == ["F1"] * 4 + ["F2", "F3", *["W1"] * 3, "W2", "O1", "O2"]


def test_an_answer_without_actors_is_told_and_silence_is_not() -> None:
    made = tracked(
        recommendation("A"), recommendation("B", actors=["X"]), update("2025-01-01", "A", response="rejected")
    )
    lines = markdown(made)
    assert "li: rejected" in lines
    assert not [each for each in lines if "answer on record" in each]
    assert "What was answered" in Page(export.render(seen(made), Format.HTML)).within("article#A dl")


def test_what_an_actor_did_is_not_where_the_whole_stands() -> None:
    made = tracked(recommendation(), update("2025-01-01", actors=["X"], status="partial", note="Half."))
    assert ": Where it stands. 1 Jan 2025 (partial): X: Half." in markdown(made)
    assert "X: Half." in Page(export.render(seen(made), Format.HTML)).within("article#D1 dl")


@pytest.mark.parametrize("chosen", [Format.MARKDOWN, Format.HTML, Format.CSV])
def test_no_hostile_text_reaches_a_report_raw(chosen: Format) -> None:
    bad = f"{HOSTILE}<b>*x*"
    made = tracked(
        recommendation(actors=[bad], tags=[bad]),
        recommendation("D2", part_of="D1", title=bad),
        update(actors=[bad], response="noted", evidence=[source(title="T", quote=bad, locator=bad, via=bad)]),
    )
    text = export.render(seen(made), chosen)
    assert not set(text) & set(HOSTILE)
    assert chosen is Format.CSV or "<b>" not in text


def test_a_mistyped_year_does_not_blow_up_the_page() -> None:
    made = tracked(*map(recommendation, ("A", "B")), update("0002-01-01", "A"), update("2025-01-01", "B"))
    page = Page(export.render(seen(made), Format.HTML))
    assert sum(given.get("class") == "grid" for _, given in page.tags) == 20


def test_csv_has_a_row_for_each_part_and_says_who_answered_what_by_when(parts: Path) -> None:
    text = export.render(seen(load(parts)), Format.CSV)
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}
    assert [*rows] == ["F1", "F1.a", "F1.b", "F1.c", "F2", "F3", "W1", "W1.1", "W1.2", "W2", "O1", "O2"]
    names = ("part_of", "confidence", "last_judged", "response", "tags", "due", "first_due", "moved", "area")
    assert [rows["F1"][name] for name in names] == [
        *("", "medium", "2025-02-01", "Ministry of Rivers: accepted; Coast Agency: accepted-in-part"),
        *("priority; alarm", "2026-12", "2024", "2", "floods"),
    ]
    assert [rows["F1.b"][name] for name in names] == [
        "F1",
        "low",
        "2024-09-10",
        "",
        "",
        "",
        "",
        "0",
        "floods",
    ]
    assert [rows[each]["response"] for each in ("F2", "F3", "W1")] == [
        *("noted", "Ministry of Rivers: accepted; Coast Agency: rejected", ""),
    ]


def test_csv_of_updates_says_whom_they_speak_of_and_quotes_on_one_line(parts: Path) -> None:
    tracker = load(parts)
    text = export.render(seen(tracker), Format.CSV, rows=Rows.UPDATES)
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}
    assert [*rows] == [update_id(each) for each in sorted(tracker.updates, key=lambda each: each.date)]
    row = next(each for each in rows.values() if each["evidence_lang"])
    names = ("actors", "status", "confidence", "response", "due", "evidence_quote", "evidence_locator")
    assert [row[name] for name in names] == [
        *("Coast Agency", "in-progress", "", "accepted-in-part", ""),
        *("권고를 일부 수용한다. 경보는 검토하지 않는다.", "3쪽"),
    ]
    assert [row[name] for name in ("evidence_lang", "evidence_via")] == ["ko", "River News (copy)"]
