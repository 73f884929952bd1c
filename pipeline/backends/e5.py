"""Sentence vectors across languages with multilingual-e5-small, run by OpenVINO."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from pipeline.backends.codec import clean, unusable
from pipeline.backends.e5_file import E5File, Matrix, read
from pipeline.backends.embeddings import batches
from pipeline.backends.openvino_ import libraries, packed
from pipeline.errors import BackendError

FILE: Final = "e5-small-q4.bin"

# What its authors put before both texts where their meanings are compared.
_PREFIX: Final = "query: "
_SPACES: Final = re.compile(" {2,}")
_MASKED: Final = -65504.0
# Tokens read together, padding included: above 512 it becomes slower (processors with 1 MiB of second-level cache).
_BATCH_TOKENS: Final = 512
# Activations that share a scale; the cosine with what float32 gives is 0.9994 at the lowest, with 384 it is 0.9987.
_ACTIVATION_GROUP: Final = 128


class E5:
    """Implements `Embedder`: the mean of the last states of a BERT of twelve layers (Wang et al. 2024, Multilingual E5
    Text Embeddings, https://arxiv.org/abs/2402.05672). The weights, of four bits in the file, are rounded to int8.

    The cosines lie close together, about 0.75 to 0.95.

    Args:
        path: folder with `e5-small-q4.bin`.
        identity: name of the model for the cache key, such as "multilingual-e5-small@f4b89df3".
        threads: processor threads, 0 for all cores.

    Raises:
        BackendError: the folder holds no model that can be loaded.
    """

    def __init__(self, path: Path, identity: str, *, threads: int = 0) -> None:
        if not (path / FILE).is_file():
            raise BackendError(f"{identity}: no model in {path}")
        self.identity = identity
        _, openvino = libraries()
        settings = {
            "INFERENCE_NUM_THREADS": threads,
            # What a text is to it must not depend on whether the processor has bfloat16.
            "INFERENCE_PRECISION_HINT": "f32",
            "PERFORMANCE_HINT": "LATENCY",
            "DYNAMIC_QUANTIZATION_GROUP_SIZE": _ACTIVATION_GROUP,
        }
        try:
            self._file = read(path / FILE)
            self._tokenizer = _tokenizer(self._file)
            self._network: Any = openvino.Core().compile_model(_Encoder(self._file).build(), "CPU", settings)
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            raise unusable(path, identity, str(error)) from error
        # All tokens are of one type, the first.
        width = self._file.width
        self._positions = self._file.plain("emb.pos").reshape(-1, width) + self._file.plain("emb.type")[:width]

    def embed(self, texts: Sequence[str]) -> Matrix:
        """Unit vectors, shape (len(texts), 384); a text is read up to 512 pieces."""
        vectors = np.zeros((len(texts), self._file.width), dtype=np.float32)
        tokens = [self._numbers(text) for text in texts]
        for batch in batches([len(ids) for ids in tokens], _BATCH_TOKENS):
            width = max(len(tokens[index]) for index in batch)
            states = np.zeros((len(batch), width, self._file.width), dtype=np.float32)
            mask = np.zeros((len(batch), width), dtype=np.float32)
            for row, index in enumerate(batch):
                length = len(tokens[index])
                words = self._file.weights("emb.word", self._file.width, np.array(tokens[index]))
                states[row, :length] = words + self._positions[:length]
                mask[row, :length] = 1
            means = self._network([states, mask])[0]
            vectors[batch] = means / np.linalg.norm(means, axis=1, keepdims=True)
        return vectors

    def _numbers(self, text: str) -> list[int]:
        file = self._file
        plain = _SPACES.sub(" ", (_PREFIX + clean(text)).translate(file.normalisation))
        ids: list[int] = self._tokenizer.encode(plain, add_special_tokens=False).ids
        return [file.start, *ids[: file.positions - 2], file.end]


def _tokenizer(file: E5File) -> Any:
    from tokenizers import Tokenizer
    from tokenizers.models import Unigram
    from tokenizers.pre_tokenizers import Metaspace

    tokenizer = Tokenizer(Unigram(list(file.pieces), unk_id=file.unknown))
    tokenizer.pre_tokenizer = Metaspace()
    return tokenizer


class _Encoder:
    """Builds the graph. Shapes: batch B, tokens S, heads N of size D, hidden size H."""

    def __init__(self, file: E5File) -> None:
        from openvino import opset13

        self._op: Any = opset13
        self._file = file

    def build(self) -> Any:
        """From the sums of the embeddings (B, S, H) and the mask (B, S), 1 for a token, to the means (B, H)."""
        from openvino import Model

        op, file = self._op, self._file
        embedded = op.parameter([-1, -1, file.width], np.float32)
        mask = op.parameter([-1, -1], np.float32)
        padding = op.subtract(self._number(1.0), op.unsqueeze(mask, self._ints(1, 2)))
        hidden = op.multiply(padding, self._number(_MASKED))
        state = self._norm(embedded, "emb.ln")
        for layer in range(file.layers):
            state = self._norm(op.add(state, self._attention(state, layer, hidden)), f"l{layer}.aln")
            wide = op.gelu(self._linear(state, f"l{layer}.fi"), "erf")
            state = self._norm(op.add(state, self._linear(wide, f"l{layer}.fo")), f"l{layer}.oln")
        weight = op.unsqueeze(mask, self._ints(2))
        total = op.reduce_sum(op.multiply(state, weight), self._ints(1))
        return Model([op.result(op.divide(total, op.reduce_sum(weight, self._ints(1))))], [embedded, mask])

    def _attention(self, state: Any, layer: int, hidden: Any) -> Any:
        op = self._op
        query, key, value = (self._split(self._linear(state, f"l{layer}.{part}")) for part in "qkv")
        seen = op.scaled_dot_product_attention(query, key, value, hidden)
        joined = op.reshape(op.transpose(seen, self._ints(0, 2, 1, 3)), self._ints(0, 0, self._file.width), True)
        return self._linear(joined, f"l{layer}.ao")

    def _split(self, state: Any) -> Any:
        """(B, S, H) to (B, N, S, D)."""
        shape = self._ints(0, 0, self._file.heads, self._file.width // self._file.heads)
        return self._op.transpose(self._op.reshape(state, shape, True), self._ints(0, 2, 1, 3))

    def _norm(self, state: Any, name: str) -> Any:
        op = self._op
        even = op.mvn(state, self._ints(-1), True, self._file.epsilon, "inside_sqrt")
        return op.add(op.multiply(even, self._vector(f"{name}.w")), self._vector(f"{name}.b"))

    def _linear(self, state: Any, name: str) -> Any:
        op = self._op
        # Only one matrix reads what is wide.
        width = self._file.inner if name.endswith(".fo") else self._file.width
        weight = self._file.weights(f"{name}.w", width)
        return op.add(op.matmul(state, packed(weight), False, True), self._vector(f"{name}.b"))

    def _vector(self, name: str) -> Any:
        return self._op.constant(np.array(self._file.plain(name)).reshape(1, 1, -1))

    def _ints(self, *values: int) -> Any:
        return self._op.constant(np.array(values, np.int64))

    def _number(self, value: float) -> Any:
        return self._op.constant(np.array(value, np.float32))
