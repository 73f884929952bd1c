"""Which of the articles found a run is to work on, where it is asked for some only."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from pipeline.article import Article
from pipeline.errors import ConfigError
from pipeline.executor.identities import Seen

# As many as tell the articles of any issue apart.
_SHORTEST = 4


class Selection:
    """Articles of a day and later, or some by their ids.

    Args:
        since: ISO date: what was published before that day, by the clock of its place, is left out; "": nothing is. An
            article without a date is taken in.
        only: ids or beginnings of them, or sources as the report names them; empty: all.

    Raises:
        ConfigError: `since` is no date, or a beginning is too short.
    """

    def __init__(self, since: str = "", only: Sequence[str] = ()) -> None:
        try:
            self._since = datetime.date.fromisoformat(since).isoformat() if since else ""
        except ValueError:
            raise ConfigError(f"--since {since}: no date; write it as 2026-11-23") from None
        for word in only:
            if len(word) < _SHORTEST:
                raise ConfigError(f"--only {word}: give at least {_SHORTEST} characters of the id")
        self._only = tuple(dict.fromkeys(only))
        self._found: set[str] = set()
        self.left_out = 0
        """Articles so far."""

    def __bool__(self) -> bool:
        return bool(self._since or self._only)

    def names(self, article: Article) -> bool:
        """Whether it is one of those that were asked for by name, as far as that can be told by now."""
        return any(article.id.startswith(word) or article.source == word for word in self._only)

    def take(self, article: Article | Seen) -> Article | Seen | None:
        """The article, or None where it is left out; its text is known, or was."""
        chosen = [word for word in self._only if article.id.startswith(word) or article.source == word]
        self._found.update(chosen)
        published = article.published
        early = bool(self._since and published and published[:10] < self._since)
        if early or (self._only and not chosen):
            self.left_out += 1
            return None
        return article

    @property
    def missing(self) -> list[str]:
        """A sentence for each id that no article has."""
        return [f"--only {word}: no article found has this id" for word in self._only if word not in self._found]
