"""Looking into the databases without changing them: what opening would change is copied aside first."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

# Where the format keeps the version of the tables: https://www.sqlite.org/fileformat2.html#user_version_number
_VERSION = slice(60, 64)


def to_look_at(path: Path, version: int, aside: Path, *, copied: bool = False) -> Path:
    """Where a database can be opened so that `path` stays as it is: itself, or in the folder `aside`.

    A file of an earlier version would be brought up, one that is missing would be made, and one in a folder that may
    not be written cannot be opened where it is: each has a copy in `aside`, which is a new file where there is none.

    Args:
        version: of the tables, as this worldbrief has them.
        copied: copy it in any case, for one whose opening mends it or writes to it.

    Raises:
        OSError: it cannot be read, or there is no room for a copy.
    """
    if not copied and _version(path) == version and os.access(path.parent, os.W_OK):
        return path
    aside.mkdir(parents=True, exist_ok=True)
    # With the log of what is not in the file yet, and the copy from which a damaged one is mended.
    for suffix in ("", "-wal", ".bak"):
        file = path.with_name(f"{path.name}{suffix}")
        if file.is_file():
            shutil.copyfile(file, aside / file.name)
    return aside / path.name


def _version(path: Path) -> int | None:
    if not path.is_file():
        return None
    with path.open("rb") as file:
        return int.from_bytes(file.read(_VERSION.stop)[_VERSION], "big")
