import os
import stat
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from filelock import FileLock

from conftest import POSIX, Run
from pathtrack.errors import FileError, PathtrackError, UsageError
from pathtrack.file import disk, publish, store, toml
from pathtrack.file.document import Document
from pathtrack.record.model import Update
from samples import SMALL, update

NOT_ROOT = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read and write everything"
)


def nobody_waits() -> None:
    raise AssertionError("nobody else writes")


def noted(words: str) -> Update:
    return update("2025-12-01", "W1", note=words)


def with_note(words: str) -> Callable[[Document], Document]:
    """Return what adds an update with a note."""
    return lambda old: old.with_more(updates=[noted(words)])


def left_over(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir() if each.name.endswith(".new"))


def test_the_given_path_comes_first(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATHTRACK_FILE", "from-the-environment.toml")
    assert store.find(Path("given.toml")) == Path("given.toml")
    assert store.find(None) == Path("from-the-environment.toml")
    monkeypatch.setenv("PATHTRACK_FILE", "")
    assert store.find(None) == Path(here.name)


def test_the_tracker_of_the_nearest_parent_is_found(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = here.parent / "a" / "b"
    inner.mkdir(parents=True)
    monkeypatch.chdir(inner)
    assert store.find(None) == here
    nearer = inner.parent / store.FILE_NAME
    nearer.touch()
    assert store.find(None) == nearer


def nothing(path: Path) -> None:
    path.symlink_to("nowhere.toml")


def pipe(path: Path) -> None:
    if sys.platform != "win32":
        os.mkfifo(path)


@POSIX
@pytest.mark.parametrize(
    ("make", "words"),
    [(Path.mkdir, "not a regular file"), (pipe, "not a regular file"), (nothing, "the link leads nowhere")],
)
def test_what_cannot_be_a_tracker_here_is_not_passed_over(
    make: Callable[[Path], None], words: str, here: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    (inner := here.parent / "inner").mkdir()
    monkeypatch.chdir(inner)
    make(Path(store.FILE_NAME))
    for command in (["list"], ["update", "W1", "--note", "Seen."], ["check"], []):
        assert run(*command).refused(3).startswith(words)
    assert here.read_bytes() == SMALL


@POSIX
@pytest.mark.parametrize("cloned", [True, False])
def test_a_link_out_of_a_repository_is_followed_only_if_it_is_named(
    here: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, cloned: bool
) -> None:
    """As when a proposal puts a link to a private tracker in the place of ours."""
    private = here.rename(tmp_path / "private.toml")
    (folder := here.parent / "docs").mkdir()
    if cloned:
        (here.parent / ".git").mkdir()
    here.symlink_to(private)
    monkeypatch.chdir(folder)
    for command in (["list"], ["export"], ["update", "W1", "--note", "Seen."], ["check"], []):
        said = run(*command).refused(3)
        assert said.startswith(f"a link that leads out of the {'repository' if cloned else 'folder'}")
        assert said.endswith("name that with --file")
    assert private.read_bytes() == SMALL
    assert run("update", "W1", "--note", "Seen.", "--file", here).code == 0
    assert here.is_symlink()


@POSIX
def test_a_link_inside_of_a_repository_is_followed(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here.parent / ".git").mkdir()
    (folder := here.parent / "docs").mkdir()
    (folder / store.FILE_NAME).symlink_to(f"../{store.FILE_NAME}")
    monkeypatch.chdir(folder)
    assert store.find(None) == Path(store.FILE_NAME)


@POSIX
def test_a_working_folder_that_is_gone_is_refused_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    with pytest.raises(FileError):
        store.find(None)


def test_the_shipped_tracker_is_found_and_loads() -> None:
    assert store.load(store.shipped()).report.title


@pytest.mark.parametrize("name", ["missing.toml", "missing/recommendations.toml"])
def test_a_missing_file_is_refused(name: str) -> None:
    with pytest.raises(FileError, match="no such f"):
        store.load(Path(name))
    with pytest.raises(FileError, match="no such f"):
        store.change(Path(name), with_note("new"), waiting=nobody_waits)
    assert not list(Path.cwd().iterdir())


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="not a regular file"):
        store.read(tmp_path)


@POSIX
def test_a_pipe_is_no_file_and_nobody_waits_for_it() -> None:
    if sys.platform != "win32":
        os.mkfifo("pipe")
    with pytest.raises(FileError, match="not a regular file"):
        store.read(Path("pipe"))
    with pytest.raises(UsageError, match="not a regular file"):
        publish.write(Path("pipe"), b"text")


@POSIX
def test_what_never_ends_is_no_file_and_nobody_waits_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """As /proc/kmsg, which the system takes for a regular file."""
    reading, writing = os.openpty() if sys.platform != "win32" else (0, 0)
    monkeypatch.setattr(Path, "is_file", lambda _: True)
    with pytest.raises(FileError, match="not a regular file"):
        store.read(Path(f"/dev/fd/{reading}"))
    os.close(reading)
    os.close(writing)


@NOT_ROOT
def test_a_file_that_may_not_be_read_is_refused(here: Path) -> None:
    here.chmod(0)
    with pytest.raises(FileError, match="cannot read the file"):
        store.read(here)


@POSIX
@pytest.mark.parametrize("name", ["loop.toml", "x" * 300])
def test_a_path_that_leads_nowhere_is_refused(name: str) -> None:
    if len(name) < 100:
        Path(name).symlink_to(name)
    for attempt in (
        store.read,
        lambda path: store.change(path, with_note("new"), waiting=nobody_waits),
        lambda path: store.create(path, SMALL, waiting=nobody_waits),
        lambda path: publish.write(path, b"text"),
    ):
        with pytest.raises(PathtrackError) as caught:
            attempt(Path(name))
        assert "\n" not in str(caught.value)


def test_a_file_over_the_limit_is_refused_without_reading_it_all() -> None:
    path = Path("large.toml")
    with path.open("wb") as file:
        file.truncate(toml.LIMIT * 2)
    assert len(store.read(path)) == toml.LIMIT + 1
    with pytest.raises(FileError, match="larger than 64 MB"):
        store.load(path)


def test_of_an_endless_stdin_no_more_is_read_than_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with Path("/dev/zero").open(encoding="utf-8") as endless:
        monkeypatch.setattr("sys.stdin", endless)
        assert len(store.stdin()) == toml.LIMIT + 1


def test_a_file_is_opened_as_it_stands(here: Path) -> None:
    document = store.open_(here)
    assert (document.name, document.data) == (str(here), SMALL)
    assert document.tracker == store.load(here)


def test_a_change_returns_the_document_before_and_after(here: Path) -> None:
    before = store.open_(here)
    written = store.change(here, with_note("new"), waiting=nobody_waits)
    assert written.before == before
    assert written.after.data == here.read_bytes()
    assert written.after.tracker == store.load(here)
    assert written.after.tracker.updates == (*before.tracker.updates, noted("new"))


def test_the_update_is_made_of_the_tracker_that_is_there(here: Path) -> None:
    def make(old: Document) -> Document:
        return with_note(f"after {len(old.tracker.updates)}")(old)

    for _ in range(3):
        store.change(here, make, waiting=nobody_waits)
    assert [each.note for each in store.load(here).updates[-3:]] == ["after 13", "after 14", "after 15"]


@pytest.mark.parametrize("opened", [True, False])
def test_what_an_editor_saves_meanwhile_is_read_again(here: Path, *, opened: bool) -> None:
    saved = SMALL + b"# saved by an editor\n"

    def make(old: Document) -> Document:
        here.write_bytes(saved)
        return with_note("new")(old)

    known = store.open_(here) if opened else None
    store.change(here, make, waiting=nobody_waits, opened=known)
    assert here.read_bytes().startswith(saved)
    assert store.load(here).updates[-1] == noted("new")
    assert not left_over(here.parent)


def test_what_was_opened_before_is_not_read_again_where_nobody_changed_it(here: Path) -> None:
    opened = store.open_(here)
    assert store.change(here, with_note("one"), waiting=nobody_waits, opened=opened).before is opened
    second = store.change(here, with_note("two"), waiting=nobody_waits, opened=opened)
    assert [each.note for each in second.after.tracker.updates[-2:]] == ["one", "two"]


def test_bytes_are_exchanged_for_those_that_are_there(here: Path) -> None:
    store.exchange(here, SMALL, b"new", waiting=nobody_waits)
    assert here.read_bytes() == b"new"
    with pytest.raises(FileError, match="the file was changed in the meantime"):
        store.exchange(here, SMALL, b"newer", waiting=nobody_waits)
    assert here.read_bytes() == b"new"


def test_bytes_are_not_exchanged_where_somebody_saved_others_at_the_last_moment(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replacing = disk.replacing

    @contextmanager
    def slowly(path: Path, data: bytes) -> Iterator[Callable[[], None]]:
        with replacing(path, data) as commit:
            here.write_bytes(b"saved")
            yield commit

    monkeypatch.setattr(disk, "replacing", slowly)
    with pytest.raises(FileError, match="the file was changed in the meantime"):
        store.exchange(here, SMALL, b"new", waiting=nobody_waits)
    assert here.read_bytes() == b"saved"
    assert not left_over(here.parent)


def test_a_failure_leaves_the_file_whole_and_the_lock_free(here: Path) -> None:
    def fail(_: Document) -> Document:
        raise UsageError("no")

    with pytest.raises(UsageError):
        store.change(here, fail, waiting=nobody_waits)
    assert here.read_bytes() == SMALL
    assert not left_over(here.parent)
    store.change(here, with_note("new"), waiting=nobody_waits)


def test_an_invalid_file_is_not_touched(here: Path) -> None:
    here.write_bytes(SMALL + b"<<<<<<< ours\n")
    with pytest.raises(FileError, match="conflict markers"):
        store.change(here, with_note("new"), waiting=nobody_waits)
    assert here.read_bytes() == SMALL + b"<<<<<<< ours\n"


@POSIX
def test_a_full_disk_leaves_the_file_whole(here: Path) -> None:
    with files_no_larger_than(len(SMALL) + 10), pytest.raises(FileError, match="cannot write the file"):
        store.change(here, with_note("new " * 1000), waiting=nobody_waits)
    assert here.read_bytes() == SMALL
    assert not left_over(here.parent)


@contextmanager
def files_no_larger_than(number: int) -> Iterator[None]:
    import resource  # noqa: PLC0415 POSIX has it

    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (number, old[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)


def test_what_a_killed_writer_left_is_removed_and_nothing_else(here: Path) -> None:
    leftover = here.with_name(f".{here.name}.0123456789abcdef.new")
    names = (".other.toml.new", "notes.new", "a.0123456789abcdef.new", ".status.md.0123456789abcdef.new")
    others = [here.with_name(name) for name in names]
    for path in (leftover, *others):
        path.write_bytes(b"half")
    store.change(here, with_note("new"), waiting=nobody_waits)
    assert not leftover.exists()
    assert all(each.read_bytes() == b"half" for each in others)


def test_a_read_only_file_is_refused(here: Path) -> None:
    here.chmod(stat.S_IREAD)
    with pytest.raises(FileError, match="read-only"):
        store.change(here, with_note("new"), waiting=nobody_waits)
    assert here.read_bytes() == SMALL
    here.chmod(stat.S_IREAD | stat.S_IWRITE)


def test_a_busy_file_is_waited_for(here: Path) -> None:
    other = FileLock(store.lock_path(here))
    other.acquire()
    written = store.change(here, with_note("new"), waiting=other.release)
    assert written.after.tracker.updates[-1] == noted("new")


def test_a_file_that_stays_busy_is_given_up(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "PATIENCE", 0.05)
    waited: list[bool] = []
    with FileLock(store.lock_path(here)), pytest.raises(FileError, match="another program is writing"):
        store.change(here, with_note("new"), waiting=lambda: waited.append(True))
    assert waited == [True]
    assert here.read_bytes() == SMALL


def test_no_update_of_many_writers_is_lost(here: Path) -> None:
    def write(number: int) -> None:
        store.change(here, with_note(f"note {number}"), waiting=lambda: None)

    with ThreadPoolExecutor(4) as writers:
        list(writers.map(write, range(16)))
    assert {each.note for each in store.load(here).updates[13:]} == {f"note {number}" for number in range(16)}
    assert here.read_bytes().startswith(SMALL)


def test_the_lock_stands_beside_the_file() -> None:
    assert store.lock_path(Path("a.toml")) == Path.cwd().resolve() / ".a.toml.lock"


@POSIX
def test_the_lock_stands_beside_the_file_that_a_link_leads_to(tmp_path: Path) -> None:
    Path("link.toml").symlink_to(tmp_path / "real.toml")
    assert store.lock_path(Path("link.toml")) == tmp_path.resolve() / ".real.toml.lock"


def test_a_new_tracker_is_written_where_nothing_stands() -> None:
    store.create(Path("new.toml"), SMALL, waiting=nobody_waits)
    assert Path("new.toml").read_bytes() == SMALL


@pytest.mark.parametrize("what", ["file", "folder", "link"])
def test_a_new_tracker_replaces_nothing(what: str) -> None:
    path = Path("there.toml")
    match what:
        case "file":
            path.write_text("mine")
        case "folder":
            path.mkdir()
        case _:
            path.symlink_to("nowhere.toml")
    with pytest.raises(FileError, match="already exists"):
        store.create(path, SMALL, waiting=nobody_waits)
    assert not path.is_file() or path.read_text() == "mine"
    assert not Path("nowhere.toml").exists()


def test_any_file_is_replaced_whole() -> None:
    for data in (b"first", SMALL):
        store.replace(Path("ours.toml"), data)
        assert Path("ours.toml").read_bytes() == data
    assert [each.name for each in Path.cwd().iterdir()] == ["ours.toml"]
