"""The laws of merging, on trackers with random comments and texts that look like tables."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from itertools import count, permutations, repeat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathtrack.errors import FileError
from pathtrack.file import blocks as places
from pathtrack.file import document, weave
from pathtrack.file.merge import Conflict, Merged, merge, missing
from pathtrack.record import checks
from pathtrack.record.finding import Severity
from pathtrack.record.model import Recommendation, Report, Tracker, Update
from samples import DATA, SMALL, TODAY, recommendation, update, updates, value_of

Block = Report | Recommendation | Update


@dataclass(frozen=True)
class Piece:
    """A block, the comments before it, and what else stands in it."""

    value: Block
    before: str = "\n"
    inside: str = ""

    @property
    def text(self) -> str:
        header, rest = document.block(self.value).split("\n", 1)
        return f"{self.before}{header}{self.inside}\n{rest}"


@dataclass(frozen=True)
class Draft:
    """A file in pieces: report, recommendations, updates, and the comments after them."""

    report: Piece
    recommendations: tuple[Piece, ...]
    updates: tuple[Piece, ...]
    end: str = ""

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return (self.report, *self.recommendations, *self.updates)

    @property
    def text(self) -> str:
        return ("".join(piece.text for piece in self.pieces) + self.end).lstrip("\n")


def parsed(text: str) -> Tracker:
    return document.parse(text.encode(), name="f")


def merged(base: str, ours: str, theirs: str) -> Merged:
    return merge(parsed(base) if base else None, parsed(ours), parsed(theirs), text=document.render)


def woven(base: str, ours: str, theirs: str) -> str:
    """Merge three texts that have no conflict."""
    result = merged(base, ours, theirs)
    assert result.conflicts == ()
    return weave.weave(result.tracker, base, ours, theirs)


# --- texts of all sorts

LOOKALIKES = (
    "[[update]]",
    "[report]",
    "# a comment?",
    '"""',
    "'''",
    'id = "D1"',
    "<<<<<<< ours",
    "=======",
    "",
)
COMMENTS = (
    "#",
    "# ---- 2024 ----",
    "# [[update]]",
    '# """',
    "# it's",
    "# a\u2028b",
    "  # 한국어",
    "# id = 'D1'",
)

notes = st.lists(st.sampled_from(LOOKALIKES), min_size=2, max_size=4).map("\n".join).filter(bool)
lines = st.lists(st.sampled_from(("", *COMMENTS)), max_size=3)
insides = st.sampled_from(("", " # beside", "\n# below", '\n# below """\n\n# and further'))
moments = st.integers(0, 3).map(lambda minutes: dt.datetime(2026, 1, 1, 12, minutes, tzinfo=dt.UTC))
typed = st.builds(
    lambda recorded, by, note: update("2025-01-24", recorded=recorded, by=by, note=note),
    st.none() | moments,
    st.sampled_from(["Ana", "Ben"]),
    notes,
)
records = st.tuples(st.lists(typed, max_size=6), st.lists(updates, max_size=1)).map(
    lambda drawn: [*dict.fromkeys((*drawn[0], *drawn[1]))]
)
columns = st.dictionaries(st.sampled_from(["Rec. no.", "status", "[x]"]), notes, max_size=2)
FIELDS = {
    "title": st.sampled_from(["A", "B # no comment", "[[update]]"]),
    "ref": st.none() | st.sampled_from(["Chapter 1", "Chapter 2"]),
    "summary": st.none() | notes,
    "actors": st.lists(st.sampled_from(["U.S.", "Korea"]), max_size=2).map(tuple),
    "ongoing": st.booleans(),
    "due": st.none() | st.dates(),
    "source": columns,
    "url": st.none() | st.sampled_from(["https://a.example/#x", "https://b.example"]),
    "areas": st.lists(st.sampled_from(["defense", "[report]"]), max_size=2).map(tuple),
}
UNNUMBERED = repeat("")
reports = st.builds(Report, title=FIELDS["title"], url=FIELDS["url"], areas=FIELDS["areas"])
recommended = st.fixed_dictionaries(
    {each.name: FIELDS[each.name] for each in fields(Recommendation) if each.name in FIELDS}
).map(lambda fields: recommendation("X", **fields))


def name_of(value: Block) -> str:
    return value.id if isinstance(value, Recommendation) else ""


def with_fields(value: Block, known: Mapping[str, object]) -> Block:
    return value_of(type(value), {each.name: getattr(value, each.name) for each in fields(value)} | {**known})


def comments(number: str) -> st.SearchStrategy[str]:
    """Return comments and empty lines, with a number to know them by."""
    return lines.map(lambda drawn: "".join(f"{line}{number if line else ''}\n" for line in ("", *drawn)))


@st.composite
def pieces(draw: st.DrawFn, value: Block, number: str = "") -> Piece:
    return Piece(value, draw(comments(number)), draw(insides))


@st.composite
def drafts(
    draw: st.DrawFn, old: Sequence[Update] | None = None, numbers: Iterator[str] = UNNUMBERED
) -> Draft:
    """Return a file that holds the given updates, or any."""
    ids = draw(st.lists(st.sampled_from(["D1", "d2", "P-1"]), max_size=3, unique=True))
    asked = [replace(draw(recommended), id=each) for each in ids]
    chosen = draw(records) if old is None else old
    return Draft(
        draw(pieces(draw(reports), next(numbers))),
        tuple(draw(pieces(each, next(numbers))) for each in asked),
        tuple(draw(pieces(each, next(numbers))) for each in chosen),
        draw(comments(next(numbers))),
    )


@st.composite
def branched(
    draw: st.DrawFn,
    base: Draft,
    new: list[Update],
    number: int,
    owners: dict[str, int],
    numbers: Iterator[str],
) -> Draft:
    """Return a branch: it changes what it owns in the catalogue, adds to it, and edits the record at will."""
    catalogue: list[Piece] = []
    for piece in (base.report, *base.recommendations):
        name = name_of(piece.value)
        drawn = {each: draw(FIELDS[each]) for each in FIELDS if owners.get(f"{name} {each}") == number}
        known = {each: value for each, value in drawn.items() if hasattr(piece.value, each)}
        before = draw(comments(next(numbers))) if owners.get(f"{name} comment") == number else piece.before
        if owners.get(name) != number:
            catalogue.append(Piece(with_fields(piece.value, known), before, piece.inside))
    for each in draw(st.lists(st.sampled_from(["a", "z"]), max_size=2, unique=True)):
        added = draw(pieces(replace(draw(recommended), id=f"{each}{number}"), next(numbers)))
        catalogue.insert(draw(st.integers(1, len(catalogue))), added)
    record = []
    for piece in base.updates:
        match draw(st.sampled_from(["stays", "stays", "stays", "goes", "edited"])):
            case "stays":
                record.append(piece)
            case "edited" if new:
                record.append(replace(piece, value=new.pop()))
    more = [draw(pieces(each, next(numbers))) for each in new[: draw(st.integers(0, 3))]]
    if more:  # as the command does: behind the comments that ended the file
        more[0] = replace(more[0], before=base.end + more[0].before)
    return Draft(catalogue[0], tuple(catalogue[1:]), (*record, *more), "" if more else base.end)


@st.composite
def families(draw: st.DrawFn, branches: int = 2, *, copies: bool = True) -> tuple[str, ...]:
    """Return the texts of a base and of branches that are in no conflict.

    Without copies, no update and no comment stands twice in a text.
    """
    numbers = UNNUMBERED if copies else map(str, count())
    pool = draw(records)
    first = draw(st.integers(0, len(pool)))
    old = draw(st.lists(st.sampled_from(pool), max_size=4)) if copies and pool else pool[:first]
    base = draw(drafts(old, numbers))
    owners: dict[str, int] = {}
    for name in map(name_of, (each.value for each in (base.report, *base.recommendations))):
        if name and draw(st.integers(0, 3)) == 0:
            owners[name] = draw(st.integers(1, branches))  # who removes it
        else:
            owners |= {f"{name} {each}": draw(st.integers(0, branches)) for each in (*FIELDS, "comment")}
    texts = [base.text]
    for number in range(1, branches + 1):
        own = [each for each in pool[first:] if draw(st.sampled_from([0, 1, 2, 3])) in (0, number)]
        new = draw(st.lists(st.sampled_from(pool), max_size=6)) if copies and pool else own
        texts.append(draw(branched(base, draw(st.permutations(new)), number, owners, numbers)).text)
    return tuple(texts)


# --- laws

law = settings(deadline=None)  # each example holds many updates, comments and changes


@law
@given(drafts())
def test_what_nobody_changed_stays_byte_for_byte(draft: Draft) -> None:
    assert woven(draft.text, draft.text, draft.text) == draft.text


@law
@given(families(1))
def test_what_one_side_changed_is_taken_byte_for_byte(family: tuple[str, ...]) -> None:
    base, grown = family
    assert merged(base, grown, base).tracker == parsed(grown)
    assert merged(base, base, grown).tracker == parsed(grown)
    assert woven(base, grown, base) == grown
    assert woven(base, base, grown) == grown


@law
@given(families(1))
def test_what_both_sides_changed_alike_is_taken_byte_for_byte(family: tuple[str, ...]) -> None:
    base, grown = family
    assert woven(base, grown, grown) == grown


@law
@given(families(2))
def test_the_text_is_the_same_whichever_side_is_ours(family: tuple[str, ...]) -> None:
    base, ours, theirs = family
    assert woven(base, ours, theirs) == woven(base, theirs, ours)


@law
@given(families(3, copies=False))
def test_three_branches_give_the_same_text_in_any_order(family: tuple[str, ...]) -> None:
    base, *branches = family
    results = [woven(base, woven(base, x, y), z) for x, y, z in permutations(branches)]
    assert all(parsed(text) == parsed(results[0]) for text in results)
    new = [{*parsed(text).updates} - {*parsed(base).updates} for text in branches]
    if sum(map(len, new)) == len(set().union(*new)):  # one update with two comments may keep either
        assert len(set(results)) == 1


@law
@given(families(3))
def test_three_branches_give_the_same_record_in_any_order_where_updates_stand_twice(
    family: tuple[str, ...],
) -> None:
    base, *branches = family
    results = [parsed(woven(base, woven(base, x, y), z)) for x, y, z in permutations(branches)]
    assert len({frozenset(Counter(each.updates).items()) for each in results}) == 1
    assert all(each.recommendations == results[0].recommendations for each in results)


@law
@given(families(2))
def test_every_text_reads_back_as_the_merged_tracker(family: tuple[str, ...]) -> None:
    base, ours, theirs = family
    assert parsed(woven(base, ours, theirs)) == merged(base, ours, theirs).tracker


@law
@given(families(2))
def test_two_files_that_nothing_is_known_about_give_all_their_updates(family: tuple[str, ...]) -> None:
    _, ours, theirs = family
    mine, other = Counter(parsed(ours).updates), Counter(parsed(theirs).updates)
    assert Counter(merged("", ours, theirs).tracker.updates) == mine | other


@law
@given(families(2))
def test_nothing_is_invented_and_nothing_is_dropped(family: tuple[str, ...]) -> None:
    before, mine, other = (Counter(parsed(text).updates) for text in family)
    base, ours, theirs = family
    result = Counter(merged(base, ours, theirs).tracker.updates)
    assert result <= mine | other
    assert before & mine & other <= result
    assert mine - before <= result
    assert other - before <= result


@law
@given(families(2))
def test_a_revert_stays_reverted(family: tuple[str, ...]) -> None:
    base, ours, theirs = family
    before, mine, other = (Counter(parsed(text).updates) for text in family)
    result = Counter(merged(base, ours, theirs).tracker.updates)
    for each in before:
        if mine[each] < before[each] >= other[each]:
            assert result[each] == min(mine[each], other[each])


@law
@given(families(2, copies=False))
def test_a_block_that_nobody_touched_stays_as_it_is_with_its_comments(family: tuple[str, ...]) -> None:
    base, ours, theirs = family
    before, mine, other = ({*places.blocks(text).values()} - {""} for text in family)
    assert before & mine & other <= {*places.blocks(woven(base, ours, theirs)).values()}


# --- the record


def grown(*more: Update, base: str = SMALL.decode()) -> str:
    """Return a text with more updates, as the command adds them."""
    data = base.encode()
    for each in more:
        data = document.append(data, parsed(data.decode()), each, name="f").data
    return data.decode()


def minute(number: int, note: str = "A note.") -> Update:
    """Return an update that was typed in at some minute."""
    return update(recorded=dt.datetime(2026, 1, 1, 12, number, tzinfo=dt.UTC), note=note)


def test_updates_of_both_sides_stand_in_the_order_in_which_they_were_typed() -> None:
    base = grown()
    first, second, third, fourth = (minute(number) for number in range(4))
    result = merged(base, grown(first, fourth), grown(second, third)).tracker
    assert result.updates == (*parsed(base).updates, first, second, third, fourth)


def test_ties_are_broken_by_date_and_then_by_text() -> None:
    new = [update("2025-01-01", note="b"), update("2025-01-02", note="a"), update("2025-01-02", note="b")]
    for chosen in permutations(new):
        result = merged(grown(), grown(chosen[0]), grown(*chosen[1:])).tracker
        assert list(result.updates[-3:]) == new


def test_an_update_that_both_recorded_stands_once() -> None:
    both, mine = minute(1), minute(2)
    assert merged(grown(), grown(both, mine), grown(both)).tracker == parsed(grown(both, mine))


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


def test_an_update_edited_on_both_sides_gives_both_versions_and_a_warning() -> None:
    base = grown(minute(1, "old"))
    result = merged(base, grown(minute(1, "mine")), grown(minute(1, "theirs"))).tracker
    assert [each.note for each in result.updates if each.recorded == minute(1).recorded] == ["mine", "theirs"]
    (found,) = (each for each in checks.check(result, on=TODAY) if each.code == "edited-twice")
    assert found.severity is Severity.WARNING
    assert found.message == "there are two versions of the update of 2025-01-24 about D1 by Ana"


def test_what_an_older_version_lacks_is_counted() -> None:
    one, two = minute(1), minute(2)
    assert missing([one, two, two], [two, one]) == [two]
    assert missing([one], [two, one]) == []


# --- the catalogue

CATALOGUE = """\
# The file's own words.
[report]
title = "R"      # beside the title
publisher = "P"

# ---- water ----

[[recommendation]] # the first
id = "W1"
area = "water"
# why it is called so
title = "Dredge"
summary = \"\"\"
# no comment
[[recommendation]]\"\"\" # beside the summary
# a date by hand
due = 2027-12-31
source.color = "red"
source."Rec. no." = "7" # beside the number

# ---- energy ----

[[recommendation]]
id = "E1"
area = "energy"
title = "Plug in"
[recommendation.source]
# about the column
status = "Open"
# the end
"""


def changed(*pairs: tuple[str, str]) -> str:
    text = CATALOGUE
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize(
    ("ours", "theirs"),
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


@pytest.mark.parametrize(
    ("ours", "theirs", "conflict"),
    [
        (('"Dredge"', '"A"'), ('"Dredge"', '"B"'), Conflict("W1", ("title",))),
        (('"Dredge"', '"A"'), ('"W1"', '"w1"'), None),
        (('"W1"', '"W2"'), ('"Dredge"', '"A"'), Conflict("W1", ())),
        (("2027-12-31", "2028-12-31"), ("due = 2027-12-31\n", ""), Conflict("W1", ("due",))),
        (('"red"', '"blue"'), ('"7"', '"8"'), Conflict("W1", ("source",))),
        (('"R"', '"A"'), ('"R"', '"B"'), Conflict("", ("title",))),
        (
            ('"P"', '"P"\nareas = ["water"]'),
            ('"P"', '"P"\nareas = ["energy", "water"]'),
            Conflict("", ("areas",)),
        ),
    ],
)
def test_one_field_that_both_sides_changed_is_a_conflict_that_names_it(
    ours: tuple[str, str], theirs: tuple[str, str], conflict: Conflict | None
) -> None:
    expected = (conflict,) if conflict else ()
    assert merged(CATALOGUE, changed(ours), changed(theirs)).conflicts == expected
    assert merged(CATALOGUE, changed(theirs), changed(ours)).conflicts == expected


def test_in_a_conflict_the_tracker_holds_our_side_and_all_the_rest_of_theirs() -> None:
    ours, theirs = changed(('"Dredge"', '"A"')), changed(('"Dredge"', '"B"'), ('"red"', '"blue"'))
    (first, _) = merged(CATALOGUE, ours, theirs).tracker.recommendations
    assert (first.title, first.source["color"]) == ("A", "blue")
    assert [each.id for each in merged(CATALOGUE, without("W1"), theirs).tracker.recommendations] == ["E1"]


def without(identifier: str) -> str:
    """Return the catalogue without a recommendation."""
    return "".join(text for text in places.blocks(CATALOGUE).values() if f'id = "{identifier}"' not in text)


def test_removing_what_the_other_side_changed_is_a_conflict() -> None:
    edited = changed(('"Dredge"', '"A"'))
    for ours, theirs in permutations([edited, without("W1")]):
        assert merged(CATALOGUE, ours, theirs).conflicts == (Conflict("W1", ()),)


def test_removing_what_the_other_side_left_alone_removes_it() -> None:
    edited = changed(('"Dredge"', '"A"'))
    assert woven(CATALOGUE, without("E1"), edited) == without("E1").replace('"Dredge"', '"A"')


def added(**fields: object) -> str:
    block = document.block(recommendation("N1", **fields))
    return CATALOGUE.replace("\n# ---- energy", f"\n{block}\n# ---- energy")


def test_a_recommendation_that_both_added_alike_stands_once_and_in_its_place() -> None:
    assert woven(CATALOGUE, added(), added().replace('"Plug in"', '"Plug"')) == added().replace(
        '"Plug in"', '"Plug"'
    )


def test_one_id_that_both_added_for_different_things_is_a_conflict() -> None:
    result = merged(CATALOGUE, added(title="A"), added(title="B", summary="S"))
    assert result.conflicts == (Conflict("N1", ("title",)),)
    result = merged(CATALOGUE, added(), added().replace("N1", "n1"))
    assert result.conflicts == (Conflict("N1", ("id",)),)


def test_new_recommendations_of_both_sides_stand_where_each_was_put() -> None:
    ours = added()
    theirs = CATALOGUE + document.block(recommendation("M1"))
    ids = [each.id for each in merged(CATALOGUE, ours, theirs).tracker.recommendations]
    assert ids == ["W1", "N1", "E1", "M1"]


def test_an_id_that_stands_twice_is_refused() -> None:
    twice = CATALOGUE.replace('"E1"', '"w1"')
    for versions in (
        (twice, CATALOGUE, CATALOGUE),
        (CATALOGUE, twice, CATALOGUE),
        (CATALOGUE, CATALOGUE, twice),
    ):
        with pytest.raises(FileError, match="an id stands twice"):
            merged(*versions)


# --- comments


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


def test_new_updates_with_the_same_separator_keep_it() -> None:
    base = HEADED.replace("# ---- the rest ----", "# ---- 2024 ----")
    mine, other = (
        base + "\n" + document.render(each) + "\n# ---- 2024 ----\n" for each in (minute(1), minute(2))
    )
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


# --- unusual texts


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
        assert parsed(weave.weave(result.tracker, text, text, other)) == result.tracker


# --- markers


def marked(base: str, ours: str, theirs: str) -> str:
    conflicts = merged(base, ours, theirs).conflicts
    mine = weave.weave(merged(base, ours, theirs).tracker, base, ours, theirs)
    other = weave.weave(merged(base, theirs, ours).tracker, base, theirs, ours)
    return weave.mark(mine, other, [each.identifier for each in conflicts])


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
    block = places.blocks(edited)["recommendation", 0]
    assert f"<<<<<<< ours\n{block}=======\n>>>>>>> theirs\n" in marked(CATALOGUE, edited, without("W1"))
    assert f"<<<<<<< ours\n=======\n{block}>>>>>>> theirs\n" in marked(CATALOGUE, without("W1"), edited)


def test_markers_in_the_report_leave_the_rest_alone() -> None:
    result = marked(CATALOGUE, changed(('"P"', '"Q"')), changed(('"P"', '"S"')))
    assert result == changed(
        ('publisher = "P"\n', '<<<<<<< ours\npublisher = "Q"\n=======\npublisher = "S"\n>>>>>>> theirs\n')
    )
