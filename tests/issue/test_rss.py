"""RSS, Atom and JSON Feed as the parser that most programs use reads them, and by the rules of their specifications."""

from __future__ import annotations

import json
import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import feedparser
import pytest
from lxml import etree

from pipeline.issue.issue import Issue
from tests.issue.samples import ARABIC, KOREAN, SAMPLE, SIMPLIFIED, article, render
from tests.issue.test_issue import issue_of

BASE = "https://brief.example.org/latest"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
# https://www.rssboard.org/rss-specification: what a channel and an item may have, beside elements of other namespaces.
CHANNEL = {
    *("title", "link", "description", "language", "copyright", "managingEditor", "webMaster", "pubDate", "category"),
    *("lastBuildDate", "generator", "docs", "cloud", "ttl", "image", "textInput", "skipHours", "skipDays", "item"),
}
ITEM = {
    *("title", "link", "description", "author", "category", "comments", "enclosure", "guid", "pubDate", "source"),
}
MANY_TIMES = {"category", "item"}
NAMESPACES = {"content": "http://purl.org/rss/1.0/modules/content/", "atom": "http://www.w3.org/2005/Atom"}


def faults_of_rss(data: bytes) -> list[str]:
    """What an RSS 2.0 file has against the specification and the profile of the RSS Advisory Board."""
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    found = [] if (root.tag, root.get("version"), len(root)) == ("rss", "2.0", 1) else ["root"]
    (channel,) = root
    for node, known, needed in ((channel, CHANNEL, {"title", "link", "description"}), *(
        (item, ITEM, set[str]()) for item in channel.iter("item")
    )):  # fmt: skip
        own = [str(child.tag) for child in node if not str(child.tag).startswith("{")]
        found += [f"{node.tag}: unknown {tag}" for tag in set(own) - known]
        found += [f"{node.tag}: twice {tag}" for tag in set(own) - MANY_TIMES if own.count(tag) > 1]
        found += [f"{node.tag}: no {tag}" for tag in needed - set(own)]
    for item in channel.iter("item"):
        found += [] if item.findtext("title") or item.findtext("description") else ["item without text"]
    for link in [*root.iter("link"), *root.iter("source")]:
        address = link.text if link.tag == "link" else link.get("url")
        parts = urlsplit(address or "")
        found += [] if address and address.isascii() and parts.scheme in ("http", "https", "urn") else [f"{address}"]
    for date in [*root.iter("pubDate"), *root.iter("lastBuildDate")]:
        moment = parsedate_to_datetime(date.text or "")
        found += [] if f"{moment:%a, %d %b %Y %H:%M:%S GMT}" == date.text else [f"date {date.text}"]
    guids = [guid.text for guid in root.iter("guid")]
    found += [] if len(set(guids)) == len(guids) == len(list(channel.iter("item"))) else ["guid"]
    found += [f"permalink {guid.text}" for guid in root.iter("guid") if guid.get("isPermaLink") != "false"]
    found += ["language"] if channel.findtext("language") != "en" else []
    selves = channel.findall("atom:link[@rel='self']", NAMESPACES)
    return found + [f"self {link.get('href')}" for link in selves if not (link.get("href") or "").startswith("http")]


def faults_of_json_feed(feed: dict[str, Any]) -> list[str]:
    """What a JSON Feed has against https://www.jsonfeed.org/version/1.1/."""
    top = {"version": str, "title": str, "home_page_url": str, "feed_url": str, "description": str, "user_comment": str}
    item_keys = {"id": str, "url": str, "external_url": str, "title": str, "content_html": str, "content_text": str,
                 "summary": str, "date_published": str, "date_modified": str, "authors": list, "tags": list,
                 "language": str}  # fmt: skip
    found = list(feed.keys() - {*top, "items", "language", "authors"})
    found += [] if feed["version"] == "https://jsonfeed.org/version/1.1" else ["version"]
    found += [key for key in ("title", "items") if not feed.get(key)]
    for item in feed["items"]:
        found += [f"item: {key}" for key, value in item.items() if not isinstance(value, item_keys.get(key, ()))]
        found += [] if item["id"] and (item.get("content_html") or item.get("content_text")) else ["item: nothing"]
        found += [
            date
            for key in ("date_published", "date_modified")
            if (date := item.get(key)) and datetime.fromisoformat(date).tzinfo is None
        ]
        found += [str(author) for author in item.get("authors", ()) if not author.keys() & {"name", "url", "avatar"}]
        found += [tag for tag in item.get("tags", ()) if not isinstance(tag, str)]
        found += [url for key in ("url", "external_url") if (url := item.get(key)) and not re.match(r"https?://.", url)]
    ids = [item["id"] for item in feed["items"]]
    return found + ([] if len(set(ids)) == len(ids) else ["ids"])


BARE = article("a.txt", summary=None)
ISSUES = {
    "published": issue_of(*SAMPLE, base_url=BASE),
    "unpublished": issue_of(*SAMPLE),
    "bare": issue_of(BARE),
    "update": issue_of(SIMPLIFIED, base_url=BASE),
    "foreign hosts": issue_of(
        article("1", url="https://пример.рф/новости?q=а#б"), article("2", url=f"https://{'ю' * 70}.example/"),
        base_url="https://bücher.example/brief",
    ),
}  # fmt: skip


@pytest.mark.parametrize("issue", ISSUES.values(), ids=list(ISSUES))
def test_rss_keeps_the_rules(issue: Issue) -> None:
    assert faults_of_rss(render(issue, "rss")) == []


@pytest.mark.parametrize("issue", ISSUES.values(), ids=list(ISSUES))
def test_json_feed_keeps_the_rules(issue: Issue) -> None:
    assert faults_of_json_feed(json.loads(render(issue, "jsonfeed"))) == []


@pytest.mark.parametrize("issue", ISSUES.values(), ids=list(ISSUES))
@pytest.mark.parametrize("name", ["rss", "atom"])
def test_a_feed_parser_reads_what_was_written(name: str, issue: Issue) -> None:
    feed = feedparser.parse(render(issue, name))
    assert not feed.bozo, feed.bozo_exception
    assert feed.version == {"rss": "rss20", "atom": "atom10"}[name]
    assert feed.feed.title == issue.title
    assert len(feed.entries) == issue.count
    for entry, item in zip(feed.entries, issue.items, strict=True):
        assert entry.title == item.headline
        assert entry.id == f"urn:worldbrief:article:{item.id}"
        assert item.summary in entry.content[0].value
        if item.instant:
            assert tuple(entry.published_parsed)[:6] == item.instant.utctimetuple()[:6]
        assert [tag.label or tag.term for tag in entry.get("tags", ())][: len(item.topics)] == [
            topic.label for topic in item.topics
        ]
        assert entry.get("author", "") == (item.outlet or ("" if name == "rss" else issue.title))


def test_rss_names_the_outlet_and_the_whole_text() -> None:
    item = ElementTree.fromstring(render(issue_of(KOREAN, drafts="tell"), "rss")).find("channel/item")
    assert item is not None
    source = item.find("source")
    assert source is not None
    assert (source.text, source.get("url")) == ("아주경제", "https://www.ajunews.com/")
    assert "engine of its growth" in item.findtext(CONTENT, "")


def test_rss_has_addresses_in_ascii() -> None:
    feed = feedparser.parse(render(issue_of(ARABIC), "rss"))
    assert feed.entries[0].link.startswith("https://www.aljazeera.net/ebusiness/2025/2/17/%D9%85%D8%B5%D8%B1-")
    hosts = feedparser.parse(render(ISSUES["foreign hosts"], "rss"))
    assert (
        hosts.entries[0].link
        == "https://xn--e1afmkfd.xn--p1ai/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8?q=%D0%B0#%D0%B1"
    )
    assert hosts.feed.link == "https://xn--bcher-kva.example/brief/digest.html"


def test_an_update_keeps_its_guid_and_says_when() -> None:
    (entry,) = feedparser.parse(render(issue_of(SIMPLIFIED), "rss")).entries
    assert entry.id == f"urn:worldbrief:article:{issue_of(SIMPLIFIED).items[0].id}"
    assert (entry.published, entry.updated) == ("Sat, 21 Nov 2020 11:08:55 GMT", "2026-11-23T00:00:00Z")


def test_the_rules_find_faults() -> None:
    data = render(ISSUES["published"], "rss").decode()
    for old, new in (
        ("<language>en</language>", ""),
        ("isPermaLink", "x"),
        (" GMT<", " +0000<"),
        ("<link>https", "<link>"),
    ):
        assert faults_of_rss(data.replace(old, new).encode()) != []
    feed = json.loads(render(ISSUES["published"], "jsonfeed"))
    feed["items"][0]["tags"] = "one"
    assert faults_of_json_feed(feed) != []
