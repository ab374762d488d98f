"""What the model objects to, as one line for a person."""

from collections.abc import Mapping
from dataclasses import fields
from typing import NamedTuple, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from pathtrack.errors import UsageError
from pathtrack.record import written
from pathtrack.record.finding import Place
from pathtrack.record.model import Evidence, Recommendation, Report, Update, Value
from pathtrack.record.status import Confidence, Kind, Response, Status, nearest
from pathtrack.text import a, did_you_mean, quoted

_T = TypeVar("_T")
_Value = TypeVar("_Value", bound=Value)
_MODELS: dict[str, type[Value]] = {
    "report": Report,
    "recommendation": Recommendation,
    "update": Update,
    "evidence": Evidence,
}
_TABLES = ("report", "recommendation", "update")
_WORDS = {"status": Status, "kind": Kind, "response": Response, "confidence": Confidence}
_OF_TEXTS = ("recommendations", "actors", "areas", "tags", "searched", "formerly")
_PATTERNS = {"id": "be at most 40 letters, digits, '.', '_' or '-', without spaces"}
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


_ADAPTERS: dict[str, TypeAdapter[object]] = {}
"""What checks the values of each kind; to make one takes longer than to check a value."""


class Objection(NamedTuple):
    """What is wrong with a value, and what to do about it."""

    what: str
    todo: str = "correct it"


def build(kind: type[_T], given: Mapping[str, object]) -> _T:
    """Return a value made of what the command line gives; UsageError if it is not valid."""
    for name, value in given.items():
        if isinstance(value, str) and value.isspace():
            raise UsageError(f"{quoted(name)} must not be empty", todo="correct it")
    try:
        found = _adapter(kind).validate_python(given)
    except ValidationError as error:
        what, todo = explain(error.errors(include_url=False)[0])
        raise UsageError(what, todo=todo) from error
    if not isinstance(found, kind):
        raise TypeError(kind)
    return found


def rebuilt(old: _Value, given: Mapping[str, object]) -> _Value:
    """Return a value with other values of some keys; UsageError if that is not valid."""
    return build(type(old), {**{each.name: getattr(old, each.name) for each in fields(old)}, **given})


def _adapter(kind: type[object]) -> TypeAdapter[object]:
    if kind.__name__ not in _ADAPTERS:
        _ADAPTERS[kind.__name__] = TypeAdapter(kind)
    return _ADAPTERS[kind.__name__]


def explain(detail: ErrorDetails) -> Objection:
    """Return in words what the model objects to."""
    place, given = detail["loc"], str(detail["input"])
    last = str(place[-1]) if place else ""
    match detail["type"]:
        case "unexpected_keyword_argument":
            return _unknown(place, last)
        case "missing":
            return Objection(f"{quoted(last)} is missing{_around(place)}", "add it")
        case "enum":
            what = f"{quoted(given)} is not {a(last)}{_around(place)}"
            return Objection(what, nearest(given, _WORDS[last]))
        case "value_error":
            return Objection(f"{detail['ctx']['error']}" + (f" ({_owner(place)})" if place[:-1] else ""))
        case "string_pattern_mismatch":
            return Objection(f"{_subject(place)} must {_PATTERNS.get(last, 'be on one line')}")
        case "string_too_long":
            most = detail["ctx"]["max_length"]
            return Objection(f"{_subject(place)} is longer than {most} characters", "shorten it")
        case other:
            return _other(place, other, detail)


def _unknown(place: Place, key: str) -> Objection:
    if place == ("evidence",):
        return Objection("[[evidence]] belongs to an update", "write [[update.evidence]]")
    return Objection(f"unknown key {_subject(place)}", did_you_mean(key, _keys(place[:-1])))


def _other(place: Place, kind: str, detail: ErrorDetails) -> Objection:
    """Return what is wrong with a value of another kind, and how to write it where that is clear."""
    last, wanted = str(place[-1]) if place else "", _WANTED.get(kind, detail["msg"])
    if kind == "tuple_type" and last in _MODELS:
        name = "update.evidence" if last == "evidence" else last
        return Objection(f"[{name}] is a single table", f"write it as [[{name}]]")
    given = detail["input"]
    if isinstance(given, str) and (fixed := _fixed(given, last)) and kind in {"date_type", "tuple_type"}:
        return Objection(f"{_owner(place)} {wanted.partition(',')[0]}", f"write {fixed}")
    return Objection(f"{_owner(place)} {wanted}")


def _fixed(given: str, key: str) -> str:
    """Return a key with the value that it must have, or nothing: a date, or a list of one text."""
    value = f'["{given}"]' if key in _OF_TEXTS and '"' not in given else written.toml(given)
    return f"{key} = {value}" if value else ""


def _subject(place: Place) -> str:
    """Return the name of a key and of what it is in: 'area' in recommendation 1; in a list, its number."""
    return _owner(place) if isinstance(place[-1], int) else f"{quoted(place[-1])}{_around(place)}"


def _around(place: Place) -> str:
    return f" in {_owner(place[:-1])}" if place[:-1] else ""


def _owner(place: Place) -> str:
    """Return the name of a place as a person would say it: evidence 1 of update 4."""
    words: list[str] = []
    for part in place:
        if isinstance(part, int):
            words[-1] += f" {part + 1}"
        else:
            words.append(part if part in _MODELS else quoted(part))
    return " of ".join(reversed(words))


def _keys(around: Place) -> list[str]:
    """Return the keys that a table may have, or the tables of a file."""
    name = next((part for part in reversed(around) if isinstance(part, str)), "")
    return [each.name for each in fields(_MODELS[name])] if name in _MODELS else list(_TABLES)
