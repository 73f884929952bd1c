"""Results on disk, addressed by everything they depend on.

A key is a fingerprint (`pipeline.fingerprint`), a value is JSON. One SQLite file holds the stage results, the
translation memory, and what a plan needs: what each last result was made from, and how long work takes here. A batch is
one transaction, so a run that is killed at any moment leaves complete batches or
nothing. Each entry has a checksum, so that a disk which forgets changes no result: what is damaged is made anew, and
where SQLite itself can no longer read the file, what is whole of it goes into a new one.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Protocol, TypeVar

from filelock import FileLock

from pipeline.errors import ConfigError
from pipeline.store import salvage
from pipeline.store.database import Damaged, Database, Foreign, Functions, chunks
from pipeline.store.sealed import set_aside
from pipeline.store.uses import TABLES as USES
from pipeline.store.uses import Uses, day, entry

_FIRST = ("results", "memory")
_FOR_PLANS = ("origins", "rates")
TABLES = (*_FIRST, *_FOR_PLANS)
AGING = ("results", "memory", "origins")
"""Tables whose entries come and go with articles."""
T = TypeVar("T")


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
            for table in AGING
        ),
    ),
)
FUNCTIONS: Functions = {"checksum": checksum, "entry": entry, "today": lambda: day(time.time())}
# Of one's own tables, as SQLite writes them into the first page: a file without any of them is not a damaged cache.
_MARKS = tuple(f"CREATE TABLE {table} (key TEXT PRIMARY KEY".encode() for table in _FIRST)


class Store(Protocol):
    """Keys to JSON texts, in four tables: `results` of stages, `memory` of translated sentences, `origins` of the last
    results of each document, and `rates` at which this machine works."""

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
        self._counts = counts
        self._read_only = read_only
        self._uses = Uses(now)
        self.damaged = 0
        """Entries that were found damaged and are to be made anew."""
        self.salvaged: list[str] = []
        """What was done about a file that SQLite could not read, a sentence each."""
        self._database = self._opened()

    def get(self, table: str, keys: Sequence[str], kind: str = "") -> dict[str, str]:
        found = self._mended(lambda: self._get(_known(table), keys))
        if not self._read_only and table in AGING:
            self._uses.mark(table, found, kind)
            if self._counts:
                self._uses.count(kind or table, len(keys), len(found))
            if self._uses.is_full:
                self._mended(self._keep_uses)
        return found

    def put(self, table: str, items: Mapping[str, str], kind: str = "") -> None:
        def rows() -> Iterator[tuple[str, str, bytes]]:
            for key, value in items.items():
                yield key, value, checksum(table, key, value)

        def put() -> None:
            with self._database.transaction() as connection:
                _insert(connection, _known(table), rows())
                self._uses.write(connection)

        if table in AGING:
            self._uses.mark(table, items, kind)
        self._mended(put)
        self._uses.written()

    def _keep_uses(self) -> None:
        with self._database.transaction() as connection:
            self._uses.write(connection)
        self._uses.written()

    @property
    def notes(self) -> list[str]:
        """What the user is to know of the state of the file."""
        entries = "1 entry was" if self.damaged == 1 else f"{self.damaged} entries were"
        return [*self.salvaged, *([f"{self._path}: {entries} damaged and made anew"] if self.damaged else [])]

    def close(self) -> None:
        # Nobody misses a day of use: whatever forbids to write it is said where it matters.
        with suppress(ConfigError):
            if not self._read_only and not self._uses.is_empty:
                with self._database.transaction() as connection:
                    self._uses.write(connection)
                    if self._counts:
                        self._uses.write_lookups(connection)
        self._database.close()

    def __enter__(self) -> SqliteStore:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _get(self, table: str, keys: Sequence[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        damaged: list[tuple[str]] = []
        with self._database.reading() as connection:
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
            with self._database.transaction() as connection:
                connection.executemany(f"DELETE FROM {table} WHERE key = ?", damaged)
        return found

    def _mended(self, act: Callable[[], T]) -> T:
        try:
            return act()
        except Damaged:
            if self._read_only:
                raise
            self._database.close()
            self._database = self._opened(salvage_first=True)
            return act()

    def _opened(self, *, salvage_first: bool = False) -> Database:
        if not salvage_first:
            try:
                return Database(self._path, MIGRATIONS, "a cache", FUNCTIONS)
            except (Damaged, Foreign):
                if self._read_only or not _is_ours(self._path):
                    raise
        with FileLock(f"{self._path}.lock"):
            try:
                # Another process may have been quicker.
                database = Database(self._path, MIGRATIONS, "a cache", FUNCTIONS)
                if database.is_sound and _takes(database):
                    return database
                database.close()
            except (Damaged, Foreign):
                pass
            self._salvage()
            return Database(self._path, MIGRATIONS, "a cache", FUNCTIONS)

    def _salvage(self) -> None:
        """Put what is whole of the file into a new one, and keep the old one beside it."""
        part = self._path.with_name(f"{self._path.name}.part")
        try:
            _remove(part)
            new = Database(part, MIGRATIONS, "a cache", FUNCTIONS)
            saved = 0
            for table in TABLES:
                with new.transaction() as connection:
                    _insert(connection, table, _whole(table, self._path))
                with new.reading() as connection:
                    saved += connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]
            new.close()
            kept = set_aside(self._path)
            os.replace(part, self._path)
        except OSError as error:
            raise ConfigError(
                f"{self._path}: is damaged and cannot be mended ({error.strerror}); make room beside it, or choose"
                " another folder"
            ) from None
        finally:
            with suppress(OSError):
                _remove(part)
        entries = "1 entry" if saved == 1 else f"{saved} entries"
        self.salvaged.append(
            f"{self._path}: was damaged; {entries} of it could be saved, the others are made anew, and the damaged"
            f" file is kept as {kept.name}"
        )


def _takes(database: Database) -> bool:
    """Whether it can be written: a damaged header may forbid it."""
    try:
        with database.transaction() as connection:
            connection.execute("UPDATE rates SET value = value WHERE 0")
    except Damaged:
        return False
    return True


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[tuple[str, str, bytes]]) -> None:
    connection.executemany(f"INSERT OR REPLACE INTO {table} VALUES (?, ?, ?)", rows)


def _whole(table: str, path: Path) -> Iterator[tuple[str, str, bytes]]:
    for row in salvage.rows(path):
        match row:
            case (str(key), str(value), bytes(seal)) if seal == checksum(table, key, value):
                yield key, value, seal


def _is_ours(path: Path) -> bool:
    """Whether the file was a cache before something happened to it."""
    try:
        with path.open("rb") as file:
            head = file.read(65_536)
    except OSError:
        return False
    return any(mark in head for mark in _MARKS)


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(f"{path.name}{suffix}").unlink(missing_ok=True)


def _known(table: str) -> str:
    if table not in TABLES:
        raise ValueError(f"no table {table!r}")
    return table
