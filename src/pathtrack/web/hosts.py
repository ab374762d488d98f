"""Which hosts may be contacted: those whose addresses are all public."""

import ipaddress
import socket
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress

from pathtrack.text import is_private_address, is_safe_address

Addresses = Callable[[str, float], Sequence[str]]
"""Returns the addresses by which a host may be contacted, within some seconds."""
_V4_SPECIAL = tuple(map(ipaddress.IPv4Network, ("192.88.99.0/24", "192.0.0.0/24")))
_V6_UNICAST = ipaddress.IPv6Network("2000::/3")
# Tunnels (Teredo, 6to4) and addresses of documents lie inside of it. What embeds an address of
# IPv4 otherwise (mapped, ::/96, NAT64), site-local and multicast addresses lie outside.
_V6_SPECIAL = tuple(map(ipaddress.IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))


class UnclearError(Exception):
    """It cannot be determined whether a page is there; the message says why."""


class UnknownHostError(UnclearError):
    """No host of that name is known here."""


def require_public(address: str) -> None:
    """Raise UnclearError for an address that no request may go to, whatever its host resolves to."""
    if not is_safe_address(address):
        raise UnclearError("is not a plain web address")
    if is_private_address(address):
        raise UnclearError("is in a private network")


def public(name: str, seconds: float) -> Sequence[str]:
    """Return the addresses of a host; UnclearError if any of them is not public."""
    found = _look_up(name, seconds)
    if not found:
        raise UnknownHostError("could not be tried: its host was not found")
    if not all(map(is_public, found)):
        raise UnclearError("is in a private network")
    return found


def is_public(text: str) -> bool:
    """Return whether an address of IPv4 or IPv6 belongs to one machine of the public network."""
    address = ipaddress.ip_address(text.partition("%")[0])
    if not address.is_global or address.is_multicast:
        return False
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in each for each in _V4_SPECIAL)
    return address in _V6_UNICAST and not any(address in each for each in _V6_SPECIAL)


def _look_up(name: str, seconds: float) -> Sequence[str]:
    """Return the addresses of a host name in the order in which the system would try them."""
    found: list[str] = []

    def ask() -> None:
        with suppress(OSError, UnicodeError):
            answers = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
            found.extend(dict.fromkeys(str(each[4][0]) for each in answers))

    # The system's own patience can be a minute, and nothing interrupts it.
    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(seconds)
    return tuple(found)
