import os
from pathlib import Path, PureWindowsPath

import pytest

from conftest import run_git
from pathtrack import git
from pathtrack.git import door


@pytest.fixture
def repository() -> Path:
    run_git("init", "--quiet")
    return Path.cwd()


def excluded(repository: Path) -> list[str]:
    return (repository / ".git" / "info" / "exclude").read_text(encoding="utf-8").splitlines()


def is_ignored(path: Path) -> bool:
    return bool(run_git("check-ignore", path.name, folder=path.parent))


def test_what_stands_for_no_repository_can_be_none_on_any_system() -> None:
    """Windows can have a folder called like its null device, and `nul/config` would be read."""
    nothing = Path(door.NOWHERE["GIT_DIR"])
    assert nothing.is_absolute()
    assert nothing.parent.is_file()


def test_the_author_is_gits_user() -> None:
    run_git("config", "--global", "user.name", "한국 Ana")
    assert git.user_name() == "한국 Ana"


def test_the_author_of_a_repository_comes_before_the_global_one(repository: Path) -> None:
    run_git("config", "--global", "user.name", "Global")
    run_git("config", "user.name", "Local", folder=repository)
    assert git.user_name() == "Local"


def test_there_is_no_author_where_git_knows_none() -> None:
    assert git.user_name() == ""


def test_there_is_no_author_without_git(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert git.user_name() == ""


@pytest.mark.parametrize(
    "name",
    [
        ".recommendations.toml.lock",
        "sub/.recommendations.toml.lock",
        "a b/c d.lock",
        "[x]/*?.lock",
        "back\\slash.lock",
        "#hash.lock",
        "!bang.lock",
        "끝/한국.lock",
        "trailing .lock ",
    ],
)
def test_an_ignored_file_is_ignored_by_git(repository: Path, name: str) -> None:
    path = repository / name
    path.parent.mkdir(exist_ok=True)
    path.touch()
    assert not is_ignored(path)
    git.ignore(path)
    assert is_ignored(path)


def test_nothing_but_that_file_is_ignored(repository: Path) -> None:
    (repository / "sub").mkdir()
    git.ignore(repository / "a?.lock")
    for other in ("ab.lock", "sub/a?.lock", "a?.lockx"):
        assert not is_ignored(repository / other)


def test_ignoring_twice_writes_one_line(repository: Path) -> None:
    for _ in range(2):
        git.ignore(repository / "a.lock")
    assert excluded(repository).count("/a.lock") == 1


@pytest.mark.parametrize("before", ["*.bak", "*.bak\n", "", "# 한국\n"])
def test_what_was_listed_stays(repository: Path, before: str) -> None:
    (repository / ".git" / "info" / "exclude").write_text(before, encoding="utf-8")
    git.ignore(repository / "a.lock")
    assert excluded(repository) == [*before.splitlines(), "/a.lock"]


def test_the_list_is_made_where_there_is_none(repository: Path) -> None:
    (repository / ".git" / "info" / "exclude").unlink()
    (repository / ".git" / "info").rmdir()
    git.ignore(repository / "a.lock")
    assert excluded(repository) == ["/a.lock"]


def test_nothing_happens_outside_of_a_repository() -> None:
    git.ignore(Path.cwd() / "a.lock")
    assert not list(Path.cwd().iterdir())


def test_a_list_in_another_encoding_is_no_reason_to_fail(repository: Path) -> None:
    exclude = repository / ".git" / "info" / "exclude"
    exclude.write_bytes(b"# caf\xe9\n")
    git.ignore(repository / "a.lock")
    assert exclude.read_bytes().startswith(b"# caf\xe9\n")


def test_a_list_that_cannot_be_written_is_no_reason_to_fail(repository: Path) -> None:
    exclude = repository / ".git" / "info" / "exclude"
    exclude.unlink()
    exclude.mkdir()
    git.ignore(repository / "a.lock")
    assert exclude.is_dir()


def test_a_file_below_the_top_is_staged_by_its_name_in_git(repository: Path) -> None:
    """On Windows, a path has backslashes; git's names have none."""
    name = "sub/own/recommendations.toml"
    (repository / name).parent.mkdir(parents=True)
    (repository / name).write_bytes(b"old")
    run_git("add", ".")
    (repository / name).write_bytes(b"new")
    path = PureWindowsPath(name) if os.name == "posix" else Path(name)
    git.stage(path, repository)
    assert (run_git("ls-files").split(), run_git("show", f":{name}")) == ([name], "new")
