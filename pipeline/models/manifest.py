"""`manifest.json`: what one installed model is and what its files must be."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from pipeline.backends.families import Family
from pipeline.errors import BackendError, ModelDamaged
from pipeline.models.entry import Name, RelativePath

MANIFEST = "manifest.json"
_FORMAT = 2


class FileRecord(BaseModel):
    """What one file must be: size in bytes, sha256 in hex."""

    model_config = ConfigDict(frozen=True)

    size: int
    sha256: str


class Manifest(BaseModel):
    """`manifest.json`: what one installed model is."""

    model_config = ConfigDict(frozen=True)

    format: int = _FORMAT
    name: Name
    task: str
    backend: str
    family: Family | None
    languages: tuple[str, ...]
    target: str = "en"
    licence: str
    commercial: bool
    source: str
    revision: str = ""
    sha256: str
    identity: str
    files: dict[RelativePath, FileRecord]


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalledModel:
    """A model that can be loaded from `path` by the backend called `backend`."""

    name: str
    path: Path
    task: str
    backend: str
    family: Family | None
    languages: tuple[str, ...]
    target: str
    licence: str
    commercial: bool
    source: str
    """Where it came from, in words."""
    revision: str
    """The hub's commit it is from; empty for other sources and for content that the registry pins by itself."""
    sha256: str
    """Of the one file it was made from; of the list of the files' sha256 where there are several."""
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
            ModelDamaged: a file is missing or altered.
        """
        for name, record in self.files.items():
            path = self.path / name
            if not path.is_file():
                raise self._damaged(f"{name} is missing")
            if path.stat().st_size != record.size or (contents and file_sha256(path) != record.sha256):
                raise self._damaged(f"{name} is not what was installed")

    def _damaged(self, what: str) -> ModelDamaged:
        return ModelDamaged(f"model {self.name} is damaged: {what}; `worldbrief models get {self.name}` gets it again")


def read_manifest(path: Path) -> Manifest:
    """A manifest, if it is whole and of this format.

    Raises:
        BackendError: it is not; the message names the file.
    """
    try:
        manifest = Manifest.model_validate_json(path.read_bytes())
    except OSError as error:
        raise BackendError(f"{path}: cannot be read: {error.strerror}") from None
    except ValidationError:
        raise BackendError(f"{path}: is no manifest of a model") from None
    if manifest.format != _FORMAT or manifest.name != path.parent.name:
        raise BackendError(f"{path}: is of another version of worldbrief, or of another folder")
    return manifest


def content_digest(hashes: Iterable[str]) -> str:
    """One sha256 for a model: that of its one file, or of the list where there are several."""
    listed = sorted(hashes)
    return listed[0] if len(listed) == 1 else hashlib.sha256("\n".join(listed).encode()).hexdigest()


def file_sha256(path: Path) -> str:
    """Hex sha256 of a file, read piece by piece."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
