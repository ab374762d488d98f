"""What the TOML reader and the model object to, as one line for a person."""

import re
import shlex
from collections.abc import Mapping
from dataclasses import fields
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from pathtrack.errors import FileError, UsageError
from pathtrack.file.blocks import locate
from pathtrack.record.finding import Place, line_of
from pathtrack.record.model import Evidence, Recommendation, Report, Update, Value
from pathtrack.record.status import Confidence, Kind, Response, Status
from pathtrack.text import count, did_you_mean, quoted, safe_line

_T = TypeVar("_T")
_MARKER = re.compile(r"^(<<<<<<<|>>>>>>>)( |$)", re.MULTILINE)
_TABLES = (".csv", ".tsv")
_CURLY = re.compile(r"=\s*\[?\s*[\u201c-\u201e\u2018\u2019\u00ab]")
_LOCAL_DATE = re.compile(r"=\s*\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\s*(#|$)")
_POSITION = re.compile(r" at line (\d+) column \d+$")
_MODELS: dict[str, type[Value]] = {
    "report": Report,
    "recommendation": Recommendation,
    "update": Update,
    "evidence": Evidence,
}
_KEYS = ("report", "recommendation", "update")
_WORDS = {"status": Status, "kind": Kind, "response": Response, "confidence": Confidence}
_WANTED = {
    "bool_type": "must be true or false, without quotes",
    "date_type": 'must be a date such as 2025-01-24, without quotes, or a month or year such as "2025-01"',
    "datetime_type": "must be a moment without quotes, such as 2025-01-24T09:30:00Z",
    "dict_type": "must be a table",
    "dataclass_type": "must be a table",
    "string_too_short": "must not be empty",
    "string_type": "must be text in quotes",
    "string_unicode": "must be Unicode text",
    "timezone_aware": "must end with Z or an offset such as +09:00",
    "too_short": 'must name at least one, such as ["D2"]',
    "tuple_type": 'must be a list, such as ["D2"]',
}


def unreadable(text: str, reason: str, *, name: str) -> FileError:
    """Explain why a text is not TOML; `reason` is what the reader said."""
    if marker := _MARKER.search(text):
        line = text.count("\n", 0, marker.start()) + 1
        todo = "run 'pathtrack git resolve', or keep one side of each and delete the marker lines"
        return FileError("conflict markers of a merge", where=f"{name}:{line}", todo=todo)
    if name.lower().endswith(_TABLES):
        todo = f"take it in with 'pathtrack import {shlex.quote(name)}'"
        return FileError("a table is no tracker", where=name, todo=todo)
    position = _POSITION.search(reason)
    number = int(position[1]) if position else 0
    cause = safe_line(_POSITION.sub("", reason)).removeprefix("ValueError: ")
    todo = _mend("".join(text.split("\n")[number - 1 : number]))
    return FileError(f"not valid TOML: {cause}", where=f"{name}:{number}" if number else name, todo=todo)


def _mend(line: str) -> str:
    if _CURLY.search(line):
        return 'put straight quotes (") around text'
    return "write a date as 2025-01-24" if _LOCAL_DATE.search(line) else "correct that line"


def invalid(error: ValidationError, text: str, *, name: str) -> FileError:
    """Explain the first thing in the text that is no tracker."""
    if not text.strip():
        return FileError(
            "the file is empty", where=name, todo="fill it, or delete it and run 'pathtrack init'"
        )
    lines = locate(text)
    # A key that is misspelled is also missing: say the former.
    details = sorted(
        error.errors(include_url=False),
        key=lambda each: (each["type"] == "missing", line_of(each["loc"], lines) or 0),
    )
    what, todo = _say(details[0])
    if len(details) > 1:
        todo += f" ({count(len(details) - 1, 'more problem')} in the file)"
    line = line_of(details[0]["loc"], lines)
    return FileError(what, where=f"{name}:{line}" if line else name, todo=todo)


def build(kind: type[_T], given: Mapping[str, object]) -> _T:
    """Make a value of what the command line gives; UsageError where it makes none."""
    for name, value in given.items():
        if isinstance(value, str) and value.isspace():
            raise UsageError(f"{quoted(name)} must not be empty", todo="correct it")
    try:
        return TypeAdapter(kind).validate_python(given)
    except ValidationError as error:
        what, todo = _say(error.errors(include_url=False)[0])
        raise UsageError(what, todo=todo) from error


def _say(detail: ErrorDetails) -> tuple[str, str]:
    place = detail["loc"]
    *around, last = place or ("",)
    where = f" in {_owner(tuple(around))}" if around else ""
    subject = _owner(place) if isinstance(last, int) else f"{quoted(last)}{where}"
    match detail["type"]:
        case "unexpected_keyword_argument":
            return f"unknown key {quoted(str(last))}{where}", did_you_mean(str(last), _keys(tuple(around)))
        case "missing":
            return f"{quoted(str(last))} is missing{where}", "add it"
        case "enum":
            return f"{quoted(str(detail['input']))} is no {last}{where}", did_you_mean(
                str(detail["input"]), _WORDS[str(last)]
            )
        case "value_error":
            return f"{detail['ctx']['error']}{where and f' ({_owner(place)})'}", "correct it"
        case "string_pattern_mismatch":
            rule = (
                "be at most 40 letters, digits, '.', '_' or '-', without spaces"
                if last == "id"
                else "be on one line"
            )
            return f"{subject} must {rule}", "correct it"
        case "string_too_long":
            return f"{subject} is longer than {detail['ctx']['max_length']} characters", "shorten it"
        case "tuple_type" if last in _MODELS:
            return f"[{last}] is a single table", f"write it as [[{last}]]"
        case other:
            return f"{_owner(place)} {_WANTED.get(other, detail['msg'])}", "correct it"


def _owner(place: Place) -> str:
    """Name a place as a person would: evidence 1 of update 4."""
    words: list[str] = []
    for part in place:
        if isinstance(part, int):
            words[-1] += f" {part + 1}"
        else:
            words.append(part if part in _MODELS else quoted(str(part)))
    return " of ".join(reversed(words))


def _keys(around: Place) -> list[str]:
    name = next((part for part in reversed(around) if isinstance(part, str)), "")
    return [each.name for each in fields(_MODELS[name])] if name in _MODELS else list(_KEYS)
