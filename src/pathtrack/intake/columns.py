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


class DateOrder(StrEnum):
    """Whether 03/04/2024 is in April or in March."""

    DMY = "dmy"
    MDY = "mdy"


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
    is_prose: Callable[[str], bool] = lambda _: False,
) -> dict[Role, str]:
    """Return which column gives what; each gives one thing, except for the title of the report.

    `looks` returns whether the cells of a column may be what a role wants, `is_prose` whether it may be that
    of the titles, where no name says so.
    """
    chosen = {role: _spelled(name, columns) for role, name in given.items() if name}
    for name in _REQUIRED if preset else ():
        _spelled(name, columns)
    spelled = _by_spelling(columns)

    def fits(column: str, role: Role) -> bool:
        is_used = role is not Role.REPORT and column in chosen.values()
        return not is_used and looks(column, role)

    for role, names in (_GAO if preset else heads.NAMES).items():
        named = (each for each in _named(spelled, names) if role not in given and fits(each, role))
        if column := next(named, None):
            chosen[role] = column
    # A column that is named just so comes before one whose name has to be taken apart.
    for role in (each for each in heads.NAMES if not preset and each not in {**given, **chosen}):
        made = (each for each in columns if role in parts.roles_of(each) and fits(each, role))
        if column := next(made, None):
            chosen[role] = column
    if Role.TITLE not in given and _IDENTIFYING.isdisjoint(chosen):
        prose = (each for each in columns[:_LOOKED_AT] if fits(each, Role.TITLE) and is_prose(each))
        if column := next(prose, None):
            chosen[Role.TITLE] = column
    if _IDENTIFYING.isdisjoint(chosen):
        todo = f"name one with --column title=COLUMN; the columns are {', '.join(map(quoted, columns))}"
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
