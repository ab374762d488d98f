from pathlib import Path

import pytest

from statements import for_each


@for_each("number, square", [(1, 1), (2, 5), (3, 9), (4, 15)])
def squares(number: int, square: int) -> None:
    assert number**2 == square


def test_every_row_that_fails_is_named() -> None:
    with pytest.raises(ExceptionGroup, match="2 of 4 rows") as caught:
        squares()
    assert [each.__notes__ for each in caught.value.exceptions] == [
        ["number, square = (2, 5)"],
        ["number, square = (4, 15)"],
    ]


@for_each("name", ["home", "work"])
def test_fixtures_are_given_to_each_row(name: str, tmp_path: Path) -> None:
    assert (tmp_path / name).is_dir()


@for_each("left", [1, 2])
@for_each("right", [3, 2])
def products(left: int, right: int) -> None:
    assert left * right != 4


def test_two_tables_are_tried_with_each_other() -> None:
    with pytest.raises(ExceptionGroup) as caught:
        products()
    (within,) = caught.value.exceptions
    assert within.__notes__ == ["left = 2"]
    assert isinstance(within, ExceptionGroup)
    assert [each.__notes__ for each in within.exceptions] == [["right = 2"]]


def test_a_table_without_rows_is_refused() -> None:
    with pytest.raises(AssertionError):
        for_each("name", [])
