"""One number for each sentence: the probability that its English says what its source says.

A logistic regression (with a small ridge) over what is known of a sentence, fitted on sentences of native news that a
reader held against their originals, and calibrated by articles left out: `python -m tests.benchmarks.confidence` fits
it again and writes `confidence.toml`. Not every engine tells how sure it was, nor has every language a dictionary:
there is one fit for each set of signals that can be had. For the method see Blatz et al. 2004
(https://aclanthology.org/C04-1046) and Specia et al. 2013 (https://aclanthology.org/P13-4014).
"""

from __future__ import annotations

import hashlib
import math
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from pipeline.text.doubts import SOFT, UNUSABLE

# Signals are cut to a range, so that no single one decides beyond what was seen.
_LOWEST_SCORE, _LOWEST_WEAKEST = -2.0, -6.0
_LOWEST_ADEQUACY = -4.0
_MOST_DOUBTS = 3
_MOST_PRONOUNS = 2
_MOST_NAMES = 3

SENTENCE: Final = ("title", "facts", "pronouns", "names")
"""Known of every sentence."""
OPTIONAL: Final = {
    "score": ("score", "weakest"),
    "dictionary": ("told", "unexplained"),
    "adequacy": ("adequacy",),
}
"""Groups of signals that can be missing, and what is in each."""
ARTICLE: Final = "article"
"""Mean logit of the sentences of the article: what a model cannot translate, it cannot translate throughout."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """What is known of one translated sentence."""

    is_title: bool = False
    pronouns: int = 0
    """Personal pronouns of the English."""
    names: int = 0
    """Names of the sentence whose English is known, and which the English has."""
    doubts: Collection[str] = ()
    """Their kinds."""
    score: float | None = None
    """Mean log-probability of the tokens; None where the engine tells none."""
    weakest: float | None = None
    """Lowest mean log-probability of three tokens in a row."""
    told: float | None = None
    unexplained: float | None = None
    """See `pipeline.dictionaries.coverage`; None without a dictionary."""
    adequacy: float | None = None
    """Cosine of the sentence vectors of both sides, in standard deviations from those of true pairs; None without."""

    @property
    def is_unusable(self) -> bool:
        """No translation at all, whatever else is known."""
        return any(kind in UNUSABLE for kind in self.doubts)

    def values(self) -> dict[str, float]:
        """The signals that there are, by name, as the regression reads them."""
        facts = len(set(self.doubts) - SOFT)
        found = {
            "title": float(self.is_title),
            "facts": float(min(facts, _MOST_DOUBTS)),
            "pronouns": float(min(self.pronouns, _MOST_PRONOUNS)),
            "names": float(min(self.names, _MOST_NAMES)),
        }
        if self.score is not None:
            found["score"] = max(self.score, _LOWEST_SCORE)
        if self.weakest is not None:
            found["weakest"] = max(self.weakest, _LOWEST_WEAKEST)
        if self.told is not None and self.unexplained is not None:
            found |= {"told": self.told, "unexplained": self.unexplained}
        if self.adequacy is not None:
            found["adequacy"] = max(self.adequacy, _LOWEST_ADEQUACY)
        return found


@dataclass(frozen=True, slots=True)
class Fit:
    """Weights of one regression, for the signals as they are."""

    intercept: float
    weights: Mapping[str, float]

    def logit(self, values: Mapping[str, float]) -> float:
        return self.intercept + sum(weight * values[name] for name, weight in self.weights.items())


@dataclass(frozen=True, slots=True)
class Table:
    """The fits: of a sentence by itself, by the groups of signals it takes, and of what its article adds."""

    sentence: Mapping[frozenset[str], Fit]
    article: Fit
    """Of `sentence`, its own logit, and `article`."""


def parse(text: str) -> Table:
    """A table as `confidence.toml` holds it.

    Raises:
        ValueError, KeyError: it is none.
    """
    data = tomllib.loads(text)
    fits = {frozenset(fit["groups"]): Fit(fit["intercept"], fit["weights"]) for fit in data["sentence"]}
    return Table(fits, Fit(data["article"]["intercept"], data["article"]["weights"]))


@cache
def table() -> Table:
    """The one that comes with worldbrief."""
    return parse((files("pipeline.translation") / "confidence.toml").read_text(encoding="utf-8"))


@cache
def identity() -> str:
    """The beginning of the table's sha256, for cache keys: other weights judge otherwise."""
    return hashlib.sha256((files("pipeline.translation") / "confidence.toml").read_bytes()).hexdigest()[:12]


def groups(values: Mapping[str, float]) -> frozenset[str]:
    """The groups of signals of which all are known."""
    return frozenset(name for name, members in OPTIONAL.items() if all(member in values for member in members))


def logit(signals: Signals, among: Table | None = None) -> float:
    """Log-odds that the sentence is right, by itself."""
    values = signals.values()
    fits = (among or table()).sentence
    known = groups(values)
    # The fit with the most of what is known.
    best = max((have for have in fits if have <= known), key=lambda have: (len(have), sorted(have)))
    return fits[best].logit(values)


def confidence(signals: Signals) -> float:
    """Probability that a sentence is right, by itself: to choose among tries of it."""
    return 0.0 if signals.is_unusable else _probability(logit(signals))


def in_article(sentences: Sequence[Signals]) -> list[float | None]:
    """Probability that each sentence of an article is right, with what the others tell of the article.

    None where the engine tells no scores: what the other signals say of a model whose sentences nobody has read is not
    known. (The BLEU of a model for a language says nothing of it: with it in the fit, news is judged no better.)
    """
    logits = [logit(signals) for signals in sentences]
    mean = sum(logits) / len(logits) if logits else 0.0
    fit = table().article
    return [
        0.0
        if signals.is_unusable
        else _probability(fit.logit({"sentence": own, ARTICLE: mean}))
        if "score" in groups(signals.values())
        else None
        for signals, own in zip(sentences, logits, strict=True)
    ]


def _probability(log_odds: float) -> float:
    return round(1 / (1 + math.exp(-max(min(log_odds, 30.0), -30.0))), 3)
