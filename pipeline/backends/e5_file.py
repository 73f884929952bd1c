"""The file that multilingual-e5-small comes in: its pieces and its weights, four bits each."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]

_MAGIC: Final = b"E5S1"
_HEADER: Final = struct.Struct("<4sI7ifi")  # magic, version; six sizes and the token types; epsilon, weights in a group
_VOCABULARY: Final = struct.Struct("<5iQ")  # pieces; start, end, padding, unknown; bytes of their spellings
_TENSOR: Final = struct.Struct("<BIQQ")  # kind, numbers; where it begins, bytes
# Weights that share a scale. A block is the scale in float16, then two weights a byte, the first 16 in the low halves,
# each with 8 added (GGML's Q4_0, https://github.com/ggml-org/ggml).
_GROUP: Final = 32
_BLOCK: Final = np.dtype([("scale", "<f2"), ("weights", "u1", (_GROUP // 2,))])
_PACKED: Final = 1


@dataclass(frozen=True, slots=True)
class E5File:
    """What is in the file; tensors stay packed in it until they are asked for."""

    width: int
    """Of the states; `heads` share it."""
    inner: int
    """Width between the two matrices after the attention."""
    layers: int
    heads: int
    positions: int
    """Most tokens that are read together."""
    epsilon: float
    start: int
    end: int
    unknown: int
    pieces: tuple[tuple[str, float], ...]
    """Spelling and score of each piece, in the order of their numbers."""
    normalisation: Mapping[int, str]
    """What stands for a character before the text is cut into pieces, as `str.translate` takes it."""
    _tensors: Mapping[str, NDArray[Any]]

    def plain(self, name: str) -> Matrix:
        """A tensor of float32, flat.

        Raises:
            KeyError: there is none of the name.
        """
        return self._tensors[name]

    def weights(self, name: str, width: int, rows: NDArray[np.int64] | slice = slice(None)) -> Matrix:
        """Rows of a packed matrix of `width` columns.

        Raises:
            KeyError: there is none of the name.
        """
        blocks = self._tensors[name].reshape(-1, width // _GROUP)[rows]
        halves = blocks["weights"]
        numbers = np.concatenate([halves & 0x0F, halves >> 4], axis=-1).astype(np.float32) - 8
        return (numbers * blocks["scale"][..., None].astype(np.float32)).reshape(len(blocks), width)


def read(path: Path) -> E5File:
    """Open the file.

    Raises:
        OSError: it cannot be read.
        ValueError: it is another file, or ends too early.
    """
    with path.open("rb") as file:
        data = mmap(file.fileno(), 0, access=ACCESS_READ)
    try:
        return _read(data)
    except (struct.error, UnicodeDecodeError, OverflowError) as error:
        raise ValueError(f"not a whole file of its kind: {error}") from error


def _read(data: mmap) -> E5File:
    magic, version, width, layers, heads, inner, _, positions, _, epsilon, group = _HEADER.unpack_from(data)
    if (magic, version, group) != (_MAGIC, 1, _GROUP):
        raise ValueError("not a file of E5 in four bits")
    at = _HEADER.size
    count, start, end, _, unknown, size = _VOCABULARY.unpack_from(data, at)
    at += _VOCABULARY.size
    offsets = np.frombuffer(data, "<u4", count + 1, at).tolist()
    at += 4 * (count + 1)
    scores = np.frombuffer(data, "<f4", count, at).tolist()
    at += 4 * count
    pieces = [data[at + first : at + last].decode() for first, last in pairwise(offsets)]
    normalisation, at = _normalisation(data, at + size)
    return E5File(
        width=width, inner=inner, layers=layers, heads=heads, positions=positions, epsilon=epsilon, start=start,
        end=end, unknown=unknown, pieces=tuple(zip(pieces, scores, strict=True)),
        normalisation=normalisation, _tensors=_tensors(data, at),
    )  # fmt: skip


def _normalisation(data: mmap, at: int) -> tuple[dict[int, str], int]:
    """The table, and where it ends: a code point, how many come in its place, and these."""
    count, size = struct.unpack_from("<iI", data, at)
    end = at + 8 + size
    at += 8
    found = {}
    for _ in range(count):
        code, length = struct.unpack_from("<IB", data, at)
        found[code] = "".join(map(chr, struct.unpack_from(f"<{length}I", data, at + 5)))
        at += 5 + 4 * length
    return found, end


def _tensors(data: mmap, at: int) -> dict[str, NDArray[Any]]:
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    found: dict[str, NDArray[Any]] = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        at += 2 + length
        kind, numbers, begin, _ = _TENSOR.unpack_from(data, at)
        at += _TENSOR.size
        if kind == _PACKED:
            found[name] = np.frombuffer(data, _BLOCK, numbers // _GROUP, begin)
        else:
            found[name] = np.frombuffer(data, "<f4", numbers, begin)
    return found
