"""HTTP for the targets: one request at a time, within bounds, and an error that says whether it may have arrived.

The client is urllib3: it is maintained, tells a connection that was never made from an answer that never came, follows
no redirect by itself, and can connect to an address that was checked before while it verifies the certificate of the
name (`HTTPSConnectionPool(address, server_hostname=..., assert_hostname=...)`).
https://urllib3.readthedocs.io/en/stable/advanced-usage.html
"""

from __future__ import annotations

import ipaddress
import json
import ssl
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from pydantic import SecretStr

from pipeline.errors import ConfigError, PublishError
from pipeline.fetch.headers import retry_after
from pipeline.issue.plain import line
from pipeline.publish import Declined, Uncertain

_CHUNK = 16_384
_SHOWN = 200
# RFC 9110 and 6585: the request was not worked on and may be made again. Another 5xx says nothing of that.
_TRY_AGAIN = frozenset({408, 425, 429, 503})
# Whoever is asked to wait longer leaves it to the next `publish`.
_LONGEST_WAIT_SECONDS = 120

T = TypeVar("T")


class Unreached(PublishError):
    """No connection: nothing was handed over."""


class Busy(PublishError):
    """The other side asks to come back later; it has taken nothing."""

    def __init__(self, message: str, wait: float | None) -> None:
        super().__init__(message)
        self.wait = wait
        """Seconds it asks for; None where it names none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes
    """What is too long, or breaks off, is cut."""

    def json(self) -> Any:
        """The body as data.

        Raises:
            Uncertain: it is no JSON: the request was taken, and what came of it is not known.
        """
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            raise Uncertain(f"was taken (status {self.status}), but the answer is no JSON or too long") from None


class Rejected(Declined):
    """A status from 300 to 499 that is not `Busy`: as it is, the other side does not take it."""

    def __init__(self, message: str, answer: Answer) -> None:
        super().__init__(message)
        self.answer = answer


def checked_url(setting: str, url: str) -> str:
    """The address, if it may be sent to: https, or http to this machine.

    Raises:
        ConfigError: another one, or one with a password in it.
    """
    try:
        parts = urlsplit(url)
        port_is_number = parts.port is None or parts.port > 0
    except ValueError:
        raise ConfigError(f"{setting}: is no address such as https://example.org/hook") from None
    if not (parts.hostname and url.isascii() and url.isprintable() and " " not in url and port_is_number):
        raise ConfigError(f"{setting}: is no address such as https://example.org/hook")
    if parts.username is not None or parts.password is not None:
        raise ConfigError(f"{setting}: a name or password must not be part of the address")
    if parts.scheme != "https" and not (parts.scheme == "http" and is_this_machine(parts.hostname)):
        raise ConfigError(f"{setting}: use https; http only reaches this machine (127.0.0.1, localhost)")
    return url


def is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower().rstrip(".") == "localhost"


class Client:
    """Requests to one service.

    Args:
        name: what messages call it. An address is never repeated in a message, only its host: it may hold a secret.
        timeout: seconds to connect, and to wait for each part of the answer; the body takes at most four times that.
        secrets: what is blotted out of every message, whoever wrote it.
        ca_file: PEM file with the authorities to trust; "" means those of the system.
        most_bytes: of an answer; what is longer is cut.
        now: seconds since 1970, against which a date in Retry-After counts.

    Raises:
        ConfigError: `ca_file` cannot be used.
    """

    def __init__(
        self,
        name: str,
        *,
        timeout: float,
        secrets: Sequence[SecretStr] = (),
        ca_file: str = "",
        most_bytes: int = 1_000_000,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._name = name
        self._timeout = timeout
        self._secrets = secrets
        self._most_bytes = most_bytes
        self._now = now
        # Loading the system's authorities takes a tenth of a second, which http on this machine need not wait for.
        self._tls = tls_context(name, ca_file) if ca_file else None

    def send(self, method: str, url: str, *, headers: Mapping[str, str], body: bytes | None = None) -> Answer:
        """Make one request; a redirect is not followed.

        Args:
            url: one that `checked_url` has passed.

        Raises:
            Unreached: nothing was handed over.
            Busy: status 408, 425, 429 or 503: nothing was taken.
            Rejected: another 4xx status, or a redirect.
            Uncertain: no answer, or another 5xx status.
        """
        import urllib3

        host = urlsplit(url).hostname or ""
        until = time.monotonic() + 4 * self._timeout
        with self._pool(url) as pool:
            try:
                response = pool.request(
                    method,
                    url,
                    body=body,
                    headers={"User-Agent": "worldbrief", "Accept-Encoding": "identity", **headers},
                    redirect=False,
                    retries=False,
                    timeout=urllib3.Timeout(connect=self._timeout, read=self._timeout),
                    preload_content=False,
                )
            except (urllib3.exceptions.NewConnectionError, urllib3.exceptions.ConnectTimeoutError) as error:
                raise Unreached(
                    self._message(host, f"cannot be reached ({_reason(error)}); nothing was sent")
                ) from None
            except (urllib3.exceptions.SSLError, urllib3.exceptions.ProxyError) as error:
                raise Unreached(self._message(host, f"no safe connection ({error}); nothing was sent")) from None
            except (urllib3.exceptions.HTTPError, OSError) as error:
                raise Uncertain(
                    self._message(host, f"no answer ({type(error).__name__}): it may have arrived")
                ) from None
            try:
                data = _read(response, until, self._most_bytes)
            finally:
                response.close()
        answer = Answer(
            status=response.status, headers={key.lower(): value for key, value in response.headers.items()}, body=data
        )
        return self._judged(host, answer)

    def _judged(self, host: str, answer: Answer) -> Answer:
        said = line(answer.body[: 4 * _SHOWN].decode("utf-8", "replace"), _SHOWN)
        what = f"answers with status {answer.status}" + (f" ({said})" if said else "")
        if 200 <= answer.status < 300:
            return answer
        if answer.status in _TRY_AGAIN:
            wait = retry_after(answer.headers.get("retry-after", ""), self._now())
            asked = f" and asks to wait {wait:.0f} seconds" if wait is not None else ""
            raise Busy(self._message(host, f"{what}{asked}; nothing was taken"), wait)
        if answer.status < 400:
            raise Rejected(
                self._message(host, f"{what}: a redirect, which is not followed; set the address it leads to"), answer
            )
        if answer.status < 500:
            raise Rejected(self._message(host, what), answer)
        raise Uncertain(self._message(host, f"{what}: it may have arrived"))

    def _message(self, host: str, text: str) -> str:
        return blotted(f"{self._name}: {host} {text}", self._secrets)

    def _pool(self, url: str) -> Any:
        """Connections for one request: a kept one that the other side has closed would look like no answer."""
        import urllib3

        parts = urlsplit(url)
        host = parts.hostname or ""
        if self._tls is None and parts.scheme == "https":
            self._tls = tls_context(self._name, "")
        proxy = None if is_this_machine(host) or proxy_bypass(host) else getproxies().get(parts.scheme)
        if proxy:
            return urllib3.ProxyManager(proxy, ssl_context=self._tls)
        return urllib3.PoolManager(ssl_context=self._tls)


def patiently(
    work: Callable[[], T],
    *,
    attempts: int,
    sleep: Callable[[float], None],
    again: tuple[type[PublishError], ...] = (Busy, Unreached),
) -> T:
    """Do `work`, again after a growing pause with chance in it while it raises one of `again`.

    Where the other side names a pause, it gets that; where that is long, the error is raised at once.

    Raises:
        PublishError: that of the last try.
    """
    from tenacity import RetryCallState, Retrying, retry_if_exception_type, wait_random_exponential

    growing = wait_random_exponential(multiplier=1, max=_LONGEST_WAIT_SECONDS)

    def asked(state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        return (error.wait or 0.0) if isinstance(error, Busy) else 0.0

    def pause(state: RetryCallState) -> float:
        return max(asked(state), growing(state))

    def stop(state: RetryCallState) -> bool:
        return state.attempt_number >= attempts or asked(state) > _LONGEST_WAIT_SECONDS

    patience = Retrying(
        stop=stop,
        wait=pause,
        retry=retry_if_exception_type(again),
        sleep=sleep,
        reraise=True,
    )
    return patience(work)


def tls_context(setting: str, ca_file: str) -> ssl.SSLContext:
    """Certificates and names are checked.

    Raises:
        ConfigError: `ca_file` cannot be read or has no certificate.
    """
    try:
        return ssl.create_default_context(cafile=ca_file or None)
    except (OSError, ssl.SSLError) as error:
        raise ConfigError(f"{setting}: {ca_file}: no usable certificates ({error})") from None


def blotted(text: str, secrets: Sequence[SecretStr]) -> str:
    """The text without the secrets, on one line: what the other side answers may repeat them."""
    for secret in secrets:
        if value := secret.get_secret_value():
            text = text.replace(value, "***")
    return line(text, 600)


def _reason(error: Exception) -> str:
    """What urllib3 says, without the object it says it of."""
    return line(str(error).rpartition(": ")[2] or type(error).__name__, _SHOWN)


def _read(response: Any, until: float, most: int) -> bytes:
    """The body up to the limit. The status is known by now: what breaks off is what there is."""
    import urllib3

    data = bytearray()
    try:
        while len(data) < most and time.monotonic() < until and (part := response.read1(_CHUNK)):
            data += part
    except (urllib3.exceptions.HTTPError, OSError):
        pass
    return bytes(data[:most])
