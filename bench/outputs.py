"""Compare everything that two installed versions print and write; print a diff of each case that differs.

    python bench/outputs.py OLD_PATHTRACK NEW_PATHTRACK [--only TEXT]

The cases are in outputs.txt.
"""

import argparse
import datetime as dt
import difflib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import termios
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

CASES = Path(__file__).with_suffix(".txt")
DATA = CASES.resolve().parents[1] / "tests" / "data"
NAMES = ("id", "other", "ids", "area", "actor", "by", "word", "day")
WORDS = {
    "record": "D2, T3, P1 d1 T3, defense, japan, pathtrack maintainers, satellite, 2025-06-30",
    "tracker": "E1, W1, w1 open.DATA-7 E_10, WATER, grid company, second reader, 물을, 2025-02-01",
    "odd": "R3, r-4, r12 R-1 R_17 R39, 보건 의료, 국회, 김하늘, 병상, 2025-02-01",
}
"""What stands for the names in braces, by tracker."""
PROGRAM = '#!/bin/sh\n"$PROGRAM" "$@"\ncode=$?\necho "exit code $code" >&2\nexit $code\n'
PRELUDE = r"""
export LANG=C.UTF-8 BROWSER=echo GIT_CONFIG_NOSYSTEM=1
export PATHTRACK_TODAY=2026-01-31 PATHTRACK_AUTHOR='Test Author'
begin() {
  sed -i 's/^id = "r3"/id = "R0"/' recommendations.toml
  git init -q -b main; git config user.name T; git config user.email t@example.org
  git add .; git commit -qm begin
}
record() {
  printf '\n[[update]]\ndate = 2026-01-%s\nrecorded = 2026-01-%sT00:00:00Z\n' $2 $2 >> recommendations.toml
  printf 'by = "Ana Lee"\nrecommendations = ["%s"]\nnote = "Day %s."\n' $1 $2 >> recommendations.toml
  git commit -qam "Day $2"
}
change() { sed -i "/^id = \"$1\"/,/^title/s/^title = \"/&$2: /" recommendations.toml; git commit -qam "$2"; }
fork() { git switch -qc other; record $1 02; git switch -q main; record $1 03; }
clash() { git switch -qc other; change $1 Theirs; git switch -q main; change $1 Ours; record $1 03; }
"""
"""What comes before each script: settings, and functions for a repository and branches that meet again.

`begin` renames what has the id of another one, as such trackers are not merged.
"""
NOW = dt.datetime.now(dt.UTC)
MASKS = {
    rf"({NOW:%Y-%m-%d}|{NOW + dt.timedelta(days=1):%Y-%m-%d})T[0-9:.]+": "NOW",
    r"\x1b]8;id=[^;]*;": "\x1b]8;id=ID;",
    r"(?<=drafts/)\S+?(?=\.(toml|txt))": "DRAFT",
    r"/[^\s\"]*/python[0-9.]*(?= -P -m)": "PYTHON",
}
"""What differs from run to run or from place to place, and what stands for it."""
CONTROLS = r"[\x00-\x09\x0b-\x1f\x7f-\x9f]"
EXTRAS = (
    'actors = ["보건부", "국회", "Ministry of \\"Health\\""]\n',
    'due = 2025-06-01 # 마감\nref = "p. 4\\tand 제4장"\n',
    'done_when = """\nEach bed is there:\n- seen\n- counted"""\n',
    "ongoing = true\n",
    'summary = """\n병상을 더한다.\n\nAll of it, and soon."""\n[recommendation.source]\n"번호" = "가-4"\n',
)
BROKEN = """
[[update]] # of the future, without its evidence, and with addresses that are none
date = 2026-05-05
by = "Ana Lee"
recommendations = ["R3", "r-1"]
status = "implemented"
note = "Hidden: \\u202eevil\\u001b[31m\\nand more."
evidence = [
  { url = "ftp://a.example" }, { url = "http://10.0.0.1/x" }, { title = "종이" },
  { url = "https://example.org/1" }, { url = "https://example.org/1", archive = "no address" },
]
"""


class Case(NamedTuple):
    """A script, the tracker it finds, and the way it is run: `pipe`, `json`, or the columns of a terminal."""

    way: str
    tracker: str
    script: str


def cases() -> Iterator[Case]:
    """Yield the cases of outputs.txt."""
    for section in CASES.read_text(encoding="utf-8").split("\n=== ")[1:]:
        heading, *scripts = filter(None, section.splitlines())
        ways, trackers = map(str.split, heading.split("|"))
        for script, tracker in ((each, name) for each in scripts for name in trackers):
            words = dict(zip(NAMES, WORDS.get(tracker, "").split(", "), strict=False))
            wanted = script.format_map(words)
            yield from (Case(way, tracker, f"{wanted} --json" if way == "json" else wanted) for way in ways)


def odd() -> Iterator[str]:
    """Yield the parts of a larger tracker: Korean, comments, several assessors, broken entries."""
    areas, people = ("보건 의료", "open data", "a, b"), ("Ana Lee", "김하늘", "O'Neil & Söhne", "국회")
    statuses = ("partial", "stalled", "in-progress", "implemented", "reversed", "not-started")
    ids = [f"{('R', 'r-', 'R_')[number % 3]}{number}" for number in range(45)]
    yield '\ufeff# 이상한 기록\n[report]\ntitle = "\\"2030\\""\nareas = ["보건 의료", "open data", "a, b"]\n'
    for number, identifier in enumerate([*ids[1:40], "r3"]):
        yield f'\n[[recommendation]] # {number}\nid = "{identifier}"\narea = "{areas[number % 3]}"\n'
        yield f'title = "{number}번째 병원에 병상을 더한다{", and beds of other kinds" * (number % 4)}"\n'
        yield from (each for turn, each in enumerate(EXTRAS, 2) if number % turn == 0)
    for number in range(120):
        day = dt.date(2023, 1, 1) + dt.timedelta(days=number * 37 % 1100)
        yield f'\n[[update]] # {number}\ndate = {day}\nby = "{people[number % 4]}"\n'
        yield f'recommendations = ["{ids[number * 7 % 44 + 1]}"]\nstatus = "{statuses[number % 6]}"\n'
        yield f"recorded = {day}T{number % 24:02}:00:00+09:00\n" * (number % 3 > 0)
        yield f'note = "{number}개 병상이 왔다. {"The rest is late. " * (number % 5)}"\n' * (number % 4 > 0)
        yield f'\n[[update.evidence]]\nurl = "https://example.org/{number}"\nkind = "law"\n' * (number % 2)
    yield BROKEN + BROKEN.replace("Ana", "Bo").replace('"R3"', '"R99"')


def lay_out(top: Path) -> None:
    """Write the trackers, the files that are none, and the program that notes exit codes."""
    data, program = top / "data", top / "bin" / "pathtrack"
    shutil.copytree(DATA, data)
    (data / "odd.toml").write_text("".join(odd()), encoding="utf-8", newline="\r\n")
    for folder in (data / "none", program.parent):
        folder.mkdir()
    for number, part in enumerate((DATA / "broken.txt").read_text(encoding="utf-8").split("\n=== ")[1:]):
        text = part.partition("\n")[2].partition("--->\n")[0]
        text = re.sub(r"<U\+(\w{4})>", lambda found: chr(int(found[1], 16)), text)
        (data / "none" / f"{number:02}.toml").write_text(text, encoding="utf-8")
    program.write_text(PROGRAM, encoding="utf-8")
    program.chmod(0o755)


def outcome(case: Case, program: Path, place: Path) -> list[str]:
    """Return the lines of all that a case prints and leaves behind, run in a new folder."""
    top = place.parent
    home, drafts, work = folders = [place / name for name in ("home", "drafts", "work")]
    for folder in folders:
        folder.mkdir(parents=True)
    if case.tracker in WORDS:
        shutil.copyfile(top / "data" / f"{case.tracker}.toml", work / "recommendations.toml")
    environment = {
        "PATH": f"{top / 'bin'}:{os.environ['PATH']}",
        "PROGRAM": str(program),
        "DATA": str(top / "data"),
        "HOME": str(home),
        "TMPDIR": str(drafts),
        "GIT_CEILING_DIRECTORIES": str(top),
    }
    command = ["sh", "-c", PRELUDE + case.script]
    if case.way.isdigit():
        environment |= {"TERM": "xterm-256color", "COLUMNS": case.way}
        found = _on_a_terminal(command, work, environment)
    else:
        found = _in_a_pipe(command, work, environment)
    found += _files(place)
    shutil.rmtree(place)
    for pattern, mask in {re.escape(str(place)): "PLACE", re.escape(str(top)): "TOP", **MASKS}.items():
        found = re.sub(pattern, mask, found)
    return re.sub(CONTROLS, lambda each: repr(each[0])[1:-1], found).split("\n")


def _in_a_pipe(command: list[str], folder: Path, environment: dict[str, str]) -> str:
    """Return what a command prints into pipes."""
    done = subprocess.run(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    return f"--- stdout\n{_text(done.stdout)}\n--- stderr\n{_text(done.stderr)}"


def _on_a_terminal(command: list[str], folder: Path, environment: dict[str, str]) -> str:
    """Return what a command prints on a terminal where nobody types."""
    ours, theirs = os.openpty()
    termios.tcsetwinsize(theirs, (40, int(environment["COLUMNS"])))
    os.write(ours, b"\x04" * 9)  # the end of the input, for whoever asks
    with subprocess.Popen(command, cwd=folder, env=environment, stdin=theirs, stdout=theirs, stderr=theirs):
        os.close(theirs)
        shown = b""
        with suppress(OSError):  # when its other end is closed
            while read := os.read(ours, 1 << 16):
                shown += read
    os.close(ours)
    return f"--- terminal\n{_text(shown)}"


def _files(place: Path) -> str:
    """Return the files that a case leaves behind, of git's own only those that pathtrack writes."""
    paths = (path.relative_to(place) for path in sorted(place.rglob("*")) if path.is_file())
    kept = (path for path in paths if ".git" not in path.parts or path.name in {"config", "exclude"})
    return "".join(f"\n--- {path}\n{_text((place / path).read_bytes())}" for path in kept)


def _text(data: bytes) -> str:
    """Return bytes as text, whatever they are."""
    return data.decode(errors="backslashreplace")


def main() -> int:
    """Print what differs, and return 1 if anything does."""
    parser = argparse.ArgumentParser(description="Compare all that two installed versions print and write.")
    parser.add_argument(
        "programs", nargs=2, type=Path, metavar="PATHTRACK", help="the old one and the new one"
    )
    parser.add_argument("--only", metavar="TEXT", default="", help="only the cases whose name holds the text")
    wanted = parser.parse_args()
    old, new = (path.absolute() for path in wanted.programs)
    for program in (old, new):
        subprocess.run([program, "--version"], check=True, stdout=subprocess.DEVNULL)
    chosen = {name: case for case in cases() if wanted.only in (name := " | ".join(case))}
    if not chosen:
        parser.error("no case has a name with that text")
    differing = 0
    with tempfile.TemporaryDirectory(prefix="pathtrack-") as folder, ThreadPoolExecutor(3) as hands:
        lay_out(Path(folder))

        def difference(number: int, name: str) -> list[str]:
            """Return the diff of a case; both versions run in a folder of the same name."""
            place = Path(folder, f"{number:04}")
            before, after = (outcome(chosen[name], program, place) for program in (old, new))
            same = before == after
            return [] if same else [*difflib.unified_diff(before, after, f"old: {name}", "new", lineterm="")]

        for diff in hands.map(difference, range(len(chosen)), chosen):
            differing += bool(diff)
            print(*diff, sep="\n", end="\n" * bool(diff), flush=True)
    print(f"{len(chosen)} cases, {differing} differ")
    return int(differing > 0)


if __name__ == "__main__":
    sys.exit(main())
