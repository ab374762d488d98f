import base64
import csv
import hashlib
import io
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from conftest import Run
from pathtrack import export
from pathtrack.errors import UsageError
from pathtrack.export import TEXTS, Format, Period, Rows
from pathtrack.export.data import Export
from pathtrack.file.document import Document
from pathtrack.record.corrections import update_id
from pathtrack.record.crosswalk import Scheme
from pathtrack.record.model import Report, Tracker
from pathtrack.record.status import Status
from pathtrack.record.view import View
from pathtrack.record.view import view as view_of
from samples import DATA, HOSTILE, TODAY, day, recommendation, source, tracked, update, value_of
from statements import for_each

SINCE = day("2025-05-01")


def view(tracker: Tracker) -> View:
    return view_of(tracker, on=TODAY)


def parsed(text: str) -> list[Token]:
    return MarkdownIt("commonmark").enable("table").use(footnote_plugin).parse(text)


def shown(token: Token) -> str:
    """Return what a reader sees of an inline token."""
    return "".join(
        f"[{child.meta['label']}]"
        if child.type == "footnote_ref"
        else " "
        if child.type == "softbreak"
        else child.content
        for child in token.children or []
    )


def headings(text: str) -> list[str]:
    tokens = parsed(text)
    return [
        f"{tokens[number].tag} {shown(token)}"
        for number, token in enumerate(tokens[1:])
        if tokens[number].type == "heading_open"
    ]


def visible(text: str) -> str:
    return "\n".join(shown(token) for token in parsed(text) if token.type == "inline")


@pytest.fixture
def markdown(tracker: Tracker) -> str:
    return export.render(view(tracker), Format.MARKDOWN)


def test_a_markdown_report_has_its_parts_in_order(markdown: str) -> None:
    assert headings(markdown) == [
        "h1 A Harbor That Works: Six Steps: status report",
        "h2 Reversed",
        "h2 Standing by area",
        "h2 Water",
        "h3 W1: Dredge the northern channel",
        "h3 w-2.b: 부두의 물을 깨끗하게 유지한다 (keep the water at the berths clean)",
        "h2 Energy",
        "h3 E1: Bring shore power to every berth",
        "h3 E_10: Tax bunker fuel by what it emits",
        "h2 Open data",
        "h3 2049: Publish the waiting times of ships",
        "h3 Open.Data-7: Let others check the tide tables",
        "h2 Method",
        "h2 Cite",
    ]


def test_a_markdown_report_says_every_number_with_its_denominator(markdown: str) -> None:
    assert (
        "1 of 6 recommendations implemented, 4 of 6 assessed, 5 of 6 with evidence. "
        "As of 31 Jan 2026; newest update dated 20 Nov 2025." in visible(markdown)
    )
    assert "2 of 6 recommendations not assessed" in visible(markdown)


def test_a_markdown_report_counts_areas_in_a_table(markdown: str) -> None:
    cells = [shown(token) for token in parsed(markdown) if token.type == "inline"]
    begin = cells.index("area")
    table = [cells[begin + row * 10 : begin + row * 10 + 10] for row in range(5)]
    assert table[0] == ["area", *Status, "all"]
    assert table[1] == ["water", "0", "0", "0", "0", "1", "0", "0", "1", "2"]
    assert table[4] == ["all", "2", "0", "0", "1", "1", "1", "0", "1", "6"]


@for_each(
    "words",
    [
        "W1 Dredge the northern channel (since 20 Nov 2025)",
        "reversed since 20 Nov 2025; 4 sources",
        "Chapter 1; asked of Port Authority; due 30 Jun 2025, overdue",
        "A standing duty; asked of Port Authority, Grid Company, 해양수산부",
        "Asked. The channel should be deep enough for the ships of today.",
        "Test for done. The charts show 14 metres along the whole channel.",
        "Where it stands. 1 Jul 2025 (stalled, Ana Lee): The grid company says that it waits for the port.",
        "1 Mar 2024 (not-started, Ana Lee): Judged not-started; searched harbor.example; the tender portal.",
        "15 Jun 2024 (in-progress, Ana Lee): Money for both was voted. The first contracts are out.[1] [2]",
        "15 Jun 2024 (in-progress, Ana Lee): The dredger has arrived.[1]",
        "6 Jun 2025 (Ana Lee): Searched, and found nothing.",
        "5 May 2025 (Ana Lee): New evidence.[7]",
        "not-assessed",
    ],
)
def test_a_markdown_report_shows_each_recommendation(markdown: str, words: str) -> None:
    assert words in visible(markdown).splitlines()


def test_footnotes_are_numbered_as_a_reader_meets_them() -> None:
    first = update("2025-01-01", status="in-progress", evidence=[source("https://a.example/first")])
    last = update("2026-01-01", status="partial", evidence=[source("https://a.example/last")])
    text = export.render(view(tracked(recommendation(), first, last)), Format.MARKDOWN, period=Period(SINCE))
    cited = re.findall(r"\[\^(\d+)](?!:)", text)
    assert list(dict.fromkeys(cited)) == ["1", "2"]
    assert "[^1]: news, <https://a.example/last>" in text or "[^1]: <https://a.example/last>" in text


def test_a_markdown_report_says_how_it_was_made_and_how_to_correct_it() -> None:
    report = {
        "method": "Two read the gazettes.\n\n- monthly\n- whole",
        "site": "https://site.example/t/",
        "contact": "mailto:desk@site.example",
        "licence": "CC-BY-4.0",
    }
    text = export.render(view(tracked(recommendation(), update(), **report)), Format.MARKDOWN)
    assert "## Method\n\nTwo read the gazettes.\n\n- monthly\n- whole\n\n- 1 of 1 rec" in text
    assert re.search(
        r"^Ana: A report, status report as of 31 Jan 2026, .*<https://site.example/t/>$", text, re.MULTILINE
    )
    assert "Write to [`desk@site.example`](<mailto:desk@site.example?subject=" in text
    assert "Licence: [CC-BY-4.0](<https://creativecommons.org/licenses/by/4.0/>)." in text
    other = {"contact": "desk at [site]", "licence": "ours <b>"}
    plain = visible(export.render(view(tracked(recommendation(), **other)), Format.MARKDOWN))
    assert "Write to desk at [site], and name the statement" in plain
    assert "Licence: ours <b>." in plain


def test_a_markdown_report_has_whole_notes_and_one_assessor_is_not_named() -> None:
    result = "Searched the Gazette. Nothing.\n\nTwo pages\nwere missing."
    before = update("2025-01-23", note="Before.")
    old = update("2025-01-24", note=result, status="not-started", searched=["A", "B"])
    tracker = tracked(recommendation(), before, old, update("2025-02-24", note="A new one. And more."))
    lines = visible(export.render(view(tracker), Format.MARKDOWN)).splitlines()
    assert lines[lines.index("What was recorded") + 1 :][:6] == [
        "23 Jan 2025: Before.",
        "Where it stands. 24 Jan 2025 (not-started): Searched the Gazette. Nothing.",
        "Two pages were missing. Searched: A; B.",
        "Since then",
        "24 Feb 2025: A new one. And more.",
        "Method",
    ]


def test_a_markdown_report_cites_each_source_once(markdown: str) -> None:
    tokens = parsed(markdown)
    notes = [
        shown(tokens[number + 2]) for number, token in enumerate(tokens) if token.type == "footnote_open"
    ]
    budget = "Harbor Gazette, Budget 2024, 14 Jun 2024, budget"
    assert notes == [
        f"{budget}, https://gazette.example/2024/budget, archived https://archive.example/gazette/2024",
        "Minutes of the board, volume 12, report",
        "operation, https://charts.example/W1",
        "Harbor Gazette, Storm fills channel, 20 Nov 2025, news, https://gazette.example/2025/storm",
        "청소선 운항 기록, operation, https://logs.example/boat",
        "Fuel Act, law, https://law.example/fuel",
        "A letter about the tide tables",
    ]


def test_a_markdown_report_adds_what_changed(tracker: Tracker) -> None:
    text = visible(export.render(view(tracker), Format.MARKDOWN, period=Period(SINCE)))
    assert "Changed from 1 May 2025 to 31 Jan 2026" in text
    assert "W1 Dredge the northern channel: partial to reversed (1 update, 1 new source)" in text
    assert (
        "Open.Data-7 Let others check the tide tables: still not-assessed (2 updates, 1 new source)" in text
    )
    nothing = visible(export.render(view(tracker), Format.MARKDOWN, period=Period(TODAY)))
    assert "Nothing was recorded." in nothing


def test_an_empty_tracker_gives_a_report() -> None:
    text = visible(export.render(view(tracked()), Format.MARKDOWN))
    assert "0 of 0 recommendations implemented" in text
    assert "0 updates with 0 distinct sources." in text


@for_each(
    "title",
    [
        "<script>alert(1)</script>",
        "<b>bold</b> &amp; &lt; &#60;",
        "*a* _b_ **c** __d__ ~~e~~ `f` ``g``",
        "[a](https://b.example) ![c](d) [e]: f [^1] [^1]: g",
        "<https://a.example> a@b.example",
        "# heading #",
        "1. one",
        "12) twelve",
        "- item",
        "+ item",
        "> quote",
        "--- ===",
        "| a | b |\\|",
        "\\ \\\\ \\*",
        "$x$ ^y^ ==z== {.class} @name",
        "<!-- comment --> <![CDATA[x]]> <?php ?>",
        "    indented",
        "ends with #",
        "!",
        "   &nbsp; ",
        HOSTILE,
    ],
)
def test_a_hostile_title_is_shown_as_it_is_and_makes_nothing(title: str) -> None:
    made = tracked(
        recommendation(
            area=title,
            title=title,
            ref=title,
            summary=f"A {title}",
            done_when=f"A {title}",
            actors=[title],
        ),
        update(
            "2025-06-01",
            by=title,
            note=f"A {title}",
            status="reversed",
            searched=[title],
            evidence=[source(title)],
        ),
        title=title,
        publisher=title,
        url=title,
    )
    text = export.render(view(made), Format.MARKDOWN, period=Period(SINCE))
    tokens = parsed(text)
    inner = [child.type for token in tokens for child in token.children or []]
    assert set(inner) <= {
        *("text", "text_special", "softbreak", "footnote_ref", "footnote_anchor"),
        *("link_open", "link_close", "code_inline"),
        *("strong_open", "strong_close", "em_open", "em_close"),
    }
    assert not {token.type for token in tokens} & {
        "html_block",
        "fence",
        "code_block",
        "hr",
        "ordered_list_open",
    }
    flat = " ".join("".join(_escaped(each) for each in title).split())
    assert f"h1 {flat}: status report" in headings(text)
    assert f"h3 D1: {flat}" in headings(text)
    assert f"Asked. A {flat}" in visible(text)
    assert f"Where it stands. 1 Jun 2025 (reversed): A {flat} Searched: {flat}.[1]" in visible(text)
    assert not set(text) & set(HOSTILE)


def _escaped(character: str) -> str:
    if character not in HOSTILE:
        return character
    return f"\\x{ord(character):02x}" if ord(character) < 0x100 else f"\\u{ord(character):04x}"


class Page(HTMLParser):
    """An HTML page, taken apart."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[tuple[str, str | None]] = []
        self.ids: list[str] = []
        self.tags: list[str] = []
        self.text: list[str] = []
        self.policy = ""
        self.inline: dict[str, str] = {}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        self.opened = given.get("type") or tag
        if tag == "a":
            self.links.append((given["href"] or "", given.get("rel")))
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policy = given["content"] or ""
        self.ids += [name for name in [given.get("id")] if name]

    def handle_data(self, data: str) -> None:
        if self.tags[-1:] in (["style"], ["script"]) and self.opened not in self.inline:
            self.inline[self.opened] = data
        else:
            self.text.append(data)

    @property
    def words(self) -> str:
        return " ".join("".join(self.text).split())


@pytest.fixture
def page(tracker: Tracker) -> Page:
    return Page(export.render(view(tracker), Format.HTML, period=Period(SINCE)))


@for_each(
    "words",
    [
        "A Harbor That Works: Six Steps",
        "Status report, as of 31 Jan 2026",
        "W1 Dredge the northern channel, since 20 Nov 2025",
        "W1 Dredge the northern channel: partial to reversed (1 update, 1 new source)",
        "부두의 물을 깨끗하게 유지한다 (keep the water at the berths clean)",
        "overdue, due 30 Jun 2025",
        "due 31 Dec 2027",
        "a standing duty; asked of Port Authority, Grid Company, 해양수산부",
        "The southern half is deep enough. The northern half is missing.",
        "Searched: harbor.example; the tender portal.",
        "By Ana Lee, recorded 21 Nov 2025.",
        "Minutes of the board, volume 12, report",
        "2 of 6 recommendations not assessed",
    ],
)
def test_an_html_report_says_the_same(page: Page, words: str) -> None:
    assert words in page.words


def test_an_html_report_allows_its_own_style_and_script_and_nothing_else(page: Page) -> None:
    assert "default-src 'none'" in page.policy
    for name in ("style", "script"):
        digest = base64.b64encode(hashlib.sha256(page.inline[name].encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in page.policy
    assert not {"img", "link", "iframe", "object", "embed", "base"} & {*page.tags}


def test_an_html_report_links_safe_addresses_only(tracker: Tracker) -> None:
    bad = update(
        "2025-06-01", "W1", evidence=[source("javascript:x", title="B", archive="https://u@a.example")]
    )
    grown = replace(tracker, updates=(*tracker.updates, bad))
    page = Page(export.render(view(grown), Format.HTML))
    outside = [(address, rel) for address, rel in page.links if not address.startswith("#")]
    assert {rel for _, rel in outside} == {"noopener noreferrer"}
    assert all(re.match(r"https://[a-z.]+example/", address) for address, _ in outside)
    assert ("https://harbor.example/report?year=2023&lang=en", "noopener noreferrer") in outside
    assert "javascript:x" in page.words


def test_every_place_that_an_html_report_links_to_is_there(page: Page) -> None:
    assert len(page.ids) == len({*page.ids})
    assert {address[1:] for address, _ in page.links if address.startswith("#")} <= {*page.ids}
    assert {"W1", "W1:2024-06-15", "W1:2024-06-15:2", "Open.Data-7:2025-05-05"} <= {*page.ids}


def test_an_html_report_of_an_empty_tracker_is_a_page() -> None:
    page = Page(export.render(view(tracked()), Format.HTML, period=Period(SINCE)))
    assert "Nothing was recorded." in page.words
    assert "0 of 0" in page.words


def test_an_html_report_of_two_recommendations_with_one_id_is_a_page() -> None:
    made = tracked(recommendation("D1"), recommendation("d1"), recommendation("D1"), update())
    assert "A title" in Page(export.render(view(made), Format.HTML)).words


KEYS = {
    "": "schema as_of scope report progress recommendations updates corrected",
    "report": "title publisher url published areas method site contact licence language",
    "progress": "total assessed with_evidence by_status by_response parts areas",
    "recommendations": (
        "id part_of area title ref status confidence since last_update last_judged updates evidence actors "
        "tags ongoing due first_due moved overdue parts summary done_when source history"
    ),
    "updates": (
        "id date recorded by recommendations actors status confidence response due note searched corrects "
        "reason typed_by evidence"
    ),
}


def test_a_json_export_has_pinned_keys_and_no_path(tracker: Tracker) -> None:
    printed = json.loads(export.render(view(tracker), Format.JSON))
    assert printed["schema"] == "pathtrack.export/1"
    assert printed["as_of"] == "2026-01-31"
    for name, keys in KEYS.items():
        part = printed[name] if name else printed
        for each in part if isinstance(part, list) else [part]:
            assert " ".join(each) == keys


def test_a_json_export_holds_the_whole_record(tracker: Tracker) -> None:
    printed = json.loads(export.render(view(tracker), Format.JSON))
    assert Export.model_validate_json(json.dumps(printed)).model_dump(mode="json", by_alias=True) == printed
    assert [(each["id"], each["note"]) for each in printed["updates"]] == [
        (update_id(each), each.note) for each in view(tracker).updates
    ]
    assert value_of(Report, printed["report"]) == tracker.report
    assert printed["recommendations"][0]["source"] == {"Rec. no.": "7", "status": "Open"}
    assert printed["progress"]["by_status"]["reversed"] == 1


@pytest.mark.parametrize(("arguments", "title"), [([], "Tracker"), (["--export"], "pathtrack.export/1")])
def test_the_schemas_are_json(arguments: list[str], title: str, run: Run) -> None:
    outcome = run("schema", *arguments)
    printed = json.loads(outcome.out)
    assert (outcome.code, outcome.err) == (0, "")
    assert (printed["$schema"], printed["title"]) == ("https://json-schema.org/draft/2020-12/schema", title)


def test_the_schema_of_the_file_names_the_keys_of_the_file(run: Run) -> None:
    printed = json.loads(run("schema").out)
    assert {*printed["properties"]} == {"report", "recommendation", "update"}
    assert printed["required"] == ["report"]


def read_csv(text: str) -> list[dict[str, str]]:
    return [*csv.DictReader(io.StringIO(text, newline=""))]


def test_a_csv_export_has_a_row_for_each_recommendation(tracker: Tracker) -> None:
    rows = read_csv(export.render(view(tracker), Format.CSV))
    assert [each["id"] for each in rows] == ["E1", "E_10", "W1", "w-2.b", "2049", "Open.Data-7"]
    assert rows[2] | {"note": "", "sources": ""} == {
        "id": "W1",
        "part_of": "",
        "area": "water",
        "title": "Dredge the northern channel",
        "ref": "Chapter 1",
        "summary": tracker.recommendations[2].summary,
        "note": "",
        "sources": "",
        "status": "reversed",
        "confidence": "",
        "since": "2025-11-20",
        "last_update": "2025-11-20",
        "last_judged": "2025-11-20",
        "updates": "5",
        "corrected": "0",
        "evidence": "4",
        "actors": "Port Authority",
        "response": "",
        "tags": "",
        "ongoing": "no",
        "due": "2025-06-30",
        "first_due": "2025-06-30",
        "moved": "0",
        "overdue": "yes",
        "done_when": "The charts show 14 metres along the whole channel.",
        "as_of": "2026-01-31",
        "by": "",
    }
    assert rows[2]["note"] == view(tracker).standings[2].newest_note
    assert rows[2]["sources"].count("https://") == 3


def test_gaos_table_has_gaos_columns_alone(tracker: Tracker) -> None:
    rows = read_csv(export.render(view(tracker), Format.CSV, scheme=Scheme.GAO))
    assert [each["Status"] for each in rows] == [
        *("Open", "Open–Partially Addressed", "Open", "Closed–Implemented", "Open", "Open")
    ]
    assert rows[2] | {"Comments": ""} == {
        "Publication Name": "A Harbor That Works: Six Steps",
        "Publication Number": "",
        "Date Publication Issued": "",
        "Director Name": "",
        "Director Phone": "",
        "Agency": "Port Authority",
        "Recommendation": tracker.recommendations[2].summary,
        "Status": "Open",
        "Priority": "",
        "Comments": "",
    }


def test_a_csv_export_of_updates_has_a_row_for_each_and_joins_its_sources(tracker: Tracker) -> None:
    rows = read_csv(export.render(view(tracker), Format.CSV, rows=Rows.UPDATES))
    assert len(rows) == 12
    assert rows[1] == {
        "id": update_id(tracker.updates[1]),
        "date": "2024-06-15",
        "recorded": "2024-06-20 10:30:00+09:00",
        "by": "Ana Lee",
        "recommendations": "W1; E1",
        "actors": "",
        "status": "in-progress",
        "confidence": "",
        "response": "",
        "due": "",
        "note": "Money for both was voted. The first contracts are out.",
        "searched": "",
        "corrects": "",
        "reason": "",
        "evidence_title": "Budget 2024\nMinutes of the board, volume 12",
        "evidence_publisher": "Harbor Gazette\n(none)",
        "evidence_url": "https://gazette.example/2024/budget\n(none)",
        "evidence_date": "2024-06-14\n(none)",
        "evidence_kind": "budget\nreport",
        "evidence_archive": "https://archive.example/gazette/2024\n(none)",
        **dict.fromkeys(("evidence_quote", "evidence_locator", "evidence_lang", "evidence_via"), ""),
    }


def test_what_gao_has_and_we_do_not_is_printed_again() -> None:
    imported = {"taken for not-assessed": "open", "Comments": "Theirs.", "Priority": "High"}
    made = tracked(recommendation("D1", source=imported), recommendation("D2", source=imported))
    judged = tracked(*made.recommendations, update("2025-01-01", "D2", status="implemented"))
    first, second = read_csv(export.render(view(judged), Format.CSV, scheme=Scheme.GAO))
    assert (first["Status"], first["Comments"]) == ("open", "Theirs.")
    assert second["Status"] == "Closed–Implemented"
    assert first["Priority"] == second["Priority"] == "High"


@for_each("begin", ["=", "+", "-", "@", "\t", "＝", "＋", "－", "＠"])
@for_each("rows", Rows)
def test_no_cell_of_a_csv_export_is_a_formula(begin: str, rows: Rows) -> None:
    title = f"{begin}HYPERLINK(1)"
    made = tracked(recommendation(title=title, ref=title), update(by=title, note=title))
    (row,) = read_csv(export.render(view(made), Format.CSV, rows=rows))
    assert f"'{title}" in row.values()
    assert not any(cell.startswith(begin) for cell in row.values())


def test_a_csv_export_may_begin_with_a_byte_order_mark(tracker: Tracker) -> None:
    plain, marked = (export.render(view(tracker), Format.CSV, bom=bom) for bom in (False, True))
    assert marked == "\ufeff" + plain


@for_each("chosen", TEXTS)
def test_the_same_view_gives_the_same_text(chosen: Format) -> None:
    made = Document.read((DATA / "record.toml").read_bytes(), name="f").tracker
    assert export.render(view(made), chosen, period=Period(SINCE)) == export.render(
        view(made), chosen, period=Period(SINCE)
    )


FREE = re.compile(
    r'^(title|publisher|note|quote|locator|by|via|summary|searched|ref|done_when) = \[?"(?!")', re.MULTILINE
)


@pytest.mark.parametrize("chosen", [*TEXTS, "markdown --brief", "html --brief"])
def test_no_export_holds_a_path_or_a_hostile_character(chosen: str, here: Path, run: Run) -> None:
    escaped = "".join(f"\\u{ord(each):04x}" for each in HOSTILE)
    text = FREE.sub(lambda begun: begun[0] + escaped, here.read_text(encoding="utf-8"))
    here.write_text(text, encoding="utf-8")
    outcome = run("export", "--format", *chosen.split())
    assert outcome.code == 0
    assert str(here.parent) not in outcome.out
    assert not set(outcome.out) & set(HOSTILE)


@for_each(
    "name, begin",
    [
        ("a.md", "# A Harbor"),
        ("a.markdown", "# A Harbor"),
        ("a.HTML", "<!doctype html>"),
        ("a.htm", "<!doctype html>"),
        ("a.json", '{\n  "schema": "pathtrack.export/1"'),
        ("a.csv", "id,part_of,"),
    ],
)
@pytest.mark.usefixtures("here")
def test_the_suffix_names_the_format(name: str, begin: str, run: Run) -> None:
    assert run("export", name) == (0, "", f"wrote {name}\n")
    assert Path(name).read_text(encoding="utf-8").startswith(begin)


@pytest.mark.usefixtures("here")
def test_markdown_is_printed_without_a_path(run: Run) -> None:
    outcome = run("export", "--as-of", "2024-12-31", "--by", "Ana Lee")
    assert outcome.out.startswith("# A Harbor")
    assert "As of 31 Dec 2024; newest update dated 15 Jun 2024." in visible(outcome.out)
    assert outcome.err == ""


@pytest.mark.parametrize(
    ("path", "chosen"), [(None, "markdown"), ("a.md", "markdown"), ("A.HTM", "html"), ("x/a.csv", "csv")]
)
def test_a_format_is_found(path: str | None, chosen: str) -> None:
    assert export.format_of(Path(path) if path else None) == chosen


@pytest.mark.parametrize("name", ["a.odt", "a.txt", "\x1b.rtf"])
def test_an_unknown_suffix_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="no format is known for") as caught:
        export.format_of(Path(name))
    assert "\x1b" not in str(caught.value)


def test_a_card_says_each_note_and_source_once() -> None:
    cited = source("https://a.example", title="The act", quote="As it is written.")
    made = tracked(
        recommendation(),
        update("2025-01-01", note="Begun. The rest is long.", status="in-progress", evidence=[cited]),
        update("2025-02-01", note="Done in part. The gate is missing.", status="partial", evidence=[cited]),
    )
    page = export.render(view_of(made, on=TODAY), Format.HTML)
    assert [page.count(each) for each in ("The rest is long.", "The gate is missing.")] == [1, 1]
    assert [page.count(each) for each in ("As it is written.", ">The act</a>, as above")] == [1, 1]


def test_a_colon_stands_between_whom_a_status_is_of_and_what_is_said() -> None:
    made = tracked(recommendation(), update(status="partial", actors=["Seoul"], note="Seven of nine."))
    page = export.render(view(made), Format.HTML)
    assert re.search(r", for Seoul: <span[^>]*>Seven of nine\.", page)
