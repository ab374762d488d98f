from collections.abc import Iterable

import pytest
from pydantic_core import ErrorDetails

from pathtrack.errors import FileError
from pathtrack.file import diagnosis
from pathtrack.file.document import Document
from samples import cases
from statements import for_each

BROKEN = cases("broken.txt")


@for_each("title, case", BROKEN)
def test_what_is_wrong_is_said_in_one_line(title: str, case: str) -> None:  # noqa: ARG001 names the case
    text, _, message = case.rpartition("--->\n")
    with pytest.raises(FileError) as caught:
        Document.read(text.encode(), name="f.toml")
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


@pytest.mark.parametrize(("name", "kind"), [("Recs.CSV", "CSV"), ("recs.tsv", "TSV")])
def test_a_table_given_for_a_tracker_is_imported(name: str, kind: str) -> None:
    with pytest.raises(FileError) as caught:
        Document.read(b"Recommendation,Status\n", name=name)
    message = f"this is a {kind} file, not a tracker ({name}); import it with 'pathtrack import {name}'"
    assert str(caught.value) == message


@pytest.mark.parametrize("begin", ["x = 1.1.1 ", "x ", "=", "= [ "])
def test_a_long_line_of_blanks_is_read_once(begin: str) -> None:
    """To try every way to part these blanks would take hours."""
    text = begin + " " * 200_000 + "[ " * 100_000
    assert str(diagnosis.unreadable(text, "no idea at line 1 column 9", name="f")).endswith(
        "correct that line"
    )


def test_of_very_many_faults_the_first_are_counted() -> None:
    """A million updates without a key were gigabytes of faults."""
    updates = "[[update]]\n" * 1_500 + "[[update]]\nstate = 'stalled'\n" * 600
    with pytest.raises(FileError) as caught:
        Document.read(f'[report]\ntitle = "T"\n{updates}'.encode(), name="f.toml")
    todo = "add it (more than 2999 more problems in the file)"
    assert str(caught.value) == f"'date' is missing in update 1 (f.toml:3); {todo}"


def test_a_fault_far_down_has_its_number_and_line() -> None:
    updates = '[[update]]\ndate = 2025-01-01\nby = "A"\nrecommendations = ["D1"]\nnote = "N"\n' * 2_500
    with pytest.raises(FileError) as caught:
        Document.read(f'[report]\ntitle = "T"\n{updates}state = 1\n'.encode(), name="f.toml")
    assert str(caught.value).startswith("unknown key 'state' in update 2500 (f.toml:12503); did you mean")


MANY = "".join(f"k{number} = 1\n" for number in range(300))


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (MANY, "unknown key 'k0' in update 1 (f.toml:8)"),
        (f"actors = [{'1, ' * 300}]\n", "'actors' 1 of update 1 must be text in quotes (f.toml:8)"),
        (f"[[update.evidence]]\n{MANY}", "unknown key 'k0' in evidence 1 of update 1 (f.toml:9)"),
        (
            f'[[recommendation]]\nid = "A"\narea = "a"\ntitle = "t"\n[recommendation.source]\n{MANY}',
            "'k0' of 'source' of recommendation 1 must be text in quotes (f.toml:13)",
        ),
    ],
)
def test_of_very_many_faults_of_one_value_a_few_are_looked_at(
    more: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each takes a kilobyte: a million wrong items of a list were a gigabyte."""
    looked, invalid = list[int](), diagnosis.invalid

    def counted(faults: Iterable[ErrorDetails], text: str, *, name: str, is_all: bool) -> FileError:
        looked.append(len([*(faults := [*faults])]))
        return invalid(faults, text, name=name, is_all=is_all)

    monkeypatch.setattr(diagnosis, "invalid", counted)
    update = '[[update]]\ndate = 2025-01-01\nby = "A"\nrecommendations = ["D1"]\nnote = "n"\n'
    with pytest.raises(FileError) as caught:
        Document.read(f'[report]\ntitle = "T"\n{update}{more}'.encode(), name="f.toml")
    assert str(caught.value).startswith(message)
    assert looked[0] <= 101
