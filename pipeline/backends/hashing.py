"""Embeddings without a model: words hashed into a vector. For fast tests, and where no embedding model is installed."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

_DIMENSIONS = 256
_WORD = re.compile(r"\w+")


class HashingEmbedder:
    """Implements `Embedder` with hashed bags of words (Weinberger et al. 2009, https://arxiv.org/abs/0902.2206).

    Two texts are similar as far as they share words; it knows nothing of meaning. A text without words gets the
    zero vector.
    """

    identity = "hashing@1"

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, shape (len(texts), 256)."""
        vectors = np.zeros((len(texts), _DIMENSIONS), dtype=np.float32)
        for row, text in zip(vectors, texts, strict=True):
            for word, count in sorted(Counter(_WORD.findall(text.lower())).items()):
                position, sign = _slot(word)
                # A word said five times does not make a text five times as much about it.
                row[position] += sign * np.log1p(count)
            length = np.linalg.norm(row)
            if length > 0:
                row /= length
        return vectors


@lru_cache(maxsize=65536)
def _slot(word: str) -> tuple[int, int]:
    digest = hashlib.blake2b(word.encode(errors="surrogatepass"), digest_size=4).digest()
    return int.from_bytes(digest[:2], "big") % _DIMENSIONS, 1 if digest[2] & 1 else -1
