from pathlib import Path

import pytest

from pipeline.errors import BackendError, ModelMissing
from pipeline.models.manifest import InstalledModel
from pipeline.models.store import ModelStore, default_root
from tests.models.conftest import VECTORS, registry_of


def install(store: ModelStore, content: bytes = b"vectors") -> InstalledModel:
    (entry,) = registry_of(VECTORS).model
    with store.installing(entry.name) as workspace:
        (workspace.staging / "sub").mkdir()
        (workspace.staging / "model.bin").write_bytes(content)
        (workspace.staging / "sub" / "config.json").write_bytes(b"{}")
        workspace.commit(entry, source="a test")
    return store.installed()[entry.name]


def test_an_empty_store_has_nothing_and_creates_nothing(store: ModelStore) -> None:
    assert store.installed() == {}
    assert not store.root.exists()
    with pytest.raises(ModelMissing, match="worldbrief models get vectors"):
        store.open("vectors")


def test_an_installed_model_says_what_it_is(store: ModelStore) -> None:
    model = install(store)
    assert store.open("vectors") == model
    assert model.path == store.root / "vectors"
    assert sorted(model.files) == ["model.bin", "sub/config.json"]
    assert model.size == 9
    assert model.identity == f"vectors@{model.sha256[:12]}"
    assert (model.task, model.backend, model.languages, model.source) == ("embed", "minilm", ("en",), "a test")


def test_the_identity_follows_the_content(store: ModelStore, tmp_path: Path) -> None:
    first = install(store).identity
    assert install(ModelStore(tmp_path / "other")).identity == first
    assert install(ModelStore(tmp_path / "third"), b"other").identity != first


def test_a_missing_or_altered_file_is_told_with_the_remedy(store: ModelStore) -> None:
    model = install(store)
    file = model.path / "model.bin"
    file.write_bytes(b"VECTORS")
    model.check()  # the size is right: only the contents tell
    assert store.usable("vectors") is not None
    assert store.usable("vectors", contents=True) is None
    with pytest.raises(BackendError, match=r"model\.bin is not what was installed; `worldbrief models get vectors`"):
        model.check(contents=True)
    file.write_bytes(b"short")
    with pytest.raises(BackendError, match="is not what was installed"):
        store.open("vectors")
    file.unlink()
    with pytest.raises(BackendError, match=r"model\.bin is missing"):
        store.open("vectors")


def test_a_new_install_replaces_a_damaged_one(store: ModelStore) -> None:
    (install(store).path / "model.bin").unlink()
    install(store)
    store.open("vectors").check(contents=True)
    assert not any((store.root / ".staging").iterdir())


@pytest.mark.parametrize("text", ["", "{", "{}", '{"format": 1, "name": "other"}'])
def test_a_folder_without_a_whole_manifest_is_no_model(store: ModelStore, text: str) -> None:
    (install(store).path / "manifest.json").write_text(text)
    assert store.installed() == {}


def test_a_failed_install_leaves_nothing_behind(store: ModelStore) -> None:
    def interrupted() -> None:
        with store.installing("vectors") as workspace:
            (workspace.staging / "half").write_bytes(b"x")
            (workspace.downloads / "kept").write_bytes(b"x")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert store.installed() == {}
    assert not any((store.root / ".staging").iterdir())
    assert (store.root / ".downloads" / "vectors" / "kept").exists()


def test_the_environment_names_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORLDBRIEF_MODELS", "/somewhere/else")
    assert default_root() == Path("/somewhere/else")
    monkeypatch.delenv("WORLDBRIEF_MODELS")
    assert default_root().parts[-2:] == ("worldbrief", "models")
