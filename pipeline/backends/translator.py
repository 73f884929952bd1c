"""The half of a translator that is the same for every engine: terms and tokens in, text out of what was generated."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from pipeline.backends import ATTEMPTS, Decoding, Hypothesis, Segment
from pipeline.backends.batches import by_target, output_limit
from pipeline.backends.codec import Encoded
from pipeline.backends.families import Family, load_codec
from pipeline.backends.foreign import writes_latin
from pipeline.backends.prompts import LONGEST, Prompter, Question
from pipeline.backends.terms import apply_terms, hold_foreign

Token = TypeVar("Token", str, int)


class Generated(NamedTuple, Generic[Token]):
    """What an engine wrote for one text: tokens (or their numbers) without prefix and end, and how sure it was."""

    tokens: list[Token]
    score: float
    """Mean log-probability of the tokens."""
    ended: bool
    """Within the limit."""
    weakest: float | None = None
    """Lowest mean log-probability of three tokens in a row; None where the engine tells only the mean."""


class _Translator(ABC):
    """Implements `Translator` but for `count_tokens`; scores are mean token log-probabilities."""

    identity: str

    def attempts(self, segment: Segment) -> int:
        return ATTEMPTS

    def translate(self, segments: Sequence[Segment], decoding: Decoding) -> list[Hypothesis]:
        return by_target(segments, lambda target, part: self._translate(target, part, decoding))

    @abstractmethod
    def _translate(self, target: str, segments: Sequence[Segment], decoding: Decoding) -> list[Hypothesis]: ...


class EncoderDecoder(_Translator):
    """Checkpoints of the encoder-decoder families.

    Args:
        family: how the checkpoint is asked.
        path: holds the tokenizer files.
        identity: name, revision and compute type, for the cache key.

    Raises:
        BackendError: the folder does not hold a usable model.
    """

    def __init__(self, family: Family, path: Path, identity: str) -> None:
        self.identity = identity
        self._codec = load_codec(family, path, identity)

    def count_tokens(self, segments: Sequence[Segment], attempt: int) -> list[int]:
        return self._codec.count([apply_terms(segment, attempt).segment.text for segment in segments])

    def _translate(self, target: str, segments: Sequence[Segment], decoding: Decoding) -> list[Hypothesis]:
        marked = [apply_terms(segment, decoding.attempt) for segment in segments]
        encoded = self._codec.encode([item.segment for item in marked])
        results = self._generate(encoded, decoding, latin=writes_latin(target))
        return [
            Hypothesis(
                text=mark.restore(" ".join(self._codec.decode(found.tokens).split())),
                score=round(found.score, 4),
                finished=found.ended and not item.is_cut,
                weakest=found.weakest,
            )
            for item, mark, found in zip(encoded, marked, results, strict=True)
        ]

    def _limit(self, item: Encoded) -> int:
        """Tokens with the end; of its own, so that a sentence's translation does not depend on its neighbours."""
        return output_limit(len(item.source), self._codec.limit - len(item.prefix) - 1)

    @abstractmethod
    def _generate(self, encoded: Sequence[Encoded], decoding: Decoding, *, latin: bool) -> list[Generated[str]]:
        """What it wrote for each.

        Args:
            latin: nothing may be written in another script.
        """


class Chat(_Translator):
    """Chat models.

    Args:
        path: holds the tokenizer and the chat template.
        identity: name, revision and compute type, for the cache key.

    Raises:
        BackendError: the folder does not hold a usable model.
    """

    def __init__(self, path: Path, identity: str) -> None:
        self.identity = identity
        self._prompter = Prompter(path, identity)

    def count_tokens(self, segments: Sequence[Segment], attempt: int) -> list[int]:
        return self._prompter.count_asked([hold_foreign(segment).segment for segment in segments], attempt)

    def _translate(self, target: str, segments: Sequence[Segment], decoding: Decoding) -> list[Hypothesis]:
        marked = [hold_foreign(segment) for segment in segments]
        asked = self._prompter.encode([item.segment for item in marked], decoding.attempt)
        limit = output_limit(max(self._prompter.count([segment.text for segment in segments])), LONGEST)
        results = self._generate(asked, limit, decoding, latin=writes_latin(target))
        return [
            Hypothesis(
                text=mark.restore(self._prompter.decode_ids(found.tokens)),
                score=round(found.score, 4),
                finished=found.ended and not question.is_cut,
                weakest=found.weakest,
            )
            for found, question, mark in zip(results, asked, marked, strict=True)
        ]

    @abstractmethod
    def _generate(
        self, questions: Sequence[Question], limit: int, decoding: Decoding, *, latin: bool
    ) -> list[Generated[int]]:
        """What it wrote for each, as token numbers.

        Args:
            questions: read after the prompter's static tokens.
            latin: nothing may be written in another script.
        """
