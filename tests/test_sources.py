"""Which citations are of one source, and all that is known of it."""

from collections import Counter
from dataclasses import fields
from itertools import combinations, permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Run
from pathtrack.file import toml
from pathtrack.record import same
from pathtrack.record.dates import partial
from pathtrack.record.model import Evidence
from pathtrack.record.sources import Sources
from samples import day, recommendation, seen, source, tracked, update, value_of
from statements import for_each

KEYS = st.fixed_dictionaries(
    {
        "title": st.sampled_from([None, "Act", "ACT ", "Report"]),
        "publisher": st.sampled_from([None, None, "Ministry", "Court"]),
        "date": st.sampled_from([None, None, partial("2025"), day("2025-02-01"), day("2026-02-01")]),
        "url": st.sampled_from([None, "https://a.example/", "http://www.A.example", "https://b.example"]),
        "kind": st.sampled_from([None, None, "law", "news"]),
    }
)
CITATIONS = st.lists(
    KEYS.filter(lambda given: given["title"] or given["url"]).map(lambda given: value_of(Evidence, given)),
    max_size=8,
)
A, B = "https://a.example", "https://b.example"


def named(title: str = "Act", **fields: object) -> Evidence:
    """Return a source that has a title, and no address unless it is given."""
    return value_of(Evidence, {"title": title, **fields})


def numbers(*citations: Evidence) -> list[int]:
    """Return the number of the source of each citation."""
    found = Sources(citations)
    return [found.place(each) for each in citations]


def key(citation: Evidence) -> tuple[str, str, str]:
    return same.word(citation.title or ""), same.word(citation.publisher or ""), str(citation.date or "")


@given(CITATIONS)
def test_two_citations_of_one_address_are_of_one_source(citations: list[Evidence]) -> None:
    for (one, place), (other, there) in combinations(zip(citations, numbers(*citations), strict=True), 2):
        if one.url and other.url:
            assert (place == there) is (same.address(one.url) == same.address(other.url))


@given(CITATIONS)
def test_without_addresses_it_is_title_publisher_and_date(citations: list[Evidence]) -> None:
    for (one, place), (other, there) in combinations(zip(citations, numbers(*citations), strict=True), 2):
        if not (one.url or other.url):
            assert place == there or key(one) != key(other)


@given(CITATIONS)
def test_sources_of_different_titles_or_bodies_are_two(citations: list[Evidence]) -> None:
    found = Sources(citations)
    for one, other in combinations(citations, 2):
        if found.place(one) == found.place(other):
            group = [each for each in citations if found.place(each) == found.place(one)]
            assert any(each.url for each in group) or same.word(one.title or "") == same.word(
                other.title or ""
            )
            if one.publisher != other.publisher and one.publisher and other.publisher:
                assert any(each.url for each in group)


@given(CITATIONS)
def test_what_is_printed_has_the_newest_value_of_each_key(citations: list[Evidence]) -> None:
    found = Sources(citations)
    for place in range(len(found)):
        group = [each for each in citations if found.place(each) == place]
        for name in (each.name for each in fields(Evidence)):
            given = [value for each in group if (value := getattr(each, name)) is not None]
            assert getattr(found[place], name) == (given[-1] if given else None)


@given(CITATIONS, CITATIONS)
def test_later_citations_part_no_sources_and_number_none_anew(
    citations: list[Evidence], later: list[Evidence]
) -> None:
    assert numbers(*citations, *later)[: len(citations)] == numbers(*citations)
    assert numbers(*citations, *citations) == numbers(*citations) * 2


@given(CITATIONS)
def test_sources_are_numbered_by_their_first_citation(citations: list[Evidence]) -> None:
    found = Sources(citations)
    first = dict.fromkeys(map(found.place, citations))
    assert [*first] == [*range(len(found))]
    assert all(each in found for each in citations)


@for_each(
    "citations, count",
    [
        ([named(), named(url=A)], 1),
        ([named(), named(url=A), named(url=B)], 2),
        ([named(url=A), named()], 1),
        ([named(publisher="Ministry", date=day("2025-02-01")), named(publisher="Court")], 2),
        ([named(publisher="Ministry"), named(date=day("2025-02-01"), url=A)], 1),
        ([named(date=partial("2025")), named(date=day("2025-02-01"), url=A)], 1),
        ([named(date=partial("2025-02")), named(date=day("2025-03-01"))], 2),
        ([named(publisher="Ministry", url=A), named(publisher="Court", url=A)], 1),
        ([named(publisher="Ministry"), named(publisher="Court"), named()], 3),
        ([named(publisher="Ministry"), named(publisher="Court"), named(), named(kind="law")], 3),
        (
            [
                named(publisher="Ministry"),
                named(publisher="Court"),
                named(),
                named(publisher="Court", url=A),
            ],
            3,
        ),
        ([named("Défense"), named("De\u0301fense ", url=A)], 1),
        ([source(A), source(A, title="Act"), named()], 1),
        ([named("\u200b"), source(A)], 2),
        ([source(A), source(B)], 2),
    ],
)
def test_how_many_sources_there_are(citations: list[Evidence], count: int) -> None:
    assert len(Sources(citations)) == count


def test_the_order_of_a_source_and_its_completion_does_not_matter_to_their_number() -> None:
    made = [named(), named(kind="law"), named(url=A), named(publisher="Ministry")]
    assert {len(Sources(each)) for each in permutations(made)} == {1}


def test_a_source_is_completed_key_by_key() -> None:
    found = Sources(
        [
            source(f"{A}/gone", kind="news", quote="Old words."),
            source("http://www.a.example/gone/#x", title="Page of the ministry", kind="law"),
            source(f"{A}/gone", archive=f"{B}/copy", quote="New words."),
        ]
    )
    assert len(found) == 1
    assert found[0] == source(
        f"{A}/gone", title="Page of the ministry", kind="law", archive=f"{B}/copy", quote="New words."
    )


@pytest.mark.parametrize(
    ("first", "second", "footnotes"),
    [
        (
            named("Budget act 2026", kind="law"),
            named("Budget act 2026", url="https://example.org/act", kind="law"),
            ["Budget act 2026, law, <https://example.org/act>"],
        ),
        (
            named("Annual report", publisher="Ministry of Health", date=day("2025-02-28")),
            named("Annual report", publisher="Court of Audit", date=day("2026-02-28")),
            ["Ministry of Health, Annual report, 28 Feb 2025", "Court of Audit, Annual report, 28 Feb 2026"],
        ),
        (
            source("https://example.org/gone"),
            source(
                "https://example.org/gone", title="A page", kind="law", archive="https://copy.example/gone"
            ),
            ["A page, law, <https://example.org/gone>, archived <https://copy.example/gone>"],
        ),
    ],
)
def test_reports_cite_a_source_once_and_whole(
    first: Evidence, second: Evidence, footnotes: list[str], run: Run
) -> None:
    cited = [
        update("2026-01-01", status="in-progress", evidence=[first]),
        update("2026-01-02", note="A note.", evidence=[second]),
    ]
    Path("recommendations.toml").write_text(
        '[report]\ntitle = "R"\n[[recommendation]]\nid = "D1"\narea = "money"\ntitle = "Raise the budget"\n'
        + "\n".join(map(toml.block, cited)),
        encoding="utf-8",
    )
    report = run("export").out
    assert [line.partition(": ")[2] for line in report.splitlines() if line.startswith("[^")] == footnotes
    assert run("list").out.split("\t")[5] == str(len(footnotes))
    (change,) = seen(tracked(recommendation(), *cited)).changes(since=day("2026-01-02")).changed
    assert change.new_sources == len(footnotes) - 1


@pytest.mark.parametrize("address", [None, "https://a.example/{}"])
def test_sources_of_one_title_are_distinguished_in_one_pass(
    address: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [
        named("Minutes", publisher=f"Board {number}", url=address and address.format(number))
        for number in range(1_500)
    ]
    counted = Counter[str]()
    usual = same.word

    def word(text: str) -> str:
        counted["words"] += 1
        return usual(text)

    monkeypatch.setattr(same, "word", word)
    assert len(Sources([*made, *made])) == len(made)
    assert counted["words"] < 60 * len(made)


def test_of_many_sources_of_one_title_those_that_are_equal_are_still_one() -> None:
    made = [named("Minutes", publisher=f"Board {number}") for number in range(40)]
    found = Sources([*made, named("MINUTES", publisher="board 30", kind="report"), named("Minutes")])
    assert len(found) == 41
    assert found[30].kind == "report"
    dated = named("Minutes", publisher="Board 3", date=day("2025-02-01"))
    assert len(Sources([*made[:20], dated])) == 20
    assert len(Sources([*made, dated])) == 41
