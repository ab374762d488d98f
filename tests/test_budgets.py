"""The sizes that keep the source readable: modules, functions, and how many are short."""

import ast
import statistics
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "src" / "pathtrack"
FILES = sorted(SOURCE.rglob("*.py"))


def lengths(path: Path) -> dict[str, int]:
    """Return how many lines each function of a module has."""
    found = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    functions = (each for each in found if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef))
    return {f"{path.stem}.{each.name}": (each.end_lineno or 0) - each.lineno + 1 for each in functions}


def test_modules_and_functions_are_short() -> None:
    modules = {path.stem: len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}
    assert {name: lines for name, lines in modules.items() if lines > 250} == {}
    functions = {name: lines for path in FILES for name, lines in lengths(path).items()}
    assert {name: lines for name, lines in functions.items() if lines > 50} == {}
    assert statistics.median(functions.values()) <= 8


def test_no_type_is_given_up() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in FILES)
    assert "type: ignore" not in text
    assert "import Any" not in text
