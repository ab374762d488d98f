"""One row of a table, read: what it asks for, and what it says about how that stands."""

import dataclasses
import datetime as dt
import html
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pathtrack.intake import answers, cells, dates, links, parts
from pathtrack.intake.cells import Problems
from pathtrack.intake.heads import Role
from pathtrack.intake.outcome import Remark, objection
from pathtrack.intake.rules import Rules
from pathtrack.record import objections, same
from pathtrack.record.model import Evidence, Recommendation
from pathtrack.record.status import Confidence, Response, Status, parse_word

_FIELDS = {
    Role.TITLE: "title",
    Role.SUMMARY: "summary",
    Role.AREA: "area",
    Role.PART_OF: "part_of",
    Role.REF: "ref",
    Role.ACTOR: "actors",
    Role.TAG: "tags",
    Role.ONGOING: "ongoing",
    Role.DONE_WHEN: "done_when",
    Role.DUE: "due",
}


@dataclass(frozen=True)
class Claim:
    """What a row says about how a recommendation stands.

    `is_dated` is whether the date is the row's own. `word` is the status in the source's own words; the
    status may be `not-assessed`, which no update has.
    """

    date: dt.date | None
    is_dated: bool
    word: str
    status: Status | None
    note: str | None
    evidence: tuple[Evidence, ...]
    confidence: Confidence | None = None
    response: Response | None = None
    due: dt.date | None = None

    @property
    def says_something(self) -> bool:
        """Whether there is anything to record."""
        is_judged = self.status not in {None, Status.NOT_ASSESSED}
        return bool(is_judged or self.note or self.evidence or self.response or self.due)


@dataclass(frozen=True)
class Entry:
    """A row; `subject` is the same in all rows about one recommendation, `text` is its title there.

    `given` is its id as the table has it, `id` that as one of ours, if it can be one. `fields` are those of
    a recommendation that the row fills; `default_area` is used if no row about it has an area. `unread` are
    the cells that cannot be read.
    """

    line: int
    source: dict[str, str]
    subject: tuple[str, ...]
    given: str
    id: str | None
    text: str
    fields: dict[str, object]
    actors: tuple[str, ...]
    default_area: str
    claim: Claim
    unread: tuple[Remark, ...]

    @property
    def is_exact(self) -> bool:
        """Whether the id is the table's own, letter by letter."""
        return cells.is_id(self.given)


def read(line: int, source: dict[str, str], rules: Rules) -> Entry:
    """Return a row; ValueError if nothing in it identifies it, or its id is none."""
    raw = {role: source.get(column, "") for role, column in rules.columns.items()}
    if rules.preset:
        raw = {role: html.unescape(text) for role, text in raw.items()}
    said = {role: cells.content(raw.get(role, "")) for role in Role}
    text = cells.line(said[Role.TITLE] or said[Role.SUMMARY])
    if not (said[Role.ID] or text):
        raise ValueError("no title, no text and no id")
    problems = Problems()
    given = cells.line(said[Role.ID])
    identifier = cells.slug(given) if given else None
    claim = Claim(
        date=problems.read(_date, said[Role.DATE], rules) if said[Role.DATE] else rules.date,
        is_dated=bool(said[Role.DATE]),
        word=source.get(rules.columns.get(Role.STATUS, ""), ""),
        status=problems.read(rules.vocabulary.read, raw.get(Role.STATUS, "")),
        note=said[Role.NOTE].strip() or None,
        evidence=() if rules.shape else _evidence(said, rules, problems),
        confidence=problems.read(parse_word, said[Role.CONFIDENCE].strip(), Confidence, "confidence"),
        response=None if rules.shape else problems.read(answers.read, said[Role.RESPONSE], rules.answers),
    )
    return Entry(
        line=line,
        source=source,
        subject=("id", same.word(given)) if given else subject(source, rules),
        given=given,
        id=identifier or None,
        text=text,
        fields=_fields(said, rules, problems),
        actors=cells.names(said[Role.ACTOR]),
        default_area=rules.area or (cells.line(said[Role.REPORT]) if rules.preset else ""),
        claim=claim,
        unread=tuple(objection(line, each) for each in problems),
    )


def _date(text: str, rules: Rules) -> dt.date:
    try:
        return dates.read(text, rules.order_of(Role.DATE))
    except ValueError as error:
        raise ValueError(f"{error}; without a date the row makes no update") from error


def _evidence(said: Mapping[Role, str], rules: Rules, problems: Problems) -> tuple[Evidence, ...]:
    """Return the sources of a row; its quotation and the place of that are of the only one."""
    are_addresses = parts.has_addresses(rules.columns.get(Role.LINK, ""))
    found = links.readable(said[Role.LINK], problems, are_addresses=are_addresses)
    own = {
        role.value: said[role].strip() for role in (Role.QUOTE, Role.LOCATOR, Role.LANG) if said[role].strip()
    }
    if len(found) != 1 and own.keys() & {Role.QUOTE, Role.LOCATOR}:
        problems.append(ValueError(f"a quotation or its place needs one source in the row, not {len(found)}"))
        return found
    completed = (problems.read(_completed, each, own) for each in found)
    return tuple(filter(None, completed))


def _completed(source: Evidence, own: Mapping[str, str]) -> Evidence:
    given = {each.name: getattr(source, each.name) for each in dataclasses.fields(source)}
    return objections.build(Evidence, {**given, **own}) if own else source


def _fields(said: Mapping[Role, str], rules: Rules, problems: Problems) -> dict[str, object]:
    given, whole = said[Role.TITLE].strip(), said[Role.SUMMARY].strip()
    title, text = cells.headline(given or whole), whole or given
    fields = {
        "title": title,
        "summary": text if cells.line(text) != title else "",
        "area": cells.line(said[Role.AREA]),
        "part_of": problems.read(cells.slug, said[Role.PART_OF]),
        "tags": (cells.names if rules.shape else cells.tags)(said[Role.TAG]),
        "ref": cells.line(said[Role.REF]),
        "ongoing": problems.read(cells.yes, said[Role.ONGOING]),
        "done_when": said[Role.DONE_WHEN].strip(),
        "due": problems.read(dates.read, said[Role.DUE], rules.order_of(Role.DUE)),
    }
    return {name: value for name, value in fields.items() if value}


def subject(source: Mapping[str, str], rules: Rules) -> tuple[str, ...]:
    """Return what identifies a recommendation without an id: what it asks for, of whom, until when."""
    return ("text", *(same.word(source.get(column, "")) for column in rules.identifying))


def question(source: Mapping[str, str], rules: Rules) -> tuple[str, ...]:
    """Return what a recommendation without an id asks for, whoever is asked, until whenever."""
    return tuple(same.word(source.get(column, "")) for column in rules.asking)


def is_known_by_text(source: Mapping[str, str], rules: Rules) -> bool:
    """Return whether a recommendation came from such a table and had no id there."""
    identifier = cells.content(source.get(rules.columns.get(Role.ID, ""), ""))
    return not identifier and not source.keys().isdisjoint(rules.identifying)


def fields(entries: Sequence[Entry]) -> dict[str, object]:
    """Return what rows about one recommendation ask for: the first value of each field, but all actors."""
    found = {name: value for each in reversed(entries) for name, value in each.fields.items()}
    actors = (actor for each in entries for actor in each.actors)
    return {**found, "actors": list(dict.fromkeys(actors))}


def differing(entries: Sequence[Entry], existing: Recommendation, rules: Rules) -> Iterator[Role]:
    """Yield where rows differ from a recommendation of the tracker, and from its own source."""
    columns = {Role.TITLE: rules.columns.get(Role.SUMMARY, ""), **rules.columns}
    found = {**fields(entries), "title": next((each.text for each in entries if each.text), "")}
    for role, name in _FIELDS.items():
        column = columns.get(role, "")
        said = _parts(each.source.get(column, "") for each in entries)
        if not said or said == _parts([existing.source.get(column, "")]):
            continue
        kept = [getattr(existing, name), *([existing.summary] if role is Role.TITLE else [])]
        if _plain(found.get(name)) not in map(_plain, kept):
            yield role


def _parts(texts: Iterable[str]) -> set[str]:
    return {part for text in texts for part in same.word(text).split("; ")} - {""}


def _plain(value: object) -> set[str]:
    """Return what two same values of a field share, whatever their type."""
    several = value if isinstance(value, list | tuple) else [value] if value else []
    return {same.word(str(each)) for each in several}


def joint_source(entries: Sequence[Entry], rules: Rules) -> dict[str, str]:
    """Return the cells of rows; where they differ, everything they say, as one text."""
    longest = max((each.source for each in entries), key=len)
    if len(entries) == 1:
        return longest
    note = rules.columns.get(Role.NOTE)
    columns = dict.fromkeys((*longest, *(column for each in entries for column in each.source)))
    return {
        column: joined([each.source.get(column, "") for each in entries], "\n\n" if column == note else "; ")
        for column in columns
    }


def newest_word(entries: Sequence[Entry]) -> str:
    """Return the status in the source's own words, from the newest rows that have any."""
    said = [each.claim for each in entries if each.claim.word.strip()]
    newest = max((each.date or dt.date.min for each in said), default=None)
    return joined([each.word for each in said if (each.date or dt.date.min) == newest], "; ")


def joined(texts: Iterable[str], joint: str) -> str:
    """Return different texts as one."""
    return joint.join(text for text in same.spellings(texts).values() if text.strip())
