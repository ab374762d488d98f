"""What statuses and headings look like on a terminal."""

from rich.theme import Theme

from pathtrack.record.status import Status

_PLAIN_STYLES: dict[str, str] = {
    Status.NOT_ASSESSED: "dim",
    Status.NOT_STARTED: "",
    Status.IN_PROGRESS: "cyan",
    Status.PARTIAL: "blue",
    Status.IMPLEMENTED: "bold green",
    Status.STALLED: "magenta",
    Status.NOT_IMPLEMENTED: "red",
    Status.REVERSED: "bold red",
    "title": "bold",
    "heading": "bold underline",
}
_RICH_STYLES = _PLAIN_STYLES | {
    Status.IN_PROGRESS: "color(32)",  # readable on white and on black, contrast 4 or more
    Status.PARTIAL: "color(30)",
    Status.IMPLEMENTED: "bold color(28)",
    Status.STALLED: "color(133)",
    Status.NOT_IMPLEMENTED: "color(160)",
    Status.REVERSED: "bold color(166)",
}


def theme(color_system: str | None) -> Theme:
    """Return the look of the styles; a terminal with 16 colours chooses its own shades."""
    return Theme(_PLAIN_STYLES if color_system in {"standard", "windows"} else _RICH_STYLES)
