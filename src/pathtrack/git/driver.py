"""What git is set up with so that it merges trackers."""

import os
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pathtrack.errors import FileError
from pathtrack.git import door, home, lines

ATTRIBUTES = "recommendations.toml text eol=lf merge=pathtrack diff=pathtrack"
"""The line of .gitattributes that names the driver; it is committed, so that the whole team has it."""

LOCKS = ".*.toml.lock"
"""What the private exclude file lists: the lock beside each tracker."""

# A missing program or an unreadable side leaves ordinary markers and a conflict, never one side alone.
_FALLBACK = "{ git merge-file -L ours -L base -L theirs --marker-size=%L %A %O %B; false; }"
_SETTINGS = {
    "merge.pathtrack.name": "pathtrack: updates of both sides, side by side",
    "merge.pathtrack.driver": f"{{program}} git merge-driver -- %O %A %B %P || {_FALLBACK}",
    "diff.pathtrack.xfuncname": "^ *((id|recommendations) *=.*)$",
}


def install(folder: Path) -> dict[str, str]:
    """Set up git to merge trackers; return each line and setting by its place."""
    exclude = home.own(folder).exclude
    shown = exclude.relative_to(folder) if exclude.is_relative_to(folder) else exclude
    with _refusing():
        lines.add(_attributes(folder), ATTRIBUTES)
        lines.add(exclude, LOCKS)
    for name, value in _settings().items():
        if door.run("config", "--local", "--replace-all", name, value, folder=folder) is None:
            todo = "check the permissions of .git/config"
            raise FileError("git could not be configured", where=name, todo=todo)
    return {".gitattributes": ATTRIBUTES, shown.as_posix(): LOCKS, **_settings()}


def uninstall(folder: Path) -> None:
    """Remove what `install` set up, except for the locks, which nobody should commit."""
    with _refusing():
        lines.remove(_attributes(folder), ATTRIBUTES)
    for section in ("merge.pathtrack", "diff.pathtrack"):
        door.run("config", "--local", "--remove-section", section, folder=folder)


def installed(folder: Path) -> dict[str, str]:
    """Return for each part of the merge driver whether it is set, and as `install` would set it."""
    with _refusing():
        found = {".gitattributes": _in_force(folder)}
    for name, wanted in _settings().items():
        value = door.text("config", name, folder=folder)
        found[name] = "set" if value == wanted else "set otherwise" if value else "not set"
    return found


def _in_force(folder: Path) -> str:
    """Return whether git itself says that it would call the driver: a later line may switch it off."""
    _attributes(folder)
    listed = door.run("ls-files", "-z", "--", ":(glob)**/recommendations.toml", folder=folder) or b""
    paths = [os.fsdecode(each) for each in listed.split(b"\0") if each] or ["recommendations.toml"]
    for parent in {parent for path in paths for parent in Path(path).parents}:
        _attributes(folder / parent)  # reading a pipe, git would wait for ever
    asked = b"".join(os.fsencode(path) + b"\0" for path in paths)
    answer = door.run("check-attr", "--stdin", "-z", "merge", folder=folder, given=asked) or b""
    # Three fields for each path: its name, the attribute, the value.
    values = answer.split(b"\0")[2::3]
    off = [path for path, value in zip(paths, values, strict=False) if value != b"pathtrack"]
    if values and not off:
        return "set"
    return f"set otherwise for {off[0]}" if lines.has(folder / ".gitattributes", ATTRIBUTES) else "not set"


def _attributes(folder: Path) -> Path:
    """Return the path of a folder's .gitattributes, which git reads only if it is a file itself."""
    path = folder / ".gitattributes"
    if path.is_symlink():
        todo = "replace it with the file it points to"
        raise FileError("a link, which git does not follow", where=str(path), todo=todo)
    lines.read(path)
    return path


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        what = f"cannot read or write the file: {error.strerror}"
        raise FileError(what, where=str(error.filename), todo="check its permissions") from error


def _settings() -> dict[str, str]:
    # -P: nothing in the repository may be taken for a module of the program.
    # git expands %O, %A and the like in the command, so a % in the path is doubled.
    program = f"{shlex.quote(Path(sys.executable).as_posix())} -P -m pathtrack".replace("%", "%%")
    return {name: value.replace("{program}", program) for name, value in _SETTINGS.items()}
