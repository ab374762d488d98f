"""The texts of merged trackers: whose wording is taken, and where each comment goes."""

from codecs import BOM_UTF8
from collections import Counter
from contextlib import suppress
from itertools import permutations

import pytest
import rtoml
from hypothesis import given

from families import (
    CATALOGUE,
    Draft,
    added,
    changed,
    drafts,
    families,
    grown,
    merged,
    minute,
    parsed,
    read,
    without,
)
from pathtrack.errors import FileError
from pathtrack.file import markers, toml, weave
from pathtrack.file import merge as merging
from pathtrack.file.blocks import blocks
from pathtrack.file.document import Document
from pathtrack.record.model import Update
from samples import DATA, SMALL
from statements import for_each


def woven(base: str, ours: str, theirs: str) -> str:
    """Merge three texts that have no conflict."""
    result = merge(base, ours, theirs)
    assert result.conflicts == ()
    return result.document.text


def merge(base: str, ours: str, theirs: str) -> weave.Woven:
    versions = [Document.read(text.encode(), name="f") for text in (ours, theirs)]
    return weave.merge(read(base), *versions)


def marked(base: str, ours: str, theirs: str) -> str:
    return markers.mark(merge(base, ours, theirs), merge(base, theirs, ours)).decode()


HEADED = """\
[report]
title = "R"

# ---- 2024 ----

[[update]] # the first
date = 2024-05-01
by = "Ana"
recommendations = ["D1"]
note = "Spring"

# ---- 2025 ----
# An active year.

[[update]]
date = 2025-05-01
by = "Ana"
recommendations = ["D1"]
# inside
note = "Summer" # beside

# ---- the rest ----
"""


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the TOML reader is given, from now on."""
    given, loads = list[str](), rtoml.loads

    def counted(text: str) -> dict[str, object]:
        given.append(text)
        return loads(text)

    monkeypatch.setattr(rtoml, "loads", counted)
    return given


def test_a_merge_reads_each_file_once_and_the_result_once(reads: list[str]) -> None:
    ours, theirs = grown(minute(1)), grown(minute(2))
    del reads[:]
    result = woven(SMALL.decode(), ours, theirs)
    assert "".join(reads) == f"{ours}{theirs}{SMALL.decode()}{result}"


def test_conflict_markers_cost_one_more_reading(reads: list[str]) -> None:
    base, ours, theirs = (
        Document.read(text.encode(), name="f")
        for text in (CATALOGUE, changed(('"Dredge"', '"A"')), changed(('"Dredge"', '"B"')))
    )
    woven, other = weave.merge(base, ours, theirs), weave.merge(base, theirs, ours)
    assert b"<<<<<<<" in markers.mark(woven, other)
    assert len(reads) == 5 * 2  # each in two pieces


@pytest.mark.parametrize("newlines", [("\r\n", "\r\n"), ("\r\n", "\n"), ("\n", "\n")])
@pytest.mark.parametrize("marks", [("\ufeff", "\ufeff"), ("", "\ufeff"), ("", "")])
def test_the_newline_and_the_mark_are_those_that_both_sides_have(
    newlines: tuple[str, str], marks: tuple[str, str]
) -> None:
    texts = (changed(('"Dredge"', '"A"')), changed(('"Dredge"', '"B"')))
    ours, theirs = (
        Document.read((mark + text.replace("\n", newline)).encode(), name="f")
        for text, newline, mark in zip(texts, newlines, marks, strict=True)
    )
    base = read(CATALOGUE)
    woven, other = weave.merge(base, ours, theirs), weave.merge(base, theirs, ours)
    for data in (woven.document.data, markers.mark(woven, other)):
        assert data.startswith(BOM_UTF8) is (min(marks) != "")
        assert (b"\r\n" in data) is (min(newlines) == "\r\n")
        assert data.count(b"\n") in (0, data.count(b"\r\n")) or min(newlines) == "\n"


@given(drafts())
def test_what_nobody_changed_stays_byte_for_byte(draft: Draft) -> None:
    assert woven(draft.text, draft.text, draft.text) == draft.text


@given(families(1))
def test_what_one_side_changed_is_taken_byte_for_byte(family: tuple[str, ...]) -> None:
    base, grown = family
    assert merged(base, grown, base).tracker == parsed(grown)
    assert merged(base, base, grown).tracker == parsed(grown)
    assert woven(base, grown, base) == grown
    assert woven(base, base, grown) == grown


@given(families(1))
def test_what_both_sides_changed_alike_is_taken_byte_for_byte(family: tuple[str, ...]) -> None:
    base, grown = family
    assert woven(base, grown, grown) == grown


@given(families(2))
def test_the_text_is_the_same_whichever_side_is_ours(family: tuple[str, ...]) -> None:
    base, ours, theirs = family
    assert woven(base, ours, theirs) == woven(base, theirs, ours)


@given(families(3, copies=False))
def test_three_branches_give_the_same_text_in_any_order(family: tuple[str, ...]) -> None:
    base, *branches = family
    results = [woven(base, woven(base, x, y), z) for x, y, z in permutations(branches)]
    assert all(parsed(text) == parsed(results[0]) for text in results)
    new = [{*parsed(text).updates} - {*parsed(base).updates} for text in branches]
    if sum(map(len, new)) == len(set().union(*new)):  # one update with two comments may keep either
        assert len(set(results)) == 1


def _both_ways(base: str, branches: list[str]) -> set[Update]:
    """Return what one branch doubled and another removed: two of them are no change, to the third."""
    before, *sides = (Counter(parsed(text).updates) for text in (base, *branches))
    more, less = (
        set().union(*(one - other for one, other in pairs))
        for pairs in ([(side, before) for side in sides], [(before, side) for side in sides])
    )
    return more & less


@given(families(3))
def test_three_branches_give_the_same_record_in_any_order_where_updates_stand_twice(
    family: tuple[str, ...],
) -> None:
    base, *branches = family
    results = [parsed(woven(base, woven(base, x, y), z)) for x, y, z in permutations(branches)]
    counts = [Counter(each.updates) for each in results]
    free = set().union(*counts) - _both_ways(base, branches)
    assert all(each[update] == counts[0][update] for each in counts for update in free)
    assert all(each.recommendations == results[0].recommendations for each in results)


@given(families(2))
def test_every_text_reads_back_as_the_merged_tracker(family: tuple[str, ...]) -> None:
    base, ours, theirs = family
    assert parsed(woven(base, ours, theirs)) == merged(base, ours, theirs).tracker


@given(families(2, copies=False))
def test_a_block_that_nobody_touched_stays_as_it_is_with_its_comments(family: tuple[str, ...]) -> None:
    base, ours, theirs = family
    before, mine, other = ({*blocks(text).values()} - {""} for text in family)
    assert before & mine & other <= {*blocks(woven(base, ours, theirs)).values()}


def test_an_update_that_one_side_edited_stays_in_its_place() -> None:
    base, new = grown(), minute(1)
    edited = base.replace("Money for both was voted.", "Money for one was voted.")
    result = woven(base, edited, grown(new))
    assert result == grown(new, base=edited)


def test_a_rebase_of_several_commits_only_adds_lines() -> None:
    """The base then holds an update that the other side has behind one which the base does not know."""
    upstream, first, second = minute(1), minute(2), minute(3)
    rebased = grown(upstream, first)
    assert woven(grown(first), rebased, grown(first, second)) == grown(upstream, first, second)


def test_an_order_that_one_side_changed_by_hand_is_kept() -> None:
    base = grown(minute(3), minute(1))
    sorted_by_hand = grown(minute(1), minute(3))
    assert woven(base, sorted_by_hand, grown(minute(3), minute(1), minute(5))) == grown(
        minute(1), minute(3), minute(5)
    )


@for_each(
    "ours, theirs",
    [
        (('"Dredge"', '"Dredge it"'), ("2027-12-31", "2028-12-31")),
        (('"Dredge"', '"Dredge it"'), ("# the first", "# the very first")),
        (('"Dredge"', '"Dredge it"'), ("# why it is called so\n", "# why it is called that\n")),
        (('"Dredge"', '"Dredge it"'), ("# ---- water ----", "# ---- water, first ----")),
        (("# no comment", "# a text"), ("# a date by hand\ndue = 2027-12-31\n", "")),
        (("due = 2027-12-31\n", 'due = 2027-12-31\nref = "1"\n'), ('"red"', '"blue"')),
        (('"P"', '"Q"'), ('"R"      #', '"S"      #')),
        (('"P"', '"Q"\nurl = "https://a.example"'), ("# The file's own words.", "# Our own words.")),
        (('"Open"', '"Closed"'), ('"Plug in"', '"Plug in all"')),
        (("# the end", "# THE END"), ('"Plug in"', '"Plug in all"')),
        (('"Plug in"\n', '"Plug in"\nongoing = true\n'), ("# about the column\n", "")),
    ],
)
def test_different_fields_and_comments_of_one_block_merge_line_by_line(
    ours: tuple[str, str], theirs: tuple[str, str]
) -> None:
    expected = changed(ours, theirs)
    assert woven(CATALOGUE, changed(ours), changed(theirs)) == expected
    assert woven(CATALOGUE, changed(theirs), changed(ours)) == expected


def test_removing_what_the_other_side_left_alone_removes_it() -> None:
    edited = changed(('"Dredge"', '"A"'))
    assert woven(CATALOGUE, without("E1"), edited) == without("E1").replace('"Dredge"', '"A"')


def test_a_recommendation_that_both_added_alike_stands_once_and_in_its_place() -> None:
    assert woven(CATALOGUE, added(), added().replace('"Plug in"', '"Plug"')) == added().replace(
        '"Plug in"', '"Plug"'
    )


def test_a_comment_that_ended_the_file_stands_once_before_what_both_sides_added() -> None:
    result = woven(HEADED, grown(minute(2, "b"), base=HEADED), grown(minute(1, "a"), base=HEADED))
    assert result == grown(minute(1, "a"), minute(2, "b"), base=HEADED)


def test_headings_stay_with_their_block_whatever_is_done_around_it() -> None:
    ours = HEADED.replace('"Spring"', '"Late spring"')
    theirs = grown(minute(1), base=HEADED)
    assert woven(HEADED, ours, theirs) == grown(minute(1), base=ours)


def test_a_heading_stands_once_above_the_two_versions_of_an_update() -> None:
    ours, theirs = (HEADED.replace('"Spring"', note) for note in ('"A"', '"B"'))
    result = woven(HEADED, ours, theirs)
    assert result.count("# ---- 2024 ----") == 1
    assert (
        result.index("# ---- 2024 ----")
        < result.index('"A"')
        < result.index('"B"')
        < result.index("# ---- 2025")
    )


def test_a_comment_that_one_side_changed_is_taken_from_it() -> None:
    ours = HEADED.replace("# inside", "# INSIDE").replace("# An active year.\n", "")
    assert woven(HEADED, ours, grown(minute(1), base=HEADED)) == grown(minute(1), base=ours)


def test_of_a_comment_that_both_sides_changed_the_longer_one_stays() -> None:
    ours, theirs = HEADED.replace("An active", "A very active"), HEADED.replace("An active", "Some active")
    assert woven(HEADED, ours, theirs) == woven(HEADED, theirs, ours) == ours


def test_a_comment_that_one_side_carried_on_and_the_other_removed_stays() -> None:
    theirs = HEADED.replace("\n# ---- the rest ----\n", "")
    result = woven(HEADED, grown(minute(1), base=HEADED), theirs)
    assert result == woven(HEADED, theirs, grown(minute(1), base=HEADED)) == grown(minute(1), base=HEADED)


def test_new_updates_with_the_same_separator_keep_it() -> None:
    base = HEADED.replace("# ---- the rest ----", "# ---- 2024 ----")
    mine, other = (base + "\n" + toml.block(each) + "\n# ---- 2024 ----\n" for each in (minute(1), minute(2)))
    assert woven(base, mine, other).count("# ---- 2024 ----") == 4


@pytest.mark.parametrize("name", ["tracker.toml", "record.toml"])
def test_a_real_file_merges_with_all_its_comments(name: str) -> None:
    text = (DATA / name).read_text(encoding="utf-8")
    assert woven(text, grown(minute(1), base=text), text) == grown(minute(1), base=text)
    result = woven(text, grown(minute(2), base=text), grown(minute(1), base=text))
    assert result == grown(minute(1), minute(2), base=text)


def test_two_copies_of_a_record_without_a_base_keep_its_order() -> None:
    text = (DATA / "record.toml").read_text(encoding="utf-8")
    result = woven("", grown(minute(2), base=text), grown(minute(1), base=text))
    assert result == grown(minute(1), minute(2), base=text)


@pytest.mark.parametrize(
    "text",
    [
        'report = {title = "R"}\n[[update]]\ndate=2025-01-01\nby="a"\nrecommendations=["a"]\nnote="n"\n',
        '[report]\ntitle="R"\n[["update"]]\ndate=2025-01-01\nby="a"\nrecommendations=["a"]\nnote="n"\n',
        'update=[{date=2025-01-01, by="a", recommendations=["a"], note="n"}]\n[report]\ntitle="R"\n',
        '[[update]]\ndate=2025-01-01\nby="a"\nrecommendations=["a"]\nnote="n"\n[report]\ntitle="R"',
        """[report]\ntitle="R"\n[[update]]\ndate=2025-01-01\nby="a"\nrecommendations=["a"]\n
[[recommendation]]\nid="a"\narea="b"\ntitle="c"\n[[update.evidence]]\nurl="u"\n""",
    ],
)
def test_a_text_in_an_unusual_form_is_merged_or_refused_but_never_changed_in_meaning(text: str) -> None:
    other = text.replace('"R"', '"S"')
    result = merged(text, text, other)
    assert result.tracker == parsed(other)
    with suppress(FileError):
        assert parsed(merge(text, text, other).document.text) == result.tracker


def test_a_text_that_says_something_else_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    other = merged(CATALOGUE, changed(('"R"', '"S"')), CATALOGUE)
    monkeypatch.setattr(merging, "merge", lambda *_: other)
    with pytest.raises(FileError, match="would not survive a round trip"):
        merge(CATALOGUE, CATALOGUE, CATALOGUE)


def test_quoted_headers_merge_like_others() -> None:
    def quoted(text: str) -> str:
        return text.replace("[[update]]", '[["update"]]').replace(
            "[[recommendation]]", "[['recommendation']]"
        )

    base = quoted(SMALL.decode())
    ours, theirs = (quoted(grown(minute(number), base=base)) for number in (1, 2))
    assert woven(base, ours, theirs) == quoted(grown(minute(1), minute(2), base=base))
    edited = base.replace("Dredge the", "Deepen the")
    assert woven(base, edited, ours) == quoted(grown(minute(1), base=edited))


REMARKS = [
    ("# the first", "# the first, says Ana"),
    ("\n[[update]] # the first", "\n# Ana: look again\n[[update]] # the first"),
    ('note = "Spring"', '# Ana: look again\nnote = "Spring"'),
    ('note = "Spring"', 'note = "Spring" # Ana: look again'),
]


@pytest.mark.parametrize(("old", "new"), REMARKS)
@pytest.mark.parametrize("edit", [('"Spring"', '"Late spring"'), ("2024-05-01", "2024-05-02")])
def test_a_comment_at_an_update_that_the_other_side_edits_stays(
    old: str, new: str, edit: tuple[str, str]
) -> None:
    remarked, edited = HEADED.replace(old, new), grown(minute(1), base=HEADED.replace(*edit))
    result = woven(HEADED, remarked, edited)
    assert result == woven(HEADED, edited, remarked)
    assert parsed(result) == parsed(edited)
    assert result.count("Ana:") + result.count("says Ana") == 1
    assert result.index("Ana") < result.index(edit[1]) < result.index("Summer")


def test_a_comment_stays_where_both_sides_made_the_same_of_an_update() -> None:
    def noted(note: str, head: str = "[[update]]") -> str:
        return f'{head}\ndate = 2025-01-24\nby = "Ana"\nrecommendations = ["D1"]\nnote = "{note}"\n\n'

    report = '[report]\ntitle = "A"\n\n'
    base = report + noted("old") + noted("last")
    ours = report + noted("new") + noted("last")
    theirs = report + noted("old") + noted("new") + noted("old", "[[update]] # beside")
    assert woven(base, ours, theirs) == woven(base, theirs, ours)
    assert "beside" in woven(base, ours, theirs)


def test_a_comment_at_an_update_that_the_other_side_removed_goes_with_it() -> None:
    base = grown(minute(1), base=HEADED)
    remarked = base.replace("recorded =", "# look again\nrecorded =")
    assert "look again" not in woven(base, remarked, grown(minute(2), base=HEADED))


def test_no_marker_stands_inside_of_a_text() -> None:
    texts = [changed(("# no comment\n", f"# no comment\n{side}\n")) for side in ("ours", "theirs")]
    with pytest.raises(FileError, match="conflict markers"):
        Document.read(marked(CATALOGUE, *texts).encode(), name="f")


def test_markers_stand_around_the_lines_in_conflict_alone() -> None:
    ours = changed(('"Dredge"', '"A"'), ("2027-12-31", "2028-12-31"))
    theirs = changed(('"Dredge"', '"B"'), ('"red"', '"blue"'), ('"Plug in"', '"Plug"'))
    expected = changed(
        ('title = "Dredge"\n', '<<<<<<< ours\ntitle = "A"\n=======\ntitle = "B"\n>>>>>>> theirs\n'),
        ("2027-12-31", "2028-12-31"),
        ('"red"', '"blue"'),
        ('"Plug in"', '"Plug"'),
    )
    assert marked(CATALOGUE, ours, theirs) == expected


def test_markers_show_that_one_side_has_nothing() -> None:
    edited = changed(('"Dredge"', '"A"'))
    block = blocks(edited)["recommendation", 0]
    assert f"<<<<<<< ours\n{block}=======\n>>>>>>> theirs\n" in marked(CATALOGUE, edited, without("W1"))
    assert f"<<<<<<< ours\n=======\n{block}>>>>>>> theirs\n" in marked(CATALOGUE, without("W1"), edited)


def test_markers_in_the_report_leave_the_rest_alone() -> None:
    result = marked(CATALOGUE, changed(('"P"', '"Q"')), changed(('"P"', '"S"')))
    assert result == changed(
        ('publisher = "P"\n', '<<<<<<< ours\npublisher = "Q"\n=======\npublisher = "S"\n>>>>>>> theirs\n')
    )
