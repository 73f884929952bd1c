"""Dictionaries that are installed: made into the compact form once, in a child process whose memory leaves with it.

The child: `python -m pipeline.models.dictionaries FILES FOLDER LANGUAGE`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from pipeline.dictionaries import carried
from pipeline.dictionaries.sources import convert
from pipeline.errors import BackendError
from pipeline.models.children import as_child, run_child

FORMAT: Final = "dictionary-1"
"""End of the identity of an installed dictionary; another number makes `models get` convert again."""
_STALL_SECONDS: Final = 600.0  # reading and sorting write nothing for a while


def prepare_dictionary(files: Path, folder: Path, language: str) -> None:
    """Turn what a source holds into `LANGUAGE.dict.xz` in a folder, which must exist.

    Raises:
        BackendError: it is no such dictionary.
    """
    ended = run_child(
        ["-m", "pipeline.models.dictionaries", str(files), str(folder), language], growing=folder, stall=_STALL_SECONDS
    )
    if ended.problem:
        raise BackendError(f"conversion failed: {ended.problem}")


def main(files: str, folder: str, language: str) -> None:
    own = carried()
    frequencies = own / f"{language}.frequencies.xz" if own else None
    convert(Path(files), Path(folder), language, frequencies if frequencies and frequencies.is_file() else None)


if __name__ == "__main__":
    sys.exit(as_child(lambda: main(*sys.argv[1:])))
