"""Files that are whole or not there."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path


def temporary_beside(path: Path) -> Path:
    """A name to write under before `path` is replaced: its own for each process.

    What processes that were killed while writing `path` left behind is removed.
    """
    for left in path.parent.glob(f".{path.name}.*.tmp"):
        owner = left.name.removesuffix(".tmp").rpartition(".")[2]
        if owner.isdecimal() and not _runs(int(owner)):
            left.unlink(missing_ok=True)
    return path.with_name(f".{path.name}.{os.getpid()}.tmp")


def _runs(process: int) -> bool:
    with suppress(PermissionError):  # it runs, under another user
        try:
            os.kill(process, 0)
        except (ProcessLookupError, OverflowError):
            return False
    return True


def write_atomically(path: Path, parts: Iterable[bytes]) -> None:
    """Replace `path` by the joined parts; a reader sees the old file or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = temporary_beside(path)
    try:
        with temporary.open("wb") as file:
            for part in parts:
                file.write(part)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
