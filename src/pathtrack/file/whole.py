"""A tracker's file as one value: its JSON Schema, and its reader where it cannot be read in pieces."""

from collections.abc import Iterator, Mapping
from dataclasses import fields

from pydantic import TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass
from pydantic_core import ErrorDetails

from pathtrack.file import diagnosis
from pathtrack.record.model import CLOSED, Evidence, Recommendation, Report, Tracker, Update

_LISTS = ("recommendation", "update")
_SLICE = 1_000
"""How many of a list are checked at a time: a million updates with a fault each have gigabytes of them."""
_FEW = 100
"""How many wrong keys of a table are looked at, for the same reason."""


@dataclass(frozen=True, slots=True, kw_only=True, config={**CLOSED, "title": "Tracker"})
class Whole:
    """One file: a report, its recommendations and the updates about them, in file order."""

    report: Report
    recommendation: tuple[Recommendation, ...] = ()
    update: tuple[Update, ...] = ()


_WHOLE = TypeAdapter(Whole)
_TABLES = {
    "": Whole,
    "report": Report,
    "recommendation": Recommendation,
    "update": Update,
    "evidence": Evidence,
}
_KEYS = {name: {each.name for each in fields(kind)} for name, kind in _TABLES.items()}
"""The keys that a table of a name may have."""


def tracker(content: Mapping[str, object], text: str, *, name: str) -> Tracker:
    """Return the tracker in the content of a file with this text; FileError if it is not one."""
    lists = {key: found for key in _LISTS if isinstance(found := content.get(key), list)}
    end = max(map(len, lists.values()), default=0)
    parts: list[Whole] = []
    for start in range(0, max(end, 1), _SLICE):
        part = {**content, **{key: found[start : start + _SLICE] for key, found in lists.items()}}
        few = _few("", part)
        try:
            parts.append(_WHOLE.validate_python(few))
        except ValidationError as error:
            faults = [*_placed(error, start)]
            is_all = end <= start + _SLICE and few == part
            raise diagnosis.invalid(faults, text, name=name, is_all=is_all) from error
    return Tracker(
        report=parts[0].report,
        recommendations=tuple(each for part in parts for each in part.recommendation),
        updates=tuple(each for part in parts for each in part.update),
    )


def _placed(error: ValidationError, start: int) -> Iterator[ErrorDetails]:
    """Yield what is wrong in a slice, with its place in the file."""
    for each in error.errors(include_url=False):
        match each["loc"]:
            case (str(key), int(number), *within):
                yield {**each, "loc": (key, number + start, *within)}
            case _:
                yield each


def _few(name: str, value: object) -> object:
    """Return what a key has, with a few of its wrong keys if there are many."""
    if isinstance(value, list):
        return [_few(name, each) for each in value]
    if not isinstance(value, dict) or not (name in _KEYS or name == "source"):
        return value
    # Of what came with an import any key is right, if it has a text.
    right = {key for key, each in value.items() if isinstance(each, str)} if name == "source" else _KEYS[name]
    left = {*[key for key in value if key not in right][_FEW:]}
    return {key: _few(key, each) for key, each in value.items() if key not in left}
