"""Sources: files, folders, standard input, tables and saved feeds become a stream of documents.

Not a stage: one path gives any number of documents, and nothing is looked up or stored.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from pipeline.article import Document
from pipeline.errors import ConfigError, WorldbriefError
from pipeline.ingest.feeds import SUFFIXES as _FEEDS
from pipeline.ingest.files import MEDIA_TYPES, parse, read_file, read_stdin
from pipeline.ingest.parsed import Kept
from pipeline.ingest.paths import STDIN, check_paths, find
from pipeline.ingest.tables import SUFFIXES as _TABLES
from pipeline.ingest.tables import read_table
from pipeline.ingest.unreadable import Unreadable, unreadable

if TYPE_CHECKING:
    from pipeline.config import Ingest

__all__ = ["Unreadable", "parse", "read"]

_PACKED = (*MEDIA_TYPES, *_FEEDS)
_SUFFIXES = frozenset((*_PACKED, *(f"{suffix}.gz" for suffix in _PACKED), *_TABLES))


def read(
    paths: Sequence[str], settings: Ingest, stdin: BinaryIO | None, kept: Kept | None = None
) -> Iterator[Document | Unreadable]:
    """Every article in the files, folders and tables, one at a time, in the order of `paths`.

    `-` is `stdin`. What cannot be read comes as `Unreadable` in its place. A folder without articles yields nothing;
    the same article under two names comes twice.

    Args:
        kept: has what was read of saved feeds before, and is given what is read now.

    Raises:
        ConfigError: at once: a path does not exist, or `-` was given without `stdin`; while iterating: a table lacks
            a column that `ingest.columns` names.
    """
    check_paths(paths)
    if STDIN in paths and stdin is None:
        raise ConfigError("-: there is no standard input to read")
    return _read(paths, settings, stdin, kept)


def _read(
    paths: Sequence[str], settings: Ingest, stdin: BinaryIO | None, kept: Kept | None
) -> Iterator[Document | Unreadable]:
    for found in find(paths, _SUFFIXES):
        if isinstance(found, Unreadable):
            yield found
        elif found.path is None:
            if stdin is not None:
                yield from read_stdin(stdin, settings)
        else:
            yield from _file(found.path, found.source, settings, kept)


def _file(path: Path, source: str, settings: Ingest, kept: Kept | None) -> Iterator[Document | Unreadable]:
    try:
        if path.name.lower().endswith(_TABLES):
            yield from read_table(path, source, settings)
        else:
            yield from read_file(path, source, settings, kept)
    except (WorldbriefError, OSError):
        raise
    except Exception as error:
        # Libraries fail on hostile files in ways they do not declare; one file must not end the run.
        yield unreadable(source, "unreadable", f"could not be read ({type(error).__name__}: {error})")
