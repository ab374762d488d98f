"""Web sites on this machine, which keep what they were asked for, and a client that takes them for public."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

from pathtrack.web.client import Client


class Asked(NamedTuple):
    """A request as it came."""

    method: str
    host: str
    path: str
    headers: Mapping[str, str]
    body: bytes = b""


class Reply(NamedTuple):
    """What a site answers; a redirect has a `Location` among its headers."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = {}


class Site(ThreadingHTTPServer):
    """A site that answers as a function says."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, answer: Callable[[Asked], Reply]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer = answer
        self.asked: list[Asked] = []

    def handle_error(self, request: object, client_address: object) -> None:
        """Keep quiet about those who hang up early."""

    def at(self, path: str, *, scheme: str = "http", host: str = "site.example") -> str:
        """Return the address of a path, on any host."""
        return f"{scheme}://{host}:{self.server_port}{path}"

    @property
    def paths(self) -> list[str]:
        """The hosts and paths that were asked for."""
        return [f"{each.host}{each.path}" for each in self.asked]


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, Site)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        host = (self.headers["Host"] or "").rpartition(":")[0]
        asked = Asked(self.command, host, self.path, {**self.headers}, body)
        self.server.asked.append(asked)
        reply = self.server.answer(asked)
        self.send_response(reply.status, "\x1b[31m")
        for name, value in {"Content-Length": str(len(reply.body)), **reply.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(reply.body)

    do_POST = do_GET  # noqa: N815 the parent's way of naming them

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 its parent's name
        """Keep quiet."""


@contextmanager
def serving(answer: Callable[[Asked], Reply]) -> Iterator[Site]:
    """Serve a site until the end."""
    with Site(answer) as server:
        threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
        yield server
        server.shutdown()


@cache
def client() -> Client:
    """Return a client that finds every host on this machine, in the environment of the first who asks."""
    return Client(addresses=lambda *_: ["127.0.0.1"])
