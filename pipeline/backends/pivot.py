"""Two translators in a row, for a language that none translates well into the target: Galician by way of Spanish."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.backends import Decoding, Hypothesis, Segment, Translator


class PivotTranslator:
    """Implements `Translator`: `first` translates into the middle language, `second` from there.

    A known name goes through both legs in its final form. The first model is told to write it so, which is how a name
    in Latin letters stands in most languages; the second is then told to leave it as it is, for the terms that
    did arrive. A term of a glossary that is no name so becomes an English word in the middle text, which the second
    model keeps as well.

    The score of a translation is the worse of its two legs', as a mean log-probability of one says nothing about the
    other; a leg whose engine gives none does not count. It is finished when both legs are.

    Args:
        middle: BCP 47 code of the language between the two.
    """

    def __init__(self, first: Translator, second: Translator, middle: str) -> None:
        self.identity = f"{first.identity}+{second.identity}"
        self._first = first
        self._second = second
        self._middle = middle

    def count_tokens(self, segments: Sequence[Segment], attempt: int) -> list[int]:
        """Of the first leg; a translation is about as long."""
        return self._first.count_tokens(segments, attempt)

    def attempts(self, segment: Segment) -> int:
        return max(self._first.attempts(segment), self._second.attempts(segment))

    def translate(self, segments: Sequence[Segment], decoding: Decoding) -> list[Hypothesis]:
        first = self._first.translate([replace(s, target_language=self._middle) for s in segments], decoding)
        # Of nothing a model makes something: what the first leg left empty stays so.
        open_ = [place for place, hypothesis in enumerate(first) if hypothesis.text.strip()]
        second = self._second.translate([self._next(segments[place], first[place]) for place in open_], decoding)
        results = [replace(hypothesis, text="") for hypothesis in first]
        for place, hypothesis in zip(open_, second, strict=True):
            scores = [score for score in (first[place].score, hypothesis.score) if score is not None]
            finished = first[place].finished and hypothesis.finished
            results[place] = Hypothesis(hypothesis.text, min(scores, default=None), finished)
        return results

    def _next(self, segment: Segment, hypothesis: Hypothesis) -> Segment:
        kept = tuple((target, target) for _, target in segment.terms if target in hypothesis.text)
        return replace(segment, text=hypothesis.text, source_language=self._middle, terms=kept)
