from pathlib import Path

import pytest

from conftest import Run
from pathtrack.cli import naming
from pathtrack.errors import PathtrackError, UsageError
from pathtrack.file import store
from pathtrack.record.model import Tracker
from samples import HOSTILE, recommendation, seen, tracked
from statements import for_each

ACTORS = ["Republic of Korea", "Ministry of Health, Labour and Welfare", "United States", "United Nations"]


def of(*ids: str) -> Tracker:
    """Return a tracker of recommendations with these ids; `A1/a` is the part a of A1."""
    pairs = [(whole, part) for whole, _, part in (each.partition("/") for each in ids)]
    return tracked(
        *(
            recommendation(part or whole, area=whole[0], part_of=whole if part else None)
            for whole, part in pairs
        )
    )


@for_each(
    "words, chosen",
    [
        (None, ()),
        ([], ()),
        (["WATER"], ("water",)),
        (["open data", "Energy"], ("open data", "energy")),
        (["wat", " OPEN  data"], ("water", "open data")),
        (["e\u00ad\u200bnergy"], ("energy",)),
        (["water,en", "ENERGY"], ("water", "energy")),
        (["data"], ("open data",)),
    ],
)
def test_words_are_chosen_as_they_are_spelled(words: list[str] | None, chosen: tuple[str, ...]) -> None:
    assert naming.choose(words, ["water", "energy", "Energy", "open data"], "area") == chosen


@pytest.mark.parametrize(
    ("word", "todo"),
    [
        ("watr", "did you mean water?"),
        ("x", "expected one of water, energy"),
        ("", "expected one of water, energy"),
    ],
)
def test_another_word_is_refused_and_the_nearest_is_named(word: str, todo: str) -> None:
    with pytest.raises(UsageError) as caught:
        naming.choose([word], ["water", "energy"], "area")
    assert str(caught.value) == f"'{word}' is not an area; {todo}"


def test_a_hostile_word_is_shown_as_escapes() -> None:
    with pytest.raises(UsageError) as caught:
        naming.choose([HOSTILE], ["water"], "area")
    assert not set(str(caught.value)) & set(HOSTILE)


@pytest.mark.parametrize(
    ("words", "chosen"),
    [
        (["korea"], ACTORS[:1]),
        (["ministry of health, labour and welfare"], ACTORS[1:2]),
        (["Ministry of Health, L"], ACTORS[1:2]),
        (["united s, min"], [ACTORS[2], ACTORS[1]]),
    ],
)
def test_a_name_is_begun_by_any_of_its_words(words: list[str], chosen: list[str]) -> None:
    assert [*naming.choose(words, ACTORS, "actor")] == chosen


def test_a_word_that_begins_several_is_refused() -> None:
    with pytest.raises(UsageError) as caught:
        naming.choose(["unit"], ACTORS, "actor")
    assert (
        str(caught.value) == "'unit' fits more than one actor; did you mean United States or United Nations?"
    )
    assert naming.choose(["unit"], [*ACTORS, "Unit"], "actor") == ("Unit",)


@for_each(
    "ids, word, named",
    [
        ("A1 A2 A3 B1", "A1-A3", "A1 A2 A3"),
        ("A1 A2 A3 B1", "a2-b1", "A2 A3 B1"),
        ("A1 A2 A3 B1", "A1-3", "A1 A2 A3"),
        ("A1 A2 A3 B1", "A1\u20132, b1", "A1 A2 B1"),
        ("A1 A3", "A1-A3", "A1 A3"),
        ("A1-A3 A1 A2 A3", "A1-A3", "A1-A3"),
        ("A-1 A-2 A-3", "A-1-A-3", "A-1 A-2 A-3"),
        ("A1 A1/A1.a A2", "A1-A2", "A1 A2"),
        ("A1 A1/A1.a A1/A1.b A2", "A1.a-A1.b", "A1.a A1.b"),
        ("A2 A1 B1", "A2-B1", "A2 A1 B1"),
    ],
)
def test_a_range_is_what_is_between_in_the_file(ids: str, word: str, named: str) -> None:
    assert naming.spelled(of(*ids.split()), [word]) == named.split()


@for_each(
    "ids, word, message",
    [
        ("A1 A10 A2", "A1-A2", "'A1-A2' can be read in two ways; give A1,A10,A2 or A1,A2"),
        ("A1 A3 A2", "A1-A3", "'A1-A3' can be read in two ways; give A1,A3 or A1,A3,A2"),
        ("A1 A2", "A2-A1", "'A2-A1' ends before it begins; did you mean A1-A2?"),
        (
            "A1 A2",
            "A1-A9",
            "no recommendation 'A1-A9'; a range is from one id to another, and there is no A9",
        ),
        (
            "A1 A2",
            "H1-H3",
            "no recommendation 'H1-H3'; a range is from one id to another, and there is no H1",
        ),
        ("A1 A2 B1", "A-2", "no recommendation 'A-2'; did you mean A2?"),
        (
            "A1 A2 B1",
            "A",
            "no recommendation 'A'; name A1,A2; 'pathtrack update' takes all of",
        ),
        (
            "A1 B1",
            "All",
            "no recommendation 'All'; 'pathtrack update' takes all of them as --area all,",
        ),
        (
            " ".join(f"A{number}" for number in range(1, 49)),
            "X",
            "no recommendation 'X'; expected one of A1, A2, A3, A4, A5, A6, A7, A8, A9, A10, A11, A12 and 36",
        ),
    ],
)
def test_what_names_nothing_or_too_much_is_refused(ids: str, word: str, message: str) -> None:
    with pytest.raises(PathtrackError) as caught:
        naming.spelled(of(*ids.split()), [word])
    assert str(caught.value).startswith(message)


def test_an_id_or_an_area_may_be_called_all() -> None:
    tracker = tracked(
        *(recommendation(name, area=area) for name, area in (("a", "A"), ("B1", "A"), ("C1", "All")))
    )
    assert naming.within(tracker, ["all"]) == ["C1"]
    assert naming.within(of("A1", "B1"), ["ALL"]) == ["A1", "B1"]
    for word, identifier in (("A", "a"), ("all", "C1")):
        (found,) = naming.pick(seen(tracker), [word]).standings
        assert found.recommendation.id == identifier


def test_one_is_wanted_and_no_more() -> None:
    assert naming.one(of("A1", "A2"), "a2") == "A2"
    with pytest.raises(UsageError, match="'A1,A2' is more than one recommendation; name one of them"):
        naming.one(of("A1", "A2"), "A1,A2")


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (["energy"], ["E1", "E_10"]),
        (["Open Data"], ["2049", "Open.Data-7"]),
        (["W1", "ENERGY", "E1"], ["W1", "E1", "E_10"]),
        (["all"], ["E1", "E_10", "W1", "w-2.b", "2049", "Open.Data-7"]),
        (["E1-W1"], ["E1", "E_10", "W1"]),
    ],
)
@pytest.mark.parametrize("command", ["show", "timeline", "compare"])
def test_reading_commands_take_areas_and_all(
    command: str, words: list[str], ids: list[str], run: Run
) -> None:
    assert run(command, *words) == run(command, *ids)
    assert run(command, *words).code == 0


@pytest.mark.usefixtures("here")
def test_what_is_not_in_the_area_is_left_out(run: Run) -> None:
    assert run("timeline", "all", "--area", "water") == run("timeline", "--area", "water")


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    "arguments",
    [["open", "E1,W1"], ["rename", "E1,W1", "N2"], ["add", "N1", "--title", "T", "--part-of", "E1,W1"]],
    ids=" ".join,
)
def test_commands_about_one_refuse_several(arguments: list[str], run: Run) -> None:
    assert run(*arguments).refused(2).startswith("'E1,W1' is more than one recommendation")


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("arguments", "as_"),
    [
        (["--status", "Reversed,stalled"], ["--status", "reversed", "--status", "stalled"]),
        (["--status", "reversed , stalled,"], ["--status", "reversed", "--status", "stalled"]),
        (["--area", "wat,open"], ["--area", "water", "--area", "open data"]),
        (["--actor", "grid,PARL"], ["--actor", "Grid Company", "--actor", "Parliament"]),
        (["--by", "lee"], ["--by", "Ana Lee"]),
    ],
)
def test_filters_take_lists_and_beginnings(arguments: list[str], as_: list[str], run: Run) -> None:
    found = run("list", *arguments)
    assert found == run("list", *as_)
    assert found.code == 0
    assert found.out != run("list").out


@pytest.mark.usefixtures("here")
def test_an_empty_status_is_none(run: Run) -> None:
    assert run("list", "--status", "").refused(2).startswith("'' is not a status")


@pytest.mark.parametrize(
    ("area", "ids"),
    [
        ("energy", "E1 E_10"),
        ("wat,open", "W1 w-2.b 2049 Open.Data-7"),
        ("all", "E1 E_10 W1 w-2.b 2049 Open.Data-7"),
    ],
)
def test_an_area_is_updated_once_that_is_agreed(area: str, ids: str, here: Path, run: Run) -> None:
    before = here.read_bytes()
    about = ids.split()
    what = f"{len(about)} recommendations would get this update: {', '.join(about)}"
    assert run("update", "--area", area, "--note", "n").refused(2) == f"{what}; add --yes if that is meant"
    assert run("update", "--area", area, "--note", "n", "--dry-run").code == 0
    assert here.read_bytes() == before
    assert run("update", "--area", area, "--note", "n", "--yes").code == 0
    assert list(store.load(here).updates[-1].recommendations) == about


@pytest.mark.usefixtures("here")
def test_an_update_is_about_something(run: Run) -> None:
    message = run("update", "--note", "n").refused(2)
    assert message.startswith("an update is about at least one recommendation; name one such as D2, or give")
    message = run("update", "energy", "--note", "n").refused(4)
    assert message.endswith("name E1,E_10; 'pathtrack update' takes all of them as --area energy")
    assert run("update", "ener", "--note", "n").refused(4).endswith(message.partition("; ")[2])
    message = run("withdraw", "OPEN data", "--reason", "n").refused(4)
    assert message.endswith("as --area 'open data', or an id of 'pathtrack timeline'")


@pytest.mark.parametrize(("answer", "code"), [("y", 0), ("", 1), ("n", 1), ("x\ny", 0)])
def test_on_a_terminal_an_area_is_asked_about(
    answer: str, code: int, here: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pathtrack.cli.screen.has_somebody", lambda: True)
    number = len(store.load(here).updates)
    outcome = run("update", "--area", "energy", "--note", "n", input=f"{answer}\n")
    assert outcome.code == code
    assert "Record it for all of them? [y/N] " in outcome.out
    assert len(store.load(here).updates) == number + (code == 0)
