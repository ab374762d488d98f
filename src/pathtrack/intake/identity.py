"""Which recommendation of a tracker a row is about, so that none lands on another."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from pathtrack.intake import cells, rows
from pathtrack.intake.heads import Role
from pathtrack.intake.rows import Entry
from pathtrack.intake.rules import Rules
from pathtrack.record import same
from pathtrack.record.crosswalk import kept_as
from pathtrack.record.model import Recommendation, Tracker, key
from pathtrack.record.status import Status
from pathtrack.text import quoted

_MONTHS = ("jan", "feb", "m[aä]r", "apr", "ma[iy]", "jun", "jul", "aug", "sep", "o[ck]t", "nov", "de[cz]")
_DAY_OF_YEAR = re.compile(
    r"\d{1,2}\.?[ -][a-zä]{3,9}\.?|[a-zä]{3,9}\.?[ -]\d{2}|\d{4}([-/])\d{1,2}\1\d{1,2}"
    r"|\d{1,2}([/.])\d{1,2}\2\d{2,4}|\d{1,2}월 \d{1,2}일",
    re.IGNORECASE,
)


class Match(NamedTuple):
    """The recommendation that a row is about, None for a new one, and what there is to say about it."""

    existing: Recommendation | None
    remark: str = ""


class Register:
    """The recommendations of a tracker by the ids and texts that rows may give them."""

    def __init__(
        self, rules: Rules, tracker: Tracker, listed: Iterable[Recommendation], entries: Iterable[Entry]
    ) -> None:
        """Store what is known; of two recommendations with one id, the last `listed` counts."""
        self._rules, self._tracker = rules, tracker
        self._asked = _questions(entries, rules)
        self._originals = Originals(each.id for each in tracker.recommendations)
        self._by_id: dict[str, Recommendation] = {}
        self._by_given: dict[str, Recommendation] = {}
        self._by_text: dict[tuple[str, ...], Recommendation] = {}
        self._by_question: defaultdict[tuple[str, ...], dict[str, Recommendation]] = defaultdict(dict)
        self._by_title: defaultdict[str, dict[str, Recommendation]] = defaultdict(dict)
        for each in listed:
            self._by_id[key(each.id)] = each
            if (given := self.given(each)) and not cells.is_id(given):
                self._by_given[same.word(given)] = each
            if rows.is_known_by_text(each.source, rules):
                self._by_text[rows.subject(each.source, rules)] = each
                self._by_question[rows.question(each.source, rules)][each.id] = each
            for title in {_title(each.title), _title(self._cell(each, Role.TITLE))}:
                self._by_title[title][each.id] = each

    def __contains__(self, identifier: str) -> bool:
        return key(identifier) in self._by_id

    def named(self, identifier: str) -> Recommendation | None:
        """Return the recommendation with an id, as it is in the table it came from or in the tracker."""
        return self._by_given.get(same.word(identifier)) or self._by_id.get(
            self._tracker.names.get(key(identifier), key(identifier))
        )

    def given(self, existing: Recommendation) -> str:
        """Return the id that a recommendation had in such a table, if it had any."""
        return self._cell(existing, Role.ID)

    def match(self, entry: Entry) -> Match:
        """Return what a row is about; ValueError if it may be about another recommendation than it says."""
        if not entry.given:
            return self._of_title(entry) if self._rules.shape else self._of_text(entry)
        existing = self._of_id(entry)
        if self._rules.shape and existing and not entry.text and self._originals.of(entry.given):
            raise ValueError(f"{_made_of(self._originals.of(entry.given))}; give its title, too")
        if existing and (not entry.text or self._is_titled(entry, existing)):
            return Match(existing)
        named = self._by_title.get(_title(entry.text), {}) if entry.text else {}
        spoilt = [
            each
            for each in named.values()
            if is_spoilt(entry.given, each.id) or is_spoilt(entry.given, self.given(each))
        ]
        if len(spoilt) == 1:
            return Match(spoilt[0], _spoilt(entry, spoilt[0], is_known=existing is not None))
        other = next(iter(named.values()), None)
        if existing and (other or not self._rules.shape):
            raise ValueError(_another(existing, self._rules))
        if self._rules.shape and not existing:
            other = other or next(map(self.named, self._originals.of(entry.given)), None)
            if other:
                raise ValueError(f"{_spoilt(entry, other, is_known=False)}; put its id back")
        return Match(existing, _namesake(other) if other else "")

    def _of_id(self, entry: Entry) -> Recommendation | None:
        if found := self._by_given.get(same.word(entry.given)):
            return found
        found = self.named(entry.id or "")
        # Our id of another table's 가-1 may be 1: its 나-1 is not that one.
        is_other = found and not entry.is_exact and self.given(found)
        return None if is_other else found

    def _of_title(self, entry: Entry) -> Match:
        """Return what a row of our own table is about that has lost its id."""
        named = self._by_title.get(_title(entry.text), {})
        if len(named) == 1:
            (found,) = named.values()
            has_ids = Role.ID in self._rules.columns
            return Match(found, f"without its id, known as {found.id} by its title" if has_ids else "")
        if named:
            raise ValueError(f"without its id, it may be {' or '.join(each.id for each in named.values())}")
        if Role.ID not in self._rules.columns:
            raise ValueError("without ids, a new recommendation cannot be told from a changed title")
        return Match(None)

    def _of_text(self, entry: Entry) -> Match:
        if found := self._by_text.get(entry.subject):
            return Match(found)
        question = rows.question(entry.source, self._rules)
        candidates = [*self._by_question.get(question, {}).values()]
        if len(candidates) == 1 and self._asked[question] == 1 and _may_ask(candidates[0], entry):
            return Match(candidates[0])
        other = next(iter(self._by_title.get(_title(entry.text), {}).values()), None)
        return Match(None, _namesake(other) if other else "")

    def _is_titled(self, entry: Entry, existing: Recommendation) -> bool:
        titles = {_title(entry.text), _title(str(entry.fields.get("title", "")))}
        own = (existing.title, existing.summary or "")
        # Another table may have had the title in a column of another name, but not in one of ids.
        others = {column for role, column in self._rules.columns.items() if role is not Role.TITLE}
        others.update(map(kept_as, Status))
        imported = (cell for column, cell in existing.source.items() if cell and column not in others)
        return any(_title(each) in titles for each in (*own, *imported))

    def _cell(self, existing: Recommendation, role: Role) -> str:
        return existing.source.get(self._rules.columns.get(role, ""), "").strip()


class Originals:
    """Ids, by what a spreadsheet may make of them."""

    def __init__(self, ids: Iterable[str]) -> None:
        self._ids = [*dict.fromkeys(ids)]
        self._numbers: defaultdict[Decimal, list[str]] = defaultdict(list)
        for each in self._ids:
            if (number := _number(each)) is not None:
                self._numbers[number].append(each)
        self._found: dict[str, list[str]] = {}

    def of(self, seen: str) -> list[str]:
        """Return the other ids of which a spreadsheet may have made one."""
        if seen not in self._found:
            number = _number(seen)
            near = self._ids if number is None or "e" in seen.lower() else self._numbers.get(number, [])
            is_near = number is not None or _DAY_OF_YEAR.fullmatch(seen.strip())
            self._found[seen] = [each for each in near if is_spoilt(seen, each)] if is_near else []
        return self._found[seen]


def is_spoilt(seen: str, original: str) -> bool:
    """Return whether a spreadsheet may have made one id of another: 1.1 of 1.10, 7 of 007, 4-Mar of 3-4."""
    if same.word(seen) == same.word(original):
        return False
    number, own = _number(seen), _number(original)
    if number is not None and own is not None:
        # Of 1234567890123 a spreadsheet shows 1.23457E+12.
        return number == own or ("e" in seen.lower() and abs(number - own) <= abs(own) / 10**5)
    if not _DAY_OF_YEAR.fullmatch(seen.strip()):
        return False
    parts = re.findall(r"\d+", original)
    return bool(parts) and not Counter(int(each) % 100 for each in parts) - Counter(_parts(seen))


def _questions(entries: Iterable[Entry], rules: Rules) -> Counter[tuple[str, ...]]:
    """Return how many different rows without ids ask each question."""
    different = {each.subject: rows.question(each.source, rules) for each in entries if not each.given}
    return Counter(different.values())


def _number(text: str) -> Decimal | None:
    try:
        found = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _parts(seen: str) -> list[int]:
    """Return the numbers of a date, a month among them."""
    months = [place for place, month in enumerate(_MONTHS, start=1) if re.search(month, seen, re.IGNORECASE)]
    return [*(int(each) % 100 for each in re.findall(r"\d+", seen)), *months]


def _title(text: str) -> str:
    return same.word(text).rstrip(" .…")


def _may_ask(existing: Recommendation, entry: Entry) -> bool:
    """Return whether both may ask the same: nobody else is asked."""
    ours, theirs = (set(map(same.word, each)) for each in (existing.actors, entry.actors))
    return not (ours and theirs) or not ours.isdisjoint(theirs)


def _another(existing: Recommendation, rules: Rules) -> str:
    title = f"the tracker's {existing.id} is {quoted(existing.title)}, which is another title"
    if rules.shape:
        return f"{title}; put its id or its title back"
    return f"{title}; if it is another recommendation, leave the ids out with --column id=, else the titles"


def _spoilt(entry: Entry, existing: Recommendation, *, is_known: bool) -> str:
    has = (
        f"{entry.given} is another recommendation"
        if is_known
        else f"the tracker has no recommendation {entry.given}"
    )
    return f"{has}; {quoted(existing.title)} is {existing.id}: a spreadsheet may have changed the id"


def _made_of(ids: Iterable[str]) -> str:
    return f"a spreadsheet may have made its id of {' or '.join(ids)}"


def _namesake(other: Recommendation) -> str:
    return f"a new recommendation, though {other.id} has the same title"
