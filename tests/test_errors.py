import pytest

from pathtrack import errors


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (errors.PathtrackError("no such file"), "no such file"),
        (errors.PathtrackError("no such file", where="a.toml"), "no such file (a.toml)"),
        (
            errors.FileError("not valid TOML", where="a.toml:3", todo="correct it"),
            "not valid TOML (a.toml:3); correct it",
        ),
        (errors.UsageError("'x' is not a status", todo="known are y"), "'x' is not a status; known are y"),
    ],
)
def test_a_refusal_says_what_where_and_what_to_do(error: errors.PathtrackError, line: str) -> None:
    assert str(error) == line


@pytest.mark.parametrize(
    ("kind", "code"),
    [(errors.UsageError, 2), (errors.FileError, 3), (errors.UnknownRecommendationError, 4)],
)
def test_each_refusal_has_its_exit_code(kind: type[errors.PathtrackError], code: int) -> None:
    assert kind.exit_code == kind("what").exit_code == code
    assert issubclass(kind, errors.PathtrackError)
