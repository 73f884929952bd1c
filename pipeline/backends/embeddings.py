"""Sentence embeddings with a BERT-like encoder read from a folder (all-MiniLM-L6-v2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import BackendError

# The length all-MiniLM-L6-v2 was published with (sentence_bert_config.json); longer texts are cut.
_MAX_TOKENS = 256
# Padded tokens in one batch: on a laptop the sweet spot is broad, and a batch stays within tens of megabytes.
_BATCH_TOKENS = 4096


class MiniLM:
    """Implements `Embedder`: mean of the token vectors, scaled to length 1, as in the model's own configuration
    (Reimers and Gurevych 2019, https://arxiv.org/abs/1908.10084).

    Args:
        path: folder with config.json, model.safetensors and tokenizer files.
        identity: name of the model for the cache key, such as "all-minilm-l6-v2@53aa5117".

    Raises:
        BackendError: the folder holds no model that can be loaded.
    """

    def __init__(self, path: Path, identity: str) -> None:
        if not (path / "config.json").is_file():
            raise BackendError(f"{identity}: no model in {path}")
        import torch
        from transformers import AutoModel, AutoTokenizer
        from transformers.utils import logging

        # A bar that counts 103 tensors in a fifth of a second says nothing.
        logging.disable_progress_bar()
        self.identity = identity
        self._torch = torch
        try:
            self._tokenizer: Any = AutoTokenizer.from_pretrained(str(path), local_files_only=True)
            # float32: rounding at half precision would show in scores near a threshold.
            model: Any = AutoModel.from_pretrained(str(path), local_files_only=True, dtype=torch.float32)
        except (OSError, ValueError, RuntimeError) as error:
            raise BackendError(f"{identity}: the model in {path} cannot be loaded: {error}") from error
        self._model = model.eval()
        self._dimensions = int(model.config.hidden_size)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, shape (len(texts), 384); a text is read up to 256 tokens."""
        vectors = np.zeros((len(texts), self._dimensions), dtype=np.float32)
        if not texts:
            return vectors
        # The tokenizer takes no lone surrogates, and broken input is full of them.
        clean = [text.encode("utf-8", "replace").decode() for text in texts]
        tokens: list[list[int]] = self._tokenizer(clean, truncation=True, max_length=_MAX_TOKENS)["input_ids"]
        with self._torch.inference_mode():
            for batch in batches([len(ids) for ids in tokens]):
                padded = self._tokenizer.pad({"input_ids": [tokens[index] for index in batch]}, return_tensors="pt")
                mask = padded["attention_mask"]
                hidden = self._model(input_ids=padded["input_ids"], attention_mask=mask).last_hidden_state
                weights = mask.unsqueeze(-1).to(hidden.dtype)
                means = (hidden * weights).sum(dim=1) / weights.sum(dim=1)
                vectors[batch] = self._torch.nn.functional.normalize(means, dim=1).numpy()
        return vectors


def batches(lengths: Sequence[int], most: int = _BATCH_TOKENS) -> Iterator[list[int]]:
    """Indices in batches of similar length, so that little of a batch is padding.

    Args:
        lengths: tokens of each text.
        most: tokens of a batch, padding included; a longer text is a batch of its own.
    """
    batch: list[int] = []
    for index in sorted(range(len(lengths)), key=lambda item: (lengths[item], item)):
        # In rising order the newest text sets the width of the batch.
        if batch and lengths[index] * (len(batch) + 1) > most:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch
