"""The steps of a replacement that only a race or a lost power supply shows; tests/system tries those."""

import os
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest

from pathtrack.errors import FileError
from pathtrack.file import disk

if sys.platform == "win32":
    pytest.skip("of POSIX systems only", allow_module_level=True)

import fcntl

DATA = b"new"


@pytest.fixture
def path() -> Path:
    path = Path("f.toml")
    path.write_bytes(b"old")
    return path


def replace(path: Path) -> None:
    with disk.replacing(path, DATA) as commit:
        commit()


def once_made(monkeypatch: pytest.MonkeyPatch, then: Callable[[Path], None]) -> list[Path]:
    """Do something with the first draft before its writer has claimed it; return all drafts."""
    opened, made = os.open, list[Path]()

    def hasty(path: Path, flags: int, mode: int = 0o777) -> int:
        descriptor = opened(path, flags, mode)
        if flags & os.O_EXCL:
            made.append(Path(path))
            if len(made) == 1:
                then(path)
        return descriptor

    monkeypatch.setattr(os, "open", hasty)
    return made


def test_a_draft_that_another_writer_removed_as_a_leftover_is_made_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = once_made(monkeypatch, Path.unlink)
    replace(path)
    assert len(made) == 2
    assert path.read_bytes() == DATA


def test_a_draft_that_another_writer_is_about_to_remove_is_not_used(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ExitStack() as other:

        def claim(draft: Path) -> None:
            fcntl.flock(other.enter_context(draft.open("rb+")), fcntl.LOCK_EX)

        made = once_made(monkeypatch, claim)
        with disk.draft(path) as (new, _):
            assert made[0] != new == made[1]


def test_the_folder_is_synced_once_the_file_has_its_place(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[tuple[int, bytes]] = []
    monkeypatch.setattr(os, "fsync", lambda each: synced.append((os.fstat(each).st_ino, path.read_bytes())))
    replace(path)
    assert synced == [(path.stat().st_ino, b"old"), (path.parent.stat().st_ino, DATA)]


def test_a_folder_that_cannot_be_synced_is_reported(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = path.parent.stat().st_ino

    def broken(descriptor: int) -> None:
        if os.fstat(descriptor).st_ino == folder:
            raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(FileError, match="the disk did not confirm it: Input/output error"):
        replace(path)
    assert path.read_bytes() == DATA
