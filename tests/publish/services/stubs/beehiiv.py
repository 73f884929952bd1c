"""beehiiv as it is documented: developers.beehiiv.com/api-reference/posts (create, update, index)."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import Field

from tests.publish.services.stubs.stub import Reply, Request, Schema, Stub, problems

KEY = "beehiiv-key-0123456789"
PUBLICATION = "pub_ad76629e-4a39-43ad-8055-0ee89dc6db15"
_QUERY = {"slugs[]", "status", "order_by", "direction", "limit", "page"}
# Merge tags, of subscribers and of the publication.
_LIVE = re.compile(r"\{\{|\{%")


class EmailSettings(Schema):
    email_subject_line: str = ""
    email_preview_text: str = ""


class WebSettings(Schema):
    slug: Annotated[str, Field(pattern=r"[a-z0-9-]+")] = ""


class Change(Schema):
    """`PATCH .../posts/{postId}`: what is not named stays; no status among the documented fields."""

    title: str = ""
    subtitle: str = ""
    body_content: str = ""
    email_settings: EmailSettings = EmailSettings()
    web_settings: WebSettings = WebSettings()


class Post(Change):
    """`POST .../posts`."""

    title: Annotated[str, Field(min_length=1)]
    status: Literal["draft", "confirmed"] = "confirmed"
    post_template_id: Annotated[str, Field(pattern=r"post_template_[0-9a-fA-F-]+")] = "post_template_0"


class Beehiiv(Stub):
    def __init__(self) -> None:
        super().__init__()
        self.posts: list[dict[str, Any]] = []

    def serve(self, request: Request) -> Reply:
        if request.headers.get("authorization") != f"Bearer {KEY}":
            errors = [{"message": "Invalid API key", "code": "UNAUTHORIZED"}]
            raise self.refuse(401, {"status": 401, "statusText": "unauthorized", "errors": errors}, "authorization")
        match request.method, request.path.split("/")[1:]:
            case "GET", ["publications", publication, "posts"] if publication == PUBLICATION:
                return self._list(request)
            case "POST", ["publications", publication, "posts"] if publication == PUBLICATION:
                post = self._taken(request, Post)
                number = f"post_{len(self.posts):08x}-0000-4000-8000-000000000000"
                self.posts.append({"id": number, "slug": post.get("web_settings", {}).get("slug", ""), **post})
                return Reply(201, {"data": {"id": number}})
            case "PATCH", ["publications", publication, "posts", number] if publication == PUBLICATION:
                post = next(one for one in self.posts if one["id"] == number)
                post |= self._taken(request, Change)
                return Reply(200, {"data": {"id": number}})
        raise self.refuse(404, {"status": 404, "statusText": "not_found"}, f"{request.method} {request.path}")

    def _list(self, request: Request) -> Reply:
        if unknown := {key for key, _ in request.query} - _QUERY:
            raise self.refuse(400, {"errors": [{"message": f"{unknown}"}]}, f"query {unknown}")
        slugs = request.asked("slugs[]")
        found = [one for one in reversed(self.posts) if one["slug"] in slugs]
        return Reply(200, {"data": found, "limit": 100, "page": 1, "total_results": len(found), "total_pages": 1})

    def _taken(self, request: Request, schema: type[Change]) -> dict[str, Any]:
        body: dict[str, Any] = request.json
        if wrong := problems(schema, body):
            raise self.refuse(400, {"status": 400, "errors": [{"message": one} for one in wrong]}, f"post {wrong}")
        if schema is Post and body.get("status", "confirmed") != "draft":
            raise self.refuse(400, {"status": 400, "errors": [{"message": "no draft"}]}, "would be published")
        if "<style" in body["body_content"] or "<link" in body["body_content"]:
            raise self.refuse(400, {"status": 400, "errors": [{"message": "styles are lost"}]}, "style sheet")
        if _LIVE.search(str(body)):
            raise self.refuse(400, {"status": 400, "errors": [{"message": "merge tag"}]}, "merge tag")
        return body
