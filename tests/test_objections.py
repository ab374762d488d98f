import pytest

from pathtrack.errors import UsageError
from pathtrack.record import objections
from pathtrack.record.model import Report, Update
from samples import day
from statements import for_each

SAYING = ("status", "response", "due", "note", "evidence", "searched")


@for_each(
    "fields, message",
    [
        ({"note": ""}, "'note' must not be empty; correct it"),
        ({"by": "a\nb", "note": "n"}, "'by' must be on one line; correct it"),
        ({"note": "n" * 100_001}, "'note' is longer than 100000 characters; shorten it"),
        ({}, f"an update needs at least one of {', '.join(map(repr, SAYING))}; correct it"),
        ({"searched": ["a", ""]}, "'searched' 2 must not be empty; correct it"),
        ({"searched": ["a\nb"]}, "'searched' 1 must be on one line; correct it"),
        ({"searched": ["a" * 2_001]}, "'searched' 1 is longer than 2000 characters; shorten it"),
        ({"confidence": "high"}, "'confidence' needs a 'status'; correct it"),
        ({"note": " \n"}, "'note' must not be empty; correct it"),
    ],
)
def test_a_bad_value_of_the_command_line_is_a_wrong_usage(fields: dict[str, object], message: str) -> None:
    given = {"date": day("2025-01-24"), "by": "Ana", "recommendations": ["D1"], **fields}
    with pytest.raises(UsageError) as caught:
        objections.build(Update, given)
    assert str(caught.value) == message


def test_a_long_wrong_value_is_not_repeated_whole() -> None:
    with pytest.raises(UsageError) as caught:
        objections.build(Report, {"title": "t", "z" * 500: 1})
    assert len(str(caught.value)) < 200


def test_good_values_make_what_they_are_for() -> None:
    assert objections.build(Report, {"title": "t"}) == Report(title="t")
