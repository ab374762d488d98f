"""What a command changes, or would change, in a tracker: written, and printed as one JSON object."""

import datetime as dt
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typer

from pathtrack.cli import options, typed
from pathtrack.cli.screen import say_waiting
from pathtrack.cli.typed import Color
from pathtrack.file import store
from pathtrack.file.document import Document

if TYPE_CHECKING:
    from pathtrack.intake.outcome import Plan, Remark
    from pathtrack.show.objects import Object


class Change(NamedTuple):
    """How a command changes a tracker: whether it writes, into which file, and for whom it prints that."""

    dry_run: options.DryRun = False
    file: options.File = None
    json: options.Json = False
    color: options.ColorChoice = Color.AUTO

    def make(self, path: Path, change: Callable[[Document], Document]) -> store.Written:
        """Return a tracker before and after a change, which a dry run does not write."""
        if self.dry_run:
            return store.Written(old := store.open_(path), change(old))
        return store.change(path, change, waiting=say_waiting)


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
    from pathtrack.show import objects  # noqa: PLC0415 only programs need it

    content: Object = {
        "written": written,
        "text": after.difference.lstrip("\n"),
        **objects.changed(before.tracker, after.tracker, on=typed.today()),
        "warnings": [*warnings],
        **(more or {}),
    }
    emit(command, Path(after.name), content)


def emit(command: str, path: Path | None, content: "Object", *, as_of: dt.date | None = None) -> None:
    """Print the object of a command about a tracker."""
    from pathtrack.show import json  # noqa: PLC0415 only programs need it

    found = json.envelope(command, file=path, as_of=as_of or typed.today(), content=content)
    typer.echo(json.text(found).encode())


def show_text(text: str) -> None:
    """Print the text that a dry run would add, apart from what is said after it on a terminal."""
    typer.echo(text, nl=False)
    if text and sys.stdout.isatty():
        typer.echo(err=True)


def show_rows(
    before: Document, after: Document, plan: "Plan", *, written: bool, warnings: Iterable[str] = ()
) -> None:
    """Print what an import changed, and what became of the rows of its table."""
    number = {"imported": len(plan.imported), "unchanged": len(plan.unchanged), "empty": len(plan.empty)}
    found: Object = {
        "rows": {**number, "not_imported": plan.not_imported},
        "not_imported": _reasons(plan.refused),
        "remarks": _reasons((*plan.unread, *plan.remarks)),
    }
    show("import", before, after, written=written, warnings=warnings, more=found)


def _reasons(remarks: "Iterable[Remark]") -> "list[Object]":
    return [{"line": each.line, "reason": each.reason} for each in remarks]
