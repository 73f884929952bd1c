"""Firefox Translations (Bergamot) models through the `fxtranslate` engine."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pipeline.backends import Decoding, Hypothesis, Segment
from pipeline.errors import BackendError


class FirefoxTranslator:
    """Implements `Translator` for one language pair; the engine gives no scores and always decodes greedily.

    Args:
        path: folder with `model.*.bin`, `vocab.*.spm` (or `srcvocab.*` and `trgvocab.*`), perhaps `lex.*.bin`.
        identity: name and revision, for the cache key.
        threads: sentences translated at the same time, 0 for one a core.

    Raises:
        BackendError: the folder does not hold a usable model.
    """

    def __init__(self, path: Path, identity: str, *, threads: int) -> None:
        import fxtranslate

        self.identity = identity
        self._threads = threads or os.cpu_count() or 1
        try:
            source = _one(path, "srcvocab.*.spm", "vocab.*.spm")
            target = _one(path, "trgvocab.*.spm", "vocab.*.spm")
            self._engine = fxtranslate.Translator(_one(path, "model.*.bin"), source, target, _maybe(path, "lex.*.bin"))
        except (OSError, ValueError) as error:
            raise BackendError(f"{path}: the model cannot be loaded: {error}") from error

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """An estimate, good enough to sort by length: the engine keeps its tokenizer to itself."""
        return [1 + len(text.encode()) // 4 for text in texts]

    def translate(self, segments: Sequence[Segment], decoding: Decoding) -> list[Hypothesis]:
        texts = [segment.text for segment in segments]
        try:
            with ThreadPoolExecutor(self._threads) as pool:
                return [Hypothesis(text.strip()) for text in pool.map(self._engine.translate, texts)]
        except ValueError as error:
            raise BackendError(f"{self.identity}: the engine failed: {error}") from error


def _maybe(path: Path, *patterns: str) -> bytes | None:
    for pattern in patterns:
        for file in sorted(path.glob(pattern)):
            return file.read_bytes()
    return None


def _one(path: Path, *patterns: str) -> bytes:
    found = _maybe(path, *patterns)
    if found is None:
        raise ValueError(f"no {' or '.join(patterns)} in it")
    return found
