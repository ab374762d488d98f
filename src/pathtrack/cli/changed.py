"""What a writing command changed, or would change, as one JSON object."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from pathtrack.cli import typed
from pathtrack.file.document import Document

if TYPE_CHECKING:
    from pathtrack.show.objects import Object


def show(
    command: str,
    before: Document,
    after: Document,
    *,
    written: bool,
    warnings: Iterable[str] = (),
    more: "Object | None" = None,
) -> None:
    """Print the text that was added, removed or changed, and the updates and recommendations it is about."""
    from pathtrack.show import json, objects  # noqa: PLC0415 only programs need them

    today = typed.today()
    content: Object = {
        "written": written,
        "text": after.difference.lstrip("\n"),
        **objects.changed(before.tracker, after.tracker, on=today),
        "warnings": [*warnings],
        **(more or {}),
    }
    found = json.envelope(command, file=Path(after.name), as_of=today, content=content)
    typer.echo(json.text(found).encode())
