import stat
from pathlib import Path

import pytest

from conftest import POSIX
from pathtrack.errors import FileError, UsageError
from pathtrack.file import publish
from samples import SMALL


def test_a_report_is_written_and_replaced() -> None:
    path = Path("status.md")
    publish.write(path, "first, 첫째\n".encode())
    publish.write(path, b"second\n")
    assert path.read_bytes() == b"second\n"
    assert [each.name for each in Path.cwd().iterdir()] == ["status.md"]


@pytest.mark.parametrize("name", ["recommendations.toml", "OTHER.TOML"])
def test_a_report_never_replaces_a_tracker(name: str) -> None:
    Path(name).write_bytes(SMALL)
    with pytest.raises(UsageError, match="never replaces a tracker"):
        publish.write(Path(name), b"text")
    assert Path(name).read_bytes() == SMALL


@POSIX
def test_a_report_never_replaces_a_tracker_through_a_link(here: Path) -> None:
    Path("status.md").symlink_to(here)
    with pytest.raises(UsageError, match="never replaces a tracker"):
        publish.write(Path("status.md"), b"text")
    assert here.read_bytes() == SMALL


def test_a_report_needs_a_folder_that_is_there() -> None:
    Path("status").mkdir()
    with pytest.raises(UsageError, match="not a regular file"):
        publish.write(Path("status"), b"text")
    with pytest.raises(FileError):
        publish.write(Path("missing/status.md"), b"text")


@POSIX
@pytest.mark.parametrize(
    ("link", "target"),
    [("status.md", "status.md"), ("site", "site/index.html"), ("a/b", "a/b/c/status.md")],
)
@pytest.mark.parametrize("entered", [True, False], ids=["from inside", "from elsewhere"])
def test_a_report_follows_no_link_that_came_with_a_clone(
    link: str, target: str, *, entered: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (clone := tmp_path / "clone" / "sub").mkdir(parents=True)
    (clone.parent / ".git").mkdir()
    (precious := tmp_path / "precious").mkdir()
    for name in ("status.md", "index.html"):
        (precious / name).write_text("mine")
    (clone / link).parent.mkdir(exist_ok=True)
    (clone / link).symlink_to(precious / "status.md" if link == "status.md" else precious)
    if entered:
        monkeypatch.chdir(clone)
    path = Path(target) if entered else clone / target
    with pytest.raises(UsageError, match="a report is not written through a link"):
        publish.write(path, b"text")
    if link != target:
        with pytest.raises(UsageError, match="a report is not written through a link"):
            publish.make_folder(path.parent)
    assert sorted(each.read_text() for each in precious.iterdir()) == ["mine", "mine"]


@POSIX
def test_a_report_follows_a_link_of_the_users_own(tmp_path: Path) -> None:
    (tmp_path / "web").mkdir()
    (tmp_path / "public").symlink_to("web")
    publish.make_folder(tmp_path / "public" / "site")
    publish.write(tmp_path / "public" / "site" / "status.md", b"text")
    assert (tmp_path / "web" / "site" / "status.md").read_text() == "text"


@POSIX
def test_a_report_keeps_the_mode_of_the_one_before() -> None:
    path = Path("status.md")
    path.touch(0o640)
    path.chmod(0o640)
    publish.write(path, b"text")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
