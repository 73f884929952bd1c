"""Tag: IPTC topics, keyphrases and named entities of the English text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from pipeline import config
from pipeline.article import Article, Entity, Tag, Tags
from pipeline.backends import Embedder, EntityRecogniser
from pipeline.errors import ArticleError
from pipeline.stages import ALONE, Desk
from pipeline.stages.english import English, read_english
from pipeline.text.english.entities import merge_entities
from pipeline.text.english.keyphrases import Candidate, candidates, rank
from pipeline.topics import load_calibration, load_topics
from pipeline.topics.match import TopicMatcher, document_vector, is_calibrated_for

Vectors = NDArray[np.float32]


class Tagger:
    """Implements `Stage`.

    Topics are given only with the embedding model that their probabilities were measured with; another one gives
    keyphrases and no topics. Names and phrases are taken from sentences whose translation is not in doubt; what an
    article is about does not hang on one number, so topics are read from all of them.

    Args:
        settings: the `[tag]` section.
        embedder_identity, load_embedder: the embedding model; opened once, when a batch first needs it.
        entities_identity, load_entities: the entity recogniser; None where none is installed: no entities then.
    """

    name = "tag"
    version = 3
    output = Tags

    def __init__(
        self,
        settings: config.TagSection,
        embedder_identity: str,
        load_embedder: Callable[[], Embedder],
        entities_identity: str | None = None,
        load_entities: Callable[[], EntityRecogniser] | None = None,
    ) -> None:
        self._settings = settings
        self._identity = embedder_identity
        self._load_embedder = load_embedder
        self._entities_identity = entities_identity
        self._load_entities = load_entities
        self._embedder: Embedder | None = None
        self._matcher: TopicMatcher | None = None
        self._recogniser: EntityRecogniser | None = None

    @property
    def settings(self) -> dict[str, object]:
        return {
            **self._settings.output_settings(),
            "embedder": self._identity,
            "entities": self._entities_identity or "none",
        }

    def read(self, article: Article) -> English | None:
        return read_english(article)

    def key(self, value: English) -> object:
        return value.key()

    def write(self, article: Article, output: Tags) -> Article:
        return replace(article, tags=output)

    def process(self, batch: Sequence[English], desk: Desk = ALONE) -> Sequence[Tags | ArticleError]:
        texts = [_texts(value) for value in batch]
        if not any(texts):
            return [Tags() for _ in batch]
        embedder = self._open()
        phrases = [candidates(*_trusted(value)) for value in batch]
        # One call for all articles: the model works best on many texts at once.
        unique = list(dict.fromkeys([*chain(*texts), *(phrase.text for phrase in chain(*phrases))]))
        vectors = dict(zip(unique, embedder.embed(unique), strict=True))
        entities = self._entities(batch)
        return [
            Tags(tags=self._tags(value, found, vectors) if text else (), entities=names)
            for value, text, found, names in zip(batch, texts, phrases, entities, strict=True)
        ]

    def _open(self) -> Embedder:
        if self._embedder is None:
            self._embedder = self._load_embedder()
            calibration = load_calibration()
            if is_calibrated_for(calibration, self._embedder):
                self._matcher = TopicMatcher(self._embedder, load_topics(), calibration)
        return self._embedder

    def _tags(self, value: English, found: Sequence[Candidate], vectors: dict[str, Vectors]) -> tuple[Tag, ...]:
        title, body = value.title.strip(), [text.strip() for text in value.sentences if text.strip()]
        rows = np.stack([vectors[text] for text in body]) if body else np.zeros((0, 1), np.float32)
        document = document_vector(vectors.get(title), rows)
        topics = self._matcher.match(document, self._settings.max_topics) if self._matcher else []
        rows = np.stack([vectors[phrase.text] for phrase in found]) if found else rows
        phrases = rank(found, rows, document, self._settings.max_keyphrases)
        return (
            *(
                Tag(scheme="medtop", code=topic.code, label=topic.label, score=_rounded(score))
                for topic, score in topics
            ),
            *(Tag(scheme="keyphrase", code="", label=phrase, score=_rounded(score)) for phrase, score in phrases),
        )

    def _entities(self, batch: Sequence[English]) -> list[tuple[Entity, ...]]:
        if self._load_entities is None:
            return [() for _ in batch]
        if self._recogniser is None:
            self._recogniser = self._load_entities()
        texts = [[text for text in (title, *body) if text] for title, body in map(_trusted, batch)]
        mentions = iter(self._recogniser.recognise([text for article in texts for text in article]))
        return [merge_entities([name for _ in article for name in next(mentions)]) for article in texts]


def _texts(value: English) -> list[str]:
    return [text for text in (value.title.strip(), *(sentence.strip() for sentence in value.sentences)) if text]


def _trusted(value: English) -> tuple[str, list[str]]:
    """Title and sentences without those in doubt."""
    doubtful = set(value.doubtful)
    title = "" if value.title_doubtful else value.title.strip()
    return title, [text for index, text in enumerate(value.sentences) if index not in doubtful]


def _rounded(score: float) -> float:
    """Three decimals: more are noise, and differ between processors."""
    return round(score, 3)
