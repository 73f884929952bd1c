"""The gate: every reason to doubt a translated sentence, from its text, its language and its names."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.backends import EntityRecogniser, EntityType, Hypothesis, LanguageIdentifier
from pipeline.text import facts
from pipeline.text.checks.institutions import check_institutions
from pipeline.text.checks.residue import check_language, without_names
from pipeline.text.doubts import Doubt, DoubtKind
from pipeline.text.names.check import check_capitals, check_names, check_places, known_places
from pipeline.text.names.countries import has_countries, is_country
from pipeline.text.names.given_names import check_given_names
from pipeline.text.names.katakana import check_katakana
from pipeline.text.names.latin import check_latin_names, has_latin_names
from pipeline.text.names.organisations import check_lost_organisations, check_organisations
from pipeline.text.names.tagged import put_right
from pipeline.text.names.terms import check_terms
from pipeline.text.names.territories import check_lost_territories, check_territories, is_territory, territories_in
from pipeline.translation.units import Unit

# More than any sentence: what is longer is a loop, and the models that the checks need would take minutes to read it.
_LONGEST = 4_000
# The names in a text that is none need no check.
_NO_TRANSLATION: frozenset[DoubtKind] = frozenset({"loop", "untranslated"})


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
        judged = [_by_text(*one) for one in zip(units, hypotheses, strict=True)]
        rest = [
            number
            for number, doubts in enumerate(judged)
            if hypotheses[number].text.strip() and not any(doubt.kind in _NO_TRANSLATION for doubt in doubts)
        ]
        texts = [hypotheses[number].text[:_LONGEST] for number in rest]
        names = self.names(texts)
        prose = [without_names(text, (name for name, _ in found)) for text, found in zip(texts, names, strict=True)]
        languages = self._languages(prose)
        for number, found, text, spoken in zip(rest, names, prose, languages, strict=True):
            unit = units[number]
            judged[number] += check_language(unit.language, text, *spoken, is_title=unit.is_title) if spoken else []
            judged[number] += _by_names(unit, hypotheses[number].text, found)
        for doubts, hypothesis in zip(judged, hypotheses, strict=True):
            if not hypothesis.finished:
                doubts.append(Doubt("truncated", "the translation reached the length limit"))
        return judged

    def _languages(self, texts: Sequence[str]) -> list[tuple[str, float] | None]:
        """The language of each text and how sure that is; None without an identifier."""
        if self._open_identifier is None or not texts:
            return [None for _ in texts]
        if self._identifier is None:
            self._identifier = self._open_identifier()
        return [*self._identifier.identify(texts)]

    def names(self, texts: Sequence[str]) -> list[list[tuple[str, EntityType]]]:
        """Names in English texts as the checks see them; none without a recogniser."""
        if self._open_recogniser is None or not texts:
            return [[] for _ in texts]
        if self._recogniser is None:
            self._recogniser = self._open_recogniser()
        return self._recogniser.recognise(texts)


def _by_text(unit: Unit, hypothesis: Hypothesis) -> list[Doubt]:
    doubts = facts.check(
        unit.source, unit.language, hypothesis.text, unit.published, context=unit.context, persons=unit.persons
    )
    doubts += check_terms(unit.terms, hypothesis.text)
    if not any(doubt.kind in _NO_TRANSLATION for doubt in doubts):
        terms = _pairs(unit)
        doubts += check_lost_territories(unit.source, unit.language, hypothesis.text, terms)
        doubts += check_lost_organisations(unit.terms, hypothesis.text)
        doubts += check_katakana(unit.source, unit.language, hypothesis.text, terms)
        doubts += check_given_names(unit.source, unit.language, hypothesis.text, terms)
        organisations = check_organisations(hypothesis.text, unit.source, unit.language, unit.context, terms)
        # What is not in the source once is not said twice.
        doubts += organisations or check_institutions(unit.source, unit.language, hypothesis.text, terms)
    return doubts


def _pairs(unit: Unit) -> list[tuple[str, str]]:
    """The terms of a unit, source and English."""
    return [(term.source, term.english) for term in unit.terms]


def _by_names(unit: Unit, english: str, names: Sequence[tuple[str, EntityType]]) -> list[Doubt]:
    source, language, terms = unit.source[:_LONGEST], unit.language, _pairs(unit)
    tagged = put_right(names, is_title=unit.is_title)
    persons = tagged.persons
    places = [*tagged.places, *known_places(english, (name for name, _ in names))]
    countries = [place for place in places if is_territory(place)]
    doubts = check_places([place for place in places if place not in countries], source, language, unit.context, terms)
    # `facts` has judged those of its table.
    named = [*countries, *territories_in(english)]
    unknown = [place for place in named if not (has_countries(language) and is_country(place))]
    doubts += check_territories(unknown, source, language, unit.context)
    if has_latin_names(language):
        return doubts + check_latin_names(source, language, english, persons, terms, places, tagged.others)
    doubts += check_names(persons, source, language, terms)
    # What is not in the source once is not said twice.
    return doubts or check_capitals(english, [*persons, *places], source, language, terms)
