"""The command line: reads, calls, shows."""

import io
import os
import sys
from importlib import import_module

import typer

from pathtrack.cli.root import HOMES
from pathtrack.cli.root import app as _app

__all__ = ["application", "main"]


def application(command: str | None = None) -> typer.Typer:
    """Return the application with the commands of the module that holds the given one, else with all."""
    needed = [name for name, commands in HOMES.items() if command in commands] or HOMES
    for module in () if command == "--version" else needed:
        import_module(f"pathtrack.cli.{module}")
    return _app


def main() -> None:
    """Run the command line; a terminal that lacks a character gets its escape instead."""
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")  # looking for plugins takes longer than reading
    os.environ.setdefault(
        "NoDefaultCurrentDirectoryInExePath", "1"
    )  # no git.exe of a repository's on Windows
    sys.stdin, sys.stdout, sys.stderr = (
        each or io.TextIOWrapper(io.BytesIO()) for each in (sys.stdin, sys.stdout, sys.stderr)
    )  # one may be closed
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace", newline="\n")
    application(_command())(prog_name="pathtrack")


def _command() -> str | None:
    """Return the first word of the command line, or of the one that a shell completes."""
    line = os.environ.get("_TYPER_COMPLETE_ARGS") or os.environ.get("COMP_WORDS")
    return next(iter((line.split() if line else sys.argv)[1:]), None)
