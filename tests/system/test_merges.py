"""Merges that git asks the installed driver for, and conflicts that are left to a person."""

import re
import sys
from pathlib import Path

import pytest

from conftest import Run
from pathtrack.file import store
from pathtrack.git import driver
from repositories import (
    DREDGE,
    NAME,
    ask,
    be_known,
    branch,
    change,
    changed_on_both_sides,
    commit,
    grown,
    notes,
    record,
    repository,
    states,
    text,
)
from samples import SMALL

HOSTILE_NAME = "a  b'c\"d $(touch pwned) `touch pwned` %A 한국"


def markers(folder: Path) -> int:
    return len(re.findall("^(?:<{7}|={7}|>{7})", text(folder), re.MULTILINE))


def test_no_name_of_a_folder_is_read_by_the_shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither that of the repository, nor of the tracker's folder, nor of the program."""
    be_known()
    python = tmp_path / HOSTILE_NAME / "python"
    python.parent.mkdir()
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(python))
    top = tmp_path / "work" / HOSTILE_NAME
    folder = repository(top / HOSTILE_NAME)
    (folder / ".git").rename(top / ".git")
    driver.install(top)
    commit(top, "Install")
    branch(folder, 1)
    record(folder, 2)
    ask("merge", "--no-edit", "side", folder=folder)
    assert notes(folder) == [1, 2]
    assert not [*tmp_path.rglob("pwned")]


def test_no_file_of_the_repository_is_taken_for_a_module_of_the_program(team: Path) -> None:
    for name in ("typer.py", "pathtrack.py", "tomllib.py"):
        (team / name).write_text("open('pwned', 'w')\n", encoding="utf-8")
    branch(team, 1)
    record(team, 2)
    ask("merge", "--no-edit", "side")
    assert notes(team) == [1, 2]
    assert not (team / "pwned").exists()


def test_a_choice_of_our_side_is_respected(team: Path, run: Run) -> None:
    changed_on_both_sides(team, DREDGE, "Dredge it", "Dig it")
    ask("merge", "--no-edit", "side", code=1)
    run("git", "resolve")
    chosen = re.sub("<{7}.*\n((?:.*\n)*?)={7}\n(?:.*\n)*?>{7}.*\n", r"\1", text(team))
    (team / NAME).write_text(chosen, encoding="utf-8")
    assert "no markers are left" in run("git", "resolve").err
    assert text(team) == chosen


def test_updates_of_one_second_keep_their_order_in_a_merge(team: Path, run: Run) -> None:
    branch(team, 1)
    for status in ("partial", "in-progress", "stalled"):
        run("update", "W1", "--status", status, "--note", f"note {status}", "--date", "2025-12-31")
    commit(team, "Three")
    ask("merge", "--no-edit", "side")
    statuses = [each.status for each in store.load(team / NAME).updates[-3:]]
    assert statuses == ["partial", "in-progress", "stalled"]


def test_removing_what_the_other_side_changed_is_for_a_person_to_choose(team: Path, run: Run) -> None:
    _, rest = text(team).split('[[recommendation]]\nid = "2049"\n')
    block = '[[recommendation]]\nid = "2049"\n' + rest[: rest.index("\n[[")]
    changed = block.replace("Publish", "Print")
    changed_on_both_sides(team, block, "# gone\n", changed)
    said = ask("merge", "--no-edit", "side", code=1)
    assert "one side changed 2049 and the other removed it" in said
    assert run("git", "resolve").code == 1
    assert f"<<<<<<< ours\n=======\n\n# ---- open data ----\n\n{changed}>>>>>>> theirs\n" in text(team)
    assert markers(team) == 3


def test_a_side_that_is_no_tracker_leaves_ordinary_markers(team: Path, run: Run) -> None:
    ask("switch", "--quiet", "--create", "side")
    change(team, f'title = "{DREDGE}"', 'tilte = "Dig it"')
    ask("switch", "--quiet", "main")
    change(team, DREDGE, "Dredge it")
    said = ask("merge", "--no-edit", "side", code=1)
    assert f"pathtrack: {NAME}: unknown key 'tilte' in recommendation 3 (theirs:36)" in said
    assert markers(team) == 3
    assert "tilte" in text(team)
    assert "Dredge it" in text(team)
    before = text(team)
    outcome = run("git", "resolve")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith(f"{NAME}: unknown key 'tilte' in recommendation 3 (theirs:36)")
    assert text(team) == before
    assert states(team).startswith("UU")


@pytest.mark.parametrize(
    "program", ["/no/such/program git merge-driver -- %O %A %B %P", "false", "sh -c 'kill -9 $$'"]
)
def test_a_program_that_is_missing_or_broken_leaves_ordinary_markers(
    program: str, team: Path, run: Run
) -> None:
    driver = ask("config", "merge.pathtrack.driver").strip()
    ask("config", "merge.pathtrack.driver", re.sub(".* git merge-driver -- %O %A %B %P", program, driver))
    branch(team, 1)
    record(team, 2)
    ask("merge", "--no-edit", "side", code=1)
    assert states(team).startswith("UU")
    assert markers(team) == 3
    assert "<<<<<<< ours" in text(team)
    assert '"n1"' in text(team)
    assert '"n2"' in text(team)
    outcome = run("git", "resolve")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == f"{NAME}: merged, 15 updates; now commit\n"
    assert notes(team) == [1, 2]
    assert states(team) == f"M  {NAME}\n"


@pytest.mark.parametrize("attributes", [True, False])
def test_a_fresh_clone_has_ordinary_markers_and_resolve_clears_them(
    *, attributes: bool, team: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    if not attributes:
        (team / ".gitattributes").unlink()
        commit(team, "No attributes")
    branch(team, 1)
    record(team, 2)
    fresh = tmp_path / "fresh"
    ask("clone", "--quiet", team, fresh)
    monkeypatch.chdir(fresh)
    ask("merge", "--no-edit", "origin/side", code=1)
    assert markers(fresh) == 3
    (fresh / "sub").mkdir()
    monkeypatch.chdir(fresh / "sub")
    assert run("git", "resolve").out == f"{Path('..', NAME)}: merged, 15 updates; now commit\n"
    ask("commit", "--quiet", "--no-edit")
    assert (fresh / NAME).read_bytes() == grown(SMALL, 1, 2)
    assert states(fresh) == ""


@pytest.mark.parametrize("keeps", ["main", "side"])
def test_a_file_that_one_side_deleted_is_for_a_person_to_choose(keeps: str, team: Path, run: Run) -> None:
    ask("branch", "side")
    for name in ("side", "main"):
        ask("switch", "--quiet", name)
        if name == keeps:
            record(team, 1)
        else:
            (team / NAME).unlink()
            commit(team, "Delete")
    ask("merge", "--no-edit", "side", code=1)
    outcome = run("git", "resolve")
    assert outcome.code == 1
    assert outcome.err == (
        f"{NAME}: one side deleted it: keep it with 'git add {NAME}' or delete it with 'git rm {NAME}'\n"
    )
    assert notes(team) == [1]


def test_two_teams_that_began_the_same_record_become_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    be_known()
    ours, theirs = (repository(tmp_path / name) for name in ("ours", "theirs"))
    record(ours, 1)
    record(theirs, 2)
    driver.install(ours)
    monkeypatch.chdir(ours)
    ask("pull", "--no-rebase", "--no-edit", "--allow-unrelated-histories", theirs, "main")
    assert text(ours).startswith(SMALL.decode())
    assert notes(ours) == [1, 2]
    assert run("check").code == 0


def test_one_field_changed_on_both_sides_is_for_a_person_to_choose(team: Path, run: Run) -> None:
    changed_on_both_sides(team, DREDGE, "Dredge it", "Dig it")
    said = ask("merge", "--no-edit", "side", code=1)
    assert "both sides changed title of W1; 'pathtrack git resolve' merges the rest" in said
    assert markers(team) >= 3
    assert states(team).startswith("UU")
    outcome = run("git", "resolve")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith(f"{NAME}: both sides changed title of W1; choose between the markers")
    conflict = '<<<<<<< ours\ntitle = "Dredge it"\n=======\ntitle = "Dig it"\n>>>>>>> theirs\n'
    assert conflict in text(team)
    assert markers(team) == 3
    assert run("git", "status").out.endswith(f"in conflict: {NAME}\n")
    assert "conflict markers" in run("list").refused(3)
    (team / NAME).write_text(text(team).replace(conflict, 'title = "Dig it"\n'), encoding="utf-8")
    again = run("git", "resolve")
    assert (again.code, markers(team)) == (1, 0)
    assert "no markers are left: check the file" in again.err
    commit(team, "Decided")
    assert notes(team) == [1, 2]
