"""A promise: what `pathtrack` offers in Python, and the schemas of its files."""

import datetime as dt
import importlib.resources
import re
import subprocess
import sys
from pathlib import Path

import pytest

import pathtrack
from pathtrack.export import data
from pathtrack.file import toml
from samples import DATA


def test_a_tracker_is_loaded_and_read_in_two_lines() -> None:
    tracker = pathtrack.load(str(DATA / "tracker.toml"))
    standings = pathtrack.standings(tracker, on=dt.date(2025, 3, 1))
    assert {each.recommendation.id: each.status for each in standings} == {
        "E1": pathtrack.Status.IN_PROGRESS,
        "E_10": pathtrack.Status.NOT_ASSESSED,
        "W1": pathtrack.Status.PARTIAL,
        "w-2.b": pathtrack.Status.IMPLEMENTED,
        "2049": pathtrack.Status.NOT_ASSESSED,
        "Open.Data-7": pathtrack.Status.NOT_ASSESSED,
    }
    assert isinstance(standings[0], pathtrack.Standing)
    assert isinstance(tracker, pathtrack.Tracker)


@pytest.mark.usefixtures("record")
def test_the_example_of_the_page_about_python_prints_what_it_says(
    capsys: pytest.CaptureFixture[str],
) -> None:
    page = (Path(__file__).parents[1] / "docs" / "python.md").read_text(encoding="utf-8")
    code, printed = re.findall(r"^```(?:python|text)\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    exec(code, {})  # noqa: S102 it is our own
    assert capsys.readouterr().out == printed
    named = {*re.findall(r"`([A-Za-z]+)[`(]", page)}
    assert named >= {*pathtrack.__all__} - {"__version__"}
    standing = pathtrack.standings(pathtrack.load("recommendations.toml"), on=dt.date(2025, 1, 1))[0]
    for name in re.findall(r"`(\w+)`", page[page.index("| `Standing`") : page.index("| `Status`")])[1:]:
        assert hasattr(standing, name), name


def test_one_assessor_can_be_heard() -> None:
    tracker = pathtrack.load(DATA / "tracker.toml")
    (alone,) = (
        each
        for each in pathtrack.standings(tracker, on=dt.date(2026, 1, 31), by="Ana Lee")
        if each.recommendation.id == "E_10"
    )
    assert alone.status is pathtrack.Status.IMPLEMENTED


def test_the_public_names_are_pinned_and_all_there() -> None:
    assert sorted(pathtrack.__all__) == [
        "Evidence",
        "Kind",
        "PathtrackError",
        "Recommendation",
        "Report",
        "Standing",
        "Status",
        "Tracker",
        "Update",
        "__version__",
        "load",
        "standings",
    ]
    for name in pathtrack.__all__:
        assert getattr(pathtrack, name) is not None


def test_another_name_is_missing_as_names_are() -> None:
    name = "no_such_name"
    with pytest.raises(AttributeError, match="module 'pathtrack' has no attribute 'no_such_name'"):
        getattr(pathtrack, name)


def test_errors_are_caught_by_one_name() -> None:
    with pytest.raises(pathtrack.PathtrackError):
        pathtrack.load(DATA / "no-such-file.toml")


def test_the_package_says_that_it_is_typed() -> None:
    assert importlib.resources.files("pathtrack").joinpath("py.typed").is_file()


def test_the_module_runs() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pathtrack", "--version"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert (done.stdout, done.stderr) == (f"pathtrack {pathtrack.__version__}\n", "")


def test_importing_the_package_loads_nothing_heavy() -> None:
    heavy = {"rich", "rtoml", "tomli_w", "filelock", "jinja2", "pydantic", "typer"}
    code = f"import sys, pathtrack; print(*{heavy!r} & {{*sys.modules}})"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == "\n"


def test_the_schema_beside_the_shipped_tracker_is_that_of_the_model() -> None:
    root = Path(__file__).parents[1]
    assert (root / toml.SCHEMA_NAME).read_text(encoding="utf-8") == data.file_schema()
    assert (root / "recommendations.toml").read_text(encoding="utf-8").startswith(toml.SCHEMA_LINE)
