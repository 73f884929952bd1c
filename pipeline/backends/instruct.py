"""An instruction-tuned language model as a translator, through CTranslate2's generator.

The model folder holds a converted decoder (`model.bin`, `config.json`, `vocabulary.json`) and `tokenizer.json`; the
prompt follows the ChatML template that the Qwen family was trained with.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.backends import Decoding, Hypothesis, Segment
from pipeline.errors import BackendError
from pipeline.languages import english_name

# The part of the prompt that all segments share; the engine reads it once for a batch.
_SYSTEM = "<|im_start|>system\nYou are a professional news translator.<|im_end|>\n<|im_start|>user\n"
_END = "<|im_end|>\n<|im_start|>assistant\n"
_STOP = "<|im_end|>"
# English needs at most about 2.2 tokens for a source token on FLORES dev (Thai and Hindi need fewer than 1); what
# runs beyond three is a loop, and cutting it early is what keeps a loop from holding up its whole batch.
_TOKENS_OUT_PER_IN = 3.0
_TOKENS_OUT_MORE = 24

# Tokens of other scripts may not be written: the model cannot leave a word as it is. Greek and Cyrillic, Hebrew and
# Arabic, the scripts of South and South-East Asia, Georgian, Khmer, kana, Han and Hangul.
_FOREIGN = re.compile(
    r"[\u0370-\u052f\u0590-\u06ff\u0900-\u0eff\u1000-\u10ff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]"
)


class InstructTranslator:
    """Implements `Translator`. Greedy or beam search; scores are mean token log-probabilities.

    Args:
        path: the model folder.
        identity: name, revision and compute type, for the cache key.
        compute_type: CTranslate2 compute type, such as "int8".
        threads: processor threads, 0 for all cores.
        device: "auto", "cpu" or "cuda".

    Raises:
        BackendError: the folder does not hold a usable model.
    """

    def __init__(self, path: Path, identity: str, *, compute_type: str, threads: int, device: str) -> None:
        import ctranslate2
        from tokenizers import Tokenizer

        self.identity = identity
        try:
            self._tokenizer: Any = Tokenizer.from_file(str(path / "tokenizer.json"))
            self._generator: Any = ctranslate2.Generator(
                str(path), device=device, compute_type=compute_type, intra_threads=threads
            )
        except Exception as error:  # the engine raises RuntimeError or ValueError, the tokenizer a bare Exception
            raise BackendError(f"{path}: the model cannot be loaded: {error}") from error
        self._static = self._tokens(_SYSTEM)
        vocabulary: dict[str, int] = self._tokenizer.get_vocab()
        self._suppressed = [
            [token] for token, number in sorted(vocabulary.items()) if _FOREIGN.search(self._tokenizer.decode([number]))
        ]

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(encoding.ids) for encoding in self._tokenizer.encode_batch(list(texts), add_special_tokens=False)]

    def translate(self, segments: Sequence[Segment], decoding: Decoding) -> list[Hypothesis]:
        if not segments:
            return []
        prompts = [self._tokens(prompt(segment, decoding.attempt)) for segment in segments]
        longest = max(self.count_tokens([segment.text for segment in segments]))
        limit = int(_TOKENS_OUT_PER_IN * longest) + _TOKENS_OUT_MORE
        try:
            results = self._generator.generate_batch(
                prompts,
                static_prompt=self._static,
                # One engine batch a call: the caller has planned it.
                max_batch_size=0,
                beam_size=decoding.beam_size,
                repetition_penalty=decoding.repetition_penalty,
                no_repeat_ngram_size=decoding.no_repeat_ngram_size,
                max_length=limit,
                suppress_sequences=self._suppressed,
                sampling_topk=1,
                include_prompt_in_result=False,
                end_token=_STOP,
                return_scores=True,
            )
        except RuntimeError as error:
            raise BackendError(f"{self.identity}: the engine failed: {error}") from error
        return [self._hypothesis(result, limit) for result in results]

    def _hypothesis(self, result: Any, limit: int) -> Hypothesis:
        ids = result.sequences_ids[0]
        text = " ".join(self._tokenizer.decode(ids).split())
        return Hypothesis(text=text, score=round(float(result.scores[0]), 4), finished=len(ids) < limit)

    def _tokens(self, text: str) -> list[str]:
        tokens: list[str] = self._tokenizer.encode(text, add_special_tokens=False).tokens
        return tokens


def prompt(segment: Segment, attempt: int) -> str:
    """The user's turn for one segment.

    The first attempt lists the terms before the text; a later one writes them into the text, which the model obeys
    more often but turns into stiffer English. Control tokens are broken up: an article must not end the turn.
    """
    language = english_name(segment.source_language)
    kind = "headline" if segment.is_title else "sentence"
    text = segment.text
    ask = f"Translate this {language} {kind} into English. Reply with the translation only."
    if attempt == 0:
        if segment.terms:
            ask += f" Use these names: {'; '.join(f'{source} = {english}' for source, english in segment.terms)}."
    else:
        for source, english in sorted(segment.terms, key=lambda term: -len(term[0])):
            text = text.replace(source, f" {english} ")
        text = " ".join(text.split())
    return f"{ask}\n\n{text}".replace("<|", "< |") + _END
