"""Count what becomes of each row of a table: a recommendation, or a line that names it.

As a program, it imports the tables it is given into trackers of their own, and prints what became of each:

    python tests/counted.py "table.csv --map 'Late=stalled'" other.xlsx
"""

import csv
import io
import json
import re
import shlex
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import python_calamine

_LINES = r"(?:lines?|rows?|records?) ([\d, -]+)"
_LEFT_OUT = re.compile(
    rf"^{_LINES}(?: w(?:as|ere) not imported: |: (?:about the same|a heading|the (?:header|numbers)|a total))"
    rf"|^above the header, not read: {_LINES}$",
    re.MULTILINE,
)
_SEPARATORS = {"commas": ",", "semicolons": ";", "tabs": "\t", "bars": "|"}


class Counted(NamedTuple):
    """How many rows a file has below its header, how many recommendations they made, how many are named."""

    rows: int
    recommendations: int
    named: int

    @property
    def lost(self) -> int:
        """How many rows are neither."""
        return self.rows - self.recommendations - self.named


def named(told: str) -> set[int]:
    """Return the lines that an import names as left out, or as taken together with others."""
    numbers: set[int] = set()
    for found in _LEFT_OUT.finditer(told):
        for each in (found[1] or found[2]).split(", "):
            first, _, last = each.partition("-")
            numbers |= {*range(int(first), int(last or first) + 1)}
    return numbers


def counted(table: Path, tracker: Path, told: str) -> Counted:
    """Return the counts for a table, the new tracker made of it, and all that a dry run told."""
    made = tomllib.loads(tracker.read_text(encoding="utf-8")) if tracker.exists() else {}
    return Counted(rows(table, told), len(made.get("recommendation", [])), len(named(told)))


def rows(table: Path, told: str) -> int:
    """Return how many rows with anything in them a file has, without its header and without our reader."""
    data, first = table.read_bytes(), told.partition("\n")[0]
    if found := re.search(r", sheet '(.*?)'(?:;|$)", first):
        sheet = python_calamine.load_workbook(io.BytesIO(data)).get_sheet_by_name(found[1])
        return sum(any(str(cell).strip() for cell in row) for row in sheet.to_python()) - 1
    text = _text(data)
    if ", JSON" in first:
        found = re.search(r", list '(.*?)'", first)
        return len(_listed(json.loads(text), found[1] if found else ""))
    separator = next(sign for name, sign in _SEPARATORS.items() if first.endswith(name))
    csv.field_size_limit(2**30)
    read = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    return sum(any(map(str.strip, row)) for row in read) - 1


def _text(data: bytes) -> str:
    encodings = (
        ["utf-16"] if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "cp949", "cp1252"]
    )
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def _listed(found: object, name: str) -> list[object]:
    if isinstance(found, dict):
        lists = [each for key, each in found.items() if isinstance(each, list) and name in ("", key)]
        return lists[0] if lists else []
    return found if isinstance(found, list) else []


def _imported(given: str) -> Iterator[str]:
    name, *options = shlex.split(given)
    with tempfile.TemporaryDirectory() as folder:
        tracker = Path(folder, "t.toml")
        command = [sys.executable, "-m", "pathtrack", "import", name, *options, "--file", str(tracker)]
        told = subprocess.run([*command, "--dry-run"], capture_output=True, text=True, check=False)
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            yield f"{name}: refused: {done.stderr.splitlines()[-1]}"
            return
        found = counted(Path(name), tracker, told.stderr)
        verdict = f"{found.lost} LOST" if found.lost else "none lost"
        yield f"{name}: {found.rows} rows = {found.recommendations} + {found.named} named; {verdict}"


if __name__ == "__main__":
    for each in sys.argv[1:]:
        sys.stdout.writelines(f"{line}\n" for line in _imported(each))
