"""Our own table of updates, back from a spreadsheet: only rows that say something new are imported."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import zip_longest

from pathtrack import sheet
from pathtrack.intake import answers, cells
from pathtrack.intake.cells import Problems, UnreadableError
from pathtrack.intake.heads import Role
from pathtrack.intake.own import noted, plain, uncut
from pathtrack.intake.rules import Rules
from pathtrack.record import objections
from pathtrack.record.corrections import Ledger, update_id
from pathtrack.record.model import Evidence, Tracker, Update, key
from pathtrack.record.status import Confidence, Status, parse_word

_COMPARED = tuple(name for name in sheet.UPDATE if name not in {"id", "date", "recorded", "by", "corrects"})


class UpdateRows:
    """The updates of a tracker, as their rows show them."""

    def __init__(self, tracker: Tracker, rules: Rules, columns: Iterable[str]) -> None:
        present = {*columns}
        self._rules = rules
        self._compared = [name for name in _COMPARED if name in present]
        spelled = {key(each.id): each.id for each in reversed(tracker.recommendations)}
        self._ids = {name: spelled[current] for name, current in tracker.names.items()}
        self._present = {(plain(each.by), *says) for each in tracker.updates for says in self._exported(each)}
        gone = Ledger(tracker.updates).corrected
        self._corrected = {update_id(each.record): update_id(each.correction) for each in gone}
        self._of_a_day: dict[tuple[dt.date, str], int] = {}

    def add(self, row: Mapping[str, str]) -> Update | None:
        """Return the update that a row adds, None if it exists; ValueError says what is wrong."""
        says = self._says(row)
        # As it was exported, or as an earlier import recorded it: by whoever imported it.
        if any((plain(by), *says) in self._present for by in (row.get("by", ""), self._rules.by)):
            return None
        if new := self._corrected.get(row.get("id", "").strip()):
            todo = "export it again and change what it says now"
            raise ValueError(f"since this export, the update was corrected by {new}; {todo}")
        update = self._update(row)
        made = (plain(update.by), *next(self._exported(update)))
        if made in self._present:  # the row says it in other words, such as Partial for partial
            return None
        self._present.add(made)
        return self._in_order(update)

    def _in_order(self, update: Update) -> Update:
        """Return an update recorded a second after the one before it that day: a merge keeps that order."""
        places = [(update.date, key(each)) for each in update.recommendations]
        number = max(self._of_a_day.get(each, 0) for each in places)
        self._of_a_day |= dict.fromkeys(places, number + 1)
        return replace(update, recorded=self._rules.recorded + dt.timedelta(seconds=number))

    def _update(self, row: Mapping[str, str]) -> Update:
        problems, rules = Problems(), self._rules
        cell = {name: cells.content(row.get(name, "")) for name in sheet.UPDATE}
        if not (cell["date"] or rules.date):
            problems.append(ValueError("an update needs a date; give --date DATE"))
        given = {
            "date": problems.read(cells.date, cell["date"], rules.order_of(Role.DATE)) or rules.date,
            "status": problems.read(rules.vocabulary.read, row.get("status", "")),
            "confidence": problems.read(parse_word, cell["confidence"].strip(), Confidence, "confidence"),
            "response": problems.read(answers.read, row.get("response", ""), rules.answers),
            "due": problems.read(cells.date, cell["due"], rules.order_of(Role.DATE)),
            "actors": cells.names(cell["actors"]),
            "recommendations": problems.read(self._about, row.get("recommendations", "")) or (),
            "note": cell["note"].strip() or None,
            "searched": cells.names(row.get("searched", "")),
            "evidence": problems.read(lambda row: tuple(self._evidence(row)), row) or (),
        }
        if problems:
            word = next((each.word for each in problems if isinstance(each, UnreadableError)), "")
            raise UnreadableError("; ".join(map(str, problems)), word)
        if given["status"] is Status.NOT_ASSESSED:
            given["status"] = None
        return objections.build(Update, {**given, "by": rules.by, "recorded": rules.recorded})

    def _exported(self, update: Update) -> Iterator[tuple[str, ...]]:
        """Yield what the row of an update says, whole and, if a workbook cuts it, without what is cut."""
        row = {name: sheet.text_of(value) for name, value in sheet.update(update).items()}
        yield self._says(row)
        if any(sheet.fitting(text) != text for text in row.values()):
            yield self._says({name: uncut(sheet.fitting(text)) for name, text in row.items()})

    def _says(self, row: Mapping[str, str]) -> tuple[str, ...]:
        """Return what two rows share that say the same, whoever says it."""
        said = (self._shown(name, row.get(name, "")) for name in self._compared)
        return (self._day(row.get("date", "")), *said)

    def _shown(self, name: str, text: str) -> str:
        if name == "recommendations":
            return key(plain(text))
        if name == "note":
            return noted(text)
        if name == "due":
            return self._day(text)
        if not name.startswith("evidence_"):
            return plain(text)
        shown = [self._day(each) if name == "evidence_date" else plain(each) for each in text.split("\n")]
        return "\n".join("" if each == sheet.NONE else each for each in shown).strip()

    def _day(self, text: str) -> str:
        """Return a date as we write it, since spreadsheets write it differently."""
        try:
            return str(cells.date(text, self._rules.order_of(Role.DATE)))
        except ValueError:
            return cells.line(text)

    def _about(self, text: str) -> list[str]:
        named = cells.names(text)
        for each in named:
            if key(each) not in self._ids:
                raise ValueError(f"the tracker has no recommendation {cells.slug(each)}")
        return [self._ids[key(each)] for each in named]

    def _evidence(self, row: Mapping[str, str]) -> Iterator[Evidence]:
        listed = [row.get(f"evidence_{name}", "").split("\n") for name in sheet.EVIDENCE]
        for found in zip_longest(*listed, fillvalue=""):
            texts = {name: cell.strip() for name, cell in zip(sheet.EVIDENCE, found, strict=True)}
            given: dict[str, object] = {n: text for n, text in texts.items() if text not in {"", sheet.NONE}}
            if "date" in given:
                given["date"] = cells.date(texts["date"], self._rules.order_of(Role.DATE))
            if given:
                yield objections.build(Evidence, given)
