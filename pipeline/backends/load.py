"""From a backend's name to the backend: the only place that knows which module holds which engine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.backends import Embedder, EntityRecogniser, Translator
from pipeline.backends.families import Family
from pipeline.backends.precision import resolve_compute_type, uses_cuda
from pipeline.config import Translate
from pipeline.errors import BackendError


def load_translator(backend: str, family: Family | None, path: Path, identity: str, settings: Translate) -> Translator:
    """Load a translation model; engines are imported here, when first needed.

    Raises:
        BackendError: unknown backend, or the model cannot be loaded.
        ConfigError: the backend does not know `translate.compute_type` or `translate.device`.
    """
    if backend in ("ctranslate2", "transformers") and family is not None:
        how: dict[str, Any] = {
            "compute_type": resolve_compute_type(backend, settings.compute_type, settings.device),
            "threads": settings.threads,
            "cuda": uses_cuda(backend, settings.device),
        }
        if backend == "transformers":
            from pipeline.backends import transformers_

            if family == "instruct":
                return transformers_.InstructTranslator(path, identity, **how)
            return transformers_.Seq2SeqTranslator(family, path, identity, **how)
        from pipeline.backends import ctranslate2_

        if family == "instruct":
            return ctranslate2_.InstructTranslator(path, identity, **how)
        return ctranslate2_.Seq2SeqTranslator(family, path, identity, **how)
    if backend == "openvino" and family == "instruct":
        resolve_compute_type(backend, settings.compute_type, settings.device)
        from pipeline.backends.openvino_ import InstructTranslator

        return InstructTranslator(path, identity, threads=settings.threads)
    if backend == "firefox":
        from pipeline.backends.firefox import FirefoxTranslator

        return FirefoxTranslator(path, identity, threads=settings.threads)
    raise BackendError(f"{identity}: no backend {backend!r} for translation")


def load_embedder(backend: str, path: Path, identity: str, threads: int = 0) -> Embedder:
    """Load an embedding model: of English, or one that compares a translation with its source.

    Args:
        threads: processor threads, 0 for all cores, where the engine can be told.

    Raises:
        BackendError: unknown backend, or the model cannot be loaded.
    """
    if backend == "minilm":
        from pipeline.backends.embeddings import MiniLM

        return MiniLM(path, identity)
    if backend == "universal":
        from pipeline.backends.universal import UniversalEncoder

        return UniversalEncoder(path, identity)
    if backend == "e5":
        from pipeline.backends.e5 import E5

        return E5(path, identity, threads=threads)
    raise BackendError(f"{identity}: no backend {backend!r} for embeddings")


def load_entities(backend: str, path: Path, identity: str) -> EntityRecogniser:
    """Load an entity recogniser.

    Raises:
        BackendError: unknown backend, or the model cannot be loaded.
    """
    if backend == "spacy":
        from pipeline.backends.entities import SpacyEntities

        return SpacyEntities(path, identity)
    raise BackendError(f"{identity}: no backend {backend!r} for entities")
