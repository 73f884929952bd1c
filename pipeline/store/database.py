"""SQLite files that several processes may use at once, and that are refused when they are not ours."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import ConfigError

# A writer that holds the lock longer than this has hung.
_PATIENCE_SECONDS = 60


class Database:
    """One SQLite file with a schema version, in write-ahead mode.

    Args:
        path: the file, made where it is missing.
        schema: raised when the tables change shape; an older file is then refused instead of being misread.
        tables: the statements that make them.
        what: what the file is, for messages ("the cache").

    Raises:
        ConfigError: the file is not such a database, or cannot be written.
    """

    def __init__(self, path: Path, schema: int, tables: Sequence[str], what: str) -> None:
        self._path = path
        self._what = what
        with self._explained():
            path.parent.mkdir(parents=True, exist_ok=True)
            self.connection = sqlite3.connect(path, timeout=_PATIENCE_SECONDS, isolation_level=None)
        try:
            with self._explained():
                self.connection.execute("PRAGMA journal_mode=WAL")
                # A lost last transaction after a power cut is done again; a torn file is not possible.
                self.connection.execute("PRAGMA synchronous=NORMAL")
                if self._version() != schema:
                    self._create(schema, tables)
        except BaseException:
            self.connection.close()
            raise

    def _create(self, schema: int, tables: Sequence[str]) -> None:
        with self.transaction():
            # Asked again under the lock: another process may have been quicker.
            version = self._version()
            if version == schema:
                return
            if version != 0 or self.connection.execute("SELECT 1 FROM sqlite_master").fetchone():
                raise ConfigError(
                    f"{self._path}: was written by another version of worldbrief or another program; "
                    "delete it or choose another folder"
                )
            for statement in tables:
                self.connection.execute(statement)
            self.connection.execute(f"PRAGMA user_version = {schema}")

    def _version(self) -> int:
        (version,) = self.connection.execute("PRAGMA user_version").fetchone()
        return int(version)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All that the body writes, or nothing."""
        with self._explained():
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
            except BaseException:
                if self.connection.in_transaction:  # a full disk has ended it already
                    self.connection.execute("ROLLBACK")
                raise
            self.connection.execute("COMMIT")

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Queries; a damaged file is named."""
        with self._explained():
            yield self.connection

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (OSError, sqlite3.Error) as error:
            raise ConfigError(
                f"{self._path}: cannot be used as {self._what} ({error}); choose another folder or delete it"
            ) from None

    def close(self) -> None:
        self.connection.close()
