import time

import pytest

from pathtrack.intake import links
from pathtrack.intake.cells import Problems
from samples import source
from statements import for_each


@for_each(
    "text, found",
    [
        ("", []),
        ("https://a.example", [source("https://a.example")]),
        ("Budget 2024 https://a.example", [source("https://a.example", title="Budget 2024")]),
        ("https://a.example; https://b.example", [source("https://a.example"), source("https://b.example")]),
        ("https://a.example,https://b.example", [source("https://a.example"), source("https://b.example")]),
        ("<https://a.example>\nA letter", [source("https://a.example"), source(None, title="A letter")]),
        ("https://a.example https://b.example", [source("https://a.example"), source("https://b.example")]),
        ("https://a.example/x;y?z=1,2", [source("https://a.example/x;y?z=1,2")]),
        ("https://a.example\nhttps://a.example", [source("https://a.example")]),
    ],
)
def test_links_are_sources(text: str, found: list[object]) -> None:
    assert list(links.read(text)) == found


A, B = "https://example.org/a", "https://example.org/b"


@for_each(
    "text, url, title",
    [
        (f"see ({A}).", A, None),
        (f"Report (see {A})", A, "Report"),
        (f"{A}.", A, None),
        (f"“{A}”", A, None),
        (f"„{A}“", A, None),
        (f"«{A}»", A, None),
        (f"「{A}」。", A, None),
        (f"보도자료（{A}）", A, "보도자료"),
        (f"[Minutes]({A})", A, "Minutes"),
        (f'[Minutes]({A} "of May")', A, "Minutes"),
        (f"[{A}]({A})", A, None),
        (f"[{A} Minutes]", A, "Minutes"),
        (f"Minutes <{A}>", A, "Minutes"),
        (f"Minutes<{A}>", A, "Minutes"),
        (f'=HYPERLINK("{A}","Minutes")', A, "Minutes"),
        (f'=HYPERLINK("{A}"; "Minutes")', A, "Minutes"),
        (f'=hyperlink("{A}")', A, None),
        (f'<a href="{A}">Minutes</a>', A, "Minutes"),
        (f"<p><A target=_blank href='{A}?x=1&amp;y=2'><b>Minutes</b></A></p>", f"{A}?x=1&y=2", "Minutes"),
        (f"Report, 3 May 2025, {A}", A, "Report, 3 May 2025"),
        (f"2. {A}", A, None),
        (f"보고서 {A}에서", A, "보고서"),
        (f"[1] Report: {A}", A, "Report"),
        (f"Available at: {A}", A, None),
        (f"**{A}**", A, None),
        (f'["{A}"]', A, None),
        (f"[url={A}]Minutes[/url]", A, "Minutes"),
        (f"[url]{A}[/url]", A, None),
        (f'= +HYPERLINK( "{A}" , "The ""big"" one" )', A, 'The "big" one'),
        (f'=LIEN_HYPERTEXTE("{A}";"Minutes")', A, "Minutes"),
        (f'&lt;a href="{A}"&gt;Minutes&lt;/a&gt;', A, "Minutes"),
        ("doi.org/10.1000/182", "https://doi.org/10.1000/182", None),
        ("doi:10.1000/182", "https://doi.org/10.1000/182", None),
        ("www.example.org/a", "https://www.example.org/a", None),
        ("https://example.org/wiki/Space_(law)", "https://example.org/wiki/Space_(law)", None),
        ("(https://example.org/wiki/Space_(law))", "https://example.org/wiki/Space_(law)", None),
        ("[Law](https://example.org/wiki/Space_(law))", "https://example.org/wiki/Space_(law)", "Law"),
        (f"URL:{A}", A, None),
        (f"Source: {A}", A, None),
        (f"출처: {A}", A, None),
        ("HTTPS://EXAMPLE.ORG/A,", "HTTPS://EXAMPLE.ORG/A", None),
        (f"\u200b{A}\ufeff", f"{A}", None),
        ("Law 5:3 of the Ministry", None, "Law 5:3 of the Ministry"),
        ("Art.5:3", None, "Art.5:3"),
        ("ISBN:978-3", None, "ISBN:978-3"),
    ],
)
def test_a_link_is_found_in_the_shapes_that_people_paste(
    text: str, url: str | None, title: str | None
) -> None:
    assert links.read(text) == (source(url, title=title),)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"[One]({A}), [Two]({B})", [(A, "One"), (B, "Two")]),
        (f"One: {A} and Two: {B}", [(A, "One"), (B, "and Two")]),
        (f"{A} and {B}", [(A, None), (B, None)]),
        (f"{A}, {B}.", [(A, None), (B, None)]),
        (f"{A} | {B}", [(A, None), (B, None)]),
        (f"{A}|{B}", [(A, None), (B, None)]),
        (f"One, {A}, Two, {B}", [(A, "One"), (B, "Two")]),
        (f"1. {A}\n2. {B}", [(A, None), (B, None)]),
        (f"One ({A}); Two", [(A, "One"), (None, "Two")]),
    ],
)
def test_several_links_of_a_cell_keep_their_titles(text: str, found: list[tuple[str, str]]) -> None:
    assert [(each.url, each.title) for each in links.read(text)] == found


def test_an_address_that_is_not_safe_costs_only_itself() -> None:
    problems = Problems()
    text = f"One {A}; =HYPERLINK(A2); javascript:x; ftp://a.example; https://user@a.example; Two"
    assert [(each.url, each.title) for each in links.readable(text, problems)] == [(A, "One"), (None, "Two")]
    assert [str(each).split(" is ")[0] for each in problems] == [
        "'=HYPERLINK(A2)'",
        "'javascript:x'",
        "'ftp://a.example'",
        "'https://user@a.example'",
    ]


@for_each("text", ["<a ", "[", "[x](", "(((", "=HYPERLINK(", "https://a.example/(", "www.", ";"])
def test_a_long_cell_takes_time_in_proportion_to_its_length(text: str) -> None:
    start = time.process_time()
    links.readable("https://a.example/" + text * (100_000 // len(text)), Problems())
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    ("text", "titles"),
    [("ADD_SOURCE_URL_HERE", []), ("A/RES/77/41", ["A/RES/77/41"]), ("TODO; A letter", ["A letter"])],
)
def test_a_word_in_a_column_of_addresses_is_no_source(text: str, titles: list[str]) -> None:
    problems = Problems()
    assert [each.title for each in links.readable(text, problems, are_addresses=True)] == titles
    assert [" is not a web address" in str(each) for each in problems] == [True] * (text != "A/RES/77/41")
    assert [each.title for each in links.readable("GAO-24-105", Problems())] == ["GAO-24-105"]
