"""Stand-ins for models and sources, through the interfaces that the real ones implement."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.backends import ATTEMPTS, Decoding, Embedder, EntityRecogniser, Hypothesis, Segment, Translator
from pipeline.backends.fake import FakeTranslator
from pipeline.backends.hashing import HashingEmbedder
from pipeline.config import Config
from pipeline.run.installed import Models
from pipeline.translation.routes import Route


class NoProgress:
    """A `runner.Progress` that says nothing."""

    def asked(self, feeds: int, total: int) -> None:
        pass

    def found(self, articles: int) -> None:
        pass

    def advance(self, stage: str, articles: int) -> None:
        pass

    def detail(self, stage: str, done: int, total: int) -> None:
        pass


@dataclass
class ScriptedTranslator:
    """The fake translator with a record of its calls and, for chosen source texts, chosen answers by attempt.

    The last answer of a text serves all later attempts.
    """

    answers: Mapping[str, Sequence[str | Hypothesis]] = field(default_factory=dict)
    identity: str = "scripted@1"
    calls: list[tuple[list[Segment], Decoding]] = field(default_factory=list)
    before: Callable[[int], None] = lambda number: None
    """Called with the number of each call before it is answered."""

    def count_tokens(self, segments: Sequence[Segment], attempt: int) -> list[int]:
        return [1 + len(segment.text) for segment in segments]

    def attempts(self, segment: Segment) -> int:
        return ATTEMPTS

    def translate(self, segments: Sequence[Segment], decoding: Decoding) -> list[Hypothesis]:
        self.before(len(self.calls))
        self.calls.append((list(segments), decoding))
        return [self._answer(segment, decoding) for segment in segments]

    def _answer(self, segment: Segment, decoding: Decoding) -> Hypothesis:
        script = self.answers.get(segment.text)
        if not script:
            return FakeTranslator().translate([segment], decoding)[0]
        answer = script[min(decoding.attempt, len(script) - 1)]
        return answer if isinstance(answer, Hypothesis) else Hypothesis(answer)

    @property
    def texts(self) -> list[list[str]]:
        """The texts of each call."""
        return [[segment.text for segment in segments] for segments, _ in self.calls]


class ScriptedModels(Models):
    """Translators by language in place of installed models; no others, so words are hashed and names not looked for.

    Nobody has measured the translator in the languages `unmeasured`.
    """

    def __init__(self, config: Config, translators: Mapping[str, Translator], unmeasured: Collection[str] = ()) -> None:
        super().__init__(config, None)
        self._translators = translators
        self._unmeasured = unmeasured
        self.opened: list[str] = []

    def routes(self, language: str) -> list[Route]:
        translator = self._translators.get(language)
        if translator is None:
            return []

        def load() -> Translator:
            self.opened.append(language)
            return translator

        self.used[f"translate/{language}"] = translator.identity
        return [Route(translator.identity, load, bleu=None if language in self._unmeasured else 30.0)]

    def embedder(self) -> tuple[str, Callable[[], Embedder]]:
        return HashingEmbedder.identity, HashingEmbedder

    def recogniser(self) -> tuple[str, Callable[[], EntityRecogniser] | None]:
        return "", None
