"""Which articles an issue is to have: those that no earlier one has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.article import Article
from pipeline.run.identities import Seen
from pipeline.run.report import RunReport
from pipeline.store.state import State
from pipeline.text.updates import traces, what_is_new


class Admission:
    """Lets in new articles and new versions of old ones, and counts them.

    Args:
        state: begins to build the issue.
        keep_known: articles of earlier issues are let in, too.
    """

    def __init__(self, state: State, issue: str, report: RunReport, *, keep_known: bool) -> None:
        self._state = state
        self._report = report
        self._keep_known = keep_known
        state.begin(issue)

    def kept_out(self, seen: Sequence[Seen]) -> Sequence[bool]:
        """Which of them an earlier issue has, so that they are known or a second copy, whatever else is found."""
        if self._keep_known:
            return [False] * len(seen)
        return self._state.known([(one.id, one.revision) for one in seen])

    def admit(self, articles: Sequence[Article | Seen]) -> list[Article | Seen | None]:
        """The articles of a window as they go on, None for those that are kept out; all that is `Seen` is."""
        known = frozenset(index for index, article in enumerate(articles) if isinstance(article, Seen))
        placements = self._state.place(
            [(article.id, article.revision) for article in articles], keep_known=self._keep_known, known=known
        )
        updates = [one.id for one, found in zip(articles, placements, strict=True) if found == "update"]
        before = self._state.told_before(updates) if updates else {}
        self._state.tell(
            (one.id, traces(one.content.title, one.content.paragraphs))
            for one, found in zip(articles, placements, strict=True)
            if found in ("new", "update") and isinstance(one, Article) and one.content is not None
        )
        admitted: list[Article | Seen | None] = []
        for article, placement in zip(articles, placements, strict=True):
            if placement == "new":
                admitted.append(article)
                continue
            if placement == "update" and not self._is_old(article, before.get(article.id)):
                self._report.updates += 1
                admitted.append(article if isinstance(article, Seen) else _update(article, before.get(article.id)))
                continue
            if placement == "update":
                self._state.withdraw(article.id)
            if placement == "duplicate":
                self._report.duplicates += 1
            else:
                self._report.known += 1
            admitted.append(None)
        return admitted

    def _is_old(self, article: Article | Seen, before: Sequence[bytes] | None) -> bool:
        """Whether a changed text is known to say nothing new; what is asked for all the same is never old."""
        return (
            not self._keep_known and before is not None and isinstance(article, Article) and not _news(article, before)
        )


def _update(article: Article, before: Sequence[bytes] | None) -> Article:
    return replace(article, is_update=True, news=_news(article, before or ()) if before is not None else frozenset())


def _news(article: Article, before: Sequence[bytes]) -> frozenset[str]:
    if article.content is None:
        return frozenset()
    return what_is_new(article.content.title, article.content.paragraphs, before)
