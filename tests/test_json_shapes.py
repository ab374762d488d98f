"""A promise: the JSON of each command has these keys and no others."""

import json
import re
import shlex
from pathlib import Path

import pytest
from typer.main import get_group

from conftest import DATA, Run, run_git
from pathtrack.cli import app
from samples import HOSTILE, SMALL
from statements import for_each
from test_blank import commands

MOMENT = re.compile(r"(?<=\nrecorded = )\S+")
COUNTS = "total assessed with_evidence by_status"
EIGHT = "not-assessed not-started in-progress partial implemented stalled not-implemented reversed"
LISTED = (
    "id part_of area title ref status confidence since last_update last_judged updates evidence actors tags "
    "ongoing due first_due moved overdue parts"
)
ROW = {
    "recommendations.actors": "name status since response",
    "recommendations.parts": "ids total by_status",
    "recommendations.parts.by_status": EIGHT,
}
UPDATE = (
    "id date recorded by recommendations actors status confidence response due note searched corrects "
    "reason typed_by evidence"
)
EVIDENCE = "title publisher url date kind archive quote locator lang via"

SHAPES = {
    "list --search the": {
        "": "recommendations",
        "recommendations": f"{LISTED} found",
        "recommendations.found": "where excerpt",
        **ROW,
    },
    "show W1 E1": {
        "": "recommendations",
        "recommendations": f"{LISTED} summary done_when source history records corrected",
        **ROW,
        "recommendations.history": "date status by",
        "recommendations.records": UPDATE,
        "recommendations.records.evidence": EVIDENCE,
    },
    "progress": {
        "": f"{COUNTS} by_response parts areas",
        "by_response": "",
        "by_status": EIGHT,
        "parts": "total by_status",
        "parts.by_status": EIGHT,
        "areas": f"area {COUNTS}",
        "areas.by_status": EIGHT,
    },
    "timeline": {"": "updates", "updates": UPDATE, "updates.evidence": EVIDENCE},
    "changes --since 2024-01-01": {
        "": "since until changes corrected late",
        "changes": "id from to updates evidence notes",
    },
    "compare": {
        "": "recommendations",
        "recommendations": "id judgements",
        "recommendations.judgements": "by status date",
    },
    "check": {"": "errors warnings findings", "findings": "code severity message file line"},
    "statuses": {"": "statuses", "statuses": "status meaning wants gao csc ogp"},
}


@pytest.mark.usefixtures("here")
@for_each("command", SHAPES)
def test_the_keys_of_every_object_are_pinned(command: str, run: Run) -> None:
    shown = json.loads(run(*shlex.split(command), "--json").out)
    expected = dict(SHAPES[command])
    expected[""] = f"schema file as_of {expected['']}"
    assert {path: keys for path, keys in _keys(shown).items() if not path.endswith("source")} == {
        path: {keys} for path, keys in expected.items()
    }


@pytest.mark.usefixtures("parts")
@pytest.mark.parametrize(
    ("command", "shape"),
    [
        ("list --parts --search the", SHAPES["list --search the"]),
        (
            "progress --by-year",
            {"": "years", "years": f"total year updates {COUNTS[6:]}", "years.by_status": EIGHT},
        ),
        ("show F1 F1.a", SHAPES["show W1 E1"]),
        (
            "progress --by-response",
            {
                **SHAPES["progress"],
                "by_response": "noted several none",
                **{f"by_response.{answer}": EIGHT for answer in ("noted", "several", "none")},
            },
        ),
        (
            "list --whose-move",
            {
                "": "actors recommendations",
                "actors": "name recommendations",
                "recommendations": LISTED,
                **ROW,
            },
        ),
    ],
)
def test_the_keys_of_actors_parts_and_answers_are_pinned(
    command: str, shape: dict[str, str], run: Run
) -> None:
    told = json.loads(run(*shlex.split(command), "--json").out)
    expected = {**shape, "": f"schema file as_of {shape['']}"}
    assert {path: keys for path, keys in _keys(told).items() if not path.endswith("source")} == {
        path: {keys} for path, keys in expected.items()
    }


CHANGE = "written text recommendations updates warnings"
CHANGES = {
    "update W1 --note Seen": (1, 1, 'note = "Seen"\n'),
    "correct W1 --note Seen --reason Typo": (1, 1, 'reason = "Typo"\n'),
    "withdraw W1 --reason Typo": (1, 1, 'reason = "Typo"\n'),
    "add W7 --area water --title Dig": (1, 0, 'title = "Dig"\n'),
    "rename W1 W7": (1, 0, 'id = "W7"\nformerly = ["W1"]\n'),
    "edit W1 --ref p.3": (1, 0, 'ref = "p.3"\n'),
}
"""Commands that change the tracker, how many recommendations and updates that is about, and a text of it."""


@pytest.mark.parametrize("command", CHANGES)
def test_what_a_command_changed_is_one_object(command: str, here: Path, run: Run) -> None:
    recommendations, updates, text = CHANGES[command]
    before = here.read_bytes()
    outcome = run(*shlex.split(command), "--dry-run", "--json")
    would, name = json.loads(outcome.out), command.split(maxsplit=1)[0]
    assert (outcome.code, outcome.err, here.read_bytes()) == (0, "", before)
    assert [*would] == ["schema", "file", "as_of", *CHANGE.split()]
    assert (would["schema"], would["file"]) == (f"pathtrack.{name}/1", str(here))
    assert (would["written"], len(would["recommendations"]), len(would["updates"])) == (
        *(False, recommendations, updates),
    )
    assert text in would["text"]
    shapes = {**_keys(would)}
    assert {key: {*shapes[key]} for key in shapes if key in {"recommendations", "updates"}} == {
        **({"recommendations": {LISTED}} if recommendations else {}),
        **({"updates": {UPDATE}} if updates else {}),
    }
    done = json.loads(run(*shlex.split(command), "--json").out)
    assert done["written"]
    assert here.read_bytes() != before
    for each in (*would["updates"], *done["updates"]):  # the second in which it was typed in is part of it
        del each["id"], each["recorded"]
    assert done["recommendations"] == would["recommendations"]
    assert done["updates"] == would["updates"]


def test_what_undo_removed_is_one_object(here: Path, run: Run) -> None:
    added = json.loads(run("update", "W1", "--status", "partial", "--json").out)
    assert added["warnings"] == [
        "partial wants evidence, and a note on what is missing; add it with another update"
    ]
    assert [each["status"] for each in added["recommendations"]] == ["partial"]
    removed = json.loads(run("undo", "--json").out)
    assert (removed["updates"], removed["text"]) == (added["updates"], added["text"])
    assert [each["status"] for each in removed["recommendations"]] == ["reversed"]
    assert here.read_bytes() == SMALL


@pytest.mark.usefixtures("here")
def test_a_correction_that_is_about_something_else_names_both(run: Run) -> None:
    told = json.loads(run("correct", "W1", "--recommendation", "E1", "--reason", "Other", "--json").out)
    assert [each["id"] for each in told["recommendations"]] == ["E1", "W1"]


def test_what_init_and_import_would_write_is_one_object(run: Run) -> None:
    told = json.loads(run("init", "--blank", "--title", "T", "--dry-run", "--json").out)
    assert [*told] == ["schema", "file", "as_of", "written", "text"]
    Path("t.csv").write_text("id,title,area,status,date\nA1,One,a,partial,2025-01-01\n,,,,\nA2,,a,,\n")
    before = [*Path().iterdir()]
    would = json.loads(run("import", "t.csv", "--dry-run", "--json").out)
    assert before == [*Path().iterdir()]
    done = json.loads(run("import", "t.csv", "--json").out)
    for found in (would, done):
        assert [*found] == ["schema", "file", "as_of", *CHANGE.split(), "rows", "not_imported", "remarks"]
        assert found["rows"] == {"imported": 1, "unchanged": 0, "empty": 1, "not_imported": 1}
        assert [each["line"] for each in found["not_imported"]] == [4]
        assert [each["id"] for each in found["recommendations"]] == ["A1"]
        assert len(found["updates"]) == 1
    text = Path("recommendations.toml").read_text(encoding="utf-8")
    assert MOMENT.sub("", text) == MOMENT.sub("", would["text"])
    again = json.loads(run("import", "t.csv", "--json").out)
    assert (again["updates"], again["rows"]["unchanged"], again["written"]) == ([], 1, False)
    assert (would["written"], done["written"]) == (False, True)


def test_what_git_does_is_one_object(here: Path, run: Run) -> None:
    run_git("init", "-q")
    installed = json.loads(run("git", "install", "--json").out)
    told = json.loads(run("git", "status", "--json").out)
    assert told == installed
    assert [*told][3:] == ["installed", "in_conflict"]
    assert (told["file"], told["in_conflict"], here.exists()) == (None, [], True)
    assert "merge.pathtrack.driver" in told["installed"]


@pytest.mark.usefixtures("parts")
def test_what_is_published_and_asked_is_named(run: Run) -> None:
    for path, number in (("status.md", 1), ("site", 20)):
        told = json.loads(run("export", path, "--json", "--as-of", "2025-06-30").out)
        assert [*told] == ["schema", "file", "as_of", "files"]
        assert told["as_of"] == "2025-06-30"
        assert len(told["files"]) >= number
        assert all(Path(each).is_file() for each in told["files"])
    told = json.loads(run("ask", "ministry", "--json").out)
    assert [*told] == ["schema", "file", "as_of", "form", "actor", "recommendations"]
    assert told["form"] == str(Path("ask.xlsx").resolve())
    assert told["recommendations"][0] in run("list", "--actor", "ministry").out
    refusal = "--json lists the files that are written; give a path, or --format json alone"
    assert run("export", "--json").refused(2) == refusal


def test_every_command_that_prints_json_is_documented_and_pinned() -> None:
    documented = (Path(__file__).parents[1] / "docs" / "json.md").read_text(encoding="utf-8")
    takes = {name for name, json_ in commands(get_group(app)) if json_}
    assert {name for name in takes if f"`{name}`" not in documented} == set()
    pinned = {command.split()[0] for command in (*SHAPES, *CHANGES)} | {
        "undo",
        "init",
        "import",
        "git status",
        "git install",
        "export",
        "ask",
    }
    assert takes - pinned == {"cite", "archive"}  # they need the network: see their own tests


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("command", "schema", "shape"),
    [
        (
            "progress",
            "pathtrack.reports/1",
            {
                "": f"reports unreadable {COUNTS}",
                "by_status": EIGHT,
                "reports": f"file title {COUNTS}",
                "reports.by_status": EIGHT,
            },
        ),
        (
            "list --search the",
            "pathtrack.lists/1",
            {
                "": "total reports unreadable",
                "reports": "file title total recommendations",
                **{f"reports.{path}": keys for path, keys in SHAPES["list --search the"].items() if path},
            },
        ),
    ],
)
def test_the_keys_of_several_reports_are_pinned(
    command: str, schema: str, shape: dict[str, str], run: Run
) -> None:
    Path("broken.toml").write_text("x", encoding="utf-8")
    parts = str(DATA / "parts.toml")
    outcome = run(*shlex.split(command), "recommendations.toml", parts, "broken.toml", "--json")
    assert json.loads(outcome.out)["schema"] == schema
    expected = {**shape, "": f"schema file as_of {shape['']}", "unreadable": "file error"}
    assert outcome.code == 3
    assert {path: keys for path, keys in _keys(json.loads(outcome.out)).items() if path[-6:] != "source"} == {
        path: {keys} for path, keys in expected.items()
    }


@pytest.mark.usefixtures("parts")
def test_an_update_is_about_what_it_names_and_not_about_its_parts(run: Run) -> None:
    told = json.loads(run("update", "F1", "--note", "Seen.", "--json").out)
    (found,) = told["recommendations"]
    assert (found["id"], found["parts"]["ids"]) == ("F1", ["F1.a", "F1.b", "F1.c"])


@pytest.mark.usefixtures("here")
def test_a_record_says_why_it_corrects_and_who_typed_it(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATHTRACK_AUTHOR", "A Typist")
    told = json.loads(run("correct", "W1", "--note", "Seen.", "--reason", "A slip.", "--json").out)
    (record,) = told["updates"]
    assert (record["reason"], record["typed_by"]) == ("A slip.", "A Typist")
    assert record["by"] != "A Typist"


@pytest.mark.usefixtures("here")
def test_a_replaced_source_is_among_the_warnings(run: Run) -> None:
    run("update", "W1", "--evidence", "https://example.org/a")
    found = json.loads(
        run("correct", "W1", "--evidence", "https://example.org/b", "--reason", "It", "--json").out
    )
    assert "this replaces the only source; give --source new to keep both" in found["warnings"]


@pytest.mark.usefixtures("parts")
def test_what_json_says_of_a_part_and_its_whole(run: Run) -> None:
    run("rename", "F1", "Q1")
    found = json.loads(run("list", "--parts", "--json").out)["recommendations"]
    rows = {each["id"]: each for each in found}
    assert [rows[each]["part_of"] for each in ("Q1", "F1.a", "F1.c")] == [None, "Q1", "Q1"]
    assert [rows[each]["area"] for each in ("Q1", "F1.a", "F1.c")] == ["floods", "floods", "data"]
    assert {name: number for name, number in rows["Q1"]["parts"]["by_status"].items() if number} == {
        "implemented": 1,
        "in-progress": 1,
        "not-assessed": 1,
    }
    assert [rows["Q1"][name] for name in ("due", "first_due", "moved", "overdue", "confidence")] == [
        *("2026-12", "2024", 2, False, "medium"),
    ]
    assert rows["Q1"]["actors"] == [
        {"name": name, "status": "partial", "since": "2025-02-01", "response": answer}
        for name, answer in (("Ministry of Rivers", "accepted"), ("Coast Agency", "accepted-in-part"))
    ]


@for_each("command", SHAPES)
def test_every_object_says_what_it_is(command: str, here: Path, run: Run) -> None:
    shown = json.loads(run(*shlex.split(command), "--json").out)
    name = command.split(maxsplit=1)[0]
    assert shown["schema"] == f"pathtrack.{name}/1"
    assert shown["file"] == (None if name == "statuses" else str(here))
    assert shown["as_of"] == "2026-01-31"


@for_each("command", [each for each in SHAPES if each not in {"show W1 E1", "statuses"}])
def test_the_shipped_tracker_has_the_same_shape_and_no_path(command: str, run: Run) -> None:
    asked = ("--shipped",) if command == "check" else ()
    outcome = run(*shlex.split(command), *asked, "--json")
    shown = json.loads(outcome.out)
    assert shown["file"] is None
    assert [*shown] == ["schema", "file", "as_of", *SHAPES[command][""].split()]
    assert outcome.err.startswith("" if asked else "note: ")


@for_each("command", SHAPES)
def test_json_is_one_object_with_safe_text(command: str, here: Path, run: Run) -> None:
    escaped = "".join(f"\\u{ord(each):04x}" for each in HOSTILE)
    here.write_text(
        here.read_text(encoding="utf-8").replace('title = "', f'title = "{escaped}'), encoding="utf-8"
    )
    outcome = run(*shlex.split(command), "--json")
    assert isinstance(json.loads(outcome.out), dict)
    assert not set(outcome.out) & set(HOSTILE)
    assert outcome.err == ""


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    "arguments", [["--color", "always"], ["--color", "never"]], ids=lambda arguments: arguments[1]
)
def test_colour_leaves_json_alone(arguments: list[str], run: Run) -> None:
    assert run("list", "--json", *arguments).out == run("list", "--json").out


@pytest.mark.usefixtures("here")
def test_korean_stays_readable_in_json(run: Run) -> None:
    assert "부두의 물을 깨끗하게 유지한다" in run("list", "--json").out


def _keys(value: object, path: str = "") -> dict[str, set[str]]:
    """Return for each kind of object the key lists that occur, joined by spaces."""
    found: dict[str, set[str]] = {}
    inner: list[tuple[str, object]] = []
    if isinstance(value, dict):
        found[path] = {" ".join(value)}
        inner = [(f"{path}.{name}".removeprefix("."), each) for name, each in value.items()]
    elif isinstance(value, list):
        inner = [(path, each) for each in value]
    for name, each in inner:
        for deeper, keys in _keys(each, name).items():
            found.setdefault(deeper, set()).update(keys)
    return found
