"""The one way to the network: public hosts alone, without credentials or cookies, up to a deadline."""

import os
import re
import ssl
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import NamedTuple
from urllib.request import getproxies, proxy_bypass

import httpcore
import httpx

from pathtrack import __version__
from pathtrack.errors import UsageError
from pathtrack.text import quoted
from pathtrack.web import hosts
from pathtrack.web.hosts import Addresses, UnclearError, UnknownHostError
from pathtrack.web.sockets import Backend, Deadline

PATIENCE = 10.0
"""How long an address may take, in seconds, with all redirects on its way."""
MOST = 1 << 20
"""How many bytes of a page are read unless a caller wants more."""
_HOPS = 10
_REDIRECTS = {301, 302, 303, 307, 308}
_FOR_GOOD = {301, 308}
_AGENT = f"pathtrack/{__version__} (looks after the sources of a record)"


class Answer(NamedTuple):
    """What came for an address; of a longer body, the beginning."""

    address: str
    """Where it came from, after redirects."""
    status: int
    headers: Mapping[str, str]
    body: bytes = b""
    is_whole: bool = True
    has_moved: bool = False
    """Whether redirects led here that are all meant for good."""

    @property
    def is_error(self) -> bool:
        """Whether the status is that of an error."""
        return self.status >= HTTPStatus.BAD_REQUEST

    @property
    def media_type(self) -> str:
        """The type that the server gives it, in lower case, such as `text/html`."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def retry_after(self) -> float:
        """For how many seconds the server asks to be left alone; 0 if it does not."""
        given = self.headers.get("retry-after", "").strip()
        if re.fullmatch(r"[0-9]{1,9}", given):
            return float(given)
        try:
            return max(0.0, parsedate_to_datetime(given).timestamp() - time.time())
        except (ValueError, TypeError, OverflowError, IndexError):
            return 0.0


class _Request(NamedTuple):
    """What is asked of an address: how, with which form if any, and for how many bytes at most."""

    method: str
    headers: Mapping[str, str]
    form: bytes = b""
    most: int = MOST


class Client:
    """Asks for addresses, each by itself: nothing is kept from one to the next."""

    def __init__(self, *, addresses: Addresses = hosts.public) -> None:
        """Read the environment; UsageError if its proxy or certificates cannot be used."""
        self._addresses = addresses
        self._context = _certificates()
        self._proxies = dict(_proxies())

    def get(
        self,
        address: str,
        *,
        most: int = MOST,
        headers: Mapping[str, str] | None = None,
        patience: float | None = None,
    ) -> Answer:
        """Return what an address has, wherever it leads; UnclearError if that is nothing."""
        return self._visit(address, _Request("GET", headers or {}, most=most), patience or PATIENCE)

    def post(self, address: str, form: bytes, *, headers: Mapping[str, str], patience: float) -> Answer:
        """Return the answer to a form, which is sent to no other address than this."""
        return self._visit(address, _Request("POST", headers, form), patience)

    def _visit(self, address: str, request: _Request, patience: float) -> Answer:
        deadline, start, for_good = Deadline(patience), address, True
        for _ in range(_HOPS):
            with _in_words(patience), _told_as_redirect(start, address):
                hosts.require_public(address)
                answer = self._ask(address, request, deadline)
                follow = answer.status in _REDIRECTS and answer.headers.get("location")
                if not follow or request.method != "GET":
                    return answer._replace(has_moved=for_good and address != start)
            for_good = for_good and answer.status in _FOR_GOOD
            address = _joined(address, follow)
        raise UnclearError(f"has too many redirects ({_HOPS})")

    def _ask(self, address: str, request: _Request, deadline: Deadline) -> Answer:
        method, headers, form, most = request
        url = httpx.URL(address).copy_with(fragment=None)
        sent = {"Host": url.netloc.decode(), "User-Agent": _AGENT, "Accept": "*/*"}
        sent |= {"Accept-Encoding": "gzip", "Connection": "close", **headers}
        if form:
            sent |= {"Content-Length": str(len(form)), "Content-Type": "application/x-www-form-urlencoded"}
        origin = httpcore.URL(
            scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path or b"/"
        )
        with (
            self._pool(url, deadline) as pool,
            pool.stream(method, origin, headers=[*sent.items()], content=form or None) as response,
        ):
            received = {name.decode("latin-1").lower(): _decoded(value) for name, value in response.headers}
            is_page = not (response.status in _REDIRECTS and "location" in received)
            body = _body(response.iter_stream(), received.get("content-encoding", ""), most if is_page else 0)
            return Answer(address, response.status, received, body[:most], len(body) <= most)

    def _pool(self, url: httpx.URL, deadline: Deadline) -> httpcore.ConnectionPool:
        proxy = self._proxies.get(url.scheme)
        if proxy is None or proxy_bypass(url.host):
            backend = Backend(lambda host: self._addresses(host, deadline.left()), deadline)
            return httpcore.ConnectionPool(ssl_context=self._context, network_backend=backend)
        try:
            self._addresses(url.raw_host.decode(), deadline.left())
        except UnclearError as error:
            if not isinstance(error, UnknownHostError):  # a proxy may know names that we do not
                raise
        return httpcore.HTTPProxy(
            f"{proxy.scheme}://{proxy.netloc.decode()}",
            proxy_auth=(proxy.username, proxy.password) if proxy.username else None,
            ssl_context=self._context,
            proxy_ssl_context=self._context if proxy.scheme == "https" else None,
            network_backend=Backend(lambda host: [host], deadline),
        )


@contextmanager
def _in_words(patience: float) -> Iterator[None]:
    """Raise what goes wrong on the network as UnclearError."""
    try:
        yield
    except httpcore.TimeoutException as error:
        raise UnclearError(f"did not answer within {patience:.0f} seconds") from error
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.ProxyError, OSError) as error:
        if isinstance(error.__context__, ssl.SSLCertVerificationError):
            raise UnclearError("could not be reached: its certificate is not valid") from error
        raise UnclearError("could not be reached") from error
    except (httpx.InvalidURL, httpcore.UnsupportedProtocol, ValueError) as error:
        raise UnclearError("is not an address that can be asked") from error


@contextmanager
def _told_as_redirect(start: str, address: str) -> Iterator[None]:
    """Raise what is said of an address that another one leads to with both named."""
    try:
        yield
    except UnclearError as error:
        if address == start:
            raise
        raise UnclearError(f"leads to {quoted(address)}, which {error}") from error


def _joined(address: str, location: str) -> str:
    try:
        return str(httpx.URL(address).join(location))
    except (httpx.InvalidURL, ValueError):
        return location  # it is refused as what it is


def _decoded(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _body(chunks: Iterable[bytes], encoding: str, most: int) -> bytes:
    """Return a body up to one byte more than wanted, which shows that there is more.

    It is unpacked piece by piece, so that no bomb is ever larger than what is wanted of it.
    """
    if encoding.strip().lower() not in {"", "identity", "gzip", "x-gzip"} or not most:
        return b""  # nothing else was asked for
    unpack: Callable[[bytes, int], bytes] = lambda data, _: data  # noqa: E731
    if "gzip" in encoding.lower():
        unpack = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress
    found = bytearray()
    try:
        for chunk in chunks:
            found += unpack(chunk, most + 1 - len(found))
            if len(found) > most:
                break
    except zlib.error as error:
        raise UnclearError("sent what cannot be unpacked") from error
    return bytes(found[: most + 1])


def _certificates() -> ssl.SSLContext:
    """Return the certificates to trust; UsageError if the environment names none that can be read."""
    names = ("SSL_CERT_FILE", "SSL_CERT_DIR")
    name = next((each for each in names if os.environ.get(each)), "")
    given = os.environ.get(name, "")
    try:
        if name == "SSL_CERT_DIR":
            os.listdir(given)  # noqa: PTH208 the certificates of a missing folder are none, silently
        return httpx.create_ssl_context()
    except OSError as error:
        cause = error.strerror if not isinstance(error, ssl.SSLError) else "it holds no certificates"
        todo = f"correct or unset {name}"
        raise UsageError(f"cannot read {name}, {quoted(given)}: {cause}", todo=todo) from error


def _proxies() -> Iterator[tuple[str, httpx.URL]]:
    """Yield for each scheme the proxy of the environment; UsageError for what is not one."""
    given = getproxies()
    for scheme in ("http", "https"):
        name = scheme if given.get(scheme) else "all"
        if text := given.get(name):
            todo = f"correct or unset {name}_proxy, in capitals or not; it begins with http://"
            try:
                url = httpx.URL(text if "://" in text else f"http://{text}")
            except (httpx.InvalidURL, ValueError) as error:
                raise UsageError(f"{quoted(text)} is not a proxy's address", todo=todo) from error
            if url.scheme not in {"http", "https"} or not url.host:
                raise UsageError(f"{quoted(text)} is not a proxy that can be used", todo=todo)
            yield scheme, url
