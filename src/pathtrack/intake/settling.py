"""The rows about one recommendation, made into what they add to a tracker."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pathtrack import diagnosis
from pathtrack.intake import entry
from pathtrack.intake.cells import distinct, same
from pathtrack.intake.columns import Role
from pathtrack.intake.entry import Entry, Rules
from pathtrack.intake.identifiers import Identifiers
from pathtrack.model import Recommendation, Tracker, Update, key
from pathtrack.status import Status
from pathtrack.text import did_you_mean, quoted


@dataclass(frozen=True)
class Settled:
    """What the rows add, and their lines: `taken` where something is added, else `unchanged`."""

    new: Recommendation | None
    updates: list[Update]
    taken: list[int]
    unchanged: list[int]
    remarks: list[tuple[int, str]]


class Settler:
    """Knows the tracker, and which ids are given away."""

    def __init__(self, rules: Rules, tracker: Tracker, given: Iterable[str]) -> None:
        """Take the tracker before, and the ids that the table gives."""
        self._rules, self._tracker = rules, tracker
        self._by_id = {key(each.id): each for each in reversed(tracker.recommendations)}
        self._by_text = {
            entry.identity(each.source, rules): each
            for each in reversed(tracker.recommendations)
            if entry.is_known_by_text(each.source, rules)
        }
        self._identifiers = Identifiers([*self._by_id, *given])
        self._areas = {same(area): area for area in reversed(tracker.areas)}
        self._records: defaultdict[str, list[Update]] = defaultdict(list)
        for update in sorted(tracker.updates, key=lambda each: each.date):
            for identifier in {*map(key, update.recommendations)} if update.by == rules.by else ():
                self._records[identifier].append(update)

    def settle(self, rows: list[Entry]) -> Settled:
        """Say what the rows about one recommendation add; ValueError or UsageError where that cannot be."""
        first = rows[0]
        known = self._by_id.get(key(first.id)) if first.id else self._by_text.get(first.identity)
        recommendation = known or self._new(rows)
        updates: list[Update] = []
        added: list[int] = []
        remarks = _renamed(known, first, self._rules) if known else []
        for together in _by_date(rows):
            lines = [each.line for each in together]
            update, reason = self._update(recommendation.id, together)
            remarks += [(line, reason) for line in lines if reason]
            if update and not self._is_recorded(update, is_dated=together[0].is_dated):
                updates.append(update)
                added += lines
        every = [each.line for each in rows]
        taken = sorted(added) if known else every
        unchanged = [line for line in every if line not in taken]
        return Settled(None if known else recommendation, updates, taken, unchanged, remarks)

    def _new(self, rows: list[Entry]) -> Recommendation:
        first = next((each for each in rows if each.wording), rows[0])
        if not first.wording:
            raise ValueError(f"the tracker has no recommendation {first.id}, and the row no title for one")
        return diagnosis.build(
            Recommendation,
            {
                **first.asked,
                "area": self._area(first),
                "id": first.id or self._identifier(first),
                "ref": first.ref,
                "actors": list(dict.fromkeys(actor for each in rows for actor in each.actors)),
                "source": _source(rows, self._rules),
            },
        )

    def _area(self, row: Entry) -> str:
        if not row.area:
            raise ValueError("no area; give --default-area AREA, or --column area=COLUMN")
        if self._tracker.report.areas and same(row.area) not in self._areas:
            hint = did_you_mean(row.area, self._tracker.report.areas)
            raise ValueError(f"{quoted(row.area)} is none of the report's areas; {hint}")
        return self._areas.setdefault(same(row.area), row.area)

    def _identifier(self, row: Entry) -> str:
        if self._rules.preset and row.ref:
            return self._identifiers.of_publication(row.ref, row.wording)
        return self._identifiers.of_area(row.area if Role.AREA in self._rules.columns else None)

    def _update(self, identifier: str, rows: list[Entry]) -> tuple[Update | None, str]:
        """Return the update that rows of one date give, or none; and what there is to say about that."""
        day = rows[0].date
        if not any(each.says_something for each in rows):
            return None, ""
        if day is None:
            return None, "a status, comment or link without a date makes no update; give --date DATE"
        words = {each.status for each in rows if each.status}
        status = words.pop() if len(words) == 1 else None
        reason = "the rows of one recommendation differ in status, so its update has none" if words else ""
        given: dict[str, object] = {
            "status": None if status is Status.NOT_ASSESSED else status,
            "note": _joined([each.note or "" for each in rows], "\n\n") or None,
            "evidence": distinct(source for each in rows for source in each.evidence),
        }
        if not any(given.values()):
            return None, reason
        fixed = {"date": day, "recorded": self._rules.recorded, "by": self._rules.by}
        return diagnosis.build(Update, {**given, **fixed, "recommendations": [identifier]}), reason

    def _is_recorded(self, update: Update, *, is_dated: bool) -> bool:
        """Tell whether the assessor has said this before: on that day or, where rows have no date, last."""
        records = [each for each in self._records[key(update.recommendations[0])] if each.date <= update.date]
        if any(each.date == update.date and _says(each) == _says(update) for each in records):
            return True
        return not is_dated and bool(records) and _says(records[-1]) == _says(update)


def _by_date(rows: Iterable[Entry]) -> Iterable[list[Entry]]:
    found: dict[object, list[Entry]] = {}
    for each in rows:
        found.setdefault(each.date, []).append(each)
    return found.values()


def _says(update: Update) -> tuple[object, ...]:
    return update.status, update.note, update.evidence


def _renamed(known: Recommendation, row: Entry, rules: Rules) -> list[tuple[int, str]]:
    """Say that a row calls a recommendation by another title than the tracker and its source do."""
    column = rules.columns.get(Role.TITLE) or rules.columns.get(Role.SUMMARY, "")
    titles = (known.title, known.summary or "", known.source.get(column, ""))
    if not row.wording or same(row.wording) in map(same, titles):
        return []
    return [(row.line, f"{known.id} has another title in the tracker, which stays")]


def _source(rows: Sequence[Entry], rules: Rules) -> dict[str, str]:
    """Return the cells of the rows; where they differ, all that is said, as one text."""
    first, *others = rows
    if not others:
        return first.source
    note = rules.columns.get(Role.NOTE)
    return {
        column: _joined([each.source[column] for each in rows], "\n\n" if column == note else "; ")
        for column in first.source
    }


def _joined(texts: Iterable[str], joint: str) -> str:
    found: dict[str, str] = {}
    for text in texts:
        found.setdefault(same(text), text)
    return joint.join(text for text in found.values() if text.strip())
