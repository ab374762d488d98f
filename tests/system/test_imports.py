"""What each command may load: start-up is a matter of modules, and a list of those is the same anywhere."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

# Runs a command line, and at the end writes down which modules were loaded.
WATCHED = """
import atexit, pathlib, sys
place = pathlib.Path(sys.argv.pop(1))
def tell():
    place.write_text(" ".join(sys.modules))
atexit.register(tell)
from pathtrack.cli import main
main()
"""

MODEL = {"email", "importlib.metadata", "pydantic"}  # the latter loads the others
FILE = MODEL | {"rtoml", "pathtrack.file.store"}
ROWS = FILE | {"pathtrack.show.words"}
JSON = FILE | {"pathtrack.show.json"}
DRAWN = ROWS | {"pathtrack.show.terminal", "rich"}
WRITTEN = FILE | {"filelock", "tomli_w", "pathtrack.git"}

HEAVY = {
    *DRAWN,
    *JSON,
    *WRITTEN,
    "asyncio",
    "click",
    "concurrent.futures",
    "http",
    "jinja2",
    "multiprocessing",
    "python_calamine",
    "pathtrack.export.data",
    "pathtrack.export.html",
    "pathtrack.export.markdown",
    "pathtrack.export.csv",
    "pathtrack.intake.table",
    "pathtrack.web.links",
    "pathtrack.file.merge",
    "pathtrack.file.weave",
    "pygments",
    "sqlite3",
    "ssl",
    "tomllib",
    "typer.rich_utils",
    "unittest",
    "urllib.request",
    "xml",
}
"""What takes more than a millisecond, or is one command's alone."""

BUDGETS: dict[str, set[str]] = {
    "--version": set(),
    "--help": WRITTEN - {"filelock", "tomli_w"}
    | {"pathtrack.file.merge", "pathtrack.file.weave", "pathtrack.intake.table"},
    "update --help": FILE | {"pathtrack.git"},
    "statuses": ROWS,
    "list": ROWS,
    "list --area water --status partial --search x": ROWS,
    "list --json": JSON,
    "list --color always": DRAWN,
    "show W1": ROWS,
    "show W1 --color always": DRAWN,
    "progress": ROWS,
    "timeline": ROWS,
    "changes --since 2020-01-01": ROWS | JSON,
    "check": ROWS | JSON,
    "update W1 --note x": WRITTEN,
    "update W1 --note x --dry-run": WRITTEN - {"filelock"},
    "export": ROWS | {"pathtrack.export.markdown"},
    "export r.html": ROWS | {"jinja2", "pathtrack.export.html"},
    "export r.json": JSON | {"pathtrack.export.data"},
    "export r.csv": FILE | {"pathtrack.export.csv"},
}
OFFERS = {"pathtrack li": FILE, "pathtrack list --status ": FILE, "pathtrack show ": FILE}


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(("line", "budget"), BUDGETS.items())
def test_a_command_loads_no_more_than_it_needs(line: str, budget: set[str]) -> None:
    assert loaded(*line.split()) & HEAVY <= budget


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(("line", "budget"), OFFERS.items())
def test_a_completion_loads_no_more_than_it_needs(line: str, budget: set[str]) -> None:
    asked = {"COMP_WORDS": line, "COMP_CWORD": str(line.count(" "))}
    assert loaded(_PATHTRACK_COMPLETE="complete_bash", **asked) & HEAVY <= budget


@pytest.mark.usefixtures("here")
def test_what_a_command_does_load_is_seen() -> None:
    assert {"pathtrack.cli.listing", "pydantic", "rtoml", "pathtrack.record.standings"} <= loaded("list")


def loaded(*args: str, **more: str) -> set[str]:
    """Return the modules that a command has run by its end."""
    place = Path("modules.txt")
    # Coverage would load its own libraries.
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    command = [sys.executable, "-c", WATCHED, str(place), *args]
    done = subprocess.run(command, env={**kept, **more}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return set(place.read_text(encoding="utf-8").split())
