"""Model files from a hub: either the registry knows their content, or the hub states it for one commit."""

from __future__ import annotations

import fnmatch
import hashlib
import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from pipeline.errors import BackendError
from pipeline.files import write_atomically
from pipeline.models.children import Ended, run_child
from pipeline.models.entry import Entry, Hub, is_commit
from pipeline.models.manifest import file_sha256

_STALL_SECONDS = 60.0
_LISTING_SECONDS = 60.0
_SETTINGS = {
    "HF_HUB_DISABLE_XET": "1",  # its chunks grow outside the folder, unseen by the progress and the stall watch
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
}
_FETCHED = "fetched.json"


class Stated(BaseModel):
    """What a file must be: its sha256, or where that is not known the sha1 of its git blob."""

    model_config = ConfigDict(frozen=True)

    sha256: str = ""
    blob: str = ""
    size: int | None = None


class Listing(BaseModel):
    """The files of a repository at one commit."""

    model_config = ConfigDict(frozen=True)

    commit: str
    files: dict[str, Stated]


class _Remembered(BaseModel):
    """What lies in `files` after a complete fetch of a checkpoint."""

    repo: str
    commit: str
    files: dict[str, Stated]


def fetch_hub(source: Hub, entry: Entry, downloads: Path, files: Path) -> str:
    """Put the files of an entry into `files`, each one verified; gives the commit, as far as it is known.

    Files that an earlier, interrupted try completed are kept if they are what is wanted now, and an interrupted one
    is gone on with. `fetched.json` beside `files` remembers a complete checkpoint.

    Raises:
        BackendError: the hub failed, lacks a file, or sent other content than the registry or the hub itself states.
    """
    revision, wanted = source.revision, {name: Stated(sha256=sha256) for name, sha256 in entry.files.items()}
    if not wanted:
        listing = list_files(source)
        revision, wanted = listing.commit, select(entry.checkpoint, listing.files, source)
    folder = downloads / "hub"
    files.mkdir(parents=True, exist_ok=True)
    for path in [path for path in files.rglob("*") if path.is_file()]:
        if path.relative_to(files).as_posix() not in wanted:
            path.unlink()  # of a commit before the branch moved
    missing = [name for name, stated in wanted.items() if _take(stated, folder / name, files / name)]
    if missing:
        ended = _ask(["hub", source.repo, revision, str(folder), *missing], growing=downloads)
        for name in missing:
            if difference := _take(wanted[name], folder / name, files / name):
                raise BackendError(f"{source.repo}: {ended.problem or f'{name} {difference}'}")
    shutil.rmtree(folder, ignore_errors=True)
    if entry.checkpoint:
        _remember(source, revision, wanted, downloads)
    return revision if is_commit(revision) else ""


def list_files(source: Hub) -> Listing:
    """Ask the hub for the commit of a revision and what its files are.

    Raises:
        BackendError: it does not say.
    """
    ended = _ask(["listing", source.repo, source.revision], deadline=_LISTING_SECONDS)
    if ended.problem:
        raise BackendError(f"{source.repo}: {ended.problem}")
    try:
        listing = Listing.model_validate_json(ended.output)
    except ValidationError as error:
        raise BackendError(f"{source.repo}: the hub's list of files is not as expected: {error.errors()[0]}") from None
    if not is_commit(listing.commit):
        raise BackendError(f"{source.repo}: the hub does not say which commit {source.revision} is")
    if is_commit(source.revision) and listing.commit != source.revision:
        raise BackendError(f"{source.repo}: the hub has commit {listing.commit}, not {source.revision} as asked")
    return listing


def select(patterns: Iterable[str], files: Mapping[str, Stated], source: Hub) -> dict[str, Stated]:
    """The files that the patterns of a checkpoint name.

    Raises:
        BackendError: nothing has the name of one, or the hub does not state what a file is.
    """
    found: dict[str, Stated] = {}
    for pattern in patterns:
        for alternative in pattern.split(" | "):
            depth = alternative.count("/")
            names = [name for name in fnmatch.filter(files, alternative) if name.count("/") == depth]
            found.update((name, files[name]) for name in names)
            if names:
                break
        else:
            raise BackendError(f"{source.repo}: has no {pattern.replace(' | ', ' or ')} at {source.revision}")
    for name, stated in found.items():
        if not (stated.sha256 or stated.blob):
            raise BackendError(f"{source.repo}: the hub does not state the hash of {name}")
        if name.startswith("/") or ".." in name.split("/"):
            raise BackendError(f"{source.repo}: {name!r} is no name for a file")
    return dict(sorted(found.items()))


@dataclass(frozen=True, slots=True)
class Fetched:
    """A complete fetch of an earlier try: where it came from, in words, and the hub's commit if that is known."""

    origin: str
    commit: str = ""


def recall(entry: Entry, downloads: Path, files: Path) -> Fetched | None:
    """What an earlier try fetched completely, if a model of this entry can be made of it, checked by content."""
    if entry.files:
        wanted = {name: Stated(sha256=sha256) for name, sha256 in entry.files.items()}
        return Fetched("an earlier download") if _whole(files, wanted) else None
    try:
        fetched = _Remembered.model_validate_json((downloads / _FETCHED).read_bytes())
    except (OSError, ValidationError):
        return None
    sources = [source for source in entry.sources if isinstance(source, Hub) and source.repo == fetched.repo]
    is_wanted = any(source.revision == fetched.commit or not is_commit(source.revision) for source in sources)
    if not is_wanted or not _whole(files, fetched.files):
        return None
    return Fetched(f"hub {fetched.repo}@{fetched.commit}", fetched.commit)


def _whole(files: Path, wanted: Mapping[str, Stated]) -> bool:
    return bool(wanted) and not any(_difference(files / name, stated) for name, stated in wanted.items())


def _remember(source: Hub, commit: str, wanted: Mapping[str, Stated], downloads: Path) -> None:
    text = _Remembered(repo=source.repo, commit=commit, files=dict(wanted)).model_dump_json()
    write_atomically(downloads / _FETCHED, [text.encode()])


def _take(stated: Stated, fetched: Path, target: Path) -> str:
    """Have a file in its place, moved there if need be; else say what is wrong with what was fetched, and remove it."""
    if not _difference(target, stated):
        return ""
    if difference := _difference(fetched, stated):
        # What is wrong once stays wrong: the next try must not meet the same file.
        fetched.unlink(missing_ok=True)
        return difference
    target.parent.mkdir(parents=True, exist_ok=True)
    os.replace(fetched, target)
    return ""


def _ask(arguments: list[str], *, deadline: float | None = None, growing: Path | None = None) -> Ended:
    return run_child(
        ["-m", "pipeline.models.remote", *arguments],
        environment=_SETTINGS,
        deadline=deadline,
        growing=growing,
        stall=_STALL_SECONDS,
    )


def _difference(path: Path, stated: Stated) -> str:
    """What is wrong with a file; empty where it is as stated."""
    if not path.is_file():
        return "is missing"
    if stated.sha256:
        sha256 = file_sha256(path)
        return "" if sha256 == stated.sha256 else f"has sha256 {sha256}, not {stated.sha256} as it should"
    digest = hashlib.sha1(f"blob {path.stat().st_size}\0".encode(), usedforsecurity=False)
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    blob = digest.hexdigest()
    return "" if blob == stated.blob else f"has git hash {blob}, not {stated.blob} as the hub states"
