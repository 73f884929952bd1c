"""The issue as a signed event, posted to an address, by the Standard Webhooks specification 1.0.0.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from urllib.parse import urlsplit

from pydantic import SecretStr

from pipeline.config import Config
from pipeline.errors import ConfigError
from pipeline.publish import Edition, Journal, Receipt, Uncertain
from pipeline.publish.edition import DATA
from pipeline.publish.http import Busy, Client, Unreached, checked_url, patiently
from pipeline.publish.means import Means
from pipeline.publish.once import once

_TYPE = "issue.published"
_PREFIX = "whsec_"
# The specification asks for 24 to 64 bytes; less than this can be guessed.
_MIN_SECRET = 16


class Webhook:
    """`[publish.webhook]`. The receiver tells repeats by `webhook-id`, so what may have arrived is sent again."""

    name = "webhook"

    def __init__(self, config: Config, means: Means) -> None:
        self._settings = config.publish.webhook
        self._means = means

    def preview(self, edition: Edition, journal: Journal) -> list[str]:
        url, secret = self._url(), self._secret()
        keys = "1 key" if len(signing_keys(secret)) == 1 else f"{len(signing_keys(secret))} keys"
        before = journal.entry(self.name, edition.sha256)
        known = f"; {before.status} {before.when}" if before.status else ""
        return [
            f"POST to {urlsplit(url).hostname}: {_TYPE} {event_id(edition)}, {len(event(edition))} bytes,"
            f" signed with {keys}{known}"
        ]

    def publish(self, edition: Edition, journal: Journal) -> Receipt:
        url, secret = self._url(), self._secret()
        body = event(edition)
        # Of many services the address is the key: a server that repeats the path repeats the key.
        parts = urlsplit(url)
        paths = [part for part in (parts.path, parts.query) if part not in ("", "/")]
        hidden = [secret, SecretStr(url), *map(SecretStr, paths)]
        client = Client(self.name, timeout=self._settings.timeout, secrets=hidden, now=self._means.now)

        def post() -> Receipt:
            # Signed anew each time: receivers refuse an old time.
            headers = {"Content-Type": "application/json", **signed(event_id(edition), body, secret, self._means.now())}
            answer = client.send("POST", url, headers=headers, body=body)
            return Receipt(detail=f"taken with status {answer.status} as {event_id(edition)}")

        def send() -> Receipt:
            return patiently(
                post,
                attempts=self._settings.attempts,
                sleep=self._means.sleep,
                again=(Busy, Unreached, Uncertain),
            )

        return once(self.name, edition, journal, self._means, send, repeatable=True)

    def _url(self) -> str:
        if self._settings.url_env:
            secret = self._means.secret("publish.webhook.url_env", self._settings.url_env)
            return checked_url(f"the variable {self._settings.url_env}", secret.get_secret_value())
        if not self._settings.url:
            raise ConfigError("publish.webhook.url: is empty; set the address that takes the issue")
        return checked_url("publish.webhook.url", self._settings.url)

    def _secret(self) -> SecretStr:
        secret = self._means.secret("publish.webhook.secret_env", self._settings.secret_env)
        signing_keys(secret)
        return secret


def target(config: Config, means: Means) -> Webhook:
    return Webhook(config, means)


def event_id(edition: Edition) -> str:
    """The same for every try to hand over the same edition."""
    return f"msg_{edition.sha256[:32]}"


def event(edition: Edition) -> bytes:
    """The body: type, time of the issue, and issue.json as data; the same bytes for the same edition."""
    data = json.loads(edition.files[DATA])
    moment = edition.issue.instant.isoformat().replace("+00:00", "Z")
    return json.dumps({"type": _TYPE, "timestamp": moment, "data": data}, ensure_ascii=False).encode()


def signed(name: str, body: bytes, secret: SecretStr, now: float) -> dict[str, str]:
    """The three headers of the specification.

    Args:
        name: id of the event.
        now: seconds since 1970.
    """
    moment = str(int(now))
    content = b".".join((name.encode(), moment.encode(), body))
    signatures = [base64.b64encode(hmac.digest(key, content, hashlib.sha256)) for key in signing_keys(secret)]
    return {
        "webhook-id": name,
        "webhook-timestamp": moment,
        "webhook-signature": " ".join(f"v1,{signature.decode()}" for signature in signatures),
    }


def signing_keys(secret: SecretStr) -> list[bytes]:
    """The keys in a secret: `whsec_` and base64, or plain text; two with a space between them while one is replaced.

    Raises:
        ConfigError: one is no base64 or too short.
    """
    keys = []
    for word in secret.get_secret_value().split():
        try:
            key = (
                base64.b64decode(word.removeprefix(_PREFIX), validate=True)
                if word.startswith(_PREFIX)
                else word.encode()
            )
        except (binascii.Error, ValueError):
            raise ConfigError("publish.webhook.secret_env: what follows whsec_ is no base64") from None
        if len(key) < _MIN_SECRET:
            raise ConfigError(f"publish.webhook.secret_env: a secret has at least {_MIN_SECRET} bytes")
        keys.append(key)
    return keys
