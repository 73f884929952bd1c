"""How good the topics are, on SIB-200, and how their probabilities are made.

SIB-200 (Adelani et al. 2024, https://arxiv.org/abs/2309.07445, CC BY-SA 4.0) gives one of seven subjects to each
sentence of FLORES-200. Neighbouring sentences of one subject are taken together as a short document, since it is
documents that get topics. Of the seven, "geography" has no counterpart among news topics: no tag is right there.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.backends import Embedder
from pipeline.errors import ConfigError
from pipeline.topics import Calibration, Topic, load_calibration, load_topics
from pipeline.topics.match import TopicMatcher, document_vector, is_calibrated_for, probability

_FILE = "sib200_eng_Latn.tsv"
_CODES = {
    "science/technology": "13000000",
    "travel": "10000000",
    "politics": "11000000",
    "sports": "15000000",
    "health": "07000000",
    "entertainment": "01000000",
}
_LONGEST = 5
_PROBE = "The minister said on Monday that the bridge will open in spring."
_PROBE_NUMBERS = 12

Vectors = NDArray[np.float32]
Documents = list[tuple[str, list[str]]]
"""Subject and sentences."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TagScores:
    """Shares of 1, over documents of SIB-200.

    accuracy_mapped: the best of the six topics that have a subject is the right one (documents with such a subject).
    accuracy_all: the best of all top-level topics is the right one (the same documents).
    precision, recall: of the tags given, among the six topics, on the half the probabilities were not made from.
    tags_per_document: how many of the six are given on that half.
    """

    documents: int
    accuracy_mapped: float
    accuracy_all: float
    precision: float
    recall: float
    tags_per_document: float


def evaluate(directory: Path, embedder: Embedder, calibration: Calibration | None = None) -> TagScores:
    """Measure the topics of `embedder` on `directory`/sib200_eng_Latn.tsv (id, subject, sentence, tab-separated).

    Raises:
        ConfigError: the file is missing, or a run would give no topics: the calibration is of another model.
    """
    calibration = calibration or load_calibration()
    topics = load_topics()
    documents = _documents(directory / _FILE)
    if not is_calibrated_for(calibration, embedder):
        raise ConfigError("topics are not calibrated for this embedding model, so a run gives none; see --calibrate")
    subjects, evidence = _evidence(documents, embedder, topics, calibration)
    wanted = np.array([_CODES.get(subject, "") for subject in subjects])
    labelled = wanted != ""
    tops = [index for index, topic in enumerate(topics) if topic.parent == topic.code]
    best_of_all = np.array([topics[tops[row]].code for row in evidence[:, tops].argmax(axis=1)])
    mapped = list(_CODES.values())
    right, columns = _right(wanted, evidence, topics)
    best_mapped = np.array([mapped[row] for row in columns.argmax(axis=1)])
    held_out = slice(1, None, 2)
    given = probability(columns, calibration.slope, calibration.bias)[held_out] >= calibration.threshold
    hits = int((given & right[held_out]).sum())
    return TagScores(
        documents=len(subjects),
        accuracy_mapped=float((best_mapped == wanted)[labelled].mean()),
        accuracy_all=float((best_of_all == wanted)[labelled].mean()),
        precision=hits / max(1, int(given.sum())),
        recall=hits / max(1, int(right[held_out].sum())),
        tags_per_document=float(given.sum(axis=1).mean()),
    )


def calibrate(directory: Path, embedder: Embedder, threshold: float = 0.6) -> Calibration:
    """Fit the logistic function on every other document, for calibration.toml (`as_toml`).

    One slope and one bias for all topics: a pair for each could not be fitted on six subjects.

    Raises:
        ConfigError: the file is missing or wrong.
    """
    topics = load_topics()
    documents = _documents(directory / _FILE)
    vector = embedder.embed([_PROBE])[0][:_PROBE_NUMBERS]
    neutral = Calibration(
        slope=1.0,
        bias=0.0,
        threshold=threshold,
        probe=_PROBE,
        vector=tuple(round(float(number), 4) for number in vector),
    )
    subjects, evidence = _evidence(documents, embedder, topics, neutral)
    wanted = np.array([_CODES.get(subject, "") for subject in subjects])
    right, columns = _right(wanted, evidence, topics)
    slope, bias = _fit(columns[0::2].ravel(), right[0::2].ravel())
    return Calibration(
        slope=round(slope, 3), bias=round(bias, 3), threshold=threshold, probe=_PROBE, vector=neutral.vector
    )


def as_toml(calibration: Calibration) -> str:
    """The values of calibration.toml."""
    return (
        f"slope = {calibration.slope}\nbias = {calibration.bias}\nthreshold = {calibration.threshold}\n"
        f'probe = "{calibration.probe}"\nvector = {list(calibration.vector)}\n'
    )


def _evidence(
    documents: Documents, embedder: Embedder, topics: tuple[Topic, ...], calibration: Calibration
) -> tuple[list[str], Vectors]:
    """Subject of each document, and the evidence for each topic in it."""
    sentences = embedder.embed([sentence for _, text in documents for sentence in text])
    vectors = []
    start = 0
    for _, text in documents:
        vectors.append(document_vector(None, sentences[start : start + len(text)]))
        start += len(text)
    matcher = TopicMatcher(embedder, topics, calibration)
    return [subject for subject, _ in documents], matcher.evidence(np.stack(vectors))


def _documents(path: Path) -> Documents:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: is not UTF-8 text") from None
    try:
        rows = sorted((int(number), subject, text) for number, subject, text, _ in (line.split("\t") for line in lines))
    except ValueError:
        raise ConfigError(f"{path}: a line of SIB-200 has a number, a subject, a sentence and its split") from None
    if not {subject for _, subject, _ in rows} & _CODES.keys():
        raise ConfigError(f"{path}: no sentence has one of the subjects {', '.join(_CODES)}")
    documents: Documents = []
    previous = -1
    for number, subject, text in rows:
        follows = bool(documents) and number == previous + 1 and documents[-1][0] == subject
        if follows and len(documents[-1][1]) < _LONGEST:
            documents[-1][1].append(text)
        else:
            documents.append((subject, [text]))
        previous = number
    return documents


def _right(wanted: NDArray[np.str_], evidence: Vectors, topics: tuple[Topic, ...]) -> tuple[NDArray[np.bool_], Vectors]:
    """For each document and each of the six topics: whether it is right, and the evidence for it."""
    codes = [topic.code for topic in topics]
    mapped = list(_CODES.values())
    return wanted[:, None] == np.array(mapped)[None, :], evidence[:, [codes.index(code) for code in mapped]]


def _fit(evidence: Vectors, right: NDArray[np.bool_]) -> tuple[float, float]:
    """Logistic regression with one feature by Newton's method; a dozen steps reach the limit of floating point."""
    features = np.stack([evidence.astype(np.float64), np.ones(len(evidence))])
    weights = np.zeros(2)
    for _ in range(12):
        fitted = 1 / (1 + np.exp(-(weights @ features)))
        curvature = (features * (fitted * (1 - fitted))) @ features.T
        weights = weights + np.linalg.solve(curvature, features @ (right - fitted))
    return float(weights[0]), float(weights[1])
