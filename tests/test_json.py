import json
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from pathtrack.errors import UsageError
from pathtrack.record.corrections import update_id
from pathtrack.record.finding import Finding
from pathtrack.record.model import Tracker, Update
from pathtrack.record.status import Status
from pathtrack.show import json as payload
from samples import TODAY, recommendation, seen, tracked, update


def test_the_envelope_comes_first_and_holds_an_absolute_path() -> None:
    made = payload.envelope("list", file=Path("a.toml"), as_of=TODAY, content={"x": 1})
    assert made == {
        "schema": "pathtrack.list/1",
        "file": str(Path.cwd() / "a.toml"),
        "as_of": "2026-01-31",
        "x": 1,
    }
    assert [*made] == ["schema", "file", "as_of", "x"]


def test_the_shipped_tracker_has_no_path() -> None:
    assert payload.envelope("list", file=None, as_of=TODAY, content={})["file"] is None


def test_a_path_that_is_not_utf8_is_shown_with_escapes() -> None:
    made = payload.envelope("list", file=Path("/\udcff.toml"), as_of=TODAY, content={})
    assert json.loads(payload.text(made))["file"] == "/\\udcff.toml"


def test_text_shows_what_a_terminal_would_obey_as_escapes() -> None:
    assert payload.text({"a": ["é\x9b\u202e", 1, None, {}]}) == (
        '{\n  "a": [\n    "é\\u009b\\u202e",\n    1,\n    null,\n    {}\n  ]\n}'
    )


def test_a_list_has_one_object_for_each_recommendation(tracker: Tracker) -> None:
    first = json.loads(json.dumps(payload.listing(seen(tracker))))["recommendations"][0]
    assert first == {
        "id": "E1",
        "area": "energy",
        "title": "Bring shore power to every berth",
        "part_of": None,
        "ref": "Chapter 3, box 2",
        "status": "stalled",
        "confidence": None,
        "since": "2025-07-01",
        "last_update": "2025-07-01",
        "last_judged": "2025-07-01",
        "updates": 2,
        "evidence": 2,
        "actors": [
            {"name": name, "status": "stalled", "since": "2025-07-01", "response": None}
            for name in ("Port Authority", "Grid Company")
        ],
        "tags": [],
        "ongoing": False,
        "due": "2027-12-31",
        "first_due": "2027-12-31",
        "moved": 0,
        "overdue": False,
        "parts": {"ids": [], "total": 0, "by_status": dict.fromkeys(Status, 0)},
        "found": [],
    }


def test_what_is_absent_is_null_and_missing_lists_are_empty(tracker: Tracker) -> None:
    never = json.loads(json.dumps(payload.pages(seen(tracker))))["recommendations"][4]
    assert never == {
        "id": "2049",
        "area": "open data",
        "title": "Publish the waiting times of ships",
        "part_of": None,
        "ref": None,
        "status": "not-assessed",
        "confidence": None,
        "since": None,
        "last_update": None,
        "last_judged": None,
        "updates": 0,
        "evidence": 0,
        "actors": [],
        "tags": [],
        "ongoing": False,
        "due": None,
        "first_due": None,
        "moved": 0,
        "parts": {"ids": [], "total": 0, "by_status": dict.fromkeys(Status, 0)},
        "overdue": False,
        "summary": None,
        "done_when": None,
        "source": {},
        "history": [],
        "records": [],
        "corrected": [],
    }


def test_the_records_hold_every_update_as_it_was(tracker: Tracker) -> None:
    view = seen(tracker)
    shown = json.loads(json.dumps(payload.pages(view)))["recommendations"]
    for printed, standing in zip(shown, view.standings, strict=True):
        ids = [each.pop("id") for each in printed["records"]]
        read = TypeAdapter(tuple[Update, ...]).validate_json(json.dumps(printed["records"]))
        assert read == standing.updates
        assert ids == [update_id(each) for each in standing.updates]


def test_the_history_says_who_judged_what_and_when(tracker: Tracker) -> None:
    printed = json.loads(json.dumps(payload.pages(seen(tracker))))["recommendations"][1]
    assert printed["history"] == [
        {"date": "2025-03-10", "status": "implemented", "by": "Ana Lee"},
        {"date": "2025-03-10", "status": "partial", "by": "Second Reader"},
    ]


def test_pages_do_not_repeat_what_updates_about_many_are_about(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of an update about 10,000, 3,000 pages were 632 MB."""
    about = [f"R{number}" for number in range(10)]
    asked = [recommendation(each) for each in about]
    view = seen(tracked(*asked, update("2025-01-01", *about), update("2025-01-02", *about[:5])))
    monkeypatch.setattr(payload, "_MOST_NAMES", 10 * 10 + 5 * 5)
    assert len(str(payload.pages(view))) > 0
    monkeypatch.setattr(payload, "_MOST_NAMES", 10 * 10 + 5 * 5 - 1)
    with pytest.raises(UsageError, match="'pathtrack timeline --json' has each update once"):
        payload.pages(view)


def test_the_counts_name_all_eight_statuses(tracker: Tracker) -> None:
    printed = json.loads(json.dumps(payload.progress(seen(tracker))))
    assert (printed["total"], printed["assessed"], printed["with_evidence"]) == (6, 4, 5)
    assert [*printed["by_status"]] == [*Status]
    assert [each["area"] for each in printed["areas"]] == ["water", "energy", "open data"]
    for name in Status:
        assert printed["by_status"][name] == sum(each["by_status"][name] for each in printed["areas"])


def test_findings_are_counted_by_severity() -> None:
    found = [Finding((), "unknown-id", "b", line=7), Finding((), "c", "d")]
    assert payload.findings(found, file="f.toml") == {
        "errors": 1,
        "warnings": 1,
        "findings": [
            {"code": "unknown-id", "severity": "error", "message": "b", "file": "f.toml", "line": 7},
            {"code": "c", "severity": "warning", "message": "d", "file": "f.toml", "line": None},
        ],
    }


def test_the_statuses_come_with_their_crosswalk() -> None:
    printed = json.loads(json.dumps(payload.statuses()))["statuses"]
    assert [each["status"] for each in printed] == [*Status]
    assert printed[0] == {
        "status": "not-assessed",
        "meaning": "Nobody has judged it yet. Says nothing about the world. The default.",
        "wants": None,
        "gao": "Open",
        "csc": None,
        "ogp": None,
    }
