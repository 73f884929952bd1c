"""feed.xml (Atom, RFC 4287) and feed.json (JSON Feed 1.1)."""

from __future__ import annotations

import json
from xml.etree import ElementTree

from pipeline.issue.channels import Channels
from pipeline.issue.issue import NOT_TOLD, Issue
from pipeline.issue.item import Item
from pipeline.issue.render.entries import TOPICS, add, content, document, entry_id, feed_id, place, stamp, updated
from pipeline.issue.wording import imprint

_ATOM = "http://www.w3.org/2005/Atom"


def atom(issue: Issue, channels: Channels) -> str:
    """The issue as an Atom feed; the alternate link of an entry is the original article."""
    feed = ElementTree.Element("feed", {"xmlns": _ATOM, "xml:lang": "en"})
    add(feed, "id", feed_id(issue))
    add(feed, "title", issue.title)
    add(feed, "subtitle", imprint(issue))
    add(feed, "updated", stamp(max(updated(issue, item) for item in issue.items)))
    add(add(feed, "author"), "name", issue.title)
    add(feed, "generator", "worldbrief")
    if issue.base_url:
        add(feed, "link", rel="self", type="application/atom+xml", href=f"{issue.base_url}/feed.xml")
    if page := channels.page(issue):
        add(feed, "link", rel="alternate", type="text/html", href=page)
    for item in issue.items:
        _atom_entry(add(feed, "entry"), issue, item, channels)
    return document(feed)


def json_feed(issue: Issue, channels: Channels) -> str:
    """The issue as JSON Feed 1.1; `url` is the place in the digest, `external_url` the original article."""
    page = channels.page(issue)
    feed: dict[str, object] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": issue.title,
        "description": imprint(issue),
        "language": "en",
        "items": [_json_item(issue, item, channels) for item in issue.items],
    }
    if page:
        feed["home_page_url"] = page
    if issue.base_url:
        feed["feed_url"] = f"{issue.base_url}/feed.json"
    return json.dumps(feed, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _atom_entry(entry: ElementTree.Element, issue: Issue, item: Item, channels: Channels) -> None:
    add(entry, "id", entry_id(item))
    add(entry, "title", item.headline, **({} if item.told else {"xml:lang": item.language}))
    if item.instant:
        add(entry, "published", stamp(item.instant))
    add(entry, "updated", stamp(updated(issue, item)))
    add(add(entry, "author"), "name", item.outlet or issue.title)
    if item.url:
        add(entry, "link", rel="alternate", href=item.url)
    if page := channels.page(issue):
        add(entry, "link", rel="related" if item.url else "alternate", href=place(page, item))
    for topic in item.topics:
        add(entry, "category", term=topic.code, scheme=TOPICS, label=topic.label)
    if not item.told:
        add(entry, "category", term="not-told", label=NOT_TOLD)
    if item.one_line:
        add(entry, "summary", item.one_line)
    add(entry, "content", content(item, channels), type="html")


def _json_item(issue: Issue, item: Item, channels: Channels) -> dict[str, object]:
    result: dict[str, object] = {
        "id": entry_id(item),
        "title": item.headline,
        "content_html": content(item, channels),
        "language": "en" if item.told else item.language,
        "authors": [{"name": item.outlet or issue.title}],
        "date_modified": stamp(updated(issue, item)),
    }
    page = channels.page(issue)
    if page:
        result["url"] = place(page, item)
    if item.url:
        result["external_url" if page else "url"] = item.url
    if item.one_line:
        result["summary"] = item.one_line
    if item.instant:
        result["date_published"] = stamp(item.instant)
    if tags := [*(topic.label for topic in item.topics), *([] if item.told else [NOT_TOLD])]:
        result["tags"] = tags
    return result
