"""What speaks for and against a translation: the signals from which its probability is reckoned.

Words are looked up once a sentence, whatever is made of it: for what the model is told, and for how far each try can be
explained.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.backends import Embedder, Hypothesis
from pipeline.dictionaries import Dictionary, Found
from pipeline.dictionaries.coverage import coverage
from pipeline.text.checks.lengths import expected_length, length_deviation
from pipeline.text.doubts import Doubt
from pipeline.translation.confidence import Signals
from pipeline.translation.units import Unit

# Sentences whose words are remembered: those of a window of articles.
_REMEMBERED = 20_000


class Lexicon:
    """The installed dictionaries, opened when a sentence of their language comes.

    Args:
        open_dictionary: language code -> its dictionary, or None; asked once a language.
    """

    def __init__(self, open_dictionary: Callable[[str], Dictionary | None] = lambda language: None) -> None:
        self._open_dictionary = open_dictionary
        self._dictionaries: dict[str, Dictionary | None] = {}
        self._found: dict[tuple[str, str], tuple[Found, ...]] = {}

    def entries(self, sentence: str, language: str) -> tuple[Found, ...] | None:
        """What stands in a sentence; None where there is no dictionary of the language."""
        if language not in self._dictionaries:
            self._dictionaries[language] = self._open_dictionary(language)
        dictionary = self._dictionaries[language]
        if dictionary is None:
            return None
        key = (language, sentence)
        if key not in self._found:
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            self._found[key] = dictionary.entries(sentence)
        return self._found[key]


class Evidence:
    """Gathers the signals of tries.

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

    def signals(
        self,
        units: Sequence[Unit],
        hypotheses: Sequence[Hypothesis],
        doubts: Sequence[Sequence[Doubt]],
        score_offsets: Sequence[float],
    ) -> list[Signals]:
        """Of each hypothesis as the translation of its unit.

        Args:
            score_offsets: added to the scores of the hypotheses, as models differ in how sure they are.

        Raises:
            BackendError: a model is unusable.
        """
        adequacies = self._adequacies(units, hypotheses)
        return [
            self._of(unit, hypothesis, held, offset, adequacy)
            for unit, hypothesis, held, offset, adequacy in zip(
                units, hypotheses, doubts, score_offsets, adequacies, strict=True
            )
        ]

    def _of(
        self, unit: Unit, hypothesis: Hypothesis, doubts: Sequence[Doubt], offset: float, adequacy: float | None
    ) -> Signals:
        source, language, english = unit.source, unit.language, hypothesis.text
        found = self._lexicon.entries(source, language)
        explained = coverage(source, found, english) if found is not None else None
        return Signals(
            is_title=unit.is_title,
            expected=expected_length(source, language),
            deviation=length_deviation(source, language, english),
            doubts=frozenset(doubt.kind for doubt in doubts),
            score=None if hypothesis.score is None else hypothesis.score + offset,
            weakest=None if hypothesis.weakest is None else hypothesis.weakest + offset,
            told=explained.told if explained else None,
            unexplained=explained.unexplained if explained else None,
            adequacy=adequacy,
        )

    def _adequacies(self, units: Sequence[Unit], hypotheses: Sequence[Hypothesis]) -> list[float | None]:
        found: list[float | None] = [None] * len(units)
        by_language: dict[str, list[int]] = {}
        for number, unit in enumerate(units):
            by_language.setdefault(unit.language, []).append(number)
        for language, numbers in by_language.items():
            encoder = self._encoder(language)
            if encoder is None:
                continue
            sources = encoder.embed([units[number].source for number in numbers])
            english = encoder.embed([hypotheses[number].text for number in numbers])
            for number, cosine in zip(numbers, (sources * english).sum(axis=1), strict=True):
                found[number] = float(cosine)
        return found

    def _encoder(self, language: str) -> Embedder | None:
        if language not in self._encoders:
            self._encoders[language] = self._open_encoder(language)
        return self._encoders[language]
