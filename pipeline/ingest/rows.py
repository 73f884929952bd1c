"""Rows of JSON Lines, CSV, TSV and Parquet tables, streamed.

A text table is read as raw lines of bounded length, and each line is decoded here by itself: the JSON and CSV builders
of the `datasets` library decode many rows at once, so one broken line costs them the whole chunk, and starting them
takes seconds. Parquet has its schema and its row groups, and goes through the Parquet builder of that library, which is
loaded with the first such table.
"""

from __future__ import annotations

import csv
import gzip
import json
import os
import tempfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from pipeline.errors import ArticleError

Row = tuple[int, Mapping[str, Any] | ArticleError]
"""Number, and the row or what is wrong with it. For text the number is that of the line the row begins in."""

Line = tuple[int, bytes | None]
"""Number and content of one line, its end included."""

_PEEKED = 100  # rows of JSON Lines whose keys count as the table's columns
_PARQUET_BATCH = 16  # rows held at once; articles are long
_BLOCK = 1 << 20
# An encoding is told from so much text, found in so much of the table.
_SAMPLE, _LOOKED_AT = 1 << 16, 1 << 23


class Table:
    """One table, open for as many passes as are asked for.

    Args:
        path: the file; its suffix says the format.
        limit: bytes that one row may have.

    Raises:
        OSError, ArticleError: from every method: the file cannot be read, or not as what its suffix says.
    """

    def __init__(self, path: Path, limit: int) -> None:
        self.path = path
        self.limit = limit
        self.packed = path.name.lower().endswith(".gz")
        self.suffix = Path(path.name.lower().removesuffix(".gz")).suffix

    def columns(self) -> list[str]:
        with _as_article_errors():
            if self.suffix == ".parquet":
                import pyarrow.parquet as pq

                with _as_sound_parquet():
                    return [str(name) for name in pq.read_schema(self.path).names]
            if self.suffix == ".jsonl":
                rows = (row for _, row in self._json_rows() if not isinstance(row, ArticleError))
                return list(dict.fromkeys(key for row in islice(rows, _PEEKED) for key in row))
            return self._header()

    def rows(self, columns: list[str]) -> Iterator[Row]:
        """The rows in order. `columns` are those that will be looked at; of Parquet, only they are read."""
        with _as_article_errors():
            if self.suffix == ".parquet":
                yield from self._parquet_rows(columns)
            elif self.suffix == ".jsonl":
                yield from self._json_rows()
            else:
                yield from self._csv_rows()

    def _json_rows(self) -> Iterator[Row]:
        for number, line in self._lines():
            if line is None:
                yield number, ArticleError("too-large", f"a line of more than {self.limit:,} bytes (ingest.max_bytes)")
            elif line.strip():
                try:
                    row = json.loads(self._decoded(line))
                except (ValueError, RecursionError) as error:
                    yield number, ArticleError("bad-row", f"is not valid JSON: {error}")
                    continue
                if isinstance(row, dict):
                    yield number, row
                else:
                    yield number, ArticleError("bad-row", f"is not a JSON object but {type(row).__name__}")

    def _csv_rows(self) -> Iterator[Row]:
        header = self._header()
        lines = _TextLines(self._lines(), self._decoded)
        reader = self._reader(lines)
        number = 1
        first = True
        while True:
            try:
                fields = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                problem: str | None = str(error)
                fields = []
            else:
                problem = lines.problem
            if problem is None and fields and len(fields) != len(header):
                problem = f"{len(fields)} fields where the header has {len(header)}"
            if problem and not first:
                yield number, ArticleError("bad-row", problem)
            elif fields and not first:
                yield number, dict(zip(header, fields, strict=True))
            first = first and not fields
            number = lines.number + 1
            lines.problem = None

    def _header(self) -> list[str]:
        lines = _TextLines(self._lines(), self._decoded)
        try:
            header: list[str] = next((fields for fields in self._reader(lines) if fields), [])
        except csv.Error as error:
            raise ArticleError("bad-table", f"its header cannot be read: {error}") from None
        if lines.problem:
            raise ArticleError("bad-table", f"its header cannot be read: {lines.problem}")
        return header

    def _reader(self, lines: _TextLines) -> Any:
        # The only limit that the csv module knows is one for the whole process; never lower it for others.
        csv.field_size_limit(max(csv.field_size_limit(), self.limit))
        delimiter = "\t"
        if self.suffix == ".csv":
            # European spreadsheets write `;`: what the header has most of separates.
            first = next((line for _, line in self._lines() if line and line.strip()), b"")
            delimiter = max(",;\t", key=lambda mark: first.count(mark.encode()))
        return csv.reader(lines, delimiter=delimiter)

    def _decoded(self, line: bytes) -> str:
        """A line as text: UTF-8 where it is that, else in the legacy encoding of the table.

        Raises:
            UnicodeDecodeError: it is in neither.
        """
        try:
            return line.decode("utf-8-sig")
        except UnicodeDecodeError:
            codec = self._legacy
            if codec is None:
                raise
            return line.decode(codec)

    @cached_property
    def _legacy(self) -> str | None:
        """Python's codec for the lines that are not UTF-8; None where most are: the others are damaged."""
        from pipeline.text.charsets import guess_legacy, is_damaged_utf8

        sample: list[bytes] = []
        sound = size = 0
        with self._open() as file:
            read = 0
            while read < _LOOKED_AT and size < _SAMPLE and (line := file.readline(_SAMPLE)):
                read += len(line)
                if line.isascii():
                    continue
                if _is_utf8(line):
                    sound += 1
                else:
                    sample.append(line)
                    size += len(line)
        text = b"".join(sample)
        return guess_legacy(text) if len(sample) > sound and not is_damaged_utf8(text) else None

    def _lines(self) -> Iterator[Line]:
        """Lines with their ends, numbered from 1; None for one beyond the limit, which is passed over in blocks."""
        with self._open() as file:
            number = 0
            while line := file.readline(self.limit + 1):
                number += 1
                if len(line) <= self.limit:
                    yield number, line
                    continue
                while line and not line.endswith(b"\n"):
                    line = file.readline(_BLOCK)
                yield number, None

    def _open(self) -> BinaryIO | gzip.GzipFile:
        return gzip.open(self.path) if self.packed else open(self.path, "rb")

    def _parquet_rows(self, columns: list[str]) -> Iterator[Row]:
        from datasets.data_files import DataFilesDict, DataFilesList
        from datasets.packaged_modules.parquet.parquet import Parquet

        with _as_sound_parquet(), tempfile.TemporaryDirectory() as folder:
            # The link has a name that the library cannot mistake for a pattern or an address.
            link = os.path.join(folder, "table.parquet")
            os.symlink(os.path.abspath(self.path), link)
            files = DataFilesDict({"train": DataFilesList([link], [("",)])})
            builder = Parquet(cache_dir=folder, data_files=files, columns=columns, batch_size=_PARQUET_BATCH)
            yield from enumerate(builder.as_streaming_dataset("train"), start=1)


class _TextLines:
    """Lines as text for the csv reader, which may ask for several to a row.

    `problem` says what is wrong with a line read since it was last cleared. It is no exception, because one raised
    here would end the reader and the table.
    """

    def __init__(self, lines: Iterator[Line], decoded: Callable[[bytes], str]) -> None:
        self._lines = lines
        self._decoded = decoded
        self.number = 0
        self.problem: str | None = None

    def __iter__(self) -> _TextLines:
        return self

    def __next__(self) -> str:
        self.number, line = next(self._lines)
        if line is None:
            self.problem = "a line beyond ingest.max_bytes"
            return "\n"
        try:
            return self._decoded(line)
        except UnicodeDecodeError as error:
            self.problem = f"is not in {error.encoding}: {error.reason}"
            return line.decode("utf-8", "replace")


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


@contextmanager
def _as_article_errors() -> Iterator[None]:
    try:
        yield
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise ArticleError("bad-gzip", f"is not sound gzip: {error}") from None
    except (ValueError, TypeError, NotImplementedError) as error:
        raise ArticleError("bad-table", f"is not a sound table: {error}") from None


@contextmanager
def _as_sound_parquet() -> Iterator[None]:
    import pyarrow as pa

    try:
        yield
    except pa.ArrowException as error:
        raise ArticleError("bad-table", f"is not a sound table: {error}") from None
