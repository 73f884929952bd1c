"""Translate: sentences of all articles are pooled, sorted by length and translated in batches; what comes back is
checked against its source, retried where it fails, and put together again as paragraphs.

The unit of work is the batch: it is planned from the sentences alone, whatever is known of them already, and what the
model made of it goes to the translation memory in one transaction. So a run that was killed plans the same batches
again, the retries too, and comes to the same text. (The engines' low-precision arithmetic depends on what shares a
batch.)
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace

from pipeline.article import Article, Sentence, Translation, TranslationWarning
from pipeline.backends import Decoding, EntityRecogniser, Hypothesis, Segment, Translator
from pipeline.cache import Store, canonical_json, fingerprint
from pipeline.config import Translate
from pipeline.errors import ArticleError, BackendError, Refused
from pipeline.languages import english_name
from pipeline.text import facts
from pipeline.text.doubts import Doubt
from pipeline.text.names import check_names, check_places
from pipeline.text.sentences import split_with_separators
from pipeline.text.terms import Term, article_terms, check_terms, sentence_terms
from pipeline.text.tidy import tidy

# A batch holds at most so many sentences: beyond it the engine gains nothing and a kill loses more.
_BATCH_SENTENCES = 32
# So much of the first paragraph counts as context of every sentence, in characters.
_LEAD = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslateInput:
    """`model` is the identity of the model that the language is routed to."""

    title: str
    paragraphs: tuple[str, ...]
    language: str
    published: str | None
    terms: tuple[Term, ...]
    """Words of the article whose English is known; only these of all glossaries, so that another line of a glossary
    translates only the articles anew that have the word."""
    model: str
    bleu: float | None
    """How well the model is known to translate the language; None where nobody has measured."""


@dataclass(frozen=True, slots=True)
class Route:
    """The model that a language goes to; `load` opens it and is called at most once, when it is needed.

    `bleu` is the model's score for the language in the registry, None where nobody has measured.
    """

    identity: str
    load: Callable[[], Translator]
    bleu: float | None = None


@dataclass(frozen=True, slots=True)
class _Unit:
    """One sentence of one article on its way through the model."""

    article: int
    paragraph: int
    source: str
    separator: str
    segment: Segment
    terms: tuple[Term, ...]
    """Those of the article that stand in this sentence."""
    context: str
    """What "the two sides" and the like in it may stand for: the headline, the lead, the two sentences before it."""
    key: str


@dataclass(frozen=True, slots=True)
class _Try:
    """A hypothesis and what the checks hold against it as the translation of `unit`."""

    unit: _Unit
    hypothesis: Hypothesis
    doubts: list[Doubt]


class TranslateStage:
    """Implements `Stage`.

    Args:
        settings: the `[translate]` section.
        route: language code -> the model for it, or None where none is installed.
        memory: where translated sentences are kept (table `memory`).
        progress: told (sentences done, sentences in all) after each batch.
        recogniser_identity, open_recogniser: finds the persons in the English, to check them against the source;
            without it names are not checked.
        find_terms: (texts, language) -> the terms of an article; by default without glossaries and memory.
    """

    name = "translate"
    version = 1
    output = Translation

    def __init__(
        self,
        settings: Translate,
        route: Callable[[str], Route | None],
        memory: Store,
        progress: Callable[[int, int], None] = lambda done, total: None,
        recogniser_identity: str = "",
        open_recogniser: Callable[[], EntityRecogniser] | None = None,
        find_terms: Callable[[Sequence[str], str], tuple[Term, ...]] = article_terms,
    ) -> None:
        self._settings = settings
        self._find_terms = find_terms
        self._recogniser_identity = recogniser_identity
        self._open_recogniser = open_recogniser
        self._recogniser: EntityRecogniser | None = None
        self._route = route
        self._memory = memory
        self._progress = progress
        self._routes: dict[str, Route] = {}
        self._open: dict[str, Translator] = {}

    @property
    def settings(self) -> dict[str, object]:
        chosen = self._settings.output_settings()
        # Which model a language goes to is in the input, as its identity.
        kept = {name: value for name, value in chosen.items() if name not in ("model", "models")}
        return {**kept, "recogniser": self._recogniser_identity}

    def read(self, article: Article) -> TranslateInput | None:
        if article.content is None or article.language is None:
            raise AssertionError("translate needs the extract and detect stages before it")
        language = article.language.code
        if language == "en":
            return None
        if language == "und":
            raise Refused(
                "language-unknown", "the language could not be told; name it in the front matter: `language: xx`"
            )
        route = self._route(language)
        if route is None:
            name = english_name(language)
            raise ArticleError(
                "no-model", f"no model for {name} is installed; get one: worldbrief models get {language}"
            )
        self._routes[route.identity] = route
        content = article.content
        return TranslateInput(
            title=content.title,
            paragraphs=content.paragraphs,
            language=language,
            published=content.published,
            terms=self._find_terms([content.title, *content.paragraphs], language),
            model=route.identity,
            bleu=route.bleu,
        )

    def key(self, value: TranslateInput) -> object:
        return asdict(value)

    def write(self, article: Article, output: Translation) -> Article:
        return replace(article, translation=output)

    def process(self, batch: Sequence[TranslateInput]) -> Sequence[Translation | ArticleError]:
        units = [list(self._units(index, value)) for index, value in enumerate(batch)]
        best = self._translate({unit.key: unit for article in units for unit in article}, batch)
        judged = {found.unit: found.doubts for found in best.values()}
        # The same sentence in another place has another context, so it is judged there too.
        repeated = [unit for article in units for unit in article if unit not in judged]
        again = self._judge(repeated, [best[unit.key].hypothesis for unit in repeated], batch) if repeated else []
        judged.update(zip(repeated, again, strict=True))
        return [
            self._assemble(value, [(unit, best[unit.key].hypothesis.text, judged[unit]) for unit in article])
            for value, article in zip(batch, units, strict=True)
        ]

    def _units(self, index: int, value: TranslateInput) -> Iterator[_Unit]:
        pieces = [(-1, value.title, "")] if value.title else []
        for number, paragraph in enumerate(value.paragraphs):
            pieces += [(number, *part) for part in split_with_separators(paragraph, value.language)]
        lead = next((paragraph for paragraph in value.paragraphs if paragraph.strip()), "")[:_LEAD]
        before: list[str] = []
        for paragraph_number, source, separator in pieces:
            if not source.strip():
                # Nothing to translate, and a model asked to would invent.
                continue
            here = sentence_terms(value.terms, source)
            segment = Segment(
                text=facts.normalise(source, value.language, value.published),
                source_language=value.language,
                terms=tuple((term.source, term.english) for term in here if term.hint),
                is_title=paragraph_number == -1,
            )
            # Only what the model's answer depends on: other limits for doubts do not translate anew.
            key = fingerprint([value.model, self._settings.beam_size, asdict(segment)])
            context = "\n".join((value.title, lead, *before[-2:]))
            yield _Unit(index, paragraph_number, source, separator, segment, here, context, key)
            before.append(source)

    def _translate(self, units: dict[str, _Unit], batch: Sequence[TranslateInput]) -> dict[str, _Try]:
        """The best try for each key: all are translated, what fails its checks is tried again."""
        best: dict[str, _Try] = {}
        pending = units
        done, total = 0, len(units)
        for attempt in range(self._settings.retries + 1):
            if not pending:
                break
            self._progress(done, total)
            by_model: dict[str, list[_Unit]] = {}
            for unit in pending.values():
                by_model.setdefault(batch[unit.article].model, []).append(unit)
            found: dict[str, Hypothesis] = {}
            for model in sorted(by_model):
                for results in self._attempt(by_model[model], model, attempt):
                    found.update(results)
                    self._progress(done + len(found), total)
            tried = [pending[key] for key in found]
            for unit, against in zip(tried, self._judge(tried, list(found.values()), batch), strict=True):
                if unit.key not in best or len(against) < len(best[unit.key].doubts):
                    best[unit.key] = _Try(unit, found[unit.key], against)
            done += len(found)
            pending = {key: unit for key, unit in pending.items() if best[key].doubts}
            total += len(pending)
        return best

    def _attempt(self, units: list[_Unit], model: str, attempt: int) -> Iterator[dict[str, Hypothesis]]:
        """Hypotheses of one attempt by key, batch by batch, from the memory or from the model."""
        keys = {unit.key: fingerprint([unit.key, attempt]) for unit in units}
        stored = self._memory.get("memory", list(keys.values()))
        known = {key: Hypothesis(**json.loads(stored[name])) for key, name in keys.items() if name in stored}
        if len(known) == len(units):
            yield known
            return
        translator = self._translator(model)
        for planned in self._plan(units, translator):
            missing = [unit for unit in planned if unit.key not in known]
            results = {unit.key: known[unit.key] for unit in planned if unit.key in known}
            if missing:
                hypotheses = self._decode(translator, missing, attempt)
                new = {unit.key: hypothesis for unit, hypothesis in zip(missing, hypotheses, strict=True)}
                self._memory.put("memory", {keys[key]: canonical_json(asdict(value)) for key, value in new.items()})
                results.update(new)
            yield results

    def _translator(self, model: str) -> Translator:
        if model not in self._open:
            self._open[model] = self._routes[model].load()
        return self._open[model]

    def _plan(self, units: list[_Unit], translator: Translator) -> Iterator[list[_Unit]]:
        """Batches of similar length within the token budget; longest first, so that memory runs out early if at all."""
        sizes = translator.count_tokens([unit.segment.text for unit in units])
        ordered = sorted(zip(sizes, units, strict=True), key=lambda pair: (-pair[0], pair[1].segment.text, pair[1].key))
        planned: list[_Unit] = []
        longest = 0
        for size, unit in ordered:
            longest = max(longest, size)
            full = longest * (len(planned) + 1) > self._settings.batch_tokens or len(planned) >= _BATCH_SENTENCES
            if planned and full:
                yield planned
                planned, longest = [], size
            planned.append(unit)
        if planned:
            yield planned

    def _decode(self, translator: Translator, units: list[_Unit], attempt: int) -> list[Hypothesis]:
        beam_size = self._settings.beam_size
        # A loop is the one failure that a penalty cures; on a first try it would cost quality elsewhere.
        decoding = Decoding(
            beam_size=beam_size if attempt == 0 else max(beam_size, 2),
            repetition_penalty=1.0 if attempt == 0 else 1.05,
            attempt=attempt,
        )
        hypotheses = translator.translate([unit.segment for unit in units], decoding)
        if len(hypotheses) != len(units):
            raise BackendError(f"{translator.identity}: {len(hypotheses)} results for {len(units)} sentences")
        return [
            replace(found, text=tidy(found.text, unit.segment.text))
            for unit, found in zip(units, hypotheses, strict=True)
        ]

    def _judge(
        self, units: Sequence[_Unit], hypotheses: Sequence[Hypothesis], batch: Sequence[TranslateInput]
    ) -> list[list[Doubt]]:
        """What the checks hold against each hypothesis."""
        texts = [hypothesis.text for hypothesis in hypotheses]
        names = self._names().recognise(texts) if self._open_recogniser else [[] for _ in texts]
        judged: list[list[Doubt]] = []
        for unit, hypothesis, found in zip(units, hypotheses, names, strict=True):
            value = batch[unit.article]
            doubts = facts.check(
                unit.source,
                value.language,
                hypothesis.text,
                value.published,
                context=unit.context,
                persons=[term.source for term in value.terms if term.kind == "person"],
            )
            # In a headline every word has a capital: a single one is seldom a name there.
            persons = [name for name, kind in found if kind == "person" and (" " in name or not unit.segment.is_title)]
            places = [name for name, kind in found if kind == "place"]
            known = [(term.source, term.english) for term in unit.terms]
            doubts += check_places(places, unit.source, value.language, unit.context, known)
            doubts += check_names(persons, unit.source, value.language, known)
            doubts += check_terms(unit.terms, hypothesis.text)
            # Headlines are short and score low; a sentence that does is one the model had to guess at.
            if (
                hypothesis.score is not None
                and hypothesis.score < self._settings.min_score
                and not unit.segment.is_title
            ):
                doubts.append(Doubt("low-score", f"“{hypothesis.text[:60].strip()}…”"))
            if not hypothesis.finished:
                doubts.append(Doubt("truncated", "the translation reached the length limit"))
            judged.append(doubts)
        return judged

    def _names(self) -> EntityRecogniser:
        if self._recogniser is None:
            assert self._open_recogniser is not None
            self._recogniser = self._open_recogniser()
        return self._recogniser

    def _assemble(self, value: TranslateInput, translated: list[tuple[_Unit, str, list[Doubt]]]) -> Translation:
        title = ""
        paragraphs = [""] * len(value.paragraphs)
        sentences: list[Sentence] = []
        warnings: list[TranslationWarning] = []
        for unit, text, doubts in translated:
            if unit.paragraph == -1:
                text = title = as_headline(text)
            else:
                # English needs a blank where Chinese, Japanese and Thai have none between sentences.
                joint = unit.separator or " "
                paragraphs[unit.paragraph] += text + joint
            kinds = tuple(dict.fromkeys(doubt.kind for doubt in doubts))
            sentences.append(Sentence(paragraph=unit.paragraph, source=unit.source, text=text, doubts=kinds))
            warnings += [
                TranslationWarning(kind=doubt.kind, paragraph=unit.paragraph, detail=doubt.detail) for doubt in doubts
            ]
        flagged = sum(bool(sentence.doubts) for sentence in sentences)
        is_rough = value.bleu is not None and value.bleu < self._settings.draft_below
        if is_rough:
            detail = f"the model has {value.bleu:.1f} BLEU for {english_name(value.language)}"
            warnings.append(TranslationWarning(kind="weak-model", paragraph=-1, detail=detail))
        return Translation(
            title=title,
            paragraphs=tuple(paragraph.strip() for paragraph in paragraphs),
            model=value.model,
            sentences=tuple(sentences),
            warnings=tuple(warnings),
            is_draft=is_rough or flagged > self._settings.max_flagged_share * len(sentences),
        )


def as_headline(text: str) -> str:
    """A translated headline without the full stop and the quotation marks that models put around a lone line."""
    stripped = text.strip()
    if len(stripped) > 2 and stripped[0] in '"“' and stripped[-1] in '"”' and not set(stripped[1:-1]) & set('"“”'):
        stripped = stripped[1:-1].strip()
    if stripped.endswith(".") and not stripped.endswith(("..", "U.S.", "U.K.", "Jr.", "Inc.", "Co.", "Ltd.")):
        stripped = stripped[:-1]
    return stripped
