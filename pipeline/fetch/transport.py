"""Connections to checked addresses: urllib3, with the one step replaced in which a name becomes a connection.

urllib3's own SOCKS module replaces the same step (`HTTPConnection._new_conn`). The name stays what the certificate is
verified against and what the server is told. The proxy settings of the environment are not read: a proxy would resolve
names by itself.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Collection
from contextlib import suppress
from typing import Any

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError

from pipeline.fetch.addresses import Forbidden, is_allowed, is_public, resolve


class Deadline:
    """Ends the connections that a request uses once its time is up, whatever the other side is at.

    A limit for each read does not do: a server that sends a byte a second keeps every such limit.
    """

    _of_thread = threading.local()

    def __init__(self, seconds: float) -> None:
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True
        self._lines: list[socket.socket] = []
        self._over = False

    def __enter__(self) -> Deadline:
        Deadline._of_thread.current = self
        self._timer.start()
        return self

    def __exit__(self, *error: object) -> None:
        Deadline._of_thread.current = None
        self._timer.cancel()
        for line in self._lines:
            line.close()

    def _end(self) -> None:
        self._over = True
        for line in self._lines:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def watch(self, line: socket.socket) -> None:
        """End this connection, too."""
        # A handle of its own: the connection may let go of it while the answer is still being read.
        self._lines.append(line.dup())
        if self._over:
            self._end()

    @classmethod
    def of_this_request(cls) -> Deadline | None:
        return getattr(cls._of_thread, "current", None)


class _Watched(HTTPConnection):
    """A connection to a checked address that the deadline of the request in hand can end."""

    allowed: Collection[str] = ()
    _line: socket.socket | None = None

    def _new_conn(self) -> socket.socket:
        made = _connect(self, self.allowed)
        self._forget()
        # A handle of its own: TLS takes the other one over.
        self._line = made.dup()
        self._watch()
        return made

    def request(self, *arguments: Any, **options: Any) -> None:
        self._watch()
        super().request(*arguments, **options)

    def close(self) -> None:
        self._forget()
        super().close()

    def _watch(self) -> None:
        deadline = Deadline.of_this_request()
        if deadline is not None and self._line is not None:
            deadline.watch(self._line)

    def _forget(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None


class _WatchedTLS(_Watched, HTTPSConnection):
    pass


def pools(allowed: Collection[str], connections: int) -> urllib3.PoolManager:
    """Connections to public addresses, and to the allowed hosts.

    Args:
        connections: kept open to one host.
    """

    class Plain(urllib3.HTTPConnectionPool):
        ConnectionCls = type("Plain", (_Watched,), {"allowed": allowed})

    class TLS(urllib3.HTTPSConnectionPool):
        ConnectionCls = type("TLS", (_WatchedTLS,), {"allowed": allowed})

    manager = urllib3.PoolManager(num_pools=200, maxsize=connections, block=False)
    manager.pool_classes_by_scheme = {"http": Plain, "https": TLS}
    return manager


def _connect(connection: HTTPConnection, allowed: Collection[str]) -> socket.socket:
    host, port = connection.host, connection.port or 80
    try:
        found = resolve(host, port)
    except (OSError, UnicodeError) as error:
        raise NameResolutionError(host, connection, socket.gaierror(str(error))) from error
    if not is_allowed(host, port, allowed):
        for _, address in found:
            if not is_public(address):
                raise Forbidden(host, f"{address} is not an address of the public internet; fetch.allow allows a host")
    trouble: OSError | None = None
    for family, address in found:
        made = socket.socket(family, socket.SOCK_STREAM)
        try:
            made.settimeout(connection.timeout if isinstance(connection.timeout, (int, float)) else None)
            made.connect((str(address), port))
            return made
        except OSError as error:
            made.close()
            trouble = error
        except BaseException:
            made.close()
            raise
    if isinstance(trouble, TimeoutError):
        raise ConnectTimeoutError(connection, f"{host} did not answer") from trouble
    raise NewConnectionError(connection, f"no connection to {host}: {trouble}") from trouble
