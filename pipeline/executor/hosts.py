"""Which host an article is of, also where it could not be read."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from pipeline.article import Article

# A head of a page is shorter, a tag too.
_HEAD = 65_536
_TAG = re.compile(rb"<(?:link|meta)\b[^<>]{0,400}>", re.IGNORECASE)
_NAMES_PAGE = re.compile(rb"""\b(?:rel|property)\s*=\s*["']?(?:canonical|og:url)\b""", re.IGNORECASE)
_ADDRESS = re.compile(rb"""\b(?:href|content)\s*=\s*["']?(https?://[^\s"'<>]{1,300})""", re.IGNORECASE)


def host_of(article: Article) -> str:
    """The host of its address; of a page that has none, the one that its head claims; "" where nothing says."""
    if host := _host(article.url or ""):
        return host
    document = article.document
    if article.content is None and document.media_type == "text/html":
        for tag in _TAG.finditer(document.data[:_HEAD]):
            address = _ADDRESS.search(tag[0]) if _NAMES_PAGE.search(tag[0]) else None
            if address and (host := _host(address[1].decode("ascii", "ignore"))):
                return host
    return ""


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
