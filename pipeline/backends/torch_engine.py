"""A checkpoint in torch: token numbers in, token numbers and scores out. It knows neither languages nor text."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.backends import Decoding
from pipeline.backends.batches import Backoff
from pipeline.backends.codec import unusable

# Logits held at once when a beam's translations are scored: a quarter of a gigabyte in float32.
_SCORED_LOGITS = 1 << 26


class Engine:
    """One checkpoint in memory: token numbers in, token numbers and scores out.

    Args:
        kind: the class in transformers that loads it.

    Raises:
        BackendError: it cannot be loaded.
    """

    def __init__(self, kind: str, path: Path, identity: str, compute_type: str, threads: int, cuda: bool) -> None:
        import torch
        import transformers
        from transformers.utils import logging

        if not (path / "config.json").is_file():
            raise unusable(path, identity, "config.json is missing")
        # A bar that counts tensors says nothing, and what it warns of is settled here.
        logging.disable_progress_bar()
        logging.set_verbosity_error()
        self._torch = torch
        self.device = "cuda" if cuda else "cpu"
        if threads:
            torch.set_num_threads(threads)
        try:
            loader: Any = getattr(transformers, kind)
            model: Any = loader.from_pretrained(str(path), local_files_only=True, dtype=getattr(torch, compute_type))
            self.model = model.eval().to(self.device)
            settings = _settings(path)
        except Exception as error:  # torch and safetensors have their own
            raise unusable(path, identity, str(error)) from error
        self.start: int | None = settings.get("decoder_start_token_id")
        self.size = int(model.get_output_embeddings().weight.shape[0])
        # The search is ours alone: a checkpoint's own beams, lengths and forced tokens would creep in.
        self.model.generation_config = transformers.GenerationConfig()
        self.backoff = Backoff(identity, self._is_exhausted, self._release)

    def mask(self, allowed: Sequence[int]) -> Any:
        """What is added to the logits so that only these tokens can be written."""
        mask = self._torch.full((self.size,), float("-inf"), device=self.device)
        mask[self._torch.tensor(allowed, device=self.device)] = 0.0
        return mask

    def generate(
        self,
        sources: Sequence[Sequence[int]],
        prefixes: Sequence[Sequence[int]] | None,
        limits: Sequence[int],
        end: int,
        mask: Any,
        decoding: Decoding,
    ) -> list[tuple[list[int], float]]:
        """New tokens of each source, with the end where there is one, and their mean log-probability.

        Args:
            prefixes: what the decoder begins with, all of one length; None for a model without an encoder.
            limits: new tokens at most; what runs on is cut, in its score too.
        """
        from transformers import GenerationConfig, LogitsProcessorList
        from transformers.generation import NoRepeatNGramLogitsProcessor, RepetitionPenaltyLogitsProcessor

        ids, attention = self._padded(sources, end)
        inputs = {"input_ids": ids, "attention_mask": attention}
        begun = ids.shape[1]
        if prefixes is not None:
            inputs["decoder_input_ids"] = self._torch.tensor([list(prefix) for prefix in prefixes], device=self.device)
            begun = inputs["decoder_input_ids"].shape[1]
        config = GenerationConfig(
            do_sample=False,
            num_beams=decoding.beam_size,
            max_new_tokens=max(limits),
            eos_token_id=end,
            pad_token_id=end,
            decoder_start_token_id=self.start,
        )
        steps: list[Any] = []

        against: list[Any] = []
        if decoding.repetition_penalty != 1.0:
            against.append(RepetitionPenaltyLogitsProcessor(decoding.repetition_penalty))
        if decoding.no_repeat_ngram_size:
            against.append(NoRepeatNGramLogitsProcessor(decoding.no_repeat_ngram_size))

        def allow(read: Any, scores: Any) -> Any:
            for processor in against:
                # Names are to be repeated from the prompt.
                scores = processor(read[:, begun:], scores)
            return scores + mask

        def record(_: Any, scores: Any) -> Any:
            # The greedy choice is the best score, so that the logits of all steps need not be kept.
            steps.append(scores.float().log_softmax(-1).amax(-1))
            return scores

        processors = LogitsProcessorList([allow, record] if decoding.beam_size == 1 else [allow])
        with self._torch.inference_mode():
            output = self.model.generate(**inputs, generation_config=config, logits_processor=processors)
            new = [_until(row, end, limit) for row, limit in zip(output[:, begun:].tolist(), limits, strict=True)]
            if decoding.beam_size == 1:
                chosen = self._torch.stack(steps, dim=1).tolist()
                sums = [sum(row[: len(tokens)]) for row, tokens in zip(chosen, new, strict=True)]
            else:
                sums = self._sums(inputs, output, begun, new, mask)
        return [(tokens, total / max(1, len(tokens))) for tokens, total in zip(new, sums, strict=True)]

    def _padded(self, sources: Sequence[Sequence[int]], padding: int) -> tuple[Any, Any]:
        """Numbers and attention; a decoder-only model goes on from the right end, so the padding is on the left."""
        longest = max(map(len, sources))
        left = self.start is None
        rows, masks = [], []
        for source in sources:
            fill = longest - len(source)
            before, after = (fill, 0) if left else (0, fill)
            rows.append([*[padding] * before, *source, *[padding] * after])
            masks.append([*[0] * before, *[1] * len(source), *[0] * after])
        return self._torch.tensor(rows, device=self.device), self._torch.tensor(masks, device=self.device)

    def _sums(self, inputs: dict[str, Any], output: Any, begun: int, new: list[list[int]], mask: Any) -> list[float]:
        """Log-probabilities of the new tokens, by reading them once more: a beam does not tell which it kept."""
        sums: list[float] = []
        rows = max(1, _SCORED_LOGITS // (output.shape[1] * self.size))
        for first in range(0, len(new), rows):
            part = slice(first, first + rows)
            whole = output[part]
            if self.start is None:
                padding = self._torch.ones_like(whole[:, begun:])
                attention = self._torch.cat([inputs["attention_mask"][part], padding], dim=1)
                positions = (attention.cumsum(1) - 1).clamp(min=0)
                logits = self.model(input_ids=whole, attention_mask=attention, position_ids=positions).logits
            else:
                logits = self.model(
                    input_ids=inputs["input_ids"][part],
                    attention_mask=inputs["attention_mask"][part],
                    decoder_input_ids=whole,
                ).logits
            chances = (logits[:, begun - 1 : -1].float() + mask).log_softmax(-1)
            chosen = chances.gather(-1, whole[:, begun:].unsqueeze(-1)).squeeze(-1).tolist()
            sums += [sum(row[: len(tokens)]) for row, tokens in zip(chosen, new[part], strict=True)]
        return sums

    def _is_exhausted(self, error: Exception) -> bool:
        # On a processor torch has no type for it.
        return isinstance(error, (self._torch.OutOfMemoryError, MemoryError)) or "can't allocate memory" in str(error)

    def _release(self) -> None:
        if self.device == "cuda":
            self._torch.cuda.empty_cache()


def _settings(path: Path) -> dict[str, Any]:
    """What generation depends on: `generation_config.json`, else, as in old checkpoints, `config.json`."""
    settings: dict[str, Any] = json.loads((path / "config.json").read_bytes())
    newer = path / "generation_config.json"
    if newer.is_file():
        settings.update(json.loads(newer.read_bytes()))
    return settings


def _until(row: list[int], end: int, limit: int) -> list[int]:
    """Tokens up to the end, or to the limit."""
    row = row[:limit]
    return row[: row.index(end) + 1] if end in row else row
