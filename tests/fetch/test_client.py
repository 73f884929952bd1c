"""Fetching from servers that behave, and from those that do not."""

from __future__ import annotations

import gzip
import time
import zlib
from collections.abc import Callable, Iterator
from email.utils import formatdate

import pytest

from pipeline.fetch.addresses import Forbidden
from pipeline.fetch.client import Client, Limits, NotFetched
from pipeline.fetch.robots import Robots
from tests.fetch.web import Handler, Web, serving


@pytest.fixture(scope="module")
def server() -> Iterator[Web]:
    with serving() as web:
        yield web


@pytest.fixture
def web(server: Web) -> Web:
    server.answers.clear()
    server.asked.clear()
    return server


def client(web: Web, **limits: float) -> Client:
    bounds = Limits(**{"seconds": 5.0, "host_pause": 0.0, **limits})  # type: ignore[arg-type]
    return Client("worldbrief-test (+mailto:a@b.example)", bounds, frozenset({web.host}))


def failure(web: Web, path: str = "/", **limits: float) -> NotFetched:
    with pytest.raises(NotFetched) as caught:
        client(web, **limits).get(web.url + path)
    return caught.value


def test_a_document(web: Web) -> None:
    web.answers["/"] = (200, {"Content-Type": "Text/HTML; charset=utf-8", "ETag": '"1"'}, b"<p>A")
    found = client(web).get(f"{web.url}/")
    assert (found.status, found.body, found.content_type, found.moved_to) == (200, b"<p>A", "text/html", None)
    assert found.headers["etag"] == '"1"'
    assert web.asked[0][1]["user-agent"] == "worldbrief-test (+mailto:a@b.example)"


def test_nothing_new(web: Web) -> None:
    web.answers["/"] = (304, {"ETag": '"1"'}, b"")
    found = client(web).get(f"{web.url}/", {"If-None-Match": '"1"'})
    assert (found.status, found.body) == (304, b"")
    assert web.asked[0][1]["if-none-match"] == '"1"'


@pytest.mark.parametrize(("first", "moved"), [(301, True), (308, True), (302, False), (307, False)])
def test_redirects_and_whether_they_last(web: Web, first: int, moved: bool) -> None:
    web.answers["/a"] = (first, {"Location": "/b"}, b"")
    web.answers["/b"] = (301, {"Location": f"{web.url}/c"}, b"")
    web.answers["/c"] = (200, {}, b"C")
    found = client(web).get(f"{web.url}/a")
    assert (found.url, found.body) == (f"{web.url}/c", b"C")
    assert found.moved_to == (f"{web.url}/c" if moved else None)


@pytest.mark.parametrize(
    "location",
    ["http://127.0.0.1:1/", "http://localhost/", "file:///etc/passwd", "http://[::1]/", "http://2130706433/", "//0/"],
)
def test_a_redirect_is_checked_as_well(web: Web, location: str) -> None:
    web.answers["/"] = (302, {"Location": location}, b"")
    with pytest.raises(Forbidden):
        client(web).get(f"{web.url}/")


def test_redirects_without_end(web: Web) -> None:
    web.answers["/"] = (302, {"Location": "/"}, b"")
    assert "redirects" in str(failure(web))
    assert len(web.asked) < 20


@pytest.mark.parametrize(
    ("status", "kind", "transient"),
    [
        (404, "fetch-status", False),
        (410, "fetch-status", False),
        (429, "fetch-later", True),
        (503, "fetch-later", True),
    ],
)
def test_a_status_says_whether_to_come_back(web: Web, status: int, kind: str, transient: bool) -> None:
    web.answers["/"] = (status, {"Retry-After": "120"}, b"")
    error = failure(web)
    assert (error.kind, error.is_transient, error.http_status) == (kind, transient, status)
    assert error.wait == 120


def test_come_back_at_a_date(web: Web) -> None:
    web.answers["/"] = (503, {"Retry-After": formatdate(time.time() + 100, usegmt=True)}, b"")
    wait = failure(web).wait
    assert wait is not None
    assert 90 < wait <= 101
    web.answers["/"] = (503, {"Retry-After": "soon"}, b"")
    assert failure(web).wait is None


def drip(head: bytes, again: bytes) -> Callable[[Handler], None]:
    """A byte now and then, for as long as anybody listens."""

    def answer(handler: Handler) -> None:
        handler.wfile.write(head)
        for _ in range(200):
            handler.wfile.write(again)
            handler.wfile.flush()
            time.sleep(0.05)

    return answer


@pytest.mark.parametrize(
    "answer",
    [
        drip(b"", b""),
        drip(b"HTTP/1.1 200 OK\r\n", b"X: a\r\n"),
        drip(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", b"a"),
        drip(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"),
        drip(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", b"a"),
    ],
    ids=["nothing", "headers", "body", "chunks", "until-closed"],
)
def test_one_that_stalls_is_left(web: Web, answer: Callable[[Handler], None]) -> None:
    web.answers["/"] = answer
    before = time.monotonic()
    assert failure(web, seconds=0.5).kind == "fetch-slow"
    assert time.monotonic() - before < 3


def raw(data: bytes) -> Callable[[Handler], None]:
    def answer(handler: Handler) -> None:
        handler.wfile.write(data)

    return answer


@pytest.mark.parametrize(
    "data",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\na",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nplain",
        b"no HTTP at all\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: a\r\n" * 1000 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"a" * 100_000 + b"\r\n\r\n",
        b"",
    ],
)
def test_a_broken_answer_is_an_error(web: Web, data: bytes) -> None:
    web.answers["/"] = raw(data)
    assert failure(web).kind == "fetch-failed"


def test_one_that_sends_without_end(web: Web) -> None:
    def flood(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        for _ in range(1000):
            handler.wfile.write(b"a" * 1_000_000)

    web.answers["/"] = flood
    assert failure(web, max_bytes=3_000_000).kind == "too-large"


@pytest.mark.parametrize(("name", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress)])
def test_what_is_packed(web: Web, name: str, pack: Callable[[bytes], bytes]) -> None:
    web.answers["/good"] = (200, {"Content-Encoding": name}, pack(b"<p>A</p>" * 100))
    assert client(web).get(f"{web.url}/good").body == b"<p>A</p>" * 100
    bomb = pack(b"\0" * 50_000_000)
    assert len(bomb) < 60_000
    web.answers["/bomb"] = (200, {"Content-Encoding": name}, bomb)
    assert failure(web, "/bomb", max_bytes=1_000_000).kind == "too-large"


def test_nobody_there() -> None:
    with serving() as gone:
        host, url = gone.host, gone.url
    with pytest.raises(NotFetched) as caught:
        Client("test", Limits(), frozenset({host})).get(url)
    assert caught.value.kind == "fetch-failed"


def test_a_pause_between_requests_to_one_host(web: Web) -> None:
    web.answers["/"] = (200, {}, b"")
    waits: list[float] = []
    patient = Client("test", Limits(host_pause=5), frozenset({web.host}), sleep=waits.append)
    for _ in range(3):
        patient.get(f"{web.url}/")
    assert waits[0] == pytest.approx(5, abs=1)
    assert waits[1] == pytest.approx(10, abs=1)


class TestRobots:
    def test_what_a_site_asks_for_is_done(self, web: Web) -> None:
        web.answers["/robots.txt"] = (
            200,
            {},
            b"User-agent: worldbrief\nDisallow: /private\n\nUser-agent: *\nDisallow: /",
        )
        robots = Robots(client(web), "worldbrief")
        assert robots.allow(f"{web.url}/news/1")
        assert not robots.allow(f"{web.url}/private/1")
        assert [path for path, _ in web.asked] == ["/robots.txt"]

    def test_no_rules_are_no_rules(self, web: Web, caplog: pytest.LogCaptureFixture) -> None:
        with caplog.at_level("INFO", "pipeline.events"):
            assert Robots(client(web), "worldbrief").allow(f"{web.url}/news/1")
        # Most sites have none: nothing to warn of.
        assert [one.levelname for one in caplog.records if one.name == "pipeline.events"] == ["INFO"]

    def test_a_site_that_cannot_say_is_left_alone(self, web: Web) -> None:
        web.answers["/robots.txt"] = (503, {}, b"")
        assert not Robots(client(web), "worldbrief").allow(f"{web.url}/news/1")
