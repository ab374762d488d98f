"""What a run has found out so far, kept until it ends, so that the next one need not ask again."""

import hashlib
import json
import os
import time
from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path

_DAY = 24 * 60 * 60.0
"""For how long what an interrupted run found is still true, in seconds."""


class Journal:
    """Entries of one purpose about one tracker, each a line of JSON in the user's cache."""

    def __init__(self, purpose: str, tracker: Path | None, *, days: float = 1) -> None:
        """Read what an interrupted run left, unless that is too long ago."""
        name = hashlib.sha256(os.path.realpath(tracker or "").encode(errors="surrogateescape")).hexdigest()
        self._path = _cache() / f"{purpose}-{name[:16]}.jsonl"
        self.entries: list[dict[str, str]] = []
        with suppress(OSError):
            if time.time() - self._path.stat().st_mtime > days * _DAY:
                self._path.unlink()
            self.entries.extend(
                _entries(self._path.read_text(encoding="utf-8", errors="replace").splitlines())
            )

    def add(self, **entry: str) -> None:
        """Keep what was found out; a folder that cannot be written to only costs asking again."""
        self.entries.append(entry)
        with suppress(OSError):
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._append(entry)

    def end(self, addresses: Collection[str] | None = None) -> None:
        """Forget everything, or what is about some addresses: of these the run is complete."""
        kept = [
            each for each in self.entries if addresses is not None and each.get("address") not in addresses
        ]
        self.entries[:] = kept
        with suppress(OSError):
            self._path.unlink()
            for each in kept:
                self._append(each)

    def _append(self, entry: dict[str, str]) -> None:
        descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "ab") as file:
            # The newline comes first: a line that a kill cut short then spoils no other.
            file.write(f"\n{json.dumps(entry)}".encode())


def _cache() -> Path:
    """Return the user's folder for what can be lost."""
    given = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    with suppress(RuntimeError):
        return (Path(given) if given else Path.home() / ".cache") / "pathtrack"
    return Path(os.devnull)  # nobody knows the user's home, so nothing is kept


def _entries(lines: Iterable[str]) -> Iterable[dict[str, str]]:
    for line in lines:
        with suppress(ValueError):
            found = json.loads(line)
            if isinstance(found, dict) and all(isinstance(each, str) for each in found.values()):
                yield found
