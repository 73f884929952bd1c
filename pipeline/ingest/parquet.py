"""Rows of a Parquet table, streamed through the `datasets` library.

This module imports `datasets` (a second or more): `pipeline.ingest.rows` loads it with the first such table.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from datasets.data_files import DataFilesDict, DataFilesList
from datasets.packaged_modules.parquet.parquet import Parquet

from pipeline.errors import ArticleError

_BATCH = 16  # rows held at once; articles are long


def columns(path: Path) -> list[str]:
    """
    Raises:
        OSError, ArticleError: the file cannot be read, or not as Parquet.
    """
    with _as_article_errors():
        return [str(name) for name in pq.read_schema(path).names]


def rows(path: Path, wanted: list[str]) -> Iterator[Mapping[str, Any]]:
    """The rows in order, with the columns `wanted` alone.

    Raises:
        OSError, ArticleError: see `columns`.
    """
    with _as_article_errors(), tempfile.TemporaryDirectory() as folder:
        # The link has a name that the library cannot mistake for a pattern or an address.
        link = os.path.join(folder, "table.parquet")
        os.symlink(os.path.abspath(path), link)
        files = DataFilesDict({"train": DataFilesList([link], [("",)])})
        builder = Parquet(cache_dir=folder, data_files=files, columns=wanted, batch_size=_BATCH)
        yield from builder.as_streaming_dataset("train")


@contextmanager
def _as_article_errors() -> Iterator[None]:
    try:
        yield
    except pa.ArrowException as error:
        raise ArticleError("bad-table", f"is not a sound table: {error}") from None
