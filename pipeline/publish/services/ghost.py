"""Ghost: the issue as a draft post.

Source: docs.ghost.org/admin-api (authentication, posts). Ghost turns HTML into its own format and drops what that does
not have; what stands between the two comments of an HTML card it keeps as it is. A change needs the `updated_at` that
was read, so that nobody's work is overwritten. In mail, Ghost fills in `%%{...}%%`.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json

from pydantic import SecretStr

from pipeline.config import Config
from pipeline.config.services import Ghost as Settings
from pipeline.errors import ConfigError
from pipeline.issue.plain import line
from pipeline.publish.http import Rejected
from pipeline.publish.means import Means
from pipeline.publish.services.api import Answered, Api, required
from pipeline.publish.services.content import Content
from pipeline.publish.services.drafts import Draft, DraftTarget

_OPENERS = ("%%{",)
_PATH = "/ghost/api/admin"
_FROM_HTML = (("source", "html"),)
# Longest title and excerpt that Ghost takes.
_TITLE, _EXCERPT = 255, 300
# Ghost accepts a token for five minutes; this is how far the two clocks may be apart.
_LIFETIME, _EARLIER = 240, 30


class Ghost:
    """One site."""

    def __init__(self, settings: Settings, api: Api) -> None:
        self._settings = settings
        self._api = api

    def find(self, content: Content) -> Draft | None:
        try:
            return self._draft(self._api.get(f"{_PATH}/posts/slug/{content.slug}/"))
        except Rejected as error:
            # Of a wrong address Ghost, or whoever answers there, says 404 as well, but not in this form.
            if error.answer.status == 404 and b"NotFoundError" in error.answer.body and b"Post" in error.answer.body:
                return None
            raise

    def create(self, content: Content) -> Draft:
        post = self._post(content) | {"slug": content.slug, "tags": [{"name": name} for name in self._settings.tags]}
        return self._draft(self._api.post(f"{_PATH}/posts/", {"posts": [post]}, _FROM_HTML))

    def update(self, draft: Draft, content: Content) -> Draft:
        post = self._post(content) | {"updated_at": draft.version}
        return self._draft(self._api.put(f"{_PATH}/posts/{draft.id}/", {"posts": [post]}, _FROM_HTML))

    def _post(self, content: Content) -> dict[str, object]:
        return {
            "title": line(content.subject, _TITLE),
            "html": f"<!--kg-card-begin: html-->\n{content.fragment}\n<!--kg-card-end: html-->",
            "custom_excerpt": line(content.preview, _EXCERPT),
            "status": "draft",
        }

    def _draft(self, answer: Answered) -> Draft:
        post = next(iter(answer.objects("posts")), Answered({}, answer.name))
        state, number = post.text("status"), post.needed("id")
        return Draft(
            id=number,
            url=f"{self._settings.url.rstrip('/')}/ghost/#/editor/post/{number}",
            state=state,
            is_draft=state == "draft",
            version=post.text("updated_at"),
        )


def target(config: Config, means: Means) -> DraftTarget:
    """As `[publish.ghost]` says."""
    settings = config.publish.ghost

    def open_() -> Ghost:
        required("publish.ghost", url=settings.url)
        key = means.secret("publish.ghost.key_env", settings.key_env)
        number, secret = key_parts(settings.key_env, key)
        api = Api(
            "ghost",
            settings.url,
            means,
            timeout=settings.timeout,
            headers=lambda: {
                "Authorization": f"Ghost {token(number, secret, means.now())}",
                "Accept-Version": "v5.0",
            },
            variable=settings.key_env,
            secrets=[key, SecretStr(secret.hex())],
        )
        return Ghost(settings, api)

    return DraftTarget(name="ghost", place=f"draft post at {settings.url}", openers=_OPENERS, open=open_, means=means)


def key_parts(variable: str, key: SecretStr) -> tuple[str, bytes]:
    """Id and secret of an Admin API key, `id:hexadecimal`.

    Raises:
        ConfigError: it is none; a Content API key has no colon.
    """
    number, _, secret = key.get_secret_value().partition(":")
    try:
        if number and len(parsed := bytes.fromhex(secret)) >= 16:
            return number, parsed
    except ValueError:
        pass
    raise ConfigError(
        f"publish.ghost.key_env: the variable {variable} holds no Admin API key (id:hexadecimal); "
        "Ghost shows it under Settings, Integrations, the custom integration"
    )


def token(number: str, secret: bytes, now: float) -> str:
    """A JSON Web Token (RFC 7519, HS256) as the Admin API wants it.

    Args:
        number: id of the key.
        now: seconds since 1970.
    """
    issued = int(now) - _EARLIER
    header = {"alg": "HS256", "typ": "JWT", "kid": number}
    claims = {"iat": issued, "exp": issued + _EARLIER + _LIFETIME, "aud": "/admin/"}
    signed = b".".join(_encoded(json.dumps(part).encode()) for part in (header, claims))
    return b".".join((signed, _encoded(hmac.digest(secret, signed, hashlib.sha256)))).decode()


def _encoded(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")
