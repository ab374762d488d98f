"""Which column of a table gives what: as the user says, as a preset says, or as its name suggests."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

from pathtrack.errors import UsageError
from pathtrack.intake import heads, parts
from pathtrack.intake.heads import Role
from pathtrack.record.crosswalk import plain
from pathtrack.record.status import parse_word
from pathtrack.text import did_you_mean, quoted


class Preset(StrEnum):
    """A body whose export format is known."""

    GAO = "gao"


_GAO: dict[Role, tuple[str, ...]] = {
    Role.TITLE: ("Recommendation",),
    Role.AREA: ("Topics", "Publication Name"),
    Role.REF: ("Publication Number",),
    Role.ACTOR: ("Agency",),
    Role.STATUS: ("Status",),
    Role.NOTE: ("Comments",),
    Role.REPORT: ("Publication Name",),
}
_LOOKED_AT = 100
_NAMED = 20
_IDENTIFYING = {Role.ID, Role.TITLE, Role.SUMMARY}
_REQUIRED = ("Recommendation", "Agency", "Status")


def is_name(name: str, given: Iterable[str] = ()) -> bool:
    """Return whether a cell may be the name of a column: a common one, or one that the user gave."""
    return parts.is_usual(name) or plain(name) in map(plain, given)


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
    shows: Callable[[str, Role], bool] = lambda *_: False,
) -> dict[Role, str]:
    """Return which column gives what; each gives one thing, except for the title of the report.

    `looks` returns whether the cells of a column may be what a role wants, `shows` whether they show it even
    where the name says little or, of titles, nothing.
    """
    chosen = {role: _spelled(name, columns) for role, name in given.items() if name}
    for name in _REQUIRED if preset else ():
        _spelled(name, columns)
    spelled = _by_spelling(columns)

    def take(role: Role, candidates: Iterable[str]) -> None:
        used = set(chosen.values()) if role is not Role.REPORT else set()
        free = (each for each in candidates if role not in {**given, **chosen} and each not in used)
        if column := next((each for each in free if looks(each, role)), None):
            chosen[role] = column

    for role, names in (_GAO if preset else heads.NAMES).items():
        take(role, _named(spelled, names))
    # A column that is named just so comes before one whose name has to be taken apart.
    for role in () if preset else heads.NAMES:
        take(role, (each for each in columns if role in parts.roles_of(each)))
    for role in () if preset else parts.HINTED:
        take(role, (each for each in columns if role in parts.hints_of(each) and shows(each, role)))
    if {Role.TITLE, Role.SUMMARY}.isdisjoint(chosen):
        # Where nothing else is the title, what a column quotes may be.
        chosen = {role: name for role, name in chosen.items() if role is not Role.QUOTE or role in given}
        take(Role.TITLE, (each for each in columns[:_LOOKED_AT] if shows(each, Role.TITLE)))
    if _IDENTIFYING.isdisjoint(chosen):
        more = f" and {len(columns) - _NAMED} more" if len(columns) > _NAMED else ""
        named = ", ".join(map(quoted, columns[:_NAMED])) + more
        todo = f"name one with --column title=COLUMN; the columns are {named}"
        raise UsageError("no column with titles or ids was found", todo=todo)
    return {role: chosen[role] for role in Role if role in chosen}


def _spelled(name: str, columns: Sequence[str]) -> str:
    found = next(_named(_by_spelling(columns), [name]), None)
    if found is None:
        raise UsageError(f"the table has no column {quoted(name)}", todo=did_you_mean(name, columns))
    return found


def _by_spelling(columns: Iterable[str]) -> dict[str, list[str]]:
    """Return columns by what makes their names the same."""
    found: dict[str, list[str]] = {}
    for each in columns:
        found.setdefault(parts.spelled(each), []).append(each)
    return found


def _named(spelled: Mapping[str, list[str]], names: Iterable[str]) -> Iterator[str]:
    """Yield the columns with these names in their order: first what is spelled exactly so, then similarly."""
    for name in names:
        yield from sorted(spelled.get(parts.spelled(name), ()), key=lambda column: column != name)
