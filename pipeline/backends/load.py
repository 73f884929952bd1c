"""From a backend's name to the backend: the only place that knows which module holds which engine."""

from __future__ import annotations

from pathlib import Path

from pipeline.backends import Embedder, EntityRecogniser, Translator
from pipeline.backends.families import Family
from pipeline.config import Translate
from pipeline.errors import BackendError


def load_translator(backend: str, family: Family | None, path: Path, identity: str, settings: Translate) -> Translator:
    """Load a translation model; engines are imported here, when first needed.

    Raises:
        BackendError: unknown backend, or the model cannot be loaded.
    """
    if backend == "ctranslate2" and family == "instruct":
        from pipeline.backends.instruct import InstructTranslator

        return InstructTranslator(
            path,
            identity,
            compute_type=settings.compute_type,
            threads=settings.threads,
            device=settings.device,
        )
    if backend == "firefox":
        from pipeline.backends.firefox import FirefoxTranslator

        return FirefoxTranslator(path, identity, threads=settings.threads)
    raise BackendError(f"{identity}: no backend {backend!r} for translation")


def load_embedder(backend: str, path: Path, identity: str) -> Embedder:
    """Load an embedding model.

    Raises:
        BackendError: unknown backend, or the model cannot be loaded.
    """
    if backend == "minilm":
        from pipeline.backends.embeddings import MiniLM

        return MiniLM(path, identity)
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
