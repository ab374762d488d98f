"""When two words are the same word, and two addresses lead to the same page."""

import unicodedata
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from conftest import Run
from pathtrack.file import toml
from pathtrack.record import same
from pathtrack.record.actors import ActorStanding, by_actor
from pathtrack.record.status import Status
from pathtrack.record.view import judgements
from samples import recommendation, seen, tracked, update
from statements import for_each

INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
COMPOSED = ["국방", "해양수산부", "Réalisé", "Größe", "İstanbul", "Čeština", "Ωμέγα", "Ǆ"]
PIECES = [*COMPOSED, "ΐ", "ᾴ", "ß", "ﬁ", "K", "Å", "\u0301", "\u0345", "a", "B", " ", "\t", "\u3000", "\n"]
WORDS = st.lists(st.sampled_from([*PIECES, *INVISIBLE]), max_size=8).map("".join) | st.text(max_size=8)
ADDRESSES = st.builds(
    "{}://{}{}{}{}{}{}".format,
    st.sampled_from(["http", "https", "HTTPS"]),
    st.sampled_from(["", "www.", "WWW."]),
    st.sampled_from(["a.example", "A.Example", "b.example", "[::1]"]),
    st.sampled_from(["", ":80", ":443", ":8080"]),
    st.sampled_from(["", "/", "/a", "/a/", "/A", "/%ea%b5%ad"]),
    st.sampled_from(["", "?", "?x=1", "?utm_source=x", "?x=1&gclid=2", "?x=1&y=2"]),
    st.sampled_from(["", "#", "#part"]),
)


@given(WORDS)
def test_a_word_is_the_same_however_it_is_composed(text: str) -> None:
    composed, apart = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert same.word(composed) == same.word(apart) == same.word(text)


@given(WORDS)
def test_what_makes_a_word_the_same_is_the_same_word(text: str) -> None:
    assert same.word(same.word(text)) == same.word(text)


@given(WORDS, WORDS, st.sampled_from(INVISIBLE))
def test_signs_that_nobody_sees_make_no_other_word(one: str, other: str, sign: str) -> None:
    assert same.word(f"{one}{sign}{other}") == same.word(f"{one}{other}")


@given(WORDS, WORDS, st.text(" \t\n\u00a0\u3000", min_size=1))
def test_any_white_space_is_one_blank(one: str, other: str, space: str) -> None:
    assert same.word(f"{space}{one}{space}{other}{space}") == same.word(f"{one} {other}")


@for_each("text", COMPOSED)
def test_case_does_not_matter_in_any_language(text: str) -> None:
    assert same.word(text.swapcase()) == same.word(text) == same.word(text.title())


@for_each(
    "one, other",
    [
        ("Straße", "STRASSE"),
        ("Ministry of  Health", "ministry\u00a0of health"),
        ("İzmir", "I\u0307zmir"),
        ("Ver\u00adteidigung", "Verteidigung"),
        ("국방", "국\u200b방"),
        ("e\u200d\u0301", "é"),
    ],
)
def test_these_are_the_same_word(one: str, other: str) -> None:
    assert same.word(one) == same.word(other)


@for_each(
    "one, other",
    [
        ("U.S.", "US"),
        ("Ministry-of-Health", "Ministry of Health"),
        ("resume", "résumé"),
        ("\u0131l\u0131k", "ilik"),
        ("국방", "국 방"),
        ("①", "1"),
        ("Ministry of Health", "Health Ministry"),
    ],
)
def test_letters_and_signs_that_are_left_out_make_another_word(one: str, other: str) -> None:
    assert same.word(one) != same.word(other)


@given(ADDRESSES)
def test_what_makes_an_address_the_same_leads_there_too(address: str) -> None:
    assert same.address(f"https://{same.address(address)}") == same.address(address)
    assert same.address(f" {address}\n") == same.address(address)


@for_each(
    "address",
    [
        "https://example.org/A/b",
        "http://example.org/A/b",
        "https://www.example.org/A/b",
        "HTTPS://WWW.EXAMPLE.ORG/A/b",
        "//example.org/A/b",
        "example.org/A/b",
        "https://example.org:443/A/b",
        "http://example.org:80/A/b",
        "https://example.org:/A/b",
        "https://example.org/A/b/",
        "https://example.org/A/b#part",
        "https://example.org/A/b?",
        "https://example.org/A/b/?utm_source=mail&utm_medium=x#part",
        "https://example.org/A/b?fbclid=1&gclid=2",
        "https://example.org/A/b?UTM_Campaign",
    ],
)
def test_these_lead_to_the_same_page(address: str) -> None:
    assert same.address(address) == same.address("https://example.org/A/b")


@for_each(
    "address",
    [
        "https://example.org/a/b",
        "https://example.org/A",
        "https://example.org/A/b/c",
        "https://example.org/A/b//",
        "https://example.org:8443/A/b",
        "https://m.example.org/A/b",
        "https://wwwexample.org/A/b",
        "https://example.org/A/b?id=1",
        "https://example.org/A/b?utm=1",
        "https://example.org/A/b?my_utm_source=1",
        "ftp://example.org/A/b",
        "https://example.org/A/b.html",
    ],
)
def test_these_lead_to_other_pages(address: str) -> None:
    assert same.address(address) != same.address("https://example.org/A/b")


def test_the_parameters_of_a_page_and_their_order_matter() -> None:
    assert same.address("https://a.example?x=1&utm_term=y&y=2") == same.address("http://a.example/?x=1&y=2#z")
    assert same.address("https://a.example?x=1&y=2") != same.address("https://a.example?y=2&x=1")


def test_areas_actors_assessors_and_tags_are_written_as_they_are_first() -> None:
    one, other = (unicodedata.normalize(form, "Défense") for form in ("NFC", "NFD"))
    made = tracked(
        recommendation("D1", area=one, actors=["Seoul"], tags=["Now"]),
        recommendation("D2", area=other.upper(), actors=["SEOUL", "seoul\u200b"], tags=["now "]),
        update("2025-01-01", by=other),
        update("2025-01-02", by=one, actors=["seoul"]),
    )
    assert (made.areas, made.actors, made.tags) == ((one,), ("Seoul",), ("Now",))
    assert made.assessors == (other,)
    assert {made.area_of(each) for each in made.recommendations} == {one}
    assert [*seen(made).by_area] == [one]
    assert [each.name for each in seen(made).standings[1].actors] == ["SEOUL"]


def test_an_assessor_is_one_person_however_the_name_was_typed() -> None:
    one, other = (unicodedata.normalize(form, "Jos\u00e9") for form in ("NFC", "NFD"))
    made = tracked(
        recommendation(),
        update("2025-01-01", by=one, status="stalled"),
        update("2025-01-02", by=other.upper(), status="in-progress"),
        update("2025-01-02", by="Ana", status="partial"),
    )
    given = judgements(seen(made))["D1"]
    assert [(each.by, each.status) for each in given] == [(one, "in-progress"), ("Ana", "partial")]


def test_commands_take_a_word_in_either_composition(run: Run) -> None:
    one, other = (unicodedata.normalize(form, "국방") for form in ("NFC", "NFD"))
    Path("recommendations.toml").write_text(
        '[report]\ntitle = "R"\n'
        + "".join(
            f'[[recommendation]]\nid = "{identifier}"\narea = "{area}"\ntitle = "T"\nactors = ["{area}"]\n'
            for identifier, area in (("D1", one), ("D2", other))
        )
        + toml.block(update("2025-01-01", by=other, status="stalled", note="A note.")),
        encoding="utf-8",
    )
    assert [line.split("\t")[:2] for line in run("progress").out.splitlines()] == [[one, "2"], ["total", "2"]]
    for word in (one, other):
        assert len(run("list", "--area", word).out.splitlines()) == 2
        assert len(run("list", "--actor", word).out.splitlines()) == 2
        assert run("list", "--by", word).out.split("\t")[2] == "stalled"
    assert "two-spellings" in run("check").out


def test_an_actor_is_found_by_any_spelling() -> None:
    made = [update(actors=["Größe"]), update(actors=["GRÖSSE "], status="stalled", note="n")]
    made.append(update(actors=["Seoul"], status="partial", note="n"))
    assert by_actor(made, {same.word("GRÖSSE"): "Größe"}) == (
        ActorStanding("Größe", Status.STALLED, made[1].date),
    )
