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


# --- what is written in a .git


def victim(tmp_path: Path) -> Path:
    """Make a repository of the user's own, and a file at home."""
    ask("init", "--quiet", tmp_path / "proj")
    (tmp_path / "bashrc").write_text("mine\n")
    return tmp_path / "proj"


def all_of(folder: Path) -> dict[str, bytes]:
    return {str(each): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def linked_exclude(tmp_path: Path) -> None:
    shutil.rmtree(Path(".git/info"))
    Path(".git/info").mkdir()
    Path(".git/info/exclude").symlink_to(tmp_path / "bashrc")


def linked_info(tmp_path: Path) -> None:
    shutil.rmtree(Path(".git/info"))
    Path(".git/info").symlink_to(tmp_path / "proj")


def linked_config(tmp_path: Path) -> None:
    (tmp_path / "proj/own.cfg").write_bytes(Path(".git/config").read_bytes())
    Path(".git/config").unlink()
    Path(".git/config").symlink_to(tmp_path / "proj/own.cfg")


def linked_index(tmp_path: Path) -> None:
    Path(".git/index").symlink_to(tmp_path / "proj/.git/index")


def linked_objects(tmp_path: Path) -> None:
    for each in range(256):
        Path(f".git/objects/{each:02x}").symlink_to(tmp_path / "proj")


def another_common_folder(tmp_path: Path) -> None:
    Path(".git/commondir").write_text(f"{tmp_path / 'proj/.git'}\n")


def another_top(tmp_path: Path) -> None:
    ask("config", "core.worktree", tmp_path / "proj")


def a_top_above(tmp_path: Path) -> None:
    ask("config", "core.worktree", tmp_path)


def another_git(tmp_path: Path) -> None:
    shutil.rmtree(Path(".git"))
    Path(".git").symlink_to(tmp_path / "proj/.git")


def a_file_for_another_git(tmp_path: Path) -> None:
    shutil.rmtree(Path(".git"))
    Path(".git").write_text(f"gitdir: {tmp_path / 'proj/.git'}\n")


def a_worktree_of_another(tmp_path: Path) -> None:
    """Like what `git worktree add` makes, with the repository of the user in the place of our own."""
    (inside := Path("x/worktrees/y")).mkdir(parents=True)
    Path(".git/HEAD").rename(inside / "HEAD")
    shutil.rmtree(Path(".git"))
    Path(".git").write_text(f"gitdir: {inside.absolute()}\n")
    (inside / "gitdir").write_text(f"{Path('.git').absolute()}\n")
    (inside / "commondir").write_text(f"{tmp_path / 'proj/.git'}\n")


@pytest.mark.parametrize(
    "lead",
    [
        *(
            linked_exclude,
            linked_info,
            linked_config,
            linked_index,
            linked_objects,
            another_common_folder,
            another_top,
        ),
        *(a_top_above, another_git, a_file_for_another_git, a_worktree_of_another),
    ],
)
def test_a_git_that_was_sent_leads_no_write_elsewhere(
    lead: Callable[[Path], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    victim(tmp_path)
    (folder := tmp_path / "sent" / ";touch${IFS}pwned;").mkdir(parents=True)
    monkeypatch.chdir(folder)
    ask("init", "--quiet")
    lead(tmp_path)
    before = all_of(tmp_path / "proj")
    assert run("init", "--blank", "--title", "T").code == 0
    for command in ("install", "uninstall", "resolve"):
        said = run("git", command).refused(3)
        assert said.startswith(("a link, which is not written through", "the .git here is that of another"))
    assert all_of(tmp_path / "proj") == before
    assert (tmp_path / "bashrc").read_text() == "mine\n"
    assert not (tmp_path / ".gitattributes").exists()


@pytest.mark.parametrize("kind", ["worktree", "submodule", "separate", "moved"])
def test_a_git_elsewhere_that_names_its_folder_is_its_own(
    kind: str, team: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    other = tmp_path / "other"
    if kind == "submodule":
        ask("init", "--quiet", tmp_path / "all")
        ask(
            "-c",
            "protocol.file.allow=always",
            "submodule",
            "add",
            "--quiet",
            team,
            "it",
            folder=tmp_path / "all",
        )
        other = tmp_path / "all" / "it"
    elif kind == "separate":
        ask("init", "--quiet", f"--separate-git-dir={tmp_path / 'kept.git'}", other)
        ask("config", "core.worktree", other, folder=other)
    else:
        ask("worktree", "add", "--quiet", other, "-b", "side")
    if kind == "moved":
        other = other.rename(tmp_path / "another")
        monkeypatch.chdir(other)
        assert "'git worktree repair' helps" in run("git", "install").refused(3)
        ask("worktree", "repair")
    monkeypatch.chdir(other)
    assert run("git", "install").code == 0
    assert (other / ".gitattributes").is_file()
    lock = other / f".{NAME}.lock"
    lock.touch()
    assert ask("check-ignore", lock.name).strip() == lock.name
    assert run("git", "uninstall").code == 0


@pytest.mark.parametrize("inside", [False, True], ids=["to a file at home", "to one in the repository"])
def test_a_merge_does_not_write_through_a_link(team: Path, tmp_path: Path, run: Run, *, inside: bool) -> None:
    """As when somebody sends a folder with its `.git`, in the middle of a merge."""
    changed_on_both_sides(team, DREDGE, "Dredge it", "Dredge it")
    ask("merge", "--no-commit", "side", code=1)
    target = (team if inside else tmp_path) / "bashrc"
    target.write_text("mine\n")
    (team / NAME).unlink()
    (team / NAME).symlink_to(target)
    outcome = run("git", "resolve")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith(f"{NAME}: a merge is not written through a link")
    assert target.read_text() == "mine\n"
    assert (team / NAME).is_symlink()


# --- what is in conflict


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (NAME, "[report]", "[ report ]"),
        (NAME, "[report]", '["report"]'),
        ("tracker.txt", "[report]", "[report]"),
        ("docs/tracker", "[report]", "[ 'report' ]"),
    ],
)
def test_no_conflict_of_a_tracker_is_hidden(name: str, old: str, new: str, team: Path, run: Run) -> None:
    (team / name).parent.mkdir(exist_ok=True)
    (team / NAME).rename(team / name)
    (team / name).write_bytes(SMALL.replace(old.encode(), new.encode()))
    commit(team, "Spell")
    ask("switch", "--quiet", "--create", "side")
    record(team, 2, name=name)
    ask("switch", "--quiet", "main")
    record(team, 1, name=name)
    ask("merge", "side", code=1)
    assert f"in conflict: {name}\n" in run("git", "status").out
    assert run("git", "resolve").out == f"{name}: merged, 15 updates; now commit\n"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("notes.md", "# Notes\n\nA tracker:\n\n[report]\n[[update]]\n"),
        ("pyproject.toml", "[tool.report]\nx = 1\n"),
        (".coveragerc", "[report]\nfail_under = 95\n"),
    ],
)
def test_no_other_file_is_taken_for_a_tracker(name: str, text: str, team: Path, run: Run) -> None:
    for branch, last in (("side", "a = 1\n"), ("main", "a = 2\n")):
        ask("switch", "--quiet", *(["--create"] if branch == "side" else []), branch)
        (team / name).write_text(text + last)
        commit(team, last)
    ask("merge", "side", code=1)
    assert run("git", "resolve").out == "nothing is in conflict\n"


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


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a\nb.toml", "PATH"),
        ("a\x1b[2Kb.toml", "PATH"),
        ("a\u202eb.toml", "PATH"),
        ("=x.toml", "'=x.toml'"),
        ("a b.toml", "'a b.toml'"),
        ("한국.toml", "'한국.toml'"),
        ("b/=x.toml", "b/=x.toml"),
    ],
)
def test_a_suggested_command_names_no_other_file(name: str, shown: str, run: Run) -> None:
    Path(name).parent.mkdir(exist_ok=True)
    Path(name).write_bytes(SMALL)
    said = run("update", "W1", "--note", "Seen.", "--file", name).err
    assert said.endswith(f"next: pathtrack show W1 --file {shown}\n")
    assert f"list --file {shown}'?" in run(name).err or shown == "PATH"
    Path(name).write_text("id,area\n")
    moved = Path(name).rename(name.replace(".toml", ".csv"))
    said = run("list", "--file", moved).refused(3)
    assert f"'pathtrack import {shown.replace('.toml', '.csv')}'" in said


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
