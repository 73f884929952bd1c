"""The client of all targets: safe connections, bounds, and errors that tell what may have arrived."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import trustme
from pydantic import SecretStr

from pipeline.errors import ConfigError
from pipeline.publish import Declined, Uncertain
from pipeline.publish.http import Answer, Busy, Client, Unreached, patiently
from tests.publish.desk import Clock, Reply, serving


@contextmanager
def answering(*parts: bytes, tls: ssl.SSLContext | None = None, pause: float = 0.0) -> Iterator[int]:
    """A server that sends raw bytes to whoever connects, whatever they ask, with a pause before each but the first."""
    listening = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()

    def serve() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            try:
                with tls.wrap_socket(connection, server_side=True) if tls else connection as open_one:
                    open_one.recv(65_536)
                    for number, part in enumerate(parts):
                        if number:
                            over.wait(pause)
                        open_one.sendall(part)
            except OSError:
                continue

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        over.set()
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join()


def get(port: int, scheme: str = "http", *, timeout: float = 5, ca_file: str = "") -> Answer:
    return Client("hook", timeout=timeout, ca_file=ca_file).send("GET", f"{scheme}://127.0.0.1:{port}/", headers={})


@pytest.mark.parametrize("name", ["127.0.0.1", "other.example.org"])
def test_the_certificate_is_checked(name: str, tmp_path: Path) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    with answering(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", tls=context) as port:
        with pytest.raises(Unreached, match=r"no safe connection .*nothing was sent"):
            get(port, "https")
        if name == "127.0.0.1":
            assert get(port, "https", ca_file=str(tmp_path / "ca.pem")).body == b"ok"
        else:
            with pytest.raises(Unreached, match="certificate"):
                get(port, "https", ca_file=str(tmp_path / "ca.pem"))


def test_a_file_of_authorities_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("none", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"ca\.pem: no usable certificates"):
        Client("hook", timeout=5, ca_file=str(tmp_path / "ca.pem"))


@pytest.mark.parametrize(
    "parts",
    [(b"",), (b"nonsense\r\n\r\n",), (b"HTTP/1.1 abc\r\n\r\n",), (b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 1000,)],
)
def test_what_is_no_answer_says_nothing(parts: tuple[bytes, ...]) -> None:
    with answering(*parts) as port, pytest.raises(Uncertain, match="may have arrived"):
        get(port)


def test_a_body_that_breaks_off_is_still_an_answer() -> None:
    with answering(b"HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\n{") as port:
        answer = get(port)
    assert (answer.status, answer.body) == (201, b"{")
    with pytest.raises(Uncertain, match="was taken"):
        answer.json()


def test_a_body_that_drips_is_not_waited_for() -> None:
    drip = [b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", *[b"x"] * 100]
    with answering(*drip, pause=0.05) as port:
        answer = get(port, timeout=0.1)
    assert 0 < len(answer.body) < 100


def test_a_proxy_that_refuses_is_no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("https_proxy", "HTTPS_PROXY", "no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with answering(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n") as port:
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{port}")
        with pytest.raises(Unreached, match=r"hook: hook\.example\.org no safe connection .*nothing was sent"):
            Client("hook", timeout=5).send("POST", "https://hook.example.org/secret", headers={}, body=b"{}")


def test_a_proxy_is_not_asked_for_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with serving(Reply(200, b"ok")) as server:
        assert Client("hook", timeout=5).send("GET", server.url, headers={}).body == b"ok"


@pytest.mark.parametrize(("status", "kind"), [(400, Declined), (302, Declined), (500, Uncertain), (503, Busy)])
def test_a_secret_is_blotted_out_of_every_answer(status: int, kind: type[Exception]) -> None:
    secret = SecretStr("s3cret-value")
    with serving(Reply(status, b"you sent s3cret-value")) as server, pytest.raises(kind, match=r"you sent \*\*\*"):
        Client("hook", timeout=5, secrets=[secret]).send("GET", server.url, headers={})


def test_patience_grows_and_ends() -> None:
    clock = Clock()
    tries: list[int] = []

    def busy() -> None:
        tries.append(1)
        raise Busy("later", 7.0)

    with pytest.raises(Busy):
        patiently(busy, attempts=4, sleep=clock.sleep)
    assert len(tries) == 4
    assert len(clock.slept) == 3
    assert all(7 <= pause <= 120 for pause in clock.slept)


def test_what_is_not_to_be_repeated_is_not() -> None:
    def uncertain() -> None:
        raise Uncertain("no answer")

    clock = Clock()
    with pytest.raises(Uncertain):
        patiently(uncertain, attempts=4, sleep=clock.sleep)
    assert clock.slept == []
