"""The page served to one person on this machine, so that it can save what is decided.

It listens on the loopback addresses only. A page of another origin that the same browser has open can reach it there,
so: the address holds a random token; the Host must be ours, or a name that was made to lead here would make another
origin the same one (DNS rebinding); what changes something must come from our origin, as JSON, which no form sends; and
no answer allows another origin to read it.
"""

from __future__ import annotations

import errno
import hmac
import json
import os
import secrets
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer
from typing import Any

from pipeline.errors import ConfigError, WorldbriefError
from pipeline.review import page, results
from pipeline.review.decisions import save

MOST_BYTES = 2_000_000
"""Of what the page sends at once."""
_ADDRESSES = (("127.0.0.1", socket.AF_INET), ("::1", socket.AF_INET6))
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
Said = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Actions:
    """What the buttons do; one that is None has no button."""

    build: Callable[[Said], str] | None = None
    """Makes the issue again, telling how far it is; gives what came of it."""
    approve: Callable[[], str] | None = None
    """Says that the issue may go out as it is; gives what to tell."""


@dataclass(slots=True)
class _Building:
    """A build that runs, or how the last one ended."""

    runs: bool = False
    said: str = ""
    error: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)


class Desk:
    """What is behind the address: the folder, the overlay and what can be done.

    Args:
        folder: of results.
        overlay: where decisions go.
    """

    def __init__(self, folder: Path, overlay: Path, actions: Actions) -> None:
        self._folder = folder
        self._overlay = overlay
        self._actions = actions
        self._building = _Building()
        self._writing = threading.Lock()
        self._kept: tuple[object, bytes] | None = None

    def page(self) -> bytes:
        """The page as the files are now.

        Raises:
            ConfigError: the results are damaged or gone.
        """
        names = (results.ISSUE, results.ARTICLES, results.REPORT)
        state = [_stamp(path) for path in (*(self._folder / name for name in names), self._overlay)]
        kept = self._kept
        if kept is None or kept[0] != state:
            can = tuple(name for name in ("build", "approve") if getattr(self._actions, name))
            kept = self._kept = (state, page.render(self._read(), served=True, can=can))
        return kept[1]

    def decide(self, body: bytes) -> dict[str, Any]:
        with self._writing:
            return {"saved": save(body, self._read().id, self._overlay)}

    def build(self, body: bytes) -> dict[str, Any]:
        """Begin to make the issue again; `state` tells how far it is."""
        if self._actions.build is None:
            raise ConfigError("this server does not build")
        with self._building.lock:
            if self._building.runs:
                raise ConfigError("it is being built already")
            self._building.runs, self._building.said, self._building.error = True, "", ""
        threading.Thread(target=self._build, args=(self._actions.build,), daemon=True).start()
        return self.state(body)

    def _build(self, build: Callable[[Said], str]) -> None:
        now = self._building

        def say(text: str) -> None:
            now.said = text

        try:
            now.said = build(say)
        except WorldbriefError as error:
            now.error = str(error)
        except Exception as error:
            # Whatever it is, the page must not wait for ever.
            now.error = f"{type(error).__name__}: {error}"
        finally:
            now.runs = False

    def state(self, body: bytes) -> dict[str, Any]:
        now = self._building
        return {"building": now.runs, "said": now.said, **({"error": now.error} if now.error else {})}

    def approve(self, body: bytes) -> dict[str, Any]:
        if self._actions.approve is None:
            raise ConfigError("this server does not approve")
        if self._building.runs:
            raise ConfigError("it is being built; nothing was approved")
        with self._writing:
            return {"said": self._actions.approve()}

    def _read(self) -> results.Results:
        return results.read(self._folder, self._overlay)


def _stamp(path: Path) -> int:
    """When it was last written, in nanoseconds; 0 where it is not there."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


class Server:
    """A desk at the loopback addresses.

    Args:
        port: 0 takes one that is free.

    Raises:
        ConfigError: the port is taken.
    """

    def __init__(self, desk: Desk, port: int = 0) -> None:
        self.token = secrets.token_urlsafe(24)
        self._servers: list[_Listener] = []
        for address, family in _ADDRESSES:
            try:
                listener = _Listener(address, family, port)
            except OSError as error:
                if self._servers:
                    # A machine without IPv6, or where somebody else has the port there.
                    continue
                taken = error.errno in (errno.EADDRINUSE, errno.EACCES)
                raise ConfigError(
                    f"--port {port}: {'is taken' if taken else error.strerror}; name another, or none for a free one"
                ) from None
            port = listener.server_port
            listener.desk, listener.token = desk, self.token
            self._servers.append(listener)
        for listener in self._servers:
            listener.hosts = frozenset(f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]"))
        self.url = f"http://127.0.0.1:{port}/{self.token}/"

    def start(self) -> None:
        """Answer, in threads of its own, until `close`."""
        for listener in self._servers:
            threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()

    def close(self) -> None:
        for listener in self._servers:
            listener.shutdown()
            listener.server_close()


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    # Elsewhere the option lets another program take the port from under us.
    allow_reuse_address = os.name == "posix"
    desk: Desk
    token: str
    hosts: frozenset[str]

    def __init__(self, address: str, family: socket.AddressFamily, port: int) -> None:
        self.address_family = family
        super().__init__((address, port), _Handler)

    def server_bind(self) -> None:
        if self.address_family == socket.AF_INET6:
            self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        # TCPServer's: that of HTTPServer asks the resolver for the name of the machine.
        TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A connection that breaks off is no news."""


class _Handler(BaseHTTPRequestHandler):
    server: _Listener
    server_version = "worldbrief"
    sys_version = ""
    timeout = 30

    def do_GET(self) -> None:
        if not self._is_admitted():
            return
        if self._place() != "":
            self._answer(HTTPStatus.NOT_FOUND, b"There is nothing here.\n")
            return
        try:
            self._answer(HTTPStatus.OK, self.server.desk.page(), "text/html; charset=utf-8")
        except WorldbriefError as error:
            self._answer(HTTPStatus.INTERNAL_SERVER_ERROR, f"{error}\n".encode())

    def do_POST(self) -> None:
        if not self._is_admitted():
            return
        desk = self.server.desk
        acts = {
            "api/decide": desk.decide,
            "api/build": desk.build,
            "api/state": desk.state,
            "api/approve": desk.approve,
        }
        act = acts.get(self._place() or "")
        if act is None:
            self._answer(HTTPStatus.NOT_FOUND, b"There is nothing here.\n")
            return
        if self.headers.get("Origin") not in {f"http://{host}" for host in self.server.hosts}:
            self._answer(HTTPStatus.FORBIDDEN, b"This does not come from the page of review.\n")
            return
        if self.headers.get_content_type() != "application/json":
            self._answer(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, b"Send JSON.\n")
            return
        length = self.headers.get("Content-Length") or ""
        if not (length.isascii() and length.isdecimal()) or self.headers.get("Transfer-Encoding"):
            self._answer(HTTPStatus.LENGTH_REQUIRED, b"Say how long it is.\n")
            return
        if len(length) > 9 or int(length) > MOST_BYTES:
            self._answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, b"That is too much at once.\n")
            return
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            return
        try:
            answer, status = act(body), HTTPStatus.OK
        except WorldbriefError as error:
            answer, status = {"error": str(error)}, HTTPStatus.CONFLICT
        self._answer(status, json.dumps(answer).encode(), "application/json")

    def _is_admitted(self) -> bool:
        """Whether it is for us, and from somebody who was given the address; else it is answered."""
        if self.headers.get("Host", "").lower() not in self.server.hosts:
            self._answer(HTTPStatus.MISDIRECTED_REQUEST, b"This is not the address of the page of review.\n")
        elif self.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
            self._answer(HTTPStatus.FORBIDDEN, b"Open the address yourself.\n")
        elif not hmac.compare_digest(self.path[1:].partition("/")[0].encode(), self.server.token.encode()):
            self._answer(HTTPStatus.FORBIDDEN, b"Open the address that `worldbrief review --serve` prints.\n")
        else:
            return True
        return False

    def _place(self) -> str | None:
        """What is asked for, below the token; None where it lacks the slash that relative addresses need."""
        _, slash, place = self.path[1:].partition("/")
        return place if slash else None

    def _answer(self, status: HTTPStatus, body: bytes, kind: str = "text/plain; charset=utf-8") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """What is no request, or of another method: without a page of HTML, and without a word of what was sent."""
        self._answer(HTTPStatus(code), b"This is not understood.\n")

    def log_message(self, format: str, *args: Any) -> None:
        """Nobody reads it, and the token is in it."""
