"""Translation with OpenVINO GenAI: chat models that `pipeline.models.convert` has converted, on the processor.

It keeps its weights packed and its attention cache in pages, each key once for the heads that share it, and a sentence
that is done makes room for the next. CTranslate2 packs the weights and copies the cache, every key six times in the
built-in model, for each token.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pipeline.backends import Decoding
from pipeline.backends.batches import Backoff
from pipeline.backends.codec import unusable
from pipeline.backends.prompts import Question
from pipeline.backends.translator import Chat, Generated
from pipeline.errors import BackendError

# Tokens in a page of the cache (on a processor). What several questions begin with is read once as far as it fills
# pages; so it is padded to a whole one.
_PAGE: Final = 32
# Sentences that are under way at once, and tokens read in one step.
_SENTENCES: Final = 64
_STEP_TOKENS: Final = 2048
# Gigabytes of attention cache: in the built-in model room for 64 sentences of 500 tokens. Beyond it some wait.
_CACHE: Final = 1
# Activations share a scale in groups of so many. A layer of the built-in model is 1.3 times as quick with them, for 64
# rows, as with the engine's own 32; what the model writes is as good (128 Japanese sentences).
_ACTIVATION_GROUP: Final = 128
# Tokens in a row whose scores are taken together: a word or a name.
_WORD: Final = 3


class InstructTranslator(Chat):
    """Implements `Translator` for chat models. Greedy or beam search, without a penalty for repetition: the
    engine has none for beams, and none for a model that cannot write all that it reads.

    Args:
        path: the converted decoder with its tokenizer and chat template.
        identity: name, revision and compute type, for the cache key.
        threads: processor threads, 0 for all cores.

    Raises:
        BackendError: the folder does not hold a usable model.
    """

    def __init__(self, path: Path, identity: str, *, threads: int) -> None:
        super().__init__(path, identity)
        self._vocabulary = self._prompter.vocabulary
        self._end = self._vocabulary[self._prompter.end]
        self._path = path
        self._settings: dict[str, Any] = {
            "DYNAMIC_QUANTIZATION_GROUP_SIZE": _ACTIVATION_GROUP,
            # What the model writes must not depend on whether the processor has bfloat16.
            "INFERENCE_PRECISION_HINT": "f32",
            # Other processes, too, want the first cores.
            "ENABLE_CPU_PINNING": False,
            **({"INFERENCE_NUM_THREADS": threads} if threads else {}),
        }
        self._backoff = Backoff(identity, _is_exhausted, self._load)
        self._load()

    def _load(self) -> None:
        genai, openvino = libraries()
        self._genai, self._openvino = genai, openvino
        self._pipeline: Any = None  # what the last one holds is free before the next is made
        self._read: set[tuple[int, ...]] = set()
        scheduler = genai.SchedulerConfig()
        scheduler.cache_size = _CACHE
        scheduler.max_num_seqs = _SENTENCES
        scheduler.max_num_batched_tokens = _STEP_TOKENS
        scheduler.enable_prefix_caching = True
        try:
            self._pipeline = genai.ContinuousBatchingPipeline(str(self._path), scheduler, "CPU", self._settings)
        except (RuntimeError, ValueError, MemoryError) as error:
            raise unusable(self._path, self.identity, str(error)) from error

    def _generate(
        self, questions: Sequence[Question], limit: int, decoding: Decoding, *, latin: bool
    ) -> list[Generated[int]]:
        if not latin:
            raise BackendError(
                f"{self.identity}: it was prepared for languages in Latin letters; "
                "`worldbrief models get NAME --backend ctranslate2` prepares it for all"
            )

        def work(part: Sequence[Question]) -> list[Generated[int]]:
            asked = [self._numbers(question) for question in part]
            for tokens, lead in asked:
                self._read_ahead(tokens[:lead])
            settings = self._decoding(limit, decoding)
            answers = self._answers([tokens for tokens, _ in asked], settings)
            found = []
            for answer in answers:
                ids, scores = list(answer.generated_ids), list(answer.generated_log_probs)
                ended = bool(ids) and ids[-1] == self._end
                mean = sum(scores) / max(1, len(scores))
                found.append(Generated(ids[:-1] if ended else ids, mean, ended, _weakest(scores)))
            return found

        return self._backoff.run(questions, [len(question.tokens) for question in questions], work)

    def _numbers(self, question: Question) -> tuple[list[int], int]:
        """The whole prompt, and how many of its tokens are whole pages that all texts of the language share."""
        lead = len(self._prompter.static) + question.lead
        static = self._prompter.padded(-lead % _PAGE)
        tokens = [self._vocabulary[token] for token in (*static, *question.tokens)]
        return tokens, (len(static) + question.lead) // _PAGE * _PAGE

    def _read_ahead(self, lead: list[int]) -> None:
        """Have the start of questions in the cache before they are asked: all at once would each read it."""
        if lead and tuple(lead) not in self._read:
            self._answers([lead], self._decoding(1, Decoding()))
            self._read.add(tuple(lead))

    def _decoding(self, limit: int, decoding: Decoding) -> Any:
        found = self._genai.GenerationConfig()
        found.eos_token_id = self._end
        found.stop_token_ids = {self._end}
        found.max_new_tokens = limit
        found.logprobs = 1
        found.num_beams = decoding.beam_size
        found.no_repeat_ngram_size = decoding.no_repeat_ngram_size or sys.maxsize
        return found

    def _answers(self, prompts: Sequence[list[int]], settings: Any) -> list[Any]:
        handles = [
            self._pipeline.add_request(number, self._openvino.Tensor(np.array([tokens], np.int64)), settings)
            for number, tokens in enumerate(prompts)
        ]
        while self._pipeline.has_non_finished_requests():
            self._pipeline.step()
        return [handle.read_all()[0] for handle in handles]


def _weakest(scores: Sequence[float]) -> float | None:
    """Lowest mean of `_WORD` scores in a row."""
    if not scores:
        return None
    length = min(_WORD, len(scores))
    return round(min(sum(scores[at : at + length]) for at in range(len(scores) - length + 1)) / length, 4)


def libraries() -> tuple[Any, Any]:
    """OpenVINO GenAI and OpenVINO, imported without a word to anybody.

    Importing OpenVINO tells an analytics service of it where the package `openvino_telemetry` can be imported.
    """
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]  # that is how an import is barred
    import openvino
    import openvino_genai

    return openvino_genai, openvino


def packed(weight: NDArray[np.float32]) -> Any:
    """A node of a graph that gives a matrix, which the model holds in int8, symmetric, with a scale for each row."""
    from openvino import opset13

    scale = np.abs(weight).max(axis=1, keepdims=True) / 127
    scale[scale == 0] = 1
    # The scale that the engine has is the one to divide by.
    scale = np.maximum(scale, np.finfo(np.float16).tiny).astype(np.float16)
    rounded = np.clip(np.rint(weight / scale.astype(np.float32)), -127, 127).astype(np.int8)
    unpacked = opset13.multiply(opset13.convert(opset13.constant(rounded), "f16"), opset13.constant(scale))
    return opset13.convert(unpacked, "f32")


def _is_exhausted(error: Exception) -> bool:
    # The engine has no type for it: these are the words of C++ and of its allocator.
    words = str(error)
    return isinstance(error, MemoryError) or any(sign in words for sign in ("bad_alloc", "out of memory", "allocate"))
