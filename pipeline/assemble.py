"""The stages with their models: which model serves which language, opened only when there is work for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar, cast

from pipeline.backends import Embedder, EntityRecogniser
from pipeline.backends.load import load_embedder, load_entities, load_translator
from pipeline.cache import Store
from pipeline.config import Config
from pipeline.errors import ConfigError
from pipeline.languages import english_name
from pipeline.models import registry
from pipeline.models.get import GetReport, get
from pipeline.models.registry import Entry, Registry
from pipeline.models.store import InstalledModel, ModelStore, default_root
from pipeline.models.watch import Progress as Downloads
from pipeline.runner import Progress, Step
from pipeline.stages.translate import Route, TranslateStage

T = TypeVar("T")

STAGES = ("extract", "detect", "translate", "summarise", "tag")
"""In the order they run; the words of `--until`."""

FAKE = "fake"
"""The model name that needs no model."""


class Models:
    """The installed models as the stages need them, and what a run used of them.

    Args:
        downloads: where progress is shown if models may be got; None: the network is never touched.
    """

    def __init__(self, config: Config, downloads: Downloads | None) -> None:
        self._config = config
        self._downloads = downloads
        self._tried: set[str] = set()
        self._opened: dict[str, object] = {}
        self.registry: Registry = registry.load()
        self.store = ModelStore(Path(config.run.models).expanduser() if config.run.models else default_root())
        self._installed = self.store.installed()
        self.used: dict[str, str] = {}
        """`stage/language` or stage -> identity of the model."""
        self.hints: list[str] = []

    def get(self, wanted: Sequence[str]) -> GetReport:
        """Get models by language or by name, and the supporting ones.

        Raises:
            ConfigError: a word is neither a language code nor the name of a model.
        """
        if self._downloads is None:
            raise AssertionError("getting models needs a place to show progress")
        names = [word for word in wanted if self.registry.find(word) is not None]
        languages = [word for word in wanted if word not in names]
        report = get(languages, self.store, self.registry, self._downloads, names)
        self._installed = self.store.installed()
        return report

    def routes(self, language: str) -> list[Route]:
        """The models for a language, the best first."""
        route = self.route(language)
        return [] if route is None else [route]

    def route(self, language: str) -> Route | None:
        """The model for a language, got first if that is allowed; None where there is none.

        Raises:
            ConfigError: the configuration names a model that is not installed.
        """
        named = self._config.translate.models.get(language, self._config.translate.model)
        if named == FAKE:
            return self._fake_route(language)
        if self._downloads is not None and language not in self._tried:
            self._tried.add(language)
            self._fetch([language])
        if named != "auto":
            entry = self.registry.find(named)
            if entry is None or named not in self._installed:
                raise ConfigError(f"translate.model: {named!r} is not installed; worldbrief models get {named}")
        else:
            entry = self.registry.best(language, self._installed)
            if entry is None:
                return None
            self._hint_at_better(language, entry)
        model = self._installed[entry.name]
        bleu, known = entry.score(language)
        settings = self._config.translate
        identity = model.identity if model.family is None else f"{model.identity}/{settings.compute_type}"
        self.used[f"translate/{language}"] = identity
        return Route(
            identity,
            lambda: self._open(
                model, lambda: load_translator(model.backend, model.family, model.path, identity, settings)
            ),
            bleu if known != "assumed" else None,
        )

    def _supporting(self, task: str) -> InstalledModel | None:
        """The installed model for a task that every run has ("embed", "entities"), got first if that is allowed."""
        entries = [entry for entry in self.registry.supporting() if entry.task == task]
        if self._downloads is not None and not any(entry.name in self._installed for entry in entries):
            self._fetch([])
        return next((self._installed[entry.name] for entry in entries if entry.name in self._installed), None)

    def embedder(self) -> tuple[str, Callable[[], Embedder]]:
        """Identity of the embedding model and how to open it; words hashed to numbers where none is installed."""
        model = self._supporting("embed")
        if model is None:
            from pipeline.backends.hashing import HashingEmbedder

            self._hint("without an embedding model summaries are rough and there are no topics: worldbrief models get")
            return HashingEmbedder.identity, HashingEmbedder
        self.used["embed"] = model.identity
        return model.identity, lambda: self._open(
            model, lambda: load_embedder(model.backend, model.path, model.identity)
        )

    def recogniser(self) -> tuple[str, Callable[[], EntityRecogniser] | None]:
        """Identity of the entity model and how to open it; ("", None) where none is installed."""
        model = self._supporting("entities")
        if model is None:
            self._hint("without an entity model names are neither listed nor checked: worldbrief models get")
            return "", None
        self.used["entities"] = model.identity
        return model.identity, lambda: self._open(
            model, lambda: load_entities(model.backend, model.path, model.identity)
        )

    def _open(self, model: InstalledModel, load: Callable[[], T]) -> T:
        """Load a model once, however many stages use it."""
        if model.name not in self._opened:
            model.check()
            self._opened[model.name] = load()
        return cast(T, self._opened[model.name])

    def _hint(self, line: str) -> None:
        if line not in self.hints:
            self.hints.append(line)

    def _fetch(self, languages: list[str]) -> None:
        report = self.get(languages)
        for line in (*report.hints, *report.errors):
            # The same source fails in the same words for one language after another: once is enough.
            cause = line.partition(" (")[0]
            if not any(hint.startswith(cause) for hint in self.hints):
                self._hint(line)

    def _hint_at_better(self, language: str, chosen: Entry) -> None:
        better = self.registry.candidates(language)[0]
        if better.score(language)[0] > chosen.score(language)[0]:
            figures = f"BLEU {better.score(language)[0]:.1f} against {chosen.score(language)[0]:.1f}"
            command = f"worldbrief models get {language}"
            self._hint(f"{better.name} would translate {english_name(language)} better ({figures}): {command}")

    def _fake_route(self, language: str) -> Route:
        from pipeline.backends.fake import FakeTranslator

        self.used[f"translate/{language}"] = FakeTranslator.identity
        return Route(FakeTranslator.identity, FakeTranslator)


def steps(config: Config, models: Models, store: Store, progress: Progress, until: str | None = None) -> list[Step]:
    """The stages of a run, up to and including `until`.

    The batch sizes are the articles that one transaction holds: small where an article takes long, so that a kill
    loses little; the whole window for translation, which keeps its own memory.
    """
    makers: dict[str, Callable[[], Step]] = {
        "extract": lambda: _extract(config),
        "detect": lambda: _detect(config),
        "translate": lambda: Step(
            translate_stage(config, models, store, lambda done, total: progress.detail("translate", done, total)),
            config.run.window,
        ),
        "summarise": lambda: _summarise(config, models),
        "tag": lambda: _tag(config, models),
    }
    last = STAGES.index(until) if until else len(STAGES) - 1
    return [makers[name]() for name in STAGES[: last + 1]]


def translate_stage(
    config: Config, models: Models, store: Store, progress: Callable[[int, int], None] = lambda done, total: None
) -> TranslateStage:
    """The translate stage with routing over the installed models."""
    from pipeline.backends.langid import FastTextIdentifier, identity

    recogniser, load_recogniser = models.recogniser()
    return TranslateStage(
        config.translate,
        models.routes,
        store,
        progress,
        recogniser,
        load_recogniser,
        identity(),
        FastTextIdentifier,
    )


def _extract(config: Config) -> Step:
    from pipeline.stages.extract import Extract

    return Step(Extract(config.extract), 16)


def _detect(config: Config) -> Step:
    from pipeline.backends.langid import FastTextIdentifier, identity
    from pipeline.stages.detect import Detect

    return Step(Detect(config.detect, FastTextIdentifier, identity()), 64)


def _summarise(config: Config, models: Models) -> Step:
    from pipeline.stages.summarise import Summarise

    identity, load = models.embedder()
    return Step(Summarise(config.summarise, identity, load), 64)


def _tag(config: Config, models: Models) -> Step:
    from pipeline.stages.tag import Tagger

    embedder, load_embedder = models.embedder()
    recogniser, load_recogniser = models.recogniser()
    return Step(Tagger(config.tag, embedder, load_embedder, recogniser, load_recogniser), 64)
