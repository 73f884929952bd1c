"""From a backend's name to the backend."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.backends import Decoding, Segment, load
from pipeline.backends.families import Family
from pipeline.config import Translate
from pipeline.errors import BackendError
from pipeline.models import registry
from pipeline.models.entry import Entry
from tests.backends.conftest import Engine, Tiny

KINDS = {
    "translate": load.load_translator,
    "embed": load.load_embedder,
    "entities": load.load_entities,
    "adequacy": load.load_embedder,
}


@pytest.mark.parametrize("task", list(KINDS))
def test_an_unknown_backend_is_named(tmp_path: Path, task: str) -> None:
    with pytest.raises(BackendError, match="m@1: no backend 'abacus' for"):
        _load(task, "abacus", None, tmp_path)


LOADED = [entry for entry in registry.load().model if entry.task != "dictionary"]


@pytest.mark.parametrize("entry", LOADED, ids=lambda entry: entry.name)
def test_every_backend_of_the_registry_exists(tmp_path: Path, entry: Entry) -> None:
    # The folder is empty: what fails is the model, not the way to it.
    with pytest.raises(BackendError) as caught:
        _load(entry.task, entry.backend, entry.family, tmp_path)
    assert "no backend" not in str(caught.value)
    assert str(tmp_path) in str(caught.value)


@pytest.mark.parametrize("family", ["marian", "instruct"])
def test_both_engines_are_loaded_by_name(tiny: Tiny, engine: Engine, family: Family) -> None:
    settings = Translate(threads=1, device="cpu")
    translator = load.load_translator(engine, family, tiny.folder(engine, family), "tiny@1", settings)
    assert type(translator).__module__ == f"pipeline.backends.{engine}_"
    assert translator.identity == "tiny@1"
    assert len(translator.translate([Segment("학교", "ko")], Decoding())) == 1


def test_the_portuguese_model(portuguese: Path) -> None:
    translator = load.load_translator("firefox", None, portuguese, "pt@1", Translate(threads=1))
    assert translator.identity == "pt@1"
    (answer,) = translator.translate([Segment("Bom dia.", "pt")], Decoding())
    assert "morning" in answer.text.lower()


def _load(task: str, backend: str, family: Family | None, path: Path) -> object:
    if task == "translate":
        return load.load_translator(backend, family, path, "m@1", Translate())
    if task == "entities":
        return load.load_entities(backend, path, "m@1")
    return load.load_embedder(backend, path, "m@1")
