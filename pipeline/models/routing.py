"""Which installed model translates a language: a decision from the registry, the settings and what is installed.

Pure: it opens nothing. The order of precedence for a language: `translate.pivot` or `translate.models`, then
`translate.model`, then the installed models by their score.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from pipeline.config import Translate
from pipeline.errors import ConfigError
from pipeline.language.codes import english_name
from pipeline.models.entry import Entry, fallbacks
from pipeline.models.registry import Registry

AUTO = "auto"
FAKE = "fake"
"""The model name that needs no model."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The model that translates a language, or the two of a pivot, and the setting that says so if one does."""

    entries: tuple[Entry, ...]
    key: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(entry.name for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A model that could translate a language, for a table."""

    choice: Choice
    installed: bool
    remark: str
    """Why a run would not take it now; "used" for the one that it would take."""


def check(settings: Translate, registry: Registry) -> None:
    """Make sure that the settings name models that exist and fit, whatever is installed.

    Raises:
        ConfigError: the message names the key and the nearest valid word.
    """
    for table in ("models", "pivot", "beam_sizes"):
        for code in getattr(settings, table):
            if code not in fallbacks(code):
                raise ConfigError(f"translate.{table}: {code!r} should be written {' or '.join(fallbacks(code))}")
    for code in settings.pivot:
        if code in settings.models:
            raise ConfigError(f"translate: {code} is in both `models` and `pivot`; say which")
    for code in (*settings.models, *settings.pivot):
        configured(code, settings, registry)
    if settings.model not in (AUTO, FAKE):
        _translator(settings.model, "translate.model", settings, registry)


def configured(language: str, settings: Translate, registry: Registry) -> Choice | None:
    """What the settings say for a language; None where its model is chosen by score (or is the fake one).

    Raises:
        ConfigError: what they say cannot be done.
    """
    for code in fallbacks(language):
        if (legs := settings.pivot.get(code)) is not None:
            return _pivot(code, legs, settings, registry)
        if (name := settings.models.get(code)) is not None:
            return _override(code, name, settings, registry)
    if settings.model in (AUTO, FAKE):
        return None
    entry = _translator(settings.model, "translate.model", settings, registry)
    # A model for some languages says nothing about the others.
    return Choice((entry,), "translate.model") if entry.reads(language) else None


def is_fake(language: str, settings: Translate) -> bool:
    """Whether the settings ask for the translator that needs no model."""
    for code in fallbacks(language):
        if code in settings.pivot:
            return False
        if code in settings.models:
            return settings.models[code] == FAKE
    return settings.model == FAKE


def choices(language: str, settings: Translate, registry: Registry, usable: Collection[str]) -> list[Choice]:
    """The ways to translate a language with usable models, the best first.

    What is configured stands alone: a run takes nothing else in its place.

    Args:
        usable: names of the models that are installed and whole.

    Raises:
        ConfigError: what is configured cannot be done.
    """
    chosen = configured(language, settings, registry)
    if chosen is not None:
        return [chosen] if all(name in usable for name in chosen.names) else []
    return [Choice((entry,)) for entry in allowed(language, settings, registry) if entry.name in usable]


def allowed(language: str, settings: Translate, registry: Registry) -> list[Entry]:
    """The models for a language whose licence suits the settings, the best first."""
    return [entry for entry in registry.candidates(language) if entry.commercial or not settings.require_commercial]


def better(
    language: str, settings: Translate, registry: Registry, usable: Collection[str]
) -> tuple[Entry, Entry] | None:
    """The model that `models get` would get and routing would then take, and the one that it takes now.

    None where that is the best there is, or nothing is usable, or the settings choose.
    """
    if configured(language, settings, registry) is not None:
        return None
    ranked = allowed(language, settings, registry)
    now = next((entry for entry in ranked if entry.name in usable), None)
    best = next((entry for entry in ranked if entry is now or not entry.by_name), None)
    if now is None or best is None or best.score(language)[0] <= now.score(language)[0]:
        return None
    return best, now


def explain(language: str, settings: Translate, registry: Registry, installed: Mapping[str, str]) -> list[Candidate]:
    """All that could translate a language, in the order of routing, with what a run would do about each now.

    Args:
        installed: name -> what is wrong with the model, empty where it is whole.

    Raises:
        ConfigError: what is configured cannot be done.
    """
    usable = {name for name, problem in installed.items() if not problem}
    ranked = [Choice((entry,)) for entry in registry.candidates(language)]
    chosen = configured(language, settings, registry)
    if chosen is not None:
        ranked = [chosen, *(choice for choice in ranked if choice.names != chosen.names)]
    taken = next(iter(choices(language, settings, registry, usable)), None)
    found = []
    for choice in ranked:
        problems = [problem for name in choice.names if (problem := installed.get(name))]
        missing = [name for name in choice.names if name not in installed]
        if taken is not None and choice.names == taken.names:
            remark = f"used ({choice.key})" if choice.key else "used"
        elif settings.require_commercial and not all(entry.commercial for entry in choice.entries):
            remark = "licence: translate.require_commercial"
        elif problems:
            remark = problems[0]
        elif missing:
            remark = "not installed" if len(choice.names) == 1 else f"not installed: {', '.join(missing)}"
            if any(entry.by_name for entry in choice.entries):
                remark += ", got only by name"
        elif chosen is not None:
            remark = f"{chosen.key} names another"
        else:
            remark = "a better one is installed"
        found.append(Candidate(choice, not missing, remark))
    return found


def _override(code: str, name: str, settings: Translate, registry: Registry) -> Choice | None:
    if name == FAKE:
        return None
    key = f"translate.models.{code}"
    entry = _translator(name, key, settings, registry)
    if not entry.reads(code):
        raise ConfigError(f"{key}: {name} does not read {english_name(code)}")
    return Choice((entry,), key)


def _pivot(code: str, legs: tuple[str, str], settings: Translate, registry: Registry) -> Choice:
    key = f"translate.pivot.{code}"
    first = _licensed(registry.named(legs[0], f"{key}: "), key, settings)
    second = _translator(legs[1], key, settings, registry)
    if first.task != "translate" or not first.reads(code):
        raise ConfigError(f"{key}: {first.name} does not read {english_name(code)}")
    if not second.reads(first.target):
        raise ConfigError(f"{key}: {first.name} writes {english_name(first.target)}, which {second.name} does not read")
    return Choice((first, second), key)


def _translator(name: str, key: str, settings: Translate, registry: Registry) -> Entry:
    entry = _licensed(registry.named(name, f"{key}: "), key, settings)
    if entry.task != "translate" or entry.target != "en":
        raise ConfigError(f"{key}: {name} does not translate into English")
    return entry


def _licensed(entry: Entry, key: str, settings: Translate) -> Entry:
    if settings.require_commercial and not entry.commercial:
        raise ConfigError(
            f"{key}: the licence of {entry.name}, {entry.licence}, allows no commercial use, "
            "and translate.require_commercial asks for it"
        )
    return entry
