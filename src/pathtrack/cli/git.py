"""The commands for a team on git: install, uninstall, status, resolve, merge-driver."""

import os
from codecs import BOM_UTF8
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from pathtrack import git
from pathtrack.cli import options
from pathtrack.cli.screen import note, say_that_it_waits
from pathtrack.cli.typed import Color
from pathtrack.errors import FileError
from pathtrack.file import document, merge, store, weave
from pathtrack.text import count, safe_line

app, teams = (
    typer.Typer(),
    typer.Typer(help="Let several people keep one record with git.", rich_markup_mode=None),
)
app.add_typer(teams, name="git")

Paths = Annotated[
    list[Path] | None,
    typer.Argument(metavar="PATH", help="Trackers; all in conflict if none given.", show_default=False),
]


@teams.command()
def install(*, _color: options.ColorChoice = Color.AUTO) -> None:
    """Tell git how to merge trackers.

    .gitattributes is for everybody, the rest for this clone.

    Example: pathtrack git install
    """
    folder = git.top(Path.cwd())
    for where, what in git.install(folder).items():
        typer.echo(safe_line(f"{where}: {what}"))
    todo = "" if git.is_committed(folder, ".gitattributes") else "now commit .gitattributes; "
    typer.echo(f"{todo}everybody else runs 'pathtrack git install' once")


@teams.command()
def uninstall(*, _color: options.ColorChoice = Color.AUTO) -> None:
    """Take back what install told git.

    Example: pathtrack git uninstall
    """
    git.uninstall(git.top(Path.cwd()))
    typer.echo("git merges trackers as any other text again")


@teams.command()
def status(*, _color: options.ColorChoice = Color.AUTO) -> None:
    """Say what is installed and in conflict.

    Example: pathtrack git status
    """
    folder = git.top(Path.cwd())
    for part, there in git.installed(folder).items():
        typer.echo(f"{part}: {there}")
    conflicts = [str(path) for path in git.unmerged(folder)]
    typer.echo(safe_line(f"in conflict: {', '.join(conflicts) or 'nothing'}"))


@teams.command()
def resolve(
    paths: Paths = None,
    *,
    _color: options.ColorChoice = Color.AUTO,
) -> None:
    """Finish the merge of trackers in conflict.

    From the versions that git keeps; needs no install.

    Example: pathtrack git resolve
    """
    folder = git.top(Path.cwd())
    chosen = [_inside(path, folder) for path in paths or ()] or git.unmerged(folder)
    if not chosen:
        typer.echo("nothing is in conflict")
    left = [path for path in chosen if not _resolve(path, folder)]
    raise typer.Exit(1 if left else 0)


@teams.command("merge-driver", hidden=True)
def merge_driver(base: Path, ours: Path, theirs: Path, name: str) -> None:
    """Merge three versions of a tracker into OURS, for git; exit 1 leaves it as it is.

    Example: pathtrack git merge-driver BASE OURS THEIRS recommendations.toml
    """
    try:
        versions = git.Versions(store.read(base), store.read(ours), store.read(theirs))
        merged, text = _merge(versions)
    except FileError as error:
        note(f"pathtrack: {name}: {error}")
        raise typer.Exit(1) from error
    if merged.conflicts:
        note(f"pathtrack: {name}: {_told(merged.conflicts)}'pathtrack git resolve' merges the rest")
        raise typer.Exit(1)
    store.replace_report(
        ours, _as_both_were(text, versions)
    )  # git's own temporary file: nobody else writes it


def _inside(path: Path, folder: Path) -> Path:
    """Return a path as it is seen from the top folder."""
    try:
        return path.resolve().relative_to(folder.resolve())
    except ValueError as error:
        raise FileError("outside of the git repository", where=str(path), todo=f"see {folder}") from error


def _resolve(path: Path, folder: Path) -> bool:
    """Merge one file and stage it; say so and return False where a person must decide."""
    versions, shown = git.versions(path, folder), os.path.relpath(folder / path)
    if versions.ours is None or versions.theirs is None:
        lost = f"one side deleted it: keep it with 'git add {shown}' or delete it with 'git rm {shown}'"
        note(f"{shown}: {lost if any(versions) else 'in no conflict'}")
        return False
    try:
        return _settle(folder / path, versions, shown=shown) and _stage(path, folder, shown=shown)
    except FileError as error:
        note(f"{shown}: {error}; nothing was changed, choose between the markers by hand")
        return False


def _settle(path: Path, versions: git.Versions, *, shown: str) -> bool:
    """Write the merged file; with markers, and False, around what a person must decide."""
    now = store.read(path)
    merged, text = _merge(versions)
    if _is_decided(now, versions, "" if merged.conflicts else text):
        note(f"{shown}: {_told(merged.conflicts)}no markers are left: look it over, 'git add {shown}'")
        return False
    if merged.conflicts:
        _, other = _merge(git.Versions(versions.base, versions.theirs, versions.ours))
        text = weave.mark(text, other, [each.identifier for each in merged.conflicts])
    git.ignore(store.lock_path(path))
    store.exchange(path, now, _as_both_were(text, versions).encode(), waiting=say_that_it_waits)
    if merged.conflicts:
        note(f"{shown}: {_told(merged.conflicts)}choose between the markers, then 'git add {shown}'")
    return not merged.conflicts


def _stage(path: Path, folder: Path, *, shown: str) -> bool:
    git.stage(path, folder)
    updates = store.load(folder / path).updates
    typer.echo(safe_line(f"{shown}: merged, {count(len(updates), 'update')}; now commit"))
    return True


def _is_decided(now: bytes, versions: git.Versions, merged: str) -> bool:
    """Tell whether somebody has edited the file until it was a tracker again, and not the merged one."""
    try:
        document.parse(now, name="")
    except FileError:
        return False
    return now not in (versions.ours, _as_both_were(merged, versions).encode())


def _merge(versions: git.Versions) -> "tuple[merge.Merged, str]":
    base = document.parse(versions.base, name="base") if versions.base else None
    ours, theirs = (
        document.parse(versions.ours or b"", name="ours"),
        document.parse(versions.theirs or b"", name="theirs"),
    )
    merged = merge.merge(base, ours, theirs, text=document.render)
    texts = (document.decode(each or b"", name="a version") for each in versions)
    return merged, weave.weave(merged.tracker, *texts)


def _as_both_were(text: str, versions: git.Versions) -> str:
    """Use the newline and the byte order mark that both sides have."""
    sides = [each or b"" for each in (versions.ours, versions.theirs)]
    mark = "\ufeff" if all(each.startswith(BOM_UTF8) for each in sides) else ""
    return mark + text.replace("\n", min(map(document.newline_of, sides)))


def _told(conflicts: Iterable[merge.Conflict]) -> str:
    return "".join(
        f"both sides changed {', '.join(each.fields)} of {each.identifier or 'the report'}; "
        if each.fields
        else f"one side changed {each.identifier} and the other removed it; "
        for each in conflicts
    )
