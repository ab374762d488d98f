"""What rows add to a tracker, and what becomes of each of them."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from itertools import chain
from typing import NamedTuple

from pathtrack.errors import UsageError
from pathtrack.intake.cells import UnreadableError
from pathtrack.record.model import Recommendation, Update
from pathtrack.text import count


class Remark(NamedTuple):
    """A remark about a row; `word` is the status word without a meaning, if that is the reason."""

    line: int
    reason: str
    word: str = ""


def objection(line: int, error: ValueError | UsageError) -> Remark:
    """Return why a row is not imported."""
    return Remark(line, str(error), error.word if isinstance(error, UnreadableError) else "")


@dataclass(frozen=True)
class Plan:
    """What rows add, and the lines of the rows by what becomes of them.

    Each row is imported, unchanged, empty or refused, perhaps for several reasons. `remarks` are about rows
    that are imported or unchanged, and `unread` about cells that are left out.
    """

    recommendations: tuple[Recommendation, ...] = ()
    updates: tuple[Update, ...] = ()
    imported: tuple[int, ...] = ()
    unchanged: tuple[int, ...] = ()
    empty: tuple[int, ...] = ()
    refused: tuple[Remark, ...] = ()
    remarks: tuple[Remark, ...] = ()
    unread: tuple[Remark, ...] = ()

    @property
    def not_imported(self) -> int:
        """The number of rows that are refused."""
        return len({each.line for each in self.refused})

    def require(self, *, strict: bool) -> None:
        """Raise UsageError if nothing can be imported or, if strict, not everything."""
        if strict and (self.refused or self.unread):
            rows = {each.line for each in (*self.refused, *self.unread)}
            what = f"{count(len(rows), 'row')} cannot be imported whole; nothing was written"
            raise UsageError(what, todo="correct them, or leave --strict out to import the others")
        if not (self.imported or self.unchanged):
            todo = "see the reasons above" if self.refused else "give a table with rows"
            raise UsageError("no rows could be imported; nothing was written", todo=todo)


def together(plans: Iterable[Plan]) -> Plan:
    """Return what several plans add, as one."""
    listed = [*plans]
    return Plan(
        *(tuple(chain.from_iterable(getattr(each, field.name) for each in listed)) for field in fields(Plan))
    )
