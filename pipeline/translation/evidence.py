"""What speaks for and against a translation: the signals from which its probability is reckoned."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from pipeline.backends import Embedder
from pipeline.dictionaries.coverage import coverage
from pipeline.language.codes import with_wider
from pipeline.translation.confidence import Signals
from pipeline.translation.lexicon import Lexicon

# Whom they stand for is said in another sentence, which the model has not seen: "sie" became he, they and your.
_PRONOUN: Final = re.compile(r"\b(?:he|she|his|her|hers|him|they|their|theirs|them|you|yours?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A sentence and what a model made of it; `score` and `weakest` as `Hypothesis` has them, any offset added."""

    source: str
    language: str
    english: str
    is_title: bool = False
    names: Collection[str] = ()
    """English of the names in the source, as far as it is known."""
    doubts: Collection[str] = ()
    score: float | None = None
    weakest: float | None = None


class Evidence:
    """Gathers the signals of pairs.

    Args:
        lexicon: the dictionaries.
        open_encoder: language code -> the sentence vectors that compare a source with its English; None where no model
            knows the language. Asked once a language.
    """

    def __init__(
        self,
        lexicon: Lexicon | None = None,
        open_encoder: Callable[[str], Embedder | None] = lambda language: None,
    ) -> None:
        self._lexicon = lexicon or Lexicon()
        self._open_encoder = open_encoder
        self._encoders: dict[str, Embedder | None] = {}

    def signals(self, pairs: Sequence[Pair]) -> list[Signals]:
        """Of each pair.

        Raises:
            BackendError: a model is unusable.
        """
        return [self._of(pair, cosine) for pair, cosine in zip(pairs, self._adequacies(pairs), strict=True)]

    def _of(self, pair: Pair, adequacy: float | None) -> Signals:
        found = self._lexicon.entries(pair.source, pair.language)
        explained = coverage(pair.source, found, pair.english) if found is not None else None
        return Signals(
            is_title=pair.is_title,
            names=sum(name.casefold() in pair.english.casefold() for name in pair.names),
            pronouns=len(_PRONOUN.findall(pair.english)),
            doubts=frozenset(pair.doubts),
            score=pair.score,
            weakest=pair.weakest,
            told=explained.told if explained else None,
            unexplained=explained.unexplained if explained else None,
            adequacy=adequacy,
        )

    def _adequacies(self, pairs: Sequence[Pair]) -> list[float | None]:
        """Cosines of the sentence vectors, in standard deviations from those of true pairs of the language."""
        found: list[float | None] = [None] * len(pairs)
        by_language: dict[str, list[int]] = {}
        for number, pair in enumerate(pairs):
            by_language.setdefault(pair.language, []).append(number)
        for language, numbers in by_language.items():
            encoder = self._encoder(language)
            if encoder is None:
                continue
            sources = encoder.embed([pairs[number].source for number in numbers])
            english = encoder.embed([pairs[number].english for number in numbers])
            mean, deviation = _usual(encoder.identity.partition("@")[0], language)
            for number, cosine in zip(numbers, (sources * english).sum(axis=1), strict=True):
                found[number] = (float(cosine) - mean) / deviation
        return found

    def _encoder(self, language: str) -> Embedder | None:
        if language not in self._encoders:
            self._encoders[language] = self._open_encoder(language)
        return self._encoders[language]


# Of a language that nobody has measured with the model: as of the others, but for the chance that it is not known.
_OTHERS: Final = (0.9, 0.03)


def _usual(model: str, language: str) -> tuple[float, float]:
    """Mean and standard deviation of the cosine of true pairs."""
    measured = _measured().get(model, {})
    return next((measured[code] for code in with_wider(language) if code in measured), _OTHERS)


@cache
def _measured() -> dict[str, dict[str, tuple[float, float]]]:
    data = tomllib.loads((files("pipeline.translation") / "adequacy.toml").read_text(encoding="utf-8"))
    return {
        model: {code: (mean, deviation) for code, (mean, deviation) in rows.items()} for model, rows in data.items()
    }
