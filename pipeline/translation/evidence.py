"""What speaks for and against a translation: the signals from which its probability is reckoned."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from pipeline.backends import Embedder
from pipeline.dictionaries.coverage import coverage
from pipeline.text.checks.lengths import expected_length, length_deviation
from pipeline.text.doubts import DoubtKind
from pipeline.translation.confidence import Signals
from pipeline.translation.lexicon import Lexicon


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A sentence and what a model made of it; `score` and `weakest` as `Hypothesis` has them, any offset added."""

    source: str
    language: str
    english: str
    is_title: bool = False
    doubts: Collection[DoubtKind] = ()
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
            expected=expected_length(pair.source, pair.language),
            deviation=length_deviation(pair.source, pair.language, pair.english),
            doubts=frozenset(pair.doubts),
            score=pair.score,
            weakest=pair.weakest,
            told=explained.told if explained else None,
            unexplained=explained.unexplained if explained else None,
            adequacy=adequacy,
        )

    def _adequacies(self, pairs: Sequence[Pair]) -> list[float | None]:
        """Cosines of the sentence vectors, language by language."""
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
            for number, cosine in zip(numbers, (sources * english).sum(axis=1), strict=True):
                found[number] = float(cosine)
        return found

    def _encoder(self, language: str) -> Embedder | None:
        if language not in self._encoders:
            self._encoders[language] = self._open_encoder(language)
        return self._encoders[language]
