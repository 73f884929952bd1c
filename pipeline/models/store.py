"""Installed models: one folder each under one root, whole or not there.

ROOT/NAME/               the model's files and `manifest.json`, written last
ROOT/.downloads/NAME/    what has been fetched so far; survives a kill, gone after success
ROOT/.staging/NAME/      a model on its way in; worthless after a kill, emptied by the next try
ROOT/.locks/NAME.lock    held by the one process that installs NAME
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pipeline.errors import BackendError, ConfigError, ModelMissing
from pipeline.files import write_atomically
from pipeline.models.entry import Entry, nearest
from pipeline.models.manifest import (
    MANIFEST,
    FileRecord,
    InstalledModel,
    Manifest,
    content_digest,
    file_sha256,
    read_manifest,
)
from pipeline.models.watch import folder_bytes

_ENVIRONMENT = "WORLDBRIEF_MODELS"


class ModelStore:
    """The folder that holds the models. Nothing is created before something is installed."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def installed(self) -> dict[str, InstalledModel]:
        """All installed models by name, from their manifests alone; a folder without a whole one does not count."""
        return {model.name: model for path in self._manifests() if (model := _read(path)) is not None}

    def unreadable(self) -> dict[str, str]:
        """Folders whose manifest says nothing, by name, with what is wrong and the remedy: they are not used."""
        what = "model {0} is damaged: its manifest cannot be read; `worldbrief models get {0}` gets it again"
        names = [path.parent.name for path in self._manifests() if _read(path) is None]
        return {name: what.format(name) for name in names}

    def _manifests(self) -> list[Path]:
        return sorted(self.root.glob(f"[!.]*/{MANIFEST}"))

    def open(self, name: str) -> InstalledModel:
        """One installed model, checked by file sizes.

        Raises:
            ModelMissing: it is not installed.
            BackendError: it is damaged.
        """
        model = self.installed().get(name)
        if model is None:
            raise ModelMissing(f"model {name} is not installed; `worldbrief models get {name}` gets it")
        model.check()
        return model

    def usable(self, name: str, *, contents: bool = False) -> InstalledModel | None:
        """An installed and undamaged model, or None."""
        model = self.installed().get(name)
        try:
            if model is not None:
                model.check(contents=contents)
        except BackendError:
            return None
        return model

    @contextmanager
    def installing(self, name: str) -> Iterator[Workspace]:
        """Hold the right to install one model, waiting for a process that has it; leftovers of a kill are cleared.

        The caller looks again whether the model is there: the process waited for may have installed it.
        """
        with self._lock(name):
            workspace = Workspace(self.root, name)
            workspace.clear()
            workspace.downloads.mkdir(parents=True, exist_ok=True)
            workspace.staging.mkdir(parents=True, exist_ok=True)
            try:
                yield workspace
            finally:
                workspace.clear()

    def remove(self, name: str) -> int:
        """Remove a model, whole or damaged, and what was fetched for it; gives the bytes that are free again.

        Raises:
            ConfigError: there is no model of this name; the message names the nearest.
            BackendError: it cannot be removed.
        """
        names = [path.parent.name for path in self._manifests()]
        if name not in names:
            raise ConfigError(f"no model {name!r} is installed; {nearest(name, names)}")
        with self._lock(name):
            folder, doomed, downloads = (
                self.root / name,
                self.root / ".staging" / f"{name}.old",
                self.root / ".downloads",
            )
            size = folder_bytes(folder) + folder_bytes(downloads / name)
            try:
                # First out of sight, in one step: a kill leaves no half of a model.
                doomed.parent.mkdir(exist_ok=True)
                shutil.rmtree(doomed, ignore_errors=True)
                os.replace(folder, doomed)
                shutil.rmtree(doomed)
                shutil.rmtree(downloads / name, ignore_errors=True)
            except OSError as error:
                raise BackendError(f"model {name} cannot be removed: {error}") from None
        return size

    @contextmanager
    def _lock(self, name: str) -> Iterator[None]:
        from filelock import FileLock

        locks = self.root / ".locks"
        locks.mkdir(parents=True, exist_ok=True)
        with FileLock(locks / f"{name}.lock"):
            yield


class Workspace:
    """Room to build one model in, on the file system it will live on."""

    def __init__(self, root: Path, name: str) -> None:
        self.downloads = root / ".downloads" / name
        self.staging = root / ".staging" / name
        self._old = root / ".staging" / f"{name}.old"
        self._final = root / name

    def clear(self) -> None:
        """Remove what a kill or a failure left half made; downloads stay, if there are any."""
        shutil.rmtree(self.staging, ignore_errors=True)
        shutil.rmtree(self._old, ignore_errors=True)
        with suppress(OSError):
            self.downloads.rmdir()

    def commit(
        self, entry: Entry, *, source: str, made_from: Iterable[str] = (), suffix: str = "", revision: str = ""
    ) -> None:
        """Turn the staging folder into the installed model, in place of a damaged one.

        Args:
            source: where the files came from, in words.
            made_from: sha256 of the files the model was converted from; none where the files are as fetched.
            suffix: what the conversion made of them, part of the identity.
            revision: the hub's commit.
        """
        files = {
            path.relative_to(self.staging).as_posix(): FileRecord(size=path.stat().st_size, sha256=file_sha256(path))
            for path in sorted(self.staging.rglob("*"))
            if path.is_file()
        }
        digest = content_digest([*made_from] or [record.sha256 for record in files.values()])
        manifest = Manifest(
            name=entry.name,
            task=entry.task,
            backend=entry.backend,
            family=entry.family,
            languages=entry.languages,
            target=entry.target,
            licence=entry.licence,
            commercial=entry.commercial,
            source=source,
            revision=revision,
            sha256=digest,
            identity=f"{entry.name}@{digest[:12]}{suffix}",
            files=files,
        )
        self.adopt(manifest)

    def adopt(self, manifest: Manifest) -> None:
        """Turn the staging folder, which holds what the manifest says, into the installed model."""
        text = json.dumps(manifest.model_dump(mode="json"), indent=1, sort_keys=True) + "\n"
        write_atomically(self.staging / MANIFEST, [text.encode()])
        if self._final.exists():
            os.replace(self._final, self._old)
        os.replace(self.staging, self._final)
        shutil.rmtree(self.downloads, ignore_errors=True)


def _read(path: Path) -> InstalledModel | None:
    try:
        manifest = read_manifest(path)
    except BackendError:
        return None
    fields = {key: getattr(manifest, key) for key in Manifest.model_fields if key != "format"}
    return InstalledModel(path=path.parent, **fields)


def default_root() -> Path:
    """`WORLDBRIEF_MODELS`, else `models` in the user's cache folder for worldbrief."""
    if named := os.environ.get(_ENVIRONMENT):
        return Path(named)
    from platformdirs import user_cache_path

    return user_cache_path("worldbrief", appauthor=False) / "models"
