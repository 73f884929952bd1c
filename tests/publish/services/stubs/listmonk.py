"""listmonk as it is documented: listmonk.app/docs/apis/apis, .../campaigns; cmd/campaigns.go of knadh/listmonk 5."""

from __future__ import annotations

import base64
import re
from typing import Annotated, Literal

from pydantic import Field

from tests.publish.services.stubs.stub import Reply, Request, Schema, Stub, problems

USERNAME, TOKEN = "desk", "listmonk-token-0123456789"
LISTS = {1: "Readers", 4: "Press"}
# What the docs name `tags` the handler reads as `tag`; an unknown parameter is ignored.
_QUERY = {"order", "order_by", "query", "status", "tag", "tags", "page", "per_page", "no_body"}
# Template expressions, and the shorthand that becomes one (models/common.go, two spellings of two versions).
LIVE = re.compile(r"\{\{|https?://.+?@TrackLink")


class Campaign(Schema):
    """`POST /api/campaigns`, and `PUT` likewise. `send_at` would make a schedule possible and is left out here."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    subject: Annotated[str, Field(min_length=1, max_length=5000)]
    lists: Annotated[list[int], Field(min_length=1)]
    from_email: str = ""
    type: Literal["regular", "optin"]
    content_type: Literal["richtext", "html", "markdown", "plain"]
    body: str
    altbody: str = ""
    messenger: str = "email"
    template_id: int = 1
    tags: list[str] = Field([])
    headers: list[dict[str, str]] = Field([])


class Listmonk(Stub):
    def __init__(self) -> None:
        super().__init__()
        self.campaigns: list[dict[str, object]] = []

    def serve(self, request: Request) -> Reply:
        wanted = "Basic " + base64.b64encode(f"{USERNAME}:{TOKEN}".encode()).decode()
        if request.headers.get("authorization") != wanted:
            raise self.refuse(403, {"message": "invalid session"}, "authorization")
        match request.method, request.path.removeprefix("/api/campaigns").split("/")[1:]:
            case "GET", []:
                return self._list(request)
            case "POST", []:
                return self._save(request, None)
            case "PUT", [number]:
                return self._save(request, int(number))
        raise self.refuse(404, {"message": "Not Found"}, f"{request.method} {request.path}")

    def _list(self, request: Request) -> Reply:
        if unknown := {key for key, _ in request.query} - _QUERY:
            raise self.refuse(400, {"message": f"unknown {unknown}"}, f"query {unknown}")
        tags = request.asked("tag")
        found = [one for one in reversed(self.campaigns) if not tags or one["tags"] == tags]
        return Reply(200, {"data": {"results": found, "query": "", "total": len(found), "per_page": 100, "page": 1}})

    def _save(self, request: Request, number: int | None) -> Reply:
        body = request.json
        if wrong := problems(Campaign, body):
            raise self.refuse(400, {"message": "; ".join(wrong)}, f"campaign {wrong}")
        if not set(body["lists"]) <= set(LISTS):
            raise self.refuse(400, {"message": "No lists selected"}, "lists")
        if any(LIVE.search(body[part]) for part in ("subject", "body", "altbody")):
            message = 'Error compiling campaign body: function "x" not defined'
            raise self.refuse(400, {"message": message}, "template expression")
        if number is None:
            campaign = {"id": len(self.campaigns) + 1, "status": "draft", "send_at": None}
            self.campaigns.append(campaign)
        else:
            campaign = self.campaigns[number - 1]
            if campaign["status"] not in {"draft", "paused", "scheduled"}:
                raise self.refuse(400, {"message": "Cannot update a running or a finished campaign"}, "not a draft")
        campaign |= body | {"lists": [{"id": one, "name": LISTS[one]} for one in body["lists"]]}
        return Reply(200, {"data": campaign})
