"""Sentence vectors across languages with the Universal Sentence Encoder, multilingual, version 3."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pipeline.backends.codec import clean, unusable
from pipeline.errors import BackendError

WEIGHTS: Final = "weights.npz"
PIECES: Final = "sp.model"

# Widths of the convolutions, as the weights are named, and how many of the words that each sees lie before its own.
_WIDTHS: Final = {2: 0, 3: 1, 5: 2}
# Rows of zeros after a sentence, so that no convolution sees the next: as many as the widest looks to one side.
_GAP: Final = 2
# A page of text; the network itself has no limit, the memory of a machine has.
_MAX_TOKENS: Final = 1024
# Tokens read together. 64 to 512 are about as quick (a processor with 1 MiB of second-level cache).
_BATCH_TOKENS: Final = 384

Matrix = NDArray[np.float32]


class UniversalEncoder:
    """Implements `Embedder`: convolutions over groups of two, three and five pieces beside the pieces themselves,
    summed, and three dense layers (Yang et al. 2019, https://arxiv.org/abs/1907.04307, the CNN encoder; layer by layer
    as in Google's published model, whose weights the folder holds with the table of the pieces in 8 bits).

    Args:
        path: folder with `weights.npz` and the SentencePiece model `sp.model`.
        identity: name of the model for the cache key, such as "use-multilingual-v3@0db566fd".

    Raises:
        BackendError: the folder holds no model that can be loaded.
    """

    def __init__(self, path: Path, identity: str) -> None:
        self.identity = identity
        for name in (WEIGHTS, PIECES):
            if not (path / name).is_file():
                raise BackendError(f"{identity}: no model in {path}")
        import sentencepiece

        try:
            self._pieces: Any = sentencepiece.SentencePieceProcessor(model_file=str(path / PIECES))
            self._read(path / WEIGHTS)
        except (OSError, ValueError, KeyError, RuntimeError, zipfile.BadZipFile) as error:
            raise unusable(path, identity, str(error)) from error

    def embed(self, texts: Sequence[str]) -> Matrix:
        """Unit vectors, shape (len(texts), 512); a text is read up to 1,024 pieces."""
        vectors = np.zeros((len(texts), self._layers["d3"].shape[1]), dtype=np.float32)
        tokens = self._pieces.encode([clean(text) for text in texts], add_bos=True, add_eos=True)
        for batch in _batches([min(len(ids), _MAX_TOKENS) for ids in tokens]):
            vectors[batch] = self._vectors([np.array(tokens[index][:_MAX_TOKENS]) for index in batch])
        return vectors

    def _read(self, path: Path) -> None:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as found:
            layers = {name: found[name] for name in found.files if not _is_block(name)}
            blocks = sum(map(_is_block, found.files))
            # The table comes in blocks that were rounded apart: row p of it is row p // blocks of block p % blocks.
            rows, width = found["q1"].shape
            self._table = np.empty((rows * blocks, width), dtype=np.uint8)
            for block in range(blocks):
                self._table[block::blocks] = found[f"q{block + 1}"]
        self._scale, self._low = layers.pop("scale"), layers.pop("lo")
        self._epsilon = float(layers.pop("eps"))
        # One matrix for each word that a convolution sees.
        for width in _WIDTHS:
            for layer in ("w1", "w2"):
                layers[f"{layer}_{width}"] = layers[f"{layer}_{width}"].reshape(width, -1, layers["proj2"].shape[1])
        self._layers: dict[str, Matrix] = layers

    def _vectors(self, sentences: Sequence[NDArray[np.int64]]) -> Matrix:
        """Unit vectors of sentences of at least one token, read as one text with gaps of zeros."""
        layers = self._layers
        lengths = np.array([len(ids) for ids in sentences])
        starts = np.cumsum(lengths + _GAP) - lengths - _GAP
        inside = np.zeros((int(lengths.sum() + _GAP * len(lengths)), 1), dtype=np.float32)
        rows = np.concatenate([start + np.arange(length) for start, length in zip(starts, lengths, strict=True)])
        inside[rows] = 1
        words = self._words(np.concatenate(sentences), rows, len(inside))
        parts = [words, *(self._convolved(words, width, inside) for width in _WIDTHS)]
        states = self._normalised(np.concatenate(parts, axis=1), layers["ln_g"], layers["ln_b"]) * inside
        # The projection is linear: one row for each sentence is what it has to be done on.
        sums = np.add.reduceat(states, starts, axis=0) @ layers["cnn_W"] + lengths[:, None] * layers["cnn_b"]
        return self._dense(sums / np.sqrt(lengths, dtype=np.float32)[:, None])

    def _words(self, ids: NDArray[np.int64], rows: NDArray[np.int64], length: int) -> Matrix:
        block = ids % len(self._scale)
        words = np.zeros((length, self._table.shape[1]), dtype=np.float32)
        words[rows] = self._table[ids] * self._scale[block, None] + self._low[block, None]
        return words

    def _convolved(self, words: Matrix, width: int, inside: Matrix) -> Matrix:
        """What one of the convolutions makes of the words: two layers, each added to what it read."""
        layers = self._layers
        states = words @ layers[f"proj{width}"] + layers[f"proj_b{width}"]
        states = self._normalised(states, layers[f"ln_g{width}"], layers[f"ln_b{width}"]) * inside
        for layer in ("1", "2"):
            seen = np.pad(states, ((_WIDTHS[width], width - 1 - _WIDTHS[width]), (0, 0)))
            found = layers[f"b{layer}_{width}"] + sum(
                seen[place : place + len(states)] @ matrix for place, matrix in enumerate(layers[f"w{layer}_{width}"])
            )
            states = (states + np.maximum(found, 0)) * inside
        return states

    def _normalised(self, states: Matrix, gain: Matrix, bias: Matrix) -> Matrix:
        states = states - states.mean(axis=1, keepdims=True)
        spread = np.sqrt(np.square(states).mean(axis=1, keepdims=True) + self._epsilon)
        normalised: Matrix = states / spread * gain + bias
        return normalised

    def _dense(self, states: Matrix) -> Matrix:
        layers = self._layers
        first = np.maximum(states @ layers["d0"], 0)
        second = np.maximum(first @ layers["d1"] + states @ layers["p1"], 0)
        third = np.maximum(second @ layers["d2"], 0)
        last = np.tanh(third @ layers["d3"] + second @ layers["p3"])
        vectors: Matrix = last / np.linalg.norm(last, axis=1, keepdims=True).clip(self._epsilon)
        return vectors


def _is_block(name: str) -> bool:
    return name[0] == "q" and name[1:].isdecimal()


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Indices in batches of few tokens: there is no padding that sorting would save."""
    batch: list[int] = []
    size = 0
    for index, length in enumerate(lengths):
        if batch and size + length > _BATCH_TOKENS:
            yield batch
            batch, size = [], 0
        batch.append(index)
        size += length
    if batch:
        yield batch
