"""JSON over HTTP as the services of newsletters speak it: requests, answers and what an error says."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from pydantic import SecretStr

from pipeline.errors import ConfigError, PublishError
from pipeline.issue.plain import line
from pipeline.publish import Uncertain
from pipeline.publish.http import Busy, Client, Rejected, Unreached, blotted, checked_url, patiently
from pipeline.publish.means import Means

ATTEMPTS = 4
_MOST_SAID = 300
# Lists of drafts come with their bodies.
_MOST_BYTES = 32_000_000
# Keys under which services say in words what is wrong; of an error object, in this order.
_WORDS = ("title", "code", "error", "field", "message", "context", "detail", "errors")

Query = Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Answered:
    """A JSON object that a service answered with, read as it is documented."""

    value: object
    name: str
    """Of the service, for messages."""

    def at(self, key: str) -> Answered:
        """The object under a key; an empty one where there is none."""
        value = self.value.get(key) if isinstance(self.value, dict) else None
        return Answered(value if isinstance(value, dict) else {}, self.name)

    def text(self, key: str) -> str:
        """A string or number under a key; "" where there is none."""
        value = self.value.get(key) if isinstance(self.value, dict) else None
        return str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""

    def needed(self, key: str) -> str:
        """Likewise of an answer to a change, which has been made without a word of what was made.

        Raises:
            Uncertain: there is none.
        """
        if found := self.text(key):
            return found
        raise Uncertain(f"{self.name}: has taken it, but answers without {key!r}: look whether the draft is there")

    def texts(self, key: str) -> list[str]:
        """The strings of an array under a key."""
        value = self.value.get(key) if isinstance(self.value, dict) else None
        return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []

    def objects(self, key: str) -> list[Answered]:
        """The objects of an array under a key.

        Raises:
            PublishError: there is no array: another program answers, and what is there is not known.
        """
        value = self.value.get(key) if isinstance(self.value, dict) else None
        if not isinstance(value, list):
            raise PublishError(
                f"{self.name}: answers otherwise than is documented (no {key!r}); nothing was sent. Is the "
                "address right?"
            )
        return [Answered(one, self.name) for one in value]


class Api:
    """One service.

    Args:
        name: of the target, as in `[publish.<name>]`.
        url: address of the API, to which paths are appended.
        headers: made anew for each request; a token may be short-lived.
        variable: of the environment, with the secret; named where the service does not accept it.
        secrets: blotted out of every message.

    Raises:
        ConfigError: `url` is no address that may be sent to.
    """

    def __init__(
        self,
        name: str,
        url: str,
        means: Means,
        *,
        timeout: float,
        headers: Callable[[], Mapping[str, str]],
        variable: str,
        secrets: Sequence[SecretStr],
    ) -> None:
        self._name = name
        self._url = checked_url(f"publish.{name}.url", url).rstrip("/")
        self._means = means
        self._headers = headers
        self._variable = variable
        self._secrets = secrets
        self._client = Client(name, timeout=timeout, secrets=secrets, most_bytes=_MOST_BYTES, now=means.now)

    def get(self, path: str, query: Query = ()) -> Answered:
        """Read; where no answer comes, again.

        Raises:
            Rejected: the service refuses; the message says what to do.
            PublishError: it cannot be read; nothing was changed.
        """
        try:
            return self._patiently("GET", path, query, None, (Busy, Unreached, Uncertain))
        except Uncertain as error:
            raise PublishError(f"{error}; nothing was changed") from None

    def post(self, path: str, body: Mapping[str, object], query: Query = ()) -> Answered:
        """Make something.

        Raises:
            Uncertain: no answer; it may have been made.
            Rejected: the service refuses; nothing was made.
            PublishError: nothing was made.
        """
        return self._patiently("POST", path, query, body)

    def put(self, path: str, body: Mapping[str, object], query: Query = ()) -> Answered:
        """Replace something, likewise."""
        return self._patiently("PUT", path, query, body)

    def patch(self, path: str, body: Mapping[str, object], query: Query = ()) -> Answered:
        """Change something, likewise."""
        return self._patiently("PATCH", path, query, body)

    def _patiently(
        self,
        method: str,
        path: str,
        query: Query,
        body: Mapping[str, object] | None,
        again: tuple[type[PublishError], ...] = (Busy, Unreached),
    ) -> Answered:
        asked = urlencode(list(query))
        url = f"{self._url}{path}" + (f"?{asked}" if asked else "")
        data = None if body is None else json.dumps(body, ensure_ascii=False).encode()

        def once() -> Answered:
            headers = {"Accept": "application/json", **self._headers()}
            if data is not None:
                headers["Content-Type"] = "application/json"
            answer = self._client.send(method, url, headers=headers, body=data)
            return Answered(answer.json(), self._name)

        try:
            return patiently(once, attempts=ATTEMPTS, sleep=self._means.sleep, again=again)
        except Rejected as error:
            raise self._explained(error, method, path) from None

    def _explained(self, error: Rejected, method: str, path: str) -> Rejected:
        """In the service's words, with what to do."""
        words = blotted(said(error.answer.body), self._secrets)
        status = error.answer.status
        remedy = {
            301: "set the address that it leads to",
            302: "set the address that it leads to",
            308: "set the address that it leads to",
            401: f"put a valid key into the variable {self._variable} of the environment",
            403: f"the key in {self._variable} may not do this: give it the rights that the README names",
            404: f"look whether the address and the ids in [publish.{self._name}] are right",
            409: "somebody else changed it at the same time: publish again",
        }.get(status, f"look at [publish.{self._name}]; if nothing there is wrong, the service may have changed")
        what = f"{self._name}: does not take {method} {path} (status {status}"
        return Rejected(f"{what}: {words}); {remedy}" if words else f"{what}); {remedy}", error.answer)


def basic(username: str, password: SecretStr) -> str:
    """Value of the header for HTTP Basic (RFC 7617)."""
    return "Basic " + base64.b64encode(f"{username}:{password.get_secret_value()}".encode()).decode()


def required(section: str, **values: object) -> None:
    """Settings that must not be empty.

    Raises:
        ConfigError: one is.
    """
    for key, value in values.items():
        if not value:
            raise ConfigError(f"{section}.{key}: is empty; see pipeline/publish/README.md for what belongs there")


def said(body: bytes) -> str:
    """What an error says in words: the strings of its JSON that are for people, or its text."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return line(body.decode("utf-8", "replace"), _MOST_SAID)
    return line(": ".join(filter(None, dict.fromkeys(_words(value)))), _MOST_SAID)


def _words(value: object, depth: int = 0) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list) and depth < 4:
        for one in value[:5]:
            yield from _words(one, depth + 1)
    elif isinstance(value, dict) and depth < 4:
        for key in _WORDS:
            yield from _words(value.get(key), depth + 1)
