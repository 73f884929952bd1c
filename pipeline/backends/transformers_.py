"""Translation with transformers and torch: checkpoints as they were published, on a processor or a GPU."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.backends import Decoding
from pipeline.backends.codec import END, UNKNOWN, Encoded, unusable
from pipeline.backends.families import Family
from pipeline.backends.foreign import is_foreign
from pipeline.backends.prompts import Question
from pipeline.backends.torch_engine import Engine
from pipeline.backends.translator import Chat, EncoderDecoder, Generated


class Seq2SeqTranslator(EncoderDecoder):
    """Implements `Translator` for the encoder-decoder families.

    Args:
        family: how the checkpoint is asked.
        path: the checkpoint: `config.json`, weights as safetensors or pickled, tokenizer files.
        identity: name, revision and compute type, for the cache key.
        compute_type: "float32", "bfloat16" or "float16".
        threads: processor threads, 0 for torch's own choice.
        cuda: whether to use the GPU.

    Raises:
        BackendError: the folder does not hold a usable model.
    """

    def __init__(
        self, family: Family, path: Path, identity: str, *, compute_type: str, threads: int, cuda: bool
    ) -> None:
        super().__init__(family, path, identity)
        self._engine = Engine("AutoModelForSeq2SeqLM", path, identity, compute_type, threads, cuda)
        if self._engine.start is None:
            raise unusable(path, identity, "neither config.json nor generation_config.json has decoder_start_token_id")
        self._tokens = {number: token for token, number in self._codec.vocabulary.items()}
        control = self._codec.control
        free = {token: number for token, number in self._codec.vocabulary.items() if token not in control}
        self._any = self._engine.mask([*free.values()])
        self._latin = self._engine.mask([number for token, number in free.items() if not is_foreign(token)])

    def _generate(self, encoded: Sequence[Encoded], decoding: Decoding, *, latin: bool) -> list[Generated[str]]:
        end = self._codec.vocabulary[END]

        def work(part: Sequence[Encoded]) -> list[tuple[list[int], float]]:
            return self._engine.generate(
                [self._numbers(item.source) for item in part],
                [[self._engine.start or 0, *self._numbers(item.prefix)] for item in part],
                [self._limit(item) for item in part],
                end,
                self._latin if latin else self._any,
                decoding,
            )

        results = self._engine.backoff.run(encoded, [len(item.source) for item in encoded], work)
        return [
            Generated([self._tokens[number] for number in ids], score, ended)
            for ids, score, ended, _ in (_without_end(numbers, score, end) for numbers, score in results)
        ]

    def _numbers(self, tokens: Sequence[str]) -> list[int]:
        vocabulary = self._codec.vocabulary
        unknown = vocabulary[UNKNOWN]
        return [vocabulary.get(token, unknown) for token in tokens]


class InstructTranslator(Chat):
    """Implements `Translator` for chat models, read from the checkpoint; arguments as for `Seq2SeqTranslator`.

    Raises:
        BackendError: the folder does not hold a usable model.
    """

    def __init__(self, path: Path, identity: str, *, compute_type: str, threads: int, cuda: bool) -> None:
        super().__init__(path, identity)
        self._engine = Engine("AutoModelForCausalLM", path, identity, compute_type, threads, cuda)
        self._engine.start = None
        self._vocabulary = self._prompter.vocabulary
        self._any = self._engine.mask([*self._vocabulary.values()])
        self._latin = self._engine.mask(
            [self._vocabulary[token] for token, text in self._prompter.spelled() if not is_foreign(text)]
        )

    def _generate(
        self, questions: Sequence[Question], limit: int, decoding: Decoding, *, latin: bool
    ) -> list[Generated[int]]:
        end = self._vocabulary[self._prompter.end]
        asked = [[self._vocabulary[token] for token in (*self._prompter.static, *item.tokens)] for item in questions]

        def work(part: Sequence[list[int]]) -> list[tuple[list[int], float]]:
            mask = self._latin if latin else self._any
            return self._engine.generate(part, None, [limit] * len(part), end, mask, decoding)

        results = self._engine.backoff.run(asked, [len(numbers) for numbers in asked], work)
        return [_without_end(numbers, score, end) for numbers, score in results]


def _without_end(numbers: list[int], score: float, end: int) -> Generated[int]:
    ended = numbers[-1:] == [end]
    return Generated(numbers[:-1] if ended else numbers, score, ended)
