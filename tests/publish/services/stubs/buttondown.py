"""Buttondown as it is documented: docs.buttondown.com/api-emails-create, -update, -introduction, api-filtering.

Kept as the older version of the API behaves, which is the less careful one: without a status an email is sent, and a
list without a status has sent emails only.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import Field

from tests.publish.services.stubs.stub import Reply, Request, Schema, Stub, problems

KEY = "6ad8f0a2-0000-4000-8000-buttondown00"
Status = Literal[
    "draft", "managed_by_rss", "about_to_send", "scheduled", "in_flight", "paused", "deleted", "errored", "sent",
    "imported", "throttled", "resending", "transactional", "suppressed",
]  # fmt: skip
_PAGE = 2
# Of Django's template language (django.template.base.tag_re).
LIVE = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)


class Email(Schema):
    """`POST /emails`."""

    subject: Annotated[str, Field(min_length=1, max_length=2000)]
    body: str = ""
    status: Status = "about_to_send"
    slug: Annotated[str, Field(max_length=100)] = ""
    description: str = ""
    canonical_url: str = ""
    image: str = ""
    metadata: dict[str, Any] = Field({})
    publish_date: str | None = None


class Change(Email):
    """`PATCH /emails/{id}`."""

    subject: Annotated[str, Field(min_length=1, max_length=2000)] = "-"


class Buttondown(Stub):
    def __init__(self) -> None:
        super().__init__()
        self.emails: list[dict[str, Any]] = []

    def serve(self, request: Request) -> Reply:
        if request.headers.get("authorization") != f"Token {KEY}":
            raise self.refuse(401, {"code": "unauthorized", "detail": "Invalid token."}, "authorization")
        match request.method, request.path.split("/")[1:]:
            case "GET", ["emails"]:
                return self._list(request)
            case "POST", ["emails"]:
                email = {"id": f"em_{len(self.emails) + 1}", **self._taken(request, Email)}
                if any(one["slug"] == email["slug"] for one in self.emails):
                    raise self.refuse(400, {"code": "slug_invalid", "detail": "in use"}, "slug")
                self.emails.append(email)
                return Reply(201, email)
            case "PATCH", ["emails", number]:
                email = next(one for one in self.emails if one["id"] == number)
                if email["status"] == "sent":
                    raise self.refuse(400, {"code": "email_invalid", "detail": "was sent"}, "sent")
                email |= self._taken(request, Change)
                return Reply(200, email)
        raise self.refuse(404, {"detail": "Not Found"}, f"{request.method} {request.path}")

    def _taken(self, request: Request, schema: type[Email]) -> dict[str, Any]:
        body = request.json
        if wrong := problems(schema, body):
            raise self.refuse(422, {"detail": [{"msg": one} for one in wrong]}, f"email {wrong}")
        if body["body"].startswith("---"):
            detail = {"code": "body_contains_frontmatter", "detail": "Remove the frontmatter."}
            raise self.refuse(400, detail, "front matter")
        if LIVE.search(body["body"] + "\n" + body["subject"] + "\n" + body["description"]):
            raise self.refuse(400, {"code": "body_invalid", "detail": "template tag"}, "template tag")
        if schema.model_validate(body).status != "draft":
            raise self.refuse(400, {"code": "sending_requires_confirmation", "detail": "no draft"}, "would be sent")
        return dict(body)

    def _list(self, request: Request) -> Reply:
        wanted = request.asked("status") or ["sent"]
        found = [one for one in reversed(self.emails) if one["status"] in wanted]
        page = int((request.asked("page") or ["1"])[0])
        rest = found[page * _PAGE :]
        return Reply(
            200,
            {
                "results": found[(page - 1) * _PAGE : page * _PAGE],
                "next": f"{self.url}/emails?page={page + 1}" if rest else None,
                "previous": None,
                "count": len(found),
            },
        )
