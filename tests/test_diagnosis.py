import pytest

from pathtrack.errors import FileError, UsageError
from pathtrack.file import diagnosis, document
from pathtrack.record.model import Report, Update
from samples import cases, day

BROKEN = cases("broken.txt")

SAYING = ("status", "response", "due", "note", "evidence", "searched")


@pytest.mark.parametrize(("title", "case"), BROKEN, ids=[title for title, _ in BROKEN])
def test_what_is_wrong_is_said_in_one_line(title: str, case: str) -> None:  # noqa: ARG001 names the case
    text, _, message = case.rpartition("--->\n")
    with pytest.raises(FileError) as caught:
        document.parse(text.encode(), name="f.toml")
    begin, _, end = message.partition("...")
    assert str(caught.value).startswith(begin)
    assert str(caught.value).endswith(end)
    assert "..." in message or str(caught.value) == message
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("reason", "message"),
    [
        ("no idea at line 7 column 2", "not valid TOML: no idea (f.toml:7); correct that line"),
        ("no idea", "not valid TOML: no idea (f.toml); correct that line"),
        ("a\x1b[0m at line 1 column 1", "not valid TOML: a\\x1b[0m (f.toml:1); correct that line"),
    ],
)
def test_the_readers_reason_is_passed_on(reason: str, message: str) -> None:
    assert str(diagnosis.unreadable("a = 1", reason, name="f.toml")) == message


@pytest.mark.parametrize(
    ("line", "todo"),
    [
        ("title = \u201cOurs\u201d", 'put straight quotes (") around text'),
        ("areas = [ \u2018a\u2019 ]", 'put straight quotes (") around text'),
        ("due = 30.6.2025", "write a date as 2025-01-24"),
        ("due = 2025-6-30 # or so", "write a date as 2025-01-24"),
        ('title = "\u201cOurs\u201d of 30.6.2025', "correct that line"),
    ],
)
def test_what_word_processors_and_people_write_is_known(line: str, todo: str) -> None:
    with pytest.raises(FileError) as caught:
        document.parse(f"[report]\n{line}\n".encode(), name="f.toml")
    assert (caught.value.where, caught.value.todo) == ("f.toml:2", todo)


def test_a_table_given_for_a_tracker_is_imported() -> None:
    with pytest.raises(FileError) as caught:
        document.parse(b"Recommendation,Status\n", name="Recs.CSV")
    assert (
        str(caught.value) == "a table is no tracker (Recs.CSV); take it in with 'pathtrack import Recs.CSV'"
    )


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"note": ""}, "'note' must not be empty; correct it"),
        ({"by": "a\nb", "note": "n"}, "'by' must be on one line; correct it"),
        ({"note": "n" * 100_001}, "'note' is longer than 100000 characters; shorten it"),
        (
            {},
            f"an update needs at least one of {', '.join(map(repr, SAYING))}; correct it",
        ),
        ({"searched": ["a", ""]}, "'searched' 2 must not be empty; correct it"),
        ({"searched": ["a\nb"]}, "'searched' 1 must be on one line; correct it"),
        ({"searched": ["a" * 2_001]}, "'searched' 1 is longer than 2000 characters; shorten it"),
        ({"note": " \n"}, "'note' must not be empty; correct it"),
    ],
)
def test_a_bad_value_of_the_command_line_is_a_wrong_usage(fields: dict[str, object], message: str) -> None:
    given = {"date": day("2025-01-24"), "by": "Ana", "recommendations": ["D1"], **fields}
    with pytest.raises(UsageError) as caught:
        diagnosis.build(Update, given)
    assert str(caught.value) == message


def test_a_long_wrong_value_is_not_repeated_whole() -> None:
    with pytest.raises(UsageError) as caught:
        diagnosis.build(Report, {"title": "t", "z" * 500: 1})
    assert len(str(caught.value)) < 200


def test_good_values_make_what_they_are_for() -> None:
    assert diagnosis.build(Report, {"title": "t"}) == Report(title="t")
