"""The services that take drafts, with the settings and the secret they are used with, and what they then have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pipeline.publish import Target
from pipeline.publish.load import load
from pipeline.publish.means import Means
from tests.publish.desk import Clock, settings
from tests.publish.services.stubs import beehiiv, buttondown, ghost, listmonk, mailchimp
from tests.publish.services.stubs.stub import Stub


@dataclass(frozen=True)
class Case:
    name: str
    stub: Callable[[], Stub]
    settings: dict[str, Any]
    variable: str
    secret: str
    path: str
    """Of the API, after the address of the server."""
    drafts: Callable[[Any], list[dict[str, Any]]]
    bodies: Callable[[Any], list[str]]
    """What readers would see, of the last draft."""
    state: str
    """Of a draft, in the service's words."""
    sent: str
    """Of one that was sent."""
    end: str = ""
    """Of the draft's address, after its id."""

    def target(self, stub: Stub, means: Means, **more: Any) -> Target:
        return load(self.name, settings(**{self.name: {**self.settings, "url": stub.url + self.path, **more}}), means)

    def means(self, clock: Clock | None = None, *, secret: str = "", again: bool = False) -> Means:
        """With the right key, or another one."""
        clock = clock or Clock()
        environment = {self.variable: secret or self.secret}
        return Means(environment=environment, now=clock.now, sleep=clock.sleep, again=again)


CASES = (
    Case(
        "listmonk",
        listmonk.Listmonk,
        {"username": listmonk.USERNAME, "lists": (1, 4)},
        "WORLDBRIEF_LISTMONK_TOKEN",
        listmonk.TOKEN,
        "",
        lambda stub: stub.campaigns,
        lambda stub: [stub.campaigns[-1][key] for key in ("subject", "body", "altbody")],
        "draft",
        "finished",
    ),
    Case(
        "buttondown",
        buttondown.Buttondown,
        {},
        "WORLDBRIEF_BUTTONDOWN_KEY",
        buttondown.KEY,
        "",
        lambda stub: stub.emails,
        lambda stub: [stub.emails[-1][key] for key in ("subject", "body", "description")],
        "draft",
        "sent",
    ),
    Case(
        "ghost",
        ghost.Ghost,
        {"tags": ("News",)},
        "WORLDBRIEF_GHOST_KEY",
        ghost.KEY,
        "",
        lambda stub: stub.posts,
        lambda stub: [stub.posts[-1][key] for key in ("title", "html", "custom_excerpt")],
        "draft",
        "published",
    ),
    Case(
        "mailchimp",
        mailchimp.Mailchimp,
        {"audience": mailchimp.AUDIENCE, "reply_to": "desk@example.org"},
        "WORLDBRIEF_MAILCHIMP_KEY",
        mailchimp.KEY,
        "",
        lambda stub: stub.campaigns,
        lambda stub: [
            *(stub.campaigns[-1]["settings"][key] for key in ("subject_line", "preview_text")),
            *(stub.contents[stub.campaigns[-1]["id"]][key] for key in ("html", "plain_text")),
        ],
        "save",
        "sent",
    ),
    Case(
        "beehiiv",
        beehiiv.Beehiiv,
        {"publication": beehiiv.PUBLICATION},
        "WORLDBRIEF_BEEHIIV_KEY",
        beehiiv.KEY,
        "",
        lambda stub: stub.posts,
        lambda stub: [stub.posts[-1][key] for key in ("title", "subtitle", "body_content")],
        "draft",
        "confirmed",
        "/edit",
    ),
)
