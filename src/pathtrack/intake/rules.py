"""How a table is to be read."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from pathtrack import sheet
from pathtrack.errors import UsageError
from pathtrack.intake import answers, dates
from pathtrack.intake.answers import Answers
from pathtrack.intake.columns import Preset
from pathtrack.intake.dates import DateOrder
from pathtrack.intake.heads import Role
from pathtrack.intake.meanings import Vocabulary
from pathtrack.intake.table import Table
from pathtrack.record import crosswalk
from pathtrack.record.crosswalk import Scheme
from pathtrack.record.model import Tracker
from pathtrack.record.status import Response, Status, parse_word
from pathtrack.sheet import Shape
from pathtrack.text import quoted

_ASKING = (Role.AREA, Role.REF, Role.TITLE, Role.SUMMARY)


@dataclass(frozen=True)
class Rules:
    """How a table is to be read; `area` and `date` are used where a row has none.

    `orders` has the order of the dates in a column whose own dates show it, with an example. GAO's export
    writes `&amp;` for an ampersand, and its recommendations are identified by their publication's number and
    their own within it. `shape` is set for a table that is our own export, and `reason` says why it
    corrects updates. Nothing can have been judged after `today`; `is_dated` is whether the
    user or the table has given `date`.
    """

    columns: Mapping[Role, str]
    vocabulary: Vocabulary
    by: str
    recorded: dt.datetime
    area: str | None = None
    date: dt.date | None = None
    order: DateOrder | None = None
    orders: Mapping[Role, tuple[DateOrder, str]] = field(default_factory=dict)
    preset: Preset | None = None
    shape: Shape | None = None
    answers: Answers = field(default_factory=answers.known)
    reason: str | None = None
    today: dt.date = dt.date.max
    is_dated: bool = True

    @property
    def identifying(self) -> tuple[str, ...]:
        """The columns that say which recommendation a row is about, where it has no id."""
        # GAO has a row for each agency that is asked.
        return self.asking if self.preset else (*self.asking, *self._of(Role.ACTOR, Role.DUE))

    @property
    def asking(self) -> tuple[str, ...]:
        """The columns that say what is asked for."""
        return self._of(Role.REF, Role.TITLE) if self.preset else self._of(*_ASKING)

    def _of(self, *roles: Role) -> tuple[str, ...]:
        return tuple(self.columns[role] for role in roles if role in self.columns)

    def order_of(self, role: Role) -> DateOrder | None:
        """Return the order in which dates of a column are read."""
        return self.order or self.orders.get(role, (None,))[0]


def orders(
    table: Table, columns: Mapping[Role, str], shape: Shape | None
) -> dict[Role, tuple[DateOrder, str]]:
    """Return the order of the dates in each column whose own dates show it; of ours, all in one order."""
    if shape:
        cells = [cell for name in sheet.DATES if name in table.columns for cell in table.values(name)]
        order = dates.shown_order(cells)
        return dict.fromkeys((Role.DATE, Role.DUE), order) if order else {}
    shown = {role: dates.shown_order(table.values(columns.get(role))) for role in (Role.DATE, Role.DUE)}
    return {role: order for role, order in shown.items() if order}


def vocabulary(scheme: Scheme | None, words: Iterable[str], today: dt.date) -> Vocabulary:
    """Return the meanings of status words: ours, a body's, and those that the user maps."""
    found = {word: meaning for word, meaning in mapped(words) if meaning not in {*Response}}
    statuses = {word: parse_word(meaning, Status, "status") for word, meaning in found.items()}
    return Vocabulary(crosswalk.known(scheme) | statuses, today=today)


def answers_of(words: Iterable[str]) -> Answers:
    """Return the meanings of answers: the words of several bodies, and those that the user maps."""
    found = {word: Response(meaning) for word, meaning in mapped(words) if meaning in {*Response}}
    return answers.known(found)


def mapped(given: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the words that the user maps, and what each means."""
    for each in given:
        # From the right, since a word may contain the sign and a status does not.
        word, _, meaning = each.rpartition("=")
        if not word:
            todo = 'use WORD=STATUS, such as "Behind schedule=stalled"'
            raise UsageError(f"{quoted(each)} does not map a word", todo=todo)
        yield word, meaning.strip().lower()


def recalling(rules: Rules, tracker: Tracker) -> Rules:
    """Return rules that also read the status words of a tracker's earlier imports."""
    remembered = crosswalk.remembered(each.source for each in tracker.recommendations)
    return replace(rules, vocabulary=replace(rules.vocabulary, remembered=remembered))


def day_of_export(table: Table, preset: Preset | None) -> dt.date | None:
    """Return the day that an export of a known form states above its header."""
    return dates.of_export(cell for row in table.above for cell in row.cells) if preset else None
