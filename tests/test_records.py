"""Lists of records in JSON as sheets of cells."""

import json
from pathlib import Path

import pytest

from conftest import Run
from pathtrack.errors import FileError
from pathtrack.file import store
from pathtrack.intake.reader import records


def cells(given: object) -> list[tuple[str, ...]]:
    (found,) = records.sheets(json.dumps(given), name="t.json")
    return [row.cells for row in found.rows]


def test_objects_within_records_have_columns_of_their_own() -> None:
    assert cells([{"id": 1, "more": {"due": "2027", "who": ["A", "B"]}}, {"more": {"due": None}}]) == [
        ("id", "more.due", "more.who"),
        ("1", "2027", "A; B"),
        (),
    ]


def test_links_are_written_as_in_markdown() -> None:
    links = [{"name": "A [page]", "url": "https://a.example/\n"}, {"url": "https://b.example/"}]
    assert cells([{"links": links, "source": links[0], "what": [{"a": 1}]}])[1] == (
        "[A (page)](https://a.example/)\nhttps://b.example/",
        "[A (page)](https://a.example/)",
        '[{"a": 1}]',
    )


def test_each_list_of_records_is_a_sheet() -> None:
    text = json.dumps({"about": {"a": 1}, "words": ["x"], "who": [{"id": 1}], "what": [{"id": 2}]})
    assert [each.name for each in records.sheets(text, name="t.json")] == ["who", "what"]


@pytest.mark.parametrize(
    "text", ['[{"id": 1, "status": "done", "status": "open"}]', '{"a": [{"b": 1}], "a": []}']
)
def test_a_key_that_stands_twice_is_refused(text: str) -> None:
    with pytest.raises(
        FileError, match=r"a record has '(status|a)' twice \(t\.json\); leave one of them out"
    ):
        records.sheets(text, name="t.json")


def test_the_list_with_the_most_known_keys_is_read_and_others_are_named(run: Run) -> None:
    parties = [{"id": "a", "name": "A"}]
    policies = [{"id": "p1", "title": "One\r\nmore", "status": "done", "note": "a\r\nb"}]
    Path("t.json").write_text(json.dumps({"parties": parties, "policies": policies}), encoding="utf-8")
    outcome = run("import", "t.json", "--file", "n.toml")
    assert outcome.err.startswith("t.json: 1 row, UTF-8, JSON, list 'policies'; --sheet reads 'parties'\n")
    (found,) = store.load(Path("n.toml")).recommendations
    assert (found.id, found.source["note"]) == ("p1", "a\nb")
    assert run("import", "t.json", "--sheet", "parties", "--file", "m.toml").code == 0
    assert [each.id for each in store.load(Path("m.toml")).recommendations] == ["a"]


def test_a_key_that_a_record_lacks_makes_no_cell(here: Path, run: Run) -> None:
    """A thousand records with a key each made a million cells."""
    given = [{"id": f"R{number}", "title": f"Do {number}", f"k{number}": 1} for number in range(3)]
    Path("t.json").write_text(json.dumps([*given, {"id": "R0", "k1": 2}]), encoding="utf-8")
    here.unlink(missing_ok=True)
    assert run("import", "t.json", "--by", "A").code == 0
    found = [each.source for each in store.load(here).recommendations]
    assert found[0] == {"id": "R0", "title": "Do 0", "k0": "1", "k1": "2"}
    assert found[1:] == [{key: str(value) for key, value in each.items()} for each in given[1:]]


def test_more_columns_than_a_spreadsheet_has_are_refused() -> None:
    with pytest.raises(FileError, match="1 records with 16,385 different keys"):
        records.sheets(json.dumps([{f"k{number}": 1 for number in range(16_385)}]), name="t.json")
