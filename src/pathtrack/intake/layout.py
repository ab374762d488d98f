"""Where the columns of a form stand, whatever became of its header."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pathtrack.intake.reader.grid import Row
from pathtrack.record import same
from pathtrack.sheet import form
from pathtrack.sheet.form import FILLED, Column, Form

_LOOKED_AT = 50
_ENOUGH = 4
"""How many of the columns make a header one of ours."""
_COLUMNS = tuple(Column)
_NAMES = {same.word(column): column for column in Column}
_MARK = re.compile(r"\S{1,40} [0-9a-f]{12}")
"""What a row hides: an id and a fingerprint."""


@dataclass(frozen=True)
class Layout:
    """Where a form has what: the row `header`, None if it is gone, and its own rows from `below` on.

    `places` are those of its columns, `renamed` those of them that have another name now, `hidden` the place
    of the column that nobody sees, and `form` what that hides in the header.
    """

    header: int | None
    below: int
    form: Form | None
    places: Mapping[Column, int]
    renamed: Mapping[Column, str]
    hidden: int | None

    @property
    def missing(self) -> list[Column]:
        """The columns to fill in that are gone."""
        return [column for column in FILLED if column not in self.places]


def find(rows: Sequence[Row]) -> Layout | None:
    """Return where the columns of a form are; None if the rows are not of one."""
    near = enumerate(rows[:_LOOKED_AT])
    return next((found for number, row in near if (found := _of_header(number, row))), None) or _of_marks(
        rows
    )


def is_mark(text: str) -> bool:
    """Return whether a text is what a row hides."""
    return _MARK.fullmatch(text.strip()) is not None


def _of_header(number: int, row: Row) -> Layout | None:
    hidden = next((at for at, cell in enumerate(row.cells) if form.read(cell)), None)
    # Of two columns with one name the first counts; what is in the other is beside the form.
    named = {_NAMES[word]: at for at, word in [*_words(row)][::-1] if word in _NAMES}
    if hidden is None and len(named) < _ENOUGH:
        return None
    said = None if hidden is None else form.read(row.cells[hidden])
    places = dict(_guessed(named, len(row.cells) if hidden is None else hidden))
    renamed = {column: row.cells[at] if at < len(row.cells) else "" for column, at in places.items()}
    return Layout(number, number + 1, said, {**places, **named}, renamed, hidden)


def _words(row: Row) -> Iterator[tuple[int, str]]:
    return ((at, same.word(cell)) for at, cell in enumerate(row.cells))


def _guessed(named: Mapping[Column, int], end: int) -> Iterator[tuple[Column, int]]:
    """Yield the columns whose names are gone, where there are as many strange ones between two that we know.

    DONE, Beleg, TARGET: between them stood EVIDENCE alone, so that is what stands there now.
    """
    known = [(_COLUMNS.index(column), at) for column, at in named.items()]
    for (first, left), (last, right) in pairwise(sorted([(-1, -1), *known, (len(_COLUMNS), end)])):
        strange = [at for at in range(left + 1, right) if at not in named.values()]
        if len(strange) == last - first - 1 == right - left - 1:
            yield from zip(_COLUMNS[first + 1 : last], strange, strict=True)


def _of_marks(rows: Sequence[Row]) -> Layout | None:
    """Return where the columns are if the header is gone, but what the rows hide is where it was."""
    place = len(_COLUMNS)
    marked = (at for at, row in enumerate(rows) if len(row.cells) > place and is_mark(row.cells[place]))
    if (first := next(marked, None)) is None:
        return None
    return Layout(None, first, None, {column: at for at, column in enumerate(_COLUMNS)}, {}, place)
