import inspect
from typing import NamedTuple

import typer
from typer.testing import CliRunner

from pathtrack.cli.options import grouped


class Size(NamedTuple):
    """Two options."""

    width: int = 80
    height: int = 24


def test_a_command_is_given_the_options_of_a_group_one_by_one() -> None:
    app = typer.Typer()

    @app.command()
    @grouped
    def draw(what: str = "all", *, size: Size, dark: bool = False) -> None:
        """Draw it."""
        typer.echo(f"{what} {size} {dark}")

    options = inspect.signature(draw).parameters
    assert [*options] == ["what", "width", "height", "dark"]
    assert [each.default for each in options.values()] == ["all", 80, 24, False]
    run = CliRunner().invoke
    assert run(app, []).output == "all Size(width=80, height=24) False\n"
    assert (
        run(app, ["--what", "one", "--height", "5", "--dark"]).output == "one Size(width=80, height=5) True\n"
    )
    assert "Draw it." in run(app, ["--help"]).output
