"""Files of lines that git reads, such as .gitattributes."""

import errno
import os
from pathlib import Path


def read(path: Path) -> list[bytes]:
    """Return the lines of a file, none if it does not exist; OSError if it is not a file."""
    if not os.path.lexists(path):
        return []
    if not path.is_file():  # reading a pipe would wait for ever
        raise OSError(errno.EINVAL, "not a regular file", str(path))
    return path.read_bytes().splitlines(keepends=True)


def has(path: Path, line: str) -> bool:
    """Return whether a file has a line."""
    return _encoded(line) in (each.rstrip(b"\r\n") for each in read(path))


def add(path: Path, line: str) -> None:
    """Add a line at the end of a file that does not have it."""
    if not has(path, line):
        path.parent.mkdir(parents=True, exist_ok=True)
        joint = b"" if b"".join(read(path)[-1:]).endswith(b"\n") or not read(path) else b"\n"
        with path.open("ab") as file:
            file.write(joint + _encoded(line) + b"\n")


def remove(path: Path, line: str) -> None:
    """Remove a line from a file, and the file if it is then empty."""
    old = read(path)
    rest = [each for each in old if each.strip() != _encoded(line)]
    if rest != old:
        path.write_bytes(b"".join(rest))
        if not rest:
            path.unlink()


def _encoded(line: str) -> bytes:
    return line.encode(errors="surrogateescape")
