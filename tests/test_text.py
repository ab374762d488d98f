import datetime as dt
import json
import time
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathtrack import text
from pathtrack.record.dates import partial
from samples import HOSTILE
from statements import for_each

KNOWN = ["not-assessed", "not-started", "in-progress", "partial", "implemented", "stalled", "reversed"]
ANYTHING = st.text(st.characters())  # surrogates too


@for_each("character", HOSTILE)
def test_a_hostile_character_is_shown_as_an_escape(character: str) -> None:
    shown = text.safe(f"a{character}b")
    code = ord(character)
    assert shown == (f"a\\x{code:02x}b" if code < 0x100 else f"a\\u{code:04x}b")
    assert text.safe_line(f"a{character}b") == shown


def test_tabs_and_newlines_stay_in_prose_and_are_escaped_in_lines() -> None:
    assert text.safe("a\tb\nc") == "a\tb\nc"
    assert text.safe_line("a\tb\nc") == "a\\tb\\nc"


def test_a_carriage_return_is_shown_everywhere() -> None:
    assert text.safe("safe\rfake") == text.safe_line("safe\rfake") == "safe\\rfake"


def test_a_lone_surrogate_is_shown_as_an_escape() -> None:
    assert text.safe("a\udcff") == "a\\udcff"


@given(ANYTHING)
def test_nothing_that_moves_a_cursor_or_turns_the_text_around_is_left(anything: str) -> None:
    for shown in (text.safe_line(anything), text.safe(anything).replace("\n", "").replace("\t", "")):
        assert not any(unicodedata.category(each) in {"Cc", "Cs", "Zl", "Zp"} for each in shown)
        assert not any(unicodedata.bidirectional(each) in _DIRECTING for each in shown)
        assert not set(shown) & set(HOSTILE)


_DIRECTING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs", "M"])))
def test_ordinary_text_is_shown_as_it_is(ordinary: str) -> None:
    assert text.safe(ordinary) == text.safe_line(ordinary) == ordinary


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_escaped_means_the_same_and_has_nothing_hostile(anything: str) -> None:
    shown = text.escaped(json.dumps({"a": anything}, ensure_ascii=False, indent=1))
    assert json.loads(shown) == {"a": anything}
    assert not set(shown) & set(HOSTILE)


@for_each(
    "address",
    [
        "https://example.org",
        "http://example.org/",
        "HTTPS://Example.org/Path?a=1&b=2#top",
        "https://example.org:8080/a(b)'c",
        "https://[2001:db8::1]/a",
        "https://한국.example/문서",
        "https://example.org?a=b",
        "https://example.org/@name",
    ],
)
def test_plain_web_addresses_are_safe(address: str) -> None:
    assert text.is_safe_address(address)
    assert text.is_address(address)


@for_each(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,<b>",
        "ftp://example.org/a",
        "file:///etc/passwd",
        "mailto:a@example.org",
        "example.org/a",
        "//example.org/a",
        "https:example.org",
        "https://",
        "https:///a",
        "https://?a",
        "https://user@example.org/",
        "https://user:word@example.org/",
        "https://example.org\\@evil.example",
        "https://exa mple.org/",
        "https://example.org/a b",
        "https://example.org/\n",
        "https://example.org/<b>",
        'https://example.org/"onclick=',
        " https://example.org",
        "https://example.org ",
        "",
        *(f"https://example.org/{each}" for each in HOSTILE),
        *(f"https://exa{each}mple.org/" for each in HOSTILE),
    ],
)
def test_anything_else_is_not_safe(address: str) -> None:
    assert not text.is_safe_address(address)


@for_each("title", ["A book", "Smith, 2020: a title", "", "a/b", "1984:", "https: //x"])
def test_a_title_is_no_address(title: str) -> None:
    assert not text.is_address(title)


@pytest.mark.parametrize(
    ("date", "shown"),
    [
        (dt.date(2026, 4, 16), "16 Apr 2026"),
        (dt.date(987, 1, 1), "1 Jan 987"),
        (None, ""),
        (partial("2026-04"), "Apr 2026"),
        (partial("2026"), "2026"),
    ],
)
def test_a_day_is_written_as_a_person_does(date: dt.date | None, shown: str) -> None:
    assert text.day(date) == shown


@pytest.mark.parametrize(
    ("word", "answer"),
    [
        ("in-progres", "did you mean in-progress?"),
        ("PARTIAL!", "did you mean partial?"),
        ("don", f"expected one of {', '.join(KNOWN)}"),
        ("", f"expected one of {', '.join(KNOWN)}"),
    ],
)
def test_the_nearest_word_is_named_or_all_of_them(word: str, answer: str) -> None:
    assert text.did_you_mean(word, KNOWN) == answer


def test_the_nearest_words_are_named_as_they_are_spelled() -> None:
    assert text.did_you_mean("d9", ["D1", "D2", "Political"]) == "did you mean D1 or D2?"


def test_nothing_known_is_said_too() -> None:
    assert text.did_you_mean("x", []) == "there are none yet"


def test_known_words_are_made_safe() -> None:
    assert "\x1b" not in text.did_you_mean("zz", ["a\x1b[31m", "b\u202e"])


@pytest.mark.parametrize(("number", "words"), [(0, "0 updates"), (1, "1 update"), (2, "2 updates")])
def test_a_number_takes_its_noun_along(number: int, words: str) -> None:
    assert text.count(number, "update") == words


CLOCKED = [
    *(
        " ",
        "\t",
        "\n",
        ".",
        ". ",
        "a. ",
        "A. ",
        "Adm. ",
        "5. ",
        "…",
        "。",
        "。”",
        "!",
        "(",
        "“",
        "”",
        '"',
        '" a. "',
    ),
    *(
        "((a) ",
        "“a.” ",
        "- a\n",
        " - a\n",
        "1. a\n",
        "a\n1. x\n",
        "a\n- b\n",
        "漢\n",
        "a\n\n",
        "\u202e",
        "a’",
        "-",
    ),
    *(
        "https://",
        "https://a.b/ ",
        "http://a.b/))",
        "www.",
        "a@",
        "a@b ",
        "x/",
        "#1 ",
        "a#",
        "GH-1 ",
        "&#1;",
        "\\",
        "`",
    ),
    *("http://a.b/c에", "에", "ぁ", "[a](", "a.b", "1."),
]
"""Of what hard inputs are made: a text of one of these, over and over."""


def linear(function: Callable[[str], object], piece: str) -> None:
    """Raise if four times as long a text takes far more than four times as long; one of two tries counts."""
    for _ in range(2):
        short, long = (_seconds(function, piece, size) for size in (3_000, 12_000))
        if long < 10 * short + 0.01:
            return
    raise AssertionError(piece, short, long)


def _seconds(function: Callable[[str], object], piece: str, size: int) -> float:
    text = f"x{piece * (size // len(piece))}x"
    start = time.process_time()
    function(text)
    return time.process_time() - start


@for_each("piece", CLOCKED)
def test_time_grows_with_the_text(piece: str) -> None:
    for function in (
        *(text.safe, text.safe_line, text.escaped, text.quoted),
        *(text.is_address, text.is_safe_address, text.is_private_address),
        *(text.paragraphs, text.first_sentence, text.split_sentence),
    ):
        linear(function, piece)
    linear(lambda word: text.did_you_mean(word, [*KNOWN, word[:2000]]), piece)


def test_a_note_of_blanks_is_read_at_once() -> None:
    start = time.process_time()
    assert text.first_sentence(f"One{' ' * 100_000}two. Three") == "One two."
    assert time.process_time() - start < 1
