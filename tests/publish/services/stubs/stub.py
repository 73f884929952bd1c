"""A service played by the test: it enforces what the service documents, and sends nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from pydantic import BaseModel, ConfigDict, ValidationError

from tests.publish import desk


class Schema(BaseModel):
    """A documented object; a field that is not documented is refused."""

    model_config = ConfigDict(extra="forbid", strict=True)


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    query: list[tuple[str, str]]
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    def asked(self, key: str) -> list[str]:
        return [value for name, value in self.query if name == key]


@dataclass(frozen=True)
class Reply:
    status: int
    value: Any = None
    """Sent as JSON, a string as it is."""
    headers: Mapping[str, str] = field(default_factory=dict)


class Refused(Exception):
    """What the service answers to a request against its documentation."""

    def __init__(self, status: int, value: Any) -> None:
        super().__init__(status, value)
        self.reply = Reply(status, value)


class Stub:
    """Subclasses answer in `serve`; whatever they refuse is remembered in `refused`."""

    def __init__(self) -> None:
        self.url = ""
        self.requests: list[Request] = []
        self.refused: list[str] = []
        self.faults: list[Reply] = []
        """Given instead of an answer, one a request."""
        self.lost: list[str] = []
        """Methods of requests that are worked on, but whose answer never comes; one a request."""

    @contextmanager
    def running(self) -> Iterator[Self]:
        with desk.serving(self._answer) as server:
            self.url = server.url
            yield self

    def serve(self, request: Request) -> Reply:
        raise NotImplementedError

    def methods(self) -> list[str]:
        return [request.method for request in self.requests]

    def refuse(self, status: int, value: Any, why: str) -> Refused:
        self.refused.append(why)
        return Refused(status, value)

    def _answer(self, sent: desk.Request) -> desk.Reply:
        parts = urlsplit(sent.path)
        query = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
        request = Request(sent.method, parts.path, query, sent.headers, sent.body)
        self.requests.append(request)
        if self.faults:
            reply = self.faults.pop(0)
        else:
            try:
                reply = self.serve(request)
            except Refused as refused:
                reply = refused.reply
        silent = bool(self.lost) and self.lost[0] == request.method
        if silent:
            self.lost.pop(0)
        data = reply.value.encode() if isinstance(reply.value, str) else json.dumps(reply.value).encode()
        return desk.Reply(reply.status, data, {"Content-Type": "application/json", **reply.headers}, silent=silent)


def problems(schema: type[Schema], value: object) -> list[str]:
    """What a body has against the documentation, as `field: reason`; empty where nothing."""
    try:
        schema.model_validate(value)
    except ValidationError as error:
        return [f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()]
    return []
