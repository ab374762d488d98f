"""The options and arguments that commands share."""

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from pathtrack.cli import completion, typed
from pathtrack.cli.typed import Color

Ids = Annotated[
    list[str],
    typer.Argument(
        metavar="ID",
        help="Ids of recommendations, such as D2.",
        show_default=False,
        autocompletion=completion.ids,
    ),
]
File = Annotated[
    Path | None,
    typer.Option(
        "--file", "-f", metavar="PATH", help="The tracker, instead of recommendations.toml here or above."
    ),
]
AsOf = Annotated[
    dt.date | None,
    typer.Option(
        "--as-of",
        metavar="DATE",
        parser=typed.last_day,
        help="Show the state as of DATE (default: today).",
    ),
]
KnownBy = Annotated[
    dt.date | None,
    typer.Option(
        "--known-by", metavar="DATE", parser=typed.last_day, help="Leave out what was recorded after DATE."
    ),
]
Shipped = Annotated[bool, typer.Option("--shipped", help="Use the tracker that comes with the program.")]
By = Annotated[
    str | None,
    typer.Option(
        "--by",
        metavar="NAME",
        help="Heed the judgements of one assessor only.",
        autocompletion=completion.assessors,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
ColorChoice = Annotated[
    Color,
    typer.Option(
        "--color",
        metavar="WHEN",
        parser=typed.color,
        help="Use colour: auto, always or never.",
        show_default=False,
    ),
]
Areas = Annotated[
    list[str] | None,
    typer.Option(
        "--area", metavar="AREA", help="Only that area; repeat for several.", autocompletion=completion.areas
    ),
]

DryRun = Annotated[bool, typer.Option("--dry-run", help="Print what would change; write nothing.")]
