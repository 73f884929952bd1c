"""The gate: every reason to doubt a translated sentence, from its text, its names and the model's own score."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.backends import EntityRecogniser, EntityType, Hypothesis, LanguageIdentifier
from pipeline.config import Translate
from pipeline.text import facts
from pipeline.text.countries import has_countries, is_country
from pipeline.text.doubts import Doubt
from pipeline.text.latin_names import check_latin_names, has_latin_names
from pipeline.text.names import check_names, check_places
from pipeline.text.residue import check_language, prose
from pipeline.text.terms import check_terms
from pipeline.text.territories import check_territories
from pipeline.translation.units import Unit


class Gate:
    """Judges hypotheses in batches.

    Args:
        settings: the `[translate]` section.
        open_recogniser: opens what finds the names in the English, called once, when there is something to judge;
            None: names are not checked.
    """

    def __init__(
        self,
        settings: Translate,
        open_recogniser: Callable[[], EntityRecogniser] | None = None,
        open_identifier: Callable[[], LanguageIdentifier] | None = None,
    ) -> None:
        self._settings = settings
        self._open_identifier = open_identifier
        self._identifier: LanguageIdentifier | None = None
        self._open_recogniser = open_recogniser
        self._recogniser: EntityRecogniser | None = None

    def judge(self, units: Sequence[Unit], hypotheses: Sequence[Hypothesis]) -> list[list[Doubt]]:
        """What holds against each hypothesis as the translation of its unit; an empty list: nothing found.

        Raises:
            BackendError: a model that the checks need is unusable.
        """
        texts = [hypothesis.text for hypothesis in hypotheses]
        names = self.names(texts)
        judged: list[list[Doubt]] = []
        languages = self._languages([prose(text, (name for name, _ in found)) for text, found in zip(texts, names, strict=True)])
        for unit, hypothesis, found, spoken in zip(units, hypotheses, names, languages, strict=True):
            doubts = facts.check(
                unit.source,
                unit.language,
                hypothesis.text,
                unit.published,
                context=unit.context,
                persons=unit.persons,
            )
            if spoken and not doubts:
                doubts += check_language(unit.language, *spoken, is_title=unit.is_title)
            # In a headline every word has a capital: a single one is seldom a name there.
            persons = [name for name, kind in found if kind == "person" and (" " in name or not unit.is_title)]
            places = [name for name, kind in found if kind == "place"]
            doubts += check_places(places, unit.source, unit.language, unit.context, unit.segment.terms)
            countries = [place for place in places if not (has_countries(unit.language) and is_country(place))]
            doubts += check_territories(countries, unit.source, unit.language, unit.context)
            if has_latin_names(unit.language):
                doubts += check_latin_names(
                    unit.source, unit.language, hypothesis.text, persons, unit.segment.terms
                )
            else:
                doubts += check_names(persons, unit.source, unit.language, unit.segment.terms)
            doubts += check_terms(unit.terms, hypothesis.text)
            # Headlines are short and score low; a sentence that does is one the model had to guess at.
            if hypothesis.score is not None and hypothesis.score < self._settings.min_score and not unit.is_title:
                doubts.append(Doubt("low-score", f"“{hypothesis.text[:60].strip()}…”"))
            if not hypothesis.finished:
                doubts.append(Doubt("truncated", "the translation reached the length limit"))
            judged.append(doubts)
        return judged

    def _languages(self, texts: Sequence[str]) -> list[tuple[str, str, float] | None]:
        """Each text with the language it is in and how sure that is; None without an identifier."""
        if self._open_identifier is None:
            return [None for _ in texts]
        if self._identifier is None:
            self._identifier = self._open_identifier()
        return [(text, *found) for text, found in zip(texts, self._identifier.identify(texts), strict=True)]

    def names(self, texts: Sequence[str]) -> list[list[tuple[str, EntityType]]]:
        """Names in English texts as the checks see them; none without a recogniser."""
        if self._open_recogniser is None:
            return [[] for _ in texts]
        if self._recogniser is None:
            self._recogniser = self._open_recogniser()
        return self._recogniser.recognise(texts)
