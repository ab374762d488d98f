"""Run the disasters of tests/system in their long form; print the figures, and a row beside the peers'."""

import argparse
import os
import pty
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "system"))

import disasters as d

if TYPE_CHECKING:
    from collections.abc import Callable

ERRORS = ("EIO", "ENOSPC", "EROFS", "EDQUOT", "EACCES", "EPERM")
ESCAPE = "\x1b]0;taken\x07"


class Figure(NamedTuple):
    """One line of the report: what was done, what came of it, and how many of how many went wrong."""

    name: str
    text: str
    wrong: int
    tries: int


def race(folder: Path, writers: int, each: int, ids: tuple[str, ...]) -> Figure:
    """Run many writers at once."""
    place = d.bed(folder)
    outcome = d.race(place, writers=writers, each=each, ids=ids)
    text = (
        f"{outcome.confirmed} of {writers * each} confirmed, {outcome.refused} refused, {outcome.lost} lost, "
        f"{outcome.doubled} twice, {outcome.disordered} out of order"
    )
    name = f"{writers} writers \u00d7 {each}, {'one record' if len(ids) == 1 else 'several records'}"
    return Figure(name, text, sum(outcome[1:]) + len(place.litter()), writers * each)


def slaughter(folder: Path, writers: int, kills: int) -> Figure:
    """Kill half of the writers again and again."""
    place = d.bed(folder)
    outcome = d.slaughter(place, writers=writers, kills=kills, seed=2049)
    follows = d.run(*d.update(place.path, "after all")).code == 0
    text = (
        f"{outcome.kills} kills, {outcome.unprinted} of them after the move and before the confirmation; "
        f"{outcome.lost} of {outcome.confirmed} confirmed lost, {outcome.doubled} twice, "
        f"{outcome.damaged} of {outcome.observations} looks at the file show damage, "
        f"{len(place.litter())} leftovers after the next update"
    )
    wrong = outcome.lost + outcome.doubled + outcome.damaged + len(place.litter()) + (not follows)
    return Figure(f"{writers} writers, half of them killed", text, wrong, outcome.kills)


def everywhere(folder: Path) -> list[Figure]:
    """Kill, and fail, at each writing system call of each writing command."""
    figures = []
    for job in d.JOBS:
        killed = d.kill_everywhere(folder / "kill" / job.name, job)
        figures.append(_figure(f"kill at each writing call of {job.name}", killed, "calls"))
    for job in d.JOBS:
        failed = d.fail_everywhere(folder / "fail" / job.name, job, ERRORS)
        figures.append(_figure(f"{', '.join(ERRORS)} at each of {job.name}", failed, "errors"))
    return figures


def _figure(name: str, outcome: d.Faults, unit: str) -> Figure:
    for each in outcome.failures:
        print(each, file=sys.stderr)
    wrong = len(outcome.failures)
    return Figure(name, f"{wrong} of {outcome.tries} {unit} do harm", wrong, outcome.tries)


def escapes(folder: Path) -> Figure:
    """Look for raw control characters of a title in what a terminal and a pipe are given."""
    place = d.bed(
        folder, d.TEXT.replace("Thing A1", ESCAPE.encode("unicode_escape").decode().replace("\\x", "\\u00"))
    )
    commands = [["list"], ["list", "--json"], ["show", "A1"], ["progress"], ["export"]]
    taken = [
        command
        for command in commands
        for output in (_piped, _typed)
        if ESCAPE.encode() in output([str(d.PROGRAM), *command, "--file", str(place.path)])
    ]
    tries = 2 * len(commands)
    return Figure("raw ESC of a title", f"in {len(taken)} of {tries} outputs", len(taken), tries)


def _piped(command: list[str]) -> bytes:
    return subprocess.run(command, capture_output=True, check=True, env=d.environment()).stdout


def _typed(command: list[str]) -> bytes:
    ours, theirs = pty.openpty()
    with subprocess.Popen(command, stdout=theirs, stderr=theirs, env=d.environment()):
        os.close(theirs)
        shown = b""
        try:
            while read := os.read(ours, 65536):
                shown += read
        except OSError:  # the other end is closed
            os.close(ours)
    return shown


def measure(folder: Path, *, writers: int, each: int, kills: int, rounds: int, step: int) -> list[Figure]:
    """Run everything."""
    work: list[Callable[[], list[Figure]]] = [
        lambda: [race(folder / "same", 8, 25, ("A1",))],
        lambda: [race(folder / "others", 8, 25, d.IDS)],
        lambda: [slaughter(folder / "slaughter", writers, kills)],
        lambda: everywhere(folder),
        lambda: [
            _figure(
                "a full disk at each byte (a limit on file sizes)",
                d.byte_by_byte(folder / "byte", step=step),
                "sizes",
            )
        ],
        lambda: [_figure("a full disk at each page (tmpfs)", d.page_by_page(folder / "page"), "sizes")],
        lambda: [escapes(folder / "escapes")],
        lambda: [race(folder / "race", writers, each, d.IDS)],
        lambda: [_figure("two exports at once", d.exports(folder / "exports", rounds=rounds), "rounds")],
        lambda: [
            _figure("and a killed third", d.exports(folder / "third", rounds=rounds, kills=True), "rounds")
        ],
    ]
    figures: list[Figure] = []
    for each_work in work:
        began = time.monotonic()
        figures += each_work()
        print(f"{figures[-1].name}: {time.monotonic() - began:.0f} s", file=sys.stderr)
    return figures


def row(figures: list[Figure]) -> str:
    """Return the row for the table of faults: the same columns as the peers'."""
    columns = {
        "8 writers \u00d7 25, one": "lost",
        "8 writers \u00d7 25, several": "lost",
        "half of them killed": "kills lose an update",
        "kill at each": "points do harm",
        "a full disk": "sizes do harm",
        "raw ESC": "outputs",
    }
    cells = []
    for words, unit in columns.items():
        those = [each for each in figures if words in each.name]
        cells.append(f"{sum(each.wrong for each in those)} of {sum(each.tries for each in those)} {unit}")
    return f"| **pathtrack** | {' | '.join(cells)} |"


def main() -> int:
    """Print a row for the peers' table and all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--writers", type=int, default=16, help="how many writers are at work at once")
    parser.add_argument("--each", type=int, default=50, help="how many updates each of them makes")
    parser.add_argument("--kills", type=int, default=1000, help="how many writers are killed at random")
    parser.add_argument(
        "--rounds", type=int, default=300, help="how often a report is written by two at once"
    )
    parser.add_argument("--step", type=int, default=1, help="bytes from one file size limit to the next")
    wanted = vars(parser.parse_args())
    with tempfile.TemporaryDirectory(prefix="pathtrack-") as folder:
        figures = measure(Path(folder), **wanted)
    heads = ["", "8 writers \u00d7 25, same record", "other records", "kill -9 at random"]
    heads += ["kill at each write call", "full disk", "raw ESC from a title reaches the terminal"]
    print(f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}")
    print(row(figures))
    print("\n| disaster | outcome |\n|---|---|")
    for each in figures:
        print(f"| {each.name} | {each.text} |")
    return int(any(each.wrong for each in figures))


if __name__ == "__main__":
    sys.exit(main())
