"""Nobody let in: every spelling of an address that is not public, by every way to it."""

from __future__ import annotations

import ipaddress
import socket

import pytest

from pipeline.fetch import transport
from pipeline.fetch.addresses import Forbidden, check_url, is_public
from pipeline.fetch.client import Client, Limits, NotFetched

REFUSED = [
    "http://127.0.0.1/", "http://127.1/", "http://127.0.1/", "http://2130706433/", "http://0x7f000001/",
    "http://0x7f.0.0.1/", "http://0177.0.0.1/", "http://017700000001/", "http://127.0.0.1./", "http://localhost/",
    "http://LOCALHOST/", "http://localhost./", "http://0/", "http://0.0.0.0/", "http://[::]/", "http://[::1]/",
    "http://[0:0:0:0:0:0:0:1]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[::127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/", "http://[64:ff9b:1::a00:1]/", "http://[2002:7f00:1::]/", "http://[fe80::1]/",
    "http://[fc00::1]/", "http://[fec0::1]/", "http://[ff02::1]/", "http://10.0.0.1/", "http://172.16.0.1/",
    "http://192.168.1.1/", "http://169.254.169.254/latest/meta-data/", "http://100.100.100.200/", "http://192.0.0.192/",
    "http://198.18.0.1/", "http://224.0.0.1/", "http://240.0.0.1/", "http://255.255.255.255/", "http://[fd00:ec2::254]/",
    "http://１２７.０.０.１/", "http://①②⑦.0.0.1/", "https://127.0.0.1/", "http://user@example.org/",
    "http://example.org@127.0.0.1/", "http://user:word@example.org/", "http://example.org:22/", "http://example.org:6379/",
    "http://example.org:0/", "http://example.org:99999/", "file:///etc/passwd", "ftp://example.org/", "gopher://example.org/",
    "dict://127.0.0.1:11211/", "data:text/html,a", "javascript:alert(1)", "//example.org/", "http:///a", "http://",
    "http://exa mple.org/", "http://example.org\\@127.0.0.1/", "http://127.0.0.1%00.example.org/", "",
]  # fmt: skip


@pytest.mark.parametrize("url", REFUSED)
def test_it_is_refused(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names are resolved as the system does for numbers and for itself; nothing is ever connected to."""

    def connect(self: socket.socket, place: object) -> None:
        raise AssertionError(f"connected to {place}")

    monkeypatch.setattr(socket.socket, "connect", connect)
    with pytest.raises((Forbidden, NotFetched)) as caught:
        Client("test", Limits(seconds=5)).get(url)
    # A name that the system cannot resolve was not refused, but leads nowhere.
    assert caught.value.kind == "forbidden-address" or "resol" in str(caught.value), caught.value


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:93.184.215.14"])
def test_what_is_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("url", ["https://example.org/a?b=c", "http://example.org:80/", "HTTPS://EXAMPLE.ORG:443/x"])
def test_what_may_be_asked(url: str) -> None:
    assert check_url(url) == url


def test_only_the_host_that_is_named_is_allowed() -> None:
    assert check_url("http://wiki.intern:8080/", {"wiki.intern:8080"})
    assert check_url("http://wiki.intern:8080/", {"wiki.intern"})
    with pytest.raises(Forbidden):
        check_url("http://wiki.intern:8081/", {"wiki.intern:8080"})
    with pytest.raises(Forbidden):
        check_url("http://other.intern:8080/", {"wiki.intern"})


def test_the_address_that_was_checked_is_the_one_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name server that answers with a public address first, and with one of ours afterwards."""
    answers = iter(["93.184.215.14", "127.0.0.1", "127.0.0.1"])
    connected: list[object] = []

    def getaddrinfo(host: str, port: int, **kind: object) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    def connect(self: socket.socket, place: object) -> None:
        connected.append(place)
        raise OSError("no network here")

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    monkeypatch.setattr(socket.socket, "connect", connect)
    client = Client("test", Limits(seconds=5, host_pause=0))
    with pytest.raises(NotFetched):
        client.get("http://rebinding.example/")
    with pytest.raises(Forbidden):
        client.get("http://rebinding.example/")
    assert connected == [("93.184.215.14", 80)]


def test_one_private_address_among_others_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    places = [("93.184.215.14", 80), ("10.0.0.1", 80)]
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda *a, **k: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", place) for place in places]
    )
    with pytest.raises(Forbidden, match=r"10\.0\.0\.1"):
        Client("test").get("http://both.example/")


def test_the_proxy_of_the_environment_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    manager = transport.pools(frozenset(), 1)
    assert manager.proxy is None
