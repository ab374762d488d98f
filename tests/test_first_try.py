"""Tables of other bodies at the first try: every row is a recommendation, or named as left out."""

from pathlib import Path

import pytest

from conftest import Run
from counted import counted
from pathtrack.file import store
from samples import DATA

FOLDER = DATA / "import" / "first-try"
TABLES = {
    "nz-promises.csv": (
        {"implemented": 3, "in-progress": 1, "not-started": 1, "partial": 2},
        "title promise, area area, actor party, status status, link sourceUrl, note statusReason, id id",
    ),
    "ot-commitments.csv": (
        {"stalled": 2, "in-progress": 2, "implemented": 2},
        "title name_en, area category_en, status status",
    ),
    "kr-promises.csv": (
        {"implemented": 1},
        "summary 공약내용, area 공약구분, status 이행상태, link 근거링크, date 확인일, note 비고",
    ),
    "es-compromisos.csv": (
        {"implemented": 2, "in-progress": 2},
        (
            "id numero, title titulo, summary desc, area categoria, status porcentaje_completado, "
            "link url_interna"
        ),
    ),
    "fr-engagements.json": (
        {"not-started": 2, "implemented": 1},
        "id id, title title, summary details.description, area category, status status",
    ),
    "de-massnahmen.json": (
        {"not-started": 2, "in-progress": 1},
        "id id, title titel, summary beschreibung, area cluster, tag tags, status status, note notiz",
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_public_table_is_read_without_options(name: str, run: Run) -> None:
    statuses, columns = TABLES[name]
    told = run("import", FOLDER / name, "--dry-run").err
    assert run("import", FOLDER / name).code == 0
    (shown,) = (line for line in told.splitlines() if line.startswith("columns: "))
    given = (each.split(" from ") for each in shown.removeprefix("columns: ").split(", "))
    assert {f"{role} {column.strip(chr(39))}" for role, column in given} == set(columns.split(", "))
    tracker = Path("recommendations.toml")
    assert counted(FOLDER / name, tracker, told).lost == 0
    found = [each.status for each in store.load(tracker).updates if each.status]
    assert {status: found.count(status) for status in found} == statuses


@pytest.mark.parametrize("name", ["gao.csv", "plan.csv"])
def test_rows_are_recommendations_or_named(name: str, run: Run) -> None:
    preset = ["--preset", "gao"] if name == "gao.csv" else ["--date-format", "dmy", "--scheme", "ogp"]
    told = run("import", DATA / "import" / name, *preset, "--title", "T", "--dry-run").err
    assert run("import", DATA / "import" / name, *preset, "--title", "T").code == 0
    assert counted(DATA / "import" / name, Path("recommendations.toml"), told).lost == 0
