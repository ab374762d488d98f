"""The options of import that do not apply to what is imported."""

from collections.abc import Collection, Mapping

import typer

from pathtrack.errors import UsageError
from pathtrack.intake.heads import Role
from pathtrack.intake.reader import workbook
from pathtrack.intake.rules import Rules
from pathtrack.sheet import Shape

_OF_TABLES = (
    *("--column", "--preset", "--scheme", "--sheet", "--header-row", "--default-area", "--add-area", "--by"),
    *("--title", "--publisher", "--reason", "--save-profile"),
)
"""What a filled form says itself, or has nothing of."""
_OF_OTHERS = ("--scheme", "--save-profile")
"""What tables of our own need not be told: their words, unless a column is named, and their columns."""
_OF_CELLS: Mapping[str, Collection[Role]] = {
    "--map": (Role.STATUS, Role.RESPONSE),
    "--scheme": (Role.STATUS,),
    "--date-format": (Role.DATE, Role.DUE),
}
"""Which columns an option is about."""


def given(context: typer.Context) -> dict[str, object]:
    """Return the values of a command's options that somebody gave, by the names of the options."""
    values = {each.opts[0]: context.params.get(each.name or "") for each in context.command.params}
    return {name: value for name, value in values.items() if value}


def refuse_of_file(given: Mapping[str, object], data: bytes, *, is_form: bool, where: str) -> None:
    """Raise UsageError for an option that means nothing for a file."""
    if workbook.is_workbook(data):
        _refuse(given, ["--encoding"], "a workbook", where=where)
    if is_form:
        _refuse(given, _OF_TABLES, "a filled form", where=where)


def refuse_of_table(given: Mapping[str, object], how: Rules, *, where: str) -> None:
    """Raise UsageError for an option that means nothing for a table that is read so."""
    if how.shape is not Shape.UPDATES:
        _refuse(given, ["--reason"], "this table: only our own table of updates has corrections", where=where)
    if how.shape:
        # Such as the one that an export with --scheme adds.
        named = {"--scheme"} if "--column" in given else set()
        _refuse(given, {*_OF_OTHERS} - named, "a table of our own", where=where)
        return
    for option, roles in _OF_CELLS.items():
        if how.columns.keys().isdisjoint(roles):
            names = " or ".join(roles)
            _refuse(given, [option], f"a table without a column for {names}", where=where)


def _refuse(given: Mapping[str, object], options: Collection[str], what: str, *, where: str) -> None:
    """Raise UsageError for the first of some options that is given, since it means nothing for `what`."""
    if option := next((each for each in given if each in options), None):
        raise UsageError(f"{option} means nothing for {what}", where=where, todo="leave it out")
