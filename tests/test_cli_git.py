"""The commands for a team, with a real git."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Run
from pathtrack.file import store
from pathtrack.git import driver
from repositories import (
    DREDGE,
    NAME,
    ask,
    branch,
    change,
    commit,
    grown,
    notes,
    record,
    states,
    text,
)
from samples import SMALL

BOM = b"\xef\xbb\xbf"
LOCK = ".recommendations.toml.lock"
# --- check --staged

BROKEN = SMALL.replace(b'area = "water"', b'area = "sea"', 1)


def test_what_is_staged_is_checked_and_not_the_file(plain: Path, run: Run) -> None:
    file = plain / NAME
    file.write_bytes(BROKEN)
    assert run("check").code == 1
    assert run("check", "--staged").code == 0
    ask("add", NAME)
    file.write_bytes(SMALL)
    assert run("check").code == 0
    assert "[unknown-area]" in run("check", "--staged").out
    assert "[unknown-area]" in run("check", "--staged", "--since", "HEAD").out


def test_a_hook_checks_what_is_about_to_be_committed(
    plain: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/of-this-commit")  # as git does for `git commit --all`
    monkeypatch.setenv("GIT_DIR", ".git")
    (plain / NAME).write_bytes(BROKEN)
    ask("add", NAME)
    monkeypatch.chdir(plain)
    assert run("check", "--staged").code == 1
    monkeypatch.delenv("GIT_INDEX_FILE")
    assert run("check", "--staged").code == 0


def test_where_nothing_is_staged_there_is_nothing_to_check(plain: Path, run: Run) -> None:
    ask("rm", "--quiet", "--cached", NAME)
    message = f"git has nothing staged under this name ({NAME}); add it with 'git add {NAME}'"
    assert run("check", "--staged").refused(3) == message
    (plain / "other.toml").write_bytes(SMALL)
    assert "other.toml" in run("check", "--staged", "--file", "other.toml").refused(3)
    assert run("check", "--staged", "--shipped").refused(2).startswith("the shipped tracker is in no index")


# --- install, uninstall, status


def test_install_says_what_it_sets_and_sets_it_once(plain: Path, run: Run) -> None:
    first = run("git", "install")
    assert first.code == 0
    found = dict(line.split(": ", 1) for line in first.out.splitlines()[:-1])
    assert (plain / ".gitattributes").read_text() == f"{found.pop('.gitattributes')}\n"
    assert found.pop(".git/info/exclude") in (plain / ".git/info/exclude").read_text().splitlines()
    assert found == {name: ask("config", name).rstrip("\n") for name in found}
    assert len(found) == 3
    before = [(plain / name).read_bytes() for name in (".gitattributes", ".git/config", ".git/info/exclude")]
    assert run("git", "install") == first
    commit(plain, "Share it")
    assert run("git", "install").out == first.out.replace("now commit .gitattributes; ", "")
    assert before == [
        (plain / name).read_bytes() for name in (".gitattributes", ".git/config", ".git/info/exclude")
    ]


@pytest.mark.parametrize("folder", [".", "a folder/deep"])
def test_locks_are_ignored_wherever_the_tracker_is(folder: str, team: Path) -> None:
    (team / folder).mkdir(parents=True, exist_ok=True)
    (team / folder / LOCK).touch()
    assert states(team) == ""


@pytest.mark.parametrize(
    "before", [b"*.md text\n", b"*.md text", b"# caf\xe9\r\n*.md text\r\n", b"\n\n", b"# \xe2\x80\xa8\n"]
)
def test_uninstall_leaves_what_was_there_before(before: bytes, plain: Path, run: Run) -> None:
    (plain / ".gitattributes").write_bytes(before)
    config = (plain / ".git/config").read_text()
    run("git", "install")
    assert (plain / ".gitattributes").read_bytes().startswith(before)
    assert "merge: pathtrack" in ask("check-attr", "merge", f"sub/{NAME}")
    assert run("git", "uninstall").code == 0
    assert (plain / ".gitattributes").read_bytes().rstrip(b"\n") == before.rstrip(b"\n")
    assert (plain / ".git/config").read_text() == config


def test_uninstall_removes_the_file_that_install_made(team: Path, run: Run) -> None:
    assert run("git", "uninstall").code == run("git", "uninstall").code == 0
    assert not (team / ".gitattributes").exists()


def test_status_shows_each_part(plain: Path, run: Run) -> None:
    assert set(re.findall(r": (.*)", run("git", "status").out)) == {"not set", "nothing"}
    driver.install(plain)
    assert set(re.findall(r": (.*)", run("git", "status").out)) == {"set", "nothing"}
    ask("config", "merge.pathtrack.driver", "/elsewhere/pathtrack")
    assert "merge.pathtrack.driver: set otherwise\n" in run("git", "status").out
    run("git", "install")
    assert "otherwise" not in run("git", "status").out


@pytest.mark.parametrize("command", ["install", "uninstall", "status", "resolve"])
def test_outside_of_a_repository_there_is_one_line(command: str, run: Run) -> None:
    assert run("git", command).refused(3).startswith("not inside a git repository")


def test_install_shows_what_it_cannot_write(plain: Path, run: Run) -> None:
    (plain / ".git/config.lock").touch()
    assert "git could not be configured (merge.pathtrack.name)" in run("git", "install").refused(3)
    (plain / ".gitattributes").unlink()
    (plain / ".gitattributes").mkdir()
    assert "cannot read or write the file" in run("git", "install").refused(3)
    assert "cannot read or write the file" in run("git", "uninstall").refused(3)


# --- the driver


@pytest.fixture
def sides(tmp_path: Path) -> list[Path]:
    """Three versions of a tracker as git hands them to the driver: ours and theirs with an update more."""
    paths = [tmp_path / name for name in ("base", "ours", "theirs")]
    for path, numbers in zip(paths, ((), (1,), (2,)), strict=True):
        path.write_bytes(grown(SMALL, *numbers))
    return paths


def forms(data: bytes) -> list[bytes]:
    return [data, data.replace(b"\n", b"\r\n"), BOM + data, BOM + data.replace(b"\n", b"\r\n")]


@pytest.mark.parametrize("form", range(4))
def test_the_driver_keeps_the_newlines_and_the_mark_that_both_sides_have(
    form: int, sides: list[Path], run: Run
) -> None:
    for path in sides:
        path.write_bytes(forms(path.read_bytes())[form])
    assert run("git", "merge-driver", *sides, NAME) == (0, "", "")
    merged = sides[1].read_bytes()
    assert merged == forms(merged.removeprefix(BOM).replace(b"\r\n", b"\n"))[form]
    assert notes(sides[1].parent, "ours") == [1, 2]


def test_the_driver_prefers_plain_newlines_where_the_sides_differ(sides: list[Path], run: Run) -> None:
    sides[1].write_bytes(BOM + sides[1].read_bytes().replace(b"\n", b"\r\n"))
    assert run("git", "merge-driver", *sides, NAME).code == 0
    assert b"\r" not in sides[1].read_bytes()
    assert not sides[1].read_bytes().startswith(BOM)
    assert notes(sides[1].parent, "ours") == [1, 2]


def test_the_driver_merges_two_files_that_both_sides_added(sides: list[Path], run: Run) -> None:
    sides[0].write_bytes(b"")
    assert run("git", "merge-driver", *sides, NAME) == (0, "", "")
    assert sides[1].read_bytes().startswith(SMALL)
    assert notes(sides[1].parent, "ours") == [1, 2]


@pytest.mark.parametrize(
    ("index", "data", "message"),
    [
        (0, b"not toml", "(base:1)"),
        (1, SMALL.replace(b"title", b"tite", 1), "(ours:"),
        (2, SMALL + b"\x80", "not UTF-8 text (theirs:"),
        (2, b"", "(theirs"),
        (2, SMALL.replace(b'"E_10"\narea', b'"e1"\narea'), "one version contains a duplicate id"),
    ],
)
def test_the_driver_leaves_what_it_cannot_read(
    index: int, data: bytes, message: str, sides: list[Path], run: Run
) -> None:
    sides[index].write_bytes(data)
    before = [path.read_bytes() for path in sides]
    outcome = run("git", "merge-driver", *sides, "sub/x.toml")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("pathtrack: sub/x.toml: ")
    assert message in outcome.err
    assert before == [path.read_bytes() for path in sides]


def test_the_driver_writes_to_a_file_of_any_name(sides: list[Path], run: Run) -> None:
    named = [path.rename(path.with_suffix(".toml")) for path in sides]
    assert run("git", "merge-driver", *named, NAME) == (0, "", "")
    assert notes(named[1].parent, "ours.toml") == [1, 2]


def test_the_driver_leaves_a_conflict_and_names_it(sides: list[Path], run: Run) -> None:
    for path, title in zip(sides[1:], ("A", "B"), strict=True):
        path.write_text(path.read_text(encoding="utf-8").replace("Dredge the", title), encoding="utf-8")
    before = sides[1].read_bytes()
    outcome = run("git", "merge-driver", *sides, NAME)
    assert outcome.code == 1
    assert "both sides changed title of W1; 'pathtrack git resolve' merges the rest" in outcome.err
    assert sides[1].read_bytes() == before


# --- git's own commands


def test_a_merge_keeps_both_sides(team: Path) -> None:
    branch(team, 1, 3)
    record(team, 2, 4)
    ask("merge", "--no-edit", "side")
    assert notes(team) == [1, 2, 3, 4]
    assert states(team) == ""


def test_a_hunk_header_names_what_the_hunk_is_about(team: Path) -> None:
    change(team, "- by measuring every month", "- by measuring every week")
    assert re.findall("^@@.*@@ (.*)", ask("show", "--format=", "-U0"), re.MULTILINE) == ['id = "W1"']
    record(team, 1)
    (header,) = re.findall("^@@.*@@ (.*)", ask("show", "--format=", "-U0"), re.MULTILINE)
    assert header == 'recommendations = ["E1"]'


# --- conflicts


def test_what_somebody_merged_by_hand_is_not_overwritten(plain: Path, run: Run) -> None:
    branch(plain, 2)
    record(plain, 1)
    ask("merge", "--no-edit", "side", code=1)
    by_hand = grown(SMALL, 2, 1)
    (plain / NAME).write_bytes(by_hand)
    outcome = run("git", "resolve")
    assert outcome == (
        1,
        "",
        f"{NAME}: no markers are left: check the file, then 'git add {NAME}'\n",
    )
    assert (plain / NAME).read_bytes() == by_hand


def test_what_an_editor_saved_during_a_resolve_is_kept(
    plain: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    branch(plain, 2)
    record(plain, 1)
    ask("merge", "--no-edit", "side", code=1)
    locked = store.locked

    def busy(path: Path, *, waiting: Callable[[], None]) -> object:
        path.write_bytes(path.read_bytes() + b"# saved meanwhile\n")
        return locked(path, waiting=waiting)

    monkeypatch.setattr(store, "locked", busy)
    outcome = run("git", "resolve")
    assert (outcome.code, outcome.out) == (1, "")
    assert "the file was changed in the meantime" in outcome.err
    assert text(plain).endswith("# saved meanwhile\n")


def test_resolve_finishes_what_it_can_and_names_the_rest(plain: Path, run: Run) -> None:
    (plain / "other.toml").write_bytes(SMALL)
    (plain / "pyproject.toml").write_text("version = 1\n", encoding="utf-8")
    commit(plain, "Two")
    ask("switch", "--quiet", "--create", "side")
    (plain / "pyproject.toml").write_text("version = 2\n", encoding="utf-8")
    change(plain, DREDGE, "Dig it")
    record(plain, 1, name="other.toml")
    ask("switch", "--quiet", "main")
    (plain / "pyproject.toml").write_text("version = 3\n", encoding="utf-8")
    change(plain, DREDGE, "Dredge it")
    record(plain, 2, name="other.toml")
    ask("merge", "--no-edit", "side", code=1)
    left = (plain / "pyproject.toml").read_bytes()
    outcome = run("git", "resolve")
    assert outcome.code == 1
    assert outcome.out == "other.toml: merged, 15 updates; now commit\n"
    assert [line.split(":")[0] for line in outcome.err.splitlines()] == [NAME]  # the other is no tracker
    assert states(plain) == f"M  other.toml\nUU pyproject.toml\nUU {NAME}\n"
    assert (plain / "pyproject.toml").read_bytes() == left


def test_resolve_takes_the_files_it_is_given(plain: Path, run: Run) -> None:
    branch(plain, 1)
    record(plain, 2)
    ask("merge", "--no-edit", "side", code=1)
    assert run("git", "resolve", plain / NAME).code == 0
    outcome = run("git", "resolve", NAME)
    assert (outcome.code, outcome.err) == (1, f"{NAME}: not in conflict\n")
    assert "outside the git repository" in run("git", "resolve", "../elsewhere.toml").refused(3)
    assert run("git", "resolve") == (0, "nothing is in conflict\n", "")


# --- check --since


def test_check_passes_on_new_updates_and_on_a_better_catalogue(plain: Path, run: Run) -> None:
    ask("tag", "then")
    record(plain, 1)
    change(plain, DREDGE, "Dig it")
    change(plain, "# ---- the record ----", "# ---- all updates ----")
    outcome = run("check", "--since", "then")
    assert outcome.code == 0
    assert "rewritten-past" not in outcome.out


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The dredger has arrived.", "The dredger has not arrived."),
        ("[[update]] # of the same day, says the same again\n", ""),
        ("date = 2024-06-15\nby", "date = 2024-06-16\nby"),
    ],
)
def test_check_fails_when_an_old_update_was_changed(old: str, new: str, plain: Path, run: Run) -> None:
    data = text(plain).replace(old, new, 1)
    if not new:  # the whole block
        rest = text(plain).split(old)
        data = rest[0] + rest[1][rest[1].index("[[update]]") :]
    (plain / NAME).write_text(data, encoding="utf-8")
    record(plain, 1)
    outcome = run("check", "--since", "HEAD~1")
    assert outcome.code == 1
    (line,) = (each for each in outcome.out.splitlines() if "[rewritten-past]" in each)
    assert "error: changed or removed since HEAD~1: the update of 2024-06-15 about w1 by Ana Lee" in line


def test_check_follows_the_file_into_a_folder_and_through_a_link(plain: Path, run: Run) -> None:
    (plain / "sub").mkdir()
    ask("mv", NAME, f"sub/{NAME}")
    commit(plain, "Move")
    (plain / "sub" / NAME).write_bytes(SMALL.replace(b"Withdrawn.", b"Gone."))
    (plain / "link.toml").symlink_to(Path("sub", NAME))
    for name in (f"sub/{NAME}", "link.toml"):
        assert run("check", "--since", "HEAD", "-f", name).code == 1


@pytest.mark.parametrize("ref", ["no-such-branch", "-x", "HEAD^5", "한국", "a\nb"])
def test_a_commit_that_git_does_not_know_is_refused_in_one_line(ref: str, plain: Path, run: Run) -> None:
    message = run("check", f"--since={ref}").refused(3)
    assert message.startswith("git has no version of it at ")
    assert not (plain / "pwned").exists()


@pytest.mark.parametrize("ref", ["--json", "--output=pwned"])
def test_an_option_is_no_commit(ref: str, plain: Path, run: Run) -> None:
    assert run("check", "--since", ref).refused(2).startswith("--since names no commit")
    assert not (plain / "pwned").exists()


def test_an_empty_ref_of_an_unset_variable_checks_nothing_and_says_so(plain: Path, run: Run) -> None:
    change(plain, "Withdrawn.", "Gone.")
    assert run("check", "--since=").refused(2).startswith("--since names no commit")


def test_check_since_outside_of_a_repository_is_refused_in_one_line(run: Run) -> None:
    Path(NAME).write_bytes(SMALL)
    assert run("check", "--since", "HEAD").refused(3).startswith("not inside a git repository")


def test_a_version_that_is_no_tracker_is_refused_by_its_name(plain: Path, run: Run) -> None:
    change(plain, "[report]", "[repotr]")
    (plain / NAME).write_bytes(SMALL)
    assert "(HEAD:" in run("check", "--since", "HEAD").refused(3)
