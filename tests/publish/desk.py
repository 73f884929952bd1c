"""An issue in a folder, means with a clock of their own, and a web server that answers as it is told."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from pipeline.article import Article
from pipeline.config import Config, IssueSection, Publish
from pipeline.issue import render
from pipeline.issue.issue import Issue, build
from pipeline.publish import Edition
from pipeline.publish.edition import read_edition
from pipeline.publish.means import Means
from tests.issue.samples import CHANNELS, SAMPLE

ISSUE = "2026-02-04"
START = 1_770_200_000.0
"""The clock at the beginning of a test: 2026-02-04."""


def issue_of(*articles: Article, issue_id: str = ISSUE, title: str = "World Brief") -> Issue:
    built = build(articles or SAMPLE, issue_id=issue_id, settings=IssueSection(title=title))
    assert built is not None
    return built


def write_issue(folder: Path, *articles: Article, issue_id: str = ISSUE, title: str = "World Brief") -> Path:
    """The folder, with all formats of an issue."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in _files(articles, issue_id, title).items():
        (folder / name).write_bytes(data)
    return folder


@cache
def _files(articles: tuple[Article, ...], issue_id: str, title: str) -> dict[str, bytes]:
    """All formats, rendered once: most tests take the same issue."""
    issue = issue_of(*articles, issue_id=issue_id, title=title)
    return {render.FORMATS[name][0]: render.render(issue, name, CHANNELS) for name in CHANNELS.formats}


def edition(folder: Path, *articles: Article, issue_id: str = ISSUE, title: str = "World Brief") -> Edition:
    return read_edition(write_issue(folder, *articles, issue_id=issue_id, title=title))


def settings(**targets: dict[str, Any]) -> Config:
    """The configuration with `[publish.<target>]` as given."""
    return Config(publish=Publish.model_validate(targets))


@dataclass
class Clock:
    """Time passes only in sleep."""

    time: float = START
    slept: list[float] = field(default_factory=list)

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds

    def means(self, *, resend: tuple[str, ...] = (), again: bool = False, **environment: str) -> Means:
        return Means(environment=environment, now=self.now, sleep=self.sleep, resend=frozenset(resend), again=again)


@dataclass(frozen=True)
class Request:
    """What a server was sent."""

    method: str
    path: str
    headers: dict[str, str]
    """Names in lower case."""
    body: bytes


@dataclass(frozen=True)
class Reply:
    """What it answers."""

    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)
    silent: bool = False
    """Close the connection in place of an answer."""


Answering = Callable[[Request], Reply]


@dataclass
class Server:
    url: str
    requests: list[Request]


@contextmanager
def serving(*replies: Reply | Answering) -> Iterator[Server]:
    """A server on this machine that gives the replies one after the other, and the last one from then on."""
    requests: list[Request] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            request = Request(
                self.command,
                self.path,
                {key.lower(): value for key, value in self.headers.items()},
                self.rfile.read(length),
            )
            requests.append(request)
            chosen = replies[min(len(requests), len(replies)) - 1]
            reply = chosen if isinstance(chosen, Reply) else chosen(request)
            self.close_connection = True
            if reply.silent:
                return
            self.send_response(reply.status)
            for key, value in {"Content-Length": str(len(reply.body)), **reply.headers}.items():
                self.send_header(key, value)
            self.end_headers()
            self.wfile.write(reply.body)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _answer  # noqa: N815

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = False
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield Server(f"http://127.0.0.1:{server.server_address[1]}", requests)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def edited(article: Article, headline: str) -> Article:
    """The article with another headline in English."""
    assert article.summary is not None
    return replace(article, summary=replace(article.summary, headline=headline))
