"""Feeds followed over days, from a server that behaves and one that does not."""

from __future__ import annotations

import hashlib
import sqlite3
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
from pipeline.store.inbox import MIGRATIONS, FeedState, Inbox
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
    folder: Path,
    web: Web,
    issue: str,
    now: float = MONDAY,
    feeds: Sequence[str] = ("/feed",),
    listed: bool = False,
    **settings: object,
) -> list[Document | Unreadable]:
    client = Client("test", Limits(seconds=5, host_pause=0), frozenset({web.host}))
    config = Fetch(**{"threads": 4, **settings})  # type: ignore[arg-type]
    with closing(Inbox(folder / "inbox.db")) as inbox:
        follower = Follower(config, client, inbox, issue, lambda: now)
        return list(follower.documents([Subscription(url=web.url + feed, listed=listed) for feed in feeds]))


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
        assert (found.error.kind, found.feed, found.content) == ("fetch-later", f"{web.url}/feed", "")
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
    assert kinds == ["feed-gone", "bad-feed", "forbidden-address"]
    # Each names its feed, and what could not be had is not taken for a document of that content.
    lost = [item for item in found if isinstance(item, Unreadable)]
    assert [item.feed for item in lost] == [f"{web.url}/gone", f"{web.url}/html", f"{web.url}/evil"]
    assert (lost[0].content, lost[2].content) == ("", "")
    assert titles(found) == ["Titre 1"]
    assert state(tmp_path, f"{web.url}/gone").failures == 1
    assert "410" in state(tmp_path, f"{web.url}/gone").trouble
    assert state(tmp_path, f"{web.url}/good").had_new.startswith("2026-11-23")


def test_a_clock_that_was_a_year_ahead_silences_no_feed(tmp_path: Path, web: Web) -> None:
    web.answers["/feed"] = (429, {"Retry-After": "3600"}, b"")
    follow(tmp_path, web, "next year", MONDAY + 365 * DAY)
    web.answers["/feed"] = (200, {}, rss(item(1, base=web.url)))
    assert titles(follow(tmp_path, web, "monday")) == ["Titre 1"]


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


def test_one_whose_new_place_is_gone_is_asked_at_its_old_one(tmp_path: Path, web: Web) -> None:
    web.answers["/feed"] = (308, {"Location": "/new"}, b"")
    web.answers["/new"] = (200, {}, rss(item(1, base=web.url)))
    follow(tmp_path, web, "monday")
    web.answers["/new"] = (410, {}, b"")
    [lost] = follow(tmp_path, web, "tuesday", MONDAY + DAY)
    assert isinstance(lost, Unreadable)
    web.answers["/feed"] = (200, {}, rss(item(2, base=web.url)))
    assert titles(follow(tmp_path, web, "wednesday", MONDAY + 2 * DAY)) == ["Titre 2"]
    assert [path for path, _ in web.asked] == ["/feed", "/new", "/new", "/feed"]


def test_one_that_is_gone_for_good_is_left_alone_and_said(tmp_path: Path, web: Web) -> None:
    web.answers["/feed"] = (410, {}, b"")
    for day in range(3):
        [lost] = follow(tmp_path, web, f"day {day}", MONDAY + day * DAY)
        assert isinstance(lost, Unreadable)
        assert lost.error.kind == "feed-gone"
        assert "is gone for good (410, since 2026-11-23)" in lost.error.message
    assert len(web.asked) == 1
    web.answers["/feed"] = (200, {}, rss(item(1, base=web.url)))
    assert titles(follow(tmp_path, web, "later", MONDAY + 31 * DAY, max_age_days=60)) == ["Titre 1"]
    assert state(tmp_path, f"{web.url}/feed").gone == ""


def test_a_loop_of_redirects_ends(tmp_path: Path, web: Web) -> None:
    web.answers["/feed"] = (301, {"Location": "/other"}, b"")
    web.answers["/other"] = (301, {"Location": "/feed"}, b"")
    [lost] = follow(tmp_path, web, "monday")
    assert isinstance(lost, Unreadable)
    assert "redirects" in lost.error.message
    assert state(tmp_path, f"{web.url}/feed").moved_to == ""


def test_a_page_where_a_feed_should_be_is_no_news(tmp_path: Path, web: Web) -> None:
    named = b'<html><head><link rel="alternate" type="application/rss+xml" href="/rss.xml"></head>' + PAGE
    web.answers["/feed"] = (301, {"Location": "/login"}, b"")
    web.answers["/login"] = (200, {"Content-Type": "text/html"}, named)
    [lost] = follow(tmp_path, web, "monday", listed=True)
    assert isinstance(lost, Unreadable)
    assert (lost.error.kind, "names this feed: /rss.xml" in lost.error.message) == ("no-feed", True)
    # Where it leads is no new address of the feed.
    assert state(tmp_path, f"{web.url}/feed").moved_to == ""
    # The same for one that the command line named and that was a feed yesterday.
    web.answers["/feed"] = (200, {}, rss(item(1, base=web.url)))
    follow(tmp_path, web, "tuesday", MONDAY + DAY)
    web.answers["/feed"] = (200, {}, PAGE)
    [lost] = follow(tmp_path, web, "wednesday", MONDAY + 2 * DAY)
    assert isinstance(lost, Unreadable)


def test_another_text_of_an_item_is_taken_once_in_the_next_issue(tmp_path: Path, web: Web) -> None:
    web.answers["/feed"] = (200, {}, rss(item(1, base=web.url), item(2, base=web.url)))
    first = follow(tmp_path, web, "monday")
    longer = LONG + "<p>Le pont a été fermé mardi.</p>"
    web.answers["/feed"] = (200, {}, rss(item(1, text=longer, base=web.url), item(2, base=web.url)))
    # The issue keeps the text that it has.
    assert follow(tmp_path, web, "monday", MONDAY + 600) == first
    [changed] = follow(tmp_path, web, "tuesday", MONDAY + DAY)
    assert isinstance(changed, Document)
    assert b"mardi" in changed.data
    assert follow(tmp_path, web, "wednesday", MONDAY + 2 * DAY) == []


def test_a_comma_is_no_other_text(tmp_path: Path, web: Web) -> None:
    web.answers["/feed"] = (200, {}, rss(item(1, base=web.url)))
    follow(tmp_path, web, "monday")
    web.answers["/feed"] = (200, {}, rss(item(1, text=LONG.replace("pont lundi", "pont, lundi"), base=web.url)))
    assert follow(tmp_path, web, "tuesday", MONDAY + DAY) == []


def stamped(number: int, updated: str, base: str) -> str:
    return item(number, text="Le maire…", base=base).replace("</item>", f"<a:updated>{updated}</a:updated></item>")


def atom_in_rss(*items: str) -> bytes:
    return rss(*items).replace(b"<rss ", b"<rss xmlns:a='http://www.w3.org/2005/Atom' ")


def test_a_page_that_is_said_to_have_changed_is_asked_for_again(tmp_path: Path, web: Web) -> None:
    def feed(*updated: str) -> None:
        items = [stamped(number, stamp, web.url) for number, stamp in enumerate(updated, start=1)]
        web.answers["/feed"] = (200, {}, atom_in_rss(*items))

    for number in range(1, 5):
        web.answers[f"/news/{number}"] = (200, {"ETag": f'"{number}"', "Content-Type": "text/html"}, PAGE)
    feed("a", "a", "a", "a")
    assert len(follow(tmp_path, web, "monday")) == 4
    feed("b", "b", "a", "a")
    web.answers["/news/1"] = (304, {}, b"")
    web.answers["/news/2"] = (200, {"Content-Type": "text/html"}, PAGE.replace(b"lundi", b"mardi"))
    web.asked.clear()
    [changed] = follow(tmp_path, web, "tuesday", MONDAY + DAY)
    assert isinstance(changed, Document)
    assert b"mardi" in changed.data
    pages = {path: headers for path, headers in web.asked if path.startswith("/news")}
    assert set(pages) == {"/news/1", "/news/2"}
    assert pages["/news/1"]["if-none-match"] == '"1"'
    # A feed that gives all items the time of its own making says nothing by it.
    feed("c", "c", "c", "c")
    web.asked.clear()
    assert follow(tmp_path, web, "wednesday", MONDAY + 2 * DAY) == []
    assert [path for path, _ in web.asked] == ["/feed"]


def test_pages_are_looked_at_again_where_the_settings_say_so(tmp_path: Path, web: Web) -> None:
    web.answers["/feed"] = (200, {}, rss(item(1, text="Le maire…", base=web.url)))
    web.answers["/news/1"] = (200, {"Last-Modified": "Mon, 23 Nov 2026 08:00:00 GMT"}, PAGE)
    follow(tmp_path, web, "monday", look_again_days=2)
    web.answers["/news/1"] = (200, {}, PAGE.replace(b"lundi", b"mardi"))
    assert follow(tmp_path, web, "tuesday", MONDAY + DAY) == []
    [changed] = follow(tmp_path, web, "tuesday", MONDAY + DAY, look_again_days=2)
    assert isinstance(changed, Document)
    assert web.asked[-1][1]["if-modified-since"] == "Mon, 23 Nov 2026 08:00:00 GMT"
    assert follow(tmp_path, web, "thursday", MONDAY + 3 * DAY, look_again_days=2) == []


def test_a_changed_item_whose_page_is_gone_is_no_other_text(tmp_path: Path, web: Web) -> None:
    web.answers["/feed"] = (200, {}, rss(item(1, text="Le maire…", base=web.url)))
    web.answers["/news/1"] = (200, {}, PAGE)
    follow(tmp_path, web, "monday")
    web.answers["/feed"] = (200, {}, rss(item(1, text="Le maire a dit…", base=web.url)))
    web.answers["/news/1"] = (503, {}, b"")
    assert follow(tmp_path, web, "tuesday", MONDAY + DAY) == []
    web.answers["/news/1"] = (200, {}, PAGE.replace(b"lundi", b"mardi"))
    assert len(follow(tmp_path, web, "wednesday", MONDAY + 2 * DAY)) == 1
    web.answers["/feed"] = (200, {}, rss(item(1, text="Le maire s'est tu…", base=web.url)))
    web.answers["/news/1"] = (404, {}, b"")
    assert follow(tmp_path, web, "thursday", MONDAY + 3 * DAY) == []


def test_one_whose_page_is_never_ours_is_followed_by_the_feed(tmp_path: Path, web: Web) -> None:
    web.answers["/feed"] = (200, {}, rss(item(1, text="Le maire a parlé.", base=web.url)))
    web.answers["/news/1"] = (402, {}, b"")
    follow(tmp_path, web, "monday")
    web.answers["/feed"] = (200, {}, rss(item(1, text="Le maire a parlé deux fois.", base=web.url)))
    [changed] = follow(tmp_path, web, "tuesday", MONDAY + DAY)
    assert isinstance(changed, Document)
    assert changed.data.decode() == "Le maire a parlé deux fois."


def test_what_was_too_old_when_its_feed_was_new_stays_so(tmp_path: Path, web: Web) -> None:
    old = MONDAY - 10 * DAY
    web.answers["/feed"] = (200, {}, rss(item(1, at=old, base=web.url)))
    assert follow(tmp_path, web, "monday") == []
    web.answers["/feed"] = (200, {}, rss(item(1, at=old, text=LONG + "Mardi.", base=web.url)))
    assert follow(tmp_path, web, "tuesday", MONDAY + DAY) == []


def test_the_same_words_under_another_name_and_address_are_old(tmp_path: Path, web: Web) -> None:
    web.answers["/feed"] = (200, {}, rss(item(1, base=web.url)))
    follow(tmp_path, web, "monday")
    renamed = item(1, guid="session-2", link=f"{web.url}/read?session=2&item=1")
    web.answers["/feed"] = (200, {}, rss(renamed))
    assert follow(tmp_path, web, "tuesday", MONDAY + DAY) == []
    # Two short items may have the same words and be two.
    web.answers["/feed"] = (
        200,
        {},
        rss(*(item(1, guid=f"p{n}", link=f"{web.url}/p/{n}", text="Photo") for n in (1, 2))),
    )
    assert len(follow(tmp_path, web, "wednesday", MONDAY + 2 * DAY, full_text="feed")) == 2


def test_a_page_with_less_to_read_than_the_teaser_is_left(tmp_path: Path, web: Web) -> None:
    teaser = "Le maire a rouvert le pont lundi matin, après trois ans de travaux."
    web.answers["/feed"] = (200, {}, rss(item(1, text=teaser, base=web.url)))
    web.answers["/news/1"] = (
        200,
        {},
        b"<html><head><title>App</title></head><body><div id=root></div><script>" + b"x" * 9999,
    )
    [found] = follow(tmp_path, web, "monday")
    assert isinstance(found, Document)
    assert found.data.decode() == teaser


def test_an_item_that_its_feed_has_not_had_for_a_year_is_forgotten(tmp_path: Path, web: Web) -> None:
    web.answers["/feed"] = (200, {}, rss(item(1, base=web.url)))
    follow(tmp_path, web, "monday")
    web.answers["/feed"] = (200, {}, rss(item(2, base=web.url)))
    follow(tmp_path, web, "next year", MONDAY + 366 * DAY)
    with closing(Inbox(tmp_path / "inbox.db")) as inbox:
        known = inbox.seen(f"{web.url}/feed", [_key("g1"), _key("g2")])
    assert list(known) == [_key("g2")]


def _key(guid: str) -> str:
    return hashlib.sha256(guid.encode()).hexdigest()[:32]


def test_what_an_earlier_version_saw_is_no_change(tmp_path: Path, web: Web) -> None:
    web.answers["/feed"] = (200, {}, rss(item(1, base=web.url)))
    with closing(sqlite3.connect(tmp_path / "inbox.db")) as old:
        for statement in MIGRATIONS[0]:
            old.execute(statement)
        old.execute("INSERT INTO seen VALUES (?, ?)", (f"{web.url}/feed", _key("g1")))
        old.execute("PRAGMA user_version = 1")
        old.commit()
    assert follow(tmp_path, web, "monday") == []
    web.answers["/feed"] = (200, {}, rss(item(1, text=LONG + "Mardi.", base=web.url)))
    assert len(follow(tmp_path, web, "tuesday", MONDAY + DAY)) == 1


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
