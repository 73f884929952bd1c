"""Topics of an article by the similarity of embeddings, with a probability for each."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.backends import Embedder
from pipeline.topics import Calibration, Topic

# How far a number of the probe's vector may be off: processors round differently, other models are off by far more.
_TOLERANCE = 0.02
# So many sentences at the start of a news article tell what it is about.
_LEAD = 3

Vectors = NDArray[np.float32]


def is_calibrated_for(calibration: Calibration, embedder: Embedder) -> bool:
    """Whether the figures were measured with this model: it is asked to embed the probe."""
    vector = embedder.embed([calibration.probe])[0][: len(calibration.vector)]
    return len(vector) == len(calibration.vector) and bool(np.abs(vector - calibration.vector).max() < _TOLERANCE)


def document_vector(title: Vectors | None, sentences: Vectors) -> Vectors:
    """One unit vector for an article: title, lead and whole text in equal parts.

    Args:
        title: unit vector of the title, None where there is none.
        sentences: unit vectors, one a row; may be empty if there is a title.
    """
    parts = [] if title is None else [title]
    if len(sentences):
        parts += [unit(sentences[:_LEAD].mean(axis=0)), unit(sentences.mean(axis=0))]
    return unit(np.sum(parts, axis=0, dtype=np.float32))


def unit(vector: Vectors) -> Vectors:
    """`vector` at length 1; the zero vector as it is."""
    length = float(np.linalg.norm(vector))
    return (vector / length).astype(np.float32) if length > 0 else vector


class TopicMatcher:
    """Compares articles with the phrases of each topic; the phrases are embedded once, here.

    The evidence for a topic is its similarity s (to the nearest of its phrases; for a top-level topic also of the
    topics below it) less the distance to the best topic's similarity: s - (best - s). So a topic counts by how close
    it is and by how little it is beaten. On SIB-200 this separates better than similarity alone, and better than
    z-scores against a background of news, which ask for one more number a topic.
    """

    def __init__(self, embedder: Embedder, topics: Sequence[Topic], calibration: Calibration) -> None:
        self._topics = tuple(topics)
        self._calibration = calibration
        self._phrases = embedder.embed([phrase for topic in topics for phrase in topic.about])
        columns = iter(range(len(self._phrases)))
        own = [[next(columns) for _ in topic.about] for topic in topics]
        # The phrases that speak for each topic.
        self._columns = [
            [
                column
                for below, its_own in zip(self._topics, own, strict=True)
                if below.code == topic.code or below.parent == topic.code
                for column in its_own
            ]
            for topic in self._topics
        ]

    def evidence(self, documents: Vectors) -> Vectors:
        """Evidence for each topic (columns) in each document (rows of unit vectors), at most 1."""
        similarities = documents @ self._phrases.T
        nearest = np.stack([similarities[:, columns].max(axis=1) for columns in self._columns], axis=1)
        evidence: Vectors = 2 * nearest - nearest.max(axis=1, keepdims=True)
        return evidence

    def match(self, document: Vectors, limit: int) -> list[tuple[Topic, float]]:
        """At most `limit` topics with their probability; each top-level topic is followed by those below it.

        A topic below comes only with its top-level topic, so what is given is never broader than what is shown.
        """
        calibration = self._calibration
        scores = probability(self.evidence(document[None, :])[0], calibration.slope, calibration.bias)
        passing = [
            (topic, float(score))
            for topic, score in zip(self._topics, scores, strict=True)
            if score >= calibration.threshold
        ]
        # A stable sort keeps the order of the file among equals.
        passing.sort(key=lambda pair: -pair[1])
        ordered: list[tuple[Topic, float]] = []
        for top, score in passing:
            if top.parent == top.code:
                ordered.append((top, score))
                ordered += [pair for pair in passing if pair[0].parent == top.code and pair[0].code != top.code]
        return ordered[:limit]


def probability(evidence: Vectors, slope: float, bias: float) -> Vectors:
    """The logistic function of evidence."""
    result: Vectors = 1 / (1 + np.exp(-(slope * evidence + bias)))
    return result
