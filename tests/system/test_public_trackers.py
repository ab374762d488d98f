"""Trackers of other bodies, rebuilt from their published tables: see data/trackers/README.md."""

import csv
import html
import io
import json
import re
from collections import Counter
from pathlib import Path

import pytest

from conftest import Run
from pathtrack.record.status import Status
from samples import DATA

TRACKERS = DATA / "trackers"
TAIC_COLUMNS = {
    "title": "Inquiry title",
    "area": "Safety Issue",
    "actor": "Recipient",
    "ref": "Inquiry",
    "date": "Closed",
    "link": "Inquiry page",
}
PLAN_COLUMNS = {
    "id": "commitment_detail_sub_id",
    "area": "commitment_theme_name",
    "actor": "commitment_agency",
    "status": "commitment_status",
    "link": "Evidence",
}
WORDS = {
    "Closed acceptable": Status.IMPLEMENTED,
    "Closed superseded": Status.NOT_IMPLEMENTED,
    "Withdrawn": Status.NOT_IMPLEMENTED,
    "Open": Status.NOT_ASSESSED,
    "Unconfirmed": Status.NOT_ASSESSED,
}
TAIC: list[str | Path] = [
    TRACKERS / "taic.csv",
    *(f"--column={role}={name}" for role, name in TAIC_COLUMNS.items()),
    *(f"--map={word}={status}" for word, status in WORDS.items()),
    *("--date=2024-04-04", "--default-area=No issue named", "--by=TAIC"),
]
PLAN = "Fifth U.S. Open Government National Action Plan"
THEMES = {
    "Improve Access to Government Data, Research, and Information": 19,
    "Increase Civic Space to Engage the Public": 4,
    "Transform Government Service Delivery": 7,
    "Counter Corruption and Ensure Government Integrity and Accountability to the Public": 23,
    "Ensure Equal Justice Under the Law": 17,
}
GAO: list[str | Path] = [TRACKERS / "gao.csv", "--preset=gao", "--by=GAO"]
SOURCE = "https://example.org/later"


def plan(date: str) -> list[str | Path]:
    """Return how the plan's tracker of a day is imported."""
    columns = (f"--column={role}={name}" for role, name in PLAN_COLUMNS.items())
    return [TRACKERS / f"us-nap5-{date}.csv", *columns, "--scheme=ogp", f"--date={date}", "--by=GSA"]


def table(text: str) -> list[dict[str, str]]:
    """Return the rows of a CSV text."""
    return list(csv.DictReader(io.StringIO(text, newline="")))


def published(name: str, *, above: int = 0) -> list[dict[str, str]]:
    """Return the rows of a published table, without the lines above its header."""
    text = (TRACKERS / name).read_text(encoding="utf-8")
    return table("".join(text.splitlines(keepends=True)[above:]))


def counted(run: Run) -> dict[str, int]:
    """Count the recommendations of each status that there are any of."""
    found = json.loads(run("progress", "--json").out)["by_status"]
    return {status: number for status, number in found.items() if number}


def areas(run: Run) -> dict[str, int]:
    """Count the recommendations of each area, in the report's order."""
    return {each["area"]: each["total"] for each in json.loads(run("progress", "--json").out)["areas"]}


def assert_no_errors(run: Run) -> None:
    """Assert that the check has nothing worse to say than what a judgement wants."""
    outcome = run("check")
    assert outcome.code == 0
    assert outcome.out.splitlines()[-1].startswith("0 errors, ")


def assert_published(run: Run, *, number: int, headline: str, title: str) -> None:
    """Assert that every format of the report holds each recommendation once, in order, and a title."""
    by_area = [*areas(run)]
    assert run("export", "site").code == 0
    shown = json.loads(Path("site/tracker.json").read_text(encoding="utf-8"))["recommendations"]
    assert len({each["id"] for each in shown}) == len(shown) == number
    rows = table(Path("site/recommendations.csv").read_bytes().decode())
    assert [(row["id"], row["title"]) for row in rows] == [(each["id"], each["title"]) for each in shown]
    assert title in {row["title"] for row in rows}
    ids = [each["id"] for each in sorted(shown, key=lambda each: by_area.index(each["area"]))]
    status = Path("site/status.md").read_text(encoding="utf-8")
    assert f"**{headline}**" in status
    assert re.findall(r"^### (\S+): ", status, flags=re.MULTILINE) == ids
    page = Path("site/index.html").read_text(encoding="utf-8")
    assert [each for each in re.findall(r' id="([^"]+)"', page) if each in {*ids}] == ids
    assert html.escape(title) in page


# ---- the Transport Accident Investigation Commission of New Zealand ----


def test_354_rows_of_a_commission_are_imported_once(run: Run) -> None:
    outcome = run("import", *TAIC, "--title", "Recommendations")
    assert outcome.out.startswith("imported 348 recommendations and 334 updates from 354 rows: 352 imported,")
    assert "\nlines 53, 284 were not imported: no title\n" in outcome.err
    assert "\nlines 31, 35-36, 70: about the same recommendation as a row above, so taken" in outcome.err
    again = run("import", *TAIC)
    assert again.out.startswith(
        "imported 0 recommendations and 0 updates from 354 rows: 0 imported, 352 unchanged"
    )


def test_a_commissions_table_is_counted_as_it_counts(run: Run) -> None:
    run("import", *TAIC, "--title", "Recommendations")
    words = {row["Number"]: WORDS[row["Status"]] for row in published("taic.csv") if row["Inquiry"]}
    assert (
        counted(run)
        == Counter(words.values())
        == {"not-assessed": 218, "implemented": 126, "not-implemented": 4}
    )
    found = areas(run)
    assert list(found)[:3] == [
        "Risk Management",
        "Risk Management and Awareness and Education",
        "Infrastructure and equipment",
    ]
    assert (len(found), found["Risk Management"], found["No issue named"]) == (11, 18, 265)
    shown = {each["id"]: each for each in json.loads(run("list", "--json").out)["recommendations"]}
    assert [each["name"] for each in shown["012-21"]["actors"]] == ["KiwiRail", "NZTA"]
    assert shown["020-23"]["area"] == "Equipment"  # which only the second of its rows names
    closed = {
        row["Number"].replace("/", "-"): row["Closed"] for row in published("taic.csv") if row["Closed"]
    }
    assert len(closed) == 129
    assert {identifier: shown[identifier]["since"] for identifier in closed} == closed
    assert {each["last_update"] for name, each in shown.items() if name not in closed} <= {"2024-04-04", None}


def test_a_commissions_tracker_is_checked_updated_and_exported(run: Run) -> None:
    run("import", *TAIC, "--title", "Recommendations")
    assert_no_errors(run)
    done = run("update", "001-24", "--status", "partial", "--note", "Half.", "--evidence", SOURCE)
    assert done.out.startswith("001-24 not-assessed → partial;")
    assert_no_errors(run)
    assert counted(run) == {"not-assessed": 217, "partial": 1, "implemented": 126, "not-implemented": 4}
    headline = "126 of 348 recommendations implemented"
    own = {row["Number"].replace("/", "-"): row["Status"] for row in published("taic.csv") if row["Inquiry"]}
    rows = {row["id"]: row["status"] for row in table(run("export", "--format", "csv").out)}
    assert rows.items() <= {**{name: WORDS[word] for name, word in own.items()}, "001-24": "partial"}.items()
    title = "L71 Mainline Shunt, derailment and subsequent rollover, Tamaki, 1 June 2022"
    assert_published(run, number=348, headline=headline, title=title)


# ---- the open government plan of the United States ----


def test_a_plan_is_followed_from_one_day_to_another(run: Run) -> None:
    first = run("import", *plan("2024-03-15"), "--title", PLAN, "--strict")
    assert first.out.startswith("imported 70 recommendations and 50 updates from 70 rows: 70 imported,")
    assert counted(run) == {"not-assessed": 40, "not-started": 1, "in-progress": 10, "implemented": 19}
    second = run("import", *plan("2024-04-15"), "--strict")
    assert second.out.startswith(
        "imported 0 recommendations and 44 updates from 70 rows: 44 imported, 26 unchanged"
    )
    assert counted(run) == {"not-started": 1, "in-progress": 36, "implemented": 33}
    words = Counter(row["commitment_status"] for row in published("us-nap5-2024-04-15.csv"))
    assert words == {"Not Started": 1, "In Progress": 36, "Complete": 33}
    changes = json.loads(run("changes", "--since", "2024-03-16", "--json").out)["changes"]
    assert Counter((each["from"], each["to"]) for each in changes if each["from"] != each["to"]) == {
        ("not-assessed", "in-progress"): 26,
        ("not-assessed", "implemented"): 14,
    }
    assert [*areas(run).items()] == [*THEMES.items()]


def test_a_plan_is_checked_updated_and_exported(run: Run) -> None:
    run("import", *plan("2024-04-15"), "--title", PLAN)
    assert [*areas(run).items()] == [*THEMES.items()]
    assert_no_errors(run)
    done = run("update", "us0118.2", "--status", "in-progress", "--evidence", SOURCE, "--date", "2024-05-01")
    assert done.out.startswith("US0118.2 not-started → in-progress;")
    assert counted(run) == {"in-progress": 37, "implemented": 33}
    title = "Expand the Production, Dissemination, and Use of Equitable Data"
    assert_published(run, number=70, headline="33 of 70 recommendations implemented", title=title)
    assert "<br> Office of" not in Path("site/index.html").read_text(encoding="utf-8")
    assert "**in-progress** (OGP: Limited) since 1 May 2024" in run("export", "--scheme", "ogp").out


def test_a_plan_comes_back_in_its_own_words_while_nothing_newer_is_known(run: Run) -> None:
    run("import", *plan("2024-04-15"), "--title", PLAN)
    done = run("update", "us0118.2", "--status", "stalled", "--note", "Halted.", "--date", "2024-05-01")
    assert done.code == 0
    rows = {row["id"]: row["ogp"] for row in table(run("export", "--format", "csv", "--scheme", "ogp").out)}
    own = {
        row["commitment_detail_sub_id"]: row["commitment_status"].replace("In Progress", "Limited")
        for row in published("us-nap5-2024-04-15.csv")
    }
    assert rows == {**own, "US0118.2": "Limited"}
    before = run("export", "--format", "csv", "--scheme", "ogp", "--as-of", "2024-04-14").out
    assert {row["ogp"] for row in table(before)} == {""}


def test_a_plan_comes_back_from_its_csv_in_the_words_of_ogp(run: Run) -> None:
    run("import", *plan("2024-04-15"), "--title", PLAN)
    before = run("list").out.splitlines()
    run("export", "back.csv", "--scheme", "ogp")
    words = Counter(row["ogp"] for row in table(Path("back.csv").read_bytes().decode()))
    assert words == {"Not Started": 1, "Limited": 36, "Complete": 33}
    named = ["--column", "status=ogp", "--scheme", "ogp", "--by", "GSA", "--file", "back.toml"]
    assert run("import", "back.csv", *named, "--strict").code == 0
    after = run("list", "--file", "back.toml").out.splitlines()
    kept = (0, 1, 2, 3, 4, 6)  # all but the number of sources: the table has no addresses
    assert [[line.split("\t")[n] for n in kept] for line in after] == [
        [line.split("\t")[n] for n in kept] for line in before
    ]


# ---- the Government Accountability Office of the United States ----


@pytest.fixture
def _in_october(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATHTRACK_TODAY", "2026-10-01")


@pytest.mark.usefixtures("_in_october")
def test_a_true_export_of_gao_is_imported_checked_updated_and_exported(run: Run) -> None:
    outcome = run("import", *GAO, "--default-area", "No topic", "--title", "Open recommendations", "--strict")
    assert outcome.out.startswith("imported 24 recommendations and 3 updates from 26 rows: 26 imported,")
    assert "date of the updates, where a row gives none: 2026-09-28\n" in outcome.err
    assert counted(run) == {"not-assessed": 21, "partial": 3}
    found = areas(run)
    assert [*found][:2] == ["International Affairs", "Justice and Law Enforcement"]
    assert [*found][-2:] == ["No topic", "Business Regulation and Consumer Protection"]
    assert (len(found), found["International Affairs"], found["Information Security"]) == (13, 4, 4)
    assert_no_errors(run)
    done = run("update", "gao-26-108193-2", "--status", "implemented", "--evidence", SOURCE, "--kind", "law")
    assert done.out.startswith("GAO-26-108193-2 partial → implemented;")
    assert counted(run) == {"not-assessed": 21, "partial": 2, "implemented": 1}
    title = "Plan when the CHIPS R&D advisers meet again. (Recommendation 3)"
    assert_published(run, number=24, headline="1 of 24 recommendations implemented", title=title)
    rows = [row["Status"] for row in table(run("export", "--format", "csv", "--scheme", "gao").out)]
    assert Counter(rows) == {"Open": 21, "Open--Partially Addressed": 2, "Closed–Implemented": 1}


@pytest.mark.usefixtures("_in_october")
def test_a_true_export_of_gao_comes_out_as_it_went_in(run: Run) -> None:
    run("import", *GAO, "--default-area", "No topic")
    rows = table(run("export", "--format", "csv", "--scheme", "gao").out)
    source = published("gao.csv", above=5)
    joined = 0
    for row in rows:
        same = [each for each in source if each["Publication  Number"] == row["Publication Number"]]
        alike = [each for each in same if each["Recommendation"] == row["Recommendation"]]
        joined += len(alike)
        for column in ("Publication Name", "Date Publication Issued", "Agency", "Status", "Priority"):
            assert row[column] == "; ".join(dict.fromkeys(each[column] for each in alike))
    assert joined == len(source) == 26


@pytest.mark.usefixtures("_in_october")
def test_a_record_of_gao_without_a_topic_has_its_publication_for_an_area(run: Run) -> None:
    outcome = run("import", *GAO, "--strict")
    assert outcome.out.startswith("imported 24 recommendations and 3 updates from 26 rows: 26 imported,")
    (name,) = (row["Publication Name"] for row in published("gao.csv", above=5) if not row["Topics"])
    assert areas(run)[name] == 1
