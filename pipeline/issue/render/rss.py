"""rss.xml: RSS 2.0, for the readers and newsletter tools that take nothing else.

After the specification (https://www.rssboard.org/rss-specification) and its Best Practices Profile
(https://www.rssboard.org/rss-profile): text of titles is plain, a description is HTML, the whole text stands in
`content:encoded`.
"""

from __future__ import annotations

from datetime import datetime
from email.utils import format_datetime
from html import escape
from urllib.parse import quote, urlsplit, urlunsplit
from xml.etree import ElementTree

from pipeline.issue.channels import Channels
from pipeline.issue.issue import NOT_TOLD, Issue
from pipeline.issue.item import Item
from pipeline.issue.render.entries import TOPICS, add, content, document, entry_id, feed_id, place, stamp, updated
from pipeline.issue.wording import imprint

_NAMESPACES = {
    "xmlns:atom": "http://www.w3.org/2005/Atom",
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
}

_RESERVED = "%/:?#[]@!$&'()*+,;=~"


def render(issue: Issue, channels: Channels) -> str:
    """The issue as an RSS 2.0 feed; the link of an item is the original article.

    A channel must have a link: where the address of the page is not known, its id, a URN, stands there.
    """
    feed = ElementTree.Element("rss", {"version": "2.0", **_NAMESPACES})
    channel = add(feed, "channel")
    page = channels.page(issue)
    add(channel, "title", issue.title)
    add(channel, "link", _uri(page) or feed_id(issue))
    add(channel, "description", escape(imprint(issue), quote=False))
    add(channel, "language", "en")
    add(channel, "lastBuildDate", _stamp(max(updated(issue, item) for item in issue.items)))
    add(channel, "generator", "worldbrief")
    add(channel, "docs", "https://www.rssboard.org/rss-specification")
    if issue.base_url:
        add(channel, "atom:link", rel="self", type="application/rss+xml", href=_uri(f"{issue.base_url}/rss.xml"))
    for item in issue.items:
        _item(add(channel, "item"), issue, item, channels)
    return document(feed)


def _item(entry: ElementTree.Element, issue: Issue, item: Item, channels: Channels) -> None:
    page = channels.page(issue)
    add(entry, "title", item.headline, **({} if item.told else {"xml:lang": item.language}))
    if link := item.url or (page and place(page, item)):
        add(entry, "link", _uri(link))
    add(entry, "guid", entry_id(item), isPermaLink="false")
    if item.instant:
        add(entry, "pubDate", _stamp(item.instant))
    if item.is_update:
        # RSS has no time of its own for it.
        add(entry, "atom:updated", stamp(updated(issue, item)))
    if item.outlet:
        add(entry, "dc:creator", item.outlet)
        if item.url:
            # Meant for the address of the outlet's feed, which is not known here; aggregators put its site there.
            site = urlsplit(_uri(item.url))
            add(entry, "source", item.outlet, url=f"{site.scheme}://{site.netloc}/")
    for topic in item.topics:
        add(entry, "category", topic.label, domain=TOPICS)
    if not item.told:
        add(entry, "category", NOT_TOLD)
    if item.one_line:
        add(entry, "description", escape(item.one_line, quote=False))
    add(entry, "content:encoded", content(item, channels))


def _stamp(moment: datetime) -> str:
    return format_datetime(moment, usegmt=True)


def _uri(iri: str) -> str:
    """The address in ASCII, as RSS has it: host in Punycode, the rest percent-encoded (RFC 3987, 3.1)."""
    if iri.isascii():
        return iri
    parts = urlsplit(iri)
    try:
        host = parts.netloc.encode("idna").decode()
    except UnicodeError:  # no name of a host: left to whoever follows the link
        host = quote(parts.netloc)
    return urlunsplit((parts.scheme, host, *(quote(part, safe=_RESERVED) for part in parts[2:])))
