"""The commands for a team on git: install, uninstall, status, resolve, merge-driver."""

from collections.abc import Iterable
from pathlib import Path

import typer

from pathtrack import options
from pathtrack.cli.app import app
from pathtrack.cli.modules import document, git, merge, store
from pathtrack.cli.screen import note
from pathtrack.errors import FileError
from pathtrack.text import safe_line

teams = typer.Typer(help="Let several people keep one record with git.", rich_markup_mode=None)
app.add_typer(teams, name="git")


@teams.command()
def install() -> None:
    """Tell git how to merge trackers; .gitattributes is for everybody, the rest for this clone.

    Example: pathtrack git install
    """
    folder = git.top(Path.cwd())
    for where, what in git.install(folder).items():
        typer.echo(safe_line(f"{where}: {what}"))
    git.ignore(store.lock_path(folder / store.FILE_NAME))
    typer.echo("Now commit .gitattributes; everybody else runs 'pathtrack git install' once.")


@teams.command()
def uninstall() -> None:
    """Take back what install told git.

    Example: pathtrack git uninstall
    """
    git.uninstall(git.top(Path.cwd()))
    typer.echo("git merges trackers as any other text again")


@teams.command()
def status() -> None:
    """Say whether the merge driver is in place, and which trackers are in conflict.

    Example: pathtrack git status
    """
    folder = git.top(Path.cwd())
    for part, there in git.installed(folder).items():
        typer.echo(f"{part}: {'set' if there else 'not set'}")
    conflicts = [str(path) for path in git.unmerged(folder)]
    typer.echo(safe_line(f"in conflict: {', '.join(conflicts) or 'nothing'}"))


@teams.command()
def resolve(paths: options.Paths = None) -> None:
    """Finish the merge of trackers in conflict, from the versions that git keeps; needs no install.

    Example: pathtrack git resolve
    """
    folder = git.top(Path.cwd())
    given = [path.resolve().relative_to(folder.resolve()) for path in paths or ()]
    left = [path for path in given or git.unmerged(folder) if not _resolve(path, folder)]
    raise typer.Exit(bool(left))


@teams.command("merge-driver", hidden=True)
def merge_driver(base: Path, ours: Path, theirs: Path, name: str) -> None:
    """Merge three versions of a tracker into OURS, for git; exit 1 leaves it as it is.

    Example: pathtrack git merge-driver BASE OURS THEIRS recommendations.toml
    """
    try:
        merged, text = _merge(git.Versions(store.read(base), store.read(ours), store.read(theirs)))
    except FileError as error:
        note(f"pathtrack: {name}: {error}")
        raise typer.Exit(1) from error
    if merged.conflicts:
        note(f"pathtrack: {name}: {_told(merged.conflicts)}; 'pathtrack git resolve' merges the rest")
        raise typer.Exit(1)
    store.replace_report(ours, text)  # git's own temporary file: nobody else writes it


def _resolve(path: Path, folder: Path) -> bool:
    """Merge one file and stage it; say so and return False where a person must decide."""
    versions = git.versions(path, folder)
    if versions.ours is None or versions.theirs is None:
        note(f"{path}: one side deleted it, or it is in no conflict; decide with 'git rm' or 'git add'")
        return False
    merged, text = _merge(versions)
    if merged.conflicts:
        text = document.mark(text, versions.theirs.decode(), [each.identifier for each in merged.conflicts])
    store.rewrite(folder / path, lambda _: text.encode(), waiting=lambda: None)
    if merged.conflicts:
        note(f"{path}: {_told(merged.conflicts)}; choose between the markers, then 'git add {path}'")
        return False
    git.stage(path, folder)
    typer.echo(safe_line(f"{path}: merged, {len(merged.tracker.updates)} updates; now commit"))
    return True


def _merge(versions: "git.Versions") -> "tuple[merge.Merged, str]":
    texts = [
        document.decode(each or b"", name=name) for each, name in zip(versions, versions._fields, strict=True)
    ]
    ours, theirs = (
        document.parse(each.encode(), name=name)
        for each, name in zip(texts[1:], ("ours", "theirs"), strict=True)
    )
    base = document.parse(texts[0].encode(), name="base") if versions.base is not None else None
    merged = merge.merge(base, ours, theirs, text=document.render)
    return merged, document.weave(merged.tracker, texts[0], texts[1], texts[2])


def _told(conflicts: Iterable["merge.Conflict"]) -> str:
    return "; ".join(
        f"both sides changed {', '.join(each.fields)} of {each.identifier or 'the report'}"
        if each.fields
        else f"one side changed {each.identifier} and the other removed it"
        for each in conflicts
    )
