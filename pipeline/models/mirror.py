"""Models carried to a machine without a network: written to a folder where they are, installed from it where not.

The folder has the layout of a model store without its workshops: MIRROR/NAME/ holds the files of a model and its
manifest, MIRROR/.exporting/ what an export has not finished.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from pipeline.errors import BackendError, ConfigError
from pipeline.models.entry import known_language, nearest
from pipeline.models.get import GetReport
from pipeline.models.manifest import MANIFEST, FileRecord, InstalledModel, read_manifest
from pipeline.models.registry import Registry
from pipeline.models.store import ModelStore, Workspace
from pipeline.models.watch import Downloads, watching

_PIECE = 1 << 20


def export(models: Sequence[InstalledModel], mirror: Path, progress: Downloads) -> list[str]:
    """Write models with their manifests to a folder; gives the names of those that were not there already.

    All files are copied and verified before the first model appears in the folder: whatever fails before leaves it as
    it was.

    Raises:
        BackendError: a model is damaged, or the folder cannot be written or is full.
    """
    from filelock import FileLock

    staging = mirror / ".exporting"
    try:
        mirror.mkdir(parents=True, exist_ok=True)
        there = ModelStore(mirror)
        with FileLock(mirror / ".exporting.lock"):
            shutil.rmtree(staging, ignore_errors=True)
            try:
                new = [model for model in models if not _holds(there, model)]
                _room(sum(model.size for model in new), mirror)
                for model in new:
                    with watching(staging / model.name, progress, model.name, model.size):
                        _copy(model, staging / model.name, "is not what was installed; `worldbrief models get` repairs")
                    shutil.copyfile(model.path / MANIFEST, staging / model.name / MANIFEST)
                for model in new:
                    if (mirror / model.name).exists():
                        os.replace(mirror / model.name, staging / f"{model.name}.old")
                    os.replace(staging / model.name, mirror / model.name)
            finally:
                shutil.rmtree(staging, ignore_errors=True)
    except OSError as error:
        raise BackendError(f"{mirror}: the models cannot be written there: {error}") from None
    return [model.name for model in new]


def get_from(
    mirror: Path,
    languages: Iterable[str],
    names: Iterable[str],
    store: ModelStore,
    registry: Registry,
    progress: Downloads,
    *,
    commercial_only: bool = False,
) -> GetReport:
    """Install models from a folder that `export` wrote, each file checked by sha256; touches no network.

    Args:
        languages: for each the best model that the folder has, unless a better one is installed.
        names: models to install whatever they are good for. With neither languages nor names: all of the folder.

    Raises:
        ConfigError: there is no such folder, no models are in it, or it has no model of a name.
    """
    offered = _offered(mirror)
    wanted = list(names)
    for name in wanted:
        if name not in offered:
            raise ConfigError(f"{mirror} has no model {name!r}; {nearest(name, list(offered))}")
    codes = list(dict.fromkeys(map(known_language, languages)))
    chosen: dict[str, str] = {}
    hints: list[str] = []
    errors: list[str] = []
    if not wanted and not codes:
        wanted = list(offered)
        broken = ModelStore(mirror).unreadable()
        errors += [f"{mirror / name / MANIFEST}: cannot be read; export {name} again" for name in broken]
    for code in codes:
        here = {entry.name for entry in registry.candidates(code) if entry.name in offered or store.usable(entry.name)}
        allowed = (entry for entry in registry.candidates(code) if entry.commercial or not commercial_only)
        best = next((entry.name for entry in allowed if entry.name in here), None)
        if best is not None:
            chosen[code] = best
        elif registry.candidates(code):
            errors.append(f"{code}: {mirror} has no model for it; it has {', '.join(offered)}")
    comparing = registry.comparing(codes, commercial_only=commercial_only)
    uses = {entry.name: "which compares translations with their sources" for entry in comparing}
    uses |= {entry.name: "which every run uses" for entry in registry.supporting()}
    hints += [
        f"{mirror} has no {name}, {use}" for name, use in uses.items() if name not in offered and not store.usable(name)
    ]
    books = [entry.name for code in codes for entry in registry.dictionaries(code)]
    installed: list[str] = []
    present: list[str] = []
    for name in dict.fromkeys([*chosen.values(), *wanted, *(name for name in (*uses, *books) if name in offered)]):
        try:
            model = offered.get(name)
            new = model is not None and _install(model, store, progress, again=name in wanted)
            (installed if new else present).append(name)
        except (BackendError, OSError) as error:
            errors.append(f"{name}: {error}")
            chosen = {code: model for code, model in chosen.items() if model != name}
    return GetReport(
        installed=tuple(installed), present=tuple(present), chosen=chosen, hints=tuple(hints), errors=tuple(errors)
    )


def _offered(mirror: Path) -> dict[str, InstalledModel]:
    if not mirror.is_dir():
        raise ConfigError(f"{mirror}: no such folder; `worldbrief models export {mirror}` writes one")
    there = ModelStore(mirror)
    if not (offered := there.installed()):
        broken = ", ".join(there.unreadable())
        raise ConfigError(
            f"{mirror}: no models are in it" + (f" that can be read; damaged: {broken}" if broken else "")
        )
    return offered


def _install(model: InstalledModel, store: ModelStore, progress: Downloads, *, again: bool) -> bool:
    """False where it is here already: the same one and whole; `again`: by content, and no other of its name."""

    def here() -> bool:
        usable = store.usable(model.name, contents=again)
        return usable is not None and (not again or usable.identity == model.identity)

    if here():
        return False
    with store.installing(model.name) as workspace:
        if here():
            return False
        _room(model.size, store.root)
        with watching(workspace.staging, progress, model.name, model.size):
            _copy(model, workspace.staging, "is not what was exported; export it again")
        _adopt(model, workspace)
        return True


def _adopt(model: InstalledModel, workspace: Workspace) -> None:
    workspace.adopt(read_manifest(model.path / MANIFEST))


def _copy(model: InstalledModel, target: Path, remedy: str) -> None:
    """Copy the files of a model, each checked on its way.

    Raises:
        BackendError: one is missing or altered.
    """
    for name, record in model.files.items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        source = model.path / name
        if not source.is_file():
            raise BackendError(f"{source} is missing; {remedy.rpartition('; ')[2]}")
        if not _copy_file(source, target / name, record):
            raise BackendError(f"{source} {remedy}")


def _copy_file(source: Path, target: Path, record: FileRecord) -> bool:
    digest, size = hashlib.sha256(), 0
    with source.open("rb") as read, target.open("wb") as written:
        while piece := read.read(_PIECE):
            digest.update(piece)
            size += len(piece)
            written.write(piece)
    return (size, digest.hexdigest()) == (record.size, record.sha256)


def _holds(there: ModelStore, model: InstalledModel) -> bool:
    found = there.installed().get(model.name)
    return found is not None and found.files == model.files and there.usable(model.name, contents=True) is not None


def _room(need: int, folder: Path) -> None:
    free = shutil.disk_usage(folder).free
    if free < need:
        raise BackendError(f"needs {need / 1e9:.1f} GB of free disk in {folder}, {free / 1e9:.1f} GB are free")
