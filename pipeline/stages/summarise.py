"""Summarise: two or three sentences of the article, one line and the headline, quoted, never written.

A sentence whose translation is in doubt, or not probable enough to be right, is not quoted: a summary is read without
the warnings beside it. Nor is such a headline; the one line stands in for it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from pipeline import config
from pipeline.article import Article, Quote, Summary
from pipeline.backends import Embedder
from pipeline.errors import ArticleError
from pipeline.stages import ALONE, Desk
from pipeline.stages.english import English, read_english
from pipeline.text.english.headline import as_headline
from pipeline.text.english.shorten import LEAD, ONE_LINE, cut
from pipeline.text.english.summary import Extract, extract

Vectors = NDArray[np.float32]


class Summarise:
    """Implements `Stage`. An article without a sentence to quote gets an empty summary with method "none".

    Args:
        settings: the `[summarise]` section.
        embedder_identity: of the model that `load` gives, for the cache key.
        load: opens the embedder; called once, when a batch first needs it.
    """

    name = "summarise"
    version = 7
    output = Summary

    def __init__(self, settings: config.Summarise, embedder_identity: str, load: Callable[[], Embedder]) -> None:
        self._settings = settings
        self._identity = embedder_identity
        self._load = load
        self._embedder: Embedder | None = None

    @property
    def settings(self) -> dict[str, object]:
        return {**self._settings.output_settings(), "embedder": self._identity}

    def read(self, article: Article) -> English | None:
        return read_english(article)

    def key(self, value: English) -> object:
        return value.key(fresh=True)

    def write(self, article: Article, output: Summary) -> Article:
        return replace(article, summary=output)

    def process(self, batch: Sequence[English], desk: Desk = ALONE) -> Sequence[Summary | ArticleError]:
        texts = [
            text for value in batch for text in (value.title.strip(), *self._quotable(value), *self._new(value)) if text
        ]
        vectors = self._embed(texts)
        return [self._summary(value, vectors) for value in batch]

    def _embed(self, texts: list[str]) -> dict[str, Vectors]:
        """The vector of each text; the whole batch goes through the model in one call."""
        unique = list(dict.fromkeys(texts))
        if not unique:
            return {}
        if self._embedder is None:
            self._embedder = self._load()
        return dict(zip(unique, self._embedder.embed(unique), strict=True))

    def _summary(self, value: English, vectors: dict[str, Vectors]) -> Summary:
        title, sentences, new = self._title(value), self._quotable(value), self._new(value)
        news = _quotes(value, self._extract(value, new, vectors)) if any(new) else ()
        if not any(sentences):
            return Summary(text="", one_line=cut(title, ONE_LINE), method="none", headline=title, news=news)
        found = self._extract(value, sentences, vectors)
        method = f"extractive/{self._identity.split('@')[0]}" if found.text else "none"
        return Summary(
            text=found.text,
            one_line=found.one_line,
            method=method,
            headline=title or as_headline(cut(found.best, ONE_LINE)),
            quotes=_quotes(value, found),
            news=news,
        )

    def _extract(self, value: English, sentences: Sequence[str], vectors: dict[str, Vectors]) -> Extract:
        # What the headline is about is known even where its English is not sure enough to print.
        subject = vectors.get(value.title.strip())
        blank = np.zeros_like(next(iter(vectors.values())))
        rows = np.stack([vectors.get(sentence, blank) for sentence in sentences])
        most = self._settings
        return extract(self._title(value), sentences, subject, rows, most.max_sentences, most.max_words)

    def _title(self, value: English) -> str:
        unsure = value.title_doubtful or value.title_confidence < self._settings.min_confidence
        return "" if unsure else value.title.strip()

    def _quotable(self, value: English) -> list[str]:
        """The sentences, "" in the place of each that is not to be quoted."""
        lead = set(list(dict.fromkeys(value.origins))[:LEAD])
        return [
            "" if value.confidences and value.origins[index] not in lead else text
            for index, text in enumerate(self._sure(value))
        ]

    def _new(self, value: English) -> list[str]:
        """Those of an update that are new, wherever they stand: what is new is the news."""
        return [text if index in value.fresh else "" for index, text in enumerate(self._sure(value))]

    def _sure(self, value: English) -> list[str]:
        unsure = set(value.doubtful)
        unsure |= {index for index, sure in enumerate(value.confidences) if sure < self._settings.min_confidence}
        return ["" if index in unsure else text.strip() for index, text in enumerate(value.sentences)]


def _quotes(value: English, found: Extract) -> tuple[Quote, ...]:
    return tuple(
        Quote(text=text, sentence=value.origins[index] if value.origins else -1) for index, text in found.quotes
    )
