"""Statements about many words, as one test each."""

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from inspect import Parameter, signature
from typing import ParamSpec

P = ParamSpec("P")


def for_each(names: str, rows: Iterable[object]) -> Callable[[Callable[P, None]], Callable[[], None]]:
    """Return a decorator by which a test holds for every row of a table, or names all rows that fail.

    It is pytest's parametrize as one test, for rows that leave nothing behind: a test of its own for each
    takes ten times as long as what most rows state.
    """
    split = [name.strip() for name in names.split(",")]
    table = [*rows]
    assert table

    def decorate(test: Callable[P, None]) -> Callable[[], None]:
        given = signature(test)
        others = [each for name, each in given.parameters.items() if name not in split]

        @wraps(test)
        def all_of_them(**fixtures: object) -> None:
            errors = []
            for row in table:
                try:
                    arguments = given.bind(**_named(split, row), **fixtures)
                    test(*arguments.args, **arguments.kwargs)
                except Exception as error:  # noqa: BLE001 whatever is wrong with one row, the next is tried
                    error.add_note(f"{names} = {row!r}")
                    errors.append(error)
            if errors:
                raise ExceptionGroup(f"{len(errors)} of {len(table)} rows", errors)

        vars(all_of_them)["__signature__"] = given.replace(
            parameters=[each.replace(kind=Parameter.KEYWORD_ONLY) for each in others]
        )
        return all_of_them

    return decorate


def _named(names: list[str], row: object) -> Mapping[str, object]:
    if len(names) == 1:
        return {names[0]: row}
    assert isinstance(row, tuple)
    return dict(zip(names, row, strict=True))
