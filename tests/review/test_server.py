"""The server of the page over real sockets: who is let in, what is saved."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import ConfigError
from pipeline.overlay import file
from pipeline.review.server import MOST_BYTES, Actions, Desk, Server
from tests.issue.samples import SAMPLE, SWAHILI, VIETNAMESE
from tests.review.folders import folder_of

ISSUE = "2026-11-23"


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def data(self) -> Any:
        return json.loads(self.body)


class Client:
    """Speaks to a server as a browser that has its page open, but for what is said otherwise."""

    def __init__(self, server: Server, folder: Path) -> None:
        self.token = server.token
        self.port = int(server.url.split(":")[2].split("/")[0])
        self.folder = folder

    def ask(
        self, method: str, path: str, body: bytes | None = None, address: str = "127.0.0.1", **changed: str | None
    ) -> Answer:
        headers = {
            "Host": f"127.0.0.1:{self.port}",
            "Origin": f"http://127.0.0.1:{self.port}" if method == "POST" else None,
            "Content-Type": "application/json" if body is not None else None,
            "Content-Length": str(len(body)) if body is not None else None,
            **{name.replace("_", "-"): value for name, value in changed.items()},
        }
        connection = http.client.HTTPConnection(address, self.port, timeout=10)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in headers.items():
                if value is not None:
                    connection.putheader(name, value)
            connection.endheaders(body)
            answer = connection.getresponse()
            return Answer(answer.status, dict(answer.getheaders()), answer.read())
        finally:
            connection.close()

    def get(self, path: str = "", address: str = "127.0.0.1", **changed: str | None) -> Answer:
        return self.ask("GET", f"/{self.token}/{path}", None, address, **changed)

    def post(self, path: str, data: object, **changed: str | None) -> Answer:
        return self.ask("POST", f"/{self.token}/{path}", json.dumps(data).encode(), "127.0.0.1", **changed)

    def decide(self, *decisions: dict[str, Any], **changed: str | None) -> Answer:
        return self.post("api/decide", {"issue": ISSUE, "decisions": list(decisions)}, **changed)

    @property
    def overlay(self) -> Path:
        return self.folder / "overlay.toml"


Serve = Callable[..., Client]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    started: list[Server] = []

    def start(actions: Actions = Actions()) -> Client:  # noqa: B008
        folder = folder_of(tmp_path, *SAMPLE)
        started.append(Server(Desk(folder, folder / "overlay.toml", actions)))
        started[-1].start()
        return Client(started[-1], folder)

    yield start
    for server in started:
        server.close()


def drop(article: str = VIETNAMESE.id, value: object = True) -> dict[str, Any]:
    return {"kind": "article", "article": article, "changes": {"drop": value}}


def test_the_page_and_a_decision(serve: Serve) -> None:
    client = serve()
    page = client.get()
    assert (page.status, page.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert b"'self'" in page.body or b"&#x27;self&#x27;" in page.body
    answer = client.decide(drop(), {"kind": "name", "language": "ko", "source": "또럼", "english": "To Lam"})
    assert (answer.status, answer.data) == (200, {"saved": 2})
    overlay = file.read(client.overlay)
    assert overlay.of(ISSUE).article[VIETNAMESE.id].drop
    assert overlay.name[0].english == "To Lam"
    # The page that is asked for next knows it.
    assert b'"drop":true' in client.get().body


def test_every_kind_of_decision_is_saved(serve: Serve) -> None:
    client = serve()
    changes = {
        "revision": SWAHILI.revision, "tell": True, "pin": True, "section": "Africa", "headline": "Rain “cuts” road",
        "summary": "Two\u2028lines", "note": "<b>seen</b>",
    }  # fmt: skip
    answer = client.decide(
        {"kind": "article", "article": SWAHILI.id, "changes": changes},
        {"kind": "issue", "changes": {"note": "Hello.", "order": [VIETNAMESE.id], "sections": ["Africa"]}},
        {"kind": "sentence", "language": "sw", "source": "Mvua kubwa.", "english": "Heavy rain."},
    )
    assert answer.status == 200, answer.body
    overlay = file.read(client.overlay)
    assert overlay.of(ISSUE).article[SWAHILI.id].model_dump(include={"tell", "pin", "headline", "note"}) == {
        "tell": True, "pin": True, "headline": "Rain “cuts” road", "note": "<b>seen</b>",
    }  # fmt: skip
    assert (overlay.of(ISSUE).note, overlay.of(ISSUE).order) == ("Hello.", (VIETNAMESE.id,))
    assert overlay.sentence[0].english == "Heavy rain."
    assert client.decide({"kind": "article", "article": SWAHILI.id, "changes": {"tell": False}}).status == 200
    assert not file.read(client.overlay).of(ISSUE).article[SWAHILI.id].tell


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_it_listens_on_loopback_only(serve: Serve, address: str) -> None:
    client = serve()
    if address == "::1" and not socket.has_ipv6:
        pytest.skip("no IPv6 here")
    assert client.get(address=address).status == 200
    others = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)} - {"127.0.0.1"}
    for other in others:
        if not str(other).startswith("127."):
            with pytest.raises(ConnectionRefusedError):
                client.get(address=str(other))


@pytest.mark.parametrize("token", ["", "x", "%ff", "A" * 32])
def test_without_the_token_nothing_is_shown_or_saved(serve: Serve, token: str) -> None:
    client = serve()
    client.token = token
    for answer in (client.get(), client.decide(drop())):
        assert answer.status == 403
        assert b"<" not in answer.body
    assert not client.overlay.exists()


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1", "", "127.0.0.1:{port}.evil.example", None]
)
def test_another_host_is_refused(serve: Serve, host: str | None) -> None:
    """A name of somebody else's that was made to lead to this machine."""
    client = serve()
    named = host and host.format(port=client.port)
    assert client.get(Host=named).status == 421
    assert client.decide(drop(), Host=named, Origin=f"http://{named}").status == 421
    assert not client.overlay.exists()


def test_our_names_are_taken(serve: Serve) -> None:
    client = serve()
    for name in ("127.0.0.1", "localhost", "[::1]", "LOCALHOST"):
        assert client.get(Host=f"{name}:{client.port}").status == 200


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "", None, "https://127.0.0.1:{port}", "http://127.0.0.1:1"]
)
def test_another_origin_saves_nothing(serve: Serve, origin: str | None) -> None:
    client = serve()
    assert client.decide(drop(), Origin=origin and origin.format(port=client.port)).status == 403
    assert not client.overlay.exists()


def test_a_page_elsewhere_can_neither_link_here_nor_read(serve: Serve) -> None:
    client = serve()
    assert client.get(Sec_Fetch_Site="cross-site").status == 403
    assert client.get(Sec_Fetch_Site="same-site").status == 403
    for answer in (client.get(), client.decide(drop())):
        assert not any(name.lower().startswith("access-control") for name in answer.headers)
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert client.ask("OPTIONS", f"/{client.token}/api/decide").status == 501


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", None])
def test_what_a_form_can_send_is_refused(serve: Serve, kind: str | None) -> None:
    client = serve()
    assert client.decide(drop(), Content_Type=kind).status == 415
    assert not client.overlay.exists()


def test_too_much_is_refused_unread(serve: Serve) -> None:
    client = serve()
    for length in (str(MOST_BYTES + 1), "9" * 5000):
        assert (
            client.ask(
                "POST", f"/{client.token}/api/decide", b"", Content_Length=length, Content_Type="application/json"
            ).status
            == 413
        )
    unknown: tuple[str | None, ...] = (None, "-1", "x", "1e3")
    for unread in unknown:
        answer = client.ask(
            "POST", f"/{client.token}/api/decide", None, Content_Length=unread, Content_Type="application/json"
        )
        assert answer.status == 411
    assert client.decide(drop(), Transfer_Encoding="chunked").status == 411


@pytest.mark.parametrize(
    "path",
    [
        "articles.jsonl",
        "../overlay.toml",
        "..%2foverlay.toml",
        "review.html",
        "api/decide",
        "api/",
        "?x",
        "//etc/passwd",
    ],
)
def test_there_is_nothing_but_the_page(serve: Serve, path: str) -> None:
    assert serve().get(path).status == 404


def test_other_methods_and_nonsense(serve: Serve) -> None:
    client = serve()
    for method in ("PUT", "DELETE", "PATCH", "TRACE", "HEAD", "<script>"):
        answer = client.ask(method, f"/{client.token}/")
        assert answer.status in (400, 501)
        assert b"script" not in answer.body
    with socket.create_connection(("127.0.0.1", client.port), timeout=5) as raw:
        raw.sendall(b"\x16\x03\x01\x02\x00 nonsense\r\n\r\n")
        raw.recv(1000)
    with socket.create_connection(("127.0.0.1", client.port), timeout=5) as raw:
        raw.sendall(f"GET /\xff/ HTTP/1.0\r\nHost: localhost:{client.port}\r\n\r\n".encode("latin-1"))
        assert b" 403 " in raw.recv(1000)
    assert client.get().status == 200


@pytest.mark.parametrize(
    "decision",
    [
        {"kind": "drop"},
        drop(article="../../x"),
        drop(value="yes"),
        {"kind": "article", "article": VIETNAMESE.id, "changes": {"drop": True, "other": 1}},
        {"kind": "article", "article": VIETNAMESE.id, "changes": {"headline": "x" * 301}},
        {"kind": "name", "language": "k]o", "source": "a", "english": "b"},
        {"kind": "name", "language": "ko", "source": "", "english": "b"},
        {"kind": "name", "language": "ko", "source": "\ud800", "english": "b"},
        {"kind": "sentence", "language": "ko", "source": "a", "english": 5},
        {},
        [],
    ],
)
def test_what_is_no_decision_changes_nothing(serve: Serve, decision: Any) -> None:
    client = serve()
    client.overlay.write_text("# mine\n", encoding="utf-8")
    answer = client.decide(decision)
    assert answer.status == 409
    assert answer.data["error"]
    assert client.overlay.read_text(encoding="utf-8") == "# mine\n"


def test_of_a_wrong_list_nothing_is_saved(serve: Serve) -> None:
    client = serve()
    assert client.decide(drop(), {"kind": "nonsense"}).status == 409
    assert not client.overlay.exists()


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"issue": 1}', b"\xff", b"[" * 100_000])
def test_what_is_no_json(serve: Serve, body: bytes) -> None:
    client = serve()
    assert client.ask("POST", f"/{client.token}/api/decide", body).status == 409


def test_a_decision_about_an_issue_that_is_gone(serve: Serve) -> None:
    client = serve()
    answer = client.post("api/decide", {"issue": "2026-11-22", "decisions": [drop()]})
    assert answer.status == 409
    assert "load the page anew" in answer.data["error"]


def test_a_broken_overlay_is_told_and_kept(serve: Serve) -> None:
    client = serve()
    client.overlay.write_text("[issue\n", encoding="utf-8")
    assert "overlay.toml" in client.decide(drop()).data["error"]
    assert client.get().status == 500
    assert client.overlay.read_text(encoding="utf-8") == "[issue\n"


def test_many_decisions_at_once_are_all_kept(serve: Serve) -> None:
    client = serve()
    client.overlay.write_text("# by hand\n", encoding="utf-8")
    ids = [f"{number:016x}" for number in range(40)]
    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(lambda article: client.decide(drop(article)).status, ids))
    assert statuses == [200] * len(ids)
    assert set(file.read(client.overlay).of(ISSUE).article) == set(ids)
    assert client.overlay.read_text(encoding="utf-8").startswith("# by hand\n")


def wait(client: Client) -> dict[str, Any]:
    for _ in range(100):
        state: dict[str, Any] = client.post("api/state", {}).data
        if not state["building"]:
            return state
        time.sleep(0.02)
    raise AssertionError("it never ends")


def test_building_again_tells_how_far_it_is_and_runs_once(serve: Serve) -> None:
    go_on = threading.Event()

    def build(say: Callable[[str], None]) -> str:
        say("translate: 1 of 2")
        assert go_on.wait(10)
        return "5 told"

    client = serve(Actions(build=build))
    assert client.post("api/build", {}).data["building"]
    assert "already" in client.post("api/build", {}).data["error"]
    assert "not approve" in client.post("api/approve", {}).data["error"]
    while client.post("api/state", {}).data["said"] != "translate: 1 of 2":
        time.sleep(0.01)
    go_on.set()
    assert wait(client) == {"building": False, "said": "5 told"}
    assert client.post("api/build", {}).status == 200
    wait(client)


@pytest.mark.parametrize("error", [ConfigError("no such path"), ValueError("a bug")])
def test_a_build_that_fails_says_why(serve: Serve, error: Exception) -> None:
    def build(say: Callable[[str], None]) -> str:
        raise error

    client = serve(Actions(build=build))
    client.post("api/build", {})
    assert str(error) in wait(client)["error"]


def test_what_the_server_cannot_do_is_refused(serve: Serve) -> None:
    client = serve()
    for path in ("api/build", "api/approve"):
        assert client.post(path, {}).status == 409


def test_a_port_that_is_taken(serve: Serve, tmp_path: Path) -> None:
    client = serve()
    with pytest.raises(ConfigError, match=f"--port {client.port}: is taken"):
        Server(Desk(tmp_path, tmp_path / "overlay.toml", Actions()), client.port)


def test_each_server_has_a_token_of_its_own(serve: Serve) -> None:
    assert serve().token != serve().token
    assert len(serve().token) >= 32
