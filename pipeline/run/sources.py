"""Where the documents of a run come from: what lies on this machine, and feeds and pages that are fetched."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, BinaryIO

from pipeline import __version__, ingest
from pipeline.article import Document
from pipeline.config import Config
from pipeline.errors import ConfigError
from pipeline.ingest import Unreadable
from pipeline.ingest.parsed import Kept
from pipeline.urls import without_user

if TYPE_CHECKING:
    from pipeline.feeds.opml import Subscription
    from pipeline.fetch.client import Client
    from pipeline.store.inbox import FeedState, Inbox

INBOX = "inbox.db"


# What a feed gave for an issue that was not made, or that it failed in, is put into the issues of so many days.
_LEFT_DAYS = 7


@dataclass(frozen=True, slots=True)
class Left:
    """What earlier issues did not bring; a feed gives it once only.

    sources: of articles that failed, and are to be tried again.
    finished: the issues that were made to their end.
    """

    sources: Callable[[], Collection[str]] = tuple
    finished: Callable[[], Collection[str]] = tuple


def is_remote(path: str) -> bool:
    """Whether it is an address or a list of addresses."""
    return path.lower().startswith(("http://", "https://")) or path.lower().endswith(".opml")


def documents(
    paths: Sequence[str],
    config: Config,
    issue: str,
    stdin: BinaryIO | None = None,
    kept: Kept | None = None,
    left: Left | None = None,
    repairs: list[str] | None = None,
    *,
    environment: Mapping[str, str] = MappingProxyType({}),
    asked: Callable[[int, int], None] = lambda done, total: None,
) -> Iterator[Document | Unreadable]:
    """The documents of all paths, what is fetched last.

    Args:
        environment: the variables with the logins of sites.
        asked: told how many feeds have been asked, of how many.
        kept: what was read of saved feeds.
        left: what is to be put into the issue beside what comes for it.
        repairs: what had to be mended of what was fetched earlier is added to it.

    Raises:
        ConfigError: at once: a path does not exist, or a list of feeds or a login cannot be read; while iterating:
            see `ingest.read`.
    """
    local = [path for path in paths if not is_remote(path)]
    remote = [path for path in paths if is_remote(path)]
    found = ingest.read(local, config.ingest, stdin, kept)
    if not remote:
        return found
    feeds, client = _subscriptions(remote), _client(config, environment)
    return chain(found, _followed(feeds, client, config, issue, left, repairs, asked))


def held(
    paths: Sequence[str],
    config: Config,
    issue: str,
    inbox: Path,
    stdin: BinaryIO | None = None,
    kept: Kept | None = None,
    left: Left | None = None,
    repairs: list[str] | None = None,
) -> tuple[Iterator[Document | Unreadable], int]:
    """The documents of all paths without fetching any, and the number of feeds that are not asked: of these it is what
    an inbox has for the issue.

    Args:
        repairs: what had to be mended of the inbox is added to it; without it, one that is in its place is only read.

    Raises:
        ConfigError: see `documents`.
    """
    found = ingest.read([path for path in paths if not is_remote(path)], config.ingest, stdin, kept)
    feeds = _subscriptions([path for path in paths if is_remote(path)])
    # A copy may be mended.
    said = [] if repairs is None and inbox != Path(config.run.cache) / INBOX else repairs
    return (chain(found, _kept(feeds, issue, inbox, left, said)) if feeds else found), len(feeds)


def visits(paths: Sequence[str], cache: Path) -> list[FeedState]:
    """What is known of the feeds of all paths, since they were asked last.

    Raises:
        ConfigError: a list of feeds cannot be read.
    """
    from pipeline.store.inbox import Inbox

    feeds = _subscriptions([path for path in paths if is_remote(path)])
    if not feeds or not (cache / INBOX).exists():
        return []
    with closing(Inbox(cache / INBOX, read_only=True)) as inbox:
        known = {state.url: state for state in inbox.feeds()}
    return [known[feed.url] for feed in feeds if feed.url in known]


def _kept(
    feeds: Sequence[Subscription], issue: str, path: Path, left: Left | None, repairs: list[str] | None
) -> Iterator[Document]:
    from pipeline.feeds.entries import document
    from pipeline.store.inbox import Inbox

    if not path.exists():  # nothing was fetched yet
        return
    with closing(Inbox(path, read_only=repairs is None)) as inbox:
        urls = [feed.url for feed in feeds]
        numbers = _left(inbox, issue, urls, left)
        yield from map(document, chain(inbox.documents(issue, urls), inbox.numbered(numbers)))
        if repairs is not None:
            repairs += inbox.notes


def _subscriptions(paths: Sequence[str]) -> list[Subscription]:
    from pipeline.feeds.opml import Subscription, read_opml

    feeds: dict[str, Subscription] = {}
    for path in paths:
        if (shown := without_user(path)) != path:
            raise ConfigError(
                f"{shown}: a name or password must not be part of an address, and would stand in reports:"
                " name the login in fetch.logins"
            )
        opml = path.lower().endswith(".opml") and not path.lower().startswith(("http://", "https://"))
        for feed in read_opml(Path(path)) if opml else [Subscription(url=path)]:
            feeds.setdefault(feed.url, feed)
    return list(feeds.values())


def _client(config: Config, environment: Mapping[str, str]) -> Client:
    from pipeline.fetch.client import Client, Limits
    from pipeline.fetch.logins import Logins

    settings = config.fetch
    limits = Limits(
        seconds=settings.seconds,
        max_bytes=config.ingest.max_bytes,
        per_host=settings.per_host,
        host_pause=settings.host_pause,
    )
    agent = f"worldbrief/{__version__}" + (f" (+{settings.contact})" if settings.contact else "")
    allowed = frozenset(host.lower() for host in settings.allow)
    return Client(agent, limits, allowed, logins=Logins(settings.logins, environment, allowed))


def _followed(
    feeds: Sequence[Subscription],
    client: Client,
    config: Config,
    issue: str,
    left: Left | None,
    repairs: list[str] | None,
    asked: Callable[[int, int], None],
) -> Iterator[Document | Unreadable]:
    from pipeline.feeds.follow import Follower
    from pipeline.store.inbox import Inbox

    with closing(Inbox(Path(config.run.cache) / INBOX)) as inbox:
        inbox.take_over(issue, _left(inbox, issue, [feed.url for feed in feeds], left))
        yield from Follower(config.fetch, client, inbox, issue, asked=asked).documents(feeds)
        if repairs is not None:
            repairs += inbox.notes


def _left(inbox: Inbox, issue: str, feeds: Sequence[str], left: Left | None) -> list[int]:
    from pipeline.feeds.visit import DAY, stamp

    if left is None:
        return []
    return inbox.left(issue, feeds, stamp(time.time() - _LEFT_DAYS * DAY), left.finished(), left.sources())
