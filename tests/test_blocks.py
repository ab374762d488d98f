import tomllib

import pytest

from pathtrack.file.blocks import blocks, keys, locate
from pathtrack.record.finding import Place, line_of
from samples import DATA
from statements import for_each

TEXT = '''\
# title = "a comment is no key"
[report]
title = "R"
areas = [
  "a", # = [b]
  "[c]",
]

[[recommendation]]
id = "D1" # the first
summary = """
[not.a.table]
id = "no key"
"""
[recommendation.source]
"Rec. no." = "7"
column = 'c'

[[recommendation]]
id = \'\'\'D2\'\'\'
note = \'\'\'
[[update]]
\'\'\'
source.color = "red"

[[ update ]]   # spaces are allowed
date = 2025-01-24
[[update.evidence]]
url = "https://example.org/#[x]"
[[update.evidence]]
title = "It's \\"here\\" # there"
kind = "law"
[[update]]
date = 2025-02-01
[[update.evidence]]
url = "u"
'''


@for_each(
    "place, line",
    [
        (("report",), 2),
        (("report", "title"), 3),
        (("report", "areas"), 4),
        (("recommendation", 0), 9),
        (("recommendation", 0, "id"), 10),
        (("recommendation", 0, "summary"), 11),
        (("recommendation", 0, "source"), 15),
        (("recommendation", 0, "source", "Rec. no."), 16),
        (("recommendation", 0, "source", "column"), 17),
        (("recommendation", 1, "id"), 20),
        (("recommendation", 1, "source"), 24),
        (("update", 0), 26),
        (("update", 0, "date"), 27),
        (("update", 0, "evidence", 0, "url"), 29),
        (("update", 0, "evidence", 1), 30),
        (("update", 0, "evidence", 1, "kind"), 32),
        (("update", 1, "date"), 34),
        (("update", 1, "evidence", 0, "url"), 36),
    ],
)
def test_every_table_and_key_has_its_line(place: Place, line: int) -> None:
    assert locate(TEXT)[place] == line


def test_strings_and_comments_hold_no_keys() -> None:
    assert ("not", "a", "table") not in locate(TEXT)
    assert len([place for place in locate(TEXT) if place[:1] == ("recommendation",) and len(place) == 2]) == 2
    assert len([place for place in locate(TEXT) if place[:1] == ("update",) and len(place) == 2]) == 2


def test_an_unknown_place_takes_the_line_of_what_is_around_it() -> None:
    lines = locate(TEXT)
    assert line_of(("update", 1, "evidence", 0, "kind"), lines) == 35
    assert line_of(("update", 1, "by"), lines) == 33
    assert line_of(("nowhere", 0), lines) is None
    assert line_of((), lines) is None


def test_an_unclosed_string_does_not_lose_the_lines_before_it() -> None:
    assert locate('a = 1\nb = """\nc = 2')[("a",)] == 1


@pytest.mark.parametrize("name", ["tracker.toml", "record.toml"])
def test_every_key_of_a_real_file_is_found_where_it_stands(name: str) -> None:
    text = (DATA / name).read_text(encoding="utf-8")
    rows, lines = text.split("\n"), locate(text)
    for place in _keys(tomllib.loads(text)):
        last = place[-1]
        line = line_of(place, lines)
        assert line is not None
        assert str(last if isinstance(last, str) else place[-2]) in rows[line - 1]


def _keys(value: object, *around: str | int) -> list[Place]:
    """Return the places of all tables and keys, but for those written in one line or in quotes."""
    found: list[Place] = [around] if around else []
    if isinstance(value, dict) and value.keys() != {"url"}:
        for name, inner in value.items():
            found += _keys(inner, *around, name) if name.isidentifier() else []
    if isinstance(value, list) and value and isinstance(value[0], dict):
        for index, inner in enumerate(value):
            found += _keys(inner, *around, index)
        found.remove(around)
    return found


IN_QUOTES = """\
["report"]
"title" = "R"
[["recommendation"]]
'id' = "D1"
[ "recommendation" . 'source' ]
"Rec. no." = "7"
["recommendation".source."a.b"]
c = 1
[['update']]
"evidence" = [
  { "url" = "[[update]]" }, # it's
]
[[ update . "evidence" ]]
"url" = "u"
"""


@for_each(
    "place, line",
    [
        (("report",), 1),
        (("report", "title"), 2),
        (("recommendation", 0), 3),
        (("recommendation", 0, "id"), 4),
        (("recommendation", 0, "source"), 5),
        (("recommendation", 0, "source", "Rec. no."), 6),
        (("recommendation", 0, "source", "a.b"), 7),
        (("update", 0), 9),
        (("update", 0, "evidence"), 10),
        (("update", 0, "evidence", 0, "url"), 14),
    ],
)
def test_headers_and_keys_in_quotes_have_their_lines_too(place: Place, line: int) -> None:
    assert locate(IN_QUOTES)[place] == line


def test_blocks_with_headers_in_quotes_are_cut() -> None:
    assert list(blocks(IN_QUOTES)) == [("report",), ("recommendation", 0), ("update", 0), ()]


def test_an_array_of_several_lines_hides_what_looks_like_a_header() -> None:
    text = '[report]\ntitle = "R"\nareas = [\n["a"],\n[[update]], # [b]\n]\n[[update]]\nby = "b"\n'
    assert list(blocks(text)) == [("report",), ("update", 0), ()]
    assert locate(text)["update", 0] == 7


def test_a_block_is_cut_into_its_keys() -> None:
    block = '''\
# about it
[[recommendation]] # beside
"id" = "D1"
# why
title = """
id = 1"""

source.color = "red" # one
source."Rec. no." = "7"
[recommendation.source]
# last
a = 1
'''
    assert keys(block) == {
        "": "# about it\n[[recommendation]] # beside\n",
        "id": '"id" = "D1"\n',
        "title": '# why\ntitle = """\nid = 1"""\n',
        "source": block[block.index("\nsource.color") :],
    }
    assert keys("") == {}


# What could make a scanner try every way to part blanks, brackets and quotes.
LONG = [
    *("[", "[ ", "[ a ", "[[a]]", "= ", "a = [ ", "a = {b = ", "a = [[] ", "a . ", '"a" . ', "[a]\n"),
    *("'", '"', '"\\"', '"""\\"', "'''", "\n", " \n", "\r\n", "#\n", "a = 1 # \n"),
]


@for_each("unit", LONG)
@for_each("begin", ["", "[", "a = ", "a = ["])
def test_a_text_is_read_once_whatever_is_in_it(begin: str, unit: str) -> None:
    """A scanner that reads a text of this size again and again needs minutes."""
    text = begin + unit * (30_000 // len(unit))
    assert "".join(blocks(text).values()) == text
    assert all(line <= text.count("\n") + 1 for line in locate(text).values())


UNCUT = ['\ufeff[report]\ntitle = "t"\n\n\n', "x = 1\n[a]\n", "", "\n\n", "# only a comment"]


@pytest.mark.parametrize("text", UNCUT)
def test_no_part_of_a_text_is_lost_when_it_is_cut(text: str) -> None:
    assert "".join(blocks(text).values()) == text
