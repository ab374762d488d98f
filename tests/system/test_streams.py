"""A pipe that nobody reads, a disk that is full, and streams that are closed."""

import os
import subprocess
import sys
from pathlib import Path
from subprocess import PIPE
from typing import BinaryIO

import pytest

from pathtrack.file import store
from samples import SMALL


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize(
    "arguments", [["list"], ["list", "--json"], ["update", "W1", "--note", "n"]], ids=" ".join
)
def test_an_output_that_is_full_is_one_line(arguments: list[str], here: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = _printing_to(full, arguments)
    assert done.returncode == 3
    assert done.stderr == b"error: cannot print: No space left on device; what was recorded is in the file\n"
    assert len(store.load(here).updates) == 13 + (arguments[0] == "update")


@pytest.mark.usefixtures("here")
def test_a_closed_input_is_an_empty_note() -> None:
    closing = "import sys; sys.stdin = None; from pathtrack import cli; cli.main()"
    command = [sys.executable, "-c", closing, "update", "W1", "--note", "-"]
    done = subprocess.run(command, check=False, capture_output=True, timeout=60)
    assert done.returncode == 2
    assert done.stderr.startswith(b"error: 'note' must not be empty")


@pytest.mark.parametrize("arguments", [["list"], ["show", "W9"]], ids=" ".join)
@pytest.mark.usefixtures("here")
def test_a_closed_output_is_no_accident(arguments: list[str]) -> None:
    closing = "import sys; sys.stdout = sys.stderr = None; from pathtrack import cli; cli.main()"
    done = subprocess.run(
        [sys.executable, "-c", closing, *arguments], check=False, capture_output=True, timeout=60
    )
    assert (done.returncode, done.stderr) == (4 if "W9" in arguments else 0, b"")


def test_a_reader_that_has_enough_is_no_accident(here: Path) -> None:
    here.write_bytes(
        SMALL + b'[[update]]\ndate = 2024-01-01\nby = "A"\nrecommendations = ["W1"]\nnote = "n"\n' * 5000
    )
    with subprocess.Popen(
        [sys.executable, "-m", "pathtrack", "timeline"], stdout=PIPE, stderr=PIPE
    ) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        program.stdout.readline()
        program.stdout.close()
        assert (program.stderr.read(), program.wait()) == (b"", 0)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("command", "code"),
    [("show W1", 0), ("list --json", 0), ("list --color always", 0), ("check --strict", 1)],
)
def test_a_reader_that_never_began_is_no_accident(command: str, code: int) -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    with open(theirs, "wb") as pipe:  # noqa: PTH123 no path
        done = _printing_to(pipe, command.split())
    assert (done.returncode, done.stderr) == (code, b"")


def _printing_to(file: BinaryIO, arguments: list[str]) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "pathtrack", *arguments]
    return subprocess.run(command, stdout=file, stderr=PIPE, check=False, timeout=60)
