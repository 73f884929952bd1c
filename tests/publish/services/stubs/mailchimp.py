"""Mailchimp as it is documented: mailchimp.com/developer/marketing/api/campaigns and .../campaign-content."""

from __future__ import annotations

import base64
import re
from typing import Annotated, Any, Literal

from pydantic import Field

from tests.publish.services.stubs.stub import Reply, Request, Schema, Stub, problems

KEY = "0123456789abcdef0123456789abcdef-us21"
AUDIENCE = "a1b2c3d4e5"
_TAG = re.compile(r"\*(?:\||%7C)([^|%]*)(?:\||%7C)\*?", re.IGNORECASE)
_OURS = {"UNSUB", "LIST:ADDRESSLINE"}


class Recipients(Schema):
    list_id: str


class Settings(Schema):
    subject_line: Annotated[str, Field(min_length=1, max_length=150)]
    preview_text: Annotated[str, Field(max_length=150)] = ""
    title: str = ""
    from_name: Annotated[str, Field(min_length=1)]
    reply_to: Annotated[str, Field(pattern=r"[^@\s]+@[^@\s]+")]


class Change(Schema):
    """`PATCH /campaigns/{id}`: settings with these three are required."""

    recipients: Recipients
    settings: Settings


class Campaign(Change):
    """`POST /campaigns`."""

    type: Literal["regular", "plaintext", "absplit", "rss", "variate"]


class Content(Schema):
    """`PUT /campaigns/{id}/content`."""

    html: str
    plain_text: str = ""


def _problem(status: int, title: str, detail: str, errors: list[dict[str, str]] | None = None) -> dict[str, object]:
    return {
        "type": "https://mailchimp.com/developer/marketing/docs/errors/",
        "title": title,
        "status": status,
        "detail": detail,
        "instance": "0e2a7c0d",
        **({"errors": errors} if errors else {}),
    }


class Mailchimp(Stub):
    def __init__(self) -> None:
        super().__init__()
        self.campaigns: list[dict[str, Any]] = []
        self.contents: dict[str, dict[str, str]] = {}

    def serve(self, request: Request) -> Reply:
        kind, _, credentials = request.headers.get("authorization", "").partition(" ")
        if kind != "Basic" or base64.b64decode(credentials).decode().partition(":")[2] != KEY:
            detail = "Your API key may be invalid, or you've attempted to access the wrong datacenter."
            raise self.refuse(401, _problem(401, "API Key Invalid", detail), "authorization")
        match request.method, request.path.split("/")[1:]:
            case "GET", ["campaigns"]:
                return Reply(200, {"campaigns": [one for one in reversed(self.campaigns) if self._asked(request, one)]})
            case "POST", ["campaigns"]:
                number = len(self.campaigns) + 1
                campaign = {"id": f"c{number:09}", "web_id": 1000 + number, "status": "save"}
                self.campaigns.append(campaign | self._taken(request, Campaign))
                return Reply(200, self.campaigns[-1])
            case "PATCH", ["campaigns", number]:
                campaign = next(one for one in self.campaigns if one["id"] == number)
                if campaign["status"] not in {"save", "paused"}:
                    raise self.refuse(400, _problem(400, "Bad Request", "was sent"), "sent")
                campaign |= self._taken(request, Change)
                return Reply(200, campaign)
            case "PUT", ["campaigns", number, "content"]:
                self.contents[number] = self._taken(request, Content)
                for text in self.contents[number].values():
                    if {tag.upper() for tag in _TAG.findall(text)} != _OURS:
                        raise self.refuse(400, _problem(400, "Bad Request", "merge tags"), f"tags {_TAG.findall(text)}")
                return Reply(200, self.contents[number])
        raise self.refuse(404, _problem(404, "Resource Not Found", ""), f"{request.method} {request.path}")

    def _asked(self, request: Request, campaign: dict[str, Any]) -> bool:
        known = {"count", "offset", "list_id", "status", "sort_field", "sort_dir", "fields"}
        if unknown := {key for key, _ in request.query} - known:
            raise self.refuse(400, _problem(400, "Invalid Resource", f"{unknown}"), f"query {unknown}")
        return [campaign["recipients"]["list_id"]] == request.asked("list_id")

    def _taken(self, request: Request, schema: type[Schema]) -> dict[str, Any]:
        body: dict[str, Any] = request.json
        if wrong := problems(schema, body):
            errors = [{"field": one.partition(":")[0], "message": one.partition(": ")[2]} for one in wrong]
            raise self.refuse(400, _problem(400, "Invalid Resource", "The resource is invalid.", errors), f"{wrong}")
        if body.get("recipients", {}).get("list_id", AUDIENCE) != AUDIENCE:
            errors = [{"field": "recipients.list_id", "message": "The list is not valid"}]
            raise self.refuse(400, _problem(400, "Invalid Resource", "See errors.", errors), "audience")
        return body
