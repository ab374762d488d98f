"""No input makes a command take more than linear time, by steps; `bench/growth.py` has the seconds."""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import pytest
from growing import BROKEN, COMMANDS, IMPORTS, TABLES, TRACKERS, lay, lay_table

import pathtrack
from conftest import Run

if TYPE_CHECKING:
    from _typeshed import TraceFunction

PACKAGE = str(Path(pathtrack.__file__).parent)
SIZE = 40
ROWS = 150
"""The beginning of a table is looked at more often than the rest."""
SLACK = 2_500
"""Steps that the size does not explain, such as those of another message."""


@pytest.mark.parametrize("name", TRACKERS | BROKEN | TABLES)
def test_steps_grow_no_faster_than_the_input(name: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "true")
    family = (TRACKERS | BROKEN | TABLES)[name]
    write, commands = (lay_table, IMPORTS) if name in TABLES else (lay, COMMANDS)
    counted: dict[str, list[int]] = {command: [] for command in commands}
    # Twice the smallest one: the first time, what its kind of input needs is imported and cached.
    some = ROWS if name in TABLES else SIZE
    for size in (2, 2, 2 * some, 4 * some):
        text = family(size)
        for command in commands:
            write(Path(), text)
            counted[command].append(steps(partial(run, *command.split())))
    assert not {command: each for command, each in counted.items() if outgrows(*each[1:])}


def outgrows(least: int, some: int, double: int) -> bool:
    """Return whether steps for next to nothing, an input and its double grow by more than the size."""
    return double - least > 2.1 * max(some - least, 0) + SLACK


def test_steps_that_grow_with_the_square_are_seen() -> None:
    assert not outgrows(*(2000 * size for size in (0, 80, 160)))
    assert outgrows(*(2000 * size + 2 * size * size for size in (0, 80, 160)))


def steps(do: Callable[[], object]) -> int:
    """Return how many lines of pathtrack are run, and how many functions of any module are called."""
    counted = 0

    def line(frame: FrameType, event: str, argument: object) -> "TraceFunction | None":  # noqa: ARG001 its shape
        nonlocal counted
        counted += 1
        return line

    def call(frame: FrameType, event: str, argument: object) -> "TraceFunction | None":  # noqa: ARG001
        nonlocal counted
        counted += 1
        return line if frame.f_code.co_filename.startswith(PACKAGE) else None

    sys.settrace(call)
    try:
        do()
    finally:
        sys.settrace(None)
    return counted
