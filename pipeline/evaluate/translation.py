"""How good the translate stage is on sentences whose English is known, and how far its doubts can be trusted.

Scores are sacrebleu's (Post 2018, https://aclanthology.org/W18-6319), with its signatures: BLEU, and chrF2 (Popović
2015, https://aclanthology.org/W15-3049) of the corpus and of each line.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from pipeline.article import Article, Content, Document, Language, Sentence, Translation
from pipeline.backends import Decoding, Hypothesis, Segment, Translator
from pipeline.config import Config
from pipeline.errors import ArticleError, ConfigError
from pipeline.evaluate.agreement import GateFigures, gate_figures
from pipeline.evaluate.parallel import Pair
from pipeline.executor.memory import StoredMemory
from pipeline.language.codes import UNKNOWN, normalise
from pipeline.run.installed import Models
from pipeline.run.plan import Parts, translate_stage
from pipeline.stages import Desk
from pipeline.stages.translate import TranslateInput, TranslateStage
from pipeline.store.cache import Store
from pipeline.text.hygiene import clean_line
from pipeline.translation.routes import Route

# Lines that share batches.
_POOL = 1024


@dataclass(frozen=True, slots=True)
class Doubted:
    """What the checks hold against a line: see `pipeline.text.doubts`; `detail` is written for the editor."""

    kind: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineScore:
    """One line: `score` is the lowest log-probability of its sentences, `attempts` the highest number of tries."""

    line: int
    model: str
    source: str
    reference: str
    translation: str
    chrf: float
    score: float | None
    doubts: tuple[Doubted, ...]
    attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed:
    """Work of the model on the sentences it had to translate; seconds without loading the translator.

    model_seconds: within the engine, retries included. wall_seconds: of the whole stage, with its checks, those of
    cached sentences included.
    """

    computed: int
    cached: int
    model_seconds: float
    wall_seconds: float

    @property
    def sentences_per_second(self) -> float | None:
        """Sentences by seconds within the engine; None where nothing was computed."""
        return self.computed / self.model_seconds if self.computed and self.model_seconds else None

    @property
    def sentences_per_wall_second(self) -> float | None:
        """Sentences by seconds of the stage; None where nothing was computed."""
        return self.computed / self.wall_seconds if self.computed and self.wall_seconds else None


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslationScores:
    """Of one system on one file. Scores are in 0..100, shares in 0..1; `retried` is a share of the sentences."""

    model: str
    language: str
    bleu: float
    bleu_signature: str
    chrf: float
    chrf_signature: str
    sentences: int
    retried: float
    gate: GateFigures
    speed: Speed
    lines: tuple[LineScore, ...]


def evaluate(
    pairs: Sequence[Pair],
    language: str,
    config: Config,
    models: Models,
    store: Store,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> TranslationScores:
    """Translate the sources through the translate stage, each line on its own, and compare with the references.

    Raises:
        ConfigError: nothing to translate, unknown language, English, or no model for it.
        BackendError: the model is unusable.
    """
    return Evaluation(pairs, language, config, models, store, progress).run()


class Evaluation:
    """One system and one file, ready to run: `fingerprint` is known before any model is loaded.

    Raises:
        ConfigError: nothing to translate, unknown language, English, or no model for it.
    """

    def __init__(
        self,
        pairs: Sequence[Pair],
        language: str,
        config: Config,
        models: Models,
        store: Store,
        progress: Callable[[int, int], None] = lambda done, total: None,
    ) -> None:
        self._meter = _Meter()
        self._stage = translate_stage(Parts(config=config, models=models), self._meter.watch)
        self._desk = Desk(memory=StoredMemory(store), progress=progress)
        self._language = _code(language)
        self._pairs = pairs
        self._inputs = [_read(self._stage, pair, self._language) for pair in pairs]
        self._meter.first = {models[0] for value in self._inputs for models in value.models.values()}

    @property
    def fingerprint(self) -> list[object]:
        """All that the scores depend on."""
        stage = self._stage
        values = [stage.key(value) for value in self._inputs]
        return [stage.name, stage.version, stage.settings, values, [pair.reference for pair in self._pairs]]

    def run(self) -> TranslationScores:
        """Translate and score.

        Raises:
            BackendError: the model is unusable.
        """
        start = time.perf_counter()
        results: list[Translation | ArticleError] = []
        for first in range(0, len(self._inputs), _POOL):
            results += self._stage.process(self._inputs[first : first + _POOL], self._desk)
        seconds = time.perf_counter() - start - self._meter.load_seconds
        lines = tuple(_line(*each) for each in zip(self._pairs, self._inputs, results, strict=True))
        sentences = [one for result in results if isinstance(result, Translation) for one in result.sentences]
        bleu, chrf = corpus_scores([line.translation for line in lines], [line.reference for line in lines])
        translated = sum(one.attempts > 0 for one in sentences)
        # A sentence that stands in several lines is translated once, and the others come from the cache.
        computed = min(len(self._meter.segments), translated)
        return TranslationScores(
            model=self._inputs[0].models[self._language][0],
            language=self._language,
            bleu=bleu[0],
            bleu_signature=bleu[1],
            chrf=chrf[0],
            chrf_signature=chrf[1],
            sentences=len(sentences),
            retried=sum(one.attempts > 1 for one in sentences) / max(1, translated),
            gate=gate_figures((line.chrf, [doubt.kind for doubt in line.doubts]) for line in lines),
            speed=Speed(
                computed=computed,
                cached=translated - computed,
                model_seconds=self._meter.seconds,
                wall_seconds=seconds,
            ),
            lines=lines,
        )


def corpus_scores(
    translations: Sequence[str], references: Sequence[str]
) -> tuple[tuple[float, str], tuple[float, str]]:
    """(score, signature) of BLEU and of chrF."""
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF

    bleu, chrf = BLEU(), CHRF()
    bleu_score = bleu.corpus_score(translations, [references]).score
    chrf_score = chrf.corpus_score(translations, [references]).score
    return (bleu_score, str(bleu.get_signature())), (chrf_score, str(chrf.get_signature()))


@dataclass(slots=True)
class _Meter:
    """What an engine was asked and how long it took."""

    first: set[str] = field(default_factory=set)
    """Identities of the models that are asked first."""
    segments: set[Segment] = field(default_factory=set)
    """What they were asked for, retries aside."""
    seconds: float = 0.0
    load_seconds: float = 0.0

    def watch(self, route: Route) -> Route:
        def load() -> Translator:
            start = time.perf_counter()
            translator = route.load()
            self.load_seconds += time.perf_counter() - start
            return _Metered(translator, self, route.identity)

        return replace(route, load=load)


@dataclass(slots=True)
class _Metered:
    """Implements `Translator`: another one with a meter."""

    inner: Translator
    meter: _Meter
    identity: str

    def count_tokens(self, segments: Sequence[Segment], attempt: int) -> list[int]:
        return self.inner.count_tokens(segments, attempt)

    def attempts(self, segment: Segment) -> int:
        return self.inner.attempts(segment)

    def translate(self, segments: Sequence[Segment], decoding: Decoding) -> list[Hypothesis]:
        start = time.perf_counter()
        hypotheses = self.inner.translate(segments, decoding)
        self.meter.seconds += time.perf_counter() - start
        if decoding.attempt == 0 and self.identity in self.meter.first:
            self.meter.segments.update(segments)
        return hypotheses


def _code(language: str) -> str:
    code = normalise(language)
    if code == UNKNOWN:
        raise ConfigError(f"--language {language}: no such language; use a code such as ko, vi or zh-Hant")
    if code == "en":
        raise ConfigError("--language en: English is not translated")
    return code


def _read(stage: TranslateStage, pair: Pair, code: str) -> TranslateInput:
    """Each line is an article: it is judged by itself, without its neighbours as context."""
    article = Article(
        document=Document(source=f"line {pair.line}", data=b"", media_type="text/plain"),
        content=Content(title="", paragraphs=(clean_line(pair.source),)),
        language=Language(code=code, score=1.0),
    )
    try:
        value = stage.read(article)
    except ArticleError as error:
        raise ConfigError(error.message) from None
    assert value is not None, "only English is skipped"
    return value


def _line(pair: Pair, value: TranslateInput, result: Translation | ArticleError) -> LineScore:
    from sacrebleu import sentence_chrf

    translation = ""
    doubts: tuple[Doubted, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    if isinstance(result, ArticleError):
        doubts = (Doubted(result.kind, result.message),)
    else:
        # A model may break a line where the source has none.
        translation = " ".join(" ".join(result.paragraphs).split())
        # What stands at -1 is said of the article, as that its model is weak.
        doubts = tuple(Doubted(each.kind, each.detail) for each in result.warnings if each.paragraph >= 0)
        sentences = result.sentences
    return LineScore(
        line=pair.line,
        model=value.models[value.language][0],
        source=pair.source,
        reference=pair.reference,
        translation=translation,
        chrf=round(sentence_chrf(translation, [pair.reference]).score, 2),
        score=min((one.score for one in sentences if one.score is not None), default=None),
        doubts=doubts,
        attempts=max((one.attempts for one in sentences), default=1),
    )
