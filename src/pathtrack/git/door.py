"""The one way to run git: no file of a repository chooses what it runs or where it looks."""

import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

_NOTHING = os.path.join(__file__, "none")  # noqa: PTH118 a name, not a path that is used
"""What cannot be there on any system. Below `nul`, Windows can have a folder of somebody else's."""
_GUARD = (
    # Otherwise another object could stand for what was committed.
    "--no-replace-objects",
    *("-c", "safe.bareRepository=explicit"),  # a folder that only looks like a repository is not one
    # A repository could name a program for either of these, and git would run it.
    *("-c", "core.fsmonitor=false"),
    *("-c", f"core.hooksPath={_NOTHING}"),
)
_ELSEWHERE = {
    *("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_NAMESPACE"),
    *("GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_GRAFT_FILE", "GIT_SHALLOW_FILE"),
    *("GIT_CONFIG", "GIT_REPLACE_REF_BASE", "GIT_DISCOVERY_ACROSS_FILESYSTEM"),
}
"""What makes git look outside the folder it is asked about; git sets some of them for its hooks."""
_NO_NETWORK = {"GIT_ALLOW_PROTOCOL": "", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}
"""In a clone that lacks objects, git would fetch them; the second is for git 2.44 and newer."""
NOWHERE = {"GIT_DIR": _NOTHING}
"""Makes git ignore every repository."""


def run(
    *arguments: str, folder: Path, given: bytes = b"", environment: Mapping[str, str] | None = None
) -> bytes | None:
    """Return what git prints, or None if it fails or is missing; `given` is its standard input."""
    program = _program(os.environ.get("PATH", "").split(os.pathsep))
    if program is None:
        return None
    kept = {name: value for name, value in os.environ.items() if name.upper() not in _ELSEWHERE}
    try:
        done = subprocess.run(  # noqa: S603 no shell
            [program, *_GUARD, *arguments],
            cwd=folder,
            env={**kept, **_NO_NETWORK, **(environment or {})},
            input=given,
            capture_output=True,
            timeout=60,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None


def text(*arguments: str, folder: Path, environment: Mapping[str, str] | None = None) -> str:
    """Return what git prints as text, or nothing if it fails or is missing."""
    found = run(*arguments, folder=folder, environment=environment) or b""
    return found.decode(errors="replace").rstrip("\n")


def _program(folders: Iterable[str]) -> str | None:
    """Return where git is: never in the current folder, where Windows would look first."""
    name = "git.exe" if sys.platform == "win32" else "git"
    paths = (Path(folder, name) for folder in folders if Path(folder).is_absolute())
    return next((str(path) for path in paths if path.is_file() and os.access(path, os.X_OK)), None)
