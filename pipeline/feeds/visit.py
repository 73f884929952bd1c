"""One feed asked once: what it has, or why nothing came. Knows nothing of what was kept but the feed's own state."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pipeline import ingest
from pipeline.article import Document, MediaType
from pipeline.errors import ArticleError
from pipeline.feeds.entries import named
from pipeline.fetch.client import Client, NotFetched, Response
from pipeline.ingest import Unreadable

if TYPE_CHECKING:
    from pipeline.feeds.opml import Subscription
    from pipeline.store.inbox import FeedState

DAY = 86400.0
_GONE = 410
_GONE_DAYS = 30
# How many bytes of a page are looked at for the feed that it names (https://blog.whatwg.org/feed-autodiscovery).
_HEAD = 100_000
_NAMED = re.compile(
    rb"<link\b(?=[^>]*\brel=[\"']?alternate\b)(?=[^>]*\btype=[\"']?application/(?:rss|atom|feed)\+(?:xml|json)\b)"
    rb"[^>]*\bhref=[\"']?([^\"'\s>]{1,500})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Visit:
    """What one visit found, before anything of it is kept. `new` is all that the feed has today."""

    state: FeedState
    new: tuple[Document, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()


def visit(client: Client, feed: Subscription, state: FeedState, clock: float) -> Visit:
    """Ask a feed for what it has.

    Args:
        state: what is known of it; the returned one is what is known then.
        clock: seconds since 1970.
    """
    now = stamp(clock)
    # A later time was kept by a clock that was ahead: it must not silence a feed for a year.
    if clock < state.not_before <= clock + _GONE_DAYS * DAY:
        gone = NotFetched("feed-gone", feed.url, state.trouble) if state.gone else None
        return Visit(state, unreadable=(Unreadable(feed.url, gone, feed=feed.url),) if gone else ())
    headers = {"If-None-Match": state.etag, "If-Modified-Since": state.modified}
    try:
        response = client.get(state.moved_to or feed.url, {name: value for name, value in headers.items() if value})
    except ArticleError as error:
        return _failed(feed, replace(state, tried=now), error, clock)
    answered = replace(
        state, tried=now, succeeded=now, failures=0, trouble="", not_before=0.0, gone="",
        title=feed.title or state.title,
    )  # fmt: skip
    if response.status == 304:
        return Visit(answered)
    found = list(
        ingest.parse(
            feed.url,
            response.body,
            _media_type(response),
            base=response.url,
            charset=response.charset,
        )
    )
    is_feed = not any(isinstance(item, Document) and item.source == feed.url for item in found)
    if not is_feed and (feed.listed or state.is_feed):
        return _failed(feed, replace(state, tried=now), _no_feed(feed.url, response), clock)
    broken = tuple(replace(item, feed=feed.url) for item in found if isinstance(item, Unreadable))
    documents = tuple(named(item, feed) for item in found if isinstance(item, Document))
    if broken and not documents:
        failed = _failed(feed, replace(state, tried=now), broken[0].error, clock)
        return replace(failed, unreadable=broken)
    outlet = next((item.metadata.publisher or "" for item in documents), "")
    state = replace(
        answered,
        etag=response.headers.get("etag", ""),
        modified=response.headers.get("last-modified", ""),
        title=feed.title or outlet or state.title,
        is_feed=int(is_feed),
        # Only what is a feed there has moved: a page that asks for a login is no new address.
        moved_to=(response.moved_to if is_feed else None) or state.moved_to,
    )
    return Visit(state, new=documents, unreadable=broken)


def _failed(feed: Subscription, state: FeedState, error: ArticleError, clock: float) -> Visit:
    """The visit was in vain; where the feed has gone or asks for it, it is left alone for a while."""
    wait = error.wait if isinstance(error, NotFetched) else None
    failed = replace(state, failures=state.failures + 1, trouble=error.message)
    if state.moved_to:
        # Next time it is asked where the list has it.
        failed = replace(failed, moved_to="", etag="", modified="")
    elif isinstance(error, NotFetched) and error.http_status == _GONE:
        since = state.gone or state.tried
        said = (
            f"is gone for good (410, since {since[:10]}): take it from the list; it is asked again after"
            f" {_GONE_DAYS} days only"
        )
        failed = replace(failed, gone=since, trouble=said, not_before=clock + _GONE_DAYS * DAY)
        error = NotFetched("feed-gone", feed.url, said, status=_GONE)
    if wait:
        failed = replace(failed, not_before=clock + min(wait, DAY))
    return Visit(failed, unreadable=(Unreadable(feed.url, error, feed=feed.url),))


def _no_feed(url: str, response: Response) -> NotFetched:
    said = "answers with a page and not with a feed"
    if named_there := _NAMED.search(response.body[:_HEAD]):
        said += f"; the page names this feed: {named_there[1].decode('utf-8', 'replace')}"
    return NotFetched("no-feed", url, f"{said}; correct the list, or wait where the site is down")


def _media_type(response: Response) -> MediaType | None:
    """None where the bytes themselves tell."""
    if response.content_type in ("application/feed+json", "application/json"):
        return "application/json"
    is_json = response.body[:100].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{")
    return "application/json" if is_json and b"jsonfeed.org" in response.body[:2000] else None


def stamp(clock: float) -> str:
    """Seconds since 1970 as ISO 8601 in UTC."""
    return datetime.fromtimestamp(clock, UTC).isoformat(timespec="seconds")
