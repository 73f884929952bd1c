"""The installed models as a run uses them: which serves which language, opened only when there is work for it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from pipeline.backends import Embedder, EntityRecogniser
from pipeline.backends.load import load_embedder, load_entities
from pipeline.backends.precision import uses_cuda
from pipeline.config import Config
from pipeline.dictionaries import Dictionary, carried, identity
from pipeline.errors import ArticleError, BackendError, ConfigError
from pipeline.events import tell
from pipeline.language.codes import english_name
from pipeline.models import registry, routing
from pipeline.models.entry import CheckpointBackend, Entry
from pipeline.models.manifest import MANIFEST, InstalledModel
from pipeline.models.registry import Registry
from pipeline.models.store import ModelStore, default_root
from pipeline.models.watch import Downloads
from pipeline.run.routes import Routes
from pipeline.translation.routes import Route

if TYPE_CHECKING:
    from pipeline.models.get import GetReport

T = TypeVar("T")


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
        self._books: dict[str, tuple[str | None, list[Path]]] = {}
        self.registry: Registry = registry.load()
        routing.check(config.translate, self.registry)
        self.store = ModelStore(Path(config.run.models).expanduser() if config.run.models else default_root())
        self.used: dict[str, str] = {}
        """`stage/language` or stage -> identity of the model."""
        self.hints: list[str] = []
        self.loads: dict[str, float] = {}
        """Seconds that opening each model took, by its identity."""
        self._look()

    def get(
        self,
        wanted: Sequence[str],
        *,
        mirror: Path | None = None,
        backend: CheckpointBackend | None = None,
    ) -> GetReport:
        """Get models by language or by name, and the supporting ones.

        Args:
            mirror: a folder that `models export` wrote, to take them from without any network.
            backend: the engine that checkpoints are prepared for, in place of the registry's.

        Raises:
            ConfigError: a word is neither a language code nor the name of a model, or there is no such mirror.
        """
        if self._downloads is None:
            raise AssertionError("getting models needs a place to show progress")
        if mirror is not None and backend is not None:
            raise ConfigError("what is in a mirror is prepared already: --backend goes without --from")
        names = [
            word for word in wanted if self.registry.find(word) or (mirror and (mirror / word / MANIFEST).is_file())
        ]
        languages = [word for word in wanted if word not in names]
        licence = self._config.translate.require_commercial
        if mirror is not None:
            from pipeline.models.mirror import get_from

            report = get_from(
                mirror, languages, names, self.store, self.registry, self._downloads, commercial_only=licence
            )
        else:
            from pipeline.models.get import get

            report = get(
                languages,
                self.store,
                self.registry,
                self._downloads,
                names,
                commercial_only=licence,
                backend=backend,
                cuda=uses_cuda("ctranslate2", self._config.translate.device),
            )
        self._look()
        return report

    def _look(self) -> None:
        """See what is installed now."""
        self._books.clear()
        self._installed = self.store.installed()
        self.by_language = Routes(self._config.translate, self.registry, self._installed, self._open, self._hint)
        for line in self.store.unreadable().values():
            self._hint(line)

    def prepare(self, articles: Iterable[Sequence[str]]) -> None:
        """Get what articles need and what is not installed yet, if that is allowed; else nothing is read of them.

        Args:
            articles: of each the languages that are to be translated, its own first.

        Raises:
            ConfigError: the configuration names a model that is not installed.
        """
        if self._downloads is None:
            return
        for languages in articles:
            served: list[str] = []
            for language in languages:
                if self._get_translator(language):
                    served.append(language)
                elif not served:
                    break
            for language in served:
                self._get_adequacy(language)

    def _get_translator(self, language: str) -> bool:
        """Get a model for a language, once; whether there is one now."""
        if language not in self._tried:
            self._tried.add(language)
            if wanted := self.by_language.wanted(language):
                self._fetch(wanted)
        try:
            return bool(self.by_language.routes(language))
        except ArticleError:
            # What is damaged is told when an article of the language comes to it.
            return False

    def _get_adequacy(self, language: str) -> None:
        """Get the model that compares translations from a language with their sources, where none is installed."""
        names = [entry.name for entry in self.registry.adequacy(language)]
        if any(name in self._installed for name in names):
            return
        wanted = [name for name in names[:1] if name not in self._tried]
        self._tried.update(wanted)
        if wanted:
            self._fetch(wanted)

    def routes(self, language: str) -> list[Route]:
        """The installed models for a language, the best first; a configured model or pivot is the only one.

        Raises:
            ConfigError: the configuration names a model that is not installed.
            ArticleError: all that is installed for the language is damaged.
        """
        found = self.by_language.routes(language)
        if found:
            self.used[f"translate/{language}"] = found[0].identity
        return found

    def better(self, language: str) -> str:
        """Name of a model known to be better for a language than the one a run takes now; "" where there is none."""
        return self.by_language.better(language)

    def _supporting(self, task: str) -> InstalledModel | None:
        """The installed model for a task that every run has ("embed", "entities"), got first if that is allowed."""
        entries = [entry for entry in self.registry.supporting() if entry.task == task]
        if self._downloads is not None and not any(entry.name in self._installed for entry in entries):
            self._fetch([])
        return self._whole(entries)

    def _whole(self, entries: Sequence[Entry]) -> InstalledModel | None:
        """The first that is installed and whole; a hint says what is damaged."""
        for entry in entries:
            problem = self.by_language.problems.get(entry.name)
            if problem == "":
                return self._installed[entry.name]
            if problem:
                self._hint(problem)
        return None

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

    def adequacy(self, language: str) -> tuple[str, Callable[[], Embedder]] | None:
        """Identity of the model that compares translations from a language with their sources, and how to open it.

        The cosine of the vectors of a sentence and its English is the higher, the more both say the same; what is high
        differs from model to model and from language to language. None where no model knows the language well enough,
        or none is installed.

        Raises:
            ConfigError: no language known here.
        """
        entries = self.registry.adequacy(language)
        model = self._whole(entries)
        if model is None:
            if entries:
                name = entries[0].name
                command = f"worldbrief models get {name}"
                self._hint(f"without {name} translations are not compared with their sources: {command}")
            return None
        self.used[f"adequacy/{language}"] = model.identity
        threads = self._config.translate.threads
        return model.identity, lambda: self._open(
            model, lambda: load_embedder(model.backend, model.path, model.identity, threads)
        )

    def dictionary(self, language: str) -> tuple[str, Callable[[], Dictionary | None]] | None:
        """Identity of the dictionaries of a language, installed ones and those that come with worldbrief, and how to
        open them as one; None where there is none, a hint where what there is is damaged.

        Raises:
            ConfigError: no language known here.
        """
        if language not in self._books:
            places = self._dictionaries(language)
            self._books[language] = identity(language, *places), places
        name, places = self._books[language]

        def load() -> Dictionary | None:
            began = time.monotonic()
            try:
                return Dictionary.open(language, *places)
            except BackendError as error:
                self._hint(f"without a dictionary of {english_name(language)}: {error}")
                return None
            finally:
                self._loaded(str(name), time.monotonic() - began)

        return (name, load) if name else None

    def _dictionaries(self, language: str) -> list[Path]:
        """Folders of the installed dictionaries of a language, and of those that come with worldbrief."""
        found = (self._whole([entry]) for entry in self.registry.dictionaries(language))
        own = carried()
        return [*(model.path for model in found if model), *([own] if own else [])]

    def _open(self, model: InstalledModel, load: Callable[[], T]) -> T:
        """Load a model once, however many stages use it; where that fails, say if its files are the reason."""
        if model.name not in self._opened:
            began = time.monotonic()
            try:
                model.check()
                self._opened[model.name] = load()
                self._loaded(model.identity, time.monotonic() - began)
            except BackendError:
                model.check(contents=True)
                raise
        return cast(T, self._opened[model.name])

    def _loaded(self, identity: str, seconds: float) -> None:
        self.loads[identity] = seconds
        tell("model-loaded", model=identity, seconds=seconds)

    def _hint(self, line: str) -> None:
        if line not in self.hints:
            self.hints.append(line)

    def _fetch(self, wanted: Sequence[str]) -> None:
        report = self.get(wanted)
        for line in (*report.hints, *report.errors):
            # The same source fails in the same words for one language after another: once is enough.
            cause = line.partition(" (")[0]
            if not any(hint.startswith(cause) for hint in self.hints):
                self._hint(line)
