"""Our own table of updates, back from a spreadsheet: new rows are updates, changed ones corrections."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import NamedTuple

from pathtrack.intake import cells
from pathtrack.intake.comparison import SAYING, Texts, UpdateComparison, change, plain, texts
from pathtrack.intake.heads import Role
from pathtrack.intake.identity import Originals, is_spoilt
from pathtrack.intake.revision import Reader, replaced
from pathtrack.intake.rules import Rules
from pathtrack.record import objections, same
from pathtrack.record.corrections import Ledger, update_id
from pathtrack.record.differences import judgement
from pathtrack.record.model import Tracker, Update, key
from pathtrack.text import quoted

_WHY = "say why in its cell 'reason' or with --reason TEXT"


class Told(NamedTuple):
    """The update that a row adds, None if it adds none, and what there is to say about the row."""

    update: Update | None
    remarks: tuple[str, ...] = ()


class UpdateRows:
    """The updates of a tracker, as the rows of a table show and change them."""

    def __init__(self, tracker: Tracker, rules: Rules, columns: Sequence[str], rows: Sequence[Texts]) -> None:
        self._rules, self._columns = rules, columns
        self._compared = UpdateComparison(columns, rules.order_of(Role.DATE))
        self._reader = Reader(rules, self._compared, self._about)
        spelled = {key(each.id): each.id for each in reversed(tracker.recommendations)}
        self._names = {name: spelled[current] for name, current in tracker.names.items()}
        self._originals = Originals(self._names.values())
        self._given = Counter(_id(each) for each in rows)
        self._updates = {update_id(each): each for each in tracker.updates}
        self._corrections = {
            update_id(each.update): each.correction for each in Ledger(tracker.updates).corrected
        }
        self._saying = {
            says: name for name, each in self._updates.items() for says in self._compared.exported(each)
        }
        self._of_a_day: dict[tuple[dt.date, str], int] = {}

    def read(self, row: Texts) -> Told:
        """Return what a row adds; ValueError says why it cannot be imported."""
        given = _id(row)
        if old := self._updates.get(given):
            return self._known(given, old, row)
        if same_as := self._saying.get(self._compared.says(row)):
            is_told = "id" in self._columns and same_as in self._updates
            what = f"as update {same_as}, though its id is {quoted(given) if given else 'empty'}: left alone"
            return Told(None, (f"the same {what}",) if is_told else ())
        if given:
            raise ValueError(f"no update has the id {quoted(given)}; put it back, or empty it for a new one")
        if "id" not in self._columns:
            raise ValueError("without the column 'id', a new update cannot be told from a changed one")
        return self._new(row)

    def _known(self, given: str, old: Update, row: Texts) -> Told:
        """Return what the row of an update that is known changes in it."""
        row, remarks = self._restored(old, row)
        changed = self._compared.differing(row, old)
        remarks += self._left_alone(old, row, is_changed=bool(changed))
        if not changed or self._is_repeated(given, row, changed):
            return Told(None, tuple(remarks))
        self._require_own(given, row)
        told = [change(name, texts(old)[name], row.get(name, "")) for name in changed]
        if not (reason := self._reason(old, row)):
            way = f"{_WHY} to correct it, or empty its id for another update"
            raise ValueError(f"{'; '.join(told)} would change update {given}; {way}")
        new = self._revised(given, old, row, changed, reason)
        return Told(self._in_order(new), (*(f"{each} (corrects {given})" for each in told), *remarks))

    def _restored(self, old: Update, row: Texts) -> tuple[Texts, list[str]]:
        """Return a row with the recommendation that it had before a spreadsheet changed the id."""
        seen = cells.line(row.get("recommendations", ""))
        if len(old.recommendations) > 1 or not is_spoilt(seen, own := old.recommendations[0]):
            return row, []
        return {**row, "recommendations": own}, [f"{seen} is {own}, as a spreadsheet shows it"]

    def _left_alone(self, old: Update, row: Texts, *, is_changed: bool) -> list[str]:
        """Return what is said of changed cells that only the program writes; ValueError for `corrects`."""
        shown = texts(old)
        cell = {name: row.get(name, "") if name in self._columns else shown[name] for name in shown}
        if plain(cell["corrects"]) != plain(shown["corrects"]):
            what = change("corrects", shown["corrects"], cell["corrects"])
            raise ValueError(f"{what}: what an update corrects cannot be changed; put it back")
        found = []
        if _moment(cell["recorded"]) != _moment(shown["recorded"]):
            found.append(f"{change('recorded', shown['recorded'], cell['recorded'])}: left alone")
        if not is_changed and plain(cell["reason"]) != plain(shown["reason"]):
            found.append("a reason is that of a change, and no other cell was changed: left alone")
        return found

    def _is_repeated(self, given: str, row: Texts, changed: Sequence[str]) -> bool:
        """Return whether a change was imported before; ValueError if the update was corrected otherwise."""
        if given not in self._corrections:
            return False
        new = self._corrections[given]
        while (name := update_id(new)) in self._corrections:
            new = self._corrections[name]
        rest = {*self._compared.differing(row, new)}
        if rest <= {"by"} - {*changed}:  # who imports a judgement may have become its judge
            return True
        todo = "export it again and change what it says now"
        raise ValueError(f"since this export, the update was corrected by {name}; {todo}")

    def _require_own(self, given: str, row: Texts) -> None:
        """Raise ValueError if a changed row may not be that of the update whose id it has."""
        if self._given[given] > 1:
            raise ValueError(f"another row has the id {given}, too; empty it in the one that is new")
        other = self._saying.get(self._compared.says(row))
        if other and other not in self._corrections:
            raise ValueError(f"it says what update {other} says; put its id or its cells back")

    def _reason(self, old: Update, row: Texts) -> str:
        cell = cells.content(row.get("reason", "")).strip()
        return (cell if plain(cell) != plain(old.reason or "") else "") or self._rules.reason or ""

    def _revised(self, given: str, old: Update, row: Texts, changed: Sequence[str], reason: str) -> Update:
        """Return the replacement of an update; who changes what is judged is the one who judges."""
        said = self._reader.read(row, changed, old)
        for name in ("date", "by"):
            if name in said and not said[name]:
                raise ValueError(f"an update needs its {quoted(name)}; put it back")
        if "status" in said and row.get("status", "").strip() and not said["status"]:
            raise ValueError("'not-assessed' is not a judgement; empty the cell to remove the status")
        new = objections.build(Update, replaced(old, said))
        if "by" not in said and judgement(new) not in {None, judgement(old)}:
            new = replace(new, by=self._rules.by)
        return objections.build(Update, replaced(new, self._correction(new.by, given, reason)))

    def _correction(self, judge: object, target: str, reason: str) -> dict[str, object]:
        """Return the keys of a correction, which is typed by whoever imports it."""
        typist = None if same.word(self._rules.by) == same.word(str(judge)) else self._rules.by
        return {"corrects": target, "reason": reason, "typed_by": typist, "recorded": self._rules.recorded}

    def _new(self, row: Texts) -> Told:
        """Return the update of a new row; its cell says who judges, or else whoever imports it."""
        said = self._reader.read(row, [*(each for each in SAYING if each in self._columns), "corrects"])
        said["by"], said["date"] = said.get("by") or self._rules.by, said.get("date") or self._rules.date
        if not said["date"]:
            raise ValueError("an update needs a date; give --date DATE")
        corrects, reason = str(said.pop("corrects") or ""), cells.content(row.get("reason", "")).strip()
        if reason and not corrects:
            raise ValueError("a reason is that of a correction; give the id of an update in 'corrects'")
        given = {**said, "recorded": self._rules.recorded}
        if corrects:
            target = self._target(corrects)
            if not (reason := reason or self._rules.reason or ""):
                raise ValueError(f"it would correct update {target}; {_WHY}")
            given |= self._correction(said["by"], target, reason)
        update = objections.build(Update, given)
        says = next(self._compared.exported(update))
        if known := self._saying.get(says):  # the row says it in other words, such as Partial for partial
            return Told(None, (f"says what {known} says: left alone",))
        self._saying[says] = "another row"
        what = f"corrects {update.corrects}" if update.corrects else "a new update"
        return Told(self._in_order(update), (f"{what} about {', '.join(update.recommendations)}",))

    def _target(self, text: str) -> str:
        """Return the id of the only update that counts and begins so."""
        found = [each for each in self._updates if each.startswith(text) and each not in self._corrections]
        if len(found) != 1:
            gone = next((each for each in self._corrections if each.startswith(text)), "")
            was = f"update {gone} was corrected already" if gone else f"no update has the id {quoted(text)}"
            raise ValueError(f"corrects: {was}; 'pathtrack timeline' shows the ids")
        return found[0]

    def _about(self, text: str) -> list[str]:
        named = cells.names(text)
        for each in named:
            spoilt = self._originals.of(each) if cells.line(text) == each else []
            made = f"a spreadsheet may have made it of {' or '.join(spoilt)}" if spoilt else ""
            if key(each) not in self._names:
                raise ValueError(
                    f"the tracker has no recommendation {cells.slug(each)}" + (made and f"; {made}")
                )
            if spoilt:
                way = f"if it is {each}, record it with 'pathtrack update {each}'"
                raise ValueError(f"the recommendation {each} may be another: {made}; {way}")
        return [self._names[key(each)] for each in named]

    def _in_order(self, update: Update) -> Update:
        """Return an update recorded a second after the one before it that day: a merge keeps that order."""
        places = [(update.date, key(each)) for each in update.recommendations]
        number = max(self._of_a_day.get(each, 0) for each in places)
        self._of_a_day |= dict.fromkeys(places, number + 1)
        return replace(update, recorded=self._rules.recorded + dt.timedelta(seconds=number))


def _id(row: Texts) -> str:
    return row.get("id", "").strip()


def _moment(text: str) -> object:
    with suppress(ValueError):
        return dt.datetime.fromisoformat(text.strip())
    return plain(text)
