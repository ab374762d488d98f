"""What git is asked for and set up to do: the author, ignored files, versions of a file, the merge driver."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from pathtrack.errors import FileError, UsageError
from pathtrack.text import quoted

ATTRIBUTES = "recommendations.toml text eol=lf merge=pathtrack diff=pathtrack"
"""The line of .gitattributes that names the driver; it is committed, so that the whole team has it."""

LOCKS = ".*.toml.lock"
"""What the private exclude file lists: the lock beside each tracker."""

# A missing program or an unreadable side leaves ordinary markers and a conflict, never one side alone.
_FALLBACK = "{ git merge-file -L ours -L base -L theirs --marker-size=%L %A %O %B; false; }"
_SETTINGS = {
    "merge.pathtrack.name": "pathtrack: updates of both sides, side by side",
    "merge.pathtrack.driver": f"{{program}} git merge-driver %O %A %B %P || {_FALLBACK}",
    "diff.pathtrack.xfuncname": "^ *((id|recommendations) *=.*)$",
}


class Versions(NamedTuple):
    """The three versions of a file in a conflict; None where a side has none."""

    base: bytes | None
    ours: bytes | None
    theirs: bytes | None


def user_name() -> str:
    """Return the name git would put on a commit, or nothing."""
    return _text("config", "user.name", folder=Path())


def author() -> str:
    """Return the default author: $PATHTRACK_AUTHOR, git's user.name or the login name."""
    from getpass import getuser  # noqa: PLC0415 only this needs it

    try:
        return os.environ.get("PATHTRACK_AUTHOR") or user_name() or getuser()
    except (KeyError, ImportError, OSError) as error:  # a user id without a name, as in a container
        raise UsageError("no author given", todo="give --by, or set $PATHTRACK_AUTHOR") from error


def ignore(path: Path) -> None:
    """Add a file to the repository's private exclude file; outside a repository, do nothing."""
    folder = path.parent.resolve()
    answer = _text("rev-parse", "--show-prefix", "--git-path", "info/exclude", folder=folder)
    prefix, _, exclude = answer.rpartition("\n")
    if exclude:
        pattern = "/" + re.sub(r"([\\*?\[ ])", r"\\\1", prefix + path.name)
        with suppress(OSError):  # a convenience, not a promise
            _add_line(folder / exclude, pattern)


def edit(path: Path) -> bool:
    """Open a file in the editor that git would use, and return whether that succeeded."""
    simplest = "notepad" if sys.platform == "win32" else "vi"
    fallback = os.environ.get("VISUAL") or os.environ.get("EDITOR") or simplest
    editor = _text("var", "GIT_EDITOR", folder=Path()) or fallback
    # As git does: the setting may hold arguments, so a shell reads it.
    if sys.platform == "win32":
        return subprocess.run(f'{editor} "{path}"', shell=True, check=False).returncode == 0  # noqa: S602
    try:
        done = subprocess.run(["sh", "-c", f'{editor} "$@"', editor, str(path)], check=False)  # noqa: S603, S607
    except OSError:
        return False
    return done.returncode == 0


def top(folder: Path) -> Path:
    """Return the top folder of the repository; FileError outside of one."""
    answer = _run("rev-parse", "--show-toplevel", folder=folder)
    if not answer:
        todo = "go to one, or run 'git status' to see why git does not recognise it"
        raise FileError("not inside a git repository", where=str(folder), todo=todo)
    return Path(os.fsdecode(answer.rstrip(b"\n")))


def install(folder: Path) -> dict[str, str]:
    """Set up git to merge trackers; return each line and setting by its place."""
    exclude = _text("rev-parse", "--git-path", "info/exclude", folder=folder)
    lines = {".gitattributes": ATTRIBUTES, exclude: LOCKS}
    with _refusing():
        for name, line in lines.items():
            _add_line(folder / name, line)
    for name, value in _settings().items():
        if _run("config", "--replace-all", name, value, folder=folder) is None:
            todo = "check the permissions of .git/config"
            raise FileError("git could not be configured", where=name, todo=todo)
    return {**lines, **_settings()}


def is_committed(folder: Path, name: str) -> bool:
    """Return whether the last commit has a file as it is now."""
    known = _run("ls-files", "--error-unmatch", "--", name, folder=folder)
    return known is not None and _run("status", "--porcelain", "--", name, folder=folder) == b""


def uninstall(folder: Path) -> None:
    """Remove what `install` set up, except for the locks, which nobody should commit."""
    attributes = folder / ".gitattributes"
    with _refusing():
        rest = [line for line in _lines(attributes) if line.strip() != ATTRIBUTES.encode()]
        if rest != _lines(attributes):
            attributes.write_bytes(b"".join(rest))
            if not rest:
                attributes.unlink()
    for section in ("merge.pathtrack", "diff.pathtrack"):
        _run("config", "--remove-section", section, folder=folder)


def installed(folder: Path) -> dict[str, str]:
    """Return for each part of the merge driver whether it is set, and as `install` would set it."""
    with _refusing():
        found = {".gitattributes": ATTRIBUTES if _has(folder / ".gitattributes", ATTRIBUTES) else ""}
    found |= {name: _text("config", name, folder=folder) for name in _settings()}
    wanted = {".gitattributes": ATTRIBUTES, **_settings()}
    return {
        name: "set" if value == wanted[name] else "set otherwise" if value else "not set"
        for name, value in found.items()
    }


def unmerged(folder: Path) -> list[Path]:
    """Return the trackers that are in conflict, relative to the top folder."""
    listed = _run("diff", "--name-only", "--diff-filter=U", "-z", folder=folder) or b""
    paths = (Path(name.decode(errors="surrogateescape")) for name in listed.split(b"\0") if name)
    return [path for path in paths if path.suffix == ".toml" and _is_tracker(path, folder)]


def _is_tracker(path: Path, folder: Path) -> bool:
    """Return whether any version of a file in conflict looks like a tracker."""
    return any(b"[report]" in (each or b"") for each in versions(path, folder))


def versions(path: Path, folder: Path) -> Versions:
    """Return the three versions of a file in conflict."""
    return Versions(*(_run("show", f":{stage}:{path.as_posix()}", folder=folder) for stage in (1, 2, 3)))


def version(path: Path, ref: str) -> bytes:
    """Return a file as it was at a ref; FileError if git has no such version."""
    real = path.resolve()
    top(real.parent)
    found = _run("show", "--end-of-options", f"{ref}:./{real.name}", folder=real.parent) if ref else None
    if found is None:
        todo = "check the name, and that the file was committed there"
        raise FileError(f"git has no version of it at {quoted(ref)}", where=str(path), todo=todo)
    return found


def stage(path: Path, folder: Path) -> None:
    """Add a file to the index."""
    if _run("add", "--", str(path), folder=folder) is None:
        raise FileError("git could not stage the file", where=str(path), todo="run 'git add' by hand")


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        what = f"cannot read or write the file: {error.strerror}"
        raise FileError(what, where=str(error.filename), todo="check its permissions") from error


def _settings() -> dict[str, str]:
    # -P: nothing in the repository may be taken for a module of the program.
    program = f"{shlex.quote(Path(sys.executable).as_posix())} -P -m pathtrack".replace("%", "%%")
    return {name: value.replace("{program}", program) for name, value in _SETTINGS.items()}


def _lines(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines(keepends=True) if path.exists() else []


def _has(path: Path, line: str) -> bool:
    return line.encode(errors="surrogateescape") in (each.rstrip(b"\r\n") for each in _lines(path))


def _add_line(path: Path, line: str) -> None:
    if not _has(path, line):
        path.parent.mkdir(parents=True, exist_ok=True)
        joint = "" if b"".join(_lines(path)[-1:]).endswith(b"\n") or not _lines(path) else "\n"
        with path.open("ab") as file:
            file.write(f"{joint}{line}\n".encode(errors="surrogateescape"))


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
