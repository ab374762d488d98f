"""What people try first where a command belongs, and the command that does it."""

import re
from collections.abc import Iterable
from pathlib import Path

from pathtrack.text import for_shell

_REMOVING = ("undo", "withdraw UPDATE", "edit")
_RECORDING = ("update ID --status STATUS",)
MEANT = {
    "areas": ("progress",),
    "cat": ("show ID",),
    "close": _RECORDING,
    "count": ("progress",),
    "create": ("init", "add ID"),
    "csv": ("export status.csv",),
    "delete": _REMOVING,
    "diff": ("changes --since DATE",),
    "excel": ("export status.xlsx",),
    "find": ("list --search TEXT",),
    "fix": ("correct UPDATE", "edit"),
    "get": ("show ID",),
    "history": ("timeline",),
    "info": ("show ID",),
    "log": ("timeline",),
    "ls": ("list",),
    "mv": ("rename ID NEW",),
    "new": ("init", "add ID"),
    "note": ("update ID --note TEXT",),
    "overdue": ("list --overdue",),
    "pdf": ("export status.docx",),
    "print": ("export status.md",),
    "publish": ("export site/",),
    "record": _RECORDING,
    "remove": _REMOVING,
    "report": ("export status.md",),
    "rm": _REMOVING,
    "search": ("list --search TEXT",),
    "set": _RECORDING,
    "start": ("init",),
    "statistics": ("progress",),
    "stats": ("progress",),
    "status": ("list",),
    "summary": ("progress",),
    "validate": ("check",),
    "view": ("show ID",),
    "word": ("export status.docx",),
}
"""What people try first, and the commands that do it."""
OPTIONS = {"--author": "--by", "--message": "--note", "--url": "--evidence"}
"""Options that people try first, and those that do it."""
_LOOKS_LIKE_AN_ID = r"(?=.*[0-9])[A-Za-z0-9][A-Za-z0-9._,\u2013-]*"


def as_meant(args: list[str]) -> list[str]:
    """Return the command line that does what `help`, `version` or an id alone asks for."""
    match args:
        case ["help", *command]:
            return [*command, "--help"]
        case ["version"]:
            return ["--version"]
        case [word, *_] if re.fullmatch(_LOOKS_LIKE_AN_ID, word) and not Path(word).exists():
            return ["show", *args]
        case _:
            return args


def instead(unknown: str, commands: Iterable[str], program: str) -> str:
    """Return which command was probably meant, or where all are listed."""
    from difflib import get_close_matches  # noqa: PLC0415 only this refusal needs it

    if Path(unknown).is_file():
        return f"did you mean '{program} list --file {for_shell(unknown)}'?"
    if meant := MEANT.get(unknown.lower()) or get_close_matches(unknown, commands, n=1):
        return "did you mean " + " or ".join(f"'{program} {each}'" for each in meant) + "?"
    return f"see '{program} --help', or '{program} show {for_shell(unknown)}' if that is an id or an area"
