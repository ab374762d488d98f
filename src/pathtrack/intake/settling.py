"""What the rows about one recommendation add to a tracker."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import NamedTuple, TypeVar

from pathtrack.intake import own, rows
from pathtrack.intake.cells import distinct
from pathtrack.intake.columns import Role
from pathtrack.intake.identifiers import Identifiers
from pathtrack.intake.identity import Match, Register, questions
from pathtrack.intake.rows import Claim, Entry, Remark
from pathtrack.intake.rules import Rules
from pathtrack.record import crosswalk, objections, same
from pathtrack.record.corrections import Ledger, by_date
from pathtrack.record.model import Recommendation, Tracker, Update, key
from pathtrack.record.status import Status
from pathtrack.text import did_you_mean, quoted

_T = TypeVar("_T")
_UNDATED = "without a date, a status, comment or link makes no update; give --date DATE"
_ANOTHER_ID = "with a new id, since its own has signs that no id has, or is that of another without them"


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

    def __init__(self, rules: Rules, tracker: Tracker, entries: Sequence[Entry]) -> None:
        """Store what is known; `entries` are all rows of the table that can be read."""
        self._rules, self._tracker = rules, tracker
        listed = [_resolved(each, tracker) for each in reversed(tracker.recommendations)]
        self._register = Register(rules, tracker, listed)
        self._asked = questions(entries, rules)
        # Ids that a later row has are taken before any is made up for an earlier one.
        given = {same.word(each.given): each for each in reversed(entries) if each.id}
        self._spellings = Counter(key(each.id or "") for each in given.values())
        self._wholes = {
            key(each.id or ""): key(str(each.fields.get("part_of", ""))) for each in given.values()
        }
        self._wholes |= {key(each.id): key(each.part_of or "") for each in listed}
        self._identifiers = Identifiers([*(each.id for each in listed), *self._spellings])
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

    def match(self, entry: Entry) -> Match:
        """Return the recommendation that a row is about; ValueError if that cannot be told."""
        return self._register.match(entry, self._asked)

    def addition(self, existing: Recommendation | None, entries: Sequence[Entry]) -> Addition:
        """Return what the rows about one recommendation add; ValueError or UsageError if they cannot."""
        return self._to(existing, entries) if existing else self._new(entries)

    def _objection(self, entries: Sequence[Entry]) -> str:
        """Return what rows lack for a new recommendation, if anything."""
        fields, first = rows.fields(entries), entries[0]
        if "title" not in fields:
            is_known = self._tracker.recommendations and first.given
            return "no title" + (f", and the tracker has no recommendation {first.given}" if is_known else "")
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

    def _to(self, existing: Recommendation, entries: Sequence[Entry]) -> Addition:
        remarks = [
            Remark(entries[0].line, f"the {role} differs from the tracker's, which is kept")
            for role in rows.differing(entries, existing, self._rules)
        ]
        if self._rules.shape:
            records = self._records[key(existing.id)]
            changed = [own.changes(each, existing, records, self._rules) for each in entries]
            remarks += [
                Remark(each.line, f"{existing.id}: {what}") for each, told in changed for what in told
            ]
            entries = [each for each, _ in changed]
        addition = self._updates(existing.id, entries)
        return addition._replace(remarks=(*remarks, *addition.remarks))

    def _new(self, entries: Sequence[Entry]) -> Addition:
        if objection := self._objection(entries):
            raise ValueError(objection)
        if self._rules.shape:
            entries = [own.whole(each, self._rules) for each in entries]
        fields, first = rows.fields(entries), entries[0]
        ref, area = str(fields.get("ref", "")), _area(fields, first)
        identifier, is_own = self._own_id(first), True
        if not identifier:
            identifier, is_own = self._identifier(ref, first.text, area), not first.given
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
        remarks = [*_joined(entries), *([] if is_own else [Remark(first.line, _ANOTHER_ID)])]
        return addition._replace(
            recommendation=recommendation,
            imported=lines,
            unchanged=(),
            remarks=(*addition.remarks, *remarks),
        )

    def _own_id(self, entry: Entry) -> str:
        """Return the id that a row gives, if it can be that of one recommendation only."""
        if not entry.id or entry.is_exact:
            return entry.id or ""
        # 가-1 would be 1, and so would 나-1.
        is_free = entry.id not in self._register and self._spellings[key(entry.id)] == 1
        return entry.id if is_free else ""

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
            news = update and self._news(update, is_dated=claims[0].is_dated)
            if news:
                updates.append(news)
                imported |= {each.line for each in day}
        unchanged = tuple(each.line for each in entries if each.line not in imported)
        return Addition(None, tuple(updates), tuple(sorted(imported)), unchanged, tuple(remarks))

    def _update(self, identifier: str, claims: Sequence[Claim]) -> tuple[Update | None, str]:
        """Return the update that claims of one date make, or None, and a remark about it."""
        day = claims[0].date
        if not any(each.says_something for each in claims):
            return None, ""
        if day is None:
            # Of a date that cannot be read, something else is said.
            return None, "" if claims[0].is_dated else _UNDATED
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

    def _news(self, update: Update, *, is_dated: bool) -> Update | None:
        """Return an update unless the assessor has said it: on that day or, if rows have no date, last.

        Of an update whose status word had no meaning then, the note stands in the record already.
        """
        name, judge = key(update.recommendations[0]), same.word(update.by)
        counted = (each for each in self._records[name] if each.date <= update.date)
        records = by_date([each for each in counted if same.word(each.by) == judge])
        # What was corrected was said, too: the same table must not bring it back.
        said = [each for each in (*records, *self._corrected[name]) if same.word(each.by) == judge]
        of_day = [each for each in said if each.date == update.date]
        news = update
        if update.status and any(_says(each) == _says(update, without_status=True) for each in of_day):
            news = replace(update, note=None)
        last = [] if is_dated else records[-1:]
        return None if any(_says(each) in (_says(update), _says(news)) for each in (*of_day, *last)) else news


def _joined(entries: Sequence[Entry]) -> Iterator[Remark]:
    """Yield which rows do not make a recommendation of their own, and what of them does not count."""
    found = rows.fields(entries)
    for each in entries[1:]:
        yield Remark(each.line, "about the same recommendation as a row above, so taken together")
        for name, value in each.fields.items():
            if same.word(str(value)) != same.word(str(found[name])):
                yield Remark(each.line, f"another {name.replace('_', ' ')} than in that row, which counts")


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


def _says(update: Update, *, without_status: bool = False) -> tuple[object, ...]:
    judged = (None, None) if without_status else (update.status, update.confidence)
    return (*judged, update.response, update.due, update.note, update.evidence)
