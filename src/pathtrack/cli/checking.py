"""The command that finds problems in a record: check."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from pathtrack.cli import options, typed
from pathtrack.cli.naming import assessor
from pathtrack.cli.screen import Screen, network, resumable, say_aside, slow_progress
from pathtrack.cli.tracker import writable
from pathtrack.errors import FileError, UsageError
from pathtrack.file import blocks, captures, store
from pathtrack.file.document import Document
from pathtrack.record import checks
from pathtrack.record.checks import past
from pathtrack.record.finding import Finding, Severity, located
from pathtrack.record.model import Tracker
from pathtrack.text import count, for_shell

app = typer.Typer(rich_markup_mode=None)

StaleCheck = Annotated[
    int | None,
    typer.Option(
        "--stale",
        metavar="TIME",
        parser=typed.days,
        help="Also warn about those that nobody has judged for so long: 90, 3m.",
    ),
]
Links = Annotated[
    bool,
    typer.Option("--links", help="Also try every public address on the network, and warn about dead ones."),
]
Unarchived = Annotated[
    bool, typer.Option("--unarchived", help="Also warn about sources without an archived copy.")
]
Captures = Annotated[
    bool, typer.Option("--captures", help="Also verify the pages that 'archive --keep' stored.")
]
Staged = Annotated[
    bool, typer.Option("--staged", help="Check what git is about to commit, not the file as it is.")
]
Strict = Annotated[bool, typer.Option("--strict", help="Count warnings as errors.")]
GitRef = Annotated[
    str | None,
    typer.Option(
        "--since", metavar="REF", help="Also check that no update in the git commit REF was changed."
    ),
]


@app.command()
@options.grouped
def check(
    *,
    strict: Strict = False,
    staged: Staged = False,
    since: GitRef = None,
    stale: StaleCheck = None,
    links: Links = False,
    unarchived: Unarchived = False,
    captured: Captures = False,
    look: options.Look,
    shipped: options.Shipped = False,
    file: options.File = None,
    screen: Screen,
) -> None:
    """Check ids, areas, addresses and evidence.

    Errors exit with 1, warnings only with --strict. docs/checks.md explains each finding.

    Example: pathtrack check --strict
    """
    path, on = None if shipped else writable(file), look.as_of or typed.today()
    name = str(path or store.FILE_NAME)
    document = Document.read(_read(path, staged=staged), name=name)
    tracker = document.tracker
    found = checks.check(tracker, on=on, known_by=look.known_by, by=assessor(tracker, look.by), stale=stale)
    if captured:
        found += captures.faults(path or store.shipped())
    if unarchived:
        found += checks.unarchived(tracker)
    if links:
        found += _tried(path, tracker, file)
    if since is not None:
        found += _rewritten(path or store.shipped(), tracker, since, name=name)
        if path and not (file or os.environ.get("PATHTRACK_FILE")):
            _require_nearest(path, since)
    found = located(found, blocks.locate(document.text))
    with suppress(BrokenPipeError):  # whoever stops reading must not turn errors into a pass
        screen.show(lambda form: form.findings(found, file=name), "check", file=path, as_of=on)
    raise typer.Exit(1 if any(strict or each.severity is Severity.ERROR for each in found) else 0)


def _read(path: Path | None, *, staged: bool) -> bytes:
    """Return the tracker as it is, or as it is staged."""
    if not staged:
        return store.read(path or store.shipped())
    if path is None:
        raise UsageError("the shipped tracker is in no index", todo="leave out --shipped or --staged")
    from pathtrack import git  # noqa: PLC0415 only this option needs it

    if (data := git.staged(path)) is None:
        todo = f"add it with 'git add {for_shell(str(path))}'"
        raise FileError("git has nothing staged under this name", where=str(path), todo=todo)
    return data


def _rewritten(path: Path, tracker: Tracker, since: str, *, name: str) -> list[Finding]:
    # Neither an unset variable in a pipeline nor the next option must make it green.
    if not since.strip() or since.startswith("--"):
        raise UsageError("--since names no commit", todo="give one such as origin/main")
    from pathtrack import git  # noqa: PLC0415 only this option needs it

    found = git.versions_at(path, since)
    if not found:
        say_aside(f"note: {since} has no tracker yet, so that nothing in it can have changed")
    versions = (Document.read(each, name=f"{since}:{name}").tracker for each in found)
    return [each for old in versions for each in past.rewritten(old, tracker, since=since)]


def _require_nearest(path: Path, since: str) -> None:
    """Refuse a tracker of a folder above in the place of one here that was removed."""
    from pathtrack import git  # noqa: PLC0415 only this option needs it

    if gone := git.nearer_at(path, since):
        todo = f"bring it back, or give --file {for_shell(str(path))}"
        raise FileError(f"removed since {since}, and {path} is another tracker", where=str(gone), todo=todo)


def _tried(path: Path | None, tracker: Tracker, file: Path | None) -> list[Finding]:
    with network("--links"):
        from pathtrack.web import links  # noqa: PLC0415 only this option needs what it loads
        from pathtrack.web.client import Client  # noqa: PLC0415
        from pathtrack.web.journal import Journal  # noqa: PLC0415
    journal = Journal("links", path)
    if journal.entries:
        number = count(len(journal.entries), "address", "addresses")
        say_aside(f"an earlier run was interrupted; {number} will not be tried again")
    wanted = len(links.wanted(tracker, journal))
    with resumable(), slow_progress("trying addresses", wanted) as advance:
        return links.check(tracker, Client(), journal, file=file, advance=advance)
