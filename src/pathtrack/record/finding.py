"""Findings of a check, as values with a place and a code."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

Place = tuple[str | int, ...]
"""The way to a value from the top, such as `("update", 3, "evidence", 0, "kind")`."""


class Severity(StrEnum):
    """Whether a finding makes the check fail."""

    ERROR = "error"
    WARNING = "warning"


ERRORS = frozenset(
    {"duplicate-id", "unknown-id", "unknown-whole", "unknown-update", "unknown-area"}
    | {"unsafe-address", "rewritten-past", "changed-capture"}
)
"""The codes that make a check fail; all others are warnings. docs/checks.md explains each."""
HINTS = 10
"""How many wrong words get a suggestion: a file with more has a different problem, and each takes time."""


@dataclass(frozen=True, order=True)
class Finding:
    """Something a check found at a place in a tracker; `line` is 0 until it is looked up."""

    line: int = field(default=0, kw_only=True)
    place: Place
    code: str
    message: str

    @property
    def severity(self) -> Severity:
        """Whether it makes the check fail, which depends on its code."""
        return Severity.ERROR if self.code in ERRORS else Severity.WARNING


def located(found: Iterable[Finding], lines: Mapping[Place, int]) -> list[Finding]:
    """Return findings with their lines, in the order of the file; `lines` is that of `blocks.locate`."""
    return sorted(replace(each, line=line_of(each.place, lines) or 0) for each in found)


def line_of(place: Place, lines: Mapping[Place, int]) -> int | None:
    """Return the line of a place, or of the nearest thing around it that is known."""
    return next((lines[place[:end]] for end in range(len(place), 0, -1) if place[:end] in lines), None)
