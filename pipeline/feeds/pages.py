"""The page of an entry that carries a teaser only."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipeline.article import Document
from pipeline.config import Fetch
from pipeline.errors import ArticleError
from pipeline.feeds.entries import seen_text, visible
from pipeline.fetch.client import Client
from pipeline.fetch.robots import Robots

# What says in a page that its text is not shown but in its data (https://schema.org/articleBody).
_IN_DATA = b"articleBody"


@dataclass(frozen=True, slots=True)
class Fetched:
    """`document` with the page in place of its teaser, or as it was where the page is left alone or says less.

    `etag` and `modified` are to be sent back the next time; `unchanged` where the page is the one that they are of.
    """

    document: Document
    etag: str = ""
    modified: str = ""
    unchanged: bool = False
    is_page: bool = False


class Pages:
    """Gets pages, as far as the settings and each site's robots.txt let us; safe for several threads."""

    def __init__(self, settings: Fetch, client: Client) -> None:
        self._settings = settings
        self._client = client
        self._robots = Robots(client, "worldbrief")

    def whole(self, document: Document, etag: str = "", modified: str = "") -> Fetched | ArticleError:
        """The entry with all of its text, or why its page could not be had."""
        url, wanted = document.metadata.url, self._settings.full_text
        carried = seen_text(document)
        enough = wanted == "auto" and len(carried.encode()) >= self._settings.teaser_bytes
        if url is None or wanted == "feed" or enough:
            return Fetched(document)
        headers = {"If-None-Match": etag, "If-Modified-Since": modified}
        try:
            if self._settings.robots and not self._robots.allow(url):
                return Fetched(document)
            response = self._client.get(url, {name: value for name, value in headers.items() if value})
        except ArticleError as error:
            return error
        if response.status == 304:
            return Fetched(document, etag, modified, unchanged=True, is_page=True)
        if response.content_type not in ("", "text/html", "application/xhtml+xml"):
            return Fetched(document)
        body = response.body
        # A wall of consent or a shell for scripts has less to read than the teaser.
        if _IN_DATA not in body and len(visible(body.decode("utf-8", "replace"))) < len(carried):
            return Fetched(document)
        said = response.headers
        return Fetched(
            replace(document, data=body, media_type="text/html"),
            said.get("etag", ""),
            said.get("last-modified", ""),
            is_page=True,
        )
