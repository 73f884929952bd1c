"""digest.html: one page without script or remote asset, for screen, phone and paper."""

from __future__ import annotations

from pipeline.issue.channels import Channels
from pipeline.issue.issue import Issue
from pipeline.issue.render.templating import rendered

# Up to this many items the page is its own table of contents.
_MAX_ITEMS_WITHOUT_CONTENTS = 4

# Format, media type and file of the feeds that browsers and feed readers find by the page.
_FEEDS = (
    ("atom", "application/atom+xml", "feed.xml"),
    ("jsonfeed", "application/feed+json", "feed.json"),
    ("rss", "application/rss+xml", "rss.xml"),
)


def render(issue: Issue, channels: Channels) -> str:
    """The digest as a complete HTML document; every text of an article is escaped."""
    contents = len(issue.told) > _MAX_ITEMS_WITHOUT_CONTENTS
    feeds = [feed for feed in _FEEDS if feed[0] in channels.formats]
    return rendered("digest.html", channels.templates, issue=issue, contents=contents, feeds=feeds)
