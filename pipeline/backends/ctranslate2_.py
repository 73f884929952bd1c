"""Translation with CTranslate2: encoder-decoders and chat models that `pipeline.models.convert` has converted."""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.backends import Decoding
from pipeline.backends.allocator import keep_large_blocks
from pipeline.backends.batches import Backoff
from pipeline.backends.codec import END, Encoded, unusable
from pipeline.backends.families import Family
from pipeline.backends.foreign import is_foreign
from pipeline.backends.prompts import Question
from pipeline.backends.translator import Chat, EncoderDecoder, Generated


class Seq2SeqTranslator(EncoderDecoder):
    """Implements `Translator` for the encoder-decoder families.

    Args:
        family: how the checkpoint is asked.
        path: the converted model with its tokenizer files.
        identity: name, revision and compute type, for the cache key.
        compute_type: CTranslate2 compute type, such as "int8".
        threads: processor threads, 0 for all cores.
        cuda: whether to use the GPU.

    Raises:
        BackendError: the folder does not hold a usable model.
    """

    def __init__(
        self, family: Family, path: Path, identity: str, *, compute_type: str, threads: int, cuda: bool
    ) -> None:
        import ctranslate2

        super().__init__(family, path, identity)
        self._translator: Any = _load(ctranslate2.Translator, path, identity, compute_type, threads, cuda)
        self._backoff = Backoff(identity, _is_exhausted)
        known = _vocabulary(path)
        # What the converter filled a padded vocabulary up with is no text either.
        control = (self._codec.control | (known - self._codec.vocabulary.keys())) & known
        self._control = [[token] for token in sorted(control)]
        self._foreign = [[token] for token in sorted(known - control) if is_foreign(token)]

    def _generate(self, encoded: Sequence[Encoded], decoding: Decoding, *, latin: bool) -> list[Generated[str]]:
        suppressed = self._control + (self._foreign if latin else [])

        def work(part: Sequence[Encoded]) -> list[tuple[list[str], float]]:
            results = self._translator.translate_batch(
                [item.source for item in part],
                target_prefix=[item.prefix for item in part] if any(item.prefix for item in part) else None,
                # One engine batch a call: the caller has planned it.
                max_batch_size=0,
                # The codec has cut what is too long.
                max_input_length=0,
                beam_size=decoding.beam_size,
                repetition_penalty=decoding.repetition_penalty,
                no_repeat_ngram_size=decoding.no_repeat_ngram_size,
                # The prefix counts too.
                max_decoding_length=max(self._limit(item) + len(item.prefix) for item in part),
                suppress_sequences=suppressed or None,
                return_scores=True,
                return_end_token=True,
            )
            return [
                _without_prefix(result.hypotheses[0], result.scores[0], len(item.prefix))
                for result, item in zip(results, part, strict=True)
            ]

        results = self._backoff.run(encoded, [len(item.source) for item in encoded], work)
        found = []
        for item, (tokens, score) in zip(encoded, results, strict=True):
            limit = self._limit(item)
            ended = END in tokens[:limit]
            found.append(Generated(tokens[: tokens.index(END) if ended else limit], score, ended))
        return found


class InstructTranslator(Chat):
    """Implements `Translator` for chat models. Greedy or beam search.

    Args:
        path: the converted decoder with its tokenizer and chat template.
        identity: name, revision and compute type, for the cache key.
        compute_type: CTranslate2 compute type, such as "int8".
        threads: processor threads, 0 for all cores.
        cuda: whether to use the GPU.

    Raises:
        BackendError: the folder does not hold a usable model.
    """

    def __init__(self, path: Path, identity: str, *, compute_type: str, threads: int, cuda: bool) -> None:
        import ctranslate2

        super().__init__(path, identity)
        self._generator: Any = _load(ctranslate2.Generator, path, identity, compute_type, threads, cuda)
        self._backoff = Backoff(identity, _is_exhausted)
        self._foreign = [[token] for token, text in self._prompter.spelled() if is_foreign(text)]

    def _generate(
        self, questions: Sequence[Question], limit: int, decoding: Decoding, *, latin: bool
    ) -> list[Generated[int]]:
        def work(part: Sequence[list[str]]) -> list[Any]:
            # What the questions of a batch begin with is read once, too; each keeps a token to go on from.
            same = itertools.takewhile(lambda column: len(set(column)) == 1, zip(*part, strict=False))
            shared = min(sum(1 for _ in same), min(map(len, part)) - 1)
            results: list[Any] = self._generator.generate_batch(
                [tokens[shared:] for tokens in part],
                static_prompt=[*self._prompter.static, *part[0][:shared]],
                # A cache would keep the state of every prefix met.
                cache_static_prompt=False,
                # One engine batch a call: the caller has planned it.
                max_batch_size=0,
                beam_size=decoding.beam_size,
                repetition_penalty=decoding.repetition_penalty,
                no_repeat_ngram_size=decoding.no_repeat_ngram_size,
                max_length=limit,
                suppress_sequences=(self._foreign or None) if latin else None,
                sampling_topk=1,
                include_prompt_in_result=False,
                end_token=self._prompter.end,
                return_scores=True,
            )
            return results

        prompts = [question.tokens for question in questions]
        results = self._backoff.run(prompts, [len(tokens) for tokens in prompts], work)
        chosen = [(list(result.sequences_ids[0]), float(result.scores[0])) for result in results]
        return [Generated(ids, score, len(ids) < limit) for ids, score in chosen]


def _load(engine: Any, path: Path, identity: str, compute_type: str, threads: int, cuda: bool) -> Any:
    if not cuda:
        keep_large_blocks()
    try:
        device = "cuda" if cuda else "cpu"
        return engine(str(path), device=device, compute_type=compute_type, intra_threads=threads)
    except (RuntimeError, ValueError, MemoryError) as error:
        raise unusable(path, identity, str(error)) from error


def _without_prefix(tokens: list[str], score: float, length: int) -> tuple[list[str], float]:
    """What was chosen, and its mean log-probability: the engine's mean counts the given tokens as certain."""
    return tokens[length:], float(score) * len(tokens) / max(1, len(tokens) - length)


def _vocabulary(path: Path) -> set[str]:
    """Tokens that the engine can write."""
    return set(json.loads((path / "shared_vocabulary.json").read_bytes()))


def _is_exhausted(error: Exception) -> bool:
    # The engine has no type for it: these are the words of CUDA, cuBLAS and C++.
    words = str(error)
    return isinstance(error, MemoryError) or any(
        sign in words for sign in ("out of memory", "ALLOC_FAILED", "bad_alloc", "failed to allocate")
    )
