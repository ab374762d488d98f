"""The least that a command like `list` can cost: typer, rich's tables, one pydantic model."""

from typing import Annotated

import rich.table  # noqa: F401 what `list` would draw with
import typer
from pydantic import BaseModel

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)


class Row(BaseModel):
    """One pydantic model."""

    id: str


@app.command("list")
def list_(
    *,
    area: Annotated[list[str] | None, typer.Option("--area")] = None,
    status: Annotated[list[str] | None, typer.Option("--status")] = None,
    actor: Annotated[list[str] | None, typer.Option("--actor")] = None,
    search: Annotated[list[str] | None, typer.Option("--search")] = None,
    stale: Annotated[int | None, typer.Option("--stale")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of")] = None,
    by: Annotated[str | None, typer.Option("--by")] = None,
    file: Annotated[str | None, typer.Option("--file", "-f")] = None,
    json: Annotated[bool, typer.Option("--json")] = False,
    color: Annotated[str, typer.Option("--color")] = "auto",
) -> None:
    """Do nothing."""


@app.callback()
def root() -> None:
    """Make `list` a command of its own."""


if __name__ == "__main__":
    app(prog_name="floor")
