"""Run clones of one repository that record, pull and push at once: `clones.py [CLONES] [UPDATES] [SEED]`."""

import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pathtrack.file.document import Document

NAME = "recommendations.toml"
RECORD = (Path(__file__).parents[1] / NAME).read_bytes()
PATHTRACK = (sys.executable, "-P", "-m", "pathtrack")
HEADER = re.compile(r".* @@ (recommendations|id) = ")


def run(folder: Path, *command: str | Path, fails: bool = False) -> subprocess.CompletedProcess[str]:
    """Run a command, which must succeed unless it may fail, with nobody's settings but our own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PATHTRACK_"))}
    ours = {"GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C.UTF-8", "PATHTRACK_TODAY": "2026-12-31"}
    env = {**kept, **ours, "HOME": str(folder.parent)}
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, encoding="utf-8", check=False)
    if done.returncode and not fails:
        raise SystemExit(f"{command} failed: {done.stdout}{done.stderr}")
    return done


class Clone:
    """One analyst's clone, and the habits of that analyst."""

    def __init__(self, shared: Path, number: int, seed: int) -> None:
        """Clone the shared repository and install the merge driver."""
        self.folder, self.name = shared.with_name(f"clone {number}"), f"Analyst {number}"
        self.chance = random.Random(f"{seed} {number}")  # noqa: S311 no secret
        self.blocks: list[str] = []
        self.refused = self.conflicts = 0
        author = ["-c", f"user.name={self.name}", "-c", f"user.email={number}@example.org"]
        run(shared.parent, "git", "clone", "--quiet", *author, shared, self.folder)
        run(self.folder, *PATHTRACK, "git", "install")

    @property
    def text(self) -> str:
        """The clone's record as it is now."""
        return (self.folder / NAME).read_bytes().decode()

    def git(self, *arguments: str, fails: bool = False) -> subprocess.CompletedProcess[str]:
        """Run git in the clone."""
        return run(self.folder, "git", *arguments, fails=fails)

    def work(self, updates: int, ids: list[str]) -> None:
        """Record updates; pull or share before one now and then, the more seldom the more there are."""
        for number in range(updates):
            habit = self.chance.choice([self.pull, self.share, self.share, *[None] * (updates // 10)])
            if habit:
                habit()
            self.record(f"{self.name}, {number}", self.chance.sample(ids, self.chance.choice([1, 1, 2])))

    def record(self, note: str, about: list[str]) -> None:
        """Record an update, whose note looks like another one, and commit it."""
        happened = f"2026-{self.chance.randint(1, 12):02}-{self.chance.randint(1, 28):02}"
        command = ["update", *about, f"--date={happened}", f"--note={note}.\n\n[[update]]\n# x"]
        if self.chance.random() < 0.5:
            command += ["--status=in-progress", "--evidence=https://example.org/a", "--kind=report"]
        before = self.text
        run(self.folder, *PATHTRACK, *command)
        self.blocks.append(self.text.removeprefix(before))
        self.git("commit", "--quiet", "--all", "-m", f"{', '.join(about)}: {note}")

    def share(self) -> None:
        """Push; while somebody was faster, pull in one way or the other and push again."""
        while "rejected]" in self.git("push", "origin", "HEAD:main", fails=True).stderr:
            self.refused += 1
            if not self.pull():
                return

    def pull(self) -> bool:
        """Pull in one way or the other, and tell whether that went well; take back what did not."""
        way = self.chance.choice(["merge", "rebase"])
        done = self.git("pull", "--no-edit", f"--rebase={way == 'rebase'}", "origin", "main", fails=True)
        if done.returncode:
            self.conflicts += 1
            print(done.stdout, done.stderr, file=sys.stderr)
            self.git(way, "--abort", fails=True)
        return done.returncode == 0

    def meet(self, count: int) -> None:
        """Merge what everybody has, in an order of one's own."""
        self.git("fetch", "--quiet", "origin")
        for number in self.chance.sample(range(count), count):
            self.conflicts += self.git("merge", f"origin/unshared-{number}", fails=True).returncode != 0


def team(shared: Path, count: int, seed: int) -> list[Clone]:
    """Make a bare repository and its clones; the first of them brings the shipped record."""
    run(shared.parent, "git", "init", "--quiet", "--bare", "--initial-branch=main", shared)
    first = Clone(shared, 0, seed)
    (first.folder / NAME).write_bytes(RECORD)
    for command in ("add --all", "commit -m Base", "tag base", "push --tags origin HEAD:main"):
        first.git(*command.split())
    return [first, *(Clone(shared, number, seed) for number in range(1, count))]


def play(clones: list[Clone], updates: int) -> list[str]:
    """Work; let each merge all the others for itself, and keep the texts of then; share all on main."""
    ids = [each.id for each in Document.read(RECORD, name=NAME).tracker.recommendations]
    count = len(clones)
    with ThreadPoolExecutor(count) as hands:
        list(hands.map(lambda each: each.work(updates, ids), clones))
        for number, each in enumerate(clones):
            each.git("push", "origin", f"HEAD:refs/heads/unshared-{number}")
        list(hands.map(lambda each: each.meet(count), clones))
        texts = [each.text for each in clones]
        list(hands.map(Clone.share, clones))
        list(hands.map(Clone.pull, clones))
    return texts


def readable(log: str) -> Counter[str]:
    """Count the updates that a commit adds, and nothing else, in one hunk whose header tells where."""
    found = Counter[str]()
    for _, *patch in (each.split("\n@@") for each in log.split("\0")):
        header, *lines = patch[0].split("\n") if len(patch) == 1 else [""]
        if HEADER.match(header) and not any(line.startswith("-") for line in lines):
            found["\n".join(line[1:] for line in lines if line.startswith("+")).strip()] += 1
    return found


def report(clones: list[Clone], met: list[str]) -> dict[str, int]:
    """Return what was done and, under names with `!`, what went wrong."""
    blocks, texts = [block for each in clones for block in each.blocks], [each.text for each in clones]
    checks = [run(each.folder, *PATHTRACK, "check", "--since=base", fails=True) for each in clones]
    steps = [step for each in clones for step in each.git("reflog", "--format=%gs").stdout.splitlines()]
    log = clones[0].git("log", "--patch", "--no-merges", "--format=%x00%s", "base..").stdout
    shown = (readable(log) & Counter(each.strip() for each in blocks)).total()
    return {
        "updates": len(blocks),
        "pushes refused": sum(each.refused for each in clones),
        "merges": sum("Merge made by" in step for step in steps),
        "commits rebased": sum("(pick)" in step for step in steps),
        "! updates not once in every clone": sum(any(t.count(b) != 1 for t in texts) for b in blocks),
        "! bytes that nobody added": max(map(len, texts)) - len(RECORD.decode() + "".join(blocks)),
        "! clones that differ after each merged the others": len({*met}) - 1,
        "! clones that differ after each pulled": len({*texts}) - 1,
        "! conflicts": sum(each.conflicts for each in clones),
        "! clones whose check fails": sum(each.returncode != 0 for each in checks),
        "! commits that do not show their update": len(blocks) - shown,
    }


def main() -> int:
    """Print what was done and what went wrong; 1 if anything did."""
    given, began = [int(each) for each in sys.argv[1:]], time.monotonic()
    count, updates, seed = given + [10, 40, time.time_ns() % 10**6][len(given) :]
    print(f"clones: {count}\nseed: {seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="pathtrack-") as folder:
        clones = team(Path(folder, "shared.git"), count, seed)
        figures = report(clones, play(clones, updates))
    for name, figure in figures.items():
        print(f"{name}: {figure}")
    print(f"seconds: {time.monotonic() - began:.0f}")
    return int(any(figure for name, figure in figures.items() if name.startswith("!")))


if __name__ == "__main__":
    sys.exit(main())
