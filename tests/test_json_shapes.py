"""A promise: the JSON of each command has these keys and no others."""

import json
import shlex
from pathlib import Path

import pytest

from conftest import DATA, Run
from samples import HOSTILE

COUNTS = "total assessed with_evidence by_status"
EIGHT = "not-assessed not-started in-progress partial implemented stalled not-implemented reversed"
LISTED = (
    "id part_of area title ref status confidence since last_update last_judged updates evidence actors tags "
    "ongoing due first_due moved overdue parts"
)
ROW = {
    "recommendations.actors": "name status since response",
    "recommendations.parts": "total by_status",
    "recommendations.parts.by_status": EIGHT,
}
UPDATE = (
    "id date recorded by recommendations actors status confidence response due note searched corrects "
    "evidence"
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
        "": "since until changes corrected",
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
@pytest.mark.parametrize("command", SHAPES)
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


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("command", "shape"),
    [
        (
            "progress",
            {
                "": f"reports unreadable {COUNTS}",
                "by_status": EIGHT,
                "reports": f"file title {COUNTS}",
                "reports.by_status": EIGHT,
            },
        ),
        (
            "list --search the",
            {
                "": "total reports unreadable",
                "reports": "file title total recommendations",
                **{f"reports.{path}": keys for path, keys in SHAPES["list --search the"].items() if path},
            },
        ),
    ],
)
def test_the_keys_of_several_reports_are_pinned(command: str, shape: dict[str, str], run: Run) -> None:
    Path("broken.toml").write_text("x", encoding="utf-8")
    parts = str(DATA / "parts.toml")
    outcome = run(*shlex.split(command), "recommendations.toml", parts, "broken.toml", "--json")
    expected = {**shape, "": f"schema file as_of {shape['']}", "unreadable": "file error"}
    assert outcome.code == 3
    assert {path: keys for path, keys in _keys(json.loads(outcome.out)).items() if path[-6:] != "source"} == {
        path: {keys} for path, keys in expected.items()
    }


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


@pytest.mark.parametrize("command", SHAPES)
def test_every_object_says_what_it_is(command: str, here: Path, run: Run) -> None:
    shown = json.loads(run(*shlex.split(command), "--json").out)
    name = command.split(maxsplit=1)[0]
    assert shown["schema"] == f"pathtrack.{name}/1"
    assert shown["file"] == (None if name == "statuses" else str(here))
    assert shown["as_of"] == "2026-01-31"


@pytest.mark.parametrize("command", [each for each in SHAPES if each not in {"show W1 E1", "statuses"}])
def test_the_shipped_tracker_has_the_same_shape_and_no_path(command: str, run: Run) -> None:
    asked = ("--shipped",) if command == "check" else ()
    outcome = run(*shlex.split(command), *asked, "--json")
    shown = json.loads(outcome.out)
    assert shown["file"] is None
    assert [*shown] == ["schema", "file", "as_of", *SHAPES[command][""].split()]
    assert outcome.err.startswith("" if asked else "note: ")


@pytest.mark.parametrize("command", SHAPES)
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
