"""One row of a table, read: what it asks for, and what it says of how that stands."""

import datetime as dt
import html
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pathtrack.intake import cells
from pathtrack.intake.cells import Problems, Vocabulary
from pathtrack.intake.columns import DateOrder, Preset, Role
from pathtrack.record.model import Evidence, Recommendation, key
from pathtrack.record.status import Status

_FIELDS = {
    Role.TITLE: "title",
    Role.SUMMARY: "summary",
    Role.AREA: "area",
    Role.REF: "ref",
    Role.ACTOR: "actors",
    Role.ONGOING: "ongoing",
    Role.DONE_WHEN: "done_when",
    Role.DUE: "due",
}
_IDENTIFYING = (Role.AREA, Role.REF, Role.TITLE, Role.SUMMARY)


@dataclass(frozen=True)
class Rules:
    """How a table is to be read; `area` and `date` stand in where a row has none.

    Of a column whose own dates have shown their order, `orders` holds it and a date that shows it.
    GAO's export writes `&amp;` for an ampersand, and its recommendations are known by their publication's
    number and their own in it.
    """

    columns: Mapping[Role, str]
    words: Vocabulary
    by: str
    recorded: dt.datetime
    area: str | None = None
    date: dt.date | None = None
    order: DateOrder | None = None
    orders: Mapping[Role, tuple[DateOrder, str]] = field(default_factory=dict)
    preset: Preset | None = None

    @property
    def identifying(self) -> tuple[str, ...]:
        """The columns that say which recommendation a row is about, where it has no id."""
        roles = (Role.REF, Role.TITLE) if self.preset else _IDENTIFYING
        return tuple(self.columns[role] for role in roles if role in self.columns)

    def order_of(self, role: Role) -> DateOrder | None:
        """Return the order in which dates of a column are read."""
        return self.order or self.orders.get(role, (None,))[0]


@dataclass(frozen=True)
class Entry:
    """A row; `identity` is the same in all rows about one recommendation, `wording` is its title there.

    `asked` holds the fields of a recommendation that the row fills; `default_area` stands in where no row
    about it has an area. `is_dated` tells that the date is the row's own.
    `word` is the status in the source's own words; the status may be `not-assessed`, which no update has.
    A row with `problems` cannot be taken; what they are about is missing, `unknown` status words among it.
    """

    line: int
    source: dict[str, str]
    identity: tuple[str, ...]
    id: str | None
    wording: str
    asked: dict[str, object]
    actors: tuple[str, ...]
    default_area: str
    date: dt.date | None
    is_dated: bool
    word: str
    status: Status | None
    note: str | None
    evidence: tuple[Evidence, ...]
    problems: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def says_something(self) -> bool:
        """Whether there is anything to record."""
        return bool(self.status or self.note or self.evidence)


def read(line: int, source: dict[str, str], rules: Rules) -> Entry:
    """Read a row; ValueError says that there is nothing in it to know it by."""
    problems = Problems()

    def raw(role: Role) -> str:
        text = source.get(rules.columns.get(role, ""), "")
        return html.unescape(text) if rules.preset else text

    def cell(role: Role) -> str:
        return cells.content(raw(role))

    given, day = cell(Role.ID), cell(Role.DATE)
    wording = cells.line(cell(Role.TITLE) or cell(Role.SUMMARY))
    if not (given or wording):
        raise ValueError("no title, no text and no id")
    identifier = problems.tried(lambda: cells.slug(given)) if given else None
    date = problems.tried(lambda: cells.date(day, rules.order_of(Role.DATE))) if day else rules.date
    status = problems.tried(lambda: rules.words.read(raw(Role.STATUS)))
    evidence = problems.tried(lambda: cells.links(cell(Role.LINK))) or ()
    asked = _asked(cell, rules.order_of(Role.DUE), problems)
    return Entry(
        line=line,
        source=source,
        identity=("id", key(identifier)) if identifier else identity(source, rules),
        id=identifier,
        wording=wording,
        asked=asked,
        actors=cells.names(cell(Role.ACTOR)),
        default_area=rules.area or (cells.line(cell(Role.REPORT)) if rules.preset else ""),
        date=date,
        is_dated=bool(day),
        word=source.get(rules.columns.get(Role.STATUS, ""), ""),
        status=status,
        note=cell(Role.NOTE).strip() or None,
        evidence=evidence,
        problems=tuple(problems),
        unknown=tuple(problems.unknown),
    )


def identity(source: Mapping[str, str], rules: Rules) -> tuple[str, ...]:
    """Return what is the same in all rows about one recommendation without an id: all that it asks for."""
    return ("text", *(cells.same(source.get(column, "")) for column in rules.identifying))


def is_known_by_text(source: Mapping[str, str], rules: Rules) -> bool:
    """Tell whether a recommendation came from such a table and had no id there."""
    own = cells.content(source.get(rules.columns.get(Role.ID, ""), ""))
    return not own and set(rules.identifying) <= source.keys()


def asked(rows: Sequence[Entry]) -> dict[str, object]:
    """Return what rows about one recommendation ask for: of each field the first, but all the actors."""
    fields = {name: value for each in reversed(rows) for name, value in each.asked.items()}
    actors = (actor for each in rows for actor in each.actors)
    return {**fields, "actors": list(dict.fromkeys(actors))}


def differing(rows: Sequence[Entry], known: Recommendation, rules: Rules) -> Iterator[Role]:
    """Yield what rows ask for otherwise than a recommendation does, and than its own source did."""
    wording = next((each.wording for each in rows if each.wording), "")
    fields, columns = {**asked(rows), "title": wording}, {**rules.columns}
    columns.setdefault(Role.TITLE, columns.get(Role.SUMMARY, ""))
    for role, name in _FIELDS.items():
        column = columns.get(role, "")
        said = _parts(each.source.get(column, "") for each in rows)
        if not said or said == _parts([known.source.get(column, "")]):
            continue
        kept = [getattr(known, name), *([known.summary] if role is Role.TITLE else [])]
        if _plain(fields.get(name)) not in map(_plain, kept):
            yield role


def _parts(texts: Iterable[str]) -> set[str]:
    return {part for text in texts for part in cells.same(text).split("; ")} - {""}


def _plain(value: object) -> set[str]:
    """Return what makes two values of a field the same one, whatever it holds."""
    several = value if isinstance(value, list | tuple) else [value] if value else []
    return {cells.same(str(each)) for each in several}


def joint_source(rows: Sequence[Entry], rules: Rules) -> dict[str, str]:
    """Return the cells of rows; where they differ, all that is said, as one text."""
    first, *others = rows
    if not others:
        return first.source
    note = rules.columns.get(Role.NOTE)
    return {
        column: joined([each.source[column] for each in rows], "\n\n" if column == note else "; ")
        for column in first.source
    }


def newest_word(rows: Sequence[Entry]) -> str:
    """Return the status in the source's own words, as the newest rows that give any have it."""
    said = [each for each in rows if each.word.strip()]
    newest = max((each.date or dt.date.min for each in said), default=None)
    return joined([each.word for each in said if (each.date or dt.date.min) == newest], "; ")


def joined(texts: Iterable[str], joint: str) -> str:
    """Return different texts as one."""
    found: dict[str, str] = {}
    for text in texts:
        found.setdefault(cells.same(text), text)
    return joint.join(text for text in found.values() if text.strip())


def _asked(cell: Callable[[Role], str], order: DateOrder | None, problems: Problems) -> dict[str, object]:
    given, whole, due = cell(Role.TITLE).strip(), cell(Role.SUMMARY).strip(), cell(Role.DUE)
    title, text = cells.headline(given or whole), whole or given
    fields = {
        "title": title,
        "summary": text if cells.line(text) != title else "",
        "area": cells.line(cell(Role.AREA)),
        "ref": cells.line(cell(Role.REF)),
        "ongoing": problems.tried(lambda: cells.yes(cell(Role.ONGOING))),
        "done_when": cell(Role.DONE_WHEN).strip(),
        "due": problems.tried(lambda: cells.date(due, order)) if due else None,
    }
    return {name: value for name, value in fields.items() if value}
