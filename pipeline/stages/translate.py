"""Translate: sentences of all articles are pooled and go through the models and the gate together; what comes back is
put together again as paragraphs, with every doubt that is left.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TypeVar

from pipeline.article import Article, Sentence, Translation, TranslationWarning
from pipeline.backends import Embedder, EntityRecogniser, Hypothesis, LanguageIdentifier, Translator
from pipeline.config import Translate
from pipeline.dictionaries import Dictionary
from pipeline.errors import ArticleError, Refused
from pipeline.language.codes import UNKNOWN, english_name
from pipeline.stages import ALONE, Desk, Part
from pipeline.text.doubts import Doubt
from pipeline.text.english.headline import as_headline
from pipeline.text.hygiene import clean_line
from pipeline.text.mixed import languages_in
from pipeline.text.names.terms import Term, article_terms
from pipeline.translation.attempts import Attempts, Try, first_asked, reachable
from pipeline.translation.confidence import identity, in_article
from pipeline.translation.corrections import Corrected, Corrections
from pipeline.translation.evidence import Evidence
from pipeline.translation.gate import Gate
from pipeline.translation.lexicon import Lexicon
from pipeline.translation.routes import Route
from pipeline.translation.units import Unit, units

T = TypeVar("T")
Resource = Callable[[str], tuple[str, Callable[[], T | None]] | None]
"""Language code -> identity of what there is for it, and how to open that; None where there is nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslateInput:
    """`models` are the identities of those that each language in the article is routed to, the best first."""

    title: str
    paragraphs: tuple[str, ...]
    language: str
    published: str | None
    authors: tuple[str, ...]
    terms: tuple[Term, ...]
    """Words of the article whose English is known; only these of all glossaries, so that another line of a glossary
    translates only the articles anew that have the word."""
    models: dict[str, tuple[str, ...]]
    beam_sizes: dict[str, int]
    """Of each language in the article."""
    score_offsets: dict[str, float]
    """Of those models that have one."""
    dictionaries: dict[str, str]
    """Identity of the dictionary of each language in the article that has one."""
    encoders: dict[str, str]
    """Identity of the sentence vectors that compare it with its English, likewise."""
    bleu: float | None
    """How well the best model is known to translate the language; None where nobody has measured."""
    corrections: Corrected = ()
    """Sentences of the article whose English an editor gave; only these of all, as with `terms`."""
    is_article: bool = True
    """False for lines that are each wanted in English, whatever they look like."""


# Which model a language goes to, and in what arithmetic, is in the input, as the model's identity; so are beam sizes.
_IN_THE_INPUT = ("model", "models", "compute_type", "beam_size", "beam_sizes")


class TranslateStage:
    """Implements `Stage`.

    Args:
        settings: the `[translate]` section.
        routes: language code -> the models for it, the best first; empty where none is installed.
        recogniser_identity, open_recogniser: finds the persons in the English, to check them against the source;
            without it names are not checked.
        identifier_identity, open_identifier: tells the language of the output; without it that is not checked.
        find_terms: (texts, language) -> the terms of an article; by default without glossaries and memory.
        find_dictionary: language code -> identity of its dictionary and how to open it; None where there is none.
        find_encoder: language code -> identity of the sentence vectors that compare its sentences with their English,
            and how to open them; None where no model knows it.
        corrections: sentences whose English an editor gave.
    """

    name = "translate"
    version = 15
    output = Translation

    def __init__(
        self,
        settings: Translate,
        routes: Callable[[str], Sequence[Route]],
        recogniser_identity: str = "",
        open_recogniser: Callable[[], EntityRecogniser] | None = None,
        identifier_identity: str = "",
        open_identifier: Callable[[], LanguageIdentifier] | None = None,
        find_terms: Callable[[Sequence[str], str], tuple[Term, ...]] = article_terms,
        find_dictionary: Resource[Dictionary] = lambda language: None,
        find_encoder: Resource[Embedder] = lambda language: None,
        corrections: Corrections | None = None,
    ) -> None:
        self._settings = settings
        self._find_terms = find_terms
        self._find_dictionary = find_dictionary
        self._find_encoder = find_encoder
        self._corrections = corrections or Corrections()
        self._lexicon = Lexicon(lambda language: opened(find_dictionary(language)))
        self._recogniser_identity = recogniser_identity
        self._identifier_identity = identifier_identity
        self._find_routes = routes
        self._routes: dict[str, Route] = {}
        self._open: dict[str, Translator] = {}
        self._gate = Gate(open_recogniser, open_identifier)
        self._evidence = Evidence(self._lexicon, lambda language: opened(find_encoder(language)))

    @property
    def settings(self) -> dict[str, object]:
        chosen = self._settings.output_settings()
        kept = {name: value for name, value in chosen.items() if name not in _IN_THE_INPUT}
        return {
            **kept,
            "recogniser": self._recogniser_identity,
            "identifier": self._identifier_identity,
            "confidence": identity(),
        }

    def read(self, article: Article) -> TranslateInput | None:
        if article.content is None or article.language is None:
            raise AssertionError("translate needs the extract and detect stages before it")
        language = article.language.code
        if language == "en":
            return None
        if language == UNKNOWN:
            raise Refused(
                "language-unknown", "the language could not be told; name it in the front matter: `language: xx`"
            )
        routes = self._find_routes(language)
        if not routes:
            name = english_name(language)
            raise ArticleError(
                "no-model", f"no model for {name} is installed; get one: worldbrief models get {language}"
            )
        content = article.content
        models = {language: self._reachable(routes)}
        for other in languages_of(article)[1:]:
            # A sentence in a language that no model reads goes where the others go, and through the gate.
            if found := self._find_routes(other):
                models[other] = self._reachable(found)
        offsets = {model: self._score_offset(model) for chosen in models.values() for model in chosen}
        return TranslateInput(
            title=content.title,
            paragraphs=content.paragraphs,
            language=language,
            published=content.published,
            authors=content.authors,
            terms=self._find_terms([content.title, *content.paragraphs], language),
            models=models,
            beam_sizes={code: self._settings.beam_size_of(code) for code in models},
            score_offsets={model: offset for model, offset in offsets.items() if offset},
            dictionaries=_identities(models, self._find_dictionary),
            encoders=_identities(models, self._find_encoder),
            bleu=routes[0].bleu,
            corrections=self._corrections.occurring([content.title, *content.paragraphs], models),
        )

    def _reachable(self, routes: Sequence[Route]) -> tuple[str, ...]:
        self._routes.update({route.identity: route for route in routes})
        return reachable([route.identity for route in routes], self._settings.retries)

    def key(self, value: TranslateInput) -> object:
        found = asdict(value)
        if not value.corrections:
            # As it was before there were any: most articles have none.
            del found["corrections"]
        return found

    def write(self, article: Article, output: Translation) -> Article:
        return replace(article, translation=output)

    def process(self, batch: Sequence[TranslateInput], desk: Desk = ALONE) -> Sequence[Translation | ArticleError]:
        attempts = Attempts(
            self._settings,
            self._gate,
            self._evidence,
            desk.memory,
            self._translator,
            self._score_offset,
            desk.progress,
            desk.clock,
            desk.worked,
        )
        articles = [self._units(value) for value in batch]
        corrected = {
            unit: english
            for article, value in zip(articles, batch, strict=True)
            for unit, english in _corrected(article, value.corrections)
        }
        best = attempts.best(
            (unit, value.models[unit.language])
            for article, value in zip(articles, batch, strict=True)
            for unit in article
            if unit.is_asked and unit not in corrected
        )
        judged = {found.unit: found for found in best.values()}
        # The same sentence in another place has another context, so it is judged there too.
        everything = [unit for article in articles for unit in article]
        repeated = [unit for unit in everything if unit not in judged and unit.is_asked and unit not in corrected]
        before = [best[unit.key] for unit in repeated]
        again = attempts.judged(repeated, [found.hypothesis for found in before], [found.model for found in before])
        for unit, found, first in zip(repeated, again, before, strict=True):
            judged[unit] = replace(found, attempts=first.attempts)
        for unit in everything:
            if unit in corrected:
                judged[unit] = Try(unit, Hypothesis(corrected[unit]), [], "", attempts=0)
            elif not unit.is_asked:
                judged[unit] = Try(unit, Hypothesis(unit.source), [], "", attempts=0)
        return [
            self._assemble(value, [(unit, judged[unit]) for unit in article], corrected)
            for value, article in zip(batch, articles, strict=True)
        ]

    def parts(self, value: TranslateInput) -> Iterator[Part]:
        """Implements `InParts`, as do the next."""
        article = self._units(value)
        corrected = {unit for unit, _ in _corrected(article, value.corrections)}
        for unit in article:
            if unit.is_asked and unit not in corrected:
                yield Part(*first_asked(unit, value.models[unit.language], self._settings))

    def opens(self, value: TranslateInput) -> Sequence[str]:
        return [*value.encoders.values(), *value.dictionaries.values()]

    def _units(self, value: TranslateInput) -> list[Unit]:
        return list(
            units(
                value.title,
                value.paragraphs,
                value.language,
                value.published,
                value.terms,
                value.models,
                self._lexicon,
                value.authors if value.is_article else None,
            )
        )

    def _score_offset(self, model: str) -> float:
        return self._routes[model].score_offset

    def _translator(self, model: str) -> Translator:
        if model not in self._open:
            self._open[model] = self._routes[model].load()
        return self._open[model]

    def _assemble(
        self, value: TranslateInput, translated: list[tuple[Unit, Try]], corrected: Container[Unit]
    ) -> Translation:
        title = ""
        paragraphs = [""] * len(value.paragraphs)
        sentences: list[Sentence] = []
        warnings: list[TranslationWarning] = []
        model = value.models[value.language][0]
        sure = iter(in_article([found.signals for _, found in translated if found.signals is not None]))
        for unit, found in translated:
            text = found.hypothesis.text
            is_corrected = unit in corrected
            confidence = next(sure) if found.signals is not None else 1.0 if is_corrected else _unasked(unit)
            doubts = list(found.doubts)
            if not doubts and confidence is not None and confidence < self._settings.min_confidence:
                doubts.append(Doubt("low-confidence", f"“{text[:60].strip()}…”"))
            if unit.is_title:
                text = title = text if is_corrected else as_headline(text)
            else:
                # English needs a blank where Chinese, Japanese and Thai have none between sentences.
                paragraphs[unit.paragraph] += text + (unit.separator or " ")
            sentences.append(
                Sentence(
                    paragraph=unit.paragraph,
                    source=unit.source,
                    text=text,
                    doubts=tuple(dict.fromkeys(doubt.kind for doubt in doubts)),
                    model="" if found.model == model else found.model,
                    score=found.hypothesis.score,
                    weakest=found.hypothesis.weakest,
                    attempts=found.attempts,
                    confidence=confidence,
                    corrected=is_corrected,
                )
            )
            warnings += [
                TranslationWarning(kind=doubt.kind, paragraph=unit.paragraph, detail=doubt.detail) for doubt in doubts
            ]
        doubt = self._doubt_of_model(value)
        if doubt:
            warnings.append(TranslationWarning(kind=doubt.kind, paragraph=-1, detail=doubt.detail))
        return Translation(
            title=title,
            paragraphs=tuple(paragraph.strip() for paragraph in paragraphs),
            model=model,
            sentences=tuple(sentences),
            warnings=tuple(warnings),
            is_draft=doubt is not None,
        )

    def _doubt_of_model(self, value: TranslateInput) -> Doubt | None:
        """What holds against the whole article: the model is weak in the language, or nobody knows how good it is."""
        language = english_name(value.language)
        if value.bleu is None:
            return Doubt("unmeasured-model", f"nobody has measured the model for {language}")
        if value.bleu < self._settings.draft_below:
            return Doubt("weak-model", f"the model has {value.bleu:.1f} BLEU for {language}")
        return None


def languages_of(article: Article) -> tuple[str, ...]:
    """Codes of the languages in an article that are to be translated, its own first; none of an English article, nor
    of one whose language is unknown."""
    content, language = article.content, article.language
    if content is None or language is None or language.code in ("en", UNKNOWN):
        return ()
    others = languages_in([content.title, *content.paragraphs], language.code) - {language.code, "en"}
    return (language.code, *sorted(others))


def _corrected(article: Iterable[Unit], corrections: Corrected) -> Iterator[tuple[Unit, str]]:
    """The sentences of one article that an editor has put into English, with that."""
    known = dict(corrections)
    for unit in article if known else ():
        if (english := known.get(clean_line(unit.source))) is not None:
            yield unit, english


def _unasked(unit: Unit) -> float | None:
    """How sure it is that what no model was asked for says what it should; None of a line that stays as published."""
    return None if unit.is_apart else 1.0


def opened(resource: tuple[str, Callable[[], T | None]] | None) -> T | None:
    """What a resource is, once it is wanted."""
    return resource[1]() if resource else None


def _identities(languages: Iterable[str], find: Resource[T]) -> dict[str, str]:
    found = {language: find(language) for language in languages}
    return {language: resource[0] for language, resource in found.items() if resource}
