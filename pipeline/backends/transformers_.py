"""Translation with transformers and torch: checkpoints as they were published, on a processor or a GPU."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.backends import ATTEMPTS, Decoding, Hypothesis, Segment
from pipeline.backends.batches import by_target, output_limit
from pipeline.backends.codec import END, UNKNOWN, Encoded, unusable
from pipeline.backends.families import Family, load_codec
from pipeline.backends.foreign import is_foreign, writes_latin
from pipeline.backends.prompts import LONGEST, Prompter
from pipeline.backends.terms import apply_terms, hold_foreign
from pipeline.backends.torch_engine import Engine


class Seq2SeqTranslator:
    """Implements `Translator` for the encoder-decoder families. Scores are mean token log-probabilities.

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
        self.identity = identity
        self._codec = load_codec(family, path, identity)
        self._engine = Engine("AutoModelForSeq2SeqLM", path, identity, compute_type, threads, cuda)
        if self._engine.start is None:
            raise unusable(path, identity, "neither config.json nor generation_config.json has decoder_start_token_id")
        self._tokens = {number: token for token, number in self._codec.vocabulary.items()}
        control = self._codec.control
        free = {token: number for token, number in self._codec.vocabulary.items() if token not in control}
        self._any = self._engine.mask([*free.values()])
        self._latin = self._engine.mask([number for token, number in free.items() if not is_foreign(token)])

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return self._codec.count(texts)

    def attempts(self, segment: Segment) -> int:
        return ATTEMPTS

    def translate(self, segments: Sequence[Segment], decoding: Decoding) -> list[Hypothesis]:
        return by_target(segments, lambda target, part: self._translate(target, part, decoding))

    def _translate(self, target: str, segments: Sequence[Segment], decoding: Decoding) -> list[Hypothesis]:
        marked = [apply_terms(segment, decoding.attempt) for segment in segments]
        encoded = self._codec.encode([item.segment for item in marked])
        end = self._codec.vocabulary[END]

        def work(part: Sequence[Encoded]) -> list[tuple[list[int], float]]:
            return self._engine.generate(
                [self._numbers(item.source) for item in part],
                [[self._engine.start or 0, *self._numbers(item.prefix)] for item in part],
                [output_limit(len(item.source), self._codec.limit - len(item.prefix) - 1) for item in part],
                end,
                self._latin if writes_latin(target) else self._any,
                decoding,
            )

        results = self._engine.backoff.run(encoded, [len(item.source) for item in encoded], work)
        hypotheses = []
        for item, mark, (numbers, score) in zip(encoded, marked, results, strict=True):
            ended = numbers[-1:] == [end]
            text = self._codec.decode([self._tokens[number] for number in (numbers[:-1] if ended else numbers)])
            hypotheses.append(
                Hypothesis(mark.restore(" ".join(text.split())), round(score, 4), ended and not item.is_cut)
            )
        return hypotheses

    def _numbers(self, tokens: Sequence[str]) -> list[int]:
        vocabulary = self._codec.vocabulary
        unknown = vocabulary[UNKNOWN]
        return [vocabulary.get(token, unknown) for token in tokens]


class InstructTranslator:
    """Implements `Translator` for chat models, read from the checkpoint; arguments as for `Seq2SeqTranslator`.

    Raises:
        BackendError: the folder does not hold a usable model.
    """

    def __init__(self, path: Path, identity: str, *, compute_type: str, threads: int, cuda: bool) -> None:
        self.identity = identity
        self._prompter = Prompter(path, identity)
        self._engine = Engine("AutoModelForCausalLM", path, identity, compute_type, threads, cuda)
        self._engine.start = None
        self._vocabulary = self._prompter.vocabulary
        self._any = self._engine.mask([*self._vocabulary.values()])
        self._latin = self._engine.mask(
            [self._vocabulary[token] for token, text in self._prompter.spelled() if not is_foreign(text)]
        )

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return self._prompter.count(texts)

    def attempts(self, segment: Segment) -> int:
        return ATTEMPTS

    def translate(self, segments: Sequence[Segment], decoding: Decoding) -> list[Hypothesis]:
        return by_target(segments, lambda target, part: self._translate(target, part, decoding))

    def _translate(self, target: str, segments: Sequence[Segment], decoding: Decoding) -> list[Hypothesis]:
        marked = [hold_foreign(segment) for segment in segments]
        asked = self._prompter.encode([item.segment for item in marked], decoding.attempt)
        limit = output_limit(max(self.count_tokens([segment.text for segment in segments])), LONGEST)
        end = self._vocabulary[self._prompter.end]
        prompts = [[self._vocabulary[token] for token in (*self._prompter.static, *tokens)] for tokens, _ in asked]

        def work(part: Sequence[list[int]]) -> list[tuple[list[int], float]]:
            mask = self._latin if writes_latin(target) else self._any
            return self._engine.generate(part, None, [limit] * len(part), end, mask, decoding)

        results = self._engine.backoff.run(prompts, [len(numbers) for numbers in prompts], work)
        return [
            Hypothesis(
                text=mark.restore(
                    self._prompter.decode_ids(numbers[:-1] if (ended := numbers[-1:] == [end]) else numbers)
                ),
                score=round(score, 4),
                finished=ended and not is_cut,
            )
            for (numbers, score), (_, is_cut), mark in zip(results, asked, marked, strict=True)
        ]
