"""What rows say about how a recommendation stands, and what of it is recorded already."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from pathtrack.intake import rows
from pathtrack.intake.links import distinct
from pathtrack.intake.outcome import Plan, Remark
from pathtrack.intake.rows import Claim, Entry
from pathtrack.intake.rules import Rules
from pathtrack.record import objections, same
from pathtrack.record.corrections import Ledger, by_date
from pathtrack.record.dates import begins
from pathtrack.record.model import Recommendation, Tracker, Update, key
from pathtrack.record.standings import Standing
from pathtrack.record.status import Status
from pathtrack.text import day

_T = TypeVar("_T")
_UNDATED = "without a date, a status, comment or link makes no update; give --date DATE"


class Record:
    """The updates of a tracker, by the recommendations that they are about."""

    def __init__(self, rules: Rules, tracker: Tracker) -> None:
        self._rules = rules
        self._records: defaultdict[str, list[Update]] = defaultdict(list)
        self._corrected: defaultdict[str, list[Update]] = defaultdict(list)
        ledger = Ledger(tracker.updates)
        for update in ledger.counting:
            for identifier in tracker.keys_of(update):
                self._records[identifier].append(update)
        for each in ledger.corrected:
            for identifier in tracker.keys_of(each.update):
                self._corrected[identifier].append(each.update)

    def standing(self, existing: Recommendation, on: dt.date | None) -> Standing:
        """Return how a recommendation stands."""
        records = [each for each in self._records[key(existing.id)] if each.date <= (on or each.date)]
        return Standing(existing, on or dt.date.max, by_date(records))

    def news(self, identifier: str, entries: Sequence[Entry], known: Collection[Update] = ()) -> Plan:
        """Return an update for each day that the rows mention, except for what is already recorded.

        What was `known` when the rows were written may be said again.
        """
        days: dict[object, list[Entry]] = {}
        for each in entries:
            days.setdefault(each.claim.date, []).append(each)
        updates: list[Update] = []
        imported: set[int] = set()
        remarks: list[Remark] = []
        for of_day in days.values():
            claims = [each.claim for each in of_day]
            update, reason = self._update(identifier, claims)
            remarks += [Remark(each.line, reason) for each in of_day if reason]
            news = update and self._news(update, known, is_dated=claims[0].is_dated)
            if update and not claims[0].is_dated and (left := self._outdated(update)):
                remarks += [Remark(each.line, left) for each in of_day]
            elif news:
                if begins(news.date) > self._rules.today:
                    future = f"{news.date} is in the future, and the update counts from then on"
                    remarks += [Remark(each.line, future) for each in of_day]
                updates.append(news)
                imported |= {each.line for each in of_day}
        unchanged = tuple(each.line for each in entries if each.line not in imported)
        return Plan(
            updates=tuple(updates),
            imported=tuple(sorted(imported)),
            unchanged=unchanged,
            remarks=tuple(remarks),
        )

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

    def _news(self, update: Update, known: Collection[Update], *, is_dated: bool) -> Update | None:
        """Return an update unless the assessor has said it: on that day or, if rows have no date, before.

        Of an update whose status word had no meaning then, the note stands in the record already.
        """
        name, judge = key(update.recommendations[0]), same.word(update.by)
        shown = {*map(id, known)}
        since = (each for each in self._records[name] if id(each) not in shown)
        counted = (each for each in since if each.date <= update.date)
        records = by_date([each for each in counted if same.word(each.by) == judge])
        # What was corrected was said, too: the same table must not bring it back.
        gone = (each for each in self._corrected[name] if id(each) not in shown)
        corrected = [each for each in gone if same.word(each.by) == judge]
        of_day = [each for each in (*records, *corrected) if each.date == update.date]
        news = update
        if update.status and any(_says(each) == _says(update, without_status=True) for each in of_day):
            news = replace(update, note=None)
        # In our own table, a cell that was changed back to what it once said is news.
        before = records[-1:] if self._rules.shape else records
        said = of_day if is_dated else [*before, *corrected]
        return None if any(_says(each) in (_says(update), _says(news)) for each in said) else news

    def _outdated(self, update: Update) -> str:
        """Return why an update without a date is not news, if judgements have followed on the same one.

        A row that nobody touched still says what the record has left behind:

            January    stalled       from the table
            June       partial       typed
            December   stalled       from the same table, which would undo June
        """
        if self._rules.shape or not update.status:
            return ""
        name, says = update.recommendations[0], _says(update)
        *earlier, last = by_date(each for each in self._records[key(name)] if each.status) or [update]
        said = next((each for each in reversed(earlier) if _says(each) == says), None)
        if said is None or _says(last) == says:
            return ""
        before = f"{name}: it says what was recorded for {day(said.date)}, before {last.status}"
        todo = f"if it is so again: pathtrack update {name} --status {update.status}"
        return f"{before} for {day(last.date)}, so it is left alone; {todo}"


def _only(values: Iterable[_T | None]) -> _T | None:
    """Return the only value that is given, if it is one."""
    found = [*dict.fromkeys(filter(None, values))]
    return found[0] if len(found) == 1 else None


def _says(update: Update, *, without_status: bool = False) -> tuple[object, ...]:
    judged = (None, None) if without_status else (update.status, update.confidence)
    return (*judged, update.response, update.due, update.note, update.evidence)
