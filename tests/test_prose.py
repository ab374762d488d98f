"""Paragraphs, items of lists and first sentences of notes."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathtrack.text import first_sentence, paragraphs, sentences, split_sentence
from statements import for_each

WRAPPED = """\
It spent between 1.2 and
4.5 million, can be called at
+49 30 1234 and has stood there since
1998. It is open (point
7) at
-5 degrees too, for the
*second* winter."""


@for_each(
    "note, lines",
    [
        ("one", ["one"]),
        ("one\ntwo", ["one two"]),
        ("one  \ntwo", ["one two"]),
        ("one\n  indented", ["one indented"]),
        ("one\n\ntwo", ["one", "", "two"]),
        ("\n\none\n \t\n\ntwo\n\n", ["one", "", "two"]),
        ("costs\n100 euros", ["costs 100 euros"]),
        ("", []),
        ("회의가\n열렸다.", ["회의가 열렸다."]),
        ("法案が\n可決された。\nGPSは", ["法案が可決された。 GPSは"]),
        ("会议\n召开了", ["会议召开了"]),
    ],
)
def test_lines_of_a_paragraph_are_joined(note: str, lines: list[str]) -> None:
    assert paragraphs(note) == lines


def test_a_number_or_a_sign_at_the_beginning_of_a_line_is_no_item_of_a_list() -> None:
    assert paragraphs(WRAPPED) == [WRAPPED.replace("\n", " ")]


@for_each(
    "note, lines",
    [
        ("list:\n- a\n- b", ["list:", "- a", "- b"]),
        ("list:\n1. a\n2) b", ["list:", "1. a", "2) b"]),
        ("* a\n* b", ["* a", "* b"]),
        ("• 가\n• 나", ["• 가", "• 나"]),
        ("It wants\n- a\n- b", ["It wants", "- a", "- b"]),
        ("It wants\n1. a\n2. b", ["It wants", "1. a", "2. b"]),
        ("- a\nmore of a\n  and more\n- b", ["- a more of a and more", "- b"]),
        ("1. grew in\n2015. It\n2. b", ["1. grew in 2015. It", "2. b"]),
        ("1. a\n   - b\n   - c\n2. d", ["1. a", "  - b", "  - c", "2. d"]),
        ("- a\n\n  more of a\n\nend", ["- a", "", "  more of a", "", "end"]),
        ("- a\n\n- b", ["- a", "", "- b"]),
        ("1. a\n\nbetween\n\n2. b", ["1. a", "", "between", "", "2. b"]),
        ("9. a\n10. b\n    - c\n\n    d\n11. e", ["9. a", "10. b", "  - c", "", "  d", "11. e"]),
        ("1. a\n1. b", ["1. a", "1. b"]),
        ("one\n\n- a", ["one", "", "- a"]),
        ("  - a\n  - b", ["- a", "- b"]),
        ("-\ta", ["- a"]),
        ("- - a", ["- - a"]),
        ("Il faut :\n– a\n– b", ["Il faut :", "– a", "– b"]),
        ("1. gilt ab dem\n1. Mai\n2. b", ["1. gilt ab dem 1. Mai", "2. b"]),
        ("1. held since\n2. May\n2. b", ["1. held since 2. May", "2. b"]),
        ("for 2026.\n1. a\n2. b", ["for 2026.", "1. a", "2. b"]),
    ],
)
def test_a_list_stays_a_list(note: str, lines: list[str]) -> None:
    assert paragraphs(note) == lines


@for_each(
    "note",
    [
        "the office\n- he said - is open",
        "it rose by\n1. It fell",
        "2015. It opened",
        "since\n2015. It",
        "회의가 2026.\n1. 5. 열렸다",
        "who came\n– he said – late",
        "who came\n— he said — and\n— she said — left",
        "- grew by\n1. It fell",
        "-\na",
        "*a\n*b",
        "1.5\n2.5",
    ],
)
def test_what_only_looks_like_a_list_is_none(note: str) -> None:
    assert paragraphs(note) == [note.replace("\n", " ")]


def test_lists_are_nested_four_deep_at_most() -> None:
    note = "\n".join(f"{'  ' * depth}- {depth}" for depth in range(300))
    assert max(len(each) - len(each.lstrip()) for each in paragraphs(note)) == 6


@for_each("character", "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
def test_only_a_newline_begins_a_paragraph(character: str) -> None:
    assert paragraphs(f"one{character}two") == [f"one{character}two"]


SENTENCES = [
    "One.",
    "Really?",
    "Really?!",
    "Version 2.5 is out.",
    "Adm. Park came to Busan on 3 Oct. 2024.",
    "Vice Adm. Choi and Lt. Gen. (ret.) Han spoke.",
    "About approx. 12 percent were built.",
    "They follow No. 7 and Nos. 8 to 9.",
    "He answered no.",
    "It was North vs. South, e.g. in sports, i.e. on Sundays.",
    "The U.S. Senate sat in Washington, D.C. on Monday.",
    "It was built in the U.S.",
    "J. R. Miller of Rockets Inc. signed.",
    "Miller et al. 2021 explain it.",
    "They left at 5 p.m.",
    "He said: “It is done.”",
    "He said: “It is done. It stays.”",
    "“Is it done?” she asked.",
    'The sign read "Open."',
    "(It is done. It stays.)",
    "See Annex A (p. 12. It has two).",
    "Well … perhaps not.",
    "He waited...",
    "[…] They agreed.",
    "They bought 12.",
    "It began in 2019.",
    "2. It began.",
    "IV. It began.",
    "Das Gesetz gilt z. B. seit dem 5. Mai 2024.",
    "La Sra. Ruiz y el Lic. Paz están en EE. UU. desde el art. 7.",
    "Mgr. Noé parle de l'art. 7 le 1er févr. 2024.",
    "Pvt. Choi, Atty. Gen. Han and the Natl. Guard met on Mon. 7 May.",
    "Приказ от 7 мар. 2024 вступил.",
    "Ustawa weszła z ust. 7 oraz pág. 8.",
    "Die 2. Sitzung folgt Nr. 8 und Abs. 3.",
    "Er sagte: „Es ist fertig.“",
    "위원회가 법안을 의결했다.",
    "2026. 1. 5. 사무소를 열었다.",
    "장관은 “문을 열었다.”라고 말했다.",
    "장관은 “문을 열었다.” 라고 말했다.",
    "See https://a.example/b.html.",
    'Costs 5" a piece.',
]


@for_each("sentence", SENTENCES)
@for_each("rest", ["The next one.", "다음 문장이다.", "“So?” He left.", "It is new."])
def test_the_first_sentence_is_whole(sentence: str, rest: str) -> None:
    # Where a name or a noun follows, "the U.S." and the like might go on: see below.
    if not rest.isascii() and sentence.endswith(("U.S.", "p.m.")):
        return
    assert first_sentence(f"{sentence} {rest}") == sentence
    assert split_sentence(f"{sentence} {rest}")[1][0].text == rest


@for_each(
    "note, sentence",
    [
        ("One line\nand another. Two.", "One line and another."),
        ("One. two", "One. two"),
        ("  No end", "No end"),
        ("", ""),
        ("A lead:\n- one. two\n- three", "A lead:"),
        ("- One. Two.\n- Three.", "One."),
        ("A title\n\nOne. Two.", "A title"),
        ("The U.S. Space Force. More.", "The U.S. Space Force."),
        ("委员会通过了法案。下个月实施。", "委员会通过了法案。"),
        ("他说：“开放了。”下个月实施。", "他说：“开放了。”"),
        ("“开放了。”他说。下个月实施。", "“开放了。”他说。"),
        ("大臣は「開いた。」と述べた。来月。", "大臣は「開いた。」と述べた。"),
        ("本当か？はい。", "本当か？"),
    ],
)
def test_the_first_sentence_ends_where_a_reader_would_end_it(note: str, sentence: str) -> None:
    assert first_sentence(note) == sentence


@given(
    st.lists(
        st.sampled_from(
            [
                *[
                    "It",
                    "Adm",
                    "12",
                    "5",
                    "im",
                    "Mai",
                    "opened",
                    "U.S.",
                    "J",
                    "No",
                    "art",
                    "(x)",
                    "“y”",
                    ".",
                    "!",
                    ".",
                    "가다",
                    "Sept",
                    "IV",
                ],
                ".",
            ]
        ),
        max_size=9,
    )
)
def test_a_plain_sentence_ends_where_a_closer_look_ends_it(words: list[str]) -> None:
    text = " ".join(words).replace(" .", ".")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sentences, "_PLAIN", re.compile("(?!)"))
        closer = sentences.end_of_sentence(text)
    assert sentences.end_of_sentence(text) == closer


def test_what_follows_the_first_sentence_keeps_its_form() -> None:
    sentence, rest = split_sentence("One\nline. Two.\n\n1. a\n2. b")
    assert sentence == "One line."
    assert [(each.text, each.sign, each.number) for each in rest] == [
        ("Two.", "", None),
        ("a", "1.", 1),
        ("b", "2.", 2),
    ]
