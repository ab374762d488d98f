"""A tracker's file as one value: its JSON Schema, and its reader where it cannot be read in pieces."""

from collections.abc import Iterator, Mapping

from pydantic import TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass
from pydantic_core import ErrorDetails

from pathtrack.file import diagnosis
from pathtrack.record.model import CLOSED, Recommendation, Report, Tracker, Update

_LISTS = ("recommendation", "update")
_SLICE = 1_000
"""How many of a list are checked at a time: a million updates with a fault each have gigabytes of them."""


@dataclass(frozen=True, slots=True, kw_only=True, config={**CLOSED, "title": "Tracker"})
class Whole:
    """One file: a report, its recommendations and the updates about them, in file order."""

    report: Report
    recommendation: tuple[Recommendation, ...] = ()
    update: tuple[Update, ...] = ()


_WHOLE = TypeAdapter(Whole)


def tracker(content: Mapping[str, object], text: str, *, name: str) -> Tracker:
    """Return the tracker in the content of a file with this text; FileError if it is not one."""
    lists = {key: found for key in _LISTS if isinstance(found := content.get(key), list)}
    end = max(map(len, lists.values()), default=0)
    parts: list[Whole] = []
    for start in range(0, max(end, 1), _SLICE):
        part = {**content, **{key: found[start : start + _SLICE] for key, found in lists.items()}}
        try:
            parts.append(_WHOLE.validate_python(part))
        except ValidationError as error:
            faults = [*_placed(error, start)]
            raise diagnosis.invalid(faults, text, name=name, is_all=end <= start + _SLICE) from error
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
