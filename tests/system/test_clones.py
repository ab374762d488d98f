"""Clones of one repository at work at once, in the short form of bench/clones.py."""

import subprocess
import sys
from pathlib import Path

PROGRAM = Path(__file__).parents[2] / "bench" / "clones.py"
CLONES, UPDATES, SEED = 4, 3, "6"


def test_clones_that_merge_and_rebase_at_once_end_with_the_same_bytes_and_every_update() -> None:
    done = subprocess.run(
        [sys.executable, PROGRAM, str(CLONES), str(UPDATES), SEED],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    figures = dict(line.split(": ") for line in done.stdout.splitlines())
    wrong = {name: figure for name, figure in figures.items() if name.startswith("!")}
    assert wrong == dict.fromkeys(wrong, "0"), done.stderr
    assert len(wrong) == 7, done
    assert done.returncode == 0
    assert int(figures["updates"]) == CLONES * UPDATES
    assert int(figures["pushes refused"]) >= CLONES
    assert int(figures["merges"]) >= CLONES
    assert int(figures["commits rebased"]) >= 1
