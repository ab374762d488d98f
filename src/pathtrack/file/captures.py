"""Pages of sources as they were fetched, beside the tracker: kept, listed and verified."""

import csv
import datetime as dt
import gzip
import hashlib
import io
import os
import re
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pathtrack.errors import FileError
from pathtrack.file import links, publish, store, toml
from pathtrack.record.finding import Finding
from pathtrack.text import count, quoted

FOLDER = "sources"
MOST = 20 << 20
"""How many bytes a page may have to be kept."""
_FEW = 20
"""How many wrong rows of the index are named."""
_INDEX = "index.csv"
_COLUMNS = ("address", "fetched", "sha256", "type")
_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)
_TYPE = re.compile(r"[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,60}", re.ASCII)


class Capture(NamedTuple):
    """A page that was kept: from where, when, the hash of its bytes, and its type."""

    address: str
    fetched: str
    sha256: str
    type: str


def keep(
    tracker: Path, address: str, body: bytes, *, kind: str, now: dt.datetime, waiting: Callable[[], None]
) -> Capture:
    """Store the bytes of a page, packed, under their hash, and add them to the index.

    `waiting` is called when another writer is at work.
    """
    folder = _folder(tracker)
    links.require_none(index := folder / _INDEX)  # before a lock is made beside what it leads to
    if not index.exists():
        publish.make_folder(folder)
        # Whoever wants them in git deletes this: pages of others are large, and not ours to publish.
        publish.write_beside(folder / ".gitignore", b"*\n")
    name = hashlib.sha256(body).hexdigest()
    moment = now.isoformat(timespec="seconds")
    new = Capture(address, moment, name, kind if _TYPE.fullmatch(kind) else "")
    path = _path(folder, name)
    if not path.is_file() or path.is_symlink():
        publish.write_beside(path, gzip.compress(body, mtime=0))
    with store.locked(index, waiting=waiting):
        text = io.StringIO()
        rows = (row for row in _rows(tracker) if row != [*_COLUMNS])
        csv.writer(text, lineterminator="\n").writerows([_COLUMNS, *rows, new])
        publish.write_beside(index, text.getvalue().encode())
    return new


def listed(tracker: Path) -> list[Capture]:
    """Return what the index lists; a row that is no capture is left out."""
    return [Capture(*row) for row in _rows(tracker) if _is_capture(row)]


def _rows(tracker: Path) -> list[list[str]]:
    """Return all rows of the index, its header too."""
    links.require_none(path := _folder(tracker) / _INDEX)
    if not os.path.lexists(path):
        return []
    text = toml.decode(store.read(path), name=str(path))
    try:
        return [row for row in csv.reader(io.StringIO(text)) if row]
    except csv.Error as error:
        raise FileError("the index is not a table", where=str(path), todo="bring it back") from error


def _is_capture(row: list[str]) -> bool:
    return len(row) == len(_COLUMNS) and _HASH.fullmatch(row[2]) is not None


def faults(tracker: Path) -> Iterator[Finding]:
    """Yield the captures that are missing or no longer what was fetched."""
    folder, hashed = _folder(tracker), cache(_hash)  # many rows can name one large page
    numbered = enumerate(_rows(tracker), start=1)
    wrong = [(number, row) for number, row in numbered if not _is_capture(row) and row != [*_COLUMNS]]
    for number, row in wrong[:_FEW]:
        what = f"row {number} of {folder / _INDEX} names no page that was kept: {quoted(','.join(row))}"
        yield Finding((), "changed-capture", what)
    if more := len(wrong[_FEW:]):
        named = "names" if more == 1 else "name"
        yield Finding((), "changed-capture", f"{count(more, 'more row')} {named} no page that was kept")
    for each in dict.fromkeys(listed(tracker)):
        path = _path(folder, each.sha256)
        if not path.is_file():
            yield Finding((), "missing-capture", f"the page kept of {quoted(each.address)} is not in {path}")
        elif path.is_symlink() or hashed(path) != each.sha256:
            yield Finding(
                (), "changed-capture", f"the page kept of {quoted(each.address)} was changed in {path}"
            )


def _folder(tracker: Path) -> Path:
    links.require_none(folder := tracker.parent / FOLDER)
    return folder


def _path(folder: Path, name: str) -> Path:
    return folder / f"{name}.gz"


def _hash(path: Path) -> str:
    """Return the hash of what is packed in a file; empty if that is more than was kept, or nothing."""
    unpacking = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        with path.open("rb") as file:
            unpacked = unpacking.decompress(file.read(2 * MOST), MOST + 1)
            # Other programs would read on in what follows.
            is_all = unpacking.eof and not unpacking.unused_data and not file.read(1)
    except (OSError, zlib.error):
        return ""
    return hashlib.sha256(unpacked).hexdigest() if is_all and len(unpacked) <= MOST else ""
