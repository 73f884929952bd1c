"""Which article a document is, told without its text.

Most documents of a day are those of the day before. To know that an issue has an article it takes its identity and the
digest of its text, not the text: they are kept under the key of the text, and one question to the cache answers for all
documents of a window. Whatever is not sure to be kept out goes the long way, so the result is the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pipeline.article import Article, id_of
from pipeline.executor.lookup import keys_of, kind_of
from pipeline.fingerprint import canonical_json
from pipeline.stages import Stage
from pipeline.store.cache import Store

_TABLE: Final = "identities"


@dataclass(frozen=True, slots=True)
class Seen:
    """A document whose text a run has read before; the text itself is not at hand. The fields are as in `Article`."""

    source: str
    id: str
    revision: str
    published: str | None


KeptOut = Callable[[Sequence[Seen]], Sequence[bool]]
"""Which of the articles are sure not to be let in, whatever else is found."""


class Recogniser:
    """Knows documents again in front of the stage that reads their text.

    Args:
        stage: the one that reads texts.
        store: the cache.
        kept_out: only what it names goes the short way; without it nothing does, and nothing is kept.
    """

    def __init__(self, stage: Stage[Any, Any], store: Store, kept_out: KeptOut | None) -> None:
        self._stage = stage
        self._store = store
        self._kept_out = kept_out
        self._unknown: dict[int, str] = {}

    def known(self, articles: Mapping[int, Article], *, anew: bool = False) -> dict[int, Seen]:
        """Those that need not be read, by their places in the window; where all is made anew, none."""
        if self._kept_out is None:
            return {}
        keys = keys_of(self._stage, articles)
        held = {} if anew else self._store.get(_TABLE, list(keys.values()))
        read = {index: _read(held[key], articles[index]) for index, key in keys.items() if key in held}
        seen = {index: one for index, one in read.items() if one is not None}
        self._unknown = {index: key for index, key in keys.items() if index not in seen}
        kept_out = self._kept_out(list(seen.values()))
        return {index: one for (index, one), out in zip(seen.items(), kept_out, strict=True) if out}

    def remember(self, results: Mapping[int, object]) -> None:
        """Keep which articles the others of the window are, now that their text is read."""
        new = {
            self._unknown[index]: canonical_json([article.content.url, article.revision, article.published])
            for index, article in results.items()
            if index in self._unknown and isinstance(article, Article) and article.content is not None
        }
        if new:
            self._store.put(_TABLE, new, kind_of(self._stage))
        self._unknown = {}


def _read(text: str, article: Article) -> Seen | None:
    """None where another version wrote it."""
    try:
        match json.loads(text):
            case [None | str() as url, str(revision), None | str() as published]:
                document = article.document
                return Seen(document.source, id_of(document, url), revision, published)
    except ValueError:
        pass
    return None
