"""What the rows about one recommendation add to a tracker."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple, TypeVar

from pathtrack.intake import own, rows
from pathtrack.intake.cells import distinct
from pathtrack.intake.columns import Role
from pathtrack.intake.identifiers import Identifiers
from pathtrack.intake.past import Past
from pathtrack.intake.rows import Claim, Entry, Remark
from pathtrack.intake.rules import Rules
from pathtrack.record import crosswalk, objections, same
from pathtrack.record.corrections import Ledger, by_date
from pathtrack.record.model import Recommendation, Tracker, Update, key
from pathtrack.record.status import Status
from pathtrack.text import did_you_mean, quoted

_T = TypeVar("_T")


class Addition(NamedTuple):
    """What some rows add; `imported` and `unchanged` are the lines that add something, and those that do not.

    The recommendation is None where the tracker has it.
    """

    recommendation: Recommendation | None = None
    updates: tuple[Update, ...] = ()
    imported: tuple[int, ...] = ()
    unchanged: tuple[int, ...] = ()
    remarks: tuple[Remark, ...] = ()


class Settler:
    """What a tracker has already, and which ids are taken."""

    def __init__(self, rules: Rules, tracker: Tracker, given: Mapping[str, str]) -> None:
        """Store what is known; `given` are the ids that the table itself has, each with that of its whole."""
        self._rules, self._tracker = rules, tracker
        listed = [_resolved(each, tracker) for each in reversed(tracker.recommendations)]
        self._by_id = {key(each.id): each for each in listed}
        self._by_text = {
            rows.text_subject(each.source, rules): each
            for each in listed
            if rows.is_known_by_text(each.source, rules)
        }
        self._wholes = {key(each): key(whole) for each, whole in given.items()}
        self._wholes |= {name: key(each.part_of or "") for name, each in self._by_id.items()}
        self._identifiers = Identifiers([*self._by_id, *given])
        self._areas = {same.word(area): area for area in reversed(tracker.areas)}
        self._records: defaultdict[str, list[Update]] = defaultdict(list)
        self._corrected: defaultdict[str, list[Update]] = defaultdict(list)
        ledger = Ledger(tracker.updates)
        for update in ledger.counting:
            for identifier in tracker.keys_of(update):
                self._records[identifier].append(update)
        for each in ledger.corrected:
            for identifier in tracker.keys_of(each.record):
                self._corrected[identifier].append(each.record)

    @cached_property
    def _past(self) -> Past:
        return Past(self._tracker)

    def addition(self, entries: Sequence[Entry]) -> Addition:
        """Return what the rows about one recommendation add; ValueError or UsageError if they cannot."""
        existing = self._existing(entries[0])
        return self._to(existing, entries) if existing else self._new(entries)

    def objection(self, entries: Sequence[Entry]) -> str:
        """Return what the rows lack for a recommendation, if they are about a new one."""
        fields, first = rows.fields(entries), entries[0]
        if self._existing(first):
            return ""
        if "title" not in fields:
            has = f", and the tracker has no recommendation {first.id}" if self._by_id and first.id else ""
            return f"no title{has}"
        whole, area = str(fields.get("part_of", "")), _area(fields, first)
        if whole and (problem := self._objection_to(whole)):
            return problem
        if not (area or whole):
            return "a new recommendation needs an area; give --default-area AREA or --column area=COLUMN"
        if area and self._tracker.report.areas and same.word(area) not in self._areas:
            hint = did_you_mean(area, self._tracker.report.areas)
            return f"{quoted(area)} is not one of the report's areas; {hint}"
        return ""

    def _objection_to(self, whole: str) -> str:
        """Return why a recommendation can have no parts, if it cannot."""
        name = self._tracker.names.get(key(whole), key(whole))
        if name not in self._wholes:
            return f"neither the tracker nor the table has {quoted(whole)}, of which it is a part"
        return f"{quoted(whole)}, of which it is a part, is itself one" if self._wholes[name] else ""

    def _existing(self, entry: Entry) -> Recommendation | None:
        if not entry.id:
            return self._by_text.get(entry.subject)
        return self._by_id.get(self._tracker.names.get(key(entry.id), key(entry.id)))

    def _to(self, existing: Recommendation, entries: Sequence[Entry]) -> Addition:
        told: list[Remark] = []
        if self._rules.shape:
            changed = [own.changes(each, existing, self._past, self._rules) for each in entries]
            told = [Remark(each.line, f"{existing.id}: {what}") for each, news in changed for what in news]
            entries = [each for each, _ in changed]
        remarks = [
            *(
                Remark(entries[0].line, f"the {role} differs from the tracker's, which is kept")
                for role in rows.differing(entries, existing, self._rules)
            ),
            *told,
        ]
        addition = self._updates(existing.id, entries)
        return addition._replace(remarks=(*remarks, *addition.remarks))

    def _new(self, entries: Sequence[Entry]) -> Addition:
        if objection := self.objection(entries):
            raise ValueError(objection)
        if self._rules.shape:
            entries = [own.whole(each, self._rules) for each in entries]
        fields, first = rows.fields(entries), entries[0]
        ref, area = str(fields.get("ref", "")), _area(fields, first)
        identifier = first.id or self._identifier(ref, first.text, area)
        addition = self._updates(identifier, entries)
        recommendation = objections.build(
            Recommendation,
            {
                **fields,
                "area": self._areas.setdefault(same.word(area), area) if area else "",
                "id": identifier,
                "source": {
                    **rows.joint_source(entries, self._rules),
                    **_kept_word(entries, addition.updates),
                },
            },
        )
        lines = tuple(each.line for each in entries)
        return addition._replace(recommendation=recommendation, imported=lines, unchanged=())

    def _identifier(self, ref: str, text: str, area: str) -> str:
        if self._rules.preset and ref:
            return self._identifiers.of_publication(ref, text)
        # The default area is that of all rows, so its letters would tell nothing apart.
        return self._identifiers.of_area(area if Role.AREA in self._rules.columns else None)

    def _updates(self, identifier: str, entries: Sequence[Entry]) -> Addition:
        """Return an update for each day that the rows mention, except for what is already recorded."""
        days: dict[object, list[Entry]] = {}
        for each in entries:
            days.setdefault(each.claim.date, []).append(each)
        updates: list[Update] = []
        imported: set[int] = set()
        remarks: list[Remark] = []
        for day in days.values():
            claims = [each.claim for each in day]
            update, reason = self._update(identifier, claims)
            remarks += [Remark(each.line, reason) for each in day if reason]
            if update and not self._is_recorded(update, is_dated=claims[0].is_dated):
                updates.append(update)
                imported |= {each.line for each in day}
        unchanged = tuple(each.line for each in entries if each.line not in imported)
        return Addition(None, tuple(updates), tuple(sorted(imported)), unchanged, tuple(remarks))

    def _update(self, identifier: str, claims: Sequence[Claim]) -> tuple[Update | None, str]:
        """Return the update that claims of one date make, or None, and a remark about it."""
        day = claims[0].date
        if not any(each.says_something for each in claims):
            return None, ""
        if day is None:
            return None, "without a date, a status, comment or link makes no update; give --date DATE"
        statuses = {each.status for each in claims if each.status}
        status = statuses.pop() if len(statuses) == 1 else None
        reason = "rows of one recommendation differ in status, so its update has none" if statuses else ""
        if len({each.response for each in claims if each.response}) > 1:
            reason = "rows of one recommendation differ in their answer, so its update has none"
        status = None if status is Status.NOT_ASSESSED else status
        given: dict[str, object] = {
            "status": status,
            "confidence": _only(each.confidence for each in claims) if status else None,
            "response": _only(each.response for each in claims),
            "due": _only(each.due for each in claims),
            "note": rows.joined([each.note or "" for each in claims], "\n\n") or None,
            "evidence": distinct(source for each in claims for source in each.evidence),
        }
        if not any(given.values()):
            return None, reason
        fixed = {"date": day, "recorded": self._rules.recorded, "by": self._rules.by}
        return objections.build(Update, {**given, **fixed, "recommendations": [identifier]}), reason

    def _is_recorded(self, update: Update, *, is_dated: bool) -> bool:
        """Return whether the assessor has said this before: on that day or, if rows have no date, last."""
        name, judge = key(update.recommendations[0]), same.word(update.by)
        counted = (each for each in self._records[name] if each.date <= update.date)
        records = by_date([each for each in counted if same.word(each.by) == judge])
        # What was corrected was said, too: the same table must not bring it back.
        corrected = [each for each in self._corrected[name] if same.word(each.by) == judge]
        if any(each.date == update.date and _says(each) == _says(update) for each in (*records, *corrected)):
            return True
        return not is_dated and any(_says(each) == _says(update) for each in (*records[-1:], *corrected))


def _kept_word(entries: Sequence[Entry], updates: Iterable[Update]) -> dict[str, str]:
    """Return the status in the source's own words, under the key for what it became."""
    if not (word := rows.newest_word(entries)):
        return {}
    judged = [each.status for each in sorted(updates, key=attrgetter("date")) if each.status]
    return {crosswalk.kept_as(judged[-1] if judged else Status.NOT_ASSESSED): word}


def _resolved(recommendation: Recommendation, tracker: Tracker) -> Recommendation:
    """Return a recommendation with the area that it has from its whole, and the present id of that."""
    if not recommendation.part_of:
        return recommendation
    area, whole = tracker.area_of(recommendation), tracker.name_of_whole(recommendation)
    return replace(recommendation, area=area, part_of=whole)


def _area(fields: Mapping[str, object], entry: Entry) -> str:
    """Return the area that a row gives; a part without one has its whole's."""
    return str(fields.get("area") or ("" if "part_of" in fields else entry.default_area))


def _only(values: Iterable[_T | None]) -> _T | None:
    """Return the only value that is given, if it is one."""
    found = [*dict.fromkeys(filter(None, values))]
    return found[0] if len(found) == 1 else None


def _says(update: Update) -> tuple[object, ...]:
    return update.status, update.confidence, update.response, update.due, update.note, update.evidence
