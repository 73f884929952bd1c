"""Routes: which installed model translates a language, and how to open it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from pipeline.backends import Translator
from pipeline.backends.load import load_translator
from pipeline.backends.precision import resolve_compute_type
from pipeline.config import Translate
from pipeline.errors import ArticleError, ConfigError, ModelDamaged
from pipeline.language.codes import english_name
from pipeline.models import routing
from pipeline.models.entry import Entry
from pipeline.models.manifest import InstalledModel
from pipeline.models.registry import Registry
from pipeline.models.routing import Candidate, Choice
from pipeline.translation.routes import Route

# Above any `translate.draft_below`, and so printed nowhere.
_BLEU_OF_FAKE = 100.0


class Opener(Protocol):
    """Loads a model, or gives it again where it is loaded."""

    def __call__(self, model: InstalledModel, load: Callable[[], Translator], /) -> Translator: ...


class Routes:
    """The installed translation models by language.

    Args:
        settings: the `[translate]` section.
        installed: by name; each is looked at once, by the sizes of its files.
        open_model: loads a model.
        hint: told what the user may want to know, one line each.
    """

    def __init__(
        self,
        settings: Translate,
        registry: Registry,
        installed: Mapping[str, InstalledModel],
        open_model: Opener,
        hint: Callable[[str], None],
    ) -> None:
        self._settings = settings
        self._registry = registry
        self._installed = installed
        self._open = open_model
        self._hint = hint
        self._routes: dict[str, list[Route]] = {}
        self.problems = {name: _problem(model) for name, model in installed.items()}
        """What is wrong with each installed model, as far as the sizes of its files tell; empty where nothing is."""
        self._whole = {name for name, problem in self.problems.items() if not problem}

    def wanted(self, language: str) -> Sequence[str]:
        """What is to be got for a language: the models that are configured for it, else the language itself."""
        if routing.is_fake(language, self._settings):
            return ()
        configured = routing.configured(language, self._settings, self._registry)
        return configured.names if configured else (language,)

    def routes(self, language: str) -> list[Route]:
        """The ways to translate a language, the best first; a configured model or pivot is the only one.

        Raises:
            ConfigError: the configuration names a model that is not installed.
            ArticleError: all that is installed for the language is damaged. Opening a route raises it, too, where the
                contents of its files are the reason that the model cannot be loaded.
        """
        if language not in self._routes:
            self._routes[language] = self._find(language)
        return self._routes[language]

    def better(self, language: str) -> str:
        """Name of the model that `models get` would get and that is known to be better for a language than the one that
        a run takes now; "" where there is none.
        """
        if routing.is_fake(language, self._settings):
            return ""
        pair = routing.better(language, self._settings, self._registry, self._whole)
        return pair[0].name if pair and pair[0].score(language)[1] != "assumed" else ""

    def explain(self, language: str) -> list[Candidate]:
        """All models that could translate a language, in the order of routing, and what a run would do about each.

        Raises:
            ConfigError: no such language, or the configuration cannot be done.
        """
        return routing.explain(language, self._settings, self._registry, self.problems)

    def _find(self, language: str) -> list[Route]:
        if routing.is_fake(language, self._settings):
            from pipeline.backends.fake import FakeTranslator

            # It is for seeing what a digest looks like, which takes articles that are told.
            return [Route(FakeTranslator.identity, FakeTranslator, bleu=_BLEU_OF_FAKE)]
        self._check(language)
        choices = routing.choices(language, self._settings, self._registry, self._whole)
        self._give_hints(language, choices)
        return [self._route(language, choice) for choice in choices]

    def _check(self, language: str) -> None:
        """What of a language is missing or damaged is an error where nothing is left to translate it, else a hint."""
        configured = routing.configured(language, self._settings, self._registry)
        if configured:
            names = configured.names
            missing = [name for name in names if name not in self._installed]
            if missing:
                command = f"worldbrief models get {missing[0]}"
                raise ConfigError(f"{configured.key}: {missing[0]!r} is not installed; {command}")
        else:
            names = tuple(entry.name for entry in routing.allowed(language, self._settings, self._registry))
        damaged = [self.problems[name] for name in names if self.problems.get(name)]
        if damaged and (configured or not self._whole.intersection(names)):
            raise ArticleError("model-damaged", damaged[0])
        for line in damaged:
            self._hint(line)

    def _give_hints(self, language: str, choices: Sequence[Choice]) -> None:
        pair = routing.better(language, self._settings, self._registry, self._whole)
        if pair is not None:
            best, now = pair
            self._hint(f"{_promise(language, best, now)}: worldbrief models get {language}")
        for entry in choices[0].entries if choices else ():
            if not entry.commercial:
                self._hint(f"{entry.name}, which translates {english_name(language)}, is for non-commercial use only")
        named = self._settings.model
        if named != routing.AUTO and choices and not choices[0].key:
            instead = choices[0].names[0]
            self._hint(f"translate.model: {named} does not read {english_name(language)}; {instead} translates it")

    def _route(self, language: str, choice: Choice) -> Route:
        if len(choice.entries) == 1:
            (entry,) = choice.entries
            bleu, known = entry.score(language)
            return replace(self._part(entry), bleu=bleu if known != "assumed" else None)
        first, second = map(self._part, choice.entries)
        middle = choice.entries[0].target

        def load() -> Translator:
            from pipeline.backends.pivot import PivotTranslator

            return PivotTranslator(first.load(), second.load(), middle)

        return Route(f"{first.identity}+{second.identity}", load)

    def _part(self, entry: Entry) -> Route:
        model, settings = self._installed[entry.name], self._settings
        identity = model.identity
        if model.family is not None:
            identity += f"/{resolve_compute_type(model.backend, settings.compute_type, settings.device)}"

        def load() -> Translator:
            return load_translator(model.backend, model.family, model.path, identity, settings)

        def open_() -> Translator:
            if not self.problems[model.name]:
                try:
                    return self._open(model, load)
                except ModelDamaged as error:
                    self.problems[model.name] = str(error)
            raise ArticleError("model-damaged", self.problems[model.name])

        return Route(identity, open_, score_offset=entry.score_offset)


def _promise(language: str, best: Entry, now: Entry) -> str:
    """What is known of the better of two models; a score that is only assumed serves routing and is never told."""
    (score, known), (other, how) = best.score(language), now.score(language)
    if known == "assumed":
        return f"{best.name} may translate {english_name(language)} better, though nobody has measured it"
    against = f" against {other:.1f}" if how != "assumed" else f"; nobody has measured {now.name}"
    return f"{best.name} would translate {english_name(language)} better (BLEU {score:.1f}{against})"


def _problem(model: InstalledModel) -> str:
    try:
        model.check()
    except ModelDamaged as error:
        return str(error)
    return ""
