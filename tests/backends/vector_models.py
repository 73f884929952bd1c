"""Tiny models of the two kinds that compare a translation with its source: true architecture, random weights."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.backends import e5, universal
from tests.backends import checkpoints

WIDTH, NARROW, BLOCKS = 24, 8, 3
"""Of the universal encoder: width of the words and of the convolutions, blocks of the table."""
STATES, INNER, LAYERS, HEADS, POSITIONS = 64, 128, 2, 4, 32
"""Of E5."""
PIECES = ("<s>", "<pad>", "</s>", "<unk>", "▁", "▁query", ":", "▁plan", "▁new", "n", "e", "w", "学", "校", ".")


def write_universal(folder: Path) -> Path:
    random = np.random.default_rng(5)

    def some(*shape: int) -> Any:
        return random.normal(0, 0.3, shape).astype(np.float32)

    rows = -(-len(checkpoints.sentencepiece(folder / universal.PIECES, 300)) // BLOCKS)
    weights: dict[str, Any] = {
        f"q{block + 1}": random.integers(0, 256, (rows, WIDTH), np.uint8) for block in range(BLOCKS)
    }
    weights |= {"scale": np.full(BLOCKS, 0.01, np.float32), "lo": np.linspace(-1.4, -1.2, BLOCKS, dtype=np.float32)}
    weights |= {"bits": np.array([8], np.int8), "eps": np.array(1e-12)}
    for width in (2, 3, 5):
        weights |= {f"proj{width}": some(WIDTH, NARROW), f"proj_b{width}": some(NARROW)}
        weights |= {f"ln_g{width}": some(NARROW), f"ln_b{width}": some(NARROW)}
        weights |= {f"{layer}_{width}": some(width * NARROW, NARROW) for layer in ("w1", "w2")}
        weights |= {f"{layer}_{width}": some(NARROW) for layer in ("b1", "b2")}
    wide = WIDTH + 3 * NARROW
    weights |= {"ln_g": some(wide), "ln_b": some(wide), "cnn_W": some(wide, WIDTH), "cnn_b": some(WIDTH)}
    weights |= {"d0": some(WIDTH, 16), "d1": some(16, 16), "p1": some(WIDTH, 16)}
    weights |= {"d2": some(16, WIDTH), "d3": some(WIDTH, WIDTH), "p3": some(16, WIDTH)}
    np.savez(folder / universal.WEIGHTS, **weights)
    return folder


def write_e5(folder: Path) -> tuple[Path, dict[str, Any]]:
    """The folder, and the weights as they are in the file after rounding."""
    random = np.random.default_rng(6)
    shapes: dict[str, tuple[int, ...]] = {
        "emb.word": (len(PIECES), STATES), "emb.pos": (POSITIONS * STATES,), "emb.type": (STATES,),
        "emb.ln.w": (STATES,), "emb.ln.b": (STATES,),
    }  # fmt: skip
    for layer in range(LAYERS):
        for name, rows, columns in (
            *((part, STATES, STATES) for part in ("q", "k", "v", "ao")),
            ("fi", INNER, STATES),
            ("fo", STATES, INNER),
        ):
            shapes |= {f"l{layer}.{name}.w": (rows, columns), f"l{layer}.{name}.b": (rows,)}
        shapes |= {f"l{layer}.{norm}.{part}": (STATES,) for norm in ("aln", "oln") for part in "wb"}
    weights, packed = {}, {}
    for name, shape in shapes.items():
        values = random.normal(1.0 if "ln.w" in name else 0.0, 0.3, shape).astype(np.float32)
        weights[name], packed[name] = _quantised(values) if len(shape) == 2 else (values, values.tobytes())
    spellings = [piece.encode() for piece in PIECES]
    offsets = np.cumsum([0, *map(len, spellings)], dtype=np.uint32)
    scores = np.array([0, 0, 0, 0, *(-1.0 - number / 10 for number in range(len(PIECES) - 4))], np.float32)
    # A full-width letter is another, a soft hyphen nothing.
    normalisation = struct.pack("<IBI", ord("ｎ"), 1, ord("n")) + struct.pack("<IB", 0xAD, 0)
    head = struct.pack(
        "<4sI7ifi", b"E5S1", 1, STATES, LAYERS, HEADS, INNER, len(PIECES), POSITIONS, 1, 1e-12, 32
    )  # fmt: skip
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, len(b"".join(spellings)))
    head += offsets.tobytes() + scores.tobytes() + b"".join(spellings)
    head += struct.pack("<iI", 2, len(normalisation)) + normalisation + struct.pack("<i", len(packed))
    begin = len(head) + sum(2 + len(name) + 21 for name in packed)
    begin += -begin % 64
    directory, body = b"", b""
    for name, data in packed.items():
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", len(shapes[name]) == 2, weights[name].size, begin + len(body), len(data))
        body += data + bytes(-len(data) % 64)
    (folder / e5.FILE).write_bytes((head + directory).ljust(begin, b"\0") + body)
    return folder, weights


def _quantised(values: Any) -> tuple[Any, bytes]:
    groups = values.reshape(-1, 32)
    scales = (np.abs(groups).max(axis=1, keepdims=True) / 7).astype(np.float16)
    numbers = np.clip(np.rint(groups / scales.astype(np.float32)), -8, 7).astype(np.int8)
    halves = (numbers + 8).astype(np.uint8)
    blocks = np.concatenate([scales.view(np.uint8), halves[:, :16] | halves[:, 16:] << 4], axis=1)
    return (numbers * scales.astype(np.float32)).reshape(values.shape), blocks.tobytes()
