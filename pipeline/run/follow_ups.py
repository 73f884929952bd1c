"""What the changed text of an article says that earlier issues did not have."""

from __future__ import annotations

from pipeline.article import Article
from pipeline.store.state import State
from pipeline.text.updates import what_is_new


class Before:
    """What earlier issues had of the articles of a window, each asked for once."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._found: dict[tuple[str, str], list[bytes] | None] = {}

    def news_in(self, article: Article, digest: str) -> frozenset[str]:
        """What of an article is new to a digest, as `pipeline.text.updates` has it; empty where it is not known."""
        before = self._of(article, digest)
        if before is None or article.content is None:
            return frozenset()
        return what_is_new(article.content.title, article.content.paragraphs, before)

    def has_all_of(self, article: Article, digest: str) -> bool:
        """Whether it is known that nothing in an article is new to a digest."""
        return self._of(article, digest) is not None and not self.news_in(article, digest)

    def _of(self, article: Article, digest: str) -> list[bytes] | None:
        key = article.id, digest
        if key not in self._found:
            self._found[key] = self._state.told_before([article.id], digest=digest).get(article.id)
        return self._found[key]
