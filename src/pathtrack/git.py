"""What git knows: the author's name, and a private list of ignored files."""

import re
import subprocess
from pathlib import Path


def user_name() -> str:
    """Return the name git would put on a commit, or nothing."""
    return _git("config", "user.name", folder=Path.cwd())


def ignore(path: Path) -> None:
    """List a file in the repository's private exclude file; do nothing outside of a repository."""
    folder = path.parent.resolve()
    answer = _git("rev-parse", "--show-prefix", "--git-path", "info/exclude", folder=folder)
    prefix, _, exclude = answer.rpartition("\n")
    if not exclude:
        return
    pattern = "/" + re.sub(r"([\\*?\[ ])", r"\\\1", prefix + path.name)
    listed = folder / exclude
    text = listed.read_text(encoding="utf-8") if listed.exists() else ""
    if pattern not in text.splitlines():
        listed.parent.mkdir(parents=True, exist_ok=True)
        separator = "" if not text or text.endswith("\n") else "\n"
        listed.write_text(f"{text}{separator}{pattern}\n", encoding="utf-8")


def _git(*arguments: str, folder: Path) -> str:
    try:
        done = subprocess.run(  # noqa: S603 fixed arguments, no shell
            ["git", *arguments],  # noqa: S607 the user's own git
            cwd=folder,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=10,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.rstrip("\n") if done.returncode == 0 else ""
