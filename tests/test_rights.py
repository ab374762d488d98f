"""Replacing a file keeps what everybody may do with it, or is refused."""

import errno
import os
import stat
import struct
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace

import pytest

from pathtrack.errors import FileError
from pathtrack.file import disk, store
from pathtrack.file.document import Document
from samples import SMALL, update

if sys.platform != "linux":
    pytest.skip("of Linux only", allow_module_level=True)

import pwd

ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become others")
ACL = "system.posix_acl_access"
ANA, BOB, TEAM = 12001, 12002, 12100


@pytest.fixture
def path() -> Iterator[Path]:
    """A tracker in a folder that everybody may enter and write."""
    with TemporaryDirectory(prefix="pathtrack-") as folder:
        Path(folder).chmod(0o777)
        (path := Path(folder) / "f.toml").write_bytes(SMALL)
        yield path


def replace(path: Path) -> None:
    with disk.replacing(path, b"new") as commit:
        commit()


def write(path: Path, note: str = "new") -> None:
    def wait() -> None:
        raise AssertionError("nobody else writes")

    store.change(
        path, lambda old: old.with_more(updates=[update("2025-12-01", "W1", note=note)]), waiting=wait
    )


def acl(user: int) -> bytes:
    """Return an access control list that lets one more user write."""
    nobody = 0xFFFFFFFF
    entries = [(0x01, 6, nobody), (0x02, 6, user), (0x04, 4, nobody), (0x10, 6, nobody), (0x20, 4, nobody)]
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *each) for each in entries)


def give(path: Path, name: str, value: bytes) -> None:
    try:
        os.setxattr(path, name, value)
    except OSError:
        pytest.skip("the file system has no such attributes")


def as_user(user: int, call: Callable[[], None], *groups: int) -> str:
    """Do something as another user, in a process of its own; return the refusal."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.setgroups(groups)
            os.setgid(user)
            os.setuid(user)
            call()
            said = ""
        except BaseException as error:  # noqa: BLE001 the parent looks at it
            said = f"{type(error).__name__}: {error}"
        os.write(writing, said.encode())
        os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading) as pipe:
        return pipe.read()


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> dict[int, set[int]]:
    """The groups of each user, as the system knows them; at first all are of the team."""
    groups = {ANA: {ANA, TEAM}, BOB: {BOB, TEAM}}

    def user(number: int) -> SimpleNamespace:
        return SimpleNamespace(pw_name=number, pw_gid=number)

    monkeypatch.setattr(pwd, "getpwuid", user)
    monkeypatch.setattr(os, "getgrouplist", lambda name, group: [*groups.get(name, {group})])
    return groups


def test_attributes_and_access_lists_are_kept(path: Path) -> None:
    give(path, "user.checksum", b"abc")
    give(path, ACL, acl(BOB))
    replace(path)
    assert path.read_bytes() == b"new"
    assert {name: os.getxattr(path, name) for name in os.listxattr(path)} == {
        "user.checksum": b"abc",
        ACL: acl(BOB),
    }


def test_what_the_folder_hands_down_is_not_added(path: Path) -> None:
    give(path.parent, "system.posix_acl_default", acl(BOB))
    replace(path)
    assert os.listxattr(path) == []


@pytest.mark.parametrize("refused", ["setxattr", "removexattr"])
def test_attributes_that_cannot_be_kept_refuse_the_write(
    refused: str, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(path if refused == "setxattr" else path.parent, "user.a", b"1")
    if refused == "removexattr":
        give(path.parent, "system.posix_acl_default", acl(BOB))

    def refuse(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, refused, refuse)
    with pytest.raises(FileError, match="cannot write the file: Operation not permitted"):
        replace(path)
    assert path.read_bytes() == SMALL
    assert [each.name for each in path.parent.iterdir()] == [path.name]


@ROOT
@pytest.mark.parametrize("mode", [0o640, 0o2664, 0o4755])
def test_owner_group_and_mode_are_kept(mode: int, path: Path) -> None:
    os.chown(path, ANA, TEAM)
    path.chmod(mode)
    replace(path)
    found = path.stat()
    assert (found.st_uid, found.st_gid, stat.S_IMODE(found.st_mode)) == (ANA, TEAM, mode)


def test_a_container_that_does_not_know_the_owner_is_no_reason_to_fail(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*_: object) -> None:
        raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr(os, "fchown", unknown)
    replace(path)
    assert path.read_bytes() == b"new"


@ROOT
@pytest.mark.usefixtures("known")
@pytest.mark.parametrize(("mode", "taken"), [(0o664, False), (0o666, False), (0o662, True), (0o626, True)])
def test_an_owner_that_cannot_be_kept_refuses_the_write_where_it_matters(
    mode: int, path: Path, *, taken: bool
) -> None:
    os.chown(path, ANA, TEAM)
    path.chmod(mode)
    groups = [] if mode in (0o666, 0o662, 0o626) else [TEAM]
    said = as_user(BOB, lambda: replace(path), *groups)
    assert ("cannot be kept" in said) is taken, said
    assert (path.read_bytes() == SMALL) is taken
    assert stat.S_IMODE(path.stat().st_mode) == mode


@ROOT
@pytest.mark.usefixtures("known")
def test_everybody_of_a_group_writes_its_tracker_in_turn(path: Path) -> None:
    os.chown(path, ANA, TEAM)
    path.chmod(0o664)
    for user in (ANA, BOB, ANA):
        assert as_user(user, partial(write, path, str(user)), TEAM) == ""
    notes = [each.note for each in Document.read(path.read_bytes(), name="f").tracker.updates[-3:]]
    assert notes == [str(ANA), str(BOB), str(ANA)]
    assert (path.stat().st_gid, stat.S_IMODE(path.stat().st_mode)) == (TEAM, 0o664)


@ROOT
def test_whoever_an_access_list_names_takes_the_lock_too(path: Path) -> None:
    give(path, ACL, acl(BOB))
    write(path)
    with store.locked(path, waiting=lambda: None):
        assert os.getxattr(store.lock_path(path), ACL) == acl(BOB)


@ROOT
def test_the_owner_takes_the_lock_after_root_has_written(path: Path) -> None:
    os.chown(path, ANA, ANA)
    write(path)
    assert as_user(ANA, lambda: write(path)) == ""


@ROOT
@pytest.mark.parametrize("mode", [0o764, 0o664, 0o644])
def test_whoever_is_refused_leaves_no_lock(mode: int, path: Path, known: dict[int, set[int]]) -> None:
    """The owner is not of the group; others come by an access list or as members of it."""
    known[ANA] = {ANA}
    os.chown(path, ANA, TEAM)
    path.chmod(mode)
    if mode == 0o644:
        give(path, ACL, acl(BOB))
    said = as_user(BOB, lambda: write(path), TEAM)
    assert "cannot be kept" in said
    assert [each.name for each in path.parent.iterdir()] == [path.name]
    os.chown(path, ANA, ANA)
    assert as_user(ANA, lambda: write(path)) == ""


@ROOT
def test_an_owner_outside_of_the_group_stays_the_owner(path: Path, known: dict[int, set[int]]) -> None:
    """As in a folder that hands its group down, where the owner could no longer write."""
    os.chown(path, ANA, TEAM)
    path.chmod(0o664)
    os.chown(path.parent, 0, TEAM)
    path.parent.chmod(0o2777)
    known[ANA] = {ANA}
    assert "cannot be kept" in as_user(BOB, lambda: write(path), TEAM)
    del known[ANA]  # not known to the system at all
    assert "cannot be kept" in as_user(BOB, lambda: write(path), TEAM)
    os.chown(path, 0, TEAM)  # root needs no group
    assert as_user(BOB, lambda: write(path), TEAM) == ""
    os.chown(path, ANA, TEAM)
    known[ANA] = {ANA, TEAM}
    assert as_user(BOB, lambda: write(path), TEAM) == ""
    assert as_user(ANA, lambda: write(path), TEAM) == ""


@ROOT
@pytest.mark.usefixtures("known")
def test_a_tracker_that_was_opened_to_a_group_later_opens_its_lock(path: Path) -> None:
    os.chown(path, ANA, ANA)
    assert as_user(ANA, lambda: write(path)) == ""
    os.chown(path, ANA, TEAM)
    path.chmod(0o664)
    said = as_user(BOB, lambda: write(path), TEAM)
    assert "delete it if no other pathtrack is at work, or ask its owner to" in said
    assert as_user(ANA, lambda: write(path), TEAM) == ""
    assert as_user(BOB, lambda: write(path), TEAM) == ""


def test_the_lock_of_a_private_tracker_is_private(path: Path) -> None:
    path.chmod(0o600)
    write(path)
    assert stat.S_IMODE(store.lock_path(path).stat().st_mode) == 0o600


@ROOT
def test_the_draft_of_somebody_else_is_not_removed(path: Path) -> None:
    draft = path.with_name(f".{path.name}.0123456789abcdef.new")
    draft.write_bytes(b"theirs")
    os.chown(draft, BOB, BOB)
    draft.chmod(0o666)
    replace(path)
    assert draft.read_bytes() == b"theirs"


@pytest.mark.parametrize("kind", ["link", "filled"])
def test_a_lock_that_is_another_file_gives_nobody_rights_on_it(kind: str, path: Path) -> None:
    path.chmod(0o666)
    other, lock = path.with_name("secret"), store.lock_path(path)
    other.write_bytes(b"" if kind == "link" else b"mine")
    other.chmod(0o600)
    if kind == "link":
        os.link(other, lock)
    else:
        lock.write_bytes(b"mine")
    with pytest.raises(FileError, match="the lock is another file"), store.locked(path, waiting=lambda: None):
        pass
    assert stat.S_IMODE(other.stat().st_mode) == 0o600


@pytest.mark.parametrize("call", ["open", "fchmod", "fchown", "link"])
@ROOT
@pytest.mark.usefixtures("known")
def test_whoever_is_killed_while_making_a_lock_locks_nobody_out(call: str, path: Path) -> None:
    os.chown(path, ANA, TEAM)
    path.chmod(0o664)
    at = 0
    while _killed_at(call, at, path):
        assert as_user(BOB, lambda: write(path), TEAM) == "", f"after {call} {at}"
        assert as_user(ANA, lambda: write(path), TEAM) == "", f"after {call} {at}"
        assert {*path.parent.iterdir()} == {path, store.lock_path(path)}
        store.lock_path(path).unlink()
        at += 1
    assert at


def _killed_at(call: str, number: int, path: Path) -> bool:
    """Make a lock as Ana in a process that ends right after a system call; return whether it got there."""
    child = os.fork()
    if not child:
        left, real = number, getattr(os, call)

        def last(*given: object, **named: object) -> object:
            nonlocal left
            found = real(*given, **named)
            left -= 1
            if left < 0:
                os._exit(9)
            return found

        os.setgroups([TEAM])
        os.setgid(ANA)
        os.setuid(ANA)
        os.umask(0o077)
        setattr(os, call, last)
        with store.locked(path, waiting=lambda: None):
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


def test_a_lock_is_made_where_files_have_one_name(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    path.chmod(0o666)
    monkeypatch.setattr(os, "link", refuse)
    write(path)
    assert stat.S_IMODE(store.lock_path(path).stat().st_mode) == 0o666
    assert {*path.parent.iterdir()} == {path, store.lock_path(path)}


@ROOT
@pytest.mark.usefixtures("known")
def test_the_lock_of_a_new_tracker_is_as_open_as_the_tracker(path: Path) -> None:
    path.unlink()
    path.parent.chmod(0o2777)
    os.chown(path.parent, 0, TEAM)

    def create() -> None:
        os.umask(0o002)
        store.create(path, SMALL, waiting=lambda: None)

    assert as_user(ANA, create, TEAM) == ""
    assert as_user(BOB, lambda: write(path), TEAM) == ""
