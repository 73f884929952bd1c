"""Ghost as it is documented: docs.ghost.org/admin-api (token authentication, posts), lengths of Ghost's own schema."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Callable
from typing import Annotated, Any, Literal

from pydantic import Field

from tests.publish.desk import START
from tests.publish.services.stubs.stub import Reply, Request, Schema, Stub, problems

ID, SECRET = "6489ad0f4b5f2d0001a1b2c3", "0f" * 32
KEY = f"{ID}:{SECRET}"
_POSTS = "/ghost/api/admin/posts/"
# What Ghost keeps as it is; all else it would turn into its own format.
_CARD = re.compile(r"<!--kg-card-begin: html-->(.*?)<!--kg-card-end: html-->", re.DOTALL)


class Tag(Schema):
    name: Annotated[str, Field(max_length=191)]


class Post(Schema):
    title: Annotated[str, Field(min_length=1, max_length=255)]
    slug: Annotated[str, Field(max_length=191)] = ""
    html: str = ""
    custom_excerpt: Annotated[str, Field(max_length=300)] = ""
    status: Literal["draft", "published", "scheduled", "sent"] = "draft"
    tags: list[Tag] = Field([])


class Change(Post):
    updated_at: Annotated[str, Field(pattern=r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")]


def _error(kind: str, message: str, context: str = "") -> dict[str, object]:
    return {"errors": [{"message": message, "context": context, "type": kind, "code": None, "id": "0"}]}


class Ghost(Stub):
    def __init__(self) -> None:
        super().__init__()
        self.posts: list[dict[str, Any]] = []
        self.now: Callable[[], float] = lambda: START

    def serve(self, request: Request) -> Reply:
        if wrong := self._token(request.headers.get("authorization", "")):
            raise self.refuse(401, _error("UnauthorizedError", f"Invalid token: {wrong}"), f"token: {wrong}")
        if not re.fullmatch(r"v\d+\.\d+", request.headers.get("accept-version", "")):
            raise self.refuse(400, _error("BadRequestError", "Accept-Version"), "version")
        path = request.path.removeprefix(_POSTS).split("/") if request.path.startswith(_POSTS) else ["?"]
        match request.method, path:
            case "GET", ["slug", slug, ""]:
                if found := [one for one in self.posts if one["slug"] == slug]:
                    return Reply(200, {"posts": found})
                message = "Resource not found error, cannot read post."
                return Reply(404, _error("NotFoundError", message, "Post not found."))
            case "POST", [""]:
                post = {"id": f"{len(self.posts):024x}", "status": "draft", **self._taken(request, Post)}
                self.posts.append(post)
                return Reply(201, {"posts": [self._touched(post)]})
            case "PUT", [number, ""]:
                post = next(one for one in self.posts if one["id"] == number)
                change = self._taken(request, Change)
                if change["updated_at"] != post["updated_at"]:
                    message = "Saving failed! Someone else is editing this post."
                    raise self.refuse(409, _error("UpdateCollisionError", message), "collision")
                return Reply(200, {"posts": [self._touched(post | change, post)]})
        raise self.refuse(404, _error("NotFoundError", "Resource not found"), f"{request.method} {request.path}")

    def _token(self, header: str) -> str:
        """What is wrong with the JSON Web Token; "" where nothing."""
        kind, _, token = header.partition(" ")
        parts = token.split(".")
        if kind != "Ghost" or len(parts) != 3 or "=" in token:
            return "form"
        head, claims = (json.loads(base64.urlsafe_b64decode(part + "==")) for part in parts[:2])
        signature = hmac.new(bytes.fromhex(SECRET), f"{parts[0]}.{parts[1]}".encode(), hashlib.sha256).digest()
        if base64.urlsafe_b64encode(signature).rstrip(b"=").decode() != parts[2]:
            return "signature"
        if head != {"alg": "HS256", "typ": "JWT", "kid": ID} or claims["aud"] != "/admin/":
            return "head or audience"
        if not claims["iat"] <= self.now() < claims["exp"] <= claims["iat"] + 300:
            return "time"
        return ""

    def _taken(self, request: Request, schema: type[Post]) -> dict[str, Any]:
        body = request.json
        if set(body) != {"posts"} or len(body["posts"]) != 1:
            raise self.refuse(422, _error("ValidationError", "one post"), "envelope")
        post: dict[str, Any] = body["posts"][0]
        if wrong := problems(schema, post):
            raise self.refuse(422, _error("ValidationError", "; ".join(wrong)), f"post {wrong}")
        if post.get("status", "draft") != "draft":
            raise self.refuse(422, _error("ValidationError", "no draft"), "would be published")
        if request.query != [("source", "html")]:
            raise self.refuse(422, _error("ValidationError", "the html is ignored"), "source")
        cards = _CARD.findall(post["html"])
        if len(cards) != 1 or _CARD.sub("", post["html"]).strip() or "<!--" in cards[0]:
            raise self.refuse(422, _error("ValidationError", "html is lost"), "not in one card")
        if "%%{" in post["html"]:
            raise self.refuse(422, _error("ValidationError", "replacement"), "replacement")
        return post

    def _touched(self, post: dict[str, Any], into: dict[str, Any] | None = None) -> dict[str, Any]:
        post = post | {"updated_at": f"2026-11-23T00:00:{len(self.requests) % 60:02}.000Z"}
        stored = self.posts[-1] if into is None else into
        stored |= post
        return stored
