"""One GET within bounds: of time, of size, of redirects, of what one host is asked at once."""

from __future__ import annotations

import re
import threading
import time
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import urllib3
from urllib3.exceptions import DecodeError, HTTPError, LocationValueError, NewConnectionError

from pipeline.errors import ArticleError
from pipeline.events import tell
from pipeline.fetch.addresses import Forbidden, check_url
from pipeline.fetch.headers import retry_after
from pipeline.fetch.logins import Logins
from pipeline.fetch.transport import Deadline, pools

_CHUNK = 65_536
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_GZIP = b"\x1f\x8b"
_REDIRECTS = 8
_MOVED = {301, 302, 303, 307, 308}
_FOR_GOOD = {301, 308}
_UNAUTHORISED = 401
_NONE = Logins({}, {})
# RFC 9110 and 6585: come back later.
_LATER = {408, 425, 429, 500, 502, 503, 504}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds of all requests of a client."""

    seconds: float = 30.0
    """For one document, redirects and all."""
    connect_seconds: float = 10.0
    max_bytes: int = 10_000_000
    """Of a document, unpacked."""
    per_host: int = 2
    """Requests to one host at a time."""
    host_pause: float = 0.5
    """Seconds between the beginnings of two requests to one host."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What came back. `body` is empty where nothing has changed since what was asked with (`status` 304)."""

    url: str
    """Where it was found, after all redirects."""
    moved_to: str | None
    """The new address, where every redirect on the way was for good."""
    status: int
    headers: Mapping[str, str] = field(repr=False)
    """Names in lower case."""
    body: bytes = field(repr=False)

    @property
    def content_type(self) -> str:
        """As `text/html`, without parameters; "" where none is told."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str:
        """What the server says of the encoding; "" where it says nothing."""
        found = _CHARSET.search(self.headers.get("content-type", ""))
        return found[1].lower() if found else ""


class NotFetched(ArticleError):
    """Nothing came, or nothing that may be used.

    Kinds: "fetch-failed" (no connection, a broken answer), "fetch-slow", "fetch-status" (4xx), "fetch-later" (429 and
    5xx), "too-large"; of feeds that are followed also "feed-gone" (410) and "no-feed" (a page in its place).
    """

    def __init__(self, kind: str, url: str, why: str, *, status: int = 0, wait: float | None = None) -> None:
        super().__init__(kind, f"{url}: {why}")
        self.http_status = status
        self.wait = wait
        """Seconds that the server asks to wait; None where it names none."""

    @property
    def is_transient(self) -> bool:
        """Whether another try at another time may do."""
        return self.kind in ("fetch-failed", "fetch-slow", "fetch-later")


class Client:
    """Fetches documents; safe for several threads.

    Args:
        user_agent: who asks; by custom with a contact.
        allow: hosts of an intranet that may be read, too.
        sleep: waits so many seconds.
        logins: what proves who we are, for each address of a request.
    """

    def __init__(
        self,
        user_agent: str,
        limits: Limits = Limits(),
        allow: frozenset[str] = frozenset(),
        sleep: Callable[[float], None] = time.sleep,
        logins: Logins = _NONE,
    ) -> None:
        self._limits = limits
        self._allow = allow
        self._pools = pools(allow, limits.per_host)
        self._headers = {
            "User-Agent": user_agent,
            "Accept": "application/rss+xml, application/atom+xml, application/feed+json, text/html, */*;q=0.5",
            "Accept-Encoding": "gzip, deflate",
        }
        self._sleep = sleep
        self._logins = logins
        self._gates: defaultdict[str, threading.BoundedSemaphore] = defaultdict(
            lambda: threading.BoundedSemaphore(limits.per_host)
        )
        self._next: dict[str, float] = {}
        self._lock = threading.Lock()

    def get(self, url: str, headers: Mapping[str, str] | None = None, *, may_lack: bool = False) -> Response:
        """The document at an address.

        Args:
            headers: further ones, such as `If-None-Match`.
            may_lack: that there is none is an answer, too, and nothing to warn of.

        Raises:
            Forbidden: the address, or one that it leads to, may not be read.
            NotFetched: nothing came, or nothing that may be used.
        """
        began = time.monotonic()
        try:
            response = self._followed(url, headers, began + self._limits.seconds)
        except ArticleError as error:
            status = error.http_status if isinstance(error, NotFetched) else 0
            seconds = time.monotonic() - began
            if may_lack and error.kind == "fetch-status":
                tell("fetched", url=url, status=status, bytes=0, seconds=seconds)
                raise
            tell("not-fetched", url=url, kind=error.kind, status=status, message=error.message, seconds=seconds)
            raise
        seconds = time.monotonic() - began
        tell("fetched", url=url, status=response.status, bytes=len(response.body), seconds=seconds)
        return response

    def _followed(self, url: str, headers: Mapping[str, str] | None, until: float) -> Response:
        """Through all redirects."""
        place, for_good = check_url(url, self._allow), True
        for _ in range(_REDIRECTS):
            with self._turn(place):
                # A login is looked for at every step: another host never gets it.
                response = self._once(place, {**self._headers, **(headers or {}), **self._logins(place)}, until)
            if not isinstance(response, _Redirect):
                moved = place if for_good and place != url else None
                return Response(
                    url=place,
                    moved_to=moved,
                    status=response[0],
                    headers=response[1],
                    body=response[2],
                )
            for_good = for_good and response.status in _FOR_GOOD
            place = check_url(urljoin(place, response.location), self._allow)
        raise NotFetched("fetch-failed", url, f"leads through more than {_REDIRECTS} redirects")

    @contextmanager
    def _turn(self, url: str) -> Iterator[None]:
        """This request's turn at its host."""
        host = urlsplit(url).hostname or ""
        with self._lock:
            gate = self._gates[host]
        with gate:
            with self._lock:
                now = time.monotonic()
                start = max(now, self._next.get(host, now))
                self._next[host] = start + self._limits.host_pause
            if start > now:
                self._sleep(start - now)
            yield

    def _once(
        self, url: str, headers: Mapping[str, str], until: float
    ) -> tuple[int, dict[str, str], bytes] | _Redirect:
        """One request; the body is read as far as it may be."""
        left = until - time.monotonic()
        if left <= 0:
            raise self._slow(url)
        with Deadline(left):
            return self._asked(url, headers, until, left)

    def _asked(
        self, url: str, headers: Mapping[str, str], until: float, left: float
    ) -> tuple[int, dict[str, str], bytes] | _Redirect:
        timeout = urllib3.Timeout(connect=min(left, self._limits.connect_seconds), read=left)
        try:
            answer = self._pools.request(
                "GET", url, headers=headers, redirect=False, retries=False, preload_content=False, timeout=timeout
            )
        except Forbidden:
            raise
        except LocationValueError:
            raise Forbidden(url, "it is no address") from None
        except NewConnectionError as error:  # of which urllib3 says that it is a time-out
            raise NotFetched("fetch-failed", url, f"could not be fetched: {_reason(error)}") from None
        except urllib3.exceptions.TimeoutError:
            raise self._slow(url) from None
        except (HTTPError, OSError, ValueError) as error:
            if time.monotonic() >= until:
                raise self._slow(url) from None
            raise NotFetched("fetch-failed", url, f"could not be fetched: {_reason(error)}") from None
        try:
            said = {name.lower(): value for name, value in answer.headers.items()}
            if answer.status in _MOVED and "location" in said:
                return _Redirect(answer.status, said["location"])
            if answer.status == 304:
                return 304, said, b""
            if answer.status >= 400 or answer.status < 200:
                kind = "fetch-later" if answer.status in _LATER else "fetch-status"
                why = f"the server answers {answer.status} {answer.reason or ''}".strip()
                if answer.status == _UNAUTHORISED:
                    why += f"; {self._logins.advice(url)}"
                raise NotFetched(
                    kind, url, why, status=answer.status, wait=retry_after(said.get("retry-after", ""), time.time())
                )
            return answer.status, said, self._body(answer, url, until)
        finally:
            # What is left unread is not worth reading to keep the connection.
            answer.close()

    def _body(self, answer: urllib3.BaseHTTPResponse, url: str, until: float) -> bytes:
        parts: list[bytes] = []
        size = 0
        try:
            while part := answer.read(_CHUNK, decode_content=True):
                parts.append(part)
                size += len(part)
                if size > self._limits.max_bytes:
                    raise self._large(url)
        except urllib3.exceptions.TimeoutError:
            raise self._slow(url) from None
        except DecodeError as error:
            raise NotFetched("fetch-failed", url, f"is not packed as it says: {_reason(error)}") from None
        except (HTTPError, OSError, ValueError) as error:
            if time.monotonic() >= until:
                raise self._slow(url) from None
            raise NotFetched("fetch-failed", url, f"broke off: {_reason(error)}") from None
        # A connection that was ended at its deadline may look like one at its end.
        if time.monotonic() >= until:
            raise self._slow(url)
        body = b"".join(parts)
        return self._unpacked(url, body) if body.startswith(_GZIP) else body

    def _unpacked(self, url: str, body: bytes) -> bytes:
        """A file that is packed itself, as sitemaps are: `.xml.gz`."""
        unpacking = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            found = unpacking.decompress(body, self._limits.max_bytes + 1)
        except zlib.error as error:
            raise NotFetched("fetch-failed", url, f"is not sound gzip: {error}") from None
        if len(found) > self._limits.max_bytes:
            raise self._large(url)
        return found

    def _large(self, url: str) -> NotFetched:
        return NotFetched("too-large", url, f"has more than {self._limits.max_bytes:,} bytes")

    def _slow(self, url: str) -> NotFetched:
        return NotFetched("fetch-slow", url, f"took more than {self._limits.seconds:g} seconds")


@dataclass(frozen=True, slots=True)
class _Redirect:
    status: int
    location: str


def _reason(error: BaseException) -> str:
    """In words, without the object that urllib3 puts before them."""
    return str(error).rpartition("object at ")[2].partition(">: ")[2] or str(error) or type(error).__name__
