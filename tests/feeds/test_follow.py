"""Feeds followed over days, from a server that behaves and one that does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from email.utils import formatdate
from pathlib import Path

import pytest

from pipeline.article import Document
from pipeline.config import Fetch
from pipeline.feeds.follow import Follower
from pipeline.feeds.opml import Subscription
from pipeline.fetch.client import Client, Limits
from pipeline.ingest import Unreadable
from pipeline.store.inbox import FeedState, Inbox
from tests.fetch.web import Web, serving

DAY = 86_400.0
MONDAY = 1_795_424_400.0  # 2026-11-23T09:00:00Z
LONG = "<p>" + "Le maire a rouvert le pont lundi matin. " * 80 + "</p>"
PAGE = b"<html><body><article><h1>Un pont</h1>" + LONG.encode() + b"</article></body></html>"


@pytest.fixture(scope="module")
def server() -> Iterator[Web]:
    with serving() as web:
        yield web


@pytest.fixture
def web(server: Web) -> Web:
    server.answers.clear()
    server.asked.clear()
    return server


def item(number: int, *, guid: str = "", link: str = "", at: float = MONDAY, text: str = LONG, base: str = "") -> str:
    link = link or f"{base}/news/{number}"
    return (
        f"<item><title>Titre {number}</title><link>{link}</link><guid isPermaLink='false'>{guid or f'g{number}'}</guid>"
        f"<pubDate>{formatdate(at, usegmt=True)}</pubDate><description><![CDATA[{text}]]></description></item>"
    )


def rss(*items: str) -> bytes:
    return f"<rss version='2.0'><channel><title>Journal</title>{''.join(items)}</channel></rss>".encode()


def follow(
    folder: Path, web: Web, issue: str, now: float = MONDAY, feeds: Sequence[str] = ("/feed",), **settings: object
) -> list[Document | Unreadable]:
    client = Client("test", Limits(seconds=5, host_pause=0), frozenset({web.host}))
    config = Fetch(**{"threads": 4, **settings})  # type: ignore[arg-type]
    with closing(Inbox(folder / "inbox.db")) as inbox:
        follower = Follower(config, client, inbox, issue, lambda: now)
        return list(follower.documents([Subscription(url=web.url + feed) for feed in feeds]))


def titles(found: Sequence[Document | Unreadable]) -> list[str]:
    return [document.metadata.title or "" for document in found if isinstance(document, Document)]


def state(folder: Path, url: str) -> FeedState:
    with closing(Inbox(folder / "inbox.db")) as inbox:
        return inbox.feed(url)


def test_new_today_and_only_today(tmp_path: Path, web: Web) -> None:
    web.answers["/feed"] = (
        200,
        {"ETag": '"1"', "Last-Modified": "Mon"},
        rss(item(1, base=web.url), item(2, base=web.url)),
    )
    assert titles(follow(tmp_path, web, "monday")) == ["Titre 1", "Titre 2"]
    web.answers["/feed"] = (200, {"ETag": '"2"'}, rss(item(3, base=web.url), item(2, base=web.url)))
    assert titles(follow(tmp_path, web, "tuesday", MONDAY + DAY)) == ["Titre 3"]
    assert web.asked[-1][1]["if-none-match"] == '"1"'
    assert web.asked[-1][1]["if-modified-since"] == "Mon"


def test_the_same_issue_again_has_the_same_without_the_feed(tmp_path: Path, web: Web) -> None:
    web.answers["/feed"] = (200, {}, rss(item(1, base=web.url)))
    first = follow(tmp_path, web, "monday")
    web.answers["/feed"] = (304, {}, b"")
    assert follow(tmp_path, web, "monday") == first
    web.answers["/feed"] = (200, {}, rss(item(2, base=web.url)))
    assert follow(tmp_path, web, "monday")[: len(first)] == first
    assert follow(tmp_path, web, "tuesday") == []


def test_other_names_and_addresses_for_old_news(tmp_path: Path, web: Web) -> None:
    web.answers["/feed"] = (200, {}, rss(item(1, base=web.url)))
    follow(tmp_path, web, "monday")
    renamed = item(1, guid="another", base=web.url)
    moved = item(1, link=f"{web.url}/neu/1?utm_source=rss")
    for feed in (renamed, moved, item(1, guid="third", link=f"{web.url}/news/1?utm_source=rss")):
        web.answers["/feed"] = (200, {}, rss(feed))
        assert follow(tmp_path, web, "tuesday", MONDAY + DAY) == []


def test_the_first_time_takes_the_last_days(tmp_path: Path, web: Web) -> None:
    old = item(1, at=MONDAY - 10 * DAY, base=web.url)
    web.answers["/feed"] = (200, {}, rss(old, item(2, at=MONDAY - DAY, base=web.url)))
    assert titles(follow(tmp_path, web, "monday", max_age_days=3)) == ["Titre 2"]
    assert follow(tmp_path, web, "tuesday", MONDAY + DAY) == []
    # Afterwards what is new counts, whatever its date.
    web.answers["/feed"] = (200, {}, rss(item(3, at=MONDAY - 10 * DAY, base=web.url)))
    assert titles(follow(tmp_path, web, "tuesday", MONDAY + DAY)) == ["Titre 3"]


def test_a_teaser_is_read_on_its_page(tmp_path: Path, web: Web) -> None:
    web.answers["/feed"] = (200, {}, rss(item(1, text="Le maire…", base=web.url), item(2, base=web.url)))
    web.answers["/news/1"] = (200, {"Content-Type": "text/html"}, PAGE)
    first, second = follow(tmp_path, web, "monday")
    assert isinstance(first, Document)
    assert (first.data, first.media_type, first.metadata.title) == (PAGE, "text/html", "Titre 1")
    assert isinstance(second, Document)
    assert b"<article>" not in second.data
    assert [path for path, _ in web.asked] == ["/feed", "/robots.txt", "/news/1"]


@pytest.mark.parametrize(
    ("page", "robots"),
    [
        ((403, {}, b""), b""),
        ((200, {"Content-Type": "application/pdf"}, b"%PDF"), b""),
        ((200, {}, PAGE), b"Disallow: /"),
    ],
)
def test_a_page_that_may_not_be_read_leaves_the_teaser(
    tmp_path: Path, web: Web, page: tuple[int, dict[str, str], bytes], robots: bytes
) -> None:
    web.answers["/feed"] = (200, {}, rss(item(1, text="Le maire…", base=web.url)))
    web.answers["/robots.txt"] = (200, {}, b"User-agent: *\n" + robots)
    web.answers["/news/1"] = page
    [found] = follow(tmp_path, web, "monday")
    assert isinstance(found, Document)
    assert found.data.decode() == "Le maire…"


def test_a_page_that_is_down_is_tried_again_and_then_given_up(tmp_path: Path, web: Web) -> None:
    web.answers["/feed"] = (200, {}, rss(item(1, text="Le maire…", base=web.url)))
    web.answers["/news/1"] = (503, {}, b"")
    for issue in ("monday", "tuesday"):
        [found] = follow(tmp_path, web, issue)
        assert isinstance(found, Unreadable)
        assert found.error.kind == "fetch-later"
    [found] = follow(tmp_path, web, "wednesday")
    assert isinstance(found, Document)
    assert found.data.decode() == "Le maire…"


def test_a_page_that_comes_back_is_read(tmp_path: Path, web: Web) -> None:
    web.answers["/feed"] = (200, {}, rss(item(1, text="Le maire…", base=web.url)))
    web.answers["/news/1"] = (503, {}, b"")
    follow(tmp_path, web, "monday")
    web.answers["/news/1"] = (200, {}, PAGE)
    [found] = follow(tmp_path, web, "tuesday")
    assert isinstance(found, Document)
    assert found.data == PAGE


def test_one_that_fails_costs_only_itself(tmp_path: Path, web: Web) -> None:
    web.answers["/good"] = (200, {}, rss(item(1, base=web.url)))
    web.answers["/html"] = (200, {}, b"<rss")
    web.answers["/gone"] = (410, {}, b"")
    web.answers["/evil"] = (302, {"Location": "http://169.254.169.254/"}, b"")
    found = follow(tmp_path, web, "monday", feeds=("/gone", "/html", "/evil", "/good"))
    kinds = [item.error.kind for item in found if isinstance(item, Unreadable)]
    assert kinds == ["fetch-status", "bad-feed", "forbidden-address"]
    assert titles(found) == ["Titre 1"]
    assert state(tmp_path, f"{web.url}/gone").failures == 1
    assert "410" in state(tmp_path, f"{web.url}/gone").trouble
    assert state(tmp_path, f"{web.url}/good").had_new.startswith("2026-11-23")


def test_one_that_asks_to_wait_is_not_asked(tmp_path: Path, web: Web) -> None:
    web.answers["/feed"] = (429, {"Retry-After": "3600"}, b"")
    follow(tmp_path, web, "monday")
    web.answers["/feed"] = (200, {}, rss(item(1, base=web.url)))
    assert follow(tmp_path, web, "monday", MONDAY + 600) == []
    assert len(web.asked) == 1
    assert titles(follow(tmp_path, web, "monday", MONDAY + 4000)) == ["Titre 1"]


def test_one_that_has_moved_for_good_is_asked_there(tmp_path: Path, web: Web) -> None:
    web.answers["/feed"] = (301, {"Location": "/new"}, b"")
    web.answers["/new"] = (200, {}, rss(item(1, base=web.url)))
    follow(tmp_path, web, "monday")
    follow(tmp_path, web, "tuesday")
    assert [path for path, _ in web.asked] == ["/feed", "/new", "/new"]


def test_what_is_kept_is_forgotten_in_time(tmp_path: Path, web: Web) -> None:
    web.answers["/feed"] = (200, {}, rss(item(1, base=web.url)))
    follow(tmp_path, web, "monday")
    assert follow(tmp_path, web, "monday", MONDAY + 30 * DAY)
    assert follow(tmp_path, web, "monday", MONDAY + 90 * DAY) == []


def test_a_page_and_a_json_feed(tmp_path: Path, web: Web) -> None:
    web.answers["/page"] = (200, {"Content-Type": "text/html"}, PAGE)
    json_feed = (
        b'{"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": [{"id": "1", "url": "https://e.example/1",'
        b' "title": "T", "content_text": "' + b"word " * 500 + b'"}]}'
    )
    web.answers["/json"] = (200, {"Content-Type": "application/feed+json"}, json_feed)
    page, entry = follow(tmp_path, web, "monday", feeds=("/page", "/json"))
    assert isinstance(page, Document)
    assert (page.data, page.metadata.url) == (PAGE, f"{web.url}/page")
    assert isinstance(entry, Document)
    assert entry.metadata.title == "T"
