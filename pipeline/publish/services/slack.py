"""Slack: the issue as one message, by an incoming webhook or by a bot with `chat.postMessage`.

Source: docs.slack.dev (messaging/sending-messages-using-incoming-webhooks, methods/chat.postMessage). A message is
seen at once and cannot be looked up without further rights, so one whose answer never came is not repeated unasked. Of
a corrected issue none is posted either, unless a person asks for it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import urlsplit

from pydantic import SecretStr

from pipeline.config import Config
from pipeline.config.services import Slack as Settings
from pipeline.errors import PublishError
from pipeline.issue.plain import line
from pipeline.issue.wording import extent
from pipeline.publish import Declined, Edition, Journal, Receipt, Uncertain
from pipeline.publish.http import Client, Rejected, checked_url, patiently
from pipeline.publish.means import Means
from pipeline.publish.once import once
from pipeline.publish.services.api import ATTEMPTS, Api
from pipeline.publish.services.slack_blocks import blocks, escape

# Answers of chat.postMessage after which it may have been posted.
_UNCERTAIN = frozenset({"fatal_error", "internal_error", "service_unavailable", "request_timeout"})
_KEY = frozenset({"not_authed", "invalid_auth", "account_inactive", "token_revoked", "token_expired", "missing_scope"})


class Slack:
    """`[publish.slack]`: one channel."""

    name = "slack"

    def __init__(self, settings: Settings, means: Means) -> None:
        self._settings = settings
        self._means = means

    def preview(self, edition: Edition, journal: Journal) -> list[str]:
        self._poster()
        where = f"in {self._settings.channel}" if self._settings.channel else "where the webhook leads"
        before = journal.entry(self.name, edition.issue.id)
        known = [f"{before.status} {before.when}"] if before.status else []
        return [f"message {where}, seen at once: {len(blocks(edition.issue))} blocks", *known]

    def publish(self, edition: Edition, journal: Journal) -> Receipt:
        post = self._poster()
        message: dict[str, object] = {
            "text": escape(f"{edition.issue.title}: {extent(edition.issue)}"),
            "blocks": blocks(edition.issue),
            "unfurl_links": False,
            "unfurl_media": False,
        }

        def send() -> Receipt:
            try:
                return post(message)
            except Declined as error:
                # Nothing was posted: with the right key it may be tried again without asking.
                raise PublishError(str(error)) from None

        return once(self.name, edition, journal, self._means, send, key=edition.issue.id)

    def _poster(self) -> Callable[[dict[str, object]], Receipt]:
        """How a message is posted, without a connection.

        Raises:
            ConfigError: a setting or a secret is missing or wrong.
        """
        return self._by_bot() if self._settings.channel else self._by_webhook()

    def _by_webhook(self) -> Callable[[dict[str, object]], Receipt]:
        settings, means = self._settings, self._means
        secret = means.secret("publish.slack.webhook_env", settings.webhook_env)
        url = checked_url(f"the variable {settings.webhook_env}", secret.get_secret_value())
        path = SecretStr(urlsplit(url).path)
        client = Client(self.name, timeout=settings.timeout, secrets=[secret, path], now=means.now)
        headers = {"Content-Type": "application/json"}

        def post(message: dict[str, object]) -> Receipt:
            body = json.dumps(message, ensure_ascii=False).encode()
            try:
                patiently(
                    lambda: client.send("POST", url, headers=headers, body=body), attempts=ATTEMPTS, sleep=means.sleep
                )
            except Rejected as error:
                raise PublishError(
                    f"{error}; nothing was posted: make a new incoming webhook for a channel that exists, and put its "
                    f"address into the variable {settings.webhook_env}"
                ) from None
            return Receipt(detail="message posted")

        return post

    def _by_bot(self) -> Callable[[dict[str, object]], Receipt]:
        settings = self._settings
        token = self._means.secret("publish.slack.token_env", settings.token_env)
        api = Api(
            self.name,
            settings.url,
            self._means,
            timeout=settings.timeout,
            headers=lambda: {"Authorization": f"Bearer {token.get_secret_value()}"},
            variable=settings.token_env,
            secrets=[token],
        )

        def post(message: dict[str, object]) -> Receipt:
            answer = api.post("/chat.postMessage", {"channel": settings.channel, **message})
            if answer.value.get("ok") is not True if isinstance(answer.value, dict) else True:
                raise self._refusal(line(answer.text("error"), 100))
            channel, moment = answer.text("channel"), answer.text("ts").replace(".", "")
            url = f"https://slack.com/archives/{channel}/p{moment}" if channel and moment else ""
            return Receipt(detail=f"message posted in {settings.channel}", url=url)

        return post

    def _refusal(self, error: str) -> PublishError:
        """Slack answers with status 200 and a word that says what is wrong."""
        if error in _UNCERTAIN:
            return Uncertain(f"slack: answers {error}: it may have been posted; look into the channel")
        remedy = (
            f"put a bot token with the right chat:write into the variable {self._settings.token_env}"
            if error in _KEY
            else "invite the bot into the channel, and look at publish.slack.channel"
        )
        return PublishError(f"slack: answers {error or 'without ok'}; nothing was posted: {remedy}")


def target(config: Config, means: Means) -> Slack:
    """As `[publish.slack]` says."""
    return Slack(config.publish.slack, means)
