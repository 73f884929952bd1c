"""The one list of what happens to an article, in order: the stages, and what the runner does between them.

What a stage needs is imported when it is made, so that the command line knows their names at no cost.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pipeline.article import Article
    from pipeline.config import Config
    from pipeline.executor.identities import Seen
    from pipeline.executor.steps import Between, Step
    from pipeline.overlay.overlay import Overlay
    from pipeline.run.digests import Digests
    from pipeline.run.installed import Models
    from pipeline.stages import Stage
    from pipeline.stages.translate import TranslateStage
    from pipeline.text.names.known import KnownNames, Remembered
    from pipeline.translation.corrections import Corrections
    from pipeline.translation.routes import Route


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What the stages of a run are made from.

    names: gives what is known of names; without it there are the glossaries, but neither a memory nor an editor's.
    corrections: sentences whose English an editor gave.
    select, digests: without them all articles are let in.
    """

    config: Config
    models: Models
    names: Callable[[], KnownNames] | None = None
    corrections: Corrections | None = None
    select: Callable[[Article | Seen], Article | Seen | None] | None = None
    digests: Digests | None = None


def steps(parts: Parts, until: str | None = None) -> list[Step | Between]:
    """The plan with its models, up to and including the stage `until`."""
    made: list[Step | Between] = []
    for name, make in _PLAN:
        step = make(parts)
        if step is not None:
            made.append(step)
        if name == until:
            # What is not asked for is left out as soon as its text is known, which may be the last that is done.
            made += [step for step in (_selection(parts),) if step is not None and name == STAGES[0]]
            break
    return made


def known_names(config: Config, remembered: Remembered | None = None, overlay: Overlay | None = None) -> KnownNames:
    """What is known of names, as the `[names]` section and the editor say.

    Raises:
        ConfigError: a glossary is missing or broken, or a name of the overlay is no word.
    """
    from pipeline.text.names.glossaries import given
    from pipeline.text.names.known import KnownNames

    settings = config.names
    return KnownNames(
        [Path(path) for path in settings.glossaries],
        remembered if settings.memory else None,
        given(((name.language, name.source, name.english) for name in overlay.name), config.run.overlay)
        if overlay
        else (),
    )


def corrections(overlay: Overlay) -> Corrections:
    """The sentences whose English an editor gave."""
    from pipeline.translation.corrections import Corrections

    return Corrections((sentence.language, sentence.source, sentence.english) for sentence in overlay.sentence)


def translate_stage(parts: Parts, watch: Callable[[Route], Route] = lambda route: route) -> TranslateStage:
    """The translate stage with routing over the installed models; `watch` may put a meter into each route."""
    from pipeline.backends.langid import FastTextIdentifier, identity
    from pipeline.stages.translate import TranslateStage

    config, models = parts.config, parts.models
    recogniser, load_recogniser = models.recogniser()
    return TranslateStage(
        config.translate,
        lambda language: [watch(route) for route in models.routes(language)],
        recogniser_identity=recogniser,
        open_recogniser=load_recogniser,
        identifier_identity=identity(),
        open_identifier=FastTextIdentifier,
        find_terms=(parts.names() if parts.names else known_names(config)).terms,
        find_dictionary=models.dictionary,
        find_encoder=models.adequacy,
        corrections=parts.corrections,
    )


# The batch sizes are the articles that one transaction holds: small where an article takes long, so that a kill loses
# little; the whole window for translation, which keeps its own memory.


def _extract(parts: Parts) -> Step:
    from pipeline.executor.steps import Step

    def make() -> Stage[Any, Any]:
        from pipeline.stages.extract import Extract

        return Extract(parts.config.extract)

    digests = parts.digests
    return Step("extract", make, 16, kept_out=digests.kept_out if digests else None)


def _selection(parts: Parts) -> Between | None:
    """Some articles only, where that was asked for."""
    from pipeline.executor.steps import Between

    select = parts.select
    return Between(lambda articles: [select(article) for article in articles]) if select else None


def _admission(parts: Parts) -> Between | None:
    """Once its text is known it can be told which article it is."""
    from pipeline.executor.steps import Between

    return Between(parts.digests.admit) if parts.digests else None


def _detect(parts: Parts) -> Step:
    from pipeline.executor.steps import Step

    def make() -> Stage[Any, Any]:
        from pipeline.backends.two_identifiers import TwoIdentifiers, identity
        from pipeline.stages.detect import Detect

        return Detect(parts.config.detect, TwoIdentifiers, identity())

    return Step("detect", make, 64)


def _wanted(parts: Parts) -> Between | None:
    """What no digest can take any more is not translated."""
    from pipeline.executor.steps import Between

    return Between(parts.digests.still_wanted) if parts.digests and parts.digests.have_rules else None


def _preparation(parts: Parts) -> Between:
    """Models are got, where that is allowed, once the languages are known: a stage only opens what is installed."""
    from pipeline.article import Article
    from pipeline.executor.steps import Between

    def prepare(articles: Sequence[Article | Seen]) -> Sequence[Article | Seen]:
        from pipeline.stages.translate import languages_of

        parts.models.prepare(languages_of(article) for article in articles if isinstance(article, Article))
        return articles

    return Between(prepare)


def _translate(parts: Parts) -> Step:
    from pipeline.executor.steps import Step

    return Step("translate", lambda: translate_stage(parts), parts.config.run.window)


def _summarise(parts: Parts) -> Step:
    from pipeline.executor.steps import Step

    def make() -> Stage[Any, Any]:
        from pipeline.stages.summarise import Summarise

        return Summarise(parts.config.summarise, *parts.models.embedder())

    return Step("summarise", make, 64)


def _tag(parts: Parts) -> Step:
    from pipeline.executor.steps import Step

    def make() -> Stage[Any, Any]:
        from pipeline.stages.tag import Tagger

        return Tagger(parts.config.tag, *parts.models.embedder(), *parts.models.recogniser())

    return Step("tag", make, 64)


_PLAN: Final[tuple[tuple[str, Callable[[Parts], Step | Between | None]], ...]] = (
    ("extract", _extract),
    ("", _selection),
    ("", _admission),
    ("detect", _detect),
    ("", _wanted),
    ("", _preparation),
    ("translate", _translate),
    ("summarise", _summarise),
    ("tag", _tag),
)
"""A stage by its name, and what has none."""

STAGES: Final = tuple(name for name, _ in _PLAN if name)
"""The words of `--until`."""

READ_FIRST: Final = STAGES[0]
"""The stage that finds the text: documents of which it is known which article they are need not go through it."""


def versions() -> dict[str, int]:
    """The version of each stage, as its code is now, and of what reads saved feeds."""
    from pipeline.ingest import parsed
    from pipeline.stages.detect import Detect
    from pipeline.stages.extract import Extract
    from pipeline.stages.summarise import Summarise
    from pipeline.stages.tag import Tagger
    from pipeline.stages.translate import TranslateStage

    stages = (Extract, Detect, TranslateStage, Summarise, Tagger)
    return {parsed.NAME: parsed.VERSION, **{stage.name: stage.version for stage in stages}}


READ_BY_NONE: Final = frozenset({"summarise", "tag"})
"""Stages whose results no other stage reads: a plan need not wait for them."""
