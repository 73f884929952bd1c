"""Progress of a fetch, measured where it cannot lie: by the bytes in the folder it fills."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

_EVERY_SECONDS = 0.2


class Downloads(Protocol):
    """Told how a fetch goes; `advance` may be called from another thread, but never before `start` or after `done`."""

    def start(self, name: str, total_bytes: int | None) -> None: ...

    def advance(self, count: int) -> None:
        """So many bytes more are here."""
        ...

    def done(self) -> None: ...


def folder_bytes(folder: Path) -> int:
    """Bytes of all files in a folder that may change meanwhile."""
    total = 0
    for parent, _, names in os.walk(folder):  # passes over folders that are gone since they were listed
        for name in names:
            with suppress(OSError):
                total += os.stat(os.path.join(parent, name), follow_symlinks=False).st_size
    return total


@contextmanager
def watching(folder: Path, progress: Downloads, name: str, total_bytes: int | None) -> Iterator[None]:
    """Report the growth of a folder while the body fills it."""
    stop = threading.Event()

    def watch() -> None:
        seen = 0
        while True:
            last = stop.wait(_EVERY_SECONDS)
            now = folder_bytes(folder)
            if total_bytes is not None:  # unpacking what was fetched is not more of it
                now = min(now, total_bytes)
            if now > seen:
                progress.advance(now - seen)
                seen = now
            if last:
                return

    progress.start(name, total_bytes)
    thread = threading.Thread(target=watch, name="watch", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
        progress.done()
