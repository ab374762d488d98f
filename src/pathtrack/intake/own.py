"""Our own table of recommendations, back from a spreadsheet: only changed cells are imported."""

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

from pathtrack import sheet
from pathtrack.intake import answers, cells, links
from pathtrack.intake.columns import DateOrder
from pathtrack.intake.heads import Role
from pathtrack.intake.past import Past, Shown
from pathtrack.intake.reader.grid import Row
from pathtrack.intake.rows import Claim, Entry
from pathtrack.intake.rules import Rules
from pathtrack.intake.table import Table
from pathtrack.record import same
from pathtrack.record.dates import PartialDate, begins
from pathtrack.record.model import Evidence, Recommendation
from pathtrack.record.standings import Standing
from pathtrack.record.status import Response
from pathtrack.text import quoted, safe, safe_line


def fields(table: Table, row: Row) -> dict[str, str]:
    """Return the cells of a row by their columns, without the marks that keep them from being formulas."""
    found = {column: uncut(sheet.bare(cell)) for column, cell in table.fields(row).items()}
    return {**found, **{name: _month(found[name]) for name in sheet.DATES if name in found}}


def uncut(text: str) -> str:
    """Return the text of a cell; nothing for one that was cut, which cannot show a change."""
    return "" if text.endswith(sheet.CUT) else text


def _month(text: str) -> str:
    """Return a date, of which Excel makes Jan-25 where we wrote 2025-01."""
    with suppress(ValueError):
        return f"{dt.datetime.strptime(text.strip(), '%b-%y'):%Y-%m}"  # noqa: DTZ007 a month has no time zone
    return text


def changes(entry: Entry, existing: Recommendation, past: Past, rules: Rules) -> tuple[Entry, list[str]]:
    """Return a row with only what differs from the standing that was exported, and that as old → new.

    The day of the newest update is not that of a change.
    """
    shown, claim = past.standings(existing, _shown(entry, rules)), entry.claim
    status = None if any(claim.status is each.status for each in shown) else claim.status
    confidence = None if any(claim.confidence is each.confidence for each in shown) else claim.confidence
    standing, source = shown[-1], dict(entry.source)
    if entry.fields.get("due") in {each.first_due for each in shown}:
        source["first_due"] = ""  # an update gave it, which the catalogue does not have
    if confidence and not status and past.has_corrected(standing.judgement):
        raise ValueError("since this export, the status was corrected that this is about; export it again")
    changed = replace(
        claim,
        status=status or (standing.status if confidence and standing.assessed else None),
        confidence=confidence,
        response=_answer(entry.source.get("response", ""), shown, rules),
        due=_target(entry.source.get("due", ""), shown, rules),
        note=None if noted(claim.note or "") in _notes(shown) else claim.note,
        evidence=_sources(entry.source.get("sources", ""), shown),
    )
    return replace(entry, claim=changed, source=source), list(_told(changed, standing))


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


def _sources(text: str, shown: Sequence[Standing]) -> tuple[Evidence, ...]:
    """Return the sources of a cell that the standing lacks."""
    known = {plain(each) for standing in shown for each in sheet.sources(standing)}
    new = [each for each in text.split("\n") if plain(each) not in known]
    found = links.read("\n".join(new))
    return tuple(each for each in found if not any(each in standing.sources for standing in shown))


def _answer(text: str, shown: Sequence[Standing], rules: Rules) -> Response | None:
    """Return a changed answer; ValueError where it is not one of all who were asked."""
    if any(plain(text) == plain(sheet.answers(each)) for each in shown):
        return None
    if ":" in text:
        todo = "give one word of all, or record it with 'pathtrack update --actor NAME --response WORD'"
        raise ValueError(f"{quoted(text)} is what several answered; {todo}")
    return answers.read(text, rules.answers)


def _target(text: str, shown: Sequence[Standing], rules: Rules) -> dt.date | None:
    """Return a changed target date."""
    given = cells.date(text, rules.order_of(Role.DUE)) if cells.content(text) else None
    # A spreadsheet that takes a month for a date keeps its first day.
    begun = {begins(each.due) for each in shown if isinstance(each.due, PartialDate)}
    return None if given in begun or any(given == each.due for each in shown) else given


def _notes(shown: Sequence[Standing]) -> set[str]:
    """Return the newest note; of several standings, any note may have been the newest."""
    if len(shown) == 1:
        return {noted(shown[0].newest_note)}
    return {noted(update.note or "") for each in shown for update in each.records} | {""}


def _shown(entry: Entry, rules: Rules) -> Shown:
    """Return what a row says about the record behind it: its day, its assessor, and how far it was."""

    def cell(name: str) -> str:
        return entry.source.get(name, "").strip()

    order, judge = rules.order_of(Role.DATE), same.word(plain(cell("by")))
    return Shown(
        cells.date(cell("as_of"), order) if cell("as_of") else dt.date.max,
        lambda each: not judge or same.word(plain(each.by)) == judge,
        _since(cell("since"), order),
        *(int(text) if (text := cell(name)).isdecimal() else None for name in ("updates", "corrected")),
    )


def _since(text: str, order: DateOrder | None) -> dt.date | None:
    """Return a date that is read only to know a row again, if it can be read."""
    with suppress(ValueError):
        return cells.date(text, order) if text else None
    return None


def plain(text: str) -> str:
    """Return what a text and its exported form share."""
    return cells.line(sheet.bare(safe(text)))


def noted(text: str) -> str:
    """Return what a note and its exported form share, where the line breaks may have been moved."""
    return plain(sheet.prose(text))
