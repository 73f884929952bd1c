"""Databases with a checksum on every row: where SQLite cannot read the file, what is whole goes into a new one."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from filelock import FileLock

from pipeline.errors import ConfigError
from pipeline.store import salvage
from pipeline.store.database import Damaged, Database, Foreign, Functions, Migrations
from pipeline.store.salvage import Value
from pipeline.store.sealed import set_aside
from pipeline.store.tally import Tallies

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What is in such a file.

    migrations, what, functions: as of `Database`.
    tables: all of them.
    table_of: the table that a row was found to be whole of by its checksum, else None.
    sorter: makes such a function for one damaged file, where `table_of` cannot tell by the row alone.
    tallies: of tables whose rows have no checksum of their own.
    settle: what is done with the new file before it takes its place.
    marks: bytes that SQLite writes into the first pages of ours: a file without any is not a damaged one.
    lost: what becomes of the rows that could not be saved, for the note.
    """

    migrations: Migrations
    what: str
    functions: Functions
    tables: Sequence[str]
    table_of: Callable[[tuple[Value, ...]], str | None] = lambda row: None
    sorter: Callable[[Path], Callable[[tuple[Value, ...]], str | None]] | None = None
    tallies: Tallies | None = None
    settle: Callable[[sqlite3.Connection], None] = lambda connection: None
    marks: Sequence[bytes]
    lost: str


class Mended:
    """Such a database, mended when it is opened or used, and the damaged file kept beside it.

    Args:
        read_only: nothing in the file is changed, and it is not mended.

    Raises:
        ConfigError: the file is none of this shape or of a later version, or its folder cannot be written; also later.
        Damaged: of one that is only read, SQLite cannot read the file; also later.
    """

    def __init__(self, path: Path, shape: Shape, *, read_only: bool = False) -> None:
        self._path = path
        self._shape = shape
        self._read_only = read_only
        self.notes: list[str] = []
        """What was done about a file that SQLite could not read, a sentence each."""
        self.database = self._opened()

    def act(self, act: Callable[[Database], T]) -> T:
        """What `act` gives; it is called again where the file had to be mended."""
        try:
            return act(self.database)
        except Damaged:
            if self._read_only:
                raise
            self.database.close()
            self.database = self._opened(salvage_first=True)
            return act(self.database)

    def close(self) -> None:
        self.database.close()

    def _open(self, path: Path) -> Database:
        return Database(path, self._shape.migrations, self._shape.what, self._shape.functions, self._shape.tallies)

    def _opened(self, *, salvage_first: bool = False) -> Database:
        if not salvage_first:
            try:
                return self._open(self._path)
            except (Damaged, Foreign):
                if self._read_only or not self._is_ours():
                    raise
        with FileLock(f"{self._path}.lock"):
            try:
                # Another process may have been quicker.
                database = self._open(self._path)
                if database.is_sound and self._takes(database):
                    return database
                database.close()
            except (Damaged, Foreign):
                pass
            self._salvage()
            return self._open(self._path)

    def _salvage(self) -> None:
        """Put what is whole of the file into a new one, and keep the old one beside it."""
        part = self._path.with_name(f"{self._path.name}.part")
        try:
            _remove(part)
            new = self._open(part)
            table_of = self._shape.sorter(self._path) if self._shape.sorter else self._shape.table_of
            with new.transaction() as connection:
                for row in salvage.rows(self._path):
                    if table := table_of(row):
                        marks = ",".join("?" * len(row))
                        connection.execute(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", row)
                counts = [connection.execute(f"SELECT COUNT(*) FROM {table}") for table in self._shape.tables]
                saved = sum(int(count.fetchone()[0]) for count in counts)
                self._shape.settle(connection)
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
        self.notes.append(
            f"{self._path}: was damaged; {entries} of it could be saved, {self._shape.lost}, and the damaged file is"
            f" kept as {kept.name}"
        )

    def _takes(self, database: Database) -> bool:
        """Whether it can be written: a damaged header may forbid it."""
        try:
            with database.transaction() as connection:
                connection.execute(f"DELETE FROM {self._shape.tables[-1]} WHERE 0")
        except Damaged:
            return False
        return True

    def _is_ours(self) -> bool:
        """Whether the file was of this shape before something happened to it."""
        try:
            with self._path.open("rb") as file:
                head = file.read(65_536)
        except OSError:
            return False
        return any(mark in head for mark in self._shape.marks)


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(f"{path.name}{suffix}").unlink(missing_ok=True)
