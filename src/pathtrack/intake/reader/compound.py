"""The streams in a compound file, as older workbooks are."""

import struct
from collections.abc import Iterator

_ENTRY = 128
_LAST = 0xFFFFFFFA
"""From here on, a number of a sector means that there is none."""


def stream(data: bytes, *names: str) -> bytes:
    """Return the stream with the first of these names that there is; LookupError if there is none."""
    file = _File(data)
    found = {name.lower(): (start, size) for name, start, size in reversed(file.entries)}
    for name in names:
        if name.lower() in found:
            return file.content(*found[name.lower()])
    raise LookupError(names)


class _File:
    """A compound file: its sectors, those of its small streams, and the chains of both."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        (self.shift,) = struct.unpack_from("<H", data, 30)
        if self.shift not in {9, 12}:
            raise ValueError("no size of sectors")
        directory, self.least, small = (
            *struct.unpack_from("<I", data, 48),
            *struct.unpack_from("<II", data, 56),
        )
        self.chain = self._numbers(b"".join(map(self._sector, self._tables())))
        self.small = self._numbers(self._joined(small))
        self.entries = [*self._entries(self._joined(directory))]
        _, start, size = self.entries[0]
        self.inner = self._joined(start)[:size]

    def content(self, start: int, size: int) -> bytes:
        """Return a stream by its first sector; small ones are in sectors of 64 bytes within another."""
        if size >= self.least:
            return self._joined(start)[:size]
        parts = (self.inner[64 * each : 64 * each + 64] for each in self._follow(start, self.small))
        return b"".join(parts)[:size]

    def _tables(self) -> Iterator[int]:
        """Yield the sectors of the chains: the first are in the header, more in a list of lists."""
        yield from (each for each in struct.unpack_from("<109I", self.data, 76) if each < _LAST)
        (number,) = struct.unpack_from("<I", self.data, 68)
        for _ in range(len(self.data) >> self.shift):
            if number >= _LAST:
                return
            *found, number = self._numbers(self._sector(number))
            yield from (each for each in found if each < _LAST)

    def _entries(self, directory: bytes) -> Iterator[tuple[str, int, int]]:
        for place in range(0, len(directory) - _ENTRY + 1, _ENTRY):
            (length,) = struct.unpack_from("<H", directory, place + 64)
            start, size = struct.unpack_from("<II", directory, place + 116)
            name = directory[place : place + max(0, min(length, 64) - 2)]
            yield name.decode("utf-16-le", "replace"), start, size

    def _joined(self, start: int) -> bytes:
        return b"".join(map(self._sector, self._follow(start, self.chain)))

    def _follow(self, number: int, chain: tuple[int, ...]) -> Iterator[int]:
        """Yield the sectors of a chain, which may not be longer than all of them."""
        for _ in range(len(chain) + 1):
            if number >= len(chain):
                return
            yield number
            number = chain[number]
        raise ValueError("a chain without an end")

    def _sector(self, number: int) -> bytes:
        return self.data[(number + 1) << self.shift : (number + 2) << self.shift]

    def _numbers(self, data: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])
