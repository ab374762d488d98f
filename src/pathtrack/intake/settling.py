"""What the rows about one recommendation add to a tracker."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from operator import attrgetter

from pathtrack.intake import own, rows
from pathtrack.intake.claims import Record
from pathtrack.intake.heads import Role
from pathtrack.intake.identifiers import Identifiers
from pathtrack.intake.identity import Match, Register
from pathtrack.intake.outcome import Plan, Remark
from pathtrack.intake.past import Past
from pathtrack.intake.rows import Entry
from pathtrack.intake.rules import Rules
from pathtrack.record import crosswalk, objections, same
from pathtrack.record.model import Recommendation, Tracker, Update, key
from pathtrack.record.status import Status
from pathtrack.text import did_you_mean, for_shell, quoted, safe_line

_ANOTHER_ID = "with a new id: its own is too long, has signs that no id has, or is another's without them"


class Settler:
    """What a tracker has already, and which ids are taken."""

    def __init__(self, rules: Rules, tracker: Tracker, entries: Sequence[Entry]) -> None:
        """Store what is known; `entries` are all rows of the table that can be read."""
        self._rules, self._tracker, self._entries = rules, tracker, entries
        listed = [_resolved(each, tracker) for each in reversed(tracker.recommendations)]
        self._register = Register(rules, tracker, listed, entries)
        # Ids that a later row has are taken before any is made up for an earlier one.
        given = {same.word(each.given): each for each in reversed(entries) if each.id}
        self._spellings = Counter(key(each.id or "") for each in given.values())
        self._most_have_ids = 2 * self._spellings.total() > len(entries)
        self._wholes = {
            key(each.id or ""): key(str(each.fields.get("part_of", ""))) for each in given.values()
        }
        self._wholes |= {key(each.id): key(each.part_of or "") for each in listed}
        self._identifiers = Identifiers([*(each.id for each in listed), *self._spellings])
        self._areas = {same.word(area): area for area in reversed(tracker.areas)}
        self._record = Record(rules, tracker)

    @cached_property
    def _own(self) -> own.OwnRows:
        return own.OwnRows(self._rules, Past(self._tracker), self._entries)

    def match(self, entry: Entry) -> Match:
        """Return the recommendation that a row is about; ValueError if that cannot be told."""
        return self._register.match(entry)

    def addition(self, existing: Recommendation | None, entries: Sequence[Entry]) -> Plan:
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
            way = f"--add-area {for_shell(safe_line(area))} adds it to them"
            return f"{quoted(area)} is not one of the report's areas; {hint}; {way}"
        return ""

    def _objection_to(self, whole: str) -> str:
        """Return why a recommendation can have no parts, if it cannot."""
        name = self._tracker.names.get(key(whole), key(whole))
        if name not in self._wholes:
            return f"neither the tracker nor the table has {quoted(whole)}, of which it is a part"
        return f"{quoted(whole)}, of which it is a part, is itself one" if self._wholes[name] else ""

    def _to(self, existing: Recommendation, entries: Sequence[Entry]) -> Plan:
        if self._rules.shape:
            return self._changed(existing, entries)
        remarks = (
            Remark(entries[0].line, f"the {role} differs from the tracker's, which is kept")
            for role in rows.differing(entries, existing, self._rules)
        )
        news = self._record.news(existing.id, entries)
        return replace(news, remarks=(*remarks, *news.remarks))

    def _changed(self, existing: Recommendation, entries: Sequence[Entry]) -> Plan:
        """Return what the row of our own table adds that is about a recommendation."""
        if len(entries) > 1:
            raise ValueError(f"another row about {existing.id} says something else; leave one of them")
        found = self._own.changed(entries[0], existing, self._record.standing(existing, self._rules.date))
        news = self._record.news(existing.id, [found.entry], found.known)
        told = found.told if news.imported or news.remarks else ()
        remarks = (*told, *found.left, *news.remarks)
        return replace(news, remarks=remarks, unread=found.unread)

    def _new(self, entries: Sequence[Entry]) -> Plan:
        if objection := self._objection(entries):
            raise ValueError(objection)
        if self._rules.shape:
            entries = [own.whole(each, self._rules) for each in entries]
        fields, first = rows.fields(entries), entries[0]
        ref, area = str(fields.get("ref", "")), _area(fields, first)
        identifier, is_own = self._own_id(first), True
        if not identifier:
            identifier, is_own = self._identifier(ref, first.text, area), not first.given
        news = self._record.news(identifier, entries)
        recommendation = objections.build(
            Recommendation,
            {
                **fields,
                "area": self._areas.setdefault(same.word(area), area) if area else "",
                "id": identifier,
                "source": {
                    **rows.joint_source(entries, self._rules),
                    **_kept_word(entries, news.updates),
                },
            },
        )
        lines = tuple(each.line for each in entries)
        remarks = [*_joined(entries), *([] if is_own else [Remark(first.line, _ANOTHER_ID)])]
        # Where most rows have one, it may be a remark or a total rather than a recommendation.
        if self._most_have_ids and not (first.given or self._rules.shape):
            nameless = f"no id, so it is the new {identifier}, {quoted(recommendation.title)}"
            remarks.append(Remark(first.line, nameless))
        if self._rules.shape:
            new = (f"{identifier}: a new recommendation", *own.unread(first, self._rules))
            remarks += [Remark(first.line, each) for each in new]
        return Plan(
            recommendations=(recommendation,),
            updates=news.updates,
            imported=lines,
            remarks=(*news.remarks, *remarks),
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
