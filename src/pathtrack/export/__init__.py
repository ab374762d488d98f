"""Status reports in each format, as text: returns them, never writes."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from pathtrack.errors import UsageError
from pathtrack.text import safe_line

if TYPE_CHECKING:
    from pathtrack.state import View


class Format(StrEnum):
    """The format of an exported report."""

    MARKDOWN = "markdown"


_SUFFIXES = {".md": Format.MARKDOWN, ".markdown": Format.MARKDOWN}


def format_of(path: Path | None) -> Format:
    """Return the format that a path's suffix asks for; Markdown for no path."""
    if path is None:
        return Format.MARKDOWN
    if path.suffix.lower() not in _SUFFIXES:
        todo = f"end the path with {' or '.join(_SUFFIXES)}, or give --format"
        raise UsageError(f"no format is known for {safe_line(path.name)!r}", todo=todo)
    return _SUFFIXES[path.suffix.lower()]


def render(view: "View", chosen: Format) -> str:
    """Return the report of a view in a format; the same view gives the same text."""
    from pathtrack.export import markdown  # noqa: PLC0415 each format loads its own libraries

    return {Format.MARKDOWN: markdown.render}[chosen](view)
