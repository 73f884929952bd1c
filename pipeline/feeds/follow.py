"""Following feeds: each is asked for what is new, where it carries teasers the pages are fetched, and all is kept.

A feed that fails costs only itself, and its failure is said. What was seen stays seen by the feed's name for it and by
its address: neither new names for old news nor new addresses make it news again.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import chain
from typing import Any

from pipeline import ingest
from pipeline.article import Document, Metadata
from pipeline.config import Fetch
from pipeline.errors import ArticleError
from pipeline.feeds.opml import Subscription
from pipeline.fetch.client import Client, NotFetched, Response
from pipeline.fetch.robots import Robots
from pipeline.ingest import Unreadable
from pipeline.store.inbox import FeedState, Inbox, Kept
from pipeline.urls import canonical_url, web_url

# A page that could not be had so often is given up, and the feed's own text taken.
_TRIES = 3
_DAY = 86400.0


@dataclass(frozen=True, slots=True)
class _Visit:
    """What one visit to a feed found, before anything of it is kept."""

    state: FeedState
    new: tuple[Document, ...] = ()
    seen: tuple[str, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()


class Follower:
    """Follows feeds for one issue.

    Args:
        settings: the `[fetch]` section.
        inbox: where all that comes is kept.
        clock: seconds since 1970.
    """

    def __init__(
        self,
        settings: Fetch,
        client: Client,
        inbox: Inbox,
        issue: str,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._settings = settings
        self._client = client
        self._robots = Robots(client, "worldbrief")
        self._inbox = inbox
        self._issue = issue
        self._clock = clock

    def documents(self, feeds: Sequence[Subscription]) -> Iterator[Document | Unreadable]:
        """Ask the feeds, keep what is new, and yield all documents of the issue, those of earlier runs among them.

        What failed comes first. A subscription that turns out to be a page is a document of its own.
        """
        self._inbox.forget(self._time(-self._settings.keep_days * _DAY))
        self._inbox.check(self._issue, [feed.url for feed in feeds])
        with ThreadPoolExecutor(self._settings.threads, thread_name_prefix="fetch") as threads:
            visits = threads.map(self._visit, [(feed, self._inbox.feed(feed.url)) for feed in feeds])
            for visit in visits:
                yield from self._keep(visit, threads)
        for kept in self._inbox.documents(self._issue, [feed.url for feed in feeds]):
            yield document(kept)

    def _visit(self, asked: tuple[Subscription, FeedState]) -> _Visit:
        """One feed; in a thread, and so without the inbox."""
        feed, state = asked
        now = self._time()
        if state.not_before > self._clock():
            return _Visit(state)
        headers = {"If-None-Match": state.etag, "If-Modified-Since": state.modified}
        try:
            response = self._client.get(
                state.moved_to or feed.url, {name: value for name, value in headers.items() if value}
            )
        except ArticleError as error:
            failed = replace(state, tried=now, failures=state.failures + 1, trouble=error.message)
            wait = error.wait if isinstance(error, NotFetched) else None
            if wait:
                failed = replace(failed, not_before=self._clock() + min(wait, _DAY))
            return _Visit(failed, unreadable=(Unreadable(feed.url, error, feed.url),))
        state = replace(
            state, tried=now, succeeded=now, failures=0, trouble="", not_before=0.0, title=feed.title or state.title,
            moved_to=response.moved_to or state.moved_to,
        )  # fmt: skip
        if response.status == 304:
            return _Visit(state)
        found = list(ingest.parse(feed.url, response.body, _media_type(response)))
        broken = tuple(replace(item, feed=feed.url) for item in found if isinstance(item, Unreadable))
        documents = tuple(_named(item, feed) for item in found if isinstance(item, Document))
        if broken and not documents:
            failed = replace(state, failures=state.failures + 1, trouble=broken[0].error.message)
            return _Visit(failed, unreadable=broken)
        state = replace(
            state,
            etag=response.headers.get("etag", ""),
            modified=response.headers.get("last-modified", ""),
            title=feed.title or next((item.metadata.publisher or "" for item in documents), "") or state.title,
        )
        return _Visit(state, new=documents, unreadable=broken)

    def _keep(self, visit: _Visit, threads: ThreadPoolExecutor) -> Iterator[Unreadable]:
        """Keep what is new of a visit, with its pages; yield what failed."""
        yield from visit.unreadable
        url, state = visit.state.url, visit.state
        keys = {document.source: _keys(document) for document in visit.new}
        seen = self._inbox.seen(url, list(chain.from_iterable(keys.values())))
        # The first time, what is older than a few days was never going to be news here.
        oldest = self._clock() - self._settings.max_age_days * _DAY
        first = not self._inbox.feed(url).succeeded
        new: list[Document] = []
        old: list[str] = []
        for document in visit.new:
            published = _moment(document.metadata.published)
            too_old = first and published is not None and published < oldest
            if too_old or seen.intersection(keys[document.source]):
                old += keys[document.source]
            else:
                new.append(document)
        pages = list(threads.map(self._whole, new))
        kept, in_vain = [], []
        for document, page in zip(new, pages, strict=True):
            key = keys[document.source][0]
            if isinstance(page, NotFetched) and page.is_transient and self._inbox.tries(url, key) + 1 < _TRIES:
                in_vain.append(key)
                yield Unreadable(document.metadata.url or document.source, page, url)
                continue
            whole = page if isinstance(page, Document) else document
            kept.append(Kept(key=key, description=_description(whole), data=whole.data))
            old += keys[document.source]
        if kept:
            state = replace(state, had_new=self._time())
        self._inbox.take_in(state, self._issue, self._time(), kept, old, in_vain)

    def _whole(self, document: Document) -> Document | ArticleError | None:
        """The page of an item that carries a teaser only; None where the item is enough or its page is left alone."""
        url = document.metadata.url
        wanted = self._settings.full_text
        if url is None or wanted == "feed" or (wanted == "auto" and len(document.data) >= self._settings.teaser_bytes):
            return None
        try:
            if self._settings.robots and not self._robots.allow(url):
                return None
            response = self._client.get(url)
        except ArticleError as error:
            return error
        if response.content_type not in ("", "text/html", "application/xhtml+xml"):
            return None
        return replace(document, data=response.body, media_type="text/html")

    def _time(self, later: float = 0.0) -> str:
        return datetime.fromtimestamp(self._clock() + later, UTC).isoformat(timespec="seconds")


def _named(document: Document, feed: Subscription) -> Document:
    """Named by what does not change with its place in the feed, its outlet as the user's list calls it."""
    said = document.metadata
    place = web_url(said.url) or f"{feed.url}#{_keys(document)[0][:16]}"
    if document.source == feed.url:  # a page, no feed
        said = replace(said, url=said.url or feed.url)
        place = feed.url
    return replace(document, source=place, metadata=replace(said, publisher=feed.title or said.publisher))


def _keys(document: Document) -> tuple[str, ...]:
    """What an entry is known by: the feed's name for it, its address; where it has neither, its words."""
    said = document.metadata
    names = [said.guid or "", canonical_url(said.url) if said.url else ""]
    given = [name for name in names if name] or [document.sha256]
    return tuple(hashlib.sha256(name.encode()).hexdigest()[:32] for name in dict.fromkeys(given))


def _media_type(response: Response) -> Any:
    """None where the bytes themselves tell."""
    return "application/json" if response.content_type in ("application/feed+json", "application/json") else None


def _moment(text: str | None) -> float | None:
    """Seconds since 1970 of the dates that feeds write, by RFC 822 and ISO 8601; None for any other."""
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = read((text or "").strip())
        except (ValueError, OverflowError):
            continue
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    return None


def _description(document: Document) -> str:
    return json.dumps(
        {
            "source": document.source,
            "media_type": document.media_type,
            "metadata": {**asdict(document.metadata), "authors": list(document.metadata.authors)},
        }
    )


def document(kept: Kept) -> Document:
    """A document as it was when it came."""
    said = json.loads(kept.description)
    metadata = said["metadata"]
    return Document(
        source=said["source"],
        data=kept.data,
        media_type=said["media_type"],
        metadata=Metadata(**{**metadata, "authors": tuple(metadata["authors"])}),
        feed=kept.feed,
    )


def silent_for(state: FeedState, now: float) -> timedelta | None:
    """How long a feed has had nothing new; None where it never had anything."""
    moment = _moment(state.had_new)
    return None if moment is None else timedelta(seconds=max(0.0, now - moment))
