import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from disasters import (
    IDS,
    JOBS,
    TEXT,
    Bed,
    Done,
    Job,
    as_nobody,
    bed,
    byte_by_byte,
    exports,
    fail_everywhere,
    finish,
    held,
    kill_everywhere,
    make_read_only,
    order,
    overtaken,
    page_by_page,
    race,
    run,
    saved_meanwhile,
    slaughter,
    start,
    tmpfs,
    update,
)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that processes without rights may enter, too."""
    with TemporaryDirectory(prefix="pathtrack-", ignore_cleanup_errors=True) as path:
        Path(path).chmod(0o755)
        yield Path(path)


@pytest.fixture
def place(folder: Path) -> Bed:
    return bed(folder / "place")


# --- many writers


def test_updates_of_many_writers_are_all_there_once_and_in_order(place: Bed) -> None:
    outcome = race(place, writers=4, each=8, ids=IDS[:2])
    assert outcome == (32, 0, 0, 0, 0)
    assert place.litter() == []


def test_confirmed_updates_survive_the_killing_of_writers(place: Bed) -> None:
    outcome = slaughter(place, writers=4, kills=20, seed=1)
    assert (outcome.lost, outcome.doubled, outcome.damaged) == (0, 0, 0)
    assert outcome.kills >= 20
    assert outcome.confirmed > 5
    assert outcome.observations > 5
    assert run(*update(place.path, "after all")).code == 0
    assert place.litter() == []


# --- faults at system calls


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.name)
def test_a_kill_at_any_writing_call_leaves_the_old_file_or_the_new_one(folder: Path, job: Job) -> None:
    outcome = kill_everywhere(folder, job)
    assert outcome.failures == []
    assert outcome.tries >= 8


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.name)
def test_a_writing_call_that_fails_leaves_the_old_file_and_one_line(folder: Path, job: Job) -> None:
    outcome = fail_everywhere(folder, job, ["EIO", "ENOSPC", "EROFS"])
    assert outcome.failures == []
    assert outcome.tries >= 24


def test_an_update_is_on_the_disk_before_it_is_confirmed(folder: Path) -> None:
    assert order(folder / "place") == [
        "read",
        "lock",
        "read",
        "make draft",
        "keep owner",
        "keep owner",
        "keep mode",
        "write",
        "sync draft",
        "read",
        "replace",
        "sync folder",
        "unlock",
        "confirm",
    ]


# --- space that runs out


def test_a_write_that_is_cut_short_at_any_byte_is_refused_whole(folder: Path) -> None:
    assert byte_by_byte(folder, step=16).failures == []


def test_a_full_disk_refuses_whole(folder: Path) -> None:
    outcome = page_by_page(folder / "disk")
    assert outcome.failures == []
    assert outcome.tries > 4


# --- files that cannot be written


def refused_at_once(place: Bed, *, rights: list[str]) -> Done:
    old, began = place.path.read_bytes(), time.monotonic()
    done = run(*update(place.path, "a note"), prefix=rights)
    assert time.monotonic() - began < 5
    assert done.refused, done
    assert place.path.read_bytes() == old
    assert [each for each in place.litter() if each.endswith(".new")] == []
    return done


def test_a_read_only_file_is_refused_even_to_root(place: Bed) -> None:
    place.path.chmod(0o444)
    assert "read-only" in refused_at_once(place, rights=[]).err


@pytest.mark.parametrize("mode", [0o555, 0o777], ids=oct)
def test_a_folder_or_file_of_somebody_else_is_refused(place: Bed, mode: int) -> None:
    place.path.chmod(0o644 if os.geteuid() == 0 else 0o444)
    place.path.parent.chmod(mode)
    refused_at_once(place, rights=as_nobody())
    place.path.parent.chmod(0o755)


def test_a_folder_that_takes_no_new_files_is_refused_though_the_lock_is_there(place: Bed) -> None:
    place.path.chmod(0o666)
    place.lock.touch()
    place.lock.chmod(0o666)
    place.path.parent.chmod(0o555)
    refused_at_once(place, rights=as_nobody())
    with held(place.lock):
        refused_at_once(place, rights=as_nobody())
    place.path.parent.chmod(0o755)


def test_a_read_only_file_system_is_refused(folder: Path) -> None:
    with tmpfs(folder / "disk", f"size={64 * 1024}"):
        place = bed(folder / "disk")
        make_read_only(folder / "disk")
        refused_at_once(place, rights=[])


@pytest.mark.parametrize("path", ["/proc/version", "/proc/self/comm", "/nowhere/a.toml"])
def test_places_where_no_file_can_be_made_are_refused_at_once(path: str) -> None:
    began = time.monotonic()
    assert run(*update(Path(path), "a note")).refused
    assert run("init", "--file", f"{path}.toml").refused
    assert time.monotonic() - began < 5


# --- other programs at work


def test_the_lock_of_a_killed_holder_is_free_at_once(place: Bed) -> None:
    with held(place.lock) as holder:
        waiting = start(*update(place.path, "a note"))
        time.sleep(1)
        assert waiting.poll() is None
        os.kill(holder.pid, signal.SIGKILL)
        began = time.monotonic()
        assert finish(waiting).code == 0
        assert time.monotonic() - began < 2
    assert place.notes == ["a note"]


def test_a_busy_lock_is_waited_for_and_then_given_up(place: Bed) -> None:
    with held(place.lock):
        began = time.monotonic()
        done = run(*update(place.path, "a note"))
        waited = time.monotonic() - began
    assert done.code == 3
    waiting, error = done.err.splitlines()
    assert waiting == "another program is writing the file; waiting"
    assert error.startswith("error: another program is writing the file (")
    assert 9 < waited < 15
    assert place.notes == []


def test_an_update_waits_for_the_one_under_way(place: Bed) -> None:
    assert [done.code for done in overtaken(place)] == [0, 0]
    assert place.notes == ["first", "second"]


def test_what_an_editor_saves_meanwhile_is_kept(place: Bed) -> None:
    text = TEXT.replace("# A comment that stays", "# A comment that an editor changed")
    assert saved_meanwhile(place, text).code == 0
    assert place.path.read_text(encoding="utf-8").startswith(text)
    assert place.notes == ["new"]
    assert place.litter() == []


def test_what_an_editor_breaks_meanwhile_is_refused(place: Bed) -> None:
    assert saved_meanwhile(place, "not TOML at all").refused
    assert place.path.read_text(encoding="utf-8") == "not TOML at all"
    assert place.litter() == []


def test_two_exports_at_once_leave_one_whole_report(folder: Path) -> None:
    assert exports(folder, rounds=30).failures == []


def test_nor_does_a_killed_third_one_harm_them(folder: Path) -> None:
    assert exports(folder, rounds=40, kills=True).failures == []


# --- what is kept


def test_links_mode_owner_and_form_are_kept(place: Bed) -> None:
    old = b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").rstrip().encode()
    place.path.write_bytes(old)
    place.path.chmod(0o640)
    if os.geteuid() == 0:
        os.chown(place.path, 65534, 65533)
    before = place.path.stat()
    link = place.path.with_name("link.toml")
    link.symlink_to(place.path.name)
    assert run(*update(link, "a note")).code == 0
    after = place.path.stat()
    assert link.is_symlink()
    assert (after.st_mode, after.st_uid, after.st_gid) == (before.st_mode, before.st_uid, before.st_gid)
    new = place.path.read_bytes()
    assert new.startswith(old)
    assert new.count(b"\n") == new.count(b"\r\n")
    assert place.notes == ["a note"]


def test_only_leftovers_are_removed_and_links_are_never_followed(place: Bed) -> None:
    leftover = place.path.with_name(".tracker.toml.0123456789abcdef.new")
    leftover.write_text("half a tracker")
    bait, precious = (
        place.path.with_name(".tracker.toml.fedcba9876543210.new"),
        place.path.with_name("precious"),
    )
    precious.write_text("precious")
    bait.symlink_to(precious)
    backup = place.path.with_name(".tracker.toml.backup.new")
    backup.write_text("a copy by hand")
    assert run(*update(place.path, "a note")).code == 0
    assert precious.read_text() == "precious"
    assert place.litter(precious.name, bait.name) == [backup.name]
