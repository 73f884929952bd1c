"""Results on disk, addressed by everything they depend on.

A key is a fingerprint (`pipeline.fingerprint`), a value is JSON. One SQLite file holds the stage results, the
translation memory, and what a plan needs: what each last result was made from, and how long work takes here. A batch is
one transaction, so a run that is killed at any moment leaves complete batches or
nothing. Each entry has a checksum, so that a disk which forgets changes no result: what is damaged is made anew, and
where SQLite itself can no longer read the file, what is whole of it goes into a new one.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Protocol

from pipeline.errors import ConfigError
from pipeline.store.database import Database, Functions, chunks
from pipeline.store.mended import Mended, Shape
from pipeline.store.salvage import Value
from pipeline.store.uses import TABLES as USES
from pipeline.store.uses import Uses, day, entry

_FIRST = ("results", "memory")
_FOR_PLANS = ("origins", "rates")
_IDENTITIES = "identities"
TABLES = (*_FIRST, *_FOR_PLANS, _IDENTITIES)
AGING = ("results", "memory", "origins", _IDENTITIES)
"""Tables whose entries come and go with articles."""


def checksum(table: str, key: str, value: str) -> bytes:
    """Eight bytes that change with any of the three."""
    return hashlib.blake2b("\0".join((table, key, value)).encode("utf-8", "surrogatepass"), digest_size=8).digest()


# A key says all that its value depends on, so a migration never has to throw rows away because their meaning changed.
MIGRATIONS = (
    tuple(f"CREATE TABLE {table} (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID" for table in _FIRST),
    tuple(
        statement
        for table in _FIRST
        for statement in (
            f"ALTER TABLE {table} ADD COLUMN checksum BLOB",
            f"UPDATE {table} SET checksum = checksum('{table}', key, value)",
        )
    ),
    tuple(
        f"CREATE TABLE {table} (key TEXT PRIMARY KEY, value TEXT NOT NULL, checksum BLOB) WITHOUT ROWID"
        for table in _FOR_PLANS
    ),
    (
        *USES,
        *(
            f"INSERT OR IGNORE INTO uses SELECT entry('{table}', key), '', today(), today() FROM {table}"
            for table in (*_FIRST, "origins")
        ),
    ),
    (f"CREATE TABLE {_IDENTITIES} (key TEXT PRIMARY KEY, value TEXT NOT NULL, checksum BLOB) WITHOUT ROWID",),
)
FUNCTIONS: Functions = {"checksum": checksum, "entry": entry, "today": lambda: day(time.time())}


def _table_of(row: tuple[Value, ...]) -> str | None:
    match row:
        case (str(key), str(value), bytes(seal)):
            return next((table for table in TABLES if seal == checksum(table, key, value)), None)
    return None


_SHAPE = Shape(
    migrations=MIGRATIONS,
    what="a cache",
    functions=FUNCTIONS,
    tables=TABLES,
    table_of=_table_of,
    marks=tuple(f"CREATE TABLE {table} (key TEXT PRIMARY KEY".encode() for table in _FIRST),
    lost="the others are made anew",
)


class Store(Protocol):
    """Keys to JSON texts, in five tables: `results` of stages, `memory` of translated sentences, `origins` of the last
    results of each document, `rates` at which this machine works, and `identities` of the articles in documents."""

    def get(self, table: str, keys: Sequence[str], kind: str = "") -> dict[str, str]:
        """The entries there are; an absent key is left out.

        Args:
            kind: what they are of, such as "extract/4", for whoever takes care of the cache.
        """
        ...

    def put(self, table: str, items: Mapping[str, str], kind: str = "") -> None:
        """Store all items or none."""
        ...


class SqliteStore:
    """The store on disk; safe for several processes.

    Args:
        read_only: nothing in the file is changed: what is damaged is not found, and stays.
        now: seconds since 1970.
        counts: what is looked for and found is kept as that of the last run.

    Raises:
        ConfigError: the file is no cache or of a later version, or its folder cannot be written; also later.
        Damaged: of one that is only read, SQLite cannot read the file; also later.
    """

    def __init__(
        self, path: Path, *, read_only: bool = False, now: Callable[[], float] = time.time, counts: bool = True
    ) -> None:
        self._path = path
        self._read_only = read_only
        self._counts = counts
        self._uses = Uses(now)
        self.damaged = 0
        """Entries that were found damaged and are to be made anew."""
        self._file = Mended(path, _SHAPE, read_only=read_only)

    def get(self, table: str, keys: Sequence[str], kind: str = "") -> dict[str, str]:
        found = self._file.act(lambda database: self._get(database, _known(table), keys))
        if not self._read_only and table in AGING:
            self._uses.mark(table, found, kind)
            if self._counts:
                self._uses.count(kind or table, len(keys), len(found))
            if self._uses.is_full:
                self._put(table, tuple)
        return found

    def put(self, table: str, items: Mapping[str, str], kind: str = "") -> None:
        def rows() -> Iterator[tuple[str, str, bytes]]:
            for key, value in items.items():
                yield key, value, checksum(table, key, value)

        if table in AGING:
            self._uses.mark(table, items, kind)
        self._put(_known(table), rows)

    def _put(self, table: str, rows: Callable[[], Iterable[tuple[str, str, bytes]]]) -> None:
        def put(database: Database) -> None:
            with database.transaction() as connection:
                connection.executemany(f"INSERT OR REPLACE INTO {table} VALUES (?, ?, ?)", rows())
                self._uses.write(connection)

        self._file.act(put)
        self._uses.written()

    @property
    def notes(self) -> list[str]:
        """What the user is to know of the state of the file."""
        entries = "1 entry was" if self.damaged == 1 else f"{self.damaged} entries were"
        return [*self._file.notes, *([f"{self._path}: {entries} damaged and made anew"] if self.damaged else [])]

    @property
    def _database(self) -> Database:
        return self._file.database

    def close(self) -> None:
        # Nobody misses a day of use: whatever forbids to write it is said where it matters.
        with suppress(ConfigError):
            if not self._read_only and not self._uses.is_empty:
                with self._database.transaction() as connection:
                    self._uses.write(connection)
                    if self._counts:
                        self._uses.write_lookups(connection)
        self._file.close()

    def __enter__(self) -> SqliteStore:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _get(self, database: Database, table: str, keys: Sequence[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        damaged: list[tuple[str]] = []
        with database.reading() as connection:
            for part in chunks(keys):
                marks = ",".join("?" * len(part))
                asked = f"SELECT key, value, checksum FROM {table} WHERE key IN ({marks})"
                for key, value, seal in connection.execute(asked, part):
                    if seal == checksum(table, key, str(value)):
                        found[key] = value
                    else:
                        damaged.append((key,))
        self.damaged += len(damaged)
        if damaged and not self._read_only:
            with database.transaction() as connection:
                connection.executemany(f"DELETE FROM {table} WHERE key = ?", damaged)
        return found


def _known(table: str) -> str:
    if table not in TABLES:
        raise ValueError(f"no table {table!r}")
    return table
