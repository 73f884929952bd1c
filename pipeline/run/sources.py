"""Where the documents of a run come from: what lies on this machine, and feeds and pages that are fetched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from pipeline import __version__, ingest
from pipeline.article import Document
from pipeline.config import Config
from pipeline.ingest import Unreadable
from pipeline.ingest.parsed import Kept

if TYPE_CHECKING:
    from pipeline.feeds.opml import Subscription

INBOX = "inbox.db"


def is_remote(path: str) -> bool:
    """Whether it is an address or a list of addresses."""
    return path.lower().startswith(("http://", "https://")) or path.lower().endswith(".opml")


def documents(
    paths: Sequence[str],
    config: Config,
    issue: str,
    stdin: BinaryIO | None = None,
    kept: Kept | None = None,
    repairs: list[str] | None = None,
) -> Iterator[Document | Unreadable]:
    """The documents of all paths, what is fetched last.

    Args:
        kept: what was read of saved feeds.
        repairs: what had to be mended of what was fetched earlier is added to it.

    Raises:
        ConfigError: at once: a path does not exist, or a list of feeds cannot be read; while iterating: see
            `ingest.read`.
    """
    local = [path for path in paths if not is_remote(path)]
    remote = [path for path in paths if is_remote(path)]
    found = ingest.read(local, config.ingest, stdin, kept)
    return chain(found, _followed(_subscriptions(remote), config, issue, repairs)) if remote else found


def held(
    paths: Sequence[str],
    config: Config,
    issue: str,
    inbox: Path,
    stdin: BinaryIO | None = None,
    kept: Kept | None = None,
) -> tuple[Iterator[Document | Unreadable], int]:
    """The documents of all paths without fetching any, and the number of feeds that are not asked: of these it is what
    an inbox has for the issue.

    Raises:
        ConfigError: see `documents`.
    """
    found = ingest.read([path for path in paths if not is_remote(path)], config.ingest, stdin, kept)
    feeds = _subscriptions([path for path in paths if is_remote(path)])
    in_place = inbox == Path(config.run.cache) / INBOX
    return (chain(found, _kept(feeds, issue, inbox, read_only=in_place)) if feeds else found), len(feeds)


def _kept(feeds: Sequence[Subscription], issue: str, path: Path, *, read_only: bool) -> Iterator[Document]:
    from pipeline.feeds.entries import document
    from pipeline.store.inbox import Inbox

    with closing(Inbox(path, read_only=read_only)) as inbox:
        yield from map(document, inbox.documents(issue, [feed.url for feed in feeds]))


def _subscriptions(paths: Sequence[str]) -> list[Subscription]:
    from pipeline.feeds.opml import Subscription, read_opml

    feeds: dict[str, Subscription] = {}
    for path in paths:
        opml = path.lower().endswith(".opml") and not path.lower().startswith(("http://", "https://"))
        for feed in read_opml(Path(path)) if opml else [Subscription(url=path)]:
            feeds.setdefault(feed.url, feed)
    return list(feeds.values())


def _followed(
    feeds: Sequence[Subscription], config: Config, issue: str, repairs: list[str] | None
) -> Iterator[Document | Unreadable]:
    from pipeline.feeds.follow import Follower
    from pipeline.fetch.client import Client, Limits
    from pipeline.store.inbox import Inbox

    settings = config.fetch
    limits = Limits(
        seconds=settings.seconds,
        max_bytes=config.ingest.max_bytes,
        per_host=settings.per_host,
        host_pause=settings.host_pause,
    )
    agent = f"worldbrief/{__version__}" + (f" (+{settings.contact})" if settings.contact else "")
    client = Client(agent, limits, frozenset(host.lower() for host in settings.allow))
    with closing(Inbox(Path(config.run.cache) / INBOX)) as inbox:
        yield from Follower(settings, client, inbox, issue).documents(feeds)
        if repairs is not None:
            repairs += inbox.notes
