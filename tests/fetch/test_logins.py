"""Logins of sites: who gets a secret, and who never does."""

from __future__ import annotations

import base64
from collections.abc import Iterator

import pytest

from pipeline.errors import ConfigError
from pipeline.fetch.client import Client, Limits, NotFetched
from pipeline.fetch.logins import Logins
from tests.fetch.web import Web, serving

BASIC = f"Basic {base64.b64encode('désk:s3cret:x'.encode()).decode()}"


def logins(value: str, host: str = "feeds.example.org", *allowed: str) -> Logins:
    return Logins({host: "LOGIN"}, {"LOGIN": value}, frozenset(allowed))


@pytest.mark.parametrize(
    ("value", "header"),
    [
        ("désk:s3cret:x", {"Authorization": BASIC}),
        (" desk:pass word \n", {"Authorization": f"Basic {base64.b64encode(b'desk:pass word').decode()}"}),
        ("Bearer abc.def", {"Authorization": "Bearer abc.def"}),
        ("X-Api-Key: abc", {"X-Api-Key": "abc"}),
    ],
)
def test_what_a_login_may_be(value: str, header: dict[str, str]) -> None:
    assert logins(value)("https://feeds.example.org/rss") == header


@pytest.mark.parametrize(
    "url",
    [
        "http://feeds.example.org/rss",
        "https://feeds.example.org:8443/rss",
        "https://example.org/rss",
        "https://feeds.example.org.evil.example/rss",
        "https://evil.example/feeds.example.org",
        "https://feeds.example.org@evil.example/rss",
    ],
)
def test_no_other_host_and_no_open_line_gets_it(url: str) -> None:
    assert logins("desk:s3cret")(url) == {}


def test_a_port_and_a_host_of_the_intranet() -> None:
    assert logins("a:b", "intra.example:8080", "intra.example")("http://intra.example:8080/rss")
    assert logins("a:b", "intra.example:8080", "intra.example")("http://intra.example/rss") == {}
    assert logins("a:b", "Feeds.Example.org:443")("https://feeds.EXAMPLE.org./rss")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("", "empty or not set"),
        ("justatoken99", "holds no login"),
        ("Bearer a\nEvil: b99", "control character"),
        ("Host: evil99.example", "not for a login"),
        ("X-Key: schlüssel99", "beyond ASCII"),
    ],
)
def test_what_is_no_login_is_said_and_not_repeated(value: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said) as raised:
        logins(value)
    assert "fetch.logins: feeds.example.org: the variable LOGIN" in str(raised.value)
    assert "99" not in str(raised.value)


@pytest.fixture
def webs() -> Iterator[tuple[Web, Web]]:
    with serving() as one, serving() as other:
        yield one, other


def client(web: Web, *others: Web) -> Client:
    allowed = frozenset({web.host, *(other.host for other in others)})
    found = Logins({web.host: "LOGIN"}, {"LOGIN": "desk:s3cret"}, allowed)
    return Client("test", Limits(seconds=5, host_pause=0), allowed, logins=found)


def test_a_redirect_takes_it_to_no_other_host(webs: tuple[Web, Web]) -> None:
    web, other = webs
    web.answers |= {"/a": (302, {"Location": "/b"}, b""), "/b": (301, {"Location": f"{other.url}/c"}, b"")}
    other.answers |= {"/c": (302, {"Location": f"{web.url}/d"}, b"")}
    web.answers["/d"] = (200, {}, b"whole")
    assert client(web, other).get(f"{web.url}/a").body == b"whole"
    assert ["authorization" in headers for _, headers in web.asked] == [True, True, True]
    assert ["authorization" in headers for _, headers in other.asked] == [False]


def test_a_site_that_asks_for_a_login(webs: tuple[Web, Web]) -> None:
    web, other = webs
    for server in webs:
        server.answers["/feed"] = (401, {}, b"")
    with pytest.raises(NotFetched, match="does not take the login"):
        client(web, other).get(f"{web.url}/feed")
    with pytest.raises(NotFetched, match=r"name one in fetch\.logins") as raised:
        client(web, other).get(f"{other.url}/feed")
    assert "s3cret" not in str(raised.value)
