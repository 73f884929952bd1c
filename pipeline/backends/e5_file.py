"""The file that multilingual-e5-small comes in: its pieces and its weights, four bits each."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]

_MAGIC: Final = b"E5S1"
_HEADER: Final = struct.Struct("<4sI7ifi")  # magic, version; six sizes and the token types; epsilon, weights in a group
_VOCABULARY: Final = struct.Struct("<5iQ")  # pieces; start, end, padding, unknown; bytes of their spellings
_TENSOR: Final = struct.Struct("<BIQQ")  # kind, numbers; where it begins, bytes
# Weights that share a scale. A block is the scale in float16, then two weights a byte, the low halves the first 16, each
# with 8 added (GGML's Q4_0, https://github.com/ggml-org/ggml).
_GROUP: Final = 32
_BLOCK: Final = np.dtype([("scale", "<f2"), ("weights", "u1", (_GROUP // 2,))])
_PACKED: Final = 1


@dataclass(frozen=True, slots=True)
class E5File:
    """What is in the file; tensors stay packed in it until they are asked for."""

    width: int
    """Of the states; `heads` share it."""
    layers: int
    heads: int
    positions: int
    """Most tokens that are read together."""
    epsilon: float
    start: int
    end: int
    padding: int
    unknown: int
    pieces: tuple[tuple[str, float], ...]
    """Spelling and score of each piece, in the order of their numbers."""
    normalisation: Mapping[int, str]
    """What stands for a character before the text is cut into pieces, as `str.translate` takes it."""
    _tensors: Mapping[str, NDArray[np.void]]

    def plain(self, name: str, width: int = -1) -> Matrix:
        """A tensor of float32 with rows of `width`, by default one.

        Raises:
            KeyError: there is none of the name.
        """
        return self._tensors[name].view("<f4").reshape(-1, width) if width > 0 else self._tensors[name].view("<f4")

    def size(self, name: str) -> int:
        """Weights in a packed tensor."""
        return self._tensors[name].size // _BLOCK.itemsize * _GROUP

    def weights(self, name: str, width: int, rows: NDArray[np.int64] | slice = slice(None)) -> Matrix:
        """Rows of a packed matrix of `width` columns, unpacked.

        Raises:
            KeyError: there is none of the name.
        """
        blocks = self._tensors[name].view(_BLOCK).reshape(-1, width // _GROUP)[rows]
        packed = blocks["weights"]
        found = np.concatenate([packed & 0x0F, packed >> 4], axis=-1).astype(np.float32) - 8
        return (found * blocks["scale"][..., None].astype(np.float32)).reshape(len(blocks), width)


def read(path: Path) -> E5File:
    """Open the file.

    Raises:
        OSError: it cannot be read.
        ValueError: it is another file, or ends too early.
    """
    data = np.memmap(path, np.uint8, "r")
    try:
        return _read(data)
    except (struct.error, UnicodeDecodeError, IndexError) as error:
        raise ValueError(f"not a whole file of its kind: {error}") from error


def _read(data: NDArray[np.uint8]) -> E5File:
    magic, version, width, layers, heads, _, _, positions, _, epsilon, group = _HEADER.unpack_from(data)
    if (magic, version, group) != (_MAGIC, 1, _GROUP):
        raise ValueError("not a file of E5 in four bits")
    at = _HEADER.size
    count, start, end, padding, unknown, size = _VOCABULARY.unpack_from(data, at)
    at += _VOCABULARY.size
    offsets = data[at : at + 4 * count + 4].view("<u4").tolist()
    at += 4 * count + 4
    scores = data[at : at + 4 * count].view("<f4").tolist()
    at += 4 * count
    spellings = data[at : at + size].tobytes()
    at += size
    pieces = [spellings[first:last].decode() for first, last in zip(offsets, offsets[1:], strict=False)]
    normalisation, at = _normalisation(data, at)
    return E5File(
        width=width, layers=layers, heads=heads, positions=positions, epsilon=epsilon, start=start, end=end,
        padding=padding, unknown=unknown, pieces=tuple(zip(pieces, scores, strict=True)), normalisation=normalisation,
        _tensors=_tensors(data, at),
    )  # fmt: skip


def _normalisation(data: NDArray[np.uint8], at: int) -> tuple[dict[int, str], int]:
    """The table, and where it ends: a code point, the number of those in its place, and these."""
    count, size = struct.unpack_from("<iI", data, at)
    at += 8
    table = data[at : at + size].tobytes()
    found, place = {}, 0
    for _ in range(count):
        code, length = struct.unpack_from("<IB", table, place)
        found[code] = "".join(map(chr, struct.unpack_from(f"<{length}I", table, place + 5)))
        place += 5 + 4 * length
    return found, at + size


def _tensors(data: NDArray[np.uint8], at: int) -> dict[str, NDArray[np.void]]:
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    found: dict[str, NDArray[np.void]] = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].tobytes().decode()
        at += 2 + length
        kind, numbers, begin, size = _TENSOR.unpack_from(data, at)
        at += _TENSOR.size
        if size != (numbers // _GROUP * _BLOCK.itemsize if kind == _PACKED else 4 * numbers) or begin + size > len(data):
            raise ValueError(f"the tensor {name} is not whole")
        found[name] = np.asarray(data[begin : begin + size])
    return found
