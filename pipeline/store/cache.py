"""Results on disk, addressed by everything they depend on.

A key is a fingerprint (`pipeline.fingerprint`), a value is JSON. One SQLite file holds the stage results and the
translation memory; a batch is one transaction, so a run that is killed at any moment leaves complete batches or
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Protocol

from pipeline.store.database import Database

TABLES = ("results", "memory")
# A key says all that its value depends on, so a migration never has to throw rows away because their meaning changed.
MIGRATIONS = (
    tuple(f"CREATE TABLE {table} (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID" for table in TABLES),
)
# SQLite's oldest default limit on the variables of one statement.
_CHUNK = 900


class Store(Protocol):
    """Keys to JSON texts, in two tables: `results` of stages and `memory` of translated sentences."""

    def get(self, table: str, keys: Sequence[str]) -> dict[str, str]:
        """The entries there are; an absent key is left out."""
        ...

    def put(self, table: str, items: Mapping[str, str]) -> None:
        """Store all items or none."""
        ...


class SqliteStore:
    """The store on disk; safe for several processes.

    Raises:
        ConfigError: the file is no cache, of a later version or damaged, or its folder cannot be written; also later.
    """

    def __init__(self, path: Path) -> None:
        self._database = Database(path, MIGRATIONS, "a cache")

    def get(self, table: str, keys: Sequence[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        with self._database.reading() as connection:
            for part in _chunks(keys):
                marks = ",".join("?" * len(part))
                found.update(connection.execute(f"SELECT key, value FROM {_known(table)} WHERE key IN ({marks})", part))
        return found

    def put(self, table: str, items: Mapping[str, str]) -> None:
        with self._database.transaction() as connection:
            connection.executemany(f"INSERT OR REPLACE INTO {_known(table)} VALUES (?, ?)", items.items())

    def close(self) -> None:
        self._database.close()

    def __enter__(self) -> SqliteStore:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _known(table: str) -> str:
    if table not in TABLES:
        raise ValueError(f"no table {table!r}")
    return table


def _chunks(keys: Sequence[str]) -> Iterable[Sequence[str]]:
    for start in range(0, len(keys), _CHUNK):
        yield keys[start : start + _CHUNK]
