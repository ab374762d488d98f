"""Which standing a row of our table of recommendations shows, though cells of it were changed or are gone."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple

from pathtrack import sheet
from pathtrack.intake import dates
from pathtrack.intake.comparison import Comparison, change, plain
from pathtrack.intake.heads import Role
from pathtrack.intake.past import Past, Shown, Stood
from pathtrack.intake.rows import Entry
from pathtrack.intake.rules import Rules
from pathtrack.record import same
from pathtrack.record.model import Recommendation

_COMPARED = (
    *("updates", "status", "since", "last_update", "last_judged", "corrected", "confidence", "due"),
    *("first_due", "moved", "overdue", "note", "response", "evidence", "sources"),
)
"""The columns of what follows from updates, those first that are compared fast."""
_KEYS = ("as_of", "by")
_TEXTS = ("note", "sources")


class Showing(NamedTuple):
    """The standings that a row may show, the likeliest last; it differs from them in `changed` columns."""

    stood: Sequence[Stood]
    changed: frozenset[str]


class Origin:
    """How recommendations stood when a table was exported."""

    def __init__(self, rules: Rules, past: Past, entries: Sequence[Entry]) -> None:
        self._rules, self._past = rules, past
        self._compared = Comparison(rules.order_of(Role.DATE))
        self._usual = {name: _most(each.source.get(name, "").strip() for each in entries) for name in _KEYS}

    def showing(self, entry: Entry, existing: Recommendation) -> Showing:
        """Return what a row shows, with as few changes as can be; ValueError where that cannot be told.

        A row with the status of an older day and everything else of a newer one was changed in its status.
        """
        given = self._shown(entry.source)
        own = [(each, self._differing(entry, each, given)) for each in self._past.standings(existing, given)]
        if exact := [each for each, differing in own if not differing]:
            return Showing(exact, frozenset())
        others = [*self._others(entry, given, existing, min(len(differing) for _, differing in own))]
        least = min(len(differing) for _, differing in (*own, *others))
        if not least:
            raise ValueError(_doubt(entry.source))
        best, rest = ([each for each in found if len(each[1]) == least] for found in (own, others))
        ways = {differing for _, differing in (*best, *rest)}
        is_news = not frozenset().union(*ways).isdisjoint(sheet.EDITABLE)
        if is_news and len(ways) > 1 and not (best and least > 1):
            either = " or ".join(sorted(", ".join(sorted(each)) for each in ways))
            raise ValueError(f"its cells fit two days, so whether {either} was changed cannot be told")
        changed = best[-1][1] if best else rest[0][1]
        return Showing([each for each, differing in best or rest if differing == changed], changed)

    def mixed(self, entry: Entry) -> Iterator[str]:
        """Yield what a row says of the export that other rows say differently."""
        for name, usual in self._usual.items():
            text = entry.source.get(name, "").strip()
            if text != usual:
                yield f"{change(name, usual, text)}: left alone, since it only says which export this is"

    def _shown(self, row: Mapping[str, str]) -> Shown:
        """Return what a row says about the record behind it: its day, its assessor, and how far it was."""
        day = row.get("as_of", "").strip()
        number = (row.get(name, "").strip() for name in ("updates", "corrected"))
        return Shown(
            dates.read(day, self._rules.order_of(Role.DATE)) if day else dt.date.max,
            plain(row.get("by", "")),
            self._day(row.get("since", "")),
            *(int(text) if text.isdecimal() else None for text in number),
        )

    def _others(
        self, entry: Entry, given: Shown, existing: Recommendation, most: int
    ) -> Iterator[tuple[Stood, frozenset[str]]]:
        """Yield what else a row may show, with at most so many changes: another day, another assessor."""
        row, usual = entry.source, self._day(self._usual["as_of"]) or dt.date.max
        # Without its day, a row may leave out what was recorded earlier, but happened after its last update.
        last = self._day(row.get("last_update", "")) or dt.date.max
        days = (given.as_of, usual, last if given.as_of == dt.date.max else usual, dt.date.max)
        judges = dict.fromkeys((given.by, self._usual["by"], "", *self._past.judges(existing)))
        for day in dict.fromkeys(days):
            for judge in judges:
                keys = {"as_of"} if day != given.as_of and row.get("as_of", "").strip() else set()
                keys |= {"by"} if "by" in row and same.word(judge) != same.word(given.by) else set()
                how = given._replace(as_of=day, by=judge)
                for each in self._past.ever(existing, how):
                    differing = self._differing(entry, each, how, most - len(keys)) | keys
                    if len(differing) <= most:
                        yield each, differing

    def _differing(
        self, entry: Entry, stood: Stood, how: Shown, most: int = len(_COMPARED)
    ) -> frozenset[str]:
        """Return the columns in which a row differs from a standing, one more than `most` at the most."""
        found: set[str] = set()
        for name in _COMPARED:
            is_open = name == "overdue" and how.as_of == dt.date.max and stood.standing.due
            if (
                name in entry.source
                and not is_open
                and len(found) <= most
                and not self._says(entry, name, stood)
            ):
                found.add(name)
        return frozenset(found)

    def _says(self, entry: Entry, name: str, stood: Stood) -> bool:
        if name == "status" and entry.claim.status:
            return entry.claim.status is stood.standing.status
        return self.is_same(name, text_of(stood, name), entry.source[name])

    def is_same(self, name: str, was: str, now: str) -> bool:
        """Return whether a cell says what was exported into it, whatever a spreadsheet made of it."""
        if plain(was) == plain(now) or self._compared.is_same(name, was, now):
            return True
        return name not in _TEXTS and same.word(plain(was)) == same.word(plain(now))

    def _day(self, text: str) -> dt.date | None:
        with suppress(ValueError):
            return dates.read(text, self._rules.order_of(Role.DATE)) if text.strip() else None
        return None


def text_of(stood: Stood, name: str) -> str:
    """Return what a standing shows in a column of what follows from updates."""
    standing = stood.standing
    match name:
        case "updates":
            return str(len(standing.updates))
        case "corrected":
            return str(stood.corrected)
        case "evidence":
            return str(standing.source_count)
        case "note":
            return standing.newest_note
        case "sources":
            return "\n".join(sheet.sources(standing))
        case "response":
            return sheet.answers(standing)
        case "overdue":
            return "yes" if standing.overdue else "no"
        case _:
            return sheet.text_of(getattr(standing, name))


def _most(texts: Iterable[str]) -> str:
    """Return the most common text, the first one of several."""
    found = Counter(texts).most_common(1)
    return found[0][0] if found else ""


def _doubt(row: Mapping[str, str]) -> str:
    lacking = [name for name in ("as_of", "updates", "by") if not row.get(name, "").strip()]
    what = f"it is as on an earlier day, or as one assessor judged; without {' and '.join(lacking)}"
    return f"{what}, whether it was changed cannot be told; export it again"
