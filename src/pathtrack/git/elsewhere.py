"""Where a commit has a tracker that a file may have been before it was moved or renamed."""

import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from pathtrack.git import door
from pathtrack.text.headers import is_tracker_like

_LINKS = (b"120000", b"160000")
"""The modes of what leads to files that a commit does not list: links and submodules."""


def tracker(commit: str, name: str, folder: Path) -> str | None:
    """Return the name of the first such file in a commit, or nothing; None if git cannot tell."""
    listed = door.run("ls-tree", "-r", "-z", "--full-tree", commit, folder=folder)
    if listed is None:
        return None
    same = door.text("hash-object", "--no-filters", "--", name, folder=folder)
    return next(_like(listed, name, same, folder), "")


def _like(listed: bytes, name: str, same: str, folder: Path) -> Iterator[str]:
    wanted = PurePosixPath(name)
    for entry in listed.split(b"\0")[:-1]:
        facts, _, path = entry.partition(b"\t")
        mode, _, blob = facts.split()
        found = PurePosixPath(os.fsdecode(path))
        if (
            found.name.lower() == wanted.name.lower()
            or blob.decode() == same
            or (mode in _LINKS and found in wanted.parents)
            or (found.suffix.lower() == ".toml" and _may_be_one(blob.decode(), folder))
        ):
            yield str(found)


def _may_be_one(blob: str, folder: Path) -> bool:
    """Return whether a file has the headers of a tracker; what a partial clone lacks may be anything."""
    data = door.run("cat-file", "blob", blob, folder=folder)
    return data is None or is_tracker_like(data)
