"""The command line: reads, calls, shows."""

import io
import sys

from pathtrack.cli import editing, importing, reading, reports, teams, writing  # noqa: F401 registers the commands
from pathtrack.cli.app import app

__all__ = ["app", "main"]


def main() -> None:
    """Run the command line; a terminal that lacks a character gets its escape instead."""
    sys.stdout, sys.stderr = (each or io.StringIO() for each in (sys.stdout, sys.stderr))  # one may be closed
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    app(prog_name="pathtrack")
