"""A row of our table of updates as an update: a new one, or an old one with some cells changed."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields

from pathtrack import sheet
from pathtrack.intake import answers, cells, dates
from pathtrack.intake.cells import Problems, UnreadableError
from pathtrack.intake.comparison import Texts, UpdateComparison, texts
from pathtrack.intake.heads import Role
from pathtrack.intake.rules import Rules
from pathtrack.record import objections
from pathtrack.record.model import Evidence, Update
from pathtrack.record.status import Confidence, Status, parse_word
from pathtrack.text import is_safe_address, quoted

_ADDRESSES = ("url", "archive")


class Reader:
    """Reads the cells of rows; `about` returns the recommendations that a cell names."""

    def __init__(self, rules: Rules, compared: UpdateComparison, about: Callable[[str], list[str]]) -> None:
        self._rules, self._compared, self._about = rules, compared, about

    def read(self, row: Texts, names: Iterable[str], old: Update | None = None) -> dict[str, object]:
        """Return what cells say by the keys of an update; ValueError names all that cannot be read.

        `names` are the columns to read; of `old`, sources keep what was not changed in them.
        """
        problems, found = Problems(), dict[str, object]()
        wanted = dict.fromkeys("evidence" if each.startswith("evidence_") else each for each in names)
        for name in wanted:
            if name == "evidence":
                found[name] = problems.read(lambda row: tuple(self._evidence(row, old)), row) or ()
            else:
                found[name] = problems.read(self._cell, (name, row.get(name, "")))
        if problems:
            word = next((each.word for each in problems if isinstance(each, UnreadableError)), "")
            raise UnreadableError("; ".join(map(str, problems)), word)
        return found

    def _cell(self, given: tuple[str, str]) -> object:
        name, text = given
        said = cells.content(text).strip()
        match name:
            case "recommendations":
                return self._about(text)
            case "actors" | "searched":
                return cells.names(said)
            case "status":
                return self._status(text)
            case "response":
                return answers.read(text, self._rules.answers)
            case "confidence":
                return parse_word(said, Confidence, name) if said else None
            case "date" | "due":
                return dates.read(said, self._rules.order_of(Role.DATE)) if said else None
            case _:
                return said or None

    def _status(self, text: str) -> Status | None:
        if not text.strip():
            return None
        status = self._rules.vocabulary.read(text)
        return None if status is Status.NOT_ASSESSED else status

    def _evidence(self, row: Texts, old: Update | None) -> Iterator[Evidence]:
        """Yield the sources of a row, a line each in every column; what stays is what it was."""
        before = old.evidence if old else ()
        were = texts(old) if old else {}
        listed = {name: lines for name in sheet.EVIDENCE if any(lines := _lines(row, name))}
        number = len(next(iter(listed.values()), ()))
        if any(len(lines) != number for lines in listed.values()):
            every = f"{sheet.NONE} where it has none"
            raise ValueError(f"the cells of the sources differ in their number of lines; give each {every}")
        missing = [name for name in sheet.EVIDENCE if f"evidence_{name}" not in row]
        if old and missing and number != len(before):
            raise ValueError("sources can only be added or removed with all columns of sources in the table")
        for place in range(number):
            cell = {name: lines[place] for name, lines in listed.items()}
            known = before[place] if place < len(before) else None
            was = {name: "".join(_lines(were, name)[place:][:1]) for name in sheet.EVIDENCE}
            yield self._source(cell, was, known, missing)

    def _source(self, cell: Texts, was: Texts, known: Evidence | None, missing: Iterable[str]) -> Evidence:
        given: dict[str, object] = {}
        for each in fields(Evidence):
            name, text = each.name, cell.get(each.name, "")
            old = getattr(known, name) if known else None
            is_kept = name in missing or self._compared.is_same(f"evidence_{name}", was[name], text)
            given[name] = old if known and is_kept else self._key(name, text)
        return objections.build(Evidence, given)

    def _key(self, name: str, text: str) -> object:
        if text in {"", sheet.NONE}:
            return None
        if name in _ADDRESSES and not is_safe_address(text):
            raise ValueError(f"{quoted(text)} is not a safe web address")
        return dates.read(text, self._rules.order_of(Role.DATE)) if name == "date" else text


def _lines(row: Texts, name: str) -> list[str]:
    return [each.strip() for each in row.get(f"evidence_{name}", "").strip("\n").split("\n")]


def replaced(old: Update, changes: Mapping[str, object]) -> dict[str, object]:
    """Return the keys of an update after changes."""
    return {each.name: getattr(old, each.name) for each in fields(old)} | dict(changes)
