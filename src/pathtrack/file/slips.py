"""What a person wrote by hand where TOML wants something else, and how to write it."""

import datetime as dt
import re
from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

import rtoml

from pathtrack.errors import UsageError
from pathtrack.file.blocks import without_strings
from pathtrack.file.repairs import KEY, REPAIRS, VALUE
from pathtrack.record import written
from pathtrack.text import quoted

_LONGEST = 2_000
"""How many characters a line may have for a slip to be looked for."""
_LONG_TEXT = re.compile(rf"{KEY}=\s*(\"\"\"|''')(?!.*\1)")
_STARTS_ANEW = re.compile(rf"\s*\[{{1,2}}[\w.-]+\]{{1,2}}\s*(?:\#.*)?|{KEY}=.*")
_HEADER = re.compile(r"\s*\[{1,2}([\w.-]+)\]{1,2}\s*(?:#.*)?")
_SEVERAL = ("recommendation", "update", "update.evidence")


class Slip(NamedTuple):
    """A slip: its line, what is wrong there, and what to do about it."""

    line: int
    what: str
    todo: str


def find(text: str, line: int, reason: str) -> Slip | None:
    """Return the slip in a text that is not TOML; None if it is not one that is known.

    The reader's line and reason count only where something is given twice: a string or a list without an end
    ends for it several lines later.
    """
    lines = text.split("\n")
    for at, end in _statements(lines):
        if not is_toml("\n".join(lines[at:end])):
            return _slip(at, lines[at:end], lines[end : end + 1])
    return _repetition(lines, line - 1) if "duplicate key" in reason else None


def is_toml(text: str) -> bool:
    """Return whether a text is TOML."""
    try:
        rtoml.loads(text)
    except rtoml.TomlParsingError:
        return False
    return True


def _statements(lines: list[str]) -> Iterator[tuple[int, int]]:
    """Yield where each header, comment, or key with its value begins and ends."""
    at = 0
    while at < len(lines):
        end = _end(lines, at)
        yield at, end
        at = end


def _end(lines: list[str], at: int) -> int:
    """Return where a statement ends: a long text with its quotation marks, a list with its bracket.

    A list that has none ends before the next header or key.
    """
    if found := _LONG_TEXT.match(lines[at]):
        return next((end + 1 for end in range(at + 1, len(lines)) if found[1] in lines[end]), len(lines))
    depth, end = 0, at
    while end < len(lines) and (end == at or (depth > 0 and not _STARTS_ANEW.fullmatch(lines[end]))):
        bare = without_strings(lines[end])
        depth += bare.count("[") - bare.count("]")
        end += 1
    return end


def _slip(at: int, statement: list[str], following: list[str]) -> Slip | None:
    """Return the slip in a statement that is not TOML; `following` is the line after it."""
    first = statement[0]
    if max(map(len, statement)) > _LONGEST:
        return None
    if found := _LONG_TEXT.match(first):
        if len(statement) > 1 and found[1] in statement[-1]:
            return None
        return Slip(at + 1, "a text of several lines has no end", f"close it with {found[1]}")
    if len(statement) > 1 and "".join(statement[1:]).strip():
        return _in_list(at, statement)
    if goes_on := _goes_on(first, following):
        return Slip(at + 1, "a text goes on in the next line", goes_on)
    return _in_line(at, first)


def _in_line(at: int, line: str) -> Slip | None:
    value = found["value"] if (found := VALUE.fullmatch(line)) else None
    if value is not None and value.lower() in {"", "null", "none", "nil", "-", "?"}:
        return Slip(at + 1, "a key without a value", "give it one, or delete the line")
    if value and value[0].isdigit() and (reading := _two_readings(value)):
        return Slip(at + 1, *reading)
    for repairs in (*((each,) for each in REPAIRS), *product(REPAIRS, repeat=2)):
        repaired = line
        for each in repairs:
            repaired = each.make(repaired)
        if repaired != line and repaired.strip() and is_toml(repaired):
            what = " and ".join(dict.fromkeys(each.what for each in repairs))
            return Slip(at + 1, what, f"write {repaired.strip()}")
    return None


def _two_readings(value: str) -> tuple[str, str] | None:
    try:
        written.parse(value, today=dt.date.max)
    except UsageError as error:
        return (error.what, error.todo) if "two ways" in error.what else None
    return None


def _goes_on(line: str, following: list[str]) -> str:
    """Return what to do about a text whose quotation marks end in a later line, or nothing."""
    found = VALUE.fullmatch(line)
    is_open = found and found["value"][:1] in {'"', "'"} and found["value"].count(found["value"][0]) == 1
    is_text = following and following[0].strip() and not _STARTS_ANEW.fullmatch(following[0])
    return 'begin and end it with three quotation marks: """' if is_open and is_text else ""


def _in_list(at: int, statement: list[str]) -> Slip | None:
    """Return the slip in a list of several lines."""
    filled = [number for number, each in enumerate(statement) if each.strip()]
    for number, following in zip(filled[1:], [*filled[2:], None], strict=True):
        line = statement[number].strip()
        item = re.sub(r",?\s*(#.*)?$", "", line)
        if item.startswith("]"):
            return None
        if not is_toml(f"_ = [{item.removesuffix(']')}]"):
            slip = _in_line(at + number, f"_ = [{item.removesuffix(']')}]")
            return slip and slip._replace(todo=slip.todo.replace("_ = [", "").removesuffix("]") + ",")
        if following is None:
            return Slip(at + number + 1, "a list without an end", "close it with ]")
        if item == line and not statement[following].lstrip().startswith("]"):
            return Slip(at + number + 1, "a comma is missing in a list", f"write {item},")
    return None


def _repetition(lines: list[str], at: int) -> Slip | None:
    """Return the header or key that is given twice."""
    line = lines[at] if 0 <= at < len(lines) else ""
    if header := _HEADER.fullmatch(line):
        name = header[1]
        single = re.compile(rf"\s*\[{re.escape(name)}\]\s*(?:#.*)?")
        first = next((number for number, each in enumerate(lines) if single.fullmatch(each)), at)
        if name in _SEVERAL:
            return Slip(first + 1, f"[{name}] is a single table", f"write [[{name}]]")
        return Slip(at + 1, f"[{name}] stands twice", "delete one of them")
    if not (found := VALUE.fullmatch(line)):
        return None
    name = found["key"].strip(" =")
    same = re.compile(rf"\s*{re.escape(name)}\s*=")
    first = next((number for number in range(at - 1, -1, -1) if same.match(lines[number])), at)
    return Slip(at + 1, f"{quoted(name)} is given twice, first in line {first + 1}", "delete one of the two")
