"""Installed models: one folder each under one root, whole or not there.

ROOT/NAME/               the model's files and `manifest.json`, written last
ROOT/.downloads/NAME/    what has been fetched so far; survives a kill, gone after success
ROOT/.staging/NAME/      a model on its way in; worthless after a kill, emptied by the next try
ROOT/.locks/NAME.lock    held by the one process that installs NAME
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from pipeline.backends.families import Family
from pipeline.errors import BackendError, ModelMissing
from pipeline.files import write_atomically
from pipeline.models.registry import Entry

MANIFEST = "manifest.json"
_ENVIRONMENT = "WORLDBRIEF_MODELS"


class FileRecord(BaseModel):
    """What one file must be: size in bytes, sha256 in hex."""

    model_config = ConfigDict(frozen=True)

    size: int
    sha256: str


class _Manifest(BaseModel):
    model_config = ConfigDict(frozen=True)

    format: int = 2
    name: str
    task: str
    backend: str
    family: Family | None
    languages: tuple[str, ...]
    licence: str
    commercial: bool
    source: str
    sha256: str
    identity: str
    files: dict[str, FileRecord]


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalledModel:
    """A model that can be loaded from `path` by the backend called `backend`."""

    name: str
    path: Path
    task: str
    backend: str
    family: Family | None
    languages: tuple[str, ...]
    licence: str
    commercial: bool
    source: str
    """Where it came from, in words."""
    sha256: str
    """Of the one file it was made from; of the list of its files' sha256 where there are several."""
    identity: str
    """Name, sha256 and format: all that its output depends on, for cache keys."""
    files: Mapping[str, FileRecord]

    @property
    def size(self) -> int:
        """Bytes on disk."""
        return sum(record.size for record in self.files.values())

    def check(self, *, contents: bool = False) -> None:
        """Make sure that the files are those that were installed: by size, with `contents` by sha256 (seconds).

        Raises:
            BackendError: a file is missing or altered; the message names the command that repairs it.
        """
        for name, record in self.files.items():
            path = self.path / name
            if not path.is_file():
                raise self._damaged(f"{name} is missing")
            if path.stat().st_size != record.size or (contents and file_sha256(path) != record.sha256):
                raise self._damaged(f"{name} is not what was installed")

    def _damaged(self, what: str) -> BackendError:
        return BackendError(f"model {self.name} is damaged: {what}; `worldbrief models get {self.name}` gets it again")


class ModelStore:
    """The folder that holds the models. Nothing is created before something is installed."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def installed(self) -> dict[str, InstalledModel]:
        """All installed models by name, from their manifests alone; a folder without a whole one does not count."""
        found = {}
        for path in sorted(self.root.glob(f"*/{MANIFEST}")):
            try:
                manifest = _Manifest.model_validate_json(path.read_bytes())
            except (OSError, ValidationError):
                continue
            if manifest.format == 2 and manifest.name == path.parent.name:
                fields = {key: getattr(manifest, key) for key in _Manifest.model_fields if key != "format"}
                found[manifest.name] = InstalledModel(path=path.parent, **fields)
        return found

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
        from filelock import FileLock

        locks = self.root / ".locks"
        locks.mkdir(parents=True, exist_ok=True)
        with FileLock(locks / f"{name}.lock"):
            workspace = Workspace(self.root, name)
            workspace.clear()
            workspace.downloads.mkdir(parents=True, exist_ok=True)
            workspace.staging.mkdir(parents=True, exist_ok=True)
            try:
                yield workspace
            finally:
                workspace.clear()


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

    def commit(self, entry: Entry, *, source: str, made_from: str = "", suffix: str = "") -> None:
        """Turn the staging folder into the installed model, in place of a damaged one.

        Args:
            source: where the files came from, in words.
            made_from: sha256 of the file the model was converted from; empty where the files are as fetched.
            suffix: what the conversion made of it, part of the identity.
        """
        files = {
            path.relative_to(self.staging).as_posix(): FileRecord(size=path.stat().st_size, sha256=file_sha256(path))
            for path in sorted(self.staging.rglob("*"))
            if path.is_file()
        }
        digest = made_from or hashlib.sha256("\n".join(sorted(r.sha256 for r in files.values())).encode()).hexdigest()
        manifest = _Manifest(
            name=entry.name,
            task=entry.task,
            backend=entry.backend,
            family=entry.family,
            languages=entry.languages,
            licence=entry.licence,
            commercial=entry.commercial,
            source=source,
            sha256=digest,
            identity=f"{entry.name}@{digest[:12]}{suffix}",
            files=files,
        )
        text = json.dumps(manifest.model_dump(mode="json"), indent=1, sort_keys=True) + "\n"
        write_atomically(self.staging / MANIFEST, [text.encode()])
        if self._final.exists():
            os.replace(self._final, self._old)
        os.replace(self.staging, self._final)
        shutil.rmtree(self.downloads, ignore_errors=True)


def default_root() -> Path:
    """`WORLDBRIEF_MODELS`, else `models` in the user's cache folder for worldbrief."""
    if named := os.environ.get(_ENVIRONMENT):
        return Path(named)
    from platformdirs import user_cache_path

    return user_cache_path("worldbrief", appauthor=False) / "models"


def file_sha256(path: Path) -> str:
    """Hex sha256 of a file, read piece by piece."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
