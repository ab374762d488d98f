"""What git knows and is told: the author's name, ignored files, versions of a file, the merge driver."""

import os
import re
import shlex
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from pathtrack.errors import FileError

ATTRIBUTES = "recommendations.toml text eol=lf merge=pathtrack diff=pathtrack"
"""The line of .gitattributes that names the driver; it is committed, so that a whole team has it."""

# A missing program or an unreadable side leaves ordinary markers and a conflict, never one side alone.
_FALLBACK = "{ git merge-file -L ours -L base -L theirs --marker-size=%L %A %O %B; false; }"
_SETTINGS = {
    "merge.pathtrack.name": "pathtrack: updates of both sides, side by side",
    "merge.pathtrack.driver": f"{{program}} git merge-driver %O %A %B %P || {_FALLBACK}",
    "diff.pathtrack.xfuncname": r"^((id|recommendations) = .*)$",
}


class Versions(NamedTuple):
    """The three versions of a file in a conflict; None where a side has none."""

    base: bytes | None
    ours: bytes | None
    theirs: bytes | None


def user_name() -> str:
    """Return the name git would put on a commit, or nothing."""
    return _text("config", "user.name", folder=Path.cwd())


def ignore(path: Path) -> None:
    """List a file in the repository's private exclude file; do nothing outside of a repository."""
    folder = path.parent.resolve()
    answer = _text("rev-parse", "--show-prefix", "--git-path", "info/exclude", folder=folder)
    prefix, _, exclude = answer.rpartition("\n")
    if exclude:
        pattern = "/" + re.sub(r"([\\*?\[ ])", r"\\\1", prefix + path.name)
        with suppress(OSError):  # a comfort, not a promise
            _add_line(folder / exclude, pattern)


def edit(path: Path) -> bool:
    """Open a file in the editor that git would open, and tell whether that went well."""
    fallback = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    editor = _text("var", "GIT_EDITOR", folder=Path.cwd()) or fallback
    try:
        # As git does: the setting may hold arguments, so a shell reads it.
        done = subprocess.run(["sh", "-c", f'{editor} "$@"', editor, str(path)], check=False)  # noqa: S603, S607
    except OSError:
        return False
    return done.returncode == 0


def top(folder: Path) -> Path:
    """Return the top folder of the repository; FileError outside of one."""
    answer = _text("rev-parse", "--show-toplevel", folder=folder)
    if not answer:
        raise FileError("not inside a git repository", where=str(folder), todo="run 'git init' first")
    return Path(answer)


def install(folder: Path) -> dict[str, str]:
    """Tell git how to merge trackers; return what it was told, by where that stands."""
    _add_line(folder / ".gitattributes", ATTRIBUTES)
    program = f"{shlex.quote(Path(sys.executable).as_posix())} -m pathtrack"
    settings = {name: value.replace("{program}", program) for name, value in _SETTINGS.items()}
    for name, value in settings.items():
        _run("config", name, value, folder=folder)
    return {".gitattributes": ATTRIBUTES, **settings}


def uninstall(folder: Path) -> None:
    """Take back what `install` told git."""
    attributes = folder / ".gitattributes"
    lines = attributes.read_text(encoding="utf-8").splitlines() if attributes.exists() else []
    if ATTRIBUTES in lines:
        rest = [line for line in lines if line != ATTRIBUTES]
        if rest:
            attributes.write_text("\n".join(rest) + "\n", encoding="utf-8")
        else:
            attributes.unlink()
    for section in ("merge.pathtrack", "diff.pathtrack"):
        _run("config", "--remove-section", section, folder=folder)


def installed(folder: Path) -> dict[str, bool]:
    """Say which parts of the merge driver are in place."""
    attributes = folder / ".gitattributes"
    listed = attributes.exists() and ATTRIBUTES in attributes.read_text(encoding="utf-8").splitlines()
    return {
        ".gitattributes": listed,
        **{name: bool(_text("config", name, folder=folder)) for name in _SETTINGS},
    }


def unmerged(folder: Path) -> list[Path]:
    """Return the trackers that are in conflict, seen from the top folder."""
    listed = _run("diff", "--name-only", "--diff-filter=U", "-z", folder=folder) or b""
    paths = (Path(name.decode(errors="surrogateescape")) for name in listed.split(b"\0") if name)
    return [path for path in paths if path.suffix == ".toml"]


def versions(path: Path, folder: Path) -> Versions:
    """Return the three versions of a file in conflict."""
    return Versions(*(_run("show", f":{stage}:{path.as_posix()}", folder=folder) for stage in (1, 2, 3)))


def version(path: Path, ref: str) -> bytes:
    """Return a file as it was at a ref; FileError when git knows none."""
    found = _run("show", f"{ref}:./{path.name}", folder=path.parent.resolve())
    if found is None:
        todo = "check the name, and that the file was committed there"
        raise FileError(f"git has no version of it at {ref!r}", where=str(path), todo=todo)
    return found


def stage(path: Path, folder: Path) -> None:
    """Put a file into the index."""
    if _run("add", "--", str(path), folder=folder) is None:
        raise FileError("git could not stage the file", where=str(path), todo="run 'git add' by hand")


def _add_line(path: Path, line: str) -> None:
    text = path.read_text(encoding="utf-8", errors="surrogateescape") if path.exists() else ""
    if line not in text.splitlines():
        path.parent.mkdir(parents=True, exist_ok=True)
        separator = "" if not text or text.endswith("\n") else "\n"
        path.write_text(f"{text}{separator}{line}\n", encoding="utf-8", errors="surrogateescape")


def _text(*arguments: str, folder: Path) -> str:
    return (_run(*arguments, folder=folder) or b"").decode(errors="replace").rstrip("\n")


def _run(*arguments: str, folder: Path) -> bytes | None:
    """Return what git prints, or None when it fails or is missing."""
    try:
        done = subprocess.run(  # noqa: S603 no shell
            ["git", *arguments],  # noqa: S607 the user's own git
            cwd=folder,
            capture_output=True,
            timeout=60,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None
