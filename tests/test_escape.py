import re
from urllib.parse import unquote

import pytest

from pathtrack.export.escape import escape, link, named
from rendered import RENDERERS, github
from statements import for_each
from test_text import CLOCKED, linear

LIVE = [
    "https://example.org/annual_report?year=2025&lang=en",
    "http://example.org",
    "HTTPS://Example.org/A*b*c~d",
    "https://example.org/?a=1&amp;b=2",
    "https://example.org/?a=1&copy;=2",
    "https://en.example/wiki/Seoul_(city)",
    "https://example.org:8080/@name/#12",
    "https://ko.example/wiki/대한민국",
    "https://example.org/a'b",
    "http://localhost/a",
    "https://a.example/b|c_d",
]


@for_each("address", LIVE)
@for_each(
    "before, behind",
    [
        ("", ""),
        ("See ", " now."),
        ("(", ")."),
        ("“", "”, he said"),
        ("<", ">"),
        ("*", "*!"),
        ("見よ ", "。次"),
        ("\\", "?"),
    ],
)
def test_an_address_in_a_text_is_a_link_and_untouched(address: str, before: str, behind: str) -> None:
    for renderer in RENDERERS:
        shown = renderer(f"Text: {escape(f'{before}{address}{behind}')}")
        assert shown.blocks == [f"Text: {before}{address}{behind}"]
        ((_, text),) = shown.links
        assert text == address
    ((target, _),) = github(escape(f"{before}{address}{behind}")).links
    assert unquote(target) == address


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("보라: https://a.example/b에 있다", "https://a.example/b"),
        ("https://a.example/b/에서는", "https://a.example/b/"),
        ("https://a.example/b를", "https://a.example/b"),
        ("https://ko.example/wiki/대한민국 참조", "https://ko.example/wiki/대한민국"),
        ("https://a.example/bを見よ", "https://a.example/b"),
    ],
)
def test_a_particle_behind_an_address_is_no_part_of_it(text: str, address: str) -> None:
    shown = github(escape(text))
    assert [each for _, each in shown.links] == [address]
    assert shown.blocks == [text]


def test_an_address_without_anything_that_acts_reads_well_raw() -> None:
    assert (
        escape("At https://a.example/b_c?d=1&e=2, he said.") == "At <https://a.example/b_c?d=1&e=2>, he said."
    )


@pytest.mark.parametrize("address", ["www.example.org", "www.example.org/annual_report?a=1&b=2"])
def test_an_address_may_begin_with_www_as_on_github(address: str) -> None:
    for renderer in RENDERERS:
        shown = renderer(escape(f"See ({address})."))
        assert shown.links == [(f"http://{address}", address)]
        assert shown.blocks == [f"See ({address})."]
    assert not github(escape("the web, www. and more")).links


@for_each(
    "text, code",
    [
        ("https://www.gov.example&#64;evil.example/", None),
        ("https://user@example.org/", None),
        ("https://user:word@example.org/", None),
        ("https://example.org\\@evil.example/", None),
        ("ftp://example.org/a", None),
        ("www.example.org@evil.example", None),
        ("mailto:a@b.example", None),
        ("xmpp:a@b.example", None),
        ("a.b+c@d.example", None),
        ("(press@office.example).", "press@office.example"),
        ("as point (#12) says", "#12"),
        ("see GH-4", "GH-4"),
        ("owner/repository#5", None),
        ("@name, hello", "@name"),
        ("@body/team", None),
    ],
)
def test_what_nobody_may_be_sent_to_or_called_by_is_shown_as_code(text: str, code: str | None) -> None:
    for renderer in RENDERERS:
        shown = renderer(escape(text))
        assert shown.links == []
        assert shown.blocks == [text]
        assert shown.code == [code or text]


@for_each(
    "text",
    [
        *("&#x202e;", "&amp;", "&#64;", "a@", "@", "#", "# a", "C# 5", "javascript:alert(1)"),
        *("(1) a", "b) c", "(iv) d", "1. e", "2015. It", "X. y", "3) f", "2015.", "1.", "- g", "+ h", "* i"),
        *(
            ": j",
            "::: k",
            "===",
            "-40",
            "+82",
            "3.5",
            "| l | m |",
            "[^1]: n",
            "[^1]",
            "[ ] o",
            "> p",
            "~~~",
            "```",
        ),
        *("wow!www.a.example/b", "wow!", "`a@b.example`", "https://a.example/`b`", "*a* _b_ **c** ~~d~~"),
        *("<b>c</b>", "<!-- d -->", "\\", "a\\", "{.e}", "$f$", "^g^"),
    ],
)
def test_a_text_is_shown_as_it_is_wherever_it_stands(text: str) -> None:
    for renderer in RENDERERS:
        assert renderer(escape(text)).blocks == [text]
        assert renderer(f"- {escape(text)}").blocks == [text]
        assert renderer(f"# {escape(text)}").blocks == [text]
        cell = renderer(f"| a | b |\n| --- | --- |\n| {escape(text)} | c |")
        assert cell.blocks == ["a", "b", text, "c"]


@for_each("text", ["(1) a", "b) c", "iv. d", "(@) e", "#. f", ": g"])
def test_nothing_begins_a_list_of_pandoc(text: str) -> None:
    assert not re.match(r"\(?(\w+|@|#)[.)] |: ", escape(text))


@pytest.mark.parametrize("text", ["3.5 billion", "12) a", "-40 degrees"])
def test_what_does_not_act_is_hardly_escaped(text: str) -> None:
    assert len(escape(text)) <= len(text) + 1


@pytest.mark.parametrize(
    ("address", "markdown"),
    [
        ("https://example.org/a_b", "<https://example.org/a_b>"),
        ("https://example.org/(a).", "<https://example.org/(a).>"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("https://a@b.example/", "`https://a@b.example/`"),
        ("https://a.example/&lt;", "[`https://a.example/&lt;`](<https://a.example/&amp;lt;>)"),
    ],
)
def test_the_address_of_a_source_is_a_link_if_it_is_safe(address: str, markdown: str) -> None:
    assert link(address) == markdown


@for_each("piece", CLOCKED)
def test_time_grows_with_the_text(piece: str) -> None:
    linear(escape, piece)
    linear(link, piece)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("run --since", r"run \--since"),
        ("a --- b", r"a \-\-- b"),
        ("a-b - c", "a-b - c"),
        ("C#", r"C\#"),
        ("a##", r"a#\#"),
    ],
)
def test_dashes_and_a_closing_sign_are_kept_from_pandoc(text: str, written: str) -> None:
    assert escape(text) == written


@for_each(
    "text, address, written",
    [
        ("The *act*", "https://a.example/b?c&d", r"[The \*act\*](<https://a.example/b?c&amp;d>)"),
        ("An act", None, "An act"),
        ("", "https://a.example/", "<https://a.example/>"),
        ("See https://b.example/", "https://a.example/", "See <https://b.example/>, <https://a.example/>"),
        (
            "See www.b.example",
            "https://a.example/",
            "See [www.b.example](<http://www.b.example>), <https://a.example/>",
        ),
        ("An act", "javascript:x", "An act, javascript:x"),
        ("An act <b>", "https://a.example/", r"[An act \<b\>](<https://a.example/>)"),
    ],
)
def test_a_text_leads_to_an_address(text: str, address: str | None, written: str) -> None:
    assert named(text, address) == written
    for renderer in RENDERERS:
        assert renderer(written).tags <= {"p", "a"}
