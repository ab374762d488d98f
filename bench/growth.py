"""Measure how the time of each command grows with its input: `growth.py [BYTES] [FAMILY…]`.

Each family of inputs is made as large as BYTES (65,536 if none are given) and twice as large; the smallest
of two CPU times counts. Printed are the slowest, and all whose time grows faster than its input.

`growth.py full [FAMILY…]` gives each of the largest inputs, just below the limit of 64 MB, to some commands
once, and prints the CPU time, the peak of memory and the first words of a refusal.
"""

import math
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "system"))

from growing import BROKEN, COMMANDS, IMPORTS, TABLES, TRACKERS, Family, lay, lay_table

PATHTRACK = (sys.executable, "-P", "-m", "pathtrack")
PATIENCE = 300
"""Seconds after which a command is ended."""
LARGEST = 61_000_000
"""Bytes, with some room for what a command adds."""
HEAVY = ("recommendations", "updates of one")
"""Families that are given to every kind of command in full size; the others are only checked."""
KINDS = (
    "list --json", "list --color always", "check", "timeline", "update R0 --note n --by Ana --dry-run",
    "undo --dry-run", "edit R0", "git merge-driver base ours theirs name", "export o.md", "export o.html",
    "export site/",
)  # fmt: skip
NOISE = 0.3
"""Seconds of CPU time below which growth says nothing."""


class Figure(NamedTuple):
    """CPU seconds of one command on one family, of inputs of one size and of twice that size."""

    command: str
    family: str
    single: float
    double: float

    @property
    def power(self) -> float:
        """The power of the size that the time grows with, the start-up left out."""
        return math.log2(max(self.double - START, 0.001) / max(self.single - START, 0.001))


class Cost(NamedTuple):
    """CPU seconds of one command, its peak of memory, and its last words on stderr."""

    seconds: float
    megabytes: int
    words: str


def cost(command: str, folder: Path) -> Cost:
    """Return what a command took; if it does not end, an infinity of seconds."""
    env = os.environ | {"PATHTRACK_TODAY": "2026-12-31", "EDITOR": "true", "HOME": str(folder)}
    with tempfile.TemporaryFile() as told:
        process = subprocess.Popen(
            [*PATHTRACK, *command.split()],
            cwd=folder,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=told,
        )
        clock = threading.Timer(PATIENCE, process.kill)
        clock.start()
        _, status, used = os.wait4(process.pid, 0)
        clock.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        told.seek(0)
        words = told.read(80).decode(errors="replace").strip()
    took = math.inf if process.returncode < 0 else used.ru_utime + used.ru_stime
    return Cost(took, used.ru_maxrss // 1024, words)


def seconds(command: str, folder: Path) -> float:
    """Return the CPU seconds of a command, or infinity if it does not end."""
    return cost(command, folder).seconds


def size_of(family: Family, wanted: int) -> int:
    """Return how many of its units make an input of so many bytes."""
    few, more = (len(family(number).encode()) for number in (16, 272))
    return max(1, 256 * wanted // max(1, more - few))


def measured(name: str, family: Family, wanted: int) -> list[Figure]:
    """Return the figures of all commands on one family."""
    write, commands = (lay_table, IMPORTS) if name in TABLES else (lay, COMMANDS)
    texts = [family(size_of(family, wanted) * times) for times in (1, 2)]
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for command in commands:
            least = []
            for text in texts:
                times = []
                for _ in range(2):
                    write(Path(folder), text)
                    times.append(seconds(command, Path(folder)))
                least.append(min(times))
            found.append(Figure(command, name, *least))
    return found


def full(name: str, family: Family) -> Iterator[str]:
    """Yield rows about one family in full size."""
    write, commands = (lay_table, IMPORTS[:1]) if name in TABLES else (lay, ("check",))
    size = size_of(family, LARGEST)
    while len(text := family(size)) > LARGEST:  # numbers grow longer
        size = size * LARGEST // len(text)
    with tempfile.TemporaryDirectory() as folder:
        for command in KINDS if name in HEAVY else commands:
            write(Path(folder), text)
            found = cost(command, Path(folder))
            words = found.words.replace("|", " ").replace("\n", " ")
            yield f"| {command} | {name} | {found.seconds:.1f} | {found.megabytes:,} | {words} |"


def main() -> None:
    """Measure all families, or those that are named."""
    if sys.argv[1:2] == ["full"]:
        print("| command | input | s | MB | it says |\n| --- | --- | --: | --: | --- |")
        for name, family in (TRACKERS | BROKEN | TABLES).items():
            if name in (sys.argv[2:] or (TRACKERS | BROKEN | TABLES)):
                for line in full(name, family):
                    print(line, flush=True)
        return
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 65_536
    chosen = {*sys.argv[2:]} or {*TRACKERS, *BROKEN, *TABLES}
    families = [each for each in (TRACKERS | BROKEN | TABLES).items() if each[0] in chosen]
    figures = [figure for name, family in families for figure in measured(name, family, wanted)]
    slowest = sorted(figures, key=lambda each: each.single, reverse=True)
    print(f"{len(figures)} figures; start-up {START:.2f} s\n")
    print("| command | input | s | twice as large, s | power |\n| --- | --- | --: | --: | --: |")
    for each in slowest[:12]:
        print(row(each))
    steep = [each for each in slowest if each.double > START + NOISE and each.power > 1.25]
    print(f"\n{len(steep)} grow faster than their input")
    for each in steep:
        print(row(each))


def row(figure: Figure) -> str:
    """Return a figure as a row of a table."""
    figures = (f"{each:.2f}" for each in (figure.single, figure.double, figure.power))
    return f"| {figure.command} | {figure.family} | {' | '.join(figures)} |"


START = min(seconds("statuses", Path.cwd()) for _ in range(3))
if __name__ == "__main__":
    main()
