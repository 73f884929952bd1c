"""Following feeds: asked for what is new or has changed; where they carry teasers pages are fetched; all is kept.

A feed that fails costs only itself, and its failure is said. What was seen stays seen by the feed's name for it, by
its address and by its words: neither new names for old news nor new addresses make it news again. An entry that its
feed has with another text, or of which it says that it has changed, is taken once more; whether that is news is
decided where its text is read.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import chain

from pipeline.article import Document
from pipeline.config import Fetch
from pipeline.errors import ArticleError
from pipeline.feeds import entries
from pipeline.feeds.opml import Subscription
from pipeline.feeds.pages import Fetched, Pages
from pipeline.feeds.visit import DAY, Visit, stamp, visit
from pipeline.fetch.client import Client, NotFetched
from pipeline.ingest import Unreadable
from pipeline.store.inbox import FeedState, Inbox, Kept, Seen

# A page that could not be had so often is given up, and the feed's own text taken.
_TRIES = 3
# What was taken of an entry: its page, the feed's own text, or nothing, as it was too old when its feed was new to us.
_PAGE, _FEED, _OLD = "page", "feed", "old"
# What a feed has not had for so long is no longer known to it; its issues know it still.
_REMEMBERED_DAYS = 365
# A feed of at least so many known entries that says of all at once that they have changed only stamps them.
_STAMPED = 4


@dataclass(slots=True)
class _Sorted:
    """The entries of a visit."""

    new: list[Document] = field(default_factory=list)
    changed: list[tuple[Document, Seen]] = field(default_factory=list)
    """Known ones that are to be taken once more, with what is known of them."""
    known: list[Seen] = field(default_factory=list)
    """What is to be remembered of the others."""


class Follower:
    """Follows feeds for one issue.

    Args:
        settings: the `[fetch]` section.
        inbox: where all that comes is kept.
        clock: seconds since 1970.
        asked: told how many feeds have been asked, of how many.
    """

    def __init__(
        self,
        settings: Fetch,
        client: Client,
        inbox: Inbox,
        issue: str,
        clock: Callable[[], float] = time.time,
        asked: Callable[[int, int], None] = lambda done, total: None,
    ) -> None:
        self._settings = settings
        self._client = client
        self._pages = Pages(settings, client)
        self._inbox = inbox
        self._issue = issue
        self._clock = clock
        self._asked = asked

    def documents(self, feeds: Sequence[Subscription]) -> Iterator[Document | Unreadable]:
        """Ask the feeds, keep what is new, and yield all documents of the issue, those of earlier runs among them.

        What failed comes first. A subscription that turns out to be a page is a document of its own.
        """
        self._inbox.forget(stamp(self._clock() - self._settings.keep_days * DAY))
        self._inbox.check(self._issue, [feed.url for feed in feeds])
        with ThreadPoolExecutor(self._settings.threads, thread_name_prefix="fetch") as threads:
            visits = threads.map(self._visit, [(feed, self._inbox.feed(feed.url)) for feed in feeds])
            self._asked(0, len(feeds))
            for number, found in enumerate(visits, start=1):
                yield from self._keep(found, threads)
                self._asked(number, len(feeds))
        for kept in self._inbox.documents(self._issue, [feed.url for feed in feeds]):
            yield entries.document(kept)

    def _visit(self, asked: tuple[Subscription, FeedState]) -> Visit:
        """In a thread, and so without the inbox."""
        return visit(self._client, *asked, self._clock())

    def _keep(self, found: Visit, threads: ThreadPoolExecutor) -> Iterator[Unreadable]:
        """Keep what is new or changed of a visit, with its pages; yield what failed."""
        yield from found.unreadable
        url, state, now = found.state.url, found.state, self._clock()
        told = self._sorted(found)
        documents = [*told.new, *(document for document, _ in told.changed)]
        before = [Seen(key="") for _ in told.new] + [seen for _, seen in told.changed]
        pages = list(threads.map(self._whole, documents, before))
        kept: list[Kept] = []
        remembered, in_vain = list(told.known), []
        for document, seen, page in zip(documents, before, pages, strict=True):
            keys = entries.keys(document)
            if isinstance(page, NotFetched) and page.is_transient and self._inbox.tries(url, keys[0]) + 1 < _TRIES:
                in_vain.append(keys[0])
                if not seen.key:  # of what has been told already, nobody misses the page
                    yield Unreadable(document.metadata.url or document.source, page, feed=url)
                continue
            whole = page if isinstance(page, Fetched) else Fetched(document)
            had_page = _kind(seen) == _PAGE
            # A page that is gone leaves the teaser, which is no later text of what was on the page.
            if not whole.unchanged and (whole.is_page or not had_page):
                kept.append(entries.kept(keys[0], whole.document))
            kind = _PAGE if whole.is_page or had_page else _FEED
            remembered += self._remembered(document, kind, whole.etag, whole.modified)
        if kept:
            state = replace(state, had_new=stamp(now))
        forget = stamp(now - _REMEMBERED_DAYS * DAY)[:10] if found.new else ""
        self._inbox.take_in(state, self._issue, stamp(now), kept, remembered, in_vain, forget)

    def _sorted(self, found: Visit) -> _Sorted:
        """What is new, what has changed and what is known of the entries of a visit."""
        url, now = found.state.url, self._clock()
        keys = {document.source: entries.keys(document) for document in found.new}
        seen = self._inbox.seen(url, list(chain.from_iterable(keys.values())))
        held = self._inbox.held(url, self._issue)
        # The first time, what is older than a few days was never going to be news here.
        oldest = now - self._settings.max_age_days * DAY
        first = not self._inbox.feed(url).succeeded
        before = {
            document.source: next((seen[key] for key in keys[document.source] if key in seen), None)
            for document in found.new
        }
        stamps = _only_stamps([(document, known) for document in found.new if (known := before[document.source])])
        told = _Sorted()
        taken: set[str] = set()
        for document in found.new:
            mine, known = keys[document.source], before[document.source]
            if taken.intersection(mine) or held.intersection(mine):
                # Twice in the feed; or in this issue already, and so a change of it is for the next one.
                continue
            taken.update(mine)
            said = document.metadata
            published = entries.moment(said.published, said.language)
            if known is None and not (first and published is not None and published < oldest):
                told.new.append(document)
            elif known is None:
                told.known += self._remembered(document, _OLD)
            elif _kind(known) != _OLD and self._is_changed(document, known, stamps, published):
                told.changed.append((document, known))
            elif not known.mark or known.shown != stamp(now)[:10]:
                told.known += self._remembered(document, _kind(known), known.etag, known.modified)
        return told

    def _is_changed(self, document: Document, known: Seen, stamps: bool, published: float | None) -> bool:
        if not known.mark:  # of a version that did not keep it
            return False
        words, stamped = entries.mark(document).split(" ")
        words_before, stamped_before = known.mark.split(" ")[:2]
        if words != words_before or (stamped != stamped_before and not stamps):
            return True
        days = self._settings.look_again_days
        return days > 0 and published is not None and self._clock() - published < days * DAY

    def _whole(self, document: Document, before: Seen) -> Fetched | ArticleError:
        return self._pages.whole(document, before.etag, before.modified)

    def _remembered(self, document: Document, kind: str, etag: str = "", modified: str = "") -> list[Seen]:
        today = stamp(self._clock())[:10]
        mark = f"{entries.mark(document)} {kind}"
        return [Seen(key=key, mark=mark, etag=etag, modified=modified, shown=today) for key in entries.keys(document)]


def _kind(seen: Seen) -> str:
    """What was taken of an entry; nothing, if it was never seen or by a version that did not keep it."""
    return seen.mark.split(" ")[-1] if seen.mark else ""


def _only_stamps(known: Sequence[tuple[Document, Seen]]) -> bool:
    """Whether a feed says of all its entries at once that they have changed: then it says so every time."""
    changed = [entries.mark(document).split(" ")[1] not in seen.mark.split(" ") for document, seen in known]
    return len(changed) >= _STAMPED and all(changed)


def silent_for(state: FeedState, now: float) -> timedelta | None:
    """How long a feed has had nothing new; None where it never had anything."""
    moment = entries.moment(state.had_new)
    return None if moment is None else timedelta(seconds=max(0.0, now - moment))
