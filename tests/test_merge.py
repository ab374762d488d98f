"""The laws of merging two trackers with the one they grew from."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given

from families import CATALOGUE, added, changed, families, grown, merged, minute, parsed, without
from pathtrack.errors import FileError
from pathtrack.file import toml
from pathtrack.file.blocks import blocks
from pathtrack.file.document import Document
from pathtrack.file.merge import Conflict, Merged
from pathtrack.record import checks
from pathtrack.record.corrections import update_id
from pathtrack.record.finding import Severity
from samples import DATA, TODAY, recommendation, seen, update
from statements import for_each


@given(families(2))
def test_two_files_that_nothing_is_known_about_give_all_their_updates(family: tuple[str, ...]) -> None:
    _, ours, theirs = family
    mine, other = Counter(parsed(ours).updates), Counter(parsed(theirs).updates)
    assert Counter(merged("", ours, theirs).tracker.updates) == mine | other


@given(families(2))
def test_nothing_is_invented_and_nothing_is_dropped(family: tuple[str, ...]) -> None:
    before, mine, other = (Counter(parsed(text).updates) for text in family)
    base, ours, theirs = family
    result = Counter(merged(base, ours, theirs).tracker.updates)
    assert result <= mine | other
    assert before & mine & other <= result
    assert mine - before <= result
    assert other - before <= result


@given(families(2))
def test_a_revert_stays_reverted(family: tuple[str, ...]) -> None:
    base, ours, theirs = family
    before, mine, other = (Counter(parsed(text).updates) for text in family)
    result = Counter(merged(base, ours, theirs).tracker.updates)
    for each in before:
        if mine[each] < before[each] >= other[each]:
            assert result[each] == min(mine[each], other[each])


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


def test_an_update_edited_on_both_sides_gives_both_versions_and_a_warning() -> None:
    base = grown(minute(1, "old"))
    result = merged(base, grown(minute(1, "mine")), grown(minute(1, "theirs"))).tracker
    assert [each.note for each in result.updates if each.recorded == minute(1).recorded] == ["mine", "theirs"]
    (found,) = (each for each in checks.check(result, on=TODAY) if each.code == "edited-twice")
    assert found.severity is Severity.WARNING
    assert found.message == "there are two versions of the update of 2025-01-24 about D1 by Ana"


@for_each(
    "ours, theirs, conflict",
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


def test_removing_what_the_other_side_changed_is_a_conflict() -> None:
    edited = changed(('"Dredge"', '"A"'))
    for ours, theirs in permutations([edited, without("W1")]):
        assert merged(CATALOGUE, ours, theirs).conflicts == (Conflict("W1", ()),)


def test_one_id_that_both_added_for_different_things_is_a_conflict() -> None:
    result = merged(CATALOGUE, added(title="A"), added(title="B", summary="S"))
    assert result.conflicts == (Conflict("N1", ("title",)),)
    result = merged(CATALOGUE, added(), added().replace("N1", "n1"))
    assert result.conflicts == (Conflict("N1", ("id",)),)


def test_new_recommendations_of_both_sides_stand_where_each_was_put() -> None:
    ours = added()
    theirs = CATALOGUE + toml.block(recommendation("M1"))
    ids = [each.id for each in merged(CATALOGUE, ours, theirs).tracker.recommendations]
    assert ids == ["W1", "N1", "E1", "M1"]


def test_an_id_that_stands_twice_is_refused() -> None:
    twice = CATALOGUE.replace('"E1"', '"w1"')
    for versions in (
        (twice, CATALOGUE, CATALOGUE),
        (CATALOGUE, twice, CATALOGUE),
        (CATALOGUE, CATALOGUE, twice),
    ):
        with pytest.raises(FileError, match="one version contains a duplicate id"):
            merged(*versions)


def test_of_two_orders_changed_by_hand_neither_is_kept() -> None:
    first, second, third = minute(1), minute(2), minute(3)
    base, ours, theirs = grown(first, second, third), grown(second, first, third), grown(first, third, second)
    for one, other in permutations([ours, theirs]):
        assert merged(base, one, other).tracker.updates == parsed(base).updates


def test_of_two_equal_updates_one_that_a_side_removed_goes() -> None:
    twice, new = grown(minute(1), minute(1)), minute(2)
    for ours, theirs in permutations([grown(minute(1)), grown(minute(1), minute(1), new)]):
        assert merged(twice, ours, theirs).tracker == parsed(grown(minute(1), new))


# --- what only together is wrong


@pytest.mark.parametrize(
    "theirs",
    [
        grown(update("2025-01-24", "w1"), base=CATALOGUE),
        CATALOGUE + toml.block(recommendation("W1.a", part_of="W1")),
    ],
    ids=["update", "part"],
)
def test_removing_what_the_other_side_refers_to_is_a_conflict(theirs: str) -> None:
    for ours, other in permutations([without("W1"), theirs]):
        result = merged(CATALOGUE, ours, other)
        assert result.conflicts == (Conflict("W1", ()),)
        assert ("W1" in [each.id for each in result.tracker.recommendations]) is (ours == theirs)


def test_renaming_what_the_other_side_refers_to_is_none() -> None:
    renamed = changed(('id = "W1"', 'id = "N1"\nformerly = ["W1"]'))
    theirs = grown(update("2025-01-24", "W1"), base=CATALOGUE)
    assert merged(CATALOGUE, renamed, theirs).conflicts == ()


def test_an_error_that_one_side_has_stays_its_own() -> None:
    base = grown(update("2025-01-24", "W1"), base=CATALOGUE)
    block = blocks(base)["recommendation", 0]
    wrong = base.replace(block, "")
    assert merged(base, wrong, grown(update("2025-01-25", "E1"), base=base)).conflicts == ()


def test_what_only_together_is_wrong_is_left_to_a_person() -> None:
    slip = update("2025-01-24", "W1")
    base = grown(slip, base=CATALOGUE)
    corrected = grown(
        update("2025-01-24", "W1", note="No.", corrects=update_id(slip), reason="A slip."), base=base
    )
    areas = changed(('"P"', '"P"\nareas = ["water", "energy", "new"]'))
    narrowed, used = areas.replace(', "new"', ""), areas + toml.block(recommendation("N1", area="new"))
    given = CATALOGUE + toml.block(recommendation("N1"))
    for first, second, before, words in (
        (CATALOGUE, corrected, base, "no update has the id"),
        (narrowed, used, areas, "'new' is not one of the report's areas"),
        (given, changed(('id = "W1"', 'id = "W1"\nformerly = ["n1"]')), CATALOGUE, "is already the id of"),
    ):
        for ours, theirs in permutations([first, second]):
            with pytest.raises(FileError, match=f"each side is valid, but not both together: .*{words}"):
                merged(before, ours, theirs)


@pytest.mark.parametrize(
    "fields",
    [{"ongoing": True}, {"actors": ["Seoul"]}, {"source": {"No.": "7"}}, {"ref": "2"}, {"tags": ["x"]}],
)
def test_a_field_of_a_new_recommendation_that_one_side_gives_is_none(fields: dict[str, object]) -> None:
    ours, theirs = added(summary="S"), added(**fields)
    for one, other in permutations([ours, theirs]):
        result = merged(CATALOGUE, one, other)
        assert result.conflicts == ()
        assert result.tracker == parsed(added(summary="S", **fields))


def test_an_update_that_one_side_doubled_and_the_other_removed_stands_once() -> None:
    one, two, new = (minute(number) for number in range(3))
    base, doubled, removed, more = grown(one, two), grown(one, two, one), grown(two), grown(one, two, new)
    for ours, theirs in permutations([doubled, removed]):
        assert merged(base, ours, theirs).tracker.updates[-2:] == (one, two)
    for x, y, z in permutations([doubled, removed, more]):
        first = grown(*merged(base, x, y).tracker.updates[13:])
        assert merged(base, first, z).tracker.updates[-3:] == (one, two, new)


def test_sides_that_leave_a_part_without_area_and_whole_are_in_conflict() -> None:
    base = f'{CATALOGUE}\n[[recommendation]]\nid = "W1.a"\narea = "water"\ntitle = "Part"\npart_of = "W1"\n'
    ours = base.replace('id = "W1.a"\narea = "water"\n', 'id = "W1.a"\n')
    theirs = base.replace('part_of = "W1"\n', "")
    for one, other in permutations([ours, theirs]):
        result = merged(base, one, other)
        assert result.conflicts == (Conflict("W1.a", ("area", "part_of")),)
        assert result.tracker.recommendations == parsed(one).recommendations


def on_both_sides(ours: Sequence[str], theirs: Sequence[str]) -> tuple[Merged, Merged]:
    """Return the two merges of a tracker of parts with texts added to it, our side and theirs in turn."""
    base = (DATA / "parts.toml").read_text("utf-8")
    mark = "# ---- the record ----\n"
    one, other = (
        base.replace(mark, f"{''.join(each for each in side if '[[rec' in each)}{mark}", 1)
        + "".join(each for each in side if "[[rec" not in each)
        for side in (ours, theirs)
    )
    return merged(base, one, other), merged(base, other, one)


def part(identifier: str) -> str:
    return f'[[recommendation]]\nid = "{identifier}"\npart_of = "F1"\ntitle = "A part"\n\n'


def said(text: str, minute: int) -> str:
    recorded = f"2025-07-01T12:{minute:02}:00+09:00"
    head = f'[[update]]\ndate = 2025-07-01\nrecorded = {recorded}\nby = "Ana"\nrecommendations = ["F1"]\n'
    return f"\n{head}{text}\n"


def test_both_sides_may_add_parts_answer_and_move_a_date() -> None:
    ours = [part("F1.d"), said('response = "noted"\nactors = ["Coast Agency"]', 1), said('due = "2028"', 4)]
    theirs = [
        part("F1.e"),
        said('response = "rejected"\nactors = ["Coast Agency"]', 3),
        said('due = "2027"', 2),
    ]
    first, second = on_both_sides(ours, theirs)
    assert first == second
    assert first.conflicts == ()
    (whole, *_) = seen(first.tracker).standings
    assert [each.recommendation.id for each in whole.parts] == ["F1.a", "F1.b", "F1.c", "F1.d", "F1.e"]
    assert {each.name: each.response for each in whole.actors}["Coast Agency"] == "rejected"
    assert [str(each) for each in whole.targets] == ["2024", "2025-06", "2026-12", "2027", "2028"]


def test_one_part_that_both_sides_made_of_something_is_one_conflict_a_field() -> None:
    first, second = on_both_sides(
        [part("F1.d")], [part("F1.d").replace('F1"', 'W1"').replace("A part", "Another")]
    )
    for each in (first, second):
        assert each.conflicts == (Conflict("F1.d", ("title", "part_of")),)


def test_a_date_that_both_sides_moved_in_the_catalogue_is_one_conflict() -> None:
    base = (DATA / "parts.toml").read_text("utf-8")
    one, other = (base.replace('due = "2024-06"', f'due = "{year}"') for year in (2025, 2026))
    for ours, theirs in permutations([one, other]):
        assert merged(base, ours, theirs).conflicts == (Conflict("F1.a", ("due",)),)


def test_updates_under_an_id_that_the_other_side_renamed_still_count() -> None:
    base = (DATA / "parts.toml").read_text("utf-8")
    new = Document.read(base.encode(), name="f").tracker.recommendations[0]
    renamed = Document.read(base.encode(), name="f").renamed("F1", replace(new, id="Q1", formerly=("F1",)))
    for ours, theirs in permutations([renamed.text, base + said('status = "stalled"\nnote = "n"', 1)]):
        result = merged(base, ours, theirs)
        assert result.conflicts == ()
        (whole, *_) = seen(result.tracker).standings
        assert (whole.recommendation.id, whole.status, len(whole.parts)) == ("Q1", "stalled", 3)
