"""Which addresses may be connected to: those of the public internet, and what the user allows by name.

A feed is written by strangers. Its links must not make us read a router's page, a cloud's metadata or a database
beside us. So it is the address of the connection that is judged, after every name has been resolved and for every
redirect anew: no spelling of a name, and no answer of a name server that changes meanwhile, leads elsewhere.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Collection
from urllib.parse import urlsplit

from pipeline.errors import ArticleError
from pipeline.urls import without_user

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

PORTS = frozenset({80, 443})
# RFC 6052 and 8215: IPv6 addresses in which a translator finds an IPv4 address.
_NAT64 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))
# RFC 4291, 2.5.5.1: IPv4-compatible addresses, of old.
_COMPATIBLE = ipaddress.ip_network("::/96")
# Of the IANA registries of special addresses, what Python's own tables took in only later, or do not know.
_SPECIAL = tuple(
    ipaddress.ip_network(network)
    for network in (
        "192.0.0.0/24", "192.88.99.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.175.48.0/24", "100.64.0.0/10",
        "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16", "100::/64",
    )
)  # fmt: skip
# Digits that the system's resolver takes for an address, in whatever base: 2130706433, 0x7f.1, 0177.0.0.1.
_NUMERIC = re.compile(r"(?:0x[0-9a-f]*|\d+)(?:\.(?:0x[0-9a-f]*|\d+))*\.?", re.IGNORECASE)


class Forbidden(ArticleError):
    """The address is none that may be read."""

    def __init__(self, url: str, why: str) -> None:
        super().__init__("forbidden-address", f"{without_user(url)}: is not fetched: {why}")


def check_url(url: str, allowed: Collection[str] = ()) -> str:
    """The address itself, if its spelling is one that may be fetched; where it leads is judged at the connection.

    Args:
        allowed: hosts of an intranet, as `host` or `host:port`, that may be read whatever their address.

    Raises:
        Forbidden: another scheme than http and https, a user's name, an unusual port, or a host in numbers that is
            not written as an address.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise Forbidden(url, "it is no address") from None
    if any(character <= " " or character == "\\" for character in url):
        raise Forbidden(url, "it has blanks or backslashes in it")
    if parts.scheme.lower() not in ("http", "https"):
        raise Forbidden(url, "only http and https are")
    if not host:
        raise Forbidden(url, "it names no host")
    if parts.username is not None or parts.password is not None:
        raise Forbidden(url, "it names a user; a login of a feed belongs into fetch.logins")
    if is_allowed(host, port, allowed):
        return url
    if port is not None and port not in PORTS:
        raise Forbidden(url, f"port {port} is not the web's; the host may be allowed in fetch.allow")
    if _NUMERIC.fullmatch(host) and not _is_plain(host):
        raise Forbidden(url, "its host is a number")
    return url


def is_allowed(host: str, port: int | None, allowed: Collection[str]) -> bool:
    """Whether the user names the host, and the port if the user names one."""
    host = host.lower().rstrip(".")
    return host in allowed or (port is not None and f"{host}:{port}" in allowed)


def resolve(host: str, port: int) -> list[tuple[socket.AddressFamily, Address]]:
    """The addresses of a host.

    Raises:
        OSError: it has none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [
        (socket.AddressFamily(family), ipaddress.ip_address(str(place[0]).partition("%")[0]))
        for family, _, _, _, place in found
    ]


def is_public(address: Address) -> bool:
    """Whether an address belongs to the public internet, also where it is wrapped in another."""
    inner = _inside(address)
    if inner is not None:
        return is_public(inner)
    return address.is_global and not (
        any(address in network for network in _SPECIAL)
        or address.is_multicast
        or address.is_reserved
        or address.is_unspecified
        or (isinstance(address, ipaddress.IPv6Address) and address.is_site_local)
    )


def _inside(address: Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address in an IPv6 one that is only a way of writing it, or a way to it."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address.ipv4_mapped or address.sixtofour:
        return address.ipv4_mapped or address.sixtofour
    if address.teredo:
        return address.teredo[1]
    if any(address in network for network in (*_NAT64, _COMPATIBLE)) and int(address) > 1:
        return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    return None


def _is_plain(host: str) -> bool:
    try:
        ipaddress.IPv4Address(host)
    except ValueError:
        return False
    return True
