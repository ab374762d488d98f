"""No file of a repository runs or chooses anything, wherever git is asked."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Run
from pathtrack.file import store
from repositories import (
    DREDGE,
    NAME,
    ask,
    be_known,
    change,
    changed_on_both_sides,
    commit,
    record,
    repository,
)
from samples import SMALL

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the programs of these tests are shell commands")
PWNED = Path("pwned")


@pytest.fixture(autouse=True)
def _known_to_git(_isolated: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PATHTRACK_AUTHOR")
    be_known()


@pytest.fixture
def team() -> Path:
    """A repository with the small tracker, in the present folder."""
    return repository(Path.cwd())


def attack(config: Path) -> None:
    """Let git's settings run a program wherever git would run one, and name somebody else."""
    pwn = f"touch {PWNED.absolute()}; false"
    hooks = config.parent / "evil-hooks"
    hooks.mkdir()
    for hook in ("post-index-change", "reference-transaction", "pre-commit"):
        (hooks / hook).write_text(f"#!/bin/sh\n{pwn}\n")
        (hooks / hook).chmod(0o755)
    settings = f"""
[core]
fsmonitor = "{pwn}"
hooksPath = "{hooks}"
editor = "{pwn}"
pager = "{pwn}"
[filter "evil"]
clean = "{pwn}"
smudge = "{pwn}"
[diff]
external = "{pwn}"
[diff "pathtrack"]
textconv = "{pwn}"
command = "{pwn}"
"""
    config.write_text(config.read_text() + settings)


@pytest.fixture
def bare(team: Path) -> Path:
    """A folder of that repository whose ordinary files are a bare repository."""
    folder = team / "data"
    ask("init", "--quiet", "--bare", folder)
    shutil.rmtree(folder / "hooks")
    attack(folder / "config")
    with (folder / "config").open("a") as config:
        config.write('[core]\nbare = false\nworktree = "."\n[user]\nname = Mallory\n')
    (folder / NAME).write_bytes(SMALL)
    (folder / ".gitattributes").write_text("* filter=evil diff=pathtrack\n")
    return folder


COMMANDS: list[tuple[str, ...]] = [
    ("undo", "--dry-run"),
    ("edit",),
    ("update", "W1", "--note", "Seen."),
    ("correct", "W1", "--reason", "A slip.", "--note", "Better."),
    ("check", "--since", "HEAD"),
    ("git", "status"),
    ("git", "install"),
    ("git", "uninstall"),
    ("git", "resolve"),
]


@pytest.mark.parametrize("inside", [True, False], ids=["in it", "from above"])
@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_bare_repository_among_the_files_is_no_repository(
    words: tuple[str, ...], *, inside: bool, bare: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    monkeypatch.setenv("EDITOR", "true")
    if inside:
        monkeypatch.chdir(bare)
    where = ("-f", bare / NAME) if words[0] != "git" and not inside else ()
    run(*words, *where)
    assert not [*Path(bare.parent).rglob("pwned")]
    assert not any(each.by == "Mallory" for each in store.load(bare / NAME).updates)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_the_settings_of_an_unpacked_repository_run_nothing(
    words: tuple[str, ...], team: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    """As when somebody sends a folder with its `.git`."""
    monkeypatch.setenv("EDITOR", "true")
    changed_on_both_sides(team, DREDGE, "Dredge it", "Dredge it")
    ask("merge", "--no-commit", "side", code=1)
    attack(team / ".git/config")
    (team / ".gitattributes").write_text("* filter=evil diff=pathtrack\n")
    run(*words)
    assert not PWNED.exists()


def test_a_name_set_for_this_clone_is_the_users(team: Path, run: Run) -> None:
    ask("config", "user.name", "Ana of this team")
    run("update", "W1", "--note", "Seen.")
    assert store.load(team / NAME).updates[-1].by == "Ana of this team"


def test_a_file_called_git_in_the_present_folder_is_not_run(
    team: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    (team / "git").write_text("#!/bin/sh\ntouch pwned\n")
    (team / "git").chmod(0o755)
    monkeypatch.setenv("PATH", os.pathsep.join(["", ".", os.environ["PATH"]]))
    assert run("check", "--since", "HEAD").code == 0
    assert not PWNED.exists()


# --- where git looks


def elsewhere(tmp_path: Path) -> Path:
    """Make another repository, in which the record always was as it is now."""
    other = repository(tmp_path / "other")
    (other / NAME).write_bytes(SMALL.replace(b"The dredger has arrived.", b"It has not arrived."))
    commit(other, "Rewritten")
    return other


@pytest.mark.parametrize("names", [["GIT_DIR"], ["GIT_DIR", "GIT_WORK_TREE"], ["GIT_OBJECT_DIRECTORY"]])
def test_the_environment_of_a_hook_does_not_send_git_elsewhere(
    names: list[str], team: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    other = elsewhere(tmp_path)
    (team / NAME).write_bytes((other / NAME).read_bytes())
    places = {"GIT_DIR": ".git", "GIT_WORK_TREE": ".", "GIT_OBJECT_DIRECTORY": ".git/objects"}
    for name in names:
        monkeypatch.setenv(name, str(other / places[name]))
    outcome = run("check", "--since", "HEAD")
    assert (outcome.code, outcome.out.count("[rewritten-past]")) == (1, 1)


@pytest.mark.parametrize("folder", [".", "sub"])
def test_a_hook_in_a_linked_worktree_checks_its_own_record(folder: str, team: Path, tmp_path: Path) -> None:
    (team / folder).mkdir(exist_ok=True)
    if folder != ".":
        ask("mv", NAME, folder)
        commit(team, "Move")
    tree = tmp_path / "tree"
    ask("worktree", "add", "--quiet", tree, "-b", "side")
    hook = team / ".git/hooks/pre-commit"
    hook.write_text(f"#!/bin/sh\ncd {folder} && exec '{sys.executable}' -m pathtrack check --since HEAD\n")
    hook.chmod(0o755)
    record(tree, 1, name=f"{folder}/{NAME}")
    data = (tree / folder / NAME).read_bytes()
    (tree / folder / NAME).write_bytes(data.replace(b"The dredger has arrived.", b"It has not."))
    assert "[rewritten-past]" in ask("commit", "--quiet", "-a", "-m", "Rewrite", folder=tree, code=1)


def test_a_repository_inside_of_ours_does_not_answer_for_it(
    team: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    """As when a proposal puts a submodule in the place of a folder."""
    (team / "data").mkdir()
    ask("mv", NAME, "data")
    commit(team, "Move")
    monkeypatch.setenv("PATHTRACK_FILE", f"data/{NAME}")
    assert run("check", "--since", "main").code == 0
    shutil.rmtree(team / "data")
    shutil.copytree(elsewhere(tmp_path), team / "data")
    assert "[rewritten-past]" in run("check", "--since", "main").out


def test_a_replaced_object_does_not_stand_for_what_was_committed(team: Path, run: Run) -> None:
    old = ask("rev-parse", f"HEAD:{NAME}").strip()
    change(team, "The dredger has arrived.", "It has not arrived.")
    ask("replace", old, ask("rev-parse", f"HEAD:{NAME}").strip())
    assert "[rewritten-past]" in run("check", "--since", "HEAD~1").out


@pytest.mark.parametrize("kind", ["blob:none", "tree:0"])
def test_a_partial_clone_asks_no_network(
    kind: str, team: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    ask("config", "uploadpack.allowFilter", "true")
    change(team, DREDGE, "Dig it")
    partial = tmp_path / "partial"
    ask("clone", "--quiet", f"--filter={kind}", team.as_uri(), partial)
    ask("config", "remote.origin.uploadpack", f"touch {PWNED.absolute()}; git-upload-pack", folder=partial)
    ask("config", "protocol.file.allow", "always", folder=partial)
    monkeypatch.chdir(partial)
    assert run("check", "--since", "HEAD~1").refused(3).startswith("git has no version of it at 'HEAD~1'")
    assert not (team / PWNED).exists()


# --- .gitattributes


def linked(path: Path) -> None:
    path.symlink_to(path.parents[1] / "outside")


def piped(path: Path) -> None:
    os.mkfifo(path)


@pytest.mark.parametrize("command", ["install", "uninstall", "status"])
@pytest.mark.parametrize(("make", "words"), [(linked, "a link"), (piped, "not a regular file")])
def test_attributes_that_are_no_file_are_refused(
    make: Callable[[Path], None], words: str, command: str, team: Path, tmp_path: Path
) -> None:
    (tmp_path / "outside").write_text("")
    make(team / ".gitattributes")
    done = subprocess.run(
        [sys.executable, "-m", "pathtrack", "git", command],
        capture_output=True,
        text=True,
        check=False,
        timeout=20,
    )
    assert (done.returncode, done.stdout) == (3, "")
    assert words in done.stderr
    assert (tmp_path / "outside").read_text() == ""


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (".gitattributes", "*.toml merge=union"),
        ("data/.gitattributes", "*.toml -merge"),
        (".git/info/attributes", f"{NAME} merge=binary"),
    ],
)
def test_status_shows_that_a_later_line_switches_the_driver_off(
    place: str, line: str, team: Path, run: Run
) -> None:
    (team / "data").mkdir()
    (team / "data" / NAME).write_bytes(SMALL)
    run("git", "install")
    commit(team, "Install")
    assert ".gitattributes: set\n" in run("git", "status").out
    with (team / place).open("a") as file:
        file.write(f"{line}\n")
    assert f".gitattributes: set otherwise for data/{NAME}\n" in run("git", "status").out


def test_status_is_content_with_another_line_that_sets_the_driver(team: Path, run: Run) -> None:
    run("git", "install")
    (team / ".gitattributes").write_text("*.toml merge=pathtrack\n")
    assert ".gitattributes: set\n" in run("git", "status").out


# --- names of folders


@pytest.mark.parametrize("folder", ["-f", "$(touch pwned)", "a b"])
def test_a_suggested_command_can_be_pasted_whatever_the_folder_is_called(
    folder: str, team: Path, run: Run
) -> None:
    (team / folder).mkdir()
    ask("mv", "--", NAME, folder)
    commit(team, "Move")
    ask("branch", "side")
    record(team, 1, name=f"{folder}/{NAME}")
    ask("switch", "--quiet", "side")
    ask("rm", "--quiet", "-r", "--", folder)
    ask("commit", "--quiet", "-m", "Delete")
    ask("merge", "--no-edit", "main", code=1)
    said = run("git", "resolve").err
    command = said[said.index("'git add") + 1 : said.index("' or delete it")]
    assert subprocess.run(["sh", "-c", command], check=False).returncode == 0
    assert ask("diff", "--name-only", "--diff-filter=U") == ""
    assert not PWNED.exists()


def test_a_folder_is_not_taken_for_an_option_by_the_driver(team: Path, run: Run) -> None:
    (team / "-f").mkdir()
    ask("mv", "--", NAME, "-f")
    run("git", "install")
    commit(team, "Move")
    ask("branch", "side")
    record(team, 1, name=f"-f/{NAME}")
    ask("switch", "--quiet", "side")
    record(team, 2, name=f"-f/{NAME}")
    ask("merge", "--no-edit", "main")
    assert [each.note for each in store.load(team / "-f" / NAME).updates[-2:]] == ["n1", "n2"]
