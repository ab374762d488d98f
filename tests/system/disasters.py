"""Disasters for pathtrack: real processes and files, with faults injected where the system is called.

`test_faults.py` runs them in a short form, `bench/faults.py` in a long one. Nothing of pathtrack is
replaced: strace kills a process at a system call or makes the call fail, `RLIMIT_FSIZE` and tmpfs run
out of space, and signals come at random. Started by itself, this module forks pathtrack processes on
request out of an interpreter that has loaded everything, because loading takes twenty times as long.
"""

import ctypes
import io
import json
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, NoReturn, Self

from pathtrack.cli import main
from pathtrack.errors import FileError
from pathtrack.file.document import Document
from pathtrack.record.model import Tracker

PROGRAM = Path(sys.executable).with_name("pathtrack")
IDS = tuple(f"A{number}" for number in range(1, 9))
TEXT = """\
# A comment that stays where it is.
[report]
title = "A report"
publisher = "An institute"
""" + "".join(f'\n[[recommendation]]\nid = "{each}"\narea = "one"\ntitle = "Thing {each}"\n' for each in IDS)
_LAST = """
[[update]]
date = 2026-01-30
by = "Tester"
recommendations = ["A1"]
note = "old"
"""
PAGE = resource.getpagesize()

_PACKAGES = {
    "strace": "strace",
    "setpriv": "util-linux",
    "mount": "mount",
    "umount": "mount",
    "sudo": "sudo",
    "/usr/bin/python3": "python3",
}
_WRITERS = (
    "?openat,?write,?pwrite64,?writev,?fsync,?fdatasync,?fchmod,?fchmodat,?chmod,?fchown,?fchownat,?chown,"
    "?rename,?renameat,?renameat2,?link,?linkat,?symlink,?unlink,?unlinkat,?truncate,?ftruncate,?fallocate,"
    "?flock,?fcntl"
)
_NEVER_FORGIVEN = {"openat", "write", "fsync", "fchmod", "rename", "renameat", "renameat2"}
_DRAFT = re.compile(r"[0-9a-f]{16}\.new")
_RECORDED = re.compile(rb"recorded = \S+")


class MissingToolError(Exception):
    """A tool of the system is missing, and the promise stays untested without it."""


def tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise MissingToolError(f"{name} is missing: apt-get install {_PACKAGES[name]}")
    return found


class Done(NamedTuple):
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def refused(self) -> bool:
        """Whether it was refused as promised: exit code 3 and one line."""
        return self.code == 3 and self.err.startswith("error: ") and self.err.count("\n") == 1


def environment() -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PATHTRACK_", "COV", "GIT_")) and name != "PYTHONUNBUFFERED"
    }
    fixed = {"PATHTRACK_TODAY": "2026-01-31", "PATHTRACK_AUTHOR": "Tester", "PYTHONDONTWRITEBYTECODE": "1"}
    return kept | fixed


def start(*args: str | Path, prefix: Sequence[str | Path] = ()) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*map(str, prefix), str(PROGRAM), *map(str, args)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
        cwd="/",
    )


def finish(process: subprocess.Popen[str]) -> Done:
    out, err = process.communicate(timeout=300)
    return Done(process.returncode, out, err)


def run(*args: str | Path, prefix: Sequence[str | Path] = ()) -> Done:
    return finish(start(*args, prefix=prefix))


def update(path: Path, note: str, identifier: str = "A1") -> list[str]:
    return ["update", identifier, "--note", note, "--file", str(path)]


class Bed(NamedTuple):
    """A tracker in a folder of its own."""

    path: Path

    @property
    def notes(self) -> list[str]:
        """The notes of the file's updates, in its order."""
        return [each.note or "" for each in self.tracker.updates]

    @property
    def tracker(self) -> Tracker:
        """What the file holds; FileError when it is no tracker."""
        return Document.read(self.path.read_bytes(), name=str(self.path)).tracker

    @property
    def lock(self) -> Path:
        """The lock file beside it."""
        return self.path.with_name(f".{self.path.name}.lock")

    def litter(self, *known: str) -> list[str]:
        """Return what lies in the folder and should not."""
        expected = {self.path.name, self.lock.name, *known}
        return sorted(each.name for each in self.path.parent.iterdir() if each.name not in expected)


def bed(folder: Path, text: str = TEXT) -> Bed:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "tracker.toml"
    path.write_bytes(text.encode())
    return Bed(path)


# --- processes forked out of a loaded interpreter


class Wish(NamedTuple):
    """A command to run, and what shall happen to it."""

    args: list[str]
    kill_after: float | None
    once_writing: bool
    largest: int | None
    strace: list[str]


class Warm:
    """Runs commands as processes of their own, without the time that loading takes."""

    def __init__(self) -> None:
        """Start the interpreter that forks."""
        self._server = subprocess.Popen(
            [sys.executable, __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment(),
        )

    def run(
        self,
        *args: str | Path,
        kill_after: float | None = None,
        once_writing: bool = False,
        largest: int | None = None,
        strace: Sequence[str] = (),
    ) -> Done:
        """Run a command: killed some seconds after its start, or after it began to write its draft; with no
        file larger than some bytes; or under strace.
        """
        assert self._server.stdin
        assert self._server.stdout
        wish = Wish([*map(str, args)], kill_after, once_writing, largest, [*strace])
        self._server.stdin.write(json.dumps(wish) + "\n")
        self._server.stdin.flush()
        reply = self._server.stdout.readline()
        assert reply, "the forking process has died; its last words stand above"
        return Done(*json.loads(reply))

    def __enter__(self) -> Self:
        """Wait until everything is loaded."""
        assert self._server.stdout
        self._server.stdout.readline()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the interpreter."""
        self._server.communicate()


def serve() -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        redirect_stdout(io.StringIO()),
        redirect_stderr(io.StringIO()),
    ):
        path = bed(Path(folder)).path
        _command(update(path, "loads what a writer needs"))
        _command(["export", f"{folder}/report.md", "--file", str(path)])
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_forked(Wish(*json.loads(line)))) + "\n")
        sys.stdout.flush()


def _forked(wish: Wish) -> Done:
    gate, out, err = os.pipe(), os.pipe(), os.pipe()
    child = os.fork()
    if child == 0:
        os.close(gate[1])
        _be_the_program(wish, gate[0], (out[1], err[1]))
    for each in (gate[0], out[1], err[1]):
        os.close(each)
    tracer = _tracer(child, wish.strace) if wish.strace else None
    os.close(gate[1])
    if wish.kill_after is not None:
        while wish.once_writing and not _writes_or_is_over(child):
            time.sleep(0.0005)
        time.sleep(wish.kill_after)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if tracer:
        tracer.communicate()
    return Done(os.waitstatus_to_exitcode(status), _drained(out[0]), _drained(err[0]))


def _writes_or_is_over(child: int) -> bool:
    try:
        opened = [str(each.readlink()) for each in Path(f"/proc/{child}/fd").iterdir()]
    except FileNotFoundError:  # closed in this moment
        return False
    except PermissionError:  # it is over, and we are not root
        return True
    return not opened or any(map(_DRAFT.search, opened))


def _be_the_program(wish: Wish, gate: int, outputs: tuple[int, int]) -> NoReturn:
    ctypes.CDLL(None).prctl(0x59616D61, -1, 0, 0, 0)  # PR_SET_PTRACER: strace need not be an ancestor
    for number, each in enumerate(outputs, start=1):
        os.dup2(each, number)
    sys.stdout, sys.stderr = (os.fdopen(number, "w", closefd=False) for number in (1, 2))
    if wish.largest is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (wish.largest, wish.largest))
    os.read(gate, 1)  # until the gate is closed
    os._exit(_command(wish.args))


def _tracer(child: int, options: list[str]) -> subprocess.Popen[str]:
    tracer = subprocess.Popen([tool("strace"), "-p", str(child), *options], stderr=subprocess.PIPE, text=True)
    assert tracer.stderr
    said = tracer.stderr.readline()
    if "attached" not in said:
        os.kill(child, signal.SIGKILL)
        raise MissingToolError(f"strace is not allowed to trace: {said}")
    return tracer


def _drained(descriptor: int) -> str:
    with os.fdopen(descriptor) as pipe:
        return pipe.read()


def _command(args: list[str]) -> int:
    sys.argv = [str(PROGRAM), *args]
    code = 1
    try:
        main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0
    except BaseException:  # noqa: BLE001 the child ends here, as a program would
        traceback.print_exc()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    return code


# --- many writers, and writers that are killed


class Race(NamedTuple):
    """What became of the updates of many writers."""

    confirmed: int
    refused: int
    lost: int
    doubled: int
    disordered: int


def race(place: Bed, *, writers: int, each: int, ids: Sequence[str] = ("A1",)) -> Race:
    """Run several writers at once, each making one update after another."""

    def write(writer: int) -> list[str]:
        notes = [f"{writer}/{turn}" for turn in range(each)]
        identifier = ids[writer % len(ids)]
        return [note for note in notes if run(*update(place.path, note, identifier)).code == 0]

    with ThreadPoolExecutor(writers) as pool:
        confirmed = [note for notes in pool.map(write, range(writers)) for note in notes]
    return _race(place, confirmed, refused=writers * each - len(confirmed))


def _race(place: Bed, confirmed: list[str], *, refused: int) -> Race:
    there = place.notes
    dates = [each.date for each in place.tracker.updates]
    mixed_up = sum(
        mine != sorted(mine, key=lambda note: int(note.partition("/")[2]))
        for mine in ([note for note in there if note.startswith(f"{writer}/")] for writer in range(99))
    )
    return Race(
        confirmed=len(confirmed),
        refused=refused,
        lost=len(set(confirmed) - set(there)),
        doubled=len(there) - len(set(there)),
        disordered=mixed_up + (dates != sorted(dates)),
    )


class Slaughter(NamedTuple):
    """What became of the updates of writers that were killed at random moments."""

    kills: int
    confirmed: int
    unprinted: int
    """Updates that are there though their writer died before it could say so."""
    lost: int
    doubled: int
    observations: int
    damaged: int
    """Observations of a file that was invalid, or lacked what an earlier one had."""


def slaughter(place: Bed, *, writers: int, kills: int, seed: int) -> Slaughter:
    """Kill half of the writers at random moments, while the others go on and somebody watches."""
    killed, confirmed, numbers = count(1), list[str](), count()
    enough, over = threading.Event(), threading.Event()

    def write(writer: int) -> None:
        chance = random.Random(seed + writer)  # noqa: S311 not for secrets
        with Warm() as warm:
            while not enough.is_set():
                note = f"{writer}/{next(numbers)}"
                aimed = chance.random() < 0.5
                moment = chance.uniform(0, 0.005 if aimed else 0.1) if writer % 2 else None
                done = warm.run(*update(place.path, note), kill_after=moment, once_writing=aimed)
                if done.out.endswith("\n"):
                    confirmed.append(note)
                if done.code == -signal.SIGKILL and next(killed) >= kills:
                    enough.set()

    with ThreadPoolExecutor(writers + 1) as pool:
        watcher = pool.submit(_watch, place, over)
        for each in [pool.submit(write, writer) for writer in range(writers)]:
            each.result()
        over.set()
        observations, damaged = watcher.result()
    there = place.notes
    return Slaughter(
        kills=next(killed) - 1,
        confirmed=len(confirmed),
        unprinted=len(set(there) - set(confirmed)),
        lost=len(set(confirmed) - set(there)),
        doubled=len(there) - len(set(there)),
        observations=observations,
        damaged=damaged,
    )


def _watch(place: Bed, over: threading.Event) -> tuple[int, int]:
    observations, damaged, before = 0, 0, b""
    while not over.wait(0.02):
        data = place.path.read_bytes()
        try:
            Document.read(data, name="")
            damaged += not data.startswith(before)
        except FileError:
            damaged += 1
        observations, before = observations + 1, data
    return observations, damaged


# --- faults at system calls


class Job(NamedTuple):
    """A writing command, and the file that it writes."""

    name: str
    args: tuple[str, ...]
    target: str


UPDATE = Job("update", ("update", "A1", "--note", "new", "--file", "tracker.toml"), "tracker.toml")
JOBS = (
    UPDATE,
    Job("add", ("add", "B1", "--area", "one", "--title", "new", "--file", "tracker.toml"), "tracker.toml"),
    Job("undo", ("undo", "--file", "tracker.toml"), "tracker.toml"),
    Job("init", ("init", "--file", "fresh.toml"), "fresh.toml"),
    Job("export", ("export", "report.md", "--file", "tracker.toml"), "report.md"),
)


class Call(NamedTuple):
    """A system call: its name, and which of that name it is in its process."""

    name: str
    ordinal: int
    text: str

    @property
    def prints(self) -> bool:
        """Whether it writes to stdout or stderr."""
        return self.text.startswith(("write(1<", "write(2<"))

    @property
    def is_made_up_for(self) -> bool:
        """Whether it sets the mode of the lock, which only its owner may do, or makes one that is there."""
        return (self.name == "fchmod" and ".lock" in self.text) or (
            self.name == "openat" and '.lock", ' in self.text and "O_EXCL" in self.text
        )


class Stage:
    """A folder with a tracker, a report and a command to try in it."""

    def __init__(self, warm: Warm, folder: Path, job: Job) -> None:
        """Set up the files."""
        self.warm, self.job, self.folder, self.bed = warm, job, folder, bed(folder, TEXT + _LAST)
        (folder / "report.md").write_text("The old report.\n", encoding="utf-8")
        self.log = folder.with_name(f"{folder.name}.log")
        self.old = self.content

    @property
    def content(self) -> bytes | None:
        """The file that the command writes, without the time of writing."""
        path = self.folder / self.job.target
        return _RECORDED.sub(b"recorded", path.read_bytes()) if path.exists() else None

    @property
    def litter(self) -> list[str]:
        """What lies in the folder and should not."""
        return self.bed.litter("report.md", "fresh.toml", ".fresh.toml.lock", "pathtrack.schema.json")

    def run(self, *strace: str) -> Done:
        """Run the command under strace."""
        args = [str(self.folder / each) if "." in each else each for each in self.job.args]
        return self.warm.run(*args, strace=["-y", "-o", str(self.log), *strace])

    def next_write(self) -> Done:
        """Run a command that writes the same file."""
        path = self.folder / self.job.target
        if path.suffix != ".toml" or not path.exists():
            return self.run("-e", "trace=none")
        return self.warm.run(*update(path, "next", "A1" if path == self.bed.path else "D2"))

    def calls(self) -> list[Call]:
        """Return the calls that strace logged."""
        texts = [
            line for line in self.log.read_text(errors="replace").splitlines() if re.match(r"\w+\(", line)
        ]
        names = [text.partition("(")[0] for text in texts]
        return [
            Call(name, names[: index + 1].count(name), self._plain(text))
            for index, (name, text) in enumerate(zip(names, texts, strict=True))
        ]

    def _plain(self, text: str) -> str:
        return _DRAFT.sub("*.new", text.rpartition(" = ")[0].replace(str(self.folder), "")).strip()


class Faults(NamedTuple):
    """How many faults were injected, and what went wrong after them, in words."""

    tries: int
    failures: list[str]


def traced(warm: Warm, folder: Path, job: Job) -> tuple[list[Call], bytes | None]:
    """Return the calls of a command that write or lock, and the file that comes of it."""
    stage = Stage(warm, folder, job)
    done = stage.run("-e", f"trace={_WRITERS}")
    assert done.code == 0, done
    return [each for each in stage.calls() if _writes(each)], stage.content


def _writes(call: Call) -> bool:
    if call.name == "openat":
        return "O_CREAT" in call.text or "O_TRUNC" in call.text
    return call.name != "fcntl" or "F_SETLK" in call.text or "F_OFD_SETLK" in call.text


def kill_everywhere(folder: Path, job: Job) -> Faults:
    """Kill the command at each of its writing calls, in turn; each time a command must follow well."""
    with Warm() as warm:
        calls, new = traced(warm, folder / job.name, job)
        stages = [Stage(warm, folder / f"{job.name}{number}", job) for number in range(len(calls))]
        found = [[*_killed(stage, call, new)] for stage, call in zip(stages, calls, strict=True)]
    return Faults(len(calls), [f"{job.name}: {each}" for failures in found for each in failures])


def _killed(stage: Stage, call: Call, new: bytes | None) -> Iterator[str]:
    done = stage.run("-e", f"trace={call.name}", "-e", f"inject={call.name}:signal=KILL:when={call.ordinal}")
    at = stage.calls()[-1]
    if (
        done.code != -signal.SIGKILL
        or (at.name, at.ordinal) != call[:2]
        or not (call.prints or at.text == call.text)
    ):
        yield f"strace did not kill at {call}, but at {at}: {done}"
    if stage.content not in (stage.old, new):
        yield f"neither the old file nor the new one after {call.text}"
    if (following := stage.next_write()).code:
        yield f"the next command fails after {call.text}: {following}"
    if stage.litter:
        yield f"litter after {call.text}: {stage.litter}"


def fail_everywhere(folder: Path, job: Job, errors: Sequence[str]) -> Faults:
    """Make each writing call fail, in turn; printing is left out."""
    with Warm() as warm:
        calls, new = traced(warm, folder / job.name, job)
        tries = [(call, error) for call in calls if not call.prints for error in errors]
        stages = [Stage(warm, folder / f"{job.name}{number}", job) for number in range(len(tries))]
        found = [[*_failed(stage, *each, new)] for stage, each in zip(stages, tries, strict=True)]
    return Faults(len(tries), [f"{job.name}: {each}" for failures in found for each in failures])


def _failed(stage: Stage, call: Call, error: str, new: bytes | None) -> Iterator[str]:
    done = stage.run(
        "-e", f"trace={call.name}", "-e", f"inject={call.name}:error={error}:when={call.ordinal}"
    )
    injected = [each for each in stage.log.read_text(errors="replace").splitlines() if "(INJECTED)" in each]
    what = f"{error} at {call.text}"
    if len(injected) != 1:
        yield f"{what}: strace injected {injected}"
    if done.code and not done.refused:
        yield f"{what}: {done}"
    if done.code == 0 and call.name in _NEVER_FORGIVEN and not call.is_made_up_for:
        yield f"{what}: nobody is warned"
    written = done.code == 0 or ("the file is written" in done.err and stage.job.target in done.err)
    if stage.content != (new if written else stage.old):
        yield f"{what}: the file is not what was said: {done}"
    if stage.litter and not call.name.startswith("unlink"):
        yield f"{what}: litter {stage.litter}"


def order(folder: Path) -> list[str]:
    """Return what an update does, as strace saw it, in plain words."""
    with Warm() as warm:
        stage = Stage(warm, folder, UPDATE)
        done = stage.run("-e", f"trace={_WRITERS}")
    assert done.code == 0, done
    lines = stage.log.read_text(errors="replace").splitlines()
    return [word for line in lines for word, pattern in _STEPS.items() if re.search(pattern, line)]


_STEPS = {
    "lock": r"^flock\(\d+<[^>]*\.lock>, LOCK_EX.* = 0",
    "read": r"^openat\(.*/tracker\.toml\".*O_RDONLY",
    "make draft": r"^openat\(.*/\.tracker\.toml\.\w{16}\.new\", O_WRONLY\|O_CREAT\|O_EXCL",
    "keep owner": r"^fchown\(\d+<[^>]*/\.tracker\.toml\.\w{16}\.new>",
    "keep mode": r"^fchmod\(\d+<[^>]*/\.tracker\.toml\.\w{16}\.new>",
    "write": r"^write\(\d+<[^>]*/\.tracker\.toml\.\w{16}\.new>",
    "sync draft": r"^fsync\(\d+<[^>]*/\.tracker\.toml\.\w{16}\.new>\) += 0",
    "replace": r"^rename\w*\(.*\.new\".*/tracker\.toml\".* = 0",
    "sync folder": r"^fsync\(\d+<[^>]*/[^/.>]*>\) += 0",
    "unlock": r"^flock\(\d+<[^>]*\.lock>, LOCK_UN\) += 0",
    "confirm": r"^write\(1<.*A1 ",
}


# --- space that runs out


def byte_by_byte(folder: Path, *, step: int) -> Faults:
    """Make the file system refuse an update at every byte count, by a limit on the size of files."""
    place, failures = bed(folder), list[str]()
    old = place.path.read_bytes()
    trial = bed(folder / "trial")
    with Warm() as warm:
        assert warm.run(*update(trial.path, "a note")).code == 0
        size = trial.path.stat().st_size
        limits = sorted({*range(0, size, step), len(old) - 1, len(old), len(old) + 1, size - 1})
        for limit in limits:
            done = warm.run(*update(place.path, "a note"), largest=limit)
            failures += _damage(place, old, done, f"at {limit} of {size} bytes", known="trial")
        assert warm.run(*update(place.path, "a note"), largest=size).code == 0
    return Faults(len(limits), failures)


def page_by_page(folder: Path) -> Faults:
    """Make a full disk refuse an update at every page, then for lack of a place in its table of files."""
    failures, large = list[str](), TEXT + f"# {'x' * (4 * PAGE)}\n"
    with tmpfs(folder, f"size={24 * PAGE}"):
        place = bed(folder, large)
        for free in count():
            _fill(folder / "filler", free)
            done = run(*update(place.path, "a note"))
            if done.code == 0:
                break
            failures += _damage(place, large.encode(), done, f"with {free} pages free", known="filler")
    with tmpfs(folder / "second", "nr_inodes=4"):
        place = bed(folder / "second", large)
        place.lock.touch()
        (folder / "second" / "filler").touch()
        done = run(*update(place.path, "a note"))
        failures += _damage(place, large.encode(), done, "with no place in the table", known="filler")
    return Faults(free + 1, failures)


def _fill(path: Path, free: int) -> None:
    path.unlink(missing_ok=True)
    space = os.statvfs(path.parent)
    with path.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, (space.f_bavail - free) * space.f_frsize)


def _damage(place: Bed, old: bytes, done: Done, when: str, *, known: str) -> Iterator[str]:
    if not done.refused:
        yield f"{when}: {done}"
    if place.path.read_bytes() != old:
        yield f"{when}: the file has changed"
    if litter := place.litter(known):
        yield f"{when}: litter {litter}"


@contextmanager
def tmpfs(folder: Path, options: str) -> Iterator[None]:
    """Have a small file system in memory there."""
    folder.mkdir(parents=True)
    _as_root("mount", "-t", "tmpfs", "-o", f"mode=777,{options}", "pathtrack-test", str(folder))
    try:
        yield
    finally:
        _as_root("umount", str(folder))


def make_read_only(folder: Path) -> None:
    """Mount a file system again, for reading only."""
    _as_root("mount", "-o", "remount,ro", str(folder))


def _as_root(name: str, *args: str) -> None:
    rights = [] if os.geteuid() == 0 else [tool("sudo"), "-n"]
    done = subprocess.run([*rights, tool(name), *args], capture_output=True, text=True, check=False)
    if done.returncode:
        raise MissingToolError(f"{name} is not allowed; be root or have sudo: {done.stderr.strip()}")


def as_nobody() -> list[str]:
    """Return what to put before a command, so that it has no special rights."""
    if os.geteuid():
        return []
    return [tool("setpriv"), "--reuid", "65534", "--regid", "65534", "--clear-groups"]


# --- other programs at work


@contextmanager
def held(lock: Path) -> Iterator[subprocess.Popen[str]]:
    """Have another process hold a lock."""
    hold = (
        "import sys, time, filelock as f\nwith f.FileLock(sys.argv[1]):\n print(flush=True)\n time.sleep(99)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(lock)], stdout=subprocess.PIPE, text=True, env=environment()
    ) as process:
        assert process.stdout
        process.stdout.readline()
        try:
            yield process
        finally:
            process.kill()


def saved_meanwhile(place: Bed, text: str) -> Done:
    """Run an update, and save other text into the file as an editor does, when its draft is on its way."""
    process = _slowed(place, "new", "fsync")
    saved = place.path.with_name("saved")
    saved.write_text(text, encoding="utf-8")
    saved.replace(place.path)
    return finish(process)


def overtaken(place: Bed) -> list[Done]:
    """Run an update while another one is about to move its draft into place."""
    first = _slowed(place, "first", "?rename,?renameat,?renameat2")
    return [run(*update(place.path, "second")), finish(first)]


def _slowed(place: Bed, note: str, calls: str) -> subprocess.Popen[str]:
    """Start an update that stops for a while before some calls, and wait until it has a draft."""
    delay = f"inject={calls}:delay_enter=1500000:when=1"
    log = place.path.parent.with_name("slowed.log")
    strace = [tool("strace"), "-o", str(log), "-e", f"trace={calls}", "-e", delay]
    process = start(*update(place.path, note), prefix=strace)
    while process.poll() is None and not place.litter():
        time.sleep(0.01)
    return process


def exports(folder: Path, *, rounds: int, kills: bool = False) -> Faults:
    """Run two processes that write the same report at once, again and again; a third may be killed."""
    place, report, failures = bed(folder), folder / "report.md", list[str]()
    days = ("2026-01-30", "2026-01-31")
    with Warm() as one, Warm() as two, Warm() as three, ThreadPoolExecutor(3) as pool:

        def export(warm: Warm, day: str, kill_after: float | None = None) -> Done:
            args = ("export", report, "--as-of", day, "--file", place.path)
            return warm.run(*args, kill_after=kill_after)

        whole = [report.read_bytes() for day in days if export(one, day).code == 0]
        for turn in range(rounds):
            at_work = [pool.submit(export, one, days[0]), pool.submit(export, two, days[1])]
            if kills:
                pool.submit(export, three, days[0], turn % 40 / 1000).result()
            failures += [f"round {turn}: {done}" for each in at_work if (done := each.result()).code]
            if report.read_bytes() not in whole:
                failures.append(f"round {turn}: a mixture")
        export(one, days[0])
    failures += [f"litter: {each}" for each in place.litter(report.name)]
    return Faults(rounds, failures)


if __name__ == "__main__":
    serve()
