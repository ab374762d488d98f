"""The command line: reads, calls, shows."""

import io
import os
import sys

from pathtrack.cli.app import app

__all__ = ["app", "main"]


def main() -> None:
    """Run the command line; a terminal that lacks a character gets its escape instead."""
    # Looking for plugins takes longer than reading.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
    # On Windows, a repository's own git.exe must not be run.
    os.environ.setdefault("NoDefaultCurrentDirectoryInExePath", "1")
    # A stream may be closed.
    sys.stdin, sys.stdout, sys.stderr = (
        each or io.TextIOWrapper(io.BytesIO()) for each in (sys.stdin, sys.stdout, sys.stderr)
    )
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace", newline="\n")
    app(prog_name="pathtrack")
