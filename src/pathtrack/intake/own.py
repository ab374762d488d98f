"""Our own table of recommendations, back from a spreadsheet: only changed cells are imported."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from pathtrack import sheet
from pathtrack.intake import answers, cells, dates, links
from pathtrack.intake.comparison import change, plain
from pathtrack.intake.heads import Role
from pathtrack.intake.outcome import Remark
from pathtrack.intake.past import Past
from pathtrack.intake.rows import Claim, Entry
from pathtrack.intake.rules import Rules
from pathtrack.intake.showing import Origin, Showing, text_of
from pathtrack.record import same
from pathtrack.record.model import Evidence, Recommendation, Update
from pathtrack.record.standings import Standing
from pathtrack.record.status import Response, Status
from pathtrack.text import quoted, safe_line

_CATALOGUE = (
    *("part_of", "area", "title", "actors", "ref", "summary", "tags", "ongoing", "done_when", "first_due"),
)
_FOLLOWING = ("since", "last_update", "last_judged", "moved", "overdue", "updates", "corrected", "evidence")


class Changed(NamedTuple):
    """A row with what is new in it alone, and what there is to say about the rest.

    `told` is what it changes, as old → new, `left` what is left alone, `unread` cells that cannot be
    imported; `known` are the updates that the table showed.
    """

    entry: Entry
    told: tuple[Remark, ...]
    left: tuple[Remark, ...]
    unread: tuple[Remark, ...]
    known: tuple[Update, ...]


class OwnRows:
    """The rows of our table, beside what they showed when it was exported."""

    def __init__(self, rules: Rules, past: Past, entries: Sequence[Entry]) -> None:
        self._rules, self._past = rules, past
        self._origin = Origin(rules, past, entries)

    def changed(self, entry: Entry, existing: Recommendation, now: Standing) -> Changed:
        """Return what a row changes; ValueError if that cannot be told. The day of an update is not one."""
        showing = self._origin.showing(entry, existing)
        standing = showing.stood[-1].standing
        unread = dict(self._impossible(entry, showing, now))
        claim = self._claim(entry, showing, showing.changed - unread.keys())

        def said(lines: Iterator[str]) -> tuple[Remark, ...]:
            return tuple(Remark(entry.line, f"{existing.id}: {each}") for each in lines)

        return Changed(
            replace(entry, claim=claim),
            said(_told(claim, standing)),
            said(self._left(entry, existing, showing)),
            said(iter(unread.values())),
            tuple(each for stood in showing.stood for each in stood.standing.updates),
        )

    def _claim(self, entry: Entry, showing: Showing, changed: frozenset[str]) -> Claim:
        standing, row, claim = showing.stood[-1].standing, entry.source, entry.claim
        status = claim.status if "status" in changed else None
        confidence = claim.confidence if "confidence" in changed else None
        return replace(
            claim,
            status=status or (standing.status if confidence else None),
            confidence=confidence,
            response=_answer(row["response"], self._rules) if "response" in changed else None,
            due=dates.read(row["due"], self._rules.order_of(Role.DUE)) if "due" in changed else None,
            note=claim.note if "note" in changed else None,
            evidence=_sources(row["sources"], standing) if "sources" in changed else (),
        )

    def _impossible(self, entry: Entry, showing: Showing, now: Standing) -> Iterator[tuple[str, str]]:
        """Yield the changed columns whose cells cannot be imported, and why."""
        stood = showing.stood[-1]
        for name in sheet.EDITABLE:
            if name not in showing.changed:
                continue
            cell = entry.source[name]
            what = f"{change(name, text_of(stood, name), cell)} is left alone"
            if name != "sources" and not cells.content(cell).strip():
                yield name, f"{what}: {_WITHDRAW}"
            elif name == "status" and entry.claim.status is Status.NOT_ASSESSED:
                yield name, f"{what}: it is not a judgement; {_WITHDRAW}"
        sure = entry.claim.confidence if "confidence" in showing.changed else None
        if sure and (why := self._unsure(entry.claim.status, showing, now)):
            yield "confidence", f"confidence → {sure} is left alone: {why}"

    def _unsure(self, status: Status | None, showing: Showing, now: Standing) -> str:
        """Return why it says nothing how sure a status is, if it does not."""
        standing = showing.stood[-1].standing
        if status in {None, Status.NOT_ASSESSED}:
            return "it needs a status"
        if "status" in showing.changed:
            return ""
        if self._past.has_corrected(standing.judgement):
            return "since this export, the status was corrected that it is about; export it again"
        if now.status is not standing.status:
            return f"since this export, the status has become {now.status}; export it again"
        return ""

    def _left(self, entry: Entry, existing: Recommendation, showing: Showing) -> Iterator[str]:
        """Yield what else differs in a row, which is not imported."""
        stood, row = showing.stood[-1], entry.source
        for name in _FOLLOWING:
            if name in showing.changed:
                what = change(name, text_of(stood, name), row[name])
                yield f"{what} is left alone, since it follows from the updates"
        yield from self._origin.mixed(entry)
        for name, was in _catalogue(existing, stood.standing).items():
            if name in row and not self._origin.is_same(name, was, row[name]):
                way = f"change it with 'pathtrack edit {existing.id}'"
                yield f"{change(name, was, row[name])} is left alone; {way}"
        if "sources" in showing.changed:
            kept = {*map(plain, row["sources"].split("\n"))}
            for each in sheet.sources(stood.standing):
                if not kept & {plain(each)}:
                    yield f"sources: {quoted(each)} stays; {_WITHDRAW}"


_WITHDRAW = "to take back what was recorded, use 'pathtrack correct' or 'pathtrack withdraw'"


def whole(entry: Entry, rules: Rules) -> Entry:
    """Return a row about a new recommendation with all that its cells say."""
    answer = answers.read(cells.content(entry.source.get("response", "")), rules.answers)
    found = links.read(cells.content(entry.source.get("sources", "")))
    claim = replace(entry.claim, response=answer, evidence=found)
    if (day := cells.content(entry.source.get("last_update", ""))) and not claim.is_dated:
        claim = replace(claim, date=dates.read(day, rules.order_of(Role.DATE)), is_dated=True)
    if due := cells.content(entry.source.get("due", "")):
        target, first = dates.read(due, rules.order_of(Role.DUE)), entry.fields.get("due")
        if first is None:
            entry = replace(entry, fields={**entry.fields, "due": target})
        elif first != target:
            claim = replace(claim, due=target)
    return replace(entry, claim=claim)


def unread(entry: Entry, rules: Rules) -> Iterator[str]:
    """Yield what is not read of a row about a new recommendation."""
    filled = [name for name in _FOLLOWING if name != "last_update" and entry.source.get(name, "").strip()]
    if filled:
        yield f"{', '.join(filled)}: left alone, since they follow from the updates"
    judge = entry.source.get("by", "").strip()
    if judge and same.word(plain(judge)) != same.word(plain(rules.by)):
        yield f"by {quoted(judge)}: left alone; it is recorded as by {quoted(rules.by)}, who imports it"


def _catalogue(existing: Recommendation, standing: Standing) -> Mapping[str, str]:
    """Return what a row shows of a recommendation itself."""
    said: dict[str, object] = {name: getattr(existing, name) for name in _CATALOGUE if name != "first_due"}
    said |= {"actors": "; ".join(existing.actors), "tags": "; ".join(existing.tags)}
    said |= {"first_due": standing.first_due, "ongoing": "yes" if existing.ongoing else "no"}
    return {name: sheet.text_of(value) for name, value in said.items()}


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
    known = {*map(plain, sheet.sources(standing))}
    found = links.read("\n".join(each for each in text.split("\n") if plain(each) not in known))
    return tuple(each for each in found if each not in standing.sources)


def _answer(text: str, rules: Rules) -> Response | None:
    """Return a changed answer; ValueError where it is not one of all who were asked."""
    if ":" in text:
        todo = "give one word of all, or record it with 'pathtrack update --actor NAME --response WORD'"
        raise ValueError(f"{quoted(text)} is what several answered; {todo}")
    return answers.read(text, rules.answers)
