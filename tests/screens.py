"""What stands on a screen, read back cell by cell: borders and widths do not matter."""

import io
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from threading import Thread
from unittest.mock import patch

from rich.cells import cell_len
from rich.console import Console, RenderableType

from pathtrack import cli


def drawn(renderable: RenderableType, *, width: int, color: bool = False) -> str:
    """Draw on a terminal of that width."""
    file = io.StringIO()
    console = Console(
        file=file,
        width=width,
        markup=False,
        highlight=False,
        emoji=False,
        force_terminal=color,
        color_system="256" if color else None,
        legacy_windows=False,
        _environ={},
    )
    console.print(renderable)
    return file.getvalue()


def without_colour(text: str) -> str:
    """Remove colours and links."""
    return re.sub(r"\x1b\[[0-9;]*m|\x1b\]8;.*?\x1b\\", "", text)


def rows(screen: str, *columns: str) -> list[list[str]]:
    """Return the cells under each header that names these columns; wrapped cells in one piece."""
    found: list[list[str]] = []
    starts: list[int] = []
    for line in map(_wide, screen.splitlines()):
        places = _places(line, columns)
        if places:
            starts = places
        elif not line.strip():
            starts = []
        elif starts:
            cells = [_narrow(line[start:end]) for start, end in zip(starts, [*starts[1:], None], strict=True)]
            if cells[0]:
                found.append(cells)
            else:
                found[-1] = [f"{old} {new}".strip() for old, new in zip(found[-1], cells, strict=True)]
    return found


def squeezed(text: str) -> str:
    """Return the text without its white space, which wrapping adds and removes."""
    return "".join(text.split())


def _places(line: str, columns: Sequence[str]) -> list[int]:
    if not line.startswith(columns[0]):
        return []
    places: list[int] = []
    for name in columns:
        places.append(line.find(name, places[-1] + 1 if places else 0))
    return places if min(places) >= 0 else []


def _wide(line: str) -> str:
    """Follow each character of two columns by a null, so that positions are columns."""
    return "".join(_cells(line))


def _cells(line: str) -> Iterable[str]:
    return (each + "\0" * (cell_len(each) - 1) for each in line)


def _narrow(cell: str) -> str:
    return cell.replace("\0", "").strip()


def on_a_terminal(*arguments: str, width: int, **environment: str) -> str:
    """Run a command in this process on a terminal of that width, and return what stands on it."""
    import fcntl  # noqa: PLC0415 POSIX systems have it
    import pty  # noqa: PLC0415 likewise
    import struct  # noqa: PLC0415
    import termios  # noqa: PLC0415

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, width, 0, 0))
    shown: list[bytes] = []
    reader = Thread(target=lambda: shown.extend(iter(lambda: _read(ours), b"")))
    reader.start()
    surroundings = {"TERM": "xterm-256color", "NO_COLOR": "1", **environment}
    with (
        patch.dict(os.environ, surroundings),
        patch.object(sys, "argv", ["pathtrack", *arguments]),
        _standard_streams(theirs),
        suppress(SystemExit),
    ):
        cli.main()
    reader.join()
    os.close(ours)
    return b"".join(shown).decode().replace("\r\n", "\n")


@contextmanager
def _standard_streams(terminal: int) -> Iterator[None]:
    """Read from a terminal and print on it, until it is closed."""
    kept = [os.dup(number) for number in range(3)]
    for number in range(3):
        os.dup2(terminal, number)
    os.close(terminal)
    try:
        with (
            open(0, encoding="utf-8", closefd=False) as stdin,
            open(1, "w", encoding="utf-8", closefd=False) as stdout,
            open(2, "w", encoding="utf-8", closefd=False) as stderr,
            patch.multiple(sys, stdin=stdin, stdout=stdout, stderr=stderr),
        ):
            yield
    finally:
        for number, file in enumerate(kept):
            os.dup2(file, number)
            os.close(file)


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # its other end is closed
        return b""
