"""What the rows about one recommendation add to a tracker."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from pathtrack.intake import own
from pathtrack.intake import rows as entry
from pathtrack.intake.cells import distinct, same
from pathtrack.intake.columns import Role
from pathtrack.intake.identifiers import Identifiers
from pathtrack.intake.own import Shape
from pathtrack.intake.rows import Entry, Rules, joined
from pathtrack.record import crosswalk, objections
from pathtrack.record.model import Recommendation, Tracker, Update, key
from pathtrack.record.status import Status
from pathtrack.text import did_you_mean, quoted


class Told(NamedTuple):
    """Something to say about a row."""

    line: int
    reason: str


@dataclass
class Plan:
    """What is added, and the lines of the rows: each is in one of `taken`, `unchanged`, `empty`, `refused`.

    A row may be refused for several reasons, `unknown` status words among them. `remarks` are about rows that
    are taken, or unchanged.
    """

    recommendations: list[Recommendation] = field(default_factory=list)
    updates: list[Update] = field(default_factory=list)
    taken: list[int] = field(default_factory=list)
    unchanged: list[int] = field(default_factory=list)
    empty: list[int] = field(default_factory=list)
    refused: list[Told] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    remarks: list[Told] = field(default_factory=list)

    @property
    def not_taken(self) -> int:
        """The number of rows that are refused."""
        return len({each.line for each in self.refused})


class Settler:
    """Knows the tracker, and which ids are given away."""

    def __init__(self, rules: Rules, tracker: Tracker, given: Iterable[str], shape: Shape | None) -> None:
        """Take the tracker before, the ids that the table gives, and whether it is our own."""
        self._rules, self._tracker = rules, tracker
        self._by_id = {key(each.id): each for each in reversed(tracker.recommendations)}
        self._by_text = {
            entry.identity(each.source, rules): each
            for each in reversed(tracker.recommendations)
            if entry.is_known_by_text(each.source, rules)
        }
        self._identifiers = Identifiers([*self._by_id, *given])
        self._areas = {same(area): area for area in reversed(tracker.areas)}
        self._shape = shape
        self._records: defaultdict[str, list[Update]] = defaultdict(list)
        for update in sorted(tracker.updates, key=lambda each: each.date):
            for identifier in {*map(key, update.recommendations)}:
                self._records[identifier].append(update)

    def settle(self, read: list[Entry], made: Plan) -> None:
        """Plan what the rows about one recommendation add; ValueError or UsageError where that cannot be."""
        first, rows = read[0], read
        known = self._known(first)
        recommendation = known or self._new(rows)
        updates: list[Update] = []
        added: list[int] = []
        differing = entry.differing(rows, known, self._rules) if known else ()
        remarks = [
            Told(first.line, f"the {role} differs from the tracker's, which stays") for role in differing
        ]
        if known and self._shape:
            rows = [own.news(each, known, self._records[key(known.id)], self._rules) for each in read]
            remarks += [
                Told(each.line, "'Status' was changed, but 'status' is read; change that one")
                for each, new in zip(read, rows, strict=True)
                if not new.status and own.is_misplaced(each, known, self._rules)
            ]
        for together in _by_date(rows):
            lines = [each.line for each in together]
            update, reason = self._update(recommendation.id, together)
            remarks += [Told(line, reason) for line in lines if reason]
            if update and not self._is_recorded(update, is_dated=together[0].is_dated):
                updates.append(update)
                added += lines
        every = [each.line for each in rows]
        made.recommendations += [] if known else [_with_word(recommendation, rows, updates)]
        made.updates += updates
        made.taken += sorted(added) if known else every
        made.unchanged += [line for line in every if known and line not in added]
        made.remarks += remarks

    def objection(self, rows: list[Entry]) -> str:
        """Say what rows lack for a recommendation, if they are about a new one."""
        fields, first = entry.asked(rows), rows[0]
        if self._known(first):
            return ""
        if "title" not in fields:
            known = f", and the tracker has no recommendation {first.id}" if self._by_id and first.id else ""
            return f"no title{known}"
        area = str(fields.get("area") or first.default_area)
        if not area:
            return (
                "no area, which a new recommendation needs; give --default-area AREA or --column area=COLUMN"
            )
        if self._tracker.report.areas and same(area) not in self._areas:
            hint = did_you_mean(area, self._tracker.report.areas)
            return f"{quoted(area)} is none of the report's areas; {hint}"
        return ""

    def _known(self, first: Entry) -> Recommendation | None:
        return self._by_id.get(key(first.id)) if first.id else self._by_text.get(first.identity)

    def _new(self, rows: list[Entry]) -> Recommendation:
        if objection := self.objection(rows):
            raise ValueError(objection)
        fields = entry.asked(rows)
        ref, area = str(fields.get("ref", "")), str(fields.get("area") or rows[0].default_area)
        return objections.build(
            Recommendation,
            {
                **fields,
                "area": self._areas.setdefault(same(area), area),
                "id": rows[0].id or self._identifier(ref, rows[0].wording, area),
                "source": entry.joint_source(rows, self._rules),
            },
        )

    def _identifier(self, ref: str, wording: str, area: str) -> str:
        if self._rules.preset and ref:
            return self._identifiers.of_publication(ref, wording)
        return self._identifiers.of_area(area if Role.AREA in self._rules.columns else None)

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
            "note": joined([each.note or "" for each in rows], "\n\n") or None,
            "evidence": distinct(source for each in rows for source in each.evidence),
        }
        if not any(given.values()):
            return None, reason
        fixed = {"date": day, "recorded": self._rules.recorded, "by": self._rules.by}
        return objections.build(Update, {**given, **fixed, "recommendations": [identifier]}), reason

    def _is_recorded(self, update: Update, *, is_dated: bool) -> bool:
        """Tell whether the assessor has said this before: on that day or, where rows have no date, last."""
        about = self._records[key(update.recommendations[0])]
        records = [each for each in about if each.by == update.by and each.date <= update.date]
        if any(each.date == update.date and _says(each) == _says(update) for each in records):
            return True
        return not is_dated and bool(records) and _says(records[-1]) == _says(update)


def _with_word(new: Recommendation, rows: list[Entry], updates: list[Update]) -> Recommendation:
    """Return a recommendation that keeps its status in the source's own words beside what that became."""
    if not (word := entry.newest_word(rows)):
        return new
    judged = [each.status for each in sorted(updates, key=lambda each: each.date) if each.status]
    kept = crosswalk.kept_as(judged[-1] if judged else Status.NOT_ASSESSED)
    return replace(new, source={**new.source, kept: word})


def _by_date(rows: Iterable[Entry]) -> Iterable[list[Entry]]:
    found: dict[object, list[Entry]] = {}
    for each in rows:
        found.setdefault(each.date, []).append(each)
    return found.values()


def _says(update: Update) -> tuple[object, ...]:
    return update.status, update.note, update.evidence
