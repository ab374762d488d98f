"""Tables of other bodies at the first try: every row is a recommendation, or named as left out."""

import re
from pathlib import Path

import pytest

from conftest import Run
from pathtrack.file import store
from samples import DATA

FOLDER = DATA / "import" / "first-try"
TABLES = {
    "nz-promises.csv": ({"implemented": 3, "in-progress": 1, "not-started": 1, "partial": 2}, "promise"),
    "ot-commitments.csv": ({"stalled": 2, "in-progress": 2, "implemented": 2}, "name_en"),
    "kr-promises.csv": ({"implemented": 1}, "공약내용"),
}


def named(err: str) -> set[int]:
    """Return the lines that an import names as left out, or as taken together with others."""
    found = re.findall(r"^lines? ([\d, -]+)(?: w(?:as|ere) not imported|: about the same)", err, re.MULTILINE)
    numbers: set[int] = set()
    for each in ", ".join(found).split(", "):
        first, _, last = each.partition("-")
        numbers |= {*range(int(first), int(last or first) + 1)} if each else set()
    return numbers


@pytest.mark.parametrize("name", TABLES)
def test_a_public_table_is_read_without_options(name: str, run: Run) -> None:
    statuses, title = TABLES[name]
    outcome = run("import", FOLDER / name)
    assert outcome.code == 0
    assert f" from '{title}'" in outcome.err
    tracker = store.load(Path("recommendations.toml"))
    rows = (FOLDER / name).read_text(encoding="utf-8").count("\n") - 1
    assert len(tracker.recommendations) + len(named(outcome.err)) == rows
    found = [each.status for each in tracker.updates if each.status]
    assert {status: found.count(status) for status in found} == statuses


@pytest.mark.parametrize("name", ["gao.csv", "plan.csv"])
def test_rows_are_recommendations_or_named(name: str, run: Run) -> None:
    preset = ["--preset", "gao"] if name == "gao.csv" else ["--date-format", "dmy", "--scheme", "ogp"]
    outcome = run("import", DATA / "import" / name, *preset, "--title", "T")
    tracker = store.load(Path("recommendations.toml"))
    (rows,) = re.findall(r" from (\d+) rows", outcome.out)
    assert len(tracker.recommendations) + len(named(outcome.err)) == int(rows)
