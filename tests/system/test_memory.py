"""What a table that is refused may cost: less than 512 MB, whatever is in its 64 MB."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import POSIX

_READ = """
import resource, sys
from pathlib import Path
from pathtrack.errors import FileError
from pathtrack.intake import columns, table
try:
    table.read(Path("t").read_bytes(), lambda name: columns.is_name(name, []), name="t")
except FileError as error:
    print(error)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "linux" else 1024**2))
"""
_MB = 1024**2
_CELL = "column 2 has more than 1,000,000 characters"
_TABLES: dict[str, tuple[Callable[[], bytes], str]] = {
    "a cell": (lambda: b'id,title\n1,"' + b"x" * 60 * _MB + b'"\n', _CELL),
    "a wide cell": (lambda: 'id,title\n1,"😀'.encode() + b"x" * 60 * _MB + b'"\n', _CELL),
    "commas": (lambda: b"," * 63 * _MB, "a row of more than 4,000,000 characters"),
    "rows": (lambda: b"a\n" * 31 * _MB, "the first 833,335 lines have more than 2,500,000 cells"),
    "cells": (
        lambda: b"abc,def,ghi\n" * 5 * _MB,
        "the first 500,001 lines have more than 2,500,000 cells",
    ),
    "records": (lambda: b"[" + b"{}," * 20 * _MB + b"{}]", "JSON of more than 500,000 records"),
    "bytes of nothing": (lambda: b"\xff" * 63 * _MB, "column 1 has more than 1,000,000 characters"),
}


@POSIX
@pytest.mark.parametrize(("made", "reason"), _TABLES.values(), ids=_TABLES)
def test_a_refused_table_takes_less_than_512_megabytes(
    made: Callable[[], bytes], reason: str, tmp_path: Path
) -> None:
    # A new process counts what this one has at that moment.
    (tmp_path / "t").write_bytes(made())
    done = subprocess.run(
        [sys.executable, "-c", _READ], cwd=tmp_path, capture_output=True, text=True, check=True, timeout=300
    )
    said, used = done.stdout.splitlines()
    assert said.startswith(reason)
    assert int(used) < 512
