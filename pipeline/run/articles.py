"""articles.jsonl: a line for each document of a run, which takes its place when all are written."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TextIO

from pipeline.errors import ConfigError, WorldbriefError
from pipeline.executor.runner import Outcome
from pipeline.files import temporary_beside
from pipeline.issue.record import record
from pipeline.printable import escaped

FILE = "articles.jsonl"


def write_articles(outcomes: Iterable[Outcome], out: Path) -> int:
    """Write articles.jsonl into the folder `out`, of one document at a time; the number of lines. None, no file.

    Raises:
        ConfigError: nothing can be written there.
        WorldbriefError: the file cannot be written; the one of the run before is in its place.
    """
    with closing(Lines(out / FILE)) as lines:
        for outcome in outcomes:
            lines.write(outcome)
        if lines.count:
            lines.commit()
        return lines.count


class Lines:
    """A file of JSON lines that takes its place only when it is whole.

    Raises:
        ConfigError, WorldbriefError: see `write_articles`; while writing.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._temporary = temporary_beside(path)
        self._file: TextIO | None = None
        self.count = 0

    def write(self, outcome: Outcome) -> None:
        """Add what became of a document."""
        line = record(outcome.article, outcome.source, outcome.stage, outcome.error)
        if self._file is None:
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                self._file = self._temporary.open("w", encoding="utf-8")
            except OSError as error:
                raise ConfigError(f"{self._path.parent}: results cannot be written there: {error.strerror}") from None
        with writing(self._path):
            self._file.write(escaped(json.dumps(line, ensure_ascii=False)) + "\n")
        self.count += 1

    def commit(self) -> None:
        """Put the file in its place; without a line there is none."""
        if self._file is not None:
            with writing(self._path):
                self._file.flush()
                os.fsync(self._file.fileno())
                self._file.close()
                os.replace(self._temporary, self._path)

    def close(self) -> None:
        """Throw away what was not committed."""
        if self._file is not None:
            with suppress(OSError):  # closing writes what is left, of a file that is thrown away
                self._file.close()
            self._temporary.unlink(missing_ok=True)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """A disk that is full is said, with the file.

    Raises:
        WorldbriefError: what is done within could not be written.
    """
    try:
        yield
    except OSError as error:
        raise WorldbriefError(f"{path}: cannot be written: {error.strerror}") from error
