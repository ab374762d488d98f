"""Our own columns for spreadsheets, and cells that no spreadsheet runs as formulas."""

import re
from collections.abc import Iterable, Sequence
from enum import Enum

from pathtrack.record import same
from pathtrack.record.corrections import update_id
from pathtrack.record.model import Update
from pathtrack.record.standings import Standing
from pathtrack.text import paragraphs, safe

RECOMMENDATION = (
    *("id", "part_of", "area", "title", "status", "confidence", "since", "last_update", "last_judged"),
    *("note", "sources", "actors", "response", "due", "first_due", "moved", "overdue", "ref", "summary"),
    *("tags", "ongoing", "done_when", "updates", "corrected", "evidence", "as_of", "by"),
)
EDITABLE = ("status", "confidence", "due", "note", "response", "sources")
"""The columns of recommendations whose changed cells are imported."""
EVIDENCE = ("title", "publisher", "url", "date", "kind", "archive", "quote", "locator", "lang", "via")
_OF_SOURCES = tuple(f"evidence_{name}" for name in EVIDENCE)
UPDATE = (
    *("id", "date", "recorded", "by", "recommendations", "actors", "status", "confidence", "response"),
    *("due", "note", "searched", "corrects", "reason"),
    *_OF_SOURCES,
)
_TELLING, _MANY = 3, 8
"""How many columns that few others have make a table ours, and how many if it has no others."""
SOURCE = ("recommendations", "title", "publisher", "url", "date", "kind", "archive", "lang", "via")
DATES = ("since", "last_update", "last_judged", "due", "first_due", "as_of", "date", "evidence_date")
"""The columns of dates: a spreadsheet writes all of them in one way."""
NONE = "(none)"
"""The cell of a key that one of several sources lacks."""
CUT = "… (cut: a cell holds no more)"
"""How a text ends that is longer than a cell of a workbook can be."""
_LONGEST = 32_767
"""The most that such a cell holds, in units of UTF-16."""
# Spreadsheets may skip a tab or a newline in front of a formula, and read full-width signs in it.
# Some skip what nobody sees in front of one, too.
_BLANK = r"[^\S\t\n]|[\u200b-\u200d\u2060\ufeff]"
_FORMULA = re.compile(rf"(?:{_BLANK})*+[=+\-@\t\n＝＋－＠]")
# Where cells end for who takes semicolons, tabs or bars for the separators: there a title a;=1 has two.
# Quotation marks do not help: they count at the beginning of a cell, and a line break ends a row. The items
# of a list stay as they are: words behind a hyphen, and nothing that calls a function or another program.
_ITEM = r"[^\S\t\n]*+[-+] +[^\W\d](?:(?!\w\()[^;\t\n|!])*+(?![|!]|\w\()"
_INNER = rf"((?:[;\t|]|\n(?!{_ITEM}))(?:{_BLANK}|\")*){{}}(?=[=+\-@＝＋－＠])"
_LIVE, _MARKED = re.compile(_INNER.format("")), re.compile(_INNER.format("'"))


class Shape(Enum):
    """What a row of our export is about, and the columns of it that few other tables have."""

    RECOMMENDATIONS = frozenset({"part_of", "last_update", "last_judged", "first_due", "done_when", "as_of"})
    UPDATES = frozenset({"recommendations", "recorded", "searched", "corrects", *_OF_SOURCES})

    @property
    def columns(self) -> tuple[str, ...]:
        """All its columns."""
        return UPDATE if self is Shape.UPDATES else RECOMMENDATION


def shape(columns: Iterable[str]) -> Shape | None:
    """Return which of our exports a table is, as far as the columns that are left in it tell."""
    present = {*columns}
    found = max(Shape, key=lambda each: len(each.value & present))
    telling, ours = len(found.value & present), len(present.intersection(found.columns))
    is_ours = telling >= _TELLING or (ours == len(present) and (telling or ours >= _MANY))
    named = {"id", "title"} if found is Shape.RECOMMENDATIONS else {"id", "recommendations"}
    return found if is_ours and named & present else None


def respelled(columns: tuple[str, ...]) -> tuple[str, ...]:
    """Return the columns of a table of ours with the names that we gave them: part_of for Part of."""
    ours = {name for each in Shape for name in each.columns}
    written = (same.word(each).replace(" ", "_") for each in columns)
    found = tuple(name if name in ours else each for name, each in zip(written, columns, strict=True))
    is_ours = any(len(each.value & {*found}) >= _TELLING for each in Shape)
    return found if is_ours and len({*found}) == len(found) else columns


def is_of_sources(columns: Iterable[str]) -> bool:
    """Return whether a table is our sheet of sources, which nobody imports: they follow from the updates."""
    return {"recommendations", "title", "url"} <= {*columns} <= {*SOURCE}


def may_be_ours(columns: Iterable[str]) -> bool:
    """Return whether columns are those of our table of recommendations, though others may have the same."""
    present = {*columns}
    return {"id", "title"} <= present <= {*RECOMMENDATION} and not present.isdisjoint(EDITABLE)


def recommendation(standing: Standing, *, by: str | None) -> tuple[object, ...]:
    """Return the row of a recommendation; `by` is the only assessor whose updates count in its standing."""
    given = standing.recommendation
    return (
        *(given.id, standing.whole, standing.area, given.title, standing.status, standing.confidence),
        *(standing.since, standing.last_update, standing.last_judged, prose(standing.newest_note)),
        *("\n".join(sources(standing)), "; ".join(given.actors), answers(standing), standing.due),
        *(standing.first_due, standing.moved, _yes(standing.overdue), given.ref, given.summary),
        *("; ".join(given.tags), _yes(given.ongoing), given.done_when, len(standing.updates)),
        *(len(standing.corrected), standing.source_count, standing.as_of, by),
    )


def sources(standing: Standing) -> list[str]:
    """Return the address of each distinct source, or its title where it has none."""
    return [
        each.url or each.title or ""
        for each in map(standing.sources.__getitem__, range(standing.source_count))
    ]


def prose(note: str) -> str:
    """Return a note as a cell wraps it: each paragraph and each item of a list on one line."""
    return "\n".join(paragraphs(note))


def answers(standing: Standing) -> str:
    """Return what was answered: one word of all who were asked, or a word of each who did."""
    given = [each for each in standing.actors if each.response]
    if not given or (len(given) == len(standing.actors) and len({each.response for each in given}) == 1):
        return str((given[0].response if given else standing.response) or "")
    return "; ".join(f"{each.name}: {each.response}" for each in given)


def update(given: Update) -> dict[str, object]:
    """Return the row of an update by its columns; those of the evidence have a line for each source."""
    values = (
        *(update_id(given), given.date, given.recorded, given.by, "; ".join(given.recommendations)),
        *("; ".join(given.actors), given.status, given.confidence, given.response, given.due),
        *(given.note and prose(given.note), "; ".join(given.searched), given.corrects, given.reason),
        *(_lines([getattr(each, name) for each in given.evidence]) for name in EVIDENCE),
    )
    return dict(zip(UPDATE, values, strict=True))


def cell(value: object) -> str:
    """Return a value as a cell that no spreadsheet takes for a formula."""
    text = _LIVE.sub(r"\1'", safe(text_of(value)))
    return f"'{text}" if _FORMULA.match(text) else text


def bare(text: str) -> str:
    """Return the text of a cell without the apostrophes that keep it from being a formula."""
    text = text[1:] if text.startswith("'") and _FORMULA.match(text, 1) else text
    return _MARKED.sub(r"\1", text)


def fitting(text: str) -> str:
    """Return a text as a cell of a workbook can hold it: one that is too long ends with `CUT`."""
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) <= 2 * _LONGEST:
        return text
    return units[: 2 * (_LONGEST - len(CUT))].decode("utf-16-le", "ignore") + CUT


def text_of(value: object) -> str:
    """Return a value as text; none is empty."""
    return "" if value is None else str(value)


def _yes(flag: bool) -> str:  # noqa: FBT001 it is the value
    return "yes" if flag else "no"


def _lines(values: Sequence[object]) -> str:
    # A quotation may have several lines, and would be taken for several sources.
    return "\n".join(str(value or NONE).replace("\n", " ") for value in values) if any(values) else ""
