"""Which column of a table gives what: as the user says, as a preset says, or as its name suggests."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum

from pathtrack.errors import UsageError
from pathtrack.record.crosswalk import plain
from pathtrack.record.status import parse_word
from pathtrack.text import did_you_mean, quoted


class Role(StrEnum):
    """What a column can give."""

    ID = "id"
    TITLE = "title"
    SUMMARY = "summary"
    AREA = "area"
    PART_OF = "part-of"
    REF = "ref"
    ACTOR = "actor"
    TAG = "tag"
    DUE = "due"
    ONGOING = "ongoing"
    DONE_WHEN = "done-when"
    STATUS = "status"
    CONFIDENCE = "confidence"
    RESPONSE = "response"
    NOTE = "note"
    LINK = "link"
    QUOTE = "quote"
    LOCATOR = "locator"
    LANG = "lang"
    DATE = "date"
    REPORT = "report"


class Preset(StrEnum):
    """A body whose export format is known."""

    GAO = "gao"


class DateOrder(StrEnum):
    """Whether 03/04/2024 is in April or in March."""

    DMY = "dmy"
    MDY = "mdy"


# Each role in turn takes the first of its names that is left: a column "Recommendation" is the title,
# unless there is a column "Title", and then the summary.
_NAMES: dict[Role, tuple[str, ...]] = {
    Role.ID: (
        *("id", "rec id", "recommendation id", "recommendation number", "recommendation no"),
        *("rec no", "rec number", "rec #", "recommendation #", "action no", "action number", "action #"),
        *("item no", "item #", "measure no", "measure #", "commitment no", "commitment #", "number", "no"),
        *("nr", "#"),
    ),
    Role.TITLE: (
        *("title", "short title", "headline", "recommendation title", "recommendation", "recommendations"),
        *("recommendation text", "commitment", "call to action", "action", "measure", "proposal", "name"),
        "text",
    ),
    Role.SUMMARY: ("summary", "recommendation text", "recommendation", "text", "description", "full text"),
    Role.AREA: (
        *("area", "theme", "topic", "topics", "category", "pillar", "policy area", "thematic area"),
        *("sector", "chapter", "section", "workstream"),
    ),
    Role.REF: ("ref", "reference", "page", "paragraph", "publication number"),
    Role.ACTOR: (
        *("actors", "actor", "agency", "agencies", "lead agency", "responsible", "responsible body"),
        *("responsible department", "lead", "lead department", "department", "owner", "addressee"),
    ),
    Role.PART_OF: ("part of", "part of recommendation", "parent recommendation", "parent id"),
    Role.TAG: ("tag", "tags", "keywords", "labels"),
    Role.DUE: ("due", "due date", "deadline", "target date"),
    Role.ONGOING: ("ongoing",),
    Role.DONE_WHEN: ("done when", "success criteria"),
    Role.STATUS: (
        *("status", "current status", "implementation status", "progress", "rating", "assessment"),
        *("completion", "level of completion", "completion level", "state"),
    ),
    Role.CONFIDENCE: ("confidence", "confidence level"),
    Role.RESPONSE: (
        *("response", "answer", "position", "government response", "government position", "concurrence"),
        *("agency response", "management response", "official response", "state response", "response status"),
        *("수용 여부", "수용여부"),
    ),
    Role.NOTE: (
        *("note", "notes", "comments", "comment", "progress update", "status update", "update"),
        *("latest update", "narrative", "commentary", "remarks", "explanation"),
    ),
    Role.LINK: (
        *("link", "links", "url", "urls", "web link", "hyperlink", "source url", "source link"),
        *("source", "sources"),
    ),
    Role.DATE: (
        *("date", "status date", "as of", "date of status", "assessment date", "date of assessment"),
        *("last update", "last updated", "updated", "date updated", "reviewed"),
        *("last reviewed", "date reviewed", "review date"),
    ),
    Role.QUOTE: ("quote", "quotation", "evidence quote"),
    Role.LOCATOR: ("locator", "source page"),
    Role.LANG: ("lang", "source language"),
    Role.REPORT: ("publication name", "report", "report title"),
}
_VAGUE = {"source", "sources", "as of", "updated", "reviewed", "last reviewed"}
_VAGUE |= {*_NAMES[Role.CONFIDENCE], *_NAMES[Role.RESPONSE]}
"""Names that other columns may have too: the cells decide."""
_GAO: dict[Role, tuple[str, ...]] = {
    Role.TITLE: ("Recommendation",),
    Role.AREA: ("Topics", "Publication Name"),
    Role.REF: ("Publication Number",),
    Role.ACTOR: ("Agency",),
    Role.STATUS: ("Status",),
    Role.NOTE: ("Comments",),
    Role.REPORT: ("Publication Name",),
}
_REQUIRED = ("Recommendation", "Agency", "Status")


def is_name(name: str, given: Iterable[str] = ()) -> bool:
    """Return whether a cell may be the name of a column: a common one, or one that the user gave."""
    return plain(name) in _USUAL or plain(name) in map(plain, given)


def pairs(given: Iterable[str]) -> dict[Role, str]:
    """Return the user's choices, such as `note=Comments`; nothing after the sign means no column."""
    chosen: dict[Role, str] = {}
    for each in given:
        role, sign, name = each.partition("=")
        if not sign:
            todo = "give one such as note=Comments, or note= for no column"
            raise UsageError(f"{quoted(each)} is not WHAT=COLUMN", todo=todo)
        chosen[parse_word(role, Role, "known column role")] = " ".join(name.split())
    return chosen


def choose(
    columns: Sequence[str],
    given: Mapping[Role, str],
    preset: Preset | None = None,
    *,
    looks: Callable[[str, Role], bool] = lambda *_: True,
) -> dict[Role, str]:
    """Return which column gives what; each gives one thing, except for the title of the report.

    `looks` returns whether a column with a vague name has the cells that a role wants.
    """
    chosen = {role: _spelled(name, columns) for role, name in given.items() if name}
    for name in _REQUIRED if preset else ():
        _spelled(name, columns)
    names = _GAO if preset else _NAMES
    for role in (each for each in names if each not in given):
        used = {} if role is Role.REPORT else {*chosen.values()}
        free = [
            each for each in columns if each not in used and (plain(each) not in _VAGUE or looks(each, role))
        ]
        if column := _first(free, names[role]):
            chosen[role] = column
    if chosen.keys().isdisjoint({Role.ID, Role.TITLE, Role.SUMMARY}):
        todo = f"name one with --column title=COLUMN; the columns are {', '.join(map(quoted, columns))}"
        raise UsageError("no column with titles or ids was found", todo=todo)
    return {role: chosen[role] for role in Role if role in chosen}


def _spelled(name: str, columns: Sequence[str]) -> str:
    found = _first(columns, [name])
    if found is None:
        raise UsageError(f"the table has no column {quoted(name)}", todo=did_you_mean(name, columns))
    return found


def _first(columns: Iterable[str], names: Iterable[str]) -> str | None:
    """Return the column with the first of these names: spelled exactly so, or else similarly."""
    exact = {column: column for column in columns}
    # Reversed, so that the first of two similar names is found.
    spelled = {plain(column): column for column in reversed(exact)}
    return next((exact.get(name) or spelled[plain(name)] for name in names if plain(name) in spelled), None)


_USUAL = {plain(name) for names in _NAMES.values() for name in names}
