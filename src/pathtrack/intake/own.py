"""Our own CSV exports, back from a spreadsheet: only changed cells are imported."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import zip_longest
from operator import attrgetter

from pathtrack import sheet
from pathtrack.intake import answers, cells, links
from pathtrack.intake.cells import Problems, UnreadableError
from pathtrack.intake.columns import Role
from pathtrack.intake.rows import Claim, Entry
from pathtrack.intake.rules import Rules
from pathtrack.intake.table import Row, Table
from pathtrack.record import objections, same
from pathtrack.record.dates import PartialDate, begins
from pathtrack.record.model import Evidence, Recommendation, Tracker, Update, key
from pathtrack.record.standings import Standing
from pathtrack.record.status import Confidence, Response, Status, parse_word
from pathtrack.text import quoted, safe, safe_line

_COMPARED = tuple(name for name in sheet.UPDATE if name not in {"id", "date", "recorded", "by"})


def fields(table: Table, row: Row) -> dict[str, str]:
    """Return the cells of a row by their columns, without the marks that keep them from being formulas."""
    found = {column: _whole(sheet.bare(cell)) for column, cell in table.fields(row).items()}
    return {**found, **{name: _month(found[name]) for name in sheet.DATES if name in found}}


def _whole(text: str) -> str:
    """Return the text of a cell; nothing for one that was cut, which cannot show a change."""
    return "" if text.endswith(sheet.CUT) else text


def _month(text: str) -> str:
    """Return a date, of which Excel makes Jan-25 where we wrote 2025-01."""
    with suppress(ValueError):
        return f"{dt.datetime.strptime(text.strip(), '%b-%y'):%Y-%m}"  # noqa: DTZ007 a month has no time zone
    return text


# ---- a row for each recommendation ----


def changes(
    entry: Entry, existing: Recommendation, records: Sequence[Update], rules: Rules
) -> tuple[Entry, list[str]]:
    """Return a row with only what differs from the standing that was exported, and that as old → new.

    `records` are in file order. The day of the newest update is not that of a change.
    """
    standing, claim = _exported(entry, existing, records, rules), entry.claim
    status = None if claim.status is standing.status else claim.status
    confidence = None if claim.confidence is standing.confidence else claim.confidence
    changed = replace(
        claim,
        status=status or (standing.status if confidence and standing.assessed else None),
        confidence=confidence,
        response=_answer(entry.source.get("response", ""), standing, rules),
        due=_target(entry.source.get("due", ""), standing, rules),
        note=None if _noted(claim.note or "") == _noted(standing.newest_note) else claim.note,
        evidence=_sources(entry.source.get("sources", ""), standing),
    )
    return replace(entry, claim=changed), list(_told(changed, standing))


def whole(entry: Entry, rules: Rules) -> Entry:
    """Return a row about a new recommendation with all that its cells say."""
    answer = answers.read(cells.content(entry.source.get("response", "")), rules.answers)
    found = links.read(cells.content(entry.source.get("sources", "")))
    claim = replace(entry.claim, response=answer, evidence=found)
    if (day := cells.content(entry.source.get("last_update", ""))) and not claim.is_dated:
        claim = replace(claim, date=cells.date(day, rules.order_of(Role.DATE)), is_dated=True)
    return replace(entry, claim=claim)


def _told(claim: Claim, standing: Standing) -> Iterator[str]:
    """Yield what a row changes, as old → new."""
    pairs = {
        "status": (standing.status, claim.status),
        "confidence": (standing.confidence, claim.confidence),
        "response": (sheet.answers(standing), claim.response),
        "due": (standing.due, claim.due),
        "note": (standing.newest_note and quoted(standing.newest_note), claim.note and quoted(claim.note)),
    }
    for name, (old, new) in pairs.items():
        if new and new != old:
            yield f"{name} {old or 'none'} → {new}"
    yield from (f"sources + {safe_line(each.url or each.title or '')}" for each in claim.evidence)


def _sources(text: str, standing: Standing) -> tuple[Evidence, ...]:
    """Return the sources of a cell that the standing lacks."""
    known = {_plain(each) for each in sheet.sources(standing)}
    new = [each for each in text.split("\n") if _plain(each) not in known]
    return tuple(each for each in links.read("\n".join(new)) if each not in standing.sources)


def _answer(text: str, standing: Standing, rules: Rules) -> Response | None:
    """Return a changed answer; ValueError where it is not one of all who were asked."""
    if _plain(text) == _plain(sheet.answers(standing)):
        return None
    if ":" in text:
        todo = "give one word of all, or record it with 'pathtrack update --actor NAME --response WORD'"
        raise ValueError(f"{quoted(text)} is what several answered; {todo}")
    return answers.read(text, rules.answers)


def _target(text: str, standing: Standing, rules: Rules) -> dt.date | None:
    """Return a changed target date."""
    given = cells.date(text, rules.order_of(Role.DUE)) if cells.content(text) else None
    # A spreadsheet that takes a month for a date keeps its first day.
    is_begun = isinstance(standing.due, PartialDate) and given == begins(standing.due)
    return None if given == standing.due or is_begun else given


def _exported(entry: Entry, existing: Recommendation, records: Sequence[Update], rules: Rules) -> Standing:
    """Return the standing that a row shows.

    It rests on the first `updates` of those that count on its day, by its assessor if it names one: what was
    recorded after the export comes later in the file, whatever its date.
    """
    day, by, number = (entry.source.get(name, "").strip() for name in ("as_of", "by", "updates"))
    as_of = cells.date(day, rules.order_of(Role.DATE)) if day else dt.date.max
    judge = same.word(_plain(by))
    counting = [
        each for each in records if each.date <= as_of and (not judge or same.word(_plain(each.by)) == judge)
    ]
    first = counting[: int(number)] if number.isdecimal() else counting
    return Standing(existing, as_of, tuple(sorted(first, key=attrgetter("date"))))


def _plain(text: str) -> str:
    """Return what a text and its exported form share."""
    return cells.line(sheet.bare(safe(text)))


def _noted(text: str) -> str:
    """Return what a note and its exported form share, where the line breaks may have been moved."""
    return _plain(sheet.prose(text))


# ---- a row for each update ----


class Records:
    """The updates of a tracker, as their rows show them."""

    def __init__(self, tracker: Tracker, rules: Rules, columns: Iterable[str]) -> None:
        present = {*columns}
        self._rules = rules
        self._compared = [name for name in _COMPARED if name in present]
        spelled = {key(each.id): each.id for each in reversed(tracker.recommendations)}
        self._ids = {name: spelled[current] for name, current in tracker.names.items()}
        self._present = {
            (_plain(each.by), *says) for each in tracker.updates for says in self._exported(each)
        }

    def add(self, row: Mapping[str, str]) -> Update | None:
        """Return the update that a row adds, None if it exists; ValueError says what is wrong."""
        says = self._says(row)
        # As it was exported, or as an earlier import recorded it: by whoever imported it.
        if any((_plain(by), *says) in self._present for by in (row.get("by", ""), self._rules.by)):
            return None
        update = self._update(row)
        made = (_plain(update.by), *next(self._exported(update)))
        if made in self._present:  # the row says it in other words, such as Partial for partial
            return None
        self._present.add(made)
        return update

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
        cut = {name: _whole(sheet.fitting(text)) for name, text in row.items()}
        if cut != row:
            yield self._says(cut)

    def _says(self, row: Mapping[str, str]) -> tuple[str, ...]:
        """Return what two rows share that say the same, whoever says it."""
        said = (self._shown(name, row.get(name, "")) for name in self._compared)
        return (self._day(row.get("date", "")), *said)

    def _shown(self, name: str, text: str) -> str:
        if name == "recommendations":
            return key(_plain(text))
        if name == "note":
            return _noted(text)
        if name == "due":
            return self._day(text)
        if not name.startswith("evidence_"):
            return _plain(text)
        shown = [self._day(each) if name == "evidence_date" else _plain(each) for each in text.split("\n")]
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
