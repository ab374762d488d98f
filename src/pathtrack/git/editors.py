"""The user's editor: which it is, and how it is started."""

import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path

from pathtrack.git import door


def chosen() -> str:
    """Return the user's editor, never one set by a repository."""
    simplest = "notepad" if sys.platform == "win32" else "vi"
    fallback = os.environ.get("VISUAL") or os.environ.get("EDITOR") or simplest
    found = door.text("var", "GIT_EDITOR", folder=Path(), environment=door.NOWHERE)
    # Where nothing is set, git on Windows names its own vi, which only its own shell finds.
    return found if found and (sys.platform != "win32" or _found(words(found)[0])) else fallback


def words(editor: str) -> list[str]:
    """Return the program of a setting and its arguments; ValueError if it cannot be read.

    On Windows, it may be quoted as for a Unix shell, since git's often is, or not at all:

        'C:/Program Files/Vim/gvim.exe' -f   →   C:/Program Files/Vim/gvim.exe, -f
    """
    if sys.platform == "win32":
        if Path(editor.strip()).is_file():
            return [editor.strip()]
        found = re.findall(r"""(?:"[^"]*"|'[^']*'|[^\s"'])+""", editor)
        return [re.sub(r""""([^"]*)"|'([^']*)'""", r"\1\2", each) for each in found] or [""]
    return shlex.split(editor) or [""]


def edit(path: Path) -> bool:
    """Open a file in the user's editor; return whether that succeeded."""
    with _interrupts_left_to_it():
        try:
            return subprocess.run([*_command(chosen()), str(path)], check=False).returncode == 0  # noqa: S603
        except OSError:
            return False


def _command(editor: str) -> list[str]:
    """Return what starts an editor, without the file; OSError if Windows has no such program."""
    if sys.platform == "win32":
        program, *given = words(editor)
        if not (found := _found(program)):
            raise FileNotFoundError(program)
        return [found, *given]
    # As git does: a shell reads the setting, and must not end before the editor.
    return ["/bin/sh", "-c", f'trap : INT QUIT\n{editor} "$@"', editor]


def _found(program: str) -> str | None:
    """Return where Windows has a program, but never in the current folder, where it would look first."""
    folders = [each for each in os.environ.get("PATH", "").split(os.pathsep) if Path(each).is_absolute()]
    ends = os.environ.get("PATHEXT", ".COM;.EXE;.BAT;.CMD").lower().split(";")
    # `code` without an end is a script for other systems beside code.cmd.
    ends = ["", *ends] if Path(program).suffix else ends
    paths = (Path(folder, program + end) for folder, end in product(folders, ends))
    return next((str(each) for each in paths if program and each.is_file()), None)


@contextmanager
def _interrupts_left_to_it() -> Iterator[None]:
    """Leave Ctrl-C to an editor, and go on when it ends, as git does."""
    signals = [getattr(signal, name) for name in ("SIGINT", "SIGQUIT") if hasattr(signal, name)]
    # A function, since the editor would inherit signals that are ignored.
    before = {each: signal.signal(each, lambda *_: None) for each in signals}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
