"""feed.xml (Atom, RFC 4287) and feed.json (JSON Feed 1.1).

An article keeps its id for ever, whatever issue carries it, so a feed reader shows it once. A new revision keeps the
id and gets a later `updated`.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime, timedelta
from xml.etree import ElementTree

from pipeline.issue.channels import Channels
from pipeline.issue.issue import NOT_TOLD, Issue
from pipeline.issue.item import Item
from pipeline.issue.render.templating import environment

_ATOM = "http://www.w3.org/2005/Atom"
_TOPICS = "http://cv.iptc.org/newscodes/mediatopic/"


def atom(issue: Issue, channels: Channels) -> str:
    """The issue as an Atom feed; the alternate link of an entry is the original article."""
    feed = ElementTree.Element("feed", {"xmlns": _ATOM, "xml:lang": "en"})
    _add(feed, "id", _feed_id(issue))
    _add(feed, "title", issue.title)
    _add(feed, "updated", _stamp(max(_updated(issue, item) for item in issue.items)))
    _add(_add(feed, "author"), "name", issue.title)
    _add(feed, "generator", "worldbrief")
    if issue.base_url:
        _add(feed, "link", rel="self", type="application/atom+xml", href=f"{issue.base_url}/feed.xml")
        _add(feed, "link", rel="alternate", type="text/html", href=f"{issue.base_url}/digest.html")
    for item in issue.items:
        _atom_entry(_add(feed, "entry"), issue, item)
    ElementTree.indent(feed)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(feed, encoding="unicode")}\n'


def json_feed(issue: Issue, channels: Channels) -> str:
    """The issue as JSON Feed 1.1; `url` is the place in the digest, `external_url` the original article."""
    feed: dict[str, object] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": issue.title,
        "language": "en",
        "items": [_json_item(issue, item) for item in issue.items],
    }
    if issue.base_url:
        feed["home_page_url"] = f"{issue.base_url}/digest.html"
        feed["feed_url"] = f"{issue.base_url}/feed.json"
    return json.dumps(feed, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _atom_entry(entry: ElementTree.Element, issue: Issue, item: Item) -> None:
    _add(entry, "id", _entry_id(item))
    _add(entry, "title", item.headline, **({} if item.told else {"xml:lang": item.language}))
    if item.instant:
        _add(entry, "published", _stamp(item.instant))
    _add(entry, "updated", _stamp(_updated(issue, item)))
    _add(_add(entry, "author"), "name", item.outlet or issue.title)
    if item.url:
        _add(entry, "link", rel="alternate", href=item.url)
    if issue.base_url:
        _add(entry, "link", rel="related" if item.url else "alternate", href=_place(issue, item))
    for topic in item.topics:
        _add(entry, "category", term=topic.code, scheme=_TOPICS, label=topic.label)
    if not item.told:
        _add(entry, "category", term="not-told", label=NOT_TOLD)
    if item.one_line:
        _add(entry, "summary", item.one_line)
    _add(entry, "content", _content(item), type="html")


def _json_item(issue: Issue, item: Item) -> dict[str, object]:
    result: dict[str, object] = {
        "id": _entry_id(item),
        "title": item.headline,
        "content_html": _content(item),
        "language": "en" if item.told else item.language,
        "authors": [{"name": item.outlet or issue.title}],
        "date_modified": _stamp(_updated(issue, item)),
    }
    if issue.base_url:
        result["url"] = _place(issue, item)
    if item.url:
        result["external_url" if issue.base_url else "url"] = item.url
    if item.one_line:
        result["summary"] = item.one_line
    if item.instant:
        result["date_published"] = _stamp(item.instant)
    if tags := [*(topic.label for topic in item.topics), *([] if item.told else [NOT_TOLD])]:
        result["tags"] = tags
    return result


def _feed_id(issue: Issue) -> str:
    """Of the digest, not of the issue: subscribers stay subscribed from one issue to the next."""
    name = hashlib.sha256(f"{issue.title}\n{issue.base_url}".encode()).hexdigest()[:16]
    return f"urn:worldbrief:feed:{name}"


def _entry_id(item: Item) -> str:
    return f"urn:worldbrief:article:{item.id}"


def _place(issue: Issue, item: Item) -> str:
    return f"{issue.base_url}/digest.html#a-{item.id}"


def _updated(issue: Issue, item: Item) -> datetime:
    """Publication or, without a date, the issue; for an update the issue, and never the time of publication itself."""
    published = item.instant
    if published is None:
        return issue.instant
    return max(published + timedelta(seconds=1), issue.instant) if item.is_update else published


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")


def _content(item: Item) -> str:
    return environment().get_template("entry.html").render(item=item)


def _add(parent: ElementTree.Element, tag: str, text: str = "", **attributes: str) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, tag, attributes)
    child.text = text or None
    return child
