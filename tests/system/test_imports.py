"""What each command may load: start-up is a matter of modules, and a list of those is the same anywhere."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

# Runs a command line, and at the end writes down which modules have really run: lazy ones that nobody
# used are in sys.modules too, as another type.
WATCHED = """
import atexit, pathlib, sys
place = pathlib.Path(sys.argv.pop(1))
def tell():
    kinds = {name: type(module).__name__ for name, module in sys.modules.items()}
    place.write_text(" ".join(name for name, kind in kinds.items() if kind != "_LazyModule"))
atexit.register(tell)
from pathtrack.cli import main
main()
"""

MODEL = {"email", "importlib.metadata", "pydantic"}  # the latter loads the others
FILE = MODEL | {"rtoml", "pathtrack.store"}
ROWS = FILE | {"pathtrack.views"}
JSON = FILE | {"pathtrack.payload"}
DRAWN = ROWS | {"pathtrack.tables", "rich"}
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
    "pathtrack.export.data",
    "pathtrack.export.html",
    "pathtrack.export.markdown",
    "pathtrack.export.spreadsheet",
    "pathtrack.intake.table",
    "pathtrack.links",
    "pathtrack.merge",
    "pathtrack.weave",
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
    "--help": set(),
    "update --help": MODEL,
    "statuses": MODEL | {"pathtrack.views"},
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
    "update W1 --note x": WRITTEN - {"pathtrack.git"},  # the fixtures name an author
    "update W1 --note x --dry-run": FILE | {"tomli_w"},
    "export": ROWS | {"pathtrack.export.markdown"},
    "export r.html": ROWS | {"jinja2", "pathtrack.export.html"},
    "export r.json": JSON | {"pathtrack.export.data"},
    "export r.csv": FILE | {"pathtrack.export.spreadsheet"},
}
OFFERS = {"pathtrack li": MODEL, "pathtrack list --status ": MODEL, "pathtrack show ": FILE}


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
    assert {"pathtrack.cli.lazy", "pydantic", "rtoml", "pathtrack.state"} <= loaded("list")


def loaded(*args: str, **more: str) -> set[str]:
    """Return the modules that a command has run by its end."""
    place = Path("modules.txt")
    # Coverage would load its own libraries.
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    command = [sys.executable, "-c", WATCHED, str(place), *args]
    done = subprocess.run(command, env={**kept, **more}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return set(place.read_text(encoding="utf-8").split())
