"""A promise: whatever a title or a note is made of, every format shows the same text and nothing acts."""

import csv
import datetime as dt
import io
import json
import re
from html.parser import HTMLParser
from urllib.parse import unquote

from hypothesis import example, given
from hypothesis import strategies as st

from pathtrack import export, sheet
from pathtrack.export import Format, Period, Rows
from pathtrack.export.site import Site
from pathtrack.record.model import Tracker
from pathtrack.record.view import View
from pathtrack.record.view import view as view_of
from pathtrack.show.words import without_stop
from pathtrack.text import first_sentence, passages, safe, safe_line, split_sentence
from rendered import RENDERERS, github
from samples import value_of

PIECES = [
    *"\\`*_{}[]<>()#+-=!.|~^$@&:;'\"/%? \t0123456789",
    *(
        "<b>",
        "</script>",
        "<!--",
        "]]>",
        "&amp;",
        "&#60;",
        "<svg onload=x>",
        "![x](http://x)",
        "[a](javascript:x)",
    ),
    *(
        "http://a.b",
        "https://a.b/c_d?e=*f*&g=h",
        "https://a.b/?c=d&amp;e=f",
        "https://a@b.c/",
        "www.a.b",
        "www.",
        "a@b.c",
        "mailto:a@b.c",
        "ftp://a.b",
        "@name",
        "#12",
        "GH-4",
        "o/r#5",
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "＝1",
        "1. ",
        "2) ",
        "# ",
        "> ",
        "---",
        "| a |",
    ),
    *(
        "[^1]",
        "[^1]: x",
        "{{ x }}",
        "{% x %}",
        "*a*",
        "__b__",
        "~~c~~",
        "``d``",
        "\x1b[31m",
        "\u202e",
        "\x85",
        "한국어",
        "漢",
        "“열었다.”라고 ",
        "다. ",
        "。",
    ),
]
"""What a renderer may take for something else."""
SPECIAL = st.sampled_from(PIECES)
WORDS = st.lists(
    SPECIAL | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"), max_size=3)
)
TITLES = WORDS.map("".join).filter(str.strip).map(lambda text: text[:300])
BREAKS = ["\n", "\n\n", "\n- ", "\n1. ", "\n2. ", "\n2015. ", "\n  * ", "\n   more ", "\n\n    ", "\n+82 "]
NOTES = st.lists(TITLES | st.sampled_from(BREAKS), min_size=1, max_size=8).map("".join).filter(str.strip)


def collapsed(text: str) -> str:
    return " ".join(safe(text).split())


def view(title: str, note: str) -> View:
    tracker = value_of(
        Tracker,
        {
            "report": {"title": title, "areas": ["a"]},
            "recommendations": [{"id": "D1", "area": "a", "title": title}],
            "updates": [
                {
                    "date": dt.date(2025, 1, 24),
                    "by": title,
                    "recommendations": ["D1"],
                    "status": "in-progress",
                    "note": note,
                    "evidence": [{"title": title, "url": "javascript:alert(1)"}],
                }
            ],
        },
    )
    return view_of(tracker, on=dt.date(2026, 1, 31))


class Reader(HTMLParser):
    """Collects the text of each element that a class or an id names, and every tag and address."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: list[str] = []
        self.titles: list[str] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)
        self.addresses += [value or "" for name, value in attrs if name == "href"]
        self._open.append(tag)
        if tag == "h4":
            self.titles.append("")

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "h4" in self._open and "button" not in self._open:
            self.titles[-1] += data
        if not {"script", "style", "title"} & {*self._open}:
            self.text += data


PLAIN_BRIEF = Reader(
    export.render(view("Plain", "Plain."), Format.HTML, period=Period(dt.date(2024, 1, 1)), brief=True)
)
PLAIN = Reader(export.render(view("Plain", "Plain.\n\n2. Plain\n3. list"), Format.HTML))


@given(TITLES, NOTES)
@example("</title><script>alert(1)</script>", "</style><img src=x onerror=alert(1)>")
@example('" onmouseover="x', "' autofocus onfocus='x")
def test_html_shows_the_title_and_gains_no_tag(title: str, note: str) -> None:
    text = export.render(view(title, note), Format.HTML, period=Period(dt.date(2024, 1, 1)))
    page = Reader(text)
    assert [collapsed(each) for each in page.titles] == [collapsed(f"D1 {title}")]
    assert page.tags <= PLAIN.tags
    assert page.attributes <= PLAIN.attributes
    assert all(address.startswith("#") for address in page.addresses)


@given(TITLES, NOTES)
@example("a", "장관은 “열었다.”라고 했다. 끝이다.\n- 하나\n- 둘\n\n2015. It\n1. a\n2. b")
@example("a", "See https://a.b/c_d?e=*f*&g=h. And (www.a.b).\n 3.5 billion\n+82 2 555")
def test_html_shows_the_whole_note(title: str, note: str) -> None:
    page = Reader(export.render(view(title, note), Format.HTML))
    assert squeezed("".join(safe(each.text) for each in passages(note))) in squeezed(page.text)


@given(TITLES, NOTES)
@example("</script><script>alert(1)</script>", "www.a.b a@b.c #12. More.")
@example(".", "and so on...")
def test_a_brief_shows_the_title_and_why_and_makes_nothing_of_them(title: str, note: str) -> None:
    period, given = Period(dt.date(2024, 1, 1)), view(title, note)
    page = Reader(export.render(given, Format.HTML, period=period, brief=True))
    text = export.render(given, Format.MARKDOWN, period=period, brief=True)
    why = collapsed(first_sentence(note))
    said = f"D1 {collapsed(without_stop(title))}: from not-assessed to in-progress. 24 Jan 2025: {why}"
    assert squeezed(said) in squeezed(page.text)
    assert page.tags <= PLAIN_BRIEF.tags
    assert all(address.startswith("#") for address in page.addresses)
    for renderer in RENDERERS:
        shown = renderer(text)
        assert any(block.startswith(said) for block in shown.blocks)
        assert shown.tags <= {
            *("h1", "h2", "p", "strong", "em", "ul", "ol", "li", "blockquote", "section", "sup", "a"),
            *("table", "thead", "tbody", "tr", "th", "td", "code", "hr"),
        }


def squeezed(text: str) -> str:
    return "".join(text.split())


def pages(title: str, note: str) -> dict[str, Reader]:
    files = Site(view(title, note), (Format.HTML,)).files
    return {name: Reader(make().decode()) for name, make in files.items()}


def places(page: Reader) -> list[str]:
    """Return where links lead, whatever the id of an update."""
    return [re.sub("update:[0-9a-f]+", "update", each) for each in page.addresses]


PLAIN_PAGES = pages("Plain", "Plain.\n\n2. Plain\n3. list\n- a")


@given(TITLES, NOTES)
@example('"><script>alert(1)</script>', "</title></li><a href=x>")
def test_no_page_of_a_folder_gains_a_tag(title: str, note: str) -> None:
    for name, page in pages(title, note).items():
        assert page.tags <= PLAIN_PAGES[name].tags
        assert page.attributes <= PLAIN_PAGES[name].attributes
        assert places(page) == places(PLAIN_PAGES[name])


@given(TITLES, NOTES)
@example("# a #", "1. x\n\n- y\n\n+ z\n\n===\n\n---")
@example("[^1] [a]: b", "    indented\n\n\ttabbed\n\n> quoted")
@example("https://a.b/c_d?e=f&amp;g", "장관은 “열었다.”라고 했다. (www.a.b/c_d)에 있다.\n1. a\n2. b\n\n1. c")
@example("#12ftp://a.b", "#12a@b.c GH-4ftp://a.b @name@#12")
@example("a@b.c (#12)", "since\n2015. It\n- a\n  - b\n\n  c\n- d")
def test_markdown_shows_the_title_and_the_note_and_makes_nothing_of_them(title: str, note: str) -> None:
    text = export.render(view(title, note), Format.MARKDOWN, period=Period(dt.date(2024, 1, 1)))
    for renderer in RENDERERS:
        shown = renderer(text)
        assert shown.tags <= {
            *("h1", "h2", "h3", "p", "strong", "em", "ul", "ol", "li", "blockquote", "section", "sup", "a"),
            *("table", "thead", "tbody", "tr", "th", "td", "code", "hr"),
        }
        assert shown.html.count("<hr") <= 1  # before the footnotes
        assert f"D1: {collapsed(title)}" in shown.blocks
        assert noted(note) in joined(shown.blocks)
    for target, words in github(text).links:
        assert unquote(target) in {unquote(words), unquote(f"http://{words}")}


def noted(note: str) -> str:
    """Return what a reader sees of a note: each paragraph and each item by itself."""
    first, *others = (collapsed(each.text) for each in passages(note))
    lead = "Where it stands. 24 Jan 2025 (in-progress):"
    if next(passages(note)).sign:
        return joined([lead, first, *others])
    return joined([f"{lead} {first}", *others])


def joined(blocks: list[str]) -> str:
    return "\n".join(["", *filter(None, blocks), ""])


@given(TITLES, NOTES)
def test_the_first_sentence_and_the_rest_are_the_note(title: str, note: str) -> None:
    sentence, rest = split_sentence(f"{title}{note}")
    whole = "".join(each.text for each in passages(f"{title}{note}"))
    kept = sentence + "".join(each.text for each in rest)
    assert "".join(kept.split()) == "".join(whole.split())


@given(TITLES, NOTES)
def test_csv_shows_the_title_and_starts_no_formula(title: str, note: str) -> None:
    for rows in Rows:
        table = list(
            csv.reader(io.StringIO(export.render(view(title, note), Format.CSV, rows=rows), newline=""))
        )
        assert len(table) == 2
        for cell in table[1]:
            assert cell[:1] not in set("=+-@\t\r\n＝＋－＠")
        column = "title" if rows is Rows.RECOMMENDATIONS else "evidence_title"
        assert sheet.bare(table[1][table[0].index(column)]) == sheet.bare(safe(title))


@given(TITLES, NOTES)
def test_json_gives_the_very_text_with_no_raw_control(title: str, note: str) -> None:
    text = export.render(view(title, note), Format.JSON)
    document = json.loads(text)
    assert document["recommendations"][0]["title"] == title
    assert document["updates"][0]["note"] == note
    assert all(safe_line(line) == line for line in text.splitlines())
