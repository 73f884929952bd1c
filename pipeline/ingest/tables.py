"""From one table to its documents: a row is an article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.article import Document, MediaType
from pipeline.errors import ArticleError
from pipeline.ingest.columns import Meaning, describe, meaning, value
from pipeline.ingest.files import sniff, too_large
from pipeline.ingest.unreadable import Unreadable, system_message, unreadable

if TYPE_CHECKING:
    from pipeline.config import Ingest

SUFFIXES = (".jsonl", ".jsonl.gz", ".csv", ".csv.gz", ".tsv", ".tsv.gz", ".parquet")


def read_table(path: Path, source: str, settings: Ingest) -> Iterator[Document | Unreadable]:
    """The rows, named `source#N`: N is the line a row begins in, in Parquet the number of the row; both from 1.

    Raises:
        ConfigError: the configuration names a column that is not there.
    """
    from pipeline.ingest.rows import Table

    table = Table(path, settings.max_bytes)
    try:
        names = table.columns()
        # A file of broken lines only has no columns to miss: the lines say what is wrong.
        columns = meaning(names, settings.columns) if names else None
        wanted = sorted({name for group in columns.values() for name in group}) if columns else []
        for number, row in table.rows(wanted):
            name = f"{source}#{number}"
            if isinstance(row, ArticleError):
                yield unreadable(name, row.kind, row.message)
            elif columns:
                yield _document(name, row, columns, settings.max_bytes)
    except OSError as error:
        yield unreadable(source, "unreadable", system_message(error))
    except ArticleError as error:
        yield unreadable(source, error.kind, error.message)


def _document(name: str, row: Mapping[str, object], columns: Meaning, limit: int) -> Document | Unreadable:
    text = value(row, columns["text"])
    html = "" if text else value(row, columns["html"])
    data = (text or html).encode()
    if len(data) > limit:
        return unreadable(name, "too-large", too_large(limit, len(data)))
    # A column called `content` or `body` may hold pages as well as texts.
    media_type: MediaType = "text/html" if html else sniff(data)
    return Document(source=name, data=data, media_type=media_type, metadata=describe(row, columns))
