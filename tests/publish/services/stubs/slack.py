"""Slack as it is documented: docs.slack.dev (incoming webhooks, chat.postMessage, Block Kit, escaping)."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import Field

from tests.publish.services.stubs.stub import Reply, Request, Schema, Stub, problems

TOKEN = "xoxb-0123456789-abcdef"
CHANNEL = "C0123456789"
HOOK = "/services/T00000000/B00000000/secretsecretsecret"
# Undocumented; github.com/slackapi/bolt-js/issues/2509.
_MOST_BYTES = 13_200
# Anything in angle brackets but a link to the web: mentions of users (@), channels (#), groups and everybody (!).
LIVE = re.compile(r"<(?!https?://[^<>|]+(?:\|[^<>]*)?>)")


class Words(Schema):
    type: Literal["mrkdwn"]
    text: Annotated[str, Field(min_length=1, max_length=3000)]
    verbatim: Literal[True]


class Title(Schema):
    type: Literal["plain_text"]
    text: Annotated[str, Field(min_length=1, max_length=150)]
    emoji: bool = True


class Header(Schema):
    type: Literal["header"]
    text: Title


class Section(Schema):
    type: Literal["section"]
    text: Words


class Context(Schema):
    type: Literal["context"]
    elements: Annotated[list[Words], Field(min_length=1, max_length=10)]


class Divider(Schema):
    type: Literal["divider"]


class Message(Schema):
    """What an incoming webhook takes."""

    text: Annotated[str, Field(min_length=1, max_length=4000)]
    blocks: Annotated[list[Header | Section | Context | Divider], Field(min_length=1, max_length=50)]
    unfurl_links: Literal[False]
    unfurl_media: Literal[False]


class Post(Message):
    """What `chat.postMessage` takes."""

    channel: str


class Slack(Stub):
    def __init__(self) -> None:
        super().__init__()
        self.messages: list[dict[str, Any]] = []

    def serve(self, request: Request) -> Reply:
        if request.headers.get("content-type") != "application/json" or request.method != "POST":
            raise self.refuse(400, "invalid_payload", "content type or method")
        if request.path == HOOK:
            if wrong := self._wrong(request, Message):
                raise self.refuse(400, "invalid_blocks", wrong)
            self.messages.append(request.json)
            return Reply(200, "ok", {"Content-Type": "text/html"})
        if request.path.startswith("/services/"):
            raise self.refuse(404, "no_service", "no such webhook")
        if request.path != "/chat.postMessage":
            raise self.refuse(404, {"ok": False, "error": "unknown_method"}, request.path)
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            raise self.refuse(200, {"ok": False, "error": "invalid_auth"}, "authorization")
        if wrong := self._wrong(request, Post):
            raise self.refuse(200, {"ok": False, "error": wrong}, wrong)
        if request.json["channel"] != CHANNEL:
            raise self.refuse(200, {"ok": False, "error": "channel_not_found"}, "channel")
        self.messages.append(request.json)
        return Reply(200, {"ok": True, "channel": CHANNEL, "ts": "1764115200.000100", "message": {}})

    def _wrong(self, request: Request, schema: type[Message]) -> str:
        body = request.json
        if wrong := problems(schema, body):
            return f"invalid_blocks {wrong}"
        if len(request.body) > _MOST_BYTES:
            return "msg_blocks_too_long"
        live = [text for text in texts(body) if LIVE.search(text)]
        return f"live {live}" if live else ""


def texts(message: dict[str, Any]) -> list[str]:
    """Everything in which Slack looks for links and mentions."""
    found = [message["text"]]
    for block in message["blocks"]:
        found += [element["text"] for element in block.get("elements", [])]
        found += [block["text"]["text"]] if block["type"] == "section" else []
    return found
