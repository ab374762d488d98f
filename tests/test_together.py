"""Several trackers at once: each by itself, and all together."""

import json
import shutil
from pathlib import Path

import pytest

from conftest import DATA, POSIX, Run
from pathtrack.record.model import Tracker
from pathtrack.record.together import Together, together
from pathtrack.show import terminal
from samples import HOSTILE, TODAY, recommendation, seen, tracked, update
from screens import drawn, on_a_terminal, squeezed, without_colour

HARBOR, RIVER = "A Harbor That Works: Six Steps", "One River, Two Banks"


@pytest.fixture
def shelf() -> list[Path]:
    """Two trackers in the present folder, one of them in a folder of its own."""
    Path("harbor").mkdir()
    shutil.copyfile(DATA / "tracker.toml", "harbor/recommendations.toml")
    shutil.copyfile(DATA / "parts.toml", "river.toml")
    return [Path("harbor/recommendations.toml"), Path("river.toml")]


def cells(text: str) -> list[list[str]]:
    return [line.split("\t") for line in text.splitlines()]


def test_progress_has_a_row_for_each_report_and_one_for_all(shelf: list[Path], run: Run) -> None:
    head, *rows = cells(run("progress", *shelf, "--header").out)
    assert head[:5] == ["file", "title", "total", "assessed", "with_evidence"]
    assert [row[:2] for row in rows] == [
        [str(shelf[0]), HARBOR],
        ["river.toml", RIVER],
        ["total", "2 reports"],
    ]
    alone = [cells(run("progress", "--file", path).out)[-1][1:] for path in shelf]
    assert [row[2:] for row in rows[:2]] == alone
    assert rows[2][2:] == [str(int(a) + int(b)) for a, b in zip(*alone, strict=True)]


def test_a_list_has_the_rows_of_each_report_after_its_file(shelf: list[Path], run: Run) -> None:
    options = ("--status", "implemented", "--parts")
    alone = [(path, row) for path in shelf for row in run("list", *options, "-f", path).out.splitlines()]
    assert len({path for path, _ in alone}) == 2
    assert run("list", *options, *shelf).out.splitlines() == [f"{path}\t{row}" for path, row in alone]
    head = run("list", *shelf, "--header").out.splitlines()[:2]
    assert [each.split("\t")[:2] for each in head] == [["file", "id"], [str(shelf[0]), "E1"]]
    moves = run("list", "--whose-move", *shelf).out.splitlines()
    assert [each for each in moves if each.startswith("river.toml")] == [
        f"river.toml\t{row}" for row in run("list", "--whose-move", "-f", "river.toml").out.splitlines()
    ]
    head = run("list", "--whose-move", *shelf, "--header").out.splitlines()
    assert (head[0].split("\t")[:2], head[1:]) == (["file", "actor"], moves)


def test_a_folder_means_the_tracker_in_it_and_a_pattern_those_it_matches(shelf: list[Path], run: Run) -> None:
    wanted = run("progress", *shelf)
    assert run("progress", "harbor", "river.toml") == wanted
    assert run("progress", "har*", "*.toml") == wanted
    assert (
        run("progress", "harbor", shelf[0].absolute(), "./harbor/../river.toml", "river.toml").out.count("\n")
        == 3
    )


def test_one_tracker_is_shown_as_ever(shelf: list[Path], run: Run) -> None:
    for command in ("list", "progress"):
        assert run(command, "river.toml") == run(command, "--file", "river.toml")
        assert run(command, "harbor") == run(command, "--file", shelf[0])


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        (["list", "W1"], "'W1' is not a tracker's file; filter a list with --area, --status, --actor or"),
        (["list", "W1", "river.toml"], "'W1' is not a tracker's file; filter a list with --area"),
        (["progress", "harbor", "energy"], "'energy' is not a tracker's file; "),
        (["list", "harbor", "--file", "river.toml"], "trackers are given twice; leave out --file"),
        (
            ["progress", "harbor", "river.toml", "--by-year"],
            "--by-response and --by-year are about one report",
        ),
        (["list", "harbor", "river.toml", "--area", "nowhere"], "'nowhere' is not an area; "),
        (["list", "harbor", "river.toml", "--by", "Nobody"], "'Nobody' is not an assessor; "),
    ],
)
@pytest.mark.usefixtures("shelf")
def test_what_is_no_tracker_is_refused_in_words(words: list[str], refusal: str, run: Run) -> None:
    assert run(*words).refused(2).startswith(refusal)


@pytest.mark.usefixtures("shelf")
def test_an_area_or_assessor_of_one_report_is_known_for_all(run: Run) -> None:
    rows = cells(run("list", "harbor", "river.toml", "--area", "floods").out)
    assert {(row[0], row[2]) for row in rows} == {("river.toml", "floods")}
    judged = {row[0]: row[3] for row in cells(run("progress", "harbor", "river.toml", "--by", "Ana Lee").out)}
    assert judged["harbor/recommendations.toml"] != "0"


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize("command", ["list", "progress"])
def test_a_tracker_that_cannot_be_read_is_named_and_the_others_are_shown(command: str, run: Run) -> None:
    Path("broken.toml").write_text("[report\n", encoding="utf-8")
    readable = run(command, "harbor", "river.toml")
    outcome = run(command, "harbor", "broken.toml", "none.toml", "river.toml")
    assert outcome.code == 3
    assert outcome.out == readable.out.replace("2 reports", "2 of 4 reports")
    assert [line.split(";")[0][:26] for line in outcome.err.splitlines()] == [
        "error: a header without it",
        "error: no such file (none.",
    ]
    told = json.loads(run(command, "harbor", "broken.toml", "river.toml", "--json").out)
    (bad,) = told["unreadable"]
    assert (bad["file"], "broken.toml:1" in bad["error"]) == (str(Path("broken.toml").absolute()), True)
    alone = run(command, "broken.toml", "none.toml")
    assert (alone.code, alone.out, alone.err.count("\n")) == (3, "", 2)


def test_every_number_of_the_headline_has_its_denominator(tracker: Tracker) -> None:
    other = tracked(recommendation("A"), recommendation("B"), update("2025-01-01", "A", status="partial"))
    found = Together(TODAY, {"a.toml": seen(tracker), "b.toml": seen(other)})
    assert found.headline == (
        "2 reports, 8 recommendations; 5 of 8 assessed, 1 of 8 implemented, 5 of 8 with evidence, "
        "as of 31 Jan 2026"
    )


def test_reports_of_one_title_are_told_apart_by_their_files(tracker: Tracker) -> None:
    found = Together(TODAY, {"a.toml": seen(tracker), "b.toml": seen(tracker)})
    screen = squeezed(drawn(terminal.reports(found), width=80))
    assert squeezed(f"{HARBOR} (a.toml)") in screen
    assert squeezed(f"{HARBOR} (b.toml)") in screen


def test_what_is_known_of_one_is_known_together() -> None:
    one = tracked(
        recommendation("A", area="water", actors=["Ministry"], tags=["x"]), areas=["water", "dry land"]
    )
    two = tracked(recommendation("A", area="Water"), update("2025-01-01", "A", by="Kim"))
    found = together([one, two])
    assert (found.areas, found.actors, found.tags, found.assessors) == (
        ("water", "dry land"),
        ("Ministry",),
        ("x",),
        ("Kim",),
    )


@POSIX
@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.usefixtures("shelf")
def test_on_a_terminal_all_together_ends_the_table(width: int) -> None:
    screen = without_colour(on_a_terminal("progress", "harbor", "river.toml", width=width))
    assert max(map(len, screen.splitlines())) <= width
    rows = {line[:20].strip(): line.split() for line in screen.splitlines()}
    assert rows["all together"][-1] == "13"
    assert "✔ implemented  2 of 13" in screen
    listed = without_colour(on_a_terminal("list", "harbor", "river.toml", "--overdue", width=width))
    assert [each for each in (HARBOR, RIVER) if each in listed] == [HARBOR, RIVER]
    assert "of 13 recommendations: overdue" in " ".join(listed.split())


def test_a_hostile_title_or_path_is_shown_escaped(run: Run) -> None:
    title = "".join(f"\\u{ord(each):04x}" for each in HOSTILE)
    for name in ("a.toml", "b\x1b.toml"):
        text = (DATA / "tracker.toml").read_text(encoding="utf-8").replace('title = "', f'title = "{title}')
        Path(name).write_text(text, encoding="utf-8")
    for line in ("progress", "progress --color always", "list", "list --color always", "progress --json"):
        shown = run(*line.split(), "a.toml", "b\x1b.toml").out
        assert not {*without_colour(shown)} & {*HOSTILE}
