"""Evidence addresses tried on the network: which pages are gone, and for which that is unclear."""

import ipaddress
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import NamedTuple

import httpx

from pathtrack.record.checks.sources import addresses
from pathtrack.record.finding import Finding
from pathtrack.record.model import Tracker
from pathtrack.text import is_private_address, is_safe_address, quoted

PATIENCE = 10.0
"""How long to wait for a page, in seconds."""
_AT_ONCE = 8
_HOPS = 10
_GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
_AGENT = "pathtrack (checks whether cited pages still exist)"


LookUp = Callable[[str], str]
"""Resolves a host name to a network address."""


class UnclearError(Exception):
    """It cannot be determined whether a page is there; the message says why."""


class _Outcome(NamedTuple):
    """What became of a page: the code and the message of a finding."""

    code: str
    message: str


def count(tracker: Tracker) -> int:
    """Return how many addresses there are to try."""
    return len(_distinct(tracker))


def check(
    tracker: Tracker,
    *,
    advance: Callable[[], None],
    look_up: LookUp | None = None,
) -> list[Finding]:
    """Try every address of a tracker once; return a warning for each that is gone or unclear.

    `advance` is called after each address; `look_up` resolves a host name. Private networks are never
    contacted, whether an address names them or a page redirects there.
    """
    with _client() as client, ThreadPoolExecutor(_AT_ONCE) as pool:

        def tried(address: str) -> _Outcome | None:
            outcome = _try(client, address, look_up or public_host)
            advance()
            return outcome

        distinct = _distinct(tracker)
        outcomes = dict(zip(distinct, pool.map(tried, distinct), strict=True))
    archives = {each.url: each.archive for update in tracker.updates for each in update.evidence}
    found = []
    for place, address in addresses(tracker):
        if outcome := outcomes.get(address):
            archive = f"; archived at {quoted(copy)}" if (copy := archives.get(address)) else ""
            message = f"{quoted(address)} {outcome.message}{archive}"
            found.append(Finding(0, place, outcome.code, message))
    return found


def _distinct(tracker: Tracker) -> list[str]:
    found = dict.fromkeys(address for _, address in addresses(tracker))
    return [each for each in found if is_safe_address(each) and not is_private_address(each)]


def public_host(name: str) -> str:
    """Return a public network address of a host, never one in a private network."""
    try:
        found = [str(each[4][0]) for each in socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as error:
        raise UnclearError("could not be tried: its host was not found") from error
    if not all(ipaddress.ip_address(each.partition("%")[0]).is_global for each in found):
        raise UnclearError("was not tried: it leads to a private network")
    return found[0]


def _client() -> httpx.Client:
    return httpx.Client(timeout=PATIENCE, headers={"User-Agent": _AGENT})


def _try(client: httpx.Client, address: str, look_up: LookUp) -> _Outcome | None:
    """Request a page; return nothing if it is there."""
    try:
        status = _status(client, address, look_up)
    except UnclearError as error:
        return _Outcome("unclear-link", str(error))
    except httpx.TimeoutException:
        return _Outcome("unclear-link", f"did not answer within {PATIENCE:.0f} seconds")
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError):
        return _Outcome("unclear-link", "could not be reached")
    if status < HTTPStatus.BAD_REQUEST:
        return None
    answer = (
        f"returned {status} {HTTPStatus(status).phrase}" if status in {*HTTPStatus} else f"returned {status}"
    )
    return _Outcome("dead-link" if status in _GONE else "unclear-link", answer)


def _status(client: httpx.Client, address: str, look_up: LookUp) -> int:
    """Return the status code of a page, checking every host on the way before it is contacted."""
    for _ in range(_HOPS):
        if not is_safe_address(address) or is_private_address(address):
            raise UnclearError("was not tried: it leads to a private network")
        url = httpx.URL(address)
        # Connect to the address that was checked: a moment later the name may resolve to another.
        host, name = look_up(url.host), url.raw_host.decode()
        response = client.send(
            client.build_request(
                "GET",
                url.copy_with(host=host),
                headers={"Host": url.netloc.decode()},
                extensions={"sni_hostname": name},
            ),
            stream=True,
        )
        # Only the status matters, and the page may be huge.
        response.close()
        if not response.has_redirect_location:
            return response.status_code
        address = str(url.join(response.headers["location"]))
    raise UnclearError(f"has too many redirects ({_HOPS})")
