"""Measure whole commands, interleaved with a floor, bare Python and the peers; print Markdown tables.

    python bench/run.py [SIZE…] [--rounds N] [--peers FOLDER] [--cpu]

A size is 1000, or 1000x3 for three updates of each recommendation.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import termios
import threading
import time
from collections import defaultdict
from pathlib import Path

import figures
import peers
import trackers
from figures import Figure, Size
from peers import Command

HERE = Path(__file__).parent
PYTHON = Path(sys.executable)
PROGRAM = PYTHON.with_name("pathtrack")
SHIPPED = HERE.parent / "recommendations.toml"
SIZES = ("15", "1000", "1000x3", "10000", "10000x3", "100000")
PATIENCE = 10.0
"""How many seconds a command may take and still be run more than once."""
LIMIT = 120.0
"""After how many seconds it is killed."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure whole commands; print Markdown tables.")
    parser.add_argument("sizes", nargs="*", default=SIZES, help=f"such as {' '.join(SIZES)}")
    parser.add_argument("--rounds", type=int, default=15, help="at the small sizes; fewer at the large ones")
    parser.add_argument("--peers", type=Path, help="a folder of the peers' virtual environments")
    parser.add_argument("--cpu", action="store_true", help="processor time: for a machine that is busy")
    wanted = parser.parse_args()
    heats = {}
    for size in (Size(*map(int, text.split("x"))) for text in wanted.sizes):
        print(f"{size}: ", file=sys.stderr)
        with tempfile.TemporaryDirectory(prefix="pathtrack-") as folder:
            side_by_side = commands(Path(folder), size, wanted.peers)
            heats[size] = measure(side_by_side, rounds=_rounds(size, wanted.rounds), cpu=wanted.cpu)
    print(figures.report(heats))


def _rounds(size: Size, wanted: int) -> int:
    return min(wanted, max(3, wanted // max(1, size.recommendations // 3_000)))


def commands(folder: Path, size: Size, venvs: Path | None) -> dict[str, Command]:
    """Return the commands to run side by side at a size, each with its files."""
    path = trackers.write(folder / "recommendations.toml", size.recommendations, updates=size.updates)
    found = {
        figures.PASS: Command((PYTHON, "-c", "pass"), folder),
        figures.TYPER: Command((PYTHON, "-c", "import typer"), folder),
        figures.FLOOR: Command((PYTHON, HERE / "floor.py", "list"), folder),
        figures.LIST: _pathtrack(path, "list"),
        figures.AREA: _pathtrack(path, "list", "--area", peers.WANTED),
        figures.TERMINAL: _pathtrack(path, "list")._replace(terminal=True),
        "show": _pathtrack(path, "show", "R3"),
        figures.UPDATE: _pathtrack(path, "update", "R3", "--note", peers.NOTE),
        "progress": _pathtrack(path, "progress"),
        "export": _pathtrack(path, "export"),
    }
    if size == figures.SMALL:
        found |= _start(folder)
    for peer, program in peers.found(venvs) if size.updates == 1 else ():
        if size.recommendations <= peer.most:
            (place := folder / peer.program).mkdir()
            listed, updated = peer.fill(program, place, size.recommendations)
            found |= {f"{peer.name} {figures.LIST}": listed, f"{peer.name} {figures.UPDATE}": updated}
    return found


def _start(folder: Path) -> dict[str, Command]:
    """Return the commands whose cost is all start-up."""
    ids = _pathtrack(SHIPPED)
    asked = ids.environment + _asked("pathtrack", "pathtrack show ")
    floor = Command((PYTHON, HERE / "floor.py"), folder, environment=_asked("floor", "floor list --"))
    return {
        figures.VERSION: _pathtrack(SHIPPED, "--version"),
        figures.SHIPPED: _pathtrack(SHIPPED, "list"),
        figures.FLOOR_OFFERED: floor,
        figures.OFFERED: ids._replace(environment=asked),
    }


def _pathtrack(tracker: Path, *words: str) -> Command:
    return Command((PROGRAM, *words), tracker.parent, environment=(("PATHTRACK_FILE", str(tracker)),))


def _asked(program: str, line: str) -> tuple[tuple[str, str], ...]:
    asked = {f"_{program.upper()}_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": "2"}
    return tuple(asked.items())


def measure(wanted: dict[str, Command], *, rounds: int, cpu: bool) -> dict[str, Figure]:
    """Run all commands once to warm up and then in turn; what took too long is not run again."""
    runs: dict[str, list[Figure]] = defaultdict(list)
    for turn in range(rounds + 1):
        for name, command in wanted.items():
            if turn == 0 or runs[name][0].seconds < PATIENCE:
                print(f"\r{turn}/{rounds} {name:40}", end="", file=sys.stderr)
                runs[name].append(run(command, cpu=cpu))
    print(file=sys.stderr)
    return {name: _median(taken[1:] or taken) for name, taken in runs.items()}


def _median(runs: list[Figure]) -> Figure:
    return Figure(statistics.median(each.seconds for each in runs), max(each.mebibytes for each in runs))


def run(command: Command, *, cpu: bool) -> Figure:
    """Run a command to its end and read what it prints, through a pipe or a terminal of its own."""
    ours, theirs = os.openpty() if command.terminal else os.pipe()
    if command.terminal:
        termios.tcsetwinsize(theirs, (40, 120))
    typed, keyboard = os.pipe()
    os.write(keyboard, command.typed.encode())
    os.close(keyboard)
    started = time.perf_counter()
    process = subprocess.Popen(
        [*map(str, command.words)],
        cwd=command.folder,
        env=_environment(command),
        stdin=typed,
        stdout=theirs,
        stderr=subprocess.DEVNULL,
    )
    os.close(theirs)
    os.close(typed)
    alarm = threading.Timer(LIMIT, process.kill)
    alarm.start()
    while _read(ours):
        pass
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    alarm.cancel()
    os.close(ours)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode and seconds < LIMIT:
        sys.exit(f"exit code {process.returncode}: {' '.join(map(str, command.words))}")
    seconds = used.ru_utime + used.ru_stime if cpu else seconds
    return Figure(seconds, used.ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024))


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 1 << 16)
    except OSError:  # how Linux says that a terminal's other end is closed
        return b""


def _environment(command: Command) -> dict[str, str]:
    """Return little: nobody's settings, nothing that slows Python down, a terminal of many colours."""
    kept = {"PATH": os.environ["PATH"], "HOME": str(command.folder), "LANG": "C.UTF-8"}
    return kept | {"TERM": "xterm-256color", "PATHTRACK_AUTHOR": "bench"} | dict(command.environment)


if __name__ == "__main__":
    main()
