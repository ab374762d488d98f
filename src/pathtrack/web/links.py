"""Evidence addresses tried on the network: which pages are gone, and which cannot be told."""

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
_AGENT = "pathtrack (sees whether a cited page is still there)"


LookUp = Callable[[str], str]
"""From a host's name to its network address."""


class UnclearError(Exception):
    """Why it cannot be told whether a page is there."""


class _Fate(NamedTuple):
    """What became of a page: the code and the words of a finding."""

    code: str
    told: str


def count(tracker: Tracker) -> int:
    """Return how many addresses there are to try."""
    return len(_distinct(tracker))


def check(
    tracker: Tracker,
    *,
    advance: Callable[[], None],
    look_up: LookUp | None = None,
) -> list[Finding]:
    """Try every address of a tracker once; return a warning for each that is gone, or that cannot be told.

    `advance` is called for each address that was tried; `look_up` finds
    a host. Private networks are never asked, neither by name nor when a page leads there.
    """
    with _client() as client, ThreadPoolExecutor(_AT_ONCE) as pool:

        def tried(address: str) -> _Fate | None:
            fate = _try(client, address, look_up or public_host)
            advance()
            return fate

        distinct = _distinct(tracker)
        fates = dict(zip(distinct, pool.map(tried, distinct), strict=True))
    archives = {each.url: each.archive for update in tracker.updates for each in update.evidence}
    found = []
    for place, address in addresses(tracker):
        if fate := fates.get(address):
            archive = f"; archived at {quoted(copy)}" if (copy := archives.get(address)) else ""
            message = f"{quoted(address)} {fate.told}{archive}"
            found.append(Finding(0, place, fate.code, message))
    return found


def _distinct(tracker: Tracker) -> list[str]:
    found = dict.fromkeys(address for _, address in addresses(tracker))
    return [each for each in found if is_safe_address(each) and not is_private_address(each)]


def public_host(name: str) -> str:
    """Return a public network address of a host; never one of a private network."""
    try:
        found = [str(each[4][0]) for each in socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as error:
        raise UnclearError("cannot be tried: its host is not found") from error
    if not all(ipaddress.ip_address(each.partition("%")[0]).is_global for each in found):
        raise UnclearError("is not tried: it leads into a private network")
    return found[0]


def _client() -> httpx.Client:
    return httpx.Client(timeout=PATIENCE, headers={"User-Agent": _AGENT})


def _try(client: httpx.Client, address: str, look_up: LookUp) -> _Fate | None:
    """Ask for a page; return nothing where it comes."""
    try:
        status = _status(client, address, look_up)
    except UnclearError as error:
        return _Fate("unclear-link", str(error))
    except httpx.TimeoutException:
        return _Fate("unclear-link", f"does not answer within {PATIENCE:.0f} seconds")
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError):
        return _Fate("unclear-link", "cannot be reached")
    if status < HTTPStatus.BAD_REQUEST:
        return None
    answer = (
        f"answers {status} {HTTPStatus(status).phrase}" if status in {*HTTPStatus} else f"answers {status}"
    )
    return _Fate("dead-link" if status in _GONE else "unclear-link", answer)


def _status(client: httpx.Client, address: str, look_up: LookUp) -> int:
    """Follow an address to a page, and look at every host on the way before it is asked."""
    for _ in range(_HOPS):
        if not is_safe_address(address) or is_private_address(address):
            raise UnclearError("is not tried: it leads into a private network")
        url = httpx.URL(address)
        # The host that was looked at is the one that is asked, whatever its name means a moment later.
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
        response.close()
        if not response.has_redirect_location:
            return response.status_code
        address = str(url.join(response.headers["location"]))
    raise UnclearError(f"leads on and on: {_HOPS} redirections")
