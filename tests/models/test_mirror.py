"""Models carried on a disk: written whole or not at all, installed only if every byte is right."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.errors import BackendError, ConfigError
from pipeline.models import mirror as mirror_module
from pipeline.models.get import GetReport
from pipeline.models.manifest import InstalledModel
from pipeline.models.mirror import export, get_from
from pipeline.models.store import ModelStore
from tests.doubles import Silent
from tests.models.conftest import COMPARING, FIREFOX, PARTS_MODEL, VECTORS, registry_of

REGISTRY = registry_of(FIREFOX, PARTS_MODEL, VECTORS)


def install(store: ModelStore, name: str, content: bytes = b"model") -> InstalledModel:
    with store.installing(name) as workspace:
        (workspace.staging / "sub").mkdir()
        (workspace.staging / "model.bin").write_bytes(content)
        (workspace.staging / "sub" / "config.json").write_bytes(b"{}")
        workspace.commit(REGISTRY.named(name), source="a test", revision="c" * 40)
    return store.open(name)


@pytest.fixture
def there(tmp_path: Path) -> ModelStore:
    """The store of the machine that has a network."""
    store = ModelStore(tmp_path / "there")
    for name in ("firefox-ko-en", "joined", "vectors"):
        install(store, name, name.encode())
    return store


@pytest.fixture
def mirror(there: ModelStore, tmp_path: Path) -> Path:
    folder = tmp_path / "disk" / "mirror"
    export(list(there.installed().values()), folder, Silent())
    return folder


def fetch(mirror: Path, store: ModelStore, *languages: str, names: tuple[str, ...] = ()) -> GetReport:
    return get_from(mirror, languages, names, store, REGISTRY, Silent())


def test_what_is_exported_is_installed_as_it_was(there: ModelStore, mirror: Path, store: ModelStore) -> None:
    report = fetch(mirror, store)
    assert sorted(report.installed) == ["firefox-ko-en", "joined", "vectors"]
    assert report.errors == report.hints == ()
    for name, model in store.installed().items():
        model.check(contents=True)
        old = there.open(name)
        assert (model.identity, model.source, model.revision, model.files) == (
            old.identity, old.source, old.revision, old.files,
        )  # fmt: skip
    assert sorted(fetch(mirror, store).present) == ["firefox-ko-en", "joined", "vectors"]


def test_a_language_gets_its_best_model_and_the_ones_every_run_uses(mirror: Path, store: ModelStore) -> None:
    report = fetch(mirror, store, "ko")
    assert report.installed == ("firefox-ko-en", "vectors")
    assert report.chosen == {"ko": "firefox-ko-en"}
    assert fetch(mirror, store, "ja").installed == ("joined",)


def test_a_language_gets_the_model_that_compares_its_translations(
    there: ModelStore, mirror: Path, store: ModelStore
) -> None:
    known = registry_of(FIREFOX, PARTS_MODEL, VECTORS, COMPARING)
    report = get_from(mirror, ["ko"], [], store, known, Silent())
    assert report.hints == (f"{mirror} has no comparing, which compares translations with their sources",)
    with there.installing("comparing") as workspace:
        (workspace.staging / "model.bin").write_bytes(b"comparing")
        workspace.commit(known.named("comparing"), source="a test")
    export([there.open("comparing")], mirror, Silent())
    assert get_from(mirror, ["ja"], [], store, known, Silent()).installed == ("joined",)
    report = get_from(mirror, ["ko"], [], store, known, Silent())
    assert (report.installed, report.hints) == (("comparing",), ())


def test_nothing_but_the_folder_is_asked(mirror: Path, store: ModelStore) -> None:
    code = f"""
import sys
from pathlib import Path
watched = []
sys.addaudithook(lambda event, arguments: event in ("socket.connect", "subprocess.Popen") and watched.append(event))
from tests.models.test_mirror import REGISTRY, ModelStore, Silent, get_from
report = get_from(Path({str(mirror)!r}), ["ko"], [], ModelStore(Path({str(store.root)!r})), REGISTRY, Silent())
assert report.installed and not watched, (report, watched)
"""
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-c", code], cwd=root, check=True)


@pytest.mark.parametrize("damage", ["altered", "missing"])
def test_a_damaged_file_of_the_mirror_is_named_and_the_rest_installed(
    mirror: Path, store: ModelStore, damage: str
) -> None:
    file = mirror / "joined" / "model.bin"
    file.write_bytes(b"JOINED") if damage == "altered" else file.unlink()
    report = fetch(mirror, store)
    (error,) = report.errors
    assert str(file) in error
    assert error.endswith("export it again")
    assert sorted(report.installed) == ["firefox-ko-en", "vectors"]
    assert not (store.root / ".staging" / "joined").exists()


def test_a_manifest_cannot_lead_outside(mirror: Path, store: ModelStore) -> None:
    path = mirror / "joined" / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["files"]["../../evil"] = manifest["files"]["model.bin"]
    path.write_text(json.dumps(manifest))
    report = fetch(mirror, store)
    assert "joined" not in report.installed
    assert report.errors == (f"{path}: cannot be read; export joined again",)
    with pytest.raises(ConfigError, match="has no model 'joined'"):
        fetch(mirror, store, names=("joined",))


def test_a_named_model_replaces_another_of_its_name(mirror: Path, store: ModelStore) -> None:
    install(store, "joined", b"another")
    assert fetch(mirror, store, "ja").present == ("joined",)
    assert fetch(mirror, store, names=("joined",)).installed == ("joined",)
    assert (store.open("joined").path / "model.bin").read_bytes() == b"joined"


def test_a_damaged_installed_model_is_repaired_from_the_mirror(mirror: Path, store: ModelStore) -> None:
    fetch(mirror, store)
    (store.root / "joined" / "model.bin").write_bytes(b"JOINED")
    assert fetch(mirror, store, names=("joined",)).installed == ("joined",)
    store.open("joined").check(contents=True)


def test_what_the_folder_lacks_is_told(there: ModelStore, store: ModelStore, tmp_path: Path) -> None:
    folder = tmp_path / "few"
    export([there.open("firefox-ko-en")], folder, Silent())
    report = fetch(folder, store, "ko", "ja")
    assert report.installed == ("firefox-ko-en",)
    assert report.errors == (f"ja: {folder} has no model for it; it has firefox-ko-en",)
    assert report.hints == (f"{folder} has no vectors, which every run uses",)
    with pytest.raises(ConfigError, match="did you mean 'firefox-ko-en'"):
        fetch(folder, store, names=("firefox-kr-en",))
    with pytest.raises(ConfigError, match="no such folder"):
        fetch(tmp_path / "nowhere", store)
    (tmp_path / "empty").mkdir()
    with pytest.raises(ConfigError, match="no models are in it"):
        fetch(tmp_path / "empty", store)


def test_a_damaged_model_is_not_exported_and_nothing_else_is_either(there: ModelStore, tmp_path: Path) -> None:
    (there.root / "vectors" / "model.bin").write_bytes(b"VECTORS")
    folder = tmp_path / "out"
    with pytest.raises(BackendError, match=r"vectors/model\.bin is not what was installed"):
        export(list(there.installed().values()), folder, Silent())
    assert [path.name for path in folder.iterdir() if path.is_dir()] == []


def test_an_export_adds_to_what_is_there(there: ModelStore, mirror: Path) -> None:
    models = list(there.installed().values())
    assert export(models, mirror, Silent()) == []
    (mirror / "joined" / "model.bin").write_bytes(b"JOINED")
    shutil.rmtree(mirror / "vectors")
    assert export(models, mirror, Silent()) == ["joined", "vectors"]
    assert ModelStore(mirror).usable("joined", contents=True) is not None
    assert not (mirror / ".exporting").exists()


def test_a_full_disk_leaves_the_folder_as_it_was(
    there: ModelStore, mirror: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sorted(path.relative_to(mirror) for path in mirror.rglob("*"))
    models = [install(there, name, b"newer") for name in ("joined", "vectors")]
    real = mirror_module._copy_file
    copied = []

    def full(source: Path, target: Path, record: object) -> bool:
        copied.append(target)
        if len(copied) == 3:
            raise OSError(28, "No space left on device")
        return real(source, target, record)  # type: ignore[arg-type]

    monkeypatch.setattr(mirror_module, "_copy_file", full)
    with pytest.raises(BackendError, match=r"cannot be written there: .*No space left on device"):
        export(models, mirror, Silent())
    assert sorted(path.relative_to(mirror) for path in mirror.rglob("*")) == before
    assert (mirror / "joined" / "model.bin").read_bytes() == b"joined"
    with monkeypatch.context() as patch:
        patch.setattr(mirror_module.shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(9, 9, 0))  # type: ignore[attr-defined]
        with pytest.raises(BackendError, match=r"needs 0\.0 GB of free disk"):
            export(models, mirror, Silent())


def test_a_removed_model_is_gone_and_its_room_is_told(store: ModelStore) -> None:
    model = install(store, "joined", b"x" * 1000)
    assert store.remove("joined") >= 1002
    assert not model.path.exists()
    assert not any((store.root / ".staging").iterdir())
    with pytest.raises(ConfigError, match="no model 'joined' is installed; there are none"):
        store.remove("joined")
    install(store, "vectors")
    (store.root / "vectors" / "manifest.json").write_text("{")
    assert list(store.unreadable()) == ["vectors"]
    with pytest.raises(ConfigError, match="did you mean 'vectors'"):
        store.remove("vector")
    store.remove("vectors")
    assert store.unreadable() == {}
