"""Which refused and failed documents are tried again, and what is remembered of them.

A refusal holds while nothing changes on which it depends: it is kept under the key that its result would have in the
cache. What was nobody's fault, or may have been the machine's, is tried again the next time.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pipeline.article import Article, Document
from pipeline.errors import ArticleError, Held, Refused
from pipeline.executor.lookup import LookedUp
from pipeline.fingerprint import fingerprint
from pipeline.ingest import Unreadable
from pipeline.stages import Limited, Stage
from pipeline.store.quarantine import Entry, Quarantine

QUARANTINE: Final = "quarantine.db"
TRANSIENT: Final = frozenset({("ingest", "unreadable"), ("translate", "no-model"), ("translate", "model-damaged")})
"""Stage and kind of what is tried every time; `internal` of all stages is, too."""
_TWICE: Final = frozenset({"too-slow"})
"""Kinds for which a slow machine may be to blame, but not two times."""
INGEST: Final = "ingest"

_BEGINNING = 400  # characters
_LOOKED_AT = 20_000  # bytes
_BODY = re.compile(rb"<(?:body|article|main)\b", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*+>")
# Of one table or list: a file of which every row is broken is one fault, not a million.
_MOST_ROWS = 1000
# What a folder or a feed no longer has is no concern any more.
_KEPT_DAYS = 180


@dataclass(frozen=True, slots=True)
class Failure:
    """An article that was tried and cannot go on."""

    key: str
    article: Article
    error: ArticleError


def is_tried_again(entry: Entry) -> bool:
    """Whether a document is worked on although it is as it was when it was refused or failed."""
    if entry.mark:
        return entry.mark == "retry"
    if entry.kind in _TWICE:
        return entry.tries < 2
    return entry.kind == "internal" or (entry.stage, entry.kind) in TRANSIENT


def key_of(stage: Stage[Any, Any], key: str) -> str:
    """What an error in place of the result of that key depends on."""
    return fingerprint([key, stage.limits]) if isinstance(stage, Limited) else key


class Triage:
    """The quarantine as a run sees it.

    Args:
        quarantine: the database; None: nothing is known and nothing is remembered.
        now: the time that entries get.
        asked: whether an article is named by the user, who then wants it tried whatever is known of it.
        remembers: without, nothing is changed: it is asked for a plan.
    """

    def __init__(
        self,
        quarantine: Quarantine | None = None,
        now: str = "",
        asked: Callable[[Article], bool] = lambda _: False,
        *,
        remembers: bool = True,
    ) -> None:
        self._remembers = remembers
        self._quarantine = quarantine
        self._now = now
        self._asked = asked
        self._places = quarantine.places() if quarantine else {}
        self._keys = {source: key for key, (source, _) in self._places.items()}
        self._rows: Counter[str] = Counter()
        self._recorded: set[str] = set()
        """Keys of what was tried in vain by this run: of a copy that it comes to later, this is as new."""

    def waiting(self) -> list[str]:
        """Sources of what is tried again when it is found."""
        entries = self._quarantine.entries() if self._quarantine and self._places else []
        return [entry.source for entry in entries if is_tried_again(entry)]

    def known(self, keys: Collection[str]) -> dict[str, Entry]:
        """What is known of the documents of these keys."""
        found = [key for key in keys if key in self._places]
        return self._quarantine.get(found) if self._quarantine and found else {}

    def holds(self, entry: Entry | None, article: Article, *, forced: bool = False) -> bool:
        """Whether the article is not tried, for what is known of it. What is forced is, if it was not dropped."""
        if entry is None or self._asked(article):
            return False
        return entry.mark == "dropped" if forced else not is_tried_again(entry)

    def hold(
        self, stage: Stage[Any, Any], articles: Mapping[int, Article], found: LookedUp, *, forced: bool = False
    ) -> dict[str, Entry]:
        """Move what is not tried from the inputs of a stage to its errors.

        Returns:
            What is known of those that are tried although they were refused or failed before, by the key of the result.
        """
        keys = {key: key_of(stage, key) for key, _ in found.inputs.values() if key not in found.results}
        known = self.known(keys.values())
        tried: dict[str, Entry] = {}
        met: dict[str, str] = {}
        for index, (key, _) in list(found.inputs.items()):
            entry = known.get(keys.get(key, ""))
            if entry is None:
                continue
            if self.holds(entry, articles[index], forced=forced):
                found.errors[index] = self._said(entry)
                met[entry.key] = articles[index].source
                del found.inputs[index]
            else:
                tried[key] = entry
        self.met(met)
        return tried

    def met(self, sources: Mapping[str, str]) -> None:
        """What is held was found again, under these sources (by key)."""
        if self._quarantine and sources and self._remembers:
            self._quarantine.meet(sources, self._now)

    def failed(self, stage: str, failures: Sequence[Failure]) -> list[ArticleError]:
        """Remember what was tried in vain; gives what is to be said of each."""
        if self._quarantine is None:
            return [one.error for one in failures]
        made = self._record([self._entry(stage, one) for one in failures])
        return [
            self._said(entry) if entry.mark == "dropped" and not self._asked(one.article) else one.error
            for entry, one in zip(made, failures, strict=True)
        ]

    def unread(
        self, stage: Stage[Any, Any], articles: Mapping[int, Article], errors: Mapping[int, ArticleError]
    ) -> dict[int, ArticleError]:
        """What is to be said of articles that a stage could not even read, which costs nothing."""
        failures = {
            index: Failure(
                fingerprint([stage.name, stage.version, articles[index].revision, error.kind]), articles[index], error
            )
            for index, error in errors.items()
        }
        return self._judged(stage.name, failures)

    def unreadable(self, items: Mapping[int, Unreadable]) -> dict[int, ArticleError]:
        """What is to be said of sources of which nothing could be read."""
        failures: dict[int, Failure] = {}
        said: dict[int, ArticleError] = {index: item.error for index, item in items.items()}
        for index, item in items.items():
            file = item.source.partition("#")[0]
            self._rows[file] += 1
            # What is fetched is asked for anew each time, and the inbox knows how often in vain.
            if self._rows[file] > _MOST_ROWS or item.feed:
                continue
            key = fingerprint([INGEST, item.source, item.error.kind, item.content or item.error.message])
            nothing = Article(document=Document(source=item.source, data=b"", media_type="text/plain"))
            failures[index] = Failure(key, nothing, item.error)
        return said | self._judged(INGEST, failures)

    def passed(self, stage: str, sources: Iterable[str]) -> None:
        """The documents of these sources are through a stage."""
        keys = [self._keys[source] for source in sources if source in self._keys]
        # Copies under two names have one key, which the first that is through takes away.
        self.forget([key for key in keys if key in self._places and self._places[key][1] == stage])

    def expire(self) -> None:
        """Forget what was not met any more for long."""
        if self._quarantine:
            self._quarantine.expire(self._now, _KEPT_DAYS)

    def forget(self, keys: Collection[str]) -> None:
        """What was said of these was not their fault, or holds no more."""
        if self._quarantine and keys:
            self._quarantine.forget(keys)
            for key in keys:
                source, _ = self._places.pop(key, ("", ""))
                self._keys.pop(source, None)

    def _judged(self, stage: str, failures: Mapping[int, Failure]) -> dict[int, ArticleError]:
        """For what ends each time it is looked at: only what holds no more is news again."""
        known = self.known([one.key for one in failures.values()])
        said: dict[int, ArticleError] = {
            index: self._said(known[one.key])
            for index, one in failures.items()
            if self.holds(known.get(one.key), one.article)
        }
        self.met({failures[index].key: failures[index].article.source for index in said})
        new = {index: one for index, one in failures.items() if index not in said}
        return said | dict(zip(new, self.failed(stage, list(new.values())), strict=True))

    def _record(self, entries: list[Entry]) -> list[Entry]:
        assert self._quarantine is not None
        if not entries:
            return []
        made = self._quarantine.record(entries)
        for entry in made:
            self._places[entry.key] = entry.source, entry.stage
            self._keys[entry.source] = entry.key
        self._recorded.update(entry.key for entry in made)
        return made

    def _said(self, entry: Entry) -> ArticleError:
        """What is said of an article that is not tried."""
        is_dropped = entry.mark == "dropped"
        if entry.key in self._recorded and not is_dropped:
            error = Refused if entry.status == Refused.status else ArticleError
            return error(entry.kind, entry.message)
        return Held(entry.kind, entry.message, entry.status, entry.first_seen, is_dropped=is_dropped)

    def _entry(self, stage: str, failure: Failure) -> Entry:
        article, error = failure.article, failure.error
        return Entry(
            key=failure.key,
            source=article.source,
            article=article.id,
            stage=stage,
            status=error.status,
            kind=error.kind,
            message=error.message,
            begins=beginning(article),
            first_seen=self._now,
            last_seen=self._now,
            last_tried=self._now,
        )


def beginning(article: Article) -> str:
    """The beginning of the text of an article, or of what its document shows."""
    if article.content is not None:
        text = "\n".join((article.content.title, *article.content.paragraphs[:3]))
    else:
        data = article.document.data
        wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
        body = None if wide else _BODY.search(data)
        start = body.start() if body else 0
        text = data[start : start + _LOOKED_AT].decode("utf-16" if wide else "utf-8", "replace")
        if article.document.media_type == "text/html":
            text = _TAG.sub(" ", text)
    return " ".join(text[:_LOOKED_AT].split())[:_BEGINNING]
