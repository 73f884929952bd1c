"""Logins of sites: which header a request takes to which host. What a secret is, only the header knows."""

from __future__ import annotations

import base64
import re
from collections.abc import Collection, Mapping
from urllib.parse import urlsplit

from pydantic import SecretStr

from pipeline.errors import ConfigError
from pipeline.fetch.addresses import is_allowed

_HEADER = re.compile(r"(?P<name>[!#$%&'*+.^_`|~0-9A-Za-z-]+): (?P<value>\S.*)")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9-]* \S.*")
_BASIC = re.compile(r"[^:]+:.*")
# What is ours or the connection's is nobody's login.
_OTHERS = frozenset({"host", "content-length", "transfer-encoding", "connection", "user-agent", "accept-encoding"})


class Logins:
    """The headers that prove who asks, by host.

    A secret goes to the host that it is named for and to no other, whatever redirects say; and over https only, unless
    the host is one that may be read whatever its address.

    Args:
        variables: host, as `host` or `host:port`, -> the variable with its login: `name:password`, `Bearer TOKEN` or
            `Header: value`.
        environment: the variables.
        allowed: hosts of an intranet.

    Raises:
        ConfigError: a variable is not set or holds no login; what it holds is not repeated.
    """

    def __init__(
        self, variables: Mapping[str, str], environment: Mapping[str, str], allowed: Collection[str] = ()
    ) -> None:
        self._allowed = allowed
        self._headers = {
            host.lower(): _header(host, variable, environment.get(variable, "").strip())
            for host, variable in variables.items()
        }

    def __call__(self, url: str) -> dict[str, str]:
        """The header for a request to an address; none where there is no login for it."""
        header = self._of(url)
        if header is None or not self._is_safe(url):
            return {}
        return {header[0]: header[1].get_secret_value()}

    def advice(self, url: str) -> str:
        """What to do where a site asks for a login, for the message."""
        if self._of(url) is None:
            return "the site asks for a login: name one in fetch.logins"
        if not self._is_safe(url):
            return "its login is sent over https only: write https, or name the host in fetch.allow"
        return "it does not take the login that fetch.logins names"

    def _of(self, url: str) -> tuple[str, SecretStr] | None:
        parts = urlsplit(url)
        host, usual = (parts.hostname or "").lower().rstrip("."), {"http": 80, "https": 443}.get(parts.scheme.lower())
        port = parts.port or usual
        return self._headers.get(f"{host}:{port}") or (self._headers.get(host) if port == usual else None)

    def _is_safe(self, url: str) -> bool:
        parts = urlsplit(url)
        return parts.scheme.lower() == "https" or is_allowed(parts.hostname or "", parts.port, self._allowed)


def _header(host: str, variable: str, value: str) -> tuple[str, SecretStr]:
    named = f"fetch.logins: {host}: the variable {variable or '(no name)'} of the environment"
    if not value:
        raise ConfigError(f"{named} is empty or not set; put the login there, never into the settings")
    if not value.isprintable():
        raise ConfigError(f"{named} holds a line break or another control character")
    if found := _HEADER.fullmatch(value):
        if found["name"].lower() in _OTHERS:
            raise ConfigError(f"{named} has a header that is not for a login")
        return found["name"], _latin(named, found["value"])
    if _SCHEME.fullmatch(value):
        return "Authorization", _latin(named, value)
    if _BASIC.fullmatch(value):
        return "Authorization", SecretStr(f"Basic {base64.b64encode(value.encode()).decode()}")
    raise ConfigError(f"{named} holds no login: write name:password, `Bearer TOKEN` or `Header: value`")


def _latin(named: str, value: str) -> SecretStr:
    if not value.isascii():
        raise ConfigError(f"{named} has letters beyond ASCII, which a header does not take")
    return SecretStr(value)
