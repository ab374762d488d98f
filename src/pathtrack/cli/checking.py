"""The command that finds what a record leaves to be desired: check."""

from typing import TYPE_CHECKING

import typer

from pathtrack import options, values
from pathtrack.cli import source
from pathtrack.cli.modules import checks, document, git, merge, payload, places, store, tables, views
from pathtrack.cli.root import app
from pathtrack.cli.screen import Screen, slow_progress
from pathtrack.errors import UsageError
from pathtrack.values import Color

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pathtrack import model


@app.command()
def check(
    *,
    strict: options.Strict = False,
    since: options.GitRef = None,
    stale: options.StaleCheck = None,
    links: options.Links = False,
    as_of: options.AsOf = None,
    by: options.By = None,
    file: options.File = None,
    json: options.Json = False,
    color: options.ColorChoice = Color.AUTO,
) -> None:
    """Check ids, areas, addresses and evidence.

    Errors exit with 1, warnings only with --strict. docs/checks.md has the cause and cure of each.

    Example: pathtrack check --strict
    """
    path, on = source.find(file), as_of or values.today()
    data, name = store.read(path or store.shipped()), str(path or store.FILE_NAME)
    tracker = document.parse(data, name=name)
    lines, assessor = places.locate(document.decode(data, name=name)), source.assessor(tracker, by)
    found = checks.check(tracker, lines, on=on, by=assessor, stale=stale)
    if links:
        found += _tried(tracker, lines)
    if since:
        old = document.parse(git.version(path or store.shipped(), since), name=f"{since}:{name}")
        found += checks.rewritten(merge.missing(old.updates, tracker.updates), since=since)
    content = payload.checked(found, file=name)
    Screen(color, json=json).emit(
        payload=lambda: payload.envelope("check", file=path, as_of=on, content=content),
        plain=lambda: views.finding_lines(found, file=name),
        drawn=lambda _: tables.findings(found, file=name),
    )
    raise typer.Exit(1 if any(strict or each.severity is checks.Severity.ERROR for each in found) else 0)


def _tried(tracker: "model.Tracker", lines: "Mapping[places.Place, int]") -> "list[checks.Finding]":
    try:
        from pathtrack import links  # noqa: PLC0415 only this option needs what it loads
    except ModuleNotFoundError as error:
        todo = f"install it with 'pip install {error.name}', or 'pipx inject pathtrack {error.name}'"
        raise UsageError(f"--links needs the package {error.name}", todo=todo) from error
    with slow_progress("trying addresses", links.count(tracker)) as advance:
        return links.check(tracker, lines, advance=advance)
