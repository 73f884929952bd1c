"""What the feeds have in common: ids, addresses and times of their entries.

An article keeps its id for ever, whatever issue carries it, so a feed reader shows it once. A new revision keeps the
id and gets a later `updated`.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree

from jinja2 import Template

from pipeline.issue.channels import Channels
from pipeline.issue.issue import Issue
from pipeline.issue.item import Item
from pipeline.issue.render.templating import environment, rendered

TOPICS = "http://cv.iptc.org/newscodes/mediatopic/"
"""The scheme of the topics' codes."""


def feed_id(issue: Issue) -> str:
    """Of the digest, not of the issue: subscribers stay subscribed from one issue to the next."""
    told = f"{issue.title}\n{issue.base_url}" + (f"\n{issue.digest}" if issue.digest else "")
    name = hashlib.sha256(told.encode()).hexdigest()[:16]
    return f"urn:worldbrief:feed:{name}"


def entry_id(item: Item) -> str:
    return f"urn:worldbrief:article:{item.id}"


def place(page: str, item: Item) -> str:
    """Where the page of the issue, at the address `page`, has the item."""
    return f"{page}#a-{item.id}"


def updated(issue: Issue, item: Item) -> datetime:
    """Publication or, without a date, the issue; for an update the issue, and never the time of publication itself."""
    published = item.instant
    if published is None:
        return issue.instant
    return max(published + timedelta(seconds=1), issue.instant) if item.is_update else published


def stamp(moment: datetime) -> str:
    """RFC 3339, in UTC."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")


def content(item: Item, channels: Channels) -> str:
    """The item as HTML."""
    return _content(environment(channels.templates).get_template("entry.html"), item, channels.templates)


@lru_cache(maxsize=4_096)
def _content(template: Template, item: Item, folder: Path | None) -> str:
    """Three feeds have the same text. A template that is changed is another one."""
    return rendered("entry.html", folder, item=item)


def add(parent: ElementTree.Element, tag: str, text: str = "", **attributes: str) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, tag, attributes)
    child.text = text or None
    return child


def document(root: ElementTree.Element) -> str:
    """The element as an XML file."""
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'
