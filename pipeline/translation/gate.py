"""The gate: every reason to doubt a translated sentence, from its text, its language and its names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from pipeline.backends import EntityRecogniser, EntityType, Hypothesis, LanguageIdentifier
from pipeline.text.checks.all import Findings
from pipeline.text.checks.residue import without_names
from pipeline.text.doubts import Doubt
from pipeline.text.judged import Judged, Spoken
from pipeline.text.names.tagged import named
from pipeline.translation.units import Unit

# More than any sentence: what is longer is a loop, and the models that the checks need would take minutes to read it.
_LONGEST = 4_000


class Gate:
    """Judges hypotheses in batches: the text alone first, then its language and its names.

    Args:
        open_recogniser: opens what finds the names in the English, called once, when there is something to judge;
            None: names are not checked, but for those of the sentence's terms.
        open_identifier: opens what tells the language of the output, in the same way; None: it is not checked.
    """

    def __init__(
        self,
        open_recogniser: Callable[[], EntityRecogniser] | None = None,
        open_identifier: Callable[[], LanguageIdentifier] | None = None,
    ) -> None:
        self._open_recogniser = open_recogniser
        self._recogniser: EntityRecogniser | None = None
        self._open_identifier = open_identifier
        self._identifier: LanguageIdentifier | None = None

    def judge(self, units: Sequence[Unit], hypotheses: Sequence[Hypothesis]) -> list[list[Doubt]]:
        """What holds against each hypothesis as the translation of its unit; an empty list: nothing found.

        Raises:
            BackendError: a model that the checks need is unusable.
        """
        judged = [_judged(*one) for one in zip(units, hypotheses, strict=True)]
        findings = [Findings() for _ in judged]
        for one, found in zip(judged, findings, strict=True):
            found.ask(one, "text", "terms")
        rest = [number for number, found in enumerate(findings) if found.wants("models")]
        texts = [judged[number].english[:_LONGEST] for number in rest]
        names = self.names(texts)
        prose = [without_names(text, (name for name, _ in found)) for text, found in zip(texts, names, strict=True)]
        for number, found_names, spoken in zip(rest, names, self._languages(prose), strict=True):
            one = judged[number]
            known = replace(
                one,
                source=one.source[:_LONGEST],
                names=named(one.english, found_names, is_title=one.is_title),
                spoken=spoken,
            )
            findings[number].ask(known, "models")
        return [found.doubts for found in findings]

    def _languages(self, texts: Sequence[str]) -> list[Spoken | None]:
        """The language of each text; None without an identifier."""
        if self._open_identifier is None or not texts:
            return [None for _ in texts]
        if self._identifier is None:
            self._identifier = self._open_identifier()
        return [Spoken(text, *told) for text, told in zip(texts, self._identifier.identify(texts), strict=True)]

    def names(self, texts: Sequence[str]) -> list[list[tuple[str, EntityType]]]:
        """Names in English texts as the checks see them; none without a recogniser."""
        if self._open_recogniser is None or not texts:
            return [[] for _ in texts]
        if self._recogniser is None:
            self._recogniser = self._open_recogniser()
        return self._recogniser.recognise(texts)


def _judged(unit: Unit, hypothesis: Hypothesis) -> Judged:
    return Judged(
        unit.source,
        unit.language,
        hypothesis.text,
        unit.published,
        is_title=unit.is_title,
        is_finished=hypothesis.finished,
        context=unit.context,
        persons=unit.persons,
        terms=unit.terms,
    )
