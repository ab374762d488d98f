"""Our own CSV exports, come back from a spreadsheet: only what was changed in their cells is news."""

import datetime as dt
import html
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import Enum
from itertools import zip_longest

from pathtrack.intake import cells
from pathtrack.intake.cells import Problems
from pathtrack.intake.columns import Role
from pathtrack.intake.rows import Entry, Rules
from pathtrack.intake.table import Row, Table
from pathtrack.record import crosswalk, objections
from pathtrack.record.crosswalk import Scheme
from pathtrack.record.model import Evidence, Recommendation, Tracker, Update, key
from pathtrack.record.standings import Standing
from pathtrack.record.status import Status
from pathtrack.text import safe

_NONE = "(none)"
_FORMULA = tuple("=+-@\t\n＝＋－＠")
_EVIDENCE = ("title", "publisher", "url", "date", "kind", "archive")
_TOLD = ("recommendations", "status", "note", "searched", *(f"evidence_{name}" for name in _EVIDENCE))


class Shape(Enum):
    """What a row of our export is about, and the columns by which it is known."""

    RECOMMENDATIONS = frozenset({"id", "status", "since", "last_update", "updates"})
    UPDATES = frozenset({"date", "recorded", "by", "recommendations"})


def shape(columns: Iterable[str], rules: Rules) -> Shape | None:
    """Say which of our exports has these columns, if any."""
    there = {*columns}
    return next((each for each in Shape if each.value <= there and not rules.preset), None)


def fields(table: Table, row: Row) -> dict[str, str]:
    """Return every column's cell in a row, as it was before it was made safe for spreadsheets."""
    return {column: bare(cell) for column, cell in table.fields(row).items()}


def bare(text: str) -> str:
    """Return a cell without the apostrophe that keeps spreadsheets from taking it for a formula."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text


# ---- a row for each recommendation ----


def news(found: Entry, known: Recommendation, records: Sequence[Update], rules: Rules) -> Entry:
    """Return a row with only what it says otherwise than the standing that was exported, or the present one.

    The day of the newest update is not that of a change.
    """
    changes = (_changes(found, each, rules) for each in _exported(found, known, records))
    status, note, evidence = min(changes, key=lambda each: sum(map(bool, each)))
    derived = rules.columns.get(Role.DATE) == "last_update"
    return replace(
        found,
        status=status,
        note=note,
        evidence=evidence,
        date=rules.date if derived else found.date,
        is_dated=found.is_dated and not derived,
    )


def is_misplaced(found: Entry, known: Recommendation, rules: Rules) -> bool:
    """Tell whether the other body's word for a status was changed, where only ours is read."""
    word = cells.line(found.source.get("Status", ""))
    if not (word and found.status) or rules.columns.get(Role.STATUS) != "status":
        return False
    return word not in _words(known, found.status)


def _exported(found: Entry, known: Recommendation, records: Sequence[Update]) -> Iterator[Standing]:
    """Yield the standings that the row may have shown: everybody's, each assessor's, and the present one."""
    count = found.source.get("updates", "").strip()
    number = int(count) if count.isdecimal() else len(records)
    then = [each for each in records if not found.is_dated or not found.date or each.date <= found.date]
    yield _standing(known, then[:number])
    yield _standing(known, then)
    for by in dict.fromkeys(each.by for each in then):
        theirs = [each for each in then if each.by == by]
        if len(theirs) >= number:
            yield _standing(known, theirs[:number])
    yield _standing(known, records)


def _standing(known: Recommendation, records: Iterable[Update]) -> Standing:
    return Standing(known, dt.date.max, tuple(records))


def _changes(
    found: Entry, standing: Standing, rules: Rules
) -> tuple[Status | None, str | None, tuple[Evidence, ...]]:
    words = _words(standing.recommendation, standing.status)
    is_theirs = rules.columns.get(Role.STATUS) == "Status" and cells.line(found.word) in words
    cited = {each.identity for each in standing.sources}
    return (
        None if is_theirs or found.status is standing.status else found.status,
        None if _plain(found.note or "") in _notes(standing) else found.note,
        tuple(each for each in found.evidence if each.identity not in cited),
    )


def _words(known: Recommendation, status: Status) -> set[str]:
    """Return the words that an export may have for a status."""
    own = known.source.get(crosswalk.kept_as(status), "")
    return {_plain(own), *(crosswalk.theirs(status, scheme) for scheme in Scheme)}


def _notes(standing: Standing) -> set[str]:
    """Return the newest note, in the words of the import too while it is the imported one."""
    note, imported = standing.newest_note, standing.recommendation.source.get("Comments", "")
    is_imported = not note or cells.line(html.unescape(imported)) == cells.line(note)
    return {_plain(note), *([_plain(imported)] if is_imported else [])}


def _plain(text: str) -> str:
    """Return what is the same of a text before and after it was exported."""
    return cells.line(bare(safe(text)))


# ---- a row for each update ----


class Records:
    """The updates of a tracker, as their rows show them."""

    def __init__(self, tracker: Tracker, rules: Rules, columns: Iterable[str]) -> None:
        """Take the columns that there are; `unknown` gathers the status words that have no meaning."""
        self.unknown: list[str] = []
        self._ids = {key(each.id): each.id for each in tracker.recommendations}
        self._rules = rules
        there = {*columns}
        self._told = [name for name in _TOLD if name in there]
        self._known = {(_plain(each.by), *self._says(_cells(each))) for each in tracker.updates}

    def new(self, source: Mapping[str, str]) -> Update | None:
        """Return the update that a row adds, none where the tracker has it; ValueError says what is wrong."""
        says = self._says(source)
        if any((_plain(by), *says) in self._known for by in (source["by"], self._rules.by)):
            return None
        problems, day = Problems(), cells.content(source["date"])
        dated = problems.tried(lambda: cells.date(day, self._rules.order)) if day else self._rules.date
        if not (day or dated):
            problems.append("an update needs a date; give --date DATE")
        status = problems.tried(lambda: self._rules.words.read(source.get("status", "")))
        about = problems.tried(lambda: [self._id(each) for each in cells.names(source["recommendations"])])
        evidence = problems.tried(lambda: tuple(self._evidence(source)))
        self.unknown += problems.unknown
        if problems:
            raise ValueError("; ".join(problems))
        made: Update = objections.build(
            Update,
            {
                "date": dated,
                "recorded": self._rules.recorded,
                "by": self._rules.by,
                "recommendations": about,
                "status": None if status is Status.NOT_ASSESSED else status,
                "note": cells.content(source.get("note", "")).strip() or None,
                "searched": cells.names(source.get("searched", "")),
                "evidence": evidence,
            },
        )
        self._known.add((_plain(self._rules.by), *self._says(_cells(made))))
        return made

    def _says(self, source: Mapping[str, str]) -> tuple[str, ...]:
        return (self._day(source["date"]), *(self._shown(name, source.get(name, "")) for name in self._told))

    def _shown(self, name: str, text: str) -> str:
        if name == "recommendations":
            return key(_plain(text))
        if not name.startswith("evidence_"):
            return _plain(text)
        shown = [self._day(each) if name == "evidence_date" else _plain(each) for each in text.split("\n")]
        return "\n".join("" if each == _NONE else each for each in shown).strip()

    def _day(self, text: str) -> str:
        """Return a date as we write it, since spreadsheets write it otherwise."""
        try:
            return str(cells.date(text, self._rules.order))
        except ValueError:
            return cells.line(text)

    def _id(self, given: str) -> str:
        if key(given) not in self._ids:
            raise ValueError(f"the tracker has no recommendation {cells.slug(given)}")
        return self._ids[key(given)]

    def _evidence(self, source: Mapping[str, str]) -> Iterator[Evidence]:
        listed = [source.get(f"evidence_{name}", "").split("\n") for name in _EVIDENCE]
        for found in zip_longest(*listed, fillvalue=""):
            given = {
                name: cell.strip()
                for name, cell in zip(_EVIDENCE, found, strict=True)
                if cell.strip() not in {"", _NONE}
            }
            if "date" in given:
                yield objections.build(
                    Evidence, {**given, "date": cells.date(given["date"], self._rules.order)}
                )
            elif given:
                yield objections.build(Evidence, given)


def _cells(update: Update) -> dict[str, str]:
    """Return the cells of an update's row."""
    sources = {
        f"evidence_{name}": "\n".join(str(getattr(each, name) or _NONE) for each in update.evidence)
        for name in _EVIDENCE
    }
    return {
        "date": str(update.date),
        "recommendations": "; ".join(update.recommendations),
        "status": update.status or "",
        "note": update.note or "",
        "searched": "; ".join(update.searched),
        **sources,
    }
