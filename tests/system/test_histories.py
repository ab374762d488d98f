"""Histories that git rebases, reverts, stashes and merges, with the merge driver."""

import re
from pathlib import Path

import pytest

from pathtrack.git import driver
from repositories import NAME, ask, be_known, branch, commit, grown, notes, record, repository
from samples import SMALL


@pytest.fixture
def team() -> Path:
    """A repository with the small tracker and the merge driver, in the present folder."""
    be_known()
    folder = repository(Path.cwd())
    driver.install(folder)
    commit(folder, "Install")
    return folder


def test_a_rebase_adds_each_update_and_moves_none(team: Path) -> None:
    branch(team, 2, 3)
    record(team, 1)
    ask("rebase", "main", "side")
    assert notes(team) == [1, 2, 3]
    for revision in ("side", "side~1"):
        shown = ask("show", "--format=", revision)
        assert not re.search(r"^-[^-]", shown, re.MULTILINE)
        assert shown.count("+[[update]]") == 1


def test_a_cherry_pick_takes_the_one_update(team: Path) -> None:
    branch(team, 2, 3)
    record(team, 1)
    ask("cherry-pick", "side")
    assert notes(team) == [1, 3]


def test_a_revert_takes_one_update_out_of_the_middle_and_stays_done(team: Path) -> None:
    branch(team, 5)
    wrong = record(team, 1)
    record(team, 2)
    ask("revert", "--no-edit", wrong)
    assert notes(team) == [2]
    ask("merge", "--no-edit", "side")
    assert notes(team) == [2, 5]


def test_a_stash_comes_back_beside_what_was_pulled(team: Path) -> None:
    branch(team, 1)
    (team / NAME).write_bytes(grown(SMALL, 2))
    ask("stash")
    ask("merge", "--no-edit", "side")
    ask("stash", "pop")
    assert notes(team) == [1, 2]


def test_a_worktree_merges_too(team: Path, tmp_path: Path) -> None:
    branch(team, 1)
    record(team, 2)
    other = tmp_path / "another tree"
    ask("worktree", "add", "--quiet", other, "-b", "third")
    ask("merge", "--no-edit", "side", folder=other)
    assert notes(other) == [1, 2]


def test_a_criss_cross_merge_keeps_everything_once(team: Path) -> None:
    branch(team, 1)
    record(team, 2)
    ask("branch", "before")
    ask("merge", "--no-edit", "side")
    ask("switch", "--quiet", "side")
    ask("merge", "--no-edit", "before")
    record(team, 4)
    ask("switch", "--quiet", "main")
    record(team, 3)
    assert len(ask("merge-base", "--all", "main", "side").split()) == 2
    ask("merge", "--no-edit", "side")
    assert notes(team) == [1, 2, 3, 4]
