"""Connections that go to checked addresses alone and end at a deadline."""

import ssl
import time
from collections.abc import Callable, Iterable, Sequence

import httpcore

_A_TRY = 4.0
"""How long one address of a host may take to connect, in seconds; another may answer at once."""


class Deadline:
    """When an address has had its time, however little its server sends at a time."""

    def __init__(self, seconds: float) -> None:
        """Start the clock."""
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Return how many seconds are left; ReadTimeout if none are."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the deadline is over")
        return left


class Backend(httpcore.NetworkBackend):
    """Opens connections, each of them to an address that `addresses` returns for the host."""

    def __init__(self, addresses: Callable[[str], Sequence[str]], deadline: Deadline) -> None:
        """Store who decides, and until when."""
        self._addresses, self._deadline = addresses, deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 the deadline decides
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Return a connection to the first address of the host that accepts one."""
        failed: Exception = httpcore.ConnectError("no address")
        # The name is not resolved again: a moment later, it may lead elsewhere.
        for address in self._addresses(host):
            try:
                stream = httpcore.SyncBackend().connect_tcp(
                    address, port, min(self._deadline.left(), _A_TRY), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
            else:
                return _Stream(stream, self._deadline)
        raise failed


class _Stream(httpcore.NetworkStream):
    """A connection whose every step may take only the time that is left for all of them."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        return self._stream.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._stream.write(buffer, self._deadline.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left())
        return _Stream(secured, self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)
