"""The commands for a team on git: install, uninstall, status, resolve, merge-driver."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from pathtrack import git
from pathtrack.cli import changed, options
from pathtrack.cli.screen import say, say_aside, say_waiting
from pathtrack.cli.typed import Color
from pathtrack.errors import FileError, PathtrackError
from pathtrack.file import links, markers, merge, store, weave
from pathtrack.file.document import Document
from pathtrack.git import driver
from pathtrack.text import count, for_shell

app, teams = (
    typer.Typer(rich_markup_mode=None),
    typer.Typer(help="Let several people keep one record with git.", rich_markup_mode=None),
)
app.add_typer(teams, name="git")

Paths = Annotated[
    list[Path] | None,
    typer.Argument(metavar="PATH", help="Trackers (default: all that are in conflict).", show_default=False),
]


@teams.command()
def install(*, json: options.Json = False, _color: options.ColorChoice = Color.AUTO) -> None:
    """Set up git to merge trackers.

    It writes .gitattributes, which everybody shares, and the settings of this clone.

    Example: pathtrack git install
    """
    folder = git.top(Path.cwd())
    settings = driver.install(folder)
    if json:
        _print_state(folder)
        return
    for where, what in settings.items():
        say(f"{where}: {what}")
    todo = "" if git.is_committed(folder, ".gitattributes") else "now commit .gitattributes; "
    say(f"{todo}everybody else runs 'pathtrack git install' once")


@teams.command()
def uninstall(*, _color: options.ColorChoice = Color.AUTO) -> None:
    """Remove what 'install' set up.

    Example: pathtrack git uninstall
    """
    driver.uninstall(git.top(Path.cwd()))
    say("git now merges trackers as ordinary text")


@teams.command()
def status(*, json: options.Json = False, _color: options.ColorChoice = Color.AUTO) -> None:
    """Show what is set up, and what is in conflict.

    Example: pathtrack git status
    """
    folder = git.top(Path.cwd())
    if json:
        _print_state(folder)
        return
    for part, there in driver.installed(folder).items():
        say(f"{part}: {there}")
    say(f"in conflict: {', '.join(map(str, git.unmerged(folder))) or 'nothing'}")


def _print_state(folder: Path) -> None:
    """Print for programs what is set up, and what is in conflict."""
    conflicts = [str(path) for path in git.unmerged(folder)]
    changed.emit("git", None, {"installed": driver.installed(folder), "in_conflict": conflicts})


@teams.command()
def resolve(paths: Paths = None, *, _color: options.ColorChoice = Color.AUTO) -> None:
    """Finish merging trackers that are in conflict.

    It works from the versions that git keeps, and needs no 'install'.

    Example: pathtrack git resolve
    """
    folder = git.top(Path.cwd())
    chosen = [_inside(path, folder) for path in paths or ()] or git.unmerged(folder)
    if not chosen:
        say("nothing is in conflict")
    left = [path for path in chosen if not _resolve(path, folder)]
    raise typer.Exit(1 if left else 0)


@teams.command("merge-driver", hidden=True)
def merge_driver(base: Path, ours: Path, theirs: Path, name: str) -> None:
    """Merge three versions of a tracker into OURS, for git; on a conflict, exit with 1 and leave it as it is.

    Example: pathtrack git merge-driver BASE OURS THEIRS recommendations.toml
    """
    try:
        woven = weave.merge(*_read(git.Versions(store.read(base), store.read(ours), store.read(theirs))))
    except FileError as error:
        say_aside(f"pathtrack: {name}: {error}")
        raise typer.Exit(1) from error
    if woven.conflicts:
        say_aside(f"pathtrack: {name}: {_listed(woven.conflicts)}'pathtrack git resolve' merges the rest")
        raise typer.Exit(1)
    store.replace(ours, woven.document.data)  # git's own temporary file: nobody else writes it


def _inside(path: Path, folder: Path) -> Path:
    """Return a path relative to the top folder."""
    try:
        return path.resolve().relative_to(folder.resolve())
    except ValueError as error:
        raise FileError("outside the git repository", where=str(path), todo=f"see {folder}") from error


def _resolve(path: Path, folder: Path) -> bool:
    """Merge one file and stage it; return False where a person must decide."""
    versions, shown = git.versions(path, folder), os.path.relpath(folder / path)
    if versions.ours is None or versions.theirs is None:
        keep, delete = _command("add", shown), _command("rm", shown)
        lost = f"one side deleted it: keep it with {keep} or delete it with {delete}"
        say_aside(f"{shown}: {lost if any(versions) else 'not in conflict'}")
        return False
    try:
        return _write_merged(folder / path, versions, shown=shown) and _stage(path, folder, shown=shown)
    except PathtrackError as error:
        say_aside(f"{shown}: {error}; nothing was changed, choose between the markers by hand")
        return False


def _write_merged(path: Path, versions: git.Versions, *, shown: str) -> bool:
    """Write the merged file; return False, with markers around it, where a person must decide."""
    links.refuse(path, "a merge")
    now = store.read(path)
    base, ours, theirs = _read(versions)
    woven = weave.merge(base, ours, theirs)
    data = woven.document.data
    # Without markers it may also be our side, which the driver leaves in a conflict, or the result itself.
    if _is_decided(now, (versions.ours, b"" if woven.conflicts else data)):
        todo = f"no markers are left: check the file, then {_command('add', shown)}"
        say_aside(f"{shown}: {_listed(woven.conflicts)}{todo}")
        return False
    if woven.conflicts:
        data = markers.mark(woven, weave.merge(base, theirs, ours))
    # `git add .` must not commit the lock along with the merge.
    git.ignore(store.lock_path(path))
    store.exchange(path, now, data, waiting=say_waiting)
    if woven.conflicts:
        todo = f"choose between the markers, then {_command('add', shown)}"
        say_aside(f"{shown}: {_listed(woven.conflicts)}{todo}")
    return not woven.conflicts


def _command(verb: str, path: str) -> str:
    """Return a git command as people can paste it into a shell, whatever the path is called."""
    return f"'git {verb} {'-- ' if path.startswith('-') else ''}{for_shell(path)}'"


def _stage(path: Path, folder: Path, *, shown: str) -> bool:
    git.stage(path, folder)
    updates = store.load(folder / path).updates
    say(f"{shown}: merged, {count(len(updates), 'update')}; now commit")
    return True


def _is_decided(now: bytes, untouched: tuple[bytes | None, ...]) -> bool:
    """Return whether somebody has already edited the conflicts away."""
    try:
        Document.read(now, name="")
    except FileError:
        return False
    return now not in untouched


def _read(versions: git.Versions) -> tuple[Document | None, Document, Document]:
    base = Document.read(versions.base, name="base") if versions.base else None
    ours = Document.read(versions.ours or b"", name="ours")
    return base, ours, Document.read(versions.theirs or b"", name="theirs")


def _listed(conflicts: Iterable[merge.Conflict]) -> str:
    return "".join(
        f"both sides changed {', '.join(each.fields)} of {each.identifier or 'the report'}; "
        if each.fields
        else f"one side changed {each.identifier} and the other removed it; "
        for each in conflicts
    )
