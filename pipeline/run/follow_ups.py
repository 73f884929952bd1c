"""What the changed text of an article says that earlier issues did not have."""

from __future__ import annotations

from pipeline.article import Article
from pipeline.store.state import State
from pipeline.text.updates import what_is_new


class Before:
    """What earlier issues had of the articles of a window, each asked for once."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._found: dict[str, list[bytes] | None] = {}

    def news_in(self, article: Article) -> frozenset[str]:
        """What is new in an article, as `pipeline.text.updates` has it; empty where it is not known."""
        before = self._of(article)
        if before is None or article.content is None:
            return frozenset()
        return what_is_new(article.content.title, article.content.paragraphs, before)

    def has_all_of(self, article: Article) -> bool:
        """Whether it is known that nothing in an article is new."""
        return self._of(article) is not None and not self.news_in(article)

    def _of(self, article: Article) -> list[bytes] | None:
        if article.id not in self._found:
            self._found[article.id] = self._state.told_before([article.id]).get(article.id)
        return self._found[article.id]
